//! The key, the request, and what may have become of it.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use ksef_api::{CertificateLimits, EnrollCertificate, RetryKind};
use ksef_archive::{ArchiveError, EnrolmentAlgorithm, EnrolmentRow, EnrolmentStep};
use ksef_crypto::{Certificate, CertificateRequest, KeyAlgorithm, PrivateKey, SubjectData};
use tokio::sync::OwnedMutexGuard;

use super::EnrolmentProblem;
use super::drive::{KindName, StepFailed, Work};
use super::offer::LeftOver;
use crate::connect::NoAccess;
use crate::engine::{Scope, locked};
use crate::{
    Act, ConnectionCause, ConnectionMethod, Deed, Engine, EngineError, EngineEvent, KeychainProblem,
};

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
        let _turn = self.turn_to_send(scope).await;
        let Some(key) = self.waiting_key(work).await? else {
            return self.reach(work, EnrolmentStep::Begun);
        };
        let limits = self.certificate_limits(scope).await?;
        if !limits.can_request {
            return Err(self.why_not(work, &limits).into());
        }
        let subject = self.enrolment_data(scope).await?;
        self.is_owner_of_the_old_one(work, &subject)?;
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
        let _turn = self.turn_to_send(work.scope()).await;
        if self.take_up_ours(work).await? {
            return Ok(());
        }
        let left = self.requests_left(work).await?;
        let since = self.ksef_now(work).await? - work.row.sent_at.unwrap_or(work.row.changed_at);
        // KSeF's clock is heard to the second: it may seem to go back.
        let since = since.max(TimeDelta::zero());
        let settles = TimeDelta::from_std(self.shared.tuning.enrolment_settles).unwrap_or(NEVER_COMES);
        match (self.is_counted(work, left)?, work.row.request.clone()) {
            (true, _) if since > NEVER_COMES => Err(EnrolmentProblem::NeverCame.into()),
            (false, Some(request)) if since >= settles => self.post(work, request, left).await,
            _ => Err(EnrolmentProblem::AnswerLost.into()),
        }
    }

    /// A refusal says nothing of an earlier sending whose answer was lost: the certificate may be there already, or, where KSeF has
    /// counted a request since, be on its way. Without its key it would be of no use.
    pub(super) async fn certificate_before_refusal(
        &self,
        work: &mut Work,
        refusal: EnrolmentProblem,
    ) -> Result<(), StepFailed> {
        if self.take_up_ours(work).await? {
            return Ok(());
        }
        if work.row.step == EnrolmentStep::Sending {
            let left = self.requests_left(work).await?;
            if self.is_counted(work, left)? {
                return Err(EnrolmentProblem::AnswerLost.into());
            }
        }
        Err(refusal.into())
    }

    /// Takes up the certificate of this request where KSeF's list has one; gives whether. That it has none is only said to its
    /// owner.
    pub(super) async fn take_up_ours(&self, work: &mut Work) -> Result<bool, StepFailed> {
        match self.find_ours(work).await? {
            Some(serial) => self.issued(work, &serial).map(|()| true),
            None => self.is_the_owner(work).await.map(|()| false),
        }
    }

    async fn requests_left(&self, work: &Work) -> Result<u32, StepFailed> {
        Ok(LeftOver::from(self.certificate_limits(work.scope()).await?.enrollment).remaining)
    }

    /// From the question how many requests are left to the answer to the one that leaves, no other of the company's leaves: of one
    /// in between it would not be known whether it was counted before or after.
    async fn turn_to_send(&self, scope: Scope) -> OwnedMutexGuard<()> {
        let turns = Arc::clone(locked(&self.shared.requests_leave).entry(scope).or_default());
        turns.lock_owned().await
    }

    /// Whether KSeF has counted a request since just before this one left, besides those of this company that left after it and
    /// that KSeF is known to have taken: both kinds are mostly asked for at once. Of another process's that was noted before this
    /// one it is not known, so it counts as this one.
    fn is_counted(&self, work: &Work, left: u32) -> Result<bool, ArchiveError> {
        let Some(before) = work.row.requests_left else { return Ok(true) };
        let Scope { company, environment } = work.scope();
        let rows = self
            .archive()
            .read::<_, ArchiveError>(|tables| tables.enrolments().list(company, environment))?;
        let taken_since = |row: &&EnrolmentRow| {
            // Of one whose answer was lost too the certificate says it.
            let taken = row.reference_number.is_some() || row.serial.is_some();
            row.id != work.row.id && taken && row.sending > work.row.sending
        };
        let others = u32::try_from(rows.iter().filter(taken_since).count()).unwrap_or(u32::MAX);
        Ok(before.saturating_sub(left) > others)
    }

    /// KSeF shows requests, certificates and limits of the one who is logged in: of somebody else's they say nothing.
    async fn is_the_owner(&self, work: &Work) -> Result<(), StepFailed> {
        let Some(asked) = work.row.request.as_deref().and_then(SubjectData::of_request) else {
            return Ok(());
        };
        let here = self.enrolment_data(work.scope()).await?;
        if asked.is_of_the_owner_of(&here) { Ok(()) } else { Err(EnrolmentProblem::OtherOwner.into()) }
    }

    /// A renewed certificate takes the place of the old one wherever that is used: it must be the same owner's.
    fn is_owner_of_the_old_one(&self, work: &Work, subject: &SubjectData) -> Result<(), StepFailed> {
        let Some(serial) = &work.row.renews else { return Ok(()) };
        let note = self.note(work.scope(), work.slot().note())?;
        let noted = note.and_then(|note| Certificate::from_der(&note.certificate?).ok());
        let old = noted.filter(|noted| noted.serial() == *serial);
        match old.map(|old| SubjectData::of_certificate(&old)) {
            Some(old) if !old.is_of_the_owner_of(subject) => Err(EnrolmentProblem::OtherOwner.into()),
            _ => Ok(()),
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
        let sent_at = self.ksef_now(work).await?;
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
        let deed = Deed::of(Act::CertificateRequested, scope.company, scope.environment);
        let deed = deed.object(answer.reference_number.as_str());
        let deed = deed.with("kind", work.row.kind_name()).with("name", work.row.name.as_str());
        self.archive().write::<_, ArchiveError>(|tables| {
            tables.enrolments_mut().sent(id, &answer.reference_number, self.now())?;
            deed.write_into(tables, self.now())
        })?;
        self.tell(EngineEvent::Journal);
        self.reached("the reference number is written");
        Ok(())
    }

    /// The key that waits for the certificate.
    pub(super) async fn waiting_key(&self, work: &Work) -> Result<Option<PrivateKey>, StepFailed> {
        let pending = work.scope().key(work.slot().pending());
        Ok(self.vault(move |vault| vault.key(&pending)).await.map_err(KeychainProblem::from)?)
    }

    /// KSeF's clock, asked for where it has not been heard yet: this computer's may be hours off.
    pub(super) async fn ksef_now(&self, work: &Work) -> Result<DateTime<Utc>, StepFailed> {
        let login = self.login(work.scope());
        let login = login.map_err(|cause: ConnectionCause| EnrolmentProblem::Connection(cause))?;
        if login.client.clock_skew().is_none()
            && let Err(error) = login.client.challenge().await
        {
            tracing::info!(%error, "KSeF's clock is not known: this computer's counts");
        }
        Ok(login.client.server_now())
    }
}
