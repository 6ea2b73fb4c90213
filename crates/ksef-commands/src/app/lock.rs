use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use ksef_crypto::app_lock;
use ksef_engine::{Act, Deed, KeychainProblem};
use ksef_types::{Randomness, SecretText};
use ksef_vault::{Vault, VaultError};

use super::App;
use crate::views::{ChangedPart, LockView};
use crate::{AppEvent, NextStep, Problem, problems};

/// The shortest password, in characters. It keeps a passer-by out; it encrypts nothing.
const SHORTEST: usize = 6;
/// Minutes of idleness that can be chosen.
const MINUTES: std::ops::RangeInclusive<u32> = 1..=240;
const FIRST_MINUTES: u32 = 10;
/// Wrong passwords that cost nothing; from then on each doubles the wait.
const FREE_TRIES: u32 = 3;
const LONGEST_WAIT_SECONDS: i64 = 60;

/// Commands that answer while the program is locked: what the lock screen itself needs, and nothing of a company.
/// `secret_pasted` wipes from the clipboard a password that was pasted there.
const WHILE_LOCKED: [&str; 5] = ["lock_state", "lock_now", "unlock", "program", "secret_pasted"];

/// The lock of the program: the password's hash is in the keychain, with the minutes of idleness before it.
pub(super) struct Lock {
    vault: Arc<dyn Vault>,
    /// An empty file that says that there is a lock, for when the keychain cannot be asked: then nothing opens.
    marker: PathBuf,
    locked: AtomicBool,
    tries: Mutex<Tries>,
}

#[derive(Default)]
struct Tries {
    wrong: u32,
    not_before: Option<DateTime<Utc>>,
}

/// What the keychain has for the lock.
struct Kept {
    hash: SecretText,
    minutes: u32,
}

impl Lock {
    /// Reads the keychain once: a program with a password starts locked.
    pub(super) async fn open(vault: Arc<dyn Vault>, marker: PathBuf) -> Self {
        let lock = Self { vault, marker, locked: AtomicBool::new(false), tries: Mutex::default() };
        let locked = match lock.kept().await {
            Ok(kept) => kept.is_some(),
            Err(problem) => {
                tracing::info!(problem = %problem, "whether the program has a lock is not known from the keychain");
                lock.marker.exists()
            }
        };
        lock.locked.store(locked, Ordering::Release);
        lock
    }

    async fn kept(&self) -> Result<Option<Kept>, Problem> {
        let stored = self.vault(|vault| vault.app_lock()).await?;
        stored.map(|stored| Kept::read(&stored)).transpose()
    }

    async fn store(&self, kept: &Kept) -> Result<(), Problem> {
        // Exposed to be written into the keychain.
        let text = SecretText::from(format!("{} {}", kept.minutes, kept.hash.expose()));
        self.vault(move |vault| vault.store_app_lock(&text)).await?;
        self.mark(std::fs::write(&self.marker, []));
        Ok(())
    }

    async fn remove(&self) -> Result<(), Problem> {
        self.vault(|vault| vault.remove_app_lock()).await?;
        self.mark(std::fs::remove_file(&self.marker));
        Ok(())
    }

    /// Without the marker the lock still holds for as long as the keychain answers.
    fn mark(&self, done: std::io::Result<()>) {
        if let Err(error) = done {
            tracing::warn!(%error, "the marker of the lock");
        }
    }

    async fn vault<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn Vault) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, Problem> {
        let vault = Arc::clone(&self.vault);
        match tokio::task::spawn_blocking(move || call(&*vault)).await {
            Ok(answer) => answer.map_err(|error| problems::keychain(KeychainProblem::from(error))),
            Err(_) => Err(Problem::new("program.stopped", NextStep::Retry)),
        }
    }

    /// Compares a password with the one that is set, at most so often as [`FREE_TRIES`] allows.
    async fn prove(&self, password: SecretText, hash: SecretText, now: DateTime<Utc>) -> Result<(), Problem> {
        self.may_try(now)?;
        let verified = tokio::task::spawn_blocking(move || app_lock::verify(&password, &hash)).await;
        match verified {
            Ok(Ok(true)) => {
                *self.tries() = Tries::default();
                Ok(())
            }
            Ok(Ok(false)) => Err(self.wrong(now)),
            Ok(Err(error)) => {
                Err(Problem::new("lock.damaged", NextStep::ContactSupport).technical(error.to_string()))
            }
            Err(_) => Err(Problem::new("program.stopped", NextStep::Retry)),
        }
    }

    fn may_try(&self, now: DateTime<Utc>) -> Result<(), Problem> {
        match self.tries().not_before {
            Some(moment) if now < moment => {
                let seconds = (moment - now).num_seconds().clamp(1, LONGEST_WAIT_SECONDS);
                Err(Problem::new("lock.wait", NextStep::Wait).with("seconds", seconds.to_string()))
            }
            _ => Ok(()),
        }
    }

    fn wrong(&self, now: DateTime<Utc>) -> Problem {
        let mut tries = self.tries();
        tries.wrong += 1;
        if let Some(beyond) = tries.wrong.checked_sub(FREE_TRIES) {
            let seconds = (1_i64 << beyond.min(6)).min(LONGEST_WAIT_SECONDS);
            tries.not_before = Some(now + TimeDelta::seconds(seconds));
        }
        Problem::new("lock.wrongPassword", NextStep::EnterPassword)
    }

    fn tries(&self) -> std::sync::MutexGuard<'_, Tries> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn read(stored: &SecretText) -> Result<Self, Problem> {
        // Exposed to be parted.
        stored
            .expose()
            .split_once(' ')
            .and_then(|(minutes, hash)| {
                Some(Self { minutes: minutes.parse().ok()?, hash: SecretText::from(hash.to_owned()) })
            })
            .ok_or_else(|| Problem::new("lock.damaged", NextStep::ContactSupport))
    }

    async fn make(password: SecretText, minutes: u32, random: Arc<dyn Randomness>) -> Result<Self, Problem> {
        let made = tokio::task::spawn_blocking(move || app_lock::hash(&password, &*random)).await;
        match made {
            Ok(Ok(hash)) => Ok(Self { hash, minutes }),
            Ok(Err(error)) => Err(Problem::new("lock.failed", NextStep::Retry).technical(error.to_string())),
            Err(_) => Err(Problem::new("program.stopped", NextStep::Retry)),
        }
    }
}

