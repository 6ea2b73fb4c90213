//! The lock of the program through the door that every front uses: a program with a password starts locked, and while it
//! is, only the lock screen is answered.

#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

use std::io;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

use chrono::Duration;
use ksef_commands::views::{JournalFilter, LockView};
use ksef_commands::{App, Options, Problem};
use ksef_testkit::ManualClock;
use ksef_types::{Clock as _, SecretText, SystemClock};
use ksef_vault::{MemoryVault, Vault};

const RIGHT: &str = "Zażółć 7 gęsi";

/// Everything that the tests of this file log, in full. The first log of a process is its only one: it begins before the
/// first program of these tests starts.
static LOG: LazyLock<Arc<Mutex<Vec<u8>>>> = LazyLock::new(|| {
    let heard = Arc::<Mutex<Vec<u8>>>::default();
    let sink = Arc::clone(&heard);
    let log = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE);
    log.with_ansi(false).with_writer(move || Sink(Arc::clone(&sink))).try_init().unwrap();
    heard
});

struct Sink(Arc<Mutex<Vec<u8>>>);

impl io::Write for Sink {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Desk {
    folder: tempfile::TempDir,
    vault: Arc<dyn Vault>,
    clock: Arc<ManualClock>,
}

impl Desk {
    fn new() -> Self {
        LazyLock::force(&LOG);
        Self {
            folder: tempfile::tempdir().unwrap(),
            vault: Arc::new(MemoryVault::new()),
            clock: Arc::new(ManualClock::at(SystemClock.now())),
        }
    }

