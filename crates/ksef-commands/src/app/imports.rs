//! Tables of invoices: read and checked, then issued, all or none.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ksef_engine::{self as engine, PickedFile, read_at_most};
use ksef_invoice::draft::InvoiceDraft;
use ksef_tables::{ImportedInvoice, RowFinding};
use ksef_types::{Environment, Nip, warsaw_date};

use super::drafts::{internal, note, obstacle};
use super::{App, AppEvent, Document, read_scope};
use crate::views::{
    AfterIssuing, BookImport, ImportView, ImportedView, InvoiceView, RowFindingView, SaleView, Scope,
    TableFormat,
};
use crate::{NextStep, Problem, problems};

/// Tables that were read; gone with the program.
#[derive(Default)]
pub(super) struct Tables(Mutex<Read>);

#[derive(Default)]
struct Read {
    last: u64,
    tables: HashMap<u64, Table>,
}

/// A table without an error, ready to be issued.
struct Table {
    of: (Nip, Environment),
    drafts: Vec<InvoiceDraft>,
}

impl Tables {
    fn lock(&self) -> MutexGuard<'_, Read> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, of: (Nip, Environment), drafts: Vec<InvoiceDraft>) -> u64 {
        let mut read = self.lock();
        read.last += 1;
        let id = read.last;
        // The one before was looked at and left.
        read.tables.retain(|_, table| table.of != of);
        read.tables.insert(id, Table { of, drafts });
        id
    }

    fn drafts(&self, of: (Nip, Environment), id: &str) -> Result<(u64, Vec<InvoiceDraft>), Problem> {
        let gone = || Problem::new("import.unknown", NextStep::ChooseFile);
        let id = id.parse().map_err(|_| gone())?;
        let read = self.lock();
        let table = read.tables.get(&id).filter(|table| table.of == of).ok_or_else(gone)?;
        Ok((id, table.drafts.clone()))
    }

    fn forget(&self, id: u64) {
        self.lock().tables.remove(&id);
    }
}

impl App {
    /// Reads and checks a table of invoices (CSV, XLSX); nothing is issued.
    ///
    /// # Errors
    /// When the file cannot be read; what is wrong with its rows is among the findings.
    pub async fn load_import(self: &Arc<Self>, scope: &Scope, path: PathBuf) -> Result<ImportView, Problem> {
        let of = read_scope(scope)?;
        let file = read_table(path).await?;
        let app = Arc::clone(self);
        tokio::task::spawn_blocking(move || app.check_import(of, &file))
            .await
            .map_err(|error| internal(&error))?
    }

    /// Issues all invoices of a table, or none.
    ///
    /// # Errors
    /// When one of them cannot be issued; then none is.
    pub async fn issue_import(
        self: &Arc<Self>,
        scope: &Scope,
        id: &str,
        then: AfterIssuing,
    ) -> Result<Vec<SaleView>, Problem> {
        let sales = self.queue_import(scope, id, then).await?;
        if then == AfterIssuing::Send {
            let (nip, environment) = read_scope(scope)?;
            self.send_issued(nip, environment).await?;
        }
        Ok(sales)
    }

    /// As [`Self::issue_import`], with nothing sent in the background: the terminal sends with [`Self::send_and_wait`].
    ///
    /// # Errors
    /// When one of them cannot be issued; then none is.
    pub async fn queue_import(
        self: &Arc<Self>,
        scope: &Scope,
        id: &str,
        then: AfterIssuing,
    ) -> Result<Vec<SaleView>, Problem> {
        let of @ (nip, environment) = read_scope(scope)?;
        let (id, drafts) = self.tables.drafts(of, id)?;
        let app = Arc::clone(self);
        let issue = move || app.engine.issue_many(nip, environment, &drafts, then.into());
        let issued = tokio::task::spawn_blocking(issue).await.map_err(|error| internal(&error))?;
        let sales = issued.map_err(|error| problems::issuing(&error))?;
        self.tables.forget(id);
        self.tell(AppEvent::CompaniesChanged);
        Ok(sales.into_iter().map(Into::into).collect())
    }

