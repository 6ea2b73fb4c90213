//! Hostile documents: refused or read, never a panic, never more than a bounded effort.
#![expect(clippy::unwrap_used, reason = "tests stop where they cannot go on")]

use chrono::NaiveDate;
use ksef_invoice::{CheckOptions, FindingCode, check, summary, upo, validate_structure};
use ksef_types::Environment;
use proptest::prelude::*;

fn everything(bytes: &[u8]) -> Vec<FindingCode> {
    let options = CheckOptions::new(NaiveDate::MIN, Environment::Production);
    let report = check(bytes, &options);
    let _ = (summary(bytes), upo::read(bytes));
    for finding in validate_structure(bytes).iter().chain(&report.findings) {
        assert!(!finding.message_pl().is_empty() && !finding.message_en().is_empty());
        assert!(finding.message_pl().len() < 3000, "{}", finding.message_pl());
    }
    assert!(report.findings.len() <= 100);
    report.findings.iter().map(|finding| finding.code).collect()
}

/// A valid document to spoil.
fn document() -> Vec<u8> {
    use ksef_invoice::sample::{SampleInvoice, SampleLine, SampleParty, SampleRate, fa3};
    let party = SampleParty {
        nip: "5265877635".parse().unwrap(),
        name: "Żółw & syn".to_owned(),
        address: "x".to_owned(),
    };
    let line = SampleLine {
        name: "Usługa".to_owned(),
        unit: "szt.".to_owned(),
        quantity: 1.into(),
        unit_price: 100.into(),
        rate: SampleRate::Vat23,
    };
    fa3(&SampleInvoice {
        seller: party.clone(),
        buyer: party,
        number: "1".to_owned(),
        issue_date: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
        created: chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
        lines: vec![line],
    })
}

const FA3: &str = "http://crd.gov.pl/wzor/2025/06/25/13775/";

#[test]
fn a_billion_laughs_end_at_the_dtd() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol1 \"&lol;&lol;&lol;\">]><lolz>&lol1;</lolz>";
    assert_eq!(everything(bomb.as_bytes()), [FindingCode::Dtd]);
    let unclosed = format!("<!DOCTYPE x [{}", "<!ENTITY a \"b\">".repeat(1000));
    assert_eq!(everything(unclosed.as_bytes()), [FindingCode::Dtd]);
    let external = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>";
    assert_eq!(everything(external.as_bytes()), [FindingCode::Dtd]);
}

#[test]
fn depth_is_bounded() {
    let deep = format!("<Faktura xmlns=\"{FA3}\">{}", "<a>".repeat(900_000 / 3));
    assert!(everything(deep.as_bytes()).contains(&FindingCode::Unreasonable));
    let closed = format!("{}{}", "<Faktura>".repeat(65), "</Faktura>".repeat(65));
    assert!(everything(closed.as_bytes()).contains(&FindingCode::Unreasonable));
}

#[test]
fn attributes_are_bounded() {
    let attributes: String = (0..90_000).map(|number| format!(" a{number}=\"\"")).collect();
    let document = format!("<Faktura xmlns=\"{FA3}\"{attributes}/>");
    assert_eq!(everything(document.as_bytes()), [FindingCode::Unreasonable]);
    let million: String = (0..1_000_000).map(|number| format!(" a{number}=''")).collect();
    let found = validate_structure(format!("<Faktura{million}/>").as_bytes());
    assert_eq!(found.first().map(|finding| finding.code), Some(FindingCode::Unreasonable));
    let bindings: String = (0..60).map(|number| format!(" xmlns:a{number}=\"urn:a\"")).collect();
    let nested = format!("<Faktura xmlns=\"{FA3}\">{}", format!("<a{bindings}>").repeat(60));
    assert!(everything(nested.as_bytes()).contains(&FindingCode::Unreasonable));
}

#[test]
fn an_endless_text_is_one_finding() {
    let text = "x".repeat(2_500_000);
    let document = format!("<Faktura xmlns=\"{FA3}\">{text}</Faktura>");
    assert!(everything(document.as_bytes()).len() <= 3);
    let value = String::from_utf8(document_with_number(&text)).unwrap();
    let found = everything(value.as_bytes());
    assert!(found.contains(&FindingCode::TooLong) && found.contains(&FindingCode::TooLarge), "{found:?}");
}

fn document_with_number(number: &str) -> Vec<u8> {
    String::from_utf8(document())
        .unwrap()
        .replace("<P_2>1</P_2>", &format!("<P_2>{number}</P_2>"))
        .into_bytes()
}

#[test]
fn many_mistakes_end_the_search() {
    let lines = "<x/>".repeat(500_000);
    let found = everything(format!("<Faktura xmlns=\"{FA3}\">{lines}</Faktura>").as_bytes());
    assert_eq!(found.len(), 100);
}

#[test]
fn what_is_too_large_is_not_read() {
    let huge = vec![b'<'; 100_000_000];
    let options = CheckOptions::new(NaiveDate::MIN, Environment::Production);
    let report = check(&huge, &options);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].code, FindingCode::TooLarge);
}

#[test]
fn every_beginning_of_a_document_is_handled() {
    let document = document();
    for length in 0..document.len() {
        let found = everything(&document[..length]);
        // Only the line end after the root may be missing.
        assert_eq!(
            found.iter().all(|code| *code == FindingCode::IssueDateInFuture),
            length + 1 >= document.len(),
            "{length}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        everything(&bytes);
    }

    #[test]
    fn no_markup_makes_it_panic(pieces in proptest::collection::vec(
        prop_oneof![
            "[a-zA-Z:_]{1,4}",
            Just("<".to_owned()), Just("</".to_owned()), Just(">".to_owned()), Just("/>".to_owned()), Just("<!--".to_owned()), Just("-->".to_owned()),
            Just("<![CDATA[".to_owned()), Just("]]>".to_owned()), Just("<?xml ".to_owned()), Just("<?".to_owned()), Just("?>".to_owned()),
            Just("&".to_owned()), Just("&#".to_owned()), Just("&#x10FFFF;".to_owned()), Just(";".to_owned()), Just("=\"".to_owned()), Just("'".to_owned()),
            Just("<!DOCTYPE".to_owned()), Just(" ".to_owned()), Just("\r\n".to_owned()), Just("\u{feff}".to_owned()), Just("😀".to_owned()), Just("!".to_owned()),
            Just(format!("<Faktura xmlns=\"{FA3}\">")), Just("<Naglowek>".to_owned()), Just("<Fa>".to_owned()), Just("</Fa>".to_owned()),
            Just("xmlns:".to_owned()), Just("xsi:type=".to_owned()),
        ], 0..40)) {
        everything(pieces.concat().as_bytes());
    }

    #[test]
    fn no_change_of_a_document_makes_it_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..3), 1..6)) {
        let mut bytes = document();
        for (place, byte, what) in changes {
            let place = place.index(bytes.len());
            match what {
                0 => bytes[place] ^= 1 << (byte % 8),
                1 => bytes.insert(place, byte),
                _ => drop(bytes.remove(place)),
            }
        }
        everything(&bytes);
    }
}
