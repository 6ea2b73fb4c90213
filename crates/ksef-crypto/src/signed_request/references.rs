//! The cryptography: the digest of every reference, and the value under the key of the signer's certificate.

use bergshamra::c14n::{C14nMode, canonicalize_doc};
use bergshamra::xml::{Document, NodeSet};
use openssl::bn::BigNum;
use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::hash::hash;
use openssl::pkey::{Id, PKeyRef, Public};
use openssl::rsa::Padding;
use openssl::sign::{RsaPssSaltlen, Verifier};

use super::algorithms::{CanonicalForm, Scheme, SignatureAlgorithm, Transform};
use super::layout::{Layout, Parts, Reference, Target};
use super::problem::SignedRequestProblem as Problem;
use super::tree::Node;
use crate::credentials::{Certificate, KeyKind};

/// Fewer bits are refused by KSeF. Source: the guide, "Podpis XAdES".
const LEAST_RSA_BITS: u32 = 2048;
const LEAST_CURVE_BITS: u32 = 256;

/// What is in the document is what was signed.
pub(super) fn check_digests(layout: &Layout<'_, '_>, parts: &Parts<'_, '_>) -> Result<(), Problem> {
    let fits = |reference: &Reference| {
        forms(reference, &parts.form).into_iter().any(|form| {
            let bytes = octets(layout.signature, reference, &form);
            let digest = bytes.and_then(|bytes| hash(reference.digest.0, &bytes).ok());
            digest.is_some_and(|digest| *digest == *reference.value)
        })
    };
    if parts.references.iter().all(fits) { Ok(()) } else { Err(Problem::Changed) }
}

/// The form that the transforms name. Where they name none the standard means the inclusive one (XML Signature 1.1,
/// 4.4.3.2); some programs take the form of SignedInfo, which KSeF lets pass.
fn forms(reference: &Reference, of_signed_info: &CanonicalForm) -> Vec<CanonicalForm> {
    let named = reference.transforms.iter().find_map(|transform| match transform {
        Transform::Canonical(form) => Some(form.clone()),
        _ => None,
    });
    match named {
        Some(form) => vec![form],
        None => {
            vec![CanonicalForm { mode: C14nMode::Inclusive, prefixes: Vec::new() }, of_signed_info.clone()]
        }
    }
}

/// What a reference hashes.
fn octets(signature: Node<'_, '_>, reference: &Reference, form: &CanonicalForm) -> Option<Vec<u8>> {
    let document = signature.document();
    let has = |wanted: fn(&Transform) -> bool| reference.transforms.iter().any(wanted);
    if has(|transform| matches!(transform, Transform::Base64)) {
        let Target::Element { id, .. } = reference.target else { return None };
        return Node::root(document)?.subtree().find(|node| node.id() == id)?.base64();
    }
    let mut nodes = match reference.target {
        Target::Document { comments: false } => NodeSet::all_without_comments(document),
        Target::Document { comments: true } => NodeSet::all(document),
        Target::Element { id, comments: false } => NodeSet::tree_without_comments(id, document),
        Target::Element { id, comments: true } => NodeSet::tree_with_comments(id, document),
    };
    if has(|transform| matches!(transform, Transform::WithoutSignature)) {
        nodes = nodes.subtract(&NodeSet::tree_with_comments(signature.id(), document));
    }
    canonical(document, form, &nodes)
}

fn canonical(document: &Document<'_>, form: &CanonicalForm, nodes: &NodeSet) -> Option<Vec<u8>> {
    canonicalize_doc(document, form.mode, Some(nodes), &form.prefixes).ok()
}

/// The certificate under whose key the value is right.
pub(super) fn check_value(
    parts: &Parts<'_, '_>,
    certificates: Vec<Certificate>,
) -> Result<Certificate, Problem> {
    let document = parts.signed_info.document();
    let nodes = NodeSet::tree_without_comments(parts.signed_info.id(), document);
    let message = canonical(document, &parts.form, &nodes).ok_or(Problem::WrongValue)?;
    let fits = |certificate: &Certificate| {
        // What OpenSSL cannot make sense of is no signature of that key.
        is_signed(certificate.public_key(), parts.algorithm, &message, &parts.value).unwrap_or(false)
    };
    let signer = certificates.into_iter().find(fits).ok_or(Problem::WrongValue)?;
    match signer.key_kind() {
        KeyKind::Rsa(bits) if bits < LEAST_RSA_BITS => Err(Problem::Weak { name: "RSA below 2048 bits" }),
        KeyKind::OtherCurve(_) if signer.public_key().bits() < LEAST_CURVE_BITS => {
            Err(Problem::Weak { name: "ECDSA below 256 bits" })
        }
        _ => Ok(signer),
    }
}

fn is_signed(
    key: &PKeyRef<Public>,
    algorithm: SignatureAlgorithm,
    message: &[u8],
    value: &[u8],
) -> Result<bool, ErrorStack> {
    let rsa = matches!(key.id(), Id::RSA | Id::RSA_PSS);
    let elliptic = key.id() == Id::EC;
    match algorithm.scheme {
        Scheme::Pkcs1 if rsa => Verifier::new(algorithm.digest, key)?.verify_oneshot(value, message),
        Scheme::Pss if rsa => {
            let mut verifier = Verifier::new(algorithm.digest, key)?;
            verifier.set_rsa_padding(Padding::PKCS1_PSS)?;
            verifier.set_rsa_mgf1_md(algorithm.digest)?;
            // As long as the signature says: the standard's length is the digest's, programs take others.
            verifier.set_rsa_pss_saltlen(RsaPssSaltlen::custom(-2))?;
            verifier.verify_oneshot(value, message)
        }
        Scheme::Ecdsa if elliptic && value.len() == 2 * field_bytes(key) => {
            let (r, s) = value.split_at(value.len() / 2);
            let der = EcdsaSig::from_private_components(BigNum::from_slice(r)?, BigNum::from_slice(s)?)?
                .to_der()?;
            Verifier::new(algorithm.digest, key)?.verify_oneshot(&der, message)
        }
        _ => Ok(false),
    }
}

fn field_bytes(key: &PKeyRef<Public>) -> usize {
    usize::try_from(key.bits().div_ceil(8)).unwrap_or(usize::MAX / 2)
}
