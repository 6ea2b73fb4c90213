//! KOD I and KOD II against links that another library made, right and wrong.

use chrono::NaiveDate;
use ksef_crypto::links::{
    CertificateLink, InvoiceLink, LinkProblem, certificate_link, invoice_link, verify_certificate_link,
};
use ksef_crypto::{Certificate, Recognised, SigningFailed, base64, recognise, sha256};
use ksef_types::{ContextIdentifier, ContextKind, Nip};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{self, Usage, ec_key, name, rsa_key, shared};

fn vectors(kind: &str) -> Option<Vec<Value>> {
    let all: Vec<Value> = serde_json::from_slice(&shared("vectors/links/links.json")?).unwrap();
    let chosen: Vec<Value> = all.into_iter().filter(|vector| vector["kind"] == kind).collect();
    assert!(!chosen.is_empty());
    Some(chosen)
}

fn text<'a>(vector: &'a Value, field: &str) -> &'a str {
    vector[field].as_str().unwrap()
}

fn certificate(path: &str) -> Certificate {
    match recognise(&shared(&format!("vectors/{path}")).unwrap()) {
        Ok(Recognised::Certificates(mut certificates)) => certificates.remove(0),
        other => panic!("{other:?}"),
    }
}

fn nip() -> Nip {
    "5265877635".parse().unwrap()
}

#[test]
fn invoice_links_agree_with_the_vectors() {
    let Some(vectors) = vectors("invoice") else { return };
    for vector in &vectors {
        let hash = sha256(&shared(text(vector, "invoice")).unwrap());
        let date: NaiveDate = text(vector, "issue_date").parse().unwrap();
        let seller: Nip = text(vector, "nip").parse().unwrap();
        let link = invoice_link(text(vector, "host"), seller, date, &hash);
        assert_eq!(link, text(vector, "url"));
        let host = text(vector, "host").to_owned();
        assert_eq!(InvoiceLink::parse(&link), Ok(InvoiceLink { host, seller, issue_date: date, hash }));
    }
}

#[test]
fn certificate_links_agree_with_the_vectors() {
    let Some(vectors) = vectors("certificate") else { return };
    for vector in &vectors {
        let verified =
            verify_certificate_link(text(vector, "url"), &certificate(text(vector, "certificate")));
        if vector["valid"] == true {
            assert_eq!(verified.unwrap().host, "qr-test.ksef.mf.gov.pl", "{vector}");
        } else {
            assert!(verified.is_err(), "{vector}");
        }
    }
}

#[test]
fn our_links_have_the_signed_text_of_the_vectors() {
    let Some(vectors) = vectors("certificate") else { return };
    for vector in &vectors {
        let signed = text(vector, "signed_text");
        let [host, _, _, context, seller, _, hash] = signed.split('/').collect::<Vec<_>>()[..] else {
            panic!()
        };
        let hash = base64::url::decode(hash).unwrap().as_slice().try_into().unwrap();
        let context = ContextIdentifier::Nip(context.parse().unwrap());
        let file = text(vector, "certificate").trim_start_matches("credentials/").trim_end_matches(".crt");
        let credential = support::credential(file).unwrap();
        let link = certificate_link(host, &context, seller.parse().unwrap(), &hash, &credential).unwrap();
        assert_eq!(link.rsplit_once('/').unwrap().0, format!("https://{signed}"));
        assert!(verify_certificate_link(&link, credential.certificate()).is_ok());
    }
}

#[test]
fn a_link_proves_nothing_about_another_certificate() {
    let issuer = name("Okienko", "VATPL-5265877635");
    let context = ContextIdentifier::Nip(nip());
    let hash = sha256(b"faktura");
    for (key, other) in [(ec_key(), ec_key()), (rsa_key(2048), rsa_key(2048))] {
        let credential = support::pair(&key, &issuer, &Usage::Offline);
        let link = certificate_link("qr.ksef.mf.gov.pl", &context, nip(), &hash, &credential).unwrap();
        assert!(verify_certificate_link(&link, credential.certificate()).is_ok());
        let stranger = support::pair(&other, &issuer, &Usage::Offline);
        let problem = |link: &str, certificate| verify_certificate_link(link, certificate).unwrap_err();
        assert_eq!(problem(&link, stranger.certificate()), LinkProblem::Signature);
        let wrong_kind = support::pair(&key, &issuer, &Usage::Authentication);
        assert_eq!(problem(&link, wrong_kind.certificate()), LinkProblem::NotOffline);
        let other_serial = link.replace(credential.certificate().serial().as_str(), "00F1020304050608");
        assert_eq!(problem(&other_serial, credential.certificate()), LinkProblem::Serial);
        let other_host = link.replace("qr.ksef", "qr-test.ksef");
        assert_eq!(problem(&other_host, credential.certificate()), LinkProblem::Signature);
    }
}

