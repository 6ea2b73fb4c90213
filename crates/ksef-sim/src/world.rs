//! What every part of the simulator shares.

use std::collections::{BTreeSet, VecDeque};
use std::io;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use ksef_types::{Clock as _, warsaw_date};

use crate::api::DownloadKey;
use crate::config::SimulatorConfig;
use crate::control::{ArrivedRequest, Ending, ExportLimits, Lighthouse};
use crate::fault::Faults;
use crate::judge::CryptoFailed;
use crate::judge::authority::Authority;
use crate::judge::jwt::JwtKey;
use crate::judge::keys::MinistryKeys;
use crate::judge::providers::TrustServices;
use crate::judge::upo::UpoSigner;
use crate::limits::Windows;
use crate::process::Schedule;
use crate::services::Services;
use crate::storage::Storage;
use crate::store::{Journal, JournalError, Keys, State};
use crate::traffic::Traffic;
use crate::{Pace, Quirk, RateLimits, SimClock, SimRandomness, StateStore};

/// Requests that are remembered.
const REMEMBERED: usize = 10_000;

pub(crate) struct World {
    pub(crate) clock: SimClock,
    pub(crate) chance: SimRandomness,
    pub(crate) pace: Pace,
    pub(crate) rate_limits: RateLimits,
    pub(crate) self_signed: bool,
    pub(crate) download_key: DownloadKey,
    pub(crate) storage: Storage,
    /// Where exchanges are recorded.
    pub(crate) traffic: Option<Traffic>,
    state: Mutex<State>,
    keys: Mutex<Keys>,
    journal: Mutex<Option<Journal>>,
    schedule: Mutex<Schedule>,
    faults: Mutex<Faults>,
    quirks: Mutex<BTreeSet<Quirk>>,
    windows: Mutex<Windows>,
    arrived: Mutex<Arrivals>,
    endings: Mutex<Vec<Ending>>,
    warning: Mutex<Option<String>>,
    latarnia: Mutex<Lighthouse>,
    services: Mutex<Services>,
    export_limits: Mutex<ExportLimits>,
    mark_lag: Mutex<Duration>,
    /// `http://127.0.0.1:PORT` of the API, without `/v2`.
    pub(crate) api_origin: OnceLock<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Arrivals {
    pub(crate) count: u64,
    pub(crate) requests: VecDeque<ArrivedRequest>,
}

/// The state could not be written; nothing of the change was answered.
#[derive(Debug, thiserror::Error)]
#[error("the state could not be written: {0}")]
pub struct StorageFailed(#[from] pub(crate) io::Error);

impl World {
    pub(crate) fn open(config: SimulatorConfig) -> Result<Self, JournalError> {
        let chance = SimRandomness::new(config.seed);
        let now = config.clock.now();
        let storage = Storage::open(match &config.state {
            StateStore::InMemory => None,
            StateStore::Folder(folder) => Some(folder),
        })
        .map_err(JournalError::from)?;
        let (journal, mut state, keys) = match &config.state {
            StateStore::InMemory => (None, State::default(), None),
            StateStore::Folder(folder) => {
                let (journal, state, keys) = Journal::open(folder, now)?;
                (Some(journal), state, keys)
            }
        };
        let keys = match keys {
            Some(keys) => keys,
            None => {
                let keys = new_keys(now)?;
                if let Some(journal) = &journal {
                    journal.write_keys(&keys)?;
                }
                keys
            }
        };
        state.index();
        let schedule = Schedule::of(&state);
        Ok(Self {
            clock: config.clock,
            chance,
            pace: config.pace,
            rate_limits: config.rate_limits,
            self_signed: config.self_signed,
            download_key: DownloadKey::new(),
            storage,
            traffic: Traffic::open().map_err(JournalError::from)?,
            state: Mutex::new(state),
            keys: Mutex::new(keys),
            journal: Mutex::new(journal),
            schedule: Mutex::new(schedule),
            faults: Mutex::default(),
            quirks: Mutex::default(),
            windows: Mutex::default(),
            arrived: Mutex::default(),
            endings: Mutex::default(),
            warning: Mutex::default(),
            latarnia: Mutex::default(),
            services: Mutex::default(),
            export_limits: Mutex::default(),
            mark_lag: Mutex::new(Duration::zero()),
            api_origin: OnceLock::new(),
        })
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The day in Poland.
    pub(crate) fn today(&self) -> NaiveDate {
        warsaw_date(self.now())
    }

    /// Looks at the state, after everything that is due has moved.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> Result<T, StorageFailed> {
        self.change(|state| look(state))
    }

    /// Changes the state, after everything that is due has moved; what changed is in the journal before this returns.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> Result<T, StorageFailed> {
        let mut state = locked(&self.state);
        crate::process::settle(self, &mut state);
        let outcome = change(&mut state);
        self.write(&mut state)?;
        Ok(outcome)
    }

    fn write(&self, state: &mut State) -> Result<(), StorageFailed> {
        match locked(&self.journal).as_mut() {
            Some(journal) => {
                let changes = state.changes().map_err(io::Error::from)?;
                Ok(journal.append(&changes)?)
            }
            None => {
                state.forget_changes();
                Ok(())
            }
        }
    }

    pub(crate) fn keys(&self) -> MutexGuard<'_, Keys> {
        locked(&self.keys)
    }

