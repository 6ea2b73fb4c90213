//! A secret does not stay in the clipboard: not one that was pasted with the keyboard, not one that was selected and copied,
//! and not when the program ends before the time is over.

#![cfg(target_os = "linux")]

use okienko_e2e::{Clipboard, Program, Window, add_company, close_windows, drop_files, id, nip, wait_for};
use serde_json::json;

const PASSWORD: &str = "Tajne-Haslo-2026!";

/// Copies a text elsewhere and pastes it into a field with Control and V.
fn paste(window: &Window, field: &str, text: &str) -> Clipboard {
    let copied = Clipboard::with(text);
    window.click(&id(field));
    window.press_with_control('v');
    copied
}

fn wiped() {
    wait_for(|| Clipboard::found().is_empty().then_some(()));
}

#[test]
fn what_was_pasted_or_copied_with_the_keyboard_is_wiped() {
    let nip = nip(746_000_001);
    let Some(program) = Program::fresh() else { return };
    // Long enough to be seen: who asks an owner that is busy waits four seconds.
    let mut program = program.wiping_after(15);
    let window = program.open();
    window.see(&id("welcome"));
    add_company(&window, &nip);
    let ministry = program.sandbox();
    ministry.make_company(&nip, "Zakład Usług Żółć");
    let token = ministry.make_token(&nip);
    let certificate = ministry.make_certificate(&nip, "Authentication", PASSWORD);
    let (crt, key) = (program.desk().join("a.crt"), program.desk().join("a.key"));
    std::fs::write(&crt, &certificate.crt).unwrap();
    std::fs::write(&key, &certificate.key).unwrap();
    window.click(&id("nav-ksef"));

    let copied = paste(&window, "token-input", &token);
    window.see(&id("token-held"));
    wiped();
    drop(copied);

    drop_files(&window, &id("authentication-drop"), &[&crt, &key]);
    window.see(&format!("{}[data-state='needsPassword']", id("authentication-key-held")));
    let copied = paste(&window, "authentication-password", PASSWORD);
    window.see_value(&id("authentication-password"), PASSWORD);
    wiped();
    drop(copied);
    window.click(&id("authentication-password-save"));
    window.see(&format!("{}[data-state='saved']", id("authentication-key-held")));
    window.click(&id("connection-check"));
    window.see_in_time(&format!("{}[data-state='connected']", id("connection-report")));

    window.click(&id("nav-access"));
    window.click(&id("access-tab-tokens"));
    window.click(&id("token-make"));
    window.fill(&id("token-description"), "kasa nr 4");
    window.click(&id("token-permission-InvoiceRead"));
    window.click(&id("token-do"));
    window.see_in_time(&id("once"));
    window.click(&id("once-show"));
    let shown = window.text(&id("once-text"));
    let select = "getSelection().selectAllChildren(document.querySelector(arguments[0]))";
    window.run(select, &[json!(id("once"))]);
    window.press_with_control('c');
    // The secret alone, whatever was selected around it: the program itself copied it.
    wait_for(|| (Clipboard::found() == shown).then_some(()));
    wiped();
}

#[test]
fn what_is_still_there_is_wiped_when_the_program_ends() {
    let nip = nip(747_000_001);
    let Some(program) = Program::fresh() else { return };
    let mut program = program.wiping_after(100_000);
    let window = program.open();
    window.see(&id("welcome"));
    add_company(&window, &nip);
    let ministry = program.sandbox();
    ministry.make_company(&nip, "Zakład Usług Żółć");
    let token = ministry.make_token(&nip);
    let _copied = Clipboard::with(&token);
    window.click(&id("nav-ksef"));
    window.click(&id("token-paste"));
    window.see(&id("token-held"));
    assert_eq!(Clipboard::found(), token);
    close_windows();
    wiped();
}
