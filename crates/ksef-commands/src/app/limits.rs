use super::App;
use crate::views::{LimitsView, PeppolPage, Scope};
use crate::{NextStep, Problem};

impl App {
    /// Limits as KSeF has them now.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn limits(&self, scope: &Scope) -> Result<LimitsView, Problem> {
        let _ = (scope);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Peppol service providers.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn peppol_providers(&self, scope: &Scope, page: u32) -> Result<PeppolPage, Problem> {
        let _ = (scope, page);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }
}
