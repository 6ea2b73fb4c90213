//! The one transaction that makes an invoice of a draft.

use chrono::NaiveDate;
use ksef_archive::{ArchiveError, NewEntry, NewIssued, OutboxRow, OutboxState, Step, Writing};
use ksef_crypto::sha256;
use ksef_invoice::draft::{InvoiceDraft, IssueContext, Issuer, SellerProfile, check_draft, check_profile};
use ksef_invoice::{CheckOptions, check};

use super::drafts::{at_revision, content};
use super::facts::{ORIGIN, SYSTEM_INFO};
use super::{DraftId, DraftOrigin, IssuingError, numbers, references};
use crate::books::kept_profile;
use crate::engine::Scope;
use crate::sending::{FORM, document_name, problem_to_text, sale_of, stands};
use crate::{Engine, EngineError, Sale, SaleId, SaleProblem, json};

/// When an issued invoice leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Queued: the next run of the outbox sends it.
    Next,
    /// Kept back until a person says so ([`Engine::retry_sale`]): in the list and in the counts as one that needs a person.
    Later,
}

/// What is to become an invoice.
pub(super) struct Work {
    pub(super) scope: Scope,
    pub(super) draft: InvoiceDraft,
    pub(super) origin: DraftOrigin,
    pub(super) draft_id: Option<DraftId>,
    pub(super) leaving: Leaving,
}

impl Engine {
    /// Issues a draft, in one transaction: takes the number, fixes date and bytes, puts the invoice into the outbox; the draft
    /// is gone. Nothing leaves by itself: [`Engine::run_outbox`] sends.
    ///
    /// # Errors
    /// [`IssuingError::DraftChanged`], [`IssuingError::AlreadyIssued`], [`IssuingError::UnknownDraft`],
    /// [`IssuingError::HasErrors`], [`IssuingError::NumberUsed`], [`IssuingError::DateInFuture`],
    /// [`IssuingError::OriginalNotAccepted`], [`IssuingError::CorrectionWaits`], [`IssuingError::CorrectedSince`],
    /// [`IssuingError::BasisGone`], [`IssuingError::AdvanceSettled`], [`IssuingError::AttachmentNeedsBatch`],
    /// [`IssuingError::NoProfile`], [`IssuingError::NoSeries`], [`IssuingError::UnknownSeries`], or when the archive fails. The draft stays as it was.
    pub fn issue_draft(&self, id: DraftId, revision: u32, leaving: Leaving) -> Result<Sale, IssuingError> {
        self.checkpoint("before issuing");
        let row = self.archive().write(|tables| {
            let row = at_revision(tables, id, revision)?;
            let (draft, origin) = content(tables, &row)?;
            let scope = Scope::new(row.company, row.environment);
            let work = Work { scope, draft, origin, draft_id: Some(id), leaving };
            let issued = self.make_invoice(tables, work)?;
            tables.drafts_mut().remove(id.0)?;
            self.checkpoint("issued, not committed");
            Ok::<_, IssuingError>(issued)
        })?;
        self.checkpoint("issued");
        self.shared.queued.notify_waiters();
        self.tell_of(&row)?;
        Ok(sale_of(row)?)
    }

    /// Number, bytes, row, links: inside the transaction that takes the number, so that no number is given twice and none is
    /// lost, whatever else runs and wherever this ends.
    pub(super) fn make_invoice(
        &self,
        tables: &Writing<'_>,
        mut work: Work,
    ) -> Result<OutboxRow, IssuingError> {
        let scope = work.scope;
        self.known_company(tables, scope.company)?;
        let profile = complete_profile(scope, kept_profile(tables, scope.company)?)?;
        let date = self.issue_date(&work.draft)?;
        leaves_alone(&work.draft)?;
        let found = references::resolve(tables, scope, &work.origin, &mut work.draft)?;
        if let Some(obstacle) = found.obstacles.into_iter().next() {
            return Err(obstacle);
        }
        self.make_usual_series(tables, scope)?;
        let number = numbers::number_for(tables, scope, &work.draft, date)?;
        if number.counted.is_none() {
            work.draft.number.clone_from(&number.text);
        }
        self.checkpoint("number chosen");
        let document = self.compose(&work, &profile, &number.text, date)?;
        self.checkpoint("document composed");
        let row = self.insert_invoice(tables, &work, &document)?;
        self.checkpoint("row written");
        if let Some(counted) = &number.counted {
            numbers::take(tables, counted)?;
        }
        tables.issued_numbers_mut().insert(&NewIssued {
            outbox_id: row.id,
            taken: number.counted.as_ref().map(numbers::Counted::taken),
            draft_id: work.draft_id.map(|id| id.0),
            origin: &json::write(&work.origin, ORIGIN)?,
        })?;
        for link in &found.links {
            tables.invoice_links_mut().insert(row.id, link)?;
        }
        self.count_uses(tables, &work.draft)?;
        Ok(row)
    }

