//! Access tokens: one renewal for all, one authentication after a refusal, one more try after a 401.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use common::{Reply, Seen, Server, json, now, problem, reference, refused, response};
use ksef_api::{
    AccessError, AccessToken, AccessTokens, Authenticator, Client, ErrorKind, RefreshToken, SignAgain,
    SignedOutside, Tokens,
};
use ksef_types::SecretText;

#[derive(Debug, thiserror::Error)]
#[error("no credentials")]
struct NoCredentials;

type Failed = AccessError<NoCredentials>;

/// Hands out `nowy-N` for the N-th authentication.
#[derive(Default)]
struct Authenticating {
    times: Arc<AtomicUsize>,
    fails: bool,
}

#[async_trait]
impl Authenticator for Authenticating {
    type Error = NoCredentials;

    async fn authenticate(&self) -> Result<Tokens, NoCredentials> {
        let number = self.times.fetch_add(1, Ordering::SeqCst) + 1;
        // Long enough for all the others to come and wait.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        if self.fails {
            Err(NoCredentials)
        } else {
            Ok(tokens(&format!("nowy-{number}"), now() + TimeDelta::minutes(15)))
        }
    }
}

fn secret(text: &str) -> SecretText {
    SecretText::new(text.to_owned())
}

fn tokens(access: &str, until: DateTime<Utc>) -> Tokens {
    Tokens {
        access: AccessToken::new(secret(access), until),
        refresh: RefreshToken::new(secret("odswiezanie"), now() + TimeDelta::days(7)),
    }
}

