//! The examples of answers in the ministry's OpenAPI file are read; so are answers with more in them, and less.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "what fails must stop the test; what is skipped is said"
)]

mod common;
mod requests;

use common::{Server, access_token, json, reference};
use ksef_api::{
    AuthenticationMethodCategory, AuthorizationGrantsQuery, AuthorizationsSide, CertificatesQuery,
    EffectiveRateLimit, EntityGrantsQuery, EuEntityGrantsQuery, InvoiceStatusInfo, KsefTokensQuery, Page,
    PageOf, PermissionKind, PersonGrantsQuery, PersonGrantsScope, PersonalGrantsQuery, SessionKind,
    SessionsQuery, SortOrder, SubordinateRolesQuery, SubunitGrantsQuery,
};
use requests::permissions;
use serde_json::Value;

/// The examples of good answers of an operation, with fields added that nobody knows.
fn examples(path: &str, method: &str) -> Vec<String> {
    let Some(shared) = ksef_testkit::shared() else {
        println!("skipped: the ministry's OpenAPI file is not here");
        return Vec::new();
    };
    let contract: Value =
        serde_json::from_str(&std::fs::read_to_string(shared.join("open-api.json")).unwrap()).unwrap();
    let responses = contract["paths"][path][method]["responses"].as_object().unwrap();
    let good = responses.iter().filter(|(status, _)| status.starts_with('2'));
    let mut found = Vec::new();
    for (_, response) in good {
        let content = &response["content"]["application/json"];
        let named =
            content["examples"].as_object().into_iter().flatten().map(|(_, example)| &example["value"]);
        for example in named.chain(content.get("example")) {
            let mut example = example.clone();
            repair(&mut example);
            add_unknown_fields(&mut example);
            found.push(example.to_string());
        }
    }
    assert!(!found.is_empty(), "{path} has examples");
    found
}

/// The examples shorten certificates with dots, and one leaves out a hash that the schema requires.
fn repair(example: &mut Value) {
    if let Some(keys) = example.as_array_mut() {
        for key in keys.iter_mut().filter(|key| key["certificate"].is_string()) {
            key["certificate"] = "MIIB".into();
        }
    }
    if example["ordinalNumber"].is_number() && example["invoiceHash"].is_null() {
        example["invoiceHash"] = "mkht+3m5trnfxlTYhq3QFn74LkEO69MFNlsMAkCDSPA=".into();
    }
}

fn add_unknown_fields(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let keyed_by_data =
                fields.keys().any(|name| name.starts_with("original") || name.starts_with("x-ms"));
            fields.values_mut().for_each(add_unknown_fields);
            if !keyed_by_data {
                fields.insert("nieznane".to_owned(), serde_json::json!({"a": [1, null]}));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(add_unknown_fields),
        _ => {}
    }
}

macro_rules! reads {
    ($name:ident, $method:literal $path:literal, |$client:ident, $token:ident| $call:expr) => {
        #[tokio::test]
        async fn $name() {
            for example in examples($path, $method) {
                let server = Server::always(json(200, &example)).await;
                let ($client, $token) = (server.client(), access_token());
                let _ = &$token;
                if let Err(error) = $call.await {
                    panic!("{error:?} for {example}");
                }
            }
        }
    };
}

fn first_page() -> Page {
    Page { offset: 0, size: 10, order: SortOrder::Asc }
}

reads!(challenge, "post" "/auth/challenge", |client, token| client.challenge());
reads!(active_sessions, "get" "/auth/sessions", |client, token| client.active_sessions(&token, 10, None));
reads!(public_keys, "get" "/security/public-key-certificates", |client, token| client.public_keys());
reads!(session_status, "get" "/sessions/{referenceNumber}", |client, token| client.session_status(&token, &reference("SO")));
reads!(sessions, "get" "/sessions", |client, token| client.sessions(&token, &SessionsQuery::all(SessionKind::Online), None));
reads!(invoices, "get" "/sessions/{referenceNumber}/invoices", |client, token| client.session_invoices(&token, &reference("SO"), 10, None));
reads!(failed, "get" "/sessions/{referenceNumber}/invoices/failed", |client, token| client.session_failed_invoices(&token, &reference("SO"), 10, None));
reads!(invoice, "get" "/sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}", |client, token| client.invoice_status(&token, &reference("SO"), &reference("EE")));
reads!(metadata, "post" "/invoices/query/metadata", |client, token| client.query_invoice_metadata(&token, &requests::small_query(), &first_page()));
reads!(rate_limits, "get" "/rate-limits", |client, token| client.rate_limits(&token));
reads!(context_limits, "get" "/limits/context", |client, token| client.context_limits(&token));
reads!(subject_limits, "get" "/limits/subject", |client, token| client.subject_limits(&token));
reads!(tokens, "get" "/tokens", |client, token| client.tokens(&token, &KsefTokensQuery::all(), None));
reads!(token, "get" "/tokens/{referenceNumber}", |client, token| client.token(&token, &reference("EC")));
reads!(grants, "post" "/permissions/query/personal/grants", |client, token| client.personal_grants(&token, &PersonalGrantsQuery::default(), PageOf::FIRST));

