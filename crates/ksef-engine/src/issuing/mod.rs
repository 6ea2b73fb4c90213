//! Issuing: drafts that are saved as they are typed, number series, and the one transaction that makes an invoice of a
//! draft: number taken, date and bytes fixed, a row in the outbox, the draft gone. A crash leaves the one or the other.

mod advances;
mod basis;
mod chains;
mod draft_rows;
mod drafts;
mod error;
mod facts;
mod issue;
mod many;
mod numbers;
mod recurring;
mod references;
mod review;
mod rhythm;
mod series;
mod starts;
mod templates;

pub use advances::SaleLinks;
pub use draft_rows::{DraftId, DraftOpened, DraftOrigin, DraftSaved, DraftStart, DraftSummary};
pub use error::{AdvanceDifference, IssuingError, IssuingNote, RowProblem};
pub use issue::Leaving;
pub use recurring::{Recurring, RecurringEdit, RecurringId};
pub(crate) use references::links_of_document;
pub use review::DraftReview;
pub use rhythm::{Rhythm, RhythmUnit};
pub use series::{Series, SeriesEdit, SeriesId, SeriesReset};
pub use templates::{Template, TemplateId};
