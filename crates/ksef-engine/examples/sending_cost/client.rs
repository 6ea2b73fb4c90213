use std::error::Error;
use std::sync::Arc;

use ksef_api::{
    AccessToken, Client, ClientConfig, EncryptionInfo, FormCode, KeyUsage, OpenOnlineSession, PublicKey,
    RateBudget, RateLimits, SendInvoice, TokenAuthentication, WaitPolicy,
};
use ksef_crypto::{MinistryKey, OsRandomness, SessionKey, sha256};
use ksef_types::{ContextIdentifier, KsefToken, ReferenceNumber, SystemClock};
use tokio_util::sync::CancellationToken;

use crate::Task;

/// The client alone, logged in.
pub(crate) struct Sender {
    client: Client,
    access: AccessToken,
}

impl Sender {
    pub(crate) async fn connect(task: &Task) -> Result<Self, Box<dyn Error>> {
        let budget = Arc::new(RateBudget::new(RateLimits::published(), Arc::new(SystemClock)));
        let client = Client::new(ClientConfig::new(task.api.clone(), budget, Arc::new(SystemClock)))?;
        let ministry = newest_key(&client, KeyUsage::KsefTokenEncryption).await?;
        let challenge = client.challenge().await?;
        let token = KsefToken::parse(&task.token)?;
        let encrypted_token = MinistryKey::from_certificate_der(&ministry.certificate)?
            .encrypt_token(&token, challenge.timestamp_ms)?;
        let request = TokenAuthentication {
            challenge: challenge.challenge.clone(),
            context_identifier: ContextIdentifier::from(task.nip),
            encrypted_token: encrypted_token.into(),
            public_key_id: ministry.public_key_id,
            authorization_policy: None,
        };
        let started = client.authenticate_by_token(&request).await?;
        let (reference, token) = (&started.reference_number, &started.authentication_token);
        client
            .await_authentication(reference, token, &WaitPolicy::default(), &CancellationToken::new())
            .await?;
        let access = client.redeem(token).await?.access.clone();
        // What this simulator allows: without it the published limits hold, and a hundred documents take minutes.
        client.rate_limits(&access).await?;
        Ok(Self { client, access })
    }

    /// Sends, and says how many have a KSeF number and a UPO.
    pub(crate) async fn send(self, documents: &[String]) -> Result<usize, Box<dyn Error>> {
        let (key, session) = self.open().await?;
        let mut accepted = 0;
        for path in documents {
            accepted += usize::from(self.send_one(&key, &session, &std::fs::read(path)?).await?);
        }
        self.client.close_online_session(&self.access, &session).await?;
        Ok(accepted)
    }

    async fn send_one(
        &self,
        key: &SessionKey,
        session: &ReferenceNumber,
        document: &[u8],
    ) -> Result<bool, Box<dyn Error>> {
        let encrypted = key.encrypt(document)?;
        let request = SendInvoice {
            invoice_hash: sha256(document),
            invoice_size: document.len() as u64,
            encrypted_invoice_hash: sha256(&encrypted),
            encrypted_invoice_size: encrypted.len() as u64,
            encrypted_invoice_content: encrypted,
            offline_mode: false,
            hash_of_corrected_invoice: None,
        };
        let sent = self.client.send_invoice(&self.access, session, &request).await?;
        let status = loop {
            let status = self.client.invoice_status(&self.access, session, &sent.reference_number).await?;
            if !status.status.is_under_way() {
                break status;
            }
        };
        if !status.status.is_accepted() {
            return Ok(false);
        }
        self.client.invoice_upo(&self.access, session, &sent.reference_number).await?;
        Ok(true)
    }

    async fn open(&self) -> Result<(SessionKey, ReferenceNumber), Box<dyn Error>> {
        let ministry = newest_key(&self.client, KeyUsage::SymmetricKeyEncryption).await?;
        let key = SessionKey::generate(&OsRandomness);
        let encryption = EncryptionInfo {
            encrypted_symmetric_key: key
                .wrap(&MinistryKey::from_certificate_der(&ministry.certificate)?)?
                .into(),
            initialization_vector: *key.iv(),
            public_key_id: ministry.public_key_id,
        };
        let request = OpenOnlineSession { form_code: FormCode::fa3(), encryption };
        let session = self.client.open_online_session(&self.access, &request).await?;
        Ok((key, session.reference_number.clone()))
    }
}

async fn newest_key(client: &Client, usage: KeyUsage) -> Result<PublicKey, Box<dyn Error>> {
    let keys = client.public_keys().await?.into_value();
    let fitting = keys.into_iter().filter(|key| key.usage.contains(&usage));
    Ok(fitting.max_by_key(|key| key.valid_from).ok_or("KSeF shows no key for this use")?)
}
