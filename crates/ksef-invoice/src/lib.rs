//! FA(3): structure table, validator, technical checks, summary; UPO reading. No I/O.
