//! What KSeF's refusal of a login by signature means: that depends on who made the signature.

use ksef_engine::{CertificateRefusal, ConnectionCause, SignedBy};
use ksef_types::Nip;

use super::cause;
use crate::{NextStep, Problem};

/// KSeF's code of a certificate that is not accepted at all.
const NOT_ACCEPTED: i32 = 21115;
/// The status of a login whose certificate was refused.
const CERTIFICATE_STATUS: i32 = 460;

/// Why KSeF refused what was signed by another program, by this one with files, or for trial.
pub(super) fn refused(found: &ConnectionCause, by: SignedBy, company: Nip) -> Problem {
    let (certificate, next) = match by {
        SignedBy::Elsewhere => ("ksef.certificateElsewhere", NextStep::SignAgain),
        SignedBy::Files => ("ksef.certificateOfFiles", NextStep::ChooseFile),
        SignedBy::Trial => ("ksef.trialRefused", NextStep::SignAgain),
    };
    match found {
        ConnectionCause::Signature(code) => signature(*code, by),
        // What the program wrote nobody has changed but on the way.
        ConnectionCause::Document(code) if by == SignedBy::Elsewhere => {
            coded("ksef.documentElsewhere", NextStep::SignAgain, *code)
        }
        ConnectionCause::CertificateNotAccepted => coded(certificate, next, NOT_ACCEPTED),
        ConnectionCause::Certificate(refusal) if is_about_its_kind(*refusal, by) => {
            coded(certificate, next, CERTIFICATE_STATUS)
        }
        // Another certificate helps, and none can be loaded into the keychain or asked for before one is in.
        ConnectionCause::OwnerDead => Problem { next, ..cause(found, company) },
        ConnectionCause::Certificate(_) => {
            let told = cause(found, company);
            let next =
                if told.next == NextStep::RequestCertificate { NextStep::SignAgain } else { told.next };
            Problem { next, ..told }
        }
        other => cause(other, company),
    }
}

fn signature(code: i32, by: SignedBy) -> Problem {
    match by {
        SignedBy::Elsewhere => coded("ksef.signatureElsewhere", NextStep::SignAgain, code),
        SignedBy::Files => coded("ksef.signatureByFiles", NextStep::ChooseFile, code),
        SignedBy::Trial => coded("ksef.signatureOnTrial", NextStep::SignAgain, code),
    }
}

/// A seal for trial is refused for what it is, whatever KSeF says of it: nobody can have revoked or suspended it.
fn is_about_its_kind(refusal: CertificateRefusal, by: SignedBy) -> bool {
    by == SignedBy::Trial || matches!(refusal, CertificateRefusal::Invalid | CertificateRefusal::Other)
}

fn coded(code: &str, next: NextStep, ksef: i32) -> Problem {
    Problem::new(code, next).with("code", ksef.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_refusal_of_a_signature_leads_to_what_is_only_possible_afterwards() {
        use CertificateRefusal::{
            ChainUntrusted, ChainUnverified, Expired, Invalid, Other, Revoked, Suspended,
        };
        let certificate = [Expired, ChainUnverified, ChainUntrusted, Revoked, Suspended, Invalid, Other];
        let causes = certificate.map(ConnectionCause::Certificate).into_iter().chain([
            ConnectionCause::Signature(9105),
            ConnectionCause::Document(21401),
            ConnectionCause::CertificateNotAccepted,
            ConnectionCause::OwnerDead,
        ]);
        for found in causes {
            for by in [SignedBy::Elsewhere, SignedBy::Files, SignedBy::Trial] {
                let told = refused(&found, by, "5265877635".parse().unwrap());
                let later = [NextStep::LoadCertificate, NextStep::RequestCertificate];
                assert!(!later.contains(&told.next), "{found:?} {by:?}: {told:?}");
                let of_others = told.code.ends_with("Elsewhere");
                assert!(by == SignedBy::Elsewhere || !of_others, "{found:?} {by:?}: {told:?}");
            }
        }
    }
}
