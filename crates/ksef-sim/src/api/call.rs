use std::net::IpAddr;

use axum::body::Bytes;
use axum::http::HeaderMap;
use ksef_types::{ContextIdentifier, ReferenceNumber};
use serde_json::Value;

use crate::Permission;
use crate::contract::{Contract, Findings, Place, Shape};
use crate::model::{Method, Subject};

/// A request that was let in: judged by the contract, its bearer known.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) contract: &'static Contract,
    /// Parameters of path, query and headers by name, as they came; a list may have several.
    pub(crate) parameters: Vec<(&'static str, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) json: Value,
    pub(crate) bearing: Option<Bearing>,
    pub(crate) address: IpAddr,
}

/// Who calls.
#[derive(Debug, Clone)]
pub(crate) struct Bearing {
    /// The authentication that the token comes from.
    pub(crate) authentication: ReferenceNumber,
    pub(crate) context: ContextIdentifier,
    pub(crate) subject: Subject,
    pub(crate) method: Method,
    pub(crate) permissions: Vec<Permission>,
}

impl Bearing {
    pub(crate) fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }
}

impl Call {
    /// A parameter; the empty text where it is absent.
    pub(crate) fn parameter(&self, name: &str) -> &str {
        self.optional(name).unwrap_or_default()
    }

    pub(crate) fn optional(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(found, _)| *found == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.parameters.iter().filter(|(found, _)| *found == name).map(|(_, value)| value.as_str()).collect()
    }

    /// A whole number; judged before, so that what is unreadable is absent.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.optional(name)?.parse().ok()
    }

    /// A text of the body.
    pub(crate) fn text(&self, pointer: &str) -> &str {
        self.json.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }

    /// A text of the body that may be absent or null.
    pub(crate) fn optional_text(&self, pointer: &str) -> Option<&str> {
        self.json.pointer(pointer).and_then(Value::as_str)
    }
}

/// Collects and judges what stands outside the body.
pub(super) fn parameters(
    contract: &'static Contract,
    path: &[(&'static str, String)],
    query: &str,
    headers: &HeaderMap,
    findings: &mut Findings,
) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let query: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    for parameter in contract.parameters {
        let values: Vec<String> = match parameter.place {
            Place::Path => path
                .iter()
                .filter(|(name, _)| *name == parameter.name)
                .map(|(_, value)| value.clone())
                .collect(),
            // Names are compared without case, as the service's framework does.
            Place::Query => query
                .iter()
                .filter(|(name, _)| name.eq_ignore_ascii_case(parameter.name))
                .map(|(_, value)| value.clone())
                .collect(),
            Place::Header => headers
                .get_all(parameter.name)
                .iter()
                .filter_map(|value| value.to_str().ok())
                .map(str::to_owned)
                .collect(),
        };
        if values.is_empty() && parameter.required {
            findings.problems.push(format!("Parametr '{}' jest wymagany.", parameter.name));
        }
        if values.len() > 1 && !matches!(parameter.shape, Shape::List { .. }) {
            findings.problems.push(format!("Parametr '{}' może wystąpić tylko raz.", parameter.name));
        }
        for value in values {
            parameter.shape.judge_parameter(parameter.name, &value, findings);
            found.push((parameter.name, value));
        }
    }
    found
}
