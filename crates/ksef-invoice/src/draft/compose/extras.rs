//! What is rarely needed: parts of FA(3) typed into generic forms.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::FindingCode;
use crate::describe::check_value;
use crate::draft::notes::{Notes, code_text};
use crate::draft::{FieldTree, InvoiceDraft, parse};
use crate::fa3::{Faktura, Korekta, KwotaZPowodem, Rozliczenie, Stopka, WynikRozliczenia, Znakowy};
use crate::totals::to_grosz;
use rust_decimal::Decimal;

use crate::draft::fields::money;

/// The path below Faktura, without a slash in front.
pub(super) fn normal(path: &str) -> &str {
    let path = path.trim().trim_start_matches('/');
    path.strip_prefix("Faktura/").unwrap_or(path)
}

impl InvoiceDraft {
    /// Something was typed into the attachment (Zalacznik).
    #[must_use]
    pub fn has_attachment(&self) -> bool {
        self.extras.iter().any(|(path, tree)| normal(path) == "Zalacznik" && pruned(tree).is_some())
    }
}

/// Puts what was typed into the document.
pub(super) fn apply(extras: &BTreeMap<String, FieldTree>, invoice: &mut Faktura, notes: &mut Notes) {
    for (typed_path, tree) in extras {
        let Some(tree) = pruned(tree) else { continue };
        let path = normal(typed_path);
        let field = format!("extras.{typed_path}");
        if !leaves_fit(&tree, path, &field, notes) {
            continue;
        }
        let value = json(&tree);
        let put = match path {
            "Fa/WarunkiTransakcji" => one(value).map(|part| invoice.fa.warunki_transakcji = Some(part)),
            "Fa/Rozliczenie" => one(value).map(|part| invoice.fa.rozliczenie = Some(part)),
            "Fa/Adnotacje/NoweSrodkiTransportu" => {
                one(value).map(|part| invoice.fa.adnotacje.nowe_srodki_transportu = part)
            }
            "Zalacznik" => one(value).map(|part| invoice.zalacznik = Some(part)),
            "PodmiotUpowazniony" => one(value).map(|part| invoice.podmiot_upowazniony = Some(part)),
            "Fa/Podmiot1K" => {
                in_correction(invoice, value, |correction, part| correction.podmiot1k = Some(part))
            }
            "Fa/Podmiot2K" => many(value).map(|list| {
                if let Some(correction) = &mut invoice.fa.korekta {
                    correction.podmiot2k.extend(list);
                }
            }),
            "Podmiot2/IDNabywcy" => one::<Text>(value).map(|Text(text)| {
                invoice.podmiot2.id_nabywcy = Some(Znakowy::from(text));
            }),
            "Stopka/Rejestry" => many(value).map(|list| {
                invoice.stopka.get_or_insert_with(Stopka::default).rejestry.extend(list);
            }),
            "Stopka/Informacje" => many(value).map(|list| {
                invoice.stopka.get_or_insert_with(Stopka::default).informacje.extend(list);
            }),
            _ => {
                notes.push(
                    field,
                    code_text(FindingCode::UnknownElement),
                    true,
                    format!("Części „{path}” nie można wpisać w ten sposób: ma własne pola albo nie ma jej w FA(3)."),
                    format!("The part “{path}” cannot be given like this: it has fields of its own, or FA(3) does not have it."),
                );
                continue;
            }
        };
        if let Err(error) = put {
            notes.push(
                field,
                code_text(FindingCode::Missing),
                true,
                format!("W tej części czegoś brakuje albo coś do siebie nie pasuje: {error}."),
                format!("Something is missing in this part or does not go together: {error}."),
            );
        }
    }
}

#[derive(serde::Deserialize)]
struct Text(String);

fn one<T: DeserializeOwned>(value: Value) -> Result<T, serde_json::Error> {
    match value {
        Value::Array(mut list) if list.len() == 1 => serde_json::from_value(list.remove(0)),
        value => serde_json::from_value(value),
    }
}

fn many<T: DeserializeOwned>(value: Value) -> Result<Vec<T>, serde_json::Error> {
    match value {
        Value::Array(list) => list.into_iter().map(serde_json::from_value).collect(),
        value => Ok(vec![serde_json::from_value(value)?]),
    }
}

