//! The two formats of errors. Source: OpenAPI `ExceptionResponse`, `*ProblemDetails`, `TooManyRequestsResponse`.

use serde::Deserialize;

use crate::error::kind::{ErrorKind, ForbiddenReason};

/// One reason of a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionDetail {
    /// The code of the contract.
    pub code: i32,
    /// KSeF's own words, in Polish.
    pub description: String,
    /// More of KSeF's own words.
    pub details: Vec<String>,
}

/// What the body of an error says.
#[derive(Debug, Default)]
pub(crate) struct Refusal {
    pub(crate) details: Vec<ExceptionDetail>,
    pub(crate) reason_code: Option<String>,
    pub(crate) trace_id: Option<String>,
    security: Security,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Security {
    required_any_of_permissions: Option<Vec<String>>,
    present_permissions: Option<Vec<String>>,
    incident_id: Option<String>,
    client_ip: Option<String>,
}

impl Refusal {
    /// The kind for 403.
    pub(crate) fn forbidden(self) -> Option<ErrorKind> {
        let (reason, security) = (self.reason_code, self.security);
        if security.incident_id.is_some() || reason.as_deref() == Some("security-service-blocked") {
            return Some(ErrorKind::Shielded {
                incident: security.incident_id,
                client_ip: security.client_ip,
            });
        }
        Some(ErrorKind::Forbidden {
            reason: ForbiddenReason::from(reason?.as_str()),
            required_permissions: security.required_any_of_permissions.unwrap_or_default(),
            present_permissions: security.present_permissions.unwrap_or_default(),
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OnTheWire {
    exception: Option<Exception>,
    errors: Option<Vec<ProblemError>>,
    reason_code: Option<String>,
    security: Option<Security>,
    trace_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Exception {
    exception_detail_list: Option<Vec<Detail>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    exception_code: Option<i32>,
    exception_description: Option<String>,
    details: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProblemError {
    code: i32,
    description: Option<String>,
    details: Option<Vec<String>>,
}

/// Reads either format; `None` for anything else.
pub(crate) fn read_refusal(body: &[u8]) -> Option<Refusal> {
    let read: OnTheWire = serde_json::from_slice(body).ok()?;
    let exceptions = read.exception.and_then(|exception| exception.exception_detail_list).unwrap_or_default();
    let details = exceptions
        .into_iter()
        .filter_map(|detail| {
            exception_detail(detail.exception_code?, detail.exception_description, detail.details)
        })
        .chain(
            read.errors
                .unwrap_or_default()
                .into_iter()
                .filter_map(|error| exception_detail(error.code, error.description, error.details)),
        )
        .collect();
    Some(Refusal {
        details,
        reason_code: read.reason_code,
        trace_id: read.trace_id,
        security: read.security.unwrap_or_default(),
    })
}

fn exception_detail(
    code: i32,
    description: Option<String>,
    details: Option<Vec<String>>,
) -> Option<ExceptionDetail> {
    Some(ExceptionDetail {
        code,
        description: description.unwrap_or_default(),
        details: details.unwrap_or_default(),
    })
}
