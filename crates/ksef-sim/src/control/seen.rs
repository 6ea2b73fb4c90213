//! What came to the simulator, and what it holds.

use chrono::{DateTime, Utc};
use ksef_types::{KsefNumber, Nip, ReferenceNumber};
use serde::Serialize;

use super::{Control, ControlError};
use crate::model::Invoice;
use crate::{FaultKind, Operation};

/// What came to the simulator.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Arrived {
    /// Every request to the API, the oldest first; the last 10 000 are kept.
    pub requests: Vec<ArrivedRequest>,
    /// Every document, the oldest first.
    pub documents: Vec<ArrivedDocument>,
}

/// A request. Bodies and tokens are not kept.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArrivedRequest {
    /// From 1.
    pub number: u64,
    /// When, by the simulator's clock.
    pub at: DateTime<Utc>,
    /// Which operation; `None` for a path or method that the contract does not have.
    pub operation: Option<Operation>,
    /// Method.
    pub method: String,
    /// Path with query.
    pub path: String,
    /// In whose context, `Nip:5265877635`, where a good token came along.
    pub context: Option<String>,
    /// Header `User-Agent`.
    pub user_agent: Option<String>,
    /// Whether `X-Error-Format: problem-details` was asked for.
    pub problem_details: bool,
    /// Fields of the body that the contract does not know.
    pub unknown_fields: Vec<String>,
    /// The fault that struck it.
    pub fault: Option<FaultKind>,
    /// The HTTP status of the answer; `None` while there is none, and where the connection was cut.
    pub answered: Option<u16>,
}

impl Arrived {
    /// How many requests of an operation came.
    #[must_use]
    pub fn count(&self, operation: Operation) -> usize {
        self.requests.iter().filter(|request| request.operation == Some(operation)).count()
    }
}

/// A document that was sent.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArrivedDocument {
    /// Its reference number.
    pub reference: ReferenceNumber,
    /// Its session.
    pub session: ReferenceNumber,
    /// The decrypted bytes, Base64 in JSON; `None` where they could not be decrypted, or not yet.
    #[serde(serialize_with = "base64_bytes")]
    pub bytes: Option<Vec<u8>>,
    /// `offlineMode`
    pub declared_offline: bool,
    /// The code of its status.
    pub status: u16,
}

/// An invoice that KSeF holds.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HeldInvoice {
    /// Its number.
    pub ksef_number: KsefNumber,
    /// The session in which it came.
    pub session: ReferenceNumber,
    /// Its reference number in it.
    pub reference: ReferenceNumber,
    /// Seller.
    pub seller: Nip,
    /// `P_2`
    pub number: String,
    /// Whether it counts as an offline one.
    pub offline: bool,
    /// When it was given its number.
    pub acquired: DateTime<Utc>,
    /// The exact bytes, Base64 in JSON.
    #[serde(serialize_with = "base64_some")]
    pub bytes: Vec<u8>,
}

impl Control {
    /// What came to the simulator so far.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn arrived(&self) -> Result<Arrived, ControlError> {
        let requests = self.0.arrived().requests.iter().cloned().collect();
        let mut rows: Vec<Invoice> = self.0.look(|state| state.invoices.rows().cloned().collect())?;
        rows.sort_by_key(|row| (row.invoicing, row.session.clone(), row.ordinal));
        let documents = rows.into_iter().map(|row| ArrivedDocument {
            bytes: row.document.as_deref().and_then(|text| ksef_crypto::base64::decode(text).ok()),
            reference: row.reference,
            session: row.session,
            declared_offline: row.declared_offline,
            status: row.status.code,
        });
        Ok(Arrived { requests, documents: documents.collect() })
    }

    /// The invoices that KSeF holds, in the order in which they got their numbers.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn invoices(&self) -> Result<Vec<HeldInvoice>, ControlError> {
        let mut held: Vec<HeldInvoice> =
            self.0.look(|state| state.invoices.rows().filter_map(held).collect())?;
        held.sort_by_key(|invoice| invoice.acquired);
        Ok(held)
    }
}

fn base64_bytes<S: serde::Serializer>(bytes: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
    bytes.as_deref().map(ksef_crypto::base64::encode).serialize(serializer)
}

fn base64_some<S: serde::Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    ksef_crypto::base64::encode(bytes).serialize(serializer)
}

fn held(row: &Invoice) -> Option<HeldInvoice> {
    let facts = row.facts.as_ref()?;
    Some(HeldInvoice {
        ksef_number: row.ksef_number.clone()?,
        session: row.session.clone(),
        reference: row.reference.clone(),
        seller: facts.seller,
        number: facts.number.clone(),
        offline: row.offline.unwrap_or_default(),
        acquired: row.acquisition?,
        bytes: ksef_crypto::base64::decode(row.document.as_deref()?).ok()?,
    })
}
