use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::{ContextIdentifier, KsefNumber, Nip, ReferenceNumber};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::FormCode;
use crate::contract::StatusText;
use crate::judge::refusal::Status;

/// A status as it is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredStatus {
    pub(crate) code: u16,
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) details: Vec<String>,
    #[serde(default)]
    pub(crate) extensions: BTreeMap<String, Option<String>>,
}

impl StoredStatus {
    pub(crate) fn detailed(text: StatusText, details: Vec<String>) -> Self {
        Self { details, ..Self::from(text) }
    }

    /// `StatusInfo`; absent rather than empty where there is nothing.
    pub(crate) fn json(&self) -> Value {
        let mut status = json!({ "code": self.code, "description": self.description });
        if !self.details.is_empty() {
            status["details"] = json!(self.details);
        }
        if !self.extensions.is_empty() {
            status["extensions"] = json!(self.extensions);
        }
        status
    }
}

impl From<StatusText> for StoredStatus {
    fn from(text: StatusText) -> Self {
        Self {
            code: text.code,
            description: text.description.to_owned(),
            details: text.detail.map(str::to_owned).into_iter().collect(),
            extensions: BTreeMap::new(),
        }
    }
}

impl From<Status> for StoredStatus {
    fn from(status: Status) -> Self {
        Self {
            code: status.code,
            description: status.description.to_owned(),
            details: status.details,
            extensions: BTreeMap::new(),
        }
    }
}

/// What an accepted document says, for metadata and duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Facts {
    pub(crate) seller: Nip,
    pub(crate) seller_name: Option<String>,
    /// `BuyerIdentifierType` and value.
    pub(crate) buyer: (String, Option<String>),
    pub(crate) buyer_name: Option<String>,
    pub(crate) number: String,
    /// `RodzajFaktury` as written in the document.
    pub(crate) kind: String,
    pub(crate) issue_date: NaiveDate,
    pub(crate) currency: String,
    pub(crate) net: Decimal,
    pub(crate) vat: Decimal,
    pub(crate) gross: Decimal,
    pub(crate) self_invoicing: bool,
    pub(crate) has_attachment: bool,
    /// The form of its session.
    #[serde(default)]
    pub(crate) form: Option<FormCode>,
    /// `Podmiot3`, each.
    #[serde(default)]
    pub(crate) third: Vec<ThirdSubject>,
    /// `PodmiotUpowazniony`
    #[serde(default)]
    pub(crate) authorised: Option<AuthorisedSubject>,
}

/// A third party of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ThirdSubject {
    /// `ThirdSubjectIdentifierType`
    pub(crate) kind: String,
    pub(crate) value: Option<String>,
    pub(crate) name: Option<String>,
    /// 0 for one that is not listed.
    pub(crate) role: i32,
}

/// The authorised party of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AuthorisedSubject {
    pub(crate) nip: String,
    pub(crate) name: Option<String>,
    pub(crate) role: i32,
}

/// A document that was sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Invoice {
    pub(crate) reference: ReferenceNumber,
    pub(crate) session: ReferenceNumber,
    pub(crate) context: ContextIdentifier,
    /// From 1.
    pub(crate) ordinal: u32,
    /// SHA-256 of the document as the sender named it, Base64.
    pub(crate) hash: String,
    pub(crate) size: u64,
    /// The ciphertext in Base64, until it is processed.
    pub(crate) ciphertext: Option<String>,
    /// The decrypted bytes in Base64, as far as they could be decrypted.
    pub(crate) document: Option<String>,
    /// Its name in the package of a batch.
    #[serde(default)]
    pub(crate) file_name: Option<String>,
    pub(crate) declared_offline: bool,
    pub(crate) corrected_hash: Option<String>,
    pub(crate) status: StoredStatus,
    pub(crate) facts: Option<Facts>,
    pub(crate) ksef_number: Option<KsefNumber>,
    pub(crate) offline: Option<bool>,
    /// Taken for processing.
    pub(crate) invoicing: DateTime<Utc>,
    /// Given its number.
    pub(crate) acquisition: Option<DateTime<Utc>>,
    /// Stored for good.
    pub(crate) permanent_storage: Option<DateTime<Utc>>,
    /// The signed UPO.
    pub(crate) upo: Option<String>,
}

impl Invoice {
    pub(crate) const fn finished(&self) -> bool {
        self.status.code >= 200
    }

    pub(crate) const fn accepted(&self) -> bool {
        self.status.code == 200
    }
}
