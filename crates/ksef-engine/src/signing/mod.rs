//! Logging in by a signature made elsewhere: a request saved as a file, its signed copy waited for, sent unchanged, and
//! what KSeF gives for it used as the company's login. The same directly with files that are not kept, and, where KSeF takes
//! that, with a signature for trial.

mod begin;
mod files;
mod judge;
mod request_file;
mod send;
mod state;
mod trial;
mod watch;

pub use files::SigningFiles;
pub use judge::SignedFileProblem;
pub(crate) use state::Signings;
pub use state::{RefusedFile, SigningError, SigningStatus, SigningStep};
