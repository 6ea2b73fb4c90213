//! "Sesje": logins of the company that are in use.

use ksef_engine as engine;

use super::App;
use super::tokens::read_reference;
use crate::views::{AuthSessionRow, AuthSessionsPage, ChangedPart, Scope};
use crate::{Problem, problems};

impl App {
    /// Active sessions.
    ///
    /// # Errors
    /// When KSeF cannot be asked, or refuses.
    pub async fn auth_sessions(
        &self,
        scope: &Scope,
        next: Option<String>,
    ) -> Result<AuthSessionsPage, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let page = self.engine.access_sessions(nip, environment, next).await;
        page.map(Into::into).map_err(|failure| problems::operation(&failure, nip))
    }

    /// Ends one; the one of this program where none is named. After that the list is another one; where one's own login
    /// was ended, it is empty instead of logging in again to ask.
    ///
    /// # Errors
    /// When KSeF cannot be asked, or knows no such session.
    pub async fn end_auth_session(
        &self,
        scope: &Scope,
        reference_number: Option<String>,
    ) -> Result<AuthSessionsPage, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let reference = reference_number.as_deref().map(read_reference).transpose()?;
        let own = self
            .engine
            .end_access_session(nip, environment, reference.as_ref())
            .await
            .map_err(|failure| problems::operation(&failure, nip))?;
        self.changed(ChangedPart::Credentials, scope);
        if own {
            return Ok(AuthSessionsPage { rows: Vec::new(), next: None });
        }
        self.auth_sessions(scope, None).await
    }
}

impl From<engine::AccessSessionsPage> for AuthSessionsPage {
    fn from(page: engine::AccessSessionsPage) -> Self {
        Self { rows: page.rows.into_iter().map(Into::into).collect(), next: page.next }
    }
}

impl From<engine::AccessSession> for AuthSessionRow {
    fn from(session: engine::AccessSession) -> Self {
        Self {
            reference_number: session.reference_number.to_string(),
            current: session.current,
            method: session.method,
            started_at: session.started_at.to_rfc3339(),
            code: session.code,
            status: session.status,
            last_refresh: session.last_refresh.map(|at| at.to_rfc3339()),
            valid_until: session.valid_until.map(|at| at.to_rfc3339()),
        }
    }
}
