//! The keychain of the system: a real gnome-keyring, none at all, and a locked one.
//!
//! The connection to a keychain is made once in a process, so that each of these runs in a process of its own: this
//! test binary again, with [`PROBE`] saying what to do. Run with `OKIENKO_TEST_KEYCHAIN=1` on a machine that has
//! `gnome-keyring` and `dbus-run-session`; otherwise the tests say that they were skipped.

use std::path::Path;
use std::process::{Command, Output};

use ksef_types::Environment;
use ksef_vault::{CredentialKey, OsVault, Slot, Vault, VaultError};

use crate::conformance;
use crate::sample::{P256, credential, token};

const SWITCH: &str = "OKIENKO_TEST_KEYCHAIN";
const PROBE: &str = "OKIENKO_VAULT_PROBE";
const DONE: &str = "probe done";

fn wanted() -> bool {
    let wanted = cfg!(target_os = "linux") && std::env::var_os(SWITCH).is_some_and(|value| value == "1");
    if !wanted {
        println!("skipped: {SWITCH}=1 is not set, or this is not Linux");
    }
    wanted
}

/// This test binary, told to run `probe` and nothing else.
fn again(what: &str, through: &[&Path]) -> Command {
    let own = std::env::current_exe().unwrap();
    let mut words = through.iter().copied().chain([own.as_path()]);
    let mut command = Command::new(words.next().unwrap());
    command.args(words).args(["--exact", "os::probe", "--nocapture", "--test-threads=1"]).env(PROBE, what);
    command
}

fn keychain_script() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/keychain.sh")
}

fn said(output: &Output) -> String {
    let said = [output.stdout.as_slice(), &output.stderr].map(String::from_utf8_lossy).concat();
    assert!(output.status.success() && said.contains(DONE), "{said}");
    said
}

/// What the other process does; without [`PROBE`] it does nothing.
#[test]
fn probe() {
    let Ok(what) = std::env::var(PROBE) else { return };
    match what.as_str() {
        "conformance" => conformance::check(&OsVault::new()),
        "nothing" => nothing_is_there(),
        "locked" => locked(),
        "memory" => survives(),
        other => panic!("{other}"),
    }
    println!("{DONE}");
}

fn place() -> CredentialKey {
    CredentialKey::new("5265877635".parse().unwrap(), Environment::Test, Slot::Authentication)
}

fn every_call(vault: &dyn Vault) -> Vec<Result<(), VaultError>> {
    let token_place = CredentialKey { slot: Slot::Token, ..place() };
    let pending = place().pending().unwrap();
    vec![
        vault.store_credential(&place(), &credential(P256)),
        vault.credential(&place()).map(|_| ()),
        vault.store_token(&token_place, &token('a')),
        vault.token(&token_place).map(|_| ()),
        vault.remove(&place()),
        vault.remove_company(place().company),
        vault.held(place().company, Environment::Test).map(|_| ()),
        vault.store_key(&pending, credential(P256).key()),
        vault.key(&pending).map(|_| ()),
        vault.store_certificate(&pending, credential(P256).certificate()),
        vault.promote(&pending).map(|_| ()),
        vault.store_app_lock(&ksef_types::SecretText::from("$argon2id$".to_owned())),
        vault.app_lock().map(|_| ()),
        vault.remove_app_lock(),
    ]
}

fn nothing_is_there() {
    let vault = OsVault::new();
    assert!(matches!(vault.available(), Err(VaultError::NoKeychain)));
    for (place, answer) in every_call(&vault).into_iter().enumerate() {
        assert!(matches!(answer, Err(VaultError::NoKeychain)), "call {place}: {answer:?}");
    }
}

fn locked() {
    let vault = OsVault::new();
    vault.store_credential(&place(), &credential(P256)).unwrap();
    vault.store_token(&CredentialKey { slot: Slot::Token, ..place() }, &token('a')).unwrap();
    vault.store_key(&place().pending().unwrap(), credential(P256).key()).unwrap();
    vault.store_app_lock(&ksef_types::SecretText::from("$argon2id$".to_owned())).unwrap();
    lock();
    assert!(vault.available().is_ok());
    for (place, answer) in every_call(&vault).into_iter().enumerate() {
        assert!(matches!(answer, Err(VaultError::Locked)), "call {place}: {answer:?}");
    }
}

/// Locks the login keyring, as the session's screen or another program may.
fn lock() {
    let collection = "array:objpath:/org/freedesktop/secrets/collection/login";
    let output = Command::new("dbus-send")
        .args(["--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets"])
        .args(["org.freedesktop.Secret.Service.Lock", collection])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Entries are where the names say, one for each part, and hold bytes.
fn survives() {
    let vault = OsVault::new();
    vault.store_credential(&place(), &credential(P256)).unwrap();
    let entry = |part: &str| {
        keyring::v1::Entry::new("Okienko", &format!("test/5265877635/authentication/{part}")).unwrap()
    };
    assert_eq!(entry("certificate").get_secret().unwrap(), credential(P256).certificate().der());
    vault.store_key(&place().pending().unwrap(), credential(P256).key()).unwrap();
    let waiting = keyring::v1::Entry::new("Okienko", "test/5265877635/pending-authentication/key").unwrap();
    assert!(waiting.get_secret().is_ok());
    entry("certificate").delete_credential().unwrap();
    assert!(matches!(vault.credential(&place()), Err(VaultError::Damaged(_))));
    vault.store_credential(&place(), &credential(P256)).unwrap();
    assert!(vault.credential(&place()).unwrap().is_some());
    vault.remove_company(place().company).unwrap();
    assert!(entry("key").get_secret().is_err() && entry("certificate").get_secret().is_err());
    assert!(waiting.get_secret().is_err());
}

#[test]
fn the_systems_keychain_conforms() {
    if wanted() {
        said(&again("conformance", &[&keychain_script()]).output().unwrap());
    }
}

#[test]
fn entries_stand_under_their_names() {
    if wanted() {
        said(&again("memory", &[&keychain_script()]).output().unwrap());
    }
}

#[test]
fn a_locked_keychain_is_told_as_such() {
    if wanted() {
        said(&again("locked", &[&keychain_script()]).output().unwrap());
    }
}

#[test]
fn no_session_bus_is_told_as_no_keychain() {
    if wanted() {
        let empty = tempfile::tempdir().unwrap();
        let mut command = again("nothing", &[]);
        // Without the variable the address is looked for in the runtime folder.
        command.env_remove("DBUS_SESSION_BUS_ADDRESS").env("XDG_RUNTIME_DIR", empty.path());
        said(&command.output().unwrap());
    }
}

#[test]
fn a_session_bus_without_a_keychain_is_told_as_no_keychain() {
    if wanted() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("bus.conf");
        // A bus that can start nothing by itself.
        let text = format!(
            "<busconfig><type>session</type><listen>unix:tmpdir={}</listen><auth>EXTERNAL</auth>\
             <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
             <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
            folder.path().display()
        );
        std::fs::write(&config, text).unwrap();
        let argument = format!("--config-file={}", config.display());
        let through = ["dbus-run-session", argument.as_str(), "--"].map(Path::new);
        said(&again("nothing", &through).output().unwrap());
    }
}
