//! The lock of the program through the door that every front uses: a program with a password starts locked, and while it
//! is, only the lock screen is answered.

#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

use std::path::Path;
use std::sync::Arc;

use chrono::Duration;
use ksef_commands::views::{JournalFilter, LockView};
use ksef_commands::{App, Options, Problem};
use ksef_testkit::ManualClock;
use ksef_types::{Clock as _, SecretText, SystemClock};
use ksef_vault::{MemoryVault, Vault};

const RIGHT: &str = "Zażółć 7 gęsi";

struct Desk {
    folder: tempfile::TempDir,
    vault: Arc<dyn Vault>,
    clock: Arc<ManualClock>,
}

impl Desk {
    fn new() -> Self {
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
    assert!(app.admit("unlock").is_ok() && app.admit("lock_state").is_ok());
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
    let stored = std::fs::read(desk.path().join("archiwum.sqlite")).unwrap();
    assert!(!stored.windows(6).any(|part| part == b"argon2"), "the hash is in the keychain only");
}
