//! KSeF certificates: asked for, issued, used, revoked, refused.

use chrono::Duration;
use ksef_crypto::base64;
use ksef_crypto::xades::SubjectIdentifierType;
use ksef_sim::{Delays, Ending, Pace, Permission, SimulatorConfig, StateStore, StepTarget};
use ksef_types::{ContextIdentifier, ContextKind};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::x509::{X509, X509KeyUsage};
use serde_json::{Value, json};

use crate::actors::{
    Actor, PESEL, allow, application, asked_subject, certificate, csr, curve, enrol, enrolled, log_in, name,
    p256, rsa, test_environment,
};
use crate::harness::{SELLER, Sim, config, noon};

fn data(sim: &Sim, access: &str) -> Value {
    sim.get("/certificates/enrollments/data", Some(access)).expect(200).json()
}

/// A person who may read invoices of SELLER, with an access token.
fn person(sim: &Sim) -> String {
    allow(sim, PESEL, SELLER, &[Permission::InvoiceRead]);
    Actor::person(PESEL).in_firm(sim, SELLER)
}

fn in_seller() -> ContextIdentifier {
    ContextIdentifier::parse(ContextKind::Nip, SELLER).unwrap()
}

#[test]
fn from_a_signature_to_a_certificate_that_logs_in() {
    let sim = test_environment();
    let access = person(&sim);
    let data = data(&sim, &access);
    assert_eq!(
        data,
        json!({
            "commonName": "Anna Maria Żółć",
            "countryName": "PL",
            "givenName": "Anna Maria",
            "surname": "Żółć",
            "serialNumber": format!("PNOPL-{PESEL}"),
        })
    );
    let limits = sim.get("/certificates/limits", Some(&access)).expect(200).json();
    assert_eq!(limits["enrollment"], json!({ "remaining": 12, "limit": 12 }));
    assert_eq!(
        (limits["canRequest"].clone(), limits["certificate"]["limit"].clone()),
        (true.into(), 6.into())
    );

    let (serial, made) = enrolled(&sim, &access, "Authentication");
    let x509 = X509::from_der(made.certificate().der()).unwrap();
    assert!(
        serial.len() == 16 && serial.bytes().all(|digit| b"0123456789ABCDEF".contains(&digit)),
        "{serial}"
    );
    assert_eq!(x509.key_usage().unwrap(), X509KeyUsage::DIGITAL_SIGNATURE);
    assert_eq!(x509.signature_algorithm().object().nid(), Nid::ECDSA_WITH_SHA256);
    assert_eq!(x509.subject_name().to_der().unwrap(), asked_subject(&data).to_der().unwrap());

    let (again, _) = log_in(&sim, &made, in_seller(), SubjectIdentifierType::CertificateSubject).unwrap();
    let listed = sim.post("/certificates/query", Some(&again), &json!({})).expect(200).json();
    let item = &listed["certificates"][0];
    assert_eq!(item["certificateSerialNumber"], serial);
    assert_eq!(item["name"], "Księgowość 1");
    assert_eq!(item["status"], "Active");
    assert_eq!(item["subjectIdentifier"], json!({ "type": "Pesel", "value": PESEL }));
    assert!(item["lastUseDate"].is_string(), "{item}");
    // A certificate of KSeF may ask for the next one.
    enrolled(&sim, &again, "Offline");
    let limits = sim.get("/certificates/limits", Some(&again)).expect(200).json();
    assert_eq!(
        (limits["enrollment"]["remaining"].clone(), limits["certificate"]["remaining"].clone()),
        (10.into(), 4.into())
    );
}

#[test]
fn several_given_names_may_stand_one_by_one() {
    let sim = test_environment();
    let access = person(&sim);
    let number = format!("PNOPL-{PESEL}");
    let parts = [
        ("C", "PL"),
        ("CN", "Anna Maria Żółć"),
        ("GN", "Anna"),
        ("GN", "Maria"),
        ("SN", "Żółć"),
        ("serialNumber", number.as_str()),
    ];
    let request = csr(&name(&parts), &rsa(2048), MessageDigest::sha512());
    assert_eq!(enrol(&sim, &access, &application("Authentication", &request))["status"]["code"], 200);
}

