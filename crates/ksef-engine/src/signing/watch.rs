//! A folder that is looked at once a second for the signed copy of a request.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use ksef_crypto::signed_request;
use tokio_util::sync::CancellationToken;

use super::judge::{SignedFileProblem, judge};
use super::state::WaitedFor;
use crate::connect::SignedBy;
use crate::engine::{Scope, Shared};
use crate::{Engine, FileProblem, SigningStep, read_at_most};

/// A folder with more entries than this is looked at only so far.
const ENTRIES: usize = 20_000;
/// At one look no more files are read than this.
const READ_AT_ONCE: usize = 20;
/// Endings under which signing programs save XAdES.
const XML_ENDINGS: [&str; 4] = ["xml", "xades", "sig", "xsig"];
/// Endings of other forms of signing, which are told only where the file bears the request's name.
const OTHER_ENDINGS: [&str; 7] = ["pdf", "p7m", "p7s", "asice", "asics", "sdoc", "zip"];

/// What a file looks like from outside; a file whose look has not changed between two glances has stopped growing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    size: u64,
    modified: Option<SystemTime>,
}

pub(super) type Looks = HashMap<PathBuf, Look>;

/// The folder as it was, and which files were judged already.
#[derive(Default)]
struct Watched {
    /// At the last glance.
    before: Looks,
    /// As it was when it was judged, or when the waiting began.
    settled: Looks,
}

impl Watched {
    /// New or changed files that have stopped growing, newest first. Each is given once.
    fn ready(&mut self, now: Looks) -> Vec<PathBuf> {
        let mut ready: Vec<(PathBuf, Look)> = now
            .iter()
            .filter(|(path, look)| {
                self.settled.get(*path) != Some(look) && self.before.get(*path) == Some(look)
            })
            .map(|(path, look)| (path.clone(), *look))
            .collect();
        ready.sort_by_key(|(_, look)| std::cmp::Reverse(look.modified));
        ready.truncate(READ_AT_ONCE);
        self.settled.extend(ready.iter().cloned());
        self.before = now;
        ready.into_iter().map(|(path, _)| path).collect()
    }
}

/// Files that could be the signed copy, by name and size. Nothing is opened.
fn glance(folder: &Path, stem: &str) -> std::io::Result<Looks> {
    let mut looks = Looks::new();
    for entry in std::fs::read_dir(folder)?.take(ENTRIES) {
        let Ok(entry) = entry else { continue };
        let path = entry.path();
        if !may_be_signed(&path, stem) {
            continue;
        }
        // A link is followed to the file that it names; what is no ordinary file is passed over.
        let Ok(metadata) = std::fs::metadata(&path) else { continue };
        if metadata.is_file() && metadata.len() > 0 {
            looks.insert(path, Look { size: metadata.len(), modified: metadata.modified().ok() });
        }
    }
    Ok(looks)
}

fn may_be_signed(path: &Path, stem: &str) -> bool {
    let Some(ending) = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()) else {
        return false;
    };
    XML_ENDINGS.contains(&ending.as_str())
        || (OTHER_ENDINGS.contains(&ending.as_str()) && bears_name(path, stem))
}

fn bears_name(path: &Path, stem: &str) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase().contains(stem))
}

/// A file that came into the folder and concerns this login.
enum Found {
    Signed(Vec<u8>, Box<signed_request::SignedRequest>),
    Refused(String, SignedFileProblem),
}

