use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use ksef_engine::{self as engine, Act, Deed};

use super::signing::joined;
use super::{App, read_nip};
use crate::views::{JournalFilter, JournalPage, JournalRow};
use crate::{NextStep, Problem, problems};

impl App {
    /// The journal of what was done with credentials.
    ///
    /// # Errors
    /// When the archive fails. A broken chain is told inside.
    pub async fn journal(&self, filter: JournalFilter) -> Result<JournalPage, Problem> {
        let before = filter.next.as_deref().map(str::parse).transpose();
        let filter = engine::JournalFilter {
            company: filter.nip.as_deref().filter(|nip| !nip.is_empty()).map(read_nip).transpose()?,
            before: before.map_err(|_| Problem::new("program.badRequest", NextStep::Retry))?,
        };
        let page = self.engine.journal(&filter).map_err(|error| problems::engine(&error))?;
        Ok(JournalPage {
            rows: page.rows.into_iter().map(row).collect(),
            next: page.next.map(|number| number.to_string()),
            broken_at: page.broken_at.map(|number| number.to_string()),
        })
    }

    /// Writes the whole journal to a CSV file, with its hashes; over a file that the person chose to overwrite.
    ///
    /// # Errors
    /// When the archive fails or the file cannot be written.
    pub async fn save_journal(&self, path: PathBuf) -> Result<(), Problem> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let engine = self.engine.clone();
        let saved = tokio::task::spawn_blocking(move || save(&engine, &path));
        joined(saved.await)??;
        self.engine.record(Deed::new(Act::JournalSaved).object(name));
        Ok(())
    }
}

/// Beside the file first, so that a full disk leaves the older file whole.
fn save(engine: &engine::Engine, path: &Path) -> Result<(), Problem> {
    let failed = |error: std::io::Error| {
        Problem::new("journal.notSaved", NextStep::Retry)
            .with("name", path.file_name().unwrap_or_default().to_string_lossy())
            .technical(error.to_string())
    };
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut out = BufWriter::new(File::create(&part).map_err(failed)?);
    engine.write_journal(&mut out).map_err(|error| problems::engine(&error))?.map_err(failed)?;
    out.flush().and_then(|()| out.get_ref().sync_all()).map_err(failed)?;
    drop(out);
    std::fs::rename(&part, path).map_err(failed)
}

fn row(entry: engine::JournalEntry) -> JournalRow {
    JournalRow {
        number: entry.number.to_string(),
        at: entry.at.to_rfc3339(),
        nip: entry.company.map(|nip| nip.to_string()),
        environment: entry.environment.map(Into::into),
        act: in_camel_case(&entry.act),
        values: entry.values,
        succeeded: entry.succeeded,
        problem: entry.problem,
        hash: entry.hash.to_hex(),
    }
}

/// `certificate-revoked` of the archive is `certificateRevoked` in the catalogue.
fn in_camel_case(act: &str) -> String {
    let mut parts = act.split('-');
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::Language;

    #[test]
    fn every_act_has_its_words() {
        for act in Act::ALL {
            let key = format!("journal.{}", in_camel_case(act.as_str()));
            for language in [Language::Pl, Language::En] {
                assert_ne!(crate::catalogue::text(&key, language), key);
            }
        }
    }
}
