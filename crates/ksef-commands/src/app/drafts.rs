//! Drafts: begun, checked, saved, issued.

use std::sync::Arc;

use ksef_engine as engine;
use ksef_invoice::describe::{FieldDescription, describe};
use ksef_invoice::draft::{DraftFinding, InvoiceDraft};
use ksef_invoice::view::{InvoiceSheet, view};

use super::issuing_views::id;
use super::sales::sale_id;
use super::{App, AppEvent, read_scope};
use crate::views::{
    AfterIssuing, DraftCheckView, DraftOpened, DraftRow, DraftSaved, DraftStart, Language, SaleView, Scope,
};
use crate::{NextStep, Problem, catalogue, problems};

impl App {
    /// "Wystaw fakturę": begins a draft; it is saved at once.
    ///
    /// # Errors
    /// When the invoice that it is to begin from does not fit.
    pub async fn new_draft(&self, scope: &Scope, start: DraftStart) -> Result<DraftOpened, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let opened = self.engine.new_draft(nip, environment, &begin(start)?);
        opened.map(Into::into).map_err(|error| problems::issuing(&error))
    }

    /// Opens a draft that was left.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn draft(&self, id_text: &str) -> Result<DraftOpened, Problem> {
        let opened = self.engine.draft(id(id_text, "draft.unknown")?);
        opened.map(Into::into).map_err(|error| problems::issuing(&error))
    }

    /// "Zapisz szkic", also by itself while typing: on the disk when this returns.
    ///
    /// # Errors
    /// When it was saved elsewhere since that revision, issued, or removed.
    pub async fn save_draft(
        &self,
        id_text: &str,
        revision: u32,
        draft: InvoiceDraft,
    ) -> Result<DraftSaved, Problem> {
        let saved = self.engine.save_draft(id(id_text, "draft.unknown")?, revision, &draft);
        saved.map(Into::into).map_err(|error| problems::issuing(&error))
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// When it was issued meanwhile.
    pub async fn remove_draft(&self, id_text: &str) -> Result<(), Problem> {
        let removed = self.engine.remove_draft(id(id_text, "draft.unknown")?);
        removed.map_err(|error| problems::issuing(&error))
    }

    /// "Szkice", the one saved last first.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn drafts(&self, scope: &Scope) -> Result<Vec<DraftRow>, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let drafts = self.engine.drafts(nip, environment).map_err(|error| problems::engine(&error))?;
        Ok(drafts.into_iter().map(Into::into).collect())
    }

    /// What the draft comes to, what is wrong with it, how it looks. Nothing is saved and no number is taken.
    ///
    /// # Errors
    /// When the archive fails; what is wrong with the draft is among the findings.
    pub async fn check_draft(
        self: &Arc<Self>,
        scope: &Scope,
        draft: InvoiceDraft,
    ) -> Result<DraftCheckView, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let app = Arc::clone(self);
        // Thousands of lines take a while: other commands do not wait for it.
        let review = tokio::task::spawn_blocking(move || app.engine.check_draft(nip, environment, &draft));
        let review = review.await.map_err(|error| internal(&error))?;
        review.map(Into::into).map_err(|error| problems::issuing(&error))
    }

    /// "Wystaw": takes the number, fixes date and bytes, puts the invoice into the outbox; the draft is gone.
    ///
    /// # Errors
    /// When the draft has errors, its number was used, or it was changed elsewhere; it stays as it was.
    pub async fn issue_draft(
        self: &Arc<Self>,
        id_text: &str,
        revision: u32,
        then: AfterIssuing,
    ) -> Result<SaleView, Problem> {
        let draft = id(id_text, "draft.unknown")?;
        let app = Arc::clone(self);
        let issued =
            tokio::task::spawn_blocking(move || app.engine.issue_draft(draft, revision, then.into()));
        let issued = issued.await.map_err(|error| internal(&error))?;
        let sale = issued.map_err(|error| problems::issuing(&error))?;
        if then == AfterIssuing::Send {
            self.send_issued(sale.company, sale.environment).await?;
        }
        self.tell(AppEvent::CompaniesChanged);
        Ok(sale.into())
    }

    /// Advance invoices that no final invoice has settled, newest first.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn open_advances(&self, scope: &Scope) -> Result<Vec<SaleView>, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let found = self.engine.open_advances(nip, environment).map_err(|error| problems::engine(&error))?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// An issued invoice as people read it.
    ///
    /// # Errors
    /// When there is no such invoice.
    pub async fn sale_sheet(&self, id_text: &str) -> Result<InvoiceSheet, Problem> {
        let document = self.engine.xml(sale_id(id_text)?).map_err(|error| problems::engine(&error))?;
        sheet(&document.bytes)
    }

    /// A file that was dropped in, as people read it.
    ///
    /// # Errors
    /// When it is not there any more, or cannot be read as an invoice.
    pub async fn prepared_sheet(&self, scope: &Scope, id_text: &str) -> Result<InvoiceSheet, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let prepared = id_text.parse().map(engine::PreparedId);
        let prepared = prepared.map_err(|_| Problem::new("invoice.notPrepared", NextStep::ChooseFile))?;
        match self.engine.prepared_bytes(nip, environment, prepared) {
            Some(bytes) => sheet(&bytes),
            None => Err(Problem::new("invoice.notPrepared", NextStep::ChooseFile)),
        }
    }

    /// A part of FA(3) for a form: `Fa/WarunkiTransakcji`, `Zalacznik` …
    ///
    /// # Errors
    /// When FA(3) has no such part.
    pub async fn describe_part(&self, path: &str) -> Result<FieldDescription, Problem> {
        describe(path)
            .ok_or_else(|| Problem::new("program.badRequest", NextStep::ContactSupport).technical(path))
    }

    /// Issued invoices leave in the background.
    pub(super) async fn send_issued(
        self: &Arc<Self>,
        nip: ksef_types::Nip,
        environment: ksef_types::Environment,
    ) -> Result<(), Problem> {
        if environment == ksef_types::Environment::Sandbox {
            self.sandbox.ready().await?;
        }
        self.run_outbox(nip, environment);
        Ok(())
    }
}

