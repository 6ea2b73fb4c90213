//! Rights that are passed on: by firms to their people, to units, to firms of the Union, to Peppol providers.

use ksef_sim::Permission;
use ksef_types::{ContextKind, InternalId};
use serde_json::{Value, json};

use crate::actors::{Actor, PESEL, allow, test_environment};
use crate::entitled::{act, failed, given, named_person, operation};
use crate::harness::{SELLER, Sim};

pub(crate) const OFFICE: &str = "1111111111";
const CLIENT: &str = "7980332920";
const OTHER_CLIENT: &str = "3755747347";
const EU: &str = "5265877635-DE123456789";

pub(crate) struct Place {
    pub(crate) id: String,
    /// Its administrator's access token.
    pub(crate) token: String,
}

/// A unit of SELLER with an administrator.
pub(crate) fn unit(sim: &Sim, owner: &str) -> Place {
    let id = InternalId::compose(SELLER.parse().unwrap(), 1234).unwrap().to_string();
    let body = json!({
        "subjectIdentifier": { "type": "Pesel", "value": PESEL },
        "contextIdentifier": { "type": "InternalId", "value": id },
        "description": "Administrator oddziału",
        "subunitName": "Oddział Gdańsk",
        "subjectDetails": named_person(),
    });
    given(sim, owner, "/permissions/subunits/grants", &body);
    let token = Actor::person(PESEL).enters(sim, ContextKind::InternalId, &id).unwrap();
    Place { id, token }
}

/// A firm of the Union paired with SELLER, with an administrator.
pub(crate) fn firm_of_the_union(sim: &Sim, owner: &str) -> Place {
    let administrator = Actor::stranger();
    let body = json!({
        "subjectIdentifier": { "type": "Fingerprint", "value": administrator.fingerprint },
        "contextIdentifier": { "type": "NipVatUe", "value": EU },
        "description": "Administrator w Unii",
        "euEntityName": "Muster GmbH, Berlin",
        "subjectDetails": { "subjectDetailsType": "EntityByFingerprint", "entityByFp": { "fullName": "Muster GmbH", "address": "Berlin" } },
        "euEntityDetails": { "fullName": "Muster GmbH", "address": "Berlin" },
    });
    given(sim, owner, "/permissions/eu-entities/administration/grants", &body);
    let token = administrator.enters(sim, ContextKind::NipVatUe, EU).unwrap();
    Place { id: EU.to_owned(), token }
}

fn entity_grant(to: &str, permission: &str, can_delegate: bool) -> Value {
    json!({
        "subjectIdentifier": { "type": "Nip", "value": to },
        "permissions": [{ "type": permission, "canDelegate": can_delegate }],
        "description": "Biuro rachunkowe",
        "subjectDetails": { "fullName": "Biuro ABC sp. z o.o." },
    })
}

fn indirect(target: Option<Value>, permission: &str) -> Value {
    json!({
        "subjectIdentifier": { "type": "Pesel", "value": PESEL },
        "targetIdentifier": target,
        "permissions": [permission],
        "description": "Praca dla klienta",
        "subjectDetails": named_person(),
    })
}

