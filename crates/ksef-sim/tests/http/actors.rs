//! People and firms who log in by certificates of their own, and ask for new ones.

use ksef_crypto::xades::{AuthTokenRequest, SubjectIdentifierType, sign};
use ksef_crypto::{Certificate, Credential, PrivateKey, base64};
use ksef_sim::{Permission, PersonId, SimulatorConfig};
use ksef_types::{Clock as _, ContextIdentifier, ContextKind, Randomness as _, SecretBytes};
use openssl::asn1::{Asn1Integer, Asn1Time};
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::{X509, X509Builder, X509Name, X509NameBuilder, X509ReqBuilder};
use serde_json::{Value, json};

use crate::harness::{Answer, Sim, config, noon};

pub(crate) const PESEL: &str = "30112206276";

pub(crate) const XML: [(&str, &str); 1] = [("content-type", "application/xml")];

/// A simulator that takes certificates which people signed themselves, as the test environment does.
pub(crate) fn test_environment() -> Sim {
    Sim::with(SimulatorConfig { self_signed: true, ..config() })
}

pub(crate) fn p256() -> PKey<Private> {
    curve(Nid::X9_62_PRIME256V1)
}

pub(crate) fn curve(nid: Nid) -> PKey<Private> {
    let mut group = EcGroup::from_curve_name(nid).unwrap();
    group.set_asn1_flag(openssl::ec::Asn1Flag::NAMED_CURVE);
    PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
}

pub(crate) fn rsa(bits: u32) -> PKey<Private> {
    PKey::from_rsa(Rsa::generate(bits).unwrap()).unwrap()
}

pub(crate) fn name(parts: &[(&str, &str)]) -> X509Name {
    let mut name = X509NameBuilder::new().unwrap();
    for (kind, value) in parts {
        name.append_entry_by_text(kind, value).unwrap();
    }
    name.build()
}

/// Somebody with a certificate that nobody but themselves signed.
pub(crate) struct Actor {
    pub(crate) credential: Credential,
    /// SHA-256 of the certificate, as permissions name it.
    pub(crate) fingerprint: String,
}

impl Actor {
    pub(crate) fn new(parts: &[(&str, &str)]) -> Self {
        let key = p256();
        let subject = name(parts);
        let mut builder = X509Builder::new().unwrap();
        builder.set_version(2).unwrap();
        builder.set_serial_number(&serial()).unwrap();
        builder.set_subject_name(&subject).unwrap();
        builder.set_issuer_name(&subject).unwrap();
        builder.set_pubkey(&key).unwrap();
        let (from, to) = (noon().timestamp() - 86_400, noon().timestamp() + 700 * 86_400);
        builder.set_not_before(&Asn1Time::from_unix(from).unwrap()).unwrap();
        builder.set_not_after(&Asn1Time::from_unix(to).unwrap()).unwrap();
        builder.sign(&key, MessageDigest::sha256()).unwrap();
        let der = builder.build().to_der().unwrap();
        let fingerprint = hex::encode_upper(openssl::sha::sha256(&der));
        Self { credential: credential(&der, &key), fingerprint }
    }

    pub(crate) fn person(pesel: &str) -> Self {
        let number = format!("PNOPL-{pesel}");
        Self::new(&[
            ("GN", "Anna"),
            ("GN", "Maria"),
            ("SN", "Żółć"),
            ("serialNumber", &number),
            ("CN", "Anna Maria Żółć"),
            ("C", "PL"),
        ])
    }

    pub(crate) fn firm(nip: &str) -> Self {
        let number = format!("VATPL-{nip}");
        Self::new(&[("O", "Firma sp. z o.o."), ("2.5.4.97", &number), ("CN", "Firma"), ("C", "PL")])
    }

    /// Somebody known by nothing but the certificate.
    pub(crate) fn stranger() -> Self {
        Self::new(&[("GN", "John"), ("SN", "Doe"), ("CN", "John Doe"), ("C", "DE")])
    }

    /// The access token of a login in a context, or the status it failed with.
    pub(crate) fn enters(&self, sim: &Sim, kind: ContextKind, value: &str) -> Result<String, Value> {
        Ok(self.logs_in(sim, kind, value)?.0)
    }

    /// Access and refresh token.
    pub(crate) fn logs_in(
        &self,
        sim: &Sim,
        kind: ContextKind,
        value: &str,
    ) -> Result<(String, String), Value> {
        let context = ContextIdentifier::parse(kind, value).unwrap();
        let subject = match self.credential.certificate().der() {
            der if names_somebody(der) => SubjectIdentifierType::CertificateSubject,
            _ => SubjectIdentifierType::CertificateFingerprint,
        };
        log_in(sim, &self.credential, context, subject)
    }

    pub(crate) fn in_firm(&self, sim: &Sim, nip: &str) -> String {
        self.enters(sim, ContextKind::Nip, nip).unwrap_or_else(|status| panic!("{status}"))
    }
}

fn names_somebody(der: &[u8]) -> bool {
    let subject = X509::from_der(der).unwrap().subject_name().to_owned().unwrap();
    subject.entries().any(|entry| {
        let text = entry.data().to_string().unwrap_or_default();
        text.starts_with("PNOPL") || text.starts_with("TINPL") || text.starts_with("VATPL")
    })
}

