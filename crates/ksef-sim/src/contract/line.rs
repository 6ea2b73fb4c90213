use super::Operation;
use super::shape::Shape;
use crate::Permission;

/// One operation of the published contract.
#[derive(Debug, Clone, Copy)]
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
    /// PUT
    Put,
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
            Self::Put => "PUT",
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
#[derive(Debug, Clone, Copy)]
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
#[derive(Debug, Clone, Copy)]
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
    /// Operations for which the contract publishes no limits.
    Unlimited,
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
            Self::Unlimited => Limits { per_second: None, per_minute: None, per_hour: None },
        }
    }
}