impl App {
    /// Whether a command of a front may be done now.
    ///
    /// # Errors
    /// `lock.locked` when the program is locked and the command is not one of the lock screen's own.
    pub fn admit(&self, command: &str) -> Result<(), Problem> {
        if self.is_locked() && !WHILE_LOCKED.contains(&command) {
            return Err(Problem::new("lock.locked", NextStep::EnterPassword));
        }
        Ok(())
    }

    /// Whether the program waits for its password.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.lock.locked.load(Ordering::Acquire)
    }

    /// How the lock stands.
    ///
    /// # Errors
    /// When the keychain refuses.
    pub async fn lock_state(&self) -> Result<LockView, Problem> {
        // A locked program says so without asking the keychain, which may be locked itself.
        if self.is_locked() {
            return Ok(LockView { enabled: true, locked: true, idle_minutes: FIRST_MINUTES });
        }
        let kept = self.lock.kept().await?;
        Ok(LockView {
            enabled: kept.is_some(),
            locked: false,
            idle_minutes: kept.map_or(FIRST_MINUTES, |kept| kept.minutes),
        })
    }

    /// Sets the password and the minutes; where one is set, the old one is asked for. An empty new password keeps the
    /// old one and changes the minutes.
    ///
    /// # Errors
    /// When the password is too short, the old one is wrong, or the keychain refuses.
    pub async fn set_lock(
        &self,
        old: Option<SecretText>,
        password: SecretText,
        idle_minutes: u32,
    ) -> Result<LockView, Problem> {
        if !MINUTES.contains(&idle_minutes) {
            return Err(Problem::new("lock.minutes", NextStep::CorrectField)
                .with("least", MINUTES.start().to_string())
                .with("most", MINUTES.end().to_string()));
        }
        let before = self.lock.kept().await?;
        // Exposed for its length.
        let length = password.expose().chars().count();
        if length < SHORTEST && !(length == 0 && before.is_some()) {
            return Err(
                Problem::new("lock.tooShort", NextStep::CorrectField).with("least", SHORTEST.to_string())
            );
        }
        let kept = match before {
            Some(before) => {
                let old = old.unwrap_or_else(|| SecretText::from(String::new()));
                let same = SecretText::from(before.hash.expose().to_owned());
                self.lock.prove(old, before.hash, self.clock.now()).await?;
                match length {
                    0 => Kept { hash: same, minutes: idle_minutes },
                    _ => Kept::make(password, idle_minutes, Arc::clone(&self.random)).await?,
                }
            }
            None => Kept::make(password, idle_minutes, Arc::clone(&self.random)).await?,
        };
        self.lock.store(&kept).await?;
        self.engine.record(Deed::new(Act::LockSet).with("minutes", idle_minutes.to_string()));
        self.lock_changed();
        self.lock_state().await
    }

    /// Takes the lock off.
    ///
    /// # Errors
    /// When the password is wrong or the keychain refuses.
    pub async fn remove_lock(&self, password: SecretText) -> Result<LockView, Problem> {
        if let Some(kept) = self.lock.kept().await? {
            self.lock.prove(password, kept.hash, self.clock.now()).await?;
            self.lock.remove().await?;
            self.engine.record(Deed::new(Act::LockRemoved));
            self.lock_changed();
        }
        self.lock_state().await
    }

    /// Locks now: secrets that may still be shown are forgotten.
    ///
    /// # Errors
    /// When no password is set, or the keychain refuses.
    pub async fn lock_now(&self) -> Result<LockView, Problem> {
        if !self.is_locked() {
            if self.lock.kept().await?.is_none() {
                return Err(Problem::new("lock.none", NextStep::CorrectField));
            }
            self.once.clear();
            self.lock.locked.store(true, Ordering::Release);
            self.lock_changed();
        }
        self.lock_state().await
    }

    /// Unlocks.
    ///
    /// # Errors
    /// When the password is wrong, was wrong too often a moment ago, or the keychain refuses.
    pub async fn unlock(&self, password: SecretText) -> Result<LockView, Problem> {
        if self.is_locked() {
            if let Some(kept) = self.lock.kept().await? {
                self.lock.prove(password, kept.hash, self.clock.now()).await?;
            }
            self.lock.locked.store(false, Ordering::Release);
            self.lock_changed();
        }
        self.lock_state().await
    }

    fn lock_changed(&self) {
        // Nobody listening is no fault.
        let _ = self.events.send(AppEvent::PartChanged { part: ChangedPart::Lock, scope: None });
    }
}
