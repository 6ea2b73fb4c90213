//! Certificates of KSeF: limits, applying for one, fetching, revoking, the list.

use chrono::{DateTime, Utc};
use ksef_types::{CertificateName, CertificateSerial, ReferenceNumber};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::{ApiError, code};
use crate::identifiers::Identified;
use crate::open_enum::{open_enum, sent_enum};
use crate::operation::{Operation, Repeat};
use crate::page::PageOf;
use crate::status::StatusInfo;
use crate::wait::{Settles, WaitError, WaitPolicy, until_settled};

pub(crate) static LIMITS: Operation =
    Operation::get("certificate_limits", "/certificates/limits", RateGroup::Other);
pub(crate) static DATA: Operation =
    Operation::get("certificate_enrollment_data", "/certificates/enrollments/data", RateGroup::Other);
pub(crate) static ENROLL: Operation =
    Operation::post("enroll_certificate", "/certificates/enrollments", RateGroup::Other, Repeat::Never);
pub(crate) static ENROLLMENT: Operation =
    Operation::get("certificate_enrollment", "/certificates/enrollments/{referenceNumber}", RateGroup::Other);
pub(crate) static RETRIEVE: Operation =
    Operation::post("retrieve_certificates", "/certificates/retrieve", RateGroup::Other, Repeat::Safe);
pub(crate) static REVOKE: Operation = Operation::post(
    "revoke_certificate",
    "/certificates/{certificateSerialNumber}/revoke",
    RateGroup::Other,
    Repeat::Safe,
);
pub(crate) static QUERY: Operation =
    Operation::post("query_certificates", "/certificates/query", RateGroup::Other, Repeat::Safe);

open_enum! {
    /// What a certificate of KSeF is for; never both.
    KsefCertificateType {
        /// Authenticating.
        Authentication = "Authentication",
        /// Codes on invoices issued offline (KOD II).
        Offline = "Offline",
    }
}

open_enum! {
    /// Where a certificate stands.
    KsefCertificateStatus {
        /// Usable.
        Active = "Active",
        /// Not usable; on its way to being revoked.
        Blocked = "Blocked",
        /// Revoked.
        Revoked = "Revoked",
        /// At its end.
        Expired = "Expired",
    }
}

sent_enum! {
    /// Why a certificate is revoked. Source: OpenAPI `CertificateRevocationReason`.
    RevocationReason {
        /// No reason given.
        Unspecified = "Unspecified",
        /// Another took its place.
        Superseded = "Superseded",
        /// Its key is no longer secret.
        KeyCompromise = "KeyCompromise",
    }
}

/// How many are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct CertificateLimit {
    /// Left.
    pub remaining: i64,
    /// Altogether.
    pub limit: i64,
}

/// Whether the one who authenticated may apply. Source: OpenAPI `CertificateLimitsResponse`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificateLimits {
    /// Whether an application is possible now.
    pub can_request: bool,
    /// Applications.
    pub enrollment: CertificateLimit,
    /// Active certificates.
    pub certificate: CertificateLimit,
}

/// What the application has to say of its owner, exactly. Source: OpenAPI `CertificateEnrollmentDataResponse`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificateEnrollmentData {
    /// OID 2.5.4.3
    pub common_name: String,
    /// OID 2.5.4.6, two letters.
    pub country_name: String,
    /// OID 2.5.4.42. Several given names stand in one text, separated by spaces.
    #[serde(default)]
    pub given_name: Option<String>,
    /// OID 2.5.4.4
    #[serde(default)]
    pub surname: Option<String>,
    /// OID 2.5.4.5, such as `PNOPL-…` or `TINPL-…`.
    #[serde(default)]
    pub serial_number: Option<String>,
    /// OID 2.5.4.45
    #[serde(default)]
    pub unique_identifier: Option<String>,
    /// OID 2.5.4.10
    #[serde(default)]
    pub organization_name: Option<String>,
    /// OID 2.5.4.97, such as `VATPL-…`.
    #[serde(default)]
    pub organization_identifier: Option<String>,
}

