use chrono::{DateTime, Utc};

use crate::error::{ErrorKind, NotKsef};

/// What went wrong with a public service. Holds nothing of what was asked and nothing of the answer but codes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PublicServiceError {
    /// No way to the service: no network, no such name, refused, lost, no secure connection, a proxy, a time-out.
    #[error("the service cannot be reached: {0}")]
    Unreachable(ErrorKind),
    /// Its limit is used up; nothing more is sent until then.
    #[error("the service's limit is used up until {until}")]
    LimitReached {
        /// When it may be asked again.
        until: DateTime<Utc>,
    },
    /// 5xx, or the white list's database is being exchanged (WL-100, WL-195, WL-196).
    #[error("the service does not work at the moment ({status})")]
    Down {
        /// The status of HTTP.
        status: u16,
    },
    /// The service does not take the question: WL-101 to WL-190 of the white list, 400 of NBP.
    #[error("refused: {code}")]
    Refused {
        /// `WL-115`, or `400`.
        code: String,
    },
    /// Another status than the service is known to answer.
    #[error("unexpected status {status}")]
    UnexpectedStatus {
        /// The status of HTTP.
        status: u16,
    },
    /// An answer that does not come from the service, or not whole.
    #[error("not an answer of the service: {0}")]
    Foreign(NotKsef),
    /// An answer about something else than was asked.
    #[error("the answer is about something else: {0}")]
    Other(&'static str),
    /// The answer is larger than it may be; it was not read to its end.
    #[error("the answer has more than {limit} bytes")]
    TooLarge {
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// The answer sends elsewhere; that is not followed.
    #[error("redirected")]
    Redirected,
    /// The request could not be written, or the system's TLS not be set up; nothing was sent.
    #[error("the request could not be made")]
    NotSent,
}

impl From<ErrorKind> for PublicServiceError {
    fn from(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::NotKsef(what) => Self::Foreign(what),
            ErrorKind::TooLarge { limit } => Self::TooLarge { limit },
            ErrorKind::NotSent => Self::NotSent,
            other => Self::Unreachable(other),
        }
    }
}