#[test]
fn a_firm_gets_what_its_seal_says() {
    let sim = test_environment();
    let access = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let data = data(&sim, &access);
    assert_eq!(data["organizationIdentifier"], format!("VATPL-{SELLER}"));
    assert!(data.get("givenName").is_none(), "{data}");
    let (serial, made) = enrolled(&sim, &access, "Offline");
    let x509 = X509::from_der(made.certificate().der()).unwrap();
    assert_eq!(x509.key_usage().unwrap(), X509KeyUsage::NON_REPUDIATION);
    assert_eq!(certificate(&sim, &access, &serial), made.certificate().der());
    let limits = sim.get("/limits/subject", Some(&access)).expect(200).json();
    assert_eq!(
        limits,
        json!({ "enrollment": { "maxEnrollments": 300 }, "certificate": { "maxCertificates": 100 } })
    );
}

#[test]
fn somebody_known_by_a_fingerprint_stays_that() {
    let sim = test_environment();
    let stranger = Actor::stranger();
    let body = json!({
        "contextIdentifier": { "type": "Nip", "value": SELLER },
        "authorizedIdentifier": { "type": "Fingerprint", "value": stranger.fingerprint },
        "permissions": [{ "permissionType": "InvoiceRead", "description": "Odcisk palca" }],
    });
    sim.post("/testdata/permissions", None, &body).expect(200);
    let access = stranger.in_firm(&sim, SELLER);
    let (_, made) = enrolled(&sim, &access, "Authentication");
    let entered = log_in(&sim, &made, in_seller(), SubjectIdentifierType::CertificateFingerprint);
    let listed = sim.post("/certificates/query", Some(&entered.unwrap().0), &json!({})).expect(200).json();
    let owner = &listed["certificates"][0]["subjectIdentifier"];
    assert_eq!(*owner, json!({ "type": "Fingerprint", "value": stranger.fingerprint }));
}

#[test]
fn every_exception_of_an_application() {
    let sim = test_environment();
    let access = person(&sim);
    let data = data(&sim, &access);
    let good = asked_subject(&data);
    let refused =
        |body: &Value| sim.post("/certificates/enrollments", Some(&access), body).expect(400).exception().0;
    let of = |request: &str| refused(&application("Authentication", request));
    let sha256 = MessageDigest::sha256;

    let number = format!("PNOPL-{PESEL}");
    let whole = [
        ("GN", "Anna Maria"),
        ("SN", "Żółć"),
        ("serialNumber", number.as_str()),
        ("CN", "Anna Maria Żółć"),
        ("C", "PL"),
    ];
    let changed = |place: usize, value: &'static str| {
        let mut parts = whole;
        parts[place].1 = value;
        csr(&name(&parts), &p256(), sha256())
    };
    for (place, value) in [(0, "Anna"), (1, "Zolc"), (2, "PNOPL-44051401359"), (3, "Anna Żółć"), (4, "DE")]
    {
        assert_eq!(of(&changed(place, value)), 25003, "{value}");
    }
    assert_eq!(of(&csr(&name(&whole[1..]), &p256(), sha256())), 25003, "a part less");
    let more: Vec<_> = whole.iter().copied().chain([("L", "Warszawa")]).collect();
    assert_eq!(of(&csr(&name(&more), &p256(), sha256())), 25003, "a part more");
    let twice: Vec<_> = whole.iter().copied().chain([("C", "PL")]).collect();
    assert_eq!(of(&csr(&name(&twice), &p256(), sha256())), 25003, "a part twice");

    let right = base64::decode(&csr(&good, &p256(), sha256())).unwrap();
    assert_eq!(of(&base64::encode(b"not a request")), 25004);
    assert_eq!(of(&base64::encode(&[right.as_slice(), &[0]].concat())), 25004, "something behind it");
    let mut broken = right.clone();
    *broken.last_mut().unwrap() ^= 1;
    assert_eq!(of(&base64::encode(&broken)), 25004, "another signature");

    assert_eq!(of(&csr(&good, &curve(Nid::SECP384R1), sha256())), 25010);
    assert_eq!(of(&csr(&good, &rsa(3072), sha256())), 25010);
    assert_eq!(of(&csr(&good, &rsa(1024), sha256())), 25010);
    assert_eq!(of(&csr(&good, &rsa(2048), MessageDigest::sha224())), 25011);
    assert_eq!(of(&csr(&good, &p256(), MessageDigest::sha224())), 25011);

    let request = csr(&good, &p256(), sha256());
    for wrong in ["Krok", "Księgowość!", ""] {
        let mut body = application("Authentication", &request);
        body["certificateName"] = json!(wrong);
        assert_eq!(refused(&body), 21405, "{wrong}");
    }
    assert_eq!(refused(&application("Both", &request)), 21405);
    assert_eq!(of("no Base64!"), 21405);
}

