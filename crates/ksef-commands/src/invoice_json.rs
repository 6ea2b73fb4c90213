//! An invoice as JSON, for scripts: a draft, with or without its seller. See `docs/invoice-json.md`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use ksef_invoice::draft::{
    DraftFinding, DraftKind, DraftTotals, InvoiceDraft, IssueContext, Issuer, SellerProfile, check_draft,
};
use ksef_types::{Nip, warsaw_date};
use rust_decimal::Decimal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::views::EnvironmentName;

/// What a JSON file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceJson {
    /// The company that issues; nothing where the program's own data are meant.
    pub seller: Option<JsonSeller>,
    /// The invoice.
    pub draft: InvoiceDraft,
}

/// The seller of a JSON file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonSeller {
    /// Its NIP.
    pub nip: Nip,
    /// Its data.
    pub profile: SellerProfile,
}

/// Why JSON is no invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonProblem {
    /// Not JSON at all: the file could not be read.
    NotJson(DraftFinding),
    /// JSON of another shape, field by field.
    Fields(Vec<DraftFinding>),
}

/// What an invoice in JSON becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ComposedJson {
    /// What it comes to.
    pub totals: DraftTotals,
    /// What is wrong or worth a look.
    pub findings: Vec<DraftFinding>,
    /// The document; nothing while there is an error.
    pub xml: Option<String>,
}

/// Reads an invoice. Numbers may be JSON numbers or texts, `null` is the same as nothing said, and a field that is not known is an
/// error: a mistyped one must not vanish from an invoice.
///
/// # Errors
/// Each with the field and a sentence.
pub fn read(bytes: &[u8]) -> Result<InvoiceJson, JsonProblem> {
    let mut invoice = object(bytes)?;
    let mut findings = Vec::new();
    let seller = invoice.remove("seller").and_then(|seller| read_seller(seller, &mut findings));
    let draft = fields::<InvoiceDraft>("", Value::Object(invoice), &mut findings);
    findings.extend(draft.iter().flat_map(of_other_kinds));
    match draft {
        Some(draft) if findings.is_empty() => Ok(InvoiceJson { seller, draft }),
        _ => Err(JsonProblem::Fields(findings)),
    }
}

/// Reads the data of a company, named as under `seller` of an invoice, over those that are kept: what is left out stays as it
/// is, a list takes the place of the kept one.
///
/// # Errors
/// As [`read`]; a NIP of another company too.
pub fn read_profile(bytes: &[u8], nip: Nip, kept: &SellerProfile) -> Result<SellerProfile, JsonProblem> {
    let mut given = object(bytes)?;
    let mut findings = Vec::new();
    if let Some(named) = given.remove("nip")
        && named.as_str().and_then(|text| text.parse::<Nip>().ok()) != Some(nip)
    {
        findings.push(finding(
            "nip",
            "JSON_OTHER_NIP",
            format!("Te dane są dla firmy {nip}, a w pliku jest inny NIP. Wybierz firmę opcją --company albo popraw pole."),
            format!("These data are for the company {nip}; the file names another NIP. Choose the company by --company or correct the field."),
        ));
    }
    let mut whole = serde_json::to_value(kept).unwrap_or_default();
    lay_over(&mut whole, Value::Object(given));
    match fields::<SellerProfile>("", whole, &mut findings) {
        Some(profile) if findings.is_empty() => Ok(profile),
        _ => Err(JsonProblem::Fields(findings)),
    }
}

fn lay_over(whole: &mut Value, given: Value) {
    match (whole, given) {
        (Value::Object(whole), Value::Object(given)) => {
            for (name, value) in given {
                lay_over(whole.entry(name).or_insert(Value::Null), value);
            }
        }
        (whole, given) => *whole = given,
    }
}

/// The fields of a file; numbers are texts, digit for digit.
fn object(bytes: &[u8]) -> Result<Map<String, Value>, JsonProblem> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        JsonProblem::NotJson(finding(
            "",
            "JSON_SYNTAX",
            format!("To nie jest poprawny JSON: wiersz {line}, znak {column}."),
            format!("This is no valid JSON: line {line}, column {column}."),
        ))
    })?;
    // The syntax and the depth were looked at; what numbers say, only the text knows to the last digit.
    match (value, serde_json::from_slice::<&RawValue>(bytes).ok().and_then(plain)) {
        (Value::Object(_), Some(Value::Object(fields))) => Ok(fields),
        _ => Err(JsonProblem::Fields(vec![not_an_object("")])),
    }
}

