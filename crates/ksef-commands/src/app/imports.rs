//! Tables of invoices.

use std::path::PathBuf;
use std::sync::Arc;

use super::{App, Document};
use crate::views::{AfterIssuing, ImportView, SaleView, Scope, TableFormat};
use crate::{NextStep, Problem};

impl App {
    /// Reads and checks a table of invoices (CSV, XLSX); nothing is issued.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn load_import(&self, scope: &Scope, path: PathBuf) -> Result<ImportView, Problem> {
        let _ = (scope, path);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Issues all invoices of a table, or none.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn issue_import(
        self: &Arc<Self>,
        scope: &Scope,
        id: &str,
        then: AfterIssuing,
    ) -> Result<Vec<SaleView>, Problem> {
        let _ = (scope, id, then);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// A table to fill in, with an example and a description of its columns.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn import_template(&self, format: TableFormat) -> Result<Document, Problem> {
        let _ = (format,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }
}
