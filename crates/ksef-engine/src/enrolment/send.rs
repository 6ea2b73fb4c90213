//! The key, the request, and what may have become of it.

use chrono::{DateTime, TimeDelta, Utc};
use ksef_api::{CertificateLimits, EnrollCertificate, RetryKind};
use ksef_archive::{ArchiveError, EnrolmentAlgorithm, EnrolmentStep};
use ksef_crypto::{CertificateRequest, KeyAlgorithm, PrivateKey};

use super::EnrolmentProblem;
use super::drive::{KindName, StepFailed, Work};
use super::offer::LeftOver;
use crate::connect::NoAccess;
use crate::{Act, ConnectionCause, ConnectionMethod, Deed, Engine, EngineError, KeychainProblem};

/// A request that KSeF has counted and of which nothing has come for so long will not come any more.
const NEVER_COMES: TimeDelta = TimeDelta::minutes(60);

impl Engine {
    /// Begun → KeyMade. Nothing has left yet, so a key that an interrupted attempt left behind is replaced.
    pub(super) async fn make_key(&self, work: &mut Work) -> Result<(), StepFailed> {
        let algorithm = match work.row.algorithm {
            EnrolmentAlgorithm::P256 => KeyAlgorithm::P256,
            EnrolmentAlgorithm::Rsa2048 => KeyAlgorithm::Rsa2048,
        };
        let made = tokio::task::spawn_blocking(move || PrivateKey::generate(algorithm)).await;
        let key = made.map_err(|_| EngineError::Stopped)?.map_err(|error| {
            tracing::error!(%error, "a key could not be made");
            EnrolmentProblem::Internal
        })?;
        let pending = work.scope().key(work.slot().pending());
        self.vault(move |vault| vault.store_key(&pending, &key)).await.map_err(KeychainProblem::from)?;
        self.reached("the key is in the keychain");
        self.reach(work, EnrolmentStep::KeyMade)
    }

    /// KeyMade → Sending → Sent.
    pub(super) async fn send_request(&self, work: &mut Work) -> Result<(), StepFailed> {
        let scope = work.scope();
        let Some(key) = self.waiting_key(work).await? else {
            return self.reach(work, EnrolmentStep::Begun);
        };
        let limits = self.certificate_limits(scope).await?;
        if !limits.can_request {
            return Err(self.why_not(work, &limits).into());
        }
        let subject = self.enrolment_data(scope).await?;
        let made = tokio::task::spawn_blocking(move || CertificateRequest::make(&subject, &key)).await;
        let request = made.map_err(|_| EngineError::Stopped)?.map_err(|error| {
            tracing::error!(%error, "a request for a certificate could not be signed");
            EnrolmentProblem::Internal
        })?;
        self.post(work, request.der().to_vec(), LeftOver::from(limits.enrollment).remaining).await
    }

    /// KSeF says that it takes no request now: of a token it takes none at all.
    fn why_not(&self, work: &Work, limits: &CertificateLimits) -> EnrolmentProblem {
        let left = |limit| LeftOver::from(limit).remaining;
        if self.method_in_use(work.scope()) == Some(ConnectionMethod::Token) {
            EnrolmentProblem::NotBySignature(25002)
        } else if left(limits.enrollment) == 0 {
            EnrolmentProblem::RequestsUsedUp
        } else {
            EnrolmentProblem::CertificatesUsedUp
        }
    }

    /// Sending: the request may have left. KSeF is asked, and only what it certainly does not have is sent again.
    pub(super) async fn settle_sending(&self, work: &mut Work) -> Result<(), StepFailed> {
        if let Some(serial) = self.find_ours(work).await? {
            return self.issued(work, &serial);
        }
        let left = LeftOver::from(self.certificate_limits(work.scope()).await?.enrollment).remaining;
        let since = self.ksef_now(work)? - work.row.sent_at.unwrap_or(work.row.changed_at);
        let settles = TimeDelta::from_std(self.shared.tuning.enrolment_settles).unwrap_or(NEVER_COMES);
        let counted = work.row.requests_left.is_none_or(|before| left < before);
        match (counted, work.row.request.clone()) {
            (true, _) if since > NEVER_COMES => Err(EnrolmentProblem::NeverCame.into()),
            (false, Some(request)) if since >= settles => self.post(work, request, left).await,
            _ => Err(EnrolmentProblem::AnswerLost.into()),
        }
    }

    async fn post(&self, work: &mut Work, request: Vec<u8>, left: u32) -> Result<(), StepFailed> {
        let (scope, id, before) = (work.scope(), work.row.id, work.row.step);
        let login = self.login(scope).map_err(EnrolmentProblem::Connection)?;
        let name = work.row.name.as_str().parse().map_err(|_| EnrolmentProblem::Internal)?;
        let enrol = EnrollCertificate {
            name,
            kind: work.slot().api_kind(),
            csr: request.clone(),
            valid_from: work.row.valid_from,
        };
        let sent_at = self.ksef_now(work)?;
        let ours = self.archive().write::<_, ArchiveError>(|tables| {
            // Another window may have been quicker.
            let row = tables.enrolments().get(id)?;
            let unchanged = row.is_some_and(|row| row.step == before && row.sent_at == work.row.sent_at);
            if unchanged {
                tables.enrolments_mut().sending(id, &request, left, sent_at)?;
            }
            Ok(unchanged)
        })?;
        if !ours {
            return Ok(());
        }
        self.reached("about to send the request");
        let sent = login.with(|client, token| {
            let enrol = enrol.clone();
            async move { client.enroll_certificate(&token, &enrol).await }
        });
        let answer = match sent.await {
            Ok(answer) => answer.into_value(),
            Err(NoAccess::Api(error)) if error.retry() == RetryKind::Unknown => {
                self.reached("the answer was lost");
                return Err(EnrolmentProblem::AnswerLost.into());
            }
            Err(error) => {
                let failure = self.explain(scope, &login, &error);
                let problem = EnrolmentProblem::of_sending(failure.cause);
                // Certainly not taken; of an earlier sending that is not known.
                self.archive().write::<_, ArchiveError>(|tables| {
                    tables.enrolments_mut().reach(id, before, self.now())
                })?;
                return Err(problem.into());
            }
        };
        self.reached("the request was answered");
        self.archive().write::<_, ArchiveError>(|tables| {
            tables.enrolments_mut().sent(id, &answer.reference_number, self.now())
        })?;
        self.reached("the reference number is written");
        let deed = Deed::of(Act::CertificateRequested, scope.company, scope.environment);
        let deed = deed.object(answer.reference_number.as_str());
        self.record(deed.with("kind", work.row.kind_name()).with("name", work.row.name.as_str()));
        Ok(())
    }

    /// The key that waits for the certificate.
    pub(super) async fn waiting_key(&self, work: &Work) -> Result<Option<PrivateKey>, StepFailed> {
        let pending = work.scope().key(work.slot().pending());
        Ok(self.vault(move |vault| vault.key(&pending)).await.map_err(KeychainProblem::from)?)
    }

    /// KSeF's clock: this computer's may be hours off.
    pub(super) fn ksef_now(&self, work: &Work) -> Result<DateTime<Utc>, StepFailed> {
        let login = self.login(work.scope());
        let login = login.map_err(|cause: ConnectionCause| EnrolmentProblem::Connection(cause))?;
        Ok(login.client.server_now())
    }
}
