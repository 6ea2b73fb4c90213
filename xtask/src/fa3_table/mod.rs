//! Writes the structure of FA(3) 1-0E as Rust tables from the ministry's schema.
//!
//! The schema itself stays where it is (`../shared/ksef/schemas`, or `KSEF_SHARED`): the tables hold names, order,
//! occurrence, types and facets, none of its texts. A construct that the tables cannot say is an error, never
//! dropped.

pub(crate) mod content;
mod emit;
mod pattern;
pub(crate) mod simple;
mod xsd;

use std::fmt;
use std::path::{Path, PathBuf};

/// Where the table stands in the repository.
const TABLE: &str = "crates/ksef-invoice/src/structure/table.rs";
/// The schema's file in the folder of schemas; what it imports lies beside it.
const SCHEMA: &str = "FA/schemat_FA(3)_v1-0E.xsd";

/// Why no table was written.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The folder with the schemas is neither beside the repository nor named by `KSEF_SHARED`.
    NoSchemas,
    /// A file could not be read or written.
    File(PathBuf, std::io::Error),
    /// A schema is not XML.
    Xml(String),
    /// The schema says something that the tables have no word for.
    Unsupported(String),
    /// The committed table is not what the schema gives.
    Stale,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSchemas => {
                formatter.write_str("the schemas are not here: set KSEF_SHARED to their folder")
            }
            Self::File(path, error) => write!(formatter, "{}: {error}", path.display()),
            Self::Xml(reason) => write!(formatter, "the schema is not XML: {reason}"),
            Self::Unsupported(what) => write!(formatter, "the tables cannot say this: {what}"),
            Self::Stale => {
                write!(formatter, "{TABLE} is not what the schema gives: run cargo xtask fa3-table")
            }
        }
    }
}

impl std::error::Error for Problem {}

/// Writes the table. `cargo xtask fa3-table`.
///
/// # Errors
/// When the schemas are missing or say something that the tables cannot.
pub(crate) fn run() -> Result<(), Problem> {
    let table = generate()?;
    let path = repository().join(TABLE);
    std::fs::write(&path, table).map_err(|error| Problem::File(path, error))
}

/// Compares the committed table with the schema; does nothing where the schemas are missing (`Ok(false)`).
///
/// # Errors
/// [`Problem::Stale`] when they differ.
pub(crate) fn check() -> Result<bool, Problem> {
    let table = match generate() {
        Err(Problem::NoSchemas) => return Ok(false),
        other => other?,
    };
    let path = repository().join(TABLE);
    let committed = std::fs::read_to_string(&path).map_err(|error| Problem::File(path, error))?;
    if committed == table { Ok(true) } else { Err(Problem::Stale) }
}

fn generate() -> Result<String, Problem> {
    table().map(|table| emit::rust(&table))
}

/// The schema as data.
pub(crate) fn table() -> Result<content::Table, Problem> {
    let schemas = schemas().ok_or(Problem::NoSchemas)?;
    content::compile(&xsd::read(&schemas.join(SCHEMA))?)
}

fn repository() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().find(|folder| folder.join("Cargo.lock").is_file()).unwrap_or(manifest)
}

fn schemas() -> Option<PathBuf> {
    let named = std::env::var_os("KSEF_SHARED").map(PathBuf::from);
    let beside = repository().join("../shared/ksef");
    named
        .into_iter()
        .chain([beside])
        .map(|folder| folder.join("schemas"))
        .find(|folder| folder.join(SCHEMA).is_file())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_table_is_the_schemas() {
        match super::check() {
            Ok(true) => {}
            Ok(false) => println!("skipped: the schemas are not beside the repository"),
            Err(problem) => panic!("{problem}"),
        }
    }
}
