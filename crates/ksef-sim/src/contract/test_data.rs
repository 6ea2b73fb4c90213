//! What only the test environment has, and the public list of Peppol providers.

use super::Operation;
use super::bodies::{DATE_TIME, DESCRIPTION, NIP, may_be_absent, optional, required};
use super::line::{Bearer, Body, Contract, Group, Method};
use super::shape::{ANY_TEXT, Format, Shape};
use super::table::{PAGED, in_path};

/// The lines.
pub(super) const TABLE: &[Contract] = &[
    Contract {
        operation: Operation::CreateSubject,
        method: Method::Post,
        path: "/testdata/subject",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Public,
        parameters: &[],
        body: Body::Json { optional: false, shape: &SUBJECT_CREATE },
    },
    Contract {
        operation: Operation::RemoveSubject,
        method: Method::Post,
        path: "/testdata/subject/remove",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Public,
        parameters: &[],
        body: Body::Json { optional: false, shape: &SUBJECT_REMOVE },
    },
    Contract {
        operation: Operation::CreatePerson,
        method: Method::Post,
        path: "/testdata/person",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Public,
        parameters: &[],
        body: Body::Json { optional: false, shape: &PERSON_CREATE },
    },
    Contract {
        operation: Operation::RemovePerson,
        method: Method::Post,
        path: "/testdata/person/remove",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Public,
        parameters: &[],
        body: Body::Json { optional: false, shape: &PERSON_REMOVE },
    },
    Contract {
        operation: Operation::GrantTestPermissions,
        method: Method::Post,
        path: "/testdata/permissions",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Public,
        parameters: &[],
        body: Body::Json { optional: false, shape: &TEST_DATA_PERMISSIONS_GRANT },
    },
    Contract {
        operation: Operation::RevokeTestPermissions,
        method: Method::Post,
        path: "/testdata/permissions/revoke",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Public,
        parameters: &[],
        body: Body::Json { optional: false, shape: &TEST_DATA_PERMISSIONS_REVOKE },
    },
    Contract {
        operation: Operation::AllowAttachments,
        method: Method::Post,
        path: "/testdata/attachment",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Public,
        parameters: &[],
        body: Body::Json { optional: false, shape: &ATTACHMENT_PERMISSION_GRANT },
    },
    Contract {
        operation: Operation::DisallowAttachments,
        method: Method::Post,
        path: "/testdata/attachment/revoke",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Public,
        parameters: &[],
        body: Body::Json { optional: false, shape: &ATTACHMENT_PERMISSION_REVOKE },
    },
    Contract {
        operation: Operation::BlockContext,
        method: Method::Post,
        path: "/testdata/context/block",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: true, shape: &BLOCK_CONTEXT_AUTHENTICATION },
    },
    Contract {
        operation: Operation::UnblockContext,
        method: Method::Post,
        path: "/testdata/context/unblock",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: true, shape: &UNBLOCK_CONTEXT_AUTHENTICATION },
    },
    Contract {
        operation: Operation::SetSessionLimits,
        method: Method::Post,
        path: "/testdata/limits/context/session",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: false, shape: &SET_SESSION_LIMITS },
    },
    Contract {
        operation: Operation::ResetSessionLimits,
        method: Method::Delete,
        path: "/testdata/limits/context/session",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::None,
    },
    Contract {
        operation: Operation::SetCertificateLimits,
        method: Method::Post,
        path: "/testdata/limits/subject/certificate",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: true, shape: &SET_SUBJECT_LIMITS },
    },
    Contract {
        operation: Operation::ResetCertificateLimits,
        method: Method::Delete,
        path: "/testdata/limits/subject/certificate",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::None,
    },
    Contract {
        operation: Operation::SetRateLimits,
        method: Method::Post,
        path: "/testdata/rate-limits",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: false, shape: &SET_RATE_LIMITS },
    },
    Contract {
        operation: Operation::ResetRateLimits,
        method: Method::Delete,
        path: "/testdata/rate-limits",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::None,
    },
    Contract {
        operation: Operation::UseProductionRateLimits,
        method: Method::Post,
        path: "/testdata/rate-limits/production",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::None,
    },
    Contract {
        operation: Operation::ChangeCertificateEnd,
        method: Method::Put,
        path: "/testdata/certificates/{serialNumber}",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[in_path(
            "serialNumber",
            &Shape::Text { min: 16, max: 16, format: Format::CertificateSerial },
        )],
        body: Body::Json { optional: false, shape: &TEST_DATA_UPDATE_CERTIFICATE },
    },
    Contract {
        operation: Operation::PeppolProviders,
        method: Method::Get,
        path: "/peppol/query",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Public,
        parameters: PAGED,
        body: Body::None,
    },
];

