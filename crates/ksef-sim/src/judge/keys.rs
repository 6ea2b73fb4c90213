//! The simulated ministry's key pairs: what clients encrypt tokens and session keys with.

use chrono::{DateTime, Duration, Utc};
use ksef_types::{Randomness, SecretBytes};
use openssl::encrypt::Decrypter;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Padding;
use openssl::x509::extension::{BasicConstraints, KeyUsage, SubjectKeyIdentifier};
use openssl::x509::{X509, X509NameBuilder};
use serde::{Deserialize, Serialize};

use super::openssl_parts::{
    CryptoFailed, KeyAlgorithm, asn1_time, from_base64, new_key, new_serial, sha256, to_base64,
};
use super::refusal::Exception;

/// How long a key of the ministry is announced for.
const VALIDITY_DAYS: i64 = 730;
/// Certificates begin a little in the past, for clients whose clock is late.
const HEAD_START_HOURS: i64 = 1;

/// What a key of the ministry may be used for. Source: OpenAPI `PublicKeyCertificateUsage`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyPurpose {
    /// Tokens in `/auth/ksef-token`.
    KsefTokenEncryption,
    /// Keys of sessions and exports.
    SymmetricKeyEncryption,
}

/// An entry of `GET /security/public-key-certificates`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishedKey {
    /// The certificate in DER, Base64.
    pub certificate: String,
    /// SHA-256 of the certificate, Base64.
    pub certificate_id: String,
    /// SHA-256 of the SubjectPublicKeyInfo, Base64. The contract leaves the rule open; clients must take it as it is.
    pub public_key_id: String,
    /// Start of validity.
    pub valid_from: DateTime<Utc>,
    /// End of validity.
    pub valid_to: DateTime<Utc>,
    /// What the key is for.
    pub usage: Vec<KeyPurpose>,
}

/// Why something encrypted for the ministry cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecryptionRefusal {
    /// The named key is unknown, withdrawn, or has the other usage: 21470.
    #[error(transparent)]
    Key(Exception),
    /// It was not encrypted with that key by RSA-OAEP with SHA-256 (both for the digest and for MGF1).
    #[error("not encrypted with this key, or not by RSA-OAEP with SHA-256")]
    Undecryptable,
}

/// A state file with keys could not be read back.
#[derive(Debug, thiserror::Error)]
pub enum DamagedState {
    /// OpenSSL does not recognise a key or a certificate in it.
    #[error("a key or certificate in the state is damaged")]
    Crypto(#[from] ErrorStack),
    /// A moment in it does not exist.
    #[error("a moment in the state does not exist")]
    Time,
    /// The certificate in it is not the key's.
    #[error("key and certificate in the state do not belong together")]
    Mismatch,
}

/// All key pairs of the simulated ministry, those in use and those withdrawn.
#[derive(Debug)]
pub struct MinistryKeys(Vec<MinistryKeyPair>);

#[derive(Debug)]
struct MinistryKeyPair {
    purpose: KeyPurpose,
    key: PKey<Private>,
    published: PublishedKey,
    withdrawn: bool,
}

/// The keys as a state file holds them. It contains private keys (of the simulator, worth nothing elsewhere).
#[derive(Clone, Serialize, Deserialize)]
pub struct MinistryKeysState(Vec<KeyPairState>);

#[derive(Clone, Serialize, Deserialize)]
struct KeyPairState {
    purpose: KeyPurpose,
    private_key_pem: String,
    certificate_pem: String,
    valid_from: DateTime<Utc>,
    valid_to: DateTime<Utc>,
    withdrawn: bool,
}

impl MinistryKeys {
    /// A fresh key for each usage. Takes a moment: two RSA keys are generated.
    ///
    /// # Errors
    /// When OpenSSL cannot generate keys.
    pub fn create(now: DateTime<Utc>, random: &dyn Randomness) -> Result<Self, CryptoFailed> {
        let pairs = [KeyPurpose::KsefTokenEncryption, KeyPurpose::SymmetricKeyEncryption]
            .into_iter()
            .map(|purpose| MinistryKeyPair::create(purpose, now, random))
            .collect::<Result<_, _>>()?;
        Ok(Self(pairs))
    }

