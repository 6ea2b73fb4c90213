use chrono::{DateTime, Utc};
use ksef_api::SubordinateRolesQuery;
use ksef_types::{Environment, Nip};

use super::party::Party;
use crate::engine::Scope;
use crate::{ConnectionFailure, Engine};

/// Facts about the company in KSeF that are shown beside the permissions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyStanding {
    /// What it is besides a firm.
    pub roles: Vec<CompanyRole>,
    /// Firms below it.
    pub subordinates: Vec<Subordinate>,
    /// Invoices with attachments are taken (the consent is given in e-Urząd Skarbowy).
    pub attachments_allowed: bool,
    /// A revocation of that consent that is not in force yet, or since when it is revoked.
    pub attachments_until: Option<DateTime<Utc>>,
}

/// A role of the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyRole {
    /// As the contract names it (`LocalGovernmentUnit` …).
    pub role: String,
    /// The firm above it.
    pub parent: Option<Party>,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A firm below the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subordinate {
    /// Which.
    pub entity: Party,
    /// As the contract names it.
    pub role: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// More subordinate firms than this are no list for a screen.
const MOST_PAGES: u32 = 20;

impl Engine {
    /// Roles, subordinate firms, consent for attachments.
    ///
    /// # Errors
    /// When KSeF cannot be asked, or does not let one see.
    pub async fn company_standing(
        &self,
        nip: Nip,
        environment: Environment,
    ) -> Result<CompanyStanding, ConnectionFailure> {
        let scope = Scope::new(nip, environment);
        let consent =
            self.ask(scope, |client, token| async move { client.attachment_consent(&token).await }).await?;
        Ok(CompanyStanding {
            roles: self.roles(scope).await?,
            subordinates: self.subordinates(scope).await?,
            attachments_allowed: consent.is_attachment_allowed,
            attachments_until: consent.revoked_date,
        })
    }

    async fn roles(&self, scope: Scope) -> Result<Vec<CompanyRole>, ConnectionFailure> {
        let mut roles = Vec::new();
        self.every_page(scope, MOST_PAGES, &mut roles, |client, token, part| async move {
            client.entity_roles(&token, part).await
        })
        .await?;
        let shown = roles.into_iter().map(|role| CompanyRole {
            role: role.role.as_str().to_owned(),
            parent: role.parent_entity_identifier.as_ref().map(Party::of),
            since: role.start_date,
        });
        Ok(shown.collect())
    }

    async fn subordinates(&self, scope: Scope) -> Result<Vec<Subordinate>, ConnectionFailure> {
        let mut below = Vec::new();
        self.every_page(scope, MOST_PAGES, &mut below, |client, token, part| async move {
            client.subordinate_roles(&token, &SubordinateRolesQuery::default(), part).await
        })
        .await?;
        let shown = below.into_iter().map(|role| Subordinate {
            entity: Party::of(&role.subordinate_entity_identifier),
            role: role.role.as_str().to_owned(),
            since: role.start_date,
        });
        Ok(shown.collect())
    }
}
