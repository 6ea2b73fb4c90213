//! The sheet shows whatever a document says.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop where they cannot go on"
)]

#[path = "../model/canon.rs"]
#[expect(dead_code, reason = "the test of the model uses the rest")]
mod canon;
#[path = "../agreement/chance.rs"]
mod chance;
#[path = "../../../../xtask/src/fa3_table/mod.rs"]
#[expect(dead_code, reason = "xtask uses the rest")]
mod fa3_table;
#[path = "../agreement/oracle.rs"]
#[expect(dead_code, reason = "the agreement test uses the rest")]
mod oracle;
#[path = "../agreement/tree.rs"]
#[expect(dead_code, reason = "the agreement test uses the rest")]
mod tree;
#[path = "../agreement/values.rs"]
#[expect(dead_code, reason = "the agreement test uses the rest")]
mod values;
#[path = "../agreement/walks.rs"]
#[expect(dead_code, reason = "the agreement test uses the rest")]
mod walks;

use std::process::Command;

use ksef_invoice::fa3;
use ksef_invoice::view::{InvoiceSheet, ViewProblem, view, view_of};
use ksef_invoice::{Form, validate_structure};
use serde_json::Value;

const FA2: &str = include_str!("fa2.xml");
const FA_RR: &str = include_str!("fa_rr.xml");

/// All texts of a sheet.
fn texts(sheet: &InvoiceSheet) -> Vec<String> {
    fn collect(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::String(text) => out.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| collect(item, out)),
            Value::Object(entries) => entries.values().for_each(|value| collect(value, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    collect(&serde_json::to_value(sheet).unwrap(), &mut out);
    out
}

/// Elements whose values are codes, marks or constants: they are shown in words, or said by where things stand.
const IN_WORDS: &[&str] = &[
    "KodFormularza",
    "WariantFormularza",
    "PrefiksPodatnika",
    "StatusInfoPodatnika",
    "JST",
    "GV",
    "Rola",
    "RolaInna",
    "RolaPU",
    "BrakID",
    "KodUE",
    "KodKraju",
    "P_16",
    "P_17",
    "P_18",
    "P_18A",
    "P_19",
    "P_19N",
    "P_22",
    "P_22N",
    "P_42_5",
    "P_23",
    "P_PMarzy",
    "P_PMarzyN",
    "P_PMarzy_2",
    "P_PMarzy_3_1",
    "P_PMarzy_3_2",
    "P_PMarzy_3_3",
    "RodzajFaktury",
    "TypKorekty",
    "NrKSeF",
    "NrKSeFN",
    "NrKSeFZN",
    "FP",
    "TP",
    "ZwrotAkcyzy",
    "P_12",
    "P_12Z",
    "P_12_Zal_15",
    "P_12Z_Zal_15",
    "GTU",
    "GTUZ",
    "Procedura",
    "ProceduraZ",
    "StanPrzed",
    "StanPrzedZ",
    "Zaplacono",
    "ZnacznikZaplatyCzesciowej",
    "FormaPlatnosci",
    "PlatnoscInna",
    "RachunekWlasnyBanku",
    "RodzajTransportu",
    "TransportInny",
    "OpisLadunku",
    "LadunekInny",
    "PodmiotPosredniczacy",
    "Typ",
    "KodWaluty",
    "WalutaUmowna",
];

/// Gives every free value of a document a number of its own and answers them.
fn make_unique(value: &mut Value, key: &str, next: &mut u32, out: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                make_unique(value, key, next, out);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| make_unique(item, key, next, out)),
        Value::String(text) if !IN_WORDS.contains(&key) => {
            *next += 1;
            let unique = match text.parse::<fa3::Kwota>() {
                Ok(_) => format!("7{next:06}"),
                Err(_) if fa3::DataCzas::of(text).is_some() => {
                    format!("2026-01-01T10:00:00.{next:06}Z")
                }
                Err(_) if text.parse::<chrono::NaiveDate>().is_ok() => {
                    let day = chrono::NaiveDate::from_ymd_opt(1000, 1, 1).unwrap();
                    (day + chrono::Days::new(u64::from(*next))).to_string()
                }
                Err(_) => format!("słowo{next:06}"),
            };
            *text = unique.clone();
            out.push(unique);
        }
        _ => {}
    }
}

#[test]
fn whatever_fa3_says_is_on_the_sheet() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no schemas beside the repository");
    };
    let samples = oracle::samples(&shared).into_iter().map(|(name, text)| oracle::Case::new(name, text));
    let mut looked_for = 0;
    for case in samples.chain(walks::some(99, 1500, &[0])) {
        if !validate_structure(&case.bytes).is_empty() {
            continue;
        }
        let mut json = serde_json::to_value(fa3::read(&case.bytes).unwrap()).unwrap();
        let mut unique = Vec::new();
        make_unique(&mut json, "", &mut 0, &mut unique);
        let faktura: fa3::Faktura =
            serde_json::from_value(json).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let sheet = view_of(&faktura);
        let shown = texts(&sheet).join("\n");
        for value in &unique {
            assert!(
                shown.contains(value),
                "{}: {value} is not shown\n{}\n{sheet:#?}",
                case.name,
                String::from_utf8_lossy(&fa3::write(&faktura))
            );
        }
        looked_for += unique.len();
    }
    println!("{looked_for} values");
    assert!(looked_for > 20_000);
}

