//! Collective identifiers: one number for the transfer that pays many invoices of a seller.

mod outlook;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use ksef_api::{
    CollectiveIdentifier, CollectiveIdentifierLimits, CollectiveIdentifierNumber, CollectiveIdentifiersQuery,
    ContinuationToken, InvoicePaid, InvoicesPaid,
};
use ksef_types::{Environment, KsefNumber, Nip, warsaw_day_ends};
use rust_decimal::Decimal;

use crate::engine::Scope;
use crate::{ConnectionCause, ConnectionFailure, Engine, EngineError};

pub use outlook::{ArchivedInvoice, CollectiveOutlook, InvoiceOutlook, PaymentFault};

/// A collective identifier in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collective {
    /// The number that goes into the transfer's title.
    pub number: String,
    /// When it was made; not said right after making it.
    pub created_at: Option<DateTime<Utc>>,
    /// How many invoices, where KSeF says so.
    pub invoices: Option<u32>,
}

/// A page of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectivePage {
    /// The newest first.
    pub rows: Vec<Collective>,
    /// Hand it back for the next page.
    pub next: Option<String>,
}

/// Which collective identifiers.
#[derive(Debug, Clone, Default)]
pub struct CollectiveWanted {
    /// Made on that day or later; 100 days before the last day where nothing is named.
    pub from: Option<NaiveDate>,
    /// Made on that day or before; today where nothing is named.
    pub to: Option<NaiveDate>,
    /// Only those that hold this invoice, whenever they were made.
    pub ksef_number: Option<KsefNumber>,
    /// From the page before.
    pub next: Option<String>,
}

/// An invoice in a collective identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectivePayment {
    /// Which.
    pub ksef_number: KsefNumber,
    /// What is paid of it and in which currency; nothing means all, or is kept from us.
    pub payment: Option<(Decimal, String)>,
    /// Words.
    pub description: Option<String>,
    /// Payment and words are another company's and not shown.
    pub hidden: bool,
}

