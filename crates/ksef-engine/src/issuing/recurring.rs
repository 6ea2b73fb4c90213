use chrono::NaiveDate;
use ksef_archive::{ArchiveError, DraftFacts, DraftRow, Reading, RecurringEntry, RecurringRow, Writing};
use ksef_invoice::draft::InvoiceDraft;
use ksef_types::{Environment, Nip};

use super::facts::{DRAFT, summary};
use super::rhythm::moved;
use super::templates::given;
use super::{DraftOrigin, DraftSummary, IssuingError, Rhythm};
use crate::engine::Scope;
use crate::ids::ids;
use crate::{Engine, EngineError, json};

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
        let rows =
            self.archive().read::<_, ArchiveError>(|tables| tables.recurring().list(nip, environment))?;
        Ok(rows.into_iter().map(recurring_of).collect())
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
        let scope = Scope::new(nip, environment);
        let name = given(&edit.name)?;
        let next = edit.rhythm.first(edit.next);
        let ends_before = edit.until.is_some_and(|until| until < next);
        if edit.rhythm.every == 0 || (edit.id.is_none() && ends_before) {
            return Err(IssuingError::NoRhythm);
        }
        self.archive().write(|tables| {
            self.known_company(tables, nip)?;
            let edit = RecurringEdit { name: name.to_owned(), next, ..edit.clone() };
            let id = match edit.id {
                Some(id) => self.change_recurring(tables, scope, id, edit)?,
                None => self.add_recurring(tables, scope, edit)?,
            };
            tables.recurring().get(id.0)?.map(recurring_of).ok_or(IssuingError::UnknownRecurring(id))
        })
    }

    /// The invoice of a recurring one, to be changed.
    ///
    /// # Errors
    /// [`IssuingError::UnknownRecurring`], or when the archive fails.
    pub fn recurring_draft(&self, id: RecurringId) -> Result<InvoiceDraft, IssuingError> {
        self.archive().read(|tables| {
            let row = tables.recurring().get(id.0)?.ok_or(IssuingError::UnknownRecurring(id))?;
            Ok(moved(&draft_of(tables, &row)?, row.unit.into(), row.anchor, row.next))
        })
    }

    /// Throws a recurring invoice away; the drafts that it made stay.
    ///
    /// # Errors
    /// [`IssuingError::UnknownRecurring`], or when the archive fails.
    pub fn remove_recurring(&self, id: RecurringId) -> Result<(), IssuingError> {
        let known = self.archive().write::<_, ArchiveError>(|tables| tables.recurring_mut().remove(id.0))?;
        if known { Ok(()) } else { Err(IssuingError::UnknownRecurring(id)) }
    }

    /// Makes the drafts that are due today (Warsaw) and were not made yet, one for each date, of all companies on the list and
    /// everywhere. Call it at the start and now and then; called twice, or by two processes, it makes each draft once.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn make_due_drafts(&self) -> Result<Vec<DraftSummary>, EngineError> {
        let today = self.today();
        // Most of the time nothing is due: then nobody is kept waiting.
        if self.archive().read::<_, ArchiveError>(|tables| tables.recurring().due(today))?.is_empty() {
            return Ok(Vec::new());
        }
        self.checkpoint("before making due drafts");
        let made = self.archive().write::<_, EngineError>(|tables| {
            let mut made = Vec::new();
            for row in tables.recurring().due(today)? {
                self.make_due_of(tables, &row, today, &mut made)?;
            }
            self.checkpoint("due drafts made, not committed");
            Ok(made)
        })?;
        Ok(made.into_iter().map(summary).collect::<Result<_, _>>()?)
    }

    fn add_recurring(
        &self,
        tables: &Writing<'_>,
        scope: Scope,
        edit: RecurringEdit,
    ) -> Result<RecurringId, IssuingError> {
        let draft = edit.draft.clone().ok_or(IssuingError::NoRhythm)?.as_recurring();
        let facts = self.draft_facts(tables, scope.company, &draft)?;
        let text = json::write(&draft, DRAFT)?;
        let entry = entry(&edit, &text, &facts, edit.next);
        let id = tables.recurring_mut().insert(scope.company, scope.environment, &entry, self.now())?;
        Ok(RecurringId(id))
    }

    fn change_recurring(
        &self,
        tables: &Writing<'_>,
        scope: Scope,
        id: RecurringId,
        mut edit: RecurringEdit,
    ) -> Result<RecurringId, IssuingError> {
        let ours = |row: &RecurringRow| Scope::new(row.company, row.environment) == scope;
        let row = tables.recurring().get(id.0)?.filter(ours).ok_or(IssuingError::UnknownRecurring(id))?;
        // As it is for the next date, before that changes.
        let unit = row.unit.into();
        let for_next = match edit.draft.take() {
            Some(draft) => draft.as_recurring(),
            None => moved(&draft_of(tables, &row)?, unit, row.anchor, row.next),
        };
        // The same next date keeps the day of month that a short month hid.
        let same = edit.next == row.next && edit.rhythm.unit == unit;
        let anchor = if same { row.anchor } else { edit.next };
        let draft = moved(&for_next, unit, row.next, anchor);
        if row.paused && !edit.paused && edit.next == row.next {
            edit.next = next_from(edit.rhythm, anchor, edit.next, self.today());
        }
        let facts = self.draft_facts(tables, scope.company, &draft)?;
        let text = json::write(&draft, DRAFT)?;
        tables.recurring_mut().update(id.0, &entry(&edit, &text, &facts, anchor), self.now())?;
        Ok(id)
    }

    /// One draft for each date up to today, with its dates moved to it.
    fn make_due_of(
        &self,
        tables: &Writing<'_>,
        row: &RecurringRow,
        today: NaiveDate,
        made: &mut Vec<DraftRow>,
    ) -> Result<(), EngineError> {
        let written = draft_of(tables, row)?;
        let (rhythm, scope) = (rhythm_of(row), Scope::new(row.company, row.environment));
        let mut next = Some(row.next);
        for _ in 0..MOST_AT_ONCE {
            let is_due = |date: &NaiveDate| *date <= today && row.until.is_none_or(|until| *date <= until);
            let Some(due) = next.filter(is_due) else { break };
            if !tables.recurring().was_made(row.id, due)? {
                let draft = moved(&written, rhythm.unit, row.anchor, due);
                let (recurring, name) = (RecurringId(row.id), row.name.clone());
                let origin = DraftOrigin::Recurring { recurring, name, due };
                let id = self.insert_draft(tables, scope, &draft, &origin)?;
                tables.recurring_mut().made(row.id, due, id, self.now())?;
                made.extend(tables.drafts().get(id)?);
            }
            next = rhythm.after(row.anchor, due);
            tables.recurring_mut().set_next(row.id, next.unwrap_or(NaiveDate::MAX))?;
        }
        Ok(())
    }
}

