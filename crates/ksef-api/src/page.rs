//! Lists that are asked for by the number of a page.

use serde::Deserialize;

use crate::client::Client;
use crate::operation::Operation;
use crate::request::Request;

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageOf {
    /// The number of the page, from 0.
    pub offset: u32,
    /// 10 to 100.
    pub size: u32,
}

impl PageOf {
    /// The first page, as large as it may be.
    pub const FIRST: Self = Self { offset: 0, size: 100 };

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self { offset: self.offset + 1, ..self }
    }
}

/// A part of a list, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantsPage<T> {
    /// At most as many as were asked for.
    #[serde(alias = "permissions", alias = "authorizationGrants", alias = "roles")]
    pub items: Vec<T>,
    /// Whether there is another page.
    pub has_more: bool,
}

impl Client {
    pub(crate) fn listing(&self, operation: &'static Operation, page: PageOf) -> Request<'_> {
        self.request(operation).query("pageOffset", page.offset).query("pageSize", page.size)
    }
}
