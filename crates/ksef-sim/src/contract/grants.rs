//! Giving and taking permissions.

use super::Operation;
use super::bodies::{DESCRIPTION, REFERENCE, may_be_absent, optional, required};
use super::line::{Bearer, Body, Contract, Group, Method};
use super::shape::{Format, Shape};
use super::table::{BY_REFERENCE, in_path};
use crate::Permission;

/// The lines.
pub(super) const TABLE: &[Contract] = &[
    Contract {
        operation: Operation::GrantToPerson,
        method: Method::Post,
        path: "/permissions/persons/grants",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: false, shape: &PERSON_PERMISSIONS_GRANT },
    },
    Contract {
        operation: Operation::GrantToEntity,
        method: Method::Post,
        path: "/permissions/entities/grants",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: false, shape: &ENTITY_PERMISSIONS_GRANT },
    },
    Contract {
        operation: Operation::GrantAuthorization,
        method: Method::Post,
        path: "/permissions/authorizations/grants",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: false, shape: &ENTITY_AUTHORIZATION_PERMISSIONS_GRANT },
    },
    Contract {
        operation: Operation::GrantIndirectly,
        method: Method::Post,
        path: "/permissions/indirect/grants",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: false, shape: &INDIRECT_PERMISSIONS_GRANT },
    },
    Contract {
        operation: Operation::GrantToSubunit,
        method: Method::Post,
        path: "/permissions/subunits/grants",
        bearer: Bearer::Access,
        permissions: &[Permission::SubunitManage],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: false, shape: &SUBUNIT_PERMISSIONS_GRANT },
    },
    Contract {
        operation: Operation::GrantEuAdministration,
        method: Method::Post,
        path: "/permissions/eu-entities/administration/grants",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: false, shape: &EU_ENTITY_ADMINISTRATION_PERMISSIONS_GRANT },
    },
    Contract {
        operation: Operation::GrantToEuEntity,
        method: Method::Post,
        path: "/permissions/eu-entities/grants",
        bearer: Bearer::Access,
        permissions: &[Permission::VatUeManage],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: false, shape: &EU_ENTITY_PERMISSIONS_GRANT },
    },
    Contract {
        operation: Operation::RevokeGrant,
        method: Method::Delete,
        path: "/permissions/common/grants/{permissionId}",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage, Permission::VatUeManage, Permission::SubunitManage],
        group: Group::Other,
        parameters: &[in_path("permissionId", &REFERENCE)],
        body: Body::None,
    },
    Contract {
        operation: Operation::RevokeAuthorization,
        method: Method::Delete,
        path: "/permissions/authorizations/grants/{permissionId}",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage],
        group: Group::Other,
        parameters: &[in_path("permissionId", &REFERENCE)],
        body: Body::None,
    },
    Contract {
        operation: Operation::PermissionOperation,
        method: Method::Get,
        path: "/permissions/operations/{referenceNumber}",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[BY_REFERENCE],
        body: Body::None,
    },
    Contract {
        operation: Operation::AttachmentConsent,
        method: Method::Get,
        path: "/permissions/attachments/status",
        bearer: Bearer::Access,
        permissions: &[Permission::CredentialsManage, Permission::CredentialsRead],
        group: Group::Other,
        parameters: &[],
        body: Body::None,
    },
];

/// `PersonPermissionsSubjectIdentifierType`
const PERSON_PERMISSIONS_SUBJECT_IDENTIFIER_TYPE: Shape =
    Shape::Enumeration(&["Nip", "Pesel", "Fingerprint"]);

/// `PersonPermissionsSubjectIdentifier`
const PERSON_PERMISSIONS_SUBJECT_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &PERSON_PERMISSIONS_SUBJECT_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 10, max: 64, format: Format::Any }),
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

/// `PersonPermissionSubjectDetailsType`
const PERSON_PERMISSION_SUBJECT_DETAILS_TYPE: Shape = Shape::Enumeration(&[
    "PersonByIdentifier",
    "PersonByFingerprintWithIdentifier",
    "PersonByFingerprintWithoutIdentifier",
]);

