use std::fmt;
use std::future::Future;
use std::sync::Arc;

use tokio::sync::Mutex;

use crate::client::Client;
use crate::error::{ApiError, CarriesApiError, ErrorKind, code};
use crate::public_keys::{KeyUsage, PublicKey};

/// The ministry's public keys: fetched when first needed, chosen by use and validity, fetched anew when KSeF
/// refuses one. Shared by all tasks of an environment.
pub struct KeyRing {
    client: Client,
    keys: Mutex<Keys>,
}

#[derive(Default)]
struct Keys {
    all: Arc<Vec<PublicKey>>,
    /// Counts the fetches.
    edition: u64,
}

impl KeyRing {
    /// An empty ring.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client, keys: Mutex::default() }
    }

    /// The key for that use that is valid now and was made last.
    ///
    /// # Errors
    /// [`ErrorKind::NoCurrentKey`], or see [`ApiError`].
    pub async fn current(&self, usage: &KeyUsage) -> Result<PublicKey, ApiError> {
        self.current_edition(usage).await.map(|(key, _)| key)
    }

    /// Does `work` with the current key. When KSeF does not know the key (21470), the keys are fetched anew and the
    /// work is repeated, once.
    ///
    /// # Errors
    /// Those of `work`, and those of fetching the keys.
    pub async fn with_current_key<T, E, F, Fut>(&self, usage: KeyUsage, work: F) -> Result<T, E>
    where
        F: Fn(PublicKey) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T, E>> + Send,
        E: From<ApiError> + CarriesApiError,
    {
        let (key, edition) = self.current_edition(&usage).await?;
        match work(key).await {
            Err(error) if error.api_error().is_some_and(|error| error.has_code(code::KEY_REFUSED)) => {
                tracing::info!("the ministry's key was refused; the keys are fetched anew");
                self.forget(edition).await;
                let (key, _) = self.current_edition(&usage).await?;
                work(key).await
            }
            outcome => outcome,
        }
    }

    async fn current_edition(&self, usage: &KeyUsage) -> Result<(PublicKey, u64), ApiError> {
        // Held while fetching: those who come meanwhile wait for that one answer.
        let mut keys = self.keys.lock().await;
        if let Some(key) = self.choose(&keys.all, usage) {
            return Ok((key, keys.edition));
        }
        keys.all = Arc::new(self.client.public_keys().await?.into_value());
        keys.edition += 1;
        self.choose(&keys.all, usage)
            .map(|key| (key, keys.edition))
            .ok_or_else(|| ApiError::local("public_keys", ErrorKind::NoCurrentKey(usage.clone())))
    }

    /// Unless another task has fetched them since.
    async fn forget(&self, edition: u64) {
        let mut keys = self.keys.lock().await;
        if keys.edition == edition {
            keys.all = Arc::default();
        }
    }

    fn choose(&self, keys: &[PublicKey], usage: &KeyUsage) -> Option<PublicKey> {
        let now = self.client.server_now();
        keys.iter().filter(|key| key.serves(usage, now)).max_by_key(|key| key.valid_from).cloned()
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("KeyRing").field("client", &self.client).finish_non_exhaustive()
    }
}
