//! Exchanges against the contract.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDateTime};
use jsonschema::Validator;
use serde_json::Value;

use crate::contract::OpenApi;
use crate::exchange::{Answer, Body, Exchange, Request, header, media_type};
use crate::{Failure, overlay};

/// Collects what was seen and what differs.
pub(crate) struct Judge<'contract> {
    contract: &'contract OpenApi,
    validators: BTreeMap<String, Validator>,
    pub(crate) exchanges: usize,
    pub(crate) skipped: usize,
    /// Method and template of each operation.
    pub(crate) seen: BTreeSet<String>,
    /// By operation and place; the first of each is told.
    pub(crate) differences: BTreeMap<String, String>,
}

impl<'contract> Judge<'contract> {
    pub(crate) fn new(contract: &'contract OpenApi) -> Self {
        Self {
            contract,
            validators: BTreeMap::new(),
            exchanges: 0,
            skipped: 0,
            seen: BTreeSet::new(),
            differences: BTreeMap::new(),
        }
    }

    pub(crate) fn take(&mut self, exchange: &Exchange) -> Result<(), Failure> {
        self.exchanges += 1;
        let name = format!("{} {}", exchange.method, exchange.path);
        let Some(operation) = self.contract.operation(&exchange.method, &exchange.path) else {
            self.differ(&name, "is not in the contract");
            return Ok(());
        };
        self.seen.insert(name.clone());
        if exchange.made_by.is_some() {
            self.skipped += 1;
            return Ok(());
        }
        if (200..300).contains(&exchange.answer.status) {
            self.request(&name, operation, &exchange.request)?;
        }
        self.answer(&name, operation, &exchange.answer)
    }

    fn differ(&mut self, name: &str, problem: &str) {
        let place = problem.split(": ").next().unwrap_or_default();
        self.differences.entry(format!("{name}: {place}")).or_insert_with(|| format!("{name}: {problem}"));
    }

    fn request(&mut self, name: &str, operation: &Value, request: &Request) -> Result<(), Failure> {
        let name = format!("{name}, request");
        let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        for parameter in parameters {
            self.parameter(&name, parameter, request)?;
        }
        for (query, _) in &request.query {
            let known = |parameter: &Value| {
                parameter["in"] == "query"
                    && parameter["name"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(query))
            };
            if !parameters.iter().any(known) {
                self.differ(&name, &format!("the query has {query}, which the contract does not name"));
            }
        }
        let Some(content) = operation["requestBody"]["content"].as_object() else { return Ok(()) };
        if matches!(request.body, Body::Empty) {
            if operation["requestBody"]["required"] == true {
                self.differ(&name, "there is no body");
            }
            return Ok(());
        }
        let kind = media_type(&request.headers).unwrap_or_default();
        match content.get(&kind) {
            None => self.differ(&name, &format!("the body is {kind}")),
            Some(media) => self.body(&format!("{name} {kind}"), &media["schema"], &kind, &request.body)?,
        }
        Ok(())
    }

    fn parameter(&mut self, name: &str, parameter: &Value, request: &Request) -> Result<(), Failure> {
        let wanted = parameter["name"].as_str().unwrap_or_default();
        let values: Vec<&str> = match parameter["in"].as_str() {
            Some("path") => named(&request.path, wanted),
            Some("query") => named(&request.query, wanted),
            _ => header(&request.headers, &wanted.to_ascii_lowercase()).into_iter().collect(),
        };
        if values.is_empty() {
            if parameter["required"] == true {
                self.differ(name, &format!("{wanted} is missing"));
            }
            return Ok(());
        }
        let schema = self.contract.resolved(&parameter["schema"]);
        let value = if schema["type"] == "array" {
            let items = self.contract.resolved(&schema["items"]);
            values.iter().map(|text| typed(items, text)).collect()
        } else {
            values.first().map(|text| typed(schema, text)).unwrap_or_default()
        };
        self.value(&format!("{name} parameter {wanted}"), &parameter["schema"], &value)
    }

