use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ksef_types::SecretText;

use super::App;
use crate::views::OnceHandle;
use crate::{NextStep, Problem};

/// Secrets that were just made and may be shown or copied, until the person closes the dialog: a new token, the
/// password of an export. They are in memory only; a view carries the handle, never the secret.
#[derive(Default)]
pub(super) struct OnceShelf(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    last: u64,
    secrets: BTreeMap<u64, SecretText>,
}

/// More than a person has dialogs open; the oldest is forgotten first.
const AT_MOST: usize = 16;

impl OnceShelf {
    /// Keeps a secret until it is dropped.
    pub(super) fn put(&self, secret: SecretText) -> OnceHandle {
        let mut shelf = self.locked();
        shelf.last += 1;
        let number = shelf.last;
        shelf.secrets.insert(number, secret);
        while shelf.secrets.len() > AT_MOST {
            shelf.secrets.pop_first();
        }
        OnceHandle(number.to_string())
    }

    fn get(&self, handle: &OnceHandle) -> Option<SecretText> {
        let number: u64 = handle.0.parse().ok()?;
        // Exposed to be handed on; the shelf keeps its own until the dialog is closed.
        self.locked().secrets.get(&number).map(|secret| SecretText::from(secret.expose().to_owned()))
    }

    fn drop_one(&self, handle: &OnceHandle) {
        if let Ok(number) = handle.0.parse::<u64>() {
            self.locked().secrets.remove(&number);
        }
    }

    /// Forgets all of them: the program is being locked.
    pub(super) fn clear(&self) {
        self.locked().secrets.clear();
    }

    fn locked(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// A secret that was just made, to be shown or copied.
    ///
    /// # Errors
    /// When it was dropped already.
    pub fn once(&self, handle: &OnceHandle) -> Result<SecretText, Problem> {
        self.once.get(handle).ok_or_else(|| Problem::new("secret.gone", NextStep::Retry))
    }

    /// The dialog was closed: the secret is forgotten.
    pub fn drop_once(&self, handle: &OnceHandle) {
        self.once.drop_one(handle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_there_until_it_is_dropped() {
        let shelf = OnceShelf::default();
        let (first, second) = (shelf.put("pierwszy".to_owned().into()), shelf.put("drugi".to_owned().into()));
        shelf.drop_one(&first);
        assert!(shelf.get(&first).is_none());
        assert_eq!(shelf.get(&second).unwrap().expose(), "drugi");
        shelf.clear();
        assert!(shelf.get(&second).is_none());
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let shelf = OnceShelf::default();
        let handles: Vec<_> = (0..AT_MOST + 3).map(|n| shelf.put(n.to_string().into())).collect();
        assert!(handles[..3].iter().all(|handle| shelf.get(handle).is_none()));
        assert!(handles[3..].iter().all(|handle| shelf.get(handle).is_some()));
    }
}
