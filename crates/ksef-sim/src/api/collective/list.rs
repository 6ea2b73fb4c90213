use chrono::Duration;
use ksef_types::{ContextIdentifier, ContextKind, KsefNumber};
use serde_json::{Value, json};

use crate::api::call::Call;
use crate::api::refusal::{Refusal, invalid};
use crate::api::reply::{Reply, moment};
use crate::api::{Answer, continuation};
use crate::model::{CollectedInvoice, CollectiveIdentifier};
use crate::process::parse_moment;
use crate::selection;
use crate::store::State;
use crate::world::World;

/// The longest range of `POST /collective-identifiers/query`.
const LONGEST_DAYS: i64 = 100;

/// `POST /collective-identifiers/query`
pub(in crate::api) fn query(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let unreadable = |field: &str| invalid(vec![format!("Pole '{field}' ma nieprawidłowy format.")]);
    let date = |field: &str| parse_moment(call.text(&format!("/{field}"))).ok_or_else(|| unreadable(field));
    let (from, to) = (date("dateCreatedFrom")?, date("dateCreatedTo")?);
    if to < from || to - from > Duration::days(LONGEST_DAYS) {
        return Err(invalid(vec![format!("Zakres dat utworzenia musi mieć od 0 do {LONGEST_DAYS} dni.")]));
    }
    let number = |field: &str| call.json.get(field).and_then(Value::as_i64);
    let (least, most) = (number("invoiceCountFrom"), number("invoiceCountTo"));
    let wanted = |row: &&CollectiveIdentifier| {
        let count = i64::try_from(row.invoices.len()).unwrap_or(i64::MAX);
        let own = row.context == bearing.context;
        visible(row, &bearing.context)
            && (from..=to).contains(&row.created)
            && call.optional_text("/collectiveIdentifierNumber").is_none_or(|number| number == row.number)
            && least.is_none_or(|least| count >= least)
            && most.is_none_or(|most| count <= most)
            && call.json.get("createdInCurrentContext").and_then(Value::as_bool).is_none_or(|is| is == own)
    };
    let rows = world.look(|state| newest(state.collective.rows().filter(wanted).cloned().collect()))?;
    let (rows, next) = continuation::page(world, call, "collective", rows)?;
    let list: Vec<Value> = rows
        .iter()
        .map(|row| {
            let mut item = described(row, &bearing.context);
            item["invoiceCount"] = json!(row.invoices.len());
            item
        })
        .collect();
    Ok(Reply::ok(json!({ "continuationToken": next, "collectiveIdentifiers": list })))
}

/// `GET /collective-identifiers/ksef/{ksefNumber}`
pub(in crate::api) fn by_ksef_number(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let number = call.parameter("ksefNumber");
    let rows = world.look(|state| {
        // Whoever stands on the invoice sees which transfers paid for it.
        let party = stands_on(state, &bearing.context, |found| found.as_str() == number);
        let names = |row: &&CollectiveIdentifier| {
            row.invoices.iter().any(|invoice| invoice.ksef_number.as_str() == number)
        };
        let seen = |row: &&CollectiveIdentifier| party || visible(row, &bearing.context);
        newest(state.collective.rows().filter(names).filter(seen).cloned().collect())
    })?;
    let (rows, next) = continuation::page(world, call, &format!("collective-of:{number}"), rows)?;
    let list: Vec<Value> = rows.iter().map(|row| described(row, &bearing.context)).collect();
    Ok(Reply::ok(json!({ "continuationToken": next, "collectiveIdentifiers": list })))
}

/// `GET /collective-identifiers/{collectiveIdentifierNumber}/invoices`
pub(in crate::api) fn invoices_of_one(world: &World, call: &Call) -> Answer {
    let number = call.parameter("collectiveIdentifierNumber").to_owned();
    invoices(world, call, &[number], false)
}

/// `POST /collective-identifiers/invoices`, since 2.9.
pub(in crate::api) fn invoices_of_many(world: &World, call: &Call) -> Answer {
    let numbers: Vec<String> = call
        .json
        .get("collectiveIdentifierNumbers")
        .and_then(Value::as_array)
        .map(|list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        .unwrap_or_default();
    if numbers.is_empty() {
        let detail = "Pole 'collectiveIdentifierNumbers' musi mieć co najmniej 1 element.".to_owned();
        return Err(invalid(vec![detail]));
    }
    invoices(world, call, &numbers, true)
}

fn invoices(world: &World, call: &Call, numbers: &[String], named: bool) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let rows = world.look(|state| {
        let mut rows = Vec::new();
        for number in numbers {
            let found = state.collective.get(number).ok_or_else(|| {
                invalid(vec![format!("Identyfikator zbiorczy {number} nie został znaleziony.")])
            })?;
            for invoice in &found.invoices {
                let seen = found.context == bearing.context
                    || stands_on(state, &bearing.context, |number| *number == invoice.ksef_number);
                let item = item(invoice, seen, named.then_some(number.as_str()));
                rows.push((invoice.ksef_number.clone(), number.clone(), item));
            }
        }
        Ok::<_, Refusal>(rows)
    })?;
    let mut rows = rows?;
    rows.sort_by(|one, other| (&other.0, &other.1).cmp(&(&one.0, &one.1)));
    let list: Vec<Value> = rows.into_iter().map(|(_, _, item)| item).collect();
    let (list, next) = continuation::page(world, call, &format!("collected:{}", numbers.join(",")), list)?;
    Ok(Reply::ok(json!({ "continuationToken": next, "invoices": list })))
}

/// Payment and description only for who made the identifier or stands on the invoice.
fn item(invoice: &CollectedInvoice, seen: bool, identifier: Option<&str>) -> Value {
    let has_details = invoice.payment.is_some() || invoice.description.is_some();
    let mut item = json!({ "ksefNumber": invoice.ksef_number, "detailsHidden": has_details && !seen });
    if let Some(identifier) = identifier {
        item["collectiveIdentifierNumber"] = json!(identifier);
    }
    if seen {
        item["payment"] = json!(invoice.payment);
        item["description"] = json!(invoice.description);
    }
    item
}

/// Made in the context, or by others about the invoices of a NIP.
fn visible(row: &CollectiveIdentifier, context: &ContextIdentifier) -> bool {
    let seller = context.kind() == ContextKind::Nip && context.nip() == Some(row.seller);
    row.context == *context || seller
}

fn stands_on(state: &State, context: &ContextIdentifier, named: impl Fn(&KsefNumber) -> bool) -> bool {
    let mut rows = state.invoices.rows().filter(|row| row.ksef_number.as_ref().is_some_and(&named));
    rows.any(|row| selection::concerns(context, row))
}

/// By date, then by number, the latest first.
fn newest(mut rows: Vec<CollectiveIdentifier>) -> Vec<CollectiveIdentifier> {
    rows.sort_by(|one, other| (other.created, &other.number).cmp(&(one.created, &one.number)));
    rows
}

fn described(row: &CollectiveIdentifier, context: &ContextIdentifier) -> Value {
    json!({
        "collectiveIdentifierNumber": row.number,
        "createdInCurrentContext": row.context == *context,
        "dateCreated": moment(row.created),
    })
}