fn refreshed(until: DateTime<Utc>) -> Vec<u8> {
    let until = until.to_rfc3339_opts(SecondsFormat::Secs, true);
    json(200, &format!(r#"{{"accessToken":{{"token":"odswiezony","validUntil":"{until}"}}}}"#))
}

const STATUS: &str = r#"{"status":{"code":100,"description":"Otwarta"},"dateCreated":"2026-11-21T10:00:00Z","dateUpdated":"2026-11-21T10:00:00Z"}"#;

fn bearer(seen: &Seen) -> &str {
    seen.headers.get("authorization").map_or("", |value| value.trim_start_matches("Bearer "))
}

fn is_refresh(seen: &Seen) -> bool {
    seen.path.ends_with("/auth/token/refresh")
}

async fn ask(access: &AccessTokens<Authenticating>, client: &Client) -> Result<i32, Failed> {
    let session = &reference("SO");
    access
        .with_access(|token| async move {
            Ok::<_, Failed>(client.session_status(&token, session).await?.status.code)
        })
        .await
}

fn expiring(client: &Client, seconds: i64, authenticating: Authenticating) -> AccessTokens<Authenticating> {
    AccessTokens::with_tokens(
        client.clone(),
        authenticating,
        tokens("stary", now() + TimeDelta::seconds(seconds)),
    )
}

#[tokio::test]
async fn twenty_tasks_one_refresh() {
    let server = Server::start(|seen, _| {
        Reply::Bytes(if is_refresh(seen) {
            assert_eq!(bearer(seen), "odswiezanie");
            refreshed(now() + TimeDelta::minutes(15))
        } else {
            assert_eq!(bearer(seen), "odswiezony");
            json(200, STATUS)
        })
    })
    .await;
    let client = server.client();
    let authenticating = Authenticating::default();
    let times = Arc::clone(&authenticating.times);
    let access = Arc::new(expiring(&client, 30, authenticating));
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (access, client) = (Arc::clone(&access), client.clone());
            tokio::spawn(async move { ask(&access, &client).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap(), 100);
    }
    assert_eq!(server.seen().iter().filter(|seen| is_refresh(seen)).count(), 1);
    assert_eq!(server.count(), 21);
    assert_eq!(times.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_token_that_lasts_is_used_as_it_is() {
    let server = Server::always(json(200, STATUS)).await;
    let client = server.client();
    let access = expiring(&client, 61, Authenticating::default());
    ask(&access, &client).await.unwrap();
    assert_eq!(bearer(&server.seen()[0]), "stary");
}

#[tokio::test]
async fn twenty_tasks_one_authentication_even_when_it_fails() {
    let server = Server::always(json(200, STATUS)).await;
    for fails in [false, true] {
        let authenticating = Authenticating { fails, ..Authenticating::default() };
        let times = Arc::clone(&authenticating.times);
        let access = Arc::new(AccessTokens::new(server.client(), authenticating));
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let access = Arc::clone(&access);
                tokio::spawn(async move { access.token().await })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap().is_err(), fails);
        }
        assert_eq!(times.load(Ordering::SeqCst), 1);
        assert_eq!(access.token().await.is_err(), fails);
        assert_eq!(times.load(Ordering::SeqCst), if fails { 2 } else { 1 }, "later ones may try again");
    }
}

#[tokio::test]
async fn any_refusal_of_a_refresh_means_one_new_authentication() {
    let replies: [fn() -> Vec<u8>; 5] = [
        || refused(21301),
        || refused(21304),
        || problem(401, "{}"),
        || problem(403, r#"{"reasonCode":"insufficient-resource-access"}"#),
        || problem(410, "{}"),
    ];
    for reply in replies {
        let server = Server::start(move |seen, _| {
            Reply::Bytes(if is_refresh(seen) { reply() } else { json(200, STATUS) })
        })
        .await;
        let client = server.client();
        let authenticating = Authenticating::default();
        let times = Arc::clone(&authenticating.times);
        let access = expiring(&client, 30, authenticating);
        ask(&access, &client).await.unwrap();
        ask(&access, &client).await.unwrap();
        let seen = server.seen();
        assert_eq!(seen.iter().map(bearer).collect::<Vec<_>>(), ["odswiezanie", "nowy-1", "nowy-1"]);
        assert_eq!(times.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn renewing_early_may_fail_while_the_token_still_works() {
    let server = Server::start(|seen, _| {
        Reply::Bytes(if is_refresh(seen) { response(502, &[], "") } else { json(200, STATUS) })
    })
    .await;
    let client = server.client_with(|config| config.repeats.times = 0);
    let access = expiring(&client, 30, Authenticating::default());
    ask(&access, &client).await.unwrap();
    ask(&access, &client).await.unwrap();
    let seen = server.seen();
    assert_eq!(
        seen.iter().map(bearer).collect::<Vec<_>>(),
        ["odswiezanie", "stary", "stary"],
        "and is not tried each time"
    );

    let access = expiring(&client, -1, Authenticating::default());
    let error = ask(&access, &client).await.unwrap_err();
    assert!(
        matches!(&error, AccessError::Api(error) if matches!(error.kind(), ErrorKind::Server { .. })),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_401_in_the_middle_of_work_is_one_refresh_and_one_more_try() {
    let server = Server::start(|seen, _| {
        Reply::Bytes(match (is_refresh(seen), bearer(seen)) {
            (true, _) => refreshed(now() + TimeDelta::minutes(15)),
            (false, "odswiezony") => json(200, STATUS),
            _ => problem(401, "{}"),
        })
    })
    .await;
    let client = server.client();
    let access = Arc::new(expiring(&client, 600, Authenticating::default()));
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (access, client) = (Arc::clone(&access), client.clone());
            tokio::spawn(async move { ask(&access, &client).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(server.seen().iter().filter(|seen| is_refresh(seen)).count(), 1);
}

#[tokio::test]
async fn a_second_401_is_the_callers_and_the_next_call_authenticates_anew() {
    let server = Server::start(|seen, _| {
        Reply::Bytes(match (is_refresh(seen), bearer(seen)) {
            (true, _) => refreshed(now() + TimeDelta::minutes(15)),
            (false, "nowy-1") => json(200, STATUS),
            _ => problem(401, "{}"),
        })
    })
    .await;
    let client = server.client();
    let access = expiring(&client, 600, Authenticating::default());
    let error = ask(&access, &client).await.unwrap_err();
    assert!(matches!(&error, AccessError::Api(error) if *error.kind() == ErrorKind::Unauthorized));
    assert_eq!(server.count(), 3);
    ask(&access, &client).await.unwrap();
    assert_eq!(bearer(&server.seen()[3]), "nowy-1");
}

#[tokio::test]
async fn a_clock_that_is_off_does_not_make_every_call_a_refresh() {
    // KSeF is an hour behind this computer, so its fresh tokens look old here.
    let behind = |body: &str| {
        response(
            200,
            &[("content-type", "application/json"), ("date", "Sat, 21 Nov 2026 09:00:00 GMT")],
            body,
        )
    };
    let server = Server::start(move |seen, _| {
        Reply::Bytes(if is_refresh(seen) {
            behind(r#"{"accessToken":{"token":"odswiezony","validUntil":"2026-11-21T09:15:00Z"}}"#)
        } else {
            behind(STATUS)
        })
    })
    .await;
    let client = server.client();
    let access = expiring(&client, -1, Authenticating::default());
    for _ in 0..3 {
        ask(&access, &client).await.unwrap();
    }
    assert_eq!(
        server.seen().iter().map(bearer).collect::<Vec<_>>(),
        ["odswiezanie", "odswiezony", "odswiezony", "odswiezony"]
    );
}

#[tokio::test]
async fn whoever_leaves_while_renewing_leaves_it_to_the_next() {
    let server = Server::start(|seen, before| match (is_refresh(seen), before) {
        (true, 0) => Reply::Hang,
        (true, _) => Reply::Bytes(refreshed(now() + TimeDelta::minutes(15))),
        _ => Reply::Bytes(json(200, STATUS)),
    })
    .await;
    let client = server.client();
    let access = expiring(&client, -1, Authenticating::default());
    let left = tokio::time::timeout(Duration::from_millis(100), access.token()).await;
    assert!(left.is_err());
    ask(&access, &client).await.unwrap();
}

#[tokio::test]
async fn nothing_of_a_token_is_printed() {
    let server = Server::always(json(200, STATUS)).await;
    let access = expiring(&server.client(), 600, Authenticating::default());
    let shown = format!("{access:?} {:?}", tokens("stary", now()));
    assert!(!shown.contains("stary") && !shown.contains("odswiezanie"), "{shown}");
}

/// The work of [`ask`], for an access whose login was made outside.
async fn ask_outside(
    access: &AccessTokens<SignedOutside>,
    client: &Client,
) -> Result<i32, AccessError<SignAgain>> {
    let session = &reference("SO");
    access
        .with_access(|token| async move {
            Ok::<_, AccessError<SignAgain>>(client.session_status(&token, session).await?.status.code)
        })
        .await
}

#[tokio::test]
async fn a_login_made_outside_is_refreshed_while_it_can_be_and_then_wants_a_signature() {
    let server = Server::start(|seen, before| {
        Reply::Bytes(match (is_refresh(seen), before) {
            (true, 0) => refreshed(now() + TimeDelta::seconds(30)),
            (true, _) => refused(21301),
            (false, _) => json(200, STATUS),
        })
    })
    .await;
    let client = server.client();
    let outside = tokens("stary", now() - TimeDelta::seconds(1));
    let access = AccessTokens::with_tokens(client.clone(), SignedOutside, outside);
    assert_eq!(ask_outside(&access, &client).await.unwrap(), 100, "refreshed without a person");
    assert!(access.renewable_until().await.is_some());
    let error = ask_outside(&access, &client).await.unwrap_err();
    assert!(matches!(&error, AccessError::Authentication(why) if **why == SignAgain), "{error:?}");
    assert_eq!(access.renewable_until().await, None);

    access.adopt(tokens("podpisany", now() + TimeDelta::minutes(15))).await;
    assert_eq!(ask_outside(&access, &client).await.unwrap(), 100);
    assert_eq!(bearer(server.seen().last().unwrap()), "podpisany");
}

#[tokio::test]
async fn what_is_adopted_takes_the_place_of_what_was_there() {
    let server = Server::always(json(200, STATUS)).await;
    let client = server.client();
    let access = expiring(&client, 900, Authenticating::default());
    ask(&access, &client).await.unwrap();
    access.adopt(tokens("inny", now() + TimeDelta::minutes(15))).await;
    ask(&access, &client).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.iter().map(bearer).collect::<Vec<_>>(), ["stary", "inny"]);
}

#[tokio::test]
async fn an_authenticator_may_be_shared() {
    let server = Server::always(json(200, STATUS)).await;
    let client = server.client();
    let shared: Arc<dyn Authenticator<Error = NoCredentials>> = Arc::new(Authenticating::default());
    let access = AccessTokens::new(client.clone(), Arc::clone(&shared));
    assert!(access.token().await.is_ok());
}
