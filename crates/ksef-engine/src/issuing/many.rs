use ksef_invoice::draft::InvoiceDraft;
use ksef_types::{Environment, Nip};

use super::{DraftReview, IssuingError, Leaving};
use crate::{Engine, Sale};

impl Engine {
    /// Checks many as [`Self::issue_many`] would issue them, each with the number that it would get after those before it.
    /// Nothing is kept.
    ///
    /// # Errors
    /// When the archive fails. What is wrong with the drafts is among their findings.
    pub fn check_many(
        &self,
        nip: Nip,
        environment: Environment,
        drafts: &[InvoiceDraft],
    ) -> Result<Vec<DraftReview>, IssuingError> {
        let _ = (nip, environment, drafts);
        todo!()
    }

    /// Issues many in their order, with numbers of their own or of the series: all, or none.
    ///
    /// # Errors
    /// [`IssuingError::Rows`] with all that stand in the way, or when the archive fails.
    pub fn issue_many(
        &self,
        nip: Nip,
        environment: Environment,
        drafts: &[InvoiceDraft],
        leaving: Leaving,
    ) -> Result<Vec<Sale>, IssuingError> {
        let _ = (nip, environment, drafts, leaving);
        todo!()
    }
}