fn begin(start: DraftStart) -> Result<engine::DraftStart, Problem> {
    Ok(match start {
        DraftStart::Blank { kind } => engine::DraftStart::Blank(kind),
        DraftStart::CopyOf { sale } => engine::DraftStart::CopyOf(sale_id(&sale)?),
        DraftStart::CorrectionOf { sale } => engine::DraftStart::CorrectionOf(sale_id(&sale)?),
        DraftStart::FinalOf { sales } => {
            engine::DraftStart::FinalOf(sales.iter().map(|sale| sale_id(sale)).collect::<Result<_, _>>()?)
        }
        DraftStart::NextAdvanceOf { sale } => engine::DraftStart::NextAdvanceOf(sale_id(&sale)?),
        DraftStart::Template { template } => engine::DraftStart::Template(id(&template, "template.unknown")?),
    })
}

fn sheet(bytes: &[u8]) -> Result<InvoiceSheet, Problem> {
    view(bytes).map_err(|error| {
        Problem::new("invoice.notShown", NextStep::CorrectInvoice).technical(error.to_string())
    })
}

/// A task that broke off; what it did is known to the archive alone.
pub(super) fn internal(error: &tokio::task::JoinError) -> Problem {
    Problem::new("program.internal", NextStep::ContactSupport).technical(error.to_string())
}

impl From<engine::DraftReview> for DraftCheckView {
    fn from(review: engine::DraftReview) -> Self {
        let mut findings = review.findings;
        findings.extend(review.obstacles.iter().map(obstacle));
        findings.extend(review.notes.iter().map(note));
        Self {
            totals: review.totals,
            findings,
            issuable: review.issuable,
            number: review.number,
            sheet: review.sheet,
        }
    }
}

/// What the archive knows against a draft, as a finding beside the field that it is about.
pub(super) fn obstacle(error: &engine::IssuingError) -> DraftFinding {
    use engine::IssuingError as Found;
    let field = match error {
        Found::NumberUsed { .. } => "number",
        Found::NoSeries(_) | Found::UnknownSeries(_) => "series",
        Found::DateInFuture { .. } => "issueDate",
        Found::AdvanceSettled { .. }
        | Found::AdvancesDiffer { .. }
        | Found::CorrectedSince { relation: engine::Relation::Settles, .. }
        | Found::BasisGone { relation: engine::Relation::Settles, .. } => "settles",
        Found::OriginalNotAccepted { relation, .. } if *relation != engine::Relation::Corrects => "settles",
        Found::OriginalNotAccepted { .. }
        | Found::CorrectionWaits { .. }
        | Found::CorrectedSince { .. }
        | Found::BasisGone { .. } => "correction.corrected",
        Found::NoProfile => "seller",
        Found::AttachmentNeedsBatch => "extras.Zalacznik",
        _ => "",
    };
    beside(field, &problems::issuing(error), true)
}

/// What the archive knows about a draft that a person should look at.
pub(super) fn note(note: &engine::IssuingNote) -> DraftFinding {
    let engine::IssuingNote::CorrectedTogether { relation, .. } = note;
    let field = match relation {
        engine::Relation::Settles => "settles",
        _ => "correction.corrected",
    };
    beside(field, &problems::issuing_note(note), false)
}

fn beside(field: &str, problem: &Problem, error: bool) -> DraftFinding {
    let said = |language| {
        let said = catalogue::sentences(problem, language);
        format!("{} {}", said.what, said.next)
    };
    DraftFinding {
        field: field.to_owned(),
        code: problem.code.clone(),
        error,
        pl: said(Language::Pl),
        en: said(Language::En),
    }
}