#[test]
fn each_allowed_signature_of_a_request() {
    let sim = test_environment();
    let access = person(&sim);
    let subject = asked_subject(&data(&sim, &access));
    for digest in [MessageDigest::sha1(), MessageDigest::sha384()] {
        for key in [p256(), rsa(2048)] {
            let request = csr(&subject, &key, digest);
            let status = enrol(&sim, &access, &application("Offline", &request));
            assert_eq!(status["status"]["code"], 200, "{status}");
        }
    }
}

#[test]
fn nobody_applies_by_a_token() {
    let sim = Sim::start();
    let (access, _) = sim.login_with(&[Permission::InvoiceRead]);
    let code = |answer: crate::harness::Answer| answer.expect(400).exception().0;
    assert_eq!(code(sim.get("/certificates/enrollments/data", Some(&access))), 25001);
    let request = csr(&name(&[("CN", "X")]), &p256(), MessageDigest::sha256());
    let body = application("Authentication", &request);
    assert_eq!(code(sim.post("/certificates/enrollments", Some(&access), &body)), 25002);
    let limits = sim.get("/certificates/limits", Some(&access)).expect(200).json();
    assert_eq!(limits["canRequest"], false);
    let refused =
        sim.post("/certificates/0123456789ABCDEF/revoke", Some(&access), &json!({})).expect(403).json();
    assert_eq!(refused["reasonCode"], "auth-method-not-allowed");
    assert_eq!(refused["security"]["authenticationMethodCategory"], "Token");
}

#[test]
fn limits_of_an_owner() {
    let sim = test_environment();
    let access = person(&sim);
    let limits = |applications: u32, certificates: u32| {
        let body = json!({
            "subjectIdentifierType": "Pesel",
            "enrollment": { "maxEnrollments": applications },
            "certificate": { "maxCertificates": certificates },
        });
        sim.post("/testdata/limits/subject/certificate", Some(&access), &body).expect(200);
    };
    let subject = asked_subject(&data(&sim, &access));
    let asked = || application("Offline", &csr(&subject, &p256(), MessageDigest::sha256()));
    let refused = || sim.post("/certificates/enrollments", Some(&access), &asked()).expect(400).exception().0;
    limits(0, 6);
    assert_eq!(refused(), 25006);
    limits(2, 1);
    let (serial, _) = enrolled(&sim, &access, "Offline");
    assert_eq!(refused(), 25007);
    // A revoked one makes room; the applications are used up for good.
    sim.post(&format!("/certificates/{serial}/revoke"), Some(&access), &json!({})).expect(204);
    enrolled(&sim, &access, "Offline");
    assert_eq!(refused(), 25006);
    sim.delete("/testdata/limits/subject/certificate", Some(&access)).expect(200);
    let now = sim.get("/limits/subject", Some(&access)).expect(200).json();
    assert_eq!(now["enrollment"]["maxEnrollments"], 12);
    enrolled(&sim, &access, "Offline");
}

