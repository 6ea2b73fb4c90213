use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Change;

/// Rows by key, with a note of which ones changed.
#[derive(Debug)]
pub(crate) struct Table<Row> {
    rows: BTreeMap<String, Row>,
    changed: BTreeSet<String>,
}

impl<Row> Default for Table<Row> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), changed: BTreeSet::new() }
    }
}

impl<Row> Table<Row> {
    pub(crate) fn get(&self, key: &str) -> Option<&Row> {
        self.rows.get(key)
    }

    /// For changing; the row counts as changed.
    pub(crate) fn change(&mut self, key: &str) -> Option<&mut Row> {
        let row = self.rows.get_mut(key)?;
        self.changed.insert(key.to_owned());
        Some(row)
    }

    pub(crate) fn put(&mut self, key: impl Into<String>, row: Row) {
        let key = key.into();
        self.changed.insert(key.clone());
        self.rows.insert(key, row);
    }

    pub(crate) fn rows(&self) -> impl DoubleEndedIterator<Item = &Row> {
        self.rows.values()
    }

    pub(super) fn forget_changes(&mut self) {
        self.changed.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Counts every row as changed, so that the journal is written anew.
    pub(super) fn change_all(&mut self) {
        self.changed = self.rows.keys().cloned().collect();
    }

    pub(super) fn restore(&mut self, key: String, row: Row) {
        self.rows.insert(key, row);
    }
}

impl<Row: Serialize> Table<Row> {
    pub(super) fn drain_changes(
        &mut self,
        table: &str,
        into: &mut Vec<Change>,
    ) -> Result<(), serde_json::Error> {
        for key in std::mem::take(&mut self.changed) {
            if let Some(row) = self.rows.get(&key) {
                into.push(Change { table: table.to_owned(), row: serde_json::to_value(row)?, key });
            }
        }
        Ok(())
    }
}
