//! The structure of `AuthTokenRequest` 2.0 and 2.1, as the ministry's schemas mean it.
//!
//! Two patterns of the schemas carry `^` and `$`, which XML Schema takes literally; they are read as anchors here.

use std::net::Ipv4Addr;

use ksef_types::{ContextIdentifier, ContextKind, ReferenceNumber};

use super::tree::{Misfit, Node};
use super::vat_ue::is_vat_ue;
use super::{AllowedIps, SubjectIdentifierType};
use crate::judge::refusal::Exception;

const NAMESPACES: [&str; 2] =
    ["http://ksef.mf.gov.pl/auth/token/2.0", "http://ksef.mf.gov.pl/auth/token/2.1"];
/// Addresses, ranges and masks may each come this often.
const MAX_ADDRESSES: usize = 10;

pub(super) struct Request {
    pub(super) challenge: ReferenceNumber,
    pub(super) context: ContextIdentifier,
    pub(super) subject_type: SubjectIdentifierType,
    pub(super) allowed_ips: Option<AllowedIps>,
}

/// Reads the request; `signature` is the enveloped signature, which the schema does not know of.
pub(super) fn read(
    root: Node<'_, '_>,
    signature: Option<bergshamra::xml::NodeId>,
) -> Result<Request, Exception> {
    let namespace = root
        .namespace()
        .filter(|namespace| NAMESPACES.contains(namespace) && root.local_name() == "AuthTokenRequest")
        .ok_or_else(|| Exception::schema("Nieznana przestrzeń nazw elementu 'AuthTokenRequest'."))?;
    let parts = Parts::read(root, namespace, signature).map_err(|misfit| Exception::schema(misfit.0))?;
    Ok(Request {
        context: parts.context()?,
        challenge: parts.challenge,
        subject_type: parts.subject_type,
        allowed_ips: parts.allowed_ips,
    })
}

struct Parts {
    challenge: ReferenceNumber,
    context: (ContextKind, String),
    subject_type: SubjectIdentifierType,
    allowed_ips: Option<AllowedIps>,
}

impl Parts {
    fn read(
        root: Node<'_, '_>,
        namespace: &str,
        signature: Option<bergshamra::xml::NodeId>,
    ) -> Result<Self, Misfit> {
        root.only_attributes(&[])?;
        let mut children = root.sequence()?;
        if let Some(signature) = signature {
            children = children.without(signature);
        }
        let challenge = read_challenge(children.required(namespace, "Challenge")?)?;
        let context = read_context(children.required(namespace, "ContextIdentifier")?, namespace)?;
        let subject_type = read_subject_type(children.required(namespace, "SubjectIdentifierType")?)?;
        let policy = children.optional(namespace, "AuthorizationPolicy");
        children.end()?;
        let allowed_ips = policy.map(|policy| read_policy(policy, namespace)).transpose()?;
        Ok(Self { challenge, context, subject_type, allowed_ips })
    }

    /// The schema knows the shape only; a wrong check digit is another refusal.
    fn context(&self) -> Result<ContextIdentifier, Exception> {
        let (kind, value) = &self.context;
        ContextIdentifier::parse(*kind, value).map_err(|_| Exception::context())
    }
}

fn read_challenge(node: Node<'_, '_>) -> Result<ReferenceNumber, Misfit> {
    let text = token(leaf(node)?);
    let challenge = text.get(8..12) == Some("-CR-");
    text.parse().ok().filter(|_| challenge).ok_or_else(|| bad_value(node))
}

