use ksef_types::{Environment, Nip};

/// One of the places for secrets that a company has in an environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// Certificate and key for authentication.
    Authentication,
    /// Certificate and key for offline invoices (KOD II).
    Offline,
    /// The token.
    Token,
    /// A key made for an authentication certificate that is not there yet, or is there and not yet proved.
    PendingAuthentication,
    /// A key made for an offline certificate that is not there yet, or is there and not yet proved.
    PendingOffline,
}

/// Whose secret, in which environment, in which place. Nothing crosses from one key to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CredentialKey {
    /// The company.
    pub company: Nip,
    /// The environment.
    pub environment: Environment,
    /// The place.
    pub slot: Slot,
}

impl Slot {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Authentication, Self::Offline, Self::Token, Self::PendingAuthentication, Self::PendingOffline];

    /// Where the key for a certificate of this place waits; `None` for the token's place and for those themselves.
    #[must_use]
    pub const fn pending(self) -> Option<Self> {
        match self {
            Self::Authentication => Some(Self::PendingAuthentication),
            Self::Offline => Some(Self::PendingOffline),
            Self::Token | Self::PendingAuthentication | Self::PendingOffline => None,
        }
    }

    /// The place for which a key waits in this one; `None` for places in which nothing waits.
    #[must_use]
    pub const fn settled(self) -> Option<Self> {
        match self {
            Self::PendingAuthentication => Some(Self::Authentication),
            Self::PendingOffline => Some(Self::Offline),
            Self::Authentication | Self::Offline | Self::Token => None,
        }
    }

    /// Short name: `authentication`, `offline`, `token`, `pending-authentication`, `pending-offline`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authentication => "authentication",
            Self::Offline => "offline",
            Self::Token => "token",
            Self::PendingAuthentication => "pending-authentication",
            Self::PendingOffline => "pending-offline",
        }
    }
}

impl CredentialKey {
    /// Puts a key together.
    #[must_use]
    pub const fn new(company: Nip, environment: Environment, slot: Slot) -> Self {
        Self { company, environment, slot }
    }

    /// The place in which a key for this one waits, of the same company and environment.
    #[must_use]
    pub const fn pending(&self) -> Option<Self> {
        match self.slot.pending() {
            Some(slot) => Some(Self { slot, ..*self }),
            None => None,
        }
    }

    /// The place for which a key waits in this one, of the same company and environment.
    #[must_use]
    pub const fn settled(&self) -> Option<Self> {
        match self.slot.settled() {
            Some(slot) => Some(Self { slot, ..*self }),
            None => None,
        }
    }
}
