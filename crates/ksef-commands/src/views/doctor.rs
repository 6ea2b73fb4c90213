use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Problem;
use crate::views::CredentialSlot;

/// What the person wants to do in this company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WantedRights {
    /// Issue invoices.
    pub issue: bool,
    /// Read invoices.
    pub read: bool,
    /// Issue offline.
    pub offline: bool,
}

/// "Sprawdź": everything that can be wrong, in one list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DoctorReport {
    /// In the order in which one thing needs the other.
    pub items: Vec<DoctorItem>,
    /// No cross.
    pub passed: bool,
    /// RFC 3339.
    pub checked_at: String,
}

/// One line of the list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DoctorItem {
    /// What was looked at.
    pub check: DoctorCheck,
    /// Of which credential, where it is about one.
    pub slot: Option<CredentialSlot>,
    /// Tick, warning, cross, or not looked at.
    pub outcome: DoctorOutcome,
    /// Values for the line's own sentence (`date`, `seconds`, `serial` …).
    pub values: BTreeMap<String, String>,
    /// What is wrong, with what to click.
    pub problem: Option<Problem>,
}

/// How a line came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DoctorOutcome {
    /// A tick.
    Passed,
    /// It works, but look at it.
    Warning,
    /// A cross.
    Failed,
    /// Something before it failed, or it is not wanted.
    NotChecked,
}

/// What the doctor looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DoctorCheck {
    /// The system's password store can be used.
    Keychain,
    /// A way in is there: certificate with key, or token.
    Present,
    /// Certificate and key are whole and belong together.
    Pair,
    /// A key waits for its password.
    Password,
    /// The kind is the one of its place.
    Kind,
    /// Valid today, and for how long.
    Validity,
    /// The computer's clock agrees with KSeF's.
    Clock,
    /// KSeF can be reached: name, route, TLS, proxy.
    Network,
    /// What Latarnia announces.
    Availability,
    /// The credential belongs to this environment.
    Environment,
    /// KSeF lets us in.
    Login,
    /// Neither revoked nor blocked.
    Revocation,
    /// May issue invoices here.
    IssuePermission,
    /// May read invoices here.
    ReadPermission,
    /// Offline invoices can be signed.
    Offline,
    /// What the token may, and until when tokens work.
    Token,
    /// Limits of KSeF leave room.
    Limits,
    /// Warnings from KSeF.
    Warnings,
}