    fn answer(&mut self, name: &str, operation: &Value, answer: &Answer) -> Result<(), Failure> {
        let name = format!("{name}, answer {}", answer.status);
        if overlay::IN_FRONT.contains(&answer.status) {
            return Ok(());
        }
        let Some(response) = operation["responses"].get(answer.status.to_string()) else {
            if is_shield(answer) {
                return Ok(());
            }
            self.differ(&name, "the contract has no such status");
            return Ok(());
        };
        for (header_name, described) in response["headers"].as_object().into_iter().flatten() {
            if let Some(value) = header(&answer.headers, &header_name.to_ascii_lowercase()) {
                let schema = &described["schema"];
                let value = typed(self.contract.resolved(schema), value);
                self.value(&format!("{name} header {header_name}"), schema, &value)?;
            }
        }
        let content = response["content"].as_object().filter(|content| !content.is_empty());
        let Some(content) = content else {
            if !matches!(answer.body, Body::Empty) {
                self.differ(&name, "there is a body");
            }
            return Ok(());
        };
        let kind = media_type(&answer.headers).unwrap_or_default();
        match content.get(&kind) {
            None => self.differ(&name, &format!("the body is {kind:?}")),
            Some(media) => self.body(&format!("{name} {kind}"), &media["schema"], &kind, &answer.body)?,
        }
        Ok(())
    }

    fn body(&mut self, name: &str, schema: &Value, kind: &str, body: &Body) -> Result<(), Failure> {
        match body {
            Body::Json(value) => self.value(name, schema, value)?,
            Body::Text(_) | Body::Bytes(_) if !kind.contains("json") => {}
            Body::Text(_) | Body::Bytes(_) | Body::Empty => self.differ(name, "is no JSON"),
        }
        Ok(())
    }

    fn value(&mut self, name: &str, schema: &Value, value: &Value) -> Result<(), Failure> {
        if !self.validators.contains_key(name) {
            let validator = jsonschema::options()
                .should_validate_formats(true)
                .with_format("date-time", is_date_time)
                .build(&self.contract.schema(schema))
                .map_err(|error| Failure::Contract(format!("{name}: {error}")))?;
            self.validators.insert(name.to_owned(), validator);
        }
        let Some(validator) = self.validators.get(name) else { return Ok(()) };
        let problems: Vec<String> = validator
            .iter_errors(value)
            .map(|problem| {
                format!(
                    "{}: {}",
                    anonymous(&problem.instance_path().to_string()),
                    short(&problem.to_string())
                )
            })
            .collect();
        for problem in problems {
            self.differ(name, &problem);
        }
        Ok(())
    }
}

/// RFC 3339, or without an offset: so the contract's own example of an exception writes its `timestamp`, and so ranges may
/// be written in Polish time.
fn is_date_time(text: &str) -> bool {
    DateTime::parse_from_rfc3339(text).is_ok()
        || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").is_ok()
}

fn named<'a>(pairs: &'a [(String, String)], wanted: &str) -> Vec<&'a str> {
    pairs
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case(wanted))
        .map(|(_, value)| value.as_str())
        .collect()
}

/// A text as the type that its schema asks for; what cannot be read stays a text, and is refused.
fn typed(schema: &Value, text: &str) -> Value {
    let parsed = match schema["type"].as_str() {
        Some("integer") => text.parse::<i64>().ok().map(Value::from),
        Some("number") => text.parse::<f64>().ok().map(Value::from),
        Some("boolean") => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::from(text))
}

