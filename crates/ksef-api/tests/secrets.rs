//! Nothing secret reaches a log, at whatever level, from whatever library below.
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

mod common;

use std::io::Write;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use common::{CHALLENGE, Reply, Server, json, now, reference, refused, response};
use ksef_api::{
    AccessToken, AuthenticationToken, BatchSession, EncryptionInfo, FormCode, MakeKsefToken,
    OpenOnlineSession, PackagePart, RefreshToken, TokenAuthentication, XadesOptions,
};
use ksef_types::{Nip, SecretText};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn secret(text: &str) -> SecretText {
    SecretText::new(text.to_owned())
}

#[tokio::test]
async fn no_token_no_key_no_ciphertext() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .with_ansi(false);
    let _guard = tracing::subscriber::set_default(subscriber.finish());

    let tokens = r#"{"accessToken":{"token":"TAJNE-ODP-DOSTEP","validUntil":"2026-11-21T10:15:00Z"},"refreshToken":{"token":"TAJNE-ODP-ODSWIEZ","validUntil":"zle"}}"#;
    let server = Server::start(move |seen, _| {
        Reply::Bytes(match seen.path.as_str() {
            "/v2/auth/challenge" => json(200, CHALLENGE),
            "/v2/auth/ksef-token" => refused(21111),
            "/v2/auth/token/redeem" => json(200, tokens),
            "/v2/auth/token/refresh" => json(200, &tokens[..60]),
            "/v2/tokens" => json(
                202,
                r#"{"referenceNumber":"20261121-EC-0123456789-ABCDEF0123-4E","token":"TAJNE-ODP-NOWY-TOKEN"}"#,
            ),
            path if path.contains("storage") => response(403, &[], "TAJNE-ODP-403"),
            _ => response(502, &[], "TAJNE-ODP-502"),
        })
    })
    .await;
    let client = server.client();
    client.challenge().await.unwrap();
    let authentication = TokenAuthentication {
        challenge: reference("CR"),
        context_identifier: "5265877635".parse::<Nip>().unwrap().into(),
        encrypted_token: b"TAJNE-SZYFROGRAM".to_vec().into(),
        public_key_id: None,
        authorization_policy: None,
    };
    let opening = OpenOnlineSession {
        form_code: FormCode::fa3(),
        encryption: EncryptionInfo {
            encrypted_symmetric_key: b"TAJNE-KLUCZ-SESJI".to_vec().into(),
            initialization_vector: *b"TAJNE-IV-16-BAJT",
            public_key_id: None,
        },
    };
    let access = AccessToken::new(secret("TAJNE-DOSTEP"), now());
    let address = format!("{}/storage/upo.xml?sig=TAJNE-SIG", server.address.as_str()).parse().unwrap();
    let host = server.address.as_str().trim_end_matches("/v2").to_owned();
    let upload = format!(
        r#"{{"referenceNumber":"20261121-SB-0123456789-ABCDEF0123-4E","partUploadRequests":[{{"ordinalNumber":1,"method":"PUT","url":"{host}/storage/1?sig=TAJNE-SIG","headers":{{"x-klucz":"TAJNE-NAGLOWEK"}}}}]}}"#
    );
    let session: BatchSession = serde_json::from_str(&upload).unwrap();
    let hash = "mkht+3m5trnfxlTYhq3QFn74LkEO69MFNlsMAkCDSPA=";
    let part: PackagePart = serde_json::from_str(&format!(
        r#"{{"ordinalNumber":1,"partName":"p","method":"GET","url":"{host}/storage/2?sig=TAJNE-SIG","partSize":1,"partHash":"{hash}","encryptedPartSize":16,"encryptedPartHash":"{hash}","expirationDate":"2026-11-21T11:00:00Z"}}"#
    ))
    .unwrap();
    let making = MakeKsefToken { permissions: Vec::new(), description: "Sklep".parse().unwrap() };
    let body = Bytes::from_static(b"TAJNE-CZESC-PACZKI");
    let shown = [
        format!("{:?}", client.make_token(&access, &making).await.unwrap()),
        format!("{:?}", client.upload_batch_part(&session.uploads[0], body).await.unwrap_err()),
        format!("{:?}", client.download_part(&part).await.unwrap_err()),
        format!("{session:?} {part:?}"),
        format!("{:?}", client.authenticate_by_token(&authentication).await.unwrap_err()),
        format!(
            "{:?}",
            client.redeem(&AuthenticationToken::new(secret("TAJNE-WSTEPNY"), now())).await.unwrap_err()
        ),
        format!(
            "{:?}",
            client.refresh(&RefreshToken::new(secret("TAJNE-ODSWIEZ"), now())).await.unwrap_err()
        ),
        format!("{:?}", client.open_online_session(&access, &opening).await.unwrap_err()),
        format!(
            "{:?}",
            client.authenticate_by_xades(b"<TAJNE-PODPIS/>", XadesOptions::default()).await.unwrap_err()
        ),
        format!("{:?}", client.download_upo(&address).await.unwrap_err()),
        format!("{authentication:?} {opening:?} {access:?} {address:?} {client:?}"),
    ];
    let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(log.contains("operation=\"redeem\""), "the log is really written: {log}");
    for ciphertext in ["VEFKTkUtU1pZRlJPR1JBTQ", "VEFKTkUtS0xVQ1otU0VTSkk"] {
        assert!(!log.contains(ciphertext));
    }
    for text in shown.iter().chain([&log]) {
        let found =
            text.find("TAJNE").map(|place| &text[place.saturating_sub(200)..(place + 40).min(text.len())]);
        assert_eq!(found, None);
    }
}