#[test]
fn codes_are_shown_in_words() {
    if ksef_testkit::shared().is_none() {
        return println!("skipped: no schemas beside the repository");
    }
    let mut labels = std::collections::BTreeSet::new();
    for case in walks::some(5, 1500, &[0]) {
        if let Ok(sheet) = view(&case.bytes) {
            let rows = sheet
                .facts
                .iter()
                .chain(&sheet.payment)
                .chain(sheet.sections.iter().flat_map(|section| &section.rows));
            labels.extend(rows.map(|row| row.label.pl.clone()));
            for party in &sheet.parties {
                assert!(!party.role.pl.chars().all(|digit| digit.is_ascii_digit()), "{:?}", party.role);
            }
        }
    }
    let nameless: Vec<_> =
        labels.iter().filter(|label| label.contains('_') || label.starts_with("Nr")).collect();
    assert!(nameless.is_empty(), "elements without a name for people: {nameless:?}");
}

#[expect(clippy::print_stdout, reason = "says what is skipped")]
fn accepted_by_schema(document: &str, schema: &str) {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no schemas beside the repository");
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("document.xml");
    std::fs::write(&path, document).unwrap();
    let output = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(shared.join("schemas/FA").join(schema))
        .arg(&path)
        .env("XML_CATALOG_FILES", shared.join("schemas/catalog.xml"))
        .output()
        .expect("xmllint is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Every value of the document, but for codes, stands somewhere on the sheet.
fn everything_is_shown(document: &str, sheet: &InvoiceSheet) {
    fn walk(element: &canon::Element, shown: &str) {
        let name = element.name.rsplit('}').next().unwrap();
        if element.children.is_empty() && !IN_WORDS.contains(&name) {
            let value = element.text.trim();
            assert!(shown.contains(value), "{name} {value:?} is not shown");
        }
        element.children.iter().for_each(|child| walk(child, shown));
    }
    walk(&canon::parse(document), &texts(sheet).join("\n"));
}

#[test]
fn fa2_is_shown() {
    accepted_by_schema(FA2, "schemat_FA(2)_v1-0E.xsd");
    let sheet = view(FA2.as_bytes()).unwrap();
    everything_is_shown(FA2, &sheet);
    insta::assert_json_snapshot!("fa2", sheet);
}

#[test]
fn fa_rr_is_shown() {
    accepted_by_schema(FA_RR, "schemat_FA_RR(1)_v1-1E.xsd");
    let sheet = view(FA_RR.as_bytes()).unwrap();
    everything_is_shown(FA_RR, &sheet);
    insta::assert_json_snapshot!("fa_rr", sheet);
}

#[test]
fn fa3_is_shown() {
    use ksef_invoice::sample::{SampleInvoice, SampleLine, SampleParty, SampleRate, fa3};
    let party = SampleParty {
        nip: "5265877635".parse().unwrap(),
        name: "Żółw & syn".to_owned(),
        address: "ul. Wolna 1, 00-001 Warszawa".to_owned(),
    };
    let line = SampleLine {
        name: "Usługa".to_owned(),
        unit: "szt.".to_owned(),
        quantity: 2.into(),
        unit_price: 100.into(),
        rate: SampleRate::Vat23,
    };
    let document = fa3(&SampleInvoice {
        seller: party.clone(),
        buyer: party,
        number: "FV/1".to_owned(),
        issue_date: chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
        created: chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
        lines: vec![line],
    });
    let sheet = view(&document).unwrap();
    everything_is_shown(std::str::from_utf8(&document).unwrap(), &sheet);
    insta::assert_json_snapshot!("fa3", sheet);
}

#[test]
fn other_documents_are_named() {
    let refused = |document: &str| view(document.as_bytes()).unwrap_err();
    assert!(matches!(refused("<html/>"), ViewProblem::OtherForm(Form::Other { .. })));
    assert!(matches!(
        refused("<Potwierdzenie xmlns=\"http://upo.schematy.mf.gov.pl/KSeF/v4-3\"/>"),
        ViewProblem::OtherForm(Form::Upo)
    ));
    let ViewProblem::Unreadable(error) = refused(&FA2.replacen("</P_2>", "</P_3>", 1)) else {
        panic!("readable")
    };
    assert_eq!((error.fault, error.path.as_str()), (fa3::ReadFault::NotXml, "/Faktura/Fa/P_2"));
    assert!(matches!(view(b"\xFF"), Err(ViewProblem::Unreadable(_))));
    assert!(matches!(view(b""), Err(ViewProblem::Unreadable(_))));
}
