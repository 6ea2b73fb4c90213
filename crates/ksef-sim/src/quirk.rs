use serde::{Deserialize, Serialize};

/// What integrators met in the real KSeF; each can be switched on and off by
/// [`crate::Control::quirk`] or `PUT /quirks/{name}`. All are off at the start.
///
/// What the real KSeF always does is no quirk and always on: the number of a duplicate stands in `extensions` only,
/// seven digits of a second in `timestamp`, 415 for a key wrapped wrongly, `Retry-After` in the header, a refresh
/// after a revocation answered with 400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quirk {
    /// Closing a session is done and answers 502.
    CloseAnswers502ThoughDone,
    /// Closing a session answers 502 and is lost: the session stays open.
    CloseIsLost,
    /// Invoices stay at 150 until this is switched off.
    InvoicesStayAt150,
    /// A closed batch stays at 100 until this is switched off.
    ClosedBatchStaysAt100,
    /// `originalSessionReferenceNumber` names the duplicate's own session.
    DuplicateNamesItsOwnSession,
    /// `permanentStorageDate` is missing until this is switched off.
    PermanentStorageDateMissing,
    /// `permanentStorageDate` is earlier than `acquisitionDate`.
    PermanentStorageDateEarly,
    /// An invoice that has its number answers 21165 until this is switched off.
    InvoiceNotYetAvailable,
    /// A document appears in a metadata window that was already below the high water mark.
    DocumentBelowTheMark,
    /// Every JSON answer carries fields that no contract names.
    UnknownFields,
    /// The metadata query answers 500 for buyers (Subject2) while the other roles work.
    OneRoleAnswers500,
    /// A range longer than three months answers 500 instead of 21405.
    LongRangeAnswers500,
    /// Every continuation token is refused with 21418.
    ContinuationTokenRefused,
    /// The first two looks at a new authentication answer 21304.
    FreshOperationNotFound,
    /// A refresh after a revocation answers 21304 instead of 21301.
    RefreshAnswers21304,
    /// The shield in front answers 403 with `security.incidentId` and `clientIp`.
    ShieldBlocks,
    /// The shield in front answers HTML and sets cookies.
    ShieldAnswersHtml,
    /// RSASSA-PSS in XAdES is refused though the contract lists it.
    RsaPssRefused,
    /// A signature outside the profiles is answered with the warning `sig-001` and let through, as it was at first.
    SignatureWarning,
    /// Another program of the same office eats half of every budget.
    BudgetHalfEaten,
    /// A refusal 429 carries no `Retry-After`.
    NoRetryAfter,
}

impl Quirk {
    /// Whether it makes answers that the contract does not have.
    pub(crate) const fn breaks_the_contract(self) -> bool {
        matches!(
            self,
            Self::CloseAnswers502ThoughDone
                | Self::CloseIsLost
                | Self::UnknownFields
                | Self::OneRoleAnswers500
                | Self::LongRangeAnswers500
                | Self::ShieldAnswersHtml
                | Self::NoRetryAfter
        )
    }

    /// All of them.
    pub const ALL: [Self; 21] = [
        Self::CloseAnswers502ThoughDone,
        Self::CloseIsLost,
        Self::InvoicesStayAt150,
        Self::ClosedBatchStaysAt100,
        Self::DuplicateNamesItsOwnSession,
        Self::PermanentStorageDateMissing,
        Self::PermanentStorageDateEarly,
        Self::InvoiceNotYetAvailable,
        Self::DocumentBelowTheMark,
        Self::UnknownFields,
        Self::OneRoleAnswers500,
        Self::LongRangeAnswers500,
        Self::ContinuationTokenRefused,
        Self::FreshOperationNotFound,
        Self::RefreshAnswers21304,
        Self::ShieldBlocks,
        Self::ShieldAnswersHtml,
        Self::RsaPssRefused,
        Self::SignatureWarning,
        Self::BudgetHalfEaten,
        Self::NoRetryAfter,
    ];
}
