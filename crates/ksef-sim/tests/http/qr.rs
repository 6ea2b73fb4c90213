use chrono::{Duration, NaiveDate};
use ksef_crypto::base64::url;
use ksef_sim::{
    CertificateKind, CertificateOwner, KeyAlgorithm, MadeCertificate, NewCertificate, NewPerson, PersonId,
};
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Padding;
use openssl::sign::{RsaPssSaltlen, Signer};
use serde_json::{Value, json};

use crate::harness::{BUYER, SELLER, Sim, invoice, noon};

const JSON: [(&str, &str); 1] = [("accept", "application/json")];

fn page(sim: &Sim, link: &str) -> Value {
    sim.send(link, "GET", None, &JSON, None).unwrap().json()
}

fn problems(sim: &Sim, link: &str) -> Vec<String> {
    let page = page(sim, link);
    let problems: Vec<String> =
        page["problems"].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect();
    assert_eq!(page["confirmed"], problems.is_empty(), "{page}");
    problems
}

fn hash(document: &[u8]) -> String {
    url::encode(&openssl::sha::sha256(document))
}

#[test]
fn kod_1() {
    let sim = Sim::start();
    let access = sim.login();
    let document = invoice("Q <1>");
    let number = sim.outcome(&access, &document)["ksefNumber"].as_str().unwrap().to_owned();
    let link = format!("{}/invoice/{SELLER}/23-11-2026/{}", sim.running().qr(), hash(&document));
    let shown = page(&sim, &link);
    assert_eq!((shown["shown"].clone(), shown["confirmed"].clone()), (json!("invoiceInKsef"), json!(true)));
    let html = sim.send(&link, "GET", None, &[], None).unwrap().expect(200);
    assert!(
        html.text().contains(&number) && html.text().contains("KOD I") && html.text().contains("Q &lt;1&gt;")
    );
    let other = |link: &str, problem: &str| {
        assert_eq!(problems(&sim, link), [problem], "{link}");
        sim.send(link, "GET", None, &[], None).unwrap().expect(404);
    };
    other(&link.replace("23-11-2026", "24-11-2026"), "not-found");
    other(&link.replace("23-11-2026", "2026-11-23"), "link");
    other(&link.replace(SELLER, BUYER), "not-found");
    other(&format!("{link}="), "base64");
    // 43 characters carry two bits that mean nothing: they have to be zero.
    let last = link.chars().last().unwrap();
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let next = alphabet.chars().nth(alphabet.find(last).unwrap() + 1).unwrap();
    other(&format!("{}{next}", &link[..link.len() - 1]), "base64");
}

/// The files of the portal, opened.
fn key(made: &MadeCertificate) -> PKey<Private> {
    PKey::private_key_from_pem_passphrase(made.key.expose().as_bytes(), made.password.expose().as_bytes())
        .unwrap()
}

fn text(sim: &Sim, serial: &str) -> String {
    let host = sim.running().qr().to_string();
    let host = host.trim_start_matches("http://").trim_end_matches('/').to_owned();
    format!("{host}/certificate/Nip/{SELLER}/{SELLER}/{serial}/{}", hash(b"an invoice"))
}

fn ecdsa(key: &PKey<Private>, text: &str) -> openssl::ecdsa::EcdsaSig {
    openssl::ecdsa::EcdsaSig::sign(&openssl::sha::sha256(text.as_bytes()), &key.ec_key().unwrap()).unwrap()
}

fn joined(signature: &openssl::ecdsa::EcdsaSig) -> Vec<u8> {
    let r = signature.r().to_vec_padded(32).unwrap();
    [r, signature.s().to_vec_padded(32).unwrap()].concat()
}

fn pss(key: &PKey<Private>, text: &str, salt: i32) -> Vec<u8> {
    let mut signer = Signer::new(MessageDigest::sha256(), key).unwrap();
    signer.set_rsa_padding(Padding::PKCS1_PSS).unwrap();
    signer.set_rsa_pss_saltlen(RsaPssSaltlen::custom(salt)).unwrap();
    signer.set_rsa_mgf1_md(MessageDigest::sha256()).unwrap();
    signer.sign_oneshot_to_vec(text.as_bytes()).unwrap()
}

fn link(text: &str, signature: &[u8]) -> String {
    format!("http://{text}/{}", url::encode(signature))
}

fn owner(sim: &Sim) -> CertificateOwner {
    let nip = SELLER.parse().unwrap();
    sim.control().make_company(nip, "Sprzedawca").unwrap();
    CertificateOwner::Company(nip)
}

fn offline(sim: &Sim) -> MadeCertificate {
    let wanted = NewCertificate::for_owner(owner(sim)).of_kind(CertificateKind::Offline);
    sim.control().make_certificate(wanted).unwrap()
}

