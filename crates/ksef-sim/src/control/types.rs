use chrono::{DateTime, Utc};
use ksef_types::{CertificateSerial, KsefNumber, Nip, ReferenceNumber, SecretText};
use serde::{Deserialize, Serialize};

use crate::judge::CryptoFailed;
pub use crate::judge::authority::{CertificateKind, KeyAlgorithm};
use crate::model::PersonId;
use crate::world::StorageFailed;
use crate::{FaultKind, Operation, Permission};

/// Why the management refuses.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// No company with that NIP was made.
    #[error("no company with NIP {0}; make it first")]
    NoCompany(Nip),
    /// No person with that number was made.
    #[error("no such person; make it first")]
    NoPerson,
    /// No row with that number.
    #[error("nothing has the number {0}")]
    NotFound(String),
    /// A password that the portal would not take.
    #[error(
        "a password has 15 to 32 characters: a lower-case and an upper-case letter, a digit, one of !@#$%^&*()-_+="
    )]
    WeakPassword,
    /// No status of the contract has that code.
    #[error("the contract has no such status: {0}")]
    NoSuchStatus(u16),
    /// The state could not be written.
    #[error(transparent)]
    Storage(#[from] StorageFailed),
    /// Keys or certificates could not be made.
    #[error(transparent)]
    Crypto(#[from] CryptoFailed),
}

/// A person to be made.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewPerson {
    /// PESEL or NIP.
    pub id: PersonId,
    /// First name.
    pub given_name: String,
    /// Family name.
    pub surname: String,
    /// The firm of which the person is the owner by the link of NIP and PESEL.
    #[serde(default)]
    pub owner_of: Option<Nip>,
}

/// Whom a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CertificateOwner {
    /// A company that was made: a seal with its NIP, the owner in its own context.
    Company(Nip),
    /// A person that was made.
    Person(PersonId),
}

/// A certificate to be made.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewCertificate {
    /// Whom it is for.
    pub owner: CertificateOwner,
    /// What it is for.
    #[serde(default = "authentication")]
    pub kind: CertificateKind,
    /// Which key it has.
    #[serde(default = "p256")]
    pub key: KeyAlgorithm,
    /// Password of the key file; one is made up where none is given.
    #[serde(default, deserialize_with = "password")]
    pub password: Option<SecretText>,
    /// Start of validity; an hour ago where none is given.
    #[serde(default)]
    pub valid_from: Option<DateTime<Utc>>,
    /// End of validity; two years after the start at most.
    #[serde(default)]
    pub valid_to: Option<DateTime<Utc>>,
    /// What is wrong with the key file, as people bring such files; nothing where none is given.
    #[serde(default)]
    pub damage: Option<Damage>,
}

/// What is wrong with a key file although its password is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Damage {
    /// Its second half is missing.
    CutOff,
    /// A page of the portal was saved in its place.
    SavedAsHtml,
    /// The lines BEGIN and END are missing.
    HeaderLost,
    /// It belongs to another certificate; only a new pair helps.
    OtherKey,
}

const fn authentication() -> CertificateKind {
    CertificateKind::Authentication
}

const fn p256() -> KeyAlgorithm {
    KeyAlgorithm::P256
}

fn password<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<SecretText>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(SecretText::from))
}

impl NewCertificate {
    /// For authentication, P-256, valid for two years, with a password made up.
    #[must_use]
    pub const fn for_owner(owner: CertificateOwner) -> Self {
        Self {
            owner,
            kind: CertificateKind::Authentication,
            key: KeyAlgorithm::P256,
            password: None,
            valid_from: None,
            valid_to: None,
            damage: None,
        }
    }

    /// The same with a damaged key file.
    #[must_use]
    pub fn damaged(self, damage: Damage) -> Self {
        Self { damage: Some(damage), ..self }
    }

    /// The same with another kind.
    #[must_use]
    pub fn of_kind(self, kind: CertificateKind) -> Self {
        Self { kind, ..self }
    }

    /// The same with another key.
    #[must_use]
    pub fn with_key(self, key: KeyAlgorithm) -> Self {
        Self { key, ..self }
    }

    /// The same with a password.
    #[must_use]
    pub fn with_password(self, password: SecretText) -> Self {
        Self { password: Some(password), ..self }
    }

    /// The same, valid from and to.
    #[must_use]
    pub fn valid(self, from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self { valid_from: Some(from), valid_to: Some(to), ..self }
    }
}

