//! Waiting for an authentication.

mod common;

use std::time::Duration;

use common::{Reply, Server, access_token, json, now, problem, reference, refused};
use ksef_api::{AuthenticationToken, ErrorKind, WaitError, WaitPolicy};
use tokio_util::sync::CancellationToken;

fn status(code: i32) -> Vec<u8> {
    json(
        200,
        &format!(
            r#"{{"startDate":"2026-11-21T10:00:00Z","authenticationMethod":"Token","authenticationMethodInfo":{{"category":"Nowa","code":"x","displayName":"X"}},"status":{{"code":{code},"description":"Opis","details":null}}}}"#
        ),
    )
}

fn policy() -> WaitPolicy {
    WaitPolicy {
        first_pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(2),
        ..WaitPolicy::default()
    }
}

async fn outcome(server: &Server, policy: WaitPolicy, cancel: &CancellationToken) -> Result<i32, WaitError> {
    let token = AuthenticationToken::new("t".to_owned().into(), now());
    let answer = server.client().await_authentication(&reference("AU"), &token, &policy, cancel).await?;
    Ok(answer.status.code)
}

#[tokio::test]
async fn not_found_at_first_then_under_way_then_decided() {
    for decided in [200, 415, 425, 450, 460, 470, 480, 500, 550] {
        let server = Server::start(move |_, before| {
            Reply::Bytes(match before {
                0..3 => refused(21304),
                3..6 => status(100),
                _ => status(decided),
            })
        })
        .await;
        assert_eq!(outcome(&server, policy(), &CancellationToken::new()).await.unwrap(), decided);
        assert_eq!(server.count(), 7);
    }
}

#[tokio::test]
async fn not_found_for_good_is_an_error() {
    let server = Server::always(refused(21304)).await;
    let error = outcome(&server, policy(), &CancellationToken::new()).await.unwrap_err();
    assert!(matches!(&error, WaitError::Api(error) if error.has_code(21304)));
    assert_eq!(server.count(), 9);
}

