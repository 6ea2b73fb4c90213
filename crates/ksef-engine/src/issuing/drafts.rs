use ksef_archive::{ArchiveError, DraftRow, NewDraft, Reading, Writing};
use ksef_invoice::draft::InvoiceDraft;
use ksef_types::{Environment, Nip};

use super::facts::{DRAFT, ORIGIN, summary};
use super::{
    DraftId, DraftOpened, DraftOrigin, DraftSaved, DraftStart, DraftSummary, IssuingError, references,
};
use crate::engine::Scope;
use crate::{Engine, EngineError, SaleId, json};

impl Engine {
    /// Begins a draft; it is saved at once.
    ///
    /// # Errors
    /// [`IssuingError::WrongKind`], [`IssuingError::OriginalNotAccepted`] when it was refused or taken back,
    /// [`IssuingError::AdvanceSettled`], [`IssuingError::AdvancesDiffer`], [`IssuingError::StateUnclear`] when what earlier
    /// corrections left cannot be told, [`IssuingError::UnknownTemplate`], an unknown sale or company, or when the archive
    /// fails.
    pub fn new_draft(
        &self,
        nip: Nip,
        environment: Environment,
        start: &DraftStart,
    ) -> Result<DraftOpened, IssuingError> {
        let scope = Scope::new(nip, environment);
        self.archive().write(|tables| {
            self.known_company(tables, nip)?;
            let (draft, origin) = self.begin(tables, scope, start)?;
            let id = self.insert_draft(tables, scope, &draft, &origin)?;
            opened(tables, DraftId(id))
        })
    }

    /// Opens a draft that was left. KSeF numbers of invoices that it refers to are filled in once they are there.
    ///
    /// # Errors
    /// [`IssuingError::UnknownDraft`], [`IssuingError::AlreadyIssued`], or when the archive fails.
    pub fn draft(&self, id: DraftId) -> Result<DraftOpened, IssuingError> {
        self.archive().read(|tables| opened(tables, id))
    }

    /// Saves a draft as it is typed, however wrong it still is. On the disk when this returns.
    ///
    /// # Errors
    /// [`IssuingError::DraftChanged`] when it was saved elsewhere since that revision, [`IssuingError::UnknownDraft`],
    /// [`IssuingError::AlreadyIssued`], or when the archive fails.
    pub fn save_draft(
        &self,
        id: DraftId,
        revision: u32,
        draft: &InvoiceDraft,
    ) -> Result<DraftSaved, IssuingError> {
        let (text, now) = (json::write(draft, DRAFT)?, self.now());
        self.archive().write(|tables| {
            let row = at_revision(tables, id, revision)?;
            let facts = self.draft_facts(tables, row.company, draft)?;
            tables.drafts_mut().save(id.0, revision, &text, &facts, now)?;
            Ok(DraftSaved { revision: revision.saturating_add(1), saved_at: now })
        })
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// [`IssuingError::UnknownDraft`], [`IssuingError::AlreadyIssued`], or when the archive fails.
    pub fn remove_draft(&self, id: DraftId) -> Result<(), IssuingError> {
        self.archive().write(|tables| {
            draft_row(tables, id)?;
            tables.drafts_mut().remove(id.0)?;
            Ok(())
        })
    }

    /// All drafts of a company there, the one saved last first.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn drafts(&self, nip: Nip, environment: Environment) -> Result<Vec<DraftSummary>, EngineError> {
        let rows = self.archive().read::<_, ArchiveError>(|tables| tables.drafts().list(nip, environment))?;
        Ok(rows.into_iter().map(summary).collect::<Result<_, _>>()?)
    }

    pub(super) fn insert_draft(
        &self,
        tables: &Writing<'_>,
        scope: Scope,
        draft: &InvoiceDraft,
        origin: &DraftOrigin,
    ) -> Result<i64, ArchiveError> {
        tables.drafts_mut().insert(&NewDraft {
            company: scope.company,
            environment: scope.environment,
            draft: &json::write(draft, DRAFT)?,
            origin: &json::write(origin, ORIGIN)?,
            facts: &self.draft_facts(tables, scope.company, draft)?,
            created_at: self.now(),
        })
    }
}

/// The row of a draft, or what became of it.
fn draft_row(tables: &Reading<'_>, id: DraftId) -> Result<DraftRow, IssuingError> {
    if let Some(row) = tables.drafts().get(id.0)? {
        return Ok(row);
    }
    let issued = tables.issued_numbers().of_draft(id.0)?;
    Err(issued.map_or(IssuingError::UnknownDraft(id), |sale| IssuingError::AlreadyIssued(SaleId(sale))))
}

/// The row of a draft that nobody saved since.
pub(super) fn at_revision(
    tables: &Reading<'_>,
    id: DraftId,
    revision: u32,
) -> Result<DraftRow, IssuingError> {
    let row = draft_row(tables, id)?;
    if row.revision == revision { Ok(row) } else { Err(IssuingError::DraftChanged { current: row.revision }) }
}

/// What a draft holds.
pub(super) fn content(
    tables: &Reading<'_>,
    row: &DraftRow,
) -> Result<(InvoiceDraft, DraftOrigin), IssuingError> {
    let text = tables.drafts().text(row.id)?.ok_or(IssuingError::UnknownDraft(DraftId(row.id)))?;
    Ok((json::read(&text, DRAFT)?, json::read(&row.origin, ORIGIN)?))
}

fn opened(tables: &Reading<'_>, id: DraftId) -> Result<DraftOpened, IssuingError> {
    let row = draft_row(tables, id)?;
    let (mut draft, origin) = content(tables, &row)?;
    references::resolve(tables, Scope::new(row.company, row.environment), &origin, &mut draft)?;
    Ok(DraftOpened {
        id,
        revision: row.revision,
        company: row.company,
        environment: row.environment,
        draft,
        origin,
        updated_at: row.updated_at,
    })
}
