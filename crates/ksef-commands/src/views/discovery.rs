use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Problem;
use crate::views::{PartyKind, Scope};

/// A company in which the owner of a certificate may act.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundCompany {
    /// Ten digits.
    pub nip: String,
    /// Name, where KSeF or the white list knows it.
    pub name: Option<String>,
    /// What the owner may do there, as the contract names it.
    pub permissions: Vec<String>,
    /// It is on the list already.
    pub known: bool,
}

/// A list of NIPs as read, before anything is done.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NipListPreview {
    /// One for each line that is not empty, in order.
    pub rows: Vec<NipLine>,
    /// How many can be added.
    pub ready: u32,
    /// Lines beyond the limit that were not read.
    pub cut_off: u32,
}

/// A line of the list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NipLine {
    /// Counted from 1.
    pub line: u32,
    /// As written, shortened.
    pub text: String,
    /// The NIP, where it is one.
    pub nip: Option<String>,
    /// A name beside it, where the list has one.
    pub name: Option<String>,
    /// Why it is not added: no NIP, a repeat, on the list already.
    pub problem: Option<Problem>,
}

/// What is to be added, with whose certificate.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BulkWish {
    /// The company whose authentication certificate is used, and the environment of all.
    pub source: Scope,
    /// NIPs, ten digits each.
    pub companies: Vec<BulkCompany>,
    /// Also copy the offline certificate.
    pub with_offline: bool,
}

/// One of them.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BulkCompany {
    /// Ten digits.
    pub nip: String,
    /// Optional.
    pub name: Option<String>,
}

/// How adding, or checking, many companies goes on.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BulkView {
    /// One for each company.
    pub rows: Vec<BulkRow>,
    /// How many are settled.
    pub done: u32,
    /// It goes on.
    pub running: bool,
    /// It was called off.
    pub cancelled: bool,
}

/// One company of many.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BulkRow {
    /// Ten digits.
    pub nip: String,
    /// Name, where known.
    pub name: Option<String>,
    /// How it stands.
    pub state: BulkState,
    /// What the owner may do there, once known.
    pub permissions: Vec<String>,
    /// Why not.
    pub problem: Option<Problem>,
}

/// How one company of many stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum BulkState {
    /// Its turn has not come.
    Waiting,
    /// KSeF is being asked.
    Checking,
    /// KSeF lets us in; the company is on the list.
    Added,
    /// A reason against it.
    Refused,
    /// Called off before its turn.
    Cancelled,
}

/// In whose name the program acts in KSeF for a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContextView {
    /// NIP, internal identifier, NIP–VAT UE or Peppol.
    pub kind: PartyKind,
    /// The identifier.
    pub value: String,
}