fn read_seller(seller: Value, findings: &mut Vec<DraftFinding>) -> Option<JsonSeller> {
    const FIELD: &str = "seller.nip";
    let Value::Object(mut seller) = seller else {
        findings.push(not_an_object("seller"));
        return None;
    };
    let typed = seller.remove("nip").as_ref().and_then(Value::as_str).map(str::to_owned).unwrap_or_default();
    let nip = typed.parse::<Nip>();
    if nip.is_err() {
        let (pl, en) =
            (format!("„{typed}” nie jest poprawnym NIP."), format!("“{typed}” is not a right NIP."));
        findings.push(finding(FIELD, "JSON_NIP", pl, en));
    }
    let profile = fields::<SellerProfile>("seller", Value::Object(seller), findings)?;
    Some(JsonSeller { nip: nip.ok()?, profile })
}

/// Parts that an invoice of this kind does not have: they would be passed over.
fn of_other_kinds(draft: &InvoiceDraft) -> Vec<DraftFinding> {
    let parts = [
        (
            "correction",
            draft.correction.is_some(),
            &[DraftKind::Kor, DraftKind::KorZal, DraftKind::KorRoz][..],
        ),
        ("advance", draft.advance.is_some(), &[DraftKind::Zal, DraftKind::KorZal, DraftKind::Roz]),
        // A final invoice is what its lines come to; the payments are part of that.
        (
            "advance.received",
            draft.kind == DraftKind::Roz
                && draft.advance.as_ref().is_some_and(|advance| !advance.received.is_empty()),
            &[DraftKind::Zal, DraftKind::KorZal],
        ),
        (
            "settles",
            !draft.settles.is_empty(),
            &[DraftKind::Roz, DraftKind::KorRoz, DraftKind::Zal, DraftKind::KorZal],
        ),
    ];
    let parts = parts.map(|(field, given, kinds)| (field.to_owned(), given, kinds));
    // Only a final invoice takes the amounts of advances off.
    let amounts = draft.settles.iter().enumerate().map(|(index, advance)| {
        (format!("settles.{index}.amounts"), !advance.amounts.is_empty(), &[DraftKind::Roz][..])
    });
    let amounts = amounts.filter(|_| draft.kind.names_advances());
    let misplaced =
        parts.into_iter().chain(amounts).filter(|(_, given, kinds)| *given && !kinds.contains(&draft.kind));
    let told = misplaced.map(|(field, _, kinds)| {
        let (kinds, kind) = (kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(", "), draft.kind.code());
        finding(
            &field,
            "JSON_OTHER_KIND",
            format!("To pole mają tylko faktury rodzaju {kinds}, a ta ma rodzaj {kind}. Zmień rodzaj (kind) albo usuń pole."),
            format!("Only invoices of the kind {kinds} have this field; this one is {kind}. Change its kind or remove the field."),
        )
    });
    told.collect()
}

/// Numbers as texts, digit for digit, without what is `null`.
fn plain(raw: &RawValue) -> Option<Value> {
    let text = raw.get();
    let value = match text.as_bytes().first()? {
        b'{' => {
            let fields: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
            let said = fields.into_iter().filter(|(_, value)| value.get() != "null");
            Value::Object(said.map(|(name, value)| Some((name, plain(value)?))).collect::<Option<_>>()?)
        }
        b'[' => {
            let values: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            Value::Array(values.into_iter().map(plain).collect::<Option<_>>()?)
        }
        b'-' | b'0'..=b'9' => Value::String(number(text)),
        _ => serde_json::from_str(text).ok()?,
    };
    Some(value)
}

/// As it is written; one with an exponent (`1.2e-7`, as many programs write small numbers) in plain digits.
fn number(text: &str) -> String {
    let scientific = text.contains(['e', 'E']).then(|| Decimal::from_scientific(text));
    scientific.and_then(Result::ok).map_or_else(|| text.to_owned(), |number| number.to_string())
}

/// Unknown fields that are told; each is found by reading anew.
const MOST_UNKNOWN: usize = 100;

/// Reads a part, and tells everything that it does not know.
fn fields<T: DeserializeOwned + Serialize>(
    place: &str,
    mut value: Value,
    findings: &mut Vec<DraftFinding>,
) -> Option<T> {
    let read: T = loop {
        let error = match serde_path_to_error::deserialize(value.clone()) {
            Ok(read) => break read,
            Err(error) => error,
        };
        let field = dotted(&error.path().to_string());
        let why = error.into_inner().to_string();
        // Taken out, so that the next one can be told too.
        match unknown_name(&why).and_then(|name| take_out(&mut value, &field, name)) {
            Some((field, name)) if findings.len() < MOST_UNKNOWN => {
                findings.push(unknown_field(&below(place, &field), &name));
            }
            Some(_) => return None,
            None => {
                findings.push(finding(
                    &below(place, &field),
                    "JSON_TYPE",
                    format!("Tu nie pasuje to, co wpisano ({why})."),
                    format!("What stands here does not fit ({why})."),
                ));
                return None;
            }
        }
    };
    // What was read and written again has all that is known: what is left over was passed by, as beside a word that has no fields.
    let known = serde_json::to_value(&read).unwrap_or_default();
    unknown(place, &value, &known, findings);
    Some(read)
}

