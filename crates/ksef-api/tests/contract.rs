//! The client's operations and request bodies, judged by the ministry's own OpenAPI file.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "what fails must stop the test; what is skipped is said"
)]

mod common;
mod requests;

use std::collections::BTreeSet;

use common::{Server, json};
use ksef_api::{OPERATIONS, PersonalGrantsQuery, RateGroup, RateLimits, Repeat, Window};
use ksef_types::Environment;
use requests::{calls, permissions, testdata};
use serde_json::{Value, json};

/// What 2.9 added to the contract, of which 2.7 is the published one.
const ADDED_IN_2_9: [(&str, &str); 1] = [("POST", "/collective-identifiers/invoices")];

/// Without a token, but each answer to them carries one, or is asked for with one of another kind.
const WITH_A_TOKEN_OF_THEIR_OWN: [&str; 3] = ["authentication_status", "redeem", "refresh"];

fn contract() -> Option<Value> {
    let Some(shared) = ksef_testkit::shared() else {
        println!("skipped: the ministry's OpenAPI file is not here");
        return None;
    };
    let text = std::fs::read_to_string(shared.join("open-api.json")).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

fn operation<'a>(contract: &'a Value, path: &str, method: &str) -> &'a Value {
    &contract["paths"][path][method.to_ascii_lowercase()]
}

fn in_the_contract(contract: &Value) -> BTreeSet<(String, String)> {
    let paths = contract["paths"].as_object().unwrap();
    let published = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().keys();
        methods.map(move |method| (method.to_ascii_uppercase(), path.clone()))
    });
    let added = ADDED_IN_2_9.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned()));
    published.chain(added).collect()
}

#[test]
fn the_client_has_every_operation_of_the_contract_and_no_other() {
    let Some(contract) = contract() else { return };
    let ours: BTreeSet<(String, String)> =
        OPERATIONS.iter().map(|known| (known.method.to_string(), known.path.to_owned())).collect();
    assert_eq!(ours.len(), OPERATIONS.len(), "no operation is listed twice");
    let wanted = in_the_contract(&contract);
    let missing: Vec<_> = wanted.difference(&ours).collect();
    let foreign: Vec<_> = ours.difference(&wanted).collect();
    assert!(missing.is_empty() && foreign.is_empty(), "missing: {missing:?}, foreign: {foreign:?}");
    let names: BTreeSet<&str> = OPERATIONS.iter().map(|known| known.name).collect();
    assert_eq!(names.len(), OPERATIONS.len(), "each has a name of its own");
}

#[test]
fn what_needs_no_token_is_counted_for_the_address() {
    let Some(contract) = contract() else { return };
    for known in OPERATIONS {
        let found = operation(&contract, known.path, known.method.as_str());
        let open = found.is_object() && found.get("security").is_none();
        // Blocking a context needs no token and is counted as if it did.
        let counted = &found["x-rate-limits"]["perHour"];
        let public = known.group == RateGroup::Public && !WITH_A_TOKEN_OF_THEIR_OWN.contains(&known.name);
        assert_eq!(open && counted.is_null(), public, "{}", known.name);
    }
}

#[test]
fn the_published_limits_are_those_of_the_contract() {
    let Some(contract) = contract() else { return };
    let limits = RateLimits::published();
    for known in OPERATIONS {
        let limit = limits.of(limits.counted_as(known.group)).unwrap();
        let published = &operation(&contract, known.path, known.method.as_str())["x-rate-limits"];
        if published.is_null() {
            assert_eq!(known.group, RateGroup::CollectiveIdentifier, "{} says no limits", known.name);
            continue;
        }
        for (window, name) in
            [(Window::Second, "perSecond"), (Window::Minute, "perMinute"), (Window::Hour, "perHour")]
        {
            let ours = limit.within(window).map(|limit| u64::from(limit.get()));
            assert_eq!(ours, published[name].as_u64(), "{} {name}", known.name);
        }
    }
}

#[test]
fn only_what_does_no_harm_is_repeated() {
    let never: BTreeSet<&str> =
        OPERATIONS.iter().filter(|known| known.repeat == Repeat::Never).map(|known| known.name).collect();
    let wanted = [
        "authenticate_by_token",
        "authenticate_by_xades",
        "enroll_certificate",
        "grant_authorization",
        "grant_eu_administration",
        "grant_eu_representation",
        "grant_indirectly",
        "grant_subunit_administration",
        "grant_test_permissions",
        "grant_to_entity",
        "grant_to_person",
        "make_collective_identifier",
        "make_test_person",
        "make_test_subject",
        "make_token",
        "open_batch_session",
        "open_online_session",
        "redeem",
        "revoke_authorization",
        "revoke_grant",
        "send_invoice",
        "start_export",
    ];
    assert_eq!(never, wanted.into());
}

