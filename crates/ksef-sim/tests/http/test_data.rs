//! What the test environment lets everybody arrange.

use chrono::Duration;
use ksef_sim::{RateLimits, SimulatorConfig};
use ksef_types::ContextKind;
use serde_json::{Value, json};

use crate::actors::{Actor, PESEL, test_environment};
use crate::harness::{SELLER, Sim, config};

fn code(sim: &Sim, path: &str, body: &Value) -> u64 {
    sim.post(path, None, body).expect(400).exception().0
}

#[test]
fn a_firm_of_one_person_and_a_bailiff() {
    let sim = test_environment();
    let body = json!({ "nip": "7980332920", "pesel": PESEL, "isBailiff": true, "description": "Komornik" });
    sim.post("/testdata/person", None, &body).expect(200);
    assert_eq!(code(&sim, "/testdata/person", &body), 30001);
    let anna = Actor::person(PESEL);
    let access = anna.in_firm(&sim, "7980332920");
    let own = sim.post("/permissions/query/personal/grants", Some(&access), &json!({})).expect(200).json();
    assert_eq!(own["ownerPermissions"].as_array().unwrap().len(), 8);
    let roles = sim.get("/permissions/query/entities/roles", Some(&access)).expect(200).json();
    assert_eq!(roles["roles"][0]["role"], "CourtBailiff");
    // Certificates of the person and of the firm are one heap.
    let firm = Actor::firm("7980332920").in_firm(&sim, "7980332920");
    crate::actors::enrolled(&sim, &firm, "Offline");
    let listed = sim.post("/certificates/query", Some(&access), &json!({})).expect(200).json();
    assert_eq!(listed["certificates"].as_array().unwrap().len(), 1);

    sim.post("/testdata/person/remove", None, &json!({ "nip": "7980332920" })).expect(200);
    assert_eq!(anna.enters(&sim, ContextKind::Nip, "7980332920").unwrap_err()["code"], 415);
    assert_eq!(code(&sim, "/testdata/person/remove", &json!({ "nip": "7980332920" })), 21405);
    let mut again = body.clone();
    again["createdDate"] = json!("2026-11-23T10:00:00Z");
    assert_eq!(code(&sim, "/testdata/person", &again), 21405, "not before the last time");
    again["createdDate"] = json!("2026-11-24T10:00:00Z");
    again["isDeceased"] = json!(true);
    sim.post("/testdata/person", None, &again).expect(200);
    assert_eq!(anna.enters(&sim, ContextKind::Nip, "7980332920").unwrap_err()["code"], 470);
}

#[test]
fn subjects_come_and_go_with_their_units() {
    let sim = test_environment();
    let unit = "4972530874";
    let body = json!({
        "subjectNip": "3755747347", "subjectType": "JST", "description": "Gmina",
        "subunits": [{ "subjectNip": unit, "description": "Szkoła" }],
    });
    sim.post("/testdata/subject", None, &body).expect(200);
    assert_eq!(code(&sim, "/testdata/subject", &body), 30001);
    let access = Actor::firm(unit).in_firm(&sim, unit);
    let role =
        || sim.get("/permissions/query/entities/roles", Some(&access)).expect(200).json()["roles"].clone();
    assert_eq!(role()[0]["role"], "LocalGovernmentSubUnit");
    sim.post("/testdata/subject/remove", None, &json!({ "subjectNip": "3755747347" })).expect(200);
    assert_eq!(role(), json!([]));
    let authority = json!({
        "subjectNip": SELLER, "subjectType": "EnforcementAuthority", "description": "Organ egzekucyjny",
    });
    sim.post("/testdata/subject", None, &authority).expect(200);
    let mut wrong = body;
    wrong["subjectType"] = json!("EnforcementAuthority");
    assert_eq!(code(&sim, "/testdata/subject", &wrong), 21405, "no units there");
    assert_eq!(code(&sim, "/testdata/subject", &json!({ "subjectNip": "123" })), 21405);
}

#[test]
fn permissions_by_the_system() {
    let sim = test_environment();
    let who = json!({
        "contextIdentifier": { "type": "Nip", "value": SELLER },
        "authorizedIdentifier": { "type": "Pesel", "value": PESEL },
    });
    let mut body = who.clone();
    body["permissions"] = json!([{ "permissionType": "InvoiceRead", "description": "Praca w firmie" }]);
    sim.post("/testdata/permissions", None, &body).expect(200);
    let access = Actor::person(PESEL).in_firm(&sim, SELLER);
    let own = sim.post("/permissions/query/personal/grants", Some(&access), &json!({})).expect(200).json();
    assert_eq!(own["permissions"][0]["description"], "Praca w firmie");
    sim.post("/testdata/permissions/revoke", None, &who).expect(200);
    assert_eq!(Actor::person(PESEL).enters(&sim, ContextKind::Nip, SELLER).unwrap_err()["code"], 415);
    body["authorizedIdentifier"]["value"] = json!("30112206275");
    assert_eq!(code(&sim, "/testdata/permissions", &body), 21405);
}

