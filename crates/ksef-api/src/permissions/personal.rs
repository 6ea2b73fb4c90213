//! Permissions: the ones that one has oneself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::details::{EntityDetails, PersonDetails};
use super::kinds::{PermissionKind, PermissionState};
use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::identifiers::{CompanyOrUnit, GrantTarget, Identified, PermissionId};
use crate::operation::{Operation, Repeat};
use crate::page::PageOf;

pub(crate) static PERSONAL: Operation =
    Operation::post("personal_grants", "/permissions/query/personal/grants", RateGroup::Other, Repeat::Safe);

/// Which permissions; the default asks for all. Source: OpenAPI `PersonalPermissionsQueryRequest`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalGrantsQuery {
    /// In this company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_identifier: Option<CompanyOrUnit>,
    /// For this target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_identifier: Option<GrantTarget>,
    /// Of these kinds; empty: of any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub permission_types: Vec<PermissionKind>,
    /// In this state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_state: Option<PermissionState>,
}

/// A permission that one has. Source: OpenAPI `PersonalPermission`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalGrant {
    /// Names it, for [`Client::revoke_grant`].
    pub id: PermissionId,
    /// In which company.
    #[serde(default)]
    pub context_identifier: Option<Identified>,
    /// Who has it.
    #[serde(default)]
    pub authorized_identifier: Option<Identified>,
    /// For which target.
    #[serde(default)]
    pub target_identifier: Option<Identified>,
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

/// A right that the owner of a company has without a grant (since 2.9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerPermission {
    /// What it allows; `None` where it could not be read.
    pub permission: Option<PermissionKind>,
}

impl<'de> Deserialize<'de> for OwnerPermission {
    /// The shape is not published in full: a name, or an object that names it.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        let named = ["permissionScope", "permissionType", "permission", "type"]
            .iter()
            .find_map(|field| value.get(field)?.as_str())
            .or_else(|| value.as_str());
        Ok(Self { permission: named.map(PermissionKind::from) })
    }
}

/// A part of the permissions that one has. Source: OpenAPI `QueryPersonalPermissionsResponse` and 2.9.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalGrants {
    /// At most as many as were asked for, the newest first.
    pub permissions: Vec<PersonalGrant>,
    /// Whether there is another page.
    pub has_more: bool,
    /// The rights of an owner (since 2.9).
    #[serde(default, deserialize_with = "crate::wire::null_as_default")]
    pub owner_permissions: Vec<OwnerPermission>,
}

impl Client {
    /// `POST /permissions/query/personal/grants`: what one may do.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn personal_grants(
        &self,
        token: &AccessToken,
        query: &PersonalGrantsQuery,
        page: PageOf,
    ) -> Result<Answer<PersonalGrants>, ApiError> {
        self.listing(&PERSONAL, page).bearer(token.secret()).json(query).json_answer().await
    }
}
