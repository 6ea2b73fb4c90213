//! What people bring as credentials: certificates and private keys in any clothes, told apart by content.
//!
//! [`recognise`] says what a file is. A [`KeyFile`] is opened with its password; a [`Certificate`] tells whose it
//! is; the two make a [`Credential`], which tells what is wrong with it.

mod certificate;
mod container;
mod credential;
mod der;
pub(crate) mod der_writer;
mod distinguished_name;
mod export;
mod file_problem;
mod key_file;
mod legacy;
mod owner;
pub(crate) mod pem;
mod private_key;
mod protection;
mod recognise;
pub(crate) mod text_form;

pub use certificate::{Certificate, KeyKind, NotACertificate, Purpose};
pub use container::{Container, Opened};
pub use credential::{Credential, CredentialProblem};
pub(crate) use distinguished_name::DistinguishedName;
pub use export::ExportedPair;
pub use file_problem::{Field, FileProblem, KeyProblem};
pub use key_file::KeyFile;
pub use owner::Owner;
pub use private_key::{KeyAlgorithm, PrivateKey};
pub use recognise::{MAX_FILE_BYTES, Recognised, recognise};
