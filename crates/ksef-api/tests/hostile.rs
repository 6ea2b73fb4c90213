//! Answers that do not come from KSeF, or not whole: an error each, no crash, bounded memory and time.
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

mod common;

use std::time::Duration;

use common::{CHALLENGE, Reply, Server, access_token, json, reference, response};
use ksef_api::{Answer, ApiError, Challenge, ErrorKind, NotKsef, RetryKind, TimeoutPhase};

async fn challenge(server: &Server) -> Result<Answer<Challenge>, ApiError> {
    server.client_with(|config| config.repeats.times = 0).challenge().await
}

async fn kind(reply: Vec<u8>) -> ErrorKind {
    challenge(&Server::always(reply).await).await.unwrap_err().kind().clone()
}

#[tokio::test]
async fn a_good_answer_with_fields_nobody_knows() {
    let server = Server::always(json(200, &CHALLENGE.replacen('{', r#"{"nowe":{"a":[1]},"#, 1))).await;
    let challenge = challenge(&server).await.unwrap();
    assert_eq!(challenge.timestamp_ms, 1_795_255_200_123);
    assert_eq!(challenge.challenge, reference("CR"));
}

#[tokio::test]
async fn not_json() {
    assert_eq!(kind(json(200, "OK, wszystko dobrze")).await, ErrorKind::NotKsef(NotKsef::NotJson));
    assert_eq!(kind(json(200, "")).await, ErrorKind::NotKsef(NotKsef::Empty));
    assert_eq!(
        kind(json(200, &format!("{CHALLENGE}{CHALLENGE}"))).await,
        ErrorKind::NotKsef(NotKsef::NotJson)
    );
    assert_eq!(kind(json(200, "\u{0}\u{1}\u{2}")).await, ErrorKind::NotKsef(NotKsef::NotJson));
}

#[tokio::test]
async fn a_page_for_people_whatever_it_claims_to_be() {
    let page = "<!DOCTYPE html><html><body>Request blocked</body></html>";
    assert_eq!(
        kind(response(200, &[("content-type", "text/html; charset=utf-8")], page)).await,
        ErrorKind::NotKsef(NotKsef::Html)
    );
    assert_eq!(kind(json(200, page)).await, ErrorKind::NotKsef(NotKsef::Html));
    assert_eq!(
        kind(response(200, &[("content-type", "text/plain")], "dzień dobry")).await,
        ErrorKind::NotKsef(NotKsef::ContentType)
    );
    assert_eq!(
        kind(response(400, &[("content-type", "text/html")], page)).await,
        ErrorKind::NotKsef(NotKsef::Html)
    );
}

#[tokio::test]
async fn cut_off_in_every_place() {
    for end in 1..CHALLENGE.len() {
        assert_eq!(kind(json(200, &CHALLENGE[..end])).await, ErrorKind::NotKsef(NotKsef::CutOff), "at {end}");
    }
}

#[tokio::test]
async fn the_connection_ends_before_the_announced_length() {
    let whole = json(200, CHALLENGE);
    let cut = whole[..whole.len() - 20].to_vec();
    assert_eq!(kind(cut).await, ErrorKind::NotKsef(NotKsef::CutOff));
    let chunked = b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{\"chall".to_vec();
    assert_eq!(kind(chunked).await, ErrorKind::NotKsef(NotKsef::CutOff));
}

#[tokio::test]
async fn json_of_another_shape() {
    for body in [
        "[]",
        "{}",
        "null",
        "\"20261121-CR-0123456789-ABCDEF0123-4E\"",
        &CHALLENGE.replace("20261121-CR", "../../etc-CR"),
        &CHALLENGE.replace("1795255200123", "\"wczoraj\""),
        &CHALLENGE.replace("2026-11-21T10", "wczoraj"),
    ] {
        assert!(
            matches!(kind(json(200, body)).await, ErrorKind::NotKsef(NotKsef::WrongShape { .. })),
            "{body}"
        );
    }
}

#[tokio::test]
async fn the_error_of_a_wrong_shape_quotes_nothing() {
    let secret = r#"{"accessToken":{"token":"tajne-1","validUntil":"tajne-2"},"refreshToken":"tajne-3"}"#;
    let server = Server::always(json(200, secret)).await;
    let token = ksef_api::RefreshToken::new("x".to_owned().into(), common::now());
    let error = server.client().refresh(&token).await.unwrap_err();
    assert!(!format!("{error} {error:?} {:?}", std::error::Error::source(&error)).contains("tajne"));
}

#[tokio::test]
async fn hundred_megabytes() {
    let announced =
        b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: 104857600\r\n\r\n ".to_vec();
    let server = Server::start(move |_, _| Reply::Endless(announced.clone())).await;
    assert_eq!(*challenge(&server).await.unwrap_err().kind(), ErrorKind::TooLarge { limit: 1 << 20 });
}

#[tokio::test]
async fn endless_without_an_announced_length() {
    let head = b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\n\r\n ".to_vec();
    let server = Server::start(move |_, _| Reply::Endless(head.clone())).await;
    let error = challenge(&server).await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::TooLarge { limit: 1 << 20 });
    assert_eq!(error.retry(), RetryKind::Permanent);
}

#[tokio::test]
async fn endless_headers() {
    let head = b"HTTP/1.1 200 X\r\nx-a: aaaaaaaa".to_vec();
    let server = Server::start(move |_, _| Reply::Endless(head.clone())).await;
    let error = challenge(&server).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::ConnectionLost | ErrorKind::NotKsef(_)), "{error:?}");
}

#[tokio::test]
async fn an_endless_document() {
    let head = b"HTTP/1.1 200 X\r\ncontent-type: application/xml\r\n\r\n<a>".to_vec();
    let server = Server::start(move |_, _| Reply::Endless(head.clone())).await;
    let error =
        server.client().session_upo(&access_token(), &reference("SO"), &reference("EU")).await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::TooLarge { limit: 2 << 20 });
}

