//! The model of FA(3) keeps everything that a document says: read, written and read again it is the same, for the
//! ministry's samples and for documents walked at random through the schema; in JSON as well.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop where they cannot go on"
)]

mod canon;
#[path = "../agreement/chance.rs"]
mod chance;
#[path = "../../../../xtask/src/fa3_table/mod.rs"]
#[expect(dead_code, reason = "xtask uses the rest")]
mod fa3_table;
mod numbers;
#[path = "../agreement/oracle.rs"]
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

use ksef_invoice::{fa3, validate_structure};
use oracle::Case;

/// Reads and writes; the written document must say the same, and writing it again must give the same bytes.
fn round(name: &str, document: &str, table: &fa3_table::content::Table) -> Vec<u8> {
    let faktura =
        fa3::read(document.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}\n{document}"));
    let written = fa3::write(&faktura);
    let text = std::str::from_utf8(&written).unwrap();
    let (before, after) = (canon::canonical(document, table), canon::canonical(text, table));
    assert_eq!(before, after, "{name} says something else after writing\n{document}\n{text}");
    let again = fa3::read(&written).unwrap();
    assert_eq!(again, faktura, "{name} is another invoice after writing");
    assert_eq!(fa3::write(&again), written, "{name} is written differently the second time");
    let json = serde_json::to_value(&faktura).unwrap();
    let from_json: fa3::Faktura =
        serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(from_json, faktura, "{name} is another invoice after JSON");
    assert!(only_texts(&json), "{name} has a leaf in JSON that is no text");
    written
}

fn only_texts(json: &serde_json::Value) -> bool {
    match json {
        serde_json::Value::String(_) => true,
        serde_json::Value::Array(items) => !items.is_empty() && items.iter().all(only_texts),
        serde_json::Value::Object(entries) => entries.values().all(only_texts),
        _ => false,
    }
}

#[test]
fn samples_come_back() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no samples beside the repository");
    };
    let table = fa3_table::table().unwrap();
    let samples = oracle::samples(&shared);
    assert!(samples.len() >= 20, "{} samples", samples.len());
    let written: Vec<Case> =
        samples.iter().map(|(name, text)| Case::new(name.clone(), round(name, text, &table))).collect();
    assert_eq!(oracle::compare(&shared, &written).accepted, written.len(), "what is written is valid");
}

#[test]
fn walks_through_the_schema_come_back() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no schemas beside the repository");
    };
    let table = fa3_table::table().unwrap();
    let walks = walks::some(2026, 3000, &[0]).into_iter().chain(walks::some(7, 2000, &[1, 2]));
    let mut written = Vec::new();
    let mut met = std::collections::BTreeSet::new();
    for walk in walks {
        let accepted = validate_structure(&walk.bytes).is_empty();
        let document = std::str::from_utf8(&walk.bytes).unwrap();
        if accepted {
            names(&canon::canonical(document, &table), &mut met);
            written.push(Case::new(walk.name.clone(), round(&walk.name, document, &table)));
        } else {
            // Read or refused, never a panic; and what is read is written as it was understood.
            if let Ok(faktura) = fa3::read(&walk.bytes) {
                assert_eq!(fa3::read(&fa3::write(&faktura)).unwrap(), faktura, "{}", walk.name);
            }
        }
    }
    println!("{} accepted walks, {} different elements", written.len(), met.len());
    assert!(written.len() > 1000);
    assert!(met.len() > 250, "the walks met {} elements only", met.len());
    assert_eq!(oracle::compare(&shared, &written).accepted, written.len(), "what is written is valid");
}

fn names(element: &canon::Element, out: &mut std::collections::BTreeSet<String>) {
    out.insert(element.name.clone());
    for child in &element.children {
        names(child, out);
    }
}

