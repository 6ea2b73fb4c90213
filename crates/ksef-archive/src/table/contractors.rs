use crate::migrations::Migration;

/// Read and written through [`crate::Book`] and [`crate::BookMut`], which know both books.
pub(crate) const TABLE: &str = "contractors";

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 11,
    sql: "CREATE TABLE contractors (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        nip TEXT NOT NULL REFERENCES companies (nip),
        card TEXT NOT NULL,
        -- Folded; the order of the list.
        name TEXT NOT NULL,
        -- By which doubles and rows of an import are recognised.
        number_key TEXT,
        name_key TEXT NOT NULL,
        search TEXT NOT NULL,
        used INTEGER NOT NULL DEFAULT 0,
        last_used_at INTEGER,
        -- What became one with another is kept for the drafts that name it.
        merged_into INTEGER REFERENCES contractors (id) ON DELETE CASCADE,
        updated_at INTEGER NOT NULL,
        CHECK (merged_into IS NOT id)
    ) STRICT;
    CREATE INDEX contractors_by_name ON contractors (nip, name, id) WHERE merged_into IS NULL;
    CREATE INDEX contractors_by_number_key ON contractors (nip, number_key) WHERE merged_into IS NULL;
    CREATE INDEX contractors_by_name_key ON contractors (nip, name_key) WHERE merged_into IS NULL;
    CREATE INDEX contractors_merged ON contractors (merged_into) WHERE merged_into IS NOT NULL",
}];
