use std::sync::Arc;

use ksef_api::{AuthenticationStarted, RetryKind, Tokens, WaitError, WaitPolicy, XadesOptions};
use ksef_crypto::signed_request::SignedRequest;
use tokio_util::sync::CancellationToken;

use super::state::{SigningStep, WaitedFor};
use crate::connect::{Login, LoginFacts, LoginFailure, NoAccess, SignedBy};
use crate::engine::{Scope, locked};
use crate::{Act, ConnectionCause, Deed, Engine, EngineEvent};

/// A document that is ready to be sent, and who signed it.
pub(super) struct Ready {
    pub(super) document: Vec<u8>,
    pub(super) facts: LoginFacts,
    /// Who made the signature.
    pub(super) by: SignedBy,
}

impl Engine {
    /// Sends the signed copy of the request that waits, unchanged, and follows it to its end; nothing where it waits no
    /// more.
    pub(super) fn send_signed(&self, scope: Scope, document: Vec<u8>, signed: SignedRequest, by: SignedBy) {
        let Some((number, waited_for, stop)) = self.take_waiting(scope) else { return };
        let facts = LoginFacts::of_signer(signed.signer(), signed.subject(), by);
        let ready = Ready { document, facts, by };
        self.follow(scope, number, Arc::clone(&waited_for.login), ready, Some(waited_for), stop);
    }

    /// Sends a signed document and follows it, in the background.
    pub(super) fn follow(
        &self,
        scope: Scope,
        number: u64,
        login: Arc<Login>,
        ready: Ready,
        waited_for: Option<Arc<WaitedFor>>,
        stop: CancellationToken,
    ) {
        *locked(&login.facts) = ready.facts.clone();
        self.change_signing(scope, number, |status| {
            status.step = SigningStep::Sending;
            status.signed_by = Some(ready.by);
            status.signer.clone_from(&ready.facts.subject);
            status.fingerprint = ready.facts.known_by;
            status.refused_file = None;
            status.failure = None;
        });
        let engine = self.clone();
        tokio::spawn(async move {
            let outcome = tokio::select! {
                () = stop.cancelled() => return,
                outcome = engine.log_in(scope, number, &login, &ready) => outcome,
            };
            if let Some(waited_for) = waited_for {
                waited_for.file.tidy_up();
            }
            match outcome {
                Ok(tokens) => engine.signed_in(scope, number, &login, tokens).await,
                Err(failure) => engine.not_signed_in(scope, number, &login, failure),
            }
        });
    }

    async fn log_in(
        &self,
        scope: Scope,
        number: u64,
        login: &Login,
        ready: &Ready,
    ) -> Result<Tokens, LoginFailure> {
        // The strict checks are asked for only where the form of the signature is ours.
        let options = XadesOptions { strict: ready.by.is_ours(), ..XadesOptions::default() };
        let started = login.client.authenticate_by_xades(&ready.document, options).await?;
        login.heard(started.warnings());
        let started = started.into_value();
        let since = self.now();
        self.change_signing(scope, number, |status| {
            status.step = SigningStep::Checking;
            status.checking_since = Some(since);
        });
        self.until_decided(login, &started).await?;
        let tokens = login.client.redeem(&started.authentication_token).await?;
        login.heard(tokens.warnings());
        Ok(tokens.into_value())
    }

    /// Asks patiently: revocation checks can take minutes, and the network may be away for a moment meanwhile.
    async fn until_decided(
        &self,
        login: &Login,
        started: &AuthenticationStarted,
    ) -> Result<(), LoginFailure> {
        let policy: WaitPolicy = self.shared.tuning.signing;
        let never = CancellationToken::new();
        let asking = async {
            loop {
                let asked = login.client.await_authentication(
                    &started.reference_number,
                    &started.authentication_token,
                    &policy,
                    &never,
                );
                match asked.await {
                    Ok(status) if status.status.is_done() => return Ok(()),
                    Ok(status) => return Err(LoginFailure::Refused(status.status.clone())),
                    Err(WaitError::Api(error)) => match error.retry() {
                        RetryKind::Transient { after } => {
                            tokio::time::sleep(after.unwrap_or(policy.longest_pause)).await;
                        }
                        RetryKind::Permanent | RetryKind::Unknown => return Err(error.into()),
                    },
                    Err(WaitError::Deadline { .. } | WaitError::Cancelled) => {
                        return Err(LoginFailure::Local(ConnectionCause::StillChecking));
                    }
                }
            }
        };
        tokio::time::timeout(policy.deadline, asking)
            .await
            .unwrap_or(Err(LoginFailure::Local(ConnectionCause::StillChecking)))
    }

    async fn signed_in(&self, scope: Scope, number: u64, login: &Arc<Login>, tokens: Tokens) {
        let Scope { company, environment } = scope;
        locked(&login.facts).valid_until = Some(tokens.refresh.valid_until());
        login.access.adopt(tokens).await;
        // Called off in the meantime: the login is not used.
        if !self.change_signing(scope, number, |_| {}) {
            return;
        }
        self.adopt_login(scope, login);
        let facts = locked(&login.facts).clone();
        let deed = Deed::of(Act::SignedIn, company, environment);
        self.record(deed.object(facts.identifier.unwrap_or_default()));
        let report = self.check_connection(company, environment).await;
        self.change_signing(scope, number, |status| {
            status.step = SigningStep::Connected;
            status.report = report.ok();
        });
        self.shared.queued.notify_waiters();
        self.take_up_enrolments(scope);
        self.tell(EngineEvent::Credential { company, environment });
    }

    fn not_signed_in(&self, scope: Scope, number: u64, login: &Login, failure: LoginFailure) {
        let Scope { company, environment } = scope;
        let failure = self.explain(scope, login, &NoAccess::Login(Arc::new(failure)));
        let told = self.change_signing(scope, number, |status| {
            status.step = SigningStep::Refused;
            status.failure = Some(failure.clone());
        });
        if told {
            let identifier = locked(&login.facts).identifier.clone().unwrap_or_default();
            let deed = Deed::of(Act::SignedIn, company, environment).object(identifier);
            self.record(deed.failed(failure.cause.name()));
        }
    }
}
