//! What integrators met in the real KSeF, note by note: the client lives with each. The number is the note's.
//!
//! Notes that are not about the client have their tests where they belong:
//!
//! | note | about | where |
//! |---|---|---|
//! | 17, 18 | the form of a signature | `ksef-crypto`; here only how a refusal and a warning arrive |
//! | 19 | the key decides, not the certificate's signature | `ksef-crypto` |
//! | 20 | files that are cut off or are pages | `ksef-crypto` |
//! | 22, 23, 24 | codes on invoices issued offline | `ksef-crypto` and the simulator's pages |
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

mod common;
mod requests;
mod world;

use std::time::Duration;

use chrono::SubsecRound as _;
use common::{CHALLENGE, Server, access_token, json, now, problem, reference, refused, response};
use ksef_api::{
    ApiError, AuthenticationToken, CertificateInfo, Client, ContinuationToken, DateKind, DateRange,
    ErrorKind, InvoiceQuery, InvoiceStatus, KeyRing, KeyUsage, Page, PageOf, RefreshToken, RetryKind,
    SortOrder, SubjectKind, WaitError, WaitPolicy, WaitingReason, XadesOptions, code,
};
use ksef_crypto::sha256;
use ksef_sim::{Fault, FaultKind, Operation, Quirk};
use ksef_types::{Clock as _, SystemClock};
use tokio_util::sync::CancellationToken;
use world::{World, document, encrypted};

fn quick() -> WaitPolicy {
    WaitPolicy {
        first_pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(2),
        ..WaitPolicy::default()
    }
}

/// Nothing is repeated, so that what arrives is what KSeF said.
async fn said(reply: Vec<u8>) -> (Server, Client) {
    let server = Server::always(reply).await;
    let client = server.client_with(|config| config.repeats.times = 0);
    (server, client)
}

#[tokio::test]
async fn field_note_01_a_closing_that_answers_502_though_done() {
    let world = World::start().await;
    let access = world.access().await;
    let (key, session) = world.open(&access).await.unwrap();
    world.client.send_invoice(&access, &session, &encrypted(&key, &document("FN/1"))).await.unwrap();
    let done = Fault::next(Operation::CloseOnlineSession, FaultKind::StatusAfter { status: 502 });
    world.running.control().fault(done);
    world.client.close_online_session(&access, &session).await.unwrap();
    let arrived = world.running.control().arrived().unwrap();
    assert_eq!(arrived.count(Operation::CloseOnlineSession), 2, "it was closed again");
    assert_eq!(arrived.count(Operation::SendInvoice), 1, "closing again sends nothing again");

    let (key, lost) = world.open(&access).await.unwrap();
    world.client.send_invoice(&access, &lost, &encrypted(&key, &document("FN/1/2"))).await.unwrap();
    world.running.control().quirk(Quirk::CloseIsLost, true);
    let error = world.client.close_online_session(&access, &lost).await.unwrap_err();
    assert!(matches!(error.retry(), RetryKind::Transient { .. }), "to be closed again, later: {error:?}");
    let status = world.client.session_status(&access, &lost).await.unwrap();
    assert_eq!(status.status.code, 100, "its status tells that it is still open");
    world.running.control().quirk(Quirk::CloseIsLost, false);
    world.client.close_online_session(&access, &lost).await.unwrap();
    world.running.stop().await;
}

#[tokio::test]
async fn field_note_02_what_stays_under_way_is_waited_for_and_never_taken_for_a_failure() {
    let world = World::start().await;
    let access = world.access().await;
    world.running.control().quirk(Quirk::InvoicesStayAt150, true);
    let (key, session) = world.open(&access).await.unwrap();
    let sent =
        world.client.send_invoice(&access, &session, &encrypted(&key, &document("FN/2"))).await.unwrap();
    for _ in 0..20 {
        let status = world.client.invoice_status(&access, &session, &sent.reference_number).await.unwrap();
        assert!(status.status.is_under_way(), "{status:?}");
    }
    world.running.control().quirk(Quirk::InvoicesStayAt150, false);
    assert!(world.accepted(&access, &session, &sent.reference_number).await.status.is_accepted());
    world.running.stop().await;

    let batch = r#"{"status":{"code":100,"description":"Sesja wsadowa rozpoczęta"},"dateCreated":"2026-11-21T10:00:00Z","dateUpdated":"2026-11-21T10:00:00Z"}"#;
    let (_server, client) = said(json(200, batch)).await;
    let policy = WaitPolicy { deadline: Duration::from_secs(5), ..quick() };
    let waited =
        client.await_session(&access_token(), &reference("SB"), &policy, &CancellationToken::new()).await;
    assert!(matches!(waited, Err(WaitError::Deadline { last: Some(last) }) if last.status.code == 100));
}

