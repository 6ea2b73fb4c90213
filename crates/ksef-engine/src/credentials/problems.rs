use chrono::{DateTime, Utc};
use ksef_types::{CertificateSerial, InvalidToken, Nip};
use serde::{Deserialize, Serialize};

use crate::KeychainProblem;

/// What is wrong with a certificate, a key, or both. No variant carries a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum CredentialProblem {
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// The file is larger than any certificate or key.
    #[error("the file is too large")]
    TooLarge,
    /// A web page was saved instead of the file.
    #[error("the file is a web page")]
    WebPage,
    /// The file ends too early.
    #[error("the file is cut off")]
    CutOff,
    /// It says that it is a certificate or a key, is whole in length, and cannot be read.
    #[error("the file is damaged")]
    Damaged,
    /// A token of KSeF was loaded from a file; it belongs in the token's field.
    #[error("a token of KSeF, which belongs in another field")]
    TokenFile,
    /// Another kind of file, or random bytes.
    #[error("neither a certificate nor a key")]
    NotACredential,
    /// A known thing that is of no use here, by its label: `CERTIFICATE REQUEST`, `PUBLIC KEY`, `ZIP` …
    #[error("{0}, not a certificate or private key")]
    OtherKind(String),
    /// The private key was loaded where the certificate is asked for.
    #[error("a private key where the certificate is asked for")]
    KeyInCertificateField,
    /// The certificate was loaded where the private key is asked for.
    #[error("a certificate where the private key is asked for")]
    CertificateInKeyField,
    /// Several files of the same sort were dropped; it cannot be told which is meant.
    #[error("several certificates or several keys at once")]
    Ambiguous,
    /// The key file is encrypted and its password is not known yet.
    #[error("the key needs its password")]
    PasswordMissing,
    /// The password does not open the key file, which is whole.
    #[error("the password is wrong")]
    WrongPassword,
    /// The key file is encrypted in a way that the program does not know.
    #[error("the key file is encrypted in an unknown way")]
    UnknownEncryption,
    /// Key and certificate do not belong together.
    #[error("key and certificate do not belong together")]
    NotAPair,
    /// The certificate's time is over.
    #[error("expired on {0}")]
    Expired(DateTime<Utc>),
    /// The certificate's time has not begun.
    #[error("valid from {0} only")]
    NotYetValid(DateTime<Utc>),
    /// A certificate of kind Offline where one for authentication is asked.
    #[error("an offline certificate cannot authenticate")]
    OfflineForAuthentication,
    /// A certificate of kind Authentication where one of kind Offline is asked.
    #[error("an authentication certificate cannot sign offline links")]
    AuthenticationForOffline,
    /// The certificate is made for neither purpose, or claims both.
    #[error("the certificate has no purpose in KSeF")]
    NoPurpose,
    /// An RSA key shorter than 2048 bits.
    #[error("an RSA key of {0} bits is too weak")]
    TooWeak(u32),
    /// An elliptic curve that KSeF does not use; its name.
    #[error("KSeF does not use the curve {0}")]
    UnusedCurve(String),
    /// Neither RSA nor an elliptic curve.
    #[error("a kind of key that KSeF does not use")]
    UnusedKeyKind,
    /// What was typed as serial number is not 16 hex digits.
    #[error("a serial number has 16 hex digits")]
    SerialMalformed,
    /// The serial number typed beside it is another one.
    #[error("the certificate's serial number is {certificate}, not {typed}")]
    SerialDiffers {
        /// What the certificate says.
        certificate: CertificateSerial,
        /// What was typed.
        typed: CertificateSerial,
    },
    /// It works, but not for long; whole days left.
    #[error("expires in {days} days")]
    ExpiresSoon {
        /// Whole days left.
        days: i64,
    },
    /// Nothing was brought yet.
    #[error("there is no certificate")]
    Missing,
    /// A certificate without its key.
    #[error("there is no private key")]
    KeyMissing,
    /// The signature that was made does not verify.
    #[error("the signature does not verify")]
    SignatureFails,
    /// The keychain did not keep it or did not give it.
    #[error(transparent)]
    Keychain(KeychainProblem),
}

impl CredentialProblem {
    /// A warning leaves the credential usable.
    #[must_use]
    pub const fn is_warning(&self) -> bool {
        matches!(self, Self::ExpiresSoon { .. })
    }
}

/// What is wrong with a pasted token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenProblem {
    /// What the text is instead of a token.
    #[error(transparent)]
    Invalid(#[from] InvalidToken),
    /// A token of another company.
    #[error("the token belongs to {0}")]
    OtherCompany(Nip),
    /// A token of a unit (`internalId`): the program works for whole companies.
    #[error("the token belongs to a unit of a company")]
    Unit,
    /// The keychain did not keep it.
    #[error(transparent)]
    Keychain(#[from] KeychainProblem),
}
