//! What public services know.

use ksef_engine as engine;
use ksef_types::warsaw_date;

use super::issuing_views::day;
use super::to_view::same;
use super::{App, read_nip};
use crate::views::{PayerStatus, PayerView, RateView, Scope};
use crate::{NextStep, Problem, problems};

impl App {
    /// The white list of VAT payers, for a NIP in any spelling, as of today.
    ///
    /// # Errors
    /// When the NIP is none, the list does not know it, its limit is reached, or it cannot be asked.
    pub async fn look_up_payer(&self, scope: &Scope, nip: &str) -> Result<PayerView, Problem> {
        read_nip(nip)?;
        let (_, environment) = self.enter(scope).await?;
        let today = warsaw_date(self.clock.now());
        let found = self.engine.payer(environment, nip, today).await;
        found.map(Into::into).map_err(|failure| problems::lookup(&failure))
    }

    /// NBP's table A of the last working day before that day (ISO date; art. 31a of the VAT act).
    ///
    /// # Errors
    /// When there is no such rate, or the bank cannot be asked.
    pub async fn exchange_rate(
        &self,
        scope: &Scope,
        currency: &str,
        day_text: &str,
    ) -> Result<RateView, Problem> {
        let (_, environment) = self.enter(scope).await?;
        let found = self.engine.exchange_rate(environment, currency, day(day_text)?).await;
        found.map(Into::into).map_err(|failure| match failure {
            engine::LookupFailure::NotFound => Problem::new("lookup.rateNotFound", NextStep::CorrectField),
            other => problems::lookup(&other),
        })
    }
}

same! {
    engine::PayerStatus => PayerStatus { Active, Exempt, Unregistered, Unknown }
}

impl From<engine::Payer> for PayerView {
    fn from(payer: engine::Payer) -> Self {
        Self {
            nip: payer.nip.to_string(),
            address: payer.address_lines(),
            name: payer.name,
            status: payer.status.into(),
            regon: payer.regon,
            krs: payer.krs,
            accounts: payer.accounts,
            request_id: payer.request_id,
            asked_at: payer.asked_at.to_rfc3339(),
        }
    }
}

impl From<engine::Rate> for RateView {
    fn from(rate: engine::Rate) -> Self {
        Self {
            currency: rate.currency,
            rate: rate.rate.to_string(),
            day: rate.day.to_string(),
            table: rate.table,
        }
    }
}
