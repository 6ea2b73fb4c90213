//! What a signature may be made of. Source: the guide, "Podpis XAdES"; SHA-1 is on its lists and is refused in production
//! (field notes, 17), so it is refused here.

use bergshamra::c14n::C14nMode;
use openssl::hash::MessageDigest;

use super::problem::SignedRequestProblem as Problem;
use super::tree::Node;

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const XPATH: &str = "http://www.w3.org/TR/1999/REC-xpath-19991116";
const FILTER: &str = "http://www.w3.org/2002/06/xmldsig-filter2";
const BASE64: &str = "http://www.w3.org/2000/09/xmldsig#base64";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// A canonicalization method with its list of prefixes.
#[derive(Clone)]
pub(super) struct CanonicalForm {
    pub(super) mode: C14nMode,
    pub(super) prefixes: Vec<String>,
}

/// A step between what a reference is to and what is hashed.
pub(super) enum Transform {
    /// The signature is left out: by its own transform, or by one of the two filters that say the same.
    WithoutSignature,
    /// The text of an element is decoded.
    Base64,
    /// The canonical form.
    Canonical(CanonicalForm),
}

/// How something was hashed.
#[derive(Clone, Copy)]
pub(super) struct DigestAlgorithm(pub(super) MessageDigest);

/// How the signature was made.
#[derive(Clone, Copy)]
pub(super) struct SignatureAlgorithm {
    pub(super) scheme: Scheme,
    pub(super) digest: MessageDigest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    Pkcs1,
    Pss,
    Ecdsa,
}

impl CanonicalForm {
    /// From `CanonicalizationMethod` or a `Transform`.
    pub(super) fn read(node: Node<'_, '_>) -> Result<Self, Problem> {
        let uri = node.attribute("Algorithm").unwrap_or_default();
        let mode = C14nMode::from_uri(uri).ok_or_else(|| unknown(uri))?;
        let list = node.child(EXCLUSIVE, "InclusiveNamespaces").and_then(|list| list.attribute("PrefixList"));
        Ok(Self { mode, prefixes: list.unwrap_or_default().split_whitespace().map(str::to_owned).collect() })
    }
}

impl Transform {
    pub(super) fn read(node: Node<'_, '_>) -> Result<Self, Problem> {
        match node.attribute("Algorithm").unwrap_or_default() {
            ENVELOPED => Ok(Self::WithoutSignature),
            BASE64 => Ok(Self::Base64),
            filter @ (XPATH | FILTER) => {
                let expression: String = node.children().filter_map(Node::text).collect();
                if leaves_signature_out(&expression) {
                    Ok(Self::WithoutSignature)
                } else {
                    Err(unknown(filter))
                }
            }
            _ => CanonicalForm::read(node).map(Self::Canonical),
        }
    }
}

/// `not(ancestor-or-self::ds:Signature)`, or `/descendant::ds:Signature` subtracted, whatever the prefix.
fn leaves_signature_out(expression: &str) -> bool {
    let compact: String = expression.chars().filter(|character| !character.is_whitespace()).collect();
    let not_inside = compact.starts_with("not(ancestor-or-self::") && compact.ends_with(":Signature)");
    let subtracted = compact.starts_with("/descendant::") && compact.ends_with(":Signature");
    not_inside || subtracted
}

impl DigestAlgorithm {
    pub(super) fn read(uri: &str) -> Result<Self, Problem> {
        match uri {
            "http://www.w3.org/2001/04/xmlenc#sha256" => Ok(Self(MessageDigest::sha256())),
            "http://www.w3.org/2001/04/xmldsig-more#sha384" => Ok(Self(MessageDigest::sha384())),
            "http://www.w3.org/2001/04/xmlenc#sha512" => Ok(Self(MessageDigest::sha512())),
            "http://www.w3.org/2007/05/xmldsig-more#sha3-256" => Ok(Self(MessageDigest::sha3_256())),
            "http://www.w3.org/2007/05/xmldsig-more#sha3-384" => Ok(Self(MessageDigest::sha3_384())),
            "http://www.w3.org/2007/05/xmldsig-more#sha3-512" => Ok(Self(MessageDigest::sha3_512())),
            other => Err(weak_or_unknown(other)),
        }
    }
}

impl SignatureAlgorithm {
    pub(super) fn read(uri: &str) -> Result<Self, Problem> {
        let (_, name) = uri.rsplit_once('#').ok_or_else(|| unknown(uri))?;
        let (scheme, hash) = if let Some(hash) = name.strip_prefix("rsa-") {
            (Scheme::Pkcs1, hash)
        } else if let Some(hash) = name.strip_suffix("-rsa-MGF1") {
            (Scheme::Pss, hash)
        } else if let Some(hash) = name.strip_prefix("ecdsa-") {
            (Scheme::Ecdsa, hash)
        } else {
            return Err(weak_or_unknown(uri));
        };
        let digest = match hash {
            "sha256" => MessageDigest::sha256(),
            "sha384" => MessageDigest::sha384(),
            "sha512" => MessageDigest::sha512(),
            "sha3-256" => MessageDigest::sha3_256(),
            "sha3-384" => MessageDigest::sha3_384(),
            "sha3-512" => MessageDigest::sha3_512(),
            _ => return Err(weak_or_unknown(uri)),
        };
        Ok(Self { scheme, digest })
    }
}

fn weak_or_unknown(uri: &str) -> Problem {
    let name = uri.rsplit_once('#').map_or(uri, |(_, name)| name);
    if name.contains("sha1") {
        Problem::Weak { name: "SHA-1" }
    } else if name.contains("md5") {
        Problem::Weak { name: "MD5" }
    } else {
        unknown(uri)
    }
}

fn unknown(uri: &str) -> Problem {
    Problem::UnknownAlgorithm { algorithm: uri.chars().take(128).collect() }
}
