//! The book of contractors.

use std::path::PathBuf;

use super::{App, Document};
use crate::views::{BookImport, BookQuery, ContractorCard, ContractorView, ContractorsPage};
use crate::{NextStep, Problem};

impl App {
    /// "Kontrahenci".
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn contractors(&self, nip: &str, query: BookQuery) -> Result<ContractorsPage, Problem> {
        let _ = (nip, query);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// One contractor.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn contractor(&self, id: &str) -> Result<ContractorView, Problem> {
        let _ = (id,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Keeps a contractor; without an id a new one.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn save_contractor(
        &self,
        nip: &str,
        id: Option<String>,
        card: ContractorCard,
    ) -> Result<ContractorView, Problem> {
        let _ = (nip, id, card);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Takes a contractor out of the book; invoices stay as they are.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn remove_contractor(&self, id: &str) -> Result<(), Problem> {
        let _ = (id,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Groups that look like the same contractor.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn contractor_doubles(&self, nip: &str) -> Result<Vec<Vec<ContractorView>>, Problem> {
        let _ = (nip,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Makes one of several; invoices stay as they are.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn merge_contractors(&self, into: &str, from: Vec<String>) -> Result<ContractorView, Problem> {
        let _ = (into, from);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Takes in a CSV or XLSX file, all or none.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn import_contractors(&self, nip: &str, path: PathBuf) -> Result<BookImport, Problem> {
        let _ = (nip, path);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// The book as CSV.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn export_contractors(&self, nip: &str) -> Result<Document, Problem> {
        let _ = (nip,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }
}
