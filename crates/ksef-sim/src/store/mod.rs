//! The state: tables in memory, and a journal that takes every change before it is answered.

mod index;
mod journal;
mod table;

use index::{Originals, StorageDates};
pub(crate) use journal::Journal;
pub use journal::JournalError;
pub(crate) use table::Table;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::judge::authority::{Authority, AuthorityState};
use crate::judge::jwt::JwtKey;
use crate::judge::keys::{MinistryKeys, MinistryKeysState};
use crate::judge::providers::{TrustServices, TrustServicesState};
use crate::judge::revocation::RevocationList;
use crate::judge::upo::{UpoSigner, UpoSignerState};
use crate::model::{
    AttachmentConsent, Authentication, Authorization, BlockedContext, Certificate, Challenge,
    CollectiveIdentifier, Company, ContextLimits, Enrollment, Export, Grant, Invoice, PeppolProvider,
    PermissionOperation, Person, RateProfile, Role, Session, SubjectLimits, Token,
};

/// Everything that changes.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) companies: Table<Company>,
    pub(crate) people: Table<Person>,
    pub(crate) grants: Table<Grant>,
    pub(crate) tokens: Table<Token>,
    pub(crate) challenges: Table<Challenge>,
    pub(crate) authentications: Table<Authentication>,
    pub(crate) sessions: Table<Session>,
    pub(crate) invoices: Table<Invoice>,
    pub(crate) exports: Table<Export>,
    pub(crate) collective: Table<CollectiveIdentifier>,
    pub(crate) withdrawn: Table<RevocationList>,
    /// The dates of permanent storage that are taken; found again by [`State::index`].
    pub(crate) storage_dates: StorageDates,
    /// The accepted documents by what makes a duplicate; found again by [`State::index`].
    pub(crate) originals: Originals,
    pub(crate) certificates: Table<Certificate>,
    pub(crate) enrollments: Table<Enrollment>,
    pub(crate) authorizations: Table<Authorization>,
    pub(crate) operations: Table<PermissionOperation>,
    pub(crate) roles: Table<Role>,
    pub(crate) attachments: Table<AttachmentConsent>,
    pub(crate) blocked: Table<BlockedContext>,
    pub(crate) context_limits: Table<ContextLimits>,
    pub(crate) subject_limits: Table<SubjectLimits>,
    pub(crate) rate_profiles: Table<RateProfile>,
    pub(crate) peppol: Table<PeppolProvider>,
}

/// The simulator's own keys.
#[derive(Debug)]
pub(crate) struct Keys {
    pub(crate) authority: Authority,
    pub(crate) trust: TrustServices,
    pub(crate) ministry: MinistryKeys,
    pub(crate) jwt: JwtKey,
    pub(crate) upo: UpoSigner,
}

/// The keys as the journal holds them.
#[derive(Serialize, Deserialize)]
pub(crate) struct KeysState {
    authority: AuthorityState,
    /// A state of an earlier version has none: they are made then.
    #[serde(default)]
    trust: Option<TrustServicesState>,
    ministry: MinistryKeysState,
    jwt: String,
    upo: UpoSignerState,
}

/// One change: a row as it stands now.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Change {
    pub(crate) table: String,
    pub(crate) key: String,
    pub(crate) row: Value,
}

