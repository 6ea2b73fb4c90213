use super::App;
use crate::views::{AuthSessionsPage, Scope};
use crate::{NextStep, Problem};

impl App {
    /// Active sessions.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn auth_sessions(
        &self,
        scope: &Scope,
        next: Option<String>,
    ) -> Result<AuthSessionsPage, Problem> {
        let _ = (scope, next);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Ends one; the one of this program where none is named.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn end_auth_session(
        &self,
        scope: &Scope,
        reference_number: Option<String>,
    ) -> Result<AuthSessionsPage, Problem> {
        let _ = (scope, reference_number);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }
}