fn serial() -> Asn1Integer {
    let mut bytes = [0; 8];
    ksef_crypto::OsRandomness.fill(&mut bytes);
    bytes[0] = 0x11;
    BigNum::from_slice(&bytes).unwrap().to_asn1_integer().unwrap()
}

pub(crate) fn credential(der: &[u8], key: &PKey<Private>) -> Credential {
    let key = SecretBytes::new(key.private_key_to_pkcs8().unwrap());
    let key = PrivateKey::from_pkcs8_der(&key).unwrap();
    Credential::assemble(Certificate::from_der(der).unwrap(), key).unwrap()
}

pub(crate) fn signed(
    sim: &Sim,
    credential: &Credential,
    context: ContextIdentifier,
    subject: SubjectIdentifierType,
) -> Vec<u8> {
    let challenge = sim.post_empty("/auth/challenge", None).expect(200).json();
    let challenge = challenge["challenge"].as_str().unwrap().parse().unwrap();
    sign(&AuthTokenRequest { challenge, context, subject }, credential, sim.control().clock().now()).unwrap()
}

pub(crate) fn authenticate(sim: &Sim, document: Vec<u8>) -> Answer {
    sim.request("POST", "/auth/xades-signature", None, &XML, Some(document))
}

pub(crate) fn log_in(
    sim: &Sim,
    credential: &Credential,
    context: ContextIdentifier,
    subject: SubjectIdentifierType,
) -> Result<(String, String), Value> {
    let begun = authenticate(sim, signed(sim, credential, context, subject)).expect(202).json();
    let operation = begun["authenticationToken"]["token"].as_str();
    let path = format!("/auth/{}", begun["referenceNumber"].as_str().unwrap());
    let status = sim.get(&path, operation).expect(200).json()["status"].clone();
    if status["code"] != 200 {
        return Err(status);
    }
    let tokens = sim.post_empty("/auth/token/redeem", operation).expect(200).json();
    let text = |field: &str| tokens[field]["token"].as_str().unwrap().to_owned();
    Ok((text("accessToken"), text("refreshToken")))
}

/// A request for a certificate, Base64.
pub(crate) fn csr(subject: &X509Name, key: &PKey<Private>, digest: MessageDigest) -> String {
    let mut builder = X509ReqBuilder::new().unwrap();
    builder.set_version(0).unwrap();
    builder.set_subject_name(subject).unwrap();
    builder.set_pubkey(key).unwrap();
    builder.sign(key, digest).unwrap();
    base64::encode(&builder.build().to_der().unwrap())
}

/// The subject that `/certificates/enrollments/data` asks for.
pub(crate) fn asked_subject(data: &Value) -> X509Name {
    let fields = [
        ("GN", "givenName"),
        ("SN", "surname"),
        ("serialNumber", "serialNumber"),
        ("CN", "commonName"),
        ("O", "organizationName"),
        ("2.5.4.97", "organizationIdentifier"),
        ("2.5.4.45", "uniqueIdentifier"),
        ("C", "countryName"),
    ];
    let parts: Vec<(&str, &str)> =
        fields.iter().filter_map(|(kind, field)| Some((*kind, data[*field].as_str()?))).collect();
    name(&parts)
}

pub(crate) fn application(kind: &str, csr: &str) -> Value {
    json!({ "certificateName": "Księgowość 1", "certificateType": kind, "csr": csr })
}

/// Applies for a certificate and answers the status of the application.
pub(crate) fn enrol(sim: &Sim, access: &str, body: &Value) -> Value {
    let taken = sim.post("/certificates/enrollments", Some(access), body).expect(202).json();
    let path = format!("/certificates/enrollments/{}", taken["referenceNumber"].as_str().unwrap());
    sim.get(&path, Some(access)).expect(200).json()
}

/// A certificate for a new key, with exactly the data that is asked for.
pub(crate) fn enrolled(sim: &Sim, access: &str, kind: &str) -> (String, Credential) {
    let data = sim.get("/certificates/enrollments/data", Some(access)).expect(200).json();
    let key = p256();
    let request = csr(&asked_subject(&data), &key, MessageDigest::sha256());
    let status = enrol(sim, access, &application(kind, &request));
    assert_eq!(status["status"]["code"], 200, "{status}");
    let serial = status["certificateSerialNumber"].as_str().unwrap().to_owned();
    let der = certificate(sim, access, &serial);
    (serial, credential(&der, &key))
}

pub(crate) fn certificate(sim: &Sim, access: &str, serial: &str) -> Vec<u8> {
    let body = json!({ "certificateSerialNumbers": [serial] });
    let found = sim.post("/certificates/retrieve", Some(access), &body).expect(200).json();
    base64::decode(found["certificates"][0]["certificate"].as_str().unwrap()).unwrap()
}

pub(crate) fn allow(sim: &Sim, pesel: &str, nip: &str, permissions: &[Permission]) {
    let nip = nip.parse().unwrap();
    sim.control().make_company(nip, "Firma sp. z o.o.").unwrap();
    sim.control().grant(PersonId::Pesel(pesel.parse().unwrap()), nip, permissions).unwrap();
}
