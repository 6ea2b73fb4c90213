//! The published contract as an oracle for answers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use serde_json::{Map, Value, json};

use crate::harness::Answer;

pub(crate) struct OpenApi {
    pub(crate) document: Value,
    schemas: Value,
    validators: Mutex<HashMap<String, Arc<jsonschema::Validator>>>,
}

impl OpenApi {
    pub(crate) fn shared() -> Option<Arc<Self>> {
        static ONE: OnceLock<Option<Arc<OpenApi>>> = OnceLock::new();
        ONE.get_or_init(|| {
            let Some(folder) = ksef_testkit::shared() else {
                eprintln!("skipped: answers are not compared with the contract, its folder is not here");
                return None;
            };
            let text = std::fs::read_to_string(folder.join("open-api.json")).unwrap();
            let document: Value = serde_json::from_str(&text).unwrap();
            let mut schemas = document["components"].clone();
            as_json_schema(&mut schemas);
            Some(Arc::new(Self { document, schemas, validators: Mutex::default() }))
        })
        .clone()
    }

    /// Whether an answer has the shape that the contract gives for its status.
    #[track_caller]
    pub(crate) fn check(&self, method: &str, path: &str, answer: &Answer) {
        let path = path.split('?').next().unwrap();
        let Some((template, operation)) = self.operation(method, path) else { return };
        let status = answer.status.to_string();
        if matches!(answer.status, 413 | 500..) {
            return;
        }
        let response = &operation["responses"][&status];
        assert!(response.is_object(), "{method} {template} may not answer {status}: {}", answer.text());
        let Some(content) = response["content"].as_object().filter(|content| !content.is_empty()) else {
            assert!(answer.body.is_empty(), "{method} {template} {status} has no body");
            return;
        };
        let kind = answer.header("content-type").unwrap_or_default().split(';').next().unwrap().to_owned();
        let media = content.get(&kind).unwrap_or_else(|| panic!("{method} {template} {status} as {kind}"));
        if kind.contains("json") {
            let validator = self.validator(&format!("{method} {template} {status} {kind}"), &media["schema"]);
            let value = answer.json();
            let problems: Vec<String> = validator
                .iter_errors(&value)
                .map(|problem| format!("{}: {problem}", problem.instance_path()))
                .collect();
            assert!(problems.is_empty(), "{method} {template} {status}: {problems:#?}\n{value:#}");
        }
    }

    fn validator(&self, key: &str, schema: &Value) -> Arc<jsonschema::Validator> {
        let mut validators = self.validators.lock().unwrap();
        let make = || {
            let mut schema = schema.clone();
            as_json_schema(&mut schema);
            schema["components"] = self.schemas.clone();
            Arc::new(jsonschema::validator_for(&schema).unwrap())
        };
        Arc::clone(validators.entry(key.to_owned()).or_insert_with(make))
    }

    /// The operation of a path, fixed words before parameters.
    fn operation(&self, method: &str, path: &str) -> Option<(&str, &Value)> {
        let paths = self.document["paths"].as_object().unwrap();
        let fits = |template: &str| {
            let (template, path): (Vec<_>, Vec<_>) =
                (template.split('/').collect(), path.split('/').collect());
            template.len() == path.len()
                && template.iter().zip(&path).all(|(word, found)| word.starts_with('{') || word == found)
        };
        let mut fitting: Vec<_> = paths.iter().filter(|(template, _)| fits(template)).collect();
        fitting.sort_by_key(|(template, _)| template.matches('{').count());
        fitting
            .into_iter()
            .find_map(|(template, item)| Some((template.as_str(), item.get(method.to_lowercase())?)))
    }
}

/// Operations that came after the published file. Source: the notes on 2.8 and 2.9.
pub(crate) const NEW_OPERATIONS: [(&str, &str); 1] = [("POST", "/collective-identifiers/invoices")];

/// Whether an operation came after the published file.
pub(crate) fn is_new(method: &str, path: &str) -> bool {
    NEW_OPERATIONS.contains(&(method, path))
}

/// OpenAPI 3.0 writes `nullable` where JSON Schema has a type of its own.
fn as_json_schema(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(as_json_schema),
        Value::Object(fields) => {
            fields.values_mut().for_each(as_json_schema);
            // Examples are no schemas; formats are not checked.
            for name in ["example", "description", "format"] {
                if fields.get(name).is_some_and(|found| found.is_string() || name == "example") {
                    fields.remove(name);
                }
            }
            // Written as a flag beside the bound there, as the bound itself in JSON Schema.
            if fields.get("exclusiveMinimum") == Some(&Value::Bool(true)) {
                fields.remove("exclusiveMinimum");
                let bound = fields.remove("minimum").unwrap_or(json!(0));
                fields.insert("exclusiveMinimum".to_owned(), bound);
            }
            if fields.remove("nullable") == Some(Value::Bool(true)) {
                let inner = Value::Object(std::mem::take(fields));
                *fields = Map::from_iter([("anyOf".to_owned(), json!([{ "type": "null" }, inner]))]);
            }
        }
        _ => {}
    }
}
