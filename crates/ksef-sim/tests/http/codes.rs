//! Codes of the contract that no test of a flow comes to. What a flow answers has its test there; together they are every
//! code of every operation, but for three that have no input which could be wrong: ending the session in use, asking for
//! the consent to attachments, and setting the rate limits of production (21405).

use ksef_crypto::{OsRandomness, SessionKey};
use ksef_sim::{Permission, PersonId, Quirk};
use ksef_types::{ContextKind, KsefNumber, Nip};
use serde_json::{Value, json};

use crate::actors::{Actor, PESEL, XML, allow, test_environment};
use crate::exports::start_body;
use crate::harness::{SELLER, Sim, invoice};
use crate::passed_on::unit;

const WORKER: &str = "44051401359";
const NOBODYS: &str = "20261123-SO-0123456789-ABCDEF0123-4E";

fn code(answer: crate::harness::Answer) -> u64 {
    answer.expect(400).exception().0
}

#[test]
fn every_operation_with_input_refuses_a_wrong_one() {
    let sim = test_environment();
    let access = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let of_session = |rest: &str| format!("/sessions/{NOBODYS}/{rest}");
    for path in [
        "/auth/sessions?pageSize=1",
        "/certificates/enrollments/x",
        "/collective-identifiers/1/invoices?pageSize=1",
        "/collective-identifiers/ksef/x",
        "/invoices/exports/x",
        "/sessions/x/invoices",
        "/sessions/x/invoices/failed",
        "/tokens?pageSize=1",
        "/tokens/x",
        "/peppol/query?pageSize=1",
        "/permissions/query/entities/roles?pageSize=1",
        &of_session("invoices/x"),
        &of_session("invoices/ksef/x/upo"),
        &of_session("invoices/x/upo"),
        &of_session("upo/x"),
    ] {
        assert_eq!(code(sim.get(path, Some(&access))), 21405, "GET {path}");
    }
    for path in ["/auth/sessions/x", "/permissions/common/grants/x", "/permissions/authorizations/grants/x"] {
        assert_eq!(code(sim.delete(path, Some(&access))), 21405, "DELETE {path}");
    }
    let empty = json!({});
    for (path, body) in [
        ("/certificates/query", json!({ "status": "x" })),
        ("/testdata/limits/subject/certificate", json!({ "subjectIdentifierType": "x" })),
        ("/testdata/subject/remove", empty.clone()),
        ("/testdata/permissions/revoke", empty.clone()),
        ("/testdata/attachment", empty.clone()),
        ("/permissions/entities/grants", empty.clone()),
        ("/permissions/authorizations/grants", empty.clone()),
        ("/permissions/indirect/grants", empty.clone()),
        ("/permissions/eu-entities/administration/grants", empty.clone()),
        ("/permissions/query/persons/grants?pageSize=1", empty.clone()),
        ("/permissions/query/subunits/grants?pageSize=1", empty.clone()),
        ("/permissions/query/entities/grants?pageSize=1", empty.clone()),
        ("/permissions/query/subordinate-entities/roles?pageSize=1", empty.clone()),
        ("/permissions/query/authorizations/grants?pageSize=1", empty),
    ] {
        assert_eq!(code(sim.post(path, Some(&access), &body)), 21405, "POST {path}");
    }
    for path in ["/sessions/online/x/close", "/sessions/batch/x/close"] {
        assert_eq!(code(sim.post_empty(path, Some(&access))), 21405, "POST {path}");
    }
    let path = "/auth/xades-signature?verifyCertificateChain=maybe";
    assert_eq!(code(sim.request("POST", path, None, &XML, Some(b"<a/>".to_vec()))), 21405);
}

#[test]
fn what_is_wrong_with_a_request_to_log_in() {
    let sim = Sim::start();
    let signature = "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>";
    let request = |inside: &str| {
        format!(
            "<AuthTokenRequest xmlns=\"http://ksef.mf.gov.pl/auth/token/2.1\">{inside}</AuthTokenRequest>"
        )
    };
    let asked = |nip: &str| {
        format!(
            "<Challenge>20261123-CR-0123456789-ABCDEF0123-4E</Challenge><ContextIdentifier><Nip>{nip}</Nip>\
             </ContextIdentifier><SubjectIdentifierType>certificateSubject</SubjectIdentifierType>{signature}"
        )
    };
    let mut no_utf8 = request("x").into_bytes();
    no_utf8[3] = 0xff;
    for (document, expected) in [
        (no_utf8, 21217),
        (request(signature).into_bytes(), 21401),
        (request(&format!("{signature}{signature}")).into_bytes(), 9103),
        (request(&asked("5265877636")).into_bytes(), 21117),
        (request(&asked(SELLER)).into_bytes(), 9105),
    ] {
        let told = String::from_utf8_lossy(&document).into_owned();
        let answer = sim.request("POST", "/auth/xades-signature", None, &XML, Some(document));
        assert_eq!(code(answer), expected, "{told}");
    }
}

