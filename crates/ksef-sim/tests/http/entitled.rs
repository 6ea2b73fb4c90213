//! Permissions in a firm: given, seen, taken, with what they let one do.

use chrono::Duration;
use ksef_sim::{Ending, Permission};
use ksef_types::ContextKind;
use serde_json::{Value, json};

use crate::actors::{Actor, PESEL, allow, test_environment};
use crate::harness::{SELLER, Sim};

pub(crate) fn named_person() -> Value {
    json!({
        "subjectDetailsType": "PersonByIdentifier",
        "personById": { "firstName": "Anna", "lastName": "Żółć" },
    })
}

fn person_grant(permissions: &[&str]) -> Value {
    json!({
        "subjectIdentifier": { "type": "Pesel", "value": PESEL },
        "permissions": permissions,
        "description": "Księgowa",
        "subjectDetails": named_person(),
    })
}

/// The code that an operation came to.
pub(crate) fn operation(sim: &Sim, access: &str, started: &Value) -> u64 {
    let path = format!("/permissions/operations/{}", started["referenceNumber"].as_str().unwrap());
    sim.get(&path, Some(access)).expect(200).json()["status"]["code"].as_u64().unwrap()
}

pub(crate) fn given(sim: &Sim, access: &str, path: &str, body: &Value) {
    assert_eq!(failed(sim, access, path, body), 200, "{path} {body}");
}

/// The code of the operation that a body starts.
pub(crate) fn failed(sim: &Sim, access: &str, path: &str, body: &Value) -> u64 {
    let started = sim.post(path, Some(access), body).expect(202).json();
    operation(sim, access, &started)
}

/// Which of these permissions really open what they are for.
pub(crate) fn act<const N: usize>(sim: &Sim, access: &str, permissions: &[&str; N]) -> [bool; N] {
    permissions.map(|permission| {
        let answer = match permission {
            "InvoiceRead" => sim.post("/invoices/query/metadata", Some(access), &json!({})),
            "InvoiceWrite" => sim.post("/sessions/online", Some(access), &json!({})),
            "CredentialsManage" => sim.post("/permissions/persons/grants", Some(access), &json!({})),
            other => panic!("{other}"),
        };
        // An empty body is refused by whoever lets the caller through to it.
        match answer.status {
            400 => true,
            403 => {
                assert_eq!(answer.json()["reasonCode"], "missing-permissions");
                false
            }
            other => panic!("{other}: {}", answer.text()),
        }
    })
}

fn owner(sim: &Sim) -> String {
    Actor::firm(SELLER).in_firm(sim, SELLER)
}

const PERSONS: &str = "/permissions/persons/grants";

#[test]
fn a_person_may_what_was_given_and_no_more() {
    let sim = test_environment();
    let (owner, anna) = (owner(&sim), Actor::person(PESEL));
    assert_eq!(anna.enters(&sim, ContextKind::Nip, SELLER).unwrap_err()["code"], 415);
    given(&sim, &owner, PERSONS, &person_grant(&["InvoiceRead"]));
    let access = anna.in_firm(&sim, SELLER);
    let all = ["InvoiceRead", "InvoiceWrite", "CredentialsManage"];
    assert_eq!(act(&sim, &access, &all), [true, false, false]);
    // The same once more changes nothing.
    given(&sim, &owner, PERSONS, &person_grant(&["InvoiceRead", "CredentialsManage"]));
    let access = anna.in_firm(&sim, SELLER);
    assert_eq!(act(&sim, &access, &all), [true, false, true]);
    let own = sim.post("/permissions/query/personal/grants", Some(&access), &json!({})).expect(200).json();
    assert_eq!(own["permissions"].as_array().unwrap().len(), 2);
    assert_eq!(own["ownerPermissions"], json!([]));

    let body = json!({ "queryType": "PermissionsGrantedInCurrentContext" });
    let found = sim.post("/permissions/query/persons/grants", Some(&owner), &body).expect(200).json();
    assert_eq!(found["permissions"][0]["authorIdentifier"], json!({ "type": "Nip", "value": SELLER }));
    assert_eq!(found["permissions"][0]["subjectPersonDetails"]["lastName"], "Żółć");
    for item in found["permissions"].as_array().unwrap() {
        let path = format!("/permissions/common/grants/{}", item["id"].as_str().unwrap());
        let started = sim.delete(&path, Some(&owner)).expect(202).json();
        assert_eq!(operation(&sim, &owner, &started), 200);
        let again = sim.delete(&path, Some(&owner)).expect(202).json();
        assert_eq!(operation(&sim, &owner, &again), 400, "gone already");
    }
    assert_eq!(anna.enters(&sim, ContextKind::Nip, SELLER).unwrap_err()["code"], 415);
}