impl Engine {
    /// Looks at the folder until the request is answered, is over, or is no longer wanted. `begin` is the folder before a
    /// person could sign: what comes afterwards is new.
    pub(super) fn watch_folder(
        &self,
        scope: Scope,
        number: u64,
        waited_for: Arc<WaitedFor>,
        (folder, begin): (PathBuf, Looks),
        stop: CancellationToken,
    ) {
        let pause = self.shared.tuning.folder_watch;
        let engine = Arc::downgrade(&self.shared);
        tokio::spawn(async move {
            let mut watched = Watched { before: begin.clone(), settled: begin };
            loop {
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(pause) => {}
                }
                // Weak: a login that waits does not keep the program.
                let Some(engine) = engine.upgrade().map(|shared: Arc<Shared>| Engine { shared }) else {
                    return;
                };
                if !engine.is_waited_for(scope, number, &waited_for) {
                    return;
                }
                let now = glanced(folder.clone(), waited_for.file.stem()).await;
                for path in watched.ready(now) {
                    match engine.look_into(path, &waited_for).await {
                        Some(Found::Signed(document, signed)) => {
                            return engine.send_signed(scope, document, *signed, SignedBy::Elsewhere);
                        }
                        Some(Found::Refused(name, problem)) => {
                            engine.note_refused(scope, number, name, problem)
                        }
                        None => {}
                    }
                }
            }
        });
    }

    fn is_waited_for(&self, scope: Scope, number: u64, waited_for: &WaitedFor) -> bool {
        let waits = self.waiting(scope).is_some_and(|(current, _)| current == number);
        if waits && waited_for.login.client.server_now() >= waited_for.expires_at {
            self.change_signing(scope, number, |status| status.step = SigningStep::Expired);
            waited_for.file.tidy_up();
            return false;
        }
        waits
    }

    /// What a file is; nothing where it has nothing to do with the login.
    async fn look_into(&self, path: PathBuf, waited_for: &Arc<WaitedFor>) -> Option<Found> {
        let (engine, waited_for) = (self.clone(), Arc::clone(waited_for));
        let looked = tokio::task::spawn_blocking(move || {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let ours = bears_name(&path, &waited_for.file.stem());
            let file = match read_at_most(&path, signed_request::MAX_BYTES) {
                Ok(file) => file,
                // Not yet readable, or gone again: it is looked at when it changes.
                Err(FileProblem::TooLarge { size, .. }) if ours => {
                    return Some(Found::Refused(name, SignedFileProblem::too_large(size)));
                }
                Err(_) => return None,
            };
            // Not secret: a document that a person signed.
            let document = file.bytes.expose();
            if *document == waited_for.file.content {
                return None;
            }
            match judge(document, &waited_for, engine.server_time(&waited_for)) {
                Ok(signed) => Some(Found::Signed(document.clone(), Box::new(signed))),
                Err(problem) if ours || problem.concerns_a_login() => Some(Found::Refused(name, problem)),
                Err(_) => None,
            }
        });
        looked.await.ok().flatten()
    }

    pub(super) fn server_time(&self, waited_for: &WaitedFor) -> chrono::DateTime<chrono::Utc> {
        waited_for.login.client.server_now()
    }
}

/// A folder that cannot be read now is an empty one: files can still be chosen.
pub(super) async fn glanced(folder: PathBuf, stem: String) -> Looks {
    let looks = tokio::task::spawn_blocking(move || glance(&folder, &stem)).await;
    match looks {
        Ok(Ok(looks)) => looks,
        Ok(Err(error)) => {
            tracing::info!(%error, "the watched folder could not be read");
            Looks::new()
        }
        Err(_) => Looks::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(size: u64) -> Look {
        Look { size, modified: None }
    }

    fn looks(files: &[(&str, u64)]) -> Looks {
        files.iter().map(|(name, size)| (PathBuf::from(name), look(*size))).collect()
    }

    #[test]
    fn what_grows_is_left_alone_and_each_state_is_given_once() {
        let old = looks(&[("stary.xml", 5)]);
        let mut watched = Watched { before: old.clone(), settled: old };
        assert!(watched.ready(looks(&[("stary.xml", 5), ("nowy.xml", 1)])).is_empty(), "just seen");
        assert!(watched.ready(looks(&[("stary.xml", 5), ("nowy.xml", 9)])).is_empty(), "it grew");
        assert_eq!(watched.ready(looks(&[("stary.xml", 5), ("nowy.xml", 9)])), [PathBuf::from("nowy.xml")]);
        assert!(watched.ready(looks(&[("stary.xml", 5), ("nowy.xml", 9)])).is_empty(), "given once");
        assert!(watched.ready(looks(&[("stary.xml", 7), ("nowy.xml", 9)])).is_empty());
        assert_eq!(watched.ready(looks(&[("stary.xml", 7), ("nowy.xml", 9)])), [PathBuf::from("stary.xml")]);
    }

    #[test]
    fn names_decide_before_anything_is_opened() {
        let stem = "ksef-logowanie-5265877635-120000";
        let may = |name: &str| may_be_signed(Path::new(name), stem);
        assert!(may("Pobrane.XML") && may("a.xades") && may("KSeF-logowanie-5265877635-120000 (1).pdf"));
        assert!(!may("wyciąg.pdf") && !may("program.exe") && !may("bez-końcówki") && !may("a.xml.part"));
    }
}
