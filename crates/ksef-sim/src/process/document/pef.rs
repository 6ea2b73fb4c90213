//! PEF documents (UBL 2.1): as much of them as permissions, duplicates and metadata need.
//!
//! Their structure is not validated: the schema is the ministry's extension of UBL, which nothing in this project writes.

use std::collections::HashMap;

use chrono::NaiveDate;
use ksef_types::Nip;
use quick_xml::Reader;
use quick_xml::events::Event;
use rust_decimal::Decimal;

use super::text::resolved;
use crate::model::{Facts, FormCode};

/// Root elements of both forms.
const ROOTS: [(&str, &str); 2] = [("PEF (3)", "Invoice"), ("PEF_KOR (3)", "CreditNote")];

/// What a document of the form says; the problem as a sentence for the details of 450.
pub(super) fn read(bytes: &[u8], form: &FormCode) -> Result<Facts, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "Nie można odczytać faktury.".to_owned())?;
    let (root, values) = values(text);
    if !ROOTS.contains(&(form.system_code.as_str(), root.as_str())) {
        return Err(format!(
            "Kod formularza faktury jest niezgodny z zadeklarowanym w sesji ({}).",
            form.system_code
        ));
    }
    let required = |path: &str| {
        let found = values.get(path).filter(|value| !value.is_empty());
        found.ok_or_else(|| format!("Brak wymaganego elementu {path}."))
    };
    let amount = |path: &str| required(path)?.parse::<Decimal>().map_err(|_| wrong(path));
    let seller = required("AccountingSupplierParty/Party/PartyTaxScheme/CompanyID")?;
    let buyer = values.get("AccountingCustomerParty/Party/PartyTaxScheme/CompanyID");
    let issue_date: NaiveDate = required("IssueDate")?.parse().map_err(|_| wrong("IssueDate"))?;
    let net = amount("LegalMonetaryTotal/TaxExclusiveAmount")?;
    let gross = amount("LegalMonetaryTotal/TaxInclusiveAmount")?;
    let vat = gross.checked_sub(net).ok_or_else(|| wrong("LegalMonetaryTotal/TaxInclusiveAmount"))?;
    let name = |party: &str| values.get(&format!("{party}/Party/PartyLegalEntity/RegistrationName")).cloned();
    Ok(Facts {
        seller: nip(seller).ok_or_else(|| "Nieprawidłowy NIP sprzedawcy.".to_owned())?,
        seller_name: name("AccountingSupplierParty"),
        buyer: match buyer {
            None => ("None".to_owned(), None),
            Some(number) => match nip(number) {
                Some(nip) => ("Nip".to_owned(), Some(nip.to_string())),
                None => ("Other".to_owned(), Some(number.clone())),
            },
        },
        buyer_name: name("AccountingCustomerParty"),
        number: required("ID")?.clone(),
        kind: if root == "CreditNote" { "KorPef" } else { "VatPef" }.to_owned(),
        issue_date,
        currency: required("DocumentCurrencyCode")?.clone(),
        net,
        vat,
        gross,
        self_invoicing: false,
        has_attachment: false,
        form: None,
        third: Vec::new(),
        authorised: None,
    })
}

fn wrong(path: &str) -> String {
    format!("Nieprawidłowa wartość elementu {path}.")
}

/// Identifiers for VAT stand with the country.
fn nip(number: &str) -> Option<Nip> {
    number.strip_prefix("PL").unwrap_or(number).parse().ok()
}

/// The root's local name, and the first text at each path below it, by local names.
fn values(text: &str) -> (String, HashMap<String, String>) {
    let mut reader = Reader::from_str(text);
    let (mut path, mut root, mut content) = (Vec::<String>::new(), String::new(), String::new());
    let mut values = HashMap::new();
    loop {
        match reader.read_event() {
            // That it is well-formed was judged before.
            Err(_) | Ok(Event::Eof) => return (root, values),
            Ok(Event::Start(element)) => {
                let name = element.local_name().as_ref().to_owned();
                if path.is_empty() {
                    root.clone_from(&name);
                }
                path.push(name);
                content.clear();
            }
            Ok(Event::Text(piece)) => content.push_str(&piece.xml10_content()),
            Ok(Event::CData(piece)) => content.push_str(&piece.xml10_content()),
            Ok(Event::GeneralRef(reference)) => content.push_str(&resolved(&reference)),
            Ok(Event::End(_)) => {
                let said = content.trim();
                if path.len() > 1 && !said.is_empty() {
                    values.entry(path[1..].join("/")).or_insert_with(|| said.to_owned());
                }
                content.clear();
                path.pop();
            }
            Ok(_) => {}
        }
    }
}
