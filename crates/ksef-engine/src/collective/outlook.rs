//! What a collective identifier would pay, judged before it is made.

use std::collections::BTreeMap;

use ksef_api::{InvoiceToPay, Payment, PaymentDescription};
use ksef_archive::{ArchiveError, InvoiceRow};
use ksef_invoice::fa3::{self, KodWaluty, WynikRozliczenia};
use ksef_types::{Environment, KsefNumber, Nip};
use rust_decimal::Decimal;

use super::{CollectivePayment, CollectiveProblem, judge};
use crate::{Engine, EngineError};

/// Why an amount cannot be paid of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaymentFault {
    /// Nothing, or less.
    #[error("not more than nothing")]
    NotPositive,
    /// Parts of a grosz.
    #[error("more than two places after the point")]
    Places,
    /// The contract writes amounts as `double`: beyond fifteen digits these are not exact.
    #[error("too large")]
    TooLarge,
    /// No code of a currency.
    #[error("not a currency")]
    Currency,
    /// More than is to be paid by the invoice.
    #[error("more than the invoice: {gross} {currency}")]
    MoreThanInvoice {
        /// What is to be paid.
        gross: Decimal,
        /// In which currency.
        currency: String,
    },
}

/// An invoice of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedInvoice {
    /// The seller's number.
    pub number: String,
    /// What is to be paid: DoZaplaty, or P_15 where there is none; negative on some corrections.
    pub gross: Decimal,
    /// In which currency, three letters.
    pub currency: String,
}

/// What would be paid, and what is wrong with it.
#[derive(Debug)]
pub struct CollectiveOutlook {
    /// In the order in which they were chosen.
    pub invoices: Vec<InvoiceOutlook>,
    /// By currency: payments that can be made, and invoices of the archive that are paid whole.
    pub sums: BTreeMap<String, Decimal>,
    /// How many are paid whole without the archive knowing them: the sums lack these.
    pub unknown: usize,
    /// What is wrong with all of them together.
    pub problem: Option<CollectiveProblem>,
}

/// One of the invoices.
#[derive(Debug)]
pub struct InvoiceOutlook {
    /// Its number.
    pub ksef_number: KsefNumber,
    /// What the archive knows of it.
    pub archived: Option<ArchivedInvoice>,
    /// What is wrong with its payment.
    pub problem: Option<CollectiveProblem>,
}

/// Source: API 2.8, `CurrencyCode`: those that the invoices' schema does not list.
const NEWER_CURRENCIES: [&str; 5] = ["CNH", "SLE", "VED", "XTS", "ZWG"];

/// Fifteen digits: as many as come through a `double` unchanged.
const LARGEST: Decimal = Decimal::from_parts(0xA4C6_7FFF, 0x0003_8D7E, 0, false, 2);

impl Engine {
    /// What would be paid, and what is wrong with it; KSeF is not asked.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn collective_outlook(
        &self,
        nip: Nip,
        environment: Environment,
        invoices: &[CollectivePayment],
    ) -> Result<CollectiveOutlook, EngineError> {
        let (mut sums, mut unknown, mut rows) = (BTreeMap::new(), 0, Vec::with_capacity(invoices.len()));
        for invoice in invoices {
            let archived = self.archived(nip, environment, &invoice.ksef_number)?;
            let to_pay = to_pay(invoice, archived.as_ref());
            match (&to_pay, &archived) {
                (Ok(InvoiceToPay { payment: Some(payment), .. }), _) => {
                    add(&mut sums, &payment.currency, payment.amount);
                }
                (Ok(_), Some(archived)) => add(&mut sums, &archived.currency, archived.gross),
                (Ok(_), None) => unknown += 1,
                (Err(_), _) => {}
            }
            let ksef_number = invoice.ksef_number.clone();
            rows.push(InvoiceOutlook { ksef_number, archived, problem: to_pay.err() });
        }
        Ok(CollectiveOutlook { invoices: rows, sums, unknown, problem: judge(invoices).err() })
    }

    pub(super) fn to_pay(
        &self,
        nip: Nip,
        environment: Environment,
        invoices: &[CollectivePayment],
    ) -> Result<Vec<InvoiceToPay>, CollectiveProblem> {
        let judged = |invoice: &CollectivePayment| {
            let archived = self.archived(nip, environment, &invoice.ksef_number)?;
            to_pay(invoice, archived.as_ref())
        };
        invoices.iter().map(judged).collect()
    }

    fn archived(
        &self,
        nip: Nip,
        environment: Environment,
        number: &KsefNumber,
    ) -> Result<Option<ArchivedInvoice>, EngineError> {
        let found = self.archive().read::<_, ArchiveError>(|tables| {
            let invoices = tables.invoices();
            let row = invoices.by_number(nip, environment, number)?;
            row.map(|row| Ok((invoices.document(row.id)?, row))).transpose()
        })?;
        Ok(found.and_then(|(document, row)| ArchivedInvoice::of(row, document.as_deref())))
    }
}

