use std::time::Duration;

use ksef_types::ReferenceNumber;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::answer::Answer;
use crate::auth::{AuthenticationStatus, AuthenticationToken};
use crate::client::Client;
use crate::error::{ApiError, code};

/// How an authentication is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitPolicy {
    /// Before the first question; each next pause is twice as long.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// Altogether. Revocation checks can keep an authentication at 100 for a while.
    pub deadline: Duration,
    /// How often "not found" (21304) is taken for "not yet" before anything else was answered.
    pub not_yet_known: u32,
}

impl Default for WaitPolicy {
    fn default() -> Self {
        Self {
            first_pause: Duration::from_millis(300),
            longest_pause: Duration::from_secs(5),
            deadline: Duration::from_secs(300),
            not_yet_known: 8,
        }
    }
}

/// Why there is no outcome.
#[derive(Debug, Clone, thiserror::Error)]
pub enum WaitError {
    /// Asking failed.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// Still under way at the deadline.
    #[error("the authentication is still under way")]
    Deadline {
        /// The last answer; `None`: KSeF did not know the authentication yet.
        last: Option<Box<AuthenticationStatus>>,
    },
    /// The caller cancelled.
    #[error("cancelled")]
    Cancelled,
}

impl crate::error::CarriesApiError for WaitError {
    fn api_error(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Deadline { .. } | Self::Cancelled => None,
        }
    }
}

impl Client {
    /// Asks for an authentication until KSeF has decided. The answer may be a refusal: see its code.
    ///
    /// # Errors
    /// When asking fails for good, at the deadline, and when cancelled.
    pub async fn await_authentication(
        &self,
        reference: &ReferenceNumber,
        token: &AuthenticationToken,
        policy: &WaitPolicy,
        cancel: &CancellationToken,
    ) -> Result<Answer<AuthenticationStatus>, WaitError> {
        let mut wait = Wait { last: None, not_yet_left: policy.not_yet_known };
        let asking = wait.ask(self, reference, token, policy);
        let outcome = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(WaitError::Cancelled),
            outcome = tokio::time::timeout_at(Instant::now() + policy.deadline, asking) => outcome.unwrap_or(Err(WaitError::Deadline { last: None })),
        };
        match outcome {
            Err(WaitError::Deadline { .. }) => Err(WaitError::Deadline { last: wait.last.map(Box::new) }),
            other => other,
        }
    }
}

struct Wait {
    last: Option<AuthenticationStatus>,
    not_yet_left: u32,
}

impl Wait {
    async fn ask(
        &mut self,
        client: &Client,
        reference: &ReferenceNumber,
        token: &AuthenticationToken,
        policy: &WaitPolicy,
    ) -> Result<Answer<AuthenticationStatus>, WaitError> {
        let mut pause = policy.first_pause;
        loop {
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(policy.longest_pause);
            match client.authentication_status(reference, token).await {
                Ok(answer) if answer.status.is_under_way() => self.last = Some(answer.into_value()),
                Ok(answer) => return Ok(answer),
                Err(error) if self.is_not_yet(&error) => self.not_yet_left -= 1,
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn is_not_yet(&self, error: &ApiError) -> bool {
        self.last.is_none() && self.not_yet_left > 0 && error.has_code(code::NO_AUTHENTICATION)
    }
}
