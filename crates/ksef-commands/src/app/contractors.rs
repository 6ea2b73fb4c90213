//! The book of contractors.

use std::path::PathBuf;

use ksef_invoice::draft::ContractorCard;

use super::imports::read_table;
use super::issuing_views::id;
use super::{App, Document, read_nip};
use crate::views::{BookImport, BookQuery, ContractorView, ContractorsPage};
use crate::{Problem, problems};

impl App {
    /// A page of "Kontrahenci", by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn contractors(&self, nip: &str, query: BookQuery) -> Result<ContractorsPage, Problem> {
        let page = self.engine.contractors(read_nip(nip)?, &query.try_into()?);
        page.map(Into::into).map_err(|error| problems::engine(&error))
    }

    /// One of the book.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn contractor(&self, id_text: &str) -> Result<ContractorView, Problem> {
        let found = self.engine.contractor(id(id_text, "contractor.unknown")?);
        found.map(Into::into).map_err(|error| problems::book(&error))
    }

    /// Keeps a card; without an id a new one.
    ///
    /// # Errors
    /// Without a name, or when it is gone.
    pub async fn save_contractor(
        &self,
        nip: &str,
        id_text: Option<String>,
        card: ContractorCard,
    ) -> Result<ContractorView, Problem> {
        let kept = id_text.map(|text| id(&text, "contractor.unknown")).transpose()?;
        let saved = self.engine.save_contractor(read_nip(nip)?, kept, &card);
        saved.map(|saved| saved.row.into()).map_err(|error| problems::book(&error))
    }

    /// Takes it out of the book; drafts and invoices stay as they are.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn remove_contractor(&self, id_text: &str) -> Result<(), Problem> {
        let removed = self.engine.remove_contractor(id(id_text, "contractor.unknown")?);
        removed.map_err(|error| problems::book(&error))
    }

    /// Groups that look like the same.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn contractor_doubles(&self, nip: &str) -> Result<Vec<Vec<ContractorView>>, Problem> {
        let groups =
            self.engine.contractor_doubles(read_nip(nip)?).map_err(|error| problems::engine(&error))?;
        Ok(groups.into_iter().map(|group| group.into_iter().map(Into::into).collect()).collect())
    }

    /// Makes one of several; drafts and invoices stay as they are.
    ///
    /// # Errors
    /// When one of them is gone.
    pub async fn merge_contractors(&self, into: &str, from: Vec<String>) -> Result<ContractorView, Problem> {
        let from: Vec<_> =
            from.iter().map(|text| id(text, "contractor.unknown")).collect::<Result<_, _>>()?;
        let merged = self.engine.merge_contractors(id(into, "contractor.unknown")?, &from);
        merged.map(Into::into).map_err(|error| problems::book(&error))
    }

    /// Takes in a CSV or XLSX file, all or none.
    ///
    /// # Errors
    /// When the file cannot be read; what is wrong with its rows is among the findings.
    pub async fn import_contractors(&self, nip: &str, path: PathBuf) -> Result<BookImport, Problem> {
        let nip = read_nip(nip)?;
        let file = read_table(path).await?;
        let read = ksef_tables::import_contractors(file.bytes.expose());
        let mut report = BookImport::of(file.name, &read.findings);
        if read.has_errors() {
            return Ok(report);
        }
        let cards: Vec<_> = read.rows.into_iter().map(|numbered| numbered.row).collect();
        let done = self.engine.import_contractors(nip, &cards).map_err(|error| problems::book(&error))?;
        report.count(done.into_iter().map(|row| row.done));
        Ok(report)
    }

    /// The book as CSV.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn export_contractors(&self, nip: &str) -> Result<Document, Problem> {
        let cards =
            self.engine.export_contractors(read_nip(nip)?).map_err(|error| problems::engine(&error))?;
        Ok(Document {
            suggested_name: "kontrahenci.csv".to_owned(),
            bytes: ksef_tables::export_contractors(&cards),
        })
    }
}
