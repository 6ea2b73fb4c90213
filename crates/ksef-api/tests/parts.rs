//! Parts of packages, up and down: to their own addresses, without a token, and only whole.
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

mod common;

use std::time::Duration;

use bytes::Bytes;
use common::{Reply, Server, access_token, json, problem, refused, response};
use ksef_api::{
    ApiError, BatchSession, ErrorKind, NotKsef, PackagePart, PartFile, PartUpload, RetryKind, Timeouts,
};
use ksef_types::Sha256Hash;
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

fn hash(bytes: &[u8]) -> Sha256Hash {
    Sha256Hash::new(Sha256::digest(bytes).into())
}

fn base64(hash: Sha256Hash) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(hash.as_bytes())
}

fn address(server: &Server, path: &str) -> String {
    format!(
        "http://127.0.0.1:{}/{path}",
        server.address.as_str().split(':').nth(2).unwrap().split('/').next().unwrap()
    )
}

fn upload(url: &str, method: &str, headers: &str) -> PartUpload {
    let text = format!(
        r#"{{"referenceNumber":"20261121-SB-0123456789-ABCDEF0123-4E","partUploadRequests":[{{"ordinalNumber":1,"method":"{method}","url":"{url}","headers":{headers}}}]}}"#
    );
    serde_json::from_str::<BatchSession>(&text).unwrap().uploads.remove(0)
}

fn part(url: &str, size: usize, expected: Sha256Hash) -> PackagePart {
    let hash = base64(expected);
    serde_json::from_str(&format!(
        r#"{{"ordinalNumber":1,"partName":"../../etc/passwd","method":"GET","url":"{url}","partSize":1,"partHash":"{hash}","encryptedPartSize":{size},"encryptedPartHash":"{hash}","expirationDate":"2026-11-21T11:00:00Z"}}"#
    ))
    .unwrap()
}

#[tokio::test]
async fn a_part_goes_up_as_it_was_asked_for() {
    let server = Server::start(|_, before| {
        Reply::Bytes(if before == 0 { response(503, &[], "") } else { response(201, &[], "") })
    })
    .await;
    let headers = r#"{"x-ms-blob-type":"BlockBlob","Content-Type":"application/octet-stream","x-ms-version":null,"Host":"zly.example.com","content-length":"1"}"#;
    let upload = upload(&address(&server, "storage/1?sig=TAJNE"), "PUT", headers);
    let body: Vec<u8> = (0..=255_u8).cycle().take(300_000).collect();
    server.client().upload_batch_part(&upload, Bytes::from(body.clone())).await.unwrap();
    assert_eq!(server.count(), 2, "repeated after a 503, since it does no harm");
    for seen in server.seen() {
        assert_eq!((seen.method.as_str(), seen.path.as_str()), ("PUT", "/storage/1"));
        assert_eq!(seen.query, "sig=TAJNE");
        assert_eq!(seen.body, body);
        assert_eq!(seen.headers["x-ms-blob-type"], "BlockBlob");
        assert_eq!(seen.headers["content-type"], "application/octet-stream");
        assert!(seen.headers["host"].starts_with("127.0.0.1"));
        for absent in ["authorization", "x-error-format", "x-ms-version"] {
            assert!(!seen.headers.contains_key(absent), "{absent}");
        }
    }
    assert!(!format!("{upload:?}").contains("TAJNE"));
}

