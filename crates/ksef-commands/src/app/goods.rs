//! The book of goods and services.

use std::path::PathBuf;

use super::{App, Document};
use crate::views::{BookImport, BookQuery, GoodsCard, GoodsPage, GoodsView};
use crate::{NextStep, Problem};

impl App {
    /// "Towary i usługi".
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn goods(&self, nip: &str, query: BookQuery) -> Result<GoodsPage, Problem> {
        let _ = (nip, query);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// One of them.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn goods_item(&self, id: &str) -> Result<GoodsView, Problem> {
        let _ = (id,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Keeps goods or a service; without an id a new one.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn save_goods(
        &self,
        nip: &str,
        id: Option<String>,
        card: GoodsCard,
    ) -> Result<GoodsView, Problem> {
        let _ = (nip, id, card);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Takes goods or a service out of the book; invoices stay as they are.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn remove_goods(&self, id: &str) -> Result<(), Problem> {
        let _ = (id,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Groups that look the same.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn goods_doubles(&self, nip: &str) -> Result<Vec<Vec<GoodsView>>, Problem> {
        let _ = (nip,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Makes one of several; invoices stay as they are.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn merge_goods(&self, into: &str, from: Vec<String>) -> Result<GoodsView, Problem> {
        let _ = (into, from);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Takes in a CSV or XLSX file, all or none.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn import_goods(&self, nip: &str, path: PathBuf) -> Result<BookImport, Problem> {
        let _ = (nip, path);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// The book as CSV.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn export_goods(&self, nip: &str) -> Result<Document, Problem> {
        let _ = (nip,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }
}
