//! Access tokens that are always fresh.

use std::fmt;
use std::future::Future;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::auth::{AccessToken, RefreshToken, Tokens};
use crate::client::Client;
use crate::error::{ApiError, CarriesApiError, ErrorKind};

/// Authenticates from the beginning: challenge, token or signature, waiting, redeeming.
#[async_trait]
pub trait Authenticator: Send + Sync {
    /// Why it did not work.
    type Error: std::error::Error + Send + Sync + 'static;

    /// A new pair of tokens.
    ///
    /// # Errors
    /// Whatever stood in the way; every task that waits for access gets this one error.
    async fn authenticate(&self) -> Result<Tokens, Self::Error>;
}

#[async_trait]
impl<A: Authenticator + ?Sized> Authenticator for Arc<A> {
    type Error = A::Error;

    async fn authenticate(&self) -> Result<Tokens, A::Error> {
        (**self).authenticate().await
    }
}

/// For a login that was made outside the program, by a signature that only a person can give: it cannot be made again,
/// so once it can no longer be refreshed the person has to sign again ([`AccessTokens::adopt`] takes the new one).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SignedOutside;

/// The access has ended, and only a new signature gives another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the access has ended: sign again")]
pub struct SignAgain;

#[async_trait]
impl Authenticator for SignedOutside {
    type Error = SignAgain;

    async fn authenticate(&self) -> Result<Tokens, SignAgain> {
        Err(SignAgain)
    }
}

/// Why there is no access, or what came of the work that had it.
#[derive(Debug)]
pub enum AccessError<E> {
    /// An operation failed.
    Api(ApiError),
    /// Authenticating failed; shared by all who waited for it.
    Authentication(Arc<E>),
}

/// The access of one company: tokens are renewed before they end, by one request however many tasks ask; any refusal
/// of a refresh leads to one new authentication. Nothing of a token is read but until when it is valid.
pub struct AccessTokens<A: Authenticator> {
    client: Client,
    authenticator: A,
    current: RwLock<Current>,
    renewal: Mutex<Renewal<A::Error>>,
}

#[derive(Default)]
struct Current {
    access: Option<AccessToken>,
    /// Counts the access tokens, and the times that one was given up.
    edition: u64,
    /// Counts the attempts at a new one, whatever came of them.
    attempts: u64,
    /// Renewing early failed; the token in hand is used until then without another attempt.
    calm_until: Option<Instant>,
}

/// A token and its edition.
type Granted<E> = Result<(AccessToken, u64), AccessError<E>>;

struct Renewal<E> {
    refresh: Option<RefreshToken>,
    /// Of the last attempt, if it failed.
    failure: Option<AccessError<E>>,
}

/// Renewed so long before the end: longer than a request takes.
const BEFORE_THE_END: TimeDelta = TimeDelta::seconds(60);
/// Between two attempts at renewing early.
const BETWEEN_ATTEMPTS: Duration = Duration::from_secs(10);

impl<A: Authenticator> AccessTokens<A> {
    /// No tokens yet: the first who asks authenticates.
    #[must_use]
    pub fn new(client: Client, authenticator: A) -> Self {
        let renewal = Mutex::new(Renewal { refresh: None, failure: None });
        Self { client, authenticator, current: RwLock::default(), renewal }
    }

    /// With tokens that are already there.
    #[must_use]
    pub fn with_tokens(client: Client, authenticator: A, tokens: Tokens) -> Self {
        let current = Current { access: Some(tokens.access), edition: 1, ..Current::default() };
        let renewal = Renewal { refresh: Some(tokens.refresh), failure: None };
        Self { client, authenticator, current: RwLock::new(current), renewal: Mutex::new(renewal) }
    }

    /// Takes over tokens that were got elsewhere, such as by a document that a person signed in another program: from
    /// now on they are used and refreshed, whatever was there before.
    pub async fn adopt(&self, tokens: Tokens) {
        let mut renewal = self.renewal.lock().await;
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        current.access = Some(tokens.access);
        current.edition += 1;
        current.attempts += 1;
        current.calm_until = None;
        renewal.refresh = Some(tokens.refresh);
        renewal.failure = None;
    }

    /// Until when the access can be renewed without authenticating, as far as that is known.
    pub async fn renewable_until(&self) -> Option<DateTime<Utc>> {
        self.renewal.lock().await.refresh.as_ref().map(RefreshToken::valid_until)
    }

    /// A token that is valid for a while.
    ///
    /// # Errors
    /// When neither refreshing nor authenticating gave one.
    pub async fn token(&self) -> Result<AccessToken, AccessError<A::Error>> {
        self.token_and_edition().await.map(|(token, _)| token)
    }

    /// Does `work` with a valid token. When KSeF does not accept the token after all (401: nothing was done), it is
    /// renewed and the work is done again, once.
    ///
    /// # Errors
    /// Those of `work`, and those of getting access.
    pub async fn with_access<T, E, F, Fut>(&self, work: F) -> Result<T, E>
    where
        F: Fn(AccessToken) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T, E>> + Send,
        E: From<AccessError<A::Error>> + CarriesApiError,
    {
        let (token, edition) = self.token_and_edition().await?;
        match work(token).await {
            Err(error) if is_unauthorized(&error) => {
                let (token, edition) = self.renewed_after(edition).await?;
                let outcome = work(token).await;
                if outcome.as_ref().err().is_some_and(is_unauthorized) {
                    self.give_up(edition).await;
                }
                outcome
            }
            outcome => outcome,
        }
    }

