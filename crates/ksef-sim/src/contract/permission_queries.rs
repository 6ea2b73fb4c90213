//! Who may do what.

use super::Operation;
use super::bodies::{optional, required};
use super::line::{Bearer, Body, Contract, Group, Method};
use super::shape::{ANY_TEXT, Format, Shape};
use super::table::PAGED;
use crate::Permission;

/// The lines.
pub(super) const TABLE: &[Contract] = &[
    Contract {
        operation: Operation::PersonGrants,
        method: Method::Post,
        path: "/permissions/query/persons/grants",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage, Permission::CredentialsRead, Permission::SubunitManage],
        group: Group::Other,
        parameters: PAGED,
        body: Body::Json { optional: false, shape: &PERSON_PERMISSIONS_QUERY },
    },
    Contract {
        operation: Operation::SubunitGrants,
        method: Method::Post,
        path: "/permissions/query/subunits/grants",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage, Permission::CredentialsRead, Permission::SubunitManage],
        group: Group::Other,
        parameters: PAGED,
        body: Body::Json { optional: true, shape: &SUBUNIT_PERMISSIONS_QUERY },
    },
    Contract {
        operation: Operation::EntityGrants,
        method: Method::Post,
        path: "/permissions/query/entities/grants",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage, Permission::CredentialsRead],
        group: Group::Other,
        parameters: PAGED,
        body: Body::Json { optional: true, shape: &ENTITY_PERMISSIONS_QUERY },
    },
    Contract {
        operation: Operation::EntityRoles,
        method: Method::Get,
        path: "/permissions/query/entities/roles",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage, Permission::CredentialsRead],
        group: Group::Other,
        parameters: PAGED,
        body: Body::None,
    },
    Contract {
        operation: Operation::SubordinateRoles,
        method: Method::Post,
        path: "/permissions/query/subordinate-entities/roles",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage, Permission::CredentialsRead, Permission::SubunitManage],
        group: Group::Other,
        parameters: PAGED,
        body: Body::Json { optional: true, shape: &SUBORDINATE_ENTITY_ROLES_QUERY },
    },
    Contract {
        operation: Operation::AuthorizationGrants,
        method: Method::Post,
        path: "/permissions/query/authorizations/grants",
        bearer: Bearer::Access,
        permissions: &[
            Permission::CredentialsManage,
            Permission::CredentialsRead,
            Permission::PefInvoiceWrite,
        ],
        group: Group::Other,
        parameters: PAGED,
        body: Body::Json { optional: false, shape: &ENTITY_AUTHORIZATION_PERMISSIONS_QUERY },
    },
    Contract {
        operation: Operation::EuEntityGrants,
        method: Method::Post,
        path: "/permissions/query/eu-entities/grants",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage, Permission::CredentialsRead, Permission::VatUeManage],
        group: Group::Other,
        parameters: PAGED,
        body: Body::Json { optional: true, shape: &EU_ENTITY_PERMISSIONS_QUERY },
    },
];

/// `PersonPermissionsAuthorIdentifierType`
const PERSON_PERMISSIONS_AUTHOR_IDENTIFIER_TYPE: Shape =
    Shape::Enumeration(&["Nip", "Pesel", "Fingerprint", "System"]);

/// `PersonPermissionsAuthorIdentifier`
const PERSON_PERMISSIONS_AUTHOR_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &PERSON_PERMISSIONS_AUTHOR_IDENTIFIER_TYPE),
    optional("value", &Shape::Text { min: 10, max: 64, format: Format::Any }),
]);

/// `PersonPermissionsAuthorizedIdentifierType`
const PERSON_PERMISSIONS_AUTHORIZED_IDENTIFIER_TYPE: Shape =
    Shape::Enumeration(&["Nip", "Pesel", "Fingerprint"]);

/// `PersonPermissionsAuthorizedIdentifier`
const PERSON_PERMISSIONS_AUTHORIZED_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &PERSON_PERMISSIONS_AUTHORIZED_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 10, max: 64, format: Format::Any }),
]);

/// `PersonPermissionsContextIdentifierType`
const PERSON_PERMISSIONS_CONTEXT_IDENTIFIER_TYPE: Shape = Shape::Enumeration(&["Nip", "InternalId"]);

/// `PersonPermissionsContextIdentifier`
const PERSON_PERMISSIONS_CONTEXT_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &PERSON_PERMISSIONS_CONTEXT_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 10, max: 16, format: Format::Any }),
]);

/// `PersonPermissionsTargetIdentifierType`
const PERSON_PERMISSIONS_TARGET_IDENTIFIER_TYPE: Shape =
    Shape::Enumeration(&["Nip", "AllPartners", "InternalId"]);

/// `PersonPermissionsTargetIdentifier`
const PERSON_PERMISSIONS_TARGET_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &PERSON_PERMISSIONS_TARGET_IDENTIFIER_TYPE),
    optional("value", &Shape::Text { min: 10, max: 16, format: Format::Any }),
]);

/// `PersonPermissionType`
const PERSON_PERMISSION_TYPE: Shape = Shape::Enumeration(&[
    "CredentialsManage",
    "CredentialsRead",
    "InvoiceWrite",
    "InvoiceRead",
    "Introspection",
    "SubunitManage",
    "EnforcementOperations",
    "CollectiveIdentifierManage",
]);