impl ArchivedInvoice {
    /// Nothing where the amount on an invoice of somebody else cannot be read: it is not judged then.
    fn of(row: InvoiceRow, document: Option<&[u8]>) -> Option<Self> {
        let gross = document.and_then(due).map_or_else(|| row.stands.gross.parse().ok(), Some)?;
        Some(Self { number: row.stands.number, gross, currency: row.stands.currency })
    }
}

/// DoZaplaty: with charges more is due than P_15, with deductions less, and nothing where too much was paid (DoRozliczenia). `None`
/// where P_15 says what is due.
fn due(document: &[u8]) -> Option<Decimal> {
    match fa3::read(document).ok()?.fa.rozliczenie?.wynik {
        Some(WynikRozliczenia::DoZaplaty(due)) => Some(due.decimal()),
        Some(WynikRozliczenia::DoRozliczenia(_)) => Some(Decimal::ZERO),
        None => None,
    }
}

fn add(sums: &mut BTreeMap<String, Decimal>, currency: &str, amount: Decimal) {
    let sum = sums.entry(currency.to_owned()).or_default();
    *sum = sum.saturating_add(amount);
}

fn to_pay(
    invoice: &CollectivePayment,
    archived: Option<&ArchivedInvoice>,
) -> Result<InvoiceToPay, CollectiveProblem> {
    let number = || invoice.ksef_number.clone();
    let payment = match &invoice.payment {
        None => None,
        Some((amount, currency)) => {
            let payment = payment(*amount, currency, archived);
            Some(payment.map_err(|fault| CollectiveProblem::Payment { number: number(), fault })?)
        }
    };
    let words = invoice.description.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let description = words.map(str::parse::<PaymentDescription>).transpose();
    let description = description.map_err(|_| CollectiveProblem::Words(number()))?;
    Ok(InvoiceToPay { ksef_number: number(), payment, description })
}

/// The contract writes no bounds of `amount`; a transfer pays something, in whole hundredths, and no more than is due. In
/// another currency than the invoice's (VAT in złoty, say) there is nothing to compare with.
fn payment(
    amount: Decimal,
    currency: &str,
    archived: Option<&ArchivedInvoice>,
) -> Result<Payment, PaymentFault> {
    let currency = currency.trim().to_ascii_uppercase();
    if KodWaluty::of(&currency).is_none() && !NEWER_CURRENCIES.contains(&currency.as_str()) {
        return Err(PaymentFault::Currency);
    }
    if amount <= Decimal::ZERO {
        return Err(PaymentFault::NotPositive);
    }
    if amount.normalize().scale() > 2 {
        return Err(PaymentFault::Places);
    }
    if let Some(archived) = archived.filter(|archived| archived.currency == currency)
        && amount > archived.gross
    {
        return Err(PaymentFault::MoreThanInvoice { gross: archived.gross, currency });
    }
    if amount > LARGEST {
        return Err(PaymentFault::TooLarge);
    }
    Ok(Payment { amount, currency })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn archived(gross: &str, currency: &str) -> ArchivedInvoice {
        let number = "FV/1".to_owned();
        ArchivedInvoice { number, gross: gross.parse().unwrap(), currency: currency.to_owned() }
    }

    fn fault(amount: &str, currency: &str) -> Option<PaymentFault> {
        let invoice = archived("1230.00", "PLN");
        payment(amount.parse().unwrap(), currency, Some(&invoice)).err()
    }

    #[test]
    fn payments_are_money_and_no_more_than_the_invoice() {
        for (amount, currency) in
            [("0.01", "PLN"), ("10.500", "pln"), ("1230", " PLN "), ("5000", "EUR"), ("1", "ZWG")]
        {
            assert_eq!(fault(amount, currency), None, "{amount} {currency}");
        }
        let more = PaymentFault::MoreThanInvoice { gross: Decimal::new(123_000, 2), currency: "PLN".into() };
        for (amount, currency, wrong) in [
            ("0", "PLN", PaymentFault::NotPositive),
            ("-1", "PLN", PaymentFault::NotPositive),
            ("1.005", "PLN", PaymentFault::Places),
            ("1230.01", "PLN", more),
            ("1", "PL", PaymentFault::Currency),
            ("1", "ABC", PaymentFault::Currency),
            ("1", "", PaymentFault::Currency),
            ("10000000000000", "EUR", PaymentFault::TooLarge),
        ] {
            assert_eq!(fault(amount, currency), Some(wrong), "{amount} {currency}");
        }
    }

    #[test]
    fn of_a_correction_to_less_no_part_is_paid() {
        let correction = archived("-100.00", "PLN");
        assert!(matches!(
            payment(Decimal::ONE, "PLN", Some(&correction)),
            Err(PaymentFault::MoreThanInvoice { .. })
        ));
    }

    proptest! {
        #[test]
        fn what_is_taken_comes_through_a_double_unchanged(hundredths in 1_i64..=999_999_999_999_999) {
            let amount = Decimal::new(hundredths, 2);
            let taken = payment(amount, "EUR", None).unwrap().amount;
            let double: f64 = taken.to_string().parse().unwrap();
            prop_assert_eq!(format!("{double:.2}").parse::<Decimal>().unwrap(), amount);
        }
    }
}
