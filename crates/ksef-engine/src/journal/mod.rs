//! The journal of what was done with credentials: written here, chained in the archive, shown, verified, saved.

mod deed;
mod table;

pub use deed::{Act, Deed};
pub use table::{JournalEntry, JournalFilter, JournalPage};
