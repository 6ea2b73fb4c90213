use std::path::Path;
use std::process::Command;

use base64::Engine as _;

/// An invoice as it was saved, with an independent judge of its structure.
pub struct Document(String);

impl Document {
    /// The bytes of a saved file.
    #[must_use]
    pub fn of(bytes: Vec<u8>) -> Self {
        Self(String::from_utf8(bytes).unwrap())
    }

    /// The bytes as Base64.
    #[must_use]
    pub fn base64(&self) -> String {
        base64::engine::general_purpose::STANDARD.encode(&self.0)
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The content of the first element of that name; an invoice of these tests has one of each that is asked for.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.0.split_once(&format!("<{name}>"))?;
        rest.split_once(&format!("</{name}>")).map(|(value, _)| value)
    }

    /// What `xmllint` says of it by the ministry's schema; nothing where it is valid.
    ///
    /// `shared` is the folder with the ministry's schemas.
    #[must_use]
    pub fn objections(&self, shared: &Path) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("faktura.xml");
        std::fs::write(&file, &self.0).unwrap();
        let output = Command::new("xmllint")
            .args(["--nonet", "--noout", "--schema"])
            .arg(shared.join("schemas/FA/schemat_FA(3)_v1-0E.xsd"))
            .arg(&file)
            .env("XML_CATALOG_FILES", shared.join("schemas/catalog.xml"))
            .output()
            .expect("xmllint is installed");
        (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
