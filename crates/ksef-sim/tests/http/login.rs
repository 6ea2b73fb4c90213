use chrono::Duration;
use ksef_crypto::base64;
use ksef_sim::{Ending, Permission, Quirk, TokenStatus};
use ksef_types::{KsefToken, Nip};
use serde_json::{Value, json};

use crate::harness::{SELLER, Sim, noon};

fn nip() -> Nip {
    SELLER.parse().unwrap()
}

fn token(sim: &Sim) -> KsefToken {
    sim.control().make_company(nip(), "Sprzedawca").unwrap();
    sim.control().make_token(nip(), &[Permission::InvoiceWrite]).unwrap()
}

#[test]
fn by_token_to_the_end() {
    let sim = Sim::start();
    let (access, refresh) = sim.login_with(&[Permission::InvoiceWrite, Permission::InvoiceRead]);
    let sessions = sim.get("/auth/sessions", Some(&access)).expect(200).json();
    assert_eq!(sessions["items"][0]["isCurrent"], true);
    assert_eq!(sessions["items"][0]["authenticationMethod"], "Token");
    let again = sim.post_empty("/auth/token/refresh", Some(&refresh)).expect(200).json();
    let fresh = again["accessToken"]["token"].as_str().unwrap();
    assert_ne!(fresh, access);
    for token in [fresh, &access] {
        sim.get("/rate-limits", Some(token)).expect(200);
    }
}

#[test]
fn the_time_has_digits_that_must_not_be_rounded() {
    let sim = Sim::start();
    for _ in 0..20 {
        let challenge = sim.post_empty("/auth/challenge", None).expect(200).json();
        let text = challenge["timestamp"].as_str().unwrap();
        let (_, fraction) = text.strip_suffix("+00:00").unwrap().split_once('.').unwrap();
        assert_eq!(fraction.len(), 7, "{text}");
        assert!(fraction.as_bytes()[3] >= b'5', "{text} would be rounded down");
        let parsed = chrono::DateTime::parse_from_rfc3339(text).unwrap();
        assert_eq!(parsed.timestamp_millis(), challenge["timestampMs"].as_i64().unwrap());
        assert_eq!(challenge["clientIp"], "127.0.0.1");
    }
}

#[test]
fn explicit_pace_holds_every_transition() {
    let sim = Sim::explicit();
    let token = token(&sim);
    let (reference, operation) = sim.begin(&sim.token_request(&token));
    let status = |sim: &Sim| sim.get(&format!("/auth/{reference}"), Some(&operation)).expect(200).json();
    assert_eq!(status(&sim)["status"]["code"], 100);
    assert_eq!(sim.post_empty("/auth/token/redeem", Some(&operation)).expect(400).exception().0, 21301);
    let moved = sim.control().step(&ksef_sim::StepTarget::All).unwrap();
    assert_eq!((moved[0].from, moved[0].to), (100, 200));
    assert_eq!(status(&sim)["status"]["code"], 200);
}

#[test]
fn tokens_are_redeemed_once() {
    let sim = Sim::start();
    let token = token(&sim);
    let (_, operation) = sim.begin(&sim.token_request(&token));
    sim.post_empty("/auth/token/redeem", Some(&operation)).expect(200);
    let (code, detail) = sim.post_empty("/auth/token/redeem", Some(&operation)).expect(400).exception();
    assert_eq!(code, 21301);
    assert!(detail.contains("zostały już pobrane"), "{detail}");
}

#[test]
fn a_challenge_is_used_once_and_for_ten_minutes() {
    let sim = Sim::start();
    let token = token(&sim);
    let body = sim.token_request(&token);
    sim.begin(&body);
    assert_eq!(sim.post("/auth/ksef-token", None, &body).expect(400).exception().0, 21111);
    let body = sim.token_request(&token);
    sim.control().advance(Duration::minutes(10) + Duration::seconds(1));
    assert_eq!(sim.post("/auth/ksef-token", None, &body).expect(400).exception().0, 21111);
}

