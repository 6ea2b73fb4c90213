use std::path::PathBuf;

use super::App;
use crate::views::{BulkView, BulkWish, ContextView, EnvironmentName, FoundCompany, NipListPreview, Scope};
use crate::{NextStep, Problem};

impl App {
    /// Companies in which the owner of this company's certificate may act.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn found_companies(&self, scope: &Scope) -> Result<Vec<FoundCompany>, Problem> {
        let _ = (scope);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Reads a pasted list of NIPs.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn read_nip_list(&self, text: &str) -> Result<NipListPreview, Problem> {
        let _ = (text);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Reads a list of NIPs from a text or CSV file.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn load_nip_list(&self, paths: Vec<PathBuf>) -> Result<NipListPreview, Problem> {
        let _ = (paths);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Adds many companies with one certificate; goes on by itself and tells its progress by events.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn add_companies(&self, wish: BulkWish) -> Result<BulkView, Problem> {
        let _ = (wish);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Checks the connection of many companies at once.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn check_companies(
        &self,
        environment: EnvironmentName,
        nips: Vec<String>,
    ) -> Result<BulkView, Problem> {
        let _ = (environment, nips);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// How adding or checking goes on.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn bulk(&self) -> Result<BulkView, Problem> {
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Calls it off; what is done stays.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn cancel_bulk(&self) -> Result<BulkView, Problem> {
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// In whose name the program acts for a company.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn company_context(&self, scope: &Scope) -> Result<ContextView, Problem> {
        let _ = (scope);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Chooses it.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn set_company_context(
        &self,
        scope: &Scope,
        context: ContextView,
    ) -> Result<ContextView, Problem> {
        let _ = (scope, context);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }
}
