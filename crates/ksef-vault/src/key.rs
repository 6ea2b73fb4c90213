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
    pub const ALL: [Self; 3] = [Self::Authentication, Self::Offline, Self::Token];

    /// Short name: `authentication`, `offline`, `token`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authentication => "authentication",
            Self::Offline => "offline",
            Self::Token => "token",
        }
    }
}

impl CredentialKey {
    /// Puts a key together.
    #[must_use]
    pub const fn new(company: Nip, environment: Environment, slot: Slot) -> Self {
        Self { company, environment, slot }
    }
}
