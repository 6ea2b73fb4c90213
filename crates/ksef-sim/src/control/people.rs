//! Companies, people, what they may do, their tokens.

use ksef_types::{ContextIdentifier, KsefToken, Nip, ReferenceNumber};
use serde::Deserialize;

use super::{Control, ControlError};
use crate::Permission;
use crate::model::{
    Company, Grant, GrantKind, PeppolProvider, Person, PersonId, Subject, Token, TokenStatus,
};

/// A person to be made.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewPerson {
    /// PESEL or NIP.
    pub id: PersonId,
    /// First name.
    pub given_name: String,
    /// Family name.
    pub surname: String,
    /// The firm of which the person is the owner by the link of NIP and PESEL.
    #[serde(default)]
    pub owner_of: Option<Nip>,
}

/// A permission to be given.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewGrant {
    pub(crate) to: PersonId,
    pub(crate) nip: Nip,
    pub(crate) permissions: Vec<Permission>,
}

impl Control {
    /// Makes a company, or gives the one with that NIP another name.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn make_company(&self, nip: Nip, name: &str) -> Result<Company, ControlError> {
        let made = self.0.change(|state| {
            let mut company = state.companies.get(nip.as_str()).cloned().unwrap_or(Company {
                nip,
                name: String::new(),
                blocked: false,
                max_invoices: 10_000,
            });
            name.clone_into(&mut company.name);
            state.companies.put(nip.as_str(), company.clone());
            company
        })?;
        Ok(made)
    }

    /// The companies that were made.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn companies(&self) -> Result<Vec<Company>, ControlError> {
        Ok(self.0.look(|state| state.companies.rows().cloned().collect())?)
    }

    /// Blocks a company (480), or lets it go.
    ///
    /// # Errors
    /// When there is no such company.
    pub fn block(&self, nip: Nip, blocked: bool) -> Result<(), ControlError> {
        self.change_company(nip, |company| company.blocked = blocked)
    }

    /// The most documents of an interactive session of a company (`/limits/context`, 21155).
    ///
    /// # Errors
    /// When there is no such company.
    pub fn limit_invoices(&self, nip: Nip, most: u32) -> Result<(), ControlError> {
        self.change_company(nip, |company| company.max_invoices = most)
    }

    fn change_company(&self, nip: Nip, change: impl FnOnce(&mut Company)) -> Result<(), ControlError> {
        let found = self.0.change(|state| state.companies.change(nip.as_str()).map(change))?;
        found.ok_or(ControlError::NoCompany(nip))
    }

    /// Makes a person, or replaces the one with the same number.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn make_person(&self, person: NewPerson) -> Result<Person, ControlError> {
        let NewPerson { id, given_name, surname, owner_of } = person;
        let person = Person { id, given_name, surname, owner_of, deceased: false, created: None };
        self.0.change(|state| state.people.put(id.subject().value, person.clone()))?;
        Ok(person)
    }

    /// Every authentication by the person ends with 470.
    ///
    /// # Errors
    /// When there is no such person.
    pub fn declare_deceased(&self, id: PersonId) -> Result<(), ControlError> {
        let key = id.subject().value;
        let found = self.0.change(|state| state.people.change(&key).map(|person| person.deceased = true))?;
        found.ok_or(ControlError::NoPerson)
    }

    /// Gives somebody permissions in a company's context.
    ///
    /// # Errors
    /// When there is no such company.
    pub fn grant(&self, to: PersonId, nip: Nip, permissions: &[Permission]) -> Result<(), ControlError> {
        self.grant_in(to.subject(), nip.into(), permissions)
    }

    fn grant_in(
        &self,
        to: Subject,
        context: ContextIdentifier,
        permissions: &[Permission],
    ) -> Result<(), ControlError> {
        let world = &self.0;
        let start = world.now();
        world.change(|state| {
            for permission in permissions {
                let grant = Grant {
                    id: world.chance.uuid(),
                    to: to.clone(),
                    context: context.clone(),
                    permission: *permission,
                    description: format!("Uprawnienie: {}", permission.in_polish()),
                    start,
                    active: true,
                    kind: GrantKind::Person,
                    author: None,
                    granted_in: None,
                    can_delegate: false,
                    target: None,
                    subject_details: None,
                    unit_name: None,
                    eu_details: None,
                };
                state.grants.put(grant.id.clone(), grant);
            }
        })?;
        Ok(())
    }

    /// Takes all permissions in a company's context away from somebody.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn revoke_grants(&self, from: PersonId, nip: Nip) -> Result<(), ControlError> {
        let (subject, context) = (from.subject(), ContextIdentifier::from(nip));
        self.0.change(|state| {
            let theirs = |grant: &&Grant| grant.to == subject && grant.context == context;
            let ids: Vec<String> = state.grants.rows().filter(theirs).map(|grant| grant.id.clone()).collect();
            for id in ids {
                state.grants.change(&id).into_iter().for_each(|grant| grant.active = false);
            }
        })?;
        Ok(())
    }

    /// Makes an active token of a company with fixed permissions. Its text is not kept.
    ///
    /// # Errors
    /// When there is no such company.
    pub fn make_token(&self, nip: Nip, permissions: &[Permission]) -> Result<KsefToken, ControlError> {
        let world = &self.0;
        if world.look(|state| state.companies.get(nip.as_str()).is_none())? {
            return Err(ControlError::NoCompany(nip));
        }
        let reference = world.chance.reference(world.today(), ['E', 'C']);
        // The secret part never comes from the seed.
        let mut secret = [0; 32];
        ksef_types::Randomness::fill(&ksef_crypto::OsRandomness, &mut secret);
        let text = format!("{reference}|nip-{nip}|{}", hex::encode(secret));
        let token = KsefToken::parse(&text).map_err(|_| ControlError::NotFound(reference.to_string()))?;
        let row = Token {
            hash: hex::encode(openssl::sha::sha256(text.as_bytes())),
            context: nip.into(),
            author: Subject::nip(&nip),
            description: "Token z zarządzania symulatorem".to_owned(),
            permissions: permissions.to_vec(),
            created: world.now(),
            last_use: None,
            status: TokenStatus::Active,
            status_details: Vec::new(),
            bound: false,
            reference,
        };
        world.change(|state| state.tokens.put(row.reference.to_string(), row))?;
        Ok(token)
    }

    /// Registers a provider of Peppol services, as its first login does.
    ///
    /// # Errors
    /// When the identifier has another shape, or the state cannot be written.
    pub fn make_peppol_provider(&self, id: &str, name: &str) -> Result<(), ControlError> {
        if ContextIdentifier::parse(ksef_types::ContextKind::PeppolId, id).is_err() {
            return Err(ControlError::NotFound(id.to_owned()));
        }
        let provider = PeppolProvider { id: id.to_owned(), name: name.to_owned(), registered: self.0.now() };
        Ok(self.0.change(|state| state.peppol.put(id, provider))?)
    }

    /// Gives a token another status, such as [`TokenStatus::Revoked`].
    ///
    /// # Errors
    /// When there is no such token.
    pub fn set_token_status(&self, token: &ReferenceNumber, status: TokenStatus) -> Result<(), ControlError> {
        let found =
            self.0.change(|state| state.tokens.change(token.as_str()).map(|row| row.status = status))?;
        found.ok_or_else(|| ControlError::NotFound(token.to_string()))
    }
}
