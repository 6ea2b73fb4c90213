use ksef_api::{CertificateEnrollmentData, CertificateLimit, CertificateLimits};
use ksef_archive::EnrolmentStep;
use ksef_crypto::enrolment::suggest_name;
use ksef_crypto::{Purpose, SubjectData};
use ksef_types::{CertificateName, Environment, Nip, warsaw_date};

use super::{Enrolment, EnrolmentError, EnrolmentProblem};
use crate::engine::Scope;
use crate::{Engine, OwnerKind};

/// What KSeF says before one asks for a certificate.
#[derive(Debug, Clone)]
pub struct EnrolmentOffer {
    /// Whether KSeF takes a request now.
    pub can_request: bool,
    /// Requests.
    pub requests: LeftOver,
    /// Active certificates.
    pub certificates: LeftOver,
    /// What the certificate will say of its owner.
    pub subject: SubjectData,
    /// Whose it will be.
    pub owner: OwnerKind,
    /// A name for the authentication certificate.
    pub authentication_name: CertificateName,
    /// A name for the offline certificate.
    pub offline_name: CertificateName,
    /// Requests that are not finished.
    pub unfinished: Vec<Enrolment>,
}

/// How much of a limit is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOver {
    /// What is left.
    pub remaining: u32,
    /// The limit.
    pub limit: u32,
}

impl From<CertificateLimit> for LeftOver {
    fn from(limit: CertificateLimit) -> Self {
        let whole = |number: i64| u32::try_from(number.max(0)).unwrap_or(u32::MAX);
        Self { remaining: whole(limit.remaining), limit: whole(limit.limit) }
    }
}

impl Engine {
    /// Limits, data and names, as KSeF has them now.
    ///
    /// # Errors
    /// When there is no connection, or the login is not one by signature.
    pub async fn enrolment_offer(
        &self,
        nip: Nip,
        environment: Environment,
    ) -> Result<EnrolmentOffer, EnrolmentError> {
        let scope = Scope::new(nip, environment);
        self.company(nip)?;
        let limits = self.certificate_limits(scope).await?;
        let subject = self.enrolment_data(scope).await?;
        let day = warsaw_date(self.now());
        let name = |purpose| suggest_name(purpose, &subject.common_name, day);
        let all = self.enrolments(nip, environment)?;
        Ok(EnrolmentOffer {
            can_request: limits.can_request,
            requests: limits.enrollment.into(),
            certificates: limits.certificate.into(),
            owner: owner(&subject),
            authentication_name: name(Purpose::Authentication),
            offline_name: name(Purpose::Offline),
            unfinished: all.into_iter().filter(|one| !EnrolmentStep::is_final(one.step)).collect(),
            subject,
        })
    }

    pub(super) async fn certificate_limits(
        &self,
        scope: Scope,
    ) -> Result<CertificateLimits, EnrolmentProblem> {
        let asked = self.ask(scope, |client, token| async move { client.certificate_limits(&token).await });
        asked.await.map_err(|failure| EnrolmentProblem::of_asking(failure.cause))
    }

    pub(super) async fn enrolment_data(&self, scope: Scope) -> Result<SubjectData, EnrolmentProblem> {
        let asked =
            self.ask(scope, |client, token| async move { client.certificate_enrollment_data(&token).await });
        let data = asked.await.map_err(|failure| EnrolmentProblem::of_asking(failure.cause))?;
        Ok(subject(data))
    }
}

/// Texts as they came: a changed character is a refused request.
fn subject(data: CertificateEnrollmentData) -> SubjectData {
    SubjectData {
        common_name: data.common_name,
        country_name: data.country_name,
        given_names: data.given_name.into_iter().collect(),
        surname: data.surname,
        serial_number: data.serial_number,
        unique_identifier: data.unique_identifier,
        organization_name: data.organization_name,
        organization_identifier: data.organization_identifier,
    }
}

/// Source: guide, "Podpis XAdES", the patterns of `serialNumber` and `organizationIdentifier`.
fn owner(subject: &SubjectData) -> OwnerKind {
    let serial = subject.serial_number.as_deref().unwrap_or_default();
    if subject.organization_identifier.is_some() {
        OwnerKind::Seal
    } else if serial.starts_with("PNOPL") || serial.starts_with("PESEL") {
        OwnerKind::PersonByPesel
    } else if serial.starts_with("TINPL") || serial.starts_with("NIP") {
        OwnerKind::PersonByNip
    } else {
        OwnerKind::Fingerprint
    }
}
