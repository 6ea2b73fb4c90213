//! Waiting for an authentication.

mod common;

use std::time::Duration;

use common::{Reply, Server, json, now, problem, reference, refused};
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
    let policy = WaitPolicy { deadline: Duration::from_millis(200), ..policy() };
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
