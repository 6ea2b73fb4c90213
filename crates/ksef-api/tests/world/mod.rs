//! A simulator with a company, and what the engine does with a client, in short.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]
#![allow(clippy::allow_attributes, reason = "an expectation would fail in the files that use all of it")]
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use ksef_api::{
    AccessToken, ApiError, AuthenticationStarted, AuthenticationStatus, Authenticator, Client, ClientConfig,
    EncryptionInfo, FormCode, KeyRing, KeyUsage, Limit, OpenOnlineSession, PublicKey, RateBudget, RateGroup,
    RateLimits, RepeatPolicy, SendInvoice, TokenAuthentication, Tokens, WaitPolicy, XadesOptions,
};
use ksef_crypto::xades::{AuthTokenRequest, SubjectIdentifierType, sign};
use ksef_crypto::{Credential, MinistryKey, OsRandomness, Recognised, SessionKey, recognise, sha256};
use ksef_invoice::sample::{self, SampleInvoice, SampleLine, SampleParty, SampleRate};
use ksef_sim::{
    CertificateOwner, Delays, NewCertificate, Pace, Permission, Running, Simulator, SimulatorConfig,
};
use ksef_types::{Clock, ContextIdentifier, KsefToken, Nip, ReferenceNumber, SystemClock, warsaw_date};
use tokio_util::sync::CancellationToken;

pub const SELLER: &str = "5265877635";

pub struct World {
    pub running: Running,
    pub client: Client,
    pub keys: Arc<KeyRing>,
    pub token: KsefToken,
}

impl World {
    pub async fn start() -> Self {
        let pace = Pace::Automatic(Delays { shortest: Duration::ZERO, longest: Duration::from_millis(5) });
        let rate_limits = ksef_sim::RateLimits::Off;
        let config = SimulatorConfig { pace, rate_limits, ..SimulatorConfig::default() };
        Self::with_limits(Simulator::start(config).await.unwrap(), generous())
    }

    /// With the published limits.
    pub fn of(running: Running) -> Self {
        Self::with_limits(running, RateLimits::published())
    }

    fn with_limits(running: Running, limits: RateLimits) -> Self {
        let control = running.control();
        let company = control.make_company(SELLER.parse().unwrap(), "Przykład sp. z o.o.").unwrap();
        let permissions = [
            Permission::InvoiceWrite,
            Permission::InvoiceRead,
            Permission::CredentialsRead,
            Permission::Introspection,
        ];
        let token = control.make_token(company.nip, &permissions).unwrap();
        let budget = Arc::new(RateBudget::new(limits, Arc::new(SystemClock)));
        let mut config = ClientConfig::new(running.api().clone(), budget, Arc::new(SystemClock));
        config.repeats = RepeatPolicy { first_pause: Duration::from_millis(2), ..config.repeats };
        let client = Client::new(config).unwrap();
        let keys = Arc::new(KeyRing::new(client.clone()));
        Self { running, client, keys, token }
    }

    pub fn login(&self) -> Login {
        Login { client: self.client.clone(), keys: Arc::clone(&self.keys), token: self.token.clone() }
    }

    pub async fn access(&self) -> AccessToken {
        self.login().authenticate().await.unwrap().access
    }

    /// A fresh key, and the same wrapped for the ministry.
    pub async fn session_key(&self) -> (SessionKey, EncryptionInfo) {
        let ministry = self.keys.current(&KeyUsage::SymmetricKeyEncryption).await.unwrap();
        let key = SessionKey::generate(&OsRandomness);
        let encryption = wrapped(&key, ministry);
        (key, encryption)
    }

    pub async fn open(&self, access: &AccessToken) -> Result<(SessionKey, ReferenceNumber), ApiError> {
        self.keys
            .with_current_key(KeyUsage::SymmetricKeyEncryption, |ministry| async move {
                let key = SessionKey::generate(&OsRandomness);
                let encryption = wrapped(&key, ministry);
                let request = OpenOnlineSession { form_code: FormCode::fa3(), encryption };
                let session = self.client.open_online_session(access, &request).await?;
                Ok((key, session.reference_number.clone()))
            })
            .await
    }

    /// A token that may do everything.
    pub fn owner_token(&self) -> KsefToken {
        self.running.control().make_token(SELLER.parse().unwrap(), &Permission::OWNER).unwrap()
    }

    /// Logs in with another token than the world's.
    pub async fn access_with(&self, token: KsefToken) -> AccessToken {
        let login = Login { client: self.client.clone(), keys: Arc::clone(&self.keys), token };
        login.authenticate().await.unwrap().access
    }

    /// A certificate of the company, as the portal would hand it out.
    pub fn seal(&self) -> Credential {
        let owner = CertificateOwner::Company(SELLER.parse().unwrap());
        self.certificate_of(NewCertificate::for_owner(owner))
    }

    pub fn certificate_of(&self, wanted: NewCertificate) -> Credential {
        let made = self.running.control().make_certificate(wanted).unwrap();
        let Recognised::Certificates(certificates) = recognise(made.crt.as_bytes()).unwrap() else {
            unreachable!("a certificate was made")
        };
        let Recognised::Key(key) = recognise(made.key.expose().as_bytes()).unwrap() else {
            unreachable!("a key was made")
        };
        Credential::assemble_from_chain(certificates, key.open(Some(&made.password)).unwrap()).unwrap()
    }

    /// Logs in by a signature; what came of it.
    pub async fn signed_in(&self, credential: &Credential, context: &str) -> AuthenticationStatus {
        self.begin_signed(credential, context).await.1
    }

