//! Tokens made over the API: what they may, how they begin and end.

use ksef_sim::{Ending, Pace, Permission, SimulatorConfig, StepTarget};
use ksef_types::{ContextKind, KsefToken};
use serde_json::{Value, json};

use crate::actors::{Actor, PESEL, allow, test_environment};
use crate::harness::{SELLER, Sim, config};

fn body(permissions: &[&str]) -> Value {
    json!({ "permissions": permissions, "description": "Program do faktur" })
}

fn made(sim: &Sim, access: &str, permissions: &[&str]) -> (String, KsefToken) {
    let made = sim.post("/tokens", Some(access), &body(permissions)).expect(202).json();
    let token = KsefToken::parse(made["token"].as_str().unwrap()).unwrap();
    assert_eq!(made["referenceNumber"], token.reference_number().as_str());
    (token.reference_number().to_string(), token)
}

fn owner(sim: &Sim) -> String {
    Actor::firm(SELLER).in_firm(sim, SELLER)
}

#[test]
fn it_logs_in_with_what_it_was_given() {
    let sim = test_environment();
    let access = owner(&sim);
    let (reference, token) = made(&sim, &access, &["InvoiceRead", "CredentialsRead"]);
    let (by_token, _) = sim.login_by(&token);
    let refused = sim.post("/sessions/online", Some(&by_token), &json!({})).expect(403).json();
    assert_eq!(refused["security"]["presentPermissions"], json!(["InvoiceRead", "CredentialsRead"]));
    let seen = sim.get(&format!("/tokens/{reference}"), Some(&by_token)).expect(200).json();
    assert_eq!((seen["status"].clone(), seen["lastUseDate"].is_string()), ("Active".into(), true));
    assert_eq!(seen["authorIdentifier"], json!({ "type": "Nip", "value": SELLER }));
    // A token makes no tokens.
    let refused = sim.post("/tokens", Some(&by_token), &body(&["InvoiceRead"])).expect(403).json();
    assert_eq!(refused["reasonCode"], "auth-method-not-allowed");
}

#[test]
fn nobody_gives_what_they_have_not() {
    let sim = test_environment();
    allow(&sim, PESEL, SELLER, &[Permission::InvoiceRead]);
    let access = Actor::person(PESEL).in_firm(&sim, SELLER);
    let (code, detail) =
        sim.post("/tokens", Some(&access), &body(&["InvoiceRead", "InvoiceWrite"])).expect(400).exception();
    assert_eq!((code, detail.as_str()), (26001, "Brakujące uprawnienia: InvoiceWrite."));
    for wrong in
        [body(&[]), body(&["VatUeManage"]), json!({ "permissions": ["InvoiceRead"], "description": "abc" })]
    {
        assert_eq!(sim.post("/tokens", Some(&access), &wrong).expect(400).exception().0, 21405);
    }
    // What the author loses, the token loses.
    let (_, token) = made(&sim, &access, &["InvoiceRead"]);
    sim.login_by(&token);
    sim.control()
        .revoke_grants(ksef_sim::PersonId::Pesel(PESEL.parse().unwrap()), SELLER.parse().unwrap())
        .unwrap();
    assert_eq!(sim.login_status(&sim.token_request(&token))["code"], 415);
}

#[test]
fn pending_active_revoking_revoked_failed() {
    let sim = Sim::with(SimulatorConfig { self_signed: true, pace: Pace::Explicit, ..config() });
    let nip = SELLER.parse().unwrap();
    sim.control().make_company(nip, "Sprzedawca").unwrap();
    let access = stepped(&sim);
    let state = |reference: &str| {
        sim.get(&format!("/tokens/{reference}"), Some(&access)).expect(200).json()["status"].clone()
    };
    let step = || drop(sim.control().step(&StepTarget::UntilNothingMoves).unwrap());
    let (reference, _) = made(&sim, &access, &["InvoiceRead"]);
    assert_eq!(state(&reference), "Pending");
    step();
    assert_eq!(state(&reference), "Active");
    let path = format!("/tokens/{reference}");
    sim.delete(&path, Some(&access)).expect(204);
    assert_eq!(state(&reference), "Revoking");
    assert_eq!(sim.delete(&path, Some(&access)).expect(400).exception().0, 21405);
    step();
    assert_eq!(state(&reference), "Revoked");
    sim.control().end_next(Ending::Token { details: vec!["Brak uprawnień".to_owned()] }).unwrap();
    let (reference, _) = made(&sim, &access, &["InvoiceRead"]);
    step();
    let failed = sim.get(&format!("/tokens/{reference}"), Some(&access)).expect(200).json();
    assert_eq!(
        (failed["status"].clone(), failed["statusDetails"].clone()),
        ("Failed".into(), json!(["Brak uprawnień"]))
    );
}

