use ksef_types::{ContextIdentifier, ContextKind, Environment, Nip};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::text;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 25,
    sql: "CREATE TABLE contexts (
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        kind TEXT NOT NULL CHECK (kind IN ('InternalId', 'NipVatUe', 'PeppolId')),
        value TEXT NOT NULL,
        PRIMARY KEY (nip, environment)
    ) STRICT, WITHOUT ROWID",
}];

/// Reading of `contexts`: in whose name one works, where that is not the plain NIP.
pub struct Contexts<'c>(pub(crate) &'c Connection);

impl Contexts<'_> {
    /// In whose name one works for this company; its NIP where nothing else was chosen.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(&self, nip: Nip, environment: Environment) -> Result<ContextIdentifier, ArchiveError> {
        let chosen = self
            .0
            .prepare_cached("SELECT kind, value FROM contexts WHERE nip = ?1 AND environment = ?2")?
            .query_row(params![nip.as_str(), environment.as_str()], read)
            .optional()?;
        Ok(chosen.unwrap_or(ContextIdentifier::Nip(nip)))
    }

    /// All that are not the plain NIP.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn list(&self) -> Result<Vec<(Nip, Environment, ContextIdentifier)>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT * FROM contexts ORDER BY nip, environment")?
            .query_map([], |row| Ok((text(row, "nip")?, text(row, "environment")?, read(row)?)))?
            .collect::<Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> Result<ContextIdentifier, rusqlite::Error> {
    let (kind, value): (String, String) = (row.get("kind")?, row.get("value")?);
    let kind = match kind.as_str() {
        "InternalId" => ContextKind::InternalId,
        "NipVatUe" => ContextKind::NipVatUe,
        _ => ContextKind::PeppolId,
    };
    ContextIdentifier::parse(kind, &value)
        .map_err(|invalid| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(invalid)))
}

/// Writing of `contexts`.
pub struct ContextsMut<'c>(pub(crate) &'c Connection);

impl ContextsMut<'_> {
    /// Chooses in whose name one works for this company; its own NIP needs no row and takes one away.
    ///
    /// # Errors
    /// When the archive fails, or the company has no row.
    pub fn choose(
        &self,
        nip: Nip,
        environment: Environment,
        context: &ContextIdentifier,
    ) -> Result<(), ArchiveError> {
        if matches!(context, ContextIdentifier::Nip(_)) {
            self.0
                .prepare_cached("DELETE FROM contexts WHERE nip = ?1 AND environment = ?2")?
                .execute(params![nip.as_str(), environment.as_str()])?;
            return Ok(());
        }
        self.0
            .prepare_cached(
                "INSERT OR REPLACE INTO contexts (nip, environment, kind, value) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                nip.as_str(),
                environment.as_str(),
                context.kind().to_string(),
                context.value()
            ])?;
        Ok(())
    }

    /// Forgets all of a company.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn remove_company(&self, nip: Nip) -> Result<(), ArchiveError> {
        self.0.prepare_cached("DELETE FROM contexts WHERE nip = ?1")?.execute([nip.as_str()])?;
        Ok(())
    }
}
