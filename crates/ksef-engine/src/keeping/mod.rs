//! Keeping credentials: what a company has and how KSeF sees it, what ends soon, renewing, revoking, handing over.

mod export;
mod reminders;
mod renew;
mod revoke;
mod table;

pub use export::{ExportError, ExportForm, Exported};
pub use reminders::{Reminder, due};
pub(crate) use revoke::slot_name;
pub use revoke::{RevocationPreview, RevocationReason, RevokeError};
pub use table::{CredentialRow, CredentialState, CredentialTable};
