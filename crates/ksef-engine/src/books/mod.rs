//! What invoices are written from: the company's own data, the book of contractors, the book of goods and services.
//!
//! A draft takes copies: nothing that changes here changes an invoice.

mod card;
mod contractors;
mod error;
mod goods;
mod profile;
mod shelf;

pub use card::{
    Book, BookCursor, BookImported, BookPage, BookSearch, Contractor, ContractorCard, ContractorId, Goods,
    GoodsCard, GoodsId, ImportedAs, InvalidCursor, SavedCard,
};
pub use error::BookError;
pub(crate) use profile::kept_profile;
