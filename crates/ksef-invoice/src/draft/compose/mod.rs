//! From a draft to FA(3).

use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::Nip;

use super::{DraftFinding, DraftTotals, InvoiceDraft, SellerProfile};
use crate::fa3::Faktura;

/// The company that issues.
#[derive(Debug, Clone, Copy)]
pub struct Issuer<'a> {
    /// Its NIP.
    pub nip: Nip,
    /// Its data.
    pub profile: &'a SellerProfile,
}

/// What an invoice gets when it is issued.
#[derive(Debug, Clone, Copy)]
pub struct IssueContext<'a> {
    /// P_2, unless the draft has a number of its own.
    pub number: &'a str,
    /// P_1, unless the draft has a date of its own.
    pub issue_date: NaiveDate,
    /// DataWytworzeniaFa.
    pub created: DateTime<Utc>,
    /// SystemInfo: the program's name and version; empty for none.
    pub system_info: &'a str,
}

/// What a draft becomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Composition {
    /// The document; nothing while a finding is an error.
    pub invoice: Option<Faktura>,
    /// What it comes to, as far as lines can be computed.
    pub totals: DraftTotals,
    /// What was found while composing.
    pub findings: Vec<DraftFinding>,
}

impl Composition {
    /// The field of the draft that an element of the composed document comes from: `/Faktura/Fa/FaWiersz[3]/P_9A` is
    /// `lines.1.before.unitPrice` or `lines.2.unitPrice`. `None` for what no field makes.
    #[must_use]
    pub fn field_of(&self, path: &str) -> Option<String> {
        let _ = path;
        None
    }
}

/// Composes FA(3) from what was typed. Every problem is a finding beside its field.
#[must_use]
pub fn compose(draft: &InvoiceDraft, issuer: &Issuer<'_>, context: &IssueContext<'_>) -> Composition {
    let _ = (draft, issuer, context);
    Composition { invoice: None, totals: DraftTotals::default(), findings: Vec::new() }
}
