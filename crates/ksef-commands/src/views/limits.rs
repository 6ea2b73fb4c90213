use serde::{Deserialize, Serialize};
use specta::Type;

/// Limits as KSeF has them now.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LimitsView {
    /// Of the context: sessions, sizes, collective identifiers.
    pub context: Vec<LimitRow>,
    /// Of the subject: requests for certificates, certificates.
    pub subject: Vec<LimitRow>,
    /// Of requests.
    pub requests: Vec<RateRow>,
    /// RFC 3339.
    pub asked_at: String,
}

/// A single figure.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LimitRow {
    /// As the contract's path names it, such as `onlineSession.maxInvoices`.
    pub name: String,
    /// The figure; nothing means no limit.
    pub value: Option<u32>,
}

/// Requests of a group.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RateRow {
    /// As the contract names the group.
    pub group: String,
    /// In a second; nothing means no limit.
    pub second: Option<u32>,
    /// In a minute.
    pub minute: Option<u32>,
    /// In an hour.
    pub hour: Option<u32>,
    /// Used in the last hour by this program, where it counts.
    pub used_in_hour: Option<u32>,
}

/// Peppol service providers that KSeF knows.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PeppolPage {
    /// By identifier.
    pub rows: Vec<PeppolProvider>,
    /// The page that can be asked for next.
    pub next: Option<u32>,
}

/// One of them.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PeppolProvider {
    /// Such as `PPL123456`.
    pub id: String,
    /// Name.
    pub name: String,
    /// RFC 3339.
    pub since: String,
}
