use chrono::NaiveDate;
use ksef_invoice::draft::InvoiceDraft;
use ksef_types::{Environment, Nip};

use super::{DraftSummary, IssuingError, Rhythm};
use crate::ids::ids;
use crate::{Engine, EngineError};

ids! {
    /// By which a recurring invoice is changed.
    RecurringId;
}

/// An invoice that comes again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurring {
    /// By which it is changed.
    pub id: RecurringId,
    /// Its name.
    pub name: String,
    /// How often.
    pub rhythm: Rhythm,
    /// When the next draft is made.
    pub next: NaiveDate,
    /// Last day; nothing for no end.
    pub until: Option<NaiveDate>,
    /// It makes no drafts.
    pub paused: bool,
    /// Name of the buyer.
    pub buyer_name: String,
    /// What it comes to, decimal text.
    pub gross: Option<String>,
    /// ISO 4217.
    pub currency: String,
}

/// A recurring invoice to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecurringEdit {
    /// Nothing for a new one.
    pub id: Option<RecurringId>,
    /// Its name.
    pub name: String,
    /// How often.
    pub rhythm: Rhythm,
    /// First or next date.
    pub next: NaiveDate,
    /// Last day.
    pub until: Option<NaiveDate>,
    /// It makes no drafts. Continued, it goes on from `next`: what was missed in the pause is not made.
    pub paused: bool,
    /// The invoice; nothing leaves it as it is.
    pub draft: Option<InvoiceDraft>,
}

impl Engine {
    /// All recurring invoices of a company there, by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn recurring(&self, nip: Nip, environment: Environment) -> Result<Vec<Recurring>, EngineError> {
        let _ = (nip, environment);
        todo!()
    }

    /// Keeps a recurring invoice.
    ///
    /// # Errors
    /// [`IssuingError::NoName`], [`IssuingError::NoRhythm`], [`IssuingError::UnknownRecurring`], an unknown company, or when
    /// the archive fails.
    pub fn save_recurring(
        &self,
        nip: Nip,
        environment: Environment,
        edit: &RecurringEdit,
    ) -> Result<Recurring, IssuingError> {
        let _ = (nip, environment, edit);
        todo!()
    }

    /// The invoice of a recurring one, to be changed.
    ///
    /// # Errors
    /// [`IssuingError::UnknownRecurring`], or when the archive fails.
    pub fn recurring_draft(&self, id: RecurringId) -> Result<InvoiceDraft, IssuingError> {
        let _ = id;
        todo!()
    }

    /// Throws a recurring invoice away; the drafts that it made stay.
    ///
    /// # Errors
    /// [`IssuingError::UnknownRecurring`], or when the archive fails.
    pub fn remove_recurring(&self, id: RecurringId) -> Result<(), IssuingError> {
        let _ = id;
        todo!()
    }

    /// Makes the drafts that are due today (Warsaw) and were not made yet, one for each date, of all companies on the list and
    /// everywhere. Call it at the start and now and then; called twice, or by two processes, it makes each draft once.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn make_due_drafts(&self) -> Result<Vec<DraftSummary>, EngineError> {
        todo!()
    }
}
