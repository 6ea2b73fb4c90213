//! Notes that a step was done for exactly these files, so that it is not done again.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// A digest of some files' names and contents. Not cryptographic: it only notices changes.
#[derive(Debug, PartialEq, Eq, Clone)]
pub(crate) struct Digest(String);

impl Digest {
    /// Of the given words and of every file at or below the given paths, except below folders named in `without`.
    /// What does not exist counts as absent.
    pub(crate) fn of(words: &[&str], paths: &[PathBuf], without: &[&str]) -> Result<Self, Failure> {
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        for path in paths {
            for file in files_below(path, without)? {
                file.strip_prefix(path).unwrap_or(&file).hash(&mut hasher);
                read(&file)?.hash(&mut hasher);
            }
        }
        Ok(Self(format!("{:016x}", hasher.finish())))
    }
}

/// Whether `stamp` says that its step was done for this digest.
pub(crate) fn is_current(stamp: &Path, digest: &Digest) -> bool {
    fs::read_to_string(stamp).is_ok_and(|text| text == digest.0)
}

/// Notes that the step was done for this digest.
pub(crate) fn set(stamp: &Path, digest: &Digest) -> Result<(), Failure> {
    let fail = |error| Failure::File { path: stamp.to_path_buf(), error };
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    fs::write(stamp, &digest.0).map_err(fail)
}

/// All files at or below `path`, sorted; nothing when it does not exist.
pub(crate) fn files_below(path: &Path, without: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let fail = |error| Failure::File { path: path.to_path_buf(), error };
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(path).map_err(fail)? {
        entries.push(entry.map_err(fail)?.path());
    }
    entries.sort();
    let mut files = Vec::new();
    for entry in entries {
        let left_out = entry.file_name().is_some_and(|name| without.iter().any(|word| name == *word));
        if !left_out {
            files.extend(files_below(&entry, without)?);
        }
    }
    Ok(files)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::File { path: path.to_path_buf(), error })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh_folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("okienko-xtask-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("src")).unwrap();
        folder
    }

    #[test]
    fn a_stamp_is_current_until_a_file_changes_appears_or_moves() {
        let folder = fresh_folder("stamp");
        let paths = [folder.join("src")];
        let digest = || Digest::of(&["1"], &paths, &["node_modules"]).unwrap();
        fs::write(folder.join("src/a.ts"), "a").unwrap();
        let stamp = folder.join("notes/stamp");
        assert!(!is_current(&stamp, &digest()));
        set(&stamp, &digest()).unwrap();
        assert!(is_current(&stamp, &digest()));
        fs::create_dir_all(folder.join("src/node_modules")).unwrap();
        fs::write(folder.join("src/node_modules/left-out.js"), "x").unwrap();
        assert!(is_current(&stamp, &digest()));
        fs::rename(folder.join("src/a.ts"), folder.join("src/b.ts")).unwrap();
        assert!(!is_current(&stamp, &digest()));
        set(&stamp, &digest()).unwrap();
        fs::write(folder.join("src/b.ts"), "b").unwrap();
        assert!(!is_current(&stamp, &digest()));
        assert_ne!(digest(), Digest::of(&["2"], &paths, &["node_modules"]).unwrap());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_does_not_exist_has_no_files() {
        assert!(files_below(Path::new("there/is/nothing"), &[]).unwrap().is_empty());
    }
}
