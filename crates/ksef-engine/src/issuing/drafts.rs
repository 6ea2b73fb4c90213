use ksef_invoice::draft::InvoiceDraft;
use ksef_types::{Environment, Nip};

use super::{DraftId, DraftOpened, DraftSaved, DraftStart, DraftSummary, IssuingError};
use crate::{Engine, EngineError};

impl Engine {
    /// Begins a draft; it is saved at once.
    ///
    /// # Errors
    /// [`IssuingError::WrongKind`], [`IssuingError::AdvanceSettled`], [`IssuingError::UnknownTemplate`], an unknown sale or
    /// company, or when the archive fails.
    pub fn new_draft(
        &self,
        nip: Nip,
        environment: Environment,
        start: &DraftStart,
    ) -> Result<DraftOpened, IssuingError> {
        let _ = (nip, environment, start);
        todo!()
    }

    /// Opens a draft that was left. KSeF numbers of invoices that it refers to are filled in once they are there.
    ///
    /// # Errors
    /// [`IssuingError::UnknownDraft`], [`IssuingError::AlreadyIssued`], or when the archive fails.
    pub fn draft(&self, id: DraftId) -> Result<DraftOpened, IssuingError> {
        let _ = id;
        todo!()
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
        let _ = (id, revision, draft);
        todo!()
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// [`IssuingError::UnknownDraft`], [`IssuingError::AlreadyIssued`], or when the archive fails.
    pub fn remove_draft(&self, id: DraftId) -> Result<(), IssuingError> {
        let _ = id;
        todo!()
    }

    /// All drafts of a company there, the one saved last first.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn drafts(&self, nip: Nip, environment: Environment) -> Result<Vec<DraftSummary>, EngineError> {
        let _ = (nip, environment);
        todo!()
    }
}
