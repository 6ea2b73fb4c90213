//! The book of goods and services.

use std::path::PathBuf;

use ksef_invoice::draft::GoodsCard;

use super::imports::read_table;
use super::issuing_views::id;
use super::{App, Document, read_nip};
use crate::views::{BookImport, BookQuery, GoodsPage, GoodsView};
use crate::{Problem, problems};

impl App {
    /// A page of "Towary i usługi", by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn goods(&self, nip: &str, query: BookQuery) -> Result<GoodsPage, Problem> {
        let page = self.engine.goods(read_nip(nip)?, &query.try_into()?);
        page.map(Into::into).map_err(|error| problems::engine(&error))
    }

    /// One of the book.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn goods_item(&self, id_text: &str) -> Result<GoodsView, Problem> {
        let found = self.engine.goods_item(id(id_text, "goods.unknown")?);
        found.map(Into::into).map_err(|error| problems::book(&error))
    }

    /// Keeps a card; without an id a new one.
    ///
    /// # Errors
    /// Without a name, or when it is gone.
    pub async fn save_goods(
        &self,
        nip: &str,
        id_text: Option<String>,
        card: GoodsCard,
    ) -> Result<GoodsView, Problem> {
        let kept = id_text.map(|text| id(&text, "goods.unknown")).transpose()?;
        let saved = self.engine.save_goods(read_nip(nip)?, kept, &card);
        saved.map(|saved| saved.row.into()).map_err(|error| problems::book(&error))
    }

    /// Takes it out of the book; drafts and invoices stay as they are.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn remove_goods(&self, id_text: &str) -> Result<(), Problem> {
        let removed = self.engine.remove_goods(id(id_text, "goods.unknown")?);
        removed.map_err(|error| problems::book(&error))
    }

    /// Groups that look like the same.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn goods_doubles(&self, nip: &str) -> Result<Vec<Vec<GoodsView>>, Problem> {
        let groups = self.engine.goods_doubles(read_nip(nip)?).map_err(|error| problems::engine(&error))?;
        Ok(groups.into_iter().map(|group| group.into_iter().map(Into::into).collect()).collect())
    }

    /// Makes one of several; drafts and invoices stay as they are.
    ///
    /// # Errors
    /// When one of them is gone.
    pub async fn merge_goods(&self, into: &str, from: Vec<String>) -> Result<GoodsView, Problem> {
        let from: Vec<_> = from.iter().map(|text| id(text, "goods.unknown")).collect::<Result<_, _>>()?;
        let merged = self.engine.merge_goods(id(into, "goods.unknown")?, &from);
        merged.map(Into::into).map_err(|error| problems::book(&error))
    }

    /// Takes in a CSV or XLSX file, all or none.
    ///
    /// # Errors
    /// When the file cannot be read; what is wrong with its rows is among the findings.
    pub async fn import_goods(&self, nip: &str, path: PathBuf) -> Result<BookImport, Problem> {
        let nip = read_nip(nip)?;
        let file = read_table(path).await?;
        let read = ksef_tables::import_goods(file.bytes.expose());
        let mut report = BookImport::of(file.name, &read.findings);
        if read.has_errors() {
            return Ok(report);
        }
        let cards: Vec<_> = read.rows.into_iter().map(|numbered| numbered.row).collect();
        let done = self.engine.import_goods(nip, &cards).map_err(|error| problems::book(&error))?;
        report.count(done.into_iter().map(|row| row.done));
        Ok(report)
    }

    /// The book as CSV.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn export_goods(&self, nip: &str) -> Result<Document, Problem> {
        let cards = self.engine.export_goods(read_nip(nip)?).map_err(|error| problems::engine(&error))?;
        Ok(Document {
            suggested_name: "towary-i-uslugi.csv".to_owned(),
            bytes: ksef_tables::export_goods(&cards),
        })
    }
}
