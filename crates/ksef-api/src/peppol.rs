//! Providers of Peppol services.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::answer::Answer;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::operation::Operation;
use crate::page::PageOf;

pub(crate) static QUERY: Operation = Operation::get("peppol_providers", "/peppol/query", RateGroup::Public);

/// A provider. Source: OpenAPI `PeppolProvider`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PeppolProvider {
    /// Its identifier: `PCCdddddd`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Since when KSeF knows it.
    pub date_created: DateTime<Utc>,
}

/// A part of the list, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PeppolProvidersPage {
    /// At most as many as were asked for.
    pub peppol_providers: Vec<PeppolProvider>,
    /// Whether there is another page.
    pub has_more: bool,
}

impl Client {
    /// `GET /peppol/query`: every provider; needs no access.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn peppol_providers(&self, page: PageOf) -> Result<Answer<PeppolProvidersPage>, ApiError> {
        self.listing(&QUERY, page).json_answer().await
    }
}
