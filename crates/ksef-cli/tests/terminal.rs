//! The built `ksef`, as a person or a scheduler runs it, with the real keychain where the tests have one.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what fails must stop the test")]
#![expect(clippy::print_stdout, reason = "tests say when they are skipped")]

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

struct Desk(tempfile::TempDir);

impl Desk {
    fn fresh() -> Self {
        Self(tempfile::Builder::new().prefix("Księgowość Żółć ").tempdir().unwrap())
    }

    fn ksef(&self, arguments: &[&str]) -> Output {
        self.ksef_with(arguments, "")
    }

    fn ksef_with(&self, arguments: &[&str], input: &str) -> Output {
        common::ksef(&self.data(), "pl", arguments, input.as_bytes())
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("dane")
    }

    fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!(
            "{error}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    })
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_default()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Tests that keep secrets need the system's store.
fn keychain() -> bool {
    let there = std::env::var_os("OKIENKO_TEST_KEYCHAIN").is_some();
    if !there {
        println!("skipped: no keychain for tests; use cargo xtask test");
    }
    there
}

#[test]
fn companies_come_and_go() {
    let desk = Desk::fresh();
    let added = desk.ksef(&[
        "--json",
        "--environment",
        "sandbox",
        "company",
        "add",
        "526-587-76-35",
        "--name",
        "Żółć",
    ]);
    assert_eq!(code(&added), 0, "{}", errors(&added));
    assert_eq!(json(&added)["nip"], "5265877635");
    let twice = desk.ksef(&["company", "add", "5265877635"]);
    assert_eq!(code(&twice), 1);
    assert!(errors(&twice).contains("company.exists"), "{}", errors(&twice));
    let wrong = desk.ksef(&["company", "add", "5265877636"]);
    assert_eq!(code(&wrong), 2);
    assert!(errors(&wrong).contains("nip.checkDigit"), "{}", errors(&wrong));
    assert_eq!(json(&desk.ksef(&["--json", "company", "list"])).as_array().map(Vec::len), Some(1));
    let unasked = desk.ksef(&["company", "remove", "5265877635"]);
    assert!(errors(&unasked).contains("cli.notConfirmed"), "{}", errors(&unasked));
}

#[test]
fn a_document_with_errors_never_leaves() {
    let desk = Desk::fresh();
    desk.ksef(&["--environment", "sandbox", "company", "add", "5265877635"]);
    let file = desk.file("faktura źle.xml", b"<Faktura/>");
    let sent = desk.ksef(&["send", &file]);
    assert_eq!(code(&sent), 1, "{}", errors(&sent));
    let listed = desk.ksef(&["--json", "status"]);
    assert_eq!(json(&listed).as_array().map(Vec::len), Some(0));
    let missing = desk.ksef(&["send", "nie ma takiego.xml"]);
    assert_eq!(code(&missing), 3, "{}", errors(&missing));
}

#[test]
fn help_and_complaints_come_in_both_languages() {
    let desk = Desk::fresh();
    let polish = desk.ksef(&["--help"]);
    assert_eq!(code(&polish), 0);
    assert!(String::from_utf8_lossy(&polish.stdout).contains("Użycie"));
    let english = desk.ksef(&["--language", "en", "--help"]);
    assert!(String::from_utf8_lossy(&english.stdout).contains("Usage") || code(&english) == 2);
    let wrong = desk.ksef(&["wyślij"]);
    assert_eq!(code(&wrong), 2);
    assert!(errors(&wrong).contains("Nieznane polecenie"), "{}", errors(&wrong));
}

#[test]
fn the_demonstration_ends_with_a_number_and_a_upo() {
    if !keychain() {
        return;
    }
    let desk = Desk::fresh();
    let demo = desk.ksef(&["--json", "demo"]);
    assert_eq!(code(&demo), 0, "{}", errors(&demo));
    let told = json(&demo);
    let sale = &told["sales"][0];
    assert_eq!(sale["state"], "accepted");
    assert_eq!(sale["hasUpo"], true);
    let id = sale["id"].as_str().unwrap();
    let upo = desk.ksef(&["upo", id]);
    assert!(String::from_utf8_lossy(&upo.stdout).contains(sale["ksefNumber"].as_str().unwrap()));
    let check = desk.ksef(&["--json", "credential", "check"]);
    assert_eq!(json(&check)["passed"], true, "{}", errors(&check));
    assert_eq!(code(&desk.ksef(&["company", "remove", "9999999999", "--yes"])), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_password_store_nothing_is_kept_elsewhere() {
    let desk = Desk::fresh();
    let demo = Command::new(env!("CARGO_BIN_EXE_ksef"))
        .args(["--language", "pl", "demo"])
        .env("OKIENKO_DATA", desk.data())
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .output()
        .unwrap();
    assert_eq!(code(&demo), 5, "{}", errors(&demo));
    assert!(errors(&demo).contains("keychain.noService"), "{}", errors(&demo));
    assert!(!holds(&desk.data(), "PRIVATE KEY"));
}

#[test]
fn secrets_come_by_the_standard_input() {
    if !keychain() {
        return;
    }
    let Some(shared) = ksef_testkit::shared() else {
        println!("skipped: no ../shared/ksef");
        return;
    };
    let desk = Desk::fresh();
    desk.ksef(&["--environment", "test", "company", "add", "5265877635"]);
    let vector = |name: &str| shared.join("vectors/credentials").join(name).display().to_string();
    let import = |password: &str| {
        let files = [vector("uwierzytelnianie-ec.crt"), vector("uwierzytelnianie-ec.key")];
        desk.ksef_with(
            &["--json", "credential", "import", &files[0], &files[1], "--password-stdin"],
            password,
        )
    };
    let wrong = import("Nie-to-haslo-2026!\n");
    assert_eq!(code(&wrong), 1, "{}", errors(&wrong));
    let right = import("Tajne-Haslo-2026!\n");
    assert_eq!(code(&right), 0, "{}", errors(&right));
    assert_eq!(json(&right)["authentication"]["saved"], true);
    assert!(!holds(&desk.data(), "Tajne-Haslo-2026!"));

    let token = format!("20261121-EC-0123456789-ABCDEF0123-4E|nip-5265877635|{}", "0a".repeat(32));
    let pasted =
        desk.ksef_with(&["--json", "credential", "paste"], &format!("{}\n{}\n", &token[..50], &token[50..]));
    assert_eq!(code(&pasted), 0, "{}", errors(&pasted));
    assert!(!holds(&desk.data(), &"0a".repeat(32)));
    assert_eq!(code(&desk.ksef(&["company", "remove", "5265877635", "--yes"])), 0);
}

fn holds(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // The simulator plays the ministry and keeps the ministry's own keys.
            return !path.ends_with("piaskownica") && holds(&path, text);
        }
        std::fs::read(path).unwrap().windows(text.len()).any(|window| window == text.as_bytes())
    })
}