#[test]
fn the_causes_of_450() {
    let sim = Sim::start();
    let known = token(&sim);
    let detail = |body: &Value| {
        let status = sim.login_status(body);
        assert_eq!(status["code"], 450, "{status}");
        status["details"][0].as_str().unwrap().to_owned()
    };
    let foreign = format!("{}|nip-{SELLER}|{}", known.reference_number(), "ab".repeat(32));
    let foreign = KsefToken::parse(&foreign).unwrap();
    assert_eq!(detail(&sim.token_request(&foreign)), "Nieprawidłowy token");

    let mut late = sim.token_request(&known);
    let (key, _) = sim.ministry_key("KsefTokenEncryption");
    late["encryptedToken"] =
        json!(base64::encode(&key.encrypt_token(&known, noon().timestamp_millis() - 1).unwrap()));
    assert_eq!(detail(&late), "Nieprawidłowy czas tokena");

    let mut other_key = sim.token_request(&known);
    let (wrong, _) = sim.ministry_key("SymmetricKeyEncryption");
    other_key["encryptedToken"] =
        json!(base64::encode(&wrong.encrypt_token(&known, noon().timestamp_millis()).unwrap()));
    assert_eq!(detail(&other_key), "Nieprawidłowe szyfrowanie tokena");

    let mut elsewhere = sim.token_request(&known);
    elsewhere["contextIdentifier"]["value"] = json!("1111111111");
    assert!(detail(&elsewhere).starts_with("Token nie może być użyty w kontekście"));

    for (status, expected) in
        [(TokenStatus::Revoked, "Token unieważniony"), (TokenStatus::Pending, "Token nieaktywny")]
    {
        sim.control().set_token_status(known.reference_number(), status).unwrap();
        assert_eq!(detail(&sim.token_request(&known)), expected);
    }
}

#[test]
fn other_ends() {
    let sim = Sim::start();
    let known = token(&sim);
    let bare = sim.control().make_token(nip(), &[]).unwrap();
    assert_eq!(sim.login_status(&sim.token_request(&bare))["code"], 415);
    for code in [425, 450, 460, 470, 480, 500, 550] {
        sim.control().end_next(Ending::Authentication { code, details: Vec::new() }).unwrap();
        assert_eq!(sim.login_status(&sim.token_request(&known))["code"], code);
    }
    assert!(sim.control().end_next(Ending::Authentication { code: 418, details: Vec::new() }).is_err());
    sim.control().block(nip(), true).unwrap();
    assert_eq!(sim.login_status(&sim.token_request(&known))["code"], 480);
}

#[test]
fn a_key_that_is_unknown_or_withdrawn() {
    let sim = Sim::start();
    let known = token(&sim);
    let body = sim.token_request(&known);
    sim.control().rotate_keys().unwrap();
    let (code, detail) = sim.post("/auth/ksef-token", None, &body).expect(400).exception();
    assert_eq!(code, 21470);
    assert!(detail.contains(body["publicKeyId"].as_str().unwrap()));
    assert_eq!(sim.login_status(&sim.token_request(&known))["code"], 200);
}

#[test]
fn ending_a_session_ends_its_refresh_token_only() {
    let sim = Sim::start();
    let (access, refresh) = sim.login_with(&[Permission::InvoiceWrite]);
    sim.delete("/auth/sessions/current", Some(&refresh)).expect(204);
    let (code, detail) = sim.post_empty("/auth/token/refresh", Some(&refresh)).expect(400).exception();
    assert_eq!((code, detail.contains("(425)")), (21301, true));
    sim.control().quirk(Quirk::RefreshAnswers21304, true);
    assert_eq!(sim.post_empty("/auth/token/refresh", Some(&refresh)).expect(400).exception().0, 21304);
    sim.get("/rate-limits", Some(&access)).expect(200);
    sim.control().advance(Duration::minutes(16));
    sim.get("/rate-limits", Some(&access)).expect(401);
}