#[tokio::test]
async fn not_found_after_it_was_found_is_an_error_at_once() {
    let server =
        Server::start(|_, before| Reply::Bytes(if before == 0 { status(100) } else { refused(21304) })).await;
    assert!(outcome(&server, policy(), &CancellationToken::new()).await.is_err());
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn the_deadline_tells_what_was_known() {
    let server = Server::always(status(100)).await;
    let policy = WaitPolicy { deadline: Duration::from_secs(5), ..policy() };
    let error = outcome(&server, policy, &CancellationToken::new()).await.unwrap_err();
    assert!(matches!(error, WaitError::Deadline { last: Some(last) } if last.status.code == 100));
}

#[tokio::test]
async fn cancelling_ends_it_in_the_middle_of_a_request() {
    let cancel = CancellationToken::new();
    let cancelling = cancel.clone();
    let server = Server::start(move |_, _| {
        cancelling.cancel();
        Reply::Hang
    })
    .await;
    assert!(matches!(outcome(&server, policy(), &cancel).await, Err(WaitError::Cancelled)));
}

#[tokio::test]
async fn other_refusals_end_it() {
    let server = Server::always(problem(401, "{}")).await;
    let error = outcome(&server, policy(), &CancellationToken::new()).await.unwrap_err();
    assert!(matches!(&error, WaitError::Api(error) if *error.kind() == ErrorKind::Unauthorized));
    assert_eq!(server.count(), 1);
}

fn details(code: i32) -> String {
    format!(r#"{{"code":{code},"description":"Opis","details":["Szczegół"]}}"#)
}

/// Not known at first, where that is possible; then under way; then decided, well or not.
fn script(not_yet: Option<i32>, under_way: String, decided: String) -> impl Fn(usize) -> Vec<u8> {
    move |before| match (before, not_yet) {
        (0 | 1, Some(code)) => refused(code),
        (0..4, _) => json(200, &under_way),
        _ => json(200, &decided),
    }
}

async fn scripted(script: impl Fn(usize) -> Vec<u8> + Send + Sync + 'static) -> Server {
    Server::start(move |_, before| Reply::Bytes(script(before))).await
}

#[tokio::test]
async fn an_application_for_a_certificate_is_waited_for() {
    for decided in [200, 400, 500, 550] {
        let body = |code| format!(r#"{{"requestDate":"2026-11-21T10:00:00Z","status":{}}}"#, details(code));
        let server = scripted(script(Some(25005), body(100), body(decided))).await;
        let cancel = CancellationToken::new();
        let client = server.client();
        let answer =
            client.await_certificate_enrollment(&access_token(), &reference("CE"), &policy(), &cancel).await;
        assert_eq!(answer.unwrap().status.code, decided);
        assert_eq!(server.count(), 5);
    }
}

#[tokio::test]
async fn an_operation_on_permissions_is_waited_for() {
    for decided in [200, 400, 410, 420, 430, 440, 450, 500, 550] {
        let body = |code| format!(r#"{{"status":{}}}"#, details(code));
        let server = scripted(script(None, body(100), body(decided))).await;
        let cancel = CancellationToken::new();
        let client = server.client();
        let answer =
            client.await_permission_operation(&access_token(), &reference("PO"), &policy(), &cancel).await;
        assert_eq!(answer.unwrap().status.code, decided);
    }
}

#[tokio::test]
async fn a_token_is_waited_for_while_it_is_made_and_while_it_is_revoked() {
    for (under_way, decided) in [("Pending", "Active"), ("Pending", "Failed"), ("Revoking", "Revoked")] {
        let body = |state| {
            format!(
                r#"{{"referenceNumber":"20261121-EC-0123456789-ABCDEF0123-4E","authorIdentifier":{{"type":"Nip","value":"5265877635"}},"contextIdentifier":{{"type":"Nip","value":"5265877635"}},"description":"Sklep","requestedPermissions":["InvoiceRead"],"dateCreated":"2026-11-21T10:00:00Z","status":"{state}"}}"#
            )
        };
        let server = scripted(script(None, body(under_way), body(decided))).await;
        let cancel = CancellationToken::new();
        let client = server.client();
        let answer = client.await_token(&access_token(), &reference("EC"), &policy(), &cancel).await;
        assert_eq!(answer.unwrap().status.as_str(), decided);
    }
}

#[tokio::test]
async fn a_session_is_waited_for() {
    for decided in [200, 415, 430, 435, 440, 445, 500] {
        let body = |code| {
            let status = details(code);
            format!(
                r#"{{"status":{status},"dateCreated":"2026-11-21T10:00:00Z","dateUpdated":"2026-11-21T10:00:00Z"}}"#
            )
        };
        let server = scripted(script(None, body(170), body(decided))).await;
        let cancel = CancellationToken::new();
        let client = server.client();
        let answer = client.await_session(&access_token(), &reference("SB"), &policy(), &cancel).await;
        assert_eq!(answer.unwrap().status.code, decided);
    }
}

#[tokio::test]
async fn an_export_is_waited_for() {
    for decided in [200, 210, 415, 420, 500, 550] {
        let body = |code| format!(r#"{{"status":{}}}"#, details(code));
        let server = scripted(script(Some(21175), body(100), body(decided))).await;
        let cancel = CancellationToken::new();
        let client = server.client();
        let answer = client.await_export(&access_token(), &reference("EX"), &policy(), &cancel).await;
        assert_eq!(answer.unwrap().status.code, decided);
    }
}

#[tokio::test]
async fn waiting_for_anything_ends_at_the_deadline_and_when_cancelled() {
    let server = Server::always(json(200, &format!(r#"{{"status":{}}}"#, details(100)))).await;
    let client = server.client();
    let short = WaitPolicy { deadline: Duration::from_secs(5), ..policy() };
    let never = CancellationToken::new();
    let error = client.await_export(&access_token(), &reference("EX"), &short, &never).await.unwrap_err();
    assert!(matches!(error, WaitError::Deadline { last: Some(last) } if last.status.code == 100));
    let cancelled = CancellationToken::new();
    cancelled.cancel();
    let error =
        client.await_permission_operation(&access_token(), &reference("PO"), &policy(), &cancelled).await;
    assert!(matches!(error, Err(WaitError::Cancelled)));
}
