//! From the words of `ksef-crypto` to those of the dialogs.

use chrono::{DateTime, Utc};
use ksef_crypto::{Certificate, FileProblem, KeyKind, KeyProblem, Owner, Purpose};

use crate::{CertificateFacts, CertificateSlot, CredentialField, CredentialProblem, FieldProblem, OwnerKind};

/// From here on a certificate's end is worth a warning.
const ENDS_SOON_DAYS: i64 = 30;

impl CertificateSlot {
    pub(crate) const fn purpose(self) -> Purpose {
        match self {
            Self::Authentication => Purpose::Authentication,
            Self::Offline => Purpose::Offline,
        }
    }

    pub(crate) const fn of(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Authentication => Self::Authentication,
            Purpose::Offline => Self::Offline,
        }
    }
}

impl From<FileProblem> for CredentialProblem {
    fn from(problem: FileProblem) -> Self {
        match problem {
            FileProblem::Empty => Self::Empty,
            FileProblem::TooLarge { .. } => Self::TooLarge,
            FileProblem::Html => Self::WebPage,
            FileProblem::Archive => Self::OtherKind("ZIP".to_owned()),
            FileProblem::Token => Self::TokenFile,
            FileProblem::CutOff => Self::CutOff,
            FileProblem::Damaged => Self::Damaged,
            FileProblem::CertificateRequest => Self::OtherKind("CERTIFICATE REQUEST".to_owned()),
            FileProblem::PublicKey => Self::OtherKind("PUBLIC KEY".to_owned()),
            FileProblem::SeveralKeys => Self::Ambiguous,
            FileProblem::OtherKind { label } => Self::OtherKind(label),
            FileProblem::SomethingElse => Self::NotACredential,
            FileProblem::CertificateInKeyField => Self::CertificateInKeyField,
            FileProblem::KeyInCertificateField => Self::KeyInCertificateField,
        }
    }
}

/// The problem and the field beside which it stands.
pub(crate) fn key_problem(problem: &KeyProblem) -> FieldProblem {
    let (field, problem) = match problem {
        KeyProblem::PasswordNeeded => (CredentialField::Password, CredentialProblem::PasswordMissing),
        KeyProblem::WrongPassword => (CredentialField::Password, CredentialProblem::WrongPassword),
        KeyProblem::UnsupportedEncryption { .. } | KeyProblem::TooExpensive => {
            (CredentialField::Key, CredentialProblem::UnknownEncryption)
        }
        KeyProblem::Damaged => (CredentialField::Key, CredentialProblem::Damaged),
        KeyProblem::NoKeyInside => (CredentialField::Key, CredentialProblem::NotACredential),
        KeyProblem::NoCertificateInside => (CredentialField::Certificate, CredentialProblem::Missing),
    };
    FieldProblem { field, problem }
}

impl From<ksef_crypto::CredentialProblem> for CredentialProblem {
    fn from(problem: ksef_crypto::CredentialProblem) -> Self {
        use ksef_crypto::CredentialProblem as Found;
        match problem {
            Found::NotAPair => Self::NotAPair,
            Found::Expired { since } => Self::Expired(since),
            Found::NotYetValid { from } => Self::NotYetValid(from),
            Found::WrongPurpose { found: Purpose::Offline } => Self::OfflineForAuthentication,
            Found::WrongPurpose { found: Purpose::Authentication } => Self::AuthenticationForOffline,
            Found::UnknownPurpose => Self::NoPurpose,
            Found::TooWeak { bits } => Self::TooWeak(bits),
            Found::OtherCurve { curve } => Self::UnusedCurve(curve),
            Found::OtherAlgorithm => Self::UnusedKeyKind,
        }
    }
}

/// Everything against using a certificate in a slot, and the warning that it ends soon.
pub(crate) fn certificate_problems(
    certificate: &Certificate,
    slot: CertificateSlot,
    now: DateTime<Utc>,
) -> Vec<FieldProblem> {
    let mut problems: Vec<CredentialProblem> =
        certificate.problems(slot.purpose(), now).into_iter().map(Into::into).collect();
    let days = days_left(certificate, now);
    if (0..=ENDS_SOON_DAYS).contains(&days) && now <= certificate.not_after() {
        problems.push(CredentialProblem::ExpiresSoon { days });
    }
    let field = CredentialField::Certificate;
    problems.into_iter().map(|problem| FieldProblem { field, problem }).collect()
}

/// Whole days until the end; negative after it.
pub(crate) fn days_left(certificate: &Certificate, now: DateTime<Utc>) -> i64 {
    (certificate.not_after() - now).num_seconds().div_euclid(86_400)
}

pub(crate) fn facts(certificate: &Certificate, now: DateTime<Utc>) -> CertificateFacts {
    let (owner, owner_identifier) = owner(certificate);
    CertificateFacts {
        subject: certificate.subject_name(),
        owner,
        owner_identifier,
        issuer: common_name(&certificate.issuer_rfc2253()),
        serial: certificate.serial(),
        not_before: certificate.not_before(),
        not_after: certificate.not_after(),
        days_left: days_left(certificate, now),
        purpose: certificate.purpose().map(CertificateSlot::of),
        key: key_name(&certificate.key_kind()),
    }
}

fn owner(certificate: &Certificate) -> (OwnerKind, String) {
    match certificate.owner() {
        Owner::PersonByPesel(pesel) => (OwnerKind::PersonByPesel, pesel.masked()),
        Owner::PersonByNip(nip) => (OwnerKind::PersonByNip, nip.to_string()),
        Owner::Seal(nip) => (OwnerKind::Seal, nip.to_string()),
        Owner::Unknown { fingerprint } => {
            let hex: String = fingerprint.as_bytes()[..8].iter().map(|byte| format!("{byte:02X}")).collect();
            (OwnerKind::Fingerprint, hex)
        }
    }
}

/// The common name in a name by RFC 2253, or all of it.
fn common_name(rfc2253: &str) -> String {
    let mut rest = rfc2253;
    loop {
        let end = end_of_attribute(rest);
        if let Some(name) = rest[..end].strip_prefix("CN=") {
            return name.replace('\\', "");
        }
        match rest.get(end + 1..) {
            Some(next) => rest = next,
            None => return rfc2253.to_owned(),
        }
    }
}

fn end_of_attribute(text: &str) -> usize {
    let mut escaped = false;
    for (place, character) in text.char_indices() {
        match character {
            ',' | '+' if !escaped => return place,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

fn key_name(kind: &KeyKind) -> String {
    match kind {
        KeyKind::Rsa(bits) => format!("RSA {bits}"),
        KeyKind::P256 => "P-256".to_owned(),
        KeyKind::OtherCurve(name) => name.clone(),
        KeyKind::Other => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_issuer_is_its_common_name() {
        assert_eq!(common_name("O=Ministerstwo,CN=CCK\\, MF,C=PL"), "CCK, MF");
        assert_eq!(common_name("O=Bez nazwy"), "O=Bez nazwy");
    }
}
