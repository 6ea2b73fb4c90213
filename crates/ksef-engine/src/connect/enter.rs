use std::sync::Arc;

use ksef_crypto::Credential;

use super::login::Login;
use super::report::with_owners_rights;
use crate::engine::{Scope, locked};
use crate::{ConnectionFailure, ConnectionReport, Engine};

impl Engine {
    /// Logs in for a company with a credential that is not (yet) its own, and asks what may be done there.
    pub(crate) async fn enter_with(
        &self,
        scope: Scope,
        credential: Arc<Credential>,
    ) -> Result<(Arc<Login>, Vec<String>), ConnectionFailure> {
        let login = self.login_with(scope, credential).map_err(|cause| self.failure(cause, None, None))?;
        login.access.token().await.map_err(|error| self.explain(scope, &login, &error.into()))?;
        let permissions = self.permissions_of(scope, &login).await.unwrap_or_default();
        Ok((login, permissions))
    }

    /// What may be done with a login that stands, sorted; nothing where KSeF does not say.
    pub(crate) async fn permissions_of(&self, scope: Scope, login: &Login) -> Option<Vec<String>> {
        let facts = locked(&login.facts).clone();
        match self.ask_permissions(login, &facts).await {
            Ok((_, permissions)) => {
                Some(with_owners_rights(permissions, &facts, &login.context).into_iter().collect())
            }
            Err(error) => {
                let failure = self.explain(scope, login, &error);
                tracing::info!(%failure, "permissions could not be read");
                None
            }
        }
    }

    /// "Sprawdź połączenie" for many at once: waits for KSeF's limits as long as they take.
    pub(crate) async fn check_patiently(&self, scope: Scope) -> Result<ConnectionReport, ConnectionFailure> {
        let login = self.login(scope).map_err(|cause| self.failure(cause, None, None))?;
        self.report(scope, &login).await
    }
}
