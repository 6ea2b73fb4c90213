//! Summaries, confirmations and the sample invoice, on the ministry's own samples.
#![expect(clippy::unwrap_used, reason = "tests stop where they cannot go on")]

use std::process::Command;

use chrono::DateTime;
use ksef_invoice::sample::{self, SampleInvoice, SampleLine, SampleParty, SampleRate};
use ksef_invoice::upo::{self, UpoAuthentication, UpoProblem};
use ksef_invoice::{BuyerId, Form, InvoiceKind, NoSummary, summary};
use proptest::prelude::*;

#[test]
fn every_sample_has_a_summary() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no samples beside the repository");
    };
    let mut kinds = std::collections::BTreeSet::new();
    for entry in std::fs::read_dir(shared.join("samples/fa3")).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let summary = summary(&bytes).unwrap();
        assert_eq!(summary.form, Form::Fa3);
        assert!(summary.number.is_some() && summary.issue_date.is_some() && summary.gross.is_some());
        assert!(summary.seller.nip_as_written.is_some() && summary.buyer.id.is_some());
        kinds.insert(summary.kind.unwrap().code());
    }
    assert!(kinds.len() >= 5, "{kinds:?}");
}

#[test]
fn how_a_summary_and_a_finding_are_written() {
    let line = ("Usługa".to_owned(), 10_000_000, 1_999_900, 0);
    let bytes = sample::fa3(&invoice("Firma".to_owned(), "FV/1".to_owned(), vec![line]));
    insta::assert_json_snapshot!("summary", summary(&bytes).unwrap());
    let spoilt = String::from_utf8(bytes).unwrap().replace("<P_12>23", "<P_12>23%");
    insta::assert_json_snapshot!("findings", ksef_invoice::validate_structure(spoilt.as_bytes()));
}

#[test]
fn older_and_other_forms() {
    let fa2 = r#"<Faktura xmlns="http://crd.gov.pl/wzor/2023/06/29/12648/"><Podmiot1><DaneIdentyfikacyjne><NIP>5265877635</NIP>
        <Nazwa>A &amp; B</Nazwa></DaneIdentyfikacyjne></Podmiot1><Podmiot2><DaneIdentyfikacyjne><KodUE>DE</KodUE><NrVatUE>123456789</NrVatUE>
        </DaneIdentyfikacyjne></Podmiot2><Fa><KodWaluty>EUR</KodWaluty><P_1>2025-12-31</P_1><P_2>1/2025</P_2><P_13_1>10.50</P_13_1>
        <P_14_1>2.42</P_14_1><P_14_1W>10.28</P_14_1W><P_13_7>1</P_13_7><P_15>13.92</P_15><RodzajFaktury>KOR</RodzajFaktury></Fa></Faktura>"#;
    let read = summary(fa2.as_bytes()).unwrap();
    assert_eq!(read.form, Form::Fa2);
    assert_eq!(read.kind, Some(InvoiceKind::Kor));
    assert_eq!(read.seller.name.as_deref(), Some("A & B"));
    assert_eq!(read.seller.nip().map(|nip| nip.to_string()).as_deref(), Some("5265877635"));
    assert_eq!(read.buyer.id, Some(BuyerId::VatUe("DE123456789".to_owned())));
    assert_eq!(
        (read.net, read.vat, read.gross),
        ("11.50".parse().ok(), "2.42".parse().ok(), "13.92".parse().ok())
    );

    let rr = r#"<r:Faktura xmlns:r="http://crd.gov.pl/wzor/2026/03/06/14189/"><r:FakturaRR><r:KodWaluty>PLN</r:KodWaluty><r:P_4B>2026-05-05</r:P_4B>
        <r:P_4C>RR/1</r:P_4C><r:P_11_1>100</r:P_11_1><r:P_11_2>7</r:P_11_2><r:P_12_1>107</r:P_12_1><r:RodzajFaktury>VAT_RR</r:RodzajFaktury>
        </r:FakturaRR></r:Faktura>"#;
    let read = summary(rr.as_bytes()).unwrap();
    assert_eq!((read.form, read.kind), (Form::FaRr, Some(InvoiceKind::VatRr)));
    assert_eq!(read.number.as_deref(), Some("RR/1"));
    assert_eq!((read.net, read.vat, read.gross), ("100".parse().ok(), "7".parse().ok(), "107".parse().ok()));

    let pef = "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"/>";
    assert_eq!(summary(pef.as_bytes()), Err(NoSummary::NotAnInvoice(Form::Pef)));
    assert_eq!(summary(b"<Faktura"), Err(NoSummary::NotXml));
}

#[test]
fn every_sample_confirmation_is_read() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no samples beside the repository");
    };
    let (mut read, mut by_token, mut by_document) = (0, false, false);
    for folder in std::fs::read_dir(shared.join("samples/upo")).unwrap() {
        for entry in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = entry.unwrap().path();
            let upo = upo::read(&std::fs::read(&path).unwrap())
                .unwrap_or_else(|problem| panic!("{path:?}: {problem}"));
            let of_session = path.file_name().unwrap().to_string_lossy().contains("sesja");
            assert_eq!(upo.page.is_some(), of_session);
            assert_eq!(upo.page.map_or(1, |page| page.total as usize), upo.documents.len());
            assert!(upo.receiver.starts_with("Ministerstwo Finansów") && !upo.signed);
            by_token |= matches!(upo.authentication, UpoAuthentication::Token(_));
            by_document |= matches!(upo.authentication, UpoAuthentication::Document(_));
            assert_eq!(upo.form_code, "FA (3)");
            read += 1;
        }
    }
    assert_eq!(read, 6);
    assert!(by_token && by_document, "samples of both kinds");
}

