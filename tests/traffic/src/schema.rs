//! OpenAPI 3.0 schemas as JSON Schemas, strict about fields that the contract does not name.

use serde_json::{Map, Value, json};

/// Rewrites a schema, or a tree of them, in place.
pub(crate) fn as_json_schema(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(as_json_schema),
        Value::Object(fields) => {
            fields.values_mut().for_each(as_json_schema);
            for name in ["example", "description", "summary"] {
                // A property may have such a name: then it is an object with a type.
                if fields.get(name).is_some_and(|found| name == "example" || found.is_string()) {
                    fields.remove(name);
                }
            }
            bounds(fields);
            formats(fields);
            if fields.get("type") == Some(&json!("object"))
                && fields.contains_key("properties")
                && !fields.contains_key("additionalProperties")
            {
                fields.insert("additionalProperties".to_owned(), json!(false));
            }
            nullable(fields);
        }
        _ => {}
    }
}

/// OpenAPI 3.0 writes whether a bound is exclusive where JSON Schema writes the bound; and for lists the contract writes
/// the most and fewest items as `maximum` and `minimum`.
fn bounds(fields: &mut Map<String, Value>) {
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match fields.get(exclusive) {
            Some(Value::Bool(true)) => {
                fields.remove(exclusive);
                if let Some(value) = fields.remove(bound) {
                    fields.insert(exclusive.to_owned(), value);
                }
            }
            Some(Value::Bool(false)) => {
                fields.remove(exclusive);
            }
            _ => {}
        }
    }
    if fields.get("type") == Some(&json!("array")) {
        for (written, meant) in [("minimum", "minItems"), ("maximum", "maxItems")] {
            if let Some(bound) = fields.remove(written) {
                fields.insert(meant.to_owned(), bound);
            }
        }
    }
}

/// Dates and addresses are checked by their formats, Base64 by its alphabet; numbers have types.
fn formats(fields: &mut Map<String, Value>) {
    let Some(format) = fields.get("format").and_then(Value::as_str) else { return };
    match format {
        "date" | "date-time" | "uri" => {}
        "byte" => {
            fields.remove("format");
            fields
                .entry("pattern")
                .or_insert_with(|| json!("^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"));
        }
        _ => {
            fields.remove("format");
        }
    }
}

/// OpenAPI 3.0 writes `nullable` where JSON Schema has a type of its own.
fn nullable(fields: &mut Map<String, Value>) {
    if fields.get("nullable").is_some_and(Value::is_boolean)
        && fields.remove("nullable") == Some(Value::Bool(true))
    {
        let inner = Value::Object(std::mem::take(fields));
        fields.insert("anyOf".to_owned(), json!([{ "type": "null" }, inner]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(mut schema: Value) -> Value {
        as_json_schema(&mut schema);
        schema
    }

    #[test]
    fn what_openapi_writes_otherwise() {
        assert_eq!(
            rewritten(
                json!({ "type": "integer", "minimum": 0, "exclusiveMinimum": true, "format": "int32" })
            ),
            json!({ "type": "integer", "exclusiveMinimum": 0 })
        );
        assert_eq!(
            rewritten(json!({ "type": "array", "items": {}, "maximum": 10 })),
            json!({ "type": "array", "items": {}, "maxItems": 10 })
        );
        assert_eq!(
            rewritten(json!({ "type": "string", "nullable": true, "description": "x" })),
            json!({ "anyOf": [{ "type": "null" }, { "type": "string" }] })
        );
    }

    #[test]
    fn a_property_may_be_called_description() {
        let schema = rewritten(json!({
            "type": "object", "properties": { "description": { "type": "string", "description": "Opis" } },
        }));
        assert_eq!(schema["properties"]["description"], json!({ "type": "string" }));
        assert_eq!(schema["additionalProperties"], json!(false));
    }
}
