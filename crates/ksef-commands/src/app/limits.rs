//! "Limity", and the Peppol providers that KSeF knows.

use ksef_engine as engine;

use super::App;
use crate::views::{LimitRow, LimitsView, PeppolPage, PeppolProvider, RateRow, Scope};
use crate::{Problem, problems};

impl App {
    /// Limits as KSeF has them now.
    ///
    /// # Errors
    /// When KSeF cannot be asked, or refuses.
    pub async fn limits(&self, scope: &Scope) -> Result<LimitsView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let limits = self.engine.limits(nip, environment).await;
        limits.map(Into::into).map_err(|failure| problems::operation(&failure, nip))
    }

    /// Peppol service providers; pages are counted from 0.
    ///
    /// # Errors
    /// When KSeF cannot be asked.
    pub async fn peppol_providers(&self, scope: &Scope, page: u32) -> Result<PeppolPage, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let found = self.engine.peppol_providers(nip, environment, page).await;
        found.map(Into::into).map_err(|failure| problems::operation(&failure, nip))
    }
}

impl From<engine::CurrentLimits> for LimitsView {
    fn from(limits: engine::CurrentLimits) -> Self {
        let row = |limit: &engine::CurrentLimit| LimitRow { name: limit.name.to_owned(), value: limit.value };
        Self {
            context: limits.context.iter().map(row).collect(),
            subject: limits.subject.iter().map(row).collect(),
            requests: limits.requests.into_iter().map(Into::into).collect(),
            asked_at: limits.asked_at.to_rfc3339(),
        }
    }
}

impl From<engine::RequestLimit> for RateRow {
    fn from(limit: engine::RequestLimit) -> Self {
        Self {
            group: limit.group.to_owned(),
            second: limit.second,
            minute: limit.minute,
            hour: limit.hour,
            used_in_hour: Some(limit.used_in_hour),
        }
    }
}

impl From<engine::PeppolPage> for PeppolPage {
    fn from(page: engine::PeppolPage) -> Self {
        let row = |provider: engine::PeppolProvider| PeppolProvider {
            id: provider.id,
            name: provider.name,
            since: provider.since.to_rfc3339(),
        };
        Self { rows: page.rows.into_iter().map(row).collect(), next: page.next }
    }
}
