use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use ksef_api::{
    AccessError, AccessToken, AccessTokens, ApiError, AuthenticationStarted, Authenticator, CarriesApiError,
    Client, ClientConfig, KeyRing, KeyUsage, RetryKind, StatusInfo, SystemWarning, TokenAuthentication,
    Tokens, WaitError, XadesOptions,
};
use ksef_crypto::signed_request::Signer;
use ksef_crypto::xades::{self, AuthTokenRequest, SubjectIdentifierType};
use ksef_crypto::{Certificate, Credential, MinistryKey, Owner, Purpose};
use ksef_types::{ApiAddress, ContextIdentifier, Fingerprint, KsefToken, ReferenceNumber, SecretBytes};
use ksef_vault::Slot;
use tokio_util::sync::CancellationToken;

use crate::engine::{Scope, locked};
use crate::{
    ConnectionCause, ConnectionMethod, CredentialProblem, Engine, KeychainProblem, SignedBy, Tuning,
    connect::cause_of,
};

/// KSeF's code for a challenge that is used up, too old or unknown.
const CHALLENGE_REFUSED: i32 = 21111;

/// The access of one company in one environment, for as long as the program runs. Its tokens are in memory only.
pub(crate) struct Login {
    /// In whose name: the company's NIP, or what was chosen for it.
    pub(crate) context: ContextIdentifier,
    pub(crate) client: Client,
    pub(crate) keys: Arc<KeyRing>,
    pub(crate) access: AccessTokens<Door>,
    pub(crate) facts: Arc<Mutex<LoginFacts>>,
    limits_asked: AtomicBool,
}

/// What is known about the login that is in use; nothing of it is secret.
#[derive(Debug, Clone, Default)]
pub(crate) struct LoginFacts {
    pub(crate) method: Option<ConnectionMethod>,
    /// Who the certificate names.
    pub(crate) owner: Option<Owner>,
    pub(crate) subject: Option<String>,
    /// The certificate's serial number, or the token's reference number.
    pub(crate) identifier: Option<String>,
    pub(crate) issuer: Option<String>,
    pub(crate) self_signed: bool,
    /// The certificate's fingerprint, where KSeF was to know the signer by it.
    pub(crate) known_by: Option<Fingerprint>,
    pub(crate) token: Option<ReferenceNumber>,
    /// Why the certificate was not used.
    pub(crate) unusable: Option<CredentialProblem>,
    pub(crate) valid_until: Option<chrono::DateTime<chrono::Utc>>,
    pub(crate) warnings: Vec<SystemWarning>,
}

/// Why a login was not had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoginFailure {
    #[error(transparent)]
    Api(#[from] ApiError),
    /// KSeF decided against it.
    #[error("the login was refused with {}", .0.code)]
    Refused(StatusInfo),
    /// Nothing was sent, or nothing more can be said.
    #[error("{0}")]
    Local(ConnectionCause),
}

impl CarriesApiError for LoginFailure {
    fn api_error(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Refused(_) | Self::Local(_) => None,
        }
    }
}

/// An operation failed, or there was no access for it.
#[derive(Debug, Clone)]
pub(crate) enum NoAccess {
    Api(ApiError),
    Login(Arc<LoginFailure>),
    Local(ConnectionCause),
}

impl From<ApiError> for NoAccess {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<AccessError<LoginFailure>> for NoAccess {
    fn from(error: AccessError<LoginFailure>) -> Self {
        match error {
            AccessError::Api(error) => Self::Api(error),
            AccessError::Authentication(failure) => Self::Login(failure),
        }
    }
}

impl CarriesApiError for NoAccess {
    fn api_error(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Login(_) | Self::Local(_) => None,
        }
    }
}

impl Engine {
    /// The access of a company, made when it is first asked for; nothing is sent here.
    pub(crate) fn login(&self, scope: Scope) -> Result<Arc<Login>, ConnectionCause> {
        let address = self.parts().addresses.api(scope.environment).ok_or(ConnectionCause::NotRunning)?;
        let mut logins = locked(&self.shared.logins);
        if let Some(login) = logins.get(&scope)
            && *login.client.address() == address
        {
            return Ok(Arc::clone(login));
        }
        let login = Arc::new(self.new_login(scope, address, None)?);
        logins.insert(scope, Arc::clone(&login));
        Ok(login)
    }