#[tokio::test]
async fn a_cut_off_document() {
    for body in ["<?xml version=\"1.0\"?><Potwierdzenie><Numer", "", "{}x"] {
        let server = Server::always(response(200, &[("content-type", "application/xml")], body)).await;
        let outcome = server.client().session_upo(&access_token(), &reference("SO"), &reference("EU")).await;
        let expected = if body.is_empty() { NotKsef::Empty } else { NotKsef::CutOff };
        assert_eq!(*outcome.unwrap_err().kind(), ErrorKind::NotKsef(expected));
    }
}

#[tokio::test]
async fn silence() {
    let server = Server::start(|_, _| Reply::Hang).await;
    let client = server.client_with(|config| {
        config.repeats.times = 0;
        config.timeouts.idle = Duration::from_millis(50);
    });
    assert_eq!(*client.challenge().await.unwrap_err().kind(), ErrorKind::Timeout(TimeoutPhase::Answer));
}

#[tokio::test]
async fn a_slow_drip_ends_at_the_limit_of_the_whole_request() {
    let reply = json(200, CHALLENGE);
    let server = Server::start(move |_, _| Reply::Drip(reply.clone(), Duration::from_millis(20))).await;
    let client = server.client_with(|config| {
        config.repeats.times = 0;
        config.timeouts.request = Duration::from_millis(200);
    });
    assert_eq!(*client.challenge().await.unwrap_err().kind(), ErrorKind::Timeout(TimeoutPhase::Answer));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let trap = Server::always(json(200, CHALLENGE)).await;
    let location = trap.address.as_str().replace("127.0.0.1", "localhost");
    for status in [301, 302, 303, 307, 308] {
        let server =
            Server::always(response(status, &[("location", &format!("{location}/auth/challenge"))], ""))
                .await;
        let error = challenge(&server).await.unwrap_err();
        assert_eq!(*error.kind(), ErrorKind::ForeignRedirect { host: Some("localhost".to_owned()) });
        assert_eq!(error.retry(), RetryKind::Permanent);
    }
    assert_eq!(trap.count(), 0);
}

#[tokio::test]
async fn a_page_where_nothing_belongs_does_not_close_a_session() {
    let page = response(200, &[("content-type", "text/html")], "<html>Zaloguj się do sieci hotelu</html>");
    let server = Server::always(page).await;
    let error = server.client().close_online_session(&access_token(), &reference("SO")).await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::NotKsef(NotKsef::Html));
}

#[tokio::test]
async fn addresses_of_others_are_not_fetched() {
    let trap = Server::always(json(200, "{}")).await;
    let server = Server::always(json(200, "{}")).await;
    let foreign = "https://upo.example.com/upo.xml?sig=tajne".parse().unwrap();
    let error = server.client().download_upo(&foreign).await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::ForeignAddress { host: "upo.example.com".to_owned() });
    assert!(!format!("{error:?}").contains("tajne"));
    assert_eq!((trap.count(), server.count()), (0, 0));
}

#[tokio::test]
async fn a_upo_is_fetched_without_a_token() {
    let hash = "mkht+3m5trnfxlTYhq3QFn74LkEO69MFNlsMAkCDSPA=";
    let headers = [("content-type", "application/octet-stream"), ("x-ms-meta-hash", hash)];
    let server = Server::always(response(200, &headers, "<Potwierdzenie/>\n")).await;
    let address = format!("{}/storage/01/upo.xml?sig=abc", server.address.as_str()).parse().unwrap();
    let upo = server.client().download_upo(&address).await.unwrap();
    assert_eq!(upo.xml, b"<Potwierdzenie/>\n");
    assert!(upo.announced_hash.is_some());
    let seen = server.seen().remove(0);
    assert_eq!((seen.path.as_str(), seen.query.as_str()), ("/v2/storage/01/upo.xml", "sig=abc"));
    assert!(!seen.headers.contains_key("authorization"));
}

#[tokio::test]
async fn nothing_listens() {
    // Nobody listens on the port of discard.
    let mut config = common::config("http://127.0.0.1:9/v2".parse().unwrap());
    config.repeats.times = 0;
    let client = ksef_api::Client::new(config).unwrap();
    let send = client.open_online_session(&access_token(), &common_request()).await.unwrap_err();
    assert_eq!(*send.kind(), ErrorKind::ConnectionRefused);
    assert_eq!(send.retry(), RetryKind::Transient { after: None }, "nothing was sent");
}

#[tokio::test]
async fn a_host_without_an_address() {
    let mut config = common::config("https://nie-ma-takiego-hosta.invalid/v2".parse().unwrap());
    config.repeats.times = 0;
    let error = ksef_api::Client::new(config).unwrap().challenge().await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::Dns);
}

fn common_request() -> ksef_api::OpenOnlineSession {
    ksef_api::OpenOnlineSession {
        form_code: ksef_api::FormCode::fa3(),
        encryption: ksef_api::EncryptionInfo {
            encrypted_symmetric_key: vec![1; 256].into(),
            initialization_vector: [2; 16],
            public_key_id: None,
        },
    }
}
