//! What the books keep to be put on invoices.

use serde::{Deserialize, Serialize};

use super::{LineDraft, PartyDraft, PriceBasis};

/// What is kept of a contractor.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct ContractorCard {
    /// Who, as put on drafts.
    pub party: PartyDraft,
    /// JST of new invoices.
    pub local_government: bool,
    /// GV of new invoices.
    pub vat_group: bool,
    /// Days to pay of new invoices, as typed; empty for the company's.
    pub payment_days: String,
    /// FormaPlatnosci of new invoices; empty for the company's.
    pub payment_form: String,
    /// For the person only.
    pub remarks: String,
}

/// What is kept of goods or a service.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct GoodsCard {
    /// The line as it is put on an invoice; its quantity is the usual one.
    pub line: LineDraft,
    /// What its price is.
    pub prices: PriceBasis,
    /// ISO 4217 of its price; empty for PLN.
    pub currency: String,
    /// For the person only.
    pub remarks: String,
}
