//! A simulator with a company, and what the engine does with a client, in short.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]
#![allow(clippy::allow_attributes, reason = "an expectation would fail in the files that use all of it")]
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use ksef_api::{
    AccessToken, ApiError, AuthenticationStarted, Authenticator, Client, ClientConfig, EncryptionInfo,
    FormCode, KeyRing, KeyUsage, OpenOnlineSession, RateBudget, RateLimits, RepeatPolicy, SendInvoice,
    TokenAuthentication, Tokens, WaitPolicy,
};
use ksef_crypto::{MinistryKey, OsRandomness, SessionKey, sha256};
use ksef_invoice::sample::{self, SampleInvoice, SampleLine, SampleParty, SampleRate};
use ksef_sim::{Delays, Pace, Permission, Running, Simulator, SimulatorConfig};
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
        Self::of(Simulator::start(config).await.unwrap())
    }

    pub fn of(running: Running) -> Self {
        let control = running.control();
        let company = control.make_company(SELLER.parse().unwrap(), "Przykład sp. z o.o.").unwrap();
        let permissions = [
            Permission::InvoiceWrite,
            Permission::InvoiceRead,
            Permission::CredentialsRead,
            Permission::Introspection,
        ];
        let token = control.make_token(company.nip, &permissions).unwrap();
        let budget = Arc::new(RateBudget::new(RateLimits::published(), Arc::new(SystemClock)));
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

    pub async fn open(&self, access: &AccessToken) -> Result<(SessionKey, ReferenceNumber), ApiError> {
        self.keys
            .with_current_key(KeyUsage::SymmetricKeyEncryption, |ministry| async move {
                let key = SessionKey::generate(&OsRandomness);
                let wrapped =
                    key.wrap(&MinistryKey::from_certificate_der(&ministry.certificate).unwrap()).unwrap();
                let encryption = EncryptionInfo {
                    encrypted_symmetric_key: wrapped.into(),
                    initialization_vector: *key.iv(),
                    public_key_id: ministry.public_key_id,
                };
                let request = OpenOnlineSession { form_code: FormCode::fa3(), encryption };
                let session = self.client.open_online_session(access, &request).await?;
                Ok((key, session.reference_number.clone()))
            })
            .await
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
