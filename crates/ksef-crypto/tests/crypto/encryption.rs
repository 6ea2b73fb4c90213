//! AES-256-CBC and RSA-OAEP against results that another library made.

use ksef_crypto::encryption::{DecryptionFailed, UnwrapFailed};
use ksef_crypto::{MinistryKey, MinistryKeyProblem, OsRandomness, PrivateKey, SessionKey, base64, sha256};
use ksef_types::{KsefToken, SecretBytes};
use openssl::pkey::PKey;
use proptest::prelude::*;

use crate::support::{self, Usage, ec_key, name, rsa_key, shared};

struct Vectors {
    json: serde_json::Value,
    ministry: MinistryKey,
    private: PrivateKey,
}

impl Vectors {
    fn read() -> Option<Self> {
        let json = serde_json::from_slice(&shared("vectors/encryption/encryption.json")?).unwrap();
        let public = PKey::public_key_from_pem(&shared("vectors/encryption/ministry-test.pub")?).unwrap();
        let private = PKey::private_key_from_pem(&shared("vectors/encryption/ministry-test.key")?).unwrap();
        let ministry = MinistryKey::from_public_key_der(&public.public_key_to_der().unwrap()).unwrap();
        Some(Self { json, ministry, private: support::private_key(&private) })
    }

    fn text(&self, field: &str) -> &str {
        self.json[field].as_str().unwrap()
    }

    fn bytes(&self, field: &str) -> Vec<u8> {
        base64::decode(self.text(field)).unwrap()
    }

    fn session_key(&self) -> SessionKey {
        SessionKey::from_parts(SecretBytes::new(self.bytes("aes_key")), &self.bytes("aes_iv")).unwrap()
    }
}

#[test]
fn documents_agree_with_the_vectors() {
    let Some(vectors) = Vectors::read() else { return };
    let invoice = shared(vectors.text("invoice")).unwrap();
    let key = vectors.session_key();
    let ciphertext = key.encrypt(&invoice).unwrap();
    assert_eq!(ciphertext, vectors.bytes("ciphertext"));
    assert_eq!(key.decrypt(&ciphertext).unwrap(), invoice);
    assert_eq!(sha256(&invoice).as_bytes().to_vec(), vectors.bytes("invoice_sha256"));
    assert_eq!(sha256(&ciphertext).as_bytes().to_vec(), vectors.bytes("ciphertext_sha256"));
    assert_eq!(vectors.json["ciphertext_size"], ciphertext.len());
    assert_eq!(key.iv().to_vec(), vectors.bytes("aes_iv"));
}

#[test]
fn keys_wrapped_by_others_are_unwrapped() {
    let Some(vectors) = Vectors::read() else { return };
    let wrapped = vectors.bytes("rsa_oaep_sha256_encrypted_key");
    let key = SessionKey::unwrap_with(&vectors.private, &wrapped, &vectors.bytes("aes_iv")).unwrap();
    let ciphertext = vectors.bytes("ciphertext");
    assert_eq!(key.decrypt(&ciphertext).unwrap(), vectors.session_key().decrypt(&ciphertext).unwrap());
}

#[test]
fn what_is_wrapped_here_is_unwrapped_there() {
    let Some(vectors) = Vectors::read() else { return };
    let key = SessionKey::generate(&OsRandomness);
    let wrapped = key.wrap(&vectors.ministry).unwrap();
    assert_eq!(wrapped.len(), 256);
    let there = SessionKey::unwrap_with(&vectors.private, &wrapped, key.iv()).unwrap();
    assert_eq!(there.decrypt(&key.encrypt(b"tekst").unwrap()).unwrap(), b"tekst");
    let mut changed = wrapped.clone();
    changed[100] ^= 1;
    let unwrapped =
        |wrapped: &[u8], iv: &[u8]| SessionKey::unwrap_with(&vectors.private, wrapped, iv).unwrap_err();
    assert_eq!(unwrapped(&changed, key.iv()), UnwrapFailed::Wrapping);
    assert_eq!(unwrapped(&wrapped, &[0; 12]), UnwrapFailed::IvLength(12));
}

#[test]
fn tokens_agree_with_the_vectors() {
    let Some(vectors) = Vectors::read() else { return };
    let theirs = vectors.private.decrypt_oaep(&vectors.bytes("rsa_oaep_sha256_encrypted_token")).unwrap();
    assert_eq!(theirs.expose(), vectors.text("token_plaintext").as_bytes());
    let token = KsefToken::parse(vectors.text("token")).unwrap();
    let timestamp = vectors.text("token_plaintext").rsplit_once('|').unwrap().1.parse().unwrap();
    let ours = vectors.ministry.encrypt_token(&token, timestamp).unwrap();
    assert_eq!(vectors.private.decrypt_oaep(&ours).unwrap().expose(), theirs.expose());
}

#[test]
fn a_ministry_key_comes_from_a_certificate_and_is_rsa() {
    let issuer = name("Ministerstwo", "VATPL-5265877635");
    let der = |key: &_| support::certificate(key, &issuer, &Usage::None).to_der().unwrap();
    let rsa = rsa_key(2048);
    let ministry = MinistryKey::from_certificate_der(&der(&rsa)).unwrap();
    let key = SessionKey::generate(&OsRandomness);
    let wrapped = key.wrap(&ministry).unwrap();
    assert!(SessionKey::unwrap_with(&support::private_key(&rsa), &wrapped, key.iv()).is_ok());
    let problem = |der: &[u8]| MinistryKey::from_certificate_der(der).unwrap_err();
    assert!(matches!(problem(&der(&ec_key())), MinistryKeyProblem::KeyKind(_)));
    assert!(matches!(problem(&der(&rsa_key(1024))), MinistryKeyProblem::KeyKind(_)));
    assert_eq!(problem(b"-----BEGIN"), MinistryKeyProblem::Unreadable);
}

#[test]
fn what_cannot_be_decrypted_is_told() {
    let key = SessionKey::generate(&OsRandomness);
    assert!(matches!(key.decrypt(&[]), Err(DecryptionFailed::Length { bytes: 0 })));
    assert!(matches!(key.decrypt(&[0; 17]), Err(DecryptionFailed::Length { bytes: 17 })));
    let mut ciphertext = key.encrypt(&[7; 32]).unwrap();
    // The last byte of the block before the last turns the length of the padding into one that cannot be.
    let place = ciphertext.len() - 17;
    ciphertext[place] ^= 0xFF;
    assert!(matches!(key.decrypt(&ciphertext), Err(DecryptionFailed::Padding)));
}

#[test]
fn nothing_of_a_key_is_printed() {
    let key = SessionKey::from_parts(SecretBytes::new(vec![0xAB; 32]), &[0xCD; 16]).unwrap();
    assert_eq!(format!("{key:?}"), "SessionKey([secret])");
}

proptest! {
    #[test]
    fn every_document_comes_back(document in proptest::collection::vec(any::<u8>(), 0..5000)) {
        let key = SessionKey::generate(&OsRandomness);
        let ciphertext = key.encrypt(&document).unwrap();
        prop_assert_eq!(ciphertext.len(), document.len() / 16 * 16 + 16);
        prop_assert_eq!(key.decrypt(&ciphertext).unwrap(), document);
    }

    #[test]
    fn the_same_chance_makes_the_same_key(seed in any::<u64>()) {
        let key = || SessionKey::generate(&ksef_testkit::SeededRandomness::new(seed));
        prop_assert_eq!(key().encrypt(b"x").unwrap(), key().encrypt(b"x").unwrap());
    }
}
