use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Problem;
use crate::views::{CredentialSlot, EnvironmentName, Scope};

/// The table of a company's credentials.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CertificatesView {
    /// Those in use first, then by end.
    pub rows: Vec<CertificateRow>,
    /// When KSeF was last asked for their state, RFC 3339.
    pub asked_at: Option<String>,
    /// Why it could not be asked now; the rows are then as known before.
    pub problem: Option<Problem>,
}

/// A certificate or the token.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CertificateRow {
    /// What for.
    pub kind: CredentialSlot,
    /// The name it has in KSeF; of a token its description.
    pub name: Option<String>,
    /// Whose.
    pub owner: String,
    /// Serial number; of a token its reference number.
    pub identifier: String,
    /// RFC 3339.
    pub valid_from: Option<String>,
    /// RFC 3339.
    pub valid_to: Option<String>,
    /// Whole days until the end; negative after it.
    pub days_left: Option<i32>,
    /// Where it works.
    pub environment: EnvironmentName,
    /// Last use as KSeF knows it, RFC 3339.
    pub last_use: Option<String>,
    /// As KSeF knows it.
    pub state: CredentialState,
    /// Its key is in this computer's keychain for this company.
    pub held: bool,
    /// Other companies here that use the same certificate, as NIPs.
    pub shared_with: Vec<String>,
    /// It ends soon: the reminder that is due (60, 30, 14, 7 days; 0 when it has ended).
    pub reminder: Option<u32>,
    /// "Odnów" is possible now.
    pub can_renew: bool,
    /// "Unieważnij" is possible now.
    pub can_revoke: bool,
}

/// State of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CredentialState {
    /// It works.
    Active,
    /// Blocked by KSeF.
    Blocked,
    /// Revoked.
    Revoked,
    /// Its time is over.
    Expired,
    /// KSeF was not asked yet.
    Unknown,
    /// Not made by KSeF: a qualified signature or seal, or a self-signed one.
    Foreign,
}

/// Why a certificate is revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RevocationReason {
    /// Nothing said.
    Unspecified,
    /// Another one takes its place.
    Superseded,
    /// Somebody else may have the key.
    KeyCompromise,
}

/// What will stop working when a certificate or token is revoked, before it is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RevocationPreview {
    /// The certificate's serial number or the token's reference number.
    pub identifier: String,
    /// This company uses it now.
    pub in_use: bool,
    /// Companies here that use it now, as NIPs.
    pub companies: Vec<String>,
    /// Invoices issued offline that wait for sending and carry its signature.
    pub waiting_offline: u32,
    /// Another way in stays (a certificate or a token).
    pub other_way_in: bool,
    /// KSeF will take this one away from the login that is used to revoke it.
    pub ends_this_login: bool,
}

/// In which form a credential leaves the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ExportForm {
    /// NAME.crt and NAME.key, as from the portal.
    Pair,
    /// NAME.p12.
    Container,
}

/// What was exported.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// Names of the files that were written.
    pub files: Vec<String>,
    /// The folder.
    pub folder: String,
    /// The password, where the program made it: to be shown or copied by this handle, once.
    pub password: Option<OnceHandle>,
}

/// A secret that may be shown or copied once; the secret itself stays with the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct OnceHandle(pub String);

/// A credential that ends soon, for the banner and the start screen.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Reminder {
    /// Of which company, where.
    pub scope: Scope,
    /// What.
    pub kind: CredentialSlot,
    /// ISO date of the last day.
    pub until: String,
    /// Whole days until then; negative after it.
    pub days_left: i32,
    /// The reminder that is due: 60, 30, 14, 7, or 0 when it has ended.
    pub due: u32,
    /// The company lives on the token: no certificate stands beside it.
    pub only_way_in: bool,
}
