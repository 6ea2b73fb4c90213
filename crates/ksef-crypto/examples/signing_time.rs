//! How long signing an `AuthTokenRequest` takes: one JSON line for each kind of key, the median in milliseconds.
//!
//! `cargo run --release -p ksef-crypto --example signing_time`

use std::error::Error;
use std::time::Instant;

use chrono::{DateTime, Utc};
use ksef_crypto::xades::{AuthTokenRequest, SubjectIdentifierType, sign};
use ksef_crypto::{Certificate, Credential, PrivateKey};
use ksef_types::{ContextIdentifier, SecretBytes};
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::{X509, X509Name};

const ROUNDS: usize = 201;

fn main() -> Result<(), Box<dyn Error>> {
    let curve = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
    report("xades-sign-p256", 2.0, PKey::from_ec_key(EcKey::generate(&curve)?)?)?;
    report("xades-sign-rsa2048", 5.0, PKey::from_rsa(Rsa::generate(2048)?)?)
}

#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
#[expect(clippy::float_arithmetic, reason = "times, not money")]
fn report(figure: &str, limit: f64, key: PKey<Private>) -> Result<(), Box<dyn Error>> {
    let credential = credential(&key)?;
    let request = AuthTokenRequest {
        challenge: "20261101-CR-461EA5B000-537A6BA15D-D7".parse()?,
        context: ContextIdentifier::Nip("5265877635".parse()?),
        subject: SubjectIdentifierType::CertificateSubject,
    };
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        sign(&request, &credential, DateTime::<Utc>::UNIX_EPOCH)?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let median = times[ROUNDS / 2].as_secs_f64() * 1000.0;
    println!(r#"{{"figure":"{figure}","unit":"ms","value":{median:.3},"limit":{limit}}}"#);
    Ok(())
}

fn credential(key: &PKey<Private>) -> Result<Credential, Box<dyn Error>> {
    let mut name = X509Name::builder()?;
    name.append_entry_by_nid(Nid::COMMONNAME, "Okienko")?;
    let name = name.build();
    let mut builder = X509::builder()?;
    let serial = BigNum::from_u32(1)?.to_asn1_integer()?;
    builder.set_serial_number(&serial)?;
    builder.set_subject_name(&name)?;
    builder.set_issuer_name(&name)?;
    let (start, end) = (Asn1Time::from_unix(0)?, Asn1Time::days_from_now(1)?);
    builder.set_not_before(&start)?;
    builder.set_not_after(&end)?;
    builder.set_pubkey(key)?;
    builder.sign(key, MessageDigest::sha256())?;
    let certificate = Certificate::from_der(&builder.build().to_der()?)?;
    let key = PrivateKey::from_pkcs8_der(&SecretBytes::new(key.private_key_to_pkcs8()?))?;
    Ok(Credential::assemble(certificate, key)?)
}
