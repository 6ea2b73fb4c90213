use ksef_crypto::{OsRandomness, SessionKey};
use ksef_sim::{Permission, Quirk, StepTarget};
use serde_json::{Value, json};

use crate::batch::{opening, zipped};
use crate::exports::start_body;
use crate::harness::{SELLER, Sim, invoice};

#[test]
fn closing_answers_502_though_done() {
    let sim = Sim::start();
    let access = sim.login();
    let session = sim.open(&access);
    sim.send_invoice(&access, &session, &invoice("C"));
    let close = || sim.post_empty(&format!("/sessions/online/{}/close", session.reference), Some(&access));
    let code = || {
        sim.get(&format!("/sessions/{}", session.reference), Some(&access)).expect(200).json()["status"]["code"].clone()
    };
    sim.control().quirk(Quirk::CloseIsLost, true);
    close().expect(502);
    assert_eq!(code(), 100, "lost");
    sim.control().quirk(Quirk::CloseIsLost, false);
    sim.control().quirk(Quirk::CloseAnswers502ThoughDone, true);
    close().expect(502);
    assert_eq!(code(), 200, "done");
    assert_eq!(close().expect(400).exception().0, 21180);
}

/// A closed batch of one document, with what answered its closing.
fn closed_batch(sim: &Sim, access: &str, document: &[u8]) -> (String, crate::harness::Answer) {
    let key = SessionKey::generate(&OsRandomness);
    let (body, parts) = opening(sim, &key, &zipped(&[("a.xml", document)]), 1);
    let batch = sim.open_batch(access, &body, parts);
    sim.upload(&batch.requests[0], batch.parts[0].clone()).expect(201);
    let closed = sim.close_batch(access, &batch.reference);
    (batch.reference, closed)
}

#[test]
fn closing_a_batch_answers_502_though_done_or_lost() {
    let sim = Sim::start();
    let access = sim.login();
    let code = |reference: &str| sim.session_status(&access, reference)["status"]["code"].clone();
    sim.control().quirk(Quirk::CloseAnswers502ThoughDone, true);
    let (reference, closed) = closed_batch(&sim, &access, &invoice("CB 1"));
    assert_eq!((closed.status, code(&reference)), (502, json!(200)));
    sim.control().quirk(Quirk::CloseAnswers502ThoughDone, false);
    sim.control().quirk(Quirk::CloseIsLost, true);
    let (reference, closed) = closed_batch(&sim, &access, &invoice("CB 2"));
    assert_eq!((closed.status, code(&reference)), (502, json!(100)));
    sim.control().quirk(Quirk::CloseIsLost, false);
    sim.close_batch(&access, &reference).expect(204);
    assert_eq!(code(&reference), 200);
}

#[test]
fn a_closed_batch_stays_at_100_and_is_accepted_later() {
    let sim = Sim::start();
    let access = sim.login();
    sim.control().quirk(Quirk::ClosedBatchStaysAt100, true);
    let (reference, closed) = closed_batch(&sim, &access, &invoice("CS"));
    closed.expect(204);
    let code = || sim.session_status(&access, &reference)["status"]["code"].clone();
    assert_eq!(code(), 100);
    assert_eq!(sim.close_batch(&access, &reference).expect(400).exception().0, 21180);
    sim.control().quirk(Quirk::ClosedBatchStaysAt100, false);
    assert_eq!(code(), 200);
}

#[test]
fn a_duplicate_in_a_batch_names_the_batch() {
    let sim = Sim::start();
    let access = sim.login();
    sim.outcome(&access, &invoice("DB"));
    sim.control().quirk(Quirk::DuplicateNamesItsOwnSession, true);
    let (reference, _) = closed_batch(&sim, &access, &invoice("DB"));
    let list = sim.get(&format!("/sessions/{reference}/invoices"), Some(&access)).expect(200).json();
    let extensions = &list["invoices"][0]["status"]["extensions"];
    assert_eq!(extensions["originalSessionReferenceNumber"], json!(reference));
    assert!(extensions["originalKsefNumber"].is_string() && list["invoices"][0]["ksefNumber"].is_null());
}

#[test]
fn one_role_cannot_be_exported_while_the_others_can() {
    let sim = Sim::start();
    let access = sim.login();
    sim.control().quirk(Quirk::OneRoleAnswers500, true);
    let key = SessionKey::generate(&OsRandomness);
    let start =
        |role: &str| sim.post("/invoices/exports", Some(&access), &start_body(&sim, &key, role)).status;
    assert_eq!((start("Subject1"), start("Subject2"), start("Subject3")), (201, 500, 201));
}

