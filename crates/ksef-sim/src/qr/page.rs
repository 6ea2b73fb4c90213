use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use serde::Serialize;
use serde_json::json;

/// Which of the two codes a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Shown {
    /// KOD I.
    InvoiceInKsef,
    /// KOD II.
    IssuersSignature,
}

/// What a page says.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Judgement {
    pub(super) shown: Shown,
    pub(super) confirmed: bool,
    /// What is wrong, by name; empty where it is confirmed.
    pub(super) problems: Vec<Problem>,
    /// What the page shows besides, name and value.
    pub(super) facts: Vec<(&'static str, String)>,
}

/// Why something is not confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Problem {
    /// A part of the link is not what it should be.
    Link,
    /// Hash or signature is no strict Base64URL.
    Base64,
    /// No such invoice.
    NotFound,
    /// No certificate with that number.
    UnknownCertificate,
    /// It is for authentication.
    WrongKind,
    /// Revoked for good.
    Revoked,
    /// Suspended, or being revoked.
    Blocked,
    /// Its time is over.
    Expired,
    /// Its time has not come.
    NotYetValid,
    /// Not signed by the certificate's key, or over another text.
    Signature,
    /// Its owner may not issue invoices in the context.
    NoPermission,
    /// The context may not issue invoices of the seller.
    OtherSeller,
}

impl Problem {
    const fn sentence(self) -> &'static str {
        match self {
            Self::Link => "Link ma nieprawidłową budowę.",
            Self::Base64 => "Skrót lub podpis nie jest poprawnym zapisem Base64URL.",
            Self::NotFound => "Nie znaleziono faktury o podanych danych w KSeF.",
            Self::UnknownCertificate => "Nie znaleziono certyfikatu o podanym numerze.",
            Self::WrongKind => "Certyfikat nie jest certyfikatem typu Offline.",
            Self::Revoked => "Certyfikat został unieważniony.",
            Self::Blocked => "Certyfikat jest zablokowany.",
            Self::Expired => "Certyfikat wygasł.",
            Self::NotYetValid => "Certyfikat nie jest jeszcze ważny.",
            Self::Signature => "Podpis w linku jest nieprawidłowy.",
            Self::NoPermission => "Wystawca nie ma uprawnień do wystawiania faktur w tym kontekście.",
            Self::OtherSeller => "Kontekst nie ma prawa do wystawiania faktur tego sprzedawcy.",
        }
    }
}

impl Judgement {
    const fn title(&self) -> &'static str {
        match self.shown {
            Shown::InvoiceInKsef => "Weryfikacja faktury (KOD I)",
            Shown::IssuersSignature => "Weryfikacja wystawcy (KOD II)",
        }
    }

    const fn outcome(&self) -> &'static str {
        match (self.shown, self.confirmed) {
            (Shown::InvoiceInKsef, true) => "Faktura znajduje się w KSeF.",
            (Shown::InvoiceInKsef, false) => "Nie znaleziono faktury o podanych danych w KSeF.",
            (Shown::IssuersSignature, true) => {
                "Certyfikat wystawcy jest ważny, a podpis pod skrótem faktury prawidłowy. Ta strona nie sprawdza, czy faktura znajduje się w KSeF ani czy okazany dokument jest tą fakturą."
            }
            (Shown::IssuersSignature, false) => "Nie można potwierdzić wystawcy faktury.",
        }
    }
}

/// 404 with the same page whichever part of KOD I is wrong: the real one tells nobody which.
pub(super) fn answer(headers: &HeaderMap, judgement: &Judgement) -> Response {
    let status = match (judgement.shown, judgement.confirmed) {
        (Shown::InvoiceInKsef, false) => StatusCode::NOT_FOUND,
        _ => StatusCode::OK,
    };
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accepts.contains("application/json") {
        return (status, Json(json!(judgement))).into_response();
    }
    (status, Html(html(judgement))).into_response()
}

fn html(judgement: &Judgement) -> String {
    let facts: String = judgement
        .facts
        .iter()
        .map(|(name, value)| format!("<dt>{name}</dt><dd>{}</dd>", escaped(value)))
        .collect();
    let problems: String =
        judgement.problems.iter().map(|problem| format!("<li>{}</li>", problem.sentence())).collect();
    format!(
        "<!DOCTYPE html><html lang=\"pl\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body>\
         <h1>{title}</h1><p>{outcome}</p><dl>{facts}</dl><ul>{problems}</ul></body></html>",
        title = judgement.title(),
        outcome = judgement.outcome(),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
