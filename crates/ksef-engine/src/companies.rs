use ksef_archive::{ArchiveError, CompanyRow, Reading};
use ksef_types::{Environment, Nip};

use crate::keychain::KeychainProblem;
use crate::{Act, Deed, Engine, EngineError};

/// A company in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// Its NIP; one company per NIP.
    pub nip: Nip,
    /// The name that a person gave it.
    pub name: Option<String>,
    /// The environment chosen for it last.
    pub environment: Environment,
    /// How many of its invoices in that environment are not settled yet (queued, under way, held).
    pub waiting: u32,
}

/// The environment of a company for which none was chosen yet: nothing can go wrong there.
const FIRST_ENVIRONMENT: Environment = Environment::Sandbox;

impl Engine {
    /// All companies, by name (those without one last) and NIP.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn companies(&self) -> Result<Vec<Company>, EngineError> {
        self.archive().read(|tables| {
            let rows = tables.companies().list()?;
            rows.into_iter().map(|row| self.with_facts(tables, row)).collect()
        })
    }

    /// One company.
    ///
    /// # Errors
    /// [`EngineError::UnknownCompany`], or when the archive fails.
    pub fn company(&self, nip: Nip) -> Result<Company, EngineError> {
        self.archive().read(|tables| {
            let row = tables.companies().get(nip)?.ok_or(EngineError::UnknownCompany(nip))?;
            self.with_facts(tables, row)
        })
    }

    /// Adds a company with the environment to begin with. An empty name is no name. One that was taken off the list
    /// comes back with its invoices.
    ///
    /// # Errors
    /// [`EngineError::CompanyExists`], or when the archive fails.
    pub fn add_company(
        &self,
        nip: Nip,
        name: Option<&str>,
        environment: Environment,
    ) -> Result<Company, EngineError> {
        self.archive().write(|tables| {
            if tables.companies().get(nip)?.is_some() {
                return Err(EngineError::CompanyExists(nip));
            }
            tables.companies_mut().put(nip, given(name), self.now())?;
            tables.company_environment_mut().choose(nip, environment)?;
            Ok(())
        })?;
        self.record(Deed::of_company(Act::CompanyAdded, nip));
        self.company(nip)
    }

    /// Gives a company another name, or none.
    ///
    /// # Errors
    /// [`EngineError::UnknownCompany`], or when the archive fails.
    pub fn rename_company(&self, nip: Nip, name: Option<&str>) -> Result<(), EngineError> {
        let known = self
            .archive()
            .write::<_, ArchiveError>(|tables| tables.companies_mut().rename(nip, given(name)))?;
        if known { Ok(()) } else { Err(EngineError::UnknownCompany(nip)) }
    }

    /// Takes a company off the list and deletes its secrets in every environment. Its invoices stay in the archive and
    /// come back with the company. Secrets go first: when the keychain refuses, the company stays.
    ///
    /// # Errors
    /// [`EngineError::UnknownCompany`], [`EngineError::Keychain`], or when the archive fails.
    pub async fn remove_company(&self, nip: Nip) -> Result<(), EngineError> {
        self.company(nip)?;
        let unfinished = self.archive().read::<_, ArchiveError>(|tables| tables.enrolments().unfinished())?;
        self.forget_company(nip);
        self.vault(move |vault| vault.remove_company(nip)).await.map_err(KeychainProblem::from)?;
        self.archive().write::<_, ArchiveError>(|tables| {
            tables.credential_notes_mut().remove_company(nip)?;
            tables.contexts_mut().remove_company(nip)?;
            tables.wanted_rights_mut().remove_company(nip)?;
            tables.left_keys_mut().remove_company(nip)?;
            tables.known_tokens_mut().remove_company(nip)?;
            tables.known_certificates_mut().remove_company(nip)?;
            tables.companies_mut().remove(nip, self.now())
        })?;
        self.record(Deed::of_company(Act::CompanyRemoved, nip));
        if unfinished.iter().any(|row| row.company == nip) {
            // Whoever was at work on a request may have put something there before the company was off the list.
            self.vault(move |vault| vault.remove_company(nip)).await.map_err(KeychainProblem::from)?;
        }
        Ok(())
    }

    /// Remembers the environment that was chosen for a company.
    ///
    /// # Errors
    /// [`EngineError::UnknownCompany`], or when the archive fails.
    pub fn choose_environment(&self, nip: Nip, environment: Environment) -> Result<(), EngineError> {
        self.archive().write(|tables| {
            tables.companies().get(nip)?.ok_or(EngineError::UnknownCompany(nip))?;
            Ok(tables.company_environment_mut().choose(nip, environment)?)
        })
    }

    /// Whether a company is on the list, where something is about to be written for it.
    pub(crate) fn known_company(&self, tables: &Reading<'_>, nip: Nip) -> Result<CompanyRow, EngineError> {
        tables.companies().get(nip)?.ok_or(EngineError::UnknownCompany(nip))
    }

    fn with_facts(&self, tables: &Reading<'_>, row: CompanyRow) -> Result<Company, EngineError> {
        let environment = tables.company_environment().get(row.nip)?.unwrap_or(FIRST_ENVIRONMENT);
        let counts = tables.outbox().counts(row.nip, environment, self.now())?;
        let waiting = counts.waiting + counts.held;
        Ok(Company { nip: row.nip, name: row.name, environment, waiting })
    }
}

fn given(name: Option<&str>) -> Option<&str> {
    name.map(str::trim).filter(|name| !name.is_empty())
}
