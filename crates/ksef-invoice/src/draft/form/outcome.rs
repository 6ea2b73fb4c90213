//! What a draft comes to, and what is to be said of it.

use serde::{Deserialize, Serialize};

/// What a draft comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DraftTotals {
    /// Of each line in the order of the draft, decimal texts; nothing where the line cannot be computed yet.
    pub lines: Vec<Option<LineAmounts>>,
    /// By rate, in the order of FA(3), of what the invoice declares (P_13, P_14).
    pub rates: Vec<RateTotal>,
    /// Sum of net.
    pub net: String,
    /// Sum of VAT.
    pub vat: String,
    /// P_15.
    pub gross: String,
    /// ISO 4217.
    pub currency: String,
    /// Sum of VAT in PLN, with another currency and a rate.
    pub vat_pln: Option<String>,
    /// With an advance: value of the whole order. With a final invoice: value of all lines before the advances.
    pub whole: Option<String>,
    /// What is left to pay after partial payments, charges and deductions, where it differs from `gross`.
    pub to_pay: Option<String>,
}

/// What a line comes to; decimal texts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LineAmounts {
    /// Net; with a correction the difference.
    pub net: String,
    /// VAT.
    pub vat: String,
    /// Gross.
    pub gross: String,
}

/// What a rate comes to; decimal texts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RateTotal {
    /// As in [`LineDraft::rate`](super::LineDraft::rate); `22`/`23`, `7`/`8` and `3`/`4` each under one.
    pub rate: String,
    /// P_13_…
    pub net: String,
    /// P_14_…
    pub vat: String,
    /// P_14_…W, in PLN.
    pub vat_pln: Option<String>,
}

/// Something to know about a field of the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DraftFinding {
    /// Where: names and positions from 0 with dots (`lines.2.unitPrice`, `buyer.party.id`,
    /// `extras.Fa/WarunkiTransakcji.Transport.0.RodzajTransportu`); empty for the invoice as a whole.
    pub field: String,
    /// Stable code, as [`crate::FindingCode`] is written.
    pub code: String,
    /// An error keeps it from being issued, a warning does not.
    pub error: bool,
    /// The sentence in Polish.
    pub pl: String,
    /// The sentence in English.
    pub en: String,
}