    /// New keys of the ministry for both usages; the old ones are withdrawn at once.
    pub(crate) fn rotate_keys(&self) -> Result<(), RotationFailed> {
        use crate::judge::keys::KeyPurpose;
        let now = self.now();
        let mut keys = self.keys();
        for purpose in [KeyPurpose::KsefTokenEncryption, KeyPurpose::SymmetricKeyEncryption] {
            keys.ministry.rotate(purpose, now, &ksef_crypto::OsRandomness)?;
        }
        if let Some(journal) = locked(&self.journal).as_ref() {
            journal.write_keys(&keys)?;
        }
        Ok(())
    }

    pub(crate) fn schedule(&self) -> MutexGuard<'_, Schedule> {
        locked(&self.schedule)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        locked(&self.faults)
    }

    pub(crate) fn quirks(&self) -> MutexGuard<'_, BTreeSet<Quirk>> {
        locked(&self.quirks)
    }

    pub(crate) fn has(&self, quirk: Quirk) -> bool {
        self.quirks().contains(&quirk)
    }

    pub(crate) fn windows(&self) -> MutexGuard<'_, Windows> {
        locked(&self.windows)
    }

    pub(crate) fn arrived(&self) -> MutexGuard<'_, Arrivals> {
        locked(&self.arrived)
    }

    pub(crate) fn endings(&self) -> MutexGuard<'_, Vec<Ending>> {
        locked(&self.endings)
    }

    /// The ending that the management ordered for the next one of a kind; it is used up.
    pub(crate) fn ordered<T>(&self, wanted: impl Fn(&Ending) -> Option<T>) -> Option<T> {
        let mut endings = self.endings();
        let (place, found) =
            endings.iter().enumerate().find_map(|(place, ending)| Some((place, wanted(ending)?)))?;
        endings.remove(place);
        Some(found)
    }

    pub(crate) fn warning(&self) -> MutexGuard<'_, Option<String>> {
        locked(&self.warning)
    }

    pub(crate) fn latarnia(&self) -> MutexGuard<'_, Lighthouse> {
        locked(&self.latarnia)
    }

    pub(crate) fn export_limits(&self) -> MutexGuard<'_, ExportLimits> {
        locked(&self.export_limits)
    }

    /// How far the high water mark is kept behind.
    pub(crate) fn mark_lag(&self) -> Duration {
        *locked(&self.mark_lag)
    }

    pub(crate) fn set_mark_lag(&self, by: Duration) {
        *locked(&self.mark_lag) = by;
    }

    pub(crate) fn services(&self) -> MutexGuard<'_, Services> {
        locked(&self.services)
    }
}

/// New keys could not be made or kept.
#[derive(Debug, thiserror::Error)]
pub enum RotationFailed {
    /// OpenSSL cannot make them.
    #[error(transparent)]
    Crypto(#[from] CryptoFailed),
    /// They cannot be written.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl Arrivals {
    /// Takes a request in and answers its number.
    pub(crate) fn take(&mut self, mut request: ArrivedRequest) -> u64 {
        self.count += 1;
        request.number = self.count;
        if self.requests.len() == REMEMBERED {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
        self.count
    }

    pub(crate) fn update(&mut self, number: u64, change: impl FnOnce(&mut ArrivedRequest)) {
        if let Some(request) = self.requests.iter_mut().rev().find(|request| request.number == number) {
            change(request);
        }
    }
}

fn new_keys(now: DateTime<Utc>) -> Result<Keys, CryptoFailed> {
    // Keys never come from the seed: a repeated run repeats numbers and delays only.
    let random = &ksef_crypto::OsRandomness;
    Ok(Keys {
        authority: Authority::create(now, random)?,
        trust: TrustServices::create(now, random)?,
        ministry: MinistryKeys::create(now, random)?,
        jwt: JwtKey::generate(random),
        upo: UpoSigner::create(now, random)?,
    })
}

/// A thread that panicked while it held the lock has left whole rows: they are put in as wholes.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
