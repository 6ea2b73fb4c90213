use axum::http::StatusCode;
use chrono::{DateTime, Months, Utc};
use chrono_tz::Europe::Warsaw;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde_json::{Value, json};

use super::Answer;
use super::call::{Bearing, Call};
use super::refusal::{Refusal, exception, invalid};
use super::reply::{Reply, moment};
use crate::Quirk;
use crate::model::{Facts, Invoice};
use crate::process::parse_moment;
use crate::store::State;
use crate::world::World;

/// The most rows of one set of filters.
const TRUNCATED_AT: usize = 10_000;
const LONGEST_MONTHS: u32 = 3;

/// By which date a range is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DateType {
    Issue,
    Invoicing,
    PermanentStorage,
}

struct Range {
    kind: DateType,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    /// Only for permanent storage.
    mark: Option<DateTime<Utc>>,
}

/// `POST /invoices/query/metadata`
pub(super) fn query(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let role = call.text("/subjectType");
    if world.has(Quirk::OneRoleAnswers500) && role == "Subject2" {
        return Ok(Reply::empty(StatusCode::INTERNAL_SERVER_ERROR));
    }
    let mark = world.look(|state| high_water_mark(state, world.now()))?;
    let Some(range) = range(world, call, mark)? else {
        return Ok(Reply::empty(StatusCode::INTERNAL_SERVER_ERROR));
    };
    let mut rows = world.look(|state| found(state, call, bearing, role, &range))?;
    rows.sort_by_key(|row| date(row, range.kind));
    if call.parameter("sortOrder") == "Desc" {
        rows.reverse();
    }
    let truncated = rows.len() > TRUNCATED_AT;
    rows.truncate(TRUNCATED_AT);
    let size = call.number("pageSize").unwrap_or(10);
    let skipped = call.number("pageOffset").unwrap_or(0).saturating_mul(size);
    let has_more = rows.len() > skipped.saturating_add(size);
    let list: Vec<Value> = rows.iter().skip(skipped).take(size).filter_map(described).collect();
    Ok(Reply::ok(json!({
        "hasMore": has_more,
        "isTruncated": truncated && !has_more,
        "permanentStorageHwmDate": range.mark.map(moment),
        "invoices": list,
    })))
}

/// Below it nothing will be added: before the oldest document that waits for its storage.
fn high_water_mark(state: &State, now: DateTime<Utc>) -> DateTime<Utc> {
    let waiting = state.invoices.rows().filter(|row| row.accepted() && row.permanent_storage.is_none());
    waiting.filter_map(|row| row.acquisition).min().unwrap_or(now).min(now)
}

/// `None` where the range is too long and the service breaks instead of saying so.
fn range(world: &World, call: &Call, mark: DateTime<Utc>) -> Result<Option<Range>, Refusal> {
    let kind = match call.text("/dateRange/dateType") {
        "Issue" => DateType::Issue,
        "Invoicing" => DateType::Invoicing,
        _ => DateType::PermanentStorage,
    };
    let unreadable =
        |field: &str| invalid(vec![format!("Pole 'dateRange.{field}' ma nieprawidłowy format.")]);
    let from = parse_moment(call.text("/dateRange/from")).ok_or_else(|| unreadable("from"))?;
    let to = match call.optional_text("/dateRange/to") {
        None => world.now(),
        Some(text) => parse_moment(text).ok_or_else(|| unreadable("to"))?,
    };
    if to < from {
        return Err(invalid(vec!["Pole 'dateRange.to' jest wcześniejsze niż 'dateRange.from'.".to_owned()]));
    }
    if too_long(from, to) {
        if world.has(Quirk::LongRangeAnswers500) {
            return Ok(None);
        }
        return Err(invalid(vec![format!("Zakres dat nie może przekraczać {LONGEST_MONTHS} miesięcy.")]));
    }
    let restrict =
        call.json.pointer("/dateRange/restrictToPermanentStorageHwmDate") == Some(&Value::Bool(true));
    let mark = (kind == DateType::PermanentStorage).then(|| mark.min(to));
    let to = match mark {
        Some(mark) if restrict && from > mark => {
            let detail = "Parametr dateRange.from jest późniejszy niż PermanentStorageHwmDate przy włączonym restrictToPermanentStorageHwmDate.";
            return Err(exception(
                21183,
                "Zakres filtrowania wykracza poza dostępny zakres danych.",
                vec![detail.to_owned()],
            ));
        }
        Some(mark) if restrict => to.min(mark),
        _ => to,
    };
    Ok(Some(Range { kind, from, to, mark }))
}

/// Three months in UTC or in Polish time, whichever is longer.
fn too_long(from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
    let three = Months::new(LONGEST_MONTHS);
    let utc = from.checked_add_months(three).is_none_or(|latest| to > latest);
    let polish = from.with_timezone(&Warsaw).checked_add_months(three);
    utc && polish.is_none_or(|latest| to > latest.with_timezone(&Utc))
}

