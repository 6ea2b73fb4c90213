//! Login by certificate: really signed, really verified.

use chrono::Duration;
use ksef_crypto::xades::{AuthTokenRequest, SubjectIdentifierType, sign};
use ksef_crypto::{Certificate, Credential, PrivateKey};
use ksef_sim::{
    CertificateKind, CertificateOwner, KeyAlgorithm, MadeCertificate, NewCertificate, NewPerson, Permission,
    PersonId, Quirk, SimulatorConfig,
};
use ksef_types::{Nip, SecretBytes};
use serde_json::Value;

use crate::harness::{Answer, SELLER, Sim, config, noon};

const XML: [(&str, &str); 1] = [("content-type", "application/xml")];

fn nip() -> Nip {
    SELLER.parse().unwrap()
}

fn company(sim: &Sim) -> CertificateOwner {
    sim.control().make_company(nip(), "Sprzedawca").unwrap();
    CertificateOwner::Company(nip())
}

/// Opens the files without the program's own recognition.
fn credential(made: &MadeCertificate) -> Credential {
    let crt = openssl::x509::X509::from_pem(made.crt.as_bytes()).unwrap().to_der().unwrap();
    let password = made.password.expose().as_bytes();
    let key =
        openssl::pkey::PKey::private_key_from_pem_passphrase(made.key.expose().as_bytes(), password).unwrap();
    let key = PrivateKey::from_pkcs8_der(&SecretBytes::new(key.private_key_to_pkcs8().unwrap())).unwrap();
    Credential::assemble(Certificate::from_der(&crt).unwrap(), key).unwrap()
}

fn signed(sim: &Sim, credential: &Credential, context: &str) -> Vec<u8> {
    let challenge = sim.post_empty("/auth/challenge", None).expect(200).json();
    let request = AuthTokenRequest {
        challenge: challenge["challenge"].as_str().unwrap().parse().unwrap(),
        context: context.parse::<Nip>().unwrap().into(),
        subject: SubjectIdentifierType::CertificateSubject,
    };
    sign(&request, credential, noon()).unwrap()
}

fn authenticate(sim: &Sim, document: Vec<u8>) -> Answer {
    sim.request("POST", "/auth/xades-signature", None, &XML, Some(document))
}

/// The same signature with the issuer's name in the order of the certificate instead of RFC 2253's, and really signed.
/// Its parts stand in the document in their canonical form.
fn misnamed(document: &[u8], made: &MadeCertificate) -> Vec<u8> {
    let document = String::from_utf8(document.to_vec()).unwrap();
    let part = |text: &str, start: &str, end: &str| {
        let from = text.find(start).unwrap();
        text[from..from + text[from..].find(end).unwrap() + end.len()].to_owned()
    };
    let digest = |text: &str| ksef_crypto::base64::encode(&openssl::sha::sha256(text.as_bytes()));
    let properties = part(&document, "<xades:SignedProperties", "</xades:SignedProperties>");
    let name = part(&properties, "<ds:X509IssuerName", "</ds:X509IssuerName>");
    let written = name.split('>').nth(1).unwrap().split('<').next().unwrap();
    let turned: Vec<&str> = written.split(',').rev().map(str::trim).collect();
    let others = properties.replace(written, &turned.join(", "));
    let info = part(&document, "<ds:SignedInfo", "</ds:SignedInfo>");
    let signed = info.replace(&digest(&properties), &digest(&others));
    let password = made.password.expose().as_bytes();
    let key = openssl::pkey::PKey::private_key_from_pem_passphrase(made.key.expose().as_bytes(), password);
    let key = key.unwrap().ec_key().unwrap();
    let value = openssl::ecdsa::EcdsaSig::sign(&openssl::sha::sha256(signed.as_bytes()), &key).unwrap();
    let value = [value.r().to_vec_padded(32).unwrap(), value.s().to_vec_padded(32).unwrap()].concat();
    let old = part(&document, "<ds:SignatureValue>", "</ds:SignatureValue>");
    let new = format!("<ds:SignatureValue>{}</ds:SignatureValue>", ksef_crypto::base64::encode(&value));
    document.replace(&properties, &others).replace(&info, &signed).replace(&old, &new).into_bytes()
}

#[test]
fn a_signature_outside_the_profiles_is_refused_or_warned_about() {
    let sim = Sim::start();
    let made = sim.control().make_certificate(NewCertificate::for_owner(company(&sim))).unwrap();
    let unusual = || {
        let document = signed(&sim, &credential(&made), SELLER);
        authenticate(&sim, misnamed(&document, &made))
    };
    assert_eq!(unusual().expect(400).exception().0, 9105);
    sim.control().quirk(Quirk::SignatureWarning, true);
    let warned = unusual().expect(202);
    assert!(warned.header("x-system-warning").unwrap().contains("sig-001"));
}

fn status(sim: &Sim, document: Vec<u8>) -> Value {
    let begun = authenticate(sim, document).expect(202).json();
    let reference = begun["referenceNumber"].as_str().unwrap();
    let token = begun["authenticationToken"]["token"].as_str();
    sim.get(&format!("/auth/{reference}"), token).expect(200).json()
}

#[test]
fn a_seal_is_the_owner_with_either_key() {
    let sim = Sim::start();
    let owner = company(&sim);
    for key in [KeyAlgorithm::P256, KeyAlgorithm::Rsa2048] {
        let made = sim.control().make_certificate(NewCertificate::for_owner(owner).with_key(key)).unwrap();
        let found = status(&sim, signed(&sim, &credential(&made), SELLER));
        assert_eq!(found["status"]["code"], 200, "{found}");
        assert_eq!(found["authenticationMethod"], "InternalCertificate");
    }
}

