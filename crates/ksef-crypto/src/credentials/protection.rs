//! By what scheme a PKCS#8 key or a PKCS#12 container is encrypted, read before OpenSSL is asked.
//!
//! So a scheme that is not supported, or one that would take hours, has its own problem, and a failed decryption
//! can only mean the password. Source: RFC 8018 (PBES1, PBES2), RFC 7292 (PKCS#12), RFC 7914 (scrypt).

use openssl::error::ErrorStack;
use openssl::provider::Provider;

use super::der::{Element, Reader, tag};
use super::file_problem::KeyProblem;

/// More rounds of key derivation than any program writes; this many take about two seconds.
const MOST_ITERATIONS: u64 = 10_000_000;
/// OpenSSL's own bound for scrypt.
const MOST_SCRYPT_BYTES: u64 = 32 << 20;

const PBES2: &str = "1.2.840.113549.1.5.13";
const PBKDF2: &str = "1.2.840.113549.1.5.12";
const SCRYPT: &str = "1.3.6.1.4.1.11591.4.11";
const PBES1_PREFIX: &str = "1.2.840.113549.1.5.";
const PKCS12_PREFIX: &str = "1.2.840.113549.1.12.1.";

/// What opening needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Protection {
    /// Ciphers that OpenSSL keeps apart in its legacy provider.
    pub(super) legacy: bool,
    /// The length of a block in bytes; 1 for a stream cipher.
    pub(super) block: usize,
}

/// Judges an AlgorithmIdentifier of an encrypted key.
pub(super) fn judge(algorithm: &Element<'_>) -> Result<Protection, KeyProblem> {
    let mut inside = algorithm.inside();
    let scheme = inside.next().and_then(|element| element.object_identifier()).ok_or(KeyProblem::Damaged)?;
    let parameters = inside.expect(tag::SEQUENCE).ok_or(KeyProblem::Damaged)?;
    if scheme == PBES2 {
        return pbes2(&parameters);
    }
    let protection = one_step(&scheme).ok_or_else(|| unsupported(&scheme))?;
    salt_and_iterations(&mut parameters.inside())?;
    Ok(protection)
}

/// Schemes that name digest and cipher in one identifier.
fn one_step(scheme: &str) -> Option<Protection> {
    let (legacy, block) = match (scheme.strip_prefix(PBES1_PREFIX), scheme.strip_prefix(PKCS12_PREFIX)) {
        // MD5 or SHA-1 with DES or RC2.
        (Some("3" | "6" | "10" | "11"), _) => (true, 8),
        // RC4 of 128 and 40 bits.
        (_, Some("1" | "2")) => (true, 1),
        // Triple DES with three and with two keys.
        (_, Some("3" | "4")) => (false, 8),
        // RC2 of 128 and 40 bits.
        (_, Some("5" | "6")) => (true, 8),
        _ => return None,
    };
    Some(Protection { legacy, block })
}

fn pbes2(parameters: &Element<'_>) -> Result<Protection, KeyProblem> {
    let mut inside = parameters.inside();
    let derivation = inside.expect(tag::SEQUENCE).ok_or(KeyProblem::Damaged)?;
    let cipher = inside.expect(tag::SEQUENCE).ok_or(KeyProblem::Damaged)?;
    key_derivation(&derivation)?;
    let cipher =
        cipher.inside().next().and_then(|name| name.object_identifier()).ok_or(KeyProblem::Damaged)?;
    let (legacy, block) = match cipher.as_str() {
        // AES-CBC of 128, 192 and 256 bits.
        "2.16.840.1.101.3.4.1.2" | "2.16.840.1.101.3.4.1.22" | "2.16.840.1.101.3.4.1.42" => (false, 16),
        // Triple DES.
        "1.2.840.113549.3.7" => (false, 8),
        // DES and RC2.
        "1.3.14.3.2.7" | "1.2.840.113549.3.2" => (true, 8),
        other => return Err(unsupported(other)),
    };
    Ok(Protection { legacy, block })
}

fn key_derivation(derivation: &Element<'_>) -> Result<(), KeyProblem> {
    let mut inside = derivation.inside();
    let name = inside.next().and_then(|element| element.object_identifier()).ok_or(KeyProblem::Damaged)?;
    let mut parameters = inside.expect(tag::SEQUENCE).ok_or(KeyProblem::Damaged)?.inside();
    match name.as_str() {
        PBKDF2 => pbkdf2(&mut parameters),
        SCRYPT => scrypt(&mut parameters),
        other => Err(unsupported(other)),
    }
}