    /// What clients are told: everything that is not withdrawn and not over, the newest last.
    #[must_use]
    pub fn published(&self, now: DateTime<Utc>) -> Vec<PublishedKey> {
        self.0.iter().filter(|pair| pair.usable(now)).map(|pair| pair.published.clone()).collect()
    }

    /// Makes a new key for the usage. The old ones stay published until [`Self::withdraw_older`].
    ///
    /// # Errors
    /// When OpenSSL cannot generate the key.
    pub fn add(
        &mut self,
        purpose: KeyPurpose,
        now: DateTime<Utc>,
        random: &dyn Randomness,
    ) -> Result<(), CryptoFailed> {
        self.0.push(MinistryKeyPair::create(purpose, now, random)?);
        Ok(())
    }

    /// Withdraws every key of the usage but the last one made: what is encrypted with them is answered with 21470.
    pub fn withdraw_older(&mut self, purpose: KeyPurpose) {
        let mut of_purpose: Vec<_> = self.0.iter_mut().filter(|pair| pair.purpose == purpose).collect();
        of_purpose.pop();
        of_purpose.into_iter().for_each(|pair| pair.withdrawn = true);
    }

    /// Makes a new key and withdraws the old ones at once.
    ///
    /// # Errors
    /// When OpenSSL cannot generate the key.
    pub fn rotate(
        &mut self,
        purpose: KeyPurpose,
        now: DateTime<Utc>,
        random: &dyn Randomness,
    ) -> Result<(), CryptoFailed> {
        self.add(purpose, now, random)?;
        self.withdraw_older(purpose);
        Ok(())
    }

    /// Opens what a client encrypted. Without `public_key_id` every published key of the usage is tried.
    ///
    /// # Errors
    /// See [`DecryptionRefusal`].
    pub fn decrypt(
        &self,
        purpose: KeyPurpose,
        public_key_id: Option<&str>,
        ciphertext: &[u8],
        now: DateTime<Utc>,
    ) -> Result<SecretBytes, DecryptionRefusal> {
        let usable = self.0.iter().rev().filter(|pair| pair.purpose == purpose && pair.usable(now));
        let candidates: Vec<_> = match public_key_id {
            None => usable.collect(),
            Some(id) => {
                let named: Vec<_> = usable.filter(|pair| pair.is_named(id)).collect();
                if named.is_empty() {
                    return Err(DecryptionRefusal::Key(Exception::public_key(id)));
                }
                named
            }
        };
        candidates
            .into_iter()
            .find_map(|pair| pair.decrypt(ciphertext))
            .ok_or(DecryptionRefusal::Undecryptable)
    }

    /// For the state folder.
    ///
    /// # Errors
    /// When OpenSSL cannot write a key.
    pub fn to_state(&self) -> Result<MinistryKeysState, CryptoFailed> {
        let states = self.0.iter().map(MinistryKeyPair::to_state).collect::<Result<_, _>>()?;
        Ok(MinistryKeysState(states))
    }

    /// From the state folder.
    ///
    /// # Errors
    /// When the state is damaged.
    pub fn from_state(state: &MinistryKeysState) -> Result<Self, DamagedState> {
        state.0.iter().map(MinistryKeyPair::from_state).collect::<Result<_, _>>().map(Self)
    }
}

impl MinistryKeyPair {
    fn create(purpose: KeyPurpose, now: DateTime<Utc>, random: &dyn Randomness) -> Result<Self, ErrorStack> {
        let key = new_key(KeyAlgorithm::Rsa2048)?;
        let valid_from = now - Duration::hours(HEAD_START_HOURS);
        let valid_to = valid_from + Duration::days(VALIDITY_DAYS);
        let certificate = self_signed(&key, purpose, valid_from, valid_to, random)?;
        let published = published(purpose, &key, &certificate, valid_from, valid_to)?;
        Ok(Self { purpose, key, published, withdrawn: false })
    }

    fn usable(&self, now: DateTime<Utc>) -> bool {
        !self.withdrawn && self.published.valid_from <= now && now <= self.published.valid_to
    }

    /// Compared as bytes, so that another spelling of the same Base64 is not another key.
    fn is_named(&self, id: &str) -> bool {
        from_base64(id).is_some_and(|id| from_base64(&self.published.public_key_id) == Some(id))
    }

