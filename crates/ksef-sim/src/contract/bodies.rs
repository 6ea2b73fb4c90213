//! The bodies of requests. Source: OpenAPI, the schemas named above each.

use super::shape::{ANY_TEXT, Field, Format, Shape};

pub(super) const HASH: Shape = Shape::Text { min: 44, max: 44, format: Format::Base64 };
pub(super) const BYTES: Shape = Shape::Text { min: 0, max: usize::MAX, format: Format::Base64 };
pub(super) const DATE_TIME: Shape = Shape::Text { min: 0, max: usize::MAX, format: Format::DateTime };
const SIZE: Shape = Shape::Integer { min: 1, max: i64::MAX };
pub(super) const REFERENCE: Shape = Shape::Text { min: 36, max: 36, format: Format::Any };
pub(super) const KSEF_NUMBER: Shape = Shape::Text { min: 35, max: 36, format: Format::KsefNumber };
pub(super) const NIP: Shape = Shape::Text { min: 10, max: 10, format: Format::Nip };
/// The description of a grant, a token, a subject of tests.
pub(super) const DESCRIPTION: Shape = Shape::Text { min: 5, max: 256, format: Format::Any };

/// A field that has to be there.
pub(super) const fn required(name: &'static str, shape: &'static Shape) -> Field {
    Field { name, required: true, nullable: false, shape }
}

/// A field that may be absent or null.
pub(super) const fn optional(name: &'static str, shape: &'static Shape) -> Field {
    Field { name, required: false, nullable: true, shape }
}

/// A field that may be absent, but not null.
pub(super) const fn may_be_absent(name: &'static str, shape: &'static Shape) -> Field {
    Field { name, required: false, nullable: false, shape }
}

/// `AllowedIps`; the contract writes the most items as `maximum`.
const ALLOWED_IPS: Shape = Shape::Object(&[
    Field {
        name: "ip4Addresses",
        required: false,
        nullable: true,
        shape: &Shape::List {
            of: &Shape::Text { min: 0, max: usize::MAX, format: Format::Ip4Address },
            max: 10,
        },
    },
    Field {
        name: "ip4Ranges",
        required: false,
        nullable: true,
        shape: &Shape::List {
            of: &Shape::Text { min: 0, max: usize::MAX, format: Format::Ip4Range },
            max: 10,
        },
    },
    Field {
        name: "ip4Masks",
        required: false,
        nullable: true,
        shape: &Shape::List {
            of: &Shape::Text { min: 0, max: usize::MAX, format: Format::Ip4Mask },
            max: 10,
        },
    },
]);

/// `InitTokenAuthenticationRequest`
pub(super) const TOKEN_AUTHENTICATION: Shape = Shape::Object(&[
    Field { name: "challenge", required: true, nullable: false, shape: &REFERENCE },
    Field { name: "contextIdentifier", required: true, nullable: false, shape: &CONTEXT },
    Field { name: "encryptedToken", required: true, nullable: false, shape: &BYTES },
    Field { name: "publicKeyId", required: false, nullable: true, shape: &HASH },
    Field { name: "authorizationPolicy", required: false, nullable: true, shape: &AUTHORIZATION_POLICY },
]);

/// `AuthenticationContextIdentifier`
const CONTEXT: Shape = Shape::Object(&[
    Field {
        name: "type",
        required: true,
        nullable: false,
        shape: &Shape::Enumeration(&["Nip", "InternalId", "NipVatUe", "PeppolId"]),
    },
    Field { name: "value", required: true, nullable: false, shape: &ANY_TEXT },
]);

/// `AuthorizationPolicy`
const AUTHORIZATION_POLICY: Shape =
    Shape::Object(&[Field { name: "allowedIps", required: false, nullable: true, shape: &ALLOWED_IPS }]);

/// `OpenOnlineSessionRequest`
pub(super) const OPEN_ONLINE_SESSION: Shape = Shape::Object(&[
    Field { name: "formCode", required: true, nullable: false, shape: &FORM_CODE },
    Field { name: "encryption", required: true, nullable: false, shape: &ENCRYPTION },
]);

