//! What must not stand in the repository: traces of one machine, copies of foreign files, large files, loose ends.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::texts;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::stamp::files_below;

/// The largest file, in bytes, outside [`PICTURES`].
const LARGEST: u64 = 1_000_000;

/// Folders that may hold larger files.
const PICTURES: [&str; 2] = ["icons/", "docs/screenshots/"];

/// What fuzzing starts from is as broken as it has to be.
const BROKEN_ON_PURPOSE: &str = "fuzz/corpus/";

/// Files shorter than this, in bytes, are not taken for copies: there is little to copy in them.
const SHORTEST_COPY: u64 = 64;

/// Whether there is a repository: an unpacked archive of the sources is none.
pub(crate) fn is_here() -> bool {
    project::root().join(".git").exists()
}

/// Everything found in the files that git tracks, a line each.
pub(crate) fn findings() -> Result<Vec<String>, Failure> {
    let root = project::root();
    let files = tracked_files(&root)?;
    let foreign = Foreign::read(&foreign_folder(&root))?;
    let traces = texts::traces_of_this_machine(&root);
    let mut findings = Vec::new();
    for name in files {
        let path = root.join(&name);
        // A file that was removed and not yet committed, or a link that leads nowhere.
        let Ok(bytes) = std::fs::read(&path) else { continue };
        if bytes.len() as u64 > LARGEST && !PICTURES.iter().any(|folder| name.starts_with(folder)) {
            findings.push(format!("{name}: {} bytes; no file is larger than {LARGEST}", bytes.len()));
        }
        if let Some(original) = foreign.original_of(&bytes) {
            findings.push(format!("{name}: a copy of {}", original.display()));
        }
        if let Ok(text) = std::str::from_utf8(&bytes)
            && !bytes.contains(&0)
            && !name.starts_with(BROKEN_ON_PURPOSE)
        {
            findings.extend(texts::findings(&name, text, &traces));
        }
    }
    Ok(findings)
}

fn tracked_files(root: &Path) -> Result<Vec<String>, Failure> {
    let mut command = project::program("git");
    // The clone may belong to somebody else than the one who runs the check; reading its list does no harm.
    command.args(["-c", "safe.directory=*", "ls-files", "-z"]).current_dir(root);
    let answer = process::answer(&mut command)
        .ok_or_else(|| Failure::Missing("git is absent, or cannot list the tracked files".to_owned()))?;
    Ok(answer.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// The published files of KSeF beside the repository; they are read by tests and never copied.
fn foreign_folder(root: &Path) -> PathBuf {
    match std::env::var_os("KSEF_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => root.join("..").join("shared").join("ksef"),
    }
}

/// Foreign files by their length.
struct Foreign {
    by_length: HashMap<u64, Vec<PathBuf>>,
}

impl Foreign {
    fn read(folder: &Path) -> Result<Self, Failure> {
        let mut by_length: HashMap<u64, Vec<PathBuf>> = HashMap::new();
        for file in files_below(folder, &[".git"])? {
            let length =
                std::fs::metadata(&file).map_err(|error| Failure::File { path: file.clone(), error })?.len();
            if length >= SHORTEST_COPY {
                by_length.entry(length).or_default().push(file);
            }
        }
        Ok(Self { by_length })
    }

    /// The foreign file with exactly these bytes.
    fn original_of(&self, bytes: &[u8]) -> Option<&Path> {
        let same_length = self.by_length.get(&(bytes.len() as u64))?;
        same_length
            .iter()
            .find(|file| std::fs::read(file).is_ok_and(|other| other == bytes))
            .map(PathBuf::as_path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_recognised_by_its_bytes() {
        let folder = std::env::temp_dir().join(format!("okienko-xtask-{}-foreign", std::process::id()));
        std::fs::create_dir_all(folder.join("samples")).unwrap();
        let original = [b'a'; 100];
        std::fs::write(folder.join("samples/one.xml"), original).unwrap();
        let foreign = Foreign::read(&folder).unwrap();
        assert!(foreign.original_of(&original).is_some_and(|path| path.ends_with("samples/one.xml")));
        assert!(foreign.original_of(&[b'b'; 100]).is_none());
        assert!(foreign.original_of(&[b'a'; 99]).is_none());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn without_the_foreign_folder_nothing_is_a_copy() {
        assert!(Foreign::read(Path::new("there/is/nothing")).unwrap().original_of(&[0; 100]).is_none());
    }
}
