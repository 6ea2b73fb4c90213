//! The published contract as data: paths, fields, formats, permissions, limits, codes and texts.
//!
//! Source: OpenAPI of KSeF API 2.0, version 2.7.0, with what 2.8 and 2.9 changed. A test compares each line with
//! that file where it is at hand.

mod bodies;
mod certificates;
mod credential_statuses;
mod documents;
mod grants;
mod line;
mod logins;
mod operation;
mod permission_queries;
mod shape;
mod statuses;
mod table;
mod test_data;
mod tokens;
mod transfer_statuses;
mod transfers;

pub use credential_statuses::{EnrollmentStatus, PermissionStatus};
pub use line::{Bearer, Body, Contract, Group, Limits, Method, Parameter, Place};
pub use operation::Operation;
pub use shape::{Field, Findings, Format, Shape};
pub use statuses::{InvoiceStatus, SessionStatus, StatusText};
pub use table::{TABLE, of};
pub(crate) use transfer_statuses::OUT_OF_REACH_DETAIL;
pub use transfer_statuses::{BatchStatus, ExportStatus};
