use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::{CertificateSerial, Nip, ReferenceNumber};
use serde::{Deserialize, Serialize};

use crate::{CredentialProblem, KeychainProblem, TokenProblem};

/// The two places for a certificate with its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CertificateSlot {
    /// "Uwierzytelnienie w systemie KSeF".
    Authentication,
    /// "Podpis linku do weryfikacji wystawcy".
    Offline,
}

/// Everything that a company can have in an environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CredentialSlot {
    /// The authentication certificate with its key.
    Authentication,
    /// The offline certificate with its key.
    Offline,
    /// The token.
    Token,
}

/// Where loaded files should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadTarget {
    /// Dropped on the screen: sorted by content, the slot is the certificate's purpose.
    Anywhere,
    /// Dropped on one card: sorted by content into that slot.
    Slot(CertificateSlot),
    /// The button beside "Certyfikat". A file with both certificate and key fills both fields.
    Certificate(CertificateSlot),
    /// The button beside "Klucz prywatny".
    Key(CertificateSlot),
}

/// The screen KSeF of a company in an environment.
#[derive(Debug, Clone)]
pub struct CredentialsOverview {
    /// The authentication certificate.
    pub authentication: CertificateOverview,
    /// The offline certificate.
    pub offline: CertificateOverview,
    /// The token.
    pub token: TokenOverview,
    /// The keychain cannot be used: nothing can be saved.
    pub keychain: Option<KeychainProblem>,
    /// Files dropped [`LoadTarget::Anywhere`] that belong to neither slot, with what they are.
    pub unplaced: Vec<(String, CredentialProblem)>,
}

/// A certificate with its key, as far as it has been brought.
#[derive(Debug, Clone, Default)]
pub struct CertificateOverview {
    /// The certificate, once one was read.
    pub certificate: Option<CertificateFacts>,
    /// The private key.
    pub key: KeyState,
    /// Both are in the keychain and nothing newer waits.
    pub saved: bool,
    /// The serial number typed beside it, as it was written.
    pub typed_serial: Option<String>,
    /// What is wrong now, each beside its field.
    pub problems: Vec<FieldProblem>,
}

/// How far the private key is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KeyState {
    /// No key file yet.
    #[default]
    Missing,
    /// A key file is read and waits for its password; in memory only.
    NeedsPassword,
    /// The key is open and waits for its certificate; in memory only.
    Ready,
    /// In the keychain.
    Saved,
}

/// The fields of the dialogs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialField {
    /// "Certyfikat".
    Certificate,
    /// "Klucz prywatny".
    Key,
    /// "Hasło certyfikatu".
    Password,
    /// "Numer seryjny cert.".
    Serial,
}

/// A problem beside the field that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field.
    pub field: CredentialField,
    /// What is wrong.
    pub problem: CredentialProblem,
}

/// What a certificate says; nothing of it is secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Name of the person or firm.
    pub subject: String,
    /// Whom it names.
    pub owner: OwnerKind,
    /// PESEL masked, NIP whole, or the first 16 hex digits of the fingerprint.
    pub owner_identifier: String,
    /// Name of who signed it.
    pub issuer: String,
    /// 16 hex digits for certificates of KSeF.
    pub serial: CertificateSerial,
    /// Valid from.
    pub not_before: DateTime<Utc>,
    /// Valid until.
    pub not_after: DateTime<Utc>,
    /// Whole days until the end; negative after it.
    pub days_left: i64,
    /// What it is for; nothing for a certificate without a purpose in KSeF.
    pub purpose: Option<CertificateSlot>,
    /// Such as `P-256` or `RSA 2048`.
    pub key: String,
}

/// Whom a certificate names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default)]
pub struct TokenOverview {
    /// In the keychain.
    pub saved: bool,
    /// By which KSeF lists it; not secret.
    pub reference_number: Option<ReferenceNumber>,
    /// The last day on which tokens work, as announced.
    pub works_until: Option<NaiveDate>,
    /// What is wrong with what was pasted last.
    pub problem: Option<TokenProblem>,
}

/// What pasting a token did.
#[derive(Debug, Clone)]
pub struct TokenPasted {
    /// The company in the token, where one could be read.
    pub nip: Option<Nip>,
    /// The state afterwards.
    pub overview: CredentialsOverview,
}

/// The answer of "Sprawdź certyfikat trybu Offline".
#[derive(Debug, Clone)]
pub struct OfflineCheck {
    /// Each thing that was looked at, in order; later ones are left out where an earlier one makes them senseless.
    pub steps: Vec<OfflineCheckStep>,
}

impl OfflineCheck {
    /// All of them hold.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.steps.iter().all(|step| step.problem.as_ref().is_none_or(CredentialProblem::is_warning))
    }
}

/// One tick or cross.
#[derive(Debug, Clone)]
pub struct OfflineCheckStep {
    /// What was looked at.
    pub item: OfflineCheckItem,
    /// Nothing when it holds.
    pub problem: Option<CredentialProblem>,
}

/// What the offline check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfflineCheckItem {
    /// Certificate and key are in the keychain.
    Present,
    /// The key belongs to the certificate.
    Pair,
    /// The kind is Offline.
    Purpose,
    /// Valid now.
    Validity,
    /// The typed serial number is the certificate's; left out when none was typed.
    Serial,
    /// A verification link (KOD II) was signed and its signature verified.
    Signature,
}
