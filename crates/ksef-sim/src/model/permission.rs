use chrono::{DateTime, Utc};
use ksef_types::{ContextIdentifier, Nip, ReferenceNumber};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{StoredStatus, Subject};
use crate::Permission;

/// How a permission was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) enum GrantKind {
    /// To a person, in the context in which it works.
    #[default]
    Person,
    /// To a firm, for handling the invoices of the context.
    Entity,
    /// To the administrator of a unit or a subordinate firm.
    Subunit,
    /// To a person, by a firm that may pass on the rights of its clients.
    Indirect,
    /// To the administrator of a firm of the Union.
    EuAdministration,
    /// To a representative of a firm of the Union.
    EuEntity,
}

/// Whose books an indirect permission is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Target {
    /// Every firm that lets the intermediary pass its rights on.
    AllPartners,
    /// One of them.
    One(ContextIdentifier),
}

impl Target {
    /// As identifiers are written on the wire.
    pub(crate) fn json(&self) -> Value {
        match self {
            Self::AllPartners => json!({ "type": "AllPartners", "value": null }),
            Self::One(context) => json!(context),
        }
    }
}

/// A permission given to somebody in a context.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) id: String,
    pub(crate) to: Subject,
    /// Where it works; for an indirect one, the context of the intermediary.
    pub(crate) context: ContextIdentifier,
    pub(crate) permission: Permission,
    pub(crate) description: String,
    pub(crate) start: DateTime<Utc>,
    /// Not taken back.
    pub(crate) active: bool,
    #[serde(default)]
    pub(crate) kind: GrantKind,
    /// Who gave it; `None` for the system itself.
    #[serde(default)]
    pub(crate) author: Option<Subject>,
    /// In which context the author stood.
    #[serde(default)]
    pub(crate) granted_in: Option<ContextIdentifier>,
    #[serde(default)]
    pub(crate) can_delegate: bool,
    #[serde(default)]
    pub(crate) target: Option<Target>,
    /// Data of the person or firm, in the fields of the answers.
    #[serde(default)]
    pub(crate) subject_details: Option<SubjectDetails>,
    /// Name of the unit, or of the firm of the Union.
    #[serde(default)]
    pub(crate) unit_name: Option<String>,
    /// `euEntityDetails`
    #[serde(default)]
    pub(crate) eu_details: Option<Value>,
}

/// Data of whoever got a permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum SubjectDetails {
    /// `subjectPersonDetails`
    Person(Value),
    /// `subjectEntityDetails`
    Entity(Value),
}

impl Grant {
    /// Where the one who gave it stood; for older rows, where it works.
    pub(crate) fn given_in(&self) -> &ContextIdentifier {
        self.granted_in.as_ref().unwrap_or(&self.context)
    }

    /// Whether both give the same.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        (&self.to, &self.context, self.permission, self.kind, &self.target, self.can_delegate)
            == (&other.to, &other.context, other.permission, other.kind, &other.target, other.can_delegate)
    }
}

/// Rights of a firm to act in its own context for another one. Source: OpenAPI `InvoicePermissionType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum AuthorizationScope {
    SelfInvoicing,
    TaxRepresentative,
    RRInvoicing,
    PefInvoicing,
}

/// Such a right, given.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Authorization {
    pub(crate) id: String,
    pub(crate) author: Subject,
    pub(crate) authorizing: Nip,
    /// A NIP or a Peppol provider.
    pub(crate) authorized: ContextIdentifier,
    pub(crate) scope: AuthorizationScope,
    pub(crate) description: String,
    pub(crate) full_name: String,
    pub(crate) start: DateTime<Utc>,
    pub(crate) active: bool,
}

/// What an operation on permissions will do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum PermissionPlan {
    Grant(Vec<Grant>),
    Authorize(Box<Authorization>),
    Revoke(String),
    RevokeAuthorization(String),
    Fail(StoredStatus),
}

/// An operation on permissions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PermissionOperation {
    pub(crate) reference: ReferenceNumber,
    pub(crate) context: ContextIdentifier,
    pub(crate) started: DateTime<Utc>,
    pub(crate) plan: PermissionPlan,
    pub(crate) status: StoredStatus,
}

impl PermissionOperation {
    /// The status can be asked for so many days.
    pub(crate) const DAYS: i64 = 30;
}

/// What a firm is to others. Source: OpenAPI `EntityRoleType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum EntityRole {
    CourtBailiff,
    EnforcementAuthority,
    LocalGovernmentUnit,
    LocalGovernmentSubUnit,
    VatGroupUnit,
    VatGroupSubUnit,
}

/// A role of a firm.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Role {
    pub(crate) id: String,
    pub(crate) nip: Nip,
    pub(crate) role: EntityRole,
    /// The firm above it.
    pub(crate) parent: Option<Nip>,
    pub(crate) description: String,
    pub(crate) start: DateTime<Utc>,
    pub(crate) active: bool,
}
