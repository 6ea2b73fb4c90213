//! The client's operations and request bodies, judged by the ministry's own OpenAPI file.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "what fails must stop the test; what is skipped is said"
)]

mod common;

use std::collections::BTreeMap;

use common::{Server, access_token, json, now, reference};
use ksef_api::{
    AllowedIps, Amount, AmountKind, AuthenticationToken, AuthorizationPolicy, BuyerIdentifierKind, Client,
    ContinuationToken, DateKind, DateRange, EncryptionInfo, FormCode, FormType, InvoiceKind, InvoiceQuery,
    InvoicingMode, KsefTokenState, KsefTokensQuery, OPERATIONS, OpenOnlineSession, Page, PermissionContext,
    PermissionContextKind, PermissionState, PermissionTarget, PermissionTargetKind, PersonalGrantsQuery,
    PersonalPermission, PublicKeyId, QueryBuyer, RateGroup, RateLimits, RefreshToken, Repeat, SendInvoice,
    SessionKind, SessionState, SessionsQuery, SortOrder, SubjectKind, TokenAuthentication, Window,
    XadesOptions,
};
use ksef_types::{KsefNumber, Nip, Sha256Hash};
use serde_json::{Value, json};

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

#[test]
fn every_operation_is_in_the_contract() {
    let Some(contract) = contract() else { return };
    for known in OPERATIONS {
        let found = operation(&contract, known.path, known.method.as_str());
        assert!(found.is_object(), "{} {}", known.method, known.path);
        let public = known.group == RateGroup::Public
            && known.name != "authentication_status"
            && known.name != "redeem"
            && known.name != "refresh";
        assert_eq!(found.get("security").is_none(), public, "{}", known.name);
    }
}

