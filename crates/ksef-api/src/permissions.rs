//! Permissions: the ones that one has oneself.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::open_enum::open_enum;
use crate::operation::{Operation, Repeat};

pub(crate) static PERSONAL: Operation =
    Operation::post("personal_grants", "/permissions/query/personal/grants", RateGroup::Other, Repeat::Safe);

open_enum! {
    /// What one may do in a company.
    PersonalPermission {
        /// Granting permissions.
        CredentialsManage = "CredentialsManage",
        /// Seeing permissions.
        CredentialsRead = "CredentialsRead",
        /// Issuing invoices.
        InvoiceWrite = "InvoiceWrite",
        /// Reading invoices.
        InvoiceRead = "InvoiceRead",
        /// Seeing the history of sessions.
        Introspection = "Introspection",
        /// Managing units.
        SubunitManage = "SubunitManage",
        /// Enforcement.
        EnforcementOperations = "EnforcementOperations",
        /// Managing for a firm of the Union.
        VatUeManage = "VatUeManage",
        /// Collective identifiers.
        CollectiveIdentifierManage = "CollectiveIdentifierManage",
    }
}

open_enum! {
    /// Whether a permission counts.
    PermissionState {
        /// It does.
        Active = "Active",
        /// It waits for another one.
        Inactive = "Inactive",
    }
}

open_enum! {
    /// How the company of a permission is identified.
    PermissionContextKind {
        /// By NIP.
        Nip = "Nip",
        /// By the internal identifier of a unit.
        InternalId = "InternalId",
    }
}

open_enum! {
    /// How the target of an indirect permission is identified.
    PermissionTargetKind {
        /// By NIP.
        Nip = "Nip",
        /// All partners.
        AllPartners = "AllPartners",
        /// By the internal identifier of a unit.
        InternalId = "InternalId",
    }
}

open_enum! {
    /// How the one who has a permission is identified.
    AuthorizedKind {
        /// By NIP.
        Nip = "Nip",
        /// By PESEL.
        Pesel = "Pesel",
        /// By the fingerprint of a certificate.
        Fingerprint = "Fingerprint",
    }
}

/// The company of a permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionContext {
    /// How identified.
    #[serde(rename = "type")]
    pub kind: PermissionContextKind,
    /// The identifier.
    pub value: String,
}

/// The target of an indirect permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionTarget {
    /// How identified.
    #[serde(rename = "type")]
    pub kind: PermissionTargetKind,
    /// The identifier; none for all partners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// The one who has a permission.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PermissionAuthorized {
    /// How identified.
    #[serde(rename = "type")]
    pub kind: AuthorizedKind,
    /// The identifier.
    pub value: String,
}

/// Which permissions; the default asks for all. Source: OpenAPI `PersonalPermissionsQueryRequest`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalGrantsQuery {
    /// In this company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_identifier: Option<PermissionContext>,
    /// For this target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_identifier: Option<PermissionTarget>,
    /// Of these kinds; empty: of any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub permission_types: Vec<PersonalPermission>,
    /// In this state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_state: Option<PermissionState>,
}

/// A person who has a permission, as the one who granted it wrote.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonDetails {
    /// First name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Day of birth.
    #[serde(default)]
    pub birth_date: Option<NaiveDate>,
}

/// A firm that has a permission, as the one who granted it wrote.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EntityDetails {
    /// Full name.
    #[serde(default)]
    pub full_name: Option<String>,
    /// Address.
    #[serde(default)]
    pub address: Option<String>,
}

/// A permission that one has. Source: OpenAPI `PersonalPermission`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalGrant {
    /// Names the grant.
    pub id: String,
    /// In which company.
    #[serde(default)]
    pub context_identifier: Option<PermissionContext>,
    /// Who has it.
    #[serde(default)]
    pub authorized_identifier: Option<PermissionAuthorized>,
    /// For which target.
    #[serde(default)]
    pub target_identifier: Option<PermissionTarget>,
    /// What it allows.
    pub permission_scope: PersonalPermission,
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
    pub permission: Option<PersonalPermission>,
}

impl<'de> Deserialize<'de> for OwnerPermission {
    /// The shape is not published in full: a name, or an object that names it.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        let named = ["permissionScope", "permissionType", "permission", "type"]
            .iter()
            .find_map(|field| value.get(field)?.as_str())
            .or_else(|| value.as_str());
        Ok(Self { permission: named.map(PersonalPermission::from) })
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
    /// `POST /permissions/query/personal/grants`: what one may do; `page` from 0, `page_size` 10 to 100.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn personal_grants(
        &self,
        token: &AccessToken,
        query: &PersonalGrantsQuery,
        page: u32,
        page_size: u32,
    ) -> Result<Answer<PersonalGrants>, ApiError> {
        self.request(&PERSONAL)
            .bearer(token.secret())
            .query("pageOffset", page)
            .query("pageSize", page_size)
            .json(query)
            .json_answer()
            .await
    }
}