/// `PersonDetails`
const PERSON_DETAILS: Shape = Shape::Object(&[
    required("firstName", &Shape::Text { min: 2, max: 30, format: Format::Any }),
    required("lastName", &Shape::Text { min: 2, max: 81, format: Format::Any }),
]);

/// `PersonIdentifierType`
const PERSON_IDENTIFIER_TYPE: Shape = Shape::Enumeration(&["Pesel", "Nip"]);

/// `PersonIdentifier`
const PERSON_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &PERSON_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 10, max: 11, format: Format::Any }),
]);

/// `PersonByFingerprintWithIdentifierDetails`
const PERSON_BY_FINGERPRINT_WITH_IDENTIFIER_DETAILS: Shape = Shape::Object(&[
    required("firstName", &Shape::Text { min: 2, max: 30, format: Format::Any }),
    required("lastName", &Shape::Text { min: 2, max: 81, format: Format::Any }),
    required("identifier", &PERSON_IDENTIFIER),
]);

/// `IdDocument`
const ID_DOCUMENT: Shape = Shape::Object(&[
    required("type", &Shape::Text { min: 0, max: 20, format: Format::Any }),
    required("number", &Shape::Text { min: 0, max: 20, format: Format::Any }),
    required("country", &Shape::Text { min: 2, max: 2, format: Format::Any }),
]);

/// `PersonByFingerprintWithoutIdentifierDetails`
const PERSON_BY_FINGERPRINT_WITHOUT_IDENTIFIER_DETAILS: Shape = Shape::Object(&[
    required("firstName", &Shape::Text { min: 2, max: 30, format: Format::Any }),
    required("lastName", &Shape::Text { min: 2, max: 81, format: Format::Any }),
    required("birthDate", &Shape::Text { min: 0, max: usize::MAX, format: Format::Date }),
    required("idDocument", &ID_DOCUMENT),
]);

/// `PersonPermissionSubjectDetails`
const PERSON_PERMISSION_SUBJECT_DETAILS: Shape = Shape::Object(&[
    required("subjectDetailsType", &PERSON_PERMISSION_SUBJECT_DETAILS_TYPE),
    optional("personById", &PERSON_DETAILS),
    optional("personByFpWithId", &PERSON_BY_FINGERPRINT_WITH_IDENTIFIER_DETAILS),
    optional("personByFpNoId", &PERSON_BY_FINGERPRINT_WITHOUT_IDENTIFIER_DETAILS),
]);

/// `PersonPermissionsGrantRequest`
const PERSON_PERMISSIONS_GRANT: Shape = Shape::Object(&[
    required("subjectIdentifier", &PERSON_PERMISSIONS_SUBJECT_IDENTIFIER),
    required("permissions", &Shape::List { of: &PERSON_PERMISSION_TYPE, max: usize::MAX }),
    required("description", &DESCRIPTION),
    required("subjectDetails", &PERSON_PERMISSION_SUBJECT_DETAILS),
]);

/// `EntityPermissionsSubjectIdentifierType`
const ENTITY_PERMISSIONS_SUBJECT_IDENTIFIER_TYPE: Shape = Shape::Enumeration(&["Nip"]);

/// `EntityPermissionsSubjectIdentifier`
const ENTITY_PERMISSIONS_SUBJECT_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &ENTITY_PERMISSIONS_SUBJECT_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 10, max: 10, format: Format::Any }),
]);

/// `EntityPermissionType`, the last one since 2.9
const ENTITY_PERMISSION_TYPE: Shape =
    Shape::Enumeration(&["InvoiceWrite", "InvoiceRead", "CollectiveIdentifierManage"]);

/// `EntityPermission`
const ENTITY_PERMISSION: Shape = Shape::Object(&[
    required("type", &ENTITY_PERMISSION_TYPE),
    may_be_absent("canDelegate", &Shape::Boolean),
]);

/// `EntityDetails`
const ENTITY_DETAILS: Shape =
    Shape::Object(&[required("fullName", &Shape::Text { min: 5, max: 90, format: Format::Any })]);