fn in_correction<T: DeserializeOwned>(
    invoice: &mut Faktura,
    value: Value,
    put: impl FnOnce(&mut Korekta, T),
) -> Result<(), serde_json::Error> {
    let part = one(value)?;
    if let Some(correction) = &mut invoice.fa.korekta {
        put(correction, part);
    }
    Ok(())
}

/// Without what is empty; nothing where all is.
fn pruned(tree: &FieldTree) -> Option<FieldTree> {
    match tree {
        FieldTree::Text(text) => {
            let text = parse::trimmed(text);
            (!text.is_empty()).then(|| FieldTree::Text(text.to_owned()))
        }
        FieldTree::List(items) => {
            let items: Vec<_> = items.iter().filter_map(pruned).collect();
            (!items.is_empty()).then_some(FieldTree::List(items))
        }
        FieldTree::Group(members) => {
            let members: BTreeMap<_, _> =
                members.iter().filter_map(|(name, tree)| Some((name.clone(), pruned(tree)?))).collect();
            (!members.is_empty()).then_some(FieldTree::Group(members))
        }
    }
}

fn leaves_fit(tree: &FieldTree, path: &str, field: &str, notes: &mut Notes) -> bool {
    match tree {
        FieldTree::Text(text) => leaf_fits(text, path, field, notes),
        FieldTree::List(items) => items.iter().enumerate().fold(true, |fits, (index, item)| {
            leaves_fit(item, path, &format!("{field}.{index}"), notes) && fits
        }),
        FieldTree::Group(members) => members.iter().fold(true, |fits, (name, member)| {
            leaves_fit(member, &format!("{path}/{name}"), &format!("{field}.{name}"), notes) && fits
        }),
    }
}

fn leaf_fits(text: &str, path: &str, field: &str, notes: &mut Notes) -> bool {
    let problem = check_value(path, text).and_then(|problem| {
        // Attributes stand among the elements in forms.
        let attribute = path.rsplit_once('/').map(|(parent, name)| format!("{parent}/@{name}"));
        match (problem.code, attribute) {
            (FindingCode::UnknownElement, Some(path)) => check_value(&path, text)
                .map(|other| if other.code == FindingCode::UnknownElement { problem } else { other }),
            _ => Some(problem),
        }
    });
    match problem {
        None => true,
        Some(problem) => {
            notes.push(
                field.to_owned(),
                code_text(problem.code),
                true,
                problem.message_pl,
                problem.message_en,
            );
            false
        }
    }
}

fn json(tree: &FieldTree) -> Value {
    match tree {
        FieldTree::Text(text) => Value::String(text.clone()),
        FieldTree::List(items) => Value::Array(items.iter().map(json).collect()),
        FieldTree::Group(members) => {
            Value::Object(members.iter().map(|(name, member)| (name.clone(), json(member))).collect())
        }
    }
}

/// Fills in what a settlement comes to, where it is not said: sums of charges and deductions, and what is to pay.
pub(in crate::draft) fn settle(settlement: &mut Rozliczenie, gross: Decimal) {
    let charges = sum(&settlement.obciazenia);
    let deductions = sum(&settlement.odliczenia);
    let (Some(charges), Some(deductions)) = (charges, deductions) else { return };
    if settlement.suma_obciazen.is_none() && !settlement.obciazenia.is_empty() {
        settlement.suma_obciazen = Some(money(charges));
    }
    if settlement.suma_odliczen.is_none() && !settlement.odliczenia.is_empty() {
        settlement.suma_odliczen = Some(money(deductions));
    }
    let left = gross.checked_add(charges).and_then(|sum| sum.checked_sub(deductions));
    if let (None, Some(left)) = (settlement.wynik, left) {
        settlement.wynik = Some(if left.is_sign_negative() && !left.is_zero() {
            WynikRozliczenia::DoRozliczenia(money(-left))
        } else {
            WynikRozliczenia::DoZaplaty(money(left))
        });
    }
}

fn sum(amounts: &[KwotaZPowodem]) -> Option<Decimal> {
    amounts
        .iter()
        .try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount.kwota.decimal()))
        .map(to_grosz)
}
