//! What is rarely needed, typed into generic forms.

use std::collections::BTreeMap;

use ksef_invoice::draft::{FieldTree, InvoiceDraft};

use crate::world::{checked, composed, document, invoice, line, sound, xmllint_accepts};

fn tree(json: serde_json::Value) -> FieldTree {
    serde_json::from_value(json).unwrap()
}

fn with(path: &str, json: serde_json::Value) -> InvoiceDraft {
    let mut draft = invoice(vec![line("okno", "1", "100", "23")]);
    draft.extras = BTreeMap::from([(path.to_owned(), tree(json))]);
    draft
}

fn terms() -> serde_json::Value {
    serde_json::json!({
        "Zamowienia": [{"DataZamowienia": "2026-01-26", "NrZamowienia": "4354343"}, {"NrZamowienia": " "}],
        "NrPartiiTowaru": ["1", "2"],
        "WarunkiDostawy": "CIP",
        "Transport": [{"RodzajTransportu": "3", "OpisLadunku": "13", "JednostkaOpakowania": ""}]
    })
}

#[test]
fn parts_of_every_sort_are_written() {
    let mut draft = with("Fa/WarunkiTransakcji", terms());
    draft.extras.insert(
        "Fa/Rozliczenie".to_owned(),
        tree(serde_json::json!({"Odliczenia": [{"Kwota": "23.00", "Powod": "nadpłata"}]})),
    );
    draft.extras.insert(
        "Zalacznik".to_owned(),
        tree(serde_json::json!({"BlokDanych": [{
            "MetaDane": [{"ZKlucz": "a", "ZWartosc": "b"}],
            "Tabela": [{"TNaglowek": {"Kol": [{"Typ": "txt", "NKom": "Nazwa"}]}, "Wiersz": [{"WKom": ["x"]}]}]
        }]})),
    );
    draft.extras.insert(
        "PodmiotUpowazniony".to_owned(),
        tree(serde_json::json!({
            "DaneIdentyfikacyjne": {"NIP": "1111111111", "Nazwa": "Komornik"},
            "Adres": {"KodKraju": "PL", "AdresL1": "ul. Sądowa 1"}, "RolaPU": "2"
        })),
    );
    let composition = composed(&draft);
    assert_eq!(composition.totals.to_pay.as_deref(), Some("100.00"), "{:#?}", composition.findings);
    let invoice = document(&draft);
    assert_eq!(
        invoice.fa.warunki_transakcji.as_ref().unwrap().zamowienia.len(),
        1,
        "what is empty is left out"
    );
    assert_eq!(invoice.fa.rozliczenie.as_ref().unwrap().suma_odliczen.unwrap().to_string(), "23.00");
    let again = InvoiceDraft::of_document(&invoice);
    assert_eq!(document(&again), invoice);
    assert_eq!(again.extras["Fa/Rozliczenie"], draft.extras["Fa/Rozliczenie"], "computed sums stay out");
    xmllint_accepts(&[sound(&invoice)]);
}

#[test]
fn every_fault_is_told_beside_its_field() {
    let fields = |draft: &InvoiceDraft| -> Vec<String> {
        checked(draft)
            .findings
            .into_iter()
            .filter(|finding| finding.error)
            .map(|finding| finding.field)
            .collect()
    };
    let mut bad = terms();
    bad["Zamowienia"][0]["DataZamowienia"] = "jutro".into();
    assert_eq!(
        fields(&with("Fa/WarunkiTransakcji", bad)),
        ["extras.Fa/WarunkiTransakcji.Zamowienia.0.DataZamowienia"]
    );
    let unknown = serde_json::json!({"Cena": "1"});
    assert_eq!(fields(&with("Fa/WarunkiTransakcji", unknown)), ["extras.Fa/WarunkiTransakcji.Cena"]);
    let incomplete = serde_json::json!({"Odliczenia": [{"Kwota": "1"}]});
    assert_eq!(fields(&with("Fa/Rozliczenie", incomplete)), ["extras.Fa/Rozliczenie"]);
    assert_eq!(fields(&with("Fa/Nieznane", serde_json::json!("x"))).len(), 1);
    assert_eq!(fields(&with("Fa/Nieznane", serde_json::json!({"a": [" "]}))), Vec::<String>::new());
}

#[test]
fn elements_of_extras_know_their_fields() {
    let composition = composed(&with("Fa/WarunkiTransakcji", terms()));
    assert_eq!(
        composition.field_of("/Faktura/Fa/WarunkiTransakcji/Transport[2]/RodzajTransportu").as_deref(),
        Some("extras.Fa/WarunkiTransakcji.Transport.1.RodzajTransportu")
    );
}