#[test]
fn the_published_limits_are_those_of_the_contract() {
    let Some(contract) = contract() else { return };
    let limits = RateLimits::published();
    for known in OPERATIONS {
        let limit = limits.of(limits.counted_as(known.group)).unwrap();
        let published = &operation(&contract, known.path, known.method.as_str())["x-rate-limits"];
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
    let never: Vec<&str> =
        OPERATIONS.iter().filter(|known| known.repeat == Repeat::Never).map(|known| known.name).collect();
    assert_eq!(
        never,
        ["authenticate_by_token", "authenticate_by_xades", "redeem", "open_online_session", "send_invoice"]
    );
}

fn token_authentication() -> TokenAuthentication {
    TokenAuthentication {
        challenge: reference("CR"),
        context_identifier: nip().into(),
        encrypted_token: vec![7; 32].into(),
        public_key_id: Some(PublicKeyId("mkht+3m5trnfxlTYhq3QFn74LkEO69MFNlsMAkCDSPA=".to_owned())),
        authorization_policy: Some(AuthorizationPolicy {
            allowed_ips: AllowedIps {
                addresses: vec!["192.0.2.1".to_owned()],
                ranges: vec!["192.0.2.1-192.0.2.9".to_owned()],
                masks: vec!["192.0.2.0/24".to_owned()],
            },
        }),
    }
}

fn open_session() -> OpenOnlineSession {
    OpenOnlineSession {
        form_code: FormCode::fa3(),
        encryption: EncryptionInfo {
            encrypted_symmetric_key: vec![1; 32].into(),
            initialization_vector: [2; 16],
            public_key_id: Some(PublicKeyId("mkht+3m5trnfxlTYhq3QFn74LkEO69MFNlsMAkCDSPA=".to_owned())),
        },
    }
}

fn send_invoice() -> SendInvoice {
    SendInvoice {
        invoice_hash: Sha256Hash::new([1; 32]),
        invoice_size: 5,
        encrypted_invoice_hash: Sha256Hash::new([2; 32]),
        encrypted_invoice_size: 16,
        encrypted_invoice_content: vec![3; 16],
        offline_mode: true,
        hash_of_corrected_invoice: Some(Sha256Hash::new([4; 32])),
    }
}

fn nip() -> Nip {
    "5265877635".parse().unwrap()
}

fn number() -> KsefNumber {
    KsefNumber::compose(nip(), now().date_naive(), [1, 2, 3, 4, 5, 6])
}

fn full_query() -> InvoiceQuery {
    InvoiceQuery {
        ksef_number: Some(number()),
        invoice_number: Some("FV/1".to_owned()),
        amount: Some(Amount {
            kind: AmountKind::Brutto,
            from: Some("0.10".parse().unwrap()),
            to: Some("12345678901234.56".parse().unwrap()),
        }),
        seller_nip: Some(nip()),
        buyer_identifier: Some(QueryBuyer {
            kind: BuyerIdentifierKind::Foreign,
            value: Some("X1".to_owned()),
        }),
        currency_codes: vec!["PLN".to_owned()],
        invoicing_mode: Some(InvoicingMode::Offline),
        is_self_invoicing: Some(false),
        form_type: Some(FormType::FaRr),
        invoice_types: vec![InvoiceKind::Vat, InvoiceKind::KorVatRr],
        has_attachment: Some(true),
        ..small_query()
    }
}

fn small_query() -> InvoiceQuery {
    let date_range = DateRange {
        date_type: DateKind::PermanentStorage,
        from: now(),
        to: Some(now()),
        restrict_to_permanent_storage_hwm_date: Some(true),
    };
    InvoiceQuery::new(SubjectKind::SubjectAuthorized, date_range)
}

fn full_grants_query() -> PersonalGrantsQuery {
    PersonalGrantsQuery {
        context_identifier: Some(PermissionContext {
            kind: PermissionContextKind::Nip,
            value: nip().to_string(),
        }),
        target_identifier: Some(PermissionTarget { kind: PermissionTargetKind::AllPartners, value: None }),
        permission_types: vec![PersonalPermission::InvoiceWrite],
        permission_state: Some(PermissionState::Active),
    }
}

/// Every operation once, with everything that it can carry.
async fn call_everything(client: &Client) {
    let (access, session, other) = (access_token(), reference("SO"), reference("EE"));
    let started = AuthenticationToken::new("t".to_owned().into(), now());
    let refresh = RefreshToken::new("r".to_owned().into(), now());
    let more = Some(ContinuationToken("dalej".to_owned()));
    let more = more.as_ref();
    let page = Page { offset: 1, size: 250, order: SortOrder::Asc };
    let sessions = SessionsQuery {
        kind: SessionKind::Online,
        reference_number: Some(session.clone()),
        created_from: Some(now()),
        created_to: Some(now()),
        states: vec![SessionState::InProgress, SessionState::Failed],
        page_size: 1000,
    };
    let tokens =
        KsefTokensQuery { states: vec![KsefTokenState::Active, KsefTokenState::Revoked], page_size: 100 };
    // The answers are of no interest here.
    drop(client.challenge().await);
    drop(client.authenticate_by_token(&token_authentication()).await);
    drop(
        client
            .authenticate_by_xades(b"<AuthTokenRequest/>", XadesOptions { verify_chain: true, strict: true })
            .await,
    );
    drop(client.authentication_status(&session, &started).await);
    drop(client.redeem(&started).await);
    drop(client.refresh(&refresh).await);
    drop(client.active_sessions(&access, 100, more).await);
    drop(client.end_session(&access, &session).await);
    drop(client.end_current_session(&access).await);
    drop(client.public_keys().await);
    drop(client.open_online_session(&access, &open_session()).await);
    drop(client.send_invoice(&access, &session, &send_invoice()).await);
    drop(client.close_online_session(&access, &session).await);
    drop(client.sessions(&access, &sessions, more).await);
    drop(client.session_status(&access, &session).await);
    drop(client.session_invoices(&access, &session, 1000, more).await);
    drop(client.session_failed_invoices(&access, &session, 1000, more).await);
    drop(client.invoice_status(&access, &session, &other).await);
    drop(client.invoice_upo(&access, &session, &other).await);
    drop(client.invoice_upo_by_ksef_number(&access, &session, &number()).await);
    drop(client.session_upo(&access, &session, &other).await);
    drop(client.invoice_by_ksef_number(&access, &number()).await);
    drop(client.query_invoice_metadata(&access, &full_query(), &page).await);
    drop(client.query_invoice_metadata(&access, &small_query(), &page).await);
    drop(client.rate_limits(&access).await);
    drop(client.context_limits(&access).await);
    drop(client.subject_limits(&access).await);
    drop(client.tokens(&access, &tokens, more).await);
    drop(client.token(&access, &session).await);
    drop(client.personal_grants(&access, &PersonalGrantsQuery::default(), 0, 100).await);
    drop(client.personal_grants(&access, &full_grants_query(), 0, 100).await);
}

/// The template of the contract that a path fits.
fn template<'a>(contract: &'a Value, method: &str, path: &str) -> Option<&'a str> {
    let fits = |template: &str| {
        template.split('/').count() == path.split('/').count()
            && template
                .split('/')
                .zip(path.split('/'))
                .all(|(wanted, found)| wanted == found || wanted.starts_with('{'))
    };
    let paths = contract["paths"].as_object().unwrap();
    let mut fitting: Vec<&str> = paths
        .iter()
        .filter(|(template, methods)| fits(template) && methods.get(method.to_ascii_lowercase()).is_some())
        .map(|(template, _)| template.as_str())
        .collect();
    fitting.sort_by_key(|template| template.matches('{').count());
    fitting.first().copied()
}

