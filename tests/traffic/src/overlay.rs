//! What 2.8 and 2.9 added to the published file, which is 2.7. Source: the notes on those versions.

use serde_json::{Value, json};

/// Currencies that 2.8 added.
const CURRENCIES: [&str; 5] = ["CNH", "SLE", "VED", "XTS", "ZWG"];
/// Groups that 2.8 added to the rate limits.
const GROUPS: [&str; 4] = ["onlineSessionClose", "batchSessionClose", "anonymous", "global"];
/// Permissions of an owner, answered since 2.9.
const OWNER: [&str; 8] = [
    "CredentialsManage",
    "CredentialsRead",
    "InvoiceWrite",
    "InvoiceRead",
    "Introspection",
    "SubunitManage",
    "EnforcementOperations",
    "CollectiveIdentifierManage",
];

/// What stands in front of the service answers by itself, whatever the operation: a body that is too large.
pub(crate) const IN_FRONT: [u16; 1] = [413];

/// The shield in front of the service refuses whom it suspects, whatever the operation (field notes, 14), with this
/// reason and status 403. Where the contract knows 403 for an operation its schema holds for the shield too.
pub(crate) const SHIELD: (u16, &str) = (403, "security-service-blocked");

/// Adds them; fails where the file does not have what they are added to.
pub(crate) fn apply(document: &mut Value) -> Result<(), String> {
    let limits = document
        .pointer("/components/schemas/EffectiveApiRateLimits/properties/onlineSession")
        .cloned()
        .ok_or("there are no rate limits")?;
    let schemas = document.pointer_mut("/components/schemas").ok_or("there are no schemas")?;
    for currency in CURRENCIES {
        extend(schemas, "CurrencyCode", currency)?;
    }
    for group in GROUPS {
        property(schemas, "EffectiveApiRateLimits", group, limits.clone())?;
    }
    let collective = json!({
        "type": "object", "required": ["maxInvoices"], "nullable": true,
        "properties": { "maxInvoices": { "type": "integer", "minimum": 2 } },
    });
    property(schemas, "EffectiveContextLimits", "collectiveIdentifier", collective.clone())?;
    property(schemas, "SetSessionLimitsRequest", "collectiveIdentifier", collective)?;
    let owner = json!({ "type": "array", "nullable": true, "items": { "type": "string", "enum": OWNER } });
    property(schemas, "QueryPersonalPermissionsResponse", "ownerPermissions", owner)?;
    let compression =
        json!({ "allOf": [{ "$ref": "#/components/schemas/CompressionType" }], "nullable": true });
    property(schemas, "InvoicePackage", "compressionType", compression)?;
    for permissions in ["EntityPermissionType", "IndirectPermissionType"] {
        extend(schemas, permissions, "CollectiveIdentifierManage")?;
    }
    invoices_of_collective_identifiers(document)
}

fn extend(schemas: &mut Value, name: &str, word: &str) -> Result<(), String> {
    let words = schemas.get_mut(name).and_then(|schema| schema.get_mut("enum")).and_then(Value::as_array_mut);
    let words = words.ok_or_else(|| format!("{name} is no enumeration"))?;
    if !words.iter().any(|known| known == word) {
        words.push(json!(word));
    }
    Ok(())
}

fn property(schemas: &mut Value, name: &str, field: &str, schema: Value) -> Result<(), String> {
    let fields = schemas.get_mut(name).and_then(|schema| schema.get_mut("properties"));
    let fields = fields.and_then(Value::as_object_mut).ok_or_else(|| format!("{name} is no object"))?;
    fields.insert(field.to_owned(), schema);
    Ok(())
}

/// `POST /collective-identifiers/invoices` replaces the form with the number in the path; refusals are the same.
fn invoices_of_collective_identifiers(document: &mut Value) -> Result<(), String> {
    const OLD: &str = "/collective-identifiers/{collectiveIdentifierNumber}/invoices";
    let missing = || format!("there is no {OLD}");
    let mut operation =
        document["paths"].get(OLD).and_then(|item| item.get("get")).cloned().ok_or_else(missing)?;
    let parameters = operation["parameters"].as_array_mut().ok_or_else(missing)?;
    parameters.retain(|parameter| parameter["in"] != "path");
    operation["requestBody"] = json!({ "content": { "application/json": { "schema": {
        "type": "object",
        "required": ["collectiveIdentifierNumbers"],
        "properties": { "collectiveIdentifierNumbers": {
            "type": "array", "minItems": 1, "maxItems": 10,
            "items": { "type": "string", "minLength": 35, "maxLength": 35 },
        } },
    } } } });
    let mut item = document
        .pointer("/components/schemas/CollectiveIdentifierInvoicesQueryResponseItem")
        .cloned()
        .ok_or_else(missing)?;
    item["properties"]["collectiveIdentifierNumber"] =
        json!({ "type": "string", "minLength": 35, "maxLength": 35 });
    item["required"] = json!(["ksefNumber", "collectiveIdentifierNumber", "detailsHidden"]);
    operation["responses"]["200"]["content"]["application/json"]["schema"] = json!({
        "type": "object",
        "required": ["invoices"],
        "properties": {
            "continuationToken": { "type": "string", "nullable": true },
            "invoices": { "type": "array", "items": item },
        },
    });
    document["paths"]["/collective-identifiers/invoices"] = json!({ "post": operation });
    Ok(())
}