/// `SubjectType`
const SUBJECT_TYPE: Shape = Shape::Enumeration(&["EnforcementAuthority", "VatGroup", "JST"]);

/// `Subunit`
const SUBUNIT: Shape = Shape::Object(&[required("subjectNip", &NIP), required("description", &DESCRIPTION)]);

/// `SubjectCreateRequest`
const SUBJECT_CREATE: Shape = Shape::Object(&[
    required("subjectNip", &NIP),
    required("subjectType", &SUBJECT_TYPE),
    optional("subunits", &Shape::List { of: &SUBUNIT, max: usize::MAX }),
    required("description", &DESCRIPTION),
    optional("createdDate", &DATE_TIME),
]);

/// `SubjectRemoveRequest`
const SUBJECT_REMOVE: Shape = Shape::Object(&[required("subjectNip", &NIP)]);

/// `Pesel`
const PESEL: Shape = Shape::Text { min: 11, max: 11, format: Format::Pesel };

/// `PersonCreateRequest`
const PERSON_CREATE: Shape = Shape::Object(&[
    required("nip", &NIP),
    required("pesel", &PESEL),
    required("isBailiff", &Shape::Boolean),
    required("description", &DESCRIPTION),
    may_be_absent("isDeceased", &Shape::Boolean),
    optional("createdDate", &DATE_TIME),
]);

/// `PersonRemoveRequest`
const PERSON_REMOVE: Shape = Shape::Object(&[required("nip", &NIP)]);

/// `TestDataContextIdentifierType`
const TEST_DATA_CONTEXT_IDENTIFIER_TYPE: Shape = Shape::Enumeration(&["Nip"]);

/// `TestDataContextIdentifier`
const TEST_DATA_CONTEXT_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &TEST_DATA_CONTEXT_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 10, max: 10, format: Format::Any }),
]);

/// `TestDataAuthorizedIdentifierType`
const TEST_DATA_AUTHORIZED_IDENTIFIER_TYPE: Shape = Shape::Enumeration(&["Nip", "Pesel", "Fingerprint"]);

/// `TestDataAuthorizedIdentifier`
const TEST_DATA_AUTHORIZED_IDENTIFIER: Shape = Shape::Object(&[
    required("type", &TEST_DATA_AUTHORIZED_IDENTIFIER_TYPE),
    required("value", &Shape::Text { min: 10, max: 64, format: Format::Any }),
]);

/// `TestDataPermissionType`
const TEST_DATA_PERMISSION_TYPE: Shape = Shape::Enumeration(&[
    "InvoiceRead",
    "InvoiceWrite",
    "Introspection",
    "CredentialsRead",
    "CredentialsManage",
    "EnforcementOperations",
    "SubunitManage",
    "CollectiveIdentifierManage",
]);

/// `TestDataPermission`
const TEST_DATA_PERMISSION: Shape = Shape::Object(&[
    required("description", &DESCRIPTION),
    required("permissionType", &TEST_DATA_PERMISSION_TYPE),
]);

/// `TestDataPermissionsGrantRequest`
const TEST_DATA_PERMISSIONS_GRANT: Shape = Shape::Object(&[
    required("contextIdentifier", &TEST_DATA_CONTEXT_IDENTIFIER),
    required("authorizedIdentifier", &TEST_DATA_AUTHORIZED_IDENTIFIER),
    required("permissions", &Shape::List { of: &TEST_DATA_PERMISSION, max: usize::MAX }),
]);

/// `TestDataPermissionsRevokeRequest`
const TEST_DATA_PERMISSIONS_REVOKE: Shape = Shape::Object(&[
    required("contextIdentifier", &TEST_DATA_CONTEXT_IDENTIFIER),
    required("authorizedIdentifier", &TEST_DATA_AUTHORIZED_IDENTIFIER),
]);

/// `AttachmentPermissionGrantRequest`
const ATTACHMENT_PERMISSION_GRANT: Shape = Shape::Object(&[required("nip", &NIP)]);

/// `AttachmentPermissionRevokeRequest`
const ATTACHMENT_PERMISSION_REVOKE: Shape = Shape::Object(&[
    required("nip", &NIP),
    optional("expectedEndDate", &Shape::Text { min: 0, max: usize::MAX, format: Format::Date }),
]);

/// `TestDataAuthenticationContextIdentifierType`
const TEST_DATA_AUTHENTICATION_CONTEXT_IDENTIFIER_TYPE: Shape =
    Shape::Enumeration(&["Nip", "InternalId", "NipVatUe", "PeppolId"]);

/// `TestDataAuthenticationContextIdentifier`
const TEST_DATA_AUTHENTICATION_CONTEXT_IDENTIFIER: Shape = Shape::Object(&[
    required("value", &ANY_TEXT),
    required("type", &TEST_DATA_AUTHENTICATION_CONTEXT_IDENTIFIER_TYPE),
]);

