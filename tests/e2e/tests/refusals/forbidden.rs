//! Asking for a certificate where KSeF does not allow it: what is in the way is told, and the request goes on without it.

use okienko_e2e::{Management, Program, Window, add_company, id, nip, picture};

use crate::codes::{Case, NOT_OFFERED, NOT_TAKEN, NOT_TAKEN_FOR_NOW, OFFERED_TOO_OFTEN};
use crate::{PASSWORD, arrange, give_certificate, has_a_next_step};

/// Opens the dialog, sees the refusal in it, and closes it.
fn not_offered(window: &Window, ministry: &Management, (refusal, code): &Case) {
    arrange(ministry, "enrollment", *refusal);
    window.click(&id("enrol"));
    let problem = format!("{} [data-code='{code}']", id("enrolment-dialog"));
    window.see_in_time(&problem);
    has_a_next_step(window, &problem);
    window.see(&format!("{problem} {}", id("problem-step")));
    picture(window, &format!("wniosek-{}", code.replace('.', "-")));
    ministry.clear_faults();
    window.click(&id("enrolment-close"));
}

/// The request stands with the problem; two in a row have different ones, so that no earlier one is taken for it.
fn stands(window: &Window, (_, code): &Case) {
    let request = format!("{}[data-still='true']", id("enrolment"));
    let problem = format!("{request} [data-code='{code}']");
    window.see_in_time(&problem);
    has_a_next_step(window, &problem);
}

#[test]
fn what_is_not_allowed_to_who_asks_for_a_certificate() {
    let nip = nip(779_000_001);
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    add_company(&window, &nip);
    let ministry = program.sandbox();
    ministry.make_company(&nip, "Zakład Usług Żółć");
    let certificate = ministry.make_certificate(&nip, "Authentication", PASSWORD);
    give_certificate(&window, &program.desk(), &certificate);
    for case in &NOT_OFFERED {
        not_offered(&window, &ministry, case);
    }

    // One for offline invoices: that for logging in is there.
    window.click(&id("enrol"));
    window.see_in_time(&id("enrol-offer"));
    window.click(&id("enrol-authentication"));
    window.see_no_more(&id("enrol-authentication-name"));
    let mut click = "enrol-do";
    for case in &NOT_TAKEN {
        arrange(&ministry, "enrollment", case.0);
        window.click(&id(click));
        stands(&window, case);
        ministry.clear_faults();
        click = "enrolment-continue";
    }
    picture(&window, "wniosek-nie-wolno");
    for case in &NOT_TAKEN_FOR_NOW {
        arrange(&ministry, "enrollment", case.0);
        window.click(&id("enrolment-continue"));
        stands(&window, case);
        ministry.clear_faults();
    }
    // All of them the same request, with the same key.
    window.see_in_time(&format!("{}[data-count='1']", id("enrolment-ready")));
    window.click(&id("enrolment-close"));
    for case in &OFFERED_TOO_OFTEN {
        not_offered(&window, &ministry, case);
    }
}
