use super::line::{Bearer, Body, Contract, Group, Method, Parameter, Place};
use super::shape::{ANY_TEXT, Format, Shape};
use super::{Operation, bodies, certificates, grants, permission_queries, test_data, tokens, transfers};
use crate::Permission;

/// The line of the table for an operation; `None` for the addresses outside `/v2`, which the contract does not list.
#[must_use]
pub fn of(operation: Operation) -> Option<&'static Contract> {
    TABLE.iter().find(|contract| contract.operation == operation)
}

const REFERENCE: Shape = Shape::Text { min: 36, max: 36, format: Format::Any };
const KSEF_NUMBER: Shape = Shape::Text { min: 35, max: 36, format: Format::KsefNumber };
const DATE_TIME: Shape = Shape::Text { min: 0, max: usize::MAX, format: Format::DateTime };

/// The parts of the table.
const PARTS: &[&[Contract]] = &[
    BASE,
    certificates::TABLE,
    tokens::TABLE,
    grants::TABLE,
    permission_queries::TABLE,
    test_data::TABLE,
    transfers::TABLE,
];

/// The path's reference number.
pub(super) const BY_REFERENCE: Parameter = in_path("referenceNumber", &REFERENCE);
/// The number of a page, from 0.
pub(super) const PAGE_OFFSET: Shape = Shape::Integer { min: 0, max: i32::MAX as i64 };
/// The size of a page.
const PAGE_SIZE: Shape = Shape::Integer { min: 10, max: 100 };
/// Pages by number.
pub(super) const PAGED: &[Parameter] =
    &[in_query("pageOffset", &PAGE_OFFSET), in_query("pageSize", &PAGE_SIZE)];

/// A part of the path.
pub(super) const fn in_path(name: &'static str, shape: &'static Shape) -> Parameter {
    Parameter { name, place: Place::Path, required: true, shape }
}

/// A parameter of the query that may be absent.
pub(super) const fn in_query(name: &'static str, shape: &'static Shape) -> Parameter {
    Parameter { name, place: Place::Query, required: false, shape }
}

/// Every operation that the simulator knows.
pub const TABLE: &[Contract] = &joined::<{ lines(PARTS) }>(PARTS);

const fn lines(parts: &[&[Contract]]) -> usize {
    let (mut part, mut lines) = (0, 0);
    while part < parts.len() {
        lines += parts[part].len();
        part += 1;
    }
    lines
}

const fn joined<const LINES: usize>(parts: &[&[Contract]]) -> [Contract; LINES] {
    let mut table = [parts[0][0]; LINES];
    let (mut part, mut at) = (0, 0);
    while part < parts.len() {
        let mut line = 0;
        while line < parts[part].len() {
            table[at] = parts[part][line];
            at += 1;
            line += 1;
        }
        part += 1;
    }
    table
}

