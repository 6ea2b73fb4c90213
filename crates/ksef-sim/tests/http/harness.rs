//! A simulator with a blocking client of its own, which checks every answer against the published contract.

use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeZone as _, Utc};
use ksef_crypto::{MinistryKey, OsRandomness, SessionKey, base64};
use ksef_invoice::sample::{self, SampleInvoice, SampleLine, SampleParty, SampleRate};
use ksef_sim::{Control, Delays, Pace, Permission, Running, SimClock, Simulator, SimulatorConfig};
use ksef_types::{Nip, Sha256Hash, warsaw_date};
use serde_json::{Value, json};

use crate::openapi::OpenApi;

pub(crate) const SELLER: &str = "5265877635";
pub(crate) const BUYER: &str = "1111111111";

pub(crate) struct Sim {
    runtime: tokio::runtime::Runtime,
    running: Option<Running>,
    agent: ureq::Agent,
    openapi: Option<Arc<OpenApi>>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: ureq::http::HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Code and first detail of the first exception, in the older format.
    pub(crate) fn exception(&self) -> (u64, String) {
        let first = self.json()["exception"]["exceptionDetailList"][0].clone();
        (
            first["exceptionCode"].as_u64().unwrap(),
            first["details"][0].as_str().unwrap_or_default().to_owned(),
        )
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
}

/// Noon in Poland on a working day.
pub(crate) fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 11, 0, 0).unwrap()
}

pub(crate) fn config() -> SimulatorConfig {
    SimulatorConfig {
        pace: Pace::Automatic(Delays::NONE),
        clock: SimClock::fixed(noon()),
        seed: Some(7),
        rate_limits: ksef_sim::RateLimits::Off,
        ..SimulatorConfig::default()
    }
}

impl Sim {
    pub(crate) fn start() -> Self {
        Self::with(config())
    }

    pub(crate) fn explicit() -> Self {
        Self::with(SimulatorConfig { pace: Pace::Explicit, ..config() })
    }

    /// In the explicit pace, with the access token of a login that was moved to its end.
    pub(crate) fn explicit_with_login() -> (Self, String) {
        let sim = Self::explicit();
        let nip: Nip = SELLER.parse().unwrap();
        sim.control().make_company(nip, "Sprzedawca sp. z o.o.").unwrap();
        let token =
            sim.control().make_token(nip, &[Permission::InvoiceWrite, Permission::InvoiceRead]).unwrap();
        let (_, operation) = sim.begin(&sim.token_request(&token));
        sim.control().step(&ksef_sim::StepTarget::UntilNothingMoves).unwrap();
        let tokens = sim.post_empty("/auth/token/redeem", Some(&operation)).expect(200).json();
        let access = tokens["accessToken"]["token"].as_str().unwrap().to_owned();
        (sim, access)
    }

