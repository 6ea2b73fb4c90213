use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
pub use ksef_invoice::draft::{ContractorCard, GoodsCard};
use ksef_types::Nip;

use crate::ids::ids;

ids! {
    /// By which a contractor is asked for.
    ContractorId;
    /// By which goods or a service are asked for.
    GoodsId;
}

/// A row of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book<Id, Card> {
    /// By which it is asked for.
    pub id: Id,
    /// Whose.
    pub company: Nip,
    /// What is kept.
    pub card: Card,
    /// On how many issued invoices it stands.
    pub used: u32,
    /// When it was put on an issued invoice last.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
}

/// A contractor of the book.
pub type Contractor = Book<ContractorId, ContractorCard>;
/// Goods or a service of the book.
pub type Goods = Book<GoodsId, GoodsCard>;

/// Which rows of a book to list.
#[derive(Debug, Clone, Default)]
pub struct BookSearch {
    /// Part of name, number, index, address …, without regard to case and Polish letters; empty for all.
    pub text: String,
    /// `next` of the page before.
    pub after: Option<BookCursor>,
    /// Rows per page, 1 to 500; 0 for the usual 50.
    pub limit: u32,
}

/// A page of a book.
#[derive(Debug, Clone)]
pub struct BookPage<Row> {
    /// By name.
    pub rows: Vec<Row>,
    /// Nothing at the end.
    pub next: Option<BookCursor>,
    /// How many there are in all with this text.
    pub total: u32,
}

/// A card that was kept.
#[derive(Debug, Clone)]
pub struct SavedCard<Row> {
    /// As it is now.
    pub row: Row,
    /// Others with the same number, index or name: a warning, they may stay.
    pub doubles: Vec<Row>,
}

/// What an import did with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookImported<Id> {
    /// Its id in the book.
    pub id: Id,
    /// What was done.
    pub done: ImportedAs,
}

/// What an import did with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportedAs {
    /// It is new.
    Added,
    /// One with its key was there and is changed.
    Updated,
    /// One with its key was there with the same content.
    Unchanged,
}

/// The place where a page ended; its text form goes to fronts and back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookCursor {
    pub(crate) name: String,
    pub(crate) id: i64,
}

/// A text that no page ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the end of a page")]
pub struct InvalidCursor;

impl fmt::Display for BookCursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.id, self.name)
    }
}

impl FromStr for BookCursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let (id, name) = text.split_once(':').ok_or(InvalidCursor)?;
        Ok(Self { id: id.parse().map_err(|_| InvalidCursor)?, name: name.to_owned() })
    }
}
