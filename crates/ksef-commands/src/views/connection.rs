use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Problem;

/// The answer of "Sprawdź połączenie".
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ConnectionView {
    /// KSeF let us in.
    Connected {
        /// Who I am there: the name of the person or firm, where known.
        owner: String,
        /// In whose name, ten digits.
        company: String,
        /// By what.
        method: ConnectionMethod,
        /// What I may do, as the contract names it (`InvoiceWrite` …); the catalogue has the words.
        permissions: Vec<String>,
        /// Until when the way in stays open without signing again, RFC 3339.
        valid_until: String,
        /// When this was seen, RFC 3339.
        checked_at: String,
        /// What could be better.
        warnings: Vec<Problem>,
    },
    /// KSeF, or something on the way there, refused.
    Refused {
        /// Why, and what to click.
        problem: Problem,
        /// When this was seen, RFC 3339.
        checked_at: String,
    },
}

/// How one authenticates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ConnectionMethod {
    /// A signature by the authentication certificate.
    Certificate,
    /// The token.
    Token,
    /// A signature made elsewhere, with files that were not kept, or for trial.
    Signature,
}
