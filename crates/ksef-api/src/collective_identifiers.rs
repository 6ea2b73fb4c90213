//! Collective identifiers: one number for the transfer that pays many invoices of a seller.

use chrono::{DateTime, Utc};
use ksef_types::KsefNumber;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::identifiers::CollectiveIdentifierNumber;
use crate::operation::{Operation, Repeat};
use crate::status::ContinuationToken;
use crate::text::PaymentDescription;

pub(crate) static MAKE: Operation = Operation::post(
    "make_collective_identifier",
    "/collective-identifiers",
    RateGroup::CollectiveIdentifier,
    Repeat::Never,
);
pub(crate) static QUERY: Operation = Operation::post(
    "collective_identifiers",
    "/collective-identifiers/query",
    RateGroup::CollectiveIdentifier,
    Repeat::Safe,
);
pub(crate) static BY_INVOICE: Operation = Operation::get(
    "collective_identifiers_of_invoice",
    "/collective-identifiers/ksef/{ksefNumber}",
    RateGroup::CollectiveIdentifier,
);
/// Since 2.9.
pub(crate) static INVOICES: Operation = Operation::post(
    "collective_identifier_invoices",
    "/collective-identifiers/invoices",
    RateGroup::CollectiveIdentifier,
    Repeat::Safe,
);
/// Until 2.9.
pub(crate) static INVOICES_OF_ONE: Operation = Operation::get(
    "invoices_of_collective_identifier",
    "/collective-identifiers/{collectiveIdentifierNumber}/invoices",
    RateGroup::CollectiveIdentifier,
);

/// What is paid for an invoice. Source: OpenAPI `CollectiveIdentifierInvoicePayment`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// How much.
    #[serde(
        serialize_with = "crate::wire::money::serialize",
        deserialize_with = "crate::wire::money::deserialize"
    )]
    pub amount: Decimal,
    /// In which currency, three letters.
    pub currency: String,
}

/// An invoice for a collective identifier. Source: OpenAPI `CollectiveIdentifierInvoice`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceToPay {
    /// Which invoice.
    pub ksef_number: KsefNumber,
    /// What is paid for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<PaymentDescription>,
}

#[derive(Serialize)]
struct Make<'a> {
    invoices: &'a [InvoiceToPay],
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    collective_identifier_number: CollectiveIdentifierNumber,
}

/// Which collective identifiers. Source: OpenAPI `CollectiveIdentifiersQueryRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectiveIdentifiersQuery {
    /// Only this one.
    #[serde(rename = "collectiveIdentifierNumber", skip_serializing_if = "Option::is_none")]
    pub number: Option<CollectiveIdentifierNumber>,
    /// Made at or after.
    pub date_created_from: DateTime<Utc>,
    /// Made at or before, at most 100 days later.
    pub date_created_to: DateTime<Utc>,
    /// With at least so many invoices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_count_from: Option<u32>,
    /// With at most so many invoices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_count_to: Option<u32>,
    /// Whether made by this company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_in_current_context: Option<bool>,
}

impl CollectiveIdentifiersQuery {
    /// All of a period.
    #[must_use]
    pub const fn between(date_created_from: DateTime<Utc>, date_created_to: DateTime<Utc>) -> Self {
        Self {
            number: None,
            date_created_from,
            date_created_to,
            invoice_count_from: None,
            invoice_count_to: None,
            created_in_current_context: None,
        }
    }
}

/// A collective identifier in a list. Source: OpenAPI `CollectiveIdentifiersQueryResponseItem`,
/// `CollectiveIdentifiersByKsefNumberQueryResponseItem`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectiveIdentifier {
    /// The number, for the transfer.
    #[serde(rename = "collectiveIdentifierNumber")]
    pub number: CollectiveIdentifierNumber,
    /// When it was made.
    pub date_created: DateTime<Utc>,
    /// How many invoices it has; not said when it is found by an invoice.
    #[serde(default)]
    pub invoice_count: Option<u64>,
    /// Whether this company made it.
    #[serde(default)]
    pub created_in_current_context: bool,
}

/// A part of the list, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectiveIdentifiersPage {
    /// At most as many as were asked for.
    pub collective_identifiers: Vec<CollectiveIdentifier>,
    /// Where the next page begins; `None`: this is the last.
    #[serde(default)]
    pub continuation_token: Option<ContinuationToken>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct InvoicesOf<'a> {
    collective_identifier_numbers: &'a [CollectiveIdentifierNumber],
}