#[test]
fn every_status_of_an_operation() {
    let sim = test_environment();
    let owner = owner(&sim);
    let of = |body: &Value| failed(&sim, &owner, PERSONS, body);
    assert_eq!(of(&person_grant(&["EnforcementOperations"])), 430, "no enforcement authority");
    let mut own = person_grant(&["InvoiceRead"]);
    own["subjectIdentifier"] = json!({ "type": "Nip", "value": SELLER });
    assert_eq!(of(&own), 440, "the owner itself");
    for code in [400, 410, 420, 430, 440, 450, 500, 550] {
        sim.control().end_next(Ending::Permission { code, details: Vec::new() }).unwrap();
        assert_eq!(of(&person_grant(&["InvoiceRead"])), u64::from(code));
    }
    sim.control().end_next(Ending::Permission { code: 470, details: Vec::new() }).unwrap_err();
    assert_eq!(Actor::person(PESEL).enters(&sim, ContextKind::Nip, SELLER).unwrap_err()["code"], 415);

    // Somebody else's permission cannot be taken from here.
    let other = Actor::firm("1111111111").in_firm(&sim, "1111111111");
    given(&sim, &other, PERSONS, &person_grant(&["InvoiceRead"]));
    let body = json!({ "queryType": "PermissionsInCurrentContext" });
    let found = sim.post("/permissions/query/persons/grants", Some(&other), &body).expect(200).json();
    let path = format!("/permissions/common/grants/{}", found["permissions"][0]["id"].as_str().unwrap());
    let started = sim.delete(&path, Some(&owner)).expect(202).json();
    assert_eq!(operation(&sim, &owner, &started), 420);

    let reference = started["referenceNumber"].as_str().unwrap();
    let path = format!("/permissions/operations/{reference}");
    assert_eq!(sim.get(&path, Some(&other)).expect(400).exception().0, 21405, "another firm's operation");
    sim.control().advance(Duration::days(31));
    let owner = Actor::firm(SELLER).in_firm(&sim, SELLER);
    sim.get(&path, Some(&owner)).expect(410);
}

#[test]
fn what_a_body_must_say() {
    let sim = test_environment();
    let owner = owner(&sim);
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut body = person_grant(&["InvoiceRead"]);
        change(&mut body);
        sim.post(PERSONS, Some(&owner), &body).expect(400).exception().0
    };
    let changes: [&dyn Fn(&mut Value); 9] = [
        &|body| body["permissions"] = json!([]),
        &|body| body["permissions"] = json!(["InvoiceRead", "InvoiceRead"]),
        &|body| body["permissions"] = json!(["VatUeManage"]),
        &|body| body["subjectIdentifier"]["value"] = json!("30112206275"),
        &|body| body["subjectIdentifier"] = json!({ "type": "Fingerprint", "value": "AB".repeat(32) }),
        &|body| body["subjectDetails"]["personById"] = Value::Null,
        &|body| body["subjectDetails"]["personById"]["firstName"] = json!("A"),
        &|body| body["description"] = json!("abc"),
        &|body| drop(body.as_object_mut().unwrap().remove("subjectDetails")),
    ];
    for (place, change) in changes.iter().enumerate() {
        assert_eq!(refused(change), 21405, "{place}");
    }
}

#[test]
fn who_may_not_manage_is_told_what_is_missing() {
    let sim = test_environment();
    allow(&sim, PESEL, SELLER, &[Permission::InvoiceRead]);
    let access = Actor::person(PESEL).in_firm(&sim, SELLER);
    let needed = [
        ("POST", PERSONS, json!(["CredentialsManage"])),
        ("POST", "/permissions/entities/grants", json!(["CredentialsManage"])),
        ("POST", "/permissions/subunits/grants", json!(["SubunitManage"])),
        ("POST", "/permissions/eu-entities/grants", json!(["VatUeManage"])),
        (
            "POST",
            "/permissions/query/persons/grants",
            json!(["CredentialsManage", "CredentialsRead", "SubunitManage"]),
        ),
        ("GET", "/permissions/query/entities/roles", json!(["CredentialsManage", "CredentialsRead"])),
        ("GET", "/permissions/attachments/status", json!(["CredentialsManage", "CredentialsRead"])),
    ];
    for (method, path, required) in needed {
        let json = [("content-type", "application/json")];
        let body = (method == "POST").then(|| b"{}".to_vec());
        let refused = sim.request(method, path, Some(&access), &json, body).expect(403).json();
        assert_eq!(refused["reasonCode"], "missing-permissions");
        assert_eq!(refused["security"]["requiredAnyOfPermissions"], required, "{path}");
        assert_eq!(refused["security"]["presentPermissions"], json!(["InvoiceRead"]));
    }
}

