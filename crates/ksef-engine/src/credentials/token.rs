use chrono::NaiveDate;
use ksef_archive::{CredentialNote, NoteSlot};
use ksef_types::{ContextIdentifier, Environment, KsefToken, Nip, SecretText, TOKENS_LAST_DAY};
use ksef_vault::{Held, Holding, Slot};

use crate::engine::{Scope, locked};
use crate::{Act, Deed, Engine, EngineError, KeychainProblem, TokenOverview, TokenPasted, TokenProblem};

/// The last day on which tokens work; `None` if it were called off.
pub(crate) const TOKENS_END: Option<NaiveDate> = Some(TOKENS_LAST_DAY);

impl Engine {
    /// Takes a pasted token, drops white space in it, and saves it when it is one of this company.
    ///
    /// # Errors
    /// When the archive fails, or the company is unknown.
    pub async fn paste_token(
        &self,
        nip: Nip,
        environment: Environment,
        pasted: SecretText,
    ) -> Result<TokenPasted, EngineError> {
        let scope = Scope::new(nip, environment);
        self.blocking(move |engine| {
            engine.company(nip)?;
            let context = engine.context(scope)?;
            // Exposed to be read.
            let token = KsefToken::parse(pasted.expose());
            let in_token = token.as_ref().ok().and_then(KsefToken::nip);
            let kept = token.map_err(TokenProblem::from).and_then(|token| {
                for_company(&token, nip, &context)?;
                engine.keep_token(scope, &token)
            });
            let problem = match kept {
                Ok(note) => {
                    engine.credential_changed(scope);
                    engine.put_note(scope, NoteSlot::Token, &note)?;
                    let deed = Deed::of(Act::TokenPasted, nip, environment);
                    engine.record(deed.object(note.reference_number.unwrap_or_default()));
                    None
                }
                Err(problem) => Some(problem),
            };
            engine.set_token_problem(scope, problem);
            Ok(TokenPasted { nip: in_token, overview: engine.overview(scope)? })
        })
        .await
    }

    /// Reads which company a pasted token belongs to, for the dialog that adds a company. Keeps nothing.
    ///
    /// # Errors
    /// Says what the text is instead of a token.
    pub fn company_of_token(pasted: &SecretText) -> Result<Nip, TokenProblem> {
        // Exposed to be read.
        let token = KsefToken::parse(pasted.expose())?;
        match token.context() {
            ContextIdentifier::Nip(nip) => Ok(*nip),
            _ => Err(TokenProblem::Unit),
        }
    }

    pub(crate) fn token_overview(
        &self,
        scope: Scope,
        held: Option<Held>,
    ) -> Result<TokenOverview, EngineError> {
        let note = self.note(scope, NoteSlot::Token)?;
        let holding = held.map_or(if note.is_some() { Holding::Whole } else { Holding::Nothing }, |held| {
            held.in_slot(Slot::Token)
        });
        let saved = holding != Holding::Nothing;
        let damaged =
            (holding == Holding::Damaged).then_some(TokenProblem::Keychain(KeychainProblem::Damaged));
        let reference_number = note.and_then(|note| note.reference_number?.parse().ok()).filter(|_| saved);
        Ok(TokenOverview {
            saved,
            reference_number,
            works_until: TOKENS_END,
            problem: locked(&self.shared.token_problems).get(&scope).copied().or(damaged),
        })
    }

    pub(crate) fn set_token_problem(&self, scope: Scope, problem: Option<TokenProblem>) {
        let mut problems = locked(&self.shared.token_problems);
        match problem {
            Some(problem) => problems.insert(scope, problem),
            None => problems.remove(&scope),
        };
    }

    fn keep_token(&self, scope: Scope, token: &KsefToken) -> Result<CredentialNote, TokenProblem> {
        self.parts().vault.store_token(&scope.key(Slot::Token), token).map_err(KeychainProblem::from)?;
        Ok(CredentialNote {
            certificate: None,
            subject: None,
            serial: None,
            typed_serial: None,
            not_after: None,
            reference_number: Some(token.reference_number().to_string()),
            stored_at: self.now(),
        })
    }
}

/// A token works in the name in which it was made.
fn for_company(token: &KsefToken, company: Nip, context: &ContextIdentifier) -> Result<(), TokenProblem> {
    match token.context() {
        of if of == context => Ok(()),
        ContextIdentifier::Nip(nip) if *nip == company => Ok(()),
        ContextIdentifier::Nip(nip) => Err(TokenProblem::OtherCompany(*nip)),
        _ => Err(TokenProblem::Unit),
    }
}