/// `FormCode`
pub(super) const FORM_CODE: Shape = Shape::Object(&[
    Field { name: "systemCode", required: true, nullable: false, shape: &ANY_TEXT },
    Field { name: "schemaVersion", required: true, nullable: false, shape: &ANY_TEXT },
    Field { name: "value", required: true, nullable: false, shape: &ANY_TEXT },
]);

/// `EncryptionInfo`
pub(super) const ENCRYPTION: Shape = Shape::Object(&[
    Field { name: "encryptedSymmetricKey", required: true, nullable: false, shape: &BYTES },
    Field { name: "initializationVector", required: true, nullable: false, shape: &BYTES },
    Field { name: "publicKeyId", required: false, nullable: true, shape: &HASH },
]);

/// `SendInvoiceRequest`
pub(super) const SEND_INVOICE: Shape = Shape::Object(&[
    Field { name: "invoiceHash", required: true, nullable: false, shape: &HASH },
    Field { name: "invoiceSize", required: true, nullable: false, shape: &SIZE },
    Field { name: "encryptedInvoiceHash", required: true, nullable: false, shape: &HASH },
    Field { name: "encryptedInvoiceSize", required: true, nullable: false, shape: &SIZE },
    Field { name: "encryptedInvoiceContent", required: true, nullable: false, shape: &BYTES },
    Field { name: "offlineMode", required: false, nullable: false, shape: &Shape::Boolean },
    Field { name: "hashOfCorrectedInvoice", required: false, nullable: true, shape: &HASH },
]);

/// `PersonalPermissionsQueryRequest`
pub(super) const PERSONAL_GRANTS: Shape = Shape::Object(&[
    Field { name: "contextIdentifier", required: false, nullable: true, shape: &GRANT_CONTEXT },
    Field { name: "targetIdentifier", required: false, nullable: true, shape: &GRANT_TARGET },
    Field {
        name: "permissionTypes",
        required: false,
        nullable: true,
        shape: &Shape::List { of: &PERMISSION, max: usize::MAX },
    },
    Field {
        name: "permissionState",
        required: false,
        nullable: true,
        shape: &Shape::Enumeration(&["Active", "Inactive"]),
    },
]);

const PERMISSION: Shape = Shape::Enumeration(&[
    "CredentialsManage",
    "CredentialsRead",
    "InvoiceWrite",
    "InvoiceRead",
    "Introspection",
    "SubunitManage",
    "EnforcementOperations",
    "VatUeManage",
    "CollectiveIdentifierManage",
]);

const GRANT_VALUE: Shape = Shape::Text { min: 10, max: 16, format: Format::Any };

/// `PersonalPermissionsContextIdentifier`
const GRANT_CONTEXT: Shape = Shape::Object(&[
    Field {
        name: "type",
        required: true,
        nullable: false,
        shape: &Shape::Enumeration(&["Nip", "InternalId"]),
    },
    Field { name: "value", required: true, nullable: false, shape: &GRANT_VALUE },
]);

/// `PersonalPermissionsTargetIdentifier`
const GRANT_TARGET: Shape = Shape::Object(&[
    Field {
        name: "type",
        required: true,
        nullable: false,
        shape: &Shape::Enumeration(&["Nip", "AllPartners", "InternalId"]),
    },
    Field { name: "value", required: false, nullable: true, shape: &GRANT_VALUE },
]);