fn pbkdf2(parameters: &mut Reader<'_>) -> Result<(), KeyProblem> {
    salt_and_iterations(parameters)?;
    while !parameters.is_empty() {
        let optional = parameters.next().ok_or(KeyProblem::Damaged)?;
        if optional.tag != tag::SEQUENCE {
            // The length of the key, which the cipher says too.
            continue;
        }
        let digest =
            optional.inside().next().and_then(|name| name.object_identifier()).ok_or(KeyProblem::Damaged)?;
        // HMAC with SHA-1 and SHA-2.
        let known = digest
            .strip_prefix("1.2.840.113549.2.")
            .is_some_and(|last| matches!(last, "7" | "8" | "9" | "10" | "11"));
        if !known {
            return Err(unsupported(&digest));
        }
    }
    Ok(())
}

fn scrypt(parameters: &mut Reader<'_>) -> Result<(), KeyProblem> {
    parameters.expect(tag::OCTET_STRING).ok_or(KeyProblem::Damaged)?;
    let mut number = || parameters.next().and_then(|element| element.number()).ok_or(KeyProblem::Damaged);
    let (cost, block, parallel) = (number()?, number()?, number()?);
    // What OpenSSL will count, so that its refusal is not taken for a wrong password.
    let blocks = cost.saturating_add(parallel).saturating_add(2);
    let bytes = blocks.saturating_mul(block).saturating_mul(128);
    if bytes > MOST_SCRYPT_BYTES || parallel > 64 { Err(KeyProblem::TooExpensive) } else { Ok(()) }
}

fn salt_and_iterations(parameters: &mut Reader<'_>) -> Result<(), KeyProblem> {
    parameters.expect(tag::OCTET_STRING).ok_or(KeyProblem::Damaged)?;
    let iterations = parameters.next().and_then(|element| element.number()).ok_or(KeyProblem::Damaged)?;
    if iterations > MOST_ITERATIONS { Err(KeyProblem::TooExpensive) } else { Ok(()) }
}

fn unsupported(scheme: &str) -> KeyProblem {
    KeyProblem::UnsupportedEncryption { scheme: scheme.to_owned() }
}

/// Looks through a PKCS#12 container for every scheme in it, and for the rounds of its checksum.
///
/// Containers in the looser BER are looked through as far as they can be read.
pub(super) fn judge_container(der: &[u8]) -> Result<Protection, KeyProblem> {
    let mut found = Protection { legacy: false, block: 1 };
    walk(der, 0, &mut found)?;
    mac_iterations(der)?;
    Ok(found)
}

/// Deeper than containers nest.
const MOST_LEVELS: usize = 24;

fn walk(bytes: &[u8], level: usize, found: &mut Protection) -> Result<(), KeyProblem> {
    let mut reader = Reader::new(bytes);
    while level < MOST_LEVELS
        && let Some(element) = reader.next()
    {
        if element.tag == tag::SEQUENCE && names_a_scheme(&element) {
            found.legacy |= judge(&element)?.legacy;
        } else if matches!(element.tag, tag::SEQUENCE | tag::SET | tag::CONTEXT_0) {
            walk(element.content, level + 1, found)?;
        } else if element.tag == tag::OCTET_STRING && element.content.first() == Some(&tag::SEQUENCE) {
            // Nested structures stand in octet strings; what only looks like one comes to nothing.
            walk(element.content, level + 1, found)?;
        }
    }
    Ok(())
}

fn names_a_scheme(element: &Element<'_>) -> bool {
    let name = element.inside().next().and_then(|name| name.object_identifier());
    name.is_some_and(|name| name == PBES2 || one_step(&name).is_some())
}

/// PFX ::= SEQUENCE { version, authSafe, MacData { DigestInfo, salt, iterations } }
fn mac_iterations(der: &[u8]) -> Result<(), KeyProblem> {
    let iterations = || {
        let mut pfx = Reader::new(der).expect(tag::SEQUENCE)?.inside();
        let (_version, _safe, mac) = (pfx.next()?, pfx.next()?, pfx.expect(tag::SEQUENCE)?);
        let mut mac = mac.inside();
        let (_digest, _salt) = (mac.next()?, mac.next()?);
        mac.next()?.number()
    };
    if iterations().is_some_and(|count| count > MOST_ITERATIONS) {
        Err(KeyProblem::TooExpensive)
    } else {
        Ok(())
    }
}

/// OpenSSL's old ciphers, for as long as the value lives; they are needed to read old files and for nothing else.
pub(super) fn legacy_ciphers(needed: bool) -> Result<Option<Provider>, ErrorStack> {
    if needed { Provider::try_load(None, "legacy", true).map(Some) } else { Ok(None) }
}