/// The name that serde does not know, from its sentence.
fn unknown_name(why: &str) -> Option<&str> {
    why.strip_prefix("unknown field `")?.split('`').next()
}

/// Takes a field out; gives where it was. The path may end with its name or with what it stands in.
fn take_out(value: &mut Value, path: &str, name: &str) -> Option<(String, String)> {
    let holder = match path.rsplit_once('.') {
        Some((holder, last)) if last == name => holder,
        None if path == name => "",
        _ => path,
    };
    let inside =
        holder.split('.').filter(|part| !part.is_empty()).try_fold(value, |value, part| match value {
            Value::Object(fields) => fields.get_mut(part),
            Value::Array(values) => values.get_mut(part.parse::<usize>().ok()?),
            _ => None,
        })?;
    inside.as_object_mut()?.remove(name)?;
    Some((below(holder, name), name.to_owned()))
}

fn unknown_field(field: &str, name: &str) -> DraftFinding {
    let (pl, en) = (format!("Program nie zna pola „{name}”."), format!("The field “{name}” is not known."));
    finding(field, "JSON_UNKNOWN_FIELD", pl, en)
}

fn unknown(place: &str, given: &Value, known: &Value, findings: &mut Vec<DraftFinding>) {
    match (given, known) {
        (Value::Object(given), Value::Object(known)) => unknown_fields(place, given, known, findings),
        (Value::Array(given), Value::Array(known)) => {
            for (index, (given, known)) in given.iter().zip(known).enumerate() {
                unknown(&below(place, &index.to_string()), given, known, findings);
            }
        }
        _ => {}
    }
}

fn unknown_fields(
    place: &str,
    given: &Map<String, Value>,
    known: &Map<String, Value>,
    findings: &mut Vec<DraftFinding>,
) {
    for (name, value) in given {
        let field = below(place, name);
        match known.get(name) {
            Some(known) => unknown(&field, value, known, findings),
            None => findings.push(unknown_field(&field, name)),
        }
    }
}

fn below(place: &str, name: &str) -> String {
    match (place, name) {
        ("", name) | (name, "") => name.to_owned(),
        (place, name) => format!("{place}.{name}"),
    }
}

/// `lines[0].name` as `lines.0.name`; `.` is the whole.
fn dotted(path: &str) -> String {
    path.replace('[', ".").replace(']', "").trim_matches('.').to_owned()
}

fn not_an_object(field: &str) -> DraftFinding {
    finding(
        field,
        "JSON_TYPE",
        "Tu ma być obiekt JSON: {…}.".to_owned(),
        "A JSON object belongs here: {…}.".to_owned(),
    )
}

fn finding(field: &str, code: &str, pl: String, en: String) -> DraftFinding {
    DraftFinding { field: field.to_owned(), code: code.to_owned(), error: true, pl, en }
}

/// Makes the document. The invoice must bring its number; its date is today in Poland unless it says another.
#[must_use]
pub fn compose(
    draft: &InvoiceDraft,
    seller: &JsonSeller,
    environment: EnvironmentName,
    now: DateTime<Utc>,
) -> ComposedJson {
    let issuer = Issuer { nip: seller.nip, profile: &seller.profile };
    let today = warsaw_date(now);
    let number = draft.number.trim();
    let context = IssueContext { number, issue_date: today, created: now, system_info: SYSTEM_INFO };
    let checked = check_draft(draft, &issuer, &context, environment.into(), today);
    let mut findings = checked.findings;
    let bytes = if number.is_empty() {
        findings.retain(|finding| finding.field != "number");
        findings.insert(
            0,
            finding(
                "number",
                "JSON_NUMBER_MISSING",
                "Podaj numer faktury: serie numerów ma tylko firma w programie, przy wystawianiu (--issue).".to_owned(),
                "Give the invoice's number: only a company of the program has number series, when it issues (--issue).".to_owned(),
            ),
        );
        None
    } else {
        checked.bytes
    };
    let xml = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    ComposedJson { totals: checked.totals, findings, xml }
}

