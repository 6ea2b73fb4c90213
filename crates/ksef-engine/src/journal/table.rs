use std::collections::BTreeMap;
use std::io::Write;

use chrono::{DateTime, Utc};
use ksef_archive::{ArchiveError, JournalOutcome, JournalQuery, JournalRow};
use ksef_types::{Environment, Nip, Sha256Hash};

use super::deed::Detail;
use crate::engine::locked;
use crate::{Engine, EngineError};

/// Rows on a page, and rows that are read at once for a file.
const PAGE: u32 = 100;

/// Which entries.
#[derive(Debug, Clone, Default)]
pub struct JournalFilter {
    /// Only this company's.
    pub company: Option<Nip>,
    /// Older than this one: [`JournalPage::next`] of the page before.
    pub before: Option<i64>,
}

/// A page of the journal.
#[derive(Debug, Clone)]
pub struct JournalPage {
    /// Newest first.
    pub rows: Vec<JournalEntry>,
    /// For the next page; nothing on the last one.
    pub next: Option<i64>,
    /// The first entry that does not follow from the ones before it, in the whole journal.
    pub broken_at: Option<i64>,
    /// How many entries were read to say so: all of them for the first page, later those that came since.
    pub looked_at: u64,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// Counted from 1.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// In which company.
    pub company: Option<Nip>,
    /// In which environment.
    pub environment: Option<Environment>,
    /// [`crate::Act::as_str`]; a newer program may have written others.
    pub act: String,
    /// Values for its sentence; what it was done to is `object`.
    pub values: BTreeMap<String, String>,
    /// It succeeded.
    pub succeeded: bool,
    /// A short reason, where it did not.
    pub problem: Option<String>,
    /// SHA-256 over the hash before and this entry.
    pub hash: Sha256Hash,
}

impl From<JournalRow> for JournalEntry {
    fn from(row: JournalRow) -> Self {
        // A detail of another shape was not written here; the chain tells.
        let detail: Detail =
            row.detail.as_deref().and_then(|detail| serde_json::from_str(detail).ok()).unwrap_or_default();
        let mut values = detail.values;
        values.extend(row.object.map(|object| ("object".to_owned(), object)));
        Self {
            number: row.id,
            at: row.at,
            company: row.company,
            environment: row.environment,
            act: row.action,
            values,
            succeeded: row.outcome == JournalOutcome::Done,
            problem: detail.problem,
            hash: row.hash,
        }
    }
}

/// Why the journal was not saved to a file.
#[derive(Debug, thiserror::Error)]
enum SavingFailed {
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    #[error(transparent)]
    Disk(#[from] std::io::Error),
}

impl Engine {
    /// A page of the journal, with a look through its chain: the first page looks at what came since the last look, or at all
    /// of it where another process has written into the archive meanwhile; the next ones at their own entries. What was
    /// changed in the file past SQLite while the program runs is told on the page that shows it, or after a restart.
    ///
    /// # Errors
    /// When the archive fails. A broken chain is a finding.
    pub fn journal(&self, filter: &JournalFilter) -> Result<JournalPage, EngineError> {
        let query = JournalQuery {
            company: filter.company,
            before: filter.before,
            limit: PAGE + 1,
            ..JournalQuery::default()
        };
        // Held over the look, so that an older one never takes the place of a newer one.
        let mut known = locked(&self.shared.journal_look);
        let (mut rows, check, looked_at) = self.archive().read::<_, ArchiveError>(|tables| {
            let (journal, rows) = (tables.journal(), tables.journal().page(&query)?);
            let check = match *known {
                Some(known) if filter.before.is_some() => return Ok((rows, known, 0)),
                Some(known) => journal.verify_since(&known)?,
                None => journal.verify()?,
            };
            Ok((rows, check, check.read))
        })?;
        *known = Some(check);
        drop(known);
        let broken = broken_on(&rows, filter);
        let more = rows.len() > PAGE as usize;
        rows.truncate(PAGE as usize);
        let next = rows.last().filter(|_| more).map(|row| row.id);
        Ok(JournalPage {
            rows: rows.into_iter().map(Into::into).collect(),
            next,
            broken_at: [check.first_broken, broken].into_iter().flatten().min(),
            looked_at,
        })
    }

    /// Writes the whole journal as CSV (UTF-8 with a mark, semicolons, as Polish spreadsheets read it), oldest first, with
    /// both hashes of every line, so that the chain can be verified elsewhere; gives the number of entries. The whole chain is
    /// looked through before; what is found, the pages tell.
    ///
    /// # Errors
    /// The first is the archive's, the second the one of what is written to.
    pub fn write_journal(&self, out: &mut dyn Write) -> Result<std::io::Result<u64>, EngineError> {
        let mut known = locked(&self.shared.journal_look);
        let check = self.archive().read::<_, ArchiveError>(|tables| match *known {
            Some(known) => tables.journal().verify_again(&known),
            None => tables.journal().verify(),
        })?;
        *known = Some(check);
        drop(known);
        match self.write_lines(out) {
            Ok(count) => Ok(Ok(count)),
            Err(SavingFailed::Disk(error)) => Ok(Err(error)),
            Err(SavingFailed::Archive(error)) => Err(error.into()),
        }
    }

    fn write_lines(&self, out: &mut dyn Write) -> Result<u64, SavingFailed> {
        out.write_all(
            "\u{feff}number;at;nip;environment;act;object;outcome;detail;previous;hash\r\n".as_bytes(),
        )?;
        let (mut after, mut count) = (0, 0);
        loop {
            let rows =
                self.archive().read::<_, ArchiveError>(|tables| tables.journal().onwards(after, PAGE))?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            for row in &rows {
                out.write_all(line(row).as_bytes())?;
                count += 1;
            }
        }
        out.flush()?;
        Ok(count)
    }
}

/// The oldest entry of a page that is not what it was: by its own hash, and where no company was asked for, by that of its
/// neighbour.
fn broken_on(rows: &[JournalRow], filter: &JournalFilter) -> Option<i64> {
    let changed = rows.iter().filter(|row| !row.is_whole()).map(|row| row.id);
    let apart = rows
        .iter()
        .zip(rows.iter().skip(1))
        .filter(|(newer, older)| filter.company.is_none() && newer.previous != older.hash);
    changed.chain(apart.map(|(newer, _)| newer.id)).min()
}

fn line(row: &JournalRow) -> String {
    let outcome = match row.outcome {
        JournalOutcome::Done => "done",
        JournalOutcome::Failed => "failed",
        JournalOutcome::Cancelled => "cancelled",
    };
    let fields = [
        row.id.to_string(),
        row.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        row.company.map(|nip| nip.to_string()).unwrap_or_default(),
        row.environment.map(|environment| environment.as_str().to_owned()).unwrap_or_default(),
        row.action.clone(),
        row.object.clone().unwrap_or_default(),
        outcome.to_owned(),
        row.detail.clone().unwrap_or_default(),
        row.previous.to_hex(),
        row.hash.to_hex(),
    ];
    let mut line = fields.iter().map(|field| quoted(field)).collect::<Vec<_>>().join(";");
    line.push_str("\r\n");
    line
}

/// A field that a spreadsheet would take for a formula, or that holds a mark of the format, is quoted.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t']);
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([';', '"', '\r', '\n', '\'']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_survive_a_spreadsheet() {
        assert_eq!(quoted("a;b"), "\"a;b\"");
        assert_eq!(quoted("{\"a\":1}"), "\"{\"\"a\"\":1}\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("zwykłe"), "zwykłe");
    }
}