    /// An access that is tried with a credential which is not (yet) the company's own. It belongs to nobody until
    /// [`Self::adopt_login`].
    pub(crate) fn login_with(
        &self,
        scope: Scope,
        credential: Arc<Credential>,
    ) -> Result<Arc<Login>, ConnectionCause> {
        let address = self.parts().addresses.api(scope.environment).ok_or(ConnectionCause::NotRunning)?;
        self.new_login(scope, address, Some(credential)).map(Arc::new)
    }

    /// An access that belongs to nobody yet, for a signature that is being made elsewhere.
    pub(crate) fn empty_login(&self, scope: Scope) -> Result<Arc<Login>, ConnectionCause> {
        let address = self.parts().addresses.api(scope.environment).ok_or(ConnectionCause::NotRunning)?;
        self.new_login(scope, address, None).map(Arc::new)
    }

    /// The access becomes the company's: from here on it is renewed with what the keychain has.
    pub(crate) fn adopt_login(&self, scope: Scope, login: &Arc<Login>) {
        locked(&self.shared.logins).insert(scope, Arc::clone(login));
    }

    fn new_login(
        &self,
        scope: Scope,
        address: ApiAddress,
        lent: Option<Arc<Credential>>,
    ) -> Result<Login, ConnectionCause> {
        let context = self.context(scope).map_err(|error| {
            tracing::error!(%error, "the context of a company could not be read");
            ConnectionCause::Archive
        })?;
        let budget = self.shared.budgets.budget(&address, &context);
        let mut config = ClientConfig::new(address, budget, Arc::clone(&self.parts().clock));
        let Tuning { timeouts, repeats, .. } = self.shared.tuning;
        (config.timeouts, config.repeats) = (timeouts, repeats);
        let client = Client::new(config).map_err(|error| cause_of(&error, self.now()))?;
        Ok(Login::new(self.clone(), scope, context, client, lent))
    }
}

impl Login {
    fn new(
        engine: Engine,
        scope: Scope,
        context: ContextIdentifier,
        client: Client,
        lent: Option<Arc<Credential>>,
    ) -> Self {
        let keys = Arc::new(KeyRing::new(client.clone()));
        let facts = Arc::new(Mutex::new(LoginFacts::default()));
        let door = Door {
            engine: Arc::downgrade(&engine.shared),
            scope,
            context: context.clone(),
            client: client.clone(),
            keys: Arc::clone(&keys),
            facts: Arc::clone(&facts),
            lent: Mutex::new(lent),
        };
        let access = AccessTokens::new(client.clone(), door);
        Self { context, client, keys, access, facts, limits_asked: AtomicBool::new(false) }
    }

    /// Asks once which limits KSeF applies to the company; the budget follows them. Without an answer the published
    /// ones hold.
    pub(crate) async fn learn_limits(&self) {
        if self.limits_asked.swap(true, Ordering::Relaxed) {
            return;
        }
        let asked = self.with(|client, token| async move { client.rate_limits(&token).await }).await;
        if let Err(error) = asked {
            self.limits_asked.store(false, Ordering::Relaxed);
            tracing::info!(error = %super::report::technical(&error), "the published limits hold");
        }
    }

    /// Does something with an access token; one that KSeF no longer takes is renewed, and the work done once more.
    pub(crate) async fn with<T, F, Fut>(&self, work: F) -> Result<T, NoAccess>
    where
        F: Fn(Client, AccessToken) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T, ApiError>> + Send,
        T: Send,
    {
        self.access
            .with_access(|token| {
                let doing = work(self.client.clone(), token);
                async move { doing.await.map_err(NoAccess::Api) }
            })
            .await
    }
}

/// Logs in from the beginning: certificate first, then token.
pub(crate) struct Door {
    /// Weak: the engine holds its logins.
    engine: std::sync::Weak<crate::engine::Shared>,
    scope: Scope,
    context: ContextIdentifier,
    client: Client,
    keys: Arc<KeyRing>,
    facts: Arc<Mutex<LoginFacts>>,
    /// For the first attempt only; then it is the keychain's turn.
    lent: Mutex<Option<Arc<Credential>>>,
}