/// `EntityPermissionsGrantRequest`
const ENTITY_PERMISSIONS_GRANT: Shape = Shape::Object(&[
    required("subjectIdentifier", &ENTITY_PERMISSIONS_SUBJECT_IDENTIFIER),
    required("permissions", &Shape::List { of: &ENTITY_PERMISSION, max: usize::MAX }),
    required("description", &DESCRIPTION),
    required("subjectDetails", &ENTITY_DETAILS),
]);

/// `EntityAuthorizationPermissionsSubjectIdentifierType`
const ENTITY_AUTHORIZATION_PERMISSIONS_SUBJECT_IDENTIFIER_TYPE: Shape =
    Shape::Enumeration(&["Nip", "PeppolId"]);

/// `EntityAuthorizationPermissionsSubjectIdentifier`
const ENTITY_AUTHORIZATION_PERMISSIONS_SUBJECT_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &ENTITY_AUTHORIZATION_PERMISSIONS_SUBJECT_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 9, max: 10, format: Format::Any }),
]);

/// `EntityAuthorizationPermissionType`
const ENTITY_AUTHORIZATION_PERMISSION_TYPE: Shape =
    Shape::Enumeration(&["SelfInvoicing", "RRInvoicing", "TaxRepresentative", "PefInvoicing"]);

/// `EntityAuthorizationPermissionsGrantRequest`
const ENTITY_AUTHORIZATION_PERMISSIONS_GRANT: Shape = Shape::Object(&[
    required("subjectIdentifier", &ENTITY_AUTHORIZATION_PERMISSIONS_SUBJECT_IDENTIFIER),
    required("permission", &ENTITY_AUTHORIZATION_PERMISSION_TYPE),
    required("description", &DESCRIPTION),
    required("subjectDetails", &ENTITY_DETAILS),
]);

/// `IndirectPermissionsTargetIdentifierType`
const INDIRECT_PERMISSIONS_TARGET_IDENTIFIER_TYPE: Shape =
    Shape::Enumeration(&["Nip", "AllPartners", "InternalId"]);

/// `IndirectPermissionsTargetIdentifier`
const INDIRECT_PERMISSIONS_TARGET_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &INDIRECT_PERMISSIONS_TARGET_IDENTIFIER_TYPE),
    optional("value", &Shape::Text { min: 10, max: 16, format: Format::Any }),
]);

/// `IndirectPermissionType`, the last one since 2.9
const INDIRECT_PERMISSION_TYPE: Shape =
    Shape::Enumeration(&["InvoiceRead", "InvoiceWrite", "CollectiveIdentifierManage"]);

/// `IndirectPermissionsGrantRequest`
const INDIRECT_PERMISSIONS_GRANT: Shape = Shape::Object(&[
    required("subjectIdentifier", &PERSON_PERMISSIONS_SUBJECT_IDENTIFIER),
    optional("targetIdentifier", &INDIRECT_PERMISSIONS_TARGET_IDENTIFIER),
    required("permissions", &Shape::List { of: &INDIRECT_PERMISSION_TYPE, max: usize::MAX }),
    required("description", &DESCRIPTION),
    required("subjectDetails", &PERSON_PERMISSION_SUBJECT_DETAILS),
]);

/// `SubunitPermissionsContextIdentifierType`
const SUBUNIT_PERMISSIONS_CONTEXT_IDENTIFIER_TYPE: Shape = Shape::Enumeration(&["InternalId", "Nip"]);

/// `SubunitPermissionsContextIdentifier`
const SUBUNIT_PERMISSIONS_CONTEXT_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &SUBUNIT_PERMISSIONS_CONTEXT_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 10, max: 16, format: Format::Any }),
]);

/// `SubunitPermissionsGrantRequest`
const SUBUNIT_PERMISSIONS_GRANT: Shape = Shape::Object(&[
    required("subjectIdentifier", &PERSON_PERMISSIONS_SUBJECT_IDENTIFIER),
    required("contextIdentifier", &SUBUNIT_PERMISSIONS_CONTEXT_IDENTIFIER),
    required("description", &DESCRIPTION),
    optional("subunitName", &DESCRIPTION),
    required("subjectDetails", &PERSON_PERMISSION_SUBJECT_DETAILS),
]);

