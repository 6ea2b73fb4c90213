//! The cryptography, left to the library: every reference's digest, and the signature's value under the key of the
//! certificate (not whatever else KeyInfo holds).

use bergshamra::keys::{Key, KeysManager, loader};
use bergshamra::xml::{Document, NodeSet};
use bergshamra::{DsigContext, VerifyResult};
use openssl::hash::hash;

use super::certificate::Signer;
use super::layout::{CanonicalForm, Layout, Parts, Reference};
use crate::judge::refusal::Exception;

/// How the references of a good signature were hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hashed {
    /// As XML Signature says.
    ByTheBook,
    /// A reference that names no canonical form was hashed in the form of SignedInfo, where the standard means the
    /// inclusive one (XML Signature 1.1, 4.4.3.2). Python's signxml writes such signatures.
    InAnUnnamedForm,
}

/// # Errors
/// 9105 for any signature that is not good, in either way.
pub(super) fn check(
    document: &Document<'_>,
    text: &str,
    layout: &Layout<'_, '_>,
    parts: &Parts<'_, '_>,
    signer: &Signer,
) -> Result<Hashed, Exception> {
    // The library takes ECDSA values in DER as well; the contract does not.
    let wrong_length = signer.field_bytes().is_some_and(|half| parts.value.len() != 2 * half);
    if !signer.fits(parts.family) || wrong_length {
        return Err(Exception::signature());
    }
    let spki = signer.key.public_key_to_der().map_err(|_| Exception::certificate())?;
    let key = loader::load_spki_der(&spki).map_err(|_| Exception::certificate())?;
    if by_the_book(document, text, layout, parts, key.clone()) {
        Ok(Hashed::ByTheBook)
    } else if in_unnamed_form(document, layout, parts, &key).unwrap_or(false) {
        Ok(Hashed::InAnUnnamedForm)
    } else {
        Err(Exception::signature())
    }
}

fn by_the_book(
    document: &Document<'_>,
    text: &str,
    layout: &Layout<'_, '_>,
    parts: &Parts<'_, '_>,
    key: Key,
) -> bool {
    let mut keys = KeysManager::new();
    keys.add_key(key);
    // Its own check of positions knows no references into the signature; what each reference hit is compared below.
    let context = DsigContext::new(keys).with_strict_verification(false);
    let result = bergshamra::dsig::verify::verify_document_with_source(&context, document, Some(text));
    let Ok(VerifyResult::Valid { signature_node, references, .. }) = result else { return false };
    let hashed = references.iter().all(|reference| reference.digest_verified);
    let targets = parts.references.iter().map(|reference| reference.target);
    let hit = references.iter().map(|reference| reference.resolved_node).eq(targets);
    signature_node == layout.signature.id() && hashed && hit
}

/// The same with the library's pieces, for signatures with a reference that names no form.
fn in_unnamed_form(
    document: &Document<'_>,
    layout: &Layout<'_, '_>,
    parts: &Parts<'_, '_>,
    key: &Key,
) -> Result<bool, bergshamra::Error> {
    if parts.references.iter().all(|reference| reference.form.is_some()) {
        return Ok(false);
    }
    for reference in &parts.references {
        let nodes = covered_nodes(document, layout, reference);
        let form = reference.form.as_ref().unwrap_or(&parts.form);
        let bytes = canonical(document, form, &nodes)?;
        if !hash(reference.digest, &bytes).is_ok_and(|digest| *digest == *reference.value) {
            return Ok(false);
        }
    }
    let nodes = NodeSet::tree_without_comments(parts.signed_info.id(), document);
    let signed_info = canonical(document, &parts.form, &nodes)?;
    let algorithm = bergshamra::crypto::sign::from_uri(parts.algorithm)?;
    match key.to_signing_key()? {
        Some(key) => algorithm.verify(&key, &signed_info, &parts.value),
        None => Ok(false),
    }
}

fn covered_nodes(document: &Document<'_>, layout: &Layout<'_, '_>, reference: &Reference) -> NodeSet {
    match reference.target {
        Some(target) => NodeSet::tree_without_comments(target, document),
        None => {
            let signature = NodeSet::tree_with_comments(layout.signature.id(), document);
            NodeSet::all_without_comments(document).subtract(&signature)
        }
    }
}

fn canonical(
    document: &Document<'_>,
    form: &CanonicalForm,
    nodes: &NodeSet,
) -> Result<Vec<u8>, bergshamra::Error> {
    bergshamra::c14n::canonicalize_doc(document, form.mode, Some(nodes), &form.prefixes)
}