#[test]
fn what_is_not_there() {
    let sim = test_environment();
    let access = Actor::firm(SELLER).in_firm(&sim, SELLER);
    for path in [
        format!("/sessions/{NOBODYS}/invoices"),
        format!("/sessions/{NOBODYS}/invoices/failed"),
        format!("/sessions/{NOBODYS}/upo/20261123-EU-0123456789-ABCDEF0123-4E"),
    ] {
        assert_eq!(code(sim.get(&path, Some(&access))), 21173, "{path}");
    }
    let nip: Nip = SELLER.parse().unwrap();
    let number = KsefNumber::compose(nip, ksef_types::warsaw_date(crate::harness::noon()), [7; 6]);
    assert_eq!(code(sim.get(&format!("/invoices/ksef/{number}"), Some(&access))), 21164);
    let session = sim.open(&access);
    sim.send_invoice(&access, &session, &invoice("N 1"));
    for path in [
        format!("/sessions/{}/invoices/ksef/{number}/upo", session.reference),
        format!("/sessions/{}/upo/20261123-EU-0123456789-ABCDEF0123-4E", session.reference),
    ] {
        assert_eq!(code(sim.get(&path, Some(&access))), 21178, "{path}");
    }
    let body = json!({ "validTo": "2027-01-01T00:00:00Z" }).to_string().into_bytes();
    let kind = [("content-type", "application/json")];
    let path = "/testdata/certificates/0123456789ABCDEF";
    assert_eq!(code(sim.request("PUT", path, Some(&access), &kind, Some(body))), 25008);
    let token = [("x-continuation-token", "???")];
    for path in [
        "/auth/sessions".to_owned(),
        "/sessions?sessionType=Online".to_owned(),
        format!("/sessions/{}/invoices/failed", session.reference),
        "/tokens".to_owned(),
    ] {
        assert_eq!(code(sim.request("GET", &path, Some(&access), &token, None)), 21418, "{path}");
    }
}

#[test]
fn an_export_that_the_context_cannot_have() {
    let sim = test_environment();
    let owner = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let unit = unit(&sim, &owner);
    let administrator = unit.token;
    let grant = json!({
        "subjectIdentifier": { "type": "Pesel", "value": WORKER },
        "permissions": ["InvoiceRead"],
        "description": "Przeglądanie w oddziale",
        "subjectDetails": crate::entitled::named_person(),
    });
    crate::entitled::given(&sim, &administrator, "/permissions/persons/grants", &grant);
    let reader = Actor::person(WORKER).enters(&sim, ContextKind::InternalId, &unit.id).unwrap();
    let key = SessionKey::generate(&OsRandomness);
    let start = |role: &str| sim.post("/invoices/exports", Some(&reader), &start_body(&sim, &key, role));
    assert_eq!(code(start("Subject2")), 21181);
    start("Subject3").expect(201);
}

#[test]
fn tokens_that_are_not_handed_out() {
    let sim = test_environment();
    allow(&sim, PESEL, SELLER, &[Permission::InvoiceRead]);
    let person = ksef_sim::NewPerson {
        id: PersonId::Pesel(PESEL.parse().unwrap()),
        given_name: "Anna".to_owned(),
        surname: "Żółć".to_owned(),
        owner_of: None,
    };
    sim.control().make_person(person).unwrap();
    let anna = Actor::person(PESEL);
    let (_, refresh) = anna.logs_in(&sim, ContextKind::Nip, SELLER).unwrap();
    let begun = |sim: &Sim| -> Value {
        let nip: Nip = SELLER.parse().unwrap();
        let subject = ksef_crypto::xades::SubjectIdentifierType::CertificateSubject;
        let document = crate::actors::signed(sim, &anna.credential, nip.into(), subject);
        crate::actors::authenticate(sim, document).expect(202).json()
    };
    let operation = |begun: &Value| begun["authenticationToken"]["token"].as_str().unwrap().to_owned();
    sim.control().quirk(Quirk::FreshOperationNotFound, true);
    let fresh = begun(&sim);
    assert_eq!(code(sim.post_empty("/auth/token/redeem", Some(&operation(&fresh)))), 21304);
    sim.control().quirk(Quirk::FreshOperationNotFound, false);
    let living = begun(&sim);
    sim.get(&format!("/auth/{}", living["referenceNumber"].as_str().unwrap()), Some(&operation(&living)));
    sim.control().declare_deceased(PersonId::Pesel(PESEL.parse().unwrap())).unwrap();
    assert_eq!(code(sim.post_empty("/auth/token/redeem", Some(&operation(&living)))), 21308);
    assert_eq!(code(sim.post_empty("/auth/token/refresh", Some(&refresh))), 21308);
}
