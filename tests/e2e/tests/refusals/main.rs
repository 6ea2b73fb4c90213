//! Every failure code of logging in, of asking for a certificate and of the list of logins, on the screen with its next step.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

mod codes;
mod contract;
mod forbidden;
mod logins;
mod requests;
mod signature;

use std::path::Path;

use codes::{AFTER_THE_START, Case, NOT_LET_IN, OF_A_CERTIFICATE, OF_A_TOKEN, Refusal};
use okienko_e2e::{
    Management, Program, SampleCertificate, Window, add_company, drop_files, give_token, id, nip, picture,
};

pub(crate) const PASSWORD: &str = "Tajne-Haslo-2026!";

/// `of` is what a status ends: `authentication` or `enrollment`.
pub(crate) fn arrange(ministry: &Management, of: &str, refusal: Refusal) {
    match refusal {
        Refusal::Status(code, "") => ministry.end_next(of, code, None),
        Refusal::Status(code, detail) => ministry.end_next(of, code, Some(detail)),
        Refusal::Exception(operation, code) => ministry.refuse(operation, code),
        Refusal::Http(operation, status) => ministry.answer(operation, status),
        Refusal::Forbidden(operation, reason) => ministry.forbid(operation, reason),
        Refusal::TooOften(operation) => ministry.too_often(operation),
        Refusal::Cut(operation) => ministry.cut(operation),
        Refusal::Page(operation) => ministry.answer_page(operation),
    }
}

/// Every problem has sentences and a next step: a button, or words that say what to do.
pub(crate) fn has_a_next_step(window: &Window, problem: &str) {
    window.see(problem);
    let words = window.text(problem);
    let next = window.text(&format!("{problem} p.next"));
    assert!(next.trim().len() > 10, "{problem}: {words}");
    // No place for a value was left empty; what stands in technical details is KSeF's.
    let empty =
        words.split('{').skip(1).any(|rest| rest.starts_with(|letter: char| letter.is_ascii_lowercase()));
    assert!(!empty, "{problem}: {words}");
}

/// The certificate and its key, let fall on the card for logging in, with the password.
pub(crate) fn give_certificate(window: &Window, desk: &Path, certificate: &SampleCertificate) {
    let file = |name: &str, text: &str| {
        let path = desk.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let (crt, key) = (file("a.crt", &certificate.crt), file("a.key", &certificate.key));
    window.click(&id("nav-ksef"));
    drop_files(window, &id("authentication-drop"), &[&crt, &key]);
    window.see(&id("authentication-certificate-held"));
    window.fill(&id("authentication-password"), PASSWORD);
    window.click(&id("authentication-password-save"));
    window.see(&format!("{}[data-state='saved']", id("authentication-key-held")));
}

fn every_refusal(window: &Window, ministry: &Management, cases: &[Case]) {
    for (refusal, code) in cases {
        arrange(ministry, "authentication", *refusal);
        window.click(&id("connection-check"));
        let problem = format!("{}[data-state='refused'] [data-code='{code}']", id("connection-report"));
        window.see_in_time(&problem);
        has_a_next_step(window, &problem);
        ministry.clear_faults();
        if matches!(refusal, Refusal::TooOften(_)) {
            continue;
        }
        // And once KSeF is in a better mood, the same click connects.
        window.click(&id("connection-check"));
        window.see_in_time(&format!("{}[data-state='connected']", id("connection-report")));
    }
}

#[test]
fn every_refusal_of_a_token() {
    let nip = nip(733_000_001);
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    add_company(&window, &nip);
    let ministry = program.sandbox();
    give_token(&window, &ministry, &nip);
    every_refusal(&window, &ministry, &OF_A_TOKEN);
    picture(&window, "token-po-odmowach");
}

#[test]
fn who_is_not_let_in() {
    let nip = nip(778_000_001);
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    add_company(&window, &nip);
    let ministry = program.sandbox();
    give_token(&window, &ministry, &nip);
    every_refusal(&window, &ministry, &NOT_LET_IN);
    // What one is told to change is one click away.
    ministry.forbid("redeem", "context-type-not-allowed");
    window.click(&id("connection-check"));
    let problem = format!("{} [data-code='permission.contextType']", id("connection-report"));
    window.see_in_time(&problem);
    picture(&window, "zly-kontekst");
    window.click(&format!("{problem} {}", id("problem-step")));
    window.see(&id("context"));
}

#[test]
fn every_refusal_after_a_login_was_begun() {
    let nip = nip(734_000_001);
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    add_company(&window, &nip);
    let ministry = program.sandbox();
    give_token(&window, &ministry, &nip);
    every_refusal(&window, &ministry, &AFTER_THE_START);
    picture(&window, "za-czesto");
}

#[test]
fn every_refusal_of_a_certificate() {
    let nip = nip(744_000_001);
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    add_company(&window, &nip);
    let ministry = program.sandbox();
    ministry.make_company(&nip, "Zakład Usług Żółć");
    let certificate = ministry.make_certificate(&nip, "Authentication", PASSWORD);
    give_certificate(&window, &program.desk(), &certificate);
    every_refusal(&window, &ministry, &OF_A_CERTIFICATE);
}
