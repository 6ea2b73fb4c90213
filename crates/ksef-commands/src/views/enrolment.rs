use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Problem;
use crate::views::{CertificateSlot, OwnerKind};

/// "Wystąp o certyfikat": what KSeF says before one asks.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EnrolmentOffer {
    /// Whether KSeF takes a request now.
    pub can_request: bool,
    /// How many requests are left.
    pub requests: LeftOver,
    /// How many active certificates are left.
    pub certificates: LeftOver,
    /// What KSeF will put into the certificate, in the order of its list.
    pub subject: Vec<SubjectAttribute>,
    /// Whose it will be.
    pub owner: OwnerKind,
    /// A name for the authentication certificate that keeps the rule of 5 to 50 characters.
    pub authentication_name: String,
    /// The same for the offline certificate.
    pub offline_name: String,
    /// Requests of this company that are not finished.
    pub unfinished: Vec<EnrolmentView>,
}

/// How much of a limit is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeftOver {
    /// What is left.
    pub remaining: u32,
    /// The limit.
    pub limit: u32,
}

/// One attribute of the certificate's subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SubjectAttribute {
    /// As the contract names it: `commonName`, `givenName`, `serialNumber` …
    pub name: String,
    /// Its value; a PESEL masked.
    pub value: String,
}

/// Keys that the program makes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum KeyAlgorithm {
    /// Elliptic, P-256: recommended.
    #[default]
    P256,
    /// RSA 2048.
    Rsa2048,
}

/// What the person asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EnrolmentWish {
    /// Name of the authentication certificate; nothing when none is wanted.
    pub authentication_name: Option<String>,
    /// Name of the offline certificate; nothing when none is wanted.
    pub offline_name: Option<String>,
    /// What key.
    pub algorithm: KeyAlgorithm,
    /// ISO date from which it shall be valid; at once where nothing is given.
    pub valid_from: Option<String>,
}

/// One request for a certificate, from the key to the keychain.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EnrolmentView {
    /// By which the program knows it.
    pub id: String,
    /// What for.
    pub kind: CertificateSlot,
    /// Name of the certificate.
    pub name: String,
    /// What key.
    pub algorithm: KeyAlgorithm,
    /// How far it is.
    pub step: EnrolmentStep,
    /// By which KSeF knows the request.
    pub reference_number: Option<String>,
    /// The new certificate's serial number, once there is one.
    pub serial: Option<String>,
    /// Serial number of the certificate that it shall replace.
    pub renews: Option<String>,
    /// RFC 3339.
    pub started_at: String,
    /// Why it stands still or ended.
    pub problem: Option<Problem>,
}

/// The steps, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum EnrolmentStep {
    /// The key is made and in the keychain; nothing was sent.
    KeyMade,
    /// The request is with KSeF, which has not decided.
    Sent,
    /// KSeF made the certificate; it is not here yet.
    Issued,
    /// The certificate is here and fits; with a renewal it is tried out.
    Proving,
    /// In use.
    Done,
    /// KSeF refused, or what came did not fit.
    Failed,
    /// The person gave it up.
    Abandoned,
}
