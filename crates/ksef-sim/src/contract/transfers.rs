//! Batch sessions, exports of packages, collective identifiers: their lines and the bodies of their requests.

use super::Operation;
use super::bodies::{
    CURRENCY, DATE_TIME, ENCRYPTION, FORM_CODE, HASH, KSEF_NUMBER, METADATA_FILTERS, REFERENCE,
};
use super::line::{Bearer, Body, Contract, Group, Method, Parameter, Place};
use super::shape::{ANY_TEXT, Field, Format, Shape};
use crate::Permission;

const SENDING: &[Permission] = &[Permission::InvoiceWrite, Permission::EnforcementOperations];
const COLLECTING: &[Permission] =
    &[Permission::InvoiceRead, Permission::InvoiceWrite, Permission::CollectiveIdentifierManage];

const BY_REFERENCE: Parameter =
    Parameter { name: "referenceNumber", place: Place::Path, required: true, shape: &REFERENCE };
const CONTINUATION: Parameter =
    Parameter { name: "x-continuation-token", place: Place::Header, required: false, shape: &ANY_TEXT };
const PAGE_SIZE: Parameter = Parameter {
    name: "pageSize",
    place: Place::Query,
    required: false,
    shape: &Shape::Integer { min: 10, max: 200 },
};

/// The lines; `POST /collective-identifiers/invoices` came with 2.9.
pub(super) const TABLE: &[Contract] = &[
    Contract {
        operation: Operation::OpenBatchSession,
        method: Method::Post,
        path: "/sessions/batch",
        bearer: Bearer::Access,
        permissions: SENDING,
        group: Group::BatchSession,
        parameters: &[],
        body: Body::Json { optional: false, shape: &OPEN_BATCH_SESSION },
    },
    Contract {
        operation: Operation::CloseBatchSession,
        method: Method::Post,
        path: "/sessions/batch/{referenceNumber}/close",
        bearer: Bearer::Access,
        permissions: SENDING,
        // Closing has had limits of its own since 2.8.
        group: Group::BatchSessionClose,
        parameters: &[BY_REFERENCE],
        body: Body::None,
    },
    Contract {
        operation: Operation::StartExport,
        method: Method::Post,
        path: "/invoices/exports",
        bearer: Bearer::Access,
        permissions: &[Permission::InvoiceRead],
        group: Group::InvoiceExport,
        parameters: &[],
        body: Body::Json { optional: false, shape: &EXPORT },
    },
    Contract {
        operation: Operation::ExportStatus,
        method: Method::Get,
        path: "/invoices/exports/{referenceNumber}",
        bearer: Bearer::Access,
        permissions: &[Permission::InvoiceRead],
        group: Group::InvoiceExportStatus,
        parameters: &[BY_REFERENCE],
        body: Body::None,
    },
    Contract {
        operation: Operation::MakeCollectiveIdentifier,
        method: Method::Post,
        path: "/collective-identifiers",
        bearer: Bearer::Access,
        permissions: COLLECTING,
        group: Group::CollectiveIdentifier,
        parameters: &[],
        body: Body::Json { optional: false, shape: &COLLECTIVE_IDENTIFIER },
    },
    Contract {
        operation: Operation::QueryCollectiveIdentifiers,
        method: Method::Post,
        path: "/collective-identifiers/query",
        bearer: Bearer::Access,
        permissions: COLLECTING,
        group: Group::Unlimited,
        parameters: &[CONTINUATION, PAGE_SIZE],
        body: Body::Json { optional: false, shape: &COLLECTIVE_IDENTIFIERS_QUERY },
    },
    Contract {
        operation: Operation::CollectiveIdentifierInvoices,
        method: Method::Get,
        path: "/collective-identifiers/{collectiveIdentifierNumber}/invoices",
        bearer: Bearer::Access,
        permissions: COLLECTING,
        group: Group::Unlimited,
        parameters: &[
            Parameter {
                name: "collectiveIdentifierNumber",
                place: Place::Path,
                required: true,
                shape: &ANY_TEXT,
            },
            CONTINUATION,
            PAGE_SIZE,
        ],
        body: Body::None,
    },
    Contract {
        operation: Operation::InvoicesOfCollectiveIdentifiers,
        method: Method::Post,
        path: "/collective-identifiers/invoices",
        bearer: Bearer::Access,
        permissions: COLLECTING,
        group: Group::Unlimited,
        parameters: &[CONTINUATION, PAGE_SIZE],
        body: Body::Json { optional: false, shape: &INVOICES_OF_COLLECTIVE_IDENTIFIERS },
    },
    Contract {
        operation: Operation::CollectiveIdentifiersByKsefNumber,
        method: Method::Get,
        path: "/collective-identifiers/ksef/{ksefNumber}",
        bearer: Bearer::Access,
        permissions: COLLECTING,
        group: Group::Unlimited,
        parameters: &[
            Parameter { name: "ksefNumber", place: Place::Path, required: true, shape: &KSEF_NUMBER },
            CONTINUATION,
            PAGE_SIZE,
        ],
        body: Body::None,
    },
];

