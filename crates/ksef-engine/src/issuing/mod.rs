//! Issuing: drafts that are saved as they are typed, number series, and the one transaction that makes an invoice of a
//! draft: number taken, date and bytes fixed, a row in the outbox, the draft gone. A crash leaves the one or the other.

mod advances;
mod draft_rows;
mod drafts;
mod error;
mod issue;
mod many;
mod recurring;
mod review;
mod rhythm;
mod series;
mod templates;

pub use draft_rows::{DraftId, DraftOpened, DraftOrigin, DraftSaved, DraftStart, DraftSummary};
pub use error::{IssuingError, RowProblem};
pub use issue::Leaving;
pub use recurring::{Recurring, RecurringEdit, RecurringId};
pub use review::DraftReview;
pub use rhythm::{Rhythm, RhythmUnit};
pub use series::{Series, SeriesEdit, SeriesId, SeriesReset};
pub use templates::{Template, TemplateId};
