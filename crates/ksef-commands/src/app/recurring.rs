//! Recurring invoices.

use ksef_invoice::draft::InvoiceDraft;

use super::App;
use crate::views::{RecurringEdit, RecurringView, Scope};
use crate::{NextStep, Problem};

impl App {
    /// "Faktury cykliczne".
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn recurring(&self, scope: &Scope) -> Result<Vec<RecurringView>, Problem> {
        let _ = (scope,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Keeps a recurring invoice.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn save_recurring(&self, scope: &Scope, edit: RecurringEdit) -> Result<RecurringView, Problem> {
        let _ = (scope, edit);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// The invoice of a recurring one, to be changed.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn recurring_draft(&self, id: &str) -> Result<InvoiceDraft, Problem> {
        let _ = (id,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Throws a recurring invoice away; the drafts that it made stay.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn remove_recurring(&self, id: &str) -> Result<(), Problem> {
        let _ = (id,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }
}
