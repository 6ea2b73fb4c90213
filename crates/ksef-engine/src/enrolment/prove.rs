//! A new certificate is tried out before it takes the place of an older one.

use std::sync::Arc;

use ksef_archive::EnrolmentStep;
use ksef_crypto::Credential;
use ksef_vault::Holding;

use super::EnrolmentProblem;
use super::drive::{StepFailed, Work};
use crate::connect::NoAccess;
use crate::{CertificateSlot, Engine, KeychainProblem};

impl Engine {
    /// Stored → Proved: by a real login, or by a link that is signed and judged. Where nothing can be lost, a certificate that
    /// cannot be proved takes its place all the same.
    pub(super) async fn prove(&self, work: &mut Work) -> Result<(), StepFailed> {
        // Whoever waits for a day does not ask the keychain every quarter of an hour.
        if let Some(EnrolmentProblem::NotYetValid(from)) =
            work.row.problem.as_ref().map(EnrolmentProblem::read)
            && from > self.ksef_now(work).await?
        {
            return Err(EnrolmentProblem::NotYetValid(from).into());
        }
        let pending = work.scope().key(work.slot().pending());
        let waiting = self.vault(move |vault| vault.credential(&pending)).await;
        let Some(credential) = waiting.map_err(KeychainProblem::from)? else {
            return self.fetch_again(work).await;
        };
        let from = credential.certificate().not_before();
        let proved = if from > self.ksef_now(work).await? {
            Err(EnrolmentProblem::NotYetValid(from))
        } else {
            self.try_out(work, Arc::new(credential)).await
        };
        if let Err(problem) = proved {
            if problem.passes() || !self.place_is_empty(work).await? {
                return Err(problem.into());
            }
            tracing::info!(%problem, "the place is empty: the new certificate takes it unproved");
        }
        self.reached("proved");
        self.reach(work, EnrolmentStep::Proved)
    }

    /// The keychain has the key and has lost the certificate: KSeF gives it again.
    async fn fetch_again(&self, work: &mut Work) -> Result<(), StepFailed> {
        match self.waiting_key(work).await? {
            Some(_) => self.reach(work, EnrolmentStep::Issued),
            None => Err(EnrolmentProblem::KeyGone.into()),
        }
    }

    async fn try_out(&self, work: &mut Work, credential: Arc<Credential>) -> Result<(), EnrolmentProblem> {
        let scope = work.scope();
        match work.slot() {
            CertificateSlot::Authentication => {
                let login = self.login_with(scope, credential).map_err(EnrolmentProblem::Connection)?;
                match login.access.token().await {
                    Ok(_) => {
                        work.proof = Some(login);
                        Ok(())
                    }
                    Err(error) => {
                        let failure = self.explain(scope, &login, &NoAccess::from(error));
                        Err(EnrolmentProblem::NotProved(failure.cause))
                    }
                }
            }
            CertificateSlot::Offline => {
                let engine = self.clone();
                let judged =
                    tokio::task::spawn_blocking(move || engine.signs_and_verifies(scope, &credential)).await;
                match judged {
                    Ok(Ok(())) => Ok(()),
                    Ok(Err(_)) => Err(EnrolmentProblem::SignatureFails),
                    Err(_) => Err(EnrolmentProblem::Internal),
                }
            }
        }
    }

    async fn place_is_empty(&self, work: &Work) -> Result<bool, StepFailed> {
        let (scope, slot) = (work.scope(), work.slot().vault());
        let held = self.vault(move |vault| vault.held(scope.company, scope.environment)).await;
        Ok(held.map_err(KeychainProblem::from)?.in_slot(slot) == Holding::Nothing)
    }
}
