use ksef_types::Pesel;

use crate::credentials::{Certificate, Owner};

/// By what kind of certificate a request was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignerKind {
    /// Profil Zaufany: the certificate is the ministry's seal, the person stands in the signature.
    TrustedProfile,
    /// A certificate that names a person by PESEL or NIP: qualified, or KSeF's own.
    Person,
    /// A seal that names a firm.
    Seal,
    /// A certificate that names neither; KSeF knows it by its fingerprint.
    Unknown,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// By what kind of certificate.
    pub kind: SignerKind,
    /// The name of the person or firm, as a person reads it.
    pub name: String,
    /// The person's PESEL in a signature by Profil Zaufany; of the others see the certificate's owner.
    pub pesel: Option<Pesel>,
    /// The certificate; that of the ministry for Profil Zaufany.
    pub certificate: Certificate,
}

impl Signer {
    /// Whom the certificate names.
    #[must_use]
    pub fn owner(&self) -> Owner {
        match self.pesel {
            Some(pesel) => Owner::PersonByPesel(pesel),
            None => self.certificate.owner(),
        }
    }
}
