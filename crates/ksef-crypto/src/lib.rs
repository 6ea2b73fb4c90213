//! Keys and certificates from files, XAdES, AES, RSA-OAEP, hashes, verification links. No I/O.