#[test]
fn consent_to_attachments() {
    let sim = test_environment();
    let access = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let status = || sim.get("/permissions/attachments/status", Some(&access)).expect(200).json();
    assert_eq!(status()["isAttachmentAllowed"], false);
    assert_eq!(code(&sim, "/testdata/attachment/revoke", &json!({ "nip": SELLER })), 21405);
    sim.post("/testdata/attachment", None, &json!({ "nip": SELLER })).expect(200);
    assert_eq!(status(), json!({ "isAttachmentAllowed": true, "revokedDate": null }));
    let later = json!({ "nip": SELLER, "expectedEndDate": "2026-11-30" });
    sim.post("/testdata/attachment/revoke", None, &later).expect(200);
    assert_eq!(
        status(),
        json!({ "isAttachmentAllowed": true, "revokedDate": "2026-11-29T23:00:00.0000000+00:00" })
    );
    sim.post("/testdata/attachment/revoke", None, &json!({ "nip": SELLER })).expect(200);
    assert_eq!(status()["isAttachmentAllowed"], false);
}

#[test]
fn a_blocked_context_lets_nobody_in() {
    let sim = test_environment();
    let actor = Actor::firm(SELLER);
    let body = json!({ "contextIdentifier": { "type": "Nip", "value": SELLER } });
    sim.post("/testdata/context/block", None, &body).expect(200);
    assert_eq!(actor.enters(&sim, ContextKind::Nip, SELLER).unwrap_err()["code"], 480);
    sim.post("/testdata/context/unblock", None, &body).expect(200);
    actor.in_firm(&sim, SELLER);
    sim.control().make_company(SELLER.parse().unwrap(), "Sprzedawca").unwrap();
    sim.control().block(SELLER.parse().unwrap(), true).unwrap();
    assert_eq!(actor.enters(&sim, ContextKind::Nip, SELLER).unwrap_err()["code"], 480);
    sim.post("/testdata/context/unblock", None, &body).expect(200);
    actor.in_firm(&sim, SELLER);
    assert_eq!(code(&sim, "/testdata/context/block", &json!({})), 21405);
}

#[test]
fn limits_of_sessions() {
    let sim = test_environment();
    let access = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let limits = |size: u32, most: u32| json!({ "maxInvoiceSizeInMB": size, "maxInvoiceWithAttachmentSizeInMB": 5, "maxInvoices": most });
    let body = json!({ "onlineSession": limits(2, 1), "batchSession": limits(3, 7), "collectiveIdentifier": { "maxInvoices": 9 } });
    sim.post("/testdata/limits/context/session", Some(&access), &body).expect(200);
    let shown = || sim.get("/limits/context", Some(&access)).expect(200).json();
    assert_eq!(shown(), body);
    let session = sim.open(&access);
    sim.send_invoice(&access, &session, &crate::harness::invoice("1"));
    let more = crate::harness::send_body(&session.key, &crate::harness::invoice("2"));
    let path = format!("/sessions/online/{}/invoices", session.reference);
    assert_eq!(sim.post(&path, Some(&access), &more).expect(400).exception().0, 21155);
    let wrong = json!({ "onlineSession": limits(6, 1), "batchSession": limits(3, 7) });
    let refused = sim.post("/testdata/limits/context/session", Some(&access), &wrong).expect(400);
    assert_eq!(refused.exception().0, 21405);
    sim.delete("/testdata/limits/context/session", Some(&access)).expect(200);
    assert_eq!(
        shown()["onlineSession"],
        json!({ "maxInvoiceSizeInMB": 1, "maxInvoiceWithAttachmentSizeInMB": 3, "maxInvoices": 10_000 })
    );
}

#[test]
fn limits_of_requests() {
    let sim =
        Sim::with(SimulatorConfig { self_signed: true, rate_limits: RateLimits::Multiplied(10), ..config() });
    let access = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let get = || sim.get("/limits/subject", Some(&access));
    let shown = |group: &str| {
        let found = sim.get("/rate-limits", Some(&access)).expect(200).json();
        sim.control().reset_rate_limits();
        found[group]["perSecond"].clone()
    };
    assert_eq!(shown("other"), 100);
    sim.post_empty("/testdata/rate-limits/production", Some(&access)).expect(200);
    assert_eq!((shown("other"), shown("onlineSessionClose")), (json!(10), json!(10)));
    (0..10).for_each(|_| drop(get().expect(200)));
    get().expect(429);
    sim.control().advance(Duration::minutes(2));

    let values = json!({ "perSecond": 2, "perMinute": 3, "perHour": -1 });
    let groups = [
        "onlineSession",
        "batchSession",
        "invoiceSend",
        "invoiceStatus",
        "sessionList",
        "sessionInvoiceList",
        "sessionMisc",
        "invoiceMetadata",
        "invoiceExport",
        "invoiceExportStatus",
        "invoiceDownload",
        "collectiveIdentifier",
        "other",
    ];
    let own: Value = groups
        .iter()
        .map(|group| ((*group).to_owned(), values.clone()))
        .collect::<serde_json::Map<_, _>>()
        .into();
    sim.post("/testdata/rate-limits", Some(&access), &json!({ "rateLimits": own })).expect(200);
    let found = sim.get("/rate-limits", Some(&access)).expect(200).json();
    assert_eq!((found["other"].clone(), found["batchSessionClose"].clone()), (values.clone(), values));
    get().expect(429);
    sim.control().reset_rate_limits();
    sim.delete("/testdata/rate-limits", Some(&access)).expect(200);
    assert_eq!(shown("other"), 100);
    let mut wrong = own;
    wrong["other"]["perHour"] = json!(0);
    let refused =
        sim.post("/testdata/rate-limits", Some(&access), &json!({ "rateLimits": wrong })).expect(400);
    assert_eq!(refused.exception().0, 21405);
}
