use chrono::{DateTime, Utc};
use ksef_types::{ContextIdentifier, Nip, Pesel};
use serde::{Deserialize, Serialize};

use super::Subject;
use crate::Permission;

/// A firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Company {
    /// Its NIP; whoever signs with a certificate of this NIP is its owner.
    pub nip: Nip,
    /// Its name.
    pub name: String,
    /// Every authentication in its context ends with 480.
    #[serde(default)]
    pub blocked: bool,
    /// The most documents of one interactive session (`/limits/context`).
    #[serde(default = "ten_thousand")]
    pub max_invoices: u32,
}

const fn ten_thousand() -> u32 {
    10_000
}

/// How a person is known to KSeF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", content = "value")]
pub enum PersonId {
    /// By PESEL.
    Pesel(Pesel),
    /// By NIP.
    Nip(Nip),
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// PESEL or NIP.
    pub id: PersonId,
    /// First name.
    pub given_name: String,
    /// Family name.
    pub surname: String,
    /// The firm of which the person is the owner by the link of NIP and PESEL.
    #[serde(default)]
    pub owner_of: Option<Nip>,
    /// Every authentication by the person ends with 470.
    #[serde(default)]
    pub deceased: bool,
}

impl PersonId {
    pub(crate) fn subject(self) -> Subject {
        match self {
            Self::Pesel(pesel) => Subject::pesel(&pesel),
            Self::Nip(nip) => Subject::nip(&nip),
        }
    }
}

/// A permission given to somebody in a context.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) id: String,
    pub(crate) to: Subject,
    pub(crate) context: ContextIdentifier,
    pub(crate) permission: Permission,
    pub(crate) description: String,
    pub(crate) start: DateTime<Utc>,
    pub(crate) active: bool,
}
