//! Asking for a certificate, and what stands in its way.

use okienko_e2e::{Management, Program, Window, add_company, give_token, id, nip, pesel, picture};

use crate::codes::{
    Case, OF_A_LIST, OF_A_LOST_REQUEST, OF_A_REQUEST, OF_A_REVOCATION, OF_A_STANDING_REQUEST, OF_AN_OFFER,
    Refusal,
};
use crate::signature::{Signing, owner};
use crate::{arrange, has_a_next_step};

/// Asks for the authentication certificate alone: the other would go through.
fn ask(window: &Window) {
    window.see_in_time(&id("enrol-offer"));
    window.click(&id("enrol-offline"));
    window.see_no_more(&id("enrol-offline-name"));
    window.click(&id("enrol-do"));
}

#[test]
fn every_refusal_of_a_request_for_a_certificate() {
    let (nip, pesel) = (nip(755_000_001), pesel(9));
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    add_company(&window, &nip);
    let ministry = program.sandbox();
    let Some(person) = owner(&ministry, &pesel, &nip) else { return };
    Signing { program: &program, window: &window, person: &person }.begin();
    for (refusal, code) in &OF_A_REQUEST {
        window.see_in_time(&id("enrol-offer"));
        arrange(&ministry, "enrollment", *refusal);
        ask(&window);
        window.see_in_time(&format!("{}[data-step='failed']", id("enrolment")));
        has_a_next_step(&window, &format!("{} [data-code='{code}']", id("enrolment")));
        ministry.clear_faults();
        window.click(&id("enrol-anew"));
    }
    picture(&window, "wniosek-po-odmowach");
    // After all that the same click brings a certificate.
    window.see_in_time(&id("enrol-offer"));
    window.click(&id("enrol-do"));
    window.see_in_time(&format!("{}[data-count='2']", id("enrolment-ready")));
}

#[test]
fn what_stands_in_the_way_of_a_request_and_goes() {
    let (nip, pesel) = (nip(756_000_001), pesel(11));
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    add_company(&window, &nip);
    let ministry = program.sandbox();
    let Some(person) = owner(&ministry, &pesel, &nip) else { return };
    Signing { program: &program, window: &window, person: &person }.begin();
    let stands = |(refusal, code): &Case, name: &str| {
        arrange(&ministry, "enrollment", *refusal);
        ask(&window);
        window.see_in_time(&format!("{}[data-still='true']", id("enrolment")));
        has_a_next_step(&window, &format!("{} [data-code='{code}']", id("enrolment")));
        picture(&window, name);
        ministry.clear_faults();
        window.click(&id("enrolment-continue"));
    };
    for (place, case) in OF_A_STANDING_REQUEST.iter().enumerate() {
        stands(case, &format!("wniosek-stoi-{place}"));
        // With the same key, once nothing stands in its way.
        window.see_in_time(&format!("{}[data-count='1']", id("enrolment-ready")));
        window.click(&id("enrolment-close"));
        window.click(&id("enrol"));
    }
    for (place, case) in OF_A_LOST_REQUEST.iter().enumerate() {
        // Had KSeF made a certificate, it would be found in its list.
        ministry.end_next("enrollment", 500, None);
        stands(case, &format!("wniosek-przepadl-{place}"));
        window.see_in_time(&format!("{}[data-step='failed']", id("enrolment")));
        has_a_next_step(&window, &format!("{} [data-code='enrolment.status500']", id("enrolment")));
        window.click(&id("enrol-anew"));
    }
    window.see_in_time(&id("enrol-offer"));
    window.click(&id("enrolment-close"));
    the_list_and_the_revocation(&window, &ministry);
}

fn the_list_and_the_revocation(window: &Window, ministry: &Management) {
    for (refusal, code) in &OF_A_LIST {
        arrange(ministry, "enrollment", *refusal);
        window.click(&id("held-ask"));
        let problem = format!("{} [data-code='{code}']", id("held"));
        window.see_in_time(&problem);
        has_a_next_step(window, &problem);
        ministry.clear_faults();
    }
    window.click(&id("held-ask"));
    let row = format!("{}[data-kind='authentication'][data-held='true']", id("held-row"));
    window.see_in_time(&format!("{row}[data-state='active']"));
    for (refusal, code) in &OF_A_REVOCATION {
        arrange(ministry, "enrollment", *refusal);
        window.click(&format!("{row} {}", id("held-menu")));
        window.click(&id("held-menu-revoke"));
        window.see(&id("revoke-preview"));
        window.click(&id("revoke-confirm"));
        let problem = format!("{} [data-code='{code}']", id("revoke-dialog"));
        window.see_in_time(&problem);
        has_a_next_step(window, &problem);
        picture(window, &format!("uniewaznienie-{}", code.replace('.', "-")));
        ministry.clear_faults();
        window.click(&id("revoke-cancel"));
    }
}

/// A person who did not log in by a signature cannot ask, and is told how to.
#[test]
fn a_token_asks_for_no_certificate() {
    let nip = nip(757_000_001);
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    add_company(&window, &nip);
    let ministry = program.sandbox();
    give_token(&window, &ministry, &nip);
    let seen = |code: &str, name: &str| {
        let problem = format!("{} [data-code='{code}']", id("enrolment-dialog"));
        window.see_in_time(&problem);
        has_a_next_step(&window, &problem);
        window.see(&format!("{problem} {}", id("problem-step")));
        picture(&window, name);
        window.click(&id("enrolment-close"));
    };
    // As KSeF answers by itself: a token is no signature.
    window.click(&id("enrol"));
    seen("enrolment.notBySignature", "wniosek-tokenem");
    // And as it could answer in words of its own.
    for (refusal, code) in &OF_AN_OFFER {
        arrange(&ministry, "enrollment", *refusal);
        window.click(&id("enrol"));
        seen(code, "wniosek-25001");
        ministry.clear_faults();
    }
    arrange(&ministry, "enrollment", Refusal::Http("certificate-limits", 403));
    window.click(&id("enrol"));
    let problem = format!("{} {}", id("enrolment-dialog"), id("problem"));
    window.see_in_time(&problem);
    has_a_next_step(&window, &problem);
    ministry.clear_faults();
    // The button of the dialog leads to a signature.
    window.click(&id("enrol-sign-in"));
    window.see(&id("signing-dialog"));
    picture(&window, "podpis-zamiast-tokena");
}
