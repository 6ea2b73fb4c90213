//! Permissions of persons: granting, and who may do what in this company.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::details::{EntityDetails, PersonDetails, PersonSubject};
use super::kinds::{Permission, PermissionKind, PermissionState};
use super::operations::PermissionOperation;
use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::identifiers::{
    CompanyOrUnit, GrantAuthor, GrantTarget, Identified, PermissionId, PersonIdentifier,
};
use crate::open_enum::sent_enum;
use crate::operation::{Operation, Repeat};
use crate::page::{GrantsPage, PageOf};
use crate::text::Description;

pub(crate) static GRANT: Operation =
    Operation::post("grant_to_person", "/permissions/persons/grants", RateGroup::Other, Repeat::Never);
pub(crate) static QUERY: Operation =
    Operation::post("person_grants", "/permissions/query/persons/grants", RateGroup::Other, Repeat::Safe);

/// Lets a person act in this company. Source: OpenAPI `PersonPermissionsGrantRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GrantToPerson {
    /// Who.
    #[serde(flatten)]
    pub subject: PersonSubject,
    /// What.
    pub permissions: Vec<Permission>,
    /// Words to find it by.
    pub description: Description,
}

sent_enum! {
    /// Which permissions are asked for.
    PersonGrantsScope {
        /// Those that count in this company, whoever granted them.
        InCurrentContext = "PermissionsInCurrentContext",
        /// Those that were granted from this company.
        GrantedInCurrentContext = "PermissionsGrantedInCurrentContext",
    }
}

/// Which permissions of persons. Source: OpenAPI `PersonPermissionsQueryRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonGrantsQuery {
    /// Counting here, or granted from here.
    pub query_type: PersonGrantsScope,
    /// Granted by this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_identifier: Option<GrantAuthor>,
    /// Of this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorized_identifier: Option<PersonIdentifier>,
    /// In this company or unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_identifier: Option<CompanyOrUnit>,
    /// For this client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_identifier: Option<GrantTarget>,
    /// Of these kinds; empty: of any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub permission_types: Vec<Permission>,
    /// In this state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_state: Option<PermissionState>,
}

impl PersonGrantsQuery {
    /// All of them.
    #[must_use]
    pub const fn all(query_type: PersonGrantsScope) -> Self {
        Self {
            query_type,
            author_identifier: None,
            authorized_identifier: None,
            context_identifier: None,
            target_identifier: None,
            permission_types: Vec::new(),
            permission_state: None,
        }
    }
}

/// A permission of a person. Source: OpenAPI `PersonPermission`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonGrant {
    /// Names it, for [`Client::revoke_grant`].
    pub id: PermissionId,
    /// Who has it.
    pub authorized_identifier: Identified,
    /// In which company or unit.
    #[serde(default)]
    pub context_identifier: Option<Identified>,
    /// For which client.
    #[serde(default)]
    pub target_identifier: Option<Identified>,
    /// Who granted it.
    pub author_identifier: Identified,
    /// What it allows.
    pub permission_scope: PermissionKind,
    /// The words given to it.
    #[serde(default)]
    pub description: String,
    /// The person.
    #[serde(default)]
    pub subject_person_details: Option<PersonDetails>,
    /// The firm.
    #[serde(default)]
    pub subject_entity_details: Option<EntityDetails>,
    /// Whether it counts.
    pub permission_state: PermissionState,
    /// Since when.
    pub start_date: DateTime<Utc>,
    /// Whether it may be passed on.
    #[serde(default)]
    pub can_delegate: bool,
}

impl Client {
    /// `POST /permissions/persons/grants`: begins granting. Never repeated.
    ///
    /// # Errors
    /// See [`ApiError`]. [`Client::await_permission_operation`] tells what came of it.
    pub async fn grant_to_person(
        &self,
        token: &AccessToken,
        grant: &GrantToPerson,
    ) -> Result<Answer<PermissionOperation>, ApiError> {
        self.request(&GRANT).bearer(token.secret()).json(grant).json_answer().await
    }

    /// `POST /permissions/query/persons/grants`: who may do what.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn person_grants(
        &self,
        token: &AccessToken,
        query: &PersonGrantsQuery,
        page: PageOf,
    ) -> Result<Answer<GrantsPage<PersonGrant>>, ApiError> {
        self.listing(&QUERY, page).bearer(token.secret()).json(query).json_answer().await
    }
}
