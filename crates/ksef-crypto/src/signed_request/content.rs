//! What a request says.

use ksef_types::{ContextIdentifier, ContextKind, ReferenceNumber};

use super::problem::SignedRequestProblem as Problem;
use super::tree::Node;
use crate::xades::SubjectIdentifierType;

/// The beginning of the namespaces of requests, whose end is the version.
const NAMESPACE_START: &str = "http://ksef.mf.gov.pl/auth/token/";

pub(super) struct Content {
    pub(super) challenge: ReferenceNumber,
    pub(super) context: ContextIdentifier,
    pub(super) subject: SubjectIdentifierType,
}

/// Whether the element is a request.
pub(super) fn is_request(node: Node<'_, '_>) -> bool {
    node.local_name() == "AuthTokenRequest"
        && node.namespace().is_some_and(|namespace| namespace.starts_with(NAMESPACE_START))
}

/// What cannot be read as a request of ours is another one.
pub(super) fn read(request: Node<'_, '_>) -> Result<Content, Problem> {
    parts(request).ok_or(Problem::OtherRequest)
}

fn parts(request: Node<'_, '_>) -> Option<Content> {
    let namespace = request.namespace()?;
    let text = |name: &str| request.child(namespace, name)?.text().map(|text| text.trim().to_owned());
    let mut identifiers = request.child(namespace, "ContextIdentifier")?.children();
    let (identifier, more) = (identifiers.next()?, identifiers.next());
    let kind = match identifier.local_name() {
        "Nip" => ContextKind::Nip,
        "InternalId" => ContextKind::InternalId,
        "NipVatUe" => ContextKind::NipVatUe,
        "PeppolId" => ContextKind::PeppolId,
        _ => return None,
    };
    let subject = match text("SubjectIdentifierType")?.as_str() {
        "certificateSubject" => SubjectIdentifierType::CertificateSubject,
        "certificateFingerprint" => SubjectIdentifierType::CertificateFingerprint,
        _ => return None,
    };
    // A policy of addresses would narrow what the login is good for, and is not in the requests that are saved here.
    let foreign = more.is_some() || request.child(namespace, "AuthorizationPolicy").is_some();
    (!foreign).then_some(Content {
        challenge: text("Challenge")?.parse().ok()?,
        context: ContextIdentifier::parse(kind, identifier.text()?.trim()).ok()?,
        subject,
    })
}