fn stepped(sim: &Sim) -> String {
    let actor = Actor::firm(SELLER);
    let context = ksef_types::ContextIdentifier::parse(ContextKind::Nip, SELLER).unwrap();
    let subject = ksef_crypto::xades::SubjectIdentifierType::CertificateSubject;
    let document = crate::actors::signed(sim, &actor.credential, context, subject);
    let begun = crate::actors::authenticate(sim, document).expect(202).json();
    sim.control().step(&StepTarget::All).unwrap();
    let operation = begun["authenticationToken"]["token"].as_str();
    let tokens = sim.post_empty("/auth/token/redeem", operation).expect(200).json();
    tokens["accessToken"]["token"].as_str().unwrap().to_owned()
}

#[test]
fn revoked_it_opens_nothing_any_more() {
    let sim = test_environment();
    let access = owner(&sim);
    let (reference, token) = made(&sim, &access, &["InvoiceRead"]);
    let (by_token, refresh) = sim.login_by(&token);
    // Its own bearer may revoke it without any right to credentials.
    sim.delete(&format!("/tokens/{reference}"), Some(&by_token)).expect(204);
    let status = sim.login_status(&sim.token_request(&token));
    assert_eq!(
        (status["code"].clone(), status["details"][0].clone()),
        (450.into(), "Token unieważniony".into())
    );
    let (code, detail) = sim.post_empty("/auth/token/refresh", Some(&refresh)).expect(400).exception();
    assert_eq!((code, detail.as_str()), (21301, "Token KSeF został unieważniony."));
    let (other, _) = made(&sim, &access, &["InvoiceRead"]);
    allow(&sim, PESEL, SELLER, &[Permission::InvoiceRead]);
    let person = Actor::person(PESEL).in_firm(&sim, SELLER);
    let refused = sim.delete(&format!("/tokens/{other}"), Some(&person)).expect(403).json();
    assert_eq!(refused["reasonCode"], "insufficient-resource-access");
}

#[test]
fn lists_filters_and_pages() {
    let sim = test_environment();
    let access = owner(&sim);
    allow(&sim, PESEL, SELLER, &[Permission::InvoiceRead]);
    let person = Actor::person(PESEL).in_firm(&sim, SELLER);
    let (first, _) = made(&sim, &person, &["InvoiceRead"]);
    for _ in 0..11 {
        sim.control().advance(chrono::Duration::seconds(1));
        made(&sim, &access, &["InvoiceRead"]);
    }
    let list = |token: &str, query: &str| sim.get(&format!("/tokens{query}"), Some(token)).expect(200).json();
    let count = |found: &Value| found["tokens"].as_array().unwrap().len();
    let own = list(&person, "");
    assert_eq!((count(&own), own["tokens"][0]["referenceNumber"].clone()), (1, json!(first)));
    let page = list(&access, "?pageSize=10");
    let next = page["continuationToken"].as_str().unwrap().to_owned();
    let rest =
        sim.request("GET", "/tokens?pageSize=10", Some(&access), &[("x-continuation-token", &next)], None);
    assert_eq!((count(&page), count(&rest.expect(200).json())), (10, 2));
    assert_eq!(count(&list(&access, "?authorIdentifierType=Pesel&authorIdentifier=301122")), 1);
    sim.delete(&format!("/tokens/{first}"), Some(&access)).expect(204);
    assert_eq!(count(&list(&access, "?status=Revoked&status=Failed")), 1);
    assert_eq!(count(&list(&access, "?description=faktur&pageSize=100")), 12);
}

#[test]
fn a_unit_has_tokens_of_its_own_and_a_firm_of_the_union_none() {
    let sim = test_environment();
    let access = owner(&sim);
    let unit = crate::passed_on::unit(&sim, &access);
    let token = unit.token;
    let made = sim.post("/tokens", Some(&token), &body(&["CredentialsManage"])).expect(202).json();
    let text = made["token"].as_str().unwrap();
    assert!(text.contains(&format!("|internalId-{}|", unit.id)), "{text}");
    let token = KsefToken::parse(text).unwrap();
    let mut request = sim.token_request(&token);
    assert_eq!(
        sim.login_status(&request)["details"][0],
        format!("Token nie może być użyty w kontekście Nip: {SELLER}")
    );
    request = sim.token_request(&token);
    request["contextIdentifier"] = json!({ "type": "InternalId", "value": unit.id });
    assert_eq!(sim.login_status(&request)["code"], 200);
    let firm = crate::passed_on::firm_of_the_union(&sim, &access);
    let (code, _) = sim.post("/tokens", Some(&firm.token), &body(&["InvoiceRead"])).expect(400).exception();
    assert_eq!(code, 26002);
}
