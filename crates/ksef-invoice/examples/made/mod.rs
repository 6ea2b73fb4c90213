//! Invoices to be measured.

use std::io::{Error, Result};

use chrono::{DateTime, NaiveDate};
use ksef_invoice::sample::{SampleInvoice, SampleLine, SampleParty, SampleRate, fa3};

/// An invoice of so many lines; 8100 make some 2 MB.
pub(crate) fn invoice(lines: usize) -> Result<Vec<u8>> {
    let party = |name: &str| -> Result<SampleParty> {
        Ok(SampleParty {
            nip: "5265877635".parse().map_err(Error::other)?,
            name: name.to_owned(),
            address: "ul. Świętokrzyska 12, 00-916 Warszawa".to_owned(),
        })
    };
    let line = |number: usize| SampleLine {
        name: format!(
            "Usługa serwisowa nr {number}: przegląd i konserwacja urządzeń w siedzibie klienta, z dojazdem"
        ),
        unit: "szt.".to_owned(),
        quantity: 3.into(),
        unit_price: rust_decimal::Decimal::new(123_456, 3),
        rate: SampleRate::Vat23,
    };
    Ok(fa3(&SampleInvoice {
        seller: party("Przykładowa Firma Usługowa sp. z o.o.")?,
        buyer: party("Odbiorca i Wspólnicy sp.j.")?,
        number: "FV/2026/11/0001".to_owned(),
        issue_date: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default(),
        created: DateTime::from_timestamp(1_795_000_000, 0).unwrap_or_default(),
        lines: (1..=lines).map(line).collect(),
    }))
}
