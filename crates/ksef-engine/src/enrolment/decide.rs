//! From the reference number to the certificate beside its key.

use ksef_api::{CertificateEnrollmentStatus, ErrorKind};
use ksef_archive::EnrolmentStep;
use ksef_crypto::{Certificate, IssuedProblem, SubjectData};
use ksef_types::ReferenceNumber;
use tokio::time::Instant;

use super::drive::{StepFailed, Work};
use super::{EnrolmentProblem, Unfit};
use crate::connect::NoAccess;
use crate::{ConnectionCause, Engine, KeychainProblem};

/// "There is no application under this number", which right after the sending means "not yet".
const NOT_KNOWN: i32 = 25005;

/// What KSeF says of a request.
enum Asked {
    Status(Box<CertificateEnrollmentStatus>),
    /// Not known yet, or after 30 days not any more.
    Unknown,
}

impl Engine {
    /// Sent → Issued.
    pub(super) async fn follow_request(&self, work: &mut Work) -> Result<(), StepFailed> {
        let Some(reference) = work.row.reference_number.clone() else {
            return Err(EnrolmentProblem::Internal.into());
        };
        let policy = self.shared.tuning.enrolment;
        let end = Instant::now() + policy.deadline;
        let (mut pause, mut not_yet) = (policy.first_pause, policy.not_yet_known);
        loop {
            match self.ask_for(work, &reference).await? {
                Asked::Status(status) if status.status.is_under_way() => {}
                Asked::Status(status) if !status.status.is_done() => {
                    return Err(EnrolmentProblem::of_status(&status.status).into());
                }
                Asked::Status(status) => {
                    let serial = status.certificate_serial_number.ok_or(EnrolmentProblem::NotYetGiven)?;
                    return self.issued(work, &serial);
                }
                Asked::Unknown if not_yet > 0 => not_yet -= 1,
                // KSeF forgets requests after 30 days; the certificate itself is in its list.
                Asked::Unknown => {
                    let ours = self.take_up_ours(work).await?;
                    return if ours { Ok(()) } else { Err(EnrolmentProblem::NeverCame.into()) };
                }
            }
            if Instant::now() >= end {
                return Err(EnrolmentProblem::Connection(ConnectionCause::StillChecking).into());
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(policy.longest_pause);
        }
    }

    /// What the certificate must say: what was asked for. The one who is logged in by now may be named otherwise.
    async fn data_of_request(&self, work: &Work) -> Result<SubjectData, StepFailed> {
        match work.row.request.as_deref().and_then(SubjectData::of_request) {
            Some(subject) => Ok(subject),
            None => Ok(self.enrolment_data(work.scope()).await?),
        }
    }

    async fn ask_for(&self, work: &Work, reference: &ReferenceNumber) -> Result<Asked, StepFailed> {
        let scope = work.scope();
        let login = self.login(scope).map_err(EnrolmentProblem::Connection)?;
        let asked = login.with(|client, token| {
            let reference = reference.clone();
            async move { client.certificate_enrollment(&token, &reference).await }
        });
        match asked.await {
            Ok(status) => Ok(Asked::Status(Box::new(status.into_value()))),
            Err(NoAccess::Api(error)) if error.has_code(NOT_KNOWN) || *error.kind() == ErrorKind::Gone => {
                Ok(Asked::Unknown)
            }
            Err(error) => {
                let failure = self.explain(scope, &login, &error);
                Err(EnrolmentProblem::of_asking(failure.cause).into())
            }
        }
    }

    /// Issued → Stored: fetched, looked at, put beside its key.
    pub(super) async fn fetch(&self, work: &mut Work) -> Result<(), StepFailed> {
        let Some(serial) = work.row.serial.clone() else { return Err(EnrolmentProblem::Internal.into()) };
        let Some(key) = self.waiting_key(work).await? else { return Err(EnrolmentProblem::KeyGone.into()) };
        let subject = self.data_of_request(work).await?;
        let retrieved = self.retrieve(work, std::slice::from_ref(&serial)).await?;
        let found = retrieved.into_iter().find(|found| found.serial_number == serial);
        let der = found.ok_or(EnrolmentProblem::NotYetGiven)?.certificate;
        let certificate =
            Certificate::from_der(&der).map_err(|_| EnrolmentProblem::Unfit(Unfit::Unreadable))?;
        let now = self.ksef_now(work).await?;
        let problems = certificate.issued_problems(&key, &subject, work.slot().purpose(), &serial, now);
        if let Some(problem) = problems.first() {
            let all: Vec<String> = problems.iter().map(IssuedProblem::to_string).collect();
            tracing::error!(problems = all.join("; "), "a certificate of KSeF does not fit");
            return Err(EnrolmentProblem::Unfit(problem.into()).into());
        }
        let pending = work.scope().key(work.slot().pending());
        self.vault(move |vault| vault.store_certificate(&pending, &certificate))
            .await
            .map_err(KeychainProblem::from)?;
        self.reached("the certificate is beside its key");
        self.reach(work, EnrolmentStep::Stored)
    }
}
