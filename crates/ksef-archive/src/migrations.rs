use rusqlite::{Connection, TransactionBehavior};

use crate::ArchiveError;
use crate::table;

/// A step forward. Published ones never change; there is no way back.
pub(crate) struct Migration {
    /// 1, 2, 3 … over all tables; the database's `user_version` afterwards.
    pub(crate) version: u32,
    pub(crate) sql: &'static str,
}

/// "Okie" in ASCII: tells our databases from those of other programs.
const APPLICATION_ID: i32 = 0x4F6B_6965;

fn all() -> Vec<&'static Migration> {
    let mut all: Vec<_> = [
        table::companies::MIGRATIONS,
        table::company_environment::MIGRATIONS,
        table::credential_notes::MIGRATIONS,
        table::sessions::MIGRATIONS,
        table::outbox::MIGRATIONS,
        table::outbox_steps::MIGRATIONS,
        table::invoices::MIGRATIONS,
        table::upo::MIGRATIONS,
        table::lookups::MIGRATIONS,
        table::profiles::MIGRATIONS,
        table::contractors::MIGRATIONS,
        table::goods::MIGRATIONS,
        table::drafts::MIGRATIONS,
        table::templates::MIGRATIONS,
        table::recurring::MIGRATIONS,
        table::series::MIGRATIONS,
        table::series_counters::MIGRATIONS,
        table::issued_numbers::MIGRATIONS,
        table::invoice_links::MIGRATIONS,
        table::journal::MIGRATIONS,
        table::enrolments::MIGRATIONS,
        table::known_certificates::MIGRATIONS,
        table::known_tokens::MIGRATIONS,
        table::contexts::MIGRATIONS,
        table::wanted_rights::MIGRATIONS,
        table::left_keys::MIGRATIONS,
    ]
    .into_iter()
    .flatten()
    .collect();
    all.sort_by_key(|migration| migration.version);
    all
}

/// The version that this program makes.
pub(crate) fn known() -> u32 {
    all().last().map_or(0, |last| last.version)
}

/// Brings a database to this program's version, or leaves it untouched and says why not.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), ArchiveError> {
    let (migrations, known) = (all(), known());
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(ArchiveError::Newer { found, known });
    }
    if found == 0 {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    for migration in migrations.iter().filter(|migration| migration.version > found) {
        transaction.execute_batch(migration.sql)?;
        transaction.pragma_update(None, "user_version", migration.version)?;
    }
    transaction.commit()?;
    Ok(())
}

/// Refuses databases that are not ours, before anything in them is changed.
pub(crate) fn recognise(connection: &Connection) -> Result<(), ArchiveError> {
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == APPLICATION_ID || (application == 0 && tables == 0) {
        Ok(())
    } else {
        Err(ArchiveError::Foreign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_no_gaps_and_no_doubles() {
        let versions: Vec<u32> = all().iter().map(|migration| migration.version).collect();
        assert_eq!(versions, (1..=u32::try_from(versions.len()).unwrap()).collect::<Vec<_>>());
    }
}
