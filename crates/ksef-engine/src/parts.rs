use std::sync::Arc;

use ksef_archive::Archive;
use ksef_types::{ApiAddress, Clock, Environment, Randomness};
use ksef_vault::Vault;

/// Where each environment's API is. Lets the sandbox's port and a free address come in.
pub trait Addresses: Send + Sync {
    /// The API's address; `None` where there is none now, such as a sandbox that does not run.
    fn api(&self, environment: Environment) -> Option<ApiAddress>;

    /// Where Latarnia is; `None` where the environment has none.
    fn latarnia(&self, environment: Environment) -> Option<ApiAddress> {
        environment.latarnia_address()
    }

    /// The host in verification links; the sandbox has one of its own while it runs.
    fn qr_host(&self, environment: Environment) -> Option<String> {
        environment.qr_host().map(str::to_owned)
    }

    /// Where the white list of VAT payers is. Who issues, in whatever environment, is looked up in the real one; the
    /// sandbox has one of its own while it runs.
    fn white_list(&self, environment: Environment) -> Option<ApiAddress> {
        published(environment, ksef_api::WHITE_LIST_ADDRESS)
    }

    /// Where the National Bank's exchange rates are, likewise.
    fn nbp(&self, environment: Environment) -> Option<ApiAddress> {
        published(environment, ksef_api::NBP_ADDRESS)
    }
}

fn published(environment: Environment, address: &str) -> Option<ApiAddress> {
    if environment == Environment::Sandbox { None } else { address.parse().ok() }
}

/// The ministry's published addresses; the sandbox has none.
#[derive(Debug, Clone, Copy, Default)]
pub struct PublishedAddresses;

impl Addresses for PublishedAddresses {
    fn api(&self, environment: Environment) -> Option<ApiAddress> {
        environment.api_address()
    }
}

/// What an engine is built from; everything that reaches outside the process is passed in.
#[derive(Clone)]
pub struct Parts {
    /// The local archive.
    pub archive: Arc<Archive>,
    /// The keychain.
    pub vault: Arc<dyn Vault>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Chance for keys and signatures.
    pub random: Arc<dyn Randomness>,
    /// Where KSeF is.
    pub addresses: Arc<dyn Addresses>,
}
