//! Waiting for what KSeF decides later: asked again and again, less and less often, until it is settled.

use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::answer::Answer;
use crate::auth::AuthenticationStatus;
use crate::error::ApiError;

/// How something is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitPolicy {
    /// Before the first question; each next pause is twice as long.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// Altogether. Revocation checks can keep an authentication at 100 for a while.
    pub deadline: Duration,
    /// How often "not found" is taken for "not yet" before anything else was answered.
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

/// Why there is no outcome. `S` is what KSeF answers about the thing that is waited for.
#[derive(Debug, Clone, thiserror::Error)]
pub enum WaitError<S = AuthenticationStatus> {
    /// Asking failed.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// Still under way at the deadline. It may be waited for again: nothing was lost.
    #[error("it is still under way")]
    Deadline {
        /// The last answer; `None`: KSeF did not know it yet.
        last: Option<Box<S>>,
    },
    /// The caller cancelled; KSeF goes on with it.
    #[error("cancelled")]
    Cancelled,
}

impl<S> crate::error::CarriesApiError for WaitError<S> {
    fn api_error(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Deadline { .. } | Self::Cancelled => None,
        }
    }
}

/// What is waited for.
pub(crate) trait Settles {
    /// Refusals that mean "not yet" as long as nothing else was answered.
    const NOT_YET: &'static [i32];

    /// Whether KSeF is still at work on it.
    fn is_under_way(&self) -> bool;
}

/// Asks until it is settled.
pub(crate) async fn until_settled<S, F, Fut>(
    policy: &WaitPolicy,
    cancel: &CancellationToken,
    ask: F,
) -> Result<Answer<S>, WaitError<S>>
where
    S: Settles,
    F: Fn() -> Fut,
    Fut: Future<Output = Result<Answer<S>, ApiError>>,
{
    let mut wait = Wait { last: None, not_yet_left: policy.not_yet_known };
    let outcome = tokio::select! {
        biased;
        () = cancel.cancelled() => return Err(WaitError::Cancelled),
        outcome = tokio::time::timeout_at(Instant::now() + policy.deadline, wait.ask(policy, ask)) => outcome,
    };
    match outcome {
        Ok(outcome) => outcome.map_err(WaitError::Api),
        Err(_) => Err(WaitError::Deadline { last: wait.last.map(Box::new) }),
    }
}

struct Wait<S> {
    last: Option<S>,
    not_yet_left: u32,
}

impl<S: Settles> Wait<S> {
    async fn ask<F, Fut>(&mut self, policy: &WaitPolicy, ask: F) -> Result<Answer<S>, ApiError>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<Answer<S>, ApiError>>,
    {
        let mut pause = policy.first_pause;
        loop {
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(policy.longest_pause);
            match ask().await {
                Ok(answer) if answer.is_under_way() => self.last = Some(answer.into_value()),
                Ok(answer) => return Ok(answer),
                Err(error) if self.is_not_yet(&error) => self.not_yet_left -= 1,
                Err(error) => return Err(error),
            }
        }
    }

    fn is_not_yet(&self, error: &ApiError) -> bool {
        let not_yet = S::NOT_YET.iter().any(|code| error.has_code(*code));
        self.last.is_none() && self.not_yet_left > 0 && not_yet
    }
}