fn invoice_status(changed: &str) -> InvoiceStatus {
    let text = format!(
        r#"{{"ordinalNumber":1,"referenceNumber":"20261121-EE-0123456789-ABCDEF0123-4E","invoiceHash":"mkht+3m5trnfxlTYhq3QFn74LkEO69MFNlsMAkCDSPA=","invoicingDate":"2026-11-21T10:00:00Z",{changed}}}"#
    );
    serde_json::from_str(&text).unwrap()
}

#[test]
fn field_note_03_a_duplicate_names_the_original_in_its_extensions() {
    let own_session = "20261121-SB-0123456789-ABCDEF0123-4E";
    let duplicate = invoice_status(&format!(
        r#""ksefNumber":null,"status":{{"code":440,"description":"Duplikat faktury","details":["x"],"extensions":{{"originalSessionReferenceNumber":"{own_session}","originalKsefNumber":"5265877635-20250626-010080DD2B5E-26"}}}}"#
    ));
    assert!(duplicate.status.is_duplicate() && duplicate.ksef_number.is_none());
    let original = duplicate.status.original_ksef_number().unwrap();
    assert_eq!(original.as_str(), "5265877635-20250626-010080DD2B5E-26");
    // In a batch it may be the duplicate's own session, so it proves nothing: the invoice itself is fetched.
    assert_eq!(duplicate.status.original_session().unwrap().as_str(), own_session);
}

#[tokio::test]
async fn field_note_03_what_the_original_is_can_be_fetched_and_compared() {
    let world = World::start().await;
    let access = world.access().await;
    let (key, session) = world.open(&access).await.unwrap();
    let bytes = document("FN/3");
    let first = world.client.send_invoice(&access, &session, &encrypted(&key, &bytes)).await.unwrap();
    assert!(world.accepted(&access, &session, &first.reference_number).await.status.is_accepted());
    let again = world.client.send_invoice(&access, &session, &encrypted(&key, &bytes)).await.unwrap();
    let status = world.accepted(&access, &session, &again.reference_number).await;
    assert!(status.status.is_duplicate() && status.ksef_number.is_none(), "{status:?}");
    let original = status.status.original_ksef_number().unwrap();
    assert_eq!(world.client.invoice_by_ksef_number(&access, &original).await.unwrap().xml, bytes);
    world.running.stop().await;
}