/// `EuEntityAdministrationPermissionsSubjectIdentifierType`
const EU_ENTITY_ADMINISTRATION_PERMISSIONS_SUBJECT_IDENTIFIER_TYPE: Shape =
    Shape::Enumeration(&["Fingerprint"]);

/// `EuEntityAdministrationPermissionsSubjectIdentifier`
const EU_ENTITY_ADMINISTRATION_PERMISSIONS_SUBJECT_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &EU_ENTITY_ADMINISTRATION_PERMISSIONS_SUBJECT_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 64, max: 64, format: Format::Any }),
]);

/// `EuEntityAdministrationPermissionsContextIdentifierType`
const EU_ENTITY_ADMINISTRATION_PERMISSIONS_CONTEXT_IDENTIFIER_TYPE: Shape = Shape::Enumeration(&["NipVatUe"]);

/// `EuEntityAdministrationPermissionsContextIdentifier`
const EU_ENTITY_ADMINISTRATION_PERMISSIONS_CONTEXT_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &EU_ENTITY_ADMINISTRATION_PERMISSIONS_CONTEXT_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 15, max: 25, format: Format::Any }),
]);

/// `EuEntityPermissionSubjectDetailsType`
const EU_ENTITY_PERMISSION_SUBJECT_DETAILS_TYPE: Shape = Shape::Enumeration(&[
    "PersonByFingerprintWithIdentifier",
    "PersonByFingerprintWithoutIdentifier",
    "EntityByFingerprint",
]);

/// `EntityByFingerprintDetails`
const ENTITY_BY_FINGERPRINT_DETAILS: Shape = Shape::Object(&[
    required("fullName", &Shape::Text { min: 0, max: 100, format: Format::Any }),
    required("address", &Shape::Text { min: 0, max: 512, format: Format::Any }),
]);

/// `EuEntityPermissionSubjectDetails`
const EU_ENTITY_PERMISSION_SUBJECT_DETAILS: Shape = Shape::Object(&[
    required("subjectDetailsType", &EU_ENTITY_PERMISSION_SUBJECT_DETAILS_TYPE),
    optional("personByFpWithId", &PERSON_BY_FINGERPRINT_WITH_IDENTIFIER_DETAILS),
    optional("personByFpNoId", &PERSON_BY_FINGERPRINT_WITHOUT_IDENTIFIER_DETAILS),
    optional("entityByFp", &ENTITY_BY_FINGERPRINT_DETAILS),
]);

/// `EuEntityAdministrationPermissionsGrantRequest`
const EU_ENTITY_ADMINISTRATION_PERMISSIONS_GRANT: Shape = Shape::Object(&[
    required("subjectIdentifier", &EU_ENTITY_ADMINISTRATION_PERMISSIONS_SUBJECT_IDENTIFIER),
    required("contextIdentifier", &EU_ENTITY_ADMINISTRATION_PERMISSIONS_CONTEXT_IDENTIFIER),
    required("description", &DESCRIPTION),
    required("euEntityName", &DESCRIPTION),
    required("subjectDetails", &EU_ENTITY_PERMISSION_SUBJECT_DETAILS),
    required("euEntityDetails", &ENTITY_BY_FINGERPRINT_DETAILS),
]);

/// `EuEntityPermissionType`
const EU_ENTITY_PERMISSION_TYPE: Shape = Shape::Enumeration(&["InvoiceWrite", "InvoiceRead"]);

/// `EuEntityPermissionsGrantRequest`
const EU_ENTITY_PERMISSIONS_GRANT: Shape = Shape::Object(&[
    required("subjectIdentifier", &EU_ENTITY_ADMINISTRATION_PERMISSIONS_SUBJECT_IDENTIFIER),
    required("permissions", &Shape::List { of: &EU_ENTITY_PERMISSION_TYPE, max: usize::MAX }),
    required("description", &DESCRIPTION),
    required("subjectDetails", &EU_ENTITY_PERMISSION_SUBJECT_DETAILS),
]);