/// Places in lists without their numbers: each problem is told once.
fn anonymous(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.parse::<u32>().is_ok() { "*" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

fn short(problem: &str) -> String {
    const MOST: usize = 300;
    problem.chars().take(MOST).collect()
}

/// Whether the shield in front of the service gave the answer.
fn is_shield(answer: &Answer) -> bool {
    let (status, reason) = overlay::SHIELD;
    answer.status == status && matches!(&answer.body, Body::Json(body) if body["reasonCode"] == reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn contract() -> OpenApi {
        let ok = |schema: Value| json!({ "content": { "application/json": { "schema": schema } } });
        let schema = |fields: Value| json!({ "type": "object", "properties": fields });
        let document = json!({
            "paths": {
                "/things/{id}": { "post": {
                    "parameters": [
                        { "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } },
                        { "name": "flag", "in": "query", "schema": { "type": "boolean" } },
                    ],
                    "requestBody": { "content": { "application/json": { "schema": schema(json!({ "a": { "type": "string" } })) } } },
                    "responses": { "200": ok(schema(json!({ "b": { "type": "string", "format": "date-time" } }))), "204": {} },
                } },
                "/collective-identifiers/{collectiveIdentifierNumber}/invoices": { "get": {
                    "parameters": [], "responses": { "200": ok(json!({})) } } },
            },
            "components": { "schemas": {
                "CurrencyCode": { "enum": [] },
                "EffectiveApiRateLimits": schema(json!({ "onlineSession": {} })),
                "EffectiveContextLimits": schema(json!({})),
                "SetSessionLimitsRequest": schema(json!({})),
                "QueryPersonalPermissionsResponse": schema(json!({})),
                "InvoicePackage": schema(json!({})),
                "EntityPermissionType": { "enum": [] },
                "IndirectPermissionType": { "enum": [] },
                "CollectiveIdentifierInvoicesQueryResponseItem": schema(json!({})),
            } },
        });
        OpenApi::of(document).unwrap()
    }

    fn exchange() -> Value {
        let json_kind = json!([["content-type", "application/json; charset=utf-8"]]);
        json!({
            "method": "POST", "path": "/things/{id}", "made_by": null,
            "request": { "path": [["id", "7"]], "query": [["flag", "true"]], "headers": json_kind, "body": { "json": { "a": "x" } } },
            "answer": { "status": 200, "headers": json_kind, "body": { "json": { "b": "2026-11-23T11:00:00Z" } } },
        })
    }

    fn differences(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let contract = contract();
        let mut judge = Judge::new(&contract);
        let mut exchange = exchange();
        change(&mut exchange);
        judge.take(&serde_json::from_value(exchange).unwrap()).unwrap();
        judge.differences.into_values().collect()
    }

    #[test]
    fn what_fits_has_no_differences() {
        assert_eq!(differences(|_| {}), Vec::<String>::new());
    }

    #[test]
    fn each_difference_is_told() {
        let cases: [(&str, Value, &str); 8] = [
            ("/path", json!("/nothing"), "not in the contract"),
            ("/request/path/0/1", json!("seven"), "parameter id"),
            ("/request/query/0/0", json!("other"), "does not name"),
            ("/request/body/json/more", json!(1), "more"),
            ("/request/headers/0/1", json!("text/plain"), "text/plain"),
            ("/answer/status", json!(418), "no such status"),
            ("/answer/body/json/b", json!("yesterday"), "date-time"),
            ("/answer/body/json/c", json!(1), "c"),
        ];
        for (pointer, value, word) in cases {
            let (parent, field) = pointer.rsplit_once('/').unwrap();
            let found = differences(|exchange| match exchange.pointer_mut(parent).unwrap() {
                Value::Array(items) => items[field.parse::<usize>().unwrap()] = value.clone(),
                other => other[field] = value.clone(),
            });
            assert!(found.len() == 1 && found[0].contains(word), "{pointer}: {found:?}");
        }
    }

    #[test]
    fn what_a_fault_made_is_skipped_and_wrong_requests_may_be_refused() {
        let found = differences(|exchange| {
            exchange["made_by"] = json!("fault");
            exchange["answer"]["status"] = json!(502);
        });
        assert!(found.is_empty());
        let found = differences(|exchange| {
            exchange["request"]["body"] = json!({ "text": "{" });
            exchange["answer"] = json!({ "status": 204, "headers": [], "body": "empty" });
        });
        assert_eq!(found.len(), 1, "a good answer to a wrong request: {found:?}");
    }
}
