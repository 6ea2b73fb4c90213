//! Which form a document is, by its root element.

use crate::summary::Form;

/// FA(3) 1-0E.
pub(crate) const FA3: &str = "http://crd.gov.pl/wzor/2025/06/25/13775/";
/// FA(2) 1-0E.
pub(crate) const FA2: &str = "http://crd.gov.pl/wzor/2023/06/29/12648/";
/// FA(1) 1-0E.
const FA1: &str = "http://crd.gov.pl/wzor/2021/11/29/11089/";
/// FA_RR(1) 1-1E.
pub(crate) const FA_RR: &str = "http://crd.gov.pl/wzor/2026/03/06/14189/";

/// The form of a document with this root element.
pub(crate) fn of_root(local: &str, namespace: &str) -> Form {
    match (local, namespace) {
        ("Faktura", FA3) => Form::Fa3,
        ("Faktura", FA2) => Form::Fa2,
        ("Faktura", FA1) => Form::Fa1,
        ("Faktura", FA_RR) => Form::FaRr,
        ("Invoice", "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2")
        | ("CreditNote", "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2") => Form::Pef,
        ("Potwierdzenie", _) if namespace.starts_with("http://upo.schematy.mf.gov.pl/KSeF/") => Form::Upo,
        _ => Form::Other { root: shortened(local), namespace: shortened(namespace) },
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(200).collect()
}
