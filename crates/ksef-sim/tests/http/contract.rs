//! The table against the published contract, line by line.

use ksef_sim::contract::{Bearer, Body, Format, Group, Place, Shape, TABLE};
use serde_json::{Value, json};
use std::collections::BTreeSet;

use crate::openapi::OpenApi;

/// What 2.8 added to the list of currencies.
const NEW_CURRENCIES: [&str; 5] = ["CNH", "SLE", "VED", "XTS", "ZWG"];
/// Where 2.9 added `CollectiveIdentifierManage`.
const NEW_FOR_FIRMS: [&str; 2] = [
    "POST /permissions/entities/grants.permissions[].type",
    "POST /permissions/indirect/grants.permissions[]",
];

#[test]
fn every_line_is_in_the_contract() {
    let Some(openapi) = OpenApi::shared() else { return };
    for line in TABLE.iter().filter(|line| !crate::openapi::is_new(line.method.as_str(), line.path)) {
        let name = format!("{} {}", line.method.as_str(), line.path);
        let operation = &openapi.document["paths"][line.path][line.method.as_str().to_lowercase()];
        assert!(operation.is_object(), "{name}");
        assert_eq!(operation.get("security").is_some(), line.bearer != Bearer::None, "{name}");
        let permissions: Vec<&str> = line.permissions.iter().map(|permission| permission.as_str()).collect();
        let expected = operation.get("x-required-permissions").cloned().unwrap_or(json!([]));
        assert_eq!(json!(permissions), expected, "{name}");
        limits(&name, line.group, operation);
        parameters(&openapi.document, &name, line.parameters, operation);
        body(&openapi.document, &name, &line.body, operation);
    }
}

#[test]
fn no_operation_is_missing_and_none_is_invented() {
    let Some(openapi) = OpenApi::shared() else { return };
    let ours: BTreeSet<(&str, &str)> = TABLE.iter().map(|line| (line.method.as_str(), line.path)).collect();
    let mut published: BTreeSet<(&str, &str)> = crate::openapi::NEW_OPERATIONS.into();
    for (path, item) in openapi.document["paths"].as_object().unwrap() {
        let methods = item.as_object().unwrap().keys().map(|method| match method.as_str() {
            "get" => "GET",
            "post" => "POST",
            "put" => "PUT",
            "delete" => "DELETE",
            other => panic!("{other} {path}"),
        });
        published.extend(methods.map(|method| (method, path.as_str())));
    }
    let missing: Vec<_> = published.difference(&ours).collect();
    let invented: Vec<_> = ours.difference(&published).collect();
    assert!(missing.is_empty() && invented.is_empty(), "missing: {missing:?}, invented: {invented:?}");
    assert_eq!(TABLE.len(), ours.len(), "each stands once");
}

/// The table is what is answered: no operation of it ends as a path that is not there.
#[test]
fn every_operation_is_answered() {
    let sim = crate::harness::Sim::start();
    for line in TABLE {
        let path = line.path.replace("{referenceNumber}", "20261123-SO-0123456789-ABCDEF0123-4E");
        let path = path.replace("{ksefNumber}", "5265877635-20261123-0123456789AB-01");
        let path = path.split('/').map(|part| if part.starts_with('{') { "0123456789ABCDEF" } else { part });
        let path = path.collect::<Vec<_>>().join("/");
        let body = (line.method != ksef_sim::contract::Method::Get).then(Vec::new);
        let answer = sim.try_request(line.method.as_str(), &path, None, &[], body).unwrap();
        assert!(
            !matches!(answer.status, 404 | 405 | 500..),
            "{} {path}: {}",
            line.method.as_str(),
            answer.status
        );
    }
}

fn limits(name: &str, group: Group, operation: &Value) {
    let expected = &operation["x-rate-limits"];
    let limits = group.limits();
    let number = |field: &str| expected[field].as_u64().and_then(|limit| u32::try_from(limit).ok());
    assert_eq!(limits.per_second, number("perSecond"), "{name}");
    assert_eq!(limits.per_minute, number("perMinute"), "{name}");
    assert_eq!(limits.per_hour, number("perHour"), "{name}");
    if group == Group::Unlimited {
        assert!(operation["responses"]["429"].is_null(), "{name}");
        return;
    }
    let table = operation["responses"]["429"]["description"].as_str().unwrap();
    let named = table.trim().rsplit('|').next().unwrap().trim();
    let ours = Group::LISTED.iter().find(|(listed, _)| *listed == group).unwrap().1;
    let ours = match group {
        Group::Public => "-",
        // A group of its own since 2.8.
        Group::OnlineSessionClose => "onlineSession",
        Group::BatchSessionClose => "batchSession",
        _ => ours,
    };
    assert_eq!(named, ours, "{name}");
}

