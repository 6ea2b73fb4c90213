//! Keys and certificates from files, XAdES, AES, RSA-OAEP, hashes, verification links.
//!
//! This crate does no I/O: bytes come in and bytes go out. It must not know files, the network, the keychain,
//! HTTP or the clock of the computer. Private keys, passwords and session keys live in types that cannot be
//! printed and that are wiped from memory.
//!
//! One library does the cryptography: OpenSSL. Its types stay inside; the public doors speak of
//! [`Certificate`], [`PrivateKey`], [`Credential`], [`SessionKey`] and [`MinistryKey`].

pub mod app_lock;
pub mod base64;
pub mod credentials;
pub mod encryption;
pub mod enrolment;
mod failure;
mod hashes;
pub mod links;
pub mod passwords;
mod randomness;
pub mod signed_request;
pub mod trial;
pub mod xades;

pub use credentials::{
    Certificate, Container, Credential, CredentialProblem, ExportedPair, Field, FileProblem, KeyAlgorithm,
    KeyFile, KeyKind, KeyProblem, MAX_FILE_BYTES, NotACertificate, Opened, Owner, PrivateKey, Purpose,
    Recognised, recognise,
};
pub use encryption::{MinistryKey, MinistryKeyProblem, SessionKey};
pub use enrolment::{CertificateRequest, IssuedProblem, SubjectAttribute, SubjectData};
pub use failure::{CryptoFailure, SigningFailed};
pub use hashes::sha256;
pub use randomness::OsRandomness;
