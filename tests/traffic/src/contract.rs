//! The OpenAPI file, with the overlay, as JSON Schemas.

use std::path::Path;

use serde_json::Value;

use crate::{Failure, overlay, read, schema};

/// Methods that a path can have.
const METHODS: [&str; 5] = ["get", "post", "put", "delete", "patch"];

/// The contract.
pub(crate) struct OpenApi {
    document: Value,
    /// `components`, as JSON Schema.
    components: Value,
}

impl OpenApi {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = read(path)?;
        let document: Value =
            serde_json::from_str(&text).map_err(|error| Failure::Contract(error.to_string()))?;
        Self::of(document)
    }

    pub(crate) fn of(mut document: Value) -> Result<Self, Failure> {
        overlay::apply(&mut document).map_err(Failure::Contract)?;
        let mut components = document["components"].clone();
        schema::as_json_schema(&mut components);
        Ok(Self { document, components })
    }

    /// Every operation, method in upper case.
    pub(crate) fn operations(&self) -> impl Iterator<Item = (String, &str)> {
        let paths = self.document["paths"].as_object().into_iter().flatten();
        paths.flat_map(|(path, item)| {
            let has = move |method: &&&str| item.get(**method).is_some();
            METHODS.iter().filter(has).map(move |method| (method.to_uppercase(), path.as_str()))
        })
    }

    pub(crate) fn operation(&self, method: &str, path: &str) -> Option<&Value> {
        self.document["paths"].get(path)?.get(method.to_lowercase())
    }

    /// What a schema refers to, where it only does that.
    pub(crate) fn resolved<'schema>(&'schema self, schema: &'schema Value) -> &'schema Value {
        let reference = schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str());
        let found = reference.and_then(|reference| self.document.pointer(reference.trim_start_matches('#')));
        found.unwrap_or(schema)
    }

    /// A schema of the document, ready to be compiled by itself.
    pub(crate) fn schema(&self, schema: &Value) -> Value {
        let mut whole = schema.clone();
        schema::as_json_schema(&mut whole);
        if let Some(fields) = whole.as_object_mut() {
            fields.insert("components".to_owned(), self.components.clone());
        }
        whole
    }
}
