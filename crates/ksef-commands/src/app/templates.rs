//! Templates of drafts.

use ksef_invoice::draft::InvoiceDraft;

use super::issuing_views::id;
use super::{App, read_nip};
use crate::views::TemplateView;
use crate::{Problem, problems};

impl App {
    /// "Szablony", by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn templates(&self, nip: &str) -> Result<Vec<TemplateView>, Problem> {
        let nip = read_nip(nip)?;
        let templates = self.engine.templates(nip).map_err(|error| problems::engine(&error))?;
        Ok(templates.into_iter().map(Into::into).collect())
    }

    /// "Zapisz jako szablon": without number and dates. One with this name is replaced.
    ///
    /// # Errors
    /// Without a name, or when the archive fails.
    pub async fn save_template(
        &self,
        nip: &str,
        name: &str,
        draft: InvoiceDraft,
    ) -> Result<TemplateView, Problem> {
        let saved = self.engine.save_template(read_nip(nip)?, name, &draft);
        saved.map(Into::into).map_err(|error| problems::issuing(&error))
    }

    /// Gives a template another name.
    ///
    /// # Errors
    /// Without a name, or when there is no such template.
    pub async fn rename_template(&self, id_text: &str, name: &str) -> Result<(), Problem> {
        let template = id(id_text, "template.unknown")?;
        self.engine.rename_template(template, name).map_err(|error| problems::issuing(&error))
    }

    /// Throws a template away.
    ///
    /// # Errors
    /// When there is no such template.
    pub async fn remove_template(&self, id_text: &str) -> Result<(), Problem> {
        let template = id(id_text, "template.unknown")?;
        self.engine.remove_template(template).map_err(|error| problems::issuing(&error))
    }
}