#[test]
fn a_confirmation_with_a_signature_and_what_is_wrong_with_others() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no samples beside the repository");
    };
    let text =
        std::fs::read_to_string(shared.join("samples/upo/kontekst-nip/upo-faktura-kontekst-id-nip.xml"))
            .unwrap();
    let signature = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:Nip>1</ds:Nip><Dokument/></ds:Signature></Potwierdzenie>";
    let signed = text.replace("</Potwierdzenie>", signature);
    let upo = upo::read(signed.as_bytes()).unwrap();
    assert!(upo.signed);
    assert_eq!(upo.documents.len(), 1);
    assert_eq!(upo.documents[0].numbered.to_rfc3339(), "2025-09-16T11:05:41.045+02:00");
    assert!(!upo.documents[0].offline);

    let problem = |from: &str, to: &str| upo::read(text.replace(from, to).as_bytes()).unwrap_err();
    assert_eq!(
        problem("v4-3", "v4-2"),
        UpoProblem::NotUpo { namespace: "http://upo.schematy.mf.gov.pl/KSeF/v4-2".to_owned() }
    );
    assert_eq!(
        problem("<NumerFaktury>FA/XVQUD-9997622510/04/2027</NumerFaktury>", ""),
        UpoProblem::Missing("NumerFaktury")
    );
    assert!(matches!(
        problem("0200A0D6723E-C2", "0200A0D6723E-C3"),
        UpoProblem::Value { element: "NumerKSeFDokumentu", .. }
    ));
    assert!(matches!(
        problem("2025-09-16T", "2025-19-16T"),
        UpoProblem::Value { element: "DataPrzeslaniaDokumentu", .. }
    ));
    assert!(matches!(problem("Online", "online"), UpoProblem::Value { element: "TrybWysylki", .. }));
    assert_eq!(problem("</Potwierdzenie>", ""), UpoProblem::NotXml);
    assert_eq!(problem("<Potwierdzenie", "<!DOCTYPE x []><Potwierdzenie"), UpoProblem::NotXml);
}

fn invoice(name: String, number: String, lines: Vec<(String, i64, i64, usize)>) -> SampleInvoice {
    let party =
        |nip: &str| SampleParty { nip: nip.parse().unwrap(), name: name.clone(), address: name.clone() };
    SampleInvoice {
        seller: party("5265877635"),
        buyer: party("7980332920"),
        number,
        issue_date: "2026-11-21".parse().unwrap(),
        created: DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
        lines: lines
            .into_iter()
            .map(|(name, quantity, price, rate)| SampleLine {
                unit: name.clone(),
                name,
                quantity: rust_decimal::Decimal::new(quantity, 7),
                unit_price: rust_decimal::Decimal::new(price, 4),
                rate: [SampleRate::Vat23, SampleRate::Vat8, SampleRate::Vat5][rate],
            })
            .collect(),
    }
}

#[test]
fn the_sample_invoice_is_valid_for_xmllint() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no schemas beside the repository");
    };
    let folder = tempfile::tempdir().unwrap();
    let awkward = "A & B <\"x\"> 'y' ]]> ąęż 😀 \u{7f}\u{1} \n\t  ".repeat(40);
    for (index, invoice) in [
        invoice("Firma".into(), "FV/1".into(), vec![("Usługa".into(), 10_000_000, 1_999_900, 0)]),
        invoice(
            awkward.clone(),
            awkward.clone(),
            vec![(awkward, 33_333_333, 333_333, 1), ("x".into(), -15, 1, 2)],
        ),
        invoice(String::new(), String::new(), vec![]),
    ]
    .iter()
    .enumerate()
    {
        let bytes = sample::fa3(invoice);
        assert_eq!(bytes, sample::fa3(invoice), "the same words give the same bytes");
        let path = folder.path().join(format!("{index}.xml"));
        std::fs::write(&path, &bytes).unwrap();
        let output = Command::new("xmllint")
            .args(["--nonet", "--noout", "--schema"])
            .arg(shared.join("schemas/FA/schemat_FA(3)_v1-0E.xsd"))
            .arg(&path)
            .env("XML_CATALOG_FILES", shared.join("schemas/catalog.xml"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_put_on_a_sample_invoice_it_stays_valid_and_reads_back(
        name in "\\PC{0,40}|.{0,600}",
        number in ".{0,300}",
        lines in proptest::collection::vec((".{0,30}", -100_000_000i64..100_000_000_000, -1_000_000i64..1_000_000_000, 0usize..3), 0..6),
    ) {
        let bytes = sample::fa3(&invoice(name, number, lines));
        let findings = ksef_invoice::validate_structure(&bytes);
        prop_assert!(findings.is_empty(), "{:?}", findings);
        let read = summary(&bytes).unwrap();
        prop_assert!(read.number.is_some_and(|number| number.chars().count() <= 256));
        let sums = read.net.unwrap_or_default() + read.vat.unwrap_or_default();
        prop_assert_eq!(read.gross, Some(sums));
    }
}
