use serde::{Deserialize, Serialize};
use specta::Type;

/// The lock of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LockView {
    /// A password is set.
    pub enabled: bool,
    /// Nothing can be done until it is typed.
    pub locked: bool,
    /// Minutes without a hand on mouse or keyboard after which it locks.
    pub idle_minutes: u32,
}

/// What the program tells has changed; who shows it asks again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ChangedPart {
    /// A login by a signature made elsewhere.
    Signing,
    /// Requests for certificates.
    Enrolments,
    /// Certificates, tokens, what is in the keychain.
    Credentials,
    /// Adding or checking many companies.
    Bulk,
    /// The journal.
    Journal,
    /// The lock.
    Lock,
}
