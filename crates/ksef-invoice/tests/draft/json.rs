//! Drafts as JSON, as the terminal takes them.

use ksef_invoice::draft::{InvoiceDraft, SaleMoment};

use crate::world::{document, sound};

#[test]
fn little_is_enough() {
    let draft: InvoiceDraft = serde_json::from_str(
        r#"{
            "sale": {"kind": "day", "date": "2026-11-20"},
            "buyer": {"party": {"id": "1111111111", "name": "Jan Kowalski", "address": {"line1": "ul. Polna 1"}}},
            "lines": [{"name": "okno", "quantity": "2", "unit": "szt.", "unitPrice": "100", "rate": "23"}]
        }"#,
    )
    .unwrap();
    assert_eq!(draft.sale, SaleMoment::Day { date: "2026-11-20".to_owned() });
    let invoice = document(&draft);
    assert_eq!(invoice.fa.p_15.to_string(), "246.00");
    sound(&invoice);
}

#[test]
fn a_misspelt_key_is_refused() {
    for json in [
        r#"{"linse": []}"#,
        r#"{"lines": [{"nmae": "okno"}]}"#,
        r#"{"buyer": {"nip": "1111111111"}}"#,
        r#"{"sale": {"kind": "day", "dtae": "2026-11-20"}}"#,
        r#"{"payment": {"account": []}}"#,
    ] {
        assert!(serde_json::from_str::<InvoiceDraft>(json).is_err(), "{json}");
    }
}

#[test]
fn a_draft_comes_back() {
    let draft = crate::world::invoice(vec![crate::world::line("okno", "1", "100", "23")]);
    let json = serde_json::to_string(&draft).unwrap();
    assert_eq!(serde_json::from_str::<InvoiceDraft>(&json).unwrap(), draft);
}