    /// Issues an invoice that is no draft of the program, such as one of a script. As [`Self::queue_import`], nothing is sent in the
    /// background.
    ///
    /// # Errors
    /// When it cannot be issued.
    pub async fn queue_typed(
        self: &Arc<Self>,
        scope: &Scope,
        draft: InvoiceDraft,
        then: AfterIssuing,
    ) -> Result<Vec<SaleView>, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let app = Arc::clone(self);
        let issue = move || app.engine.issue_many(nip, environment, &[draft], then.into());
        let issued = tokio::task::spawn_blocking(issue).await.map_err(|error| internal(&error))?;
        let sales = issued.map_err(|error| problems::issuing(&error))?;
        self.tell(AppEvent::CompaniesChanged);
        Ok(sales.into_iter().map(Into::into).collect())
    }

    /// A table to fill in, with an example and a description of its columns.
    ///
    /// # Errors
    /// None today; the window treats every command alike.
    pub async fn import_template(&self, format: TableFormat) -> Result<Document, Problem> {
        let today = warsaw_date(self.clock.now());
        Ok(match format {
            TableFormat::Csv => Document {
                suggested_name: "faktury-wzor.csv".to_owned(),
                bytes: ksef_tables::template_csv(today),
            },
            TableFormat::Xlsx => Document {
                suggested_name: "faktury-wzor.xlsx".to_owned(),
                bytes: ksef_tables::template_xlsx(today).map_err(|error| {
                    Problem::new("program.internal", NextStep::ContactSupport).technical(error.to_string())
                })?,
            },
        })
    }

    fn check_import(
        &self,
        of @ (nip, environment): (Nip, Environment),
        file: &PickedFile,
    ) -> Result<ImportView, Problem> {
        let read = ksef_tables::import_invoices(file.bytes.expose());
        let drafts: Vec<_> = read.invoices.iter().map(|invoice| invoice.draft.clone()).collect();
        let reviews = self.engine.check_many(nip, environment, &drafts);
        let reviews = reviews.map_err(|error| problems::issuing(&error))?;
        let sound = !read.has_errors() && !drafts.is_empty();
        let issuable = sound && reviews.iter().all(|review| review.issuable);
        let seller = self.engine.seller_profile(nip).map_err(|error| problems::engine(&error))?;
        let invoices = read.invoices.iter().zip(&reviews).map(|(invoice, review)| {
            imported(invoice, review, (nip, &seller.name), warsaw_date(self.clock.now()))
        });
        let invoices = invoices.collect();
        Ok(ImportView {
            id: if issuable { self.tables.keep(of, drafts).to_string() } else { String::new() },
            file_name: file.name.clone(),
            invoices,
            findings: read.findings.iter().map(Into::into).collect(),
            issuable,
        })
    }
}

fn imported(
    invoice: &ImportedInvoice,
    review: &engine::DraftReview,
    (nip, seller): (Nip, &str),
    today: chrono::NaiveDate,
) -> ImportedView {
    let draft = &invoice.draft;
    let found = review.findings.iter().cloned();
    let found = found.chain(review.obstacles.iter().map(obstacle)).chain(review.notes.iter().map(note));
    let of_draft: Vec<_> = found.collect();
    let found = invoice.findings.iter().cloned().chain(invoice.rows_of(&of_draft));
    let told = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let buyer = &draft.buyer.party;
    ImportedView {
        invoice: InvoiceView {
            number: draft.number.clone(),
            issue_date: match draft.issue_date.as_str() {
                "" => today.to_string(),
                typed => typed.to_owned(),
            },
            kind: draft.kind.code().to_owned(),
            seller_nip: nip.to_string(),
            seller_name: seller.to_owned(),
            buyer_identifier: told(&buyer.id),
            buyer_name: told(&buyer.name),
            gross: review.totals.gross.clone(),
            currency: review.totals.currency.clone(),
        },
        first_row: invoice.rows.first().copied().unwrap_or_default(),
        last_row: invoice.rows.last().copied().unwrap_or_default(),
        lines: u32::try_from(draft.lines.len()).unwrap_or(u32::MAX),
        findings: found.map(|finding| (&finding).into()).collect(),
    }
}

/// Reads a table that a person picked.
pub(super) async fn read_table(path: PathBuf) -> Result<PickedFile, Problem> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let read = tokio::task::spawn_blocking(move || read_at_most(&path, ksef_tables::MOST_BYTES as u64));
    let read = read.await.map_err(|error| internal(&error))?;
    read.map_err(|found| problems::file(&found, &name))
}

impl From<&RowFinding> for RowFindingView {
    fn from(finding: &RowFinding) -> Self {
        Self {
            row: finding.row,
            column: finding.column.clone(),
            code: finding.code.clone(),
            error: finding.error,
            pl: finding.pl.clone(),
            en: finding.en.clone(),
        }
    }
}

impl BookImport {
    /// Before anything is taken in.
    pub(super) fn of(file_name: String, findings: &[RowFinding]) -> Self {
        Self {
            file_name,
            applied: false,
            added: 0,
            updated: 0,
            unchanged: 0,
            findings: findings.iter().map(Into::into).collect(),
        }
    }

    /// After it was taken in.
    pub(super) fn count(&mut self, done: impl Iterator<Item = engine::ImportedAs>) {
        self.applied = true;
        for one in done {
            match one {
                engine::ImportedAs::Added => self.added += 1,
                engine::ImportedAs::Updated => self.updated += 1,
                engine::ImportedAs::Unchanged => self.unchanged += 1,
            }
        }
    }
}
