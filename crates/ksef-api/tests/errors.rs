//! Errors that KSeF reports: both formats, statuses, warnings, when they may be repeated.
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

mod common;

use std::time::Duration;

use chrono::TimeDelta;
use common::{CHALLENGE, Reply, Server, access_token, json, now, problem, reference, refused, response};
use ksef_api::{
    ApiError, Client, EncryptionInfo, ErrorKind, ForbiddenReason, FormCode, OpenOnlineSession, RateGroup,
    RetryKind, SendInvoice, WaitingReason,
};
use ksef_types::Sha256Hash;

async fn status_error(reply: Vec<u8>) -> ApiError {
    let server = Server::always(reply).await;
    let client = server.client_with(|config| config.repeats.times = 0);
    client.session_status(&access_token(), &reference("SO")).await.unwrap_err()
}

fn invoice() -> SendInvoice {
    SendInvoice {
        invoice_hash: Sha256Hash::new([1; 32]),
        invoice_size: 5,
        encrypted_invoice_hash: Sha256Hash::new([2; 32]),
        encrypted_invoice_size: 16,
        encrypted_invoice_content: vec![3; 16],
        offline_mode: false,
        hash_of_corrected_invoice: None,
    }
}

async fn send(client: &Client) -> Result<(), ApiError> {
    client.send_invoice(&access_token(), &reference("SO"), &invoice()).await.map(drop)
}

#[tokio::test]
async fn both_formats_say_the_same() {
    let older = json(
        400,
        r#"{"exception":{"exceptionDetailList":[{"exceptionCode":21173,"exceptionDescription":"Brak sesji","details":["Sesja X"]},{"exceptionCode":21405,"exceptionDescription":"Walidacja","details":null}],"referenceNumber":"x","serviceCode":"00","timestamp":"2026-11-21T10:00:00Z","nowe":1}}"#,
    );
    let newer = problem(
        400,
        r#"{"title":"Bad Request","status":400,"instance":"/v2","detail":"Nie","errors":[{"code":21173,"description":"Brak sesji","details":["Sesja X"]},{"code":21405,"description":"Walidacja"}],"timestamp":"2026-11-21T10:00:00Z","traceId":"673843e0"}"#,
    );
    let (older, newer) = (status_error(older).await, status_error(newer).await);
    assert_eq!(older.kind(), newer.kind());
    assert!(newer.has_code(21173) && newer.has_code(21405) && !newer.has_code(21470));
    assert_eq!(newer.refusals()[0].details, ["Sesja X"]);
    assert_eq!((older.trace_id(), newer.trace_id()), (None, Some("673843e0")));
    assert_eq!(newer.retry(), RetryKind::Permanent);
}

