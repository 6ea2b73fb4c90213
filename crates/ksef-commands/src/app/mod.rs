//! The program as fronts use it: one value, one function for each thing that a person can do.

mod auth_sessions;
mod certificates;
mod collective;
mod companies;
mod company_data;
mod connection;
mod contractors;
mod credentials;
mod discovery;
mod doctor;
mod drafts;
mod enrolment;
mod goods;
mod imports;
mod issuing_views;
mod journal;
mod limits;
mod lock;
mod lookups;
mod once;
mod outbox;
mod permissions;
mod program;
mod recurring;
mod sales;
mod samples;
mod sending;
mod signing;
mod templates;
mod to_view;
mod tokens;

use std::path::PathBuf;
use std::sync::Arc;

use ksef_archive::Archive;
use ksef_crypto::OsRandomness;
use ksef_engine::{Addresses, Engine, Parts, PublishedAddresses};
use ksef_types::{ApiAddress, Clock, Environment, Nip, Randomness, SystemClock};
use ksef_vault::{OsVault, Vault};
use tokio::sync::broadcast;

use crate::folders::Folders;
use crate::logging::{Log, start_log};
use crate::sandbox::{Sandbox, SandboxAddress};
use crate::settings::SettingsFile;
use crate::views::{ChangedPart, EnvironmentName, Language, SaleView, Scope, SigningPage};
use crate::{NextStep, Problem, problems};

pub use program::Document;

/// How the program is started. The default is what a person at this computer wants.
pub struct Options {
    /// Where the data are; the system's own place where nothing is named.
    pub data_folder: Option<PathBuf>,
    /// An address to use instead of the environment's own, for a simulator that runs elsewhere on this computer. One on
    /// this computer never stands for production.
    pub api_address: Option<ApiAddress>,
    /// Where secrets are.
    pub vault: Arc<dyn Vault>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Chance for keys and signatures.
    pub random: Arc<dyn Randomness>,
    /// Where browsers save files; the system's own folder where nothing is named.
    pub download_folder: Option<PathBuf>,
    /// Whether outboxes that were left with something in them go on by themselves.
    pub resume: bool,
    /// In which language sentences are composed; in that of the settings where none is named.
    pub language: Option<Language>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            data_folder: None,
            download_folder: None,
            api_address: None,
            vault: Arc::new(OsVault),
            clock: Arc::new(SystemClock),
            random: Arc::new(OsRandomness),
            resume: true,
            language: None,
        }
    }
}

impl Options {
    /// As a person started it: `OKIENKO_DATA` may name another data folder, `OKIENKO_DOWNLOADS` another one for downloads.
    #[must_use]
    pub fn from_environment() -> Self {
        let folder = |name| std::env::var_os(name).map(PathBuf::from);
        Self {
            data_folder: folder("OKIENKO_DATA"),
            download_folder: folder("OKIENKO_DOWNLOADS"),
            ..Self::default()
        }
    }
}

/// What the program tells by itself.
#[derive(Debug, Clone)]
pub enum AppEvent {
    /// An invoice moved on.
    SaleChanged(Box<SaleView>),
    /// The list of companies, or what waits for them, changed.
    CompaniesChanged,
    /// Something else that is shown changed; who shows it asks again.
    PartChanged {
        /// What.
        part: ChangedPart,
        /// Of which company, where it is one's.
        scope: Option<Scope>,
    },
}

/// Hears [`AppEvent`]s.
pub struct Events(broadcast::Receiver<AppEvent>);

