//! The key of a request that has ended is of no use any more: it goes with it; and where the keychain refuses, or the program ends
//! in between, at the next opportunity. The archive says from the end of a request on that its key may be left.

use ksef_archive::{ArchiveError, Lease, LeftKey, LeftKeys};

use crate::engine::Scope;
use crate::{CertificateSlot, Engine, EngineError, KeychainProblem};

impl Engine {
    /// Tries to remove every key that was left. Meant for the program's start.
    pub(super) fn remove_all_left_keys(&self) {
        self.remove_later(|left| left.all());
    }

    /// The same for one company: somebody looks at its requests, or the keychain has just taken something of it.
    pub(super) fn remove_left_keys_of(&self, scope: Scope) {
        self.remove_later(|left| left.of(scope.company, scope.environment));
    }

    fn remove_later(&self, which: impl FnOnce(LeftKeys<'_>) -> Result<Vec<LeftKey>, ArchiveError>) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        match self.archive().read::<_, ArchiveError>(|tables| which(tables.left_keys())) {
            Ok(left) => {
                for one in left {
                    let engine = self.clone();
                    runtime.spawn(async move { told(engine.try_to_remove(one).await) });
                }
            }
            Err(error) => tracing::warn!(%error, "keys that were left were not looked for"),
        }
    }

    /// Whoever has the lease removes the key himself when he is done.
    async fn try_to_remove(&self, left: LeftKey) -> Result<(), EngineError> {
        let _alone = self.shared.removing_keys.lock().await;
        match self.archive().enrolment_lease(left.company, left.environment, left.kind)? {
            Some(lease) => self.remove_left_key(left, lease).await,
            None => Ok(()),
        }
    }

    /// When the work on a request is over.
    pub(super) async fn leave_nothing_behind(&self, id: i64, lease: Lease) {
        match self.archive().read::<_, ArchiveError>(|tables| tables.enrolments().get(id)) {
            Ok(Some(row)) if row.step.is_final() => {
                let _alone = self.shared.removing_keys.lock().await;
                told(self.remove_left_key(LeftKey::of(&row), lease).await);
            }
            Ok(_) => {}
            Err(error) => told(Err(error.into())),
        }
    }

    /// Unless a newer request of the kind is under way: the place is that one's. The lease keeps such a one from making its key
    /// meanwhile.
    pub(super) async fn remove_left_key(&self, left: LeftKey, lease: Lease) -> Result<(), EngineError> {
        if self.is_left(left)? {
            let pending =
                Scope::new(left.company, left.environment).key(CertificateSlot::of_kind(left.kind).pending());
            self.vault(move |vault| vault.remove(&pending)).await.map_err(KeychainProblem::from)?;
            self.reached("the left key is removed");
            self.archive().write::<_, ArchiveError>(|tables| tables.left_keys_mut().remove(left))?;
        }
        drop(lease);
        Ok(())
    }

    /// Whether there may be a key that nobody waits for. One transaction: a newer request that ends says so anew.
    fn is_left(&self, left: LeftKey) -> Result<bool, ArchiveError> {
        let LeftKey { company, environment, kind } = left;
        self.archive().write(|tables| {
            if tables.enrolments().open(company, environment, kind)?.is_some() {
                tables.left_keys_mut().remove(left)?;
            }
            Ok(tables.left_keys().of(company, environment)?.contains(&left))
        })
    }
}

fn told(removed: Result<(), EngineError>) {
    if let Err(error) = removed {
        tracing::warn!(%error, "the key of an ended request stays until the next opportunity");
    }
}
