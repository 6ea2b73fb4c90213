//! A server that answers as a test says, byte by byte, and remembers what it was asked.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]
#![allow(clippy::allow_attributes, reason = "an expectation would fail in the files that use all of it")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use ksef_api::{
    AccessToken, AnswerSizes, Client, ClientConfig, Limit, RateBudget, RateGroup, RateLimits, RepeatPolicy,
    Timeouts,
};
use ksef_testkit::ManualClock;
use ksef_types::{ApiAddress, Clock, ReferenceNumber, SecretText};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What was asked.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: String,
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

/// How it is answered. After each the connection is closed, but for `Hang`.
pub enum Reply {
    Bytes(Vec<u8>),
    /// Accepts the request and never says anything.
    Hang,
    /// The bytes, then more of the last one for ever.
    Endless(Vec<u8>),
    /// One byte at a time, with a pause between them.
    Drip(Vec<u8>, Duration),
    /// The bytes, but so much later.
    Late(Duration, Vec<u8>),
    /// Closes the connection at once.
    Drop,
}

pub struct Server {
    pub address: ApiAddress,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// `answer` gets what was asked and how many requests came before it.
    pub async fn start(answer: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/v2", listener.local_addr().unwrap()).parse().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (answer, all) = (Arc::new(answer), Arc::clone(&seen));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, all) = (Arc::clone(&answer), Arc::clone(&all));
                tokio::spawn(async move { serve(stream, &*answer, &all).await });
            }
        });
        Self { address, seen }
    }

    pub async fn always(reply: impl Into<Vec<u8>>) -> Self {
        let bytes = reply.into();
        Self::start(move |_, _| Reply::Bytes(bytes.clone())).await
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    pub fn client(&self) -> Client {
        self.client_with(|_| {})
    }

    pub fn client_with(&self, change: impl FnOnce(&mut ClientConfig)) -> Client {
        let mut config = config(self.address.clone());
        change(&mut config);
        Client::new(config).unwrap()
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: &(dyn Fn(&Seen, usize) -> Reply + Send + Sync),
    all: &Mutex<Vec<Seen>>,
) {
    let Some(seen) = read_request(&mut stream).await else { return };
    let before = {
        let mut all = all.lock().unwrap();
        all.push(seen.clone());
        all.len() - 1
    };
    // The client may leave in the middle of an answer; that is its right.
    match answer(&seen, before) {
        Reply::Drop => {}
        Reply::Bytes(bytes) => drop(stream.write_all(&bytes).await),
        Reply::Late(pause, bytes) => {
            tokio::time::sleep(pause).await;
            drop(stream.write_all(&bytes).await);
        }
        Reply::Hang => std::future::pending().await,
        Reply::Endless(bytes) => {
            let more = vec![bytes.last().copied().unwrap_or(b' '); 1 << 16];
            let _ = stream.write_all(&bytes).await;
            while stream.write_all(&more).await.is_ok() {}
        }
        Reply::Drip(bytes, pause) => {
            for byte in bytes {
                if stream.write_all(&[byte]).await.is_err() {
                    return;
                }
                tokio::time::sleep(pause).await;
            }
        }
    }
    let _ = stream.shutdown().await;
}

async fn read_request(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: HashMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    while bytes.len() < end + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let (path, query) = (path.to_owned(), query.to_owned());
    Some(Seen { method, path, query, headers, body: bytes[end..end + length].to_vec() })
}

pub fn response(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut text = format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    [text.into_bytes(), body.to_vec()].concat()
}

pub fn json(status: u16, body: &str) -> Vec<u8> {
    response(status, &[("content-type", "application/json")], body)
}

pub fn problem(status: u16, body: &str) -> Vec<u8> {
    response(status, &[("content-type", "application/problem+json")], body)
}

pub fn refused(code: i32) -> Vec<u8> {
    problem(
        400,
        &format!(
            r#"{{"title":"Bad Request","status":400,"instance":"/","detail":"","errors":[{{"code":{code},"description":"Nie"}}],"timestamp":"2026-11-21T10:00:00Z","traceId":"t1"}}"#
        ),
    )
}

/// Saturday, 21 November 2026, 10:00:00 UTC.
pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 10, 0, 0).unwrap()
}

pub fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::at(now()))
}

pub fn config(address: ApiAddress) -> ClientConfig {
    let clock = clock();
    let budget = Arc::new(RateBudget::new(without_limits(), Arc::clone(&clock) as Arc<dyn Clock>));
    ClientConfig {
        repeats: RepeatPolicy { first_pause: Duration::from_millis(1), ..RepeatPolicy::default() },
        timeouts: Timeouts { request: Duration::from_secs(60), ..Timeouts::default() },
        sizes: AnswerSizes { json: 1 << 20, document: 2 << 20, part: 1 << 20 },
        ..ClientConfig::new(address, budget, clock)
    }
}

pub fn without_limits() -> RateLimits {
    [
        RateGroup::Public,
        RateGroup::Other,
        RateGroup::InvoiceSend,
        RateGroup::OnlineSession,
        RateGroup::BatchSession,
        RateGroup::SessionMisc,
        RateGroup::CollectiveIdentifier,
        RateGroup::InvoiceExportStatus,
    ]
    .into_iter()
    .fold(RateLimits::published(), |limits, group| limits.with(group, Limit::NONE))
}

pub const ACCESS: &str = "eyJhbGciOiJIUzI1NiJ9.tajny-dostep.podpis";

pub fn access_token() -> AccessToken {
    AccessToken::new(SecretText::new(ACCESS.to_owned()), now() + TimeDelta::minutes(15))
}

pub fn reference(kind: &str) -> ReferenceNumber {
    format!("20261121-{kind}-0123456789-ABCDEF0123-4E").parse().unwrap()
}

pub const CHALLENGE: &str = r#"{"challenge":"20261121-CR-0123456789-ABCDEF0123-4E","timestamp":"2026-11-21T10:00:00.1234567+00:00","timestampMs":1795255200123,"clientIp":"127.0.0.1"}"#;
