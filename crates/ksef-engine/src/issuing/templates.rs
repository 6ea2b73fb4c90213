use chrono::{DateTime, Utc};
use ksef_invoice::draft::{DraftKind, InvoiceDraft};
use ksef_types::Nip;

use super::IssuingError;
use crate::ids::ids;
use crate::{Engine, EngineError};

ids! {
    /// By which a template is used.
    TemplateId;
}

/// A template of drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// By which it is used.
    pub id: TemplateId,
    /// Its name.
    pub name: String,
    /// Kind.
    pub kind: DraftKind,
    /// Name of the buyer; may be empty.
    pub buyer_name: String,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
}

impl Engine {
    /// All templates of a company, by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn templates(&self, nip: Nip) -> Result<Vec<Template>, EngineError> {
        let _ = nip;
        todo!()
    }

    /// Keeps a draft as a template: without number and date. One with this name is replaced.
    ///
    /// # Errors
    /// [`IssuingError::NoName`], an unknown company, or when the archive fails.
    pub fn save_template(
        &self,
        nip: Nip,
        name: &str,
        draft: &InvoiceDraft,
    ) -> Result<Template, IssuingError> {
        let _ = (nip, name, draft);
        todo!()
    }

    /// Gives a template another name.
    ///
    /// # Errors
    /// [`IssuingError::NoName`], [`IssuingError::UnknownTemplate`], or when the archive fails.
    pub fn rename_template(&self, id: TemplateId, name: &str) -> Result<(), IssuingError> {
        let _ = (id, name);
        todo!()
    }

    /// Throws a template away.
    ///
    /// # Errors
    /// [`IssuingError::UnknownTemplate`], or when the archive fails.
    pub fn remove_template(&self, id: TemplateId) -> Result<(), IssuingError> {
        let _ = id;
        todo!()
    }
}