    /// Forgets all tokens: the next who asks authenticates anew.
    pub async fn forget(&self) {
        let edition = self.read().edition;
        self.give_up(edition).await;
    }

    async fn token_and_edition(&self) -> Granted<A::Error> {
        let attempts = match self.fresh() {
            Ok(fresh) => return Ok(fresh),
            Err(attempts) => attempts,
        };
        let mut renewal = self.renewal.lock().await;
        if let Some(outcome) = self.outcome_since(attempts, &renewal) {
            return outcome;
        }
        self.renew(&mut renewal, true).await
    }

    async fn renewed_after(&self, edition: u64) -> Granted<A::Error> {
        let attempts = self.read().attempts;
        let mut renewal = self.renewal.lock().await;
        if self.read().edition != edition
            && let Ok(fresh) = self.fresh()
        {
            return Ok(fresh);
        }
        if let Some(outcome) = self.outcome_since(attempts, &renewal) {
            return outcome;
        }
        self.renew(&mut renewal, false).await
    }

    /// What another task reached while this one waited for its turn.
    fn outcome_since(&self, attempts: u64, renewal: &Renewal<A::Error>) -> Option<Granted<A::Error>> {
        let current = self.read();
        if current.attempts == attempts {
            return None;
        }
        match &renewal.failure {
            Some(failure) => Some(Err(failure.clone())),
            None => current.access.clone().map(|token| Ok((token, current.edition))),
        }
    }

    /// One attempt; its outcome is for everyone who waits.
    async fn renew(&self, renewal: &mut Renewal<A::Error>, current_still_good: bool) -> Granted<A::Error> {
        let mut calm_until = None;
        let outcome = match (self.refreshed_or_authenticated(renewal).await, self.still_valid()) {
            // Renewing early failed for a passing reason: what is there still works for a moment.
            (Err(AccessError::Api(_)), Some(token)) if current_still_good => {
                calm_until = Some(Instant::now() + BETWEEN_ATTEMPTS);
                Ok(token)
            }
            (outcome, _) => outcome,
        };
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        current.attempts += 1;
        current.calm_until = calm_until;
        renewal.failure = outcome.as_ref().err().cloned();
        let token = outcome?;
        current.access = Some(token.clone());
        current.edition += 1;
        Ok((token, current.edition))
    }

    async fn refreshed_or_authenticated(
        &self,
        renewal: &mut Renewal<A::Error>,
    ) -> Result<AccessToken, AccessError<A::Error>> {
        let usable = renewal.refresh.clone().filter(|token| self.client.server_now() < token.valid_until());
        if let Some(refresh) = usable {
            match self.client.refresh(&refresh).await {
                Ok(answer) => return Ok(answer.into_value()),
                Err(error) if is_refusal(&error) => {
                    tracing::info!(error = %error, "refreshing was refused; authenticating anew");
                }
                Err(error) => return Err(AccessError::Api(error)),
            }
        }
        renewal.refresh = None;
        let tokens = self
            .authenticator
            .authenticate()
            .await
            .map_err(|error| AccessError::Authentication(Arc::new(error)))?;
        renewal.refresh = Some(tokens.refresh);
        Ok(tokens.access)
    }

    async fn give_up(&self, edition: u64) {
        let mut renewal = self.renewal.lock().await;
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if current.edition == edition {
            current.access = None;
            current.edition += 1;
            renewal.refresh = None;
        }
    }

    /// The token in hand if it is valid for a while, else the number of attempts so far.
    fn fresh(&self) -> Result<(AccessToken, u64), u64> {
        let current = self.read();
        let now = self.client.server_now();
        let calm = current.calm_until.is_some_and(|until| Instant::now() < until);
        let until = if calm { now } else { now + BEFORE_THE_END };
        match &current.access {
            Some(token) if until < token.valid_until() => Ok((token.clone(), current.edition)),
            _ => Err(current.attempts),
        }
    }

    fn still_valid(&self) -> Option<AccessToken> {
        let now = self.client.server_now();
        self.read().access.clone().filter(|token| now < token.valid_until())
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Current> {
        self.current.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// KSeF said no, in whatever form: 400 with 21301 or 21304, 401, 403, 410.
fn is_refusal(error: &ApiError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Refused(_) | ErrorKind::Unauthorized | ErrorKind::Forbidden { .. } | ErrorKind::Gone
    )
}

fn is_unauthorized<E: CarriesApiError>(error: &E) -> bool {
    error.api_error().is_some_and(|error| *error.kind() == ErrorKind::Unauthorized)
}

impl<E> Clone for AccessError<E> {
    fn clone(&self) -> Self {
        match self {
            Self::Api(error) => Self::Api(error.clone()),
            Self::Authentication(error) => Self::Authentication(Arc::clone(error)),
        }
    }
}

impl<E> From<ApiError> for AccessError<E> {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl<E> CarriesApiError for AccessError<E> {
    fn api_error(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Authentication(_) => None,
        }
    }
}

impl<E: fmt::Display> fmt::Display for AccessError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => fmt::Display::fmt(error, formatter),
            Self::Authentication(error) => write!(formatter, "authentication: {error}"),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for AccessError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Api(error) => Some(error),
            Self::Authentication(error) => Some(&**error),
        }
    }
}

impl<A: Authenticator> fmt::Debug for AccessTokens<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AccessTokens").field("client", &self.client).finish_non_exhaustive()
    }
}
