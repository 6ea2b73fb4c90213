//! Documents, JSON and tables in the built `ksef`: what a script relies upon.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what fails must stop the test")]
#![expect(clippy::print_stdout, reason = "tests say when they are skipped")]

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ksef_commands::draft::{
    AccountDraft, AdvanceAmount, AdvanceDraft, AdvancePartDraft, AdvanceReference, ContactDraft,
    CorrectedReference, CorrectionDraft, DescriptionDraft, InvoiceDraft, LineDraft, OtherPartyDraft,
    PartPaymentDraft, SellerProfile, TermDraft,
};
use serde_json::{Value, json};

const DESCRIPTION: &str = include_str!("../../../docs/invoice-json.md");

struct Desk(tempfile::TempDir);

impl Desk {
    fn fresh() -> Self {
        Self(tempfile::Builder::new().prefix("Żółć ").tempdir().unwrap())
    }

    fn ksef(&self, arguments: &[&str], input: &[u8]) -> Output {
        common::ksef(&self.path("dane"), "pl", arguments, input)
    }

    fn file(&self, name: &str, content: &[u8]) -> String {
        std::fs::write(self.path(name), content).unwrap();
        self.path(name).display().to_string()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn answer(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", told(output)))
}

/// The JSON examples of the description.
fn examples() -> Vec<&'static str> {
    let examples: Vec<_> =
        DESCRIPTION.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(examples.len() >= 3);
    examples
}

#[test]
fn every_example_of_the_description_becomes_a_document_that_validates() {
    let desk = Desk::fresh();
    for example in examples() {
        let made = desk.ksef(
            &["invoice", "new", "--from", "-", "--out", &desk.path("f.xml").display().to_string()],
            example.as_bytes(),
        );
        assert_eq!(code(&made), 0, "{}", told(&made));
        let validated = desk.ksef(&["--json", "validate", &desk.path("f.xml").display().to_string()], b"");
        assert_eq!(code(&validated), 0, "{}", told(&validated));
        assert_eq!(answer(&validated)[0]["findings"], json!([]), "{example}");
        xmllint_agrees(&desk.path("f.xml"));
        let printed = desk.ksef(&["invoice", "new", "--from", "-"], example.as_bytes());
        assert!(printed.stdout.starts_with(b"<?xml"), "{}", told(&printed));
    }
    assert!(!desk.path("dane").exists(), "a JSON file with its seller needs no data folder");
}

/// The ministry's schema, where it lies beside the repository.
fn xmllint_agrees(file: &Path) {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: the schema is not beside the repository");
    };
    let schemas = shared.join("schemas");
    let schema =
        std::fs::read_dir(&schemas).unwrap().map(|entry| entry.unwrap().path()).chain(walk(&schemas)).find(
            |path| {
                path.file_name()
                    .is_some_and(|name| name.to_string_lossy().to_lowercase().contains("schemat_fa(3)"))
            },
        );
    let Some(schema) = schema.or_else(|| {
        walk(&schemas).find(|path| {
            path.extension().is_some_and(|ending| ending == "xsd")
                && path.file_name().is_some_and(|name| {
                    name.to_string_lossy()
                        .to_uppercase()
                        .replace(['_', '(', ')', '-', ' '], "")
                        .contains("FA3")
                })
        })
    }) else {
        return println!("skipped: the schema of FA(3) was not found");
    };
    let checked = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .arg(file)
        .env("XML_CATALOG_FILES", schemas.join("catalog.xml"))
        .output();
    match checked {
        Ok(output) => assert!(output.status.success(), "{}", told(&output)),
        Err(_) => println!("skipped: there is no xmllint"),
    }
}

fn walk(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let folders =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    folders
        .flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .collect::<Vec<_>>()
        .into_iter()
}

