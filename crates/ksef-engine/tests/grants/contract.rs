//! The contract's own lists of what can be granted, and to whom.

use std::collections::BTreeSet;

use ksef_engine::Grant;
use serde_json::Value;

use crate::rows::rows;

/// An enumeration of the contract, and one of its values.
type Kind = (String, String);

/// What 2.9 added to the published file.
const SINCE: [(&str, &str); 2] = [
    ("EntityPermissionType", "CollectiveIdentifierManage"),
    ("IndirectPermissionType", "CollectiveIdentifierManage"),
];

/// As the statuses of operations are refused. Source: OpenAPI `PermissionsOperationStatusResponse`.
pub(crate) const REFUSALS: [u16; 8] = [400, 410, 420, 430, 440, 450, 500, 550];

fn contract() -> Option<Value> {
    let text = ksef_testkit::shared().map(|folder| std::fs::read(folder.join("open-api.json")).unwrap());
    if text.is_none() {
        println!("skipped: no ../shared/ksef");
    }
    text.map(|text| serde_json::from_slice(&text).unwrap())
}

/// Where a grant is sent, and what is sent.
fn sent(grant: &Grant) -> (&'static str, Value) {
    let body = match grant {
        Grant::Person(grant) => serde_json::to_value(grant),
        Grant::Firm(grant) => serde_json::to_value(grant),
        Grant::Authorization(grant) => serde_json::to_value(grant),
        Grant::Indirect(grant) => serde_json::to_value(grant),
        Grant::Subunit(grant) => serde_json::to_value(grant),
        Grant::EuAdministrator(grant) => serde_json::to_value(grant),
        Grant::EuRepresentative(grant) => serde_json::to_value(grant),
    };
    let path = match grant {
        Grant::Person(_) => "/permissions/persons/grants",
        Grant::Firm(_) => "/permissions/entities/grants",
        Grant::Authorization(_) => "/permissions/authorizations/grants",
        Grant::Indirect(_) => "/permissions/indirect/grants",
        Grant::Subunit(_) => "/permissions/subunits/grants",
        Grant::EuAdministrator(_) => "/permissions/eu-entities/administration/grants",
        Grant::EuRepresentative(_) => "/permissions/eu-entities/grants",
    };
    (path, body.unwrap())
}

/// Notes the values of every enumeration below a schema: those of a body, or all where there is none.
fn kinds(document: &Value, (name, schema): (&str, &Value), body: Option<&Value>, all: &mut BTreeSet<Kind>) {
    if let Some(reference) = schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str()) {
        let name = reference.rsplit('/').next().unwrap();
        let schema = document.pointer(reference.trim_start_matches('#')).unwrap();
        return kinds(document, (name, schema), body, all);
    }
    if let Some(values) = schema["enum"].as_array() {
        let said = body.map_or(values.as_slice(), std::slice::from_ref);
        all.extend(said.iter().map(|value| (name.to_owned(), value.as_str().unwrap().to_owned())));
    }
    for (field, inner) in schema["properties"].as_object().into_iter().flatten() {
        match body.map(|body| body.get(field)) {
            Some(Some(value)) => kinds(document, (field, inner), Some(value), all),
            Some(None) => {}
            None => kinds(document, (field, inner), None, all),
        }
    }
    match (schema.get("items"), body) {
        (Some(items), Some(body)) => {
            let values = body.as_array().unwrap();
            values.iter().for_each(|value| kinds(document, (name, items), Some(value), all));
        }
        (Some(items), None) => kinds(document, (name, items), None, all),
        (None, _) => {}
    }
}

fn request<'d>(document: &'d Value, path: &str) -> &'d Value {
    &document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
}

#[test]
fn every_kind_of_the_contract_has_a_row() {
    let Some(document) = contract() else { return };
    let paths = document["paths"].as_object().unwrap().keys().map(String::as_str);
    let granting = |path: &&str| path.starts_with("/permissions/") && path.ends_with("/grants");
    let paths: BTreeSet<&str> = paths.filter(granting).filter(|path| !path.contains("/query/")).collect();
    let mut wanted: BTreeSet<Kind> =
        SINCE.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
    for path in &paths {
        kinds(&document, (path, request(&document, path)), None, &mut wanted);
    }
    assert!(wanted.len() > 40, "{wanted:?}");
    let (mut granted, mut used) = (BTreeSet::new(), BTreeSet::new());
    for row in rows() {
        let (path, body) = sent(&row.grant);
        used.insert(path);
        kinds(&document, (path, request(&document, path)), Some(&body), &mut granted);
    }
    assert_eq!(used, paths);
    let missing: Vec<_> = wanted.difference(&granted).collect();
    let invented: Vec<_> = granted.difference(&wanted).collect();
    assert!(missing.is_empty() && invented.is_empty(), "missing: {missing:?}, invented: {invented:?}");
}

#[test]
fn every_refusal_of_the_contract_is_tried() {
    let Some(document) = contract() else { return };
    let text = document
        .pointer("/components/schemas/PermissionsOperationStatusResponse/properties/status/description")
        .and_then(Value::as_str)
        .unwrap();
    let codes = text.lines().filter_map(|line| line.split('|').nth(1)?.trim().parse::<u16>().ok());
    assert_eq!(codes.filter(|code| *code >= 400).collect::<Vec<_>>(), REFUSALS);
}