#[test]
fn field_note_04_no_order_of_the_moments_is_assumed() {
    let accepted = r#""status":{"code":200,"description":"Sukces"},"acquisitionDate":"2026-11-21T10:00:05Z""#;
    let missing = invoice_status(accepted);
    assert_eq!(missing.permanent_storage_date, None);
    let early = invoice_status(&format!(r#"{accepted},"permanentStorageDate":"2026-11-21T10:00:01Z""#));
    assert!(early.permanent_storage_date < early.acquisition_date);
}

#[tokio::test]
async fn field_note_05_the_key_is_encoded_once_and_wrapped_for_its_own_use() {
    let (server, client) = said(refused(21405)).await;
    drop(client.open_online_session(&access_token(), &requests::open_session()).await);
    let body: serde_json::Value = serde_json::from_slice(&server.seen()[0].body).unwrap();
    let text = body["encryption"]["encryptedSymmetricKey"].as_str().unwrap();
    use base64::Engine as _;
    assert_eq!(base64::engine::general_purpose::STANDARD.decode(text).unwrap(), [1; 32]);

    let key = |usage: &str, id: &str, from: &str| {
        format!(
            r#"{{"certificate":"MIIB","certificateId":"c","publicKeyId":"{id}","validFrom":"{from}","validTo":"2027-11-21T10:00:00Z","usage":["{usage}"]}}"#
        )
    };
    let keys = [
        key("KsefTokenEncryption", "token", "2026-11-20T00:00:00Z"),
        key("SymmetricKeyEncryption", "starszy", "2026-01-01T00:00:00Z"),
        key("SymmetricKeyEncryption", "nowszy", "2026-06-01T00:00:00Z"),
        key("SymmetricKeyEncryption", "przyszly", "2027-01-01T00:00:00Z"),
    ];
    let (_server, client) = said(json(200, &format!("[{}]", keys.join(",")))).await;
    let chosen = KeyRing::new(client).current(&KeyUsage::SymmetricKeyEncryption).await.unwrap();
    assert_eq!(chosen.public_key_id.unwrap().0, "nowszy");
}

#[tokio::test]
async fn field_note_06_a_number_whose_invoice_is_not_there_yet() {
    let (_server, client) = said(refused(code::INVOICE_NOT_YET_AVAILABLE)).await;
    let error = client.invoice_by_ksef_number(&access_token(), &requests::number()).await.unwrap_err();
    assert_eq!(error.retry(), RetryKind::Transient { after: None });
}

fn metadata_query(role: SubjectKind, days: i64) -> InvoiceQuery {
    let to = SystemClock.now();
    let range = DateRange {
        date_type: DateKind::PermanentStorage,
        from: to - chrono::TimeDelta::days(days),
        to: Some(to),
        restrict_to_permanent_storage_hwm_date: None,
    };
    InvoiceQuery::new(role, range)
}

async fn metadata(
    world: &World,
    token: &ksef_api::AccessToken,
    query: &InvoiceQuery,
) -> Result<(), ApiError> {
    let page = Page { offset: 0, size: 10, order: SortOrder::Asc };
    world.client.query_invoice_metadata(token, query, &page).await.map(drop)
}

/// The client keeps no window: what is asked again is answered anew.
#[tokio::test]
async fn field_note_07_a_window_below_the_mark_is_asked_for_again_and_answered_anew() {
    let world = World::start().await;
    let access = world.access().await;
    world.running.control().quirk(Quirk::DocumentBelowTheMark, true);
    let mut query = metadata_query(SubjectKind::Subject1, 2);
    let to = (SystemClock.now() - chrono::TimeDelta::hours(12)).trunc_subsecs(0);
    query.date_range.to = Some(to);
    query.date_range.restrict_to_permanent_storage_hwm_date = Some(true);
    let page = Page { offset: 0, size: 10, order: SortOrder::Asc };
    let ask =
        async || world.client.query_invoice_metadata(&access, &query, &page).await.unwrap().into_value();
    let before = ask().await;
    assert!(before.invoices.is_empty() && !before.has_more);
    assert_eq!(before.permanent_storage_hwm_date, Some(to), "the window is complete");

    let (key, session) = world.open(&access).await.unwrap();
    let bytes = document("FN/7");
    let sent = world.client.send_invoice(&access, &session, &encrypted(&key, &bytes)).await.unwrap();
    let accepted = world.accepted(&access, &session, &sent.reference_number).await;
    while ask().await.invoices.is_empty() {
        // Its permanent storage comes after its number.
        tokio::task::yield_now().await;
    }
    let after = ask().await;
    assert_eq!(after.permanent_storage_hwm_date, Some(to), "as it was said to be before");
    let [late] = after.invoices.as_slice() else { unreachable!("{after:?}") };
    assert_eq!((Some(&late.ksef_number), late.invoice_hash), (accepted.ksef_number.as_ref(), sha256(&bytes)));
    assert!(late.permanent_storage_date.is_some_and(|date| date < to), "below the mark: {late:?}");
    world.running.stop().await;
}

#[tokio::test]
async fn field_note_08_new_fields_are_no_trouble_and_roles_are_independent() {
    let world = World::start().await;
    let access = world.access().await;
    world.running.control().quirk(Quirk::UnknownFields, true);
    world.running.control().quirk(Quirk::OneRoleAnswers500, true);
    let mut failing = Vec::new();
    for role in SubjectKind::KNOWN {
        if let Err(error) = metadata(&world, &access, &metadata_query(role.clone(), 30)).await {
            assert!(matches!(error.kind(), ErrorKind::Server { status: 500, .. }), "{error:?}");
            failing.push(role.clone());
        }
    }
    assert_eq!(failing, [SubjectKind::Subject2]);
    world.running.stop().await;
}

#[tokio::test]
async fn field_note_09_a_range_a_little_too_long_is_a_refusal_or_a_500_and_never_silence() {
    let world = World::start().await;
    let access = world.access().await;
    let long = metadata_query(SubjectKind::Subject1, 95);
    let refused = metadata(&world, &access, &long).await.unwrap_err();
    assert!(refused.has_code(21405), "{refused:?}");
    world.running.control().quirk(Quirk::LongRangeAnswers500, true);
    let failed = metadata(&world, &access, &long).await.unwrap_err();
    assert!(matches!(failed.kind(), ErrorKind::Server { status: 500, .. }), "{failed:?}");
    world.running.stop().await;
}

#[tokio::test]
async fn field_note_10_a_refused_continuation_is_told_apart_everywhere() {
    let (server, client) = said(refused(code::CONTINUATION_REFUSED)).await;
    let (access, stale) = (access_token(), ContinuationToken("stary".to_owned()));
    let (session, stale) = (reference("SO"), Some(&stale));
    let query = requests::collective_query();
    let errors = [
        client.active_sessions(&access, 10, stale).await.unwrap_err(),
        client.tokens(&access, &ksef_api::KsefTokensQuery::all(), stale).await.unwrap_err(),
        client.sessions(&access, &requests::sessions_query(), stale).await.unwrap_err(),
        client.session_invoices(&access, &session, 10, stale).await.unwrap_err(),
        client.session_failed_invoices(&access, &session, 10, stale).await.unwrap_err(),
        client.collective_identifiers(&access, &query, 10, stale).await.unwrap_err(),
    ];
    assert!(errors.iter().all(|error| error.has_code(code::CONTINUATION_REFUSED)));
    assert_eq!(server.count(), errors.len(), "and is not asked with again");
}

#[tokio::test]
async fn field_note_11_the_moment_of_a_challenge_is_cut_and_not_rounded() {
    let late = CHALLENGE.replace("10:00:00.1234567", "10:00:00.1239999");
    assert_ne!(late, CHALLENGE);
    let (_server, client) = said(json(200, &late)).await;
    let challenge = client.challenge().await.unwrap();
    assert_eq!(challenge.timestamp_ms, 1_795_255_200_123, "what is encrypted is what KSeF says");
    assert_eq!(
        challenge.timestamp.timestamp_millis(),
        challenge.timestamp_ms,
        "the other is cut to the same"
    );
}

#[tokio::test]
async fn field_note_12_right_after_the_start_it_may_be_unknown() {
    let world = World::start().await;
    world.running.control().quirk(Quirk::FreshOperationNotFound, true);
    world.access().await;
    let arrived = world.running.control().arrived().unwrap();
    let not_found = arrived.requests.iter().filter(|request| request.answered == Some(400));
    assert_eq!(not_found.count(), 2, "asked again");
    assert_eq!(arrived.count(Operation::AuthenticateByToken), 1, "and not begun again");
    world.running.stop().await;
}

#[tokio::test]
async fn field_note_13_a_refresh_after_a_revocation_is_refused_in_either_way() {
    for quirk in [false, true] {
        let world = World::start().await;
        world.running.control().quirk(Quirk::RefreshAnswers21304, quirk);
        let tokens = {
            use ksef_api::Authenticator as _;
            world.login().authenticate().await.unwrap()
        };
        world.client.end_current_session(&tokens.access).await.unwrap();
        let error = world.client.refresh(&tokens.refresh).await.unwrap_err();
        assert!(error.has_code(if quirk { 21304 } else { 21301 }), "{error:?}");
        let access = ksef_api::AccessTokens::with_tokens(
            world.client.clone(),
            world.login(),
            ksef_api::Tokens {
                access: ksef_api::AccessToken::new("x".to_owned().into(), SystemClock.now()),
                refresh: tokens.refresh,
            },
        );
        access.token().await.unwrap();
        let begun = world.running.control().arrived().unwrap().count(Operation::AuthenticateByToken);
        assert_eq!(begun, 2, "authenticated anew, once");
        world.running.stop().await;
    }
}

#[tokio::test]
async fn field_note_14_the_shield_is_no_missing_permission_and_its_cookies_are_not_kept() {
    let page = response(
        403,
        &[("content-type", "text/html"), ("set-cookie", "TS01=sledzi; Path=/")],
        "<html>Request Rejected</html>",
    );
    let blocked = r#"{"title":"Forbidden","status":403,"detail":"Request blocked","reasonCode":"security-service-blocked","security":{"incidentId":"inc-1","clientIp":"192.0.2.7"},"timestamp":"2026-11-21T10:00:00Z"}"#;
    for (reply, incident) in [(page, None), (problem(403, blocked), Some("inc-1"))] {
        let (server, client) = said(reply).await;
        for _ in 0..2 {
            let error = client.make_token(&access_token(), &requests::make_token()).await.unwrap_err();
            assert!(
                matches!(error.kind(), ErrorKind::Shielded { incident: found, .. } if found.as_deref() == incident),
                "{error:?}"
            );
        }
        assert!(server.seen().iter().all(|seen| !seen.headers.contains_key("cookie")));
    }
}

#[tokio::test]
async fn field_note_15_nothing_of_an_access_token_is_read_but_its_end() {
    for token in ["nie-jwt", "eyJhbGciOiJub25lIn0.e30.", "żółć"] {
        let body = format!(
            r#"{{"accessToken":{{"token":"{token}","validUntil":"2026-11-21T10:15:00Z","nowe":1}}}}"#
        );
        let (_server, client) = said(json(200, &body)).await;
        let refresh = RefreshToken::new("r".to_owned().into(), now());
        let access = client.refresh(&refresh).await.unwrap();
        assert_eq!(access.valid_until(), now() + chrono::TimeDelta::minutes(15));
    }
}

#[tokio::test]
async fn field_note_16_a_credential_of_another_environment() {
    let body = r#"{"startDate":"2026-11-21T10:00:00Z","authenticationMethod":"Token","authenticationMethodInfo":{"category":"Token","code":"t","displayName":"Token"},"status":{"code":450,"description":"Uwierzytelnianie zakończone niepowodzeniem z powodu błędnego tokenu","details":["Token nie istnieje"]}}"#;
    let (_server, client) = said(json(200, body)).await;
    let token = AuthenticationToken::new("t".to_owned().into(), now());
    let waited = client
        .await_authentication(&reference("AU"), &token, &quick(), &CancellationToken::new())
        .await
        .unwrap();
    assert_eq!((waited.status.code, waited.status.details.len()), (450, 1), "the cause reaches the caller");

    let (_server, client) = said(refused(21115)).await;
    let error = client.authenticate_by_xades(b"<x/>", XadesOptions::default()).await.unwrap_err();
    assert!(error.has_code(21115) && error.retry() == RetryKind::Permanent);
}

#[tokio::test]
async fn field_note_17_and_18_a_signature_outside_the_profiles_is_refused_or_warned_of() {
    let (_server, client) = said(refused(9105)).await;
    let error = client.authenticate_by_xades(b"<x/>", XadesOptions::default()).await.unwrap_err();
    assert!(error.has_code(9105));

    let started = r#"{"referenceNumber":"20261121-AU-0123456789-ABCDEF0123-4E","authenticationToken":{"token":"t","validUntil":"2026-11-21T10:15:00Z"}}"#;
    let headers = [
        ("content-type", "application/json"),
        ("x-system-warning", "[sig-001]: Podpis nie jest zgodny z dozwolonymi profilami"),
    ];
    let (server, client) = said(response(202, &headers, started)).await;
    let options = XadesOptions { strict: true, ..XadesOptions::default() };
    let answer = client.authenticate_by_xades(b"<x/>", options).await.unwrap();
    assert_eq!(answer.warnings()[0].code, "sig-001");
    assert_eq!(server.seen()[0].headers["x-ksef-feature"], "enforce-xades-compliance");
}

#[tokio::test]
async fn field_note_21_the_limits_are_the_persons_and_come_with_any_company() {
    let limits = r#"{"canRequest":false,"enrollment":{"remaining":0,"limit":12},"certificate":{"remaining":-1,"limit":6}}"#;
    let (_server, client) = said(json(200, limits)).await;
    let read = client.certificate_limits(&access_token()).await.unwrap();
    assert!(!read.can_request);
    assert_eq!((read.enrollment.limit, read.certificate.remaining), (12, -1), "lowered below what is in use");
}

#[tokio::test]
async fn field_note_25_a_revoked_certificate_shows_at_the_next_contact() {
    let item = |status: &str| {
        format!(
            r#"{{"certificateSerialNumber":"019A0CE840428FE6","name":"Offline","type":"Offline","commonName":"Jan","status":"{status}","subjectIdentifier":{{"type":"Pesel","value":"44051401359"}},"validFrom":"2026-11-21T10:00:00Z","validTo":"2028-11-21T10:00:00Z","lastUseDate":null,"requestDate":"2026-11-21T10:00:00Z"}}"#
        )
    };
    for (written, known) in [("Revoked", true), ("Blocked", true), ("Zawieszony", false)] {
        let page = format!(r#"{{"certificates":[{}],"hasMore":false}}"#, item(written));
        let (_server, client) = said(json(200, &page)).await;
        let query = ksef_api::CertificatesQuery {
            serial_number: Some(requests::serial_number()),
            ..ksef_api::CertificatesQuery::default()
        };
        let found = client.query_certificates(&access_token(), &query, PageOf { offset: 0, size: 10 }).await;
        let CertificateInfo { status, .. } = found.unwrap().into_value().certificates.remove(0);
        assert_eq!(ksef_api::KsefCertificateStatus::KNOWN.contains(&status), known);
        assert_eq!(status.as_str(), written);
    }
}

#[tokio::test]
async fn field_note_26_a_429_closes_the_group_whoever_used_the_budget_up() {
    let too_many = |headers: &[(&str, &str)]| {
        response(
            429,
            headers,
            r#"{"status":{"code":429,"description":"Too Many Requests","details":["Spróbuj ponownie po 3 sekundach."]}}"#,
        )
    };
    for (reply, asked) in
        [(too_many(&[("retry-after", "30")]), Some(Duration::from_secs(30))), (too_many(&[]), None)]
    {
        let (server, client) = said(reply).await;
        client.budget().adjust(&limits_without_numbers());
        let error = client.context_limits(&access_token()).await.unwrap_err();
        assert_eq!(*error.kind(), ErrorKind::RateLimited { retry_after: asked }, "the header alone counts");
        let mut watch = client.budget().waiting();
        let (asking, access) = (client.clone(), access_token());
        let task = tokio::spawn(async move { asking.subject_limits(&access).await.map(drop) });
        let waiting = loop {
            let waiting = watch.changed().await.unwrap();
            if !waiting.is_empty() {
                break waiting;
            }
        };
        assert_eq!(waiting[0].reason, WaitingReason::ClosedByKsef);
        task.abort();
        assert_eq!(server.count(), 1, "nothing left while the group was closed");
    }
}

fn limits_without_numbers() -> ksef_api::EffectiveRateLimits {
    let none = Some(ksef_api::EffectiveRateLimit { per_second: -1, per_minute: -1, per_hour: -1 });
    ksef_api::EffectiveRateLimits { other: none, ..Default::default() }
}

/// The simulator's clock stands, so that what is too much is too much however slowly it is asked.
#[tokio::test(flavor = "multi_thread")]
async fn field_note_26_half_of_the_budget_may_be_gone_already() {
    use ksef_sim::{Delays, Pace, SimClock, Simulator, SimulatorConfig};
    let (pace, clock) = (Pace::Automatic(Delays::NONE), SimClock::fixed(SystemClock.now()));
    let config = SimulatorConfig { pace, clock: clock.clone(), ..SimulatorConfig::default() };
    let world = World::of(Simulator::start(config).await.unwrap());
    let access = world.access().await;
    clock.advance(chrono::TimeDelta::minutes(2));
    let refused = || {
        let requests = world.running.control().arrived().unwrap().requests;
        requests.iter().filter(|request| request.answered == Some(429)).count()
    };
    // Below what the limits promise: ten in a second.
    const ASKED: usize = 8;
    let ask = async || {
        for _ in 0..ASKED {
            // A 429 is waited out here, within the budget and for as long as KSeF says.
            world.client.subject_limits(&access).await.unwrap();
        }
    };
    ask().await;
    assert_eq!(refused(), 0, "the whole budget is enough");
    clock.advance(chrono::TimeDelta::minutes(2));
    world.running.control().quirk(Quirk::BudgetHalfEaten, true);
    let time = async {
        while refused() == 0 {
            tokio::task::yield_now().await;
        }
        clock.advance(chrono::TimeDelta::minutes(2));
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = ask() => {}
        () = time => unreachable!(),
    }
    assert_eq!(refused(), 1);
    world.running.stop().await;
}
