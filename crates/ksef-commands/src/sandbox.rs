//! The sandbox: the simulator of KSeF inside the program, on this computer only.
//!
//! Its state stays in a folder, since the credentials that it made stay in the keychain. One process runs it; another
//! one (the terminal beside the window) finds its address in the note `adres.json`.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use ksef_sim::{Running, Simulator, SimulatorConfig, StateStore};
use ksef_types::ApiAddress;
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, MutexGuard};

use crate::{NextStep, Problem};

/// The file that tells other processes where the sandbox listens.
const NOTE: &str = "adres.json";
/// How often and how long another process's note is waited for: making its keys takes a start some seconds.
const JOIN_TRIES: u32 = 100;
const JOIN_PAUSE: Duration = Duration::from_millis(100);

/// Where the running sandbox listens, as the rest of the program sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct SandboxAddress(Arc<RwLock<Option<Note>>>);

impl SandboxAddress {
    pub(crate) fn api(&self) -> Option<ApiAddress> {
        self.note().map(|note| note.api)
    }

    pub(crate) fn latarnia(&self) -> Option<ApiAddress> {
        self.note().and_then(|note| note.latarnia.parse().ok())
    }

    pub(crate) fn white_list(&self) -> Option<ApiAddress> {
        self.note().and_then(|note| note.white_list)
    }

    pub(crate) fn nbp(&self) -> Option<ApiAddress> {
        self.note().and_then(|note| note.nbp)
    }

    pub(crate) fn qr_host(&self) -> Option<String> {
        self.note().map(|note| note.qr.trim_start_matches("http://").to_owned())
    }

    fn note(&self) -> Option<Note> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, note: Note) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(note);
    }
}

/// What `adres.json` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Note {
    api: ApiAddress,
    latarnia: String,
    qr: String,
    management: String,
    /// A sandbox of an earlier program has no public services.
    white_list: Option<ApiAddress>,
    nbp: Option<ApiAddress>,
}

pub(crate) struct Sandbox {
    folder: PathBuf,
    address: SandboxAddress,
    own: Mutex<Option<Own>>,
}

/// A simulator that runs in this process.
pub(crate) struct Own {
    running: Running,
    /// Held for as long as it runs, so that no second process starts one over the same folder.
    _lock: File,
}

impl Own {
    pub(crate) fn control(&self) -> &ksef_sim::Control {
        self.running.control()
    }
}

impl Sandbox {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder, address: SandboxAddress::default(), own: Mutex::new(None) }
    }

    pub(crate) fn address(&self) -> SandboxAddress {
        self.address.clone()
    }

    /// Makes sure that the sandbox runs, here or in another process.
    pub(crate) async fn ready(&self) -> Result<(), Problem> {
        let own = self.own.lock().await;
        if own.is_some() {
            return Ok(());
        }
        self.start_or_join(own).await
    }

    /// The simulator in this process, for making companies and credentials.
    pub(crate) async fn own(&self) -> Result<tokio::sync::MappedMutexGuard<'_, Own>, Problem> {
        self.ready().await?;
        MutexGuard::try_map(self.own.lock().await, Option::as_mut)
            .map_err(|_| Problem::new("sandbox.elsewhere", NextStep::Retry))
    }

    pub(crate) async fn stop(&self) {
        if let Some(own) = self.own.lock().await.take() {
            own.running.stop().await;
        }
    }

    async fn start_or_join(&self, mut own: MutexGuard<'_, Option<Own>>) -> Result<(), Problem> {
        std::fs::create_dir_all(&self.folder).map_err(|error| not_started(&error))?;
        let lock = open_lock(&self.folder).map_err(|error| not_started(&error))?;
        match lock.try_lock() {
            Ok(()) => {
                // The note of an earlier run names ports that somebody else may have by now.
                let _ = std::fs::remove_file(self.folder.join(NOTE));
                let started = start(&self.folder, lock).await?;
                let note = note_of(&started.running)?;
                write_note(&self.folder, &note)?;
                self.address.set(note);
                *own = Some(started);
                Ok(())
            }
            Err(TryLockError::WouldBlock) => {
                self.address.set(joined(&self.folder).await?);
                Ok(())
            }
            Err(TryLockError::Error(error)) => Err(not_started(&error)),
        }
    }
}

async fn start(folder: &Path, lock: File) -> Result<Own, Problem> {
    let config = SimulatorConfig {
        state: StateStore::Folder(folder.join("stan")),
        // As in the test environment: whoever has no certificate yet gets in by a trial signature.
        self_signed: true,
        ..SimulatorConfig::default()
    };
    let running = Simulator::start(config).await.map_err(|error| not_started(&error))?;
    Ok(Own { running, _lock: lock })
}

fn note_of(running: &Running) -> Result<Note, Problem> {
    Ok(Note {
        api: running.api().to_string().parse().map_err(|error| not_started(&error))?,
        latarnia: running.latarnia().to_string(),
        qr: running.qr().to_string(),
        management: running.management().to_string(),
        white_list: Some(running.white_list().clone()),
        nbp: Some(running.nbp().clone()),
    })
}

/// Never truncated: where locks are mandatory that would fail under another process's lock.
fn open_lock(folder: &Path) -> std::io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(folder.join("blokada"))
}

/// The note of the process that holds the lock; it may be starting at this moment.
async fn joined(folder: &Path) -> Result<Note, Problem> {
    for _ in 0..JOIN_TRIES {
        if let Ok(note) = read_note(folder) {
            return Ok(note);
        }
        tokio::time::sleep(JOIN_PAUSE).await;
    }
    read_note(folder)
}

/// Written beside and renamed, so that another process never reads half a note.
fn write_note(folder: &Path, note: &Note) -> Result<(), Problem> {
    let text = serde_json::to_vec(note).map_err(|error| not_started(&error))?;
    let fresh = folder.join("adres.json.new");
    std::fs::write(&fresh, text).map_err(|error| not_started(&error))?;
    std::fs::rename(fresh, folder.join(NOTE)).map_err(|error| not_started(&error))
}

fn read_note(folder: &Path) -> Result<Note, Problem> {
    let bytes = std::fs::read(folder.join(NOTE)).map_err(|error| not_started(&error))?;
    serde_json::from_slice(&bytes).map_err(|error| not_started(&error))
}

fn not_started(error: &dyn std::error::Error) -> Problem {
    Problem::new("sandbox.notRunning", NextStep::Retry).technical(error.to_string())
}
