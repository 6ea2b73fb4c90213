//! The list of logins in use, and what stands in the way of ending one.

use okienko_e2e::{Management, Program, Window, add_company, give_token, id, nip, picture};
use serde_json::json;

use crate::codes::{Case, LISTED_TOO_OFTEN, OF_ANOTHER_LOGIN, OF_THE_LOGINS, OF_THIS_LOGIN};
use crate::{arrange, has_a_next_step};

/// After the click the list shows the problem; two in a row have different ones, so that no earlier one is taken for it.
fn refused(window: &Window, ministry: &Management, (refusal, code): &Case, click: impl Fn()) {
    arrange(ministry, "authentication", *refusal);
    click();
    let problem = format!("{} [data-code='{code}']", id("logins"));
    window.see_in_time(&problem);
    has_a_next_step(window, &problem);
    picture(window, &format!("sesje-{}", code.replace('.', "-")));
    ministry.clear_faults();
}

/// Logs in so often; each stays in use.
fn log_in(window: &Window, times: usize) {
    window.click(&id("nav-ksef"));
    for _ in 0..times {
        window.click(&id("connection-check"));
        window.see_in_time(&format!("{}[data-state='connected']", id("connection-report")));
    }
}

fn end(window: &Window, button: &str) {
    window.click(button);
    window.click(&id("login-end-dialog-confirm"));
}

/// The list without something, once KSeF's limits let it be asked for.
fn gone(window: &Window, css: &str) {
    window.see_in_time(&format!("{}:not(:has({css}))", id("logins")));
}

#[test]
fn every_refusal_of_the_list_of_logins() {
    let nip = nip(788_000_001);
    let Some(mut program) = Program::fresh() else { return };
    let window = program.open();
    add_company(&window, &nip);
    let ministry = program.sandbox();
    give_token(&window, &ministry, &nip);
    log_in(&window, 2);
    window.click(&id("nav-access"));
    window.click(&id("access-tab-logins"));
    window.see_in_time(&id("login-row"));
    for case in &OF_THE_LOGINS {
        refused(&window, &ministry, case, || window.click(&id("logins-refresh")));
    }
    // The button under the last one asks again.
    window.click(&format!("{} {}", id("logins"), id("problem-step")));
    gone(&window, &id("problem"));

    let another = format!("{}[data-current='false']", id("login-row"));
    for case in &OF_ANOTHER_LOGIN {
        let button = format!("{another} {}", id("login-end"));
        refused(&window, &ministry, case, || end(&window, &button));
    }
    for case in &OF_THIS_LOGIN {
        refused(&window, &ministry, case, || end(&window, &id("login-end-this")));
    }
    both_are_ended(&window, &another);
    what_a_token_may_not_see(&window);
    window.click(&id("access-tab-logins"));
    window.see_in_time(&id("login-row"));
    for case in &LISTED_TOO_OFTEN {
        refused(&window, &ministry, case, || window.click(&id("logins-refresh")));
    }
}

/// Once nothing stands in the way.
fn both_are_ended(window: &Window, another: &str) {
    window.click(&id("logins-refresh"));
    gone(window, &id("problem"));
    let reference = window.attribute(another, "data-id").unwrap();
    let ended = format!("{}[data-id='{reference}']", id("login-row"));
    end(window, &format!("{ended} {}", id("login-end")));
    gone(window, &ended);
    end(window, &id("login-end-this"));
    window.see_in_time(&id("logins-empty"));
}

/// As KSeF answers by itself: a token for invoices may not see who may do what, and the right that is missing is named.
fn what_a_token_may_not_see(window: &Window) {
    window.click(&id("access-tab-permissions"));
    let problem = format!("{} .framed[data-code='permission.missing']", id("permissions"));
    window.see_in_time(&problem);
    has_a_next_step(window, &problem);
    picture(window, "uprawnienia-bez-prawa");
    let technical = format!("{problem} {}", id("problem-technical"));
    let said = window.run("return document.querySelector(arguments[0]).textContent", &[json!(technical)]);
    assert!(said.as_str().unwrap().contains("CredentialsManage"), "{said}");
}