#[tokio::test]
async fn a_part_goes_up_from_a_file_and_again_from_its_beginning() {
    let server = Server::start(|_, before| {
        Reply::Bytes(if before == 0 { response(503, &[], "") } else { response(201, &[], "") })
    })
    .await;
    let upload = upload(&address(&server, "storage/1"), "PUT", r#"{"x-ms-blob-type":"BlockBlob"}"#);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("part");
    // Several pieces, and not a multiple of them.
    let body: Vec<u8> = (0..=250_u8).cycle().take(300_001).collect();
    std::fs::write(&path, &body).unwrap();
    let file = PartFile::of(&path).await.unwrap();
    assert_eq!(file.size(), 300_001);
    server.client().upload_batch_part_from(&upload, &file).await.unwrap();
    assert_eq!(server.count(), 2);
    for seen in server.seen() {
        assert_eq!(seen.headers["content-length"], "300001");
        assert!(!seen.headers.contains_key("transfer-encoding"));
        assert!(seen.body == body);
    }
}

#[tokio::test]
async fn a_file_that_is_gone_or_changed_is_not_sent() {
    let server = Server::always(response(201, &[], "")).await;
    let upload = upload(&address(&server, "storage/1"), "PUT", "{}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("part");
    assert!(PartFile::of(&path).await.is_err());
    assert!(PartFile::of(folder.path()).await.is_err(), "a folder");
    std::fs::write(&path, b"czesc").unwrap();
    let file = PartFile::of(&path).await.unwrap();
    for change in [Some(&b"czesc i wiecej"[..]), Some(b"cz"), None] {
        match change {
            Some(bytes) => std::fs::write(&path, bytes).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
        let error = server.client().upload_batch_part_from(&upload, &file).await.unwrap_err();
        assert_eq!(*error.kind(), ErrorKind::NotSent);
    }
    assert_eq!(server.count(), 0);
}

/// Reads a request's beginning, then takes the rest of the file away; gives how many bytes came in all.
async fn store_that_cuts(listener: TcpListener, file: std::path::PathBuf) -> usize {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut bytes = vec![0; 1 << 16];
    let mut came = stream.read(&mut bytes).await.unwrap();
    std::fs::OpenOptions::new().write(true).open(file).unwrap().set_len(1).unwrap();
    while let Ok(more @ 1..) = stream.read(&mut bytes).await {
        came += more;
    }
    came
}

#[tokio::test]
async fn a_file_that_shrinks_on_its_way_is_no_part() {
    // More than any system keeps on the way to a reader who does not read.
    const SIZE: u64 = 256 << 20;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("part");
    std::fs::File::create(&path).unwrap().set_len(SIZE).unwrap();
    let file = PartFile::of(&path).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/storage/1", listener.local_addr().unwrap());
    let came = tokio::spawn(store_that_cuts(listener, path));
    let client = Server::always("").await.client_with(|config| config.repeats.times = 0);
    client.upload_batch_part_from(&upload(&url, "PUT", "{}"), &file).await.unwrap_err();
    assert!((came.await.unwrap() as u64) < SIZE);
}

#[tokio::test]
async fn no_part_goes_to_a_foreign_host_or_by_another_method() {
    let server = Server::always(response(201, &[], "")).await;
    let client = server.client();
    let foreign = upload("https://storage.example.com/1", "PUT", "{}");
    let error = client.upload_batch_part(&foreign, Bytes::from_static(b"x")).await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::ForeignAddress { host: "storage.example.com".to_owned() });
    for method in ["DELETE", "GET", "put", ""] {
        let odd = upload(&address(&server, "storage/1"), method, "{}");
        let error = client.upload_batch_part(&odd, Bytes::from_static(b"x")).await.unwrap_err();
        assert_eq!(*error.kind(), ErrorKind::NotSent, "{method}");
    }
    let odd = upload(&address(&server, "storage/1"), "PUT", r#"{"x\nzly":"1"}"#);
    assert!(client.upload_batch_part(&odd, Bytes::from_static(b"x")).await.is_err());
    let odd = upload(&address(&server, "storage/1"), "PUT", r#"{"x":"1\r\nzly: 2"}"#);
    assert!(client.upload_batch_part(&odd, Bytes::from_static(b"x")).await.is_err());
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn uploading_may_take_longer_than_the_silence_within_an_answer() {
    let server = Server::start(|_, _| Reply::Late(Duration::from_millis(1500), response(201, &[], ""))).await;
    let client = server.client_with(|config| {
        config.timeouts = Timeouts { idle: Duration::from_millis(500), ..config.timeouts };
        config.repeats.times = 0;
    });
    let upload = upload(&address(&server, "storage/1"), "PUT", "{}");
    client.upload_batch_part(&upload, Bytes::from_static(b"czesc")).await.unwrap();
    let error = client.context_limits(&access_token()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Timeout(_)), "but elsewhere silence is noticed: {error:?}");
}

async fn refused_upload(reply: Vec<u8>) -> ApiError {
    let server = Server::always(reply).await;
    let client = server.client_with(|config| config.repeats.times = 0);
    let upload = upload(&address(&server, "storage/1"), "PUT", "{}");
    client.upload_batch_part(&upload, Bytes::from_static(b"x")).await.unwrap_err()
}

#[tokio::test]
async fn what_a_store_says_no_with() {
    let xml = "<?xml version=\"1.0\"?><Error><Code>AuthenticationFailed</Code></Error>";
    let late = refused_upload(response(403, &[("content-type", "application/xml")], xml)).await;
    assert!(matches!(late.kind(), ErrorKind::Forbidden { .. }), "{late:?}");
    assert_eq!(late.retry(), RetryKind::Permanent);
    let bad = refused_upload(response(400, &[("content-type", "application/xml")], xml)).await;
    assert_eq!(*bad.kind(), ErrorKind::UnexpectedStatus { status: 400 });
    let hotel = refused_upload(response(200, &[("content-type", "text/html")], "<html>Zaloguj</html>")).await;
    assert_eq!(*hotel.kind(), ErrorKind::NotKsef(NotKsef::Html));
}

#[tokio::test]
async fn a_batch_session_that_was_closed_in_vain_is_closed() {
    let server = Server::start(|_, before| {
        Reply::Bytes(if before == 0 { response(502, &[], "") } else { refused(21180) })
    })
    .await;
    let session = common::reference("SB");
    server.client().close_batch_session(&access_token(), &session).await.unwrap();
    let server = Server::always(refused(21180)).await;
    let error = server.client().close_batch_session(&access_token(), &session).await.unwrap_err();
    assert!(error.has_code(21180), "not lost, but refused");
}

#[tokio::test]
async fn opening_a_batch_is_never_repeated_blindly() {
    let server = Server::always(response(502, &[], "")).await;
    let error = server.client().open_batch_session(&access_token(), &open_batch()).await.unwrap_err();
    assert_eq!((error.retry(), server.count()), (RetryKind::Unknown, 1));
}

fn open_batch() -> ksef_api::OpenBatchSession {
    ksef_api::OpenBatchSession {
        form_code: ksef_api::FormCode::fa3(),
        batch_file: ksef_api::BatchFile {
            file_size: 1,
            file_hash: hash(b"1"),
            compression: ksef_api::Compression::Zip,
            parts: vec![ksef_api::BatchPart { ordinal_number: 1, file_size: 16, file_hash: hash(b"2") }],
        },
        encryption: ksef_api::EncryptionInfo {
            encrypted_symmetric_key: vec![1; 256].into(),
            initialization_vector: [2; 16],
            public_key_id: None,
        },
        offline_mode: false,
    }
}

fn bytes() -> Vec<u8> {
    (0..=255_u8).cycle().take(500_000).collect()
}

#[tokio::test]
async fn a_part_comes_down_in_pieces_and_whole() {
    let server = Server::start(|_, before| {
        Reply::Bytes(if before == 0 { response(503, &[], "") } else { response(200, &[], bytes()) })
    })
    .await;
    let part = part(&address(&server, "storage/1?sig=TAJNE"), bytes().len(), hash(&bytes()));
    let mut download = server.client().download_part(&part).await.unwrap();
    let mut whole = Vec::new();
    while let Some(piece) = download.chunk().await.unwrap() {
        whole.extend_from_slice(&piece);
    }
    assert_eq!(whole, bytes());
    assert!(download.chunk().await.unwrap().is_none(), "the end stays the end");
    let seen = server.seen();
    assert_eq!(seen.len(), 2, "its beginning is repeated");
    assert!(seen.iter().all(|seen| !seen.headers.contains_key("authorization")));
}

async fn failed_download(size: usize, expected: Sha256Hash, reply: fn() -> Reply) -> ApiError {
    let server = Server::start(move |_, _| reply()).await;
    let client = server.client_with(|config| config.repeats.times = 0);
    client.fetch_part(&part(&address(&server, "storage/1"), size, expected)).await.unwrap_err()
}

#[tokio::test]
async fn a_part_that_is_not_the_announced_one_is_worthless() {
    let (size, expected) = (bytes().len(), hash(&bytes()));
    let whole = || Reply::Bytes(response(200, &[], bytes()));
    let error = failed_download(size, hash(b"inne"), whole).await;
    assert_eq!(*error.kind(), ErrorKind::NotKsef(NotKsef::WrongHash));
    assert_eq!(error.retry(), RetryKind::Transient { after: None });
    let error = failed_download(size - 1, expected, whole).await;
    assert!(matches!(error.kind(), ErrorKind::TooLarge { .. }), "{error:?}");
    let error = failed_download(size + 1, expected, whole).await;
    assert_eq!(*error.kind(), ErrorKind::NotKsef(NotKsef::CutOff));
    let error = failed_download(size, expected, || {
        let whole = response(200, &[], bytes());
        Reply::Bytes(whole[..whole.len() / 2].to_vec())
    })
    .await;
    assert!(
        matches!(error.kind(), ErrorKind::NotKsef(NotKsef::CutOff) | ErrorKind::ConnectionLost),
        "{error:?}"
    );
    let error = failed_download(size, expected, || {
        Reply::Endless(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nx".to_vec())
    })
    .await;
    assert!(matches!(error.kind(), ErrorKind::TooLarge { .. }), "{error:?}");
    let error = failed_download(size, expected, || Reply::Bytes(problem(403, "{}"))).await;
    assert!(matches!(error.kind(), ErrorKind::Forbidden { .. }), "the address is no longer good: {error:?}");
}

#[tokio::test]
async fn a_part_beyond_the_bound_is_not_even_asked_for() {
    let server = Server::always(json(200, "{}")).await;
    let client = server.client();
    let large = part(&address(&server, "storage/1"), (1 << 20) + 1, hash(b""));
    let error = client.download_part(&large).await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::TooLarge { limit: 1 << 20 });
    let foreign = part("https://storage.example.com/1", 1, hash(b""));
    let error = client.download_part(&foreign).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::ForeignAddress { .. }));
    assert_eq!(server.count(), 0);
}
