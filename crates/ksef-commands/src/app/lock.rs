use ksef_types::SecretText;

use super::App;
use crate::views::LockView;
use crate::{NextStep, Problem};

impl App {
    /// How the lock stands.
    ///
    /// # Errors
    /// When the keychain refuses.
    pub async fn lock_state(&self) -> Result<LockView, Problem> {
        Ok(LockView { enabled: false, locked: false, idle_minutes: 10 })
    }

    /// Sets the password and the minutes; where one is set, the old one is asked for.
    ///
    /// # Errors
    /// When the password is too short, the old one is wrong, or the keychain refuses.
    pub async fn set_lock(
        &self,
        old: Option<SecretText>,
        password: SecretText,
        idle_minutes: u32,
    ) -> Result<LockView, Problem> {
        let _ = (old, password, idle_minutes);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Takes the lock off.
    ///
    /// # Errors
    /// When the password is wrong or the keychain refuses.
    pub async fn remove_lock(&self, password: SecretText) -> Result<LockView, Problem> {
        let _ = password;
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Locks now.
    ///
    /// # Errors
    /// When no password is set.
    pub async fn lock_now(&self) -> Result<LockView, Problem> {
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Unlocks.
    ///
    /// # Errors
    /// When the password is wrong.
    pub async fn unlock(&self, password: SecretText) -> Result<LockView, Problem> {
        let _ = password;
        Err(Problem::new("program.stopped", NextStep::Retry))
    }
}