/// `PermissionState`
const PERMISSION_STATE: Shape = Shape::Enumeration(&["Active", "Inactive"]);

/// `PersonPermissionsQueryType`
const PERSON_PERMISSIONS_QUERY_TYPE: Shape =
    Shape::Enumeration(&["PermissionsInCurrentContext", "PermissionsGrantedInCurrentContext"]);

/// `PersonPermissionsQueryRequest`
const PERSON_PERMISSIONS_QUERY: Shape = Shape::Object(&[
    optional("authorIdentifier", &PERSON_PERMISSIONS_AUTHOR_IDENTIFIER),
    optional("authorizedIdentifier", &PERSON_PERMISSIONS_AUTHORIZED_IDENTIFIER),
    optional("contextIdentifier", &PERSON_PERMISSIONS_CONTEXT_IDENTIFIER),
    optional("targetIdentifier", &PERSON_PERMISSIONS_TARGET_IDENTIFIER),
    optional("permissionTypes", &Shape::List { of: &PERSON_PERMISSION_TYPE, max: usize::MAX }),
    optional("permissionState", &PERMISSION_STATE),
    required("queryType", &PERSON_PERMISSIONS_QUERY_TYPE),
]);

/// `SubunitPermissionsSubunitIdentifierType`
const SUBUNIT_PERMISSIONS_SUBUNIT_IDENTIFIER_TYPE: Shape = Shape::Enumeration(&["InternalId", "Nip"]);

/// `SubunitPermissionsSubunitIdentifier`
const SUBUNIT_PERMISSIONS_SUBUNIT_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &SUBUNIT_PERMISSIONS_SUBUNIT_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 10, max: 16, format: Format::Any }),
]);

/// `SubunitPermissionsQueryRequest`
const SUBUNIT_PERMISSIONS_QUERY: Shape =
    Shape::Object(&[optional("subunitIdentifier", &SUBUNIT_PERMISSIONS_SUBUNIT_IDENTIFIER)]);

/// `EntityPermissionsQueryRequest`
const ENTITY_PERMISSIONS_QUERY: Shape =
    Shape::Object(&[optional("contextIdentifier", &PERSON_PERMISSIONS_CONTEXT_IDENTIFIER)]);

/// `EntityPermissionsSubordinateEntityIdentifierType`
const ENTITY_PERMISSIONS_SUBORDINATE_ENTITY_IDENTIFIER_TYPE: Shape = Shape::Enumeration(&["Nip"]);

/// `EntityPermissionsSubordinateEntityIdentifier`
const ENTITY_PERMISSIONS_SUBORDINATE_ENTITY_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &ENTITY_PERMISSIONS_SUBORDINATE_ENTITY_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 10, max: 10, format: Format::Any }),
]);

/// `SubordinateEntityRolesQueryRequest`
const SUBORDINATE_ENTITY_ROLES_QUERY: Shape = Shape::Object(&[optional(
    "subordinateEntityIdentifier",
    &ENTITY_PERMISSIONS_SUBORDINATE_ENTITY_IDENTIFIER,
)]);

/// `EntityAuthorizationsAuthorizedEntityIdentifierType`
const ENTITY_AUTHORIZATIONS_AUTHORIZED_ENTITY_IDENTIFIER_TYPE: Shape =
    Shape::Enumeration(&["Nip", "PeppolId"]);

/// `EntityAuthorizationsAuthorizedEntityIdentifier`
const ENTITY_AUTHORIZATIONS_AUTHORIZED_ENTITY_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &ENTITY_AUTHORIZATIONS_AUTHORIZED_ENTITY_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 9, max: 10, format: Format::Any }),
]);

/// `QueryType`
const QUERY_TYPE: Shape = Shape::Enumeration(&["Granted", "Received"]);

/// `InvoicePermissionType`
const INVOICE_PERMISSION_TYPE: Shape =
    Shape::Enumeration(&["SelfInvoicing", "TaxRepresentative", "RRInvoicing", "PefInvoicing"]);

/// `EntityAuthorizationPermissionsQueryRequest`
const ENTITY_AUTHORIZATION_PERMISSIONS_QUERY: Shape = Shape::Object(&[
    optional("authorizingIdentifier", &ENTITY_PERMISSIONS_SUBORDINATE_ENTITY_IDENTIFIER),
    optional("authorizedIdentifier", &ENTITY_AUTHORIZATIONS_AUTHORIZED_ENTITY_IDENTIFIER),
    required("queryType", &QUERY_TYPE),
    optional("permissionTypes", &Shape::List { of: &INVOICE_PERMISSION_TYPE, max: usize::MAX }),
]);

/// `EuEntityPermissionsQueryPermissionType`
const EU_ENTITY_PERMISSIONS_QUERY_PERMISSION_TYPE: Shape =
    Shape::Enumeration(&["VatUeManage", "InvoiceWrite", "InvoiceRead", "Introspection"]);

/// `EuEntityPermissionsQueryRequest`
const EU_ENTITY_PERMISSIONS_QUERY: Shape = Shape::Object(&[
    optional("vatUeIdentifier", &Shape::Text { min: 0, max: usize::MAX, format: Format::VatUe }),
    optional("authorizedFingerprintIdentifier", &ANY_TEXT),
    optional(
        "permissionTypes",
        &Shape::List { of: &EU_ENTITY_PERMISSIONS_QUERY_PERMISSION_TYPE, max: usize::MAX },
    ),
]);
