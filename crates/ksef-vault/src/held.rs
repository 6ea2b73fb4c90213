use crate::Slot;

/// What is in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Holding {
    /// Nothing.
    #[default]
    Nothing,
    /// A secret that can be read; where a key waits for its certificate, the key alone.
    Whole,
    /// A part of a secret, or one that cannot be read: to be stored anew or removed.
    Damaged,
}

/// What a company has in an environment. No secret is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Certificate and key for authentication.
    pub authentication: Holding,
    /// Certificate and key for offline invoices.
    pub offline: Holding,
    /// The token.
    pub token: Holding,
    /// A key, or key and certificate, on the way to the place for authentication.
    pub pending_authentication: Holding,
    /// A key, or key and certificate, on the way to the place for offline invoices.
    pub pending_offline: Holding,
}

impl Held {
    /// What is in this place.
    #[must_use]
    pub const fn in_slot(&self, slot: Slot) -> Holding {
        match slot {
            Slot::Authentication => self.authentication,
            Slot::Offline => self.offline,
            Slot::Token => self.token,
            Slot::PendingAuthentication => self.pending_authentication,
            Slot::PendingOffline => self.pending_offline,
        }
    }
}