#[test]
fn key_files_that_a_right_password_does_not_open() {
    use ksef_sim::{CertificateOwner, Damage, NewCertificate};
    let sim = Sim::start();
    let nip = SELLER.parse().unwrap();
    sim.control().make_company(nip, "S").unwrap();
    let made = |damage| {
        let wanted = NewCertificate::for_owner(CertificateOwner::Company(nip)).damaged(damage);
        sim.control().make_certificate(wanted).unwrap()
    };
    let opened = |made: &ksef_sim::MadeCertificate| {
        let (key, password) = (made.key.expose().as_bytes(), made.password.expose().as_bytes());
        openssl::pkey::PKey::private_key_from_pem_passphrase(key, password)
    };
    for damage in [Damage::CutOff, Damage::SavedAsHtml, Damage::HeaderLost] {
        assert!(opened(&made(damage)).is_err(), "{damage:?}");
    }
    let other = made(Damage::OtherKey);
    let certificate = openssl::x509::X509::from_pem(other.crt.as_bytes()).unwrap();
    assert!(!certificate.public_key().unwrap().public_eq(&opened(&other).unwrap()));
}

#[test]
fn access_tokens_say_what_was_seen() {
    let sim = Sim::start();
    let access = sim.login();
    let claims = |token: &str| -> Value {
        let middle = token.split('.').nth(1).unwrap();
        serde_json::from_slice(&ksef_crypto::base64::url::decode(middle).unwrap()).unwrap()
    };
    let claims = claims(&access);
    assert_eq!(
        (claims["typ"].clone(), claims["cit"].clone(), claims["civ"].clone()),
        (json!("ContextToken"), json!("Nip"), json!(SELLER))
    );
    for name in ["aum", "arn", "sub", "per", "exp", "iat", "iss", "aud"] {
        assert!(!claims[name].is_null(), "{name}");
    }
    assert!(serde_json::from_str::<Value>(claims["sub"].as_str().unwrap()).unwrap().is_object());
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 15 * 60);
}

#[test]
fn a_token_of_another_environment() {
    let (sim, other) = (Sim::start(), Sim::start());
    let nip = SELLER.parse().unwrap();
    for sim in [&sim, &other] {
        sim.control().make_company(nip, "S").unwrap();
    }
    let token = other.control().make_token(nip, &[Permission::InvoiceRead]).unwrap();
    assert_eq!(sim.login_status(&sim.token_request(&token))["code"], 450);
}

#[test]
fn invoices_stay_at_150() {
    let sim = Sim::start();
    let access = sim.login();
    sim.control().quirk(Quirk::InvoicesStayAt150, true);
    let session = sim.open(&access);
    let reference = sim.send_invoice(&access, &session, &invoice("S"));
    let code = || sim.invoice(&access, &session, &reference)["status"]["code"].clone();
    assert_eq!(code(), 150);
    sim.control().step(&StepTarget::All).unwrap();
    assert_eq!(code(), 150);
    sim.control().quirk(Quirk::InvoicesStayAt150, false);
    assert_eq!(code(), 200);
}

#[test]
fn a_duplicate_names_its_own_session() {
    let sim = Sim::start();
    let access = sim.login();
    sim.outcome(&access, &invoice("D"));
    sim.control().quirk(Quirk::DuplicateNamesItsOwnSession, true);
    let session = sim.open(&access);
    let reference = sim.send_invoice(&access, &session, &invoice("D"));
    let outcome = sim.invoice(&access, &session, &reference);
    assert_eq!(outcome["status"]["extensions"]["originalSessionReferenceNumber"], json!(session.reference));
}

#[test]
fn dates_of_permanent_storage() {
    let sim = Sim::start();
    let access = sim.login();
    sim.control().quirk(Quirk::PermanentStorageDateMissing, true);
    let session = sim.open(&access);
    let reference = sim.send_invoice(&access, &session, &invoice("P"));
    let missing = sim.invoice(&access, &session, &reference);
    assert_eq!(missing["status"]["code"], 200);
    assert!(missing.get("permanentStorageDate").is_none());
    let path = format!("/invoices/ksef/{}", missing["ksefNumber"].as_str().unwrap());
    assert_eq!(sim.get(&path, Some(&access)).expect(400).exception().0, 21165);
    sim.control().quirk(Quirk::PermanentStorageDateEarly, true);
    sim.control().quirk(Quirk::PermanentStorageDateMissing, false);
    let early = sim.invoice(&access, &session, &reference);
    assert!(early["permanentStorageDate"].as_str().unwrap() < early["acquisitionDate"].as_str().unwrap());
    sim.get(&path, Some(&access)).expect(200);
    sim.control().quirk(Quirk::InvoiceNotYetAvailable, true);
    assert_eq!(sim.get(&path, Some(&access)).expect(400).exception().0, 21165);
}