#[test]
fn every_status_of_an_application() {
    let sim = test_environment();
    let access = person(&sim);
    let firm = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let key = p256();
    let mine = csr(&asked_subject(&data(&sim, &access)), &key, MessageDigest::sha256());
    let theirs = csr(&asked_subject(&data(&sim, &firm)), &key, MessageDigest::sha256());
    let of =
        |access: &str, request: &str| enrol(&sim, access, &application("Offline", request))["status"].clone();
    assert_eq!(of(&access, &mine)["code"], 200);
    let another = of(&firm, &theirs);
    assert_eq!(another["code"], 400);
    assert_eq!(another["details"][0], "Klucz publiczny został już certyfikowany przez inny podmiot.");
    for code in [500, 550] {
        sim.control().end_next(Ending::Enrollment { code, details: Vec::new() }).unwrap();
        assert_eq!(of(&access, &mine)["code"], code);
    }
    sim.control().end_next(Ending::Enrollment { code: 777, details: Vec::new() }).unwrap_err();
    let unknown = "20261123-EH-0123456789-0123456789-00";
    let missing = sim.get(&format!("/certificates/enrollments/{unknown}"), Some(&access)).expect(400);
    assert_eq!(missing.exception().0, 25005);
}

#[test]
fn two_applications_for_the_last_place() {
    let sim = Sim::with(SimulatorConfig { self_signed: true, ..config() });
    let access = person(&sim);
    let body = json!({ "certificate": { "maxCertificates": 1 } });
    sim.post("/testdata/limits/subject/certificate", Some(&access), &body).expect(200);
    sim.stop();
    let sim = Sim::with(SimulatorConfig { self_signed: true, pace: Pace::Explicit, ..config() });
    allow(&sim, PESEL, SELLER, &[Permission::InvoiceRead]);
    let access = stepped(&sim);
    sim.post("/testdata/limits/subject/certificate", Some(&access), &body).expect(200);
    let subject = asked_subject(&data(&sim, &access));
    let taken = || {
        let request = csr(&subject, &p256(), MessageDigest::sha256());
        let body = application("Offline", &request);
        let taken = sim.post("/certificates/enrollments", Some(&access), &body).expect(202).json();
        taken["referenceNumber"].as_str().unwrap().to_owned()
    };
    let (first, second) = (taken(), taken());
    let status = |reference: &str| {
        sim.get(&format!("/certificates/enrollments/{reference}"), Some(&access)).expect(200).json()
    };
    assert_eq!(status(&first)["status"]["code"], 100);
    sim.control().step(&StepTarget::UntilNothingMoves).unwrap();
    let mut codes =
        [status(&first), status(&second)].map(|status| status["status"]["code"].as_u64().unwrap());
    codes.sort_unstable();
    assert_eq!(codes, [200, 400]);
    let refused = [status(&first), status(&second)].into_iter().find(|found| found["status"]["code"] == 400);
    let details = refused.unwrap()["status"]["details"][0].clone();
    assert_eq!(details, "Osiągnięto dopuszczalny limit posiadanych certyfikatów.");
}

/// A login where nothing moves by itself.
fn stepped(sim: &Sim) -> String {
    let actor = Actor::person(PESEL);
    let subject = SubjectIdentifierType::CertificateSubject;
    let document = crate::actors::signed(sim, &actor.credential, in_seller(), subject);
    let begun = crate::actors::authenticate(sim, document).expect(202).json();
    sim.control().step(&StepTarget::All).unwrap();
    let operation = begun["authenticationToken"]["token"].as_str();
    let tokens = sim.post_empty("/auth/token/redeem", operation).expect(200).json();
    tokens["accessToken"]["token"].as_str().unwrap().to_owned()
}

