use chrono::{DateTime, Utc};
use ksef_api::{ErrorKind, InvalidCurrencyCode, PublicServiceError, TimeoutPhase};
use ksef_archive::ArchiveError;
use ksef_types::InvalidNip;

use crate::EngineError;

/// Why something was not looked up. None of it keeps a person from filling it in.
#[derive(Debug, thiserror::Error)]
pub enum LookupFailure {
    /// The text is no NIP; nobody was asked.
    #[error(transparent)]
    BadNip(#[from] InvalidNip),
    /// The text is no code of a currency; nobody was asked.
    #[error(transparent)]
    BadCurrency(#[from] InvalidCurrencyCode),
    /// The service does not know it: a NIP that is not on the white list, a currency without a rate in table A.
    #[error("not found")]
    NotFound,
    /// The service's limit is used up, by this program or by others behind the same address.
    #[error("the limit is used up until {until}")]
    LimitReached {
        /// When it may be asked again.
        until: DateTime<Utc>,
    },
    /// There is no way to the service from this computer.
    #[error("no way to the service: {0}")]
    Offline(#[source] PublicServiceError),
    /// The service does not work at the moment, or answers too slowly.
    #[error("the service does not work: {0}")]
    ServiceDown(#[source] PublicServiceError),
    /// The environment has no such service now: a sandbox that does not run.
    #[error("there is no such service in the environment")]
    NoService,
    /// The service answered what it should not.
    #[error("an unexpected answer: {0}")]
    Unexpected(#[source] PublicServiceError),
    /// The archive failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl From<PublicServiceError> for LookupFailure {
    fn from(error: PublicServiceError) -> Self {
        match &error {
            PublicServiceError::LimitReached { until } => Self::LimitReached { until: *until },
            PublicServiceError::Unreachable(kind) if is_offline(kind) => Self::Offline(error),
            PublicServiceError::Unreachable(_) | PublicServiceError::Down { .. } => Self::ServiceDown(error),
            _ => Self::Unexpected(error),
        }
    }
}

impl From<ArchiveError> for LookupFailure {
    fn from(error: ArchiveError) -> Self {
        Self::Engine(error.into())
    }
}

/// What lies between this computer and the service, rather than with the service.
const fn is_offline(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::NoNetwork
            | ErrorKind::Dns
            | ErrorKind::Tls(_)
            | ErrorKind::Proxy(_)
            | ErrorKind::Timeout(TimeoutPhase::Connect)
    )
}
