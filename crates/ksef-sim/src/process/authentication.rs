use ksef_types::ReferenceNumber;

use super::schedule::Outcome;
use crate::control::Moved;
use crate::judge::refusal::{AuthenticationFailure, CertificateFault, TokenFault};
use crate::model::{AuthenticationPlan, StoredStatus};
use crate::store::State;

/// "Uwierzytelnianie zakończone sukcesem"
pub(crate) fn succeeded() -> StoredStatus {
    plain(200, "Uwierzytelnianie zakończone sukcesem")
}

/// "Uwierzytelnianie w toku"
pub(crate) fn in_progress() -> StoredStatus {
    plain(100, "Uwierzytelnianie w toku")
}

fn plain(code: u16, description: &str) -> StoredStatus {
    StoredStatus {
        code,
        description: description.to_owned(),
        details: Vec::new(),
        extensions: std::collections::BTreeMap::new(),
    }
}

/// The contract's status of a code, with its first cause where there are several.
pub(crate) fn failure_by_code(code: u16) -> Option<StoredStatus> {
    [
        AuthenticationFailure::NoPermissions,
        AuthenticationFailure::Invalidated,
        AuthenticationFailure::Token(TokenFault::Invalid),
        AuthenticationFailure::Certificate(CertificateFault::Incorrect),
        AuthenticationFailure::DeceasedPerson,
        AuthenticationFailure::Blocked,
        AuthenticationFailure::Unknown,
        AuthenticationFailure::Cancelled,
    ]
    .iter()
    .map(|failure| StoredStatus::from(failure.status()))
    .find(|status| status.code == code)
}

pub(super) fn advance(state: &mut State, reference: &ReferenceNumber) -> Outcome {
    let Some(row) = state.authentications.change(reference.as_str()) else { return Outcome::Waits };
    let from = row.status.code;
    if from == 100 {
        row.status = match &row.plan {
            AuthenticationPlan::Succeed => succeeded(),
            AuthenticationPlan::Fail(status) => status.clone(),
        };
    }
    Outcome::Done(Moved { reference: reference.clone(), from, to: row.status.code })
}
