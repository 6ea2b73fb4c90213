//! A strict simulator of KSeF 2.0: library and program.