fn date(row: &Invoice, kind: DateType) -> Option<DateTime<Utc>> {
    match kind {
        DateType::Issue => {
            let midnight = row.facts.as_ref()?.issue_date.and_hms_opt(0, 0, 0)?;
            Some(midnight.and_local_timezone(Warsaw).earliest()?.with_timezone(&Utc))
        }
        DateType::Invoicing => Some(row.invoicing),
        DateType::PermanentStorage => row.permanent_storage,
    }
}

fn found(state: &State, call: &Call, bearing: &Bearing, role: &str, range: &Range) -> Vec<Invoice> {
    let inside =
        |row: &&Invoice| date(row, range.kind).is_some_and(|date| (range.from..=range.to).contains(&date));
    let stored = state.invoices.rows().filter(|row| row.accepted() && row.permanent_storage.is_some());
    let seen = stored.filter(|row| row.facts.as_ref().is_some_and(|facts| in_role(bearing, role, facts)));
    seen.filter(inside).filter(|row| fits(call, row)).cloned().collect()
}

fn in_role(bearing: &Bearing, role: &str, facts: &Facts) -> bool {
    let Some(nip) = bearing.context.nip() else { return false };
    match role {
        "Subject1" => facts.seller == nip,
        "Subject2" => facts.buyer.0 == "Nip" && facts.buyer.1.as_deref() == Some(nip.as_str()),
        // Third parties and authorised ones are not read out of documents here.
        _ => false,
    }
}

fn fits(call: &Call, row: &Invoice) -> bool {
    let Some(facts) = &row.facts else { return false };
    let text = |pointer: &str, found: &str| call.optional_text(pointer).is_none_or(|wanted| wanted == found);
    let listed = |field: &str, found: &str| {
        let list = call.json.get(field).and_then(Value::as_array).filter(|list| !list.is_empty());
        list.is_none_or(|list| list.iter().any(|wanted| wanted == found))
    };
    let flag = |field: &str, found: bool| {
        call.json.get(field).and_then(Value::as_bool).is_none_or(|wanted| wanted == found)
    };
    let number = row.ksef_number.as_ref().map(ToString::to_string).unwrap_or_default();
    text("/ksefNumber", &number)
        && text("/invoiceNumber", &facts.number)
        && text("/sellerNip", facts.seller.as_str())
        && text("/buyerIdentifier/type", &facts.buyer.0)
        && text("/buyerIdentifier/value", facts.buyer.1.as_deref().unwrap_or_default())
        && text("/invoicingMode", mode(row))
        && text("/formType", form_type(&facts.kind))
        && listed("currencyCodes", &facts.currency)
        && listed("invoiceTypes", &facts.kind)
        && flag("isSelfInvoicing", facts.self_invoicing)
        && flag("hasAttachment", facts.has_attachment)
        && amount_fits(call, facts)
}

fn amount_fits(call: &Call, facts: &Facts) -> bool {
    let amount = match call.text("/amount/type") {
        "Brutto" => facts.gross,
        "Netto" => facts.net,
        "Vat" => facts.vat,
        _ => return true,
    };
    let bound = |field: &str| {
        let number = call.json.pointer(&format!("/amount/{field}"))?.as_number()?.to_string();
        number.parse::<Decimal>().ok()
    };
    bound("from").is_none_or(|from| amount >= from) && bound("to").is_none_or(|to| amount <= to)
}

const fn mode(row: &Invoice) -> &'static str {
    match row.offline {
        Some(true) => "Offline",
        _ => "Online",
    }
}

fn form_type(kind: &str) -> &'static str {
    if kind.ends_with("VatRr") { "FA_RR" } else { "FA" }
}

/// `InvoiceMetadata`
fn described(row: &Invoice) -> Option<Value> {
    let facts = row.facts.as_ref()?;
    let number = |amount: Decimal| amount.to_f64();
    let form = if form_type(&facts.kind) == "FA_RR" {
        ("FA_RR (1)", "1-1E", "FA_RR")
    } else {
        ("FA (3)", "1-0E", "FA")
    };
    Some(json!({
        "ksefNumber": row.ksef_number,
        "invoiceNumber": facts.number,
        "issueDate": facts.issue_date,
        "invoicingDate": moment(row.invoicing),
        "acquisitionDate": moment(row.acquisition?),
        "permanentStorageDate": moment(row.permanent_storage?),
        "seller": { "nip": facts.seller, "name": facts.seller_name },
        "buyer": {
            "identifier": { "type": facts.buyer.0, "value": facts.buyer.1 },
            "name": facts.buyer_name,
        },
        "netAmount": number(facts.net),
        "grossAmount": number(facts.gross),
        "vatAmount": number(facts.vat),
        "currency": facts.currency,
        "invoicingMode": mode(row),
        "invoiceType": facts.kind,
        "formCode": { "systemCode": form.0, "schemaVersion": form.1, "value": form.2 },
        "isSelfInvoicing": facts.self_invoicing,
        "hasAttachment": facts.has_attachment,
        "invoiceHash": row.hash,
    }))
}