    /// P_1 as typed, or today. What is no date is found when composing.
    fn issue_date(&self, draft: &InvoiceDraft) -> Result<NaiveDate, IssuingError> {
        let today = self.today();
        let date = typed_date(draft).unwrap_or(today);
        if date > today { Err(IssuingError::DateInFuture { date, today }) } else { Ok(date) }
    }

    fn compose(
        &self,
        work: &Work,
        profile: &SellerProfile,
        number: &str,
        date: NaiveDate,
    ) -> Result<Vec<u8>, IssuingError> {
        let issuer = Issuer { nip: work.scope.company, profile };
        let context =
            IssueContext { number, issue_date: date, created: self.now(), system_info: SYSTEM_INFO };
        let checked = check_draft(&work.draft, &issuer, &context, work.scope.environment, self.today());
        let issuable = checked.is_issuable() && !checked.findings.iter().any(|finding| finding.error);
        match checked.bytes.filter(|_| issuable) {
            Some(bytes) => Ok(bytes),
            None => Err(IssuingError::HasErrors { findings: checked.findings }),
        }
    }

    fn insert_invoice(
        &self,
        tables: &Writing<'_>,
        work: &Work,
        document: &[u8],
    ) -> Result<OutboxRow, IssuingError> {
        let Scope { company, environment } = work.scope;
        // The whole check of the bytes themselves, as of a file that was dropped in: nothing else is sent.
        let report = check(document, &CheckOptions::new(self.today(), environment).for_seller(company));
        let stands = stands(&report).filter(|_| report.may_be_sent());
        let Some(stands) = stands else {
            let findings = report.findings.iter().map(as_of_draft).collect();
            return Err(IssuingError::HasErrors { findings });
        };
        let now = self.now();
        let id = tables.outbox_mut().insert(&NewEntry {
            company,
            environment,
            file_name: &document_name(&stands.number),
            document,
            sha256: sha256(document),
            form: FORM,
            stands: &stands,
            queued_at: now,
        })?;
        tables.outbox_steps_mut().append(id, now, Step::Queued, None)?;
        let unknown = || EngineError::UnknownSale(SaleId(id));
        let mut row = tables.outbox().get(id)?.ok_or_else(unknown)?;
        if work.leaving == Leaving::Later {
            row.standing.state = OutboxState::Held;
            row.standing.problem = Some(problem_to_text(&SaleProblem::KeptBack));
            tables.outbox_mut().set(id, &row.standing)?;
            tables.outbox_steps_mut().append(id, now, Step::Held, Some("kept back"))?;
        }
        Ok(row)
    }

    /// Each contractor and each goods once, however many lines name them.
    fn count_uses(&self, tables: &Writing<'_>, draft: &InvoiceDraft) -> Result<(), ArchiveError> {
        let now = self.now();
        let id = |text: &Option<String>| text.as_deref().and_then(|text| text.trim().parse::<i64>().ok());
        if let Some(contractor) = id(&draft.buyer.contractor) {
            tables.contractors_mut().used(contractor, now)?;
        }
        let mut goods: Vec<i64> = draft.lines.iter().filter_map(|line| id(&line.goods)).collect();
        goods.sort_unstable();
        goods.dedup();
        goods.into_iter().try_for_each(|goods| tables.goods_mut().used(goods, now))
    }
}

/// P_1 as typed, where it is a date.
pub(super) fn typed_date(draft: &InvoiceDraft) -> Option<NaiveDate> {
    ksef_invoice::draft::typed_date(&draft.issue_date)
}

/// An invoice with an attachment would be refused (415): it may come in a batch session only, and there is none yet.
pub(super) fn leaves_alone(draft: &InvoiceDraft) -> Result<(), IssuingError> {
    if draft.has_attachment() { Err(IssuingError::AttachmentNeedsBatch) } else { Ok(()) }
}

/// Name and address at least, and nothing wrong in them.
pub(super) fn complete_profile(
    scope: Scope,
    kept: Option<SellerProfile>,
) -> Result<SellerProfile, IssuingError> {
    kept.filter(|profile| !profile.name.trim().is_empty() && !profile.address.line1.trim().is_empty())
        .filter(|profile| !check_profile(scope.company, profile).iter().any(|finding| finding.error))
        .ok_or(IssuingError::NoProfile)
}

/// A finding of the document, which has no field of the draft.
fn as_of_draft(finding: &ksef_invoice::Finding) -> ksef_invoice::draft::DraftFinding {
    ksef_invoice::draft::DraftFinding {
        field: String::new(),
        code: json::write(&finding.code, "a code").unwrap_or_default().trim_matches('"').to_owned(),
        error: finding.severity == ksef_invoice::Severity::Error,
        pl: finding.message_pl().to_owned(),
        en: finding.message_en().to_owned(),
    }
}