/// Applies for a certificate. Source: OpenAPI `EnrollCertificateRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EnrollCertificate {
    /// What it is called in the list.
    #[serde(rename = "certificateName")]
    pub name: CertificateName,
    /// What for.
    #[serde(rename = "certificateType")]
    pub kind: KsefCertificateType,
    /// The application (PKCS#10) in DER.
    #[serde(serialize_with = "crate::wire::bytes::serialize")]
    pub csr: Vec<u8>,
    /// Valid from then on; `None`: from being issued on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<DateTime<Utc>>,
}

/// An application was taken in. Source: OpenAPI `EnrollCertificateResponse`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificateEnrollment {
    /// Under which number it is asked for, for 30 days.
    pub reference_number: ReferenceNumber,
    /// When.
    pub timestamp: DateTime<Utc>,
}

/// Where an application stands: 100 under way, 200 issued, 400 refused (with the reason in the details), 500
/// unknown, 550 cancelled by KSeF. Source: OpenAPI `CertificateEnrollmentStatusResponse`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificateEnrollmentStatus {
    /// When it was made.
    pub request_date: DateTime<Utc>,
    /// The code and KSeF's words.
    pub status: StatusInfo,
    /// The number of the certificate, once there is one.
    #[serde(default)]
    pub certificate_serial_number: Option<CertificateSerial>,
}

impl Settles for CertificateEnrollmentStatus {
    const NOT_YET: &'static [i32] = &[code::NO_ENROLLMENT];

    fn is_under_way(&self) -> bool {
        self.status.is_under_way()
    }
}

/// A certificate itself. Source: OpenAPI `RetrieveCertificatesListItem`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetrievedCertificate {
    /// In DER.
    #[serde(deserialize_with = "crate::wire::bytes::deserialize")]
    pub certificate: Vec<u8>,
    /// What it is called.
    #[serde(rename = "certificateName")]
    pub name: String,
    /// Its number.
    #[serde(rename = "certificateSerialNumber")]
    pub serial_number: CertificateSerial,
    /// What for.
    #[serde(rename = "certificateType")]
    pub kind: KsefCertificateType,
}

/// Which certificates; the default asks for all. Source: OpenAPI `QueryCertificatesRequest`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificatesQuery {
    /// Only this one.
    #[serde(rename = "certificateSerialNumber", skip_serializing_if = "Option::is_none")]
    pub serial_number: Option<CertificateSerial>,
    /// With this in its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For this.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<KsefCertificateType>,
    /// In this state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<KsefCertificateStatus>,
    /// That end later than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_after: Option<DateTime<Utc>>,
}

/// What the list says of a certificate. Source: OpenAPI `CertificateListItem`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificateInfo {
    /// Its number.
    #[serde(rename = "certificateSerialNumber")]
    pub serial_number: CertificateSerial,
    /// What it is called.
    #[serde(default)]
    pub name: String,
    /// What for.
    #[serde(rename = "type")]
    pub kind: KsefCertificateType,
    /// The common name in it.
    #[serde(default)]
    pub common_name: String,
    /// Where it stands.
    pub status: KsefCertificateStatus,
    /// Whose it is.
    pub subject_identifier: Identified,
    /// Not before.
    pub valid_from: DateTime<Utc>,
    /// Not after.
    pub valid_to: DateTime<Utc>,
    /// When it was last used.
    #[serde(default)]
    pub last_use_date: Option<DateTime<Utc>>,
    /// When it was applied for.
    pub request_date: DateTime<Utc>,
}

/// A part of the list, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificatesPage {
    /// At most as many as were asked for.
    pub certificates: Vec<CertificateInfo>,
    /// Whether there is another page.
    pub has_more: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Retrieve<'a> {
    certificate_serial_numbers: &'a [CertificateSerial],
}

#[derive(Deserialize)]
struct Retrieved {
    certificates: Vec<RetrievedCertificate>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Revoke {
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation_reason: Option<RevocationReason>,
}

impl Client {
    /// `GET /certificates/limits`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn certificate_limits(
        &self,
        token: &AccessToken,
    ) -> Result<Answer<CertificateLimits>, ApiError> {
        self.request(&LIMITS).bearer(token.secret()).json_answer().await
    }

