use super::App;
use crate::views::{CollectiveFilter, CollectiveInvoice, CollectivePage, CollectiveRow, Scope};
use crate::{NextStep, Problem};

impl App {
    /// Makes a collective identifier for chosen invoices.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn make_collective(
        &self,
        scope: &Scope,
        invoices: Vec<CollectiveInvoice>,
    ) -> Result<CollectiveRow, Problem> {
        let _ = (scope, invoices);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Lists them.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn collectives(
        &self,
        scope: &Scope,
        filter: CollectiveFilter,
    ) -> Result<CollectivePage, Problem> {
        let _ = (scope, filter);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Invoices of one.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn collective_invoices(
        &self,
        scope: &Scope,
        number: &str,
    ) -> Result<Vec<CollectiveInvoice>, Problem> {
        let _ = (scope, number);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }
}
