use super::Operation;
use super::bodies::REFERENCE;
use super::line::{Contract, Parameter, Place};
use super::shape::Shape;
use super::{certificates, documents, grants, logins, permission_queries, test_data, tokens, transfers};

/// The line of the table for an operation; `None` for the addresses outside `/v2`, which the contract does not list.
#[must_use]
pub fn of(operation: Operation) -> Option<&'static Contract> {
    TABLE.iter().find(|contract| contract.operation == operation)
}

/// The parts of the table.
const PARTS: &[&[Contract]] = &[
    logins::TABLE,
    documents::TABLE,
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
