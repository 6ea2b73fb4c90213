//! Bad input: each kind has its own code, its place and a sentence that helps.

#![expect(clippy::unwrap_used, reason = "tests stop where they cannot go on")]

use chrono::{DateTime, NaiveDate};
use ksef_invoice::sample::{self, SampleInvoice, SampleLine, SampleParty, SampleRate};
use ksef_invoice::{CheckOptions, Finding, FindingCode, Report, Severity, check};
use ksef_types::Environment;

fn sample() -> String {
    let party = |nip: &str, name: &str| SampleParty {
        nip: nip.parse().unwrap(),
        name: name.to_owned(),
        address: "ul. Prosta 1, 00-001 Warszawa".to_owned(),
    };
    let line = SampleLine {
        name: "Usługa".to_owned(),
        unit: "szt.".to_owned(),
        quantity: "2".parse().unwrap(),
        unit_price: "99.995".parse().unwrap(),
        rate: SampleRate::Vat23,
    };
    let invoice = SampleInvoice {
        seller: party("5265877635", "Okienko sp. z o.o."),
        buyer: party("7980332920", "Nabywca S.A."),
        number: "FV/1/2026".to_owned(),
        issue_date: day("2026-11-20"),
        created: DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
        lines: vec![line.clone(), SampleLine { rate: SampleRate::Vat8, ..line }],
    };
    String::from_utf8(sample::fa3(&invoice)).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn options() -> CheckOptions {
    CheckOptions::new(day("2026-11-21"), Environment::Production).for_seller("5265877635".parse().unwrap())
}

fn run(bytes: impl AsRef<[u8]>) -> Report {
    check(bytes.as_ref(), &options())
}

/// The only finding.
fn only(report: &Report) -> &Finding {
    assert_eq!(report.findings.len(), 1, "{:#?}", report.findings);
    &report.findings[0]
}

fn codes(report: &Report) -> Vec<FindingCode> {
    report.findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn a_good_invoice_has_no_findings() {
    let report = run(sample());
    assert_eq!(report.findings, []);
    assert!(report.may_be_sent());
    let summary = report.summary.unwrap();
    assert_eq!(summary.number.as_deref(), Some("FV/1/2026"));
    assert_eq!(summary.gross.map(|gross| gross.to_string()).as_deref(), Some("461.98"));
}

#[test]
fn what_is_no_xml_is_called_by_its_name() {
    for (bytes, code, word) in [
        (&b""[..], FindingCode::Empty, "pusty"),
        (b"%PDF-1.7 ...", FindingCode::NotXml, "PDF"),
        (b"PK\x03\x04....", FindingCode::NotXml, "ZIP"),
        (b"<!DOCTYPE html><html></html>", FindingCode::NotXml, "HTML"),
        (b"  <HTML><body>", FindingCode::NotXml, "HTML"),
        (b"{\"a\": 1}", FindingCode::NotXml, "JSON"),
        (b"\x89PNG\r\n", FindingCode::NotXml, "obraz"),
        (b"-----BEGIN CERTIFICATE-----", FindingCode::NotXml, "certyfikat"),
        (b"Dzien dobry", FindingCode::NotXml, "tekst"),
        (b"\x01\x02\x03\x00", FindingCode::NotXml, "binarne"),
        (b"\xFF\xFE<\0F\0", FindingCode::Encoding, "UTF-16"),
    ] {
        let report = run(bytes);
        let finding = only(&report);
        assert_eq!(finding.code, code, "{bytes:?}");
        assert!(finding.message_pl().contains(word), "{}", finding.message_pl());
        assert!(!report.may_be_sent() && report.summary.is_none());
    }
}

#[test]
fn other_forms_are_named() {
    for (root, code, word) in [
        ("<Faktura xmlns=\"http://crd.gov.pl/wzor/2023/06/29/12648/\"/>", FindingCode::OtherForm, "FA(2)"),
        ("<Faktura xmlns=\"http://crd.gov.pl/wzor/2026/03/06/14189/\"/>", FindingCode::OtherForm, "FA_RR"),
        (
            "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"/>",
            FindingCode::OtherForm,
            "PEF",
        ),
        (
            "<Potwierdzenie xmlns=\"http://upo.schematy.mf.gov.pl/KSeF/v4-3\"/>",
            FindingCode::NotAnInvoice,
            "UPO",
        ),
        ("<Faktura/>", FindingCode::NotAnInvoice, "przestrzeń nazw"),
        ("<note>x</note>", FindingCode::NotAnInvoice, "note"),
    ] {
        let report = run(root);
        assert_eq!(only(&report).code, code, "{root}");
        assert!(only(&report).message_pl().contains(word), "{}", only(&report).message_pl());
    }
}

#[test]
fn bytes_and_encodings() {
    let report = run([b"\xEF\xBB\xBF", sample().as_bytes()].concat());
    assert_eq!(only(&report).code, FindingCode::Bom);

    let declared = sample().replace("UTF-8", "ISO-8859-2");
    assert_eq!(only(&run(&declared)).code, FindingCode::Encoding);
    assert_eq!(run(sample().replace("UTF-8", "utf-8")).findings, []);

    let mut in_1250 = sample().replace("UTF-8", "windows-1250").into_bytes();
    let place = in_1250.windows(2).position(|pair| pair == "ł".as_bytes()).unwrap();
    in_1250.splice(place..place + 2, [0xB3]);
    assert_eq!(only(&run(&in_1250)).code, FindingCode::Encoding);

    let mut broken = sample().into_bytes();
    broken.splice(place - 7..place - 7, [0xB3]);
    let report = run(&broken);
    assert_eq!(only(&report).code, FindingCode::NotUtf8);
    assert!(only(&report).place.as_ref().is_some_and(|place| place.line > 1));

    assert_eq!(
        only(&run(sample().replace("version=\"1.0\"", "version=\"1.1\""))).code,
        FindingCode::XmlVersion
    );
}

#[test]
fn markup_that_ksef_refuses() {
    let with = |what: &str| sample().replace("<Faktura", &format!("{what}<Faktura"));
    let report = run(with("<!DOCTYPE Faktura [<!ENTITY a \"b\">]>\n"));
    assert_eq!(only(&report).code, FindingCode::Dtd);
    assert_eq!(only(&report).place.as_ref().map(|place| (place.line, place.column)), Some((2, 1)));

    let report = run(with("<?xml-stylesheet href=\"a.xsl\"?>"));
    assert_eq!(only(&report).code, FindingCode::ProcessingInstruction);

    let report = run(sample().replace("Usługa", "Usługa &firma;"));
    assert_eq!(only(&report).code, FindingCode::Entity);
    assert!(only(&report).message_pl().contains("&firma;"));

    for (character, code) in [
        ("\u{1}", FindingCode::ForbiddenCharacter),
        ("&#1;", FindingCode::ForbiddenCharacter),
        ("\u{7f}", FindingCode::DiscouragedCharacter),
        ("\u{9f}", FindingCode::DiscouragedCharacter),
        ("\u{fdd0}", FindingCode::DiscouragedCharacter),
        ("\u{1ffff}", FindingCode::DiscouragedCharacter),
        ("&#x7F;", FindingCode::DiscouragedCharacter),
    ] {
        let report = run(sample().replacen("Usługa", &format!("Usł{character}uga"), 1));
        let finding = only(&report);
        assert_eq!(finding.code, code, "{character:?}");
        if code == FindingCode::DiscouragedCharacter {
            assert_eq!(finding.place.as_ref().unwrap().path, "/Faktura/Fa/FaWiersz[1]/P_7");
        }
    }
    let report = run(sample().replace("<Fa>", "<!-- \u{80} --><Fa>"));
    assert_eq!(only(&report).code, FindingCode::DiscouragedCharacter);
}

#[test]
fn sizes() {
    let padded = |bytes: usize| sample() + &" ".repeat(bytes - sample().len());
    assert_eq!(run(padded(1_000_000)).findings, []);
    assert_eq!(codes(&run(padded(1_000_001))), [FindingCode::TooLarge]);
    assert_eq!(codes(&run(padded(3_000_001))), [FindingCode::TooLarge]);

    let attachment = "<Zalacznik><BlokDanych><MetaDane><ZKlucz>a</ZKlucz><ZWartosc>b</ZWartosc></MetaDane></BlokDanych></Zalacznik></Faktura>";
    let attached = sample().replace("</Faktura>", attachment);
    let report = run(format!("{attached}{}", " ".repeat(1_500_000)));
    assert_eq!(only(&report).code, FindingCode::AttachmentNeedsBatch);
    assert_eq!(only(&report).severity, Severity::Warning);
    assert!(report.may_be_sent() && report.summary.unwrap().has_attachment);
}

#[test]
fn dates_and_parties() {
    let tomorrow = sample().replace("<P_1>2026-11-20", "<P_1>2026-11-22");
    let report = run(&tomorrow);
    assert_eq!(only(&report).code, FindingCode::IssueDateInFuture);
    assert_eq!(only(&report).place.as_ref().unwrap().path, "/Faktura/Fa/P_1");
    assert_eq!(run(sample().replace("<P_1>2026-11-20", "<P_1>2026-11-21")).findings, []);

    // Told only where the document is about to be sent: history and received invoices are of any day.
    let sending = |issued: &str, today: &str| {
        let document = sample().replace("<P_1>2026-11-20", &format!("<P_1>{issued}"));
        check(document.as_bytes(), &CheckOptions { today: day(today), ..options() }.before_sending())
    };
    assert_eq!(sending("2026-11-21", "2026-11-21").findings, []);
    // Friday, and the days after it.
    for (today, says) in [
        ("2026-11-21", "najpóźniej 2026-11-23"),
        ("2026-11-23", "mija dzisiaj"),
        ("2026-11-24", "minął 2026-11-23"),
    ] {
        let report = sending("2026-11-20", today);
        let finding = only(&report);
        assert_eq!((finding.code, finding.severity), (FindingCode::IssueDateBeforeToday, Severity::Warning));
        assert_eq!(finding.place.as_ref().unwrap().path, "/Faktura/Fa/P_1");
        assert!(finding.message_pl().contains(says), "{}", finding.message_pl());
        assert!(report.may_be_sent());
    }

    let other = run(sample().replace("5265877635", "7980332920"));
    assert_eq!(only(&other).code, FindingCode::OtherSeller);
    assert!(
        only(&other).message_pl().contains("5265877635") && only(&other).message_pl().contains("7980332920")
    );

    let mistyped = sample().replace("7980332920", "7980332921");
    let report = run(&mistyped);
    assert_eq!(only(&report).code, FindingCode::NipCheckDigit);
    assert_eq!(only(&report).severity, Severity::Error);
    assert!(only(&report).message_pl().contains("u nabywcy"), "{}", only(&report).message_pl());
    let elsewhere = check(mistyped.as_bytes(), &CheckOptions { environment: Environment::Test, ..options() });
    assert_eq!(only(&elsewhere).severity, Severity::Warning);
}

#[test]
fn references_to_other_invoices() {
    let correction = |number: &str| {
        sample().replace(
            "<RodzajFaktury>VAT</RodzajFaktury>",
            &format!(
                "<RodzajFaktury>KOR</RodzajFaktury><DaneFaKorygowanej><DataWystFaKorygowanej>2026-05-12</DataWystFaKorygowanej>\
                 <NrFaKorygowanej>1</NrFaKorygowanej><NrKSeF>1</NrKSeF><NrKSeFFaKorygowanej>{number}</NrKSeFFaKorygowanej></DaneFaKorygowanej>"
            ),
        )
    };
    assert_eq!(run(correction("5265877635-20250826-0100001AF629-AF")).findings, []);
    let report = run(correction("5265877635-20250826-0100001AF629-AE"));
    assert_eq!(only(&report).code, FindingCode::KsefNumberChecksum);
    assert!(report.may_be_sent());
}

#[test]
fn sentences_name_the_field_and_what_is_allowed() {
    for (from, to, code, polish) in [
        (
            "<P_12>8</P_12>",
            "<P_12>23%</P_12>",
            FindingCode::NotAllowed,
            "pole „Stawka podatku” (P_12) w pozycji 2 ma wartość „23%”, a powinno mieć jedną z: 23, 22, 8, 7, 5, 4, 3, 0 KR",
        ),
        (
            "<P_15>461.98",
            "<P_15>461,98",
            FindingCode::NotNumber,
            "„Kwota należności ogółem” (P_15) ma wartość „461,98”, a powinno mieć liczbę z kropką",
        ),
        ("<P_15>461.98", "<P_15>461.981", FindingCode::Digits, "najwyżej 2 cyfr po kropce"),
        ("<P_1>2026-11-20", "<P_1>2026-11-31", FindingCode::NotDate, "istniejącą datę RRRR-MM-DD"),
        ("<P_1>2026-11-20", "<P_1>1999-01-01", FindingCode::OutOfRange, "od 2006-01-01 do 2050-01-01"),
        ("<P_2>FV/1/2026</P_2>", "<P_2/>", FindingCode::EmptyValue, "„Numer faktury” (P_2) jest puste"),
        ("<P_2>FV/1/2026</P_2>", "", FindingCode::Missing, "brakuje: „Numer faktury” (P_2)"),
        ("<JST>2</JST>", "<JST>2</JST><JST>2</JST>", FindingCode::TooMany, "najwyżej: 1"),
        ("<KodWaluty>PLN", "<KodWaluty>XYZ", FindingCode::NotAllowed, "„Waluta” (KodWaluty)"),
        ("<Fa>", "<Fa><Cena>1</Cena>", FindingCode::UnknownElement, "Elementu „Cena” nie ma"),
        ("<Fa>", "<Fa>abc", FindingCode::TextBetween, "„abc”"),
        (
            "kodSystemowy=\"FA (3)\"",
            "kodSystemowy=\"FA (2)\"",
            FindingCode::NotAllowed,
            "powinno mieć „FA (3)”",
        ),
        ("wersjaSchemy=\"1-0E\"", "", FindingCode::MissingAttribute, "„Wersja struktury” (wersjaSchemy)"),
        ("<NIP>7980332920", "<NIP>798-033-29-20", FindingCode::Shape, "10 cyfr bez kresek"),
        ("</Fa>", "</fa>", FindingCode::NotWellFormed, "otwarty jest element „Fa”"),
    ] {
        let mutated = sample().replacen(from, to, 1);
        assert_ne!(mutated, sample(), "{from}");
        let report = run(&mutated);
        let finding = report.findings.first().unwrap_or_else(|| panic!("{from} → {to}"));
        assert_eq!(finding.code, code, "{from} → {to}: {finding:?}");
        assert!(finding.message_pl().contains(polish), "{}", finding.message_pl());
        assert!(
            finding.message_pl().starts_with("Wiersz ") && finding.message_en().starts_with("Line "),
            "{finding:?}"
        );
        let line = 1 + sample()[..sample().find(from).unwrap()].matches('\n').count() as u32;
        let found = finding.place.as_ref().unwrap().line;
        assert!((line..=line + 2).contains(&found), "{from}: line {line}, said {found}");
    }
}

#[test]
fn one_mistake_does_not_hide_the_others() {
    let mutated =
        sample().replace("<P_15>461.98", "<P_15>x").replace("<P_12>8", "<P_12>9").replace("<JST>2</JST>", "");
    assert_eq!(codes(&run(mutated)), [FindingCode::Missing, FindingCode::NotNumber, FindingCode::NotAllowed]);
}

#[test]
fn findings_come_in_the_order_of_the_document() {
    let mutated = sample().replace("<P_12>8", "<P_12>9").replace("7980332920", "7980332921");
    let report = run([b"\xEF\xBB\xBF", mutated.as_bytes()].concat());
    assert_eq!(codes(&report), [FindingCode::Bom, FindingCode::NipCheckDigit, FindingCode::NotAllowed]);
}