/// Runs something for each table with its name in the journal.
macro_rules! each_table {
    ($state:expr, |$name:ident, $table:ident| $body:expr) => {{
        {
            let ($name, $table) = ("companies", &mut $state.companies);
            $body
        }
        {
            let ($name, $table) = ("people", &mut $state.people);
            $body
        }
        {
            let ($name, $table) = ("grants", &mut $state.grants);
            $body
        }
        {
            let ($name, $table) = ("tokens", &mut $state.tokens);
            $body
        }
        {
            let ($name, $table) = ("challenges", &mut $state.challenges);
            $body
        }
        {
            let ($name, $table) = ("authentications", &mut $state.authentications);
            $body
        }
        {
            let ($name, $table) = ("sessions", &mut $state.sessions);
            $body
        }
        {
            let ($name, $table) = ("invoices", &mut $state.invoices);
            $body
        }
        {
            let ($name, $table) = ("collective", &mut $state.collective);
            $body
        }
        {
            let ($name, $table) = ("exports", &mut $state.exports);
            $body
        }
        {
            let ($name, $table) = ("withdrawn", &mut $state.withdrawn);
            $body
        }
        {
            let ($name, $table) = ("certificates", &mut $state.certificates);
            $body
        }
        {
            let ($name, $table) = ("enrollments", &mut $state.enrollments);
            $body
        }
        {
            let ($name, $table) = ("authorizations", &mut $state.authorizations);
            $body
        }
        {
            let ($name, $table) = ("operations", &mut $state.operations);
            $body
        }
        {
            let ($name, $table) = ("roles", &mut $state.roles);
            $body
        }
        {
            let ($name, $table) = ("attachments", &mut $state.attachments);
            $body
        }
        {
            let ($name, $table) = ("blocked", &mut $state.blocked);
            $body
        }
        {
            let ($name, $table) = ("context_limits", &mut $state.context_limits);
            $body
        }
        {
            let ($name, $table) = ("subject_limits", &mut $state.subject_limits);
            $body
        }
        {
            let ($name, $table) = ("rate_profiles", &mut $state.rate_profiles);
            $body
        }
        {
            let ($name, $table) = ("peppol", &mut $state.peppol);
            $body
        }
    }};
}

impl State {
    /// Finds again what is kept beside the tables.
    pub(crate) fn index(&mut self) {
        self.storage_dates = StorageDates::default();
        self.originals = Originals::default();
        for row in self.invoices.rows() {
            row.permanent_storage.into_iter().for_each(|date| self.storage_dates.insert(date));
            if let Some(facts) = row.facts.as_ref().filter(|_| row.accepted()) {
                self.originals.insert(facts, &row.reference);
            }
        }
    }

    /// The rows that changed since the last call.
    pub(crate) fn changes(&mut self) -> Result<Vec<Change>, serde_json::Error> {
        let mut changes = Vec::new();
        each_table!(self, |name, table| table.drain_changes(name, &mut changes)?);
        Ok(changes)
    }

    /// Every row as a change, for a journal that is written anew.
    pub(crate) fn all_rows(&mut self) -> Result<Vec<Change>, serde_json::Error> {
        each_table!(self, |_name, table| table.change_all());
        self.changes()
    }

    /// How many rows there are.
    pub(crate) fn len(&mut self) -> usize {
        let mut rows = 0;
        each_table!(self, |_name, table| rows += table.len());
        rows
    }

    /// Forgets which rows changed, where there is no journal.
    pub(crate) fn forget_changes(&mut self) {
        each_table!(self, |_name, table| table.forget_changes());
    }

    /// Takes a row from the journal; the last one of a key wins.
    pub(crate) fn take(&mut self, change: Change) -> Result<(), serde_json::Error> {
        let Change { table: wanted, key, row } = change;
        let mut row = Some(row);
        each_table!(self, |name, table| {
            if name == wanted
                && let Some(row) = row.take()
            {
                table.restore(key.clone(), serde_json::from_value(row)?);
            }
        });
        Ok(())
    }
}

impl KeysState {
    /// Nothing of it has to be made anew.
    pub(crate) const fn is_whole(&self) -> bool {
        self.trust.is_some()
    }
}

impl Keys {
    pub(crate) fn to_state(&self) -> Result<KeysState, crate::judge::CryptoFailed> {
        Ok(KeysState {
            authority: self.authority.to_state()?,
            trust: Some(self.trust.to_state()?),
            ministry: self.ministry.to_state()?,
            jwt: self.jwt.to_state(),
            upo: self.upo.to_state()?,
        })
    }

    /// `now` is the beginning of what an earlier version did not have yet.
    pub(crate) fn from_state(state: &KeysState, now: DateTime<Utc>) -> Result<Self, JournalError> {
        let trust = match &state.trust {
            Some(trust) => TrustServices::from_state(trust)?,
            None => TrustServices::create(now, &ksef_crypto::OsRandomness)?,
        };
        Ok(Self {
            authority: Authority::from_state(&state.authority)?,
            trust,
            ministry: MinistryKeys::from_state(&state.ministry)?,
            jwt: JwtKey::from_state(&state.jwt).ok_or(JournalError::DamagedKeys)?,
            upo: UpoSigner::from_state(&state.upo)?,
        })
    }
}