#[test]
fn only_offline_certificates_and_good_keys_sign() {
    let issuer = name("Okienko", "VATPL-5265877635");
    let context = ContextIdentifier::Nip(nip());
    let refused = |credential| certificate_link("h", &context, nip(), &sha256(b""), &credential).unwrap_err();
    let authentication = support::pair(&ec_key(), &issuer, &Usage::Authentication);
    assert!(matches!(refused(authentication), SigningFailed::NotOffline));
    let weak = support::pair(&rsa_key(1024), &issuer, &Usage::Offline);
    assert!(matches!(refused(weak), SigningFailed::KeyKind(_)));
}

#[test]
fn every_context_and_the_simulators_host() {
    let credential = support::pair(&ec_key(), &name("Okienko", "VATPL-5265877635"), &Usage::Offline);
    for (kind, value) in [
        (ContextKind::Nip, "5265877635"),
        (ContextKind::InternalId, "5265877635-12345"),
        (ContextKind::NipVatUe, "5265877635-DE123456789"),
        (ContextKind::PeppolId, "PPL123456"),
    ] {
        let context = ContextIdentifier::parse(kind, value).unwrap();
        let link =
            certificate_link("http://127.0.0.1:4000", &context, nip(), &sha256(b""), &credential).unwrap();
        assert!(link.starts_with(&format!("http://127.0.0.1:4000/certificate/{kind}/{value}/")), "{link}");
        let read = verify_certificate_link(&link, credential.certificate()).unwrap();
        assert_eq!((read.context, read.host.as_str()), (context, "127.0.0.1:4000"));
    }
}

#[test]
fn what_is_no_link() {
    let hash = base64::url::encode(sha256(b"").as_bytes());
    for link in [
        String::new(),
        "https://h/invoice/5265877635/15-02-2026".to_owned(),
        format!("https://h/invoice/526-587-76-35/15-02-2026/{hash}"),
        format!("https://h/invoice/5265877635/2026-02-15/{hash}"),
        format!("https://h/invoice/5265877635/5-2-2026/{hash}"),
        format!("https://h/invoice/5265877635/15-02-2026/{}", &hash[..40]),
        format!("https:///invoice/5265877635/15-02-2026/{hash}"),
        format!("https://h/invoice/5265877635/15-02-2026/{hash}/"),
    ] {
        assert_eq!(InvoiceLink::parse(&link), Err(LinkProblem::Shape), "{link}");
        assert_eq!(CertificateLink::parse(&link), Err(LinkProblem::Shape), "{link}");
    }
}

proptest! {
    #[test]
    fn any_changed_character_is_noticed(place in any::<proptest::sample::Index>(), with in "[A-Za-z0-9/_-]") {
        static SIGNED: std::sync::OnceLock<(String, Certificate)> = std::sync::OnceLock::new();
        let (link, certificate) = SIGNED.get_or_init(|| {
            let credential = support::pair(&ec_key(), &name("Okienko", "VATPL-5265877635"), &Usage::Offline);
            let context = ContextIdentifier::Nip(nip());
            let link = certificate_link("qr.ksef.mf.gov.pl", &context, nip(), &sha256(b"x"), &credential).unwrap();
            (link, credential.certificate().clone())
        });
        let start = "https://".len();
        let place = start + place.index(link.len() - start);
        let changed = format!("{}{with}{}", &link[..place], &link[place + 1..]);
        prop_assume!(&changed != link);
        prop_assert!(verify_certificate_link(&changed, certificate).is_err());
    }

    #[test]
    fn no_text_makes_it_panic(text in "(https://)?(\\PC{0,20}/){0,8}\\PC{0,20}") {
        let _ = (InvoiceLink::parse(&text), CertificateLink::parse(&text));
    }
}
