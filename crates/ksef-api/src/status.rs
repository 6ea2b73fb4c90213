use serde::{Deserialize, Serialize};

/// Where an operation stands: 100 and 150 are still under way, 200 is done, 4xx and 5xx are refusals.
///
/// Source: OpenAPI `StatusInfo`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusInfo {
    /// The code of the contract.
    pub code: i32,
    /// KSeF's own words, in Polish.
    pub description: String,
    /// More of KSeF's own words.
    #[serde(default, deserialize_with = "crate::wire::null_as_default")]
    pub details: Vec<String>,
}

impl StatusInfo {
    /// Whether KSeF is still at work on it (100 ≤ code < 200).
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        in_progress(self.code)
    }

    /// Whether it ended well (code 200).
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.code == 200
    }
}

pub(crate) const fn in_progress(code: i32) -> bool {
    100 <= code && code < 200
}

/// Where a listing goes on; opaque. A refused one (21418) means: start the listing again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContinuationToken(pub String);
