//! Recurring invoices.

use std::sync::Arc;
use std::time::Duration;

use ksef_invoice::draft::InvoiceDraft;

use super::issuing_views::id;
use super::{App, read_scope};
use crate::views::{RecurringEdit, RecurringView, Scope};
use crate::{Problem, problems};

/// How often the program looks whether a recurring invoice is due.
const BETWEEN_LOOKS: Duration = Duration::from_secs(60 * 60);

impl App {
    /// "Faktury cykliczne", by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn recurring(&self, scope: &Scope) -> Result<Vec<RecurringView>, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let found = self.engine.recurring(nip, environment).map_err(|error| problems::engine(&error))?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// Keeps a recurring invoice; drafts that are due by now are made at once.
    ///
    /// # Errors
    /// Without a name, rhythm or date, or when there is no such one.
    pub async fn save_recurring(&self, scope: &Scope, edit: RecurringEdit) -> Result<RecurringView, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let saved = self
            .engine
            .save_recurring(nip, environment, &edit.try_into()?)
            .map_err(|error| problems::issuing(&error))?;
        self.make_due_drafts();
        let now = self.engine.recurring(nip, environment).map_err(|error| problems::engine(&error))?;
        Ok(now.into_iter().find(|row| row.id == saved.id).unwrap_or(saved).into())
    }

    /// The invoice of a recurring one, to be changed.
    ///
    /// # Errors
    /// When there is no such one.
    pub async fn recurring_draft(&self, id_text: &str) -> Result<InvoiceDraft, Problem> {
        let found = self.engine.recurring_draft(id(id_text, "recurring.unknown")?);
        found.map_err(|error| problems::issuing(&error))
    }

    /// Throws a recurring invoice away; the drafts that it made stay.
    ///
    /// # Errors
    /// When there is no such one.
    pub async fn remove_recurring(&self, id_text: &str) -> Result<(), Problem> {
        let removed = self.engine.remove_recurring(id(id_text, "recurring.unknown")?);
        removed.map_err(|error| problems::issuing(&error))
    }

    /// At the start and while the program runs over midnight.
    pub(super) fn keep_making_due_drafts(self: &Arc<Self>) {
        let app = Arc::downgrade(self);
        tokio::spawn(async move {
            while let Some(app) = app.upgrade() {
                app.make_due_drafts();
                drop(app);
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        });
    }

    /// Makes the drafts that are due; a failure shows again with whatever is asked of the archive next.
    pub(super) fn make_due_drafts(&self) {
        match self.engine.make_due_drafts() {
            Ok(made) if made.is_empty() => {}
            Ok(_) => self.tell(super::AppEvent::CompaniesChanged),
            Err(error) => tracing::warn!(%error, "recurring invoices made no drafts"),
        }
    }
}