/// What one logs in with, out of the keychain for that moment.
enum Brought {
    Certificate(Arc<Credential>),
    Token(KsefToken),
}

#[async_trait]
impl Authenticator for Door {
    type Error = LoginFailure;

    async fn authenticate(&self) -> Result<Tokens, LoginFailure> {
        let engine = self.engine.upgrade().map(|shared| Engine { shared });
        let engine = engine.ok_or(LoginFailure::Local(ConnectionCause::Internal))?;
        let brought = self.choose(&engine).await?;
        match self.attempt(&engine, &brought).await {
            // A login whose answer was lost, or whose challenge was used up by that, harms nobody: once more from the start.
            Err(failure) if is_worth_another(&failure) => {
                tracing::info!(error = %failure, "logging in once more from the start");
                self.attempt(&engine, &brought).await
            }
            outcome => outcome,
        }
    }
}

fn is_worth_another(failure: &LoginFailure) -> bool {
    let lost = |error: &ApiError| error.retry() == RetryKind::Unknown || error.has_code(CHALLENGE_REFUSED);
    failure.api_error().is_some_and(lost)
}

impl Door {
    async fn choose(&self, engine: &Engine) -> Result<Brought, LoginFailure> {
        let signed = locked(&self.facts).method.is_some_and(ConnectionMethod::is_signature);
        if let Some(credential) = locked(&self.lent).take() {
            *locked(&self.facts) = LoginFacts::of_certificate(&credential);
            return Ok(Brought::Certificate(credential));
        }
        let keychain = |problem: KeychainProblem| LoginFailure::Local(ConnectionCause::Keychain(problem));
        let scope = self.scope;
        let certificate = engine.vault(move |vault| vault.credential(&scope.key(Slot::Authentication))).await;
        // A damaged certificate must not keep a good token from being used.
        let (credential, mut unusable) = match certificate.map_err(KeychainProblem::from) {
            Ok(credential) => (credential, None),
            Err(problem @ KeychainProblem::Damaged) => (None, Some(CredentialProblem::Keychain(problem))),
            Err(problem) => return Err(keychain(problem)),
        };
        if let Some(credential) = credential {
            match credential.problems(Purpose::Authentication, engine.now()).into_iter().next() {
                None => {
                    *locked(&self.facts) = LoginFacts::of_certificate(&credential);
                    return Ok(Brought::Certificate(Arc::new(credential)));
                }
                Some(problem) => unusable = Some(problem.into()),
            }
        }
        let token = engine.vault(move |vault| vault.token(&scope.key(Slot::Token))).await;
        match token.map_err(|error| keychain(error.into()))? {
            Some(token) => {
                *locked(&self.facts) = LoginFacts::of_token(&token, unusable);
                Ok(Brought::Token(token))
            }
            // A signature made elsewhere cannot be made again from here; what is known of it stays, for the sentence.
            None if signed && unusable.is_none() => Err(LoginFailure::Local(ConnectionCause::SignAgain)),
            None => {
                *locked(&self.facts) = LoginFacts::default();
                let cause = unusable.map_or(ConnectionCause::NoCredential, ConnectionCause::Credential);
                Err(LoginFailure::Local(cause))
            }
        }
    }

    async fn attempt(&self, engine: &Engine, brought: &Brought) -> Result<Tokens, LoginFailure> {
        let started = match brought {
            Brought::Certificate(credential) => self.by_certificate(engine, credential).await?,
            Brought::Token(token) => self.by_token(token).await?,
        };
        let policy = engine.shared.tuning.login;
        let status = self
            .client
            .await_authentication(
                &started.reference_number,
                &started.authentication_token,
                &policy,
                &CancellationToken::new(),
            )
            .await
            .map_err(|error| match error {
                WaitError::Api(error) => LoginFailure::Api(error),
                WaitError::Deadline { .. } | WaitError::Cancelled => {
                    LoginFailure::Local(ConnectionCause::StillChecking)
                }
            })?;
        if !status.status.is_done() {
            return Err(LoginFailure::Refused(status.status.clone()));
        }
        let tokens = self.client.redeem(&started.authentication_token).await?;
        let mut facts = locked(&self.facts);
        facts.warnings.extend(tokens.warnings().iter().cloned());
        facts.valid_until = Some(tokens.refresh.valid_until());
        drop(facts);
        Ok(tokens.into_value())
    }

