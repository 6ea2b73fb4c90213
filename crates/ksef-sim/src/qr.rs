//! The verification page of KOD I.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::get;
use chrono::NaiveDate;

use crate::model::Invoice;
use crate::world::World;

pub(crate) fn router(world: Arc<World>) -> Router {
    Router::new().route(
        "/invoice/{nip}/{date}/{hash}",
        get(move |Path((nip, date, hash)): Path<(String, String, String)>| async move {
            page(&world, &nip, &date, &hash)
        }),
    )
}

/// 404 with the same page whichever part is wrong: the real one tells nobody which.
fn page(world: &World, nip: &str, date: &str, hash: &str) -> (StatusCode, Html<String>) {
    let wanted =
        NaiveDate::parse_from_str(date, "%d-%m-%Y").ok().zip(ksef_crypto::base64::url::decode(hash).ok());
    let number = wanted.and_then(|(date, hash)| {
        let hash = ksef_crypto::base64::encode(&hash);
        let fits = |row: &&Invoice| {
            let facts = row.facts.as_ref();
            row.hash == hash
                && facts.is_some_and(|facts| facts.seller.as_str() == nip && facts.issue_date == date)
        };
        let number =
            world.look(|state| state.invoices.rows().find(fits).and_then(|row| row.ksef_number.clone()));
        number.ok().flatten()
    });
    let (status, text) = match number {
        Some(number) => (StatusCode::OK, format!("Faktura znajduje się w KSeF. Numer KSeF: {number}")),
        None => (StatusCode::NOT_FOUND, "Nie znaleziono faktury o podanych danych w KSeF.".to_owned()),
    };
    (status, Html(format!("<!DOCTYPE html><html lang=\"pl\"><meta charset=\"utf-8\"><p>{text}</p></html>")))
}