#[test]
fn an_application_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let start = |pace| {
        Sim::with(SimulatorConfig {
            state: StateStore::Folder(folder.path().to_owned()),
            self_signed: true,
            pace,
            ..config()
        })
    };
    let sim = start(Pace::Explicit);
    allow(&sim, PESEL, SELLER, &[Permission::InvoiceRead]);
    let access = stepped(&sim);
    let key = p256();
    let request = csr(&asked_subject(&data(&sim, &access)), &key, MessageDigest::sha256());
    let body = application("Authentication", &request);
    let taken = sim.post("/certificates/enrollments", Some(&access), &body).expect(202).json();
    let path = format!("/certificates/enrollments/{}", taken["referenceNumber"].as_str().unwrap());
    sim.stop();

    let sim = start(Pace::Automatic(Delays::NONE));
    let status = sim.get(&path, Some(&access)).expect(200).json();
    assert_eq!(status["status"]["code"], 200, "{status}");
    let serial = status["certificateSerialNumber"].as_str().unwrap();
    let made = crate::actors::credential(&certificate(&sim, &access, serial), &key);
    log_in(&sim, &made, in_seller(), SubjectIdentifierType::CertificateSubject).unwrap();
    sim.stop();
    let sim = start(Pace::Automatic(Delays::NONE));
    log_in(&sim, &made, in_seller(), SubjectIdentifierType::CertificateSubject).unwrap();
}

#[test]
fn revoked_with_a_reason_and_what_is_left_of_it() {
    let sim = test_environment();
    let access = person(&sim);
    let (serial, made) = enrolled(&sim, &access, "Authentication");
    let path = format!("/certificates/{serial}/revoke");
    let strangers = Actor::firm("1111111111").in_firm(&sim, "1111111111");
    let code = |token: &str, body: Value| sim.post(&path, Some(token), &body).expect(400).exception().0;
    assert_eq!(code(&strangers, json!({})), 25008, "somebody else's");
    assert_eq!(code(&access, json!({ "revocationReason": "Lost" })), 21405);
    sim.post(&path, Some(&access), &json!({ "revocationReason": "KeyCompromise" })).expect(204);
    assert_eq!(code(&access, json!({})), 25009, "twice");
    let listed =
        sim.post("/certificates/query", Some(&access), &json!({ "status": "Revoked" })).expect(200).json();
    assert_eq!(listed["certificates"][0]["certificateSerialNumber"], serial);
    let failed = log_in(&sim, &made, in_seller(), SubjectIdentifierType::CertificateSubject).unwrap_err();
    assert_eq!(
        (failed["code"].clone(), failed["details"][0].clone()),
        (460.into(), "Certyfikat odwołany".into())
    );
}

#[test]
fn blocked_until_the_revocation_is_done() {
    let sim = Sim::with(SimulatorConfig { self_signed: true, pace: Pace::Explicit, ..config() });
    allow(&sim, PESEL, SELLER, &[Permission::InvoiceRead]);
    let access = stepped(&sim);
    let request = csr(&asked_subject(&data(&sim, &access)), &p256(), MessageDigest::sha256());
    let body = application("Authentication", &request);
    sim.post("/certificates/enrollments", Some(&access), &body).expect(202);
    sim.control().step(&StepTarget::UntilNothingMoves).unwrap();
    let state = || {
        let listed = sim.post("/certificates/query", Some(&access), &json!({})).expect(200).json();
        let item = listed["certificates"][0].clone();
        (item["status"].clone(), item["certificateSerialNumber"].as_str().unwrap().to_owned())
    };
    let (status, serial) = state();
    assert_eq!(status, "Active");
    sim.post(&format!("/certificates/{serial}/revoke"), Some(&access), &json!({})).expect(204);
    assert_eq!(state().0, "Blocked");
    sim.control().step(&StepTarget::UntilNothingMoves).unwrap();
    assert_eq!(state().0, "Revoked");
}

