//! By what one signed: what KSeF reports as the method of authentication.

use super::certificate::{IssuedBy, Signer};
use super::profile::{Profile, TrustedPerson};
use super::{CertificateOwner, Policy};
use crate::judge::providers::Provider;
use crate::judge::qualities::Quality;
use crate::judge::refusal::Exception;

/// By what a request was signed. Source: OpenAPI `AuthenticationMethod`; a token does not sign, and whether somebody is a
/// provider of Peppol services shows only in the context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Means {
    /// A certificate of KSeF: issued by the simulator's authority.
    InternalCertificate,
    /// Profil Zaufany: signed with the ministry's seal, the person stands in the signed role.
    TrustedProfile(TrustedPerson),
    /// A qualified certificate of a person.
    QualifiedSignature,
    /// A qualified certificate of a firm.
    QualifiedSeal,
    /// The certificate on an identity card.
    PersonalSignature,
}

impl Means {
    /// Told by the issuer first; where people may issue certificates to themselves, by what those claim to be.
    ///
    /// # Errors
    /// 21115 for a signature of Profil Zaufany without PESEL.
    pub(super) fn of(signer: &Signer, profile: Profile, policy: &Policy<'_>) -> Result<Self, Exception> {
        let facts = &signer.facts;
        let by_profile = match facts.issued_by {
            IssuedBy::Provider(Provider::Qualified) => policy.trust.is_profile_seal(&facts.der),
            // A stand-in for the ministry's seal; who is named by the certificate is not somebody else by a role.
            IssuedBy::Others => {
                let person =
                    matches!(facts.owner, Some(CertificateOwner::Pesel(_) | CertificateOwner::Nip(_)));
                profile != Profile::Absent && !person
            }
            _ => false,
        };
        if by_profile {
            return match profile {
                Profile::Person(person) => Ok(Self::TrustedProfile(person)),
                Profile::Nameless | Profile::Absent => Err(Exception::certificate()),
            };
        }
        Ok(match (facts.issued_by, signer.quality) {
            (IssuedBy::Ksef, _) => Self::InternalCertificate,
            (IssuedBy::Provider(Provider::Personal), _) => Self::PersonalSignature,
            (_, Some(Quality::QualifiedSeal)) => Self::QualifiedSeal,
            (IssuedBy::Others, Some(Quality::PersonalSignature)) => Self::PersonalSignature,
            (IssuedBy::Others, None) if matches!(facts.owner, Some(CertificateOwner::Seal(_))) => {
                Self::QualifiedSeal
            }
            _ => Self::QualifiedSignature,
        })
    }
}
