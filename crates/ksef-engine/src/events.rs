use ksef_types::{Environment, Nip};

use crate::{Sale, SaleId, SaleState};

/// What changed, for screens that show it live. A receiver that lags reads the archive again.
#[derive(Debug, Clone)]
pub enum EngineEvent {
    /// An invoice in the outbox moved on.
    Outbox {
        /// Whose.
        company: Nip,
        /// Where.
        environment: Environment,
        /// Which.
        id: SaleId,
        /// How far it is now.
        state: SaleState,
        /// The row as it is now.
        sale: Box<Sale>,
    },
    /// A company has another credential: what stopped for want of one may go on.
    Credential {
        /// Whose.
        company: Nip,
        /// Where.
        environment: Environment,
    },
    /// The outbox of a company began or ended its work.
    Run {
        /// Whose.
        company: Nip,
        /// Where.
        environment: Environment,
        /// At work now.
        running: bool,
    },
    /// A login by a signature made elsewhere moved on.
    Signing {
        /// Whose.
        company: Nip,
        /// Where.
        environment: Environment,
    },
    /// A request for a certificate moved on.
    Enrolments {
        /// Whose.
        company: Nip,
        /// Where.
        environment: Environment,
    },
    /// The table of credentials is known better, or another one has taken a place.
    Credentials {
        /// Whose.
        company: Nip,
        /// Where.
        environment: Environment,
    },
    /// The journal has another entry.
    Journal,
}
