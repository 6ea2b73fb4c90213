use ksef_types::{Environment, Nip};

use crate::{Engine, EngineError};

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

impl Engine {
    /// All companies, by name and NIP.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn companies(&self) -> Result<Vec<Company>, EngineError> {
        unimplemented!()
    }

    /// One company.
    ///
    /// # Errors
    /// [`EngineError::UnknownCompany`], or when the archive fails.
    pub fn company(&self, nip: Nip) -> Result<Company, EngineError> {
        let _ = nip;
        unimplemented!()
    }

    /// Adds a company with the environment to begin with. An empty name is no name.
    ///
    /// # Errors
    /// [`EngineError::CompanyExists`], or when the archive fails.
    pub fn add_company(
        &self,
        nip: Nip,
        name: Option<&str>,
        environment: Environment,
    ) -> Result<Company, EngineError> {
        let _ = (nip, name, environment);
        unimplemented!()
    }

    /// Gives a company another name, or none.
    ///
    /// # Errors
    /// [`EngineError::UnknownCompany`], or when the archive fails.
    pub fn rename_company(&self, nip: Nip, name: Option<&str>) -> Result<(), EngineError> {
        let _ = (nip, name);
        unimplemented!()
    }

    /// Takes a company off the list and deletes its secrets in every environment. Its invoices stay in the archive and
    /// come back with the company. Secrets go first: when the keychain refuses, the company stays.
    ///
    /// # Errors
    /// [`EngineError::UnknownCompany`], [`EngineError::Keychain`], or when the archive fails.
    pub async fn remove_company(&self, nip: Nip) -> Result<(), EngineError> {
        let _ = nip;
        unimplemented!()
    }

    /// Remembers the environment that was chosen for a company.
    ///
    /// # Errors
    /// [`EngineError::UnknownCompany`], or when the archive fails.
    pub fn choose_environment(&self, nip: Nip, environment: Environment) -> Result<(), EngineError> {
        let _ = (nip, environment);
        unimplemented!()
    }
}
