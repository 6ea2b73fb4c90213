//! KOD I: whether KSeF has the invoice.

use chrono::NaiveDate;
use ksef_crypto::base64;

use super::page::{Judgement, Problem, Shown};
use crate::model::Invoice;
use crate::world::World;

pub(super) fn judge(world: &World, nip: &str, date: &str, hash: &str) -> Judgement {
    let found = find(world, nip, date, hash);
    let (problems, facts) = match found {
        Ok(row) => (Vec::new(), facts(&row)),
        Err(problem) => (vec![problem], Vec::new()),
    };
    Judgement { shown: Shown::InvoiceInKsef, confirmed: problems.is_empty(), problems, facts }
}

fn find(world: &World, nip: &str, date: &str, hash: &str) -> Result<Invoice, Problem> {
    // Ten characters: other spellings of a day are other links.
    let date = NaiveDate::parse_from_str(date, "%d-%m-%Y").ok().filter(|_| date.len() == 10);
    let date = date.ok_or(Problem::Link)?;
    let hash = base64::url::decode(hash).map_err(|_| Problem::Base64)?;
    let hash = base64::encode(&hash);
    let fits = |row: &&Invoice| {
        let facts = row.facts.as_ref();
        row.hash == hash
            && row.accepted()
            && facts.is_some_and(|facts| facts.seller.as_str() == nip && facts.issue_date == date)
    };
    let row = world.look(|state| state.invoices.rows().find(fits).cloned());
    row.ok().flatten().ok_or(Problem::NotFound)
}

/// A plain picture of the invoice; more than that needs more than a link.
fn facts(row: &Invoice) -> Vec<(&'static str, String)> {
    let Some(facts) = &row.facts else { return Vec::new() };
    let number = row.ksef_number.as_ref().map(ToString::to_string).unwrap_or_default();
    vec![
        ("Numer KSeF", number),
        ("Numer faktury", facts.number.clone()),
        ("Data wystawienia", facts.issue_date.to_string()),
        ("NIP sprzedawcy", facts.seller.to_string()),
        ("Kwota należności ogółem", format!("{} {}", facts.gross, facts.currency)),
    ]
}
