use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Problem;

/// The two places for a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CertificateSlot {
    /// "Certyfikat KSeF (Uwierzytelnienie w systemie KSeF)".
    Authentication,
    /// "Certyfikat trybu „Offline” (Podpis linku do weryfikacji wystawcy)".
    Offline,
}

/// Everything that can be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CredentialSlot {
    /// The authentication certificate with its key.
    Authentication,
    /// The offline certificate with its key.
    Offline,
    /// The token.
    Token,
}

/// The screen KSeF: what this company has in this environment.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CredentialsView {
    /// The authentication certificate.
    pub authentication: CertificateSlotView,
    /// The offline certificate.
    pub offline: CertificateSlotView,
    /// The token.
    pub token: TokenView,
    /// The keychain cannot be used: nothing can be saved.
    pub keychain: Option<Problem>,
    /// Files that were dropped or chosen and could go nowhere.
    pub unplaced: Vec<UnplacedFile>,
}

/// A file that could not be read, or belongs to neither slot.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UnplacedFile {
    /// Its name.
    pub file_name: String,
    /// Why.
    pub problem: Problem,
}

/// Where loaded files should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum LoadTarget {
    /// Dropped on the screen: sorted by content.
    Anywhere,
    /// Dropped on one card: sorted by content into that slot.
    Slot {
        /// The card.
        slot: CertificateSlot,
    },
    /// The button or drop zone beside "Certyfikat".
    Certificate {
        /// The card.
        slot: CertificateSlot,
    },
    /// The button or drop zone beside "Klucz prywatny".
    Key {
        /// The card.
        slot: CertificateSlot,
    },
}

/// A certificate with its key, as far as it has been brought.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CertificateSlotView {
    /// The certificate, once one was read.
    pub certificate: Option<CertificateView>,
    /// The private key.
    pub key: KeyState,
    /// Both are in the system's store and nothing newer waits.
    pub saved: bool,
    /// The serial number that was typed or pasted beside it (offline).
    pub typed_serial: Option<String>,
    /// What is wrong now, each beside its field.
    pub problems: Vec<FieldProblem>,
}

/// A problem beside the field that it belongs to.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// The field.
    pub field: CredentialField,
    /// What is wrong.
    pub problem: Problem,
    /// A warning leaves the credential usable.
    pub warning: bool,
}

/// The fields of the dialogs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CredentialField {
    /// "Certyfikat".
    Certificate,
    /// "Klucz prywatny".
    Key,
    /// "Hasło certyfikatu".
    Password,
    /// "Numer seryjny cert.".
    Serial,
    /// "Token".
    Token,
}

/// How far the private key is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum KeyState {
    /// No key file yet.
    #[default]
    Missing,
    /// A key file is read and waits for its password; it is in memory only.
    NeedsPassword,
    /// The key is open and waits for its certificate; it is in memory only.
    Ready,
    /// In the system's store.
    Saved,
}

/// What a certificate says.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CertificateView {
    /// Name of the person or the firm.
    pub subject: String,
    /// Whose it is.
    pub owner: OwnerKind,
    /// PESEL masked, NIP whole, or the beginning of the fingerprint.
    pub owner_identifier: String,
    /// Who signed it.
    pub issuer: String,
    /// 16 hex digits.
    pub serial: String,
    /// RFC 3339.
    pub not_before: String,
    /// RFC 3339.
    pub not_after: String,
    /// Whole days until the end; negative after it.
    pub days_left: i32,
    /// What it is for; nothing for a certificate that KSeF did not make.
    pub purpose: Option<CertificateSlot>,
    /// Such as `P-256` or `RSA 2048`.
    pub key: String,
}

/// Whom a certificate names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OwnerKind {
    /// A person by PESEL.
    PersonByPesel,
    /// A person by NIP.
    PersonByNip,
    /// A firm's seal by NIP.
    Seal,
    /// Neither: KSeF knows it by its fingerprint.
    Fingerprint,
}

/// The token of a company.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TokenView {
    /// In the system's store.
    pub saved: bool,
    /// By which KSeF lists it; not secret.
    pub reference_number: Option<String>,
    /// The last day on which tokens work (ISO date).
    pub works_until: Option<String>,
    /// What is wrong with what was pasted.
    pub problem: Option<Problem>,
}

/// What pasting a token did.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TokenPasted {
    /// The company in the token.
    pub nip: Option<String>,
    /// The state afterwards.
    pub credentials: CredentialsView,
}

/// The answer of "Sprawdź certyfikat trybu „Offline”".
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OfflineCheck {
    /// Each thing that was looked at, in order.
    pub steps: Vec<OfflineCheckStep>,
    /// All of them hold.
    pub passed: bool,
}

/// One tick or cross.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OfflineCheckStep {
    /// What was looked at.
    pub what: OfflineCheckItem,
    /// Nothing when it holds.
    pub problem: Option<Problem>,
}

/// What "Sprawdź" looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OfflineCheckItem {
    /// Certificate and key are there.
    Present,
    /// The key belongs to the certificate.
    Pair,
    /// The kind is Offline.
    Purpose,
    /// Valid today.
    Validity,
    /// The typed serial number is the certificate's.
    Serial,
    /// A verification link was signed and its signature verified.
    Signature,
}
