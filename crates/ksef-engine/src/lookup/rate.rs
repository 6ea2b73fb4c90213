use chrono::{DateTime, NaiveDate, Utc};
use ksef_api::{CurrencyCode, Nbp};
use ksef_archive::{ArchiveError, RateAnswer};
use ksef_types::{Environment, warsaw_date, working_day_before};
use rust_decimal::Decimal;

use super::LookupFailure;
use super::services::client;
use crate::Engine;

/// A mean rate of NBP's table A.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// ISO 4217.
    pub currency: String,
    /// PLN for one unit, with all the digits of the table.
    pub rate: Decimal,
    /// Number of the table, such as `226/A/NBP/2026`.
    pub table: String,
    /// Day of the table: the last working day before the day asked for.
    pub day: NaiveDate,
    /// The day asked for is still to come, and with it a later table.
    pub provisional: bool,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
}

impl Engine {
    /// The mean rate of the last working day before that day: of the tax point or, where the invoice was issued before
    /// it, of the issue (art. 31a ust. 1 and 2 of the VAT act).
    ///
    /// # Errors
    /// See [`LookupFailure`].
    pub async fn exchange_rate(
        &self,
        environment: Environment,
        currency: &str,
        day: NaiveDate,
    ) -> Result<Rate, LookupFailure> {
        let currency: CurrencyCode = currency.parse()?;
        if let Some(known) = self.known_rate(environment, currency, day)? {
            return Ok(known);
        }
        let address = self.parts().addresses.nbp(environment).ok_or(LookupFailure::NoService)?;
        let mut clients = self.shared.services.nbp.lock().await;
        // Whoever was there before may have asked the same.
        if let Some(known) = self.known_rate(environment, currency, day)? {
            return Ok(known);
        }
        let nbp = client(&mut clients, address, |address| Nbp::new(self.service_config(address)))?;
        let found = nbp.rate_before(currency, day).await?.ok_or(LookupFailure::NotFound)?;
        let answer = RateAnswer {
            environment,
            currency: currency.to_string(),
            day,
            rate: found.rate.to_string(),
            table: found.table,
            table_day: found.day,
            asked_at: self.now(),
        };
        let provisional = self.may_change(&answer);
        if !provisional {
            self.archive().write(|archive| archive.lookups_mut().put_rate(&answer))?;
        }
        Ok(Rate { provisional, ..read(answer)? })
    }

    /// Every table before a day is there once the day has come; earlier, when the last possible one is.
    fn may_change(&self, answer: &RateAnswer) -> bool {
        warsaw_date(self.now()) < answer.day && working_day_before(answer.day) != Some(answer.table_day)
    }

    fn known_rate(
        &self,
        environment: Environment,
        currency: CurrencyCode,
        day: NaiveDate,
    ) -> Result<Option<Rate>, LookupFailure> {
        let known =
            self.archive().read(|archive| archive.lookups().rate(environment, currency.as_str(), day))?;
        known.map(read).transpose()
    }
}

fn read(answer: RateAnswer) -> Result<Rate, LookupFailure> {
    let rate = answer.rate.parse().map_err(|_| ArchiveError::Damaged("a rate of NBP"))?;
    Ok(Rate {
        currency: answer.currency,
        rate,
        table: answer.table,
        day: answer.table_day,
        provisional: false,
        asked_at: answer.asked_at,
    })
}