#[test]
fn validate_says_accepted_refused_or_not_read() {
    let desk = Desk::fresh();
    let good = desk.ksef(&["invoice", "new", "--from", "-"], examples()[0].as_bytes()).stdout;
    let good_file = desk.file("dobra.xml", &good);
    let text = String::from_utf8(good.clone()).unwrap();
    // The schema does not mind; the check digit does.
    let wrong_nip =
        desk.file("nip.xml", text.replace("<NIP>5260300291</NIP>", "<NIP>5260300292</NIP>").as_bytes());
    let wrong_shape = desk.file("ksztalt.xml", text.replace("<P_15>", "<P_15>x").as_bytes());
    let missing = desk.path("nie ma.xml").display().to_string();

    assert_eq!(code(&desk.ksef(&["validate", &good_file], b"")), 0);
    assert_eq!(code(&desk.ksef(&["validate", "-"], &good)), 0);
    assert_eq!(code(&desk.ksef(&["validate", &wrong_shape], b"")), 1);
    assert_eq!(code(&desk.ksef(&["validate", &wrong_nip], b"")), 1);
    assert_eq!(code(&desk.ksef(&["validate", "--schema-only", &wrong_nip], b"")), 0);
    assert_eq!(code(&desk.ksef(&["validate", "--schema-only", &wrong_shape], b"")), 1);
    assert_eq!(code(&desk.ksef(&["validate", &missing], b"")), 2);
    assert_eq!(code(&desk.ksef(&["validate", &desk.0.path().display().to_string()], b"")), 2);
    assert_eq!(code(&desk.ksef(&["validate", "-"], b"")), 1, "an empty document is refused");
    assert_eq!(code(&desk.ksef(&["validate"], b"")), 2);

    let all = desk.ksef(&["--json", "validate", &good_file, &wrong_shape, &missing], b"");
    assert_eq!(code(&all), 2, "the worst of them");
    let all = answer(&all);
    assert_eq!([&all[0]["accepted"], &all[1]["accepted"], &all[2]["accepted"]], [true, false, false]);
    let finding = &all[1]["findings"][0];
    assert!(
        finding["line"].as_u64().unwrap() > 1 && finding["path"].as_str().unwrap().contains("P_15"),
        "{finding}"
    );
    assert_eq!(all[2]["problem"]["code"], "file.notFound");
    let english = desk.ksef(&["--language", "en", "validate", &wrong_shape], b"");
    assert_eq!(code(&english), 2, "one language at a time");
    assert!(!desk.path("dane").exists(), "validate needs no data folder");
}