#[test]
fn a_session_is_ended_by_its_number() {
    let sim = Sim::start();
    let known = token(&sim);
    let (first, _) = sim.login_by(&known);
    let (second, refresh) = sim.login_by(&known);
    let list = sim.get("/auth/sessions", Some(&first)).expect(200).json();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let other =
        list["items"].as_array().unwrap().iter().find(|item| item["isCurrent"] == false).unwrap().clone();
    sim.delete(&format!("/auth/sessions/{}", other["referenceNumber"].as_str().unwrap()), Some(&first))
        .expect(204);
    assert_eq!(sim.post_empty("/auth/token/refresh", Some(&refresh)).expect(400).exception().0, 21301);
    assert_eq!(
        sim.get("/auth/sessions", Some(&second)).expect(200).json()["items"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn expired_by_the_management_and_renewed() {
    let sim = Sim::start();
    let (access, refresh) = sim.login_with(&[Permission::InvoiceWrite]);
    sim.control().expire_tokens().unwrap();
    sim.get("/rate-limits", Some(&access)).expect(401);
    let again = sim.post_empty("/auth/token/refresh", Some(&refresh)).expect(200).json();
    sim.get("/rate-limits", again["accessToken"]["token"].as_str()).expect(200);
}

#[test]
fn revoking_the_token_stops_the_refresh() {
    let sim = Sim::start();
    let known = token(&sim);
    let (_, refresh) = sim.login_by(&known);
    sim.control().set_token_status(known.reference_number(), TokenStatus::Revoked).unwrap();
    let (code, detail) = sim.post_empty("/auth/token/refresh", Some(&refresh)).expect(400).exception();
    assert_eq!((code, detail.as_str()), (21301, "Token KSeF został unieważniony."));
}

#[test]
fn an_old_operation_is_gone() {
    let sim = Sim::start();
    let known = token(&sim);
    let (reference, operation) = sim.begin(&sim.token_request(&known));
    sim.control().advance(Duration::minutes(46));
    sim.get(&format!("/auth/{reference}"), Some(&operation)).expect(401);
    sim.control().advance(Duration::days(7));
    let gone = sim.get(&format!("/auth/{reference}"), Some(&operation)).expect(410);
    assert_eq!(gone.header("content-type"), Some("application/problem+json"));
}

#[test]
fn allowed_addresses() {
    let sim = Sim::start();
    let known = token(&sim);
    let login = |policy: Value| {
        let mut body = sim.token_request(&known);
        body["authorizationPolicy"] = json!({ "allowedIps": policy });
        let (_, operation) = sim.begin(&body);
        let tokens = sim.post_empty("/auth/token/redeem", Some(&operation)).expect(200).json();
        tokens["accessToken"]["token"].as_str().unwrap().to_owned()
    };
    let elsewhere = login(json!({ "ip4Addresses": ["10.0.0.1"], "ip4Ranges": ["10.0.0.1-10.0.0.9"] }));
    let refused = sim.get("/rate-limits", Some(&elsewhere)).expect(403).json();
    assert_eq!(refused["reasonCode"], "ip-not-allowed");
    assert_eq!(refused["security"]["clientIp"], "127.0.0.1");
    for here in [json!({ "ip4Masks": ["127.0.0.0/8"] }), json!({ "ip4Ranges": ["127.0.0.0-127.0.0.2"] })] {
        sim.get("/rate-limits", Some(&login(here))).expect(200);
    }
    let mut body = sim.token_request(&known);
    body["authorizationPolicy"] = json!({ "allowedIps": { "ip4Masks": ["127.0.0.0/40"] } });
    assert_eq!(sim.post("/auth/ksef-token", None, &body).expect(400).exception().0, 21405);
}

#[test]
fn the_tokens_own_record() {
    let sim = Sim::start();
    let known = token(&sim);
    let other = sim.control().make_token(nip(), &[Permission::CredentialsRead]).unwrap();
    let (access, _) = sim.login_by(&known);
    let record = sim.get(&format!("/tokens/{}", known.reference_number()), Some(&access)).expect(200).json();
    assert_eq!(record["requestedPermissions"], json!(["InvoiceWrite"]));
    assert_eq!(record["status"], "Active");
    assert!(record["lastUseDate"].is_string());
    sim.get(&format!("/tokens/{}", other.reference_number()), Some(&access)).expect(403);
    let own = sim.get("/tokens?status=Active", Some(&access)).expect(200).json();
    assert_eq!(own["tokens"].as_array().unwrap().len(), 1);
    let (reader, _) = sim.login_by(&other);
    let all = sim.get("/tokens?pageSize=10", Some(&reader)).expect(200).json();
    assert_eq!(all["tokens"].as_array().unwrap().len(), 2);
}