    async fn by_certificate(
        &self,
        engine: &Engine,
        credential: &Credential,
    ) -> Result<AuthenticationStarted, LoginFailure> {
        let challenge = self.client.challenge().await?;
        let subject = known_as(credential.certificate());
        let request = AuthTokenRequest {
            challenge: challenge.challenge.clone(),
            context: self.context.clone(),
            subject,
        };
        let document = xades::sign(&request, credential, engine.now()).map_err(|error| {
            tracing::error!(%error, "the login could not be signed");
            LoginFailure::Local(ConnectionCause::Internal)
        })?;
        let options = XadesOptions { strict: true, ..XadesOptions::default() };
        let started = self.client.authenticate_by_xades(&document, options).await?;
        locked(&self.facts).warnings.extend(started.warnings().iter().cloned());
        Ok(started.into_value())
    }

    async fn by_token(&self, token: &KsefToken) -> Result<AuthenticationStarted, LoginFailure> {
        self.keys
            .with_current_key(KeyUsage::KsefTokenEncryption, |key| async move {
                let challenge = self.client.challenge().await?;
                let encrypted = MinistryKey::from_certificate_der(&key.certificate)
                    .ok()
                    .and_then(|ministry| ministry.encrypt_token(token, challenge.timestamp_ms).ok())
                    .ok_or(LoginFailure::Local(ConnectionCause::NotKsef))?;
                let request = TokenAuthentication {
                    challenge: challenge.challenge.clone(),
                    context_identifier: self.context.clone(),
                    encrypted_token: SecretBytes::from(encrypted),
                    public_key_id: key.public_key_id.clone(),
                    authorization_policy: None,
                };
                let started = self.client.authenticate_by_token(&request).await?;
                locked(&self.facts).warnings.extend(started.warnings().iter().cloned());
                Ok::<_, LoginFailure>(started.into_value())
            })
            .await
    }
}

/// By what KSeF knows whoever signs with it: where the subject names no NIP and no PESEL, by the fingerprint.
pub(crate) fn known_as(certificate: &Certificate) -> SubjectIdentifierType {
    match certificate.owner() {
        Owner::Unknown { .. } => SubjectIdentifierType::CertificateFingerprint,
        _ => SubjectIdentifierType::CertificateSubject,
    }
}

impl LoginFacts {
    fn of_certificate(credential: &Credential) -> Self {
        let certificate = credential.certificate();
        Self {
            method: Some(ConnectionMethod::Certificate),
            ..Self::of_owner(certificate, known_as(certificate))
        }
    }

    /// A signature with files that are not kept.
    pub(crate) fn of_files(certificate: &Certificate, subject: SubjectIdentifierType) -> Self {
        Self {
            method: Some(ConnectionMethod::Signature(SignedBy::Files)),
            ..Self::of_owner(certificate, subject)
        }
    }

    /// What a certificate says, however one logs in with it.
    fn of_owner(certificate: &Certificate, subject: SubjectIdentifierType) -> Self {
        let by_fingerprint = subject == SubjectIdentifierType::CertificateFingerprint;
        let issuer = certificate.issuer_rfc2253();
        Self {
            owner: Some(certificate.owner()),
            subject: Some(certificate.subject_name()),
            identifier: Some(certificate.serial().to_string()),
            self_signed: issuer.contains(&certificate.subject_name()),
            known_by: by_fingerprint.then(|| certificate.fingerprint().into()),
            issuer: Some(issuer),
            ..Self::default()
        }
    }

    /// A signed document that came in; with Profil Zaufany the person is not the certificate's owner.
    pub(crate) fn of_signer(signer: &Signer, subject: SubjectIdentifierType, by: SignedBy) -> Self {
        Self {
            method: Some(ConnectionMethod::Signature(by)),
            owner: Some(signer.owner()),
            subject: Some(signer.name.clone()),
            ..Self::of_owner(&signer.certificate, subject)
        }
    }

    fn of_token(token: &KsefToken, unusable: Option<CredentialProblem>) -> Self {
        Self {
            method: Some(ConnectionMethod::Token),
            identifier: Some(token.reference_number().to_string()),
            token: Some(token.reference_number().clone()),
            unusable,
            ..Self::default()
        }
    }
}
