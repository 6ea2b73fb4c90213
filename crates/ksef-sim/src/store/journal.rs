use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::{Change, Keys, KeysState, State};
use crate::judge::CryptoFailed;
use crate::judge::authority::DamagedState;

/// A file of JSON lines, one for each change, beside the simulator's own keys.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    keys: PathBuf,
}

/// Why a folder cannot hold the state.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The folder or a file in it cannot be read or written.
    #[error("the state folder cannot be used: {0}")]
    Io(#[from] io::Error),
    /// A line is no change.
    #[error("line {line} of the journal is damaged")]
    DamagedLine {
        /// From 1.
        line: usize,
    },
    /// The file with the keys is damaged.
    #[error("the keys in the state folder are damaged")]
    DamagedKeys,
    /// A key in it is damaged.
    #[error(transparent)]
    DamagedKey(#[from] DamagedState),
    /// OpenSSL cannot write the keys.
    #[error(transparent)]
    Crypto(#[from] CryptoFailed),
}

impl Journal {
    /// Opens or makes the folder and reads what is in it. A last line that was cut off by a crash is dropped: its
    /// change was never answered.
    pub(crate) fn open(
        folder: &Path,
        now: DateTime<Utc>,
    ) -> Result<(Self, State, Option<Keys>), JournalError> {
        fs::create_dir_all(folder)?;
        let path = folder.join("journal.jsonl");
        let mut found = if path.exists() { read(&path)? } else { Found::default() };
        if found.lines > SUPERSEDED_AT * found.state.len().max(1) {
            found.whole_bytes = rewrite(&path, &mut found.state)?;
        }
        // Not opened for appending: Windows would not let such a handle cut the file.
        let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(&path)?;
        file.set_len(found.whole_bytes)?;
        file.seek(SeekFrom::End(0))?;
        let state = found.state;
        let keys_path = folder.join("keys.json");
        let stored = if keys_path.exists() { Some(read_keys(&keys_path)?) } else { None };
        let journal = Self { file, keys: keys_path };
        let Some(stored) = stored else { return Ok((journal, state, None)) };
        let keys = Keys::from_state(&stored, now)?;
        if !stored.is_whole() {
            // What was made anew for an older state is the same after the next start.
            journal.write_keys(&keys)?;
        }
        Ok((journal, state, Some(keys)))
    }

    pub(crate) fn append(&mut self, changes: &[Change]) -> io::Result<()> {
        self.file.write_all(&lines(changes)?)
    }

    /// Writes the keys beside the old file and puts them in its place.
    pub(crate) fn write_keys(&self, keys: &Keys) -> Result<(), JournalError> {
        let text = serde_json::to_vec(&keys.to_state()?).map_err(io::Error::from)?;
        let beside = self.keys.with_extension("new");
        fs::write(&beside, text)?;
        fs::rename(&beside, &self.keys)?;
        Ok(())
    }
}

/// A journal with this many lines for each row is written anew at the start.
const SUPERSEDED_AT: usize = 4;

/// What a journal holds.
#[derive(Default)]
struct Found {
    state: State,
    /// Up to the end of the last whole line.
    whole_bytes: u64,
    lines: usize,
}

fn lines(changes: &[Change]) -> io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for change in changes {
        serde_json::to_writer(&mut lines, change)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// Writes each row once, beside the old file, and puts that in its place.
fn rewrite(path: &Path, state: &mut State) -> Result<u64, JournalError> {
    let text = lines(&state.all_rows().map_err(io::Error::from)?)?;
    let beside = path.with_extension("new");
    fs::write(&beside, &text)?;
    fs::rename(&beside, path)?;
    Ok(text.len() as u64)
}

fn read(path: &Path) -> Result<Found, JournalError> {
    let mut state = State::default();
    let mut reader = BufReader::new(File::open(path)?);
    let (mut whole_bytes, mut number) = (0, 0);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        number += 1;
        if line.last() != Some(&b'\n') {
            break;
        }
        let damaged = |_| JournalError::DamagedLine { line: number };
        state.take(serde_json::from_slice(&line).map_err(damaged)?).map_err(damaged)?;
        whole_bytes += line.len() as u64;
        line.clear();
    }
    Ok(Found { state, whole_bytes, lines: number })
}

fn read_keys(path: &Path) -> Result<KeysState, JournalError> {
    serde_json::from_slice(&fs::read(path)?).map_err(|_| JournalError::DamagedKeys)
}