/// A certificate as the portal hands it out.
#[derive(Debug)]
pub struct MadeCertificate {
    /// Content of `NAME.crt`, PEM.
    pub crt: String,
    /// Content of `NAME.key`, PEM, PKCS#8, encrypted with the password.
    pub key: SecretText,
    /// The password.
    pub password: SecretText,
    /// 16 hex digits.
    pub serial: CertificateSerial,
}

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

fn base64_bytes<S: serde::Serializer>(bytes: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
    bytes.as_deref().map(ksef_crypto::base64::encode).serialize(serializer)
}

fn base64_some<S: serde::Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    ksef_crypto::base64::encode(bytes).serialize(serializer)
}

/// What the explicit pace moves.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepTarget {
    /// Everything in progress, one transition each.
    All,
    /// One operation of authentication, document or session.
    One(ReferenceNumber),
    /// Everything, again and again, until nothing moves.
    UntilNothingMoves,
}

/// A transition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// What moved.
    pub reference: ReferenceNumber,
    /// The code of its status before.
    pub from: u16,
    /// And after; the same where something else about it changed (stored for good).
    pub to: u16,
}

/// How the next operation of a kind ends, whatever it would have come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Ending {
    /// The next authentication that is started.
    Authentication {
        /// A code of the contract, such as 480.
        code: u16,
        /// In place of the contract's detail, where not empty.
        #[serde(default)]
        details: Vec<String>,
    },
    /// The next application for a certificate.
    Enrollment {
        /// A code of the contract, such as 400 or 550.
        code: u16,
        /// In place of the contract's detail, where not empty.
        #[serde(default)]
        details: Vec<String>,
    },
    /// The next token that is made over the API fails to be activated.
    Token {
        /// `statusDetails`
        #[serde(default)]
        details: Vec<String>,
    },
    /// The next operation on permissions.
    Permission {
        /// A code of the contract, such as 430.
        code: u16,
        /// In place of the contract's detail, where not empty.
        #[serde(default)]
        details: Vec<String>,
    },
    /// The next batch that is closed.
    Batch {
        /// A code of the contract, such as 405.
        code: u16,
    },
    /// The next export that is made.
    Export {
        /// A code of the contract, such as 550.
        code: u16,
    },
    /// The next document that is judged.
    Invoice {
        /// A code of the contract, such as 550.
        code: u16,
        /// In place of the contract's detail, where not empty.
        #[serde(default)]
        details: Vec<String>,
    },
}

/// Limits of exports, which tests make small so that they can reach them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ExportLimits {
    /// Most invoices in a package; what is more is cut off (`isTruncated`).
    pub invoices: usize,
    /// Most bytes of a package, compressed.
    pub bytes: u64,
    /// Most bytes of a part before it is encrypted.
    pub part_bytes: u64,
    /// How many exports of a context may be in progress (21182).
    pub at_once: usize,
}

impl Default for ExportLimits {
    fn default() -> Self {
        Self { invoices: 10_000, bytes: 1_000_000_000, part_bytes: 50_000_000, at_once: 10 }
    }
}

/// `status` of Latarnia.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Availability {
    /// Works.
    #[default]
    Available,
    /// Announced unavailability.
    Maintenance,
    /// Announced failure.
    Failure,
    /// Total failure.
    TotalFailure,
}

/// `category` of an announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AnnouncementCategory {
    /// Unavailability.
    Maintenance,
    /// Failure.
    Failure,
    /// Total failure.
    TotalFailure,
}

/// `type` of an announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AnnouncementKind {
    /// A failure began.
    FailureStart,
    /// It ended.
    FailureEnd,
    /// An unavailability is announced.
    MaintenanceAnnouncement,
}

/// An announcement of Latarnia, in its own field names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Announcement {
    /// Number of the announcement.
    pub id: String,
    /// Number of the event that several announcements may share.
    pub event_id: u64,
    /// Category.
    pub category: AnnouncementCategory,
    /// Type.
    #[serde(rename = "type")]
    pub kind: AnnouncementKind,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Start.
    pub start: DateTime<Utc>,
    /// End, where it is known.
    pub end: Option<DateTime<Utc>>,
    /// Version of the announcement, from 1.
    pub version: u32,
    /// When it was published.
    pub published: DateTime<Utc>,
}

/// A permission to be given.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewGrant {
    pub(crate) to: PersonId,
    pub(crate) nip: Nip,
    pub(crate) permissions: Vec<Permission>,
}
