//! What the tests of this crate share: the contract's vectors, and certificates made on the spot.

use chrono::{DateTime, Duration, TimeZone, Utc};
use ksef_crypto::{Certificate, Credential, PrivateKey};
use ksef_types::{SecretBytes, SecretText};
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::extension::KeyUsage;
use openssl::x509::{X509, X509Name};

/// The password of every encrypted vector.
pub(crate) const PASSWORD: &str = "Tajne-Haslo-2026!";

/// A moment at which the vectors that are valid at all are valid.
pub(crate) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 12, 1, 12, 0, 0).unwrap()
}

pub(crate) fn password() -> SecretText {
    SecretText::from(PASSWORD.to_owned())
}

/// The bytes of a file of the contract; `None`, said aloud, in a clone of the project alone.
pub(crate) fn shared(path: &str) -> Option<Vec<u8>> {
    let Some(folder) = ksef_testkit::shared() else {
        println!("skipped: the contract's files are not here");
        return None;
    };
    Some(std::fs::read(folder.join(path)).unwrap())
}

pub(crate) fn credential_file(name: &str) -> Option<Vec<u8>> {
    shared(&format!("vectors/credentials/{name}"))
}

/// A pair from the vectors, such as `uwierzytelnianie-ec`.
pub(crate) fn credential(name: &str) -> Option<Credential> {
    use ksef_crypto::{Recognised, recognise};
    let certificate = credential_file(&format!("{name}.crt"))?;
    let key = credential_file(&format!("{name}.key"))?;
    let Ok(Recognised::Certificates(mut certificates)) = recognise(&certificate) else {
        panic!("{name}.crt")
    };
    let Ok(Recognised::Key(key)) = recognise(&key) else { panic!("{name}.key") };
    Some(Credential::assemble(certificates.remove(0), key.open(Some(&password())).unwrap()).unwrap())
}

/// A key on P-256.
pub(crate) fn ec_key() -> PKey<Private> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
}

pub(crate) fn rsa_key(bits: u32) -> PKey<Private> {
    PKey::from_rsa(Rsa::generate(bits).unwrap()).unwrap()
}

/// A name of one common name and one organisation identifier.
pub(crate) fn name(common: &str, organisation_identifier: &str) -> X509Name {
    let mut builder = X509Name::builder().unwrap();
    builder.append_entry_by_nid(Nid::COUNTRYNAME, "PL").unwrap();
    builder.append_entry_by_nid(Nid::COMMONNAME, common).unwrap();
    builder.append_entry_by_text("2.5.4.97", organisation_identifier).unwrap();
    builder.build()
}

pub(crate) enum Usage {
    Authentication,
    Offline,
    Both,
    None,
}

/// A certificate for `key`, valid for ten days around [`now`], issued by somebody called `issuer`.
pub(crate) fn certificate(key: &PKey<Private>, issuer: &X509Name, usage: &Usage) -> X509 {
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    let serial = BigNum::from_hex_str("00F1020304050607").unwrap().to_asn1_integer().unwrap();
    builder.set_serial_number(&serial).unwrap();
    builder.set_subject_name(&name("Zażółć Sp. z o.o.", "VATPL-5265877635")).unwrap();
    builder.set_issuer_name(issuer).unwrap();
    let at = |moment: DateTime<Utc>| Asn1Time::from_unix(moment.timestamp()).unwrap();
    builder.set_not_before(&at(now() - Duration::days(5))).unwrap();
    builder.set_not_after(&at(now() + Duration::days(5))).unwrap();
    builder.set_pubkey(key).unwrap();
    let mut extension = KeyUsage::new();
    extension.critical();
    let extension = match usage {
        Usage::Authentication => Some(extension.digital_signature()),
        Usage::Offline => Some(extension.non_repudiation()),
        Usage::Both => Some(extension.digital_signature().non_repudiation()),
        Usage::None => None,
    };
    if let Some(extension) = extension {
        builder.append_extension(extension.build().unwrap()).unwrap();
    }
    builder.sign(key, MessageDigest::sha256()).unwrap();
    builder.build()
}

pub(crate) fn private_key(key: &PKey<Private>) -> PrivateKey {
    PrivateKey::from_pkcs8_der(&SecretBytes::new(key.private_key_to_pkcs8().unwrap())).unwrap()
}

pub(crate) fn pair(key: &PKey<Private>, issuer: &X509Name, usage: &Usage) -> Credential {
    let certificate = Certificate::from_der(&certificate(key, issuer, usage).to_der().unwrap()).unwrap();
    Credential::assemble(certificate, private_key(key)).unwrap()
}