    /// Logs in by a signature.
    pub async fn access_signed(&self, credential: &Credential, context: &str) -> AccessToken {
        let (started, status) = self.begin_signed(credential, context).await;
        assert!(status.status.is_done(), "{status:?}");
        self.client.redeem(&started.authentication_token).await.unwrap().into_value().access
    }

    async fn begin_signed(
        &self,
        credential: &Credential,
        context: &str,
    ) -> (AuthenticationStarted, AuthenticationStatus) {
        let challenge = self.client.challenge().await.unwrap();
        let request = AuthTokenRequest {
            challenge: challenge.challenge.clone(),
            context: context.parse::<Nip>().unwrap().into(),
            subject: SubjectIdentifierType::CertificateSubject,
        };
        let document = sign(&request, credential, SystemClock.now()).unwrap();
        let options = XadesOptions { strict: true, ..XadesOptions::default() };
        let started = self.client.authenticate_by_xades(&document, options).await.unwrap().into_value();
        let token = &started.authentication_token;
        let cancel = CancellationToken::new();
        let waited =
            self.client.await_authentication(&started.reference_number, token, &quick(), &cancel).await;
        let status = waited.unwrap().into_value();
        (started, status)
    }

    pub async fn accepted(
        &self,
        access: &AccessToken,
        session: &ReferenceNumber,
        invoice: &ReferenceNumber,
    ) -> ksef_api::InvoiceStatus {
        for _ in 0..200 {
            let status = self.client.invoice_status(access, session, invoice).await.unwrap();
            if !status.status.is_under_way() {
                return status.into_value();
            }
            tokio::task::yield_now().await;
        }
        unreachable!("the simulator decides within milliseconds")
    }
}

/// For a simulator that does not count: a test asks more in a minute than a person does.
fn generous() -> RateLimits {
    let groups = [
        RateGroup::Other,
        RateGroup::CollectiveIdentifier,
        RateGroup::InvoiceMetadata,
        RateGroup::InvoiceExport,
        RateGroup::InvoiceExportStatus,
        RateGroup::InvoiceSend,
        RateGroup::InvoiceStatus,
        RateGroup::SessionMisc,
    ];
    groups.into_iter().fold(RateLimits::published(), |limits, group| limits.with(group, Limit::NONE))
}

/// What the engine does, in short.
#[derive(Debug)]
pub struct Login {
    pub client: Client,
    pub keys: Arc<KeyRing>,
    pub token: KsefToken,
}

impl Login {
    pub async fn begin(&self) -> Result<AuthenticationStarted, ApiError> {
        self.keys
            .with_current_key(KeyUsage::KsefTokenEncryption, |ministry| async move {
                let challenge = self.client.challenge().await?;
                let key = MinistryKey::from_certificate_der(&ministry.certificate).unwrap();
                let encrypted_token = key.encrypt_token(&self.token, challenge.timestamp_ms).unwrap().into();
                let request = TokenAuthentication {
                    challenge: challenge.challenge.clone(),
                    context_identifier: ContextIdentifier::from(SELLER.parse::<Nip>().unwrap()),
                    encrypted_token,
                    public_key_id: ministry.public_key_id,
                    authorization_policy: None,
                };
                Ok(self.client.authenticate_by_token(&request).await?.into_value())
            })
            .await
    }
}

#[async_trait]
impl Authenticator for Login {
    type Error = ApiError;

    async fn authenticate(&self) -> Result<Tokens, ApiError> {
        let started = self.begin().await?;
        let token = &started.authentication_token;
        let policy = WaitPolicy { first_pause: Duration::from_millis(20), ..WaitPolicy::default() };
        let cancel = CancellationToken::new();
        let status = self
            .client
            .await_authentication(&started.reference_number, token, &policy, &cancel)
            .await
            .unwrap();
        assert!(status.status.is_done(), "{status:?}");
        Ok(self.client.redeem(token).await?.into_value())
    }
}

fn wrapped(key: &SessionKey, ministry: PublicKey) -> EncryptionInfo {
    let certificate = MinistryKey::from_certificate_der(&ministry.certificate).unwrap();
    EncryptionInfo {
        encrypted_symmetric_key: key.wrap(&certificate).unwrap().into(),
        initialization_vector: *key.iv(),
        public_key_id: ministry.public_key_id,
    }
}

/// Waits without waiting long.
pub fn quick() -> WaitPolicy {
    WaitPolicy {
        first_pause: Duration::from_millis(2),
        longest_pause: Duration::from_millis(20),
        deadline: Duration::from_secs(120),
        ..WaitPolicy::default()
    }
}

pub fn document(number: &str) -> Vec<u8> {
    let party = |nip: &str, name: &str| SampleParty {
        nip: nip.parse().unwrap(),
        name: name.to_owned(),
        address: "ul. Prosta 1, 00-001 Warszawa".to_owned(),
    };
    let created = SystemClock.now();
    sample::fa3(&SampleInvoice {
        seller: party(SELLER, "Sprzedawca sp. z o.o."),
        buyer: party("1111111111", "Nabywca S.A."),
        number: number.to_owned(),
        issue_date: warsaw_date(created),
        created,
        lines: vec![SampleLine {
            name: "Usługa".to_owned(),
            unit: "szt.".to_owned(),
            quantity: 2.into(),
            unit_price: 100.into(),
            rate: SampleRate::Vat23,
        }],
    })
}

pub fn encrypted(key: &SessionKey, document: &[u8]) -> SendInvoice {
    let content = key.encrypt(document).unwrap();
    SendInvoice {
        invoice_hash: sha256(document),
        invoice_size: document.len() as u64,
        encrypted_invoice_hash: sha256(&content),
        encrypted_invoice_size: content.len() as u64,
        encrypted_invoice_content: content,
        offline_mode: false,
        hash_of_corrected_invoice: None,
    }
}
