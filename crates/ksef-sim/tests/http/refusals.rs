//! What is refused before an operation is reached, in both formats.

use ksef_crypto::{OsRandomness, SessionKey, base64};
use ksef_sim::Permission;
use serde_json::{Value, json};

use crate::harness::{Sim, invoice, open_body, send_body};

const PROBLEM: (&str, &str) = ("x-error-format", "problem-details");
const JSON: (&str, &str) = ("content-type", "application/json");

#[test]
fn unknown_paths_and_methods() {
    let sim = Sim::start();
    sim.get("/nothing", None).expect(404);
    let origin = sim.running().api().as_str().trim_end_matches("/v2").to_owned();
    for path in [
        "/",
        "/auth/challenge",
        "/v1/auth/challenge",
        "/companies",
        "/v2/companies",
        "/arrived",
        "/storage/upo/x",
    ] {
        let status = sim.send(&format!("{origin}{path}"), "GET", None, &[], None).unwrap().status;
        assert!(matches!(status, 403 | 404), "{path}: {status}");
    }
    let refused = sim.try_request("PUT", "/auth/challenge", None, &[], Some(Vec::new())).unwrap().expect(405);
    assert_eq!(refused.header("allow"), Some("POST"));
}

#[test]
fn without_a_good_token() {
    let sim = Sim::start();
    let (access, refresh) = sim.login_with(&[Permission::InvoiceWrite]);
    let changed = format!("{}x", &access[..access.len() - 1]);
    for token in [None, Some("nonsense"), Some(refresh.as_str()), Some(changed.as_str())] {
        let refused = sim.get("/rate-limits", token).expect(401);
        assert_eq!(refused.header("content-type"), Some("application/problem+json"));
        assert_eq!(refused.json()["title"], "Unauthorized");
    }
    sim.post_empty("/auth/token/refresh", Some(&access)).expect(401);
    let other = Sim::start();
    other.get("/rate-limits", Some(&access)).expect(401);
}

#[test]
fn without_a_permission() {
    let sim = Sim::start();
    let (access, _) = sim.login_with(&[Permission::InvoiceRead]);
    let key = SessionKey::generate(&OsRandomness);
    let refused =
        sim.post("/sessions/online", Some(&access), &open_body(&key, &[1; 256], None)).expect(403).json();
    assert_eq!(refused["reasonCode"], "missing-permissions");
    assert_eq!(
        refused["security"],
        json!({
            "requiredAnyOfPermissions": ["InvoiceWrite", "PefInvoiceWrite", "EnforcementOperations"],
            "presentPermissions": ["InvoiceRead"],
        })
    );
}

#[test]
fn both_formats() {
    let sim = Sim::start();
    let body = json!({ "challenge": "short" }).to_string().into_bytes();
    let path = "/auth/ksef-token";
    let older = sim.request("POST", path, None, &[JSON], Some(body.clone())).expect(400);
    assert_eq!(older.exception().0, 21405);
    let newer = sim.request("POST", path, None, &[JSON, PROBLEM], Some(body)).expect(400);
    assert_eq!(newer.header("content-type"), Some("application/problem+json"));
    let newer = newer.json();
    assert_eq!(newer["errors"][0]["code"], 21405);
    assert_eq!(newer["instance"], "/v2/auth/ksef-token");
    assert_eq!(newer["errors"][0]["details"].as_array().unwrap().len(), 3, "{newer}");
}

#[test]
fn bodies_that_cannot_be_read() {
    let sim = Sim::start();
    let path = "/auth/ksef-token";
    let code = |headers: &[(&str, &str)], body: &[u8]| {
        sim.request("POST", path, None, headers, Some(body.to_vec())).expect(400).exception().0
    };
    assert_eq!(code(&[JSON], b"{"), 21001);
    assert_eq!(code(&[JSON], b""), 21001);
    assert_eq!(code(&[("content-type", "text/plain")], b"{}"), 21001);
    assert_eq!(code(&[JSON], b"[]"), 21405);
    let xml = "/auth/xades-signature";
    assert_eq!(
        sim.request("POST", xml, None, &[JSON], Some(b"<a/>".to_vec())).expect(400).exception().0,
        21001
    );
    sim.request("POST", path, None, &[JSON], Some(vec![b' '; 8_000_000])).expect(413);
}

