use std::collections::BTreeSet;

use ksef_sim::{Fault, FaultKind, Operation, Permission};
use serde_json::json;

use crate::harness::{Sim, invoice, send_body};

fn challenge(sim: &Sim) -> Result<crate::harness::Answer, ureq::Error> {
    sim.try_request("POST", "/auth/challenge", None, &[], Some(Vec::new()))
}

fn after(sim: &Sim, kind: FaultKind) -> Result<crate::harness::Answer, ureq::Error> {
    sim.control().fault(Fault::next(Operation::Challenge, kind));
    let struck = challenge(sim);
    assert_eq!(challenge(sim).unwrap().status, 200, "the next one is right again");
    struck
}

#[test]
fn answers_instead_of_the_right_one() {
    let sim = Sim::start();
    let refuse =
        FaultKind::Refuse { code: 21184, description: "Chwilowo.".to_owned(), details: vec!["x".to_owned()] };
    assert_eq!(after(&sim, refuse).unwrap().expect(400).exception(), (21184, "x".to_owned()));
    for status in [500, 503] {
        assert_eq!(after(&sim, FaultKind::Status { status }).unwrap().status, status);
        assert_eq!(after(&sim, FaultKind::StatusAfter { status }).unwrap().status, status);
    }
    let limited = after(&sim, FaultKind::TooManyRequests { retry_after: 17 }).unwrap().expect(429);
    assert_eq!(limited.header("retry-after"), Some("17"));
    let html = after(&sim, FaultKind::Html { status: 200 }).unwrap().expect(200);
    assert!(html.text().starts_with("<!DOCTYPE html>"));
    let redirect = after(&sim, FaultKind::Redirect { location: "http://example.com/v2".to_owned() }).unwrap();
    assert_eq!((redirect.status, redirect.header("location")), (307, Some("http://example.com/v2")));
    let shield = after(&sim, FaultKind::Shield).unwrap().expect(403);
    assert_eq!(shield.json()["reasonCode"], "security-service-blocked");
    assert!(
        shield.json()["security"]["incidentId"].is_string()
            && shield.json()["security"]["clientIp"] == "127.0.0.1"
    );
    let page = after(&sim, FaultKind::ShieldHtml).unwrap().expect(403);
    assert!(page.header("set-cookie").is_some() && page.text().contains("html"));
}

/// Each with what the contract says of it under `security`.
#[test]
fn every_reason_of_403() {
    let sim = Sim::start();
    let reasons = [
        ("missing-permissions", vec!["presentPermissions", "requiredAnyOfPermissions"]),
        ("ip-not-allowed", vec!["clientIp"]),
        ("insufficient-resource-access", vec![]),
        ("auth-method-not-allowed", vec!["authenticationMethodCategory"]),
        ("security-service-blocked", vec!["clientIp", "incidentId"]),
        ("context-type-not-allowed", vec!["contextIdentifierType"]),
        ("not-listed-yet", vec![]),
    ];
    for (reason, told) in reasons {
        let forbid = FaultKind::Forbid { reason: reason.to_owned() };
        let answer = after(&sim, forbid).unwrap().expect(403).json();
        assert_eq!(answer["reasonCode"], reason);
        let fields = answer["security"].as_object().into_iter().flatten();
        let names: BTreeSet<&str> = fields.map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, told.into_iter().collect(), "{reason}");
    }
}

#[test]
fn bodies_that_are_wrong() {
    let sim = Sim::start();
    assert!(after(&sim, FaultKind::WrongBody).unwrap().expect(200).json().is_array());
    let broken = after(&sim, FaultKind::NotJson).unwrap().expect(200);
    assert!(serde_json::from_slice::<serde_json::Value>(&broken.body).is_err());
    assert!(after(&sim, FaultKind::CutOff).is_err(), "the length promises more than comes");
    let large = after(&sim, FaultKind::Oversized { bytes: 3_000_000 }).unwrap().expect(200);
    assert!(large.body.len() > 3_000_000);
    assert!(large.json()["challenge"].is_string());
    let endless = after(&sim, FaultKind::Endless).unwrap();
    assert_eq!(endless.body.len(), 4_000_000, "as much as the reader takes");
}

#[test]
fn lines_that_are_cut() {
    let sim = Sim::start();
    let access = sim.login();
    let session = sim.open(&access);
    let path = format!("/sessions/online/{}/invoices", session.reference);
    let send = |kind: FaultKind, number: &str| {
        sim.control().fault(Fault::next(Operation::SendInvoice, kind));
        let body = send_body(&session.key, &invoice(number)).to_string().into_bytes();
        sim.try_request("POST", &path, Some(&access), &[("content-type", "application/json")], Some(body))
    };
    let count = || {
        let list =
            sim.get(&format!("/sessions/{}/invoices", session.reference), Some(&access)).expect(200).json();
        list["invoices"].as_array().unwrap().len()
    };
    assert!(send(FaultKind::DropBefore, "1").is_err());
    assert_eq!(count(), 0, "nothing was done");
    assert!(send(FaultKind::DropAfter, "2").is_err());
    assert_eq!(count(), 1, "it was done");
    let arrived = sim.control().arrived().unwrap();
    let cut: Vec<_> = arrived.requests.iter().filter(|request| request.fault.is_some()).collect();
    assert_eq!(cut.len(), 2);
    assert!(cut.iter().all(|request| request.answered.is_none()));
}

#[test]
fn by_operation_and_count() {
    let sim = Sim::start();
    let fault =
        Fault { after: 1, ..Fault::times(Operation::Challenge, 2, FaultKind::Status { status: 503 }) };
    sim.control().fault(fault);
    let statuses: Vec<u16> = (0..4).map(|_| challenge(&sim).unwrap().status).collect();
    assert_eq!(statuses, [200, 503, 503, 200]);
    assert!(sim.control().faults().is_empty());
    sim.control().fault(Fault::any(FaultKind::Status { status: 500 }));
    sim.get("/security/public-key-certificates", None).expect(500);
    sim.control().fault(Fault::any(FaultKind::DropBefore));
    sim.control().clear_faults();
    assert_eq!(challenge(&sim).unwrap().status, 200);
}

#[test]
fn delayed() {
    let sim = Sim::start();
    assert_eq!(after(&sim, FaultKind::Delay { milliseconds: 20 }).unwrap().status, 200);
}

#[test]
fn keys_and_tokens_between_two_requests() {
    let sim = Sim::start();
    let (access, _) = sim.login_with(&[Permission::InvoiceWrite]);
    let nip = crate::harness::SELLER.parse().unwrap();
    let token = sim.control().make_token(nip, &[Permission::InvoiceWrite]).unwrap();
    let body = sim.token_request(&token);
    sim.control().fault(Fault::next(Operation::AuthenticateByToken, FaultKind::RotateKeys));
    assert_eq!(sim.post("/auth/ksef-token", None, &body).expect(400).exception().0, 21470);
    assert_eq!(sim.login_status(&sim.token_request(&token))["code"], 200);
    sim.control().fault(Fault::next(Operation::RateLimits, FaultKind::ExpireTokens));
    sim.get("/rate-limits", Some(&access)).expect(401);
    assert_eq!(json!(sim.control().faults()), json!([]));
}