#[test]
fn an_office_works_for_its_clients_and_its_people_where_it_may_pass_on() {
    let sim = test_environment();
    let (office, client) = (Actor::firm(OFFICE), Actor::firm(CLIENT));
    let in_office = office.in_firm(&sim, OFFICE);
    let in_client = client.in_firm(&sim, CLIENT);
    assert_eq!(office.enters(&sim, ContextKind::Nip, CLIENT).unwrap_err()["code"], 415);
    given(&sim, &in_client, "/permissions/entities/grants", &entity_grant(OFFICE, "InvoiceRead", true));
    given(&sim, &in_client, "/permissions/entities/grants", &entity_grant(OFFICE, "InvoiceWrite", false));
    // The office itself does both.
    let working = office.in_firm(&sim, CLIENT);
    assert_eq!(act(&sim, &working, &["InvoiceRead", "InvoiceWrite"]), [true, true]);

    let bookkeeper = Actor::person(PESEL);
    assert_eq!(bookkeeper.enters(&sim, ContextKind::Nip, CLIENT).unwrap_err()["code"], 415);
    let target = json!({ "type": "Nip", "value": CLIENT });
    given(&sim, &in_office, "/permissions/indirect/grants", &indirect(Some(target.clone()), "InvoiceRead"));
    given(&sim, &in_office, "/permissions/indirect/grants", &indirect(Some(target), "InvoiceWrite"));
    let working = bookkeeper.in_firm(&sim, CLIENT);
    // Only what may be passed on.
    assert_eq!(act(&sim, &working, &["InvoiceRead", "InvoiceWrite"]), [true, false]);
    // Nobody outside the client let that pass: one knows nothing of it.
    let stranger = json!({ "type": "Nip", "value": OTHER_CLIENT });
    let body = indirect(Some(stranger), "InvoiceRead");
    assert_eq!(failed(&sim, &in_office, "/permissions/indirect/grants", &body), 410);

    // In the office's list the one that cannot work is inactive.
    let query = |state: &str| {
        let body = json!({ "queryType": "PermissionsInCurrentContext", "permissionState": state });
        sim.post("/permissions/query/persons/grants", Some(&in_office), &body).expect(200).json()["permissions"].clone()
    };
    assert_eq!(query("Active")[0]["permissionScope"], "InvoiceRead");
    assert_eq!(query("Inactive")[0]["permissionScope"], "InvoiceWrite");
    assert_eq!(query("Active")[0]["targetIdentifier"], json!({ "type": "Nip", "value": CLIENT }));

    // The client takes it back: the bookkeeper is out, at the latest when the access is renewed.
    let (_, refresh) = bookkeeper.logs_in(&sim, ContextKind::Nip, CLIENT).unwrap();
    let body = json!({ "queryType": "PermissionsInCurrentContext", "permissionTypes": ["InvoiceRead"] });
    let found = sim.post("/permissions/query/persons/grants", Some(&in_client), &body).expect(200).json();
    let id = found["permissions"][0]["id"].as_str().unwrap().to_owned();
    let taken = sim.delete(&format!("/permissions/common/grants/{id}"), Some(&in_client)).expect(202).json();
    assert_eq!(operation(&sim, &in_client, &taken), 200);
    assert_eq!(bookkeeper.enters(&sim, ContextKind::Nip, CLIENT).unwrap_err()["code"], 415);
    assert_eq!(sim.post_empty("/auth/token/refresh", Some(&refresh)).expect(400).exception().0, 21301);
}

#[test]
fn for_all_clients_at_once() {
    let sim = test_environment();
    let in_office = Actor::firm(OFFICE).in_firm(&sim, OFFICE);
    given(&sim, &in_office, "/permissions/indirect/grants", &indirect(None, "InvoiceRead"));
    let bookkeeper = Actor::person(PESEL);
    for client in [CLIENT, OTHER_CLIENT] {
        assert_eq!(bookkeeper.enters(&sim, ContextKind::Nip, client).unwrap_err()["code"], 415);
        let in_client = Actor::firm(client).in_firm(&sim, client);
        given(&sim, &in_client, "/permissions/entities/grants", &entity_grant(OFFICE, "InvoiceRead", true));
        assert_eq!(
            act(&sim, &bookkeeper.in_firm(&sim, client), &["InvoiceRead", "InvoiceWrite"]),
            [true, false]
        );
    }
    // The bookkeeper's own list has it where it works, with the one who gave it, and nowhere else.
    allow(&sim, PESEL, SELLER, &[Permission::CredentialsRead]);
    for (place, listed) in [(CLIENT, true), (OTHER_CLIENT, true), (SELLER, false)] {
        let working = bookkeeper.in_firm(&sim, place);
        let own =
            sim.post("/permissions/query/personal/grants", Some(&working), &json!({})).expect(200).json();
        let own = own["permissions"].as_array().unwrap();
        let for_all: Vec<&Value> =
            own.iter().filter(|row| row["targetIdentifier"]["type"] == "AllPartners").collect();
        assert_eq!(for_all.len(), usize::from(listed), "{place}: {own:?}");
        for row in for_all {
            assert_eq!(row["contextIdentifier"], json!({ "type": "Nip", "value": OFFICE }));
            assert_eq!(
                (&row["permissionScope"], &row["permissionState"]),
                (&json!("InvoiceRead"), &json!("Active"))
            );
        }
    }
    // The office sees whom it works for, and so does its owner among the own permissions.
    let clients =
        sim.post("/permissions/query/entities/grants", Some(&in_office), &json!({})).expect(200).json();
    assert_eq!(clients["permissions"].as_array().unwrap().len(), 2);
    let body = json!({ "contextIdentifier": { "type": "Nip", "value": CLIENT } });
    for path in ["/permissions/query/entities/grants", "/permissions/query/personal/grants"] {
        let one = sim.post(path, Some(&in_office), &body).expect(200).json();
        assert_eq!(one["permissions"].as_array().unwrap().len(), 1, "{path} {one}");
        assert_eq!(one["permissions"][0]["canDelegate"], true);
    }
    let own = sim.post("/permissions/query/personal/grants", Some(&in_office), &json!({})).expect(200).json();
    assert_eq!(own["ownerPermissions"].as_array().unwrap().len(), 8);
}

