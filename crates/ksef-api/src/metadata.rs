//! Invoices without their lines, as a query answers them.

use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::{KsefNumber, Nip, Sha256Hash};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::invoices::{BuyerIdentifierKind, InvoiceKind};
use crate::sessions_online::FormCode;
use crate::sessions_status::InvoicingMode;

/// The seller in metadata.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MetadataSeller {
    /// NIP.
    pub nip: Nip,
    /// Name.
    #[serde(default)]
    pub name: Option<String>,
}

/// An identifier in metadata.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MetadataIdentifier {
    /// How identified.
    #[serde(rename = "type")]
    pub kind: BuyerIdentifierKind,
    /// The identifier; as people typed it, so not every NIP is one.
    #[serde(default)]
    pub value: Option<String>,
}

/// The buyer in metadata.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MetadataBuyer {
    /// How identified.
    pub identifier: MetadataIdentifier,
    /// Name.
    #[serde(default)]
    pub name: Option<String>,
}

/// Another subject in metadata.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MetadataThirdSubject {
    /// How identified.
    pub identifier: MetadataIdentifier,
    /// Name.
    #[serde(default)]
    pub name: Option<String>,
    /// The role's number in the structure.
    #[serde(default)]
    pub role: Option<i32>,
}

/// The authorised subject in metadata.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MetadataAuthorizedSubject {
    /// NIP.
    pub nip: Nip,
    /// Name.
    #[serde(default)]
    pub name: Option<String>,
    /// The role's number in the structure.
    #[serde(default)]
    pub role: Option<i32>,
}

/// An invoice without its lines. Source: OpenAPI `InvoiceMetadata`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceMetadata {
    /// Its KSeF number.
    pub ksef_number: KsefNumber,
    /// The seller's number (P_2).
    pub invoice_number: String,
    /// The day of issue (P_1).
    pub issue_date: NaiveDate,
    /// When KSeF took it in.
    pub invoicing_date: DateTime<Utc>,
    /// When the KSeF number was given.
    pub acquisition_date: DateTime<Utc>,
    /// When it was stored for good; can be missing for a while, can be earlier than the others.
    #[serde(default)]
    pub permanent_storage_date: Option<DateTime<Utc>>,
    /// Seller.
    pub seller: MetadataSeller,
    /// Buyer.
    pub buyer: MetadataBuyer,
    /// Net, in [`Self::currency`].
    #[serde(deserialize_with = "crate::wire::money::deserialize")]
    pub net_amount: Decimal,
    /// Gross, in [`Self::currency`].
    #[serde(deserialize_with = "crate::wire::money::deserialize")]
    pub gross_amount: Decimal,
    /// VAT, in [`Self::currency`].
    #[serde(deserialize_with = "crate::wire::money::deserialize")]
    pub vat_amount: Decimal,
    /// Three letters.
    pub currency: String,
    /// How it was issued, as KSeF sees it.
    pub invoicing_mode: InvoicingMode,
    /// The kind.
    pub invoice_type: InvoiceKind,
    /// The structure.
    pub form_code: FormCode,
    /// Whether the buyer issued it.
    #[serde(default)]
    pub is_self_invoicing: bool,
    /// Whether it has an attachment.
    #[serde(default)]
    pub has_attachment: bool,
    /// SHA-256 of the document.
    #[serde(deserialize_with = "crate::wire::hash::deserialize")]
    pub invoice_hash: Sha256Hash,
    /// SHA-256 of the refused document that this one replaced.
    #[serde(default, deserialize_with = "crate::wire::optional_hash::deserialize")]
    pub hash_of_corrected_invoice: Option<Sha256Hash>,
    /// Other subjects.
    #[serde(default, deserialize_with = "crate::wire::null_as_default")]
    pub third_subjects: Vec<MetadataThirdSubject>,
    /// Authorised subject.
    #[serde(default)]
    pub authorized_subject: Option<MetadataAuthorizedSubject>,
}

/// A part of a listing. Source: OpenAPI `QueryInvoicesMetadataResponse`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceMetadataPage {
    /// Whether there is more.
    pub has_more: bool,
    /// Whether the listing reached 10 000 and the period has to be narrowed.
    pub is_truncated: bool,
    /// The mark below which the set is complete.
    #[serde(default)]
    pub permanent_storage_hwm_date: Option<DateTime<Utc>>,
    /// At most as many as were asked for.
    pub invoices: Vec<InvoiceMetadata>,
}
