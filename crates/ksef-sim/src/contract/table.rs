use super::shape::{ANY_TEXT, Format, Shape};
use super::{Operation, bodies};
use crate::Permission;

/// One operation of the published contract.
#[derive(Debug)]
pub struct Contract {
    /// Which one.
    pub operation: Operation,
    /// Its method.
    pub method: Method,
    /// Its path under `/v2`, with parameters in braces.
    pub path: &'static str,
    /// Which token it asks for.
    pub bearer: Bearer,
    /// Any one of these permissions is enough; none is asked for where the list is empty.
    pub permissions: &'static [Permission],
    /// The group whose rate limits it shares.
    pub group: Group,
    /// Parameters in path, query and headers.
    pub parameters: &'static [Parameter],
    /// The body.
    pub body: Body,
}

/// An HTTP method of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// DELETE
    Delete,
}

impl Method {
    /// In upper case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// Which token stands in `Authorization: Bearer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// None.
    None,
    /// The `AuthenticationToken` of an operation that was started.
    Operation,
    /// The `RefreshToken`.
    Refresh,
    /// The `AccessToken`.
    Access,
    /// Either of the two.
    AccessOrRefresh,
}

/// A parameter outside the body.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Where it stands.
    pub place: Place,
    /// Whether it may be absent.
    pub required: bool,
    /// What it looks like.
    pub shape: &'static Shape,
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// A header.
    Header,
}

/// The body of a request.
#[derive(Debug)]
pub enum Body {
    /// None; one that comes is ignored.
    None,
    /// JSON of a shape.
    Json {
        /// Whether it may be absent.
        optional: bool,
        /// Its shape.
        shape: &'static Shape,
    },
    /// An XML document.
    Xml,
}

/// A group of operations that share rate limits. Source: the last column of each table under 429.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// No token asked for: counted by address alone.
    Public,
    /// Opening an interactive session.
    OnlineSession,
    /// Closing it.
    OnlineSessionClose,
    /// Opening a batch session.
    BatchSession,
    /// Closing it.
    BatchSessionClose,
    /// Sending a document.
    InvoiceSend,
    /// Status of a document.
    InvoiceStatus,
    /// List of sessions.
    SessionList,
    /// Documents of a session.
    SessionInvoiceList,
    /// The other operations under `/sessions`.
    SessionMisc,
    /// Metadata query.
    InvoiceMetadata,
    /// Start of an export.
    InvoiceExport,
    /// Status of an export.
    InvoiceExportStatus,
    /// An invoice by its number.
    InvoiceDownload,
    /// Collective identifiers.
    CollectiveIdentifier,
    /// Everything else.
    Other,
}

/// Sliding windows of a second, a minute and an hour; `None` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// In any second.
    pub per_second: Option<u32>,
    /// In any minute.
    pub per_minute: Option<u32>,
    /// In any hour.
    pub per_hour: Option<u32>,
}

const fn limits(per_second: u32, per_minute: u32, per_hour: u32) -> Limits {
    Limits { per_second: Some(per_second), per_minute: Some(per_minute), per_hour: Some(per_hour) }
}

impl Group {
    /// All groups that `GET /rate-limits` lists, with the names that it uses.
    pub const LISTED: [(Self, &'static str); 16] = [
        (Self::OnlineSession, "onlineSession"),
        (Self::OnlineSessionClose, "onlineSessionClose"),
        (Self::BatchSession, "batchSession"),
        (Self::BatchSessionClose, "batchSessionClose"),
        (Self::InvoiceSend, "invoiceSend"),
        (Self::InvoiceStatus, "invoiceStatus"),
        (Self::SessionList, "sessionList"),
        (Self::SessionInvoiceList, "sessionInvoiceList"),
        (Self::SessionMisc, "sessionMisc"),
        (Self::InvoiceMetadata, "invoiceMetadata"),
        (Self::InvoiceExport, "invoiceExport"),
        (Self::InvoiceExportStatus, "invoiceExportStatus"),
        (Self::InvoiceDownload, "invoiceDownload"),
        (Self::CollectiveIdentifier, "collectiveIdentifier"),
        (Self::Public, "anonymous"),
        (Self::Other, "other"),
    ];

    /// The published limits.
    #[must_use]
    pub const fn limits(self) -> Limits {
        match self {
            Self::Public => Limits { per_second: Some(60), per_minute: None, per_hour: None },
            Self::OnlineSession | Self::OnlineSessionClose | Self::Other => limits(10, 30, 120),
            Self::BatchSession | Self::BatchSessionClose => limits(10, 20, 60),
            Self::InvoiceSend => limits(10, 30, 180),
            Self::InvoiceStatus => limits(30, 120, 1200),
            Self::SessionList => limits(5, 10, 60),
            Self::SessionInvoiceList => limits(10, 20, 200),
            Self::SessionMisc => limits(10, 120, 1200),
            Self::InvoiceMetadata | Self::InvoiceExport => limits(8, 16, 20),
            Self::InvoiceExportStatus => limits(10, 60, 600),
            Self::InvoiceDownload => limits(8, 16, 64),
            Self::CollectiveIdentifier => limits(10, 60, 120),
        }
    }
}

/// The line of the table for an operation; `None` for the download of a UPO, which the contract does not list.
#[must_use]
pub fn of(operation: Operation) -> Option<&'static Contract> {
    TABLE.iter().find(|contract| contract.operation == operation)
}

const REFERENCE: Shape = Shape::Text { min: 36, max: 36, format: Format::Any };
const KSEF_NUMBER: Shape = Shape::Text { min: 35, max: 36, format: Format::KsefNumber };
const DATE_TIME: Shape = Shape::Text { min: 0, max: usize::MAX, format: Format::DateTime };

/// Every operation that the simulator knows.
pub const TABLE: &[Contract] = &[
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
