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

/// Every operation of KSeF that the client knows (Latarnia's are not part of that contract).
pub const OPERATIONS: &[&Operation] = &[
    &crate::auth::CHALLENGE,
    &crate::auth::BY_TOKEN,
    &crate::auth::BY_XADES,
    &crate::auth::STATUS,
    &crate::auth::REDEEM,
    &crate::auth::REFRESH,
    &crate::auth::SESSIONS,
    &crate::auth::END_SESSION,
    &crate::auth::END_CURRENT_SESSION,
    &crate::public_keys::PUBLIC_KEYS,
    &crate::sessions_online::OPEN,
    &crate::sessions_online::SEND,
    &crate::sessions_online::CLOSE,
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
    &crate::limits::RATE,
    &crate::limits::CONTEXT,
    &crate::limits::SUBJECT,
    &crate::tokens::LIST,
    &crate::tokens::ONE,
    &crate::permissions::PERSONAL,
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
}
