use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use ksef_types::{ApiAddress, Clock};

use crate::budget::RateBudget;
use crate::error::{ApiError, ErrorKind};
use crate::resolver::SystemResolver;

/// The client of one company at one KSeF. Cheap to clone; clones share connections, budget and clock skew.
///
/// Waiting for the budget, and between repeats, ends when the future is dropped.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    /// Made when a part is first uploaded.
    upload: OnceLock<reqwest::Client>,
    config: ClientConfig,
    skew: Mutex<Option<TimeDelta>>,
}

/// What a [`Client`] is made of.
#[derive(Clone)]
pub struct ClientConfig {
    /// Which KSeF.
    pub address: ApiAddress,
    /// The limits of the company there.
    pub budget: Arc<RateBudget>,
    /// For expiry and clock skew.
    pub clock: Arc<dyn Clock>,
    /// How long anything may take.
    pub timeouts: Timeouts,
    /// How often what is safe is repeated.
    pub repeats: RepeatPolicy,
    /// How large answers may be.
    pub sizes: AnswerSizes,
}

impl ClientConfig {
    /// With the usual time-outs, repeats and sizes.
    #[must_use]
    pub fn new(address: ApiAddress, budget: Arc<RateBudget>, clock: Arc<dyn Clock>) -> Self {
        Self {
            address,
            budget,
            clock,
            timeouts: Timeouts::default(),
            repeats: RepeatPolicy::default(),
            sizes: AnswerSizes::default(),
        }
    }
}

/// How long anything may take. Waiting for the budget is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Until a connection stands, with its handshake.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub idle: Duration,
    /// From the first byte sent to the last byte of an answer.
    pub request: Duration,
    /// The same for documents: invoices, UPO.
    pub document: Duration,
    /// The same for parts of packages, up and down (up to 100 MB; KSeF gives 20 minutes for each).
    pub part: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            request: Duration::from_secs(60),
            document: Duration::from_secs(180),
            part: Duration::from_secs(20 * 60),
        }
    }
}

/// How often what is safe is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepeatPolicy {
    /// At most so many times after the first.
    pub times: usize,
    /// The first pause; each next one is twice as long.
    pub first_pause: Duration,
    /// The longest pause. When KSeF asks for a longer one, the caller gets the error instead.
    pub longest_pause: Duration,
}

impl Default for RepeatPolicy {
    fn default() -> Self {
        Self { times: 3, first_pause: Duration::from_millis(500), longest_pause: Duration::from_secs(60) }
    }
}

/// How large answers may be, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerSizes {
    /// Answers in JSON.
    pub json: u64,
    /// Invoices and UPO: an invoice has up to 3 MB, a part of a session's UPO names up to 10 000 documents.
    pub document: u64,
    /// A part of a package, encrypted: the contract says 50 MB.
    pub part: u64,
}

impl Default for AnswerSizes {
    fn default() -> Self {
        Self { json: 4 << 20, document: 64 << 20, part: 64 << 20 }
    }
}

impl Client {
    /// Sets up the system's TLS and proxy; nothing is sent.
    ///
    /// # Errors
    /// [`ErrorKind::NotSent`] when the system's TLS cannot be used.
    pub fn new(config: ClientConfig) -> Result<Self, ApiError> {
        let http =
            http_client(&config.address, &config.timeouts, AnswerBegins::WithinIdle).map_err(unusable)?;
        Ok(Self(Arc::new(Inner { http, upload: OnceLock::new(), config, skew: Mutex::new(None) })))
    }

    /// Which KSeF.
    #[must_use]
    pub fn address(&self) -> &ApiAddress {
        &self.0.config.address
    }

    /// The limits from which it draws.
    #[must_use]
    pub fn budget(&self) -> &Arc<RateBudget> {
        &self.0.config.budget
    }

    /// How far KSeF's clock is ahead of this computer's, by the last answer's `Date`; negative: behind. Exact to
    /// about a second; `None` before the first answer.
    #[must_use]
    pub fn clock_skew(&self) -> Option<TimeDelta> {
        *self.0.skew.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time as KSeF sees it, as far as that is known.
    #[must_use]
    pub fn server_now(&self) -> DateTime<Utc> {
        self.clock().now() + self.clock_skew().unwrap_or_default()
    }

    pub(crate) fn note_server_time(&self, server: DateTime<Utc>) {
        let skew = server - self.clock().now();
        *self.0.skew.lock().unwrap_or_else(PoisonError::into_inner) = Some(skew);
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.0.config.clock
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// For requests whose sending alone may take longer than one waits between two pieces of an answer.
    pub(crate) fn upload_http(&self) -> Result<&reqwest::Client, ApiError> {
        if let Some(http) = self.0.upload.get() {
            return Ok(http);
        }
        let config = &self.0.config;
        let http = http_client(&config.address, &config.timeouts, AnswerBegins::AnyTime).map_err(unusable)?;
        Ok(self.0.upload.get_or_init(|| http))
    }

    pub(crate) fn config(&self) -> &ClientConfig {
        &self.0.config
    }
}

fn unusable(error: reqwest::Error) -> ApiError {
    ApiError::local("client", ErrorKind::NotSent).with_source(error.without_url())
}

/// When the first piece of an answer has to be there. What the time between two pieces is measured with counts from
/// the beginning of the request, its body included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerBegins {
    WithinIdle,
    AnyTime,
}

/// The system's trust store, no redirects, no plain HTTP beyond this computer.
pub(crate) fn http_client(
    address: &ApiAddress,
    timeouts: &Timeouts,
    begins: AnswerBegins,
) -> Result<reqwest::Client, reqwest::Error> {
    let http = reqwest::Client::builder()
        .tls_backend_native()
        .https_only(!address.is_loopback())
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .dns_resolver(SystemResolver)
        .connect_timeout(timeouts.connect)
        .user_agent(concat!("Okienko/", env!("CARGO_PKG_VERSION")));
    let http = match begins {
        AnswerBegins::WithinIdle => http.read_timeout(timeouts.idle),
        AnswerBegins::AnyTime => http,
    };
    // A proxy cannot reach this computer's loopback, and the simulator is nobody else's business.
    let http = if address.is_loopback() { http.no_proxy() } else { http };
    http.build()
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Client").field("address", self.address()).finish_non_exhaustive()
    }
}