/// An invoice of a collective identifier. Source: OpenAPI `CollectiveIdentifierInvoicesQueryResponseItem` and 2.9.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvoicePaid {
    /// Which invoice.
    pub ksef_number: KsefNumber,
    /// Of which collective identifier (since 2.9).
    #[serde(default)]
    pub collective_identifier_number: Option<CollectiveIdentifierNumber>,
    /// What is paid for it.
    #[serde(default)]
    pub payment: Option<Payment>,
    /// Words.
    #[serde(default)]
    pub description: Option<String>,
    /// Whether payment and words are another company's and not shown.
    #[serde(default)]
    pub details_hidden: bool,
}

/// A part of the invoices.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvoicesPaid {
    /// At most as many as were asked for.
    pub invoices: Vec<InvoicePaid>,
    /// Where the next page begins; `None`: this is the last.
    #[serde(default)]
    pub continuation_token: Option<ContinuationToken>,
}

impl Client {
    /// `POST /collective-identifiers`: makes one for invoices of one seller, at least 2 and at most
    /// [`crate::CollectiveIdentifierLimits::max_invoices`]. Never repeated: the list tells what became of a lost answer.
    ///
    /// # Errors
    /// See [`ApiError`]; 71001 and 71002 for an invoice that cannot be in one (more), 71004 for different sellers,
    /// 71005 for a number twice.
    pub async fn make_collective_identifier(
        &self,
        token: &AccessToken,
        invoices: &[InvoiceToPay],
    ) -> Result<Answer<CollectiveIdentifierNumber>, ApiError> {
        let answer: Answer<Made> =
            self.request(&MAKE).bearer(token.secret()).json(&Make { invoices }).json_answer().await?;
        Ok(answer.map(|made| made.collective_identifier_number))
    }

    /// `POST /collective-identifiers/query`: those of a period; `page_size` 10 to 200.
    ///
    /// # Errors
    /// See [`ApiError`]; 21418 for a continuation token that is no longer good.
    pub async fn collective_identifiers(
        &self,
        token: &AccessToken,
        query: &CollectiveIdentifiersQuery,
        page_size: u32,
        continuation: Option<&ContinuationToken>,
    ) -> Result<Answer<CollectiveIdentifiersPage>, ApiError> {
        self.request(&QUERY)
            .bearer(token.secret())
            .query("pageSize", page_size)
            .continuation(continuation)
            .json(query)
            .json_answer()
            .await
    }

    /// `GET /collective-identifiers/ksef/{ksefNumber}`: those in which an invoice is; `page_size` 10 to 200.
    ///
    /// # Errors
    /// See [`ApiError`]; 21418 for a continuation token that is no longer good.
    pub async fn collective_identifiers_of_invoice(
        &self,
        token: &AccessToken,
        number: &KsefNumber,
        page_size: u32,
        continuation: Option<&ContinuationToken>,
    ) -> Result<Answer<CollectiveIdentifiersPage>, ApiError> {
        self.request(&BY_INVOICE)
            .reference(number.as_str())
            .bearer(token.secret())
            .query("pageSize", page_size)
            .continuation(continuation)
            .json_answer()
            .await
    }

    /// `POST /collective-identifiers/invoices` (since 2.9): the invoices of 1 to 10 collective identifiers;
    /// `page_size` 10 to 200.
    ///
    /// # Errors
    /// See [`ApiError`]; 21418 for a continuation token that is no longer good.
    pub async fn collective_identifier_invoices(
        &self,
        token: &AccessToken,
        numbers: &[CollectiveIdentifierNumber],
        page_size: u32,
        continuation: Option<&ContinuationToken>,
    ) -> Result<Answer<InvoicesPaid>, ApiError> {
        self.request(&INVOICES)
            .bearer(token.secret())
            .query("pageSize", page_size)
            .continuation(continuation)
            .json(&InvoicesOf { collective_identifier_numbers: numbers })
            .json_answer()
            .await
    }

    /// `GET /collective-identifiers/{collectiveIdentifierNumber}/invoices` (until 2.9): the invoices of one;
    /// `page_size` 10 to 200.
    ///
    /// # Errors
    /// See [`ApiError`]; 21418 for a continuation token that is no longer good.
    pub async fn invoices_of_collective_identifier(
        &self,
        token: &AccessToken,
        number: &CollectiveIdentifierNumber,
        page_size: u32,
        continuation: Option<&ContinuationToken>,
    ) -> Result<Answer<InvoicesPaid>, ApiError> {
        self.request(&INVOICES_OF_ONE)
            .reference(number.as_str())
            .bearer(token.secret())
            .query("pageSize", page_size)
            .continuation(continuation)
            .json_answer()
            .await
    }
}