/// The template of the contract that a path fits.
fn template(method: &str, path: &str) -> &'static str {
    let fits = |template: &str| {
        template.split('/').count() == path.split('/').count()
            && template
                .split('/')
                .zip(path.split('/'))
                .all(|(wanted, found)| wanted == found || wanted.starts_with('{'))
    };
    let mut fitting: Vec<&str> = OPERATIONS
        .iter()
        .filter(|known| known.method.as_str() == method && fits(known.path))
        .map(|known| known.path)
        .collect();
    fitting.sort_by_key(|template| template.matches('{').count());
    fitting.first().unwrap_or_else(|| panic!("{method} {path}"))
}

#[tokio::test]
async fn every_request_is_one_of_the_contract() {
    let Some(contract) = contract() else { return };
    let server = Server::always(json(400, "{}")).await;
    let client = server.client_with(|config| config.repeats.times = 0);
    calls::call_everything(&client, &common::access_token()).await;
    let mut called = BTreeSet::new();
    for seen in server.seen() {
        let template = template(&seen.method, seen.path.strip_prefix("/v2").unwrap());
        called.insert((seen.method.clone(), template.to_owned()));
        if ADDED_IN_2_9.contains(&(seen.method.as_str(), template)) {
            continue;
        }
        let found = operation(&contract, template, &seen.method);
        let bearer = seen.headers.get("authorization").is_some_and(|value| value.starts_with("Bearer "));
        assert_eq!(bearer, found.get("security").is_some(), "{template}");
        assert_eq!(seen.headers["x-error-format"], "problem-details", "{template}");
        parameters_fit(&contract, found, &seen, template);
        body_fits(&contract, found, &seen, template);
    }
    let silent: Vec<_> = in_the_contract(&contract).difference(&called).cloned().collect();
    assert!(silent.is_empty(), "never called: {silent:?}");
}

/// What counts is never arranged: the operations below `/testdata` do not exist there, so they are out of reach.
#[tokio::test]
async fn test_data_is_for_the_test_environment_and_the_simulator() {
    let client = |address| ksef_api::Client::new(common::config(address)).unwrap();
    for (environment, reachable) in
        [(Environment::Production, false), (Environment::Demo, false), (Environment::Test, true)]
    {
        let client = client(environment.api_address().unwrap());
        assert_eq!(client.test_data().is_some(), reachable, "{environment:?}");
    }
    assert!(client("http://127.0.0.1:1/v2".parse().unwrap()).test_data().is_some());
}

/// The published contract does not have it yet, so its form is written down here.
#[tokio::test]
async fn the_invoices_of_collective_identifiers_as_2_9_asks_for_them() {
    let server = Server::always(json(400, "{}")).await;
    let (client, numbers) = (server.client(), [requests::collective_number()]);
    let access = common::access_token();
    drop(client.collective_identifier_invoices(&access, &numbers, 200, None).await);
    let seen = server.seen().pop().unwrap();
    assert_eq!((seen.method.as_str(), seen.path.as_str()), ("POST", "/v2/collective-identifiers/invoices"));
    assert_eq!(seen.query, "pageSize=200");
    let body: Value = serde_json::from_slice(&seen.body).unwrap();
    assert_eq!(body, json!({ "collectiveIdentifierNumbers": ["1111111111-IZ202607-65ED02180000-E7"] }));
}

/// Limits of the contract 2.8, which the published one does not have.
#[test]
fn the_limits_that_2_8_added_are_sent_only_where_they_are_set() {
    let mut limits = testdata::session_limits();
    assert!(written(&limits).get("collectiveIdentifier").is_none());
    limits.collective_identifier = Some(ksef_api::CollectiveIdentifierLimits { max_invoices: 5000 });
    assert_eq!(written(&limits)["collectiveIdentifier"], json!({ "maxInvoices": 5000 }));
    let mut rates = testdata::rate_limits();
    rates.online_session_close = Some(rates.other);
    assert_eq!(written(&rates)["onlineSessionClose"]["perHour"], -1);
}

fn parameters_fit(contract: &Value, found: &Value, seen: &common::Seen, template: &str) {
    let declared = found["parameters"].as_array().cloned().unwrap_or_default();
    let query: Vec<(String, String)> =
        url::form_urlencoded::parse(seen.query.as_bytes()).into_owned().collect();
    for (name, value) in &query {
        let parameter =
            declared.iter().find(|parameter| parameter["in"] == "query" && parameter["name"] == *name);
        let parameter = parameter.unwrap_or_else(|| panic!("{template} has no {name}"));
        let mut schema = &parameter["schema"];
        if schema["type"] == "array" {
            schema = &schema["items"];
        }
        let value = match schema["type"].as_str() {
            Some("integer") => json!(value.parse::<i64>().unwrap()),
            Some("boolean") => json!(value.parse::<bool>().unwrap()),
            _ => json!(value),
        };
        validate(contract, schema, &value, &format!("{template} {name}"));
    }
    let path = seen.path.strip_prefix("/v2").unwrap();
    for (wanted, found) in template.split('/').zip(path.split('/')) {
        let Some(name) = wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) else { continue };
        let parameter =
            declared.iter().find(|parameter| parameter["in"] == "path" && parameter["name"] == *name);
        validate(contract, &parameter.unwrap()["schema"], &json!(found), &format!("{template} {name}"));
    }
    for parameter in
        declared.iter().filter(|parameter| parameter["in"] == "query" && parameter["required"] == true)
    {
        assert!(query.iter().any(|(name, _)| parameter["name"] == *name), "{template} {parameter}");
    }
    if seen.headers.contains_key("x-continuation-token") {
        assert!(declared.iter().any(|parameter| parameter["name"] == "x-continuation-token"), "{template}");
    }
}

