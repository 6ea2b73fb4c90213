use ksef_invoice::draft::{DraftFinding, DraftTotals, InvoiceDraft};
use ksef_types::{Environment, Nip};

use super::IssuingError;
use crate::Engine;

/// What is to be said of a draft while it is written.
#[derive(Debug, Clone)]
pub struct DraftReview {
    /// What it comes to.
    pub totals: DraftTotals,
    /// What is wrong or worth a look.
    pub findings: Vec<DraftFinding>,
    /// No error among them.
    pub issuable: bool,
    /// The number that it would get now; empty where none can be given. It is taken only when the invoice is issued.
    pub number: String,
    /// How it looks now, also where no document can be made yet.
    pub sheet: ksef_invoice::view::InvoiceSheet,
    /// The document that it would become now, as far as one can be made: for showing, never for sending.
    pub document: Option<Vec<u8>>,
}

impl Engine {
    /// What the draft comes to and what is wrong with it. Nothing is saved and no number is taken.
    ///
    /// # Errors
    /// When the archive fails. What is wrong with the draft is among the findings.
    pub fn check_draft(
        &self,
        nip: Nip,
        environment: Environment,
        draft: &InvoiceDraft,
    ) -> Result<DraftReview, IssuingError> {
        let _ = (nip, environment, draft);
        todo!()
    }
}