fn parameters(document: &Value, name: &str, ours: &[ksef_sim::contract::Parameter], operation: &Value) {
    let theirs = operation.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
    assert_eq!(ours.len(), theirs.len(), "{name}");
    for (our, their) in ours.iter().zip(&theirs) {
        let name = format!("{name} {}", our.name);
        let place = match our.place {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
        };
        assert_eq!(
            (our.name, place),
            (their["name"].as_str().unwrap(), their["in"].as_str().unwrap()),
            "{name}"
        );
        assert_eq!(our.required, their["required"] == true, "{name}");
        compare(document, &name, our.shape, &their["schema"]);
    }
}

fn body(document: &Value, name: &str, ours: &Body, operation: &Value) {
    let content = &operation["requestBody"]["content"];
    match ours {
        Body::None => assert!(content.is_null(), "{name}"),
        Body::Xml => assert!(content["application/xml"].is_object(), "{name}"),
        Body::Json { shape, .. } => compare(document, name, shape, &content["application/json"]["schema"]),
    }
}

/// Follows references and single `allOf`, keeping what stands beside them.
fn resolved(document: &Value, schema: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return resolved(document, &document["components"]["schemas"][name]);
    }
    let Some(first) = schema["allOf"].get(0) else { return schema.clone() };
    let mut inner = resolved(document, first);
    for (field, value) in schema.as_object().unwrap() {
        if !matches!(field.as_str(), "allOf" | "description") {
            inner[field] = value.clone();
        }
    }
    inner
}

fn compare(document: &Value, name: &str, ours: &Shape, theirs: &Value) {
    let theirs = resolved(document, theirs);
    match ours {
        Shape::Text { min, max, format } => {
            assert_eq!(theirs["type"], "string", "{name}");
            let length = |field: &str, none: usize| {
                theirs[field].as_u64().map_or(none, |length| usize::try_from(length).unwrap())
            };
            assert_eq!((*min, *max), (length("minLength", 0), length("maxLength", usize::MAX)), "{name}");
            let pattern = theirs["pattern"].as_str().map(str::to_owned);
            // Octets are written in groups of the same meaning.
            assert_eq!(format.pattern(), pattern, "{name}");
            let expected = match theirs["format"].as_str() {
                Some("byte") => Some(Format::Base64),
                Some("date-time") => Some(Format::DateTime),
                _ => None,
            };
            assert!(expected.is_none_or(|expected| expected == *format), "{name}: {format:?}");
        }
        Shape::Enumeration(words) => {
            let mut words: Vec<&str> = words.to_vec();
            if NEW_CURRENCIES.iter().all(|word| words.contains(word)) {
                words.retain(|word| !NEW_CURRENCIES.contains(word));
            }
            if NEW_FOR_FIRMS.contains(&name) {
                words.retain(|word| *word != "CollectiveIdentifierManage");
            }
            assert_eq!(json!(words), theirs["enum"], "{name}");
        }
        Shape::Integer { min, max } => {
            assert_eq!(theirs["type"], "integer", "{name}");
            let biggest = if theirs["format"] == "int64" { i64::MAX } else { i64::from(i32::MAX) };
            assert_eq!(*min, theirs["minimum"].as_i64().unwrap_or(i64::MIN), "{name}");
            assert_eq!(*max, theirs["maximum"].as_i64().unwrap_or(biggest), "{name}");
        }
        Shape::Number => assert_eq!(theirs["type"], "number", "{name}"),
        Shape::Boolean => assert_eq!(theirs["type"], "boolean", "{name}"),
        Shape::List { of, max } => {
            assert_eq!(theirs["type"], "array", "{name}");
            // The contract writes the most items of a list as `maximum`.
            let most = theirs["maximum"].as_u64().or(theirs["maxItems"].as_u64());
            // Too many parts of a batch have an exception of their own.
            let most = most.filter(|_| !name.ends_with(".fileParts"));
            let most = most.map_or(usize::MAX, |most| usize::try_from(most).unwrap());
            // Too many parts have an exception of their own (21161).
            let most = if name.ends_with("batchFile.fileParts") { usize::MAX } else { most };
            assert_eq!(*max, most, "{name}");
            compare(document, &format!("{name}[]"), of, &theirs["items"]);
        }
        Shape::Object(fields) => {
            let required: Vec<&str> =
                theirs["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let known = theirs["properties"].as_object().unwrap();
            assert_eq!(fields.len(), known.len(), "{name}");
            for field in *fields {
                let inner = format!("{name}.{}", field.name);
                let their = known.get(field.name).unwrap_or_else(|| panic!("{inner} is not in the contract"));
                assert_eq!(field.required, required.contains(&field.name), "{inner}");
                assert_eq!(field.nullable, their["nullable"] == true, "{inner}");
                compare(document, &inner, field.shape, their);
            }
        }
    }
}