#[test]
fn a_unit_and_its_administrator() {
    let sim = test_environment();
    let owner = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let unit = unit(&sim, &owner);
    assert_eq!(act(&sim, &unit.token, &["InvoiceRead", "InvoiceWrite"]), [false, false]);
    let worker = Actor::person("44051401359");
    let body = json!({
        "subjectIdentifier": { "type": "Pesel", "value": "44051401359" },
        "permissions": ["InvoiceWrite"],
        "description": "Pracownik oddziału",
        "subjectDetails": named_person(),
    });
    given(&sim, &unit.token, "/permissions/persons/grants", &body);
    let working = worker.enters(&sim, ContextKind::InternalId, &unit.id).unwrap();
    assert_eq!(act(&sim, &working, &["InvoiceRead", "InvoiceWrite"]), [false, true]);
    assert_eq!(worker.enters(&sim, ContextKind::Nip, SELLER).unwrap_err()["code"], 415);
    let listed = sim.post("/permissions/query/subunits/grants", Some(&owner), &json!({})).expect(200).json();
    let item = &listed["permissions"][0];
    assert_eq!(
        (item["subunitName"].clone(), item["subunitIdentifier"]["value"].clone()),
        ("Oddział Gdańsk".into(), json!(unit.id))
    );

    // The check digit, the name, the firm.
    let wrong = |id: &str, name: Value| {
        json!({
            "subjectIdentifier": { "type": "Pesel", "value": PESEL },
            "contextIdentifier": { "type": "InternalId", "value": id },
            "description": "Administrator",
            "subunitName": name,
            "subjectDetails": named_person(),
        })
    };
    let path = "/permissions/subunits/grants";
    let last = unit.id.bytes().last().unwrap();
    let other = format!("{}{}", &unit.id[..15], char::from(if last == b'9' { b'0' } else { last + 1 }));
    assert_eq!(
        sim.post(path, Some(&owner), &wrong(&other, json!("Oddział"))).expect(400).exception().0,
        21405
    );
    assert_eq!(sim.post(path, Some(&owner), &wrong(&unit.id, Value::Null)).expect(400).exception().0, 21405);
    let foreign = InternalId::compose(CLIENT.parse().unwrap(), 1).unwrap().to_string();
    assert_eq!(failed(&sim, &owner, path, &wrong(&foreign, json!("Oddział"))), 410);
    let mut as_nip = wrong(CLIENT, Value::Null);
    as_nip["contextIdentifier"]["type"] = json!("Nip");
    assert_eq!(failed(&sim, &owner, path, &as_nip), 430, "no local government and no VAT group");
}

#[test]
fn a_vat_group_and_its_member() {
    let sim = test_environment();
    let group = json!({
        "subjectNip": OTHER_CLIENT,
        "subjectType": "VatGroup",
        "description": "Grupa VAT",
        "subunits": [{ "subjectNip": CLIENT, "description": "Członek grupy" }],
    });
    sim.post("/testdata/subject", None, &group).expect(200);
    let owner = Actor::firm(OTHER_CLIENT).in_firm(&sim, OTHER_CLIENT);
    let roles = sim.get("/permissions/query/entities/roles", Some(&owner)).expect(200).json();
    assert_eq!(roles["roles"][0]["role"], "VatGroupUnit");
    let below = sim
        .post("/permissions/query/subordinate-entities/roles", Some(&owner), &json!({}))
        .expect(200)
        .json();
    assert_eq!(below["roles"][0]["subordinateEntityIdentifier"]["value"], CLIENT);
    let body = json!({
        "subjectIdentifier": { "type": "Pesel", "value": PESEL },
        "contextIdentifier": { "type": "Nip", "value": CLIENT },
        "description": "Administrator członka",
        "subjectDetails": named_person(),
    });
    given(&sim, &owner, "/permissions/subunits/grants", &body);
    let access = Actor::person(PESEL).in_firm(&sim, CLIENT);
    let own = sim.post("/permissions/query/personal/grants", Some(&access), &json!({})).expect(200).json();
    assert_eq!(own["permissions"][0]["permissionScope"], "CredentialsManage");
    let parent =
        sim.get("/permissions/query/entities/roles", Some(&Actor::firm(CLIENT).in_firm(&sim, CLIENT)));
    assert_eq!(parent.expect(200).json()["roles"][0]["parentEntityIdentifier"]["value"], OTHER_CLIENT);
}

