//! From the engine's drafts, series and books to what fronts show, and back.

use ksef_engine as engine;

use super::to_view::same;
use crate::views::{
    AfterIssuing, BookQuery, ContractorView, ContractorsPage, DraftOpened, DraftRow, DraftSaved, GoodsPage,
    GoodsView, RecurringEdit, RecurringView, Rhythm, RhythmUnit, Scope, SeriesEdit, SeriesReset, SeriesView,
    TemplateView,
};
use crate::{NextStep, Problem};

/// Reads an id that a front hands back.
pub(super) fn id<Id: std::str::FromStr>(text: &str, unknown: &str) -> Result<Id, Problem> {
    text.parse().map_err(|_| Problem::new(unknown, NextStep::Retry))
}

pub(super) fn day(text: &str) -> Result<chrono::NaiveDate, Problem> {
    text.parse().map_err(|_| Problem::new("program.noDate", NextStep::CorrectField).with("text", text))
}

impl From<AfterIssuing> for engine::Leaving {
    fn from(after: AfterIssuing) -> Self {
        match after {
            AfterIssuing::Send => Self::Next,
            AfterIssuing::Wait => Self::Later,
        }
    }
}

impl From<engine::DraftOpened> for DraftOpened {
    fn from(opened: engine::DraftOpened) -> Self {
        Self {
            id: opened.id.to_string(),
            revision: opened.revision,
            scope: Scope { nip: opened.company.to_string(), environment: opened.environment.into() },
            draft: opened.draft,
        }
    }
}

impl From<engine::DraftSaved> for DraftSaved {
    fn from(saved: engine::DraftSaved) -> Self {
        Self { revision: saved.revision, saved_at: saved.saved_at.to_rfc3339() }
    }
}

impl From<engine::DraftSummary> for DraftRow {
    fn from(row: engine::DraftSummary) -> Self {
        let recurring = match row.origin {
            engine::DraftOrigin::Recurring { name, .. } => Some(name),
            _ => None,
        };
        Self {
            id: row.id.to_string(),
            kind: row.kind,
            buyer_name: row.buyer_name,
            first_line: row.first_line,
            gross: row.gross,
            currency: row.currency,
            updated_at: row.updated_at.to_rfc3339(),
            recurring,
        }
    }
}

impl From<engine::Template> for TemplateView {
    fn from(template: engine::Template) -> Self {
        Self {
            id: template.id.to_string(),
            name: template.name,
            kind: template.kind,
            buyer_name: template.buyer_name,
            updated_at: template.updated_at.to_rfc3339(),
        }
    }
}

impl From<engine::Rhythm> for Rhythm {
    fn from(rhythm: engine::Rhythm) -> Self {
        Self { every: rhythm.every, unit: rhythm.unit.into() }
    }
}

impl From<Rhythm> for engine::Rhythm {
    fn from(rhythm: Rhythm) -> Self {
        Self { every: rhythm.every, unit: rhythm.unit.into() }
    }
}

same! {
    engine::RhythmUnit => RhythmUnit { Week, Month, MonthEnd, Year }
    RhythmUnit => engine::RhythmUnit { Week, Month, MonthEnd, Year }
    engine::SeriesReset => SeriesReset { Never, Yearly, Quarterly, Monthly }
    SeriesReset => engine::SeriesReset { Never, Yearly, Quarterly, Monthly }
}

impl From<engine::Recurring> for RecurringView {
    fn from(row: engine::Recurring) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            rhythm: row.rhythm.into(),
            next: row.next.to_string(),
            until: row.until.map(|day| day.to_string()),
            paused: row.paused,
            buyer_name: row.buyer_name,
            gross: row.gross,
            currency: row.currency,
        }
    }
}

impl TryFrom<RecurringEdit> for engine::RecurringEdit {
    type Error = Problem;

    fn try_from(edit: RecurringEdit) -> Result<Self, Problem> {
        Ok(Self {
            id: edit.id.map(|text| id(&text, "recurring.unknown")).transpose()?,
            name: edit.name,
            rhythm: edit.rhythm.into(),
            next: day(&edit.next)?,
            until: edit.until.filter(|text| !text.is_empty()).as_deref().map(day).transpose()?,
            paused: edit.paused,
            draft: edit.draft,
        })
    }
}

impl From<engine::Series> for SeriesView {
    fn from(series: engine::Series) -> Self {
        Self {
            id: series.id.to_string(),
            name: series.name,
            pattern: series.pattern,
            reset: series.reset.into(),
            kinds: series.kinds,
            next: series.next,
            preview: series.preview,
            used: series.used,
        }
    }
}

impl TryFrom<SeriesEdit> for engine::SeriesEdit {
    type Error = Problem;

    fn try_from(edit: SeriesEdit) -> Result<Self, Problem> {
        Ok(Self {
            id: edit.id.map(|text| id(&text, "series.unknown")).transpose()?,
            name: edit.name,
            pattern: edit.pattern,
            reset: edit.reset.into(),
            kinds: edit.kinds,
            next: edit.next,
        })
    }
}

impl TryFrom<BookQuery> for engine::BookSearch {
    type Error = Problem;

    fn try_from(query: BookQuery) -> Result<Self, Problem> {
        let after = query.after.map(|text| id(&text, "program.badRequest")).transpose()?;
        Ok(Self { text: query.text, after, limit: 0 })
    }
}

impl From<engine::Contractor> for ContractorView {
    fn from(row: engine::Contractor) -> Self {
        Self { id: row.id.to_string(), card: row.card, used: row.used }
    }
}

impl From<engine::BookPage<engine::Contractor>> for ContractorsPage {
    fn from(page: engine::BookPage<engine::Contractor>) -> Self {
        Self {
            rows: page.rows.into_iter().map(Into::into).collect(),
            next: page.next.map(|cursor| cursor.to_string()),
            total: page.total,
        }
    }
}

impl From<engine::Goods> for GoodsView {
    fn from(row: engine::Goods) -> Self {
        Self { id: row.id.to_string(), card: row.card, used: row.used }
    }
}

impl From<engine::BookPage<engine::Goods>> for GoodsPage {
    fn from(page: engine::BookPage<engine::Goods>) -> Self {
        Self {
            rows: page.rows.into_iter().map(Into::into).collect(),
            next: page.next.map(|cursor| cursor.to_string()),
            total: page.total,
        }
    }
}
