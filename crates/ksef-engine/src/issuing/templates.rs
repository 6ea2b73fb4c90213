use chrono::{DateTime, Utc};
use ksef_archive::{ArchiveError, NewTemplate, TemplateRow};
use ksef_invoice::draft::{DraftKind, InvoiceDraft};
use ksef_types::Nip;

use super::IssuingError;
use super::facts::{DRAFT, kind_of};
use super::issue::typed_date;
use crate::ids::ids;
use crate::{Engine, EngineError, json};

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
        let rows = self.archive().read::<_, ArchiveError>(|tables| tables.templates().list(nip))?;
        Ok(rows.into_iter().map(template_of).collect::<Result<_, _>>()?)
    }

    /// Keeps a draft as a template: without what belongs to one invoice ([`InvoiceDraft::as_template`]). One with this name
    /// is replaced.
    ///
    /// # Errors
    /// [`IssuingError::NoName`], an unknown company, or when the archive fails.
    pub fn save_template(
        &self,
        nip: Nip,
        name: &str,
        draft: &InvoiceDraft,
    ) -> Result<Template, IssuingError> {
        let name = given(name)?;
        let mut draft = draft.clone();
        if typed_date(&draft).is_none() {
            // From here a day of payment is so many days away.
            draft.issue_date = self.today().to_string();
        }
        let draft = draft.as_template();
        let text = json::write(&draft, DRAFT)?;
        self.archive().write(|tables| {
            self.known_company(tables, nip)?;
            tables.templates_mut().put(&NewTemplate {
                company: nip,
                name,
                draft: &text,
                kind: draft.kind.code(),
                buyer_name: draft.buyer.party.name.trim(),
                updated_at: self.now(),
            })?;
            let row = tables.templates().by_name(nip, name)?.ok_or(IssuingError::NoName)?;
            Ok(template_of(row)?)
        })
    }

    /// Gives a template another name.
    ///
    /// # Errors
    /// [`IssuingError::NoName`], [`IssuingError::NameTaken`], [`IssuingError::UnknownTemplate`], or when the archive fails.
    pub fn rename_template(&self, id: TemplateId, name: &str) -> Result<(), IssuingError> {
        let name = given(name)?;
        self.archive().write(|tables| {
            let row = tables.templates().get(id.0)?.ok_or(IssuingError::UnknownTemplate(id))?;
            let other = tables.templates().by_name(row.company, name)?.filter(|other| other.id != row.id);
            if other.is_some() {
                return Err(IssuingError::NameTaken);
            }
            tables.templates_mut().rename(id.0, name, self.now())?;
            Ok(())
        })
    }

    /// Throws a template away.
    ///
    /// # Errors
    /// [`IssuingError::UnknownTemplate`], or when the archive fails.
    pub fn remove_template(&self, id: TemplateId) -> Result<(), IssuingError> {
        let known = self.archive().write::<_, ArchiveError>(|tables| tables.templates_mut().remove(id.0))?;
        if known { Ok(()) } else { Err(IssuingError::UnknownTemplate(id)) }
    }
}

fn template_of(row: TemplateRow) -> Result<Template, ArchiveError> {
    Ok(Template {
        id: TemplateId(row.id),
        name: row.name,
        kind: kind_of(&row.kind)?,
        buyer_name: row.buyer_name,
        updated_at: row.updated_at,
    })
}

pub(super) fn given(name: &str) -> Result<&str, IssuingError> {
    let name = name.trim();
    if name.is_empty() { Err(IssuingError::NoName) } else { Ok(name) }
}
