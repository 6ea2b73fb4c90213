//! Administrators of units and of subordinate firms.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::details::{PersonDetails, PersonSubject};
use super::kinds::PermissionKind;
use super::operations::PermissionOperation;
use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::identifiers::{CompanyOrUnit, Identified, PermissionId};
use crate::operation::{Operation, Repeat};
use crate::page::{GrantsPage, PageOf};
use crate::text::Description;

pub(crate) static GRANT: Operation = Operation::post(
    "grant_subunit_administration",
    "/permissions/subunits/grants",
    RateGroup::Other,
    Repeat::Never,
);
pub(crate) static QUERY: Operation =
    Operation::post("subunit_grants", "/permissions/query/subunits/grants", RateGroup::Other, Repeat::Safe);

/// Makes a person the administrator of a unit. Source: OpenAPI `SubunitPermissionsGrantRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantSubunitAdministration {
    /// Who.
    #[serde(flatten)]
    pub subject: PersonSubject,
    /// Of which unit or subordinate firm.
    #[serde(rename = "contextIdentifier")]
    pub unit: CompanyOrUnit,
    /// Words to find it by.
    pub description: Description,
    /// The unit's name; wanted for a unit with an internal identifier.
    #[serde(rename = "subunitName", skip_serializing_if = "Option::is_none")]
    pub unit_name: Option<Description>,
}

/// Which administrators. Source: OpenAPI `SubunitPermissionsQueryRequest`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SubunitGrantsQuery {
    /// Of this unit; `None`: of any.
    #[serde(rename = "subunitIdentifier", skip_serializing_if = "Option::is_none")]
    pub unit: Option<CompanyOrUnit>,
}

/// An administrator of a unit. Source: OpenAPI `SubunitPermission`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubunitGrant {
    /// Names it, for [`Client::revoke_grant`].
    pub id: PermissionId,
    /// Who.
    pub authorized_identifier: Identified,
    /// Of which unit.
    pub subunit_identifier: Identified,
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
    /// The unit's name.
    #[serde(default)]
    pub subunit_name: Option<String>,
    /// Since when.
    pub start_date: DateTime<Utc>,
}

impl Client {
    /// `POST /permissions/subunits/grants`: begins granting. Never repeated.
    ///
    /// # Errors
    /// See [`ApiError`]. [`Client::await_permission_operation`] tells what came of it.
    pub async fn grant_subunit_administration(
        &self,
        token: &AccessToken,
        grant: &GrantSubunitAdministration,
    ) -> Result<Answer<PermissionOperation>, ApiError> {
        self.request(&GRANT).bearer(token.secret()).json(grant).json_answer().await
    }

    /// `POST /permissions/query/subunits/grants`: the administrators of units.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn subunit_grants(
        &self,
        token: &AccessToken,
        query: &SubunitGrantsQuery,
        page: PageOf,
    ) -> Result<Answer<GrantsPage<SubunitGrant>>, ApiError> {
        self.listing(&QUERY, page).bearer(token.secret()).json(query).json_answer().await
    }
}