#[test]
fn what_is_wrong_with_json_is_told_by_its_field() {
    let desk = Desk::fresh();
    let mut invoice: Value = serde_json::from_str(examples()[0]).unwrap();
    let new = |invoice: &Value| {
        desk.ksef(&["--json", "invoice", "new", "--from", "-"], invoice.to_string().as_bytes())
    };
    invoice["lines"][0]["unitPrice"] = json!("dużo");
    let refused = new(&invoice);
    assert_eq!(code(&refused), 1);
    assert!(
        answer(&refused)["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|finding| finding["field"] == "lines.0.unitPrice"),
        "{}",
        told(&refused)
    );
    invoice["lines"][0]["unitPrise"] = json!(5);
    let refused = new(&invoice);
    assert_eq!((code(&refused), &answer(&refused)["findings"][0]["code"]), (1, &json!("JSON_UNKNOWN_FIELD")));
    let unnumbered: Value =
        serde_json::from_str(&examples()[0].replace("\"number\": \"FV/1/2026\",", "")).unwrap();
    let refused = new(&unnumbered);
    assert_eq!(
        (code(&refused), &answer(&refused)["findings"][0]["code"]),
        (1, &json!("JSON_NUMBER_MISSING"))
    );
    assert_eq!(code(&desk.ksef(&["invoice", "new", "--from", "-"], b"{")), 2);
    assert_eq!(code(&desk.ksef(&["invoice", "new", "--from", "nie ma.json"], b"")), 2);
    let given = desk.ksef(&["invoice", "new", "--from", "-", "--issue"], examples()[0].as_bytes());
    assert!(code(&given) == 2 && told(&given).contains("cli.sellerGiven"), "{}", told(&given));
}

#[test]
fn a_table_is_looked_at_and_issued_whole_or_not_at_all() {
    let desk = Desk::fresh();
    let added =
        desk.ksef(&["--environment", "sandbox", "company", "add", "5265877635", "--name", "Przykład"], b"");
    assert_eq!(code(&added), 0, "{}", told(&added));
    for name in ["wzor.xlsx", "wzor.csv"] {
        let path = desk.path(name).display().to_string();
        assert_eq!(code(&desk.ksef(&["invoice", "template", &path], b"")), 0);
        let looked = answer(&desk.ksef(&["--json", "invoice", "import", &path], b""));
        assert_eq!(looked["invoices"].as_array().unwrap().len(), 2, "{looked}");
        assert_eq!(looked["findings"], json!([]));
    }
    let broken =
        desk.file("zle.csv", "Numer;Pozycja nazwa;Ilość;Cena;Stawka;Data\n1;a;1;5;23;wczoraj\n".as_bytes());
    let refused = desk.ksef(&["invoice", "import", &broken, "--issue"], b"");
    assert!(code(&refused) == 1 && told(&refused).contains("import.date"), "{}", told(&refused));
    assert_eq!(code(&desk.ksef(&["invoice", "import", "nie ma.csv"], b"")), 2);
    assert_eq!(answer(&desk.ksef(&["--json", "status"], b"")), json!([]));
}

/// A terminal alone comes from a new company to an issued invoice.
#[test]
fn the_companys_data_are_set_and_an_invoice_is_issued_with_them() {
    let desk = Desk::fresh();
    desk.ksef(&["--environment", "sandbox", "company", "add", "5265877635"], b"");
    let mut invoice: Value = serde_json::from_str(examples()[0]).unwrap();
    invoice.as_object_mut().unwrap().remove("seller");
    let issue =
        || desk.ksef(&["--json", "invoice", "new", "--from", "-", "--issue"], invoice.to_string().as_bytes());
    let early = issue();
    assert!(code(&early) == 1 && told(&early).contains("profile.incomplete"), "{}", told(&early));

    let data = |arguments: &[&str], input: &[u8]| {
        desk.ksef(&[&["--json", "company", "data"][..], arguments].concat(), input)
    };
    let wrong = data(&["--name", "Przykład", "--address", "ul. Prosta 1", "--account", "12"], b"");
    assert_eq!(code(&wrong), 1, "{}", told(&wrong));
    assert_eq!(answer(&wrong)["findings"][0]["field"], "accounts.0.number");
    assert_eq!(answer(&data(&[], b""))["data"]["name"], "", "nothing of it is kept");
    assert_eq!(code(&data(&["--name", "Przykład", "--address", "ul. Prosta 1"], b"")), 0);
    let no_country = data(&["--country", "Polska"], b"");
    assert_eq!(code(&no_country), 1, "{}", told(&no_country));
    let account = "61109010140000071219812874";
    let set = data(&["--account", account, "--bank", "Bank Polski", "--email", "biuro@example.pl"], b"");
    assert_eq!(code(&set), 0, "{}", told(&set));
    // A file lies over what is kept; what it leaves out stays.
    let file =
        desk.file("dane.json", r#"{"address": {"line2": "00-002 Warszawa"}, "paymentDays": 14}"#.as_bytes());
    assert_eq!(code(&data(&["--from", &file], b"")), 0);
    let kept = answer(&data(&[], b""));
    let kept = &kept["data"];
    assert_eq!(
        [&kept["name"], &kept["address"]["line1"], &kept["address"]["line2"], &kept["paymentDays"]],
        ["Przykład", "ul. Prosta 1", "00-002 Warszawa", "14"]
    );
    assert_eq!(
        (&kept["accounts"][0]["number"], &kept["contacts"][0]["email"]),
        (&json!(account), &json!("biuro@example.pl"))
    );
    for (content, expected, found) in [
        (r#"{"nmae": "A"}"#, 1, "JSON_UNKNOWN_FIELD"),
        (r#"{"nip": "1111111111", "name": "A"}"#, 1, "JSON_OTHER_NIP"),
        ("{", 2, "JSON_SYNTAX"),
    ] {
        let refused = data(&["--from", "-"], content.as_bytes());
        assert_eq!(code(&refused), expected, "{}", told(&refused));
        assert_eq!(answer(&refused)["findings"][0]["code"], found);
    }
    assert_eq!(code(&data(&["--from", "nie ma.json"], b"")), 2);
    assert_eq!(&answer(&data(&[], b""))["data"], kept, "what is refused changes nothing");
    let people = desk.ksef(&["company", "data"], b"");
    assert!(told(&people).contains("ul. Prosta 1, 00-002 Warszawa"), "{}", told(&people));

    let issued = issue();
    assert_eq!(code(&issued), 0, "{}", told(&issued));
    assert_eq!(answer(&issued)[0]["invoice"]["sellerName"], "Przykład");
}

/// As with `validate`: 1 is refused, 2 could not be read.
#[test]
fn a_table_that_cannot_be_read_is_not_refused() {
    let desk = Desk::fresh();
    let added = desk.ksef(&["--environment", "sandbox", "company", "add", "5265877635"], b"");
    assert_eq!(code(&added), 0, "{}", told(&added));
    let template = desk.path("wzor.xlsx").display().to_string();
    assert_eq!(code(&desk.ksef(&["invoice", "template", &template], b"")), 0);
    let whole = std::fs::read(desk.path("wzor.xlsx")).unwrap();
    let header = "Numer;Pozycja nazwa;Ilość;Cena;Stawka";
    for (name, content, found) in [
        ("uciety.xlsx", whole[..whole.len() / 2].to_vec(), "import.damaged"),
        ("obcy.xlsx", b"%PDF-1.7 and more".to_vec(), "import.otherFile"),
        ("bajty.csv", [header.as_bytes(), b"\n1;a\0\0;1;5;23\n"].concat(), "import.notText"),
        ("cytat.csv", format!("{header}\n1;\"a;1;5;23\n").into_bytes(), "import.openQuote"),
    ] {
        let file = desk.file(name, &content);
        for arguments in
            [&["--json", "invoice", "import", &file][..], &["--json", "invoice", "import", &file, "--issue"]]
        {
            let looked = desk.ksef(arguments, b"");
            assert_eq!(code(&looked), 2, "{name}: {}", told(&looked));
            assert_eq!(answer(&looked)["findings"][0]["code"], found, "{name}");
        }
    }
    // Read, and refused: rows are there, or could be.
    for (name, content) in
        [("pusty.csv", String::new()), ("bez.csv", format!("{header}\n")), ("inny.csv", "a;b\n1;2\n".into())]
    {
        let file = desk.file(name, content.as_bytes());
        let looked = desk.ksef(&["invoice", "import", &file], b"");
        assert_eq!(code(&looked), 1, "{name}: {}", told(&looked));
    }
    // JSON that is no text, and JSON of another shape.
    let windows: &[u8] = b"{\"notes\": \"\xb9\"}";
    let wide: Vec<u8> = "\u{feff}{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (content, expected) in [(windows, 2), (&wide[..], 2), (&b"[]"[..], 1), (&b"{\"lines\": 1}"[..], 1)] {
        let made = desk.ksef(&["invoice", "new", "--from", "-"], content);
        assert_eq!(code(&made), expected, "{}", told(&made));
    }
}

#[test]
fn every_field_stands_in_the_description() {
    let party = OtherPartyDraft {
        party: ksef_commands::draft::PartyDraft {
            contacts: vec![ContactDraft::default()],
            ..Default::default()
        },
        ..Default::default()
    };
    let mut whole = InvoiceDraft {
        lines: vec![LineDraft { before: Some(Box::default()), ..LineDraft::default() }],
        others: vec![party],
        ..InvoiceDraft::default()
    };
    whole.descriptions.push(DescriptionDraft::default());
    whole.correction = Some(CorrectionDraft {
        corrected: vec![CorrectedReference::default()],
        ..CorrectionDraft::default()
    });
    whole.advance =
        Some(AdvanceDraft { parts: vec![AdvancePartDraft::default()], ..AdvanceDraft::default() });
    whole
        .settles
        .push(AdvanceReference { amounts: vec![AdvanceAmount::default()], ..AdvanceReference::default() });
    whole.payment.parts.push(PartPaymentDraft::default());
    whole.payment.terms.push(TermDraft::default());
    whole.payment.accounts.push(AccountDraft::default());
    let mut names = std::collections::BTreeSet::new();
    collect(&serde_json::to_value(whole).unwrap(), &mut names);
    collect(&serde_json::to_value(SellerProfile::default()).unwrap(), &mut names);
    assert!(names.len() > 80, "{}", names.len());
    let missing: Vec<_> =
        names.iter().filter(|name| !DESCRIPTION.contains(&format!("| `{name}` |"))).collect();
    assert!(missing.is_empty(), "not in docs/invoice-json.md: {missing:?}");
}

fn collect(value: &Value, names: &mut std::collections::BTreeSet<String>) {
    match value {
        // `sale` is described in words.
        Value::Object(fields) => {
            fields.iter().filter(|(name, _)| *name != "kind").for_each(|(name, value)| {
                names.insert(name.clone());
                collect(value, names);
            })
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, names)),
        _ => {}
    }
}
