//! Collective identifiers. Source: OpenAPI 2.7 with what 2.8 and 2.9 changed.

mod list;
mod make;

pub(super) use list::{by_ksef_number, invoices_of_many, invoices_of_one, query};
pub(super) use make::make;
