//! A seal that a person's own computer made a moment ago, for trying KSeF out where that is taken: in the test environment
//! and in the sandbox. It has no meaning in law, and its key is never kept.

use chrono::{DateTime, TimeDelta, Utc};
use ksef_types::{Environment, Nip, Randomness};
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::x509::extension::KeyUsage;
use openssl::x509::{X509, X509Name};

use crate::credentials::{Certificate, Credential, KeyAlgorithm, PrivateKey};
use crate::failure::CryptoFailure;

/// The seal is valid for a day: a trial signature is sent at once.
const LIFE: TimeDelta = TimeDelta::days(1);
/// From an hour ago, against clocks that differ.
const BEFORE: TimeDelta = TimeDelta::hours(1);
/// `ub-organization-name` of X.520, in characters; OpenSSL keeps to it.
const LONGEST_NAME: usize = 64;

/// An environment in which self-signed certificates authenticate. Without one no trial seal can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrialGround(());

impl TrialGround {
    /// Nothing for production and demonstration.
    #[must_use]
    pub const fn of(environment: Environment) -> Option<Self> {
        if environment.takes_self_signed() { Some(Self(())) } else { None }
    }
}

/// Makes a self-signed seal of a company, with a fresh key on P-256, in memory only.
///
/// Whoever signs with the NIP of the company in whose name they log in is its owner in KSeF, so that a company without any
/// permission granted can be entered. `organisation` is cut to 64 characters; `now` is by KSeF's clock.
///
/// Source: the guide, "Podpis XAdES", attributes of a seal; the ministry's test program makes the same.
///
/// # Errors
/// When OpenSSL fails.
pub fn make_seal(
    _ground: TrialGround,
    company: Nip,
    organisation: &str,
    now: DateTime<Utc>,
    random: &dyn Randomness,
) -> Result<Credential, CryptoFailure> {
    let key = PrivateKey::generate(KeyAlgorithm::P256)?;
    let certificate = Certificate::from_der(&certificate_der(&key, company, organisation, now, random)?);
    // What was made a line above is a certificate, and of that key.
    let credential = certificate.ok().and_then(|made| Credential::assemble(made, key).ok());
    credential.ok_or_else(|| ErrorStack::get().into())
}

fn certificate_der(
    key: &PrivateKey,
    company: Nip,
    organisation: &str,
    now: DateTime<Utc>,
    random: &dyn Randomness,
) -> Result<Vec<u8>, ErrorStack> {
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    let serial = serial(random)?.to_asn1_integer()?;
    builder.set_serial_number(&serial)?;
    let name = name(company, organisation)?;
    builder.set_subject_name(&name)?;
    builder.set_issuer_name(&name)?;
    let (from, to) = (moment(now - BEFORE)?, moment(now + LIFE)?);
    builder.set_not_before(&from)?;
    builder.set_not_after(&to)?;
    builder.set_pubkey(key.raw())?;
    builder.append_extension(KeyUsage::new().critical().digital_signature().build()?)?;
    builder.sign(key.raw(), MessageDigest::sha256())?;
    builder.build().to_der()
}

/// The attributes that a seal must have; given name and surname, which it must not have, are not there. The common name says
/// to everybody who meets it what it is.
fn name(company: Nip, organisation: &str) -> Result<X509Name, ErrorStack> {
    let organisation: String =
        organisation.chars().filter(|character| !character.is_control()).take(LONGEST_NAME).collect();
    let organisation = organisation.trim();
    let common = format!("Podpis próbny {company}");
    let mut name = X509Name::builder()?;
    name.append_entry_by_text("C", "PL")?;
    name.append_entry_by_text("O", if organisation.is_empty() { &common } else { organisation })?;
    name.append_entry_by_text("2.5.4.97", &format!("VATPL-{company}"))?;
    name.append_entry_by_text("CN", &common)?;
    Ok(name.build())
}

/// Eight bytes, never negative and never beginning with zero.
fn serial(random: &dyn Randomness) -> Result<BigNum, ErrorStack> {
    let mut bytes = [0_u8; 8];
    random.fill(&mut bytes);
    bytes[0] = (bytes[0] & 0x7f) | 0x01;
    BigNum::from_slice(&bytes)
}

fn moment(at: DateTime<Utc>) -> Result<Asn1Time, ErrorStack> {
    Asn1Time::from_unix(at.timestamp())
}
