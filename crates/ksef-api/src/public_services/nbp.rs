//! The National Bank of Poland's table A: mean rates of foreign currencies, published every working day around noon.
//!
//! Source: the manual at api.nbp.pl: `/api/exchangerates/rates/{table}/{code}/{startDate}/{endDate}/`, data since
//! 2 January 2002, at most 93 days in one question, 404 where there is no table (or no such currency), 400 for what it
//! does not understand. It publishes no limit of requests; 429 is honoured all the same.

use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use ksef_types::warsaw_date;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::public_services::door::Door;
use crate::public_services::{PublicServiceConfig, PublicServiceError};

/// The client of the bank's rates.
pub struct Nbp {
    door: Door,
    closed_until: Mutex<Option<DateTime<Utc>>>,
}

/// ISO 4217, three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CurrencyCode([u8; 3]);

/// A text that is no code of a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the code of a currency has three letters")]
pub struct InvalidCurrencyCode;

/// A mean rate of table A.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeanRate {
    /// Of which currency.
    pub currency: CurrencyCode,
    /// PLN for one unit, with all the digits of the table.
    pub rate: Decimal,
    /// Number of the table, such as `226/A/NBP/2026`.
    pub table: String,
    /// The day of the table.
    pub day: NaiveDate,
}

#[derive(Deserialize)]
struct Series {
    code: String,
    rates: Vec<RawRate>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawRate {
    no: String,
    effective_date: NaiveDate,
    #[serde(deserialize_with = "crate::wire::money::deserialize")]
    mid: Decimal,
}

/// The longest question. Source: manual, "pojedyncze zapytanie nie może obejmować przedziału dłuższego, niż 93 dni".
const LONGEST: i64 = 93;
/// No row of free days in Poland is longer; with Christmas and a weekend there are five.
const LOOK_BACK: Days = Days::new(10);
/// Where a 429 does not say for how long.
const USUAL_PAUSE: TimeDelta = TimeDelta::minutes(1);

impl Nbp {
    /// A client for the service at `config.address`; nothing is sent.
    ///
    /// # Errors
    /// When the system's TLS cannot be used.
    pub fn new(config: PublicServiceConfig) -> Result<Self, PublicServiceError> {
        Ok(Self { door: Door::new("nbp", config)?, closed_until: Mutex::default() })
    }

    /// The mean rate of the last working day before that day, as art. 31a ust. 1 of the VAT act wants it; `None` where
    /// table A does not have the currency.
    ///
    /// For a day after tomorrow it is the last table that there is now, which a later one will replace.
    ///
    /// # Errors
    /// See [`PublicServiceError`].
    pub async fn rate_before(
        &self,
        currency: CurrencyCode,
        day: NaiveDate,
    ) -> Result<Option<MeanRate>, PublicServiceError> {
        // The service refuses questions about the future.
        let last = day.pred_opt().unwrap_or(day).min(warsaw_date(self.door.now()));
        let first = last.checked_sub_days(LOOK_BACK).unwrap_or(last);
        Ok(self.rates(currency, first, last).await?.pop())
    }

    /// `GET /api/exchangerates/rates/a/{code}/{first}/{last}/`: the rates of those days, by day; empty where there are
    /// none. Both days count.
    ///
    /// # Errors
    /// See [`PublicServiceError`]; `Refused` for more than 93 days, before anything is sent.
    pub async fn rates(
        &self,
        currency: CurrencyCode,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<Vec<MeanRate>, PublicServiceError> {
        let days = (last - first).num_days();
        if !(0..LONGEST).contains(&days) {
            return Err(PublicServiceError::Refused { code: "400".to_owned() });
        }
        self.open()?;
        let path =
            format!("/api/exchangerates/rates/a/{}/{first}/{last}/", currency.as_str().to_ascii_lowercase());
        let reply = self.door.get(&path, &[("format", "json")]).await.map_err(|failure| failure.error)?;
        match reply.status {
            200 => reply.json::<Series>()?.of(currency, first, last),
            404 => Ok(Vec::new()),
            400 => Err(PublicServiceError::Refused { code: "400".to_owned() }),
            429 => {
                let now = self.door.now();
                let asked = reply.retry_after(now).and_then(|pause| TimeDelta::from_std(pause).ok());
                Err(self.close(now + asked.unwrap_or(USUAL_PAUSE)))
            }
            _ => Err(reply.unexpected()),
        }
    }

    fn open(&self) -> Result<(), PublicServiceError> {
        let closed_until = *self.closed_until.lock().unwrap_or_else(PoisonError::into_inner);
        match closed_until.filter(|until| *until > self.door.now()) {
            Some(until) => Err(PublicServiceError::LimitReached { until }),
            None => Ok(()),
        }
    }

    fn close(&self, until: DateTime<Utc>) -> PublicServiceError {
        *self.closed_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(until);
        PublicServiceError::LimitReached { until }
    }
}

impl Series {
    fn of(
        self,
        currency: CurrencyCode,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<Vec<MeanRate>, PublicServiceError> {
        if !self.code.eq_ignore_ascii_case(currency.as_str()) {
            return Err(PublicServiceError::Other("another currency"));
        }
        let mut rates = Vec::with_capacity(self.rates.len());
        for RawRate { no, effective_date, mid } in self.rates {
            if !(first..=last).contains(&effective_date) {
                return Err(PublicServiceError::Other("another day"));
            }
            if mid <= Decimal::ZERO || !is_table(&no) {
                return Err(PublicServiceError::Other("no rate of table A"));
            }
            rates.push(MeanRate { currency, rate: mid, table: no, day: effective_date });
        }
        rates.sort_by_key(|rate| rate.day);
        Ok(rates)
    }
}

/// `226/A/NBP/2026`: it is written onto invoices.
fn is_table(number: &str) -> bool {
    let parts: Vec<&str> = number.split('/').collect();
    let digits =
        |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts[..], [place, "A", "NBP", year] if digits(place) && digits(year))
}

impl CurrencyCode {
    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII letters are ever stored.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for CurrencyCode {
    type Err = InvalidCurrencyCode;

    fn from_str(text: &str) -> Result<Self, InvalidCurrencyCode> {
        let letters: [u8; 3] = text.trim().as_bytes().try_into().map_err(|_| InvalidCurrencyCode)?;
        if letters.iter().all(u8::is_ascii_alphabetic) {
            Ok(Self(letters.map(|letter| letter.to_ascii_uppercase())))
        } else {
            Err(InvalidCurrencyCode)
        }
    }
}

impl fmt::Display for CurrencyCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Nbp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Nbp").field("door", &self.door).finish_non_exhaustive()
    }
}