/// Of one recurring invoice; what is left is made by the next call.
const MOST_AT_ONCE: usize = 500;

fn draft_of(tables: &Reading<'_>, row: &RecurringRow) -> Result<InvoiceDraft, ArchiveError> {
    let text = tables.recurring().text(row.id)?.unwrap_or_default();
    json::read(&text, DRAFT)
}

fn rhythm_of(row: &RecurringRow) -> Rhythm {
    Rhythm { every: row.every, unit: row.unit.into() }
}

fn recurring_of(row: RecurringRow) -> Recurring {
    Recurring {
        id: RecurringId(row.id),
        rhythm: rhythm_of(&row),
        name: row.name,
        next: row.next,
        until: row.until,
        paused: row.paused,
        buyer_name: row.facts.buyer_name,
        gross: row.facts.gross,
        currency: row.facts.currency,
    }
}

fn entry<'a>(
    edit: &'a RecurringEdit,
    draft: &'a str,
    facts: &'a DraftFacts,
    anchor: NaiveDate,
) -> RecurringEntry<'a> {
    RecurringEntry {
        name: &edit.name,
        draft,
        facts,
        every: edit.rhythm.every,
        unit: edit.rhythm.unit.into(),
        anchor,
        next: edit.next,
        until: edit.until,
        paused: edit.paused,
    }
}

/// The first date of a rhythm from that day on.
fn next_from(rhythm: Rhythm, anchor: NaiveDate, mut date: NaiveDate, today: NaiveDate) -> NaiveDate {
    while date < today {
        let Some(next) = rhythm.after(anchor, date) else { break };
        date = next;
    }
    date
}
