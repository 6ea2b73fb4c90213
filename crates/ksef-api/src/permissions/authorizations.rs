//! Authorisations of firms: self-invoicing, VAT RR, tax representative, Peppol.

use chrono::{DateTime, Utc};
use ksef_types::Nip;
use serde::{Deserialize, Serialize};

use super::details::EntityDetails;
use super::kinds::{Authorization, AuthorizationKind};
use super::operations::PermissionOperation;
use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::identifiers::{AuthorizedEntity, Identified, PermissionId};
use crate::open_enum::sent_enum;
use crate::operation::{Operation, Repeat};
use crate::page::{GrantsPage, PageOf};
use crate::text::{Description, FirmName};

pub(crate) static GRANT: Operation = Operation::post(
    "grant_authorization",
    "/permissions/authorizations/grants",
    RateGroup::Other,
    Repeat::Never,
);
pub(crate) static REVOKE: Operation = Operation::delete_once(
    "revoke_authorization",
    "/permissions/authorizations/grants/{permissionId}",
    RateGroup::Other,
);
pub(crate) static QUERY: Operation = Operation::post(
    "authorization_grants",
    "/permissions/query/authorizations/grants",
    RateGroup::Other,
    Repeat::Safe,
);

/// Authorises a firm. Source: OpenAPI `EntityAuthorizationPermissionsGrantRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantAuthorization {
    /// Which firm.
    #[serde(rename = "subjectIdentifier")]
    pub subject: AuthorizedEntity,
    /// For what.
    pub permission: Authorization,
    /// Words to find it by.
    pub description: Description,
    /// The firm's name.
    #[serde(rename = "subjectDetails", serialize_with = "super::entities::named")]
    pub name: FirmName,
}

sent_enum! {
    /// On which side of the authorisations this company stands.
    AuthorizationsSide {
        /// It gave them.
        Granted = "Granted",
        /// It got them.
        Received = "Received",
    }
}

/// Which authorisations. Source: OpenAPI `EntityAuthorizationPermissionsQueryRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationGrantsQuery {
    /// Given or got.
    pub query_type: AuthorizationsSide,
    /// Given by this firm.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::identifiers::optional_nip_with_type"
    )]
    pub authorizing_identifier: Option<Nip>,
    /// Given to this firm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorized_identifier: Option<AuthorizedEntity>,
    /// For these things; empty: for any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub permission_types: Vec<Authorization>,
}

impl AuthorizationGrantsQuery {
    /// All of a side.
    #[must_use]
    pub const fn all(query_type: AuthorizationsSide) -> Self {
        Self {
            query_type,
            authorizing_identifier: None,
            authorized_identifier: None,
            permission_types: Vec::new(),
        }
    }
}

/// An authorisation. Source: OpenAPI `EntityAuthorizationGrant`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationGrant {
    /// Names it, for [`Client::revoke_authorization`].
    pub id: PermissionId,
    /// Who entered it.
    #[serde(default)]
    pub author_identifier: Option<Identified>,
    /// Who is authorised.
    pub authorized_entity_identifier: Identified,
    /// Who authorised.
    pub authorizing_entity_identifier: Identified,
    /// For what.
    pub authorization_scope: AuthorizationKind,
    /// The words given to it.
    #[serde(default)]
    pub description: String,
    /// The firm.
    #[serde(default)]
    pub subject_entity_details: Option<EntityDetails>,
    /// Since when.
    pub start_date: DateTime<Utc>,
}

impl Client {
    /// `POST /permissions/authorizations/grants`: begins authorising. Never repeated.
    ///
    /// # Errors
    /// See [`ApiError`]. [`Client::await_permission_operation`] tells what came of it.
    pub async fn grant_authorization(
        &self,
        token: &AccessToken,
        grant: &GrantAuthorization,
    ) -> Result<Answer<PermissionOperation>, ApiError> {
        self.request(&GRANT).bearer(token.secret()).json(grant).json_answer().await
    }

    /// `DELETE /permissions/authorizations/grants/{permissionId}`: begins taking an authorisation back. Never repeated.
    ///
    /// # Errors
    /// See [`ApiError`]. [`Client::await_permission_operation`] tells what came of it.
    pub async fn revoke_authorization(
        &self,
        token: &AccessToken,
        grant: &PermissionId,
    ) -> Result<Answer<PermissionOperation>, ApiError> {
        self.request(&REVOKE).reference(grant.as_str()).bearer(token.secret()).json_answer().await
    }

    /// `POST /permissions/query/authorizations/grants`: authorisations that this company gave, or got.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn authorization_grants(
        &self,
        token: &AccessToken,
        query: &AuthorizationGrantsQuery,
        page: PageOf,
    ) -> Result<Answer<GrantsPage<AuthorizationGrant>>, ApiError> {
        self.listing(&QUERY, page).bearer(token.secret()).json(query).json_answer().await
    }
}