#[test]
fn firms_that_act_for_one_another() {
    let sim = test_environment();
    let owner = owner(&sim);
    let other = "1111111111";
    let body = |scope: &str, to: &str| {
        json!({
            "subjectIdentifier": { "type": "Nip", "value": to },
            "permission": scope,
            "description": "Samofakturowanie",
            "subjectDetails": { "fullName": "Nabywca S.A." },
        })
    };
    let path = "/permissions/authorizations/grants";
    for scope in ["SelfInvoicing", "TaxRepresentative", "RRInvoicing"] {
        given(&sim, &owner, path, &body(scope, other));
    }
    given(&sim, &owner, path, &body("SelfInvoicing", other));
    assert_eq!(failed(&sim, &owner, path, &body("PefInvoicing", other)), 450, "for Peppol providers only");
    assert_eq!(failed(&sim, &owner, path, &body("SelfInvoicing", SELLER)), 440, "for oneself");
    let query = |token: &str, body: Value| {
        let found = sim.post("/permissions/query/authorizations/grants", Some(token), &body).expect(200);
        found.json()["authorizationGrants"].as_array().unwrap().clone()
    };
    assert_eq!(query(&owner, json!({ "queryType": "Granted" })).len(), 3);
    assert_eq!(query(&owner, json!({ "queryType": "Received" })).len(), 0);
    let buyer = Actor::firm(other).in_firm(&sim, other);
    let received = json!({
        "queryType": "Received",
        "authorizingIdentifier": { "type": "Nip", "value": SELLER },
        "permissionTypes": ["SelfInvoicing"],
    });
    let found = query(&buyer, received);
    assert_eq!(found.len(), 1);
    let path = format!("/permissions/authorizations/grants/{}", found[0]["id"].as_str().unwrap());
    let started = sim.delete(&path, Some(&buyer)).expect(202).json();
    assert_eq!(operation(&sim, &buyer, &started), 420, "only the firm that gave it");
    let started = sim.delete(&path, Some(&owner)).expect(202).json();
    assert_eq!(operation(&sim, &owner, &started), 200);
    assert_eq!(query(&owner, json!({ "queryType": "Granted" })).len(), 2);
}

#[test]
fn filters_and_pages_of_people() {
    let sim = test_environment();
    let owner = owner(&sim);
    given(&sim, &owner, PERSONS, &person_grant(&["InvoiceRead", "InvoiceWrite", "Introspection"]));
    allow(&sim, "44051401359", SELLER, &[Permission::InvoiceRead]);
    for number in 0..9 {
        let actor = Actor::stranger();
        let body = json!({
            "subjectIdentifier": { "type": "Fingerprint", "value": actor.fingerprint },
            "permissions": ["InvoiceRead"],
            "description": format!("Odcisk {number}"),
            "subjectDetails": {
                "subjectDetailsType": "PersonByFingerprintWithIdentifier",
                "personByFpWithId": {
                    "firstName": "Jan", "lastName": "Nowak",
                    "identifier": { "type": "Pesel", "value": PESEL },
                },
            },
        });
        given(&sim, &owner, PERSONS, &body);
        actor.in_firm(&sim, SELLER);
    }
    let query = |filter: Value, page: &str| {
        let mut body = json!({ "queryType": "PermissionsInCurrentContext" });
        body.as_object_mut().unwrap().extend(filter.as_object().unwrap().clone());
        sim.post(&format!("/permissions/query/persons/grants{page}"), Some(&owner), &body).expect(200).json()
    };
    let count = |filter: Value| query(filter, "?pageSize=100")["permissions"].as_array().unwrap().len();
    let first = query(json!({}), "");
    assert_eq!((first["permissions"].as_array().unwrap().len(), first["hasMore"].clone()), (10, true.into()));
    assert_eq!(query(json!({}), "?pageOffset=1")["permissions"].as_array().unwrap().len(), 3);
    assert_eq!(count(json!({ "authorizedIdentifier": { "type": "Pesel", "value": PESEL } })), 3);
    assert_eq!(count(json!({ "permissionTypes": ["InvoiceWrite", "Introspection"] })), 2);
    assert_eq!(count(json!({ "authorIdentifier": { "type": "System" } })), 1);
    assert_eq!(count(json!({ "permissionState": "Inactive" })), 0);
}

#[test]
fn a_buyer_issues_for_the_seller_that_allows_it() {
    let sim = test_environment();
    let buyer = crate::harness::BUYER;
    let access = Actor::firm(buyer).in_firm(&sim, buyer);
    // The sample's header, with self-invoicing switched on.
    let document = |number: &str| {
        let text = String::from_utf8(crate::harness::invoice(number)).unwrap();
        let changed = text.replacen("<P_17>2</P_17>", "<P_17>1</P_17>", 1);
        assert_ne!(text, changed);
        changed.into_bytes()
    };
    let outcome = |document: &[u8]| sim.outcome(&access, document)["status"]["code"].clone();
    assert_eq!(outcome(&document("S 1")), 410);
    let seller = owner(&sim);
    let body = json!({
        "subjectIdentifier": { "type": "Nip", "value": buyer },
        "permission": "SelfInvoicing",
        "description": "Samofakturowanie",
        "subjectDetails": { "fullName": "Nabywca S.A." },
    });
    given(&sim, &seller, "/permissions/authorizations/grants", &body);
    assert_eq!(outcome(&document("S 1")), 200);
    assert_eq!(outcome(&crate::harness::invoice("S 2")), 410, "not self-invoiced");
}
