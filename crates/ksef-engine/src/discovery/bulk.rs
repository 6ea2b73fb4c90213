use std::sync::Arc;

use ksef_archive::{ArchiveError, CredentialNote, NoteSlot};
use ksef_crypto::{Credential, Purpose};
use ksef_types::{Environment, Nip};
use ksef_vault::Slot;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::engine::Scope;
use crate::journal::{Act, Deed};
use crate::{
    CertificateSlot, ConnectionCause, ConnectionFailure, CredentialProblem, Engine, EngineError,
    KeychainProblem,
};

/// What is to be added, with whose certificate.
#[derive(Debug, Clone)]
pub struct BulkAdd {
    /// The company whose authentication certificate is used.
    pub source: Nip,
    /// Of all of them.
    pub environment: Environment,
    /// Which.
    pub companies: Vec<BulkCompany>,
    /// Also copy the offline certificate.
    pub with_offline: bool,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkCompany {
    /// Which.
    pub nip: Nip,
    /// Name, if any.
    pub name: Option<String>,
}

/// How one company of many stands.
#[derive(Debug)]
pub enum BulkStep {
    /// KSeF is being asked.
    Checking,
    /// KSeF lets us in; what one may do there, as the contract names it. When adding, the company is on the list.
    Done {
        /// Empty where KSeF was not asked, or did not say.
        permissions: Vec<String>,
    },
    /// A reason against it.
    Refused(BulkRefusal),
    /// Called off before it was settled.
    Cancelled,
}

/// Why a company was not added, or not let in.
#[derive(Debug, thiserror::Error)]
pub enum BulkRefusal {
    /// KSeF does not let us in, or could not be asked.
    #[error(transparent)]
    Connection(#[from] ConnectionFailure),
    /// The company has another authentication certificate, which is left alone.
    #[error("the company has another certificate")]
    OtherCertificate,
    /// Keychain or archive.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// Logins that are under way at once. All of them draw from one budget for the address of this computer.
const AT_ONCE: usize = 10;

/// What is copied.
#[derive(Clone)]
struct Lent {
    authentication: Arc<Credential>,
    offline: Option<Arc<Credential>>,
}

impl Engine {
    /// Adds many companies with one certificate. Each is put on the list, with the certificate in keychain entries of its
    /// own, once KSeF has let us in there. `tell` hears of every step with the company's place in the list. A company that
    /// has this certificate already is done at once, so that what was called off is taken up by asking for the same again.
    ///
    /// # Errors
    /// When there is no certificate to begin with. What becomes of each company is told, not answered.
    pub async fn add_companies(
        &self,
        wish: BulkAdd,
        cancel: &CancellationToken,
        tell: &(dyn Fn(usize, BulkStep) + Send + Sync),
    ) -> Result<(), ConnectionFailure> {
        let source = Scope::new(wish.source, wish.environment);
        let lent = self.lend(source, wish.with_offline).await?;
        let environment = wish.environment;
        let add = |engine: Self, company: BulkCompany, cancel: CancellationToken| {
            let lent = lent.clone();
            async move { engine.add_one(environment, company, lent, cancel).await }
        };
        self.each(wish.companies, cancel, tell, add).await;
        Ok(())
    }

    /// Checks the connection of many companies, each with its own credential.
    pub async fn check_companies(
        &self,
        environment: Environment,
        nips: Vec<Nip>,
        cancel: &CancellationToken,
        tell: &(dyn Fn(usize, BulkStep) + Send + Sync),
    ) {
        let check = |engine: Self, nip: Nip, cancel: CancellationToken| async move {
            let check = engine.check_patiently(Scope::new(nip, environment));
            match unless_cancelled(&cancel, check).await {
                None => BulkStep::Cancelled,
                Some(Ok(report)) => BulkStep::Done { permissions: report.permissions },
                Some(Err(failure)) => BulkStep::Refused(failure.into()),
            }
        };
        self.each(nips, cancel, tell, check).await;
    }

    /// Works through a list, a few at a time.
    async fn each<T, F, Fut>(
        &self,
        all: Vec<T>,
        cancel: &CancellationToken,
        tell: &(dyn Fn(usize, BulkStep) + Send + Sync),
        work: F,
    ) where
        F: Fn(Self, T, CancellationToken) -> Fut,
        Fut: Future<Output = BulkStep> + Send + 'static,
    {
        let mut waiting = all.into_iter().enumerate();
        let mut under_way = JoinSet::new();
        let mut settled = std::collections::HashMap::new();
        loop {
            while under_way.len() < AT_ONCE && !cancel.is_cancelled() {
                let Some((place, one)) = waiting.next() else { break };
                tell(place, BulkStep::Checking);
                let doing = work(self.clone(), one, cancel.clone());
                let task = under_way.spawn(doing);
                settled.insert(task.id(), place);
            }
            match under_way.join_next_with_id().await {
                Some(Ok((id, step))) => {
                    if let Some(place) = settled.remove(&id) {
                        tell(place, step);
                    }
                }
                Some(Err(error)) => {
                    tracing::error!(%error, "one company of many was dropped");
                    if let Some(place) = settled.remove(&error.id()) {
                        tell(place, BulkStep::Refused(EngineError::Stopped.into()));
                    }
                }
                None => break,
            }
        }
        waiting.for_each(|(place, _)| tell(place, BulkStep::Cancelled));
    }

    async fn lend(&self, source: Scope, with_offline: bool) -> Result<Lent, ConnectionFailure> {
        let authentication = self.lend_one(source, Slot::Authentication).await?;
        let authentication =
            authentication.ok_or_else(|| self.failure(ConnectionCause::NoCredential, None, None))?;
        let problem = authentication.problems(Purpose::Authentication, self.now()).into_iter().next();
        if let Some(problem) = problem {
            let cause = ConnectionCause::Credential(CredentialProblem::from(problem));
            return Err(self.failure(cause, None, None));
        }
        let offline = if with_offline { self.lend_one(source, Slot::Offline).await? } else { None };
        Ok(Lent { authentication: Arc::new(authentication), offline: offline.map(Arc::new) })
    }

    async fn lend_one(&self, source: Scope, slot: Slot) -> Result<Option<Credential>, ConnectionFailure> {
        let read = self.vault(move |vault| vault.credential(&source.key(slot))).await;
        read.map_err(|error| self.failure(ConnectionCause::Keychain(error.into()), None, None))
    }

    async fn add_one(
        &self,
        environment: Environment,
        company: BulkCompany,
        lent: Lent,
        cancel: CancellationToken,
    ) -> BulkStep {
        let scope = Scope::new(company.nip, environment);
        match self.own_certificate(scope) {
            Ok(Some(serial)) if serial == lent.authentication.certificate().serial().to_string() => {
                return BulkStep::Done { permissions: Vec::new() };
            }
            Ok(Some(_)) => return BulkStep::Refused(BulkRefusal::OtherCertificate),
            Ok(None) => {}
            Err(error) => return BulkStep::Refused(error.into()),
        }
        let entered = self.enter_with(scope, Arc::clone(&lent.authentication));
        let (login, permissions) = match unless_cancelled(&cancel, entered).await {
            None => return BulkStep::Cancelled,
            Some(Ok(entered)) => entered,
            Some(Err(failure)) => return BulkStep::Refused(failure.into()),
        };
        // From here on nothing is broken off: a company is on the list with its certificate, or not at all.
        let kept = self.blocking(move |engine| engine.keep_added(scope, &company, &lent)).await;
        match kept {
            Ok(()) => {
                self.adopt_login(scope, &login);
                BulkStep::Done { permissions }
            }
            Err(error) => BulkStep::Refused(error.into()),
        }
    }

    /// The serial number of the authentication certificate that a company has already.
    fn own_certificate(&self, scope: Scope) -> Result<Option<String>, EngineError> {
        let known = self.archive().read::<_, ArchiveError>(|tables| tables.companies().get(scope.company))?;
        if known.is_none() {
            return Ok(None);
        }
        Ok(self.note(scope, NoteSlot::Authentication)?.and_then(|note| note.serial))
    }

    fn keep_added(&self, scope: Scope, company: &BulkCompany, lent: &Lent) -> Result<(), EngineError> {
        let Scope { company: nip, environment } = scope;
        let new = match self.add_company(nip, company.name.as_deref(), environment) {
            Ok(_) => true,
            Err(EngineError::CompanyExists(_)) => false,
            Err(error) => return Err(error),
        };
        if let Err(problem) = self.copy_certificates(scope, lent) {
            if new {
                // Its secrets, as far as some were written, go first.
                if let Err(error) = self.parts().vault.remove_company(nip) {
                    tracing::warn!(%error, "what was written for a company could not be removed");
                }
                self.archive().write::<_, ArchiveError>(|tables| {
                    tables.credential_notes_mut().remove_company(nip)?;
                    tables.companies_mut().remove(nip, self.now())
                })?;
                self.record(Deed::of_company(Act::CompanyRemoved, nip));
            }
            return Err(problem);
        }
        self.credential_changed(scope);
        self.record(
            Deed::of(Act::CredentialSaved, nip, environment)
                .object(lent.authentication.certificate().serial().to_string()),
        );
        Ok(())
    }

    fn copy_certificates(&self, scope: Scope, lent: &Lent) -> Result<(), EngineError> {
        let mut copies = vec![(CertificateSlot::Authentication, &lent.authentication)];
        copies.extend(lent.offline.as_ref().map(|offline| (CertificateSlot::Offline, offline)));
        for (slot, credential) in copies {
            // An offline certificate of its own stays.
            if slot == CertificateSlot::Offline && self.note(scope, slot.note())?.is_some() {
                continue;
            }
            self.parts()
                .vault
                .store_credential(&scope.key(slot.vault()), credential)
                .map_err(KeychainProblem::from)?;
            let certificate = credential.certificate();
            let note = CredentialNote {
                certificate: Some(certificate.der().to_vec()),
                subject: Some(certificate.subject_name()),
                serial: Some(certificate.serial().to_string()),
                typed_serial: None,
                not_after: Some(certificate.not_after()),
                reference_number: None,
                stored_at: self.now(),
            };
            self.put_note(scope, slot.note(), &note)?;
        }
        Ok(())
    }
}

async fn unless_cancelled<T>(cancel: &CancellationToken, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        () = cancel.cancelled() => None,
        done = work => Some(done),
    }
}