#[tokio::test]
async fn forbidden_names_the_permission() {
    let error = status_error(problem(403, r#"{"title":"Forbidden","status":403,"detail":"Brak","reasonCode":"missing-permissions","security":{"requiredAnyOfPermissions":["InvoiceWrite"],"presentPermissions":["InvoiceRead"]},"timestamp":"2026-11-21T10:00:00Z"}"#)).await;
    assert_eq!(
        *error.kind(),
        ErrorKind::Forbidden {
            reason: ForbiddenReason::MissingPermissions,
            required_permissions: vec!["InvoiceWrite".to_owned()],
            present_permissions: vec!["InvoiceRead".to_owned()],
        }
    );
    assert!(error.to_string().contains("InvoiceWrite"), "{error}");
    let newer = status_error(problem(
        403,
        r#"{"title":"Forbidden","status":403,"detail":"","reasonCode":"nowy-powod","security":null}"#,
    ))
    .await;
    assert!(
        matches!(newer.kind(), ErrorKind::Forbidden { reason: ForbiddenReason::Other(reason), .. } if reason == "nowy-powod")
    );
}

#[tokio::test]
async fn the_shield_is_not_a_missing_permission() {
    let listed = status_error(problem(403, r#"{"title":"Forbidden","status":403,"detail":"Request blocked","reasonCode":"security-service-blocked","security":{"incidentId":"7-42","clientIp":"192.0.2.1"},"timestamp":"2026-11-21T10:00:00Z"}"#)).await;
    let expected =
        ErrorKind::Shielded { incident: Some("7-42".to_owned()), client_ip: Some("192.0.2.1".to_owned()) };
    assert_eq!(*listed.kind(), expected);
    let without_reason = status_error(json(
        403,
        r#"{"detail":"Request blocked","security":{"incidentId":"7-42","clientIp":"192.0.2.1"}}"#,
    ))
    .await;
    assert_eq!(*without_reason.kind(), expected);
    let page = response(
        403,
        &[("content-type", "text/html"), ("set-cookie", "shield=1; Secure; HttpOnly")],
        "<html>Request blocked. Incident 42</html>",
    );
    assert_eq!(*status_error(page).await.kind(), ErrorKind::Shielded { incident: None, client_ip: None });
}

#[tokio::test]
async fn other_statuses() {
    assert_eq!(*status_error(problem(401, "{}")).await.kind(), ErrorKind::Unauthorized);
    assert_eq!(*status_error(problem(410, r#"{"traceId":"t"}"#)).await.kind(), ErrorKind::Gone);
    assert_eq!(*status_error(json(404, "{}")).await.kind(), ErrorKind::UnexpectedStatus { status: 404 });
    let unavailable = status_error(response(503, &[("retry-after", "7")], "<html>")).await;
    assert_eq!(
        *unavailable.kind(),
        ErrorKind::Server { status: 503, retry_after: Some(Duration::from_secs(7)) }
    );
    assert_eq!(unavailable.retry(), RetryKind::Transient { after: Some(Duration::from_secs(7)) });
}

#[tokio::test]
async fn retry_after_in_both_forms() {
    let limited = |retry_after: &str| {
        response(429, &[("retry-after", retry_after), ("date", "Sat, 21 Nov 2026 10:00:00 GMT")], "{}")
    };
    for endless in
        ["18446744073709551615", "99999999999999999999999", "9000000000000", "Sun, 21 Nov 9999 11:00:00 GMT"]
    {
        let day = Duration::from_secs(24 * 60 * 60);
        let error = status_error(limited(endless)).await;
        assert_eq!(*error.kind(), ErrorKind::RateLimited { retry_after: Some(day) }, "{endless}");
    }
    for retry_after in ["3600", "Sat, 21 Nov 2026 11:00:00 GMT"] {
        let error = status_error(limited(retry_after)).await;
        assert_eq!(*error.kind(), ErrorKind::RateLimited { retry_after: Some(Duration::from_secs(3600)) });
        assert_eq!(error.retry(), RetryKind::Transient { after: Some(Duration::from_secs(3600)) });
    }
    assert_eq!(*status_error(limited("jutro")).await.kind(), ErrorKind::RateLimited { retry_after: None });
}

#[tokio::test]
async fn a_moment_is_counted_from_the_servers_own_clock() {
    let headers =
        [("retry-after", "Sat, 21 Nov 2026 12:00:30 GMT"), ("date", "Sat, 21 Nov 2026 12:00:00 GMT")];
    let error = status_error(response(429, &headers, "{}")).await;
    assert_eq!(*error.kind(), ErrorKind::RateLimited { retry_after: Some(Duration::from_secs(30)) });
}

#[tokio::test]
async fn after_a_429_the_same_request_waits_visibly_and_can_be_cancelled() {
    let server = Server::always(response(429, &[("retry-after", "40")], "{}")).await;
    let client = server.client();
    let mut waiting = client.budget().waiting();
    tokio::select! {
        outcome = send(&client) => panic!("should wait: {outcome:?}"),
        waits = waiting.changed() => {
            let waiting = waits.unwrap()[0].clone();
            assert_eq!((waiting.group, waiting.reason), (RateGroup::InvoiceSend, WaitingReason::ClosedByKsef));
            let wait = waiting.until - now();
            assert!(wait > TimeDelta::seconds(20) && wait <= TimeDelta::seconds(40), "{wait}");
        }
    }
    assert!(waiting.now().is_empty(), "whoever leaves is not waited for");
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn nothing_was_done_after_a_429_so_even_sending_is_repeated() {
    let sent = json(202, r#"{"referenceNumber":"20261121-EE-0123456789-ABCDEF0123-4E"}"#);
    let server = Server::start(move |_, before| match before {
        0 | 1 => Reply::Bytes(response(429, &[("retry-after", "0")], "{}")),
        _ => Reply::Bytes(sent.clone()),
    })
    .await;
    send(&server.client()).await.unwrap();
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn sending_is_never_repeated_blindly() {
    let replies: [fn() -> Reply; 6] = [
        || Reply::Drop,
        || Reply::Bytes(response(502, &[], "<html>Bad Gateway</html>")),
        || Reply::Bytes(response(503, &[("retry-after", "0")], "")),
        || Reply::Bytes(json(202, r#"{"referenceNumber":"20261121"#)),
        || Reply::Bytes(json(202, "{}")),
        || Reply::Bytes(response(202, &[("content-type", "text/html")], "<html>")),
    ];
    for reply in replies {
        let server = Server::start(move |_, _| reply()).await;
        let error = send(&server.client()).await.unwrap_err();
        assert_eq!(error.retry(), RetryKind::Unknown, "{error:?}");
        assert_eq!(server.count(), 1, "{error:?}");
        let request = OpenOnlineSession {
            form_code: FormCode::fa3(),
            encryption: EncryptionInfo {
                encrypted_symmetric_key: vec![1; 256].into(),
                initialization_vector: [2; 16],
                public_key_id: None,
            },
        };
        let error = server.client().open_online_session(&access_token(), &request).await.unwrap_err();
        assert_eq!(error.retry(), RetryKind::Unknown, "{error:?}");
        assert_eq!(server.count(), 2, "{error:?}");
    }
}

#[tokio::test]
async fn reading_is_repeated_a_bounded_number_of_times() {
    let server = Server::start(|_, _| Reply::Drop).await;
    let error = server.client().challenge().await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::ConnectionLost);
    assert_eq!(server.count(), 4);

    let server = Server::start(|_, before| match before {
        0 => Reply::Drop,
        1 => Reply::Bytes(response(502, &[], "")),
        _ => Reply::Bytes(json(200, CHALLENGE)),
    })
    .await;
    server.client().challenge().await.unwrap();
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn a_closing_that_was_lost_is_repeated_and_believed() {
    let server = Server::start(|_, before| match before {
        0 => Reply::Drop,
        1 => Reply::Bytes(response(502, &[], "")),
        _ => Reply::Bytes(refused(21180)),
    })
    .await;
    server.client().close_online_session(&access_token(), &reference("SO")).await.unwrap();
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn a_closing_that_is_refused_at_once_is_refused() {
    let server = Server::always(refused(21180)).await;
    let error = server.client().close_online_session(&access_token(), &reference("SO")).await.unwrap_err();
    assert!(error.has_code(21180));

    let server = Server::start(|_, before| match before {
        0 => Reply::Bytes(response(429, &[("retry-after", "0")], "{}")),
        _ => Reply::Bytes(refused(21180)),
    })
    .await;
    let error = server.client().close_online_session(&access_token(), &reference("SO")).await.unwrap_err();
    assert!(error.has_code(21180), "a 429 did not close anything");
}

#[tokio::test]
async fn what_ksef_says_will_work_later_is_transient() {
    assert_eq!(status_error(refused(21184)).await.retry(), RetryKind::Transient { after: None });
    assert_eq!(status_error(refused(21165)).await.retry(), RetryKind::Transient { after: None });
    assert_eq!(status_error(refused(21173)).await.retry(), RetryKind::Permanent);
}

#[tokio::test]
async fn warnings_reach_the_caller() {
    let headers =
        [("content-type", "application/json"), ("x-system-warning", "[sig-001]: Podpis poza profilem")];
    let server = Server::always(response(200, &headers, CHALLENGE)).await;
    let answer = server.client().challenge().await.unwrap();
    assert_eq!(answer.warnings()[0].code, "sig-001");
    assert_eq!(answer.warnings()[0].message, "Podpis poza profilem");
}

#[tokio::test]
async fn the_skew_of_the_clocks_is_noticed() {
    let headers = [("content-type", "application/json"), ("date", "Sat, 21 Nov 2026 10:07:00 GMT")];
    let server = Server::always(response(200, &headers, CHALLENGE)).await;
    let client = server.client();
    assert_eq!(client.clock_skew(), None);
    client.challenge().await.unwrap();
    assert_eq!(client.clone().clock_skew(), Some(TimeDelta::minutes(7)));
    assert_eq!(client.server_now(), now() + TimeDelta::minutes(7));
}

#[tokio::test]
async fn every_request_asks_for_problem_details() {
    let server = Server::always(json(200, CHALLENGE)).await;
    server.client().challenge().await.unwrap();
    let seen = server.seen().remove(0);
    assert_eq!(seen.headers["x-error-format"], "problem-details");
    assert_eq!((seen.method.as_str(), seen.path.as_str()), ("POST", "/v2/auth/challenge"));
    assert!(!seen.headers.contains_key("cookie"));
}