#[test]
fn every_rule_of_a_body() {
    let sim = Sim::start();
    let access = sim.login();
    let session = sim.open(&access);
    let path = format!("/sessions/online/{}/invoices", session.reference);
    let good = send_body(&session.key, &invoice("B"));
    let cases: [(&str, Value); 9] = [
        ("invoiceHash", Value::Null),
        ("invoiceHash", json!("abc")),
        ("invoiceHash", json!("!".repeat(44))),
        ("invoiceSize", json!("5")),
        ("invoiceSize", json!(-5)),
        ("invoiceSize", json!(1.5)),
        ("encryptedInvoiceContent", json!("%%%")),
        ("offlineMode", json!("no")),
        ("hashOfCorrectedInvoice", json!("short")),
    ];
    for (field, value) in cases {
        let mut body = good.clone();
        body[field] = value.clone();
        let (code, detail) = sim.post(&path, Some(&access), &body).expect(400).exception();
        assert_eq!(code, 21405, "{field} {value}");
        assert!(detail.contains(field), "{field}: {detail}");
    }
    for field in [
        "invoiceHash",
        "invoiceSize",
        "encryptedInvoiceHash",
        "encryptedInvoiceSize",
        "encryptedInvoiceContent",
    ] {
        let mut body = good.clone();
        body.as_object_mut().unwrap().remove(field);
        assert_eq!(sim.post(&path, Some(&access), &body).expect(400).exception().0, 21405, "{field}");
    }
}

#[test]
fn parameters_are_judged() {
    let sim = Sim::start();
    let access = sim.login();
    for path in [
        "/sessions/short",
        "/sessions",
        "/sessions?sessionType=Both",
        "/sessions?sessionType=Online&pageSize=9",
        "/sessions?sessionType=Online&pageSize=1001",
        "/sessions?sessionType=Online&pageSize=ten",
        "/sessions?sessionType=Online&dateCreatedFrom=yesterday",
        "/sessions?sessionType=Online&sessionType=Online",
        "/invoices/ksef/5265877635-20261123-0123456789AB-00",
    ] {
        let (code, detail) = sim.get(path, Some(&access)).expect(400).exception();
        assert_eq!(code, 21405, "{path}");
        assert!(!detail.is_empty(), "{path}");
    }
}

#[test]
fn sessions_of_others_do_not_exist() {
    let sim = Sim::start();
    let access = sim.login();
    let session = sim.open(&access);
    let other = "1111111111".parse().unwrap();
    sim.control().make_company(other, "Inna").unwrap();
    let token =
        sim.control().make_token(other, &[Permission::InvoiceWrite, Permission::InvoiceRead]).unwrap();
    let (stranger, _) = sim.login_by(&token);
    assert_eq!(
        sim.get(&format!("/sessions/{}", session.reference), Some(&stranger)).expect(400).exception().0,
        21173
    );
    let path = format!("/sessions/online/{}/invoices", session.reference);
    let sent = sim.post(&path, Some(&stranger), &send_body(&session.key, &invoice("S")));
    assert_eq!(sent.expect(400).exception().0, 21173);
}

#[test]
fn unknown_forms_and_vectors() {
    let sim = Sim::start();
    let access = sim.login();
    let key = SessionKey::generate(&OsRandomness);
    let (ministry, _) = sim.ministry_key("SymmetricKeyEncryption");
    let good = open_body(&key, &key.wrap(&ministry).unwrap(), None);
    let mut form = good.clone();
    form["formCode"]["schemaVersion"] = json!("1-1E");
    let (code, detail) = sim.post("/sessions/online", Some(&access), &form).expect(400).exception();
    assert_eq!((code, detail.as_str()), (21405, "Wskazany kod formularza nie jest wspierany."));
    let mut vector = good;
    vector["encryption"]["initializationVector"] = json!(base64::encode(&[0; 12]));
    assert_eq!(sim.post("/sessions/online", Some(&access), &vector).expect(400).exception().0, 21405);
}

#[test]
fn warnings() {
    let sim = Sim::start();
    let asked = [("x-test-system-warning", "[t-1]: probe")];
    let answer = sim.request("POST", "/auth/challenge", None, &asked, Some(Vec::new()));
    assert_eq!(answer.header("x-system-warning"), Some("[t-1]: probe"));
    sim.control().warn(Some("[w-1]: maintenance tonight"));
    assert_eq!(
        sim.post_empty("/auth/challenge", None).header("x-system-warning"),
        Some("[w-1]: maintenance tonight")
    );
    sim.control().warn(None);
    assert_eq!(sim.post_empty("/auth/challenge", None).header("x-system-warning"), None);
}

#[test]
fn what_a_caller_may() {
    let sim = Sim::start();
    let (access, _) = sim.login_with(&[Permission::InvoiceWrite, Permission::CredentialsRead]);
    let own = sim.post("/permissions/query/personal/grants", Some(&access), &json!({})).expect(200).json();
    assert_eq!(own["ownerPermissions"], json!(["CredentialsRead", "InvoiceWrite"]));
    assert_eq!(own["permissions"], json!([]));
    sim.post_empty("/permissions/query/personal/grants", Some(&access)).expect(200);
    let wrong = json!({ "permissionTypes": ["Everything"] });
    assert_eq!(
        sim.post("/permissions/query/personal/grants", Some(&access), &wrong).expect(400).exception().0,
        21405
    );
    let subject = sim.get("/limits/subject", Some(&access)).expect(200).json();
    assert_eq!(subject["certificate"]["maxCertificates"], 100);
}
