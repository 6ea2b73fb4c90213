use super::certificate::Certificate;
use super::container::Container;
use super::file_problem::{Field, FileProblem};
use super::key_file::KeyFile;

/// The largest file that is looked at, in bytes: 1 MiB. Certificates and keys have a few kilobytes.
pub const MAX_FILE_BYTES: u64 = 1 << 20;

/// What a file is, by its content.
#[derive(Debug, Clone)]
pub enum Recognised {
    /// One certificate or more, without a key.
    Certificates(Vec<Certificate>),
    /// A private key, encrypted or not.
    Key(KeyFile),
    /// Certificates and their key in one file.
    Both {
        /// In the order of the file.
        certificates: Vec<Certificate>,
        /// The one key.
        key: KeyFile,
    },
    /// A PKCS#12 container, whose content is known once it is opened.
    Container(Container),
}

impl Recognised {
    /// Whether the file may stand in this field of the dialog; both in one and containers may stand in either.
    ///
    /// # Errors
    /// [`FileProblem::CertificateInKeyField`], [`FileProblem::KeyInCertificateField`].
    pub fn expect_in(self, field: Field) -> Result<Self, FileProblem> {
        match (&self, field) {
            (Self::Certificates(_), Field::Key) => Err(FileProblem::CertificateInKeyField),
            (Self::Key(_), Field::Certificate) => Err(FileProblem::KeyInCertificateField),
            _ => Ok(self),
        }
    }
}

/// Says what a file is by its content, or why it is no credential.
///
/// # Errors
/// [`FileProblem`], one variant for each way of not being a credential.
pub fn recognise(bytes: &[u8]) -> Result<Recognised, FileProblem> {
    todo!()
}
