//! Roles of this firm (bailiff, VAT group, local government), and the firms below it.

use chrono::{DateTime, Utc};
use ksef_types::Nip;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::identifiers::Identified;
use crate::open_enum::open_enum;
use crate::operation::{Operation, Repeat};
use crate::page::{GrantsPage, PageOf};

pub(crate) static ENTITY: Operation =
    Operation::get("entity_roles", "/permissions/query/entities/roles", RateGroup::Other);
pub(crate) static SUBORDINATE: Operation = Operation::post(
    "subordinate_roles",
    "/permissions/query/subordinate-entities/roles",
    RateGroup::Other,
    Repeat::Safe,
);

open_enum! {
    /// What a firm is besides a firm.
    EntityRoleKind {
        /// A court bailiff.
        CourtBailiff = "CourtBailiff",
        /// An enforcement authority.
        EnforcementAuthority = "EnforcementAuthority",
        /// A unit of local government.
        LocalGovernmentUnit = "LocalGovernmentUnit",
        /// Below a unit of local government.
        LocalGovernmentSubUnit = "LocalGovernmentSubUnit",
        /// A VAT group.
        VatGroupUnit = "VatGroupUnit",
        /// A member of a VAT group.
        VatGroupSubUnit = "VatGroupSubUnit",
    }
}

/// A role of this firm. Source: OpenAPI `EntityRole`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EntityRole {
    /// The firm above it.
    #[serde(default)]
    pub parent_entity_identifier: Option<Identified>,
    /// The role.
    pub role: EntityRoleKind,
    /// The words given to it.
    #[serde(default)]
    pub description: String,
    /// Since when.
    pub start_date: DateTime<Utc>,
}

/// Which firms below this one. Source: OpenAPI `SubordinateEntityRolesQueryRequest`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SubordinateRolesQuery {
    /// Only this one.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::identifiers::optional_nip_with_type"
    )]
    pub subordinate_entity_identifier: Option<Nip>,
}

/// A firm below this one. Source: OpenAPI `SubordinateEntityRole`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubordinateRole {
    /// Which firm.
    pub subordinate_entity_identifier: Identified,
    /// As what.
    pub role: EntityRoleKind,
    /// The words given to it.
    #[serde(default)]
    pub description: String,
    /// Since when.
    pub start_date: DateTime<Utc>,
}

impl Client {
    /// `GET /permissions/query/entities/roles`: the roles of this firm.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn entity_roles(
        &self,
        token: &AccessToken,
        page: PageOf,
    ) -> Result<Answer<GrantsPage<EntityRole>>, ApiError> {
        self.listing(&ENTITY, page).bearer(token.secret()).json_answer().await
    }

    /// `POST /permissions/query/subordinate-entities/roles`: the firms below this one.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn subordinate_roles(
        &self,
        token: &AccessToken,
        query: &SubordinateRolesQuery,
        page: PageOf,
    ) -> Result<Answer<GrantsPage<SubordinateRole>>, ApiError> {
        self.listing(&SUBORDINATE, page).bearer(token.secret()).json(query).json_answer().await
    }
}
