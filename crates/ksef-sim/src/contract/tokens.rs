//! Making and revoking tokens.

use super::Operation;
use super::bodies::{DESCRIPTION, required};
use super::line::{Bearer, Body, Contract, Group, Method};
use super::shape::Shape;
use super::table::BY_REFERENCE;

/// The lines.
pub(super) const TABLE: &[Contract] = &[
    Contract {
        operation: Operation::GenerateToken,
        method: Method::Post,
        path: "/tokens",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::Json { optional: false, shape: &GENERATE_TOKEN },
    },
    Contract {
        operation: Operation::RevokeToken,
        method: Method::Delete,
        path: "/tokens/{referenceNumber}",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[BY_REFERENCE],
        body: Body::None,
    },
];

/// `TokenPermissionType`
const TOKEN_PERMISSION_TYPE: Shape = Shape::Enumeration(&[
    "InvoiceRead",
    "InvoiceWrite",
    "CredentialsRead",
    "CredentialsManage",
    "SubunitManage",
    "EnforcementOperations",
    "Introspection",
    "CollectiveIdentifierManage",
]);

/// `GenerateTokenRequest`
const GENERATE_TOKEN: Shape = Shape::Object(&[
    required("permissions", &Shape::List { of: &TOKEN_PERMISSION_TYPE, max: usize::MAX }),
    required("description", &DESCRIPTION),
]);
