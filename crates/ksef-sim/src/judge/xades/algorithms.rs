//! What a signature may be made of. Source: the ministry's guide, "Podpis XAdES"; SHA-1 is on its list, and is
//! refused where it matters (field notes, 17), so it is refused here.

use openssl::hash::MessageDigest;

pub(super) const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
pub(super) const XPATH: &str = "http://www.w3.org/TR/1999/REC-xpath-19991116";
pub(super) const EXCLUSIVE_NAMESPACE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

const RSA: [&str; 9] = [
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
    "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1",
    "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1",
    "http://www.w3.org/2007/05/xmldsig-more#sha3-256-rsa-MGF1",
    "http://www.w3.org/2007/05/xmldsig-more#sha3-384-rsa-MGF1",
    "http://www.w3.org/2007/05/xmldsig-more#sha3-512-rsa-MGF1",
];

const ECDSA: [&str; 6] = [
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512",
    "http://www.w3.org/2021/04/xmldsig-more#ecdsa-sha3-256",
    "http://www.w3.org/2021/04/xmldsig-more#ecdsa-sha3-384",
    "http://www.w3.org/2021/04/xmldsig-more#ecdsa-sha3-512",
];

/// The kind of key that a signature algorithm needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyFamily {
    Rsa,
    Ec,
}

pub(super) fn signature_algorithm(uri: &str) -> Option<(&'static str, KeyFamily)> {
    let find = |list: &[&'static str], family| {
        list.iter().find(|known| **known == uri).map(|known| (*known, family))
    };
    find(&RSA, KeyFamily::Rsa).or_else(|| find(&ECDSA, KeyFamily::Ec))
}

pub(super) fn digest(uri: &str) -> Option<MessageDigest> {
    match uri {
        "http://www.w3.org/2001/04/xmlenc#sha256" => Some(MessageDigest::sha256()),
        "http://www.w3.org/2001/04/xmldsig-more#sha384" => Some(MessageDigest::sha384()),
        "http://www.w3.org/2001/04/xmlenc#sha512" => Some(MessageDigest::sha512()),
        "http://www.w3.org/2007/05/xmldsig-more#sha3-256" => Some(MessageDigest::sha3_256()),
        "http://www.w3.org/2007/05/xmldsig-more#sha3-384" => Some(MessageDigest::sha3_384()),
        "http://www.w3.org/2007/05/xmldsig-more#sha3-512" => Some(MessageDigest::sha3_512()),
        _ => None,
    }
}