fn body_fits(contract: &Value, found: &Value, seen: &common::Seen, template: &str) {
    let Some(content) = found["requestBody"]["content"].as_object() else {
        assert!(seen.body.is_empty(), "{template} takes no body");
        return;
    };
    let declared = &content[&seen.headers["content-type"]];
    assert!(declared.is_object(), "{template}");
    if seen.headers["content-type"] == "application/json" {
        validate(contract, &declared["schema"], &serde_json::from_slice(&seen.body).unwrap(), template);
    }
}

fn validate(contract: &Value, schema: &Value, value: &Value, place: &str) {
    let mut whole = json!({ "components": contract["components"] });
    to_json_schema(&mut whole);
    let mut schema = schema.clone();
    to_json_schema(&mut schema);
    whole["allOf"] = json!([schema]);
    let validator = jsonschema::draft4::options().should_validate_formats(true).build(&whole).unwrap();
    let problems: Vec<String> = validator.iter_errors(value).map(|error| error.to_string()).collect();
    assert!(problems.is_empty(), "{place}: {problems:?} in {value}");
}

/// OpenAPI 3.0 says `nullable` where JSON Schema has a type; nothing that we send is null. Fields that the contract
/// does not list are not ours to send.
fn to_json_schema(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.remove("nullable");
            fields.remove("example");
            fields.remove("examples");
            if fields.get("properties").is_some_and(Value::is_object)
                && fields.get("type") == Some(&json!("object"))
            {
                fields.entry("additionalProperties").or_insert(json!(false));
            }
            fields.values_mut().for_each(to_json_schema);
        }
        Value::Array(items) => items.iter_mut().for_each(to_json_schema),
        _ => {}
    }
}

#[test]
fn requests_as_they_are_written() {
    insta::assert_json_snapshot!("token_authentication", written(&requests::token_authentication()));
    insta::assert_json_snapshot!("open_online_session", written(&requests::open_session()));
    insta::assert_json_snapshot!("open_batch_session", written(&requests::open_batch()));
    insta::assert_json_snapshot!("send_invoice", written(&requests::send_invoice()));
    insta::assert_json_snapshot!("start_export", written(&requests::start_export()));
    insta::assert_json_snapshot!("invoice_query_full", written(&requests::full_query()));
    insta::assert_json_snapshot!("invoice_query_small", written(&requests::small_query()));
    insta::assert_json_snapshot!("enroll_certificate", written(&requests::enroll()));
    insta::assert_json_snapshot!("certificates_query", written(&requests::certificates_query()));
    insta::assert_json_snapshot!("make_token", written(&requests::make_token()));
    insta::assert_json_snapshot!("collective_query", written(&requests::collective_query()));
}

#[test]
fn requests_about_permissions_as_they_are_written() {
    for (at, subject) in permissions::subjects().into_iter().enumerate() {
        insta::assert_json_snapshot!(
            format!("grant_to_person_{at}"),
            written(&permissions::to_person(subject))
        );
    }
    for (at, owner) in permissions::owners().into_iter().enumerate() {
        insta::assert_json_snapshot!(
            format!("grant_eu_administration_{at}"),
            written(&permissions::eu_administration(owner))
        );
    }
    insta::assert_json_snapshot!("grant_to_entity", written(&permissions::to_entity()));
    insta::assert_json_snapshot!("grant_authorizations", written(&permissions::authorizations()));
    insta::assert_json_snapshot!("grant_targets", written(&permissions::targets()));
    insta::assert_json_snapshot!("personal_grants_query_full", written(&permissions::personal_query()));
    insta::assert_json_snapshot!("personal_grants_query_default", written(&PersonalGrantsQuery::default()));
    insta::assert_json_snapshot!("person_grants_queries", written(&permissions::persons_queries()));
}

/// As text first, and read back: the same digits that go over the wire.
fn written(request: &impl serde::Serialize) -> Value {
    serde_json::from_slice(&serde_json::to_vec(request).unwrap()).unwrap()
}

#[test]
fn amounts_are_written_digit_by_digit() {
    let text = serde_json::to_string(&requests::full_query()).unwrap();
    assert!(text.contains(r#""amount":{"type":"Brutto","from":0.10,"to":12345678901234.56}"#), "{text}");
    let text = serde_json::to_string(&requests::to_pay()).unwrap();
    assert!(text.contains(r#""payment":{"amount":12345678901234.50,"currency":"PLN"}"#), "{text}");
}