impl Events {
    /// The next one; nothing when the program ends. One who is too slow misses the oldest and is told that all changed.
    pub async fn next(&mut self) -> Option<AppEvent> {
        match self.0.recv().await {
            Ok(event) => Some(event),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(AppEvent::CompaniesChanged),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

/// The program.
pub struct App {
    engine: Engine,
    sandbox: Sandbox,
    settings: SettingsFile,
    folders: Folders,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Randomness>,
    downloads: Option<PathBuf>,
    runs: outbox::Runs,
    resume: bool,
    language: Option<Language>,
    prepared: sending::Shelf,
    tables: imports::Tables,
    once: once::OnceShelf,
    bulk: Arc<discovery::Bulk>,
    lock: lock::Lock,
    events: broadcast::Sender<AppEvent>,
    _log: Log,
}

impl App {
    /// Opens the archive and starts what runs by itself: outboxes that were left with something in them.
    ///
    /// # Errors
    /// When the data folder or the archive cannot be used.
    pub async fn start(options: Options) -> Result<Arc<Self>, Problem> {
        let folders = Folders::open(options.data_folder)?;
        let log = start_log(&folders.logs());
        let archive = Archive::open(&folders.archive()).map_err(|error| problems::engine(&error.into()))?;
        let sandbox = Sandbox::new(folders.sandbox());
        let lock = lock::Lock::open(Arc::clone(&options.vault), folders.lock_marker()).await;
        let engine = Engine::new(Parts {
            archive: Arc::new(archive),
            vault: options.vault,
            clock: Arc::clone(&options.clock),
            random: Arc::clone(&options.random),
            addresses: Arc::new(Places { sandbox: sandbox.address(), instead: options.api_address }),
        });
        let app = Arc::new(Self {
            engine,
            sandbox,
            settings: SettingsFile::open(folders.settings()),
            folders,
            clock: options.clock,
            random: options.random,
            downloads: options.download_folder,
            runs: outbox::Runs::default(),
            resume: options.resume,
            language: options.language,
            prepared: sending::Shelf::default(),
            tables: imports::Tables::default(),
            once: once::OnceShelf::default(),
            bulk: Arc::default(),
            lock,
            events: broadcast::channel(1024).0,
            _log: log,
        });
        app.forward_events();
        app.keep_making_due_drafts();
        if options.resume {
            app.resume_outboxes();
            app.resume_enrolments();
        }
        Ok(app)
    }

    /// Hears from now on what changes.
    #[must_use]
    pub fn events(&self) -> Events {
        Events(self.events.subscribe())
    }

    /// A short text of the catalogue in the person's language.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        crate::catalogue::text(key, self.language())
    }

    /// The person's language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language.unwrap_or_else(|| self.settings.current().language)
    }

    /// Ends what runs by itself: cancels the outboxes, stops the sandbox.
    pub async fn stop(&self) {
        self.runs.cancel_all();
        self.bulk.cancel();
        self.sandbox.stop().await;
    }

    /// Reads a scope; where it is the sandbox, makes sure that it runs.
    async fn enter(&self, scope: &Scope) -> Result<(Nip, Environment), Problem> {
        let (nip, environment) = read_scope(scope)?;
        if environment == Environment::Sandbox {
            self.sandbox.ready().await?;
        }
        Ok((nip, environment))
    }
}

/// Reads a scope, for what needs no KSeF.
fn read_scope(scope: &Scope) -> Result<(Nip, Environment), Problem> {
    Ok((read_nip(&scope.nip)?, scope.environment.into()))
}

fn read_nip(text: &str) -> Result<Nip, Problem> {
    text.parse().map_err(problems::nip)
}

/// The NIP in any spelling as ten digits.
///
/// # Errors
/// Says what is wrong with it.
pub fn check_nip(text: &str) -> Result<String, Problem> {
    read_nip(text).map(|nip| nip.to_string())
}

/// Where people sign, and where it is explained. The program opens no other addresses.
#[must_use]
pub const fn signing_page(page: SigningPage) -> &'static str {
    match page {
        SigningPage::TrustedProfile => "https://moj.gov.pl/nforms/signer/upload?xFormsAppName=SIGNER",
        SigningPage::Guide => "https://ksef.podatki.gov.pl/",
    }
}

/// The address of the ministry's portal of an environment.
///
/// # Errors
/// The sandbox has none.
pub fn portal(environment: EnvironmentName) -> Result<&'static str, Problem> {
    Environment::from(environment)
        .portal()
        .ok_or_else(|| Problem::new("sandbox.onlyInSandbox", NextStep::ChooseEnvironment))
}

/// Where each environment is, with the sandbox's port as it is now.
struct Places {
    sandbox: SandboxAddress,
    instead: Option<ApiAddress>,
}

impl Addresses for Places {
    fn api(&self, environment: Environment) -> Option<ApiAddress> {
        match (&self.instead, environment) {
            // Invoices that wait for the real KSeF would get numbers of a simulator, and be lost.
            (Some(instead), Environment::Production) if instead.is_loopback() => None,
            (Some(instead), _) => Some(instead.clone()),
            (None, Environment::Sandbox) => self.sandbox.api(),
            (None, _) => environment.api_address(),
        }
    }

    fn latarnia(&self, environment: Environment) -> Option<ApiAddress> {
        match environment {
            Environment::Sandbox => self.sandbox.latarnia(),
            _ => environment.latarnia_address(),
        }
    }

    fn qr_host(&self, environment: Environment) -> Option<String> {
        match environment {
            Environment::Sandbox => self.sandbox.qr_host(),
            _ => environment.qr_host().map(str::to_owned),
        }
    }

    fn white_list(&self, environment: Environment) -> Option<ApiAddress> {
        match environment {
            Environment::Sandbox => self.sandbox.white_list(),
            _ => PublishedAddresses.white_list(environment),
        }
    }

    fn nbp(&self, environment: Environment) -> Option<ApiAddress> {
        match environment {
            Environment::Sandbox => self.sandbox.nbp(),
            _ => PublishedAddresses.nbp(environment),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_simulator_never_stands_for_production() {
        let at = |address: &str| Places {
            sandbox: SandboxAddress::default(),
            instead: Some(address.parse().unwrap()),
        };
        let simulator = at("http://127.0.0.1:8080/v2");
        assert_eq!(simulator.api(Environment::Production), None);
        assert!(simulator.api(Environment::Test).is_some_and(|address| address.is_loopback()));
        assert!(at("https://ksef.example.com/v2").api(Environment::Production).is_some());
    }
}
