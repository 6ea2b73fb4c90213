use super::App;
use crate::views::{NewToken, Scope, TokenFilter, TokenMade, TokenState, TokensPage};
use crate::{NextStep, Problem};

impl App {
    /// Tokens as KSeF lists them.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn tokens(&self, scope: &Scope, filter: TokenFilter) -> Result<TokensPage, Problem> {
        let _ = (scope, filter);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// "Utwórz token".
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn make_token(&self, scope: &Scope, wish: NewToken) -> Result<TokenMade, Problem> {
        let _ = (scope, wish);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// "Unieważnij token".
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn revoke_token(&self, scope: &Scope, reference_number: &str) -> Result<TokenState, Problem> {
        let _ = (scope, reference_number);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }
}