    fn decrypt(&self, ciphertext: &[u8]) -> Option<SecretBytes> {
        let mut decrypter = Decrypter::new(&self.key).ok()?;
        decrypter.set_rsa_padding(Padding::PKCS1_OAEP).ok()?;
        decrypter.set_rsa_oaep_md(MessageDigest::sha256()).ok()?;
        decrypter.set_rsa_mgf1_md(MessageDigest::sha256()).ok()?;
        let mut plain = vec![0; decrypter.decrypt_len(ciphertext).ok()?];
        let length = decrypter.decrypt(ciphertext, &mut plain).ok()?;
        plain.truncate(length);
        Some(SecretBytes::new(plain))
    }

    fn to_state(&self) -> Result<KeyPairState, ErrorStack> {
        let certificate = X509::from_der(&from_base64(&self.published.certificate).unwrap_or_default())?;
        Ok(KeyPairState {
            purpose: self.purpose,
            private_key_pem: pem_text(self.key.private_key_to_pem_pkcs8()?),
            certificate_pem: pem_text(certificate.to_pem()?),
            valid_from: self.published.valid_from,
            valid_to: self.published.valid_to,
            withdrawn: self.withdrawn,
        })
    }

    fn from_state(state: &KeyPairState) -> Result<Self, DamagedState> {
        let key = PKey::private_key_from_pem(state.private_key_pem.as_bytes())?;
        let certificate = X509::from_pem(state.certificate_pem.as_bytes())?;
        if !certificate.public_key()?.public_eq(&key) {
            return Err(DamagedState::Mismatch);
        }
        let published = published(state.purpose, &key, &certificate, state.valid_from, state.valid_to)?;
        Ok(Self { purpose: state.purpose, key, published, withdrawn: state.withdrawn })
    }
}

fn published(
    purpose: KeyPurpose,
    key: &PKey<Private>,
    certificate: &X509,
    valid_from: DateTime<Utc>,
    valid_to: DateTime<Utc>,
) -> Result<PublishedKey, ErrorStack> {
    let der = certificate.to_der()?;
    Ok(PublishedKey {
        certificate_id: to_base64(sha256(&der).as_bytes()),
        certificate: to_base64(&der),
        public_key_id: to_base64(sha256(&key.public_key_to_der()?).as_bytes()),
        valid_from,
        valid_to,
        usage: vec![purpose],
    })
}

fn self_signed(
    key: &PKey<Private>,
    purpose: KeyPurpose,
    valid_from: DateTime<Utc>,
    valid_to: DateTime<Utc>,
    random: &dyn Randomness,
) -> Result<X509, ErrorStack> {
    let common_name = match purpose {
        KeyPurpose::KsefTokenEncryption => "Symulator KSeF: szyfrowanie tokenów",
        KeyPurpose::SymmetricKeyEncryption => "Symulator KSeF: szyfrowanie kluczy",
    };
    let mut name = X509NameBuilder::new()?;
    name.append_entry_by_text("C", "PL")?;
    name.append_entry_by_text("O", "Symulator KSeF")?;
    name.append_entry_by_text("CN", common_name)?;
    let name = name.build();
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    let serial = new_serial(random)?;
    builder.set_serial_number(&serial)?;
    builder.set_subject_name(&name)?;
    builder.set_issuer_name(&name)?;
    let (not_before, not_after) = (asn1_time(valid_from)?, asn1_time(valid_to)?);
    builder.set_not_before(&not_before)?;
    builder.set_not_after(&not_after)?;
    builder.set_pubkey(key)?;
    builder.append_extension(BasicConstraints::new().critical().build()?)?;
    builder.append_extension(KeyUsage::new().critical().key_encipherment().data_encipherment().build()?)?;
    let identifier = SubjectKeyIdentifier::new().build(&builder.x509v3_context(None, None))?;
    builder.append_extension(identifier)?;
    builder.sign(key, MessageDigest::sha256())?;
    Ok(builder.build())
}

fn pem_text(pem: Vec<u8>) -> String {
    // PEM is ASCII by definition.
    String::from_utf8(pem).unwrap_or_default()
}