/// Why there is no collective identifier, or no list of them.
#[derive(Debug, thiserror::Error)]
pub enum CollectiveProblem {
    /// One invoice is paid by its own number.
    #[error("a collective identifier has at least two invoices, not {0}")]
    TooFew(usize),
    /// More than KSeF takes for this company.
    #[error("{found} invoices, at most {limit}")]
    TooMany {
        /// How many were chosen.
        found: usize,
        /// How many KSeF takes.
        limit: u32,
    },
    /// An invoice twice.
    #[error("{0} is there twice")]
    Repeated(KsefNumber),
    /// A transfer pays one seller.
    #[error("invoices of {first} and of {other}")]
    DifferentSellers {
        /// The seller of the first invoice.
        first: Nip,
        /// Another one.
        other: Nip,
    },
    /// An amount that cannot be paid of an invoice.
    #[error("no payment for {number}: {fault}")]
    Payment {
        /// Which invoice.
        number: KsefNumber,
        /// Why not.
        #[source]
        fault: PaymentFault,
    },
    /// Words that KSeF does not take.
    #[error("the words for {0} do not fit")]
    Words(KsefNumber),
    /// Not a number of a collective identifier.
    #[error("not a collective identifier")]
    Number,
    /// A list is for 100 days at most, and from before to.
    #[error("no period of at most 100 days")]
    Period,
    /// 71001: an invoice cannot be in a collective identifier.
    #[error("an invoice cannot be in a collective identifier")]
    NotPossible(String),
    /// 71002: an invoice is in as many as it can be.
    #[error("an invoice is in as many collective identifiers as it can be")]
    UsedUp(String),
    /// KSeF could not be asked, or refused.
    #[error(transparent)]
    Connection(#[from] ConnectionFailure),
    /// The archive failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// Source: OpenAPI `POST /collective-identifiers/query`.
const LONGEST: TimeDelta = TimeDelta::days(100);
const PAGE: u32 = 100;
const NOON: NaiveTime = match NaiveTime::from_hms_opt(12, 0, 0) {
    Some(noon) => noon,
    None => NaiveTime::MIN,
};

impl Engine {
    /// Makes a collective identifier for invoices of one seller.
    ///
    /// # Errors
    /// See [`CollectiveProblem`]; nothing is sent that KSeF would refuse for its shape.
    pub async fn make_collective(
        &self,
        nip: Nip,
        environment: Environment,
        invoices: &[CollectivePayment],
    ) -> Result<Collective, CollectiveProblem> {
        judge(invoices)?;
        let to_pay = self.to_pay(nip, environment, invoices)?;
        let scope = Scope::new(nip, environment);
        let limit = self.most_invoices(scope).await?;
        if to_pay.len() > limit as usize {
            return Err(CollectiveProblem::TooMany { found: to_pay.len(), limit });
        }
        let made = self
            .ask(scope, |client, token| {
                let to_pay = &to_pay;
                async move { client.make_collective_identifier(&token, to_pay).await }
            })
            .await
            .map_err(|failure| refused(failure, invoices))?;
        let invoices = u32::try_from(invoices.len()).ok();
        Ok(Collective { number: made.to_string(), created_at: None, invoices })
    }

    /// Lists them, by period or by an invoice.
    ///
    /// # Errors
    /// See [`CollectiveProblem`].
    pub async fn collectives(
        &self,
        nip: Nip,
        environment: Environment,
        wanted: &CollectiveWanted,
    ) -> Result<CollectivePage, CollectiveProblem> {
        let scope = Scope::new(nip, environment);
        let next = wanted.next.clone().map(ContinuationToken);
        let page = match &wanted.ksef_number {
            Some(number) => {
                self.ask(scope, |client, token| {
                    let next = next.clone();
                    async move {
                        client.collective_identifiers_of_invoice(&token, number, PAGE, next.as_ref()).await
                    }
                })
                .await?
            }
            None => {
                let query = period(wanted, self.now())?;
                self.ask(scope, |client, token| {
                    let (query, next) = (query.clone(), next.clone());
                    async move { client.collective_identifiers(&token, &query, PAGE, next.as_ref()).await }
                })
                .await?
            }
        };
        Ok(CollectivePage {
            rows: page.collective_identifiers.into_iter().map(Collective::of).collect(),
            next: page.continuation_token.map(|token| token.0),
        })
    }

    /// All invoices of one.
    ///
    /// # Errors
    /// See [`CollectiveProblem`].
    pub async fn collective_invoices(
        &self,
        nip: Nip,
        environment: Environment,
        number: &str,
    ) -> Result<Vec<CollectivePayment>, CollectiveProblem> {
        let number: CollectiveIdentifierNumber =
            number.trim().to_ascii_uppercase().parse().map_err(|_| CollectiveProblem::Number)?;
        let scope = Scope::new(nip, environment);
        let (mut all, mut next) = (Vec::new(), None);
        loop {
            let page = self.invoices_of(scope, &number, next).await?;
            all.extend(page.invoices.into_iter().map(CollectivePayment::of));
            match page.continuation_token {
                Some(token) => next = Some(token),
                None => return Ok(all),
            }
        }
    }

    /// By the operation of 2.9, or by the one before it where KSeF does not know that yet.
    async fn invoices_of(
        &self,
        scope: Scope,
        number: &CollectiveIdentifierNumber,
        next: Option<ContinuationToken>,
    ) -> Result<InvoicesPaid, ConnectionFailure> {
        let next = next.as_ref();
        let asked = self
            .ask(scope, |client, token| async move {
                client.collective_identifier_invoices(&token, std::slice::from_ref(number), PAGE, next).await
            })
            .await;
        match asked {
            Err(failure) if failure.cause == ConnectionCause::NotKsef => {
                self.ask(scope, |client, token| async move {
                    client.invoices_of_collective_identifier(&token, number, PAGE, next).await
                })
                .await
            }
            asked => asked,
        }
    }

    async fn most_invoices(&self, scope: Scope) -> Result<u32, ConnectionFailure> {
        let limits =
            self.ask(scope, |client, token| async move { client.context_limits(&token).await }).await?;
        let collective = limits.collective_identifier.unwrap_or(CollectiveIdentifierLimits::PUBLISHED);
        Ok(collective.max_invoices)
    }
}

fn judge(invoices: &[CollectivePayment]) -> Result<(), CollectiveProblem> {
    let mut seen = BTreeSet::new();
    for invoice in invoices {
        if !seen.insert(invoice.ksef_number.as_str()) {
            return Err(CollectiveProblem::Repeated(invoice.ksef_number.clone()));
        }
    }
    let mut sellers = invoices.iter().filter_map(|invoice| invoice.ksef_number.seller());
    if let Some(first) = sellers.next()
        && let Some(other) = sellers.find(|other| *other != first)
    {
        return Err(CollectiveProblem::DifferentSellers { first, other });
    }
    if invoices.len() < 2 { Err(CollectiveProblem::TooFew(invoices.len())) } else { Ok(()) }
}

fn period(
    wanted: &CollectiveWanted,
    now: DateTime<Utc>,
) -> Result<CollectiveIdentifiersQuery, CollectiveProblem> {
    let to = wanted.to.map_or(now, day_ends).min(now);
    // The end of the day before is the beginning of the day.
    let from = wanted.from.and_then(|day| day.pred_opt()).map_or(to - LONGEST, day_ends);
    if from > to || to - from > LONGEST {
        return Err(CollectiveProblem::Period);
    }
    Ok(CollectiveIdentifiersQuery::between(from, to))
}

/// Noon in UTC is on the same day in Poland.
fn day_ends(day: NaiveDate) -> DateTime<Utc> {
    warsaw_day_ends(day.and_time(NOON).and_utc())
}

/// KSeF's own reasons, where the checks before did not find them.
fn refused(failure: ConnectionFailure, invoices: &[CollectivePayment]) -> CollectiveProblem {
    let ConnectionCause::Refused { code, .. } = failure.cause else { return failure.into() };
    // Which invoice it is stands in KSeF's words only.
    let words = failure.technical.clone().unwrap_or_default();
    let named =
        invoices.iter().map(|invoice| &invoice.ksef_number).find(|number| words.contains(number.as_str()));
    let named = named.map(ToString::to_string).unwrap_or_default();
    match code {
        71001 => CollectiveProblem::NotPossible(named),
        71002 => CollectiveProblem::UsedUp(named),
        _ => failure.into(),
    }
}

impl Collective {
    fn of(found: CollectiveIdentifier) -> Self {
        Self {
            number: found.number.to_string(),
            created_at: Some(found.date_created),
            invoices: found.invoice_count.and_then(|count| u32::try_from(count).ok()),
        }
    }
}

impl CollectivePayment {
    fn of(found: InvoicePaid) -> Self {
        Self {
            ksef_number: found.ksef_number,
            payment: found.payment.map(|payment| (payment.amount, payment.currency)),
            description: found.description,
            hidden: found.details_hidden,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invoice(number: &str) -> CollectivePayment {
        let ksef_number = number.parse().unwrap();
        CollectivePayment { ksef_number, payment: None, description: None, hidden: false }
    }

    /// From the published vectors' form: seller, day, twelve digits, check sum.
    fn number(seller: &str, last: u8) -> String {
        let body = format!("{seller}-20261121-0000000000{last:02X}");
        let sum = body.bytes().fold(0_u8, |sum, byte| {
            (0..8).fold(sum ^ byte, |value, _| if value & 0x80 == 0 { value << 1 } else { (value << 1) ^ 7 })
        });
        format!("{body}-{sum:02X}")
    }

    #[test]
    fn what_ksef_would_refuse_is_not_sent() {
        let (first, second) = (number("5265877635", 1), number("5265877635", 2));
        let other = number("1111111111", 1);
        assert!(judge(&[invoice(&first), invoice(&second)]).is_ok());
        assert!(matches!(judge(&[invoice(&first)]), Err(CollectiveProblem::TooFew(1))));
        assert!(matches!(judge(&[]), Err(CollectiveProblem::TooFew(0))));
        let repeated = judge(&[invoice(&first), invoice(&second), invoice(&first)]);
        assert!(matches!(repeated, Err(CollectiveProblem::Repeated(_))));
        let mixed = judge(&[invoice(&first), invoice(&other)]);
        assert!(matches!(mixed, Err(CollectiveProblem::DifferentSellers { .. })));
    }

    #[test]
    fn a_period_has_at_most_a_hundred_days() {
        let now: DateTime<Utc> = "2026-11-21T12:00:00Z".parse().unwrap();
        let day = |text: &str| Some(text.parse().unwrap());
        let of = |from, to| period(&CollectiveWanted { from, to, ..CollectiveWanted::default() }, now);
        assert_eq!(of(None, None).unwrap().date_created_to, now);
        assert!(of(day("2026-11-01"), day("2026-11-10")).is_ok());
        assert!(matches!(of(day("2026-01-01"), None), Err(CollectiveProblem::Period)));
        assert!(matches!(of(day("2026-11-10"), day("2026-11-01")), Err(CollectiveProblem::Period)));
    }
}