/// `InvoiceQueryFilters`
pub(super) const METADATA_FILTERS: Shape = Shape::Object(&[
    Field {
        name: "subjectType",
        required: true,
        nullable: false,
        shape: &Shape::Enumeration(&["Subject1", "Subject2", "Subject3", "SubjectAuthorized"]),
    },
    Field { name: "dateRange", required: true, nullable: false, shape: &DATE_RANGE },
    Field { name: "ksefNumber", required: false, nullable: true, shape: &KSEF_NUMBER },
    Field {
        name: "invoiceNumber",
        required: false,
        nullable: true,
        shape: &Shape::Text { min: 0, max: 256, format: Format::Any },
    },
    Field { name: "amount", required: false, nullable: true, shape: &AMOUNT },
    Field { name: "sellerNip", required: false, nullable: true, shape: &NIP },
    Field { name: "buyerIdentifier", required: false, nullable: true, shape: &BUYER },
    Field {
        name: "currencyCodes",
        required: false,
        nullable: true,
        shape: &Shape::List { of: &CURRENCY, max: usize::MAX },
    },
    Field {
        name: "invoicingMode",
        required: false,
        nullable: true,
        shape: &Shape::Enumeration(&["Online", "Offline"]),
    },
    Field { name: "isSelfInvoicing", required: false, nullable: true, shape: &Shape::Boolean },
    Field {
        name: "formType",
        required: false,
        nullable: true,
        shape: &Shape::Enumeration(&["FA", "PEF", "FA_RR"]),
    },
    Field {
        name: "invoiceTypes",
        required: false,
        nullable: true,
        shape: &Shape::List { of: &INVOICE_TYPE, max: usize::MAX },
    },
    Field { name: "hasAttachment", required: false, nullable: true, shape: &Shape::Boolean },
]);

/// `InvoiceQueryDateRange`
const DATE_RANGE: Shape = Shape::Object(&[
    Field {
        name: "dateType",
        required: true,
        nullable: false,
        shape: &Shape::Enumeration(&["Issue", "Invoicing", "PermanentStorage"]),
    },
    Field { name: "from", required: true, nullable: false, shape: &DATE_TIME },
    Field { name: "to", required: false, nullable: true, shape: &DATE_TIME },
    Field {
        name: "restrictToPermanentStorageHwmDate",
        required: false,
        nullable: true,
        shape: &Shape::Boolean,
    },
]);

/// `InvoiceQueryAmount`
const AMOUNT: Shape = Shape::Object(&[
    Field {
        name: "type",
        required: true,
        nullable: false,
        shape: &Shape::Enumeration(&["Brutto", "Netto", "Vat"]),
    },
    Field { name: "from", required: false, nullable: true, shape: &Shape::Number },
    Field { name: "to", required: false, nullable: true, shape: &Shape::Number },
]);

/// `InvoiceQueryBuyerIdentifier`
const BUYER: Shape = Shape::Object(&[
    Field {
        name: "type",
        required: true,
        nullable: false,
        shape: &Shape::Enumeration(&["Nip", "VatUe", "Other", "None"]),
    },
    Field {
        name: "value",
        required: false,
        nullable: true,
        shape: &Shape::Text { min: 0, max: 50, format: Format::Any },
    },
]);

/// `InvoiceType`
const INVOICE_TYPE: Shape = Shape::Enumeration(&[
    "Vat", "Zal", "Kor", "Roz", "Upr", "KorZal", "KorRoz", "VatPef", "VatPefSp", "KorPef", "VatRr",
    "KorVatRr",
]);

/// `CurrencyCode`, with the five that 2.8 added.
#[rustfmt::skip]
pub(super) const CURRENCY: Shape = Shape::Enumeration(&[
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN",
    "BHD", "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF",
    "CHE", "CHF", "CHW", "CLF", "CLP", "CNH", "CNY", "COP", "COU", "CRC", "CUC", "CUP", "CVE", "CZK",
    "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GGP", "GHS",
    "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG", "HUF", "IDR", "ILS", "IMP", "INR",
    "IQD", "IRR", "ISK", "JEP", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD",
    "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT",
    "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR",
    "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF",
    "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SLL", "SOS", "SRD", "SSP", "STN", "SVC",
    "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD",
    "USN", "UYI", "UYU", "UYW", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XAG", "XAU", "XBA",
    "XBB", "XBC", "XBD", "XCD", "XCG", "XDR", "XOF", "XPD", "XPF", "XPT", "XSU", "XTS", "XUA", "XXX",
    "YER", "ZAR", "ZMW", "ZWG", "ZWL",
]);
