//! Firms of the Union that invoice themselves: their administrators and representatives.

use chrono::{DateTime, Utc};
use ksef_types::{Fingerprint, VatUe};
use serde::{Deserialize, Serialize};

use super::details::{EntityDetails, EuFirm, FingerprintOwner, PersonDetails};
use super::kinds::{EuGrantPermission, EuPermission};
use super::operations::PermissionOperation;
use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::identifiers::{Identified, NipVatUe, PermissionId};
use crate::operation::{Operation, Repeat};
use crate::page::{GrantsPage, PageOf};
use crate::text::Description;

pub(crate) static GRANT_ADMINISTRATION: Operation = Operation::post(
    "grant_eu_administration",
    "/permissions/eu-entities/administration/grants",
    RateGroup::Other,
    Repeat::Never,
);
pub(crate) static GRANT_REPRESENTATION: Operation = Operation::post(
    "grant_eu_representation",
    "/permissions/eu-entities/grants",
    RateGroup::Other,
    Repeat::Never,
);
pub(crate) static QUERY: Operation = Operation::post(
    "eu_entity_grants",
    "/permissions/query/eu-entities/grants",
    RateGroup::Other,
    Repeat::Safe,
);

/// Makes somebody the administrator of a firm of the Union. Source: OpenAPI
/// `EuEntityAdministrationPermissionsGrantRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantEuAdministration {
    /// Who.
    #[serde(flatten)]
    pub subject: FingerprintOwner,
    /// The firm, paired with this company.
    #[serde(rename = "contextIdentifier", serialize_with = "crate::identifiers::nip_vat_ue_with_type")]
    pub context: NipVatUe,
    /// Words to find it by.
    pub description: Description,
    /// Name and address of the firm in a line: `name, address`.
    #[serde(rename = "euEntityName")]
    pub firm_line: Description,
    /// The firm.
    #[serde(rename = "euEntityDetails")]
    pub firm: EuFirm,
}

/// Makes somebody a representative of a firm of the Union. Source: OpenAPI `EuEntityPermissionsGrantRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantEuRepresentation {
    /// Who.
    #[serde(flatten)]
    pub subject: FingerprintOwner,
    /// What.
    pub permissions: Vec<EuGrantPermission>,
    /// Words to find it by.
    pub description: Description,
}

/// Which permissions for firms of the Union. Source: OpenAPI `EuEntityPermissionsQueryRequest`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EuEntityGrantsQuery {
    /// For this firm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_ue_identifier: Option<VatUe>,
    /// Of this certificate's owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorized_fingerprint_identifier: Option<Fingerprint>,
    /// Of these kinds; empty: of any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub permission_types: Vec<EuPermission>,
}

/// A permission for a firm of the Union. Source: OpenAPI `EuEntityPermission`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EuEntityGrant {
    /// Names it, for [`Client::revoke_grant`].
    pub id: PermissionId,
    /// Who granted it.
    pub author_identifier: Identified,
    /// The firm.
    pub vat_ue_identifier: String,
    /// Name and address of the firm in a line.
    #[serde(default)]
    pub eu_entity_name: String,
    /// Who has it.
    pub authorized_fingerprint_identifier: String,
    /// What it allows.
    pub permission_scope: EuPermission,
    /// The words given to it.
    #[serde(default)]
    pub description: String,
    /// The person.
    #[serde(default)]
    pub subject_person_details: Option<PersonDetails>,
    /// The firm that has it.
    #[serde(default)]
    pub subject_entity_details: Option<EntityDetails>,
    /// The firm of the Union.
    #[serde(default)]
    pub eu_entity_details: Option<EntityDetails>,
    /// Since when.
    pub start_date: DateTime<Utc>,
}

impl Client {
    /// `POST /permissions/eu-entities/administration/grants`: begins granting. Never repeated.
    ///
    /// # Errors
    /// See [`ApiError`]. [`Client::await_permission_operation`] tells what came of it.
    pub async fn grant_eu_administration(
        &self,
        token: &AccessToken,
        grant: &GrantEuAdministration,
    ) -> Result<Answer<PermissionOperation>, ApiError> {
        self.request(&GRANT_ADMINISTRATION).bearer(token.secret()).json(grant).json_answer().await
    }

    /// `POST /permissions/eu-entities/grants`: begins granting. Never repeated.
    ///
    /// # Errors
    /// See [`ApiError`]. [`Client::await_permission_operation`] tells what came of it.
    pub async fn grant_eu_representation(
        &self,
        token: &AccessToken,
        grant: &GrantEuRepresentation,
    ) -> Result<Answer<PermissionOperation>, ApiError> {
        self.request(&GRANT_REPRESENTATION).bearer(token.secret()).json(grant).json_answer().await
    }

    /// `POST /permissions/query/eu-entities/grants`: administrators and representatives of firms of the Union.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn eu_entity_grants(
        &self,
        token: &AccessToken,
        query: &EuEntityGrantsQuery,
        page: PageOf,
    ) -> Result<Answer<GrantsPage<EuEntityGrant>>, ApiError> {
        self.listing(&QUERY, page).bearer(token.secret()).json(query).json_answer().await
    }
}
