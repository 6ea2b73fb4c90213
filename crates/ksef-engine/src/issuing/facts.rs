use chrono::NaiveDate;
use ksef_archive::{ArchiveError, DraftFacts, DraftRow, Reading};
use ksef_invoice::draft::{DraftKind, InvoiceDraft, IssueContext, Issuer, compose};
use ksef_types::{Nip, warsaw_date};

use super::{DraftId, DraftSummary};
use crate::books::kept_profile;
use crate::{Engine, json};

pub(super) const DRAFT: &str = "a draft";
pub(super) const ORIGIN: &str = "the origin of a draft";
/// SystemInfo: what made the document.
pub(super) const SYSTEM_INFO: &str = concat!("Okienko ", env!("CARGO_PKG_VERSION"));

impl Engine {
    /// What a draft shows in lists, as far as it can be told.
    pub(super) fn draft_facts(
        &self,
        tables: &Reading<'_>,
        nip: Nip,
        draft: &InvoiceDraft,
    ) -> Result<DraftFacts, ArchiveError> {
        let profile = kept_profile(tables, nip)?.unwrap_or_default();
        let context = IssueContext {
            number: &draft.number,
            issue_date: self.today(),
            created: self.now(),
            system_info: SYSTEM_INFO,
        };
        let totals = compose(draft, &Issuer { nip, profile: &profile }, &context).totals;
        let currency = draft.currency.trim().to_uppercase();
        Ok(DraftFacts {
            kind: draft.kind.code().to_owned(),
            number: draft.number.trim().to_owned(),
            buyer_name: draft.buyer.party.name.trim().to_owned(),
            first_line: draft.lines.first().map(|line| line.name.trim().to_owned()).unwrap_or_default(),
            gross: Some(totals.gross).filter(|gross| !gross.is_empty()),
            currency: if currency.is_empty() { "PLN".to_owned() } else { currency },
        })
    }

    /// The day in Warsaw.
    pub(super) fn today(&self) -> NaiveDate {
        warsaw_date(self.now())
    }
}

pub(super) fn summary(row: DraftRow) -> Result<DraftSummary, ArchiveError> {
    let facts = row.facts;
    Ok(DraftSummary {
        id: DraftId(row.id),
        revision: row.revision,
        kind: kind_of(&facts.kind)?,
        number: facts.number,
        buyer_name: facts.buyer_name,
        first_line: facts.first_line,
        gross: facts.gross,
        currency: facts.currency,
        origin: json::read(&row.origin, ORIGIN)?,
        updated_at: row.updated_at,
    })
}

/// What the archive holds of ours is always a kind of ours.
pub(super) fn kind_of(text: &str) -> Result<DraftKind, ArchiveError> {
    DraftKind::of(text).ok_or(ArchiveError::Damaged("the kind of a draft"))
}
