use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use ksef_api::RateBudgets;
use ksef_archive::Archive;
use ksef_types::{Environment, Nip};
use ksef_vault::{Vault, VaultError};
use tokio::sync::{Notify, broadcast};

use crate::connect::Login;
use crate::credentials::Drafts;
use crate::sending::PreparedFile;
use crate::signing::Signings;
use crate::{EngineError, EngineEvent, Parts, PreparedId, TokenProblem, Tuning};

/// Events that a slow receiver may lag behind before it must read the archive again.
const EVENTS: usize = 4096;

/// Everything that the program does, for every front. Cheap to clone; all clones share logins, drafts and budgets.
///
/// Methods that are `async` may wait for the keychain or the network and need a tokio runtime.
#[derive(Clone)]
pub struct Engine {
    pub(crate) shared: Arc<Shared>,
}

/// For which company and where: every login, draft, outbox and budget has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Scope {
    pub(crate) company: Nip,
    pub(crate) environment: Environment,
}

impl Scope {
    pub(crate) const fn new(company: Nip, environment: Environment) -> Self {
        Self { company, environment }
    }
}

pub(crate) struct Shared {
    pub(crate) parts: Parts,
    pub(crate) tuning: Tuning,
    pub(crate) events: broadcast::Sender<EngineEvent>,
    pub(crate) budgets: RateBudgets,
    pub(crate) logins: Mutex<HashMap<Scope, Arc<Login>>>,
    pub(crate) drafts: Mutex<BTreeMap<Scope, Drafts>>,
    pub(crate) token_problems: Mutex<HashMap<Scope, TokenProblem>>,
    pub(crate) prepared: Mutex<BTreeMap<PreparedId, PreparedFile>>,
    pub(crate) last_prepared: AtomicU64,
    /// Something was put into an outbox, or put back.
    pub(crate) queued: Notify,
    /// Logins by signatures made elsewhere.
    pub(crate) signings: Mutex<Signings>,
    /// Requests for certificates that a task of this process is at work on.
    pub(crate) enrolling: Mutex<BTreeMap<i64, Arc<crate::enrolment::Worker>>>,
    /// A company's requests for certificates leave one after the other.
    pub(crate) requests_leave: Mutex<HashMap<Scope, Arc<tokio::sync::Mutex<()>>>>,
    /// Held while a key that was left is removed, until the lease is given back: an attempt that the keychain has just refused must
    /// not look like somebody who is at work, or the next opportunity would be lost.
    pub(crate) removing_keys: tokio::sync::Mutex<()>,
    /// The last look through the journal's chain, from which the next one goes on.
    pub(crate) journal_look: Mutex<Option<ksef_archive::JournalCheck>>,
    /// Public services that are looked things up in.
    pub(crate) services: crate::lookup::Services,
}

impl Engine {
    /// An engine over those parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self::with_tuning(parts, Tuning::default())
    }

    /// An engine with another rhythm, for tests and benchmarks.
    #[must_use]
    pub fn with_tuning(parts: Parts, tuning: Tuning) -> Self {
        let (events, _) = broadcast::channel(EVENTS);
        let budgets = RateBudgets::new(Arc::clone(&parts.clock));
        Self {
            shared: Arc::new(Shared {
                parts,
                tuning,
                events,
                budgets,
                logins: Mutex::default(),
                drafts: Mutex::default(),
                token_problems: Mutex::default(),
                prepared: Mutex::default(),
                last_prepared: AtomicU64::new(0),
                queued: Notify::new(),
                signings: Mutex::default(),
                enrolling: Mutex::default(),
                requests_leave: Mutex::default(),
                removing_keys: tokio::sync::Mutex::default(),
                journal_look: Mutex::default(),
                services: crate::lookup::Services::default(),
            }),
        }
    }

    /// Hears from now on what changes.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<EngineEvent> {
        self.shared.events.subscribe()
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.shared.parts
    }

    pub(crate) fn archive(&self) -> &Archive {
        &self.shared.parts.archive
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.shared.parts.clock.now()
    }

    /// Nobody listening is no fault.
    pub(crate) fn tell(&self, event: EngineEvent) {
        let _ = self.shared.events.send(event);
    }

    /// Work that may wait for the keychain or a slow key derivation, on a thread of its own.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, EngineError> + Send + 'static,
    ) -> Result<T, EngineError> {
        let engine = self.clone();
        tokio::task::spawn_blocking(move || work(&engine)).await.map_err(|_| EngineError::Stopped)?
    }

    /// A call to the keychain, on a thread of its own.
    pub(crate) async fn vault<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn Vault) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let vault = Arc::clone(&self.parts().vault);
        tokio::task::spawn_blocking(move || call(&*vault))
            .await
            .unwrap_or_else(|_| Err(VaultError::Other("the call was stopped".to_owned())))
    }

    pub(crate) fn forget_login(&self, scope: Scope) {
        locked(&self.shared.logins).remove(&scope);
    }

    /// Another credential is there: what waited for it may be tried again.
    pub(crate) fn credential_changed(&self, scope: Scope) {
        self.forget_login(scope);
        self.shared.queued.notify_waiters();
        self.take_up_enrolments(scope);
        let Scope { company, environment } = scope;
        self.tell(EngineEvent::Credential { company, environment });
    }

    /// Drafts, logins and messages of a company, in every environment.
    pub(crate) fn forget_company(&self, nip: Nip) {
        locked(&self.shared.logins).retain(|scope, _| scope.company != nip);
        self.forget_signings(nip);
        locked(&self.shared.drafts).retain(|scope, _| scope.company != nip);
        locked(&self.shared.token_problems).retain(|scope, _| scope.company != nip);
        locked(&self.shared.prepared).retain(|_, file| file.scope.company != nip);
    }
}

/// What is behind these locks is whole after every single change, so a panic elsewhere spoils nothing.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
