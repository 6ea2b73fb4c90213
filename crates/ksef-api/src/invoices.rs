//! Invoices that KSeF has: one by its number, metadata of many. What a query answers stands in `metadata`.

use chrono::{DateTime, Utc};
use ksef_types::{KsefNumber, Nip, Sha256Hash};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::body::Document;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::metadata::InvoiceMetadataPage;
use crate::open_enum::open_enum;
use crate::operation::{Operation, Repeat};
use crate::sessions_status::InvoicingMode;

pub(crate) static BY_NUMBER: Operation =
    Operation::get("invoice_by_ksef_number", "/invoices/ksef/{ksefNumber}", RateGroup::InvoiceDownload);
pub(crate) static QUERY: Operation = Operation::post(
    "query_invoice_metadata",
    "/invoices/query/metadata",
    RateGroup::InvoiceMetadata,
    Repeat::Safe,
);

/// An invoice as it was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceDocument {
    /// The XML, byte by byte.
    pub xml: Vec<u8>,
    /// SHA-256 from the header `x-ms-meta-hash`; the caller compares it.
    pub announced_hash: Option<Sha256Hash>,
}

impl From<Document> for InvoiceDocument {
    fn from(document: Document) -> Self {
        Self { xml: document.bytes, announced_hash: document.announced_hash }
    }
}

open_enum! {
    /// In which part one stands on the invoice.
    SubjectKind {
        /// Seller.
        Subject1 = "Subject1",
        /// Buyer.
        Subject2 = "Subject2",
        /// Another subject.
        Subject3 = "Subject3",
        /// Authorised subject.
        SubjectAuthorized = "SubjectAuthorized",
    }
}

open_enum! {
    /// Which of an invoice's moments a period is about.
    DateKind {
        /// The day of issue (P_1).
        Issue = "Issue",
        /// When KSeF took it in.
        Invoicing = "Invoicing",
        /// When it was stored for good; the only one for complete synchronising.
        PermanentStorage = "PermanentStorage",
    }
}

open_enum! {
    /// Which amount.
    AmountKind {
        /// Gross.
        Brutto = "Brutto",
        /// Net.
        Netto = "Netto",
        /// VAT.
        Vat = "Vat",
    }
}

open_enum! {
    /// How a buyer or another subject is identified.
    BuyerIdentifierKind {
        /// By NIP.
        Nip = "Nip",
        /// By the internal identifier of a unit.
        InternalId = "InternalId",
        /// By a VAT number of the Union.
        VatUe = "VatUe",
        /// By something else.
        Foreign = "Other",
        /// Not at all.
        None = "None",
    }
}

open_enum! {
    /// The family of structures.
    FormType {
        /// FA.
        Fa = "FA",
        /// Peppol.
        Pef = "PEF",
        /// FA_RR.
        FaRr = "FA_RR",
    }
}

open_enum! {
    /// The kind of invoice (RodzajFaktury).
    InvoiceKind {
        /// Ordinary.
        Vat = "Vat",
        /// For an advance payment.
        Zal = "Zal",
        /// Correction.
        Kor = "Kor",
        /// Settling an advance payment.
        Roz = "Roz",
        /// Simplified.
        Upr = "Upr",
        /// Correction of one for an advance payment.
        KorZal = "KorZal",
        /// Correction of a settling one.
        KorRoz = "KorRoz",
        /// Peppol, ordinary.
        VatPef = "VatPef",
        /// Peppol, specialised.
        VatPefSp = "VatPefSp",
        /// Peppol, correction.
        KorPef = "KorPef",
        /// From a flat-rate farmer.
        VatRr = "VatRr",
        /// Correction of one from a flat-rate farmer.
        KorVatRr = "KorVatRr",
    }
}

open_enum! {
    /// The order of a listing.
    SortOrder {
        /// The oldest first.
        Asc = "Asc",
        /// The newest first.
        Desc = "Desc",
    }
}

/// A period of at most three months. Source: OpenAPI `InvoiceQueryDateRange`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DateRange {
    /// Of which moment.
    pub date_type: DateKind,
    /// At or after.
    pub from: DateTime<Utc>,
    /// At or before; `None`: until now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<DateTime<Utc>>,
    /// Only up to the mark below which the set is complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restrict_to_permanent_storage_hwm_date: Option<bool>,
}

/// A range of amounts. Source: OpenAPI `InvoiceQueryAmount`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Amount {
    /// Which amount.
    #[serde(rename = "type")]
    pub kind: AmountKind,
    /// At least.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::wire::optional_money::serialize"
    )]
    pub from: Option<Decimal>,
    /// At most.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::wire::optional_money::serialize"
    )]
    pub to: Option<Decimal>,
}

/// The buyer asked for. Source: OpenAPI `InvoiceQueryBuyerIdentifier`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QueryBuyer {
    /// How identified.
    #[serde(rename = "type")]
    pub kind: BuyerIdentifierKind,
    /// The identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// Which invoices. Source: OpenAPI `InvoiceQueryFilters`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceQuery {
    /// As whom.
    pub subject_type: SubjectKind,
    /// When.
    pub date_range: DateRange,
    /// Only this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ksef_number: Option<KsefNumber>,
    /// With this number of the seller's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_number: Option<String>,
    /// With such an amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// From this seller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller_nip: Option<Nip>,
    /// For this buyer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer_identifier: Option<QueryBuyer>,
    /// In these currencies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub currency_codes: Vec<String>,
    /// Issued so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoicing_mode: Option<InvoicingMode>,
    /// Whether by self-invoicing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_self_invoicing: Option<bool>,
    /// Of this family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form_type: Option<FormType>,
    /// Of these kinds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub invoice_types: Vec<InvoiceKind>,
    /// Whether with an attachment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_attachment: Option<bool>,
}

impl InvoiceQuery {
    /// Everything of a period.
    #[must_use]
    pub const fn new(subject_type: SubjectKind, date_range: DateRange) -> Self {
        Self {
            subject_type,
            date_range,
            ksef_number: None,
            invoice_number: None,
            amount: None,
            seller_nip: None,
            buyer_identifier: None,
            currency_codes: Vec::new(),
            invoicing_mode: None,
            is_self_invoicing: None,
            form_type: None,
            invoice_types: Vec::new(),
            has_attachment: None,
        }
    }
}

/// Which part of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The number of the page, from 0.
    pub offset: u32,
    /// 10 to 250.
    pub size: u32,
    /// The order.
    pub order: SortOrder,
}

impl Client {
    /// `GET /invoices/ksef/{ksefNumber}`: the invoice, byte by byte.
    ///
    /// # Errors
    /// See [`ApiError`]; 21165 while it is processed but not yet available.
    pub async fn invoice_by_ksef_number(
        &self,
        token: &AccessToken,
        number: &KsefNumber,
    ) -> Result<Answer<InvoiceDocument>, ApiError> {
        let request = self.request(&BY_NUMBER).reference(number.as_str()).bearer(token.secret());
        Ok(request.document_answer().await?.map(InvoiceDocument::from))
    }

    /// `POST /invoices/query/metadata`: a page of what KSeF has.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn query_invoice_metadata(
        &self,
        token: &AccessToken,
        query: &InvoiceQuery,
        page: &Page,
    ) -> Result<Answer<InvoiceMetadataPage>, ApiError> {
        self.request(&QUERY)
            .bearer(token.secret())
            .query("sortOrder", &page.order)
            .query("pageOffset", page.offset)
            .query("pageSize", page.size)
            .json(query)
            .json_answer()
            .await
    }
}
