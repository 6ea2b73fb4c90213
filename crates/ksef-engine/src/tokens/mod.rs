//! Tokens of a company in KSeF: made, listed, revoked.

use chrono::{DateTime, Utc};
use ksef_api::{
    Answer, ContinuationToken, Description, InvalidText, KsefTokenInfo, KsefTokenState, KsefTokensQuery,
    MakeKsefToken, Permission, WaitError,
};
use ksef_archive::{ArchiveError, KnownToken, TokenState as ArchivedState};
use ksef_types::{Environment, Nip, ReferenceNumber, SecretText};
use tokio_util::sync::CancellationToken;

use crate::connect::{Login, reason_of};
use crate::engine::Scope;
use crate::journal::{Act, Deed};
use crate::permissions::Party;
use crate::{ConnectionFailure, Engine, EngineError, TokenProblem};

/// Which tokens.
#[derive(Debug, Clone, Default)]
pub struct TokensWanted {
    /// In these states; all where empty.
    pub states: Vec<TokenState>,
    /// With this in their description, at least three characters; shorter texts do not narrow.
    pub description: Option<String>,
    /// From the page before.
    pub next: Option<String>,
}

/// A page of tokens.
#[derive(Debug, Clone)]
pub struct TokensPage {
    /// The newest first.
    pub rows: Vec<TokenRecord>,
    /// Hand it back for the next page.
    pub next: Option<String>,
}

/// What KSeF knows of a token.
#[derive(Debug, Clone)]
pub struct TokenRecord {
    /// By which KSeF knows it.
    pub reference_number: ReferenceNumber,
    /// What for, in the words of who made it.
    pub description: String,
    /// Who made it.
    pub author: Party,
    /// What it may, as the contract names it.
    pub permissions: Vec<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used.
    pub last_use: Option<DateTime<Utc>>,
    /// How it stands.
    pub state: TokenState,
    /// KSeF's words about a failure.
    pub details: Vec<String>,
    /// It is the one in this company's keychain entry.
    pub held: bool,
}

/// State of a token in KSeF. Source: OpenAPI `AuthenticationTokenStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenState {
    /// Being made.
    Pending,
    /// It works.
    Active,
    /// Being revoked.
    Revoking,
    /// Revoked.
    Revoked,
    /// Could not be made.
    Failed,
    /// A state that came since.
    Other,
}

/// What making a token gave. Its text is KSeF's only answer of it.
#[derive(Debug)]
pub struct TokenMade {
    /// By which KSeF knows it.
    pub reference_number: ReferenceNumber,
    /// The token itself.
    pub text: SecretText,
    /// It is in the keychain entry of the company.
    pub kept: bool,
    /// Why it is not there, although it should be. The token exists all the same.
    pub not_kept: Option<TokenProblem>,
    /// How it stands now.
    pub state: TokenState,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// 5 to 256 characters.
    pub description: String,
    /// As the contract names them.
    pub permissions: Vec<String>,
    /// Put it straight into the keychain of this company.
    pub keep_for: Option<Nip>,
}

