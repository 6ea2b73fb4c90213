//! The names of entries.

use crate::{CredentialKey, Slot};

/// The service under which every entry stands, as the system's keychain shows it to people.
pub(crate) const SERVICE: &str = "Okienko";

/// One of the entries of which a place consists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Part {
    Key,
    Certificate,
    Token,
}

impl Part {
    /// The parts of a place, in the order in which they are written.
    pub(crate) const fn of(slot: Slot) -> &'static [Self] {
        match slot {
            Slot::Authentication | Slot::Offline | Slot::PendingAuthentication | Slot::PendingOffline => {
                &[Self::Key, Self::Certificate]
            }
            Slot::Token => &[Self::Token],
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Certificate => "certificate",
            Self::Token => "token",
        }
    }
}

/// The entry of the program's lock, which belongs to no company: the hash of a password.
pub(crate) const APP_LOCK: &str = "program/app-lock";

/// `{environment}/{NIP}/{slot}/{part}`.
pub(crate) fn account(key: &CredentialKey, part: Part) -> String {
    format!("{}/{}/{}/{}", key.environment, key.company, key.slot.as_str(), part.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ksef_types::Environment;

    #[test]
    fn names_are_stable() {
        let key = CredentialKey::new("5265877635".parse().unwrap(), Environment::Test, Slot::Offline);
        assert_eq!(account(&key, Part::Key), "test/5265877635/offline/key");
        let pending = key.pending().unwrap();
        assert_eq!(account(&pending, Part::Key), "test/5265877635/pending-offline/key");
        assert_eq!(pending.settled(), Some(key));
    }
}
