//! Permissions of firms for this company's invoices: granting (with the right to pass on), and those that one has.

use chrono::{DateTime, Utc};
use ksef_types::Nip;
use serde::{Deserialize, Serialize, Serializer};

use super::kinds::{EntityPermission, PermissionKind};
use super::operations::PermissionOperation;
use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::identifiers::{CompanyOrUnit, Identified, PermissionId};
use crate::operation::{Operation, Repeat};
use crate::page::{GrantsPage, PageOf};
use crate::text::{Description, FirmName};

pub(crate) static GRANT: Operation =
    Operation::post("grant_to_entity", "/permissions/entities/grants", RateGroup::Other, Repeat::Never);
pub(crate) static QUERY: Operation =
    Operation::post("entity_grants", "/permissions/query/entities/grants", RateGroup::Other, Repeat::Safe);

/// One permission for a firm. Source: OpenAPI `EntityPermission`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EntityPermissionGranted {
    /// What.
    #[serde(rename = "type")]
    pub permission: EntityPermission,
    /// Whether the firm may pass it on (to its employees, indirectly).
    pub can_delegate: bool,
}

/// Lets a firm handle this company's invoices. Source: OpenAPI `EntityPermissionsGrantRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantToEntity {
    /// Which firm.
    #[serde(rename = "subjectIdentifier", serialize_with = "crate::identifiers::nip_with_type")]
    pub nip: Nip,
    /// What.
    pub permissions: Vec<EntityPermissionGranted>,
    /// Words to find it by.
    pub description: Description,
    /// The firm's name.
    #[serde(rename = "subjectDetails", serialize_with = "named")]
    pub name: FirmName,
}

/// `EntityDetails` of the contract.
pub(super) fn named<S: Serializer>(name: &FirmName, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Named<'a> {
        full_name: &'a FirmName,
    }
    Named { full_name: name }.serialize(serializer)
}

/// Which permissions of this firm. Source: OpenAPI `EntityPermissionsQueryRequest`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EntityGrantsQuery {
    /// For this company or unit; `None`: for any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_identifier: Option<CompanyOrUnit>,
}

/// A permission that this firm has for another one's invoices. Source: OpenAPI `EntityPermissionItem`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EntityGrant {
    /// Names it.
    pub id: PermissionId,
    /// In which company or unit.
    pub context_identifier: Identified,
    /// What it allows.
    pub permission_scope: PermissionKind,
    /// The words given to it.
    #[serde(default)]
    pub description: String,
    /// Since when.
    pub start_date: DateTime<Utc>,
    /// Whether it may be passed on.
    #[serde(default)]
    pub can_delegate: bool,
}

impl Client {
    /// `POST /permissions/entities/grants`: begins granting. Never repeated.
    ///
    /// # Errors
    /// See [`ApiError`]. [`Client::await_permission_operation`] tells what came of it.
    pub async fn grant_to_entity(
        &self,
        token: &AccessToken,
        grant: &GrantToEntity,
    ) -> Result<Answer<PermissionOperation>, ApiError> {
        self.request(&GRANT).bearer(token.secret()).json(grant).json_answer().await
    }

    /// `POST /permissions/query/entities/grants`: whose invoices this firm may handle.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn entity_grants(
        &self,
        token: &AccessToken,
        query: &EntityGrantsQuery,
        page: PageOf,
    ) -> Result<Answer<GrantsPage<EntityGrant>>, ApiError> {
        self.listing(&QUERY, page).bearer(token.secret()).json(query).json_answer().await
    }
}
