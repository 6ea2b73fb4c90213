//! The verification pages: KOD I (`/invoice/…`) and KOD II (`/certificate/…`), for people as HTML, for tests as JSON
//! (`Accept: application/json`).
//!
//! Each page says what it has shown. KOD I shows that the invoice is in KSeF. KOD II shows that the owner of a good
//! certificate signed this hash; not that the paper in hand is that invoice, nor that KSeF has it.

mod certificate;
mod invoice;
mod page;
mod signature;

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, Uri, header};
use axum::routing::get;

use crate::world::World;

type Three = Path<(String, String, String)>;
type Six = Path<(String, String, String, String, String, String)>;

pub(crate) fn router(world: Arc<World>) -> Router {
    let other = Arc::clone(&world);
    Router::new()
        .route(
            "/invoice/{nip}/{date}/{hash}",
            get(move |Path((nip, date, hash)): Three, headers: HeaderMap| async move {
                page::answer(&headers, &invoice::judge(&world, &nip, &date, &hash))
            }),
        )
        .route(
            "/certificate/{kind}/{value}/{nip}/{serial}/{hash}/{signature}",
            get(move |Path(parts): Six, uri: Uri, headers: HeaderMap| async move {
                let signed = signed_text(&headers, uri.path());
                page::answer(&headers, &certificate::judge(&other, &parts.into(), &signed))
            }),
        )
}

/// What KOD II signs: the link up to its last slash, without `https://`.
fn signed_text(headers: &HeaderMap, path: &str) -> String {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let before = path.rsplit_once('/').map_or(path, |(before, _)| before);
    format!("{host}{before}")
}
