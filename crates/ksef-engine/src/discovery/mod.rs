//! One certificate, many companies: where its owner may act, adding many at once, checking many at once.

mod bulk;
mod found;

pub use bulk::{BulkAdd, BulkCompany, BulkRefusal, BulkStep};
pub use found::FoundCompany;
