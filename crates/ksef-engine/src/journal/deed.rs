use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use ksef_archive::{ArchiveError, JournalOutcome, NewJournalEntry, Writing};
use ksef_types::{Environment, Nip};

use crate::{Engine, EngineEvent};

/// What can be done with credentials; each is a line of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Certificate with key brought as files and put into the keychain.
    CredentialSaved,
    /// A credential taken out of the keychain.
    CredentialRemoved,
    /// Logged in by a signature made elsewhere, or with files that were not kept.
    SignedIn,
    /// A certificate asked for at KSeF.
    CertificateRequested,
    /// A certificate that was asked for is in the keychain.
    CertificateReceived,
    /// A request for a certificate given up.
    EnrolmentAbandoned,
    /// A new certificate took the place of an older one.
    CertificateRenewed,
    /// A certificate revoked in KSeF.
    CertificateRevoked,
    /// A certificate with its key written to a file for another program.
    CredentialExported,
    /// A token made in KSeF.
    TokenMade,
    /// A token revoked in KSeF.
    TokenRevoked,
    /// A token pasted and put into the keychain.
    TokenPasted,
    /// A login ended in KSeF by a person.
    LoginEnded,
    /// A permission granted.
    PermissionGranted,
    /// A permission revoked.
    PermissionRevoked,
    /// A company added to the program.
    CompanyAdded,
    /// A company taken off the program, with its secrets.
    CompanyRemoved,
    /// In whose name one works for a company was changed.
    ContextChosen,
    /// The program's lock set or changed.
    LockSet,
    /// The program's lock taken off.
    LockRemoved,
    /// The journal written to a file.
    JournalSaved,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 21] = [
        Self::CredentialSaved,
        Self::CredentialRemoved,
        Self::SignedIn,
        Self::CertificateRequested,
        Self::CertificateReceived,
        Self::EnrolmentAbandoned,
        Self::CertificateRenewed,
        Self::CertificateRevoked,
        Self::CredentialExported,
        Self::TokenMade,
        Self::TokenRevoked,
        Self::TokenPasted,
        Self::LoginEnded,
        Self::PermissionGranted,
        Self::PermissionRevoked,
        Self::CompanyAdded,
        Self::CompanyRemoved,
        Self::ContextChosen,
        Self::LockSet,
        Self::LockRemoved,
        Self::JournalSaved,
    ];

    /// The stable name under which it stands in the archive.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CredentialSaved => "credential-saved",
            Self::CredentialRemoved => "credential-removed",
            Self::SignedIn => "signed-in",
            Self::CertificateRequested => "certificate-requested",
            Self::CertificateReceived => "certificate-received",
            Self::EnrolmentAbandoned => "enrolment-abandoned",
            Self::CertificateRenewed => "certificate-renewed",
            Self::CertificateRevoked => "certificate-revoked",
            Self::CredentialExported => "credential-exported",
            Self::TokenMade => "token-made",
            Self::TokenRevoked => "token-revoked",
            Self::TokenPasted => "token-pasted",
            Self::LoginEnded => "login-ended",
            Self::PermissionGranted => "permission-granted",
            Self::PermissionRevoked => "permission-revoked",
            Self::CompanyAdded => "company-added",
            Self::CompanyRemoved => "company-removed",
            Self::ContextChosen => "context-chosen",
            Self::LockSet => "lock-set",
            Self::LockRemoved => "lock-removed",
            Self::JournalSaved => "journal-saved",
        }
    }
}

/// One deed for the journal. Nothing of it may be secret: no token, no key, no password, no whole PESEL.
#[derive(Debug, Clone)]
pub struct Deed {
    act: Act,
    company: Option<Nip>,
    environment: Option<Environment>,
    object: Option<String>,
    values: BTreeMap<String, String>,
    problem: Option<String>,
}

impl Deed {
    /// A deed that concerns the program itself.
    #[must_use]
    pub const fn new(act: Act) -> Self {
        Self { act, company: None, environment: None, object: None, values: BTreeMap::new(), problem: None }
    }

    /// A deed for a company in an environment.
    #[must_use]
    pub fn of(act: Act, company: Nip, environment: Environment) -> Self {
        Self { company: Some(company), environment: Some(environment), ..Self::new(act) }
    }

    /// A deed for a company in every environment.
    #[must_use]
    pub fn of_company(act: Act, company: Nip) -> Self {
        Self { company: Some(company), ..Self::new(act) }
    }

    /// To what: a serial number, a reference number, the name of a file, a kind.
    #[must_use]
    pub fn object(mut self, object: impl Into<String>) -> Self {
        self.object = Some(object.into());
        self
    }

    /// A value for the sentence, such as `reason` or `name`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }

    /// It was tried and did not succeed; the short reason is a code, never words of a person.
    #[must_use]
    pub fn failed(mut self, problem: impl Into<String>) -> Self {
        self.problem = Some(problem.into());
        self
    }

    /// Writes it in the transaction of what it tells of: neither is written without the other. Whoever does this tells
    /// [`EngineEvent::Journal`] afterwards.
    pub(crate) fn write_into(self, tables: &Writing<'_>, at: DateTime<Utc>) -> Result<(), ArchiveError> {
        let outcome = if self.problem.is_some() { JournalOutcome::Failed } else { JournalOutcome::Done };
        let detail = Detail { problem: self.problem, values: self.values };
        let detail = (detail != Detail::default())
            .then(|| crate::json::write(&detail, "a line of the journal"))
            .transpose()?;
        tables.journal_mut().append(&NewJournalEntry {
            at,
            company: self.company,
            environment: self.environment,
            action: self.act.as_str(),
            object: self.object.as_deref(),
            outcome,
            detail: detail.as_deref(),
        })?;
        Ok(())
    }
}

/// What stands in the archive's `detail`: JSON, its keys sorted.
#[derive(Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Detail {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) problem: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) values: BTreeMap<String, String>,
}

impl Engine {
    /// Writes a deed into the journal. What was done is done: an archive that refuses is told in the log, not to the caller.
    pub fn record(&self, deed: Deed) {
        let act = deed.act.as_str();
        if let Err(error) = self.write_deed(deed) {
            tracing::error!(%error, act, "the journal could not be written");
        }
    }

    fn write_deed(&self, deed: Deed) -> Result<(), ArchiveError> {
        let now = self.now();
        self.archive().write::<_, ArchiveError>(|tables| deed.write_into(tables, now))?;
        self.tell(EngineEvent::Journal);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> = Act::ALL.iter().map(|act| act.as_str()).collect();
        assert_eq!(names.len(), Act::ALL.len());
    }
}