/// Why no token was made.
#[derive(Debug, thiserror::Error)]
pub enum TokenRefused {
    /// The description is too short, too long, or holds what it must not.
    #[error(transparent)]
    Description(#[from] InvalidText),
    /// No permission was chosen: such a token could do nothing.
    #[error("a token needs a permission")]
    NoPermission,
    /// A permission that tokens cannot have.
    #[error("no permission of tokens: {0}")]
    UnknownPermission(String),
    /// A token works in the company in which it was made, and in no other.
    #[error("a token of {made_in} does not work for {wanted}")]
    OtherCompany {
        /// Where it would be made.
        made_in: Nip,
        /// For whom it should be kept.
        wanted: Nip,
    },
    /// KSeF could not be asked, or refused.
    #[error(transparent)]
    Connection(#[from] ConnectionFailure),
    /// The archive failed, or the company is unknown.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

const PAGE: u32 = 50;
/// KSeF looks for a part of a description from here on.
const SHORTEST_PART: usize = 3;

impl Engine {
    /// Tokens as KSeF lists them: all of the company with the right to see permissions, else one's own.
    ///
    /// # Errors
    /// When KSeF cannot be asked.
    pub async fn tokens(
        &self,
        nip: Nip,
        environment: Environment,
        wanted: &TokensWanted,
    ) -> Result<TokensPage, ConnectionFailure> {
        let scope = Scope::new(nip, environment);
        let description = wanted.description.as_deref().map(str::trim);
        let query = KsefTokensQuery {
            states: wanted.states.iter().filter_map(|state| state.in_contract()).collect(),
            description: description.filter(|text| text.chars().count() >= SHORTEST_PART).map(str::to_owned),
            page_size: PAGE,
            ..KsefTokensQuery::all()
        };
        let next = wanted.next.clone().map(ContinuationToken);
        let page = self
            .ask(scope, |client, token| {
                let (query, next) = (query.clone(), next.clone());
                async move { client.tokens(&token, &query, next.as_ref()).await }
            })
            .await?;
        let held = self.held_token(scope);
        let rows: Vec<_> =
            page.tokens.into_iter().map(|info| TokenRecord::of(info, held.as_deref())).collect();
        self.note_tokens(scope, &rows);
        Ok(TokensPage { rows, next: page.continuation_token.map(|token| token.0) })
    }

    /// Makes a token, waits until it works, and puts it straight into the keychain where that was asked for.
    ///
    /// # Errors
    /// See [`TokenRefused`]. A keychain that refuses is told in the answer: the token exists, and its text is there.
    pub async fn make_token(
        &self,
        nip: Nip,
        environment: Environment,
        wish: &NewToken,
    ) -> Result<TokenMade, TokenRefused> {
        let request = read(wish)?;
        if let Some(wanted) = wish.keep_for.filter(|wanted| *wanted != nip) {
            return Err(TokenRefused::OtherCompany { made_in: nip, wanted });
        }
        self.company(nip)?;
        let scope = Scope::new(nip, environment);
        let deed = Deed::of(Act::TokenMade, nip, environment).with("permissions", wish.permissions.join(" "));
        let made = self
            .ask(scope, |client, token| {
                let request = request.clone();
                async move { client.make_token(&token, &request).await }
            })
            .await;
        let made = match made {
            Ok(made) => made,
            Err(failure) => {
                self.record(deed.failed(reason_of(&failure)));
                return Err(failure.into());
            }
        };
        self.record(deed.object(made.reference_number.as_str()));
        // Kept before it is waited for: what comes in between must not lose it.
        let not_kept = match wish.keep_for {
            Some(_) => self.keep_made(nip, environment, &made.token).await?,
            None => None,
        };
        Ok(TokenMade {
            kept: wish.keep_for.is_some() && not_kept.is_none(),
            state: self.settled_token(scope, &made.reference_number).await,
            reference_number: made.reference_number,
            text: made.token,
            not_kept,
        })
    }

    /// "Unieważnij token", followed to its end. One's own login by that token ends with it.
    ///
    /// # Errors
    /// When KSeF cannot be asked, or refuses.
    pub async fn revoke_token(
        &self,
        nip: Nip,
        environment: Environment,
        reference: &ReferenceNumber,
    ) -> Result<TokenState, ConnectionFailure> {
        let scope = Scope::new(nip, environment);
        let deed = Deed::of(Act::TokenRevoked, nip, environment).object(reference.as_str());
        let revoked = self
            .ask(scope, |client, token| async move { client.revoke_token(&token, reference).await })
            .await;
        if let Err(failure) = revoked {
            self.record(deed.failed(reason_of(&failure)));
            return Err(failure);
        }
        self.record(deed);
        let state = match self.settled_token(scope, reference).await {
            // It was asked about before KSeF began, or could not be asked about.
            TokenState::Active | TokenState::Pending => TokenState::Revoking,
            state => state,
        };
        if self.held_token(scope).as_deref() == Some(reference.as_str()) {
            self.forget_login(scope);
        }
        Ok(state)
    }

    async fn keep_made(
        &self,
        nip: Nip,
        environment: Environment,
        text: &SecretText,
    ) -> Result<Option<TokenProblem>, EngineError> {
        // Exposed to be handed to the keychain; the caller keeps its own to show it.
        let copy = SecretText::from(text.expose().to_owned());
        let kept = self.paste_token(nip, environment, copy).await?;
        Ok(kept.overview.token.problem.or_else(|| kept.overview.keychain.map(TokenProblem::Keychain)))
    }

    async fn settled_token(&self, scope: Scope, reference: &ReferenceNumber) -> TokenState {
        match self.wait_for_token(scope, reference).await {
            Ok(state) => state,
            Err(failure) => {
                tracing::info!(%failure, "how the token stands could not be asked");
                TokenState::Pending
            }
        }
    }

    async fn wait_for_token(
        &self,
        scope: Scope,
        reference: &ReferenceNumber,
    ) -> Result<TokenState, ConnectionFailure> {
        let login = self.login(scope).map_err(|cause| self.failure(cause, None, None))?;
        let info = match self.await_token(scope, &login, reference).await? {
            Some(info) => info.into_value(),
            None => return Ok(TokenState::Pending),
        };
        let record = TokenRecord::of(info, self.held_token(scope).as_deref());
        self.note_tokens(scope, std::slice::from_ref(&record));
        Ok(record.state)
    }

    /// Nothing where KSeF is still at it.
    async fn await_token(
        &self,
        scope: Scope,
        login: &Login,
        reference: &ReferenceNumber,
    ) -> Result<Option<Answer<KsefTokenInfo>>, ConnectionFailure> {
        let token = login.access.token().await.map_err(|error| self.explain(scope, login, &error.into()))?;
        let policy = self.shared.tuning.operation;
        match login.client.await_token(&token, reference, &policy, &CancellationToken::new()).await {
            Ok(info) => Ok(Some(info)),
            Err(WaitError::Deadline { .. } | WaitError::Cancelled) => Ok(None),
            Err(WaitError::Api(error)) => Err(self.explain_api(scope, login, error)),
        }
    }

    fn held_token(&self, scope: Scope) -> Option<String> {
        let note = self.note(scope, ksef_archive::NoteSlot::Token).unwrap_or_else(|error| {
            tracing::warn!(%error, "the note on the token could not be read");
            None
        });
        note?.reference_number
    }

    /// What is known of tokens is worth less than the list that was asked for.
    fn note_tokens(&self, scope: Scope, rows: &[TokenRecord]) {
        let seen_at = self.now();
        let noted = self.archive().write::<_, ArchiveError>(|tables| {
            for row in rows {
                let Some(state) = row.state.archived() else { continue };
                tables.known_tokens_mut().seen(
                    scope.company,
                    scope.environment,
                    &KnownToken {
                        reference_number: row.reference_number.clone(),
                        description: row.description.clone(),
                        permissions: row.permissions.clone(),
                        author: Some(row.author.identifier.clone()),
                        state,
                        created_at: row.created_at,
                        last_used_at: row.last_use,
                        seen_at,
                    },
                )?;
            }
            Ok(())
        });
        if let Err(error) = noted {
            tracing::warn!(%error, "what is known of tokens was not noted");
        }
    }
}

fn read(wish: &NewToken) -> Result<MakeKsefToken, TokenRefused> {
    let description: Description = wish.description.parse()?;
    if wish.permissions.is_empty() {
        return Err(TokenRefused::NoPermission);
    }
    let known = |name: &String| {
        let found = Permission::ALL.iter().find(|permission| permission.as_str() == name);
        found.copied().ok_or_else(|| TokenRefused::UnknownPermission(name.clone()))
    };
    let permissions = wish.permissions.iter().map(known).collect::<Result<_, _>>()?;
    Ok(MakeKsefToken { permissions, description })
}

impl TokenRecord {
    fn of(info: KsefTokenInfo, held: Option<&str>) -> Self {
        let mut permissions: Vec<String> =
            info.requested_permissions.iter().map(|one| one.as_str().to_owned()).collect();
        // KSeF keeps no order.
        permissions.sort_unstable();
        Self {
            held: held == Some(info.reference_number.as_str()),
            reference_number: info.reference_number,
            description: info.description,
            author: Party::of(&info.author_identifier),
            permissions,
            created_at: info.date_created,
            last_use: info.last_use_date,
            state: TokenState::of(&info.status),
            details: info.status_details,
        }
    }
}

impl TokenState {
    pub(crate) fn of(state: &KsefTokenState) -> Self {
        match state {
            KsefTokenState::Pending => Self::Pending,
            KsefTokenState::Active => Self::Active,
            KsefTokenState::Revoking => Self::Revoking,
            KsefTokenState::Revoked => Self::Revoked,
            KsefTokenState::Failed => Self::Failed,
            KsefTokenState::Other(_) => Self::Other,
        }
    }

    fn in_contract(self) -> Option<KsefTokenState> {
        Some(match self {
            Self::Pending => KsefTokenState::Pending,
            Self::Active => KsefTokenState::Active,
            Self::Revoking => KsefTokenState::Revoking,
            Self::Revoked => KsefTokenState::Revoked,
            Self::Failed => KsefTokenState::Failed,
            Self::Other => return None,
        })
    }

    const fn archived(self) -> Option<ArchivedState> {
        Some(match self {
            Self::Pending => ArchivedState::Pending,
            Self::Active => ArchivedState::Active,
            Self::Revoking => ArchivedState::Revoking,
            Self::Revoked => ArchivedState::Revoked,
            Self::Failed => ArchivedState::Failed,
            Self::Other => return None,
        })
    }
}
