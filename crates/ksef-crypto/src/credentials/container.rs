use ksef_types::{SecretBytes, SecretText};

use super::certificate::Certificate;
use super::file_problem::KeyProblem;
use super::private_key::PrivateKey;

/// A PKCS#12 file (`.p12`, `.pfx`): certificates and a key behind one password.
#[derive(Debug, Clone)]
pub struct Container {
    der: SecretBytes,
}

/// What was in a container.
#[derive(Debug)]
pub struct Opened {
    /// The certificates, the one that fits the key first.
    pub certificates: Vec<Certificate>,
    /// The private key.
    pub key: PrivateKey,
}

impl Container {
    pub(super) const fn new(der: SecretBytes) -> Self {
        Self { der }
    }

    /// Opens the container. Without a password the empty one is tried, which some programs use.
    ///
    /// # Errors
    /// [`KeyProblem`].
    pub fn open(&self, password: Option<&SecretText>) -> Result<Opened, KeyProblem> {
        todo!()
    }
}
