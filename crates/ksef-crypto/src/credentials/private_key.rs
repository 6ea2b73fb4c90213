use std::fmt;

use ksef_types::SecretBytes;
use openssl::ec::{Asn1Flag, EcGroup, EcKey};
use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, PKeyRef, Private};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::{Padding, Rsa};

use super::certificate::{Certificate, KeyKind};
use super::file_problem::KeyProblem;
use crate::failure::CryptoFailure;

/// The keys for which KSeF issues certificates. Source: the guide, "Certyfikaty KSeF", section 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum KeyAlgorithm {
    /// Elliptic, P-256: recommended.
    #[default]
    P256,
    /// RSA with 2048 bits, for programs that know nothing else.
    Rsa2048,
}

/// A private key, opened. OpenSSL wipes its memory when it is dropped.
#[derive(Clone)]
pub struct PrivateKey(PKey<Private>);

impl PrivateKey {
    /// Makes a new key from OpenSSL's own chance. RSA takes up to a few seconds.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn generate(algorithm: KeyAlgorithm) -> Result<Self, CryptoFailure> {
        let key = match algorithm {
            KeyAlgorithm::P256 => {
                let mut curve = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
                // The curve by its name: a certificate with its parameters written out is refused.
                curve.set_asn1_flag(Asn1Flag::NAMED_CURVE);
                PKey::from_ec_key(EcKey::generate(&curve)?)?
            }
            KeyAlgorithm::Rsa2048 => PKey::from_rsa(Rsa::generate(2048)?)?,
        };
        Ok(Self(key))
    }

    /// SubjectPublicKeyInfo in DER; public.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn public_key_der(&self) -> Result<Vec<u8>, CryptoFailure> {
        Ok(self.0.public_key_to_der()?)
    }

    /// Reads an unencrypted PKCS#8 key in DER, as [`PrivateKey::to_pkcs8_der`] writes it.
    ///
    /// # Errors
    /// [`KeyProblem::Damaged`].
    pub fn from_pkcs8_der(der: &SecretBytes) -> Result<Self, KeyProblem> {
        // Exposed to parse it.
        PKey::private_key_from_pkcs8(der.expose()).map(Self).map_err(|_| KeyProblem::Damaged)
    }

    /// PKCS#8 in DER, unencrypted: for the keychain, which protects it, and for nothing else.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn to_pkcs8_der(&self) -> Result<SecretBytes, CryptoFailure> {
        Ok(SecretBytes::new(self.0.private_key_to_pkcs8()?))
    }

    /// The kind and strength of the key.
    #[must_use]
    pub fn key_kind(&self) -> KeyKind {
        KeyKind::of(&self.0)
    }

    /// Whether it is the private half of the certificate's key.
    #[must_use]
    pub fn belongs_to(&self, certificate: &Certificate) -> bool {
        self.0.public_eq(certificate.public_key())
    }

    /// RSA-OAEP with SHA-256 and MGF1-SHA-256, the reverse of what [`MinistryKey`](crate::MinistryKey) does.
    ///
    /// # Errors
    /// When the key is not RSA or the text was not made for it.
    pub fn decrypt_oaep(&self, ciphertext: &[u8]) -> Result<SecretBytes, CryptoFailure> {
        let mut context = PkeyCtx::new(&self.0)?;
        context.decrypt_init()?;
        context.set_rsa_padding(Padding::PKCS1_OAEP)?;
        context.set_rsa_oaep_md(openssl::md::Md::sha256())?;
        context.set_rsa_mgf1_md(openssl::md::Md::sha256())?;
        let mut plain = Vec::new();
        context.decrypt_to_vec(ciphertext, &mut plain)?;
        Ok(SecretBytes::new(plain))
    }

    /// ECDSA or RSASSA-PKCS1-v1_5 with SHA-256, in OpenSSL's encoding (DER for ECDSA).
    pub(crate) fn sign_sha256(&self, message: &[u8]) -> Result<Vec<u8>, ErrorStack> {
        openssl::sign::Signer::new(MessageDigest::sha256(), &self.0)?.sign_oneshot_to_vec(message)
    }

    /// ECDSA with SHA-256 as `R||S`, each as long as the order of the curve.
    pub(crate) fn sign_ecdsa(&self, message: &[u8]) -> Result<Vec<u8>, ErrorStack> {
        let signature = EcdsaSig::from_der(&self.sign_sha256(message)?)?;
        let width = i32::try_from(self.0.bits().div_ceil(8)).unwrap_or(i32::MAX);
        let (r, s) = (signature.r().to_vec_padded(width)?, signature.s().to_vec_padded(width)?);
        Ok([r, s].concat())
    }

    pub(crate) fn raw(&self) -> &PKeyRef<Private> {
        &self.0
    }

    pub(super) const fn as_openssl(&self) -> &PKey<Private> {
        &self.0
    }

    pub(super) const fn from_openssl(key: PKey<Private>) -> Self {
        Self(key)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PrivateKey([secret])")
    }
}
