use super::{DraftId, IssuingError};
use crate::{Engine, Sale};

/// When an issued invoice leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Queued: the next run of the outbox sends it.
    Next,
    /// Kept back until a person says so ([`Engine::retry_sale`]): in the list and in the counts as one that needs a person.
    Later,
}

impl Engine {
    /// Issues a draft, in one transaction: takes the number, fixes date and bytes, puts the invoice into the outbox; the draft
    /// is gone. Nothing leaves by itself: [`Engine::run_outbox`] sends.
    ///
    /// # Errors
    /// [`IssuingError::DraftChanged`], [`IssuingError::AlreadyIssued`], [`IssuingError::UnknownDraft`],
    /// [`IssuingError::HasErrors`], [`IssuingError::NumberUsed`], [`IssuingError::DateInFuture`],
    /// [`IssuingError::OriginalNotAccepted`], [`IssuingError::AdvanceSettled`], [`IssuingError::NoProfile`],
    /// [`IssuingError::NoSeries`], [`IssuingError::UnknownSeries`], or when the archive fails. The draft stays as it was.
    pub fn issue_draft(&self, id: DraftId, revision: u32, leaving: Leaving) -> Result<Sale, IssuingError> {
        let _ = (id, revision, leaving);
        todo!()
    }
}
