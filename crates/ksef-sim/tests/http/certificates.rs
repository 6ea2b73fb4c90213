//! Login by certificate: really signed, really verified.

use chrono::Duration;
use ksef_crypto::xades::{AuthTokenRequest, SubjectIdentifierType, sign};
use ksef_crypto::{Certificate, Credential, PrivateKey};
use ksef_sim::{
    CertificateKind, CertificateOwner, KeyAlgorithm, MadeCertificate, NewCertificate, NewPerson, Permission,
    PersonId,
};
use ksef_types::{Nip, SecretBytes};
use serde_json::Value;

use crate::harness::{Answer, SELLER, Sim, noon};

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
    let foreign = authenticate(&sim, signed(&sim, &stranger, SELLER));
    assert!(matches!(foreign.status, 202 | 400), "of another environment");
    if foreign.status == 400 {
        assert_eq!(foreign.exception().0, 21115);
    }
    let offline = NewCertificate::for_owner(owner).of_kind(CertificateKind::Offline);
    let offline = credential(&sim.control().make_certificate(offline).unwrap());
    let refused = authenticate(&sim, signed(&sim, &offline, SELLER));
    if refused.status == 400 {
        assert_eq!(refused.exception().0, 21115);
    } else {
        let begun = refused.expect(202).json();
        let reference = begun["referenceNumber"].as_str().unwrap();
        let token = begun["authenticationToken"]["token"].as_str();
        assert_eq!(sim.get(&format!("/auth/{reference}"), token).expect(200).json()["status"]["code"], 460);
    }
}