reads!(enrollment_data, "get" "/certificates/enrollments/data", |client, token| client.certificate_enrollment_data(&token));
reads!(enrolled, "post" "/certificates/enrollments", |client, token| client.enroll_certificate(&token, &requests::enroll()));
reads!(enrollment, "get" "/certificates/enrollments/{referenceNumber}", |client, token| client.certificate_enrollment(&token, &reference("CE")));
reads!(retrieved, "post" "/certificates/retrieve", |client, token| client.retrieve_certificates(&token, &[requests::serial_number()]));
reads!(certificates, "post" "/certificates/query", |client, token| client.query_certificates(&token, &CertificatesQuery::default(), PageOf::FIRST));
reads!(made_token, "post" "/tokens", |client, token| client.make_token(&token, &requests::make_token()));
reads!(to_person, "post" "/permissions/persons/grants", |client, token| client.grant_to_person(&token, &permissions::to_person(permissions::subjects().remove(0))));
reads!(to_entity, "post" "/permissions/entities/grants", |client, token| client.grant_to_entity(&token, &permissions::to_entity()));
reads!(authorized, "post" "/permissions/authorizations/grants", |client, token| client.grant_authorization(&token, &permissions::authorizations()[0]));
reads!(indirectly, "post" "/permissions/indirect/grants", |client, token| client.grant_indirectly(&token, &permissions::indirectly(permissions::subjects().remove(0), None)));
reads!(subunit, "post" "/permissions/subunits/grants", |client, token| client.grant_subunit_administration(&token, &permissions::subunit(permissions::subjects().remove(0))));
reads!(eu_administration, "post" "/permissions/eu-entities/administration/grants", |client, token| client.grant_eu_administration(&token, &permissions::eu_administration(permissions::owners().remove(0))));
reads!(eu_representation, "post" "/permissions/eu-entities/grants", |client, token| client.grant_eu_representation(&token, &permissions::eu_representation(permissions::owners().remove(0))));
reads!(revoked, "delete" "/permissions/common/grants/{permissionId}", |client, token| client.revoke_grant(&token, &permissions::permission_id()));
reads!(revoked_authorization, "delete" "/permissions/authorizations/grants/{permissionId}", |client, token| client.revoke_authorization(&token, &permissions::permission_id()));
reads!(permission_operation, "get" "/permissions/operations/{referenceNumber}", |client, token| client.permission_operation(&token, &reference("PO")));
reads!(person_grants, "post" "/permissions/query/persons/grants", |client, token| client.person_grants(&token, &PersonGrantsQuery::all(PersonGrantsScope::InCurrentContext), PageOf::FIRST));
reads!(subunit_grants, "post" "/permissions/query/subunits/grants", |client, token| client.subunit_grants(&token, &SubunitGrantsQuery::default(), PageOf::FIRST));
reads!(entity_grants, "post" "/permissions/query/entities/grants", |client, token| client.entity_grants(&token, &EntityGrantsQuery::default(), PageOf::FIRST));
reads!(entity_roles, "get" "/permissions/query/entities/roles", |client, token| client.entity_roles(&token, PageOf::FIRST));
reads!(subordinate_roles, "post" "/permissions/query/subordinate-entities/roles", |client, token| client.subordinate_roles(&token, &SubordinateRolesQuery::default(), PageOf::FIRST));
reads!(authorization_grants, "post" "/permissions/query/authorizations/grants", |client, token| client.authorization_grants(&token, &AuthorizationGrantsQuery::all(AuthorizationsSide::Granted), PageOf::FIRST));
reads!(eu_entity_grants, "post" "/permissions/query/eu-entities/grants", |client, token| client.eu_entity_grants(&token, &EuEntityGrantsQuery::default(), PageOf::FIRST));
reads!(opened_batch, "post" "/sessions/batch", |client, token| client.open_batch_session(&token, &requests::open_batch()));
reads!(opened, "post" "/sessions/online", |client, token| client.open_online_session(&token, &requests::open_session()));
reads!(sent, "post" "/sessions/online/{referenceNumber}/invoices", |client, token| client.send_invoice(&token, &reference("SO"), &requests::send_invoice()));
reads!(export, "post" "/invoices/exports", |client, token| client.start_export(&token, &requests::start_export()));
reads!(export_status, "get" "/invoices/exports/{referenceNumber}", |client, token| client.export_status(&token, &reference("EX")));
reads!(peppol, "get" "/peppol/query", |client, token| client.peppol_providers(PageOf::FIRST));