const BASE: &[Contract] = &[
    Contract {
        operation: Operation::Challenge,
        method: Method::Post,
        path: "/auth/challenge",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Public,
        parameters: &[],
        body: Body::None,
    },
    Contract {
        operation: Operation::AuthenticateByXades,
        method: Method::Post,
        path: "/auth/xades-signature",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Public,
        parameters: &[Parameter {
            name: "verifyCertificateChain",
            place: Place::Query,
            required: false,
            shape: &Shape::Boolean,
        }],
        body: Body::Xml,
    },
    Contract {
        operation: Operation::AuthenticateByToken,
        method: Method::Post,
        path: "/auth/ksef-token",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Public,
        parameters: &[],
        body: Body::Json { optional: false, shape: &bodies::TOKEN_AUTHENTICATION },
    },
    Contract {
        operation: Operation::AuthenticationStatus,
        method: Method::Get,
        path: "/auth/{referenceNumber}",
        bearer: Bearer::Operation,
        permissions: &[],
        group: Group::Public,
        parameters: &[Parameter {
            name: "referenceNumber",
            place: Place::Path,
            required: true,
            shape: &REFERENCE,
        }],
        body: Body::None,
    },
    Contract {
        operation: Operation::Redeem,
        method: Method::Post,
        path: "/auth/token/redeem",
        bearer: Bearer::Operation,
        permissions: &[],
        group: Group::Public,
        parameters: &[],
        body: Body::None,
    },
    Contract {
        operation: Operation::Refresh,
        method: Method::Post,
        path: "/auth/token/refresh",
        bearer: Bearer::Refresh,
        permissions: &[],
        group: Group::Public,
        parameters: &[],
        body: Body::None,
    },
    Contract {
        operation: Operation::ActiveSessions,
        method: Method::Get,
        path: "/auth/sessions",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[
            Parameter {
                name: "x-continuation-token",
                place: Place::Header,
                required: false,
                shape: &ANY_TEXT,
            },
            Parameter {
                name: "pageSize",
                place: Place::Query,
                required: false,
                shape: &Shape::Integer { min: 10, max: 100 },
            },
        ],
        body: Body::None,
    },
    Contract {
        operation: Operation::EndCurrentSession,
        method: Method::Delete,
        path: "/auth/sessions/current",
        bearer: Bearer::AccessOrRefresh,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::None,
    },
    Contract {
        operation: Operation::EndSession,
        method: Method::Delete,
        path: "/auth/sessions/{referenceNumber}",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[Parameter {
            name: "referenceNumber",
            place: Place::Path,
            required: true,
            shape: &REFERENCE,
        }],
        body: Body::None,
    },
    Contract {
        operation: Operation::PublicKeys,
        method: Method::Get,
        path: "/security/public-key-certificates",
        bearer: Bearer::None,
        permissions: &[],
        group: Group::Public,
        parameters: &[],
        body: Body::None,
    },
    Contract {
        operation: Operation::Tokens,
        method: Method::Get,
        path: "/tokens",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[
            Parameter {
                name: "status",
                place: Place::Query,
                required: false,
                shape: &Shape::List {
                    of: &Shape::Enumeration(&["Pending", "Active", "Revoking", "Revoked", "Failed"]),
                    max: usize::MAX,
                },
            },
            Parameter {
                name: "description",
                place: Place::Query,
                required: false,
                shape: &Shape::Text { min: 3, max: usize::MAX, format: Format::Any },
            },
            Parameter {
                name: "authorIdentifier",
                place: Place::Query,
                required: false,
                shape: &Shape::Text { min: 3, max: usize::MAX, format: Format::Any },
            },
            Parameter {
                name: "authorIdentifierType",
                place: Place::Query,
                required: false,
                shape: &Shape::Enumeration(&["Nip", "Pesel", "Fingerprint"]),
            },
            Parameter {
                name: "pageSize",
                place: Place::Query,
                required: false,
                shape: &Shape::Integer { min: 10, max: 100 },
            },
            Parameter {
                name: "x-continuation-token",
                place: Place::Header,
                required: false,
                shape: &ANY_TEXT,
            },
        ],
        body: Body::None,
    },
    Contract {
        operation: Operation::Token,
        method: Method::Get,
        path: "/tokens/{referenceNumber}",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[Parameter {
            name: "referenceNumber",
            place: Place::Path,
            required: true,
            shape: &REFERENCE,
        }],
        body: Body::None,
    },
    Contract {
        operation: Operation::PersonalGrants,
        method: Method::Post,
        path: "/permissions/query/personal/grants",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[
            Parameter {
                name: "pageOffset",
                place: Place::Query,
                required: false,
                shape: &Shape::Integer { min: 0, max: i32::MAX as i64 },
            },
            Parameter {
                name: "pageSize",
                place: Place::Query,
                required: false,
                shape: &Shape::Integer { min: 10, max: 100 },
            },
        ],
        body: Body::Json { optional: true, shape: &bodies::PERSONAL_GRANTS },
    },
    Contract {
        operation: Operation::OpenOnlineSession,
        method: Method::Post,
        path: "/sessions/online",
        bearer: Bearer::Access,
        permissions: &[
            Permission::InvoiceWrite,
            Permission::PefInvoiceWrite,
            Permission::EnforcementOperations,
        ],
        group: Group::OnlineSession,
        parameters: &[],
        body: Body::Json { optional: false, shape: &bodies::OPEN_ONLINE_SESSION },
    },
    Contract {
        operation: Operation::SendInvoice,
        method: Method::Post,
        path: "/sessions/online/{referenceNumber}/invoices",
        bearer: Bearer::Access,
        permissions: &[
            Permission::InvoiceWrite,
            Permission::PefInvoiceWrite,
            Permission::EnforcementOperations,
        ],
        group: Group::InvoiceSend,
        parameters: &[Parameter {
            name: "referenceNumber",
            place: Place::Path,
            required: true,
            shape: &REFERENCE,
        }],
        body: Body::Json { optional: false, shape: &bodies::SEND_INVOICE },
    },
    Contract {
        operation: Operation::CloseOnlineSession,
        method: Method::Post,
        path: "/sessions/online/{referenceNumber}/close",
        bearer: Bearer::Access,
        permissions: &[
            Permission::InvoiceWrite,
            Permission::PefInvoiceWrite,
            Permission::EnforcementOperations,
        ],
        // Closing has had limits of its own since 2.8.
        group: Group::OnlineSessionClose,
        parameters: &[Parameter {
            name: "referenceNumber",
            place: Place::Path,
            required: true,
            shape: &REFERENCE,
        }],
        body: Body::None,
    },
    Contract {
        operation: Operation::Sessions,
        method: Method::Get,
        path: "/sessions",
        bearer: Bearer::Access,
        permissions: &[
            Permission::InvoiceWrite,
            Permission::Introspection,
            Permission::EnforcementOperations,
        ],
        group: Group::SessionList,
        parameters: &[
            Parameter {
                name: "pageSize",
                place: Place::Query,
                required: false,
                shape: &Shape::Integer { min: 10, max: 1000 },
            },
            Parameter {
                name: "sessionType",
                place: Place::Query,
                required: true,
                shape: &Shape::Enumeration(&["Online", "Batch"]),
            },
            Parameter { name: "referenceNumber", place: Place::Query, required: false, shape: &REFERENCE },
            Parameter { name: "dateCreatedFrom", place: Place::Query, required: false, shape: &DATE_TIME },
            Parameter { name: "dateCreatedTo", place: Place::Query, required: false, shape: &DATE_TIME },
            Parameter { name: "dateClosedFrom", place: Place::Query, required: false, shape: &DATE_TIME },
            Parameter { name: "dateClosedTo", place: Place::Query, required: false, shape: &DATE_TIME },
            Parameter { name: "dateModifiedFrom", place: Place::Query, required: false, shape: &DATE_TIME },
            Parameter { name: "dateModifiedTo", place: Place::Query, required: false, shape: &DATE_TIME },
            Parameter {
                name: "statuses",
                place: Place::Query,
                required: false,
                shape: &Shape::List {
                    of: &Shape::Enumeration(&["InProgress", "Succeeded", "Failed", "Cancelled"]),
                    max: usize::MAX,
                },
            },
            Parameter {
                name: "x-continuation-token",
                place: Place::Header,
                required: false,
                shape: &ANY_TEXT,
            },
        ],
        body: Body::None,
    },
    Contract {
        operation: Operation::SessionStatus,
        method: Method::Get,
        path: "/sessions/{referenceNumber}",
        bearer: Bearer::Access,
        permissions: &[
            Permission::InvoiceWrite,
            Permission::Introspection,
            Permission::PefInvoiceWrite,
            Permission::EnforcementOperations,
        ],
        group: Group::SessionMisc,
        parameters: &[Parameter {
            name: "referenceNumber",
            place: Place::Path,
            required: true,
            shape: &REFERENCE,
        }],
        body: Body::None,
    },
    Contract {
        operation: Operation::SessionInvoices,
        method: Method::Get,
        path: "/sessions/{referenceNumber}/invoices",
        bearer: Bearer::Access,
        permissions: &[
            Permission::InvoiceWrite,
            Permission::Introspection,
            Permission::PefInvoiceWrite,
            Permission::EnforcementOperations,
        ],
        group: Group::SessionInvoiceList,
        parameters: &[
            Parameter {
                name: "x-continuation-token",
                place: Place::Header,
                required: false,
                shape: &ANY_TEXT,
            },
            Parameter { name: "referenceNumber", place: Place::Path, required: true, shape: &REFERENCE },
            Parameter {
                name: "pageSize",
                place: Place::Query,
                required: false,
                shape: &Shape::Integer { min: 10, max: 1000 },
            },
        ],
        body: Body::None,
    },
    Contract {
        operation: Operation::InvoiceStatus,
        method: Method::Get,
        path: "/sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}",
        bearer: Bearer::Access,
        permissions: &[
            Permission::InvoiceWrite,
            Permission::Introspection,
            Permission::PefInvoiceWrite,
            Permission::EnforcementOperations,
        ],
        group: Group::InvoiceStatus,
        parameters: &[
            Parameter { name: "referenceNumber", place: Place::Path, required: true, shape: &REFERENCE },
            Parameter {
                name: "invoiceReferenceNumber",
                place: Place::Path,
                required: true,
                shape: &REFERENCE,
            },
        ],
        body: Body::None,
    },
    Contract {
        operation: Operation::SessionFailedInvoices,
        method: Method::Get,
        path: "/sessions/{referenceNumber}/invoices/failed",
        bearer: Bearer::Access,
        permissions: &[
            Permission::InvoiceWrite,
            Permission::Introspection,
            Permission::PefInvoiceWrite,
            Permission::EnforcementOperations,
        ],
        group: Group::SessionInvoiceList,
        parameters: &[
            Parameter {
                name: "x-continuation-token",
                place: Place::Header,
                required: false,
                shape: &ANY_TEXT,
            },
            Parameter { name: "referenceNumber", place: Place::Path, required: true, shape: &REFERENCE },
            Parameter {
                name: "pageSize",
                place: Place::Query,
                required: false,
                shape: &Shape::Integer { min: 10, max: 1000 },
            },
        ],
        body: Body::None,
    },
    Contract {
        operation: Operation::InvoiceUpoByKsefNumber,
        method: Method::Get,
        path: "/sessions/{referenceNumber}/invoices/ksef/{ksefNumber}/upo",
        bearer: Bearer::Access,
        permissions: &[
            Permission::InvoiceWrite,
            Permission::Introspection,
            Permission::PefInvoiceWrite,
            Permission::EnforcementOperations,
        ],
        group: Group::SessionMisc,
        parameters: &[
            Parameter { name: "referenceNumber", place: Place::Path, required: true, shape: &REFERENCE },
            Parameter { name: "ksefNumber", place: Place::Path, required: true, shape: &KSEF_NUMBER },
        ],
        body: Body::None,
    },
    Contract {
        operation: Operation::InvoiceUpo,
        method: Method::Get,
        path: "/sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}/upo",
        bearer: Bearer::Access,
        permissions: &[
            Permission::InvoiceWrite,
            Permission::Introspection,
            Permission::PefInvoiceWrite,
            Permission::EnforcementOperations,
        ],
        group: Group::SessionMisc,
        parameters: &[
            Parameter { name: "referenceNumber", place: Place::Path, required: true, shape: &REFERENCE },
            Parameter {
                name: "invoiceReferenceNumber",
                place: Place::Path,
                required: true,
                shape: &REFERENCE,
            },
        ],
        body: Body::None,
    },
    Contract {
        operation: Operation::SessionUpo,
        method: Method::Get,
        path: "/sessions/{referenceNumber}/upo/{upoReferenceNumber}",
        bearer: Bearer::Access,
        permissions: &[
            Permission::InvoiceWrite,
            Permission::Introspection,
            Permission::PefInvoiceWrite,
            Permission::EnforcementOperations,
        ],
        group: Group::SessionMisc,
        parameters: &[
            Parameter { name: "referenceNumber", place: Place::Path, required: true, shape: &REFERENCE },
            Parameter { name: "upoReferenceNumber", place: Place::Path, required: true, shape: &REFERENCE },
        ],
        body: Body::None,
    },
    Contract {
        operation: Operation::InvoiceByKsefNumber,
        method: Method::Get,
        path: "/invoices/ksef/{ksefNumber}",
        bearer: Bearer::Access,
        permissions: &[Permission::InvoiceRead],
        group: Group::InvoiceDownload,
        parameters: &[Parameter {
            name: "ksefNumber",
            place: Place::Path,
            required: true,
            shape: &KSEF_NUMBER,
        }],
        body: Body::None,
    },
    Contract {
        operation: Operation::QueryInvoiceMetadata,
        method: Method::Post,
        path: "/invoices/query/metadata",
        bearer: Bearer::Access,
        permissions: &[Permission::InvoiceRead],
        group: Group::InvoiceMetadata,
        parameters: &[
            Parameter {
                name: "sortOrder",
                place: Place::Query,
                required: false,
                shape: &Shape::Enumeration(&["Asc", "Desc"]),
            },
            Parameter {
                name: "pageOffset",
                place: Place::Query,
                required: false,
                shape: &Shape::Integer { min: 0, max: i32::MAX as i64 },
            },
            Parameter {
                name: "pageSize",
                place: Place::Query,
                required: false,
                shape: &Shape::Integer { min: 10, max: 250 },
            },
        ],
        body: Body::Json { optional: false, shape: &bodies::METADATA_FILTERS },
    },
    Contract {
        operation: Operation::RateLimits,
        method: Method::Get,
        path: "/rate-limits",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::None,
    },
    Contract {
        operation: Operation::ContextLimits,
        method: Method::Get,
        path: "/limits/context",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::None,
    },
    Contract {
        operation: Operation::SubjectLimits,
        method: Method::Get,
        path: "/limits/subject",
        bearer: Bearer::Access,
        permissions: &[],
        group: Group::Other,
        parameters: &[],
        body: Body::None,
    },
];
