//! Tokens made, kept, listed, revoked; logins listed and ended.

mod common;

use std::sync::Arc;

use common::firms::{Lockable, numbered_nip};
use common::{Bench, SANDBOX, nip, quick};
use ksef_engine::{
    ConnectionCause, ConnectionMethod, CredentialSlot, KeychainProblem, NewToken, TokenProblem, TokenRefused,
    TokenState, TokensWanted,
};
use ksef_sim::{Fault, FaultKind, KeyAlgorithm, Operation};
use ksef_types::KsefToken;

fn wish(description: &str, permissions: &[&str]) -> NewToken {
    NewToken {
        description: description.to_owned(),
        permissions: permissions.iter().map(|name| (*name).to_owned()).collect(),
        keep_for: None,
    }
}

fn kept(description: &str, permissions: &[&str]) -> NewToken {
    NewToken { keep_for: Some(nip()), ..wish(description, permissions) }
}

async fn with_seal() -> Bench {
    Bench::instant().await.with_certificate(KeyAlgorithm::P256).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_goes_straight_into_the_keychain_works_and_is_revoked() {
    let bench = with_seal().await;
    let engine = &bench.engine;
    let made = engine
        .make_token(nip(), SANDBOX, &kept("Program magazynowy", &["InvoiceRead", "InvoiceWrite"]))
        .await
        .unwrap();
    assert_eq!((made.state, made.kept), (TokenState::Active, true));
    // Exposed to be read.
    let token = KsefToken::parse(made.text.expose()).unwrap();
    assert_eq!(token.reference_number(), &made.reference_number);

    let page = engine.tokens(nip(), SANDBOX, &TokensWanted::default()).await.unwrap();
    let row = page.rows.iter().find(|row| row.reference_number == made.reference_number).unwrap();
    assert!(row.held);
    assert_eq!(row.description, "Program magazynowy");
    assert_eq!(row.permissions, ["InvoiceRead", "InvoiceWrite"]);

    engine.remove_credential(nip(), SANDBOX, CredentialSlot::Authentication).await.unwrap();
    let report = engine.check_connection(nip(), SANDBOX).await.unwrap();
    assert_eq!(report.method, ConnectionMethod::Token);
    assert_eq!(report.permissions, ["InvoiceRead", "InvoiceWrite"]);

    let state = engine.revoke_token(nip(), SANDBOX, &made.reference_number).await.unwrap();
    assert!(matches!(state, TokenState::Revoked | TokenState::Revoking), "{state:?}");
    let failure = engine.check_connection(nip(), SANDBOX).await.unwrap_err();
    assert!(matches!(failure.cause, ConnectionCause::Token(_)), "{:?}", failure.cause);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_filtered() {
    let bench = with_seal().await;
    let engine = &bench.engine;
    let mut made = Vec::new();
    for number in 0..3 {
        let wish = wish(&format!("Sklep numer {number}"), &["InvoiceRead"]);
        made.push(engine.make_token(nip(), SANDBOX, &wish).await.unwrap().reference_number);
    }
    engine.revoke_token(nip(), SANDBOX, &made[1]).await.unwrap();
    let count = |wanted: TokensWanted| async move {
        engine.tokens(nip(), SANDBOX, &wanted).await.unwrap().rows.len()
    };
    assert_eq!(count(TokensWanted::default()).await, 3);
    let states = vec![TokenState::Revoked, TokenState::Revoking];
    assert_eq!(count(TokensWanted { states, ..TokensWanted::default() }).await, 1);
    let described =
        |text: &str| TokensWanted { description: Some(text.to_owned()), ..TokensWanted::default() };
    assert_eq!(count(described("numer 2")).await, 1);
    assert_eq!(count(described("2")).await, 3, "a text of one letter does not narrow");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_in_the_form_is_not_sent() {
    let bench = with_seal().await;
    let refused = |wish: NewToken| {
        let engine = bench.engine.clone();
        async move { engine.make_token(nip(), SANDBOX, &wish).await.unwrap_err() }
    };
    assert!(matches!(refused(wish("abcd", &["InvoiceRead"])).await, TokenRefused::Description(_)));
    assert!(matches!(refused(wish(&"x".repeat(257), &["InvoiceRead"])).await, TokenRefused::Description(_)));
    assert!(matches!(refused(wish("Sklep numer 1", &[])).await, TokenRefused::NoPermission));
    assert!(matches!(refused(wish("Sklep numer 1", &["Owner"])).await, TokenRefused::UnknownPermission(_)));
    let elsewhere = NewToken { keep_for: Some(numbered_nip(1)), ..wish("Sklep numer 1", &["InvoiceRead"]) };
    assert!(matches!(refused(elsewhere).await, TokenRefused::OtherCompany { .. }));
    assert!(bench.sim.control().arrived().unwrap().requests.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_cannot_give_what_its_maker_has_not() {
    let bench = Bench::instant().await.with_token().await;
    let refused = bench.engine.make_token(nip(), SANDBOX, &wish("Sklep numer 1", &["SubunitManage"])).await;
    let Err(TokenRefused::Connection(failure)) = refused else { unreachable!("it was made") };
    let known = matches!(
        failure.cause,
        ConnectionCause::Refused { code: 26001, .. } | ConnectionCause::Forbidden { .. }
    );
    assert!(known, "{:?}", failure.cause);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keychain_does_not_lose_the_token() {
    let bench = with_seal().await;
    let engine = bench.with_vault(Arc::new(Lockable::after(&bench.vault, 0)));
    let made = engine.make_token(nip(), SANDBOX, &kept("Sklep numer 1", &["InvoiceRead"])).await.unwrap();
    assert_eq!(made.not_kept, Some(TokenProblem::Keychain(KeychainProblem::Locked)));
    assert!(!made.kept);
    // Exposed to be read: the text is there to be copied.
    assert!(KsefToken::parse(made.text.expose()).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_never_makes_a_second_token() {
    let bench = with_seal().await;
    bench.sim.control().fault(Fault::next(Operation::GenerateToken, FaultKind::DropAfter));
    let lost = bench.engine.make_token(nip(), SANDBOX, &wish("Sklep numer 1", &["InvoiceRead"])).await;
    assert!(matches!(lost, Err(TokenRefused::Connection(_))));
    let page = bench.engine.tokens(nip(), SANDBOX, &TokensWanted::default()).await.unwrap();
    assert_eq!(page.rows.len(), 1, "the lost one is in the list, to be revoked");
}

#[tokio::test(flavor = "multi_thread")]
async fn logins_are_listed_and_ended() {
    let bench = with_seal().await;
    let (here, elsewhere) = (&bench.engine, bench.restarted(quick()));
    here.check_connection(nip(), SANDBOX).await.unwrap();
    elsewhere.check_connection(nip(), SANDBOX).await.unwrap();
    let rows = here.access_sessions(nip(), SANDBOX, None).await.unwrap().rows;
    assert_eq!(rows.len(), 2);
    assert_eq!(rows.iter().filter(|row| row.current).count(), 1);
    let other = rows.iter().find(|row| !row.current).unwrap().reference_number.clone();
    assert!(!here.end_access_session(nip(), SANDBOX, Some(&other)).await.unwrap());
    assert_eq!(here.access_sessions(nip(), SANDBOX, None).await.unwrap().rows.len(), 1);
    // By its number or without one: this one ends, and the next question logs in anew.
    let own = here.access_sessions(nip(), SANDBOX, None).await.unwrap().rows[0].reference_number.clone();
    assert!(here.end_access_session(nip(), SANDBOX, Some(&own)).await.unwrap());
    let rows = here.access_sessions(nip(), SANDBOX, None).await.unwrap().rows;
    assert!(rows.iter().all(|row| row.reference_number != own));
    assert!(here.end_access_session(nip(), SANDBOX, None).await.unwrap());
}