#[tokio::test]
async fn amounts_are_read_digit_by_digit() {
    let Some(example) = examples("/invoices/query/metadata", "post").pop() else { return };
    let exact = example.replace("43370.57", "98765432109876.43");
    let server = Server::always(json(200, &exact)).await;
    let page = server
        .client()
        .query_invoice_metadata(&access_token(), &requests::small_query(), &first_page())
        .await
        .unwrap();
    assert_eq!(page.invoices[0].gross_amount.to_string(), "98765432109876.43");
    assert_eq!(page.invoices[0].net_amount.to_string(), "35260.63");
}

#[tokio::test]
async fn new_values_of_enumerations_survive() {
    let body = r#"{"startDate":"2026-11-21T10:00:00Z","authenticationMethod":"Telepatia","authenticationMethodInfo":{"category":"Nowa","code":"t","displayName":"Telepatia"},"status":{"code":100,"description":"W toku"}}"#;
    let server = Server::always(json(200, body)).await;
    let token = ksef_api::AuthenticationToken::new("t".to_owned().into(), common::now());
    let status = server.client().authentication_status(&reference("AU"), &token).await.unwrap();
    let info = status.authentication_method_info.clone().unwrap();
    assert_eq!(info.category, AuthenticationMethodCategory::Other("Nowa".to_owned()));
    assert_eq!(info.category.to_string(), "Nowa");
}

#[tokio::test]
async fn what_2_8_and_2_9_added() {
    let limit = r#"{"perSecond":-1,"perMinute":-1,"perHour":-1}"#;
    let server = Server::always(json(
        200,
        &format!(
            r#"{{"onlineSessionClose":{limit},"global":{limit},"anonymous":{limit},"przyszla":{limit}}}"#
        ),
    ))
    .await;
    let limits = server.client().rate_limits(&access_token()).await.unwrap();
    let none = Some(EffectiveRateLimit { per_second: -1, per_minute: -1, per_hour: -1 });
    assert_eq!((limits.online_session_close, limits.global, limits.online_session), (none, none, None));

    let owner = r#"{"permissions":[],"hasMore":false,"ownerPermissions":["InvoiceWrite",{"permissionScope":"InvoiceRead"},17]}"#;
    let server = Server::always(json(200, owner)).await;
    let grants = server
        .client()
        .personal_grants(&access_token(), &PersonalGrantsQuery::default(), PageOf::FIRST)
        .await
        .unwrap();
    let read: Vec<_> = grants.owner_permissions.iter().map(|owner| owner.permission.clone()).collect();
    assert_eq!(read, [Some(PermissionKind::InvoiceWrite), Some(PermissionKind::InvoiceRead), None]);
}

#[test]
fn a_duplicate_names_the_original_or_not() {
    let read = |json: &str| serde_json::from_str::<InvoiceStatusInfo>(json).unwrap();
    let full = read(
        r#"{"code":440,"description":"Duplikat","details":["x"],"extensions":{"originalSessionReferenceNumber":"20261121-SO-0123456789-ABCDEF0123-4E","originalKsefNumber":"5265877635-20250626-010080DD2B5E-26","nowe":null}}"#,
    );
    assert!(full.is_duplicate());
    assert_eq!(full.original_session(), Some(reference("SO")));
    assert_eq!(full.original_ksef_number().unwrap().as_str(), "5265877635-20250626-010080DD2B5E-26");
    let bare = read(r#"{"code":440,"description":"Duplikat","extensions":null}"#);
    assert_eq!((bare.original_session(), bare.original_ksef_number()), (None, None));
}

#[tokio::test]
async fn latarnia_is_read_leniently() {
    let message = r#"{"id":"m1","eventId":7,"category":"FAILURE","type":"FAILURE_START","title":"Awaria","text":"","start":"2026-11-21T10:00:00Z","end":null,"version":1,"published":"2026-11-21T10:00:00Z","nowe":1}"#;
    let server = Server::start(move |seen, _| {
        let list = format!("[{message}]");
        let status = format!(r#"{{"status":"CZESCIOWA","messages":[{message}]}}"#);
        common::Reply::Bytes(json(200, if seen.path == "/v2/status" { &status } else { &list }))
    })
    .await;
    let latarnia = ksef_api::Latarnia::new(common::config(server.address.clone())).unwrap();
    let status = latarnia.status().await.unwrap();
    assert_eq!(status.status, ksef_api::Availability::Other("CZESCIOWA".to_owned()));
    assert_eq!(latarnia.messages().await.unwrap()[0].event_id.as_deref(), Some("7"));
}
