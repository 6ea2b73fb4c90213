//! "Tokeny".

use ksef_engine as engine;
use ksef_types::{Nip, ReferenceNumber};

use super::to_view::same;
use super::{App, AppEvent, read_nip};
use crate::views::{ChangedPart, NewToken, Scope, TokenFilter, TokenMade, TokenRow, TokenState, TokensPage};
use crate::{NextStep, Problem, problems};

impl App {
    /// Tokens as KSeF lists them.
    ///
    /// # Errors
    /// When KSeF cannot be asked, or refuses.
    pub async fn tokens(&self, scope: &Scope, filter: TokenFilter) -> Result<TokensPage, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let wanted = engine::TokensWanted {
            states: filter.states.into_iter().map(Into::into).collect(),
            description: filter.description,
            next: filter.next,
        };
        let page = self.engine.tokens(nip, environment, &wanted).await;
        let page = page.map_err(|failure| problems::operation(&failure, nip))?;
        Ok(TokensPage { rows: page.rows.into_iter().map(Into::into).collect(), next: page.next })
    }

    /// "Utwórz token": its text goes where it can be shown once, and into the keychain where that was asked for.
    ///
    /// # Errors
    /// When something in the form is wrong, or KSeF refuses. A keychain that refuses is told in the answer: the token
    /// exists, and its text can still be copied.
    pub async fn make_token(&self, scope: &Scope, wish: NewToken) -> Result<TokenMade, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let keep_for: Option<Nip> = wish.keep_for.as_deref().map(read_nip).transpose()?;
        let wish =
            engine::NewToken { description: wish.description, permissions: wish.permissions, keep_for };
        let made = self.engine.make_token(nip, environment, &wish).await;
        let made = made.map_err(|refused| problems::token_refused(&refused, nip))?;
        self.changed(ChangedPart::Credentials, scope);
        Ok(TokenMade {
            reference_number: made.reference_number.to_string(),
            text: self.once.put(made.text),
            kept_for: keep_for.filter(|_| made.kept).map(|nip| nip.to_string()),
            state: made.state.into(),
            not_kept: made.not_kept.map(problems::token),
        })
    }

    /// "Unieważnij token".
    ///
    /// # Errors
    /// When KSeF cannot be asked, or refuses.
    pub async fn revoke_token(&self, scope: &Scope, reference_number: &str) -> Result<TokenState, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let reference: ReferenceNumber = read_reference(reference_number)?;
        let state = self.engine.revoke_token(nip, environment, &reference).await;
        let state = state.map_err(|failure| problems::operation(&failure, nip))?;
        self.changed(ChangedPart::Credentials, scope);
        Ok(state.into())
    }

    /// Something that is shown changed; who shows it asks again.
    pub(super) fn changed(&self, part: ChangedPart, scope: &Scope) {
        self.tell(AppEvent::PartChanged { part, scope: Some(scope.clone()) });
    }
}

/// A number of KSeF's, as a front handed it back.
pub(super) fn read_reference(text: &str) -> Result<ReferenceNumber, Problem> {
    text.parse().map_err(|_| Problem::new("ksef.reference", NextStep::CorrectField).with("number", text))
}

same! {
    engine::TokenState => TokenState { Pending, Active, Revoking, Revoked, Failed, Other }
    TokenState => engine::TokenState { Pending, Active, Revoking, Revoked, Failed, Other }
}

impl From<engine::TokenRecord> for TokenRow {
    fn from(record: engine::TokenRecord) -> Self {
        Self {
            reference_number: record.reference_number.to_string(),
            description: record.description,
            author: record.author.identifier,
            permissions: record.permissions,
            created_at: record.created_at.to_rfc3339(),
            last_use: record.last_use.map(|at| at.to_rfc3339()),
            state: record.state.into(),
            details: record.details,
            held: record.held,
        }
    }
}
