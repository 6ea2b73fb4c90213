use std::fmt;

use chrono::{DateTime, Utc};

use super::certificate::{Certificate, KeyKind, Purpose};
use super::private_key::PrivateKey;

/// A certificate and its private key, which belong together.
#[derive(Clone)]
pub struct Credential {
    certificate: Certificate,
    key: PrivateKey,
}

/// Why a certificate and a key cannot be used as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CredentialProblem {
    /// The key is not the private half of the certificate's key.
    #[error("the key does not belong to the certificate")]
    NotAPair,
    /// Its time is over.
    #[error("the certificate expired on {since}")]
    Expired {
        /// The last second in which it was valid.
        since: DateTime<Utc>,
    },
    /// Its time has not come.
    #[error("the certificate is valid from {from}")]
    NotYetValid {
        /// The first second in which it will be valid.
        from: DateTime<Utc>,
    },
    /// Of the other kind than the one asked for.
    #[error("the certificate is of the kind {found:?}")]
    WrongPurpose {
        /// The kind that it is.
        found: Purpose,
    },
    /// Its keyUsage says neither of the two kinds, or both.
    #[error("the certificate says neither Authentication nor Offline")]
    UnknownPurpose,
    /// RSA with fewer than 2048 bits.
    #[error("a key of {bits} bits is too weak, KSeF accepts 2048 and more")]
    TooWeak {
        /// Its length.
        bits: u32,
    },
    /// An elliptic curve other than P-256.
    #[error("KSeF does not use the curve {curve}")]
    OtherCurve {
        /// OpenSSL's short name, such as `secp384r1`.
        curve: String,
    },
    /// Neither RSA nor ECDSA.
    #[error("KSeF uses keys of the kinds RSA and ECDSA only")]
    OtherAlgorithm,
}

/// Fewer bits are refused by KSeF. Source: the guide, "Podpis XAdES".
const LEAST_RSA_BITS: u32 = 2048;

impl Credential {
    /// Puts a pair together.
    ///
    /// # Errors
    /// [`CredentialProblem::NotAPair`] and nothing else: whether the pair can be used is asked of
    /// [`Credential::problems`], so that a person learns everything at once.
    pub fn assemble(certificate: Certificate, key: PrivateKey) -> Result<Self, CredentialProblem> {
        if key.belongs_to(&certificate) {
            Ok(Self { certificate, key })
        } else {
            Err(CredentialProblem::NotAPair)
        }
    }

    /// Chooses from a chain the certificate that fits the key.
    ///
    /// # Errors
    /// [`CredentialProblem::NotAPair`] when none does.
    pub fn assemble_from_chain(
        certificates: Vec<Certificate>,
        key: PrivateKey,
    ) -> Result<Self, CredentialProblem> {
        let fitting = certificates.into_iter().find(|certificate| key.belongs_to(certificate));
        fitting.map(|certificate| Self { certificate, key }).ok_or(CredentialProblem::NotAPair)
    }

    /// Everything that stands against using the pair for `wanted` at `now`; empty when nothing does.
    #[must_use]
    pub fn problems(&self, wanted: Purpose, now: DateTime<Utc>) -> Vec<CredentialProblem> {
        self.certificate.problems(wanted, now)
    }

    /// The certificate.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The private key.
    #[must_use]
    pub const fn key(&self) -> &PrivateKey {
        &self.key
    }
}

impl Certificate {
    /// What stands against using the certificate, seen without its key: time, purpose, strength, curve.
    #[must_use]
    pub fn problems(&self, wanted: Purpose, now: DateTime<Utc>) -> Vec<CredentialProblem> {
        [self.purpose_problem(wanted), self.time_problem(now), self.key_problem()]
            .into_iter()
            .flatten()
            .collect()
    }

    fn purpose_problem(&self, wanted: Purpose) -> Option<CredentialProblem> {
        match self.purpose() {
            Some(found) if found == wanted => None,
            Some(found) => Some(CredentialProblem::WrongPurpose { found }),
            None => Some(CredentialProblem::UnknownPurpose),
        }
    }

    fn time_problem(&self, now: DateTime<Utc>) -> Option<CredentialProblem> {
        if now < self.not_before() {
            Some(CredentialProblem::NotYetValid { from: self.not_before() })
        } else if now > self.not_after() {
            Some(CredentialProblem::Expired { since: self.not_after() })
        } else {
            None
        }
    }

    fn key_problem(&self) -> Option<CredentialProblem> {
        match self.key_kind() {
            KeyKind::Rsa(bits) if bits < LEAST_RSA_BITS => Some(CredentialProblem::TooWeak { bits }),
            KeyKind::Rsa(_) | KeyKind::P256 => None,
            KeyKind::OtherCurve(curve) => Some(CredentialProblem::OtherCurve { curve }),
            KeyKind::Other => Some(CredentialProblem::OtherAlgorithm),
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Credential({:?}, [secret])", self.certificate)
    }
}
