use ksef_types::{SecretBytes, SecretText};
use openssl::error::ErrorStack;
use openssl::pkcs12::{ParsedPkcs12_2, Pkcs12};

use super::certificate::Certificate;
use super::file_problem::{FileProblem, KeyProblem};
use super::private_key::PrivateKey;
use super::protection::{judge_container, legacy_ciphers};

/// A PKCS#12 file (`.p12`, `.pfx`): certificates and a key behind one password.
#[derive(Debug, Clone)]
pub struct Container(SecretBytes);

/// What was in a container.
#[derive(Debug)]
pub struct Opened {
    /// The certificates, the one that fits the key first.
    pub certificates: Vec<Certificate>,
    /// The private key.
    pub key: PrivateKey,
}

impl Container {
    pub(super) fn read(der: &[u8]) -> Result<Self, FileProblem> {
        Pkcs12::from_der(der).map_err(|_| FileProblem::Damaged)?;
        Ok(Self(SecretBytes::new(der.to_vec())))
    }

    /// Opens the container. Without a password the empty one is tried, which some programs use.
    ///
    /// OpenSSL takes this password as a C string, whose copy is freed without being wiped; the passwords of key
    /// files are handed over in a buffer that is.
    ///
    /// # Errors
    /// [`KeyProblem`].
    pub fn open(&self, password: Option<&SecretText>) -> Result<Opened, KeyProblem> {
        // Exposed to be decrypted and to decrypt.
        let (der, password) = (self.0.expose(), password.map_or("", |text| text.expose().as_str()));
        let refused =
            || if password.is_empty() { KeyProblem::PasswordNeeded } else { KeyProblem::WrongPassword };
        // A zero ends a password in OpenSSL's C; no container has one.
        if password.contains('\0') {
            return Err(refused());
        }
        let protection = judge_container(der)?;
        let _old_ciphers = legacy_ciphers(protection.legacy).map_err(|stack| unsupported(&stack))?;
        let parsed = Pkcs12::from_der(der).map_err(|_| KeyProblem::Damaged)?.parse2(password);
        parsed
            .map_err(|stack| if is_unsupported(&stack) { unsupported(&stack) } else { refused() })
            .and_then(sort)
    }
}

fn sort(parsed: ParsedPkcs12_2) -> Result<Opened, KeyProblem> {
    let key = PrivateKey::from_openssl(parsed.pkey.ok_or(KeyProblem::NoKeyInside)?);
    let read = |x509: &openssl::x509::X509Ref| {
        Certificate::from_der(&x509.to_der().map_err(|_| KeyProblem::Damaged)?)
            .map_err(|_| KeyProblem::Damaged)
    };
    let own = parsed.cert.as_deref().map(read);
    let chain = parsed.ca.iter().flatten().map(read);
    let mut certificates = own.into_iter().chain(chain).collect::<Result<Vec<_>, _>>()?;
    if certificates.is_empty() {
        return Err(KeyProblem::NoCertificateInside);
    }
    certificates.sort_by_key(|certificate| !key.belongs_to(certificate));
    Ok(Opened { certificates, key })
}

fn is_unsupported(stack: &ErrorStack) -> bool {
    let reasons = || stack.errors().iter().filter_map(openssl::error::Error::reason);
    let mac_failed = reasons().any(|reason| reason.contains("mac verify failure"));
    !mac_failed && reasons().any(|reason| reason.contains("unsupported") || reason.contains("unknown"))
}

fn unsupported(stack: &ErrorStack) -> KeyProblem {
    let reason = stack.errors().iter().find_map(openssl::error::Error::reason);
    KeyProblem::UnsupportedEncryption { scheme: reason.unwrap_or("unknown").to_owned() }
}