#[tokio::test]
async fn every_request_is_one_of_the_contract() {
    let Some(contract) = contract() else { return };
    let server = Server::always(json(400, "{}")).await;
    call_everything(&server.client_with(|config| config.repeats.times = 0)).await;
    let mut called = BTreeMap::new();
    for seen in server.seen() {
        let path = seen.path.strip_prefix("/v2").unwrap();
        let template =
            template(&contract, &seen.method, path).unwrap_or_else(|| panic!("{} {path}", seen.method));
        let found = operation(&contract, template, &seen.method);
        called.insert((seen.method.clone(), template.to_owned()), ());
        let bearer = seen.headers.get("authorization").is_some_and(|value| value.starts_with("Bearer "));
        assert_eq!(bearer, found.get("security").is_some(), "{template}");
        parameters_fit(&contract, found, &seen, template);
        body_fits(&contract, found, &seen, template);
    }
    assert_eq!(called.len(), OPERATIONS.len(), "every operation was called");
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
        let number = value.parse::<i64>().ok().map(Value::from);
        let value =
            number.or_else(|| value.parse::<bool>().ok().map(Value::from)).unwrap_or_else(|| json!(value));
        validate(contract, schema, &value, &format!("{template} {name}"));
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
    insta::assert_json_snapshot!("token_authentication", written(&token_authentication()));
    insta::assert_json_snapshot!("open_online_session", written(&open_session()));
    insta::assert_json_snapshot!("send_invoice", written(&send_invoice()));
    insta::assert_json_snapshot!("invoice_query_full", written(&full_query()));
    insta::assert_json_snapshot!("invoice_query_small", written(&small_query()));
    insta::assert_json_snapshot!("personal_grants_query_full", written(&full_grants_query()));
    insta::assert_json_snapshot!("personal_grants_query_default", written(&PersonalGrantsQuery::default()));
}

/// As text first, and read back: the same digits that go over the wire.
fn written(request: &impl serde::Serialize) -> Value {
    serde_json::from_slice(&serde_json::to_vec(request).unwrap()).unwrap()
}

#[test]
fn amounts_are_written_digit_by_digit() {
    let text = serde_json::to_string(&full_query()).unwrap();
    assert!(text.contains(r#""amount":{"type":"Brutto","from":0.10,"to":12345678901234.56}"#), "{text}");
}