/// What the reader need not like: whatever XML lets people write.
#[test]
fn other_clothes() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no samples beside the repository");
    };
    let table = fa3_table::table().unwrap();
    let (_, plain) = oracle::samples(&shared).swap_remove(0);
    let expected = fa3::write(&fa3::read(plain.as_bytes()).unwrap());
    let prefixed = plain
        .replace("</", "</f:")
        .replace('<', "<f:")
        .replace("<f:/f:", "</f:")
        .replace("<f:?", "<?")
        .replace("<f:!", "<!")
        .replace("xmlns=", "xmlns:f=");
    let dressed = [
        ("prefix", prefixed),
        ("BOM", format!("\u{feff}{plain}")),
        ("CR LF", plain.replace('\n', "\r\n")),
        ("comments", plain.replace("</P_2>", "<!-- a -->\n</P_2><!-- b -->").replace("<Fa>", "<!--c--><Fa><!--d-->")),
        ("CDATA", plain.replace("<P_2>", "<P_2><![CDATA[").replace("</P_2>", "]]></P_2>")),
        ("references", plain.replace("<P_2>", "<P_2>&#x20;&#9;").replace("</P_2>", "&#10;</P_2>")),
        ("numbers", plain.replace("<JST>2", "<JST> +02\n").replace("<NrWierszaFa>", "<NrWierszaFa>+0")),
        (
            "xsi:type",
            plain
                .replace("<Faktura ", "<Faktura xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:schemaLocation=\"a b\" xmlns:o=\"http://crd.gov.pl/wzor/2025/06/25/13775/\" ")
                .replace("<P_15>", "<P_15 i:type=\"o:TKwotowy\">"),
        ),
        ("trailing", format!("{plain}\n<!-- end -->\n")),
    ];
    for (name, document) in dressed {
        assert_ne!(document, plain, "{name} changes nothing");
        let findings = validate_structure(document.as_bytes());
        assert!(findings.is_empty(), "{name}: {:?}", findings.first());
        round(name, &document, &table);
        let read = fa3::read(document.as_bytes()).unwrap();
        assert_eq!(fa3::write(&read), expected, "{name}");
    }
}

#[test]
fn faults_have_a_place() {
    use fa3::ReadFault;
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no samples beside the repository");
    };
    let (_, plain) = oracle::samples(&shared).swap_remove(0);
    let fault = |document: &str| fa3::read(document.as_bytes()).unwrap_err();
    let error = fault(&plain.replace("<P_15>", "<P_15>x"));
    assert!(matches!(&error.fault, ReadFault::Value(value) if value.starts_with('x')), "{error}");
    assert_eq!(error.path, "/Faktura/Fa/P_15");
    let line = plain.lines().position(|line| line.contains("<P_15>")).unwrap();
    assert_eq!(error.line as usize, line + 1);
    assert!(error.column > 1);
    let error = fault(&plain.replace("<RodzajFaktury>VAT", "<RodzajFaktury>FAKTURA"));
    assert_eq!(error.fault, ReadFault::Value("FAKTURA".to_owned()));
    let error = fault(&plain.replacen("<Adnotacje>", "<Uwaga/><Adnotacje>", 1));
    assert_eq!((error.fault, error.path.as_str()), (ReadFault::Missing(vec!["Adnotacje"]), "/Faktura/Fa"));
    let error = fault(&plain.replacen("</FaWiersz>", "<Uwaga/></FaWiersz>", 1));
    assert_eq!(error.fault, ReadFault::Unexpected("Uwaga".to_owned()));
    assert_eq!(error.path, "/Faktura/Fa/FaWiersz[1]");
    let error = fault(&plain.replacen("<Podmiot2>", "<Podmiot2>tekst", 1));
    assert_eq!((error.fault, error.path.as_str()), (ReadFault::TextBetween, "/Faktura/Podmiot2"));
    let error = fault(&plain.replacen("wersjaSchemy=\"1-0E\"", "wersjaSchemy=\"1-1E\"", 1));
    assert_eq!(error.fault, ReadFault::Attribute("wersjaSchemy".to_owned()));
    let error = fault(&plain.replacen("<P_15>", "<P_15 a=\"\">", 1));
    assert_eq!(error.fault, ReadFault::Attribute("a".to_owned()));
    assert_eq!(fault(&plain.replacen("</Faktura>", "", 1)).fault, ReadFault::NotXml);
    assert_eq!(fault(&plain.replacen("<Faktura", "<!DOCTYPE Faktura><Faktura", 1)).fault, ReadFault::Dtd);
    assert_eq!(fault("<html/>").path, "");
    assert!(matches!(fault("<html/>").fault, ReadFault::OtherForm(_)));
    assert_eq!(fa3::read(b"\xFF").unwrap_err().fault, ReadFault::NotUtf8);
}
