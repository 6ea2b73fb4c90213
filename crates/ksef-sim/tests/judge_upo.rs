//! UPO by the ministry's schema (xmllint) and signed so that another program finds it good (xmlsec1).

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test that cannot be set up has failed")]

mod judge_common;

use std::process::Command;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use judge_common::{Bench, NIP, has_xmlsec, now, xmlsec_verifies};
use ksef_sim::judge::upo::{
    UpoAuthentication, UpoHeader, UpoInvoice, UpoSigner, UpoSignerState, of_invoice, of_session,
};
use ksef_testkit::SeededRandomness;
use ksef_types::{ContextIdentifier, KsefNumber, Sha256Hash};
use openssl::x509::X509;

fn header(context: ContextIdentifier, authentication: UpoAuthentication) -> UpoHeader {
    UpoHeader {
        session: "20261122-SO-0123456789-0123456789-AB".parse().unwrap(),
        context,
        authentication,
        structure: "Schemat_FA(3)_v1-0E.xsd".to_owned(),
        form_code: "FA (3)".to_owned(),
    }
}

fn by_document() -> UpoAuthentication {
    UpoAuthentication::Document(Sha256Hash::new([7; 32]))
}

fn invoice(number: u8, title: &str) -> UpoInvoice {
    let seller = NIP.parse().unwrap();
    let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    UpoInvoice {
        seller,
        ksef_number: KsefNumber::compose(seller, day, [1, 2, 3, 4, 5, number]),
        number: title.to_owned(),
        issue_date: day,
        received: now(),
        accepted: now() + Duration::milliseconds(204),
        hash: Sha256Hash::new([number; 32]),
        offline: number % 2 == 1,
    }
}

struct Office {
    signer: UpoSigner,
    random: SeededRandomness,
}

impl Office {
    fn new() -> Self {
        let random = SeededRandomness::new(11);
        Self { signer: UpoSigner::create(now(), &random).unwrap(), random }
    }

    fn certificate_pem(&self) -> String {
        let certificate = X509::from_der(&self.signer.certificate_der().unwrap()).unwrap();
        String::from_utf8(certificate.to_pem().unwrap()).unwrap()
    }

    fn single(&self, header: &UpoHeader, invoice: &UpoInvoice) -> String {
        String::from_utf8(of_invoice(header, invoice, &self.signer, now(), &self.random).unwrap()).unwrap()
    }

    fn pages(&self, invoices: &[UpoInvoice], page: usize, moment: DateTime<Utc>) -> Vec<String> {
        let header = header(ContextIdentifier::Nip(NIP.parse().unwrap()), by_document());
        of_session(&header, invoices, page, &self.signer, moment, &self.random)
            .unwrap()
            .into_iter()
            .map(|page| String::from_utf8(page).unwrap())
            .collect()
    }
}

/// The schema knows no signature: it describes what is under it.
fn is_valid(upo: &str) -> bool {
    let Some(shared) = ksef_testkit::shared() else {
        eprintln!("skipped: no shared contract files");
        return true;
    };
    let start = upo.find("<ds:Signature ").unwrap();
    let end = upo.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("upo.xml");
    std::fs::write(&file, format!("{}{}", &upo[..start], &upo[end..])).unwrap();
    let output = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(shared.join("schemas/upo/upo-v4-3.xsd"))
        .arg(&file)
        .output()
        .unwrap();
    if !output.status.success() {
        eprintln!("{}", String::from_utf8_lossy(&output.stderr));
    }
    output.status.success()
}

#[test]
fn an_invoices_upo_is_valid_for_every_kind_of_context_and_authentication() {
    let office = Office::new();
    let token = UpoAuthentication::Token("20261101-EC-0123456789-0123456789-AB".parse().unwrap());
    for context in [
        ContextIdentifier::Nip(NIP.parse().unwrap()),
        ContextIdentifier::InternalId(format!("{NIP}-12345")),
        ContextIdentifier::NipVatUe(format!("{NIP}-DE123456789")),
        ContextIdentifier::PeppolId("PPL123456".to_owned()),
    ] {
        for authentication in [by_document(), token.clone()] {
            let upo = office.single(&header(context.clone(), authentication), &invoice(1, "FA/1"));
            assert!(is_valid(&upo), "{upo}");
            assert!(upo.contains(context.value()));
            assert!(!upo.contains("OpisPotwierdzenia"));
        }
    }
}

