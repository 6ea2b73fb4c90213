//! Moving the simulator from outside: the same in Rust and over the management port.

mod certificates;
mod faults;
mod latarnia;
mod limits;
mod making;
mod people;
mod seen;
mod services;
mod signers;
mod time;

use std::sync::Arc;

use ksef_types::Nip;

pub use self::certificates::{
    CertificateKind, CertificateOwner, Damage, KeyAlgorithm, MadeCertificate, NewCertificate,
};
pub use self::faults::Ending;
pub(crate) use self::faults::end_access_tokens;
pub(crate) use self::latarnia::Lighthouse;
pub use self::latarnia::{Announcement, AnnouncementCategory, AnnouncementKind, Availability, NewEvent};
pub use self::limits::ExportLimits;
pub(crate) use self::people::NewGrant;
pub use self::people::NewPerson;
pub use self::seen::{Arrived, ArrivedDocument, ArrivedRequest, HeldInvoice};
pub use self::signers::{NewSigner, SignerOwner};
pub use self::time::{Moved, StepTarget};
use crate::judge::{CryptoFailed, NotSignable};
use crate::world::{StorageFailed, World};

/// The hand on the simulator. Cheap to clone.
#[derive(Clone)]
pub struct Control(Arc<World>);

/// Why the management refuses.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// No company with that NIP was made.
    #[error("no company with NIP {0}; make it first")]
    NoCompany(Nip),
    /// No person with that number was made.
    #[error("no such person; make it first")]
    NoPerson,
    /// No row with that number.
    #[error("nothing has the number {0}")]
    NotFound(String),
    /// A password that the portal would not take.
    #[error(
        "a password has 15 to 32 characters: a lower-case and an upper-case letter, a digit, one of !@#$%^&*()-_+="
    )]
    WeakPassword,
    /// Nobody of that kind gets such a certificate or such a signature.
    #[error("{0}")]
    NoSuchSigner(&'static str),
    /// What Profil Zaufany was to sign is nothing to sign.
    #[error(transparent)]
    NotSignable(#[from] NotSignable),
    /// Latarnia announces no such event.
    #[error("{0}")]
    NoSuchEvent(&'static str),
    /// No status of the contract has that code.
    #[error("the contract has no such status: {0}")]
    NoSuchStatus(u16),
    /// The state could not be written.
    #[error(transparent)]
    Storage(#[from] StorageFailed),
    /// Keys or certificates could not be made.
    #[error(transparent)]
    Crypto(#[from] CryptoFailed),
}

impl Control {
    pub(crate) const fn new(world: Arc<World>) -> Self {
        Self(world)
    }

    /// Lets everything that is due happen before something about the world changes.
    fn settle(&self) {
        if let Err(failure) = self.0.look(|_| ()) {
            tracing::error!(%failure, "the state could not be written");
        }
    }
}

impl std::fmt::Debug for Control {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Control")
    }
}