#[test]
fn a_document_appears_below_the_mark() {
    let sim = Sim::start();
    let access = sim.login();
    let window = json!({
        "subjectType": "Subject1",
        "dateRange": {
            "dateType": "PermanentStorage", "from": "2026-11-21T00:00:00Z", "to": "2026-11-22T23:00:00Z",
            "restrictToPermanentStorageHwmDate": true,
        },
    });
    let count = || {
        let found = sim.post("/invoices/query/metadata", Some(&access), &window).expect(200).json();
        assert_eq!(
            found["permanentStorageHwmDate"], "2026-11-22T23:00:00.0000000+00:00",
            "the window is complete"
        );
        found["invoices"].as_array().unwrap().len()
    };
    sim.outcome(&access, &invoice("B 1"));
    assert_eq!(count(), 0);
    sim.control().quirk(Quirk::DocumentBelowTheMark, true);
    sim.outcome(&access, &invoice("B 2"));
    assert_eq!(count(), 1);
}

#[test]
fn a_listing_has_to_begin_again() {
    let sim = Sim::start();
    let access = sim.login();
    let session = sim.open(&access);
    (0..11).for_each(|number| drop(sim.send_invoice(&access, &session, &invoice(&format!("C {number}")))));
    let path = format!("/sessions/{}/invoices", session.reference);
    let token =
        sim.get(&path, Some(&access)).expect(200).json()["continuationToken"].as_str().unwrap().to_owned();
    let next = [("x-continuation-token", token.as_str())];
    sim.request("GET", &path, Some(&access), &next, None).expect(200);
    sim.control().quirk(Quirk::ContinuationTokenRefused, true);
    assert_eq!(sim.request("GET", &path, Some(&access), &next, None).expect(400).exception().0, 21418);
}

#[test]
fn unknown_fields_everywhere() {
    let sim = Sim::start();
    sim.control().quirk(Quirk::UnknownFields, true);
    let challenge = sim.post_empty("/auth/challenge", None).expect(200).json();
    assert!(challenge["newSinceYesterday"].is_object());
    assert!(
        sim.get("/security/public-key-certificates", None).expect(200).json()[0]["newSinceYesterday"]
            .is_object()
    );
}

#[test]
fn a_fresh_operation_is_not_found_for_a_moment() {
    let sim = Sim::start();
    sim.control().make_company(SELLER.parse().unwrap(), "S").unwrap();
    let token = sim.control().make_token(SELLER.parse().unwrap(), &[Permission::InvoiceRead]).unwrap();
    sim.control().quirk(Quirk::FreshOperationNotFound, true);
    let (reference, operation) = sim.begin(&sim.token_request(&token));
    let look = || sim.get(&format!("/auth/{reference}"), Some(&operation));
    assert_eq!(look().expect(400).exception().0, 21304);
    assert_eq!(look().expect(400).exception().0, 21304);
    look().expect(200);
}

#[test]
fn the_shield() {
    let sim = Sim::start();
    let access = sim.login();
    sim.control().quirk(Quirk::ShieldBlocks, true);
    let blocked = sim.get("/rate-limits", Some(&access)).expect(403).json();
    assert_eq!(blocked["reasonCode"], "security-service-blocked");
    sim.control().quirk(Quirk::ShieldBlocks, false);
    sim.control().quirk(Quirk::ShieldAnswersHtml, true);
    let page = sim.try_request("GET", "/rate-limits", Some(&access), &[], None).unwrap().expect(403);
    assert!(page.text().contains("Support ID"));
}

#[test]
fn retry_after_may_be_missing() {
    let sim = Sim::with(ksef_sim::SimulatorConfig {
        rate_limits: ksef_sim::RateLimits::Published,
        ..crate::harness::config()
    });
    sim.control().quirk(Quirk::NoRetryAfter, true);
    (0..60).for_each(|_| drop(sim.post_empty("/auth/challenge", None).expect(200)));
    assert_eq!(sim.post_empty("/auth/challenge", None).expect(429).header("retry-after"), None);
}

#[test]
fn every_quirk_has_a_name_for_the_management() {
    let sim = Sim::start();
    for quirk in Quirk::ALL {
        let name = json!(quirk);
        let address = format!("{}/quirks/{}", sim.running().management(), name.as_str().unwrap());
        let on = sim.send(&address, "PUT", None, &[], Some(Vec::new())).unwrap().expect(200).json();
        assert!(on["on"].as_array().unwrap().contains(&name), "{name}");
        let off: Value = sim.send(&address, "DELETE", None, &[], None).unwrap().expect(200).json();
        assert_eq!(off["on"], json!([]), "{name}");
    }
}
