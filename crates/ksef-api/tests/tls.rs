//! What is wrong with a secure connection is told apart, with real certificates and the system's own TLS.
//!
//! OpenSSL reads which roots it trusts from the environment of the process, so the test starts itself again.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "what fails must stop the test; what is skipped is said"
)]
#![cfg(target_os = "linux")]

mod common;

use std::path::Path;
use std::process::Command;

use ksef_api::{Client, ErrorKind, ProxyProblem, RetryKind, TlsProblem};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

fn openssl(folder: &Path, arguments: &str) {
    let output = Command::new("openssl").current_dir(folder).args(arguments.split(' ')).output().unwrap();
    assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
}

fn has_openssl() -> bool {
    let there = Command::new("openssl").arg("version").output().is_ok();
    if !there {
        println!("skipped: the program openssl is not here");
    }
    there
}

/// A root, and a certificate of the server signed by it.
fn certificates(folder: &Path, name: &str, validity: &str) {
    openssl(
        folder,
        "req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj /CN=Korzen -days 30",
    );
    openssl(folder, "req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=Serwer");
    std::fs::write(folder.join("names"), format!("subjectAltName={name}")).unwrap();
    openssl(
        folder,
        &format!(
            "x509 -req -in server.csr -CA root.pem -CAkey root.key -out server.pem -extfile names {validity}"
        ),
    );
}

async fn outcome(folder: &Path) -> ErrorKind {
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let identity = native_tls::Identity::from_pkcs8(&read("server.pem"), &read("server.key")).unwrap();
    let acceptor = native_tls::TlsAcceptor::new(identity).unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://localhost:{}/v2", listener.local_addr().unwrap().port());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if let Ok(mut secure) = acceptor.accept(stream) {
                let mut request = [0; 4096];
                let _ = std::io::Read::read(&mut secure, &mut request);
                let _ = std::io::Write::write_all(&mut secure, &common::json(401, "{}"));
                let _ = secure.shutdown();
            }
        }
    });
    challenge_error(&address).await
}

async fn challenge_error(address: &str) -> ErrorKind {
    let mut config = common::config(address.parse().unwrap());
    config.repeats.times = 0;
    let error = Client::new(config).unwrap().challenge().await.unwrap_err();
    if matches!(error.kind(), ErrorKind::Tls(_)) {
        assert_eq!(error.retry(), RetryKind::Permanent);
    }
    error.kind().clone()
}

/// Runs only when the other test starts it: prints what came out.
#[tokio::test]
async fn inside() {
    let Some(folder) = std::env::var_os("KSEF_API_TLS_FOLDER") else { return };
    println!("outcome: {:?}", outcome(Path::new(&folder)).await);
}

fn outcome_in_another_process(name: &str, validity: &str, trusted: bool) -> String {
    let folder = tempfile::tempdir().unwrap();
    certificates(folder.path(), name, validity);
    let roots = if trusted { folder.path().join("root.pem") } else { folder.path().join("server.csr") };
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "inside", "--nocapture"])
        .env("KSEF_API_TLS_FOLDER", folder.path())
        .env("SSL_CERT_FILE", roots)
        .env("SSL_CERT_DIR", folder.path())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line =
        text.lines().find_map(|line| line.split_once("outcome: ")).map(|(_, outcome)| outcome.to_owned());
    line.unwrap_or_else(|| panic!("{text} {}", String::from_utf8_lossy(&output.stderr)))
}

fn tls(problem: TlsProblem) -> String {
    format!("{:?}", ErrorKind::Tls(problem))
}

#[test]
fn each_fault_of_a_certificate_is_told_apart() {
    if !has_openssl() {
        return;
    }
    let good = outcome_in_another_process("DNS:localhost", "-days 30", true);
    assert_eq!(good, format!("{:?}", ErrorKind::Unauthorized), "a good certificate lets the answer through");
    assert_eq!(outcome_in_another_process("DNS:localhost", "-days 30", false), tls(TlsProblem::Untrusted));
    assert_eq!(outcome_in_another_process("DNS:ksef.example", "-days 30", true), tls(TlsProblem::Hostname));
    let past = "-not_before 20200101000000Z -not_after 20200201000000Z";
    let past = if supports_not_before() { past } else { "-days -1" };
    assert_eq!(outcome_in_another_process("DNS:localhost", past, true), tls(TlsProblem::Expired));
}

fn supports_not_before() -> bool {
    let output = Command::new("openssl").args(["x509", "-help"]).output().unwrap();
    String::from_utf8_lossy(&output.stderr).contains("-not_before")
}

#[tokio::test]
async fn a_server_without_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    assert_eq!(
        challenge_error(&format!("https://localhost:{port}/v2")).await,
        ErrorKind::Tls(TlsProblem::Other)
    );
}

/// Runs only when the other test starts it: prints what came out.
#[tokio::test]
async fn inside_behind_a_proxy() {
    if std::env::var_os("KSEF_API_BEHIND_PROXY").is_some() {
        println!("outcome: {:?}", challenge_error("https://ksef.example/v2").await);
    }
}

async fn outcome_behind(proxy: String) -> String {
    let output = tokio::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "inside_behind_a_proxy", "--nocapture"])
        .env("KSEF_API_BEHIND_PROXY", "1")
        .env("HTTPS_PROXY", proxy)
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .env_remove("https_proxy")
        .output()
        .await
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().find_map(|line| line.split_once("outcome: ")).unwrap().1.to_owned()
}

async fn proxy_that_says(answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(answer).await;
        }
    });
    address
}

#[tokio::test]
async fn what_a_proxy_does_is_told_apart() {
    let proxy = |problem| format!("{:?}", ErrorKind::Proxy(problem));
    let asks =
        proxy_that_says(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n").await;
    assert_eq!(outcome_behind(asks).await, proxy(ProxyProblem::AuthenticationRequired));
    let refuses = proxy_that_says(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n").await;
    assert_eq!(outcome_behind(refuses).await, proxy(ProxyProblem::Refused));
    // Nobody listens on the port of discard.
    assert_eq!(outcome_behind("http://127.0.0.1:9".to_owned()).await, proxy(ProxyProblem::Unreachable));
}