#[test]
fn a_firm_of_the_union_and_its_representative() {
    let sim = test_environment();
    let owner = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let firm = firm_of_the_union(&sim, &owner);
    assert_eq!(act(&sim, &firm.token, &["InvoiceRead", "InvoiceWrite"]), [true, true]);
    let representative = Actor::stranger();
    let body = json!({
        "subjectIdentifier": { "type": "Fingerprint", "value": representative.fingerprint },
        "permissions": ["InvoiceRead"],
        "description": "Przedstawiciel",
        "subjectDetails": {
            "subjectDetailsType": "PersonByFingerprintWithoutIdentifier",
            "personByFpNoId": {
                "firstName": "John",
                "lastName": "Doe",
                "birthDate": "1980-02-29",
                "idDocument": { "type": "Paszport", "number": "AB 123456", "country": "DE" },
            },
        },
    });
    given(&sim, &firm.token, "/permissions/eu-entities/grants", &body);
    let mut wrong = body.clone();
    wrong["subjectDetails"]["personByFpNoId"]["idDocument"]["country"] = json!("de");
    let refused = sim.post("/permissions/eu-entities/grants", Some(&firm.token), &wrong).expect(400);
    assert_eq!(refused.exception().0, 21405);
    let access = representative.enters(&sim, ContextKind::NipVatUe, &firm.id).unwrap();
    assert_eq!(act(&sim, &access, &["InvoiceRead", "InvoiceWrite"]), [true, false]);
    let count = |token: &str, body: Value| {
        let found = sim.post("/permissions/query/eu-entities/grants", Some(token), &body).expect(200).json();
        found["permissions"].as_array().unwrap().len()
    };
    assert_eq!(count(&owner, json!({})), 4, "the firm sees its administrators");
    assert_eq!(count(&firm.token, json!({})), 5, "the administrator sees everybody");
    assert_eq!(
        count(&firm.token, json!({ "permissionTypes": ["VatUeManage"], "vatUeIdentifier": "DE123456789" })),
        1
    );
    let part = &representative.fingerprint[..20].to_lowercase();
    assert_eq!(count(&firm.token, json!({ "authorizedFingerprintIdentifier": part })), 1);
    assert_eq!(
        sim.post("/permissions/query/eu-entities/grants", Some(&owner), &json!({ "vatUeIdentifier": "DE1" }))
            .expect(400)
            .exception()
            .0,
        21405
    );
}

#[test]
fn a_provider_of_peppol_services_registers_itself() {
    let sim = test_environment();
    let provider = Actor::new(&[("O", "Dostawca S.A."), ("CN", "PPL123456"), ("C", "PL")]);
    let body = json!({
        "subjectIdentifier": { "type": "PeppolId", "value": "PPL123456" },
        "permission": "PefInvoicing",
        "description": "Faktury PEF",
        "subjectDetails": { "fullName": "Dostawca S.A." },
    });
    let owner = Actor::firm(SELLER).in_firm(&sim, SELLER);
    let path = "/permissions/authorizations/grants";
    assert_eq!(failed(&sim, &owner, path, &body), 450, "nobody knows it yet");
    assert_eq!(provider.enters(&sim, ContextKind::PeppolId, "PPL654321").unwrap_err()["code"], 415);
    let access = provider.enters(&sim, ContextKind::PeppolId, "PPL123456").unwrap();
    let known = sim.get("/peppol/query", None).expect(200).json();
    assert_eq!(
        (known["peppolProviders"][0]["id"].clone(), known["peppolProviders"][0]["name"].clone()),
        ("PPL123456".into(), "Dostawca S.A.".into())
    );
    given(&sim, &owner, path, &body);
    let received = json!({ "queryType": "Received" });
    let found =
        sim.post("/permissions/query/authorizations/grants", Some(&access), &received).expect(200).json();
    assert_eq!(found["authorizationGrants"][0]["authorizingEntityIdentifier"]["value"], SELLER);
    let sessions = sim.get("/auth/sessions", Some(&access)).expect(200).json();
    assert_eq!(sessions["items"][0]["authenticationMethod"], "PeppolSignature");
    // Consent to attachments is a firm's matter.
    let refused = sim.get("/permissions/attachments/status", Some(&access)).expect(403).json();
    assert_eq!(refused["reasonCode"], "context-type-not-allowed");
    assert_eq!(refused["security"]["contextIdentifierType"], "PeppolId");
    allow(&sim, PESEL, SELLER, &[Permission::CredentialsRead]);
    let reader = Actor::person(PESEL).in_firm(&sim, SELLER);
    sim.get("/permissions/attachments/status", Some(&reader)).expect(200);
}
