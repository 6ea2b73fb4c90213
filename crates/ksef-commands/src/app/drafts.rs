//! Drafts: begun, checked, saved, issued.

use std::sync::Arc;

use ksef_invoice::draft::InvoiceDraft;
use ksef_invoice::view::InvoiceSheet;

use super::App;
use crate::views::{
    AfterIssuing, DraftCheckView, DraftOpened, DraftRow, DraftSaved, DraftStart, SaleView, Scope,
};
use crate::{NextStep, Problem};

impl App {
    /// "Wystaw fakturę": begins a draft; it is saved at once.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn new_draft(&self, scope: &Scope, start: DraftStart) -> Result<DraftOpened, Problem> {
        let _ = (scope, start);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Opens a draft that was left.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn draft(&self, id: &str) -> Result<DraftOpened, Problem> {
        let _ = (id,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// "Zapisz szkic", also by itself while typing.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn save_draft(
        &self,
        id: &str,
        revision: u32,
        draft: InvoiceDraft,
    ) -> Result<DraftSaved, Problem> {
        let _ = (id, revision, draft);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn remove_draft(&self, id: &str) -> Result<(), Problem> {
        let _ = (id,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// "Szkice": newest first.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn drafts(&self, scope: &Scope) -> Result<Vec<DraftRow>, Problem> {
        let _ = (scope,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// What the draft comes to, what is wrong with it, how it looks. Nothing is saved and no number is taken.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn check_draft(&self, scope: &Scope, draft: InvoiceDraft) -> Result<DraftCheckView, Problem> {
        let _ = (scope, draft);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// "Wystaw": takes the number, fixes date and bytes, puts the invoice into the outbox; the draft is gone.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn issue_draft(
        self: &Arc<Self>,
        id: &str,
        revision: u32,
        then: AfterIssuing,
    ) -> Result<SaleView, Problem> {
        let _ = (id, revision, then);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Advance invoices that no final invoice has settled.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn open_advances(&self, scope: &Scope) -> Result<Vec<SaleView>, Problem> {
        let _ = (scope,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// An issued invoice as people read it.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn sale_sheet(&self, id: &str) -> Result<InvoiceSheet, Problem> {
        let _ = (id,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// A file that was dropped in, as people read it.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn prepared_sheet(&self, scope: &Scope, id: &str) -> Result<InvoiceSheet, Problem> {
        let _ = (scope, id);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }
}
