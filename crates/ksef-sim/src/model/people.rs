use chrono::{DateTime, Utc};
use ksef_types::{Nip, Pesel};
use serde::{Deserialize, Serialize};

use super::Subject;

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
    /// When `POST /testdata/person` made it.
    #[serde(default)]
    pub created: Option<DateTime<Utc>>,
}

impl PersonId {
    pub(crate) fn subject(self) -> Subject {
        match self {
            Self::Pesel(pesel) => Subject::pesel(&pesel),
            Self::Nip(nip) => Subject::nip(&nip),
        }
    }
}