/// `OpenBatchSessionRequest`
const OPEN_BATCH_SESSION: Shape = Shape::Object(&[
    Field { name: "formCode", required: true, nullable: false, shape: &FORM_CODE },
    Field { name: "batchFile", required: true, nullable: false, shape: &BATCH_FILE },
    Field { name: "encryption", required: true, nullable: false, shape: &ENCRYPTION },
    Field { name: "offlineMode", required: false, nullable: false, shape: &Shape::Boolean },
]);

/// `BatchFileInfo`; the number of parts has an exception of its own (21161).
const BATCH_FILE: Shape = Shape::Object(&[
    Field {
        name: "fileSize",
        required: true,
        nullable: false,
        shape: &Shape::Integer { min: 1, max: 5_000_000_000 },
    },
    Field { name: "fileHash", required: true, nullable: false, shape: &HASH },
    Field { name: "compressionType", required: false, nullable: true, shape: &COMPRESSION },
    Field {
        name: "fileParts",
        required: true,
        nullable: false,
        shape: &Shape::List { of: &BATCH_FILE_PART, max: usize::MAX },
    },
]);

/// `CompressionType`
const COMPRESSION: Shape = Shape::Enumeration(&["Zip", "TarGz"]);

/// `BatchFilePartInfo`
const BATCH_FILE_PART: Shape = Shape::Object(&[
    Field {
        name: "ordinalNumber",
        required: true,
        nullable: false,
        shape: &Shape::Integer { min: 1, max: i32::MAX as i64 },
    },
    Field {
        name: "fileSize",
        required: true,
        nullable: false,
        shape: &Shape::Integer { min: 1, max: i64::MAX },
    },
    Field { name: "fileHash", required: true, nullable: false, shape: &HASH },
]);

/// `InvoiceExportRequest`
const EXPORT: Shape = Shape::Object(&[
    Field { name: "encryption", required: true, nullable: false, shape: &ENCRYPTION },
    Field { name: "onlyMetadata", required: false, nullable: false, shape: &Shape::Boolean },
    Field { name: "filters", required: true, nullable: false, shape: &METADATA_FILTERS },
    Field { name: "compressionType", required: false, nullable: true, shape: &COMPRESSION },
]);

/// `GenerateCollectiveIdentifierRequest`
const COLLECTIVE_IDENTIFIER: Shape = Shape::Object(&[Field {
    name: "invoices",
    required: true,
    nullable: false,
    shape: &Shape::List { of: &COLLECTIVE_IDENTIFIER_INVOICE, max: usize::MAX },
}]);

/// `CollectiveIdentifierInvoice`
const COLLECTIVE_IDENTIFIER_INVOICE: Shape = Shape::Object(&[
    Field { name: "ksefNumber", required: true, nullable: false, shape: &KSEF_NUMBER },
    Field { name: "payment", required: false, nullable: true, shape: &PAYMENT },
    Field {
        name: "description",
        required: false,
        nullable: true,
        shape: &Shape::Text { min: 0, max: 512, format: Format::Any },
    },
]);

/// `CollectiveIdentifierInvoicePayment`
const PAYMENT: Shape = Shape::Object(&[
    Field { name: "amount", required: true, nullable: false, shape: &Shape::Number },
    Field { name: "currency", required: true, nullable: false, shape: &CURRENCY },
]);

const ANY_INTEGER: Shape = Shape::Integer { min: i64::MIN, max: i32::MAX as i64 };

/// `CollectiveIdentifiersQueryRequest`
const COLLECTIVE_IDENTIFIERS_QUERY: Shape = Shape::Object(&[
    Field { name: "collectiveIdentifierNumber", required: false, nullable: true, shape: &ANY_TEXT },
    Field { name: "dateCreatedFrom", required: true, nullable: false, shape: &DATE_TIME },
    Field { name: "dateCreatedTo", required: true, nullable: false, shape: &DATE_TIME },
    Field { name: "invoiceCountFrom", required: false, nullable: true, shape: &ANY_INTEGER },
    Field { name: "invoiceCountTo", required: false, nullable: true, shape: &ANY_INTEGER },
    Field { name: "createdInCurrentContext", required: false, nullable: true, shape: &Shape::Boolean },
]);

/// The body of the form that came with 2.9: at most ten numbers.
const INVOICES_OF_COLLECTIVE_IDENTIFIERS: Shape = Shape::Object(&[Field {
    name: "collectiveIdentifierNumbers",
    required: true,
    nullable: false,
    shape: &Shape::List { of: &ANY_TEXT, max: 10 },
}]);
