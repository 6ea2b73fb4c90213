use serde::{Deserialize, Serialize};

use crate::Operation;

/// Something that goes wrong with the next requests of an operation.
///
/// Faults are kept in a queue; the first that fits a request is used up by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault<Of = Operation> {
    /// Which operation; `None` for any.
    #[serde(default = "any")]
    pub operation: Option<Of>,
    /// How many fitting requests pass before it strikes.
    #[serde(default)]
    pub after: u32,
    /// How many requests it strikes.
    #[serde(default = "once")]
    pub count: u32,
    /// What happens to them.
    pub kind: FaultKind,
}

const fn once() -> u32 {
    1
}

const fn any<Of>() -> Option<Of> {
    None
}

/// What happens to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum FaultKind {
    /// Refused with 400 and an exception code; the work is not done.
    Refuse {
        /// Such as 21470.
        code: u32,
        /// The contract's text; its own where it is empty.
        #[serde(default)]
        description: String,
        /// The details.
        #[serde(default)]
        details: Vec<String>,
    },
    /// Answered with that HTTP status and an empty body; the work is not done.
    Status {
        /// Such as 500 or 503.
        status: u16,
    },
    /// The work is done, the answer is that HTTP status (a gateway's 502 or 504).
    StatusAfter {
        /// Such as 502.
        status: u16,
    },
    /// Refused with 429.
    TooManyRequests {
        /// The value of `Retry-After`, in seconds.
        retry_after: u32,
    },
    /// Answered rightly, later.
    Delay {
        /// In milliseconds of the computer's clock.
        milliseconds: u64,
    },
    /// The connection is cut before any work is done.
    DropBefore,
    /// The work is done, the connection is cut before the answer.
    DropAfter,
    /// A page of HTML instead of an answer; the work is not done.
    Html {
        /// Such as 200 or 502.
        status: u16,
    },
    /// The work is done, the answer is well-formed JSON of another shape.
    WrongBody,
    /// The work is done, the answer is not JSON although it says so.
    NotJson,
    /// The work is done, the answer ends in its middle.
    CutOff,
    /// The work is done, the answer is preceded by that many bytes of white space.
    Oversized {
        /// How many bytes.
        bytes: u64,
    },
    /// The answer never ends.
    Endless,
    /// Redirected to another address; the work is not done.
    Redirect {
        /// Such as `http://example.com/v2`.
        location: String,
    },
    /// Refused with 403 and a reason; the work is not done.
    Forbid {
        /// One of `ForbiddenProblemDetails.reasonCode`, such as `ip-not-allowed`, or one that is not there yet.
        reason: String,
    },
    /// The shield's 403 with `security.incidentId` and `clientIp`; the work is not done.
    Shield,
    /// The shield's page of HTML with cookies; the work is not done.
    ShieldHtml,
    /// The keys are changed before the request is looked at: a known key becomes an unknown one (21470).
    RotateKeys,
    /// All access tokens end before the request is looked at (401).
    ExpireTokens,
}

impl<Of> Fault<Of> {
    /// Strikes the next request of that operation.
    #[must_use]
    pub fn next(operation: Of, kind: FaultKind) -> Self {
        Self { operation: Some(operation), after: 0, count: 1, kind }
    }

    /// Strikes the next `count` requests of that operation.
    #[must_use]
    pub fn times(operation: Of, count: u32, kind: FaultKind) -> Self {
        Self { operation: Some(operation), after: 0, count, kind }
    }

    /// Strikes the next request, whichever it is.
    #[must_use]
    pub const fn any(kind: FaultKind) -> Self {
        Self { operation: None, after: 0, count: 1, kind }
    }
}

/// The faults that wait.
#[derive(Debug)]
pub(crate) struct Faults<Of = Operation>(Vec<Fault<Of>>);

impl<Of> Default for Faults<Of> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<Of: Copy + PartialEq> Faults<Of> {
    pub(crate) fn add(&mut self, fault: Fault<Of>) {
        if fault.count > 0 {
            self.0.push(fault);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn waiting(&self) -> &[Fault<Of>] {
        &self.0
    }

    /// The fault that strikes this request, counted down.
    pub(crate) fn strike(&mut self, operation: Of) -> Option<FaultKind> {
        let fits = |fault: &Fault<Of>| fault.operation.is_none_or(|wanted| wanted == operation);
        let place = self.0.iter().position(fits)?;
        let fault = self.0.get_mut(place)?;
        if fault.after > 0 {
            fault.after -= 1;
            return None;
        }
        let kind = fault.kind.clone();
        fault.count -= 1;
        if fault.count == 0 {
            self.0.remove(place);
        }
        Some(kind)
    }
}