#[test]
fn a_person_needs_a_permission() {
    let sim = Sim::start();
    company(&sim);
    let id = PersonId::Pesel("30112206276".parse().unwrap());
    let person =
        NewPerson { id, given_name: "Anna".to_owned(), surname: "Żółć".to_owned(), owner_of: None };
    sim.control().make_person(person).unwrap();
    let made =
        sim.control().make_certificate(NewCertificate::for_owner(CertificateOwner::Person(id))).unwrap();
    let credential = credential(&made);
    let code = |sim: &Sim| status(sim, signed(sim, &credential, SELLER))["status"]["code"].clone();
    assert_eq!(code(&sim), 415);
    sim.control().grant(id, nip(), &[Permission::InvoiceWrite]).unwrap();
    assert_eq!(code(&sim), 200);
    sim.control().revoke_grants(id, nip()).unwrap();
    assert_eq!(code(&sim), 415);
    sim.control().declare_deceased(id).unwrap();
    assert_eq!(code(&sim), 470);
}

#[test]
fn withdrawn_and_old_certificates() {
    let sim = Sim::start();
    let owner = company(&sim);
    let made = sim.control().make_certificate(NewCertificate::for_owner(owner)).unwrap();
    let good = credential(&made);
    let state = |credential: &Credential| status(&sim, signed(&sim, credential, SELLER))["status"].clone();
    sim.control().suspend_certificate(&made.serial).unwrap();
    assert_eq!(
        (state(&good)["code"].clone(), state(&good)["details"][0].clone()),
        (460.into(), "Certyfikat zawieszony".into())
    );
    sim.control().resume_certificate(&made.serial).unwrap();
    assert_eq!(state(&good)["code"], 200);
    sim.control().revoke_certificate(&made.serial).unwrap();
    assert_eq!(state(&good)["details"][0], "Certyfikat odwołany");
    let old =
        NewCertificate::for_owner(owner).valid(noon() - Duration::days(700), noon() - Duration::days(1));
    let old = credential(&sim.control().make_certificate(old).unwrap());
    assert_eq!(state(&old)["details"][0], "Nieważny certyfikat");
}

#[test]
fn what_does_not_authenticate() {
    let sim = Sim::start();
    let owner = company(&sim);
    let made = sim.control().make_certificate(NewCertificate::for_owner(owner)).unwrap();
    let good = credential(&made);
    let document = signed(&sim, &good, SELLER);
    let code = |document: Vec<u8>| authenticate(&sim, document).expect(400).exception().0;
    let changed = String::from_utf8(document.clone()).unwrap().replacen(SELLER, "1111111111", 1);
    assert_eq!(code(changed.into_bytes()), 9105);
    authenticate(&sim, document.clone()).expect(202);
    assert_eq!(code(document), 21111, "a challenge is used once");
    assert_eq!(code(b"<AuthTokenRequest/>".to_vec()) / 1000, 9, "no signature");
    let other = Sim::start();
    other.control().make_company(nip(), "S").unwrap();
    let stranger = credential(&other.control().make_certificate(NewCertificate::for_owner(owner)).unwrap());
    let foreign = status(&sim, signed(&sim, &stranger, SELLER))["status"].clone();
    let cause = (foreign["code"].clone(), foreign["details"][0].clone());
    // It claims to come from our authority, and did not: another one has the same name.
    assert_eq!(cause, (460.into(), "Błąd weryfikacji łańcucha certyfikatów".into()));
    let offline = NewCertificate::for_owner(owner).of_kind(CertificateKind::Offline);
    let offline = credential(&sim.control().make_certificate(offline).unwrap());
    assert_eq!(code(signed(&sim, &offline, SELLER)), 21115, "for offline invoices only");
}

#[test]
fn self_signed_ones_authenticate_only_where_that_is_wanted() {
    let Some(shared) = ksef_testkit::shared() else {
        println!("skipped: the credentials are not here");
        return;
    };
    let file = |name: &str| std::fs::read(shared.join("vectors/credentials").join(name)).unwrap();
    let made = MadeCertificate {
        crt: String::from_utf8(file("uwierzytelnianie-ec.crt")).unwrap(),
        key: String::from_utf8(file("uwierzytelnianie-ec.key")).unwrap().into(),
        password: "Tajne-Haslo-2026!".to_owned().into(),
        serial: "0000000000000001".parse().unwrap(),
    };
    let credential = credential(&made);
    let id = PersonId::Pesel("30112206276".parse().unwrap());
    for self_signed in [false, true] {
        let sim = Sim::with(SimulatorConfig { self_signed, ..config() });
        company(&sim);
        sim.control().grant(id, nip(), &[Permission::InvoiceRead]).unwrap();
        let answer = authenticate(&sim, signed(&sim, &credential, SELLER));
        if self_signed {
            let begun = answer.expect(202).json();
            let token = begun["authenticationToken"]["token"].as_str();
            let path = format!("/auth/{}", begun["referenceNumber"].as_str().unwrap());
            assert_eq!(sim.get(&path, token).expect(200).json()["status"]["code"], 200);
        } else {
            assert_eq!(answer.expect(400).exception().0, 21115);
        }
    }
}

#[test]
fn pss_can_be_refused_though_it_is_listed() {
    let sim = Sim::start();
    let document = b"<a>http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1</a>".to_vec();
    let code = |document: &[u8]| authenticate(&sim, document.to_vec()).expect(400).exception().0;
    assert_ne!(code(&document), 9105);
    sim.control().quirk(Quirk::RsaPssRefused, true);
    assert_eq!(code(&document), 9105);
}
