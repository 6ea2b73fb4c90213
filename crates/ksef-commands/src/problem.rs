use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

/// An error as a person meets it: a stable code, the values for its sentences, the next step.
///
/// The sentences (what happened, why, what to do now) stand in the message catalogue under the code, in every
/// language; [`Problem::technical`] is one click further. A problem never carries a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{code}")]
pub struct Problem {
    /// Key of the catalogue, such as `credential.wrongPassword`.
    pub code: String,
    /// Values that the sentences name, such as `date` or `nip`.
    pub values: BTreeMap<String, String>,
    /// What the next click should be.
    pub next: NextStep,
    /// Codes and texts of KSeF or of the system, as they came, without secrets.
    pub technical: Option<String>,
}

/// Where the next click leads. Fronts turn it into a button or a hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NextStep {
    /// Do the same again.
    Retry,
    /// Choose another file.
    ChooseFile,
    /// Type the password.
    EnterPassword,
    /// Load a certificate on the screen KSeF.
    LoadCertificate,
    /// Sign in with Profil Zaufany or a signature, with a new request.
    SignAgain,
    /// Sign in with a new request, by which KSeF knows the signer by the fingerprint of the certificate.
    SignByFingerprint,
    /// Sign in with a new request, by which KSeF knows the signer by NIP or PESEL.
    SignBySubject,
    /// Copy the fingerprint (value `fingerprint`), to hand it to whoever grants permissions.
    CopyFingerprint,
    /// Apply for a certificate ("Wystąp o certyfikat").
    RequestCertificate,
    /// Renew a certificate ("Odnów").
    RenewCertificate,
    /// Look at the table of certificates.
    OpenCertificates,
    /// Paste a token on the screen KSeF.
    PasteToken,
    /// Look at the environment on the screen KSeF.
    ChooseEnvironment,
    /// Open the ministry's portal.
    OpenPortal,
    /// Correct the field.
    CorrectField,
    /// Correct the invoice in the program that made it.
    CorrectInvoice,
    /// Look at the invoice in the list Sprzedaż.
    OpenSales,
    /// Set the clock of the computer.
    SetClock,
    /// Look at network, proxy or firewall.
    CheckNetwork,
    /// Unlock or start the system's password store.
    UnlockKeychain,
    /// Nothing to click: the program goes on by itself.
    Wait,
    /// Show the company that is meant.
    OpenCompany,
    /// Give the technical details to support.
    ContactSupport,
}

impl Problem {
    /// A problem with that code and next step.
    #[must_use]
    pub fn new(code: &str, next: NextStep) -> Self {
        Self { code: code.to_owned(), values: BTreeMap::new(), next, technical: None }
    }

    /// Adds a value for the sentences.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }

    /// Adds what is one click further.
    #[must_use]
    pub fn technical(mut self, text: impl Into<String>) -> Self {
        self.technical = Some(text.into());
        self
    }
}
