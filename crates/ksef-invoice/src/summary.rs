use chrono::NaiveDate;
use ksef_types::Nip;
use rust_decimal::Decimal;
use serde::Serialize;

/// Which form a document is filled in on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub enum Form {
    /// FA(3) 1-0E, the one that is sent.
    Fa3,
    /// FA(2) 1-0E, read only.
    Fa2,
    /// FA(1) 1-0E, of before KSeF 2.0, not read.
    Fa1,
    /// FA_RR(1) 1-1E, the invoice for a flat-rate farmer, read only.
    FaRr,
    /// PEF, the public procurement invoice (Peppol BIS, UBL).
    Pef,
    /// A UPO, KSeF's confirmation of receipt.
    Upo,
    /// Another document: the root element's name and namespace.
    Other {
        /// Local name of the root element.
        root: String,
        /// Its namespace; empty for none.
        namespace: String,
    },
}

/// `RodzajFaktury`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InvoiceKind {
    /// `VAT`, a basic invoice.
    Vat,
    /// `KOR`, a correction.
    Kor,
    /// `ZAL`, for an advance payment.
    Zal,
    /// `ROZ`, settling advance payments.
    Roz,
    /// `UPR`, a simplified one.
    Upr,
    /// `KOR_ZAL`, a correction of an advance invoice.
    KorZal,
    /// `KOR_ROZ`, a correction of a settling invoice.
    KorRoz,
    /// `VAT_RR`, for a flat-rate farmer.
    VatRr,
    /// `KOR_VAT_RR`, a correction of it.
    KorVatRr,
}

/// The seller as written in the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Seller {
    /// The NIP as written; [`Seller::nip`] gives it where it is one.
    pub nip_as_written: Option<String>,
    /// Name.
    pub name: Option<String>,
}

impl Seller {
    /// The NIP, if its check digit is right.
    #[must_use]
    pub fn nip(&self) -> Option<Nip> {
        self.nip_as_written.as_deref()?.parse().ok()
    }
}

/// How a buyer is identified.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", content = "value")]
pub enum BuyerId {
    /// `NIP`, as written.
    Nip(String),
    /// `KodUE` + `NrVatUE`.
    VatUe(String),
    /// `KodKraju` (where given) + `NrID`.
    Other {
        /// Country code.
        country: Option<String>,
        /// Number.
        number: String,
    },
    /// `BrakID`: none, a consumer for instance.
    None,
}

/// The buyer as written in the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Buyer {
    /// Identifier.
    pub id: Option<BuyerId>,
    /// Name.
    pub name: Option<String>,
}

/// What a person wants to see of an invoice in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Form.
    pub form: Form,
    /// `RodzajFaktury`.
    pub kind: Option<InvoiceKind>,
    /// `P_2` (FA_RR: `P_4C`).
    pub number: Option<String>,
    /// `P_1` (FA_RR: `P_4B`).
    pub issue_date: Option<NaiveDate>,
    /// `Podmiot1`.
    pub seller: Seller,
    /// `Podmiot2`.
    pub buyer: Buyer,
    /// `KodWaluty`, ISO 4217.
    pub currency: Option<String>,
    /// Sum of all `P_13_*`, in the invoice's currency.
    pub net: Option<Decimal>,
    /// Sum of all `P_14_*` without the conversions to PLN (`P_14_*W`), in the invoice's currency.
    pub vat: Option<Decimal>,
    /// `P_15`, what is due, in the invoice's currency.
    pub gross: Option<Decimal>,
    /// There is a `Zalacznik`: only batch sessions take it.
    pub has_attachment: bool,
}

/// Why a document has no summary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSummary {
    /// It is not well-formed XML up to its root element's end.
    #[error("the document is not well-formed XML")]
    NotXml,
    /// It is no FA invoice; the form says what it is.
    #[error("the document is no FA invoice")]
    NotAnInvoice(Form),
}

/// Reads the summary of FA(3), FA(2) or FA_RR. Lenient about everything but well-formedness: fields that are
/// missing or unreadable are `None`.
///
/// # Errors
/// When the document is not well-formed XML or no FA invoice.
pub fn summary(_bytes: &[u8]) -> Result<Summary, NoSummary> {
    Err(NoSummary::NotXml)
}
