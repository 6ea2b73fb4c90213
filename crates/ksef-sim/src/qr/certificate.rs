//! KOD II: whether the owner of a good offline certificate signed this hash, and may issue invoices of that seller.

use chrono::{DateTime, Utc};
use ksef_crypto::base64;
use ksef_types::{ContextIdentifier, ContextKind, Nip};
use openssl::x509::X509;

use super::page::{Judgement, Problem, Shown};
use super::signature;
use crate::Permission;
use crate::judge::authority::CertificateKind;
use crate::model::{AuthorizationScope, Certificate, CertificateState};
use crate::rights;
use crate::store::State;
use crate::world::World;

const HASH_BYTES: usize = 32;

/// The parts of a link.
pub(super) struct Link {
    kind: String,
    value: String,
    nip: String,
    serial: String,
    hash: String,
    signature: String,
}

impl From<(String, String, String, String, String, String)> for Link {
    fn from(
        (kind, value, nip, serial, hash, signature): (String, String, String, String, String, String),
    ) -> Self {
        Self { kind, value, nip, serial, hash, signature }
    }
}

/// Judges a link; `signed` is the text that its signature is about.
pub(super) fn judge(world: &World, link: &Link, signed: &str) -> Judgement {
    let now = world.now();
    let judged = world.look(|state| problems(state, link, signed, now));
    // Nothing is known where the state cannot be read.
    let (problems, certificate) = judged.unwrap_or_else(|_| (vec![Problem::UnknownCertificate], None));
    let mut facts = vec![
        ("Numer certyfikatu", link.serial.clone()),
        ("Kontekst", format!("{} {}", link.kind, link.value)),
        ("NIP sprzedawcy", link.nip.clone()),
    ];
    if let Some(certificate) = certificate {
        facts.push(("Wystawca", certificate.common_name));
        facts.push(("Certyfikat ważny do", certificate.valid_to.date_naive().to_string()));
    }
    Judgement { shown: Shown::IssuersSignature, confirmed: problems.is_empty(), problems, facts }
}

fn problems(
    state: &State,
    link: &Link,
    signed: &str,
    now: DateTime<Utc>,
) -> (Vec<Problem>, Option<Certificate>) {
    let kind = serde_json::from_value::<ContextKind>(serde_json::Value::from(link.kind.as_str())).ok();
    let context = kind.and_then(|kind| ContextIdentifier::parse(kind, &link.value).ok());
    let (Some(context), Ok(seller)) = (context, link.nip.parse::<Nip>()) else {
        return (vec![Problem::Link], None);
    };
    let hash = base64::url::decode(&link.hash).ok().filter(|hash| hash.len() == HASH_BYTES);
    let (Some(_), Ok(signature)) = (hash, base64::url::decode(&link.signature)) else {
        return (vec![Problem::Base64], None);
    };
    let Some(certificate) = state.certificates.get(&link.serial).cloned() else {
        return (vec![Problem::UnknownCertificate], None);
    };
    let mut found = certificate_problems(&certificate, now);
    if !is_signed(&certificate, signed, &signature) {
        found.push(Problem::Signature);
    }
    if !rights::effective(state, &certificate.owner, &context).contains(&Permission::InvoiceWrite) {
        found.push(Problem::NoPermission);
    }
    if !may_issue_for(state, &context, seller) {
        found.push(Problem::OtherSeller);
    }
    (found, Some(certificate))
}

fn certificate_problems(certificate: &Certificate, now: DateTime<Utc>) -> Vec<Problem> {
    let mut found = Vec::new();
    if certificate.kind != CertificateKind::Offline {
        found.push(Problem::WrongKind);
    }
    match certificate.state {
        CertificateState::Active => {}
        CertificateState::Blocked => found.push(Problem::Blocked),
        CertificateState::Revoked => found.push(Problem::Revoked),
    }
    if now > certificate.valid_to {
        found.push(Problem::Expired);
    }
    if now < certificate.valid_from {
        found.push(Problem::NotYetValid);
    }
    found
}

fn is_signed(certificate: &Certificate, text: &str, signature: &[u8]) -> bool {
    let der = base64::decode(&certificate.der).unwrap_or_default();
    let key = X509::from_der(&der).and_then(|certificate| certificate.public_key());
    key.is_ok_and(|key| signature::is_good(&key, text.as_bytes(), signature))
}

/// Its own invoices, or those of a seller that has authorised it.
fn may_issue_for(state: &State, context: &ContextIdentifier, seller: Nip) -> bool {
    let authorised = || {
        state.authorizations.rows().any(|row| {
            row.active
                && row.authorizing == seller
                && row.authorized == *context
                && row.scope != AuthorizationScope::PefInvoicing
        })
    };
    context.nip() == Some(seller) || authorised()
}
