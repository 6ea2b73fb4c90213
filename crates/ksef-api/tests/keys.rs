//! The ministry's keys: chosen by use and validity, fetched once, fetched anew after 21470, once.
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

mod common;

use chrono::TimeDelta;
use common::{Reply, Seen, Server, json, now, reference, refused};
use ksef_api::{ApiError, CarriesApiError, ErrorKind, KeyRing, KeyUsage, PublicKeyId, TokenAuthentication};
use ksef_types::Nip;

fn key(id: &str, usage: &str, from_days: i64, to_days: i64) -> String {
    let day = |days: i64| (now() + TimeDelta::days(days)).to_rfc3339();
    format!(
        r#"{{"certificate":"MIIB","certificateId":"c-{id}","publicKeyId":"{id}","validFrom":"{}","validTo":"{}","usage":["{usage}"],"nowe":1}}"#,
        day(from_days),
        day(to_days)
    )
}

fn keys(all: &[String]) -> Vec<u8> {
    json(200, &format!("[{}]", all.join(",")))
}

fn is_keys(seen: &Seen) -> bool {
    seen.path.ends_with("/security/public-key-certificates")
}

#[tokio::test]
async fn the_latest_that_is_valid_now_and_for_that_use() {
    let server = Server::always(keys(&[
        key("stary", "SymmetricKeyEncryption", -700, 30),
        key("obecny", "SymmetricKeyEncryption", -10, 700),
        key("przyszly", "SymmetricKeyEncryption", 1, 700),
        key("wygasly", "SymmetricKeyEncryption", -5, -1),
        key("inny", "KsefTokenEncryption", -1, 700),
        key("nieznany", "CosNowego", -1, 700),
    ]))
    .await;
    let ring = KeyRing::new(server.client());
    let chosen = ring.current(&KeyUsage::SymmetricKeyEncryption).await.unwrap();
    assert_eq!(chosen.public_key_id, Some(PublicKeyId("obecny".to_owned())));
    let chosen = ring.current(&KeyUsage::KsefTokenEncryption).await.unwrap();
    assert_eq!(chosen.public_key_id, Some(PublicKeyId("inny".to_owned())));
    assert_eq!(server.count(), 1, "fetched once");
}

#[tokio::test]
async fn no_key_is_an_error_of_its_own() {
    let server = Server::always(keys(&[key("wygasly", "KsefTokenEncryption", -5, -1)])).await;
    let error = KeyRing::new(server.client()).current(&KeyUsage::KsefTokenEncryption).await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::NoCurrentKey(KeyUsage::KsefTokenEncryption));
}

async fn start(ring: &KeyRing, client: &ksef_api::Client) -> Result<(), ApiError> {
    ring.with_current_key(KeyUsage::KsefTokenEncryption, |key| async move {
        let request = TokenAuthentication {
            challenge: reference("CR"),
            context_identifier: "5265877635".parse::<Nip>().unwrap().into(),
            encrypted_token: vec![1, 2, 3].into(),
            public_key_id: key.public_key_id,
            authorization_policy: None,
        };
        client.authenticate_by_token(&request).await.map(drop)
    })
    .await
}

fn key_in(seen: &Seen) -> String {
    serde_json::from_slice::<serde_json::Value>(&seen.body).unwrap()["publicKeyId"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_rotated_key_is_dealt_with_once_and_silently() {
    let started = r#"{"referenceNumber":"20261121-AU-0123456789-ABCDEF0123-4E","authenticationToken":{"token":"t","validUntil":"2026-11-21T10:45:00Z"}}"#;
    let server = Server::start(move |seen, before| {
        Reply::Bytes(match (is_keys(seen), before) {
            (true, 0) => keys(&[key("stary", "KsefTokenEncryption", -10, 700)]),
            (true, _) => keys(&[
                key("stary", "KsefTokenEncryption", -10, 700),
                key("nowy", "KsefTokenEncryption", -1, 700),
            ]),
            (false, _) if key_in(seen) == "stary" => refused(21470),
            (false, _) => json(202, started),
        })
    })
    .await;
    let client = server.client();
    let ring = KeyRing::new(client.clone());
    start(&ring, &client).await.unwrap();
    assert_eq!(server.count(), 4);
    start(&ring, &client).await.unwrap();
    assert_eq!(server.count(), 5, "the new key is kept");
}

#[tokio::test]
async fn a_key_that_stays_refused_is_the_callers() {
    let server = Server::start(|seen, _| {
        Reply::Bytes(if is_keys(seen) {
            keys(&[key("stary", "KsefTokenEncryption", -10, 700)])
        } else {
            refused(21470)
        })
    })
    .await;
    let client = server.client();
    let error = start(&KeyRing::new(client.clone()), &client).await.unwrap_err();
    assert!(error.api_error().is_some_and(|error| error.has_code(21470)));
    assert_eq!(server.count(), 4);
}