    async fn start(&self) -> Arc<App> {
        let options = Options {
            data_folder: Some(self.folder.path().to_owned()),
            vault: Arc::clone(&self.vault),
            clock: Arc::clone(&self.clock) as _,
            resume: false,
            ..Options::default()
        };
        App::start(options).await.unwrap()
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }
}

fn secret(text: &str) -> SecretText {
    SecretText::from(text.to_owned())
}

fn code(answer: Result<LockView, Problem>) -> String {
    answer.unwrap_err().code
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_with_a_password_starts_locked() {
    let desk = Desk::new();
    let app = desk.start().await;
    assert!(!app.lock_state().await.unwrap().enabled);
    assert_eq!(code(app.lock_now().await), "lock.none");
    assert_eq!(code(app.set_lock(None, secret("krót"), 10).await), "lock.tooShort");
    assert_eq!(code(app.set_lock(None, secret(RIGHT), 0).await), "lock.minutes");
    let set = app.set_lock(None, secret(RIGHT), 7).await.unwrap();
    assert_eq!(set, LockView { enabled: true, locked: false, idle_minutes: 7 });
    app.stop().await;

    let app = desk.start().await;
    assert!(app.lock_state().await.unwrap().locked);
    assert_eq!(app.admit("companies").unwrap_err().code, "lock.locked");
    // A password that was pasted into the lock screen is wiped from the clipboard there, too.
    assert!(["unlock", "lock_state", "secret_pasted"].into_iter().all(|name| app.admit(name).is_ok()));
    assert_eq!(code(app.unlock(secret("Zażółć 7 gęś")).await), "lock.wrongPassword");
    assert!(app.is_locked());
    let open = app.unlock(secret(RIGHT)).await.unwrap();
    assert_eq!(open, LockView { enabled: true, locked: false, idle_minutes: 7 });
    assert!(app.admit("companies").is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_make_one_wait() {
    let desk = Desk::new();
    let app = desk.start().await;
    app.set_lock(None, secret(RIGHT), 10).await.unwrap();
    app.lock_now().await.unwrap();
    for _ in 0..3 {
        assert_eq!(code(app.unlock(secret("nie to hasło")).await), "lock.wrongPassword");
    }
    let waiting = app.unlock(secret(RIGHT)).await.unwrap_err();
    assert_eq!((waiting.code.as_str(), waiting.values["seconds"].as_str()), ("lock.wait", "1"));
    desk.clock.advance(Duration::seconds(1));
    assert_eq!(code(app.unlock(secret("nie to hasło")).await), "lock.wrongPassword");
    desk.clock.advance(Duration::seconds(1));
    assert_eq!(code(app.unlock(secret(RIGHT)).await), "lock.wait");
    desk.clock.advance(Duration::seconds(1));
    assert!(!app.unlock(secret(RIGHT)).await.unwrap().locked);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lock_changes_hands_only_with_the_old_password() {
    let desk = Desk::new();
    let app = desk.start().await;
    app.set_lock(None, secret(RIGHT), 10).await.unwrap();
    assert_eq!(code(app.set_lock(None, secret("inne hasło"), 10).await), "lock.wrongPassword");
    // Minutes alone: the password stays.
    let longer = app.set_lock(Some(secret(RIGHT)), secret(""), 30).await.unwrap();
    assert_eq!(longer.idle_minutes, 30);
    app.set_lock(Some(secret(RIGHT)), secret("inne hasło"), 30).await.unwrap();
    assert_eq!(code(app.remove_lock(secret(RIGHT)).await), "lock.wrongPassword");
    assert!(!app.remove_lock(secret("inne hasło")).await.unwrap().enabled);
    assert!(!desk.start().await.is_locked());

    let acts: Vec<_> =
        app.journal(JournalFilter::default()).await.unwrap().rows.into_iter().map(|row| row.act).collect();
    assert_eq!(acts, ["lockRemoved", "lockSet", "lockSet", "lockSet"]);
}

/// What a program tells, in the words in which it is written down and in which the web view gets it.
fn told<T: serde::Serialize + std::fmt::Debug>(said: &mut String, answer: &Result<T, Problem>) {
    use std::fmt::Write as _;
    writeln!(said, "{answer:?}").unwrap();
    match answer {
        Ok(view) => *said += &serde_json::to_string(view).unwrap(),
        Err(problem) => *said += &serde_json::to_string(problem).unwrap(),
    }
}

/// Every file in the folder, and how many there are.
fn written(folder: &Path, all: &mut Vec<u8>) -> usize {
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count += written(&path, all);
        } else {
            all.extend(std::fs::read(path).unwrap());
            count += 1;
        }
    }
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn the_password_and_its_hash_are_written_and_told_nowhere() {
    const WRONG: &str = "nie-to-haslo-31";
    const NEXT: &str = "nastepne-haslo-47";
    let desk = Desk::new();
    let app = desk.start().await;
    let mut events = app.events();
    let mut said = String::new();
    let mut secrets = vec![RIGHT.to_owned(), WRONG.to_owned(), NEXT.to_owned()];
    let hash = || desk.vault.app_lock().unwrap().unwrap().expose().clone();

    told(&mut said, &app.set_lock(None, secret(RIGHT), 10).await);
    secrets.extend(parts(&hash()));
    told(&mut said, &app.set_lock(Some(secret(WRONG)), secret(NEXT), 10).await);
    told(&mut said, &app.set_lock(Some(secret(RIGHT)), secret(NEXT), 20).await);
    secrets.extend(parts(&hash()));
    told(&mut said, &app.lock_now().await);
    told(&mut said, &app.unlock(secret(WRONG)).await);
    told(&mut said, &app.unlock(secret(NEXT)).await);
    told(&mut said, &app.lock_state().await);
    told(&mut said, &app.journal(JournalFilter::default()).await);
    app.save_journal(desk.path().join("dziennik.csv")).await.unwrap();
    app.lock_now().await.unwrap();
    app.stop().await;

    // The next start, which finds the lock and opens it.
    let next = desk.start().await;
    told(&mut said, &next.unlock(secret(RIGHT)).await);
    told(&mut said, &next.unlock(secret(NEXT)).await);
    told(&mut said, &next.remove_lock(secret(NEXT)).await);
    next.stop().await;
    tracing::info!("the log was heard to this line");

    let mut heard = 0;
    while let Ok(Some(event)) = tokio::time::timeout(std::time::Duration::ZERO, events.next()).await {
        said += &format!("{event:?}");
        heard += 1;
    }
    let mut kept = Vec::new();
    let files = written(desk.path(), &mut kept);
    let log = LOG.lock().unwrap().clone();
    // The search looks where there is something to find.
    assert!(heard > 0 && files > 1 && said.contains("lock.wrongPassword"), "{heard} {files} {said}");
    assert!(holds(&kept, "lock-set") && holds(&log, "the log was heard to this line"));
    assert!(secrets.len() > 6 && secrets.iter().all(|secret| secret.len() > 5), "what is searched for");
    for (place, bytes) in [("data folder", &kept), ("log", &log), ("views and events", &said.into_bytes())] {
        let found: Vec<_> = secrets.iter().filter(|secret| holds(bytes, secret)).collect();
        assert!(found.is_empty(), "{place}: {found:?}");
    }
}

/// What of the keychain's entry is secret: its kind, its salt, its digest; not the minutes, nor the cost.
fn parts(entry: &str) -> Vec<String> {
    let (_, hash) = entry.split_once(' ').unwrap();
    let parts: Vec<_> = hash.split('$').filter(|part| part.len() > 5 && !part.contains('=')).collect();
    assert!(parts.len() == 3 && parts[0].starts_with("argon2"), "{} parts", parts.len());
    parts.into_iter().map(str::to_owned).collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}
