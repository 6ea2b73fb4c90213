//! Templates of drafts.

use ksef_invoice::draft::InvoiceDraft;

use super::App;
use crate::views::TemplateView;
use crate::{NextStep, Problem};

impl App {
    /// "Szablony".
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn templates(&self, nip: &str) -> Result<Vec<TemplateView>, Problem> {
        let _ = (nip,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// "Zapisz jako szablon".
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn save_template(
        &self,
        nip: &str,
        name: &str,
        draft: InvoiceDraft,
    ) -> Result<TemplateView, Problem> {
        let _ = (nip, name, draft);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Gives a template another name.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn rename_template(&self, id: &str, name: &str) -> Result<(), Problem> {
        let _ = (id, name);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Throws a template away.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn remove_template(&self, id: &str) -> Result<(), Problem> {
        let _ = (id,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }
}
