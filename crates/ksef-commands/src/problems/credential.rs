use ksef_engine::{CredentialProblem, TokenProblem};
use ksef_types::InvalidToken;

use super::{day, keychain};
use crate::{NextStep, Problem};

/// What is wrong with a certificate or a key.
pub(crate) fn credential(found: &CredentialProblem) -> Problem {
    let file = |code| Problem::new(code, NextStep::ChooseFile);
    let other = |code| Problem::new(code, NextStep::LoadCertificate);
    match found {
        CredentialProblem::Empty => file("credential.empty"),
        CredentialProblem::TooLarge => file("credential.tooLarge"),
        CredentialProblem::WebPage => file("credential.webPage"),
        CredentialProblem::Damaged => file("credential.damaged"),
        CredentialProblem::TokenFile => Problem::new("credential.tokenInFile", NextStep::PasteToken),
        CredentialProblem::CutOff => file("credential.cutOff"),
        CredentialProblem::NotACredential => file("credential.notACredential"),
        CredentialProblem::OtherKind(kind) => file("credential.otherKind").with("kind", kind),
        CredentialProblem::KeyInCertificateField => file("credential.keyInCertificateField"),
        CredentialProblem::CertificateInKeyField => file("credential.certificateInKeyField"),
        CredentialProblem::Ambiguous => file("credential.ambiguous"),
        CredentialProblem::PasswordMissing => {
            Problem::new("credential.passwordMissing", NextStep::EnterPassword)
        }
        CredentialProblem::WrongPassword => Problem::new("credential.wrongPassword", NextStep::EnterPassword),
        CredentialProblem::UnknownEncryption => file("credential.unknownEncryption"),
        CredentialProblem::NotAPair => file("credential.notAPair"),
        CredentialProblem::Expired(at) => {
            Problem::new("credential.expired", NextStep::RequestCertificate).with("date", day(*at))
        }
        CredentialProblem::NotYetValid(at) => {
            Problem::new("credential.notYetValid", NextStep::SetClock).with("date", day(*at))
        }
        CredentialProblem::OfflineForAuthentication => file("credential.offlineForAuthentication"),
        CredentialProblem::AuthenticationForOffline => file("credential.authenticationForOffline"),
        CredentialProblem::NoPurpose => file("credential.noPurpose"),
        CredentialProblem::TooWeak(bits) => {
            Problem::new("credential.tooWeak", NextStep::RequestCertificate).with("bits", bits.to_string())
        }
        CredentialProblem::UnusedCurve(name) => {
            Problem::new("credential.unusedCurve", NextStep::RequestCertificate).with("curve", name)
        }
        CredentialProblem::UnusedKeyKind => {
            Problem::new("credential.unusedKeyKind", NextStep::RequestCertificate)
        }
        CredentialProblem::SerialMalformed => {
            Problem::new("credential.serialMalformed", NextStep::CorrectField)
        }
        CredentialProblem::SerialDiffers { certificate, typed } => {
            Problem::new("credential.serialDiffers", NextStep::CorrectField)
                .with("certificate", certificate.as_str())
                .with("typed", typed.as_str())
        }
        CredentialProblem::ExpiresSoon { days } => {
            Problem::new("credential.expiresSoon", NextStep::RenewCertificate).with("days", days.to_string())
        }
        CredentialProblem::Missing => other("credential.missing"),
        CredentialProblem::KeyMissing => file("credential.keyMissing"),
        CredentialProblem::SignatureFails => other("credential.signatureFails"),
        CredentialProblem::Keychain(found) => keychain(*found),
    }
}

/// What is wrong with a pasted token.
pub(crate) fn token(found: TokenProblem) -> Problem {
    let paste = |code| Problem::new(code, NextStep::PasteToken);
    match found {
        TokenProblem::Invalid(InvalidToken::Empty) => paste("token.empty"),
        TokenProblem::Invalid(InvalidToken::Version1) => {
            Problem::new("token.version1", NextStep::RequestCertificate)
        }
        TokenProblem::Invalid(InvalidToken::Clipped) => paste("token.clipped"),
        TokenProblem::Invalid(InvalidToken::Context) => paste("token.context"),
        TokenProblem::Invalid(InvalidToken::SomethingElse) => paste("token.somethingElse"),
        TokenProblem::OtherCompany(nip) => {
            Problem::new("token.otherCompany", NextStep::OpenCompany).with("nip", nip.as_str())
        }
        TokenProblem::Unit => paste("token.unit"),
        TokenProblem::Keychain(found) => keychain(found),
    }
}
