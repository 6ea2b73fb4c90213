use ksef_engine::EngineError;
use ksef_types::{Environment, SecretText};

use super::{App, AppEvent, read_nip};
use crate::views::{CompanyView, EnvironmentName, NewCompany};
use crate::{Problem, problems};

impl App {
    /// All companies, by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn companies(&self) -> Result<Vec<CompanyView>, Problem> {
        let companies = self.engine.companies().map_err(|error| problems::engine(&error))?;
        Ok(companies.into_iter().map(Into::into).collect())
    }

    /// "Dodaj firmę".
    ///
    /// # Errors
    /// When the NIP is none, or the company is there already.
    pub async fn add_company(&self, company: NewCompany) -> Result<CompanyView, Problem> {
        let nip = read_nip(&company.nip)?;
        let added = self
            .engine
            .add_company(nip, company.name.as_deref(), company.environment.into())
            .map_err(|error| problems::engine(&error))?;
        self.tell(AppEvent::CompaniesChanged);
        Ok(added.into())
    }

    /// Adds the company that a pasted token belongs to, with the token; one that is there already gets the token.
    ///
    /// # Errors
    /// When the text is no token of a company, or the keychain refuses: then nothing is added.
    pub async fn add_company_of_token(
        &self,
        token: SecretText,
        name: Option<String>,
        environment: EnvironmentName,
    ) -> Result<CompanyView, Problem> {
        let nip = ksef_engine::Engine::company_of_token(&token).map_err(problems::token)?;
        let place = Environment::from(environment);
        let new = match self.engine.add_company(nip, name.as_deref(), place) {
            Ok(_) => true,
            Err(EngineError::CompanyExists(_)) => false,
            Err(error) => return Err(problems::engine(&error)),
        };
        let pasted = self.engine.paste_token(nip, place, token).await;
        let pasted = pasted.map_err(|error| problems::engine(&error))?;
        if let Some(problem) = pasted.overview.token.problem {
            if new {
                self.engine.remove_company(nip).await.map_err(|error| problems::engine(&error))?;
            }
            return Err(problems::token(problem));
        }
        self.tell(AppEvent::CompaniesChanged);
        self.engine.company(nip).map(Into::into).map_err(|error| problems::engine(&error))
    }

    /// Gives a company another name, or none.
    ///
    /// # Errors
    /// When the company is unknown.
    pub async fn rename_company(&self, nip: &str, name: Option<String>) -> Result<(), Problem> {
        let nip = read_nip(nip)?;
        self.engine.rename_company(nip, name.as_deref()).map_err(|error| problems::engine(&error))?;
        self.tell(AppEvent::CompaniesChanged);
        Ok(())
    }

    /// Takes a company off the list and deletes its secrets; its invoices stay in the archive.
    ///
    /// # Errors
    /// When the company is unknown, or the keychain refuses: then the company stays.
    pub async fn remove_company(&self, nip: &str) -> Result<(), Problem> {
        let nip = read_nip(nip)?;
        self.runs.cancel_company(nip);
        self.engine.remove_company(nip).await.map_err(|error| problems::engine(&error))?;
        self.tell(AppEvent::CompaniesChanged);
        Ok(())
    }

    /// Remembers the environment of a company.
    ///
    /// # Errors
    /// When the company is unknown.
    pub async fn choose_environment(&self, nip: &str, environment: EnvironmentName) -> Result<(), Problem> {
        let nip = read_nip(nip)?;
        self.engine.choose_environment(nip, environment.into()).map_err(|error| problems::engine(&error))?;
        self.tell(AppEvent::CompaniesChanged);
        Ok(())
    }
}