#[test]
fn kod_2_in_each_way_of_signing() {
    let sim = Sim::start();
    let made = offline(&sim);
    let signed = text(&sim, made.serial.as_str());
    let signature = ecdsa(&key(&made), &signed);
    for signature in [joined(&signature), signature.to_der().unwrap()] {
        let page = page(&sim, &link(&signed, &signature));
        assert_eq!((page["shown"].clone(), page["problems"].clone()), (json!("issuersSignature"), json!([])));
    }
    let html = sim.send(&link(&signed, &joined(&signature)), "GET", None, &[], None).unwrap().expect(200);
    assert!(html.text().contains("KOD II") && html.text().contains("nie sprawdza, czy faktura"));
    let rsa = NewCertificate::for_owner(owner(&sim))
        .of_kind(CertificateKind::Offline)
        .with_key(KeyAlgorithm::Rsa2048);
    let rsa = sim.control().make_certificate(rsa).unwrap();
    let signed = text(&sim, rsa.serial.as_str());
    assert_eq!(problems(&sim, &link(&signed, &pss(&key(&rsa), &signed, 32))), Vec::<String>::new());
    assert_eq!(problems(&sim, &link(&signed, &pss(&key(&rsa), &signed, 20))), ["signature"], "another salt");
}

#[test]
fn kod_2_that_is_refused() {
    let sim = Sim::start();
    let made = offline(&sim);
    let other = offline(&sim);
    let signed = text(&sim, made.serial.as_str());
    let refused = |signature: Vec<u8>| problems(&sim, &link(&signed, &signature));
    assert_eq!(
        refused(joined(&ecdsa(&key(&made), &format!("https://{signed}")))),
        ["signature"],
        "with https://"
    );
    assert_eq!(refused(joined(&ecdsa(&key(&made), &hash(b"an invoice")))), ["signature"], "over the hash");
    assert_eq!(
        refused(joined(&ecdsa(&key(&other), &signed))),
        ["signature"],
        "another certificate's serial number"
    );
    let p384 = openssl::ec::EcGroup::from_curve_name(openssl::nid::Nid::SECP384R1).unwrap();
    let p384 = PKey::from_ec_key(openssl::ec::EcKey::generate(&p384).unwrap()).unwrap();
    assert_eq!(refused(ecdsa(&p384, &signed).to_der().unwrap()), ["signature"], "P-384");
    // 64 bytes end in a character with four bits that mean nothing.
    let good = link(&signed, &joined(&ecdsa(&key(&made), &signed)));
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let next = alphabet.chars().nth(alphabet.find(good.chars().last().unwrap()).unwrap() + 1).unwrap();
    assert_eq!(problems(&sim, &format!("{}{next}", &good[..good.len() - 1])), ["base64"]);
    assert_eq!(
        problems(&sim, &good.replace(made.serial.as_str(), "0123456789ABCDEF")),
        ["unknown-certificate"]
    );
    assert_eq!(problems(&sim, &good.replace("/Nip/", "/Pesel/")), ["link"]);
    assert_eq!(
        problems(
            &sim,
            &good.replace(&format!("{SELLER}/{}", made.serial), &format!("{BUYER}/{}", made.serial))
        ),
        ["signature", "other-seller"]
    );
}

#[test]
fn kod_2_of_certificates_that_are_not_good() {
    let sim = Sim::start();
    let good = offline(&sim);
    let outcome = |made: &MadeCertificate| {
        let signed = text(&sim, made.serial.as_str());
        problems(&sim, &link(&signed, &joined(&ecdsa(&key(made), &signed))))
    };
    assert!(outcome(&good).is_empty());
    sim.control().suspend_certificate(&good.serial).unwrap();
    assert_eq!(outcome(&good), ["blocked"]);
    sim.control().resume_certificate(&good.serial).unwrap();
    sim.control().revoke_certificate(&good.serial).unwrap();
    assert_eq!(outcome(&good), ["revoked"], "known at once, however long the issuer was offline");
    let authentication = sim.control().make_certificate(NewCertificate::for_owner(owner(&sim))).unwrap();
    assert_eq!(outcome(&authentication), ["wrong-kind"]);
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc();
    let made = |from, to| {
        let wanted = NewCertificate::for_owner(owner(&sim)).of_kind(CertificateKind::Offline).valid(from, to);
        sim.control().make_certificate(wanted).unwrap()
    };
    assert_eq!(outcome(&made(day(2024), day(2025))), ["expired"]);
    assert_eq!(outcome(&made(noon() + Duration::days(1), day(2028))), ["not-yet-valid"]);
    let id = PersonId::Pesel("30112206276".parse().unwrap());
    let person = NewPerson { id, given_name: "Anna".to_owned(), surname: "Nowak".to_owned(), owner_of: None };
    sim.control().make_person(person).unwrap();
    let wanted = NewCertificate::for_owner(CertificateOwner::Person(id)).of_kind(CertificateKind::Offline);
    let hers = sim.control().make_certificate(wanted).unwrap();
    assert_eq!(outcome(&hers), ["no-permission"]);
    sim.control().grant(id, SELLER.parse().unwrap(), &[ksef_sim::Permission::InvoiceWrite]).unwrap();
    assert!(outcome(&hers).is_empty());
}
