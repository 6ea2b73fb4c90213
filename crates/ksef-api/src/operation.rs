use reqwest::Method;

use crate::budget::RateGroup;

/// One operation of the API: what the contract calls it, which budget it draws from, whether it may be repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// For logs and errors, such as `session_status`.
    pub name: &'static str,
    /// The method of HTTP.
    pub method: Method,
    /// The path of the contract after the version, with its parameters in braces.
    pub path: &'static str,
    /// The limits that apply.
    pub group: RateGroup,
    /// Whether a lost answer may be followed by the same request.
    pub repeat: Repeat,
}

/// Whether the same request may be sent again when nobody knows what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Reading, or a step that changes nothing the second time.
    Safe,
    /// The second time would make a second thing, or would be refused for having been done.
    Never,
}

/// Every operation of KSeF (Latarnia's are not part of that contract): those of the contract 2.7, and what 2.9 added.
pub const OPERATIONS: &[&Operation] = &[
    &crate::auth::CHALLENGE,
    &crate::auth::BY_TOKEN,
    &crate::auth::BY_XADES,
    &crate::auth::STATUS,
    &crate::auth::REDEEM,
    &crate::auth::REFRESH,
    &crate::auth_sessions::SESSIONS,
    &crate::auth_sessions::END_SESSION,
    &crate::auth_sessions::END_CURRENT_SESSION,
    &crate::public_keys::PUBLIC_KEYS,
    &crate::certificates::LIMITS,
    &crate::certificates::DATA,
    &crate::certificates::ENROLL,
    &crate::certificates::ENROLLMENT,
    &crate::certificates::RETRIEVE,
    &crate::certificates::REVOKE,
    &crate::certificates::QUERY,
    &crate::tokens::LIST,
    &crate::tokens::ONE,
    &crate::tokens::MAKE,
    &crate::tokens::REVOKE,
    &crate::permissions::GRANT_PERSON,
    &crate::permissions::GRANT_ENTITY,
    &crate::permissions::GRANT_AUTHORIZATION,
    &crate::permissions::GRANT_INDIRECTLY,
    &crate::permissions::GRANT_SUBUNIT,
    &crate::permissions::GRANT_ADMINISTRATION,
    &crate::permissions::GRANT_REPRESENTATION,
    &crate::permissions::REVOKE,
    &crate::permissions::REVOKE_AUTHORIZATION,
    &crate::permissions::OPERATION,
    &crate::permissions::ATTACHMENTS,
    &crate::permissions::PERSONAL,
    &crate::permissions::PERSONS,
    &crate::permissions::SUBUNITS,
    &crate::permissions::ENTITIES,
    &crate::permissions::ENTITY_ROLES,
    &crate::permissions::SUBORDINATE_ROLES,
    &crate::permissions::AUTHORIZATIONS,
    &crate::permissions::EU_ENTITIES,
    &crate::peppol::QUERY,
    &crate::limits::RATE,
    &crate::limits::CONTEXT,
    &crate::limits::SUBJECT,
    &crate::sessions_online::OPEN,
    &crate::sessions_online::SEND,
    &crate::sessions_online::CLOSE,
    &crate::sessions_batch::OPEN,
    &crate::sessions_batch::CLOSE,
    &crate::sessions_status::LIST,
    &crate::sessions_status::STATUS,
    &crate::sessions_status::INVOICES,
    &crate::sessions_status::FAILED,
    &crate::sessions_status::INVOICE,
    &crate::upo::INVOICE,
    &crate::upo::INVOICE_BY_NUMBER,
    &crate::upo::SESSION,
    &crate::invoices::BY_NUMBER,
    &crate::invoices::QUERY,
    &crate::exports::START,
    &crate::exports::STATUS,
    &crate::collective_identifiers::MAKE,
    &crate::collective_identifiers::QUERY,
    &crate::collective_identifiers::BY_INVOICE,
    &crate::collective_identifiers::INVOICES,
    &crate::collective_identifiers::INVOICES_OF_ONE,
    &crate::testdata::MAKE_SUBJECT,
    &crate::testdata::REMOVE_SUBJECT,
    &crate::testdata::MAKE_PERSON,
    &crate::testdata::REMOVE_PERSON,
    &crate::testdata::GRANT,
    &crate::testdata::REVOKE,
    &crate::testdata::ALLOW_ATTACHMENTS,
    &crate::testdata::FORBID_ATTACHMENTS,
    &crate::testdata::BLOCK,
    &crate::testdata::UNBLOCK,
    &crate::testdata::SET_SESSION_LIMITS,
    &crate::testdata::RESET_SESSION_LIMITS,
    &crate::testdata::SET_SUBJECT_LIMITS,
    &crate::testdata::RESET_SUBJECT_LIMITS,
    &crate::testdata::SET_RATE_LIMITS,
    &crate::testdata::RESET_RATE_LIMITS,
    &crate::testdata::PRODUCTION_RATE_LIMITS,
    &crate::testdata::SET_CERTIFICATE_END,
];

impl Operation {
    pub(crate) const fn get(name: &'static str, path: &'static str, group: RateGroup) -> Self {
        Self { name, method: Method::GET, path, group, repeat: Repeat::Safe }
    }

    pub(crate) const fn post(
        name: &'static str,
        path: &'static str,
        group: RateGroup,
        repeat: Repeat,
    ) -> Self {
        Self { name, method: Method::POST, path, group, repeat }
    }

    pub(crate) const fn delete(name: &'static str, path: &'static str, group: RateGroup) -> Self {
        Self { name, method: Method::DELETE, path, group, repeat: Repeat::Safe }
    }

    /// A removal that begins another operation, so it may not be asked for twice.
    pub(crate) const fn delete_once(name: &'static str, path: &'static str, group: RateGroup) -> Self {
        Self { name, method: Method::DELETE, path, group, repeat: Repeat::Never }
    }

    pub(crate) const fn put(name: &'static str, path: &'static str, group: RateGroup) -> Self {
        Self { name, method: Method::PUT, path, group, repeat: Repeat::Safe }
    }
}