#[test]
fn the_signature_is_good_and_bound() {
    if !has_xmlsec() {
        return;
    }
    let office = Office::new();
    let header = header(ContextIdentifier::Nip(NIP.parse().unwrap()), by_document());
    // Everything that escaping can get wrong.
    let title = "FA/\"1\" & 'ą' <2026> ]]> ź";
    let upo = office.single(&header, &invoice(2, title));
    assert!(is_valid(&upo), "{upo}");
    assert!(xmlsec_verifies(upo.as_bytes(), &office.certificate_pem()), "{upo}");
    for (from, to) in [
        ("<TrybWysylki>Online", "<TrybWysylki>Offline"),
        ("2026-11-22T12:00:00Z", "2026-11-22T12:00:01Z"),
        ("FA (3)", "FA (2)"),
        ("<NipSprzedawcy>", "<NipSprzedawcy> "),
    ] {
        let changed = judge_common::swap(&upo, from, to);
        assert!(!xmlsec_verifies(changed.as_bytes(), &office.certificate_pem()), "{from}");
    }
    let other = Bench::new();
    let foreign = X509::from_der(&other.authority.certificate_der().unwrap()).unwrap().to_pem().unwrap();
    assert!(!xmlsec_verifies(upo.as_bytes(), &String::from_utf8(foreign).unwrap()));
    // Made again from its state, the signer is the same.
    let state = serde_json::to_string(&office.signer.to_state().unwrap()).unwrap();
    let state: UpoSignerState = serde_json::from_str(&state).unwrap();
    let again = Office { signer: UpoSigner::from_state(&state).unwrap(), random: SeededRandomness::new(12) };
    let second = again.single(&header, &invoice(2, title));
    assert!(xmlsec_verifies(second.as_bytes(), &office.certificate_pem()));
}

#[test]
fn the_issuers_name_is_the_one_that_openssl_writes() {
    let office = Office::new();
    let header = header(ContextIdentifier::Nip(NIP.parse().unwrap()), by_document());
    let upo = office.single(&header, &invoice(1, "FA/1"));
    let signer = judge_common::Signer {
        certificate_pem: office.certificate_pem(),
        key_pem: String::new(),
        password: None,
    };
    assert!(upo.contains(&format!(
        "<ds:X509IssuerName xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">{}<",
        signer.issuer()
    )));
    assert!(upo.contains(&format!(">{}</ds:X509SerialNumber>", signer.serial())));
    assert!(upo.contains(&signer.digest_base64()));
}

#[test]
fn a_sessions_upo_comes_in_pages() {
    let office = Office::new();
    let invoices: Vec<_> = (0..7).map(|number| invoice(number, &format!("FA/{number}"))).collect();
    assert!(office.pages(&[], 3, now()).is_empty());
    let pages = office.pages(&invoices, 3, now());
    let expected = [("1", "3", 3), ("4", "6", 3), ("7", "7", 1)];
    assert_eq!(pages.len(), expected.len());
    for (index, (page, (from, to, count))) in pages.iter().zip(expected).enumerate() {
        assert!(is_valid(page), "{page}");
        let part = format!(
            "<OpisPotwierdzenia><Strona>{}</Strona><LiczbaStron>3</LiczbaStron><ZakresDokumentowOd>{from}</ZakresDokumentowOd>\
             <ZakresDokumentowDo>{to}</ZakresDokumentowDo><CalkowitaLiczbaDokumentow>7</CalkowitaLiczbaDokumentow>",
            index + 1
        );
        assert!(page.contains(&part), "{page}");
        assert_eq!(page.matches("<Dokument>").count(), count);
        if has_xmlsec() {
            assert!(xmlsec_verifies(page.as_bytes(), &office.certificate_pem()));
        }
    }
    // One page where everything fits, whatever size was asked for.
    assert_eq!(office.pages(&invoices, usize::MAX, now()).len(), 1);
    assert_eq!(office.pages(&invoices, 0, now()).len(), 7);
}

#[test]
fn times_are_polands() {
    let office = Office::new();
    let header = header(ContextIdentifier::Nip(NIP.parse().unwrap()), by_document());
    let winter = office.single(&header, &invoice(1, "FA/1"));
    assert!(winter.contains("<DataPrzeslaniaDokumentu>2026-11-22T13:00:00.000+01:00<"), "{winter}");
    assert!(winter.contains("<DataNadaniaNumeruKSeF>2026-11-22T13:00:00.204+01:00<"), "{winter}");
    let summer = UpoInvoice { received: "2026-07-01T22:30:00Z".parse().unwrap(), ..invoice(1, "FA/1") };
    assert!(office.single(&header, &summer).contains("2026-07-02T00:30:00.000+02:00"));
}
