use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use ksef_types::{ContextIdentifier, KsefNumber, Nip};
use serde_json::{Value, json};

use crate::api::Answer;
use crate::api::call::Call;
use crate::api::refusal::{Refusal, exception, invalid};
use crate::api::reply::Reply;
use crate::limits::of_context;
use crate::model::{CollectedInvoice, CollectiveIdentifier, Invoice};
use crate::selection;
use crate::store::State;
use crate::world::World;

/// `POST /collective-identifiers`
pub(in crate::api) fn make(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let invoices = asked(call)?;
    let (now, day) = (world.now(), world.today());
    let made = world.change(|state| {
        let seller = judge(state, &bearing.context, &invoices)?;
        let identifier = CollectiveIdentifier {
            number: CollectiveIdentifier::compose(seller, day, world.chance.bytes()),
            context: bearing.context.clone(),
            seller,
            created: now,
            invoices,
        };
        let number = identifier.number.clone();
        state.collective.put(number.clone(), identifier);
        Ok::<_, Refusal>(number)
    })?;
    Ok(Reply::json(StatusCode::CREATED, json!({ "collectiveIdentifierNumber": made? })))
}

fn asked(call: &Call) -> Result<Vec<CollectedInvoice>, Refusal> {
    let list = call.json.get("invoices").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let read = |invoice: &Value| {
        Some(CollectedInvoice {
            ksef_number: invoice.get("ksefNumber")?.as_str()?.parse().ok()?,
            payment: invoice.get("payment").filter(|payment| payment.is_object()).cloned(),
            description: invoice.get("description").and_then(Value::as_str).map(str::to_owned),
        })
    };
    let invoices: Option<Vec<CollectedInvoice>> = list.iter().map(read).collect();
    // Numbers of KSeF 1.0 pass the pattern, but there are no invoices of it here.
    let first = list.first().and_then(|invoice| invoice.get("ksefNumber")).and_then(Value::as_str);
    invoices.ok_or_else(|| not_assignable(first.unwrap_or_default()))
}

/// The seller, if these invoices may be put together.
fn judge(state: &State, context: &ContextIdentifier, invoices: &[CollectedInvoice]) -> Result<Nip, Refusal> {
    let most = of_context(state, context).most_collected();
    if invoices.is_empty() || invoices.len() > most {
        return Err(invalid(vec![format!("Pole 'invoices' musi mieć od 1 do {most} elementów.")]));
    }
    let mut seen = BTreeSet::new();
    if let Some(repeated) = invoices.iter().find(|invoice| !seen.insert(invoice.ksef_number.as_str())) {
        let detail = format!("Numer KSeF {} powtarza się w żądaniu.", repeated.ksef_number);
        return Err(exception(71005, "Numer KSeF powtarza się w żądaniu.", vec![detail]));
    }
    let held: BTreeMap<&str, &Invoice> = state
        .invoices
        .rows()
        .filter(|row| row.accepted())
        .filter_map(|row| Some((row.ksef_number.as_ref()?.as_str(), row)))
        .collect();
    let mut sellers = BTreeSet::new();
    for invoice in invoices {
        let row = held.get(invoice.ksef_number.as_str()).filter(|row| selection::concerns(context, row));
        let facts = row.and_then(|row| row.facts.as_ref());
        let facts = facts.ok_or_else(|| not_assignable(invoice.ksef_number.as_str()))?;
        sellers.insert(facts.seller);
    }
    let seller = match (sellers.pop_first(), sellers.is_empty()) {
        (Some(seller), true) => seller,
        _ => {
            let detail = "Faktury nie zostały wystawione przez tego samego sprzedawcę.".to_owned();
            let text = "Faktury w identyfikatorze zbiorczym pochodzą od różnych sprzedawców.";
            return Err(exception(71004, text, vec![detail]));
        }
    };
    let used = used(state, context);
    let full = |invoice: &&CollectedInvoice| {
        used.get(&invoice.ksef_number).is_some_and(|count| *count >= CollectiveIdentifier::MOST_OF_AN_INVOICE)
    };
    match invoices.iter().find(full) {
        None => Ok(seller),
        Some(invoice) => {
            let text = "Faktura jest już przypisana do maksymalnej liczby Identyfikatorów Zbiorczych.";
            let detail = format!(
                "Faktura o numerze KSeF {} jest już przypisana do maksymalnej liczby Identyfikatorów Zbiorczych.",
                invoice.ksef_number
            );
            Err(exception(71002, text, vec![detail]))
        }
    }
}

/// In how many identifiers of the context each invoice is.
fn used(state: &State, context: &ContextIdentifier) -> BTreeMap<KsefNumber, usize> {
    let mut used = BTreeMap::new();
    for identifier in state.collective.rows().filter(|row| row.context == *context) {
        for invoice in &identifier.invoices {
            *used.entry(invoice.ksef_number.clone()).or_default() += 1;
        }
    }
    used
}

/// 71001, spelt as the contract spells it.
fn not_assignable(number: &str) -> Refusal {
    exception(
        71001,
        "Faktura nie może zostac przypisana do Identyfikatora Zbiorczego.",
        vec![format!(
            "Faktura o numerze KSeF {number} nie może zostac przypisana do Identyfikatora Zbiorczego."
        )],
    )
}