    pub(crate) fn with(config: SimulatorConfig) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let running = runtime.block_on(Simulator::start(config)).unwrap();
        let agent = ureq::Agent::new_with_config(
            ureq::config::Config::builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .timeout_global(Some(Duration::from_secs(120)))
                .build(),
        );
        Self { runtime, running: Some(running), agent, openapi: OpenApi::shared() }
    }

    pub(crate) fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    pub(crate) fn control(&self) -> &Control {
        self.running().control()
    }

    pub(crate) fn stop(mut self) {
        let running = self.running.take().unwrap();
        self.runtime.block_on(running.stop());
    }

    pub(crate) fn get(&self, path: &str, token: Option<&str>) -> Answer {
        self.request("GET", path, token, &[], None)
    }

    pub(crate) fn delete(&self, path: &str, token: Option<&str>) -> Answer {
        self.request("DELETE", path, token, &[], None)
    }

    pub(crate) fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Answer {
        let json = ("content-type", "application/json");
        self.request("POST", path, token, &[json], Some(body.to_string().into_bytes()))
    }

    pub(crate) fn post_empty(&self, path: &str, token: Option<&str>) -> Answer {
        self.request("POST", path, token, &[], Some(Vec::new()))
    }

    pub(crate) fn request(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Answer {
        let answer = self.try_request(method, path, token, headers, body).unwrap();
        if let Some(openapi) = &self.openapi {
            openapi.check(method, path, &answer);
        }
        answer
    }

    pub(crate) fn try_request(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Result<Answer, ureq::Error> {
        self.send(&format!("{}{path}", self.running().api()), method, token, headers, body)
    }

    /// To any address.
    pub(crate) fn send(
        &self,
        address: &str,
        method: &str,
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Result<Answer, ureq::Error> {
        let mut request = ureq::http::Request::builder().method(method).uri(address);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = match body {
            Some(body) => self.agent.run(request.body(body).unwrap())?,
            None => self.agent.run(request.body(()).unwrap())?,
        };
        let (parts, body) = response.into_parts();
        let mut bytes = Vec::new();
        body.into_reader().take(4_000_000).read_to_end(&mut bytes).map_err(ureq::Error::Io)?;
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body: bytes })
    }

    /// The ministry's key for a usage, with its identifier.
    pub(crate) fn ministry_key(&self, usage: &str) -> (MinistryKey, String) {
        let keys = self.get("/security/public-key-certificates", None).expect(200).json();
        let key = keys.as_array().unwrap().iter().find(|key| key["usage"][0] == usage).unwrap().clone();
        let der = base64::decode(key["certificate"].as_str().unwrap()).unwrap();
        (MinistryKey::from_certificate_der(&der).unwrap(), key["publicKeyId"].as_str().unwrap().to_owned())
    }

    /// The body of a login by token.
    pub(crate) fn token_request(&self, token: &ksef_types::KsefToken) -> Value {
        let challenge = self.post_empty("/auth/challenge", None).expect(200).json();
        let (key, id) = self.ministry_key("KsefTokenEncryption");
        let encrypted = key.encrypt_token(token, challenge["timestampMs"].as_i64().unwrap()).unwrap();
        json!({
            "challenge": challenge["challenge"],
            "contextIdentifier": { "type": "Nip", "value": token.nip().unwrap() },
            "encryptedToken": base64::encode(&encrypted),
            "publicKeyId": id,
        })
    }

    /// Starts a login and answers its number and its token.
    pub(crate) fn begin(&self, body: &Value) -> (String, String) {
        let begun = self.post("/auth/ksef-token", None, body).expect(202).json();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&begun["referenceNumber"]), text(&begun["authenticationToken"]["token"]))
    }

    /// The status of a login.
    pub(crate) fn login_status(&self, body: &Value) -> Value {
        let (reference, token) = self.begin(body);
        self.get(&format!("/auth/{reference}"), Some(&token)).expect(200).json()["status"].clone()
    }

    /// Access and refresh token of a new login with a new token.
    pub(crate) fn login_with(&self, permissions: &[Permission]) -> (String, String) {
        let nip: Nip = SELLER.parse().unwrap();
        self.control().make_company(nip, "Sprzedawca sp. z o.o.").unwrap();
        let token = self.control().make_token(nip, permissions).unwrap();
        self.login_by(&token)
    }

    pub(crate) fn login_by(&self, token: &ksef_types::KsefToken) -> (String, String) {
        let (reference, operation) = self.begin(&self.token_request(token));
        let status = self.get(&format!("/auth/{reference}"), Some(&operation)).expect(200).json();
        assert_eq!(status["status"]["code"], 200, "{status}");
        let tokens = self.post_empty("/auth/token/redeem", Some(&operation)).expect(200).json();
        let text = |name: &str| tokens[name]["token"].as_str().unwrap().to_owned();
        (text("accessToken"), text("refreshToken"))
    }

    pub(crate) fn login(&self) -> String {
        self.login_with(&[Permission::InvoiceWrite, Permission::InvoiceRead]).0
    }

    pub(crate) fn open(&self, access: &str) -> Session {
        let key = SessionKey::generate(&OsRandomness);
        let (ministry, id) = self.ministry_key("SymmetricKeyEncryption");
        let body = open_body(&key, &key.wrap(&ministry).unwrap(), Some(&id));
        let opened = self.post("/sessions/online", Some(access), &body).expect(201).json();
        Session { reference: opened["referenceNumber"].as_str().unwrap().to_owned(), key }
    }

    /// Sends a document and answers its number.
    pub(crate) fn send_invoice(&self, access: &str, session: &Session, document: &[u8]) -> String {
        let body = send_body(&session.key, document);
        let path = format!("/sessions/online/{}/invoices", session.reference);
        let sent = self.post(&path, Some(access), &body).expect(202).json();
        sent["referenceNumber"].as_str().unwrap().to_owned()
    }

    pub(crate) fn invoice(&self, access: &str, session: &Session, reference: &str) -> Value {
        self.get(&format!("/sessions/{}/invoices/{reference}", session.reference), Some(access))
            .expect(200)
            .json()
    }

    /// Sends a document in a session of its own and answers what became of it.
    pub(crate) fn outcome(&self, access: &str, document: &[u8]) -> Value {
        let session = self.open(access);
        let reference = self.send_invoice(access, &session, document);
        self.invoice(access, &session, &reference)
    }
}

pub(crate) struct Session {
    pub(crate) reference: String,
    pub(crate) key: SessionKey,
}

pub(crate) fn open_body(key: &SessionKey, wrapped: &[u8], id: Option<&str>) -> Value {
    let mut body = json!({
        "formCode": { "systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA" },
        "encryption": {
            "encryptedSymmetricKey": base64::encode(wrapped),
            "initializationVector": base64::encode(key.iv()),
        },
    });
    if let Some(id) = id {
        body["encryption"]["publicKeyId"] = json!(id);
    }
    body
}

pub(crate) fn hash(bytes: &[u8]) -> String {
    let hash: Sha256Hash = ksef_crypto::sha256(bytes);
    base64::encode(hash.as_bytes())
}

pub(crate) fn send_body(key: &SessionKey, document: &[u8]) -> Value {
    let encrypted = key.encrypt(document).unwrap();
    json!({
        "invoiceHash": hash(document),
        "invoiceSize": document.len(),
        "encryptedInvoiceHash": hash(&encrypted),
        "encryptedInvoiceSize": encrypted.len(),
        "encryptedInvoiceContent": base64::encode(&encrypted),
        "offlineMode": false,
    })
}

/// A valid FA(3) from SELLER to BUYER, dated the day of [`noon`].
pub(crate) fn invoice(number: &str) -> Vec<u8> {
    invoice_of(SELLER, number, noon())
}

pub(crate) fn invoice_of(seller: &str, number: &str, at: DateTime<Utc>) -> Vec<u8> {
    let party = |nip: &str, name: &str| SampleParty {
        nip: nip.parse().unwrap(),
        name: name.to_owned(),
        address: "ul. Prosta 1, 00-001 Warszawa".to_owned(),
    };
    sample::fa3(&SampleInvoice {
        seller: party(seller, "Sprzedawca sp. z o.o."),
        buyer: party(BUYER, "Nabywca S.A."),
        number: number.to_owned(),
        issue_date: warsaw_date(at),
        created: at,
        lines: vec![SampleLine {
            name: "Usługa".to_owned(),
            unit: "szt.".to_owned(),
            quantity: 2.into(),
            unit_price: 100.into(),
            rate: SampleRate::Vat23,
        }],
    })
}