    /// `GET /certificates/enrollments/data`: what the application has to say of its owner.
    ///
    /// # Errors
    /// See [`ApiError`]; 25001 or 403 for one who authenticated with something that carries no such data.
    pub async fn certificate_enrollment_data(
        &self,
        token: &AccessToken,
    ) -> Result<Answer<CertificateEnrollmentData>, ApiError> {
        self.request(&DATA).bearer(token.secret()).json_answer().await
    }

    /// `POST /certificates/enrollments`. Never repeated: after a lost answer ([`crate::RetryKind::Unknown`]) the
    /// limits and [`Client::query_certificates`] tell whether a certificate is on its way.
    ///
    /// # Errors
    /// See [`ApiError`]; 25002, 25003, 25004, 25006, 25007, 25010, 25011 for an application that is refused at once.
    pub async fn enroll_certificate(
        &self,
        token: &AccessToken,
        request: &EnrollCertificate,
    ) -> Result<Answer<CertificateEnrollment>, ApiError> {
        self.request(&ENROLL).bearer(token.secret()).json(request).json_answer().await
    }

    /// `GET /certificates/enrollments/{referenceNumber}`, once.
    ///
    /// # Errors
    /// See [`ApiError`]; 25005 for an application that KSeF does not know (yet).
    pub async fn certificate_enrollment(
        &self,
        token: &AccessToken,
        reference: &ReferenceNumber,
    ) -> Result<Answer<CertificateEnrollmentStatus>, ApiError> {
        self.request(&ENROLLMENT).reference(reference.as_str()).bearer(token.secret()).json_answer().await
    }

    /// Asks for an application until it is decided. The answer may be a refusal: see its code.
    ///
    /// # Errors
    /// When asking fails for good, at the deadline, and when cancelled.
    pub async fn await_certificate_enrollment(
        &self,
        token: &AccessToken,
        reference: &ReferenceNumber,
        policy: &WaitPolicy,
        cancel: &CancellationToken,
    ) -> Result<Answer<CertificateEnrollmentStatus>, WaitError<CertificateEnrollmentStatus>> {
        until_settled(policy, cancel, || self.certificate_enrollment(token, reference)).await
    }

    /// `POST /certificates/retrieve`: certificates by their numbers, 1 to 10 at once.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn retrieve_certificates(
        &self,
        token: &AccessToken,
        serial_numbers: &[CertificateSerial],
    ) -> Result<Answer<Vec<RetrievedCertificate>>, ApiError> {
        let body = Retrieve { certificate_serial_numbers: serial_numbers };
        let answer: Answer<Retrieved> =
            self.request(&RETRIEVE).bearer(token.secret()).json(&body).json_answer().await?;
        Ok(answer.map(|retrieved| retrieved.certificates))
    }

    /// `POST /certificates/{certificateSerialNumber}/revoke`. Repeated after a lost answer; when KSeF then says that
    /// it cannot be revoked any more (25009), the lost one had revoked it.
    ///
    /// # Errors
    /// See [`ApiError`]; 25008 for an unknown certificate, 25009 for one that is revoked, blocked or expired.
    pub async fn revoke_certificate(
        &self,
        token: &AccessToken,
        serial_number: &CertificateSerial,
        reason: Option<RevocationReason>,
    ) -> Result<Answer<()>, ApiError> {
        self.request(&REVOKE)
            .reference(serial_number.as_str())
            .bearer(token.secret())
            .json(&Revoke { revocation_reason: reason })
            .done_before_if(code::NOT_REVOCABLE)
            .no_answer()
            .await
    }

    /// `POST /certificates/query`: the certificates of the one who authenticated; pages of 10 to 50.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn query_certificates(
        &self,
        token: &AccessToken,
        query: &CertificatesQuery,
        page: PageOf,
    ) -> Result<Answer<CertificatesPage>, ApiError> {
        self.listing(&QUERY, page).bearer(token.secret()).json(query).json_answer().await
    }
}