/// SystemInfo of documents that are made without a company of the program.
const SYSTEM_INFO: &str = concat!("Okienko ", env!("CARGO_PKG_VERSION"));

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> Vec<(String, String)> {
        match read(json.as_bytes()) {
            Ok(_) => Vec::new(),
            Err(JsonProblem::NotJson(finding)) => vec![(finding.field, finding.code)],
            Err(JsonProblem::Fields(findings)) => {
                findings.into_iter().map(|finding| (finding.field, finding.code)).collect()
            }
        }
    }

    fn one(field: &str, code: &str) -> Vec<(String, String)> {
        vec![(field.to_owned(), code.to_owned())]
    }

    #[test]
    fn numbers_and_nothing_are_taken_as_people_mean_them() {
        let json = r#"{"number": null, "lines": [{"name": "Śruba", "quantity": 2, "unitPrice": 19.90, "rate": 23, "goods": null}]}"#;
        let line = read(json.as_bytes()).unwrap().draft.lines.remove(0);
        assert_eq!([line.quantity, line.unit_price, line.rate], ["2", "19.90", "23"]);
    }

    #[test]
    fn numbers_keep_every_digit() {
        let json = r#"{"lines": [{"quantity": 0.00000012, "unitPrice": 90071992547409.93}, {"quantity": 1.2e-7, "unitPrice": -1E2}]}"#;
        let lines = read(json.as_bytes()).unwrap().draft.lines;
        assert_eq!([&*lines[0].quantity, &*lines[0].unit_price], ["0.00000012", "90071992547409.93"]);
        assert_eq!([&*lines[1].quantity, &*lines[1].unit_price], ["0.00000012", "-100"]);
    }

    #[test]
    fn what_belongs_to_another_kind_is_told() {
        assert_eq!(found(r#"{"kind": "VAT", "settles": [{}]}"#), one("settles", "JSON_OTHER_KIND"));
        assert_eq!(found(r#"{"advance": {}}"#), one("advance", "JSON_OTHER_KIND"));
        assert_eq!(found(r#"{"kind": "ZAL", "correction": {}}"#), one("correction", "JSON_OTHER_KIND"));
        assert_eq!(found(r#"{"kind": "KOR_ROZ", "correction": {}, "settles": [{}]}"#), []);
        assert_eq!(found(r#"{"kind": "ROZ", "advance": {"parts": [{"amount": 100}]}}"#), []);
        assert_eq!(
            found(r#"{"kind": "ROZ", "advance": {"received": 100}}"#),
            one("advance.received", "JSON_OTHER_KIND")
        );
        assert_eq!(found(r#"{"kind": "ZAL", "advance": {}, "settles": [{"number": "ZAL/1"}]}"#), []);
        assert_eq!(
            found(r#"{"kind": "ZAL", "settles": [{}, {"amounts": [{"rate": "23", "net": 100}]}]}"#),
            one("settles.1.amounts", "JSON_OTHER_KIND")
        );
    }

    #[test]
    fn a_deep_document_is_refused() {
        let json = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(found(&json), one("", "JSON_SYNTAX"));
    }

    #[test]
    fn a_mistyped_field_is_told_wherever_it_stands() {
        assert_eq!(
            found(r#"{"lines": [{}, {"unitPrise": 5}]}"#),
            one("lines.1.unitPrise", "JSON_UNKNOWN_FIELD")
        );
        assert_eq!(
            found(r#"{"sale": {"kind": "day", "date": "", "from": ""}}"#),
            one("sale.from", "JSON_UNKNOWN_FIELD")
        );
        assert_eq!(
            found(r#"{"seller": {"nip": "5265877635", "nmae": "x"}}"#),
            one("seller.nmae", "JSON_UNKNOWN_FIELD")
        );
        let several = found(r#"{"nubmer": "1", "lines": [{"a": 1}, {"b": 2}]}"#);
        assert_eq!(several.len(), 3, "{several:?}");
        assert_eq!(
            found(r#"{"sale": {"kind": "unsaid", "date": "2026-11-21"}}"#),
            one("sale.date", "JSON_UNKNOWN_FIELD")
        );
        assert_eq!(found(r#"{"extras": {"Fa/WarunkiTransakcji": {"Dowolne": [{"a": "b"}]}}}"#), []);
    }

    #[test]
    fn what_is_no_invoice_is_told() {
        assert_eq!(found("{"), one("", "JSON_SYNTAX"));
        assert_eq!(found("[]"), one("", "JSON_TYPE"));
        assert_eq!(found(r#"{"kind": "FV"}"#), one("kind", "JSON_TYPE"));
        assert_eq!(found(r#"{"lines": [{"annex15": "tak"}]}"#), one("lines.0.annex15", "JSON_TYPE"));
        assert_eq!(found(r#"{"seller": {"nip": "123"}}"#), one("seller.nip", "JSON_NIP"));
        assert_eq!(found(r#"{"seller": "5265877635"}"#), one("seller", "JSON_TYPE"));
    }
}
