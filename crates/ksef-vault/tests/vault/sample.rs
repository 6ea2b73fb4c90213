//! Keys and certificates made for these tests; they open nothing.

use ksef_crypto::{Credential, Recognised, recognise};
use ksef_types::KsefToken;

pub(crate) const P256: &[u8] = include_bytes!("data/p256.pem");
pub(crate) const RSA_2048: &[u8] = include_bytes!("data/rsa2048.pem");
pub(crate) const RSA_4096: &[u8] = include_bytes!("data/rsa4096.pem");
pub(crate) const RSA_8192: &[u8] = include_bytes!("data/rsa8192.pem");

pub(crate) fn credential(file: &[u8]) -> Credential {
    let Ok(Recognised::Both { certificates, key }) = recognise(file) else { panic!("a pair") };
    Credential::assemble_from_chain(certificates, key.open(None).unwrap()).unwrap()
}

pub(crate) fn token(digit: char) -> KsefToken {
    let digits = String::from(digit).repeat(64);
    KsefToken::parse(&format!("20261121-EC-0123456789-ABCDEF0123-4E|nip-5265877635|{digits}")).unwrap()
}