#[test]
fn later_earlier_and_after_its_end() {
    let sim = test_environment();
    let access = person(&sim);
    let subject = asked_subject(&data(&sim, &access));
    let key = p256();
    let mut body = application("Authentication", &csr(&subject, &key, MessageDigest::sha256()));
    // Nobody signs before the certificate's beginning, and the service lets clocks run ahead a little.
    body["validFrom"] = json!((noon() + Duration::minutes(3)).to_rfc3339());
    let status = enrol(&sim, &access, &body);
    let serial = status["certificateSerialNumber"].as_str().unwrap().to_owned();
    let made = crate::actors::credential(&certificate(&sim, &access, &serial), &key);
    let enters = || log_in(&sim, &made, in_seller(), SubjectIdentifierType::CertificateSubject);
    assert_eq!(enters().unwrap_err()["details"][0], "Nieważny certyfikat");
    sim.control().advance(Duration::days(3));
    let (access, _) = enters().unwrap();

    let path = format!("/testdata/certificates/{serial}");
    let put = |end: chrono::DateTime<chrono::Utc>| {
        let json = [("content-type", "application/json")];
        let body = json!({ "validTo": end.to_rfc3339() }).to_string().into_bytes();
        sim.request("PUT", &path, Some(&access), &json, Some(body))
    };
    assert_eq!(put(noon() + Duration::days(1000)).expect(400).exception().0, 21405);
    put(noon() + Duration::days(2)).expect(200);
    assert_eq!(enters().unwrap_err()["details"][0], "Nieważny certyfikat");
    let listed = sim.post("/certificates/query", Some(&access), &json!({ "status": "Expired" })).expect(200);
    assert_eq!(listed.json()["certificates"].as_array().unwrap().len(), 1);
}

#[test]
fn filters_pages_and_thirty_days() {
    let sim = test_environment();
    let access = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let subject = asked_subject(&data(&sim, &access));
    let mut reference = String::new();
    for number in 0..12 {
        let kind = if number % 3 == 0 { "Offline" } else { "Authentication" };
        let mut body = application(kind, &csr(&subject, &p256(), MessageDigest::sha256()));
        body["certificateName"] = json!(format!("Numer {number}"));
        let taken = sim.post("/certificates/enrollments", Some(&access), &body).expect(202).json();
        taken["referenceNumber"].as_str().unwrap().clone_into(&mut reference);
        sim.control().advance(Duration::seconds(1));
    }
    let query = |body: Value, page: &str| {
        sim.post(&format!("/certificates/query{page}"), Some(&access), &body).expect(200).json()
    };
    let count = |body: Value| query(body, "?pageSize=50")["certificates"].as_array().unwrap().len();
    let first = query(json!({}), "");
    assert_eq!(
        (first["certificates"].as_array().unwrap().len(), first["hasMore"].clone()),
        (10, true.into())
    );
    assert_eq!(first["certificates"][0]["name"], "Numer 11");
    let second = query(json!({}), "?pageOffset=1");
    assert_eq!(
        (second["certificates"].as_array().unwrap().len(), second["hasMore"].clone()),
        (2, false.into())
    );
    assert_eq!(count(json!({ "type": "Offline" })), 4);
    assert_eq!(count(json!({ "name": "Numer 1" })), 3);
    let serial = first["certificates"][0]["certificateSerialNumber"].clone();
    assert_eq!(count(json!({ "certificateSerialNumber": serial })), 1);
    assert_eq!(count(json!({ "expiresAfter": "2030-01-01T00:00:00Z" })), 0);
    let none = json!({ "certificateSerialNumbers": [] });
    assert_eq!(sim.post("/certificates/retrieve", Some(&access), &none).expect(400).exception().0, 21405);

    sim.control().advance(Duration::days(31));
    let access = Actor::firm(SELLER).in_firm(&sim, SELLER);
    sim.get(&format!("/certificates/enrollments/{reference}"), Some(&access)).expect(410);
}