fn read_context(node: Node<'_, '_>, namespace: &str) -> Result<(ContextKind, String), Misfit> {
    node.only_attributes(&[])?;
    let mut children = node.sequence()?;
    let identifier = children
        .any()
        .filter(|child| child.namespace() == Some(namespace))
        .ok_or_else(|| Misfit("Element 'ContextIdentifier' nie zawiera identyfikatora.".to_owned()))?;
    children.end()?;
    let value = leaf(identifier)?;
    let (kind, fits) = match identifier.local_name() {
        "Nip" => (ContextKind::Nip, is_nip(&value)),
        "InternalId" => (ContextKind::InternalId, is_internal_id(&value)),
        "NipVatUe" => (ContextKind::NipVatUe, is_nip_vat_ue(&value)),
        "PeppolId" => (ContextKind::PeppolId, is_peppol(&value)),
        other => return Err(Misfit(format!("Nieznany rodzaj kontekstu '{other}'."))),
    };
    if fits { Ok((kind, value)) } else { Err(bad_value(identifier)) }
}

fn read_subject_type(node: Node<'_, '_>) -> Result<SubjectIdentifierType, Misfit> {
    match token(leaf(node)?).as_str() {
        "certificateSubject" => Ok(SubjectIdentifierType::CertificateSubject),
        "certificateFingerprint" => Ok(SubjectIdentifierType::CertificateFingerprint),
        _ => Err(bad_value(node)),
    }
}

fn read_policy(node: Node<'_, '_>, namespace: &str) -> Result<AllowedIps, Misfit> {
    node.only_attributes(&[])?;
    let mut policy = node.sequence()?;
    let allowed = policy.required(namespace, "AllowedIps")?;
    policy.end()?;
    allowed.only_attributes(&[])?;
    let mut lists = allowed.sequence()?;
    let addresses = lists.many(namespace, "Ip4Address", MAX_ADDRESSES)?;
    let ranges = lists.many(namespace, "Ip4Range", MAX_ADDRESSES)?;
    let masks = lists.many(namespace, "Ip4Mask", MAX_ADDRESSES)?;
    lists.end()?;
    Ok(AllowedIps {
        addresses: each(addresses, address)?,
        ranges: each(ranges, |text| {
            let (first, last) = text.split_once('-')?;
            Some((address(first)?, address(last)?))
        })?,
        masks: each(masks, |text| {
            let (network, length) = text.split_once('/')?;
            Some((address(network)?, prefix_length(length)?))
        })?,
    })
}

fn each<T>(nodes: Vec<Node<'_, '_>>, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Misfit> {
    nodes.into_iter().map(|node| read(&token(leaf(node)?)).ok_or_else(|| bad_value(node))).collect()
}

/// Four decimal numbers without leading zeros, as the pattern of 2.1 has them.
fn address(text: &str) -> Option<Ipv4Addr> {
    text.parse().ok()
}

fn prefix_length(text: &str) -> Option<u8> {
    let plain = text == "0" || text.starts_with(|first: char| matches!(first, '1'..='9'));
    text.parse().ok().filter(|length| plain && *length <= 32)
}

fn leaf(node: Node<'_, '_>) -> Result<String, Misfit> {
    node.only_attributes(&[])?;
    node.text()
}

fn bad_value(node: Node<'_, '_>) -> Misfit {
    Misfit(format!("Wartość elementu '{}' jest nieprawidłowa.", node.local_name()))
}

/// White space as `xsd:token` collapses it.
fn token(text: String) -> String {
    let words: Vec<&str> = text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// `[1-9]((\d[1-9])|([1-9]\d))\d{7}`
fn is_nip(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().all(u8::is_ascii_digit)
        && bytes[0] != b'0'
        && (bytes[1] != b'0' || bytes[2] != b'0')
}

fn is_internal_id(text: &str) -> bool {
    text.split_once('-').is_some_and(|(nip, unit)| {
        is_nip(nip) && unit.len() == 5 && unit.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn is_nip_vat_ue(text: &str) -> bool {
    text.split_once('-').is_some_and(|(nip, vat_ue)| is_nip(nip) && is_vat_ue(vat_ue))
}

fn is_peppol(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 9
        && bytes[0] == b'P'
        && bytes[1..3].iter().all(u8::is_ascii_uppercase)
        && bytes[3..].iter().all(u8::is_ascii_digit)
}