/// `BlockContextAuthenticationRequest`
const BLOCK_CONTEXT_AUTHENTICATION: Shape =
    Shape::Object(&[optional("contextIdentifier", &TEST_DATA_AUTHENTICATION_CONTEXT_IDENTIFIER)]);

/// `UnblockContextAuthenticationRequest`
const UNBLOCK_CONTEXT_AUTHENTICATION: Shape =
    Shape::Object(&[optional("contextIdentifier", &TEST_DATA_AUTHENTICATION_CONTEXT_IDENTIFIER)]);

/// `OnlineSessionContextLimitsOverride`
const ONLINE_SESSION_CONTEXT_LIMITS_OVERRIDE: Shape = Shape::Object(&[
    required("maxInvoiceSizeInMB", &Shape::Integer { min: 0, max: 5 }),
    required("maxInvoiceWithAttachmentSizeInMB", &Shape::Integer { min: 0, max: 10 }),
    required("maxInvoices", &Shape::Integer { min: 0, max: 100000 }),
]);

/// `SetSessionLimitsRequest`
const SET_SESSION_LIMITS: Shape = Shape::Object(&[
    required("onlineSession", &ONLINE_SESSION_CONTEXT_LIMITS_OVERRIDE),
    required("batchSession", &ONLINE_SESSION_CONTEXT_LIMITS_OVERRIDE),
]);

/// `EnrollmentSubjectLimitsOverride`
const ENROLLMENT_SUBJECT_LIMITS_OVERRIDE: Shape =
    Shape::Object(&[optional("maxEnrollments", &Shape::Integer { min: 0, max: i32::MAX as i64 })]);

/// `CertificateSubjectLimitsOverride`
const CERTIFICATE_SUBJECT_LIMITS_OVERRIDE: Shape =
    Shape::Object(&[optional("maxCertificates", &Shape::Integer { min: 0, max: i32::MAX as i64 })]);

/// `SetSubjectLimitsRequest`
const SET_SUBJECT_LIMITS: Shape = Shape::Object(&[
    may_be_absent("subjectIdentifierType", &TEST_DATA_AUTHORIZED_IDENTIFIER_TYPE),
    optional("enrollment", &ENROLLMENT_SUBJECT_LIMITS_OVERRIDE),
    optional("certificate", &CERTIFICATE_SUBJECT_LIMITS_OVERRIDE),
]);

/// `ApiRateLimitValuesOverride`
const API_RATE_LIMIT_VALUES_OVERRIDE: Shape = Shape::Object(&[
    required("perSecond", &Shape::Integer { min: i64::MIN, max: i32::MAX as i64 }),
    required("perMinute", &Shape::Integer { min: i64::MIN, max: i32::MAX as i64 }),
    required("perHour", &Shape::Integer { min: i64::MIN, max: i32::MAX as i64 }),
]);

/// `ApiRateLimitsOverride`
const API_RATE_LIMITS_OVERRIDE: Shape = Shape::Object(&[
    required("onlineSession", &API_RATE_LIMIT_VALUES_OVERRIDE),
    required("batchSession", &API_RATE_LIMIT_VALUES_OVERRIDE),
    required("invoiceSend", &API_RATE_LIMIT_VALUES_OVERRIDE),
    required("invoiceStatus", &API_RATE_LIMIT_VALUES_OVERRIDE),
    required("sessionList", &API_RATE_LIMIT_VALUES_OVERRIDE),
    required("sessionInvoiceList", &API_RATE_LIMIT_VALUES_OVERRIDE),
    required("sessionMisc", &API_RATE_LIMIT_VALUES_OVERRIDE),
    required("invoiceMetadata", &API_RATE_LIMIT_VALUES_OVERRIDE),
    required("invoiceExport", &API_RATE_LIMIT_VALUES_OVERRIDE),
    required("invoiceExportStatus", &API_RATE_LIMIT_VALUES_OVERRIDE),
    required("invoiceDownload", &API_RATE_LIMIT_VALUES_OVERRIDE),
    required("collectiveIdentifier", &API_RATE_LIMIT_VALUES_OVERRIDE),
    required("other", &API_RATE_LIMIT_VALUES_OVERRIDE),
]);

/// `SetRateLimitsRequest`
const SET_RATE_LIMITS: Shape = Shape::Object(&[required("rateLimits", &API_RATE_LIMITS_OVERRIDE)]);

/// `TestDataUpdateCertificateRequest`
const TEST_DATA_UPDATE_CERTIFICATE: Shape = Shape::Object(&[required("validTo", &DATE_TIME)]);
