//! Number series: patterns such as `FV/{nr}/{mm}/{rrrr}`, when their counters start again, and reading numbers back.
//!
//! A pattern is refused when two invoices of a series could get the same number. Counters themselves are kept
//! elsewhere, one for each [`period`].

mod pattern;

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

pub use pattern::{InvalidPattern, Pattern};

/// When the counter of a series starts again from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum Reset {
    /// Never.
    Never,
    /// With each year.
    Yearly,
    /// With each quarter.
    Quarterly,
    /// With each month.
    #[default]
    Monthly,
}

/// The key of the period that a day belongs to, by which counters are kept: empty, `2026`, `2026-Q4`, `2026-11`.
#[must_use]
pub fn period(date: NaiveDate, reset: Reset) -> String {
    match reset {
        Reset::Never => String::new(),
        Reset::Yearly => format!("{:04}", date.year()),
        Reset::Quarterly => format!("{:04}-Q{}", date.year(), quarter(date)),
        Reset::Monthly => format!("{:04}-{:02}", date.year(), date.month()),
    }
}

/// 1 to 4.
fn quarter(date: NaiveDate) -> u32 {
    date.quarter()
}

#[cfg(test)]
mod tests;
