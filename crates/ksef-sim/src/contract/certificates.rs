//! KSeF certificates: their lines and the bodies of their requests.

use super::Operation;
use super::bodies::{BYTES, DATE_TIME, optional, required};
use super::line::{Bearer, Body, Contract, Group, Method};
use super::shape::{ANY_TEXT, Format, Shape};
use super::table::{BY_REFERENCE, PAGE_OFFSET, in_path, in_query};

/// The lines.
pub(super) const TABLE: &[Contract] = &[
    Contract {
        operation: Operation::CertificateLimits,
        method: Method::Get,
        path: "/certificates/limits",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::None,
    },
    Contract {
        operation: Operation::EnrollmentData,
        method: Method::Get,
        path: "/certificates/enrollments/data",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::None,
    },
    Contract {
        operation: Operation::Enroll,
        method: Method::Post,
        path: "/certificates/enrollments",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: false, shape: &ENROLL_CERTIFICATE },
    },
    Contract {
        operation: Operation::EnrollmentStatus,
        method: Method::Get,
        path: "/certificates/enrollments/{referenceNumber}",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[BY_REFERENCE],
        body: Body::None,
    },
    Contract {
        operation: Operation::RetrieveCertificates,
        method: Method::Post,
        path: "/certificates/retrieve",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: false, shape: &RETRIEVE_CERTIFICATES },
    },
    Contract {
        operation: Operation::RevokeCertificate,
        method: Method::Post,
        path: "/certificates/{certificateSerialNumber}/revoke",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[in_path(
            "certificateSerialNumber",
            &Shape::Text { min: 16, max: 16, format: Format::CertificateSerial },
        )],
        body: Body::Json { optional: true, shape: &REVOKE_CERTIFICATE },
    },
    Contract {
        operation: Operation::QueryCertificates,
        method: Method::Post,
        path: "/certificates/query",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[
            in_query("pageSize", &Shape::Integer { min: 10, max: 50 }),
            in_query("pageOffset", &PAGE_OFFSET),
        ],
        body: Body::Json { optional: true, shape: &QUERY_CERTIFICATES },
    },
];

/// `KsefCertificateType`
const KSEF_CERTIFICATE_TYPE: Shape = Shape::Enumeration(&["Authentication", "Offline"]);

/// `EnrollCertificateRequest`
const ENROLL_CERTIFICATE: Shape = Shape::Object(&[
    required("certificateName", &Shape::Text { min: 5, max: 100, format: Format::CertificateName }),
    required("certificateType", &KSEF_CERTIFICATE_TYPE),
    required("csr", &BYTES),
    optional("validFrom", &DATE_TIME),
]);

/// `RetrieveCertificatesRequest`
const RETRIEVE_CERTIFICATES: Shape = Shape::Object(&[required(
    "certificateSerialNumbers",
    &Shape::List { of: &Shape::Text { min: 16, max: 16, format: Format::CertificateSerial }, max: 10 },
)]);

/// `CertificateRevocationReason`
const CERTIFICATE_REVOCATION_REASON: Shape =
    Shape::Enumeration(&["Unspecified", "Superseded", "KeyCompromise"]);

/// `RevokeCertificateRequest`
const REVOKE_CERTIFICATE: Shape =
    Shape::Object(&[optional("revocationReason", &CERTIFICATE_REVOCATION_REASON)]);

/// `CertificateListItemStatus`
const CERTIFICATE_LIST_ITEM_STATUS: Shape = Shape::Enumeration(&["Active", "Blocked", "Revoked", "Expired"]);

/// `QueryCertificatesRequest`
const QUERY_CERTIFICATES: Shape = Shape::Object(&[
    optional("certificateSerialNumber", &Shape::Text { min: 16, max: 16, format: Format::CertificateSerial }),
    optional("name", &ANY_TEXT),
    optional("type", &KSEF_CERTIFICATE_TYPE),
    optional("status", &CERTIFICATE_LIST_ITEM_STATUS),
    optional("expiresAfter", &DATE_TIME),
]);
