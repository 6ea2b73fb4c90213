//! Listening on loopback, and cutting lines.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderValue, Request, Response, header};
use axum::serve::{IncomingStream, Listener};
use axum::{Router, middleware};
use ksef_types::{ApiAddress, Clock as _, InvalidAddress};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::control::Control;
use crate::store::JournalError;
use crate::world::World;
use crate::{SimClock, SimulatorConfig, api, latarnia, management, qr, services};

/// The simulator; see [`Simulator::start`].
#[derive(Debug)]
pub struct Simulator;

/// A simulator that runs until it is stopped or dropped.
pub struct Running {
    api: ApiAddress,
    latarnia: ApiAddress,
    qr: ApiAddress,
    white_list: ApiAddress,
    nbp: ApiAddress,
    management: String,
    control: Control,
    stop: CancellationToken,
    stopped: Arc<AtomicBool>,
    servers: Vec<JoinHandle<()>>,
}

/// Why a simulator does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A port cannot be had.
    #[error("port {port} for {what} cannot be had: {source}")]
    Port {
        /// For what.
        what: &'static str,
        /// Which; 0 is any.
        port: u16,
        /// Why.
        source: io::Error,
    },
    /// The state folder cannot be used.
    #[error(transparent)]
    State(#[from] JournalError),
    /// Its own address cannot be written; does not happen on loopback.
    #[error(transparent)]
    Address(#[from] InvalidAddress),
    /// The task that makes the keys was cancelled.
    #[error("the start was cancelled")]
    Cancelled,
}

impl Simulator {
    /// Starts a simulator on 127.0.0.1.
    ///
    /// # Errors
    /// When a port cannot be had or the state folder cannot be used.
    pub async fn start(config: SimulatorConfig) -> Result<Running, StartError> {
        let ports = config.ports;
        let api = bind("the API", ports.api).await?;
        let latarnia = bind("Latarnia", ports.latarnia).await?;
        let qr = bind("the verification pages", ports.qr).await?;
        let management = bind("the management", ports.management).await?;
        let services = bind("the public services", ports.services).await?;
        // RSA keys take their time.
        let world = tokio::task::spawn_blocking(move || World::open(config)).await;
        let world = Arc::new(world.map_err(|_| StartError::Cancelled)??);
        let (stop, stopped) = (CancellationToken::new(), Arc::new(AtomicBool::new(false)));
        let control = Control::new(Arc::clone(&world));
        let api_address = origin(&api);
        let _first = world.api_origin.set(api_address.clone());
        let clock = world.clock.clone();
        let serve = |listener, router| serve(listener, router, clock.clone(), &stop, &stopped);
        let running = Running {
            api: format!("{api_address}/v2").parse()?,
            latarnia: origin(&latarnia).parse()?,
            qr: origin(&qr).parse()?,
            white_list: format!("{}{}", origin(&services), services::WHITE_LIST).parse()?,
            nbp: format!("{}{}", origin(&services), services::NBP).parse()?,
            management: origin(&management),
            servers: vec![
                serve(api, api_router(Arc::clone(&world))),
                serve(latarnia, latarnia::router(Arc::clone(&world))),
                serve(services, services::router(Arc::clone(&world))),
                serve(qr, qr::router(world)),
                serve(management, management::router(control.clone())),
            ],
            control,
            stop: stop.clone(),
            stopped: Arc::clone(&stopped),
        };
        Ok(running)
    }
}

impl Running {
    /// The API with its version, such as `http://127.0.0.1:40123/v2`.
    #[must_use]
    pub const fn api(&self) -> &ApiAddress {
        &self.api
    }

    /// Latarnia.
    #[must_use]
    pub const fn latarnia(&self) -> &ApiAddress {
        &self.latarnia
    }

    /// The verification pages; stands in links instead of `https://qr.ksef.mf.gov.pl`.
    #[must_use]
    pub const fn qr(&self) -> &ApiAddress {
        &self.qr
    }

    /// The simulated white list of VAT payers; stands for `https://wl-api.mf.gov.pl`.
    #[must_use]
    pub const fn white_list(&self) -> &ApiAddress {
        &self.white_list
    }

    /// The simulated rates of the National Bank; stands for `https://api.nbp.pl`.
    #[must_use]
    pub const fn nbp(&self) -> &ApiAddress {
        &self.nbp
    }

    /// The management, such as `http://127.0.0.1:40124`.
    #[must_use]
    pub fn management(&self) -> String {
        self.management.clone()
    }

    /// The same as the management, in Rust. Clones outlive the simulator harmlessly.
    #[must_use]
    pub const fn control(&self) -> &Control {
        &self.control
    }

    /// Stops listening and cuts what is still in the air.
    pub async fn stop(mut self) {
        const PATIENCE: Duration = Duration::from_millis(500);
        self.stop.cancel();
        for mut server in std::mem::take(&mut self.servers) {
            if tokio::time::timeout(PATIENCE, &mut server).await.is_err() {
                self.stopped.store(true, Ordering::Relaxed);
                server.abort();
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        self.stop.cancel();
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Running").field("api", &self.api).finish_non_exhaustive()
    }
}

async fn bind(what: &'static str, port: u16) -> Result<TcpListener, StartError> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).await.map_err(|source| StartError::Port { what, port, source })
}

fn origin(listener: &TcpListener) -> String {
    // A listener that is bound has an address.
    let port = listener.local_addr().map_or(0, |address| address.port());
    format!("http://127.0.0.1:{port}")
}

fn serve(
    listener: TcpListener,
    router: Router,
    clock: SimClock,
    stop: &CancellationToken,
    stopped: &Arc<AtomicBool>,
) -> JoinHandle<()> {
    let listener = Wires { listener, stopped: Arc::clone(stopped) };
    let router = router.layer(middleware::map_response_with_state(clock, dated));
    let service = router.into_make_service_with_connect_info::<Line>();
    let server = axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
    tokio::spawn(async move {
        if let Err(failure) = server.await {
            tracing::error!(%failure, "a server ended");
        }
    })
}

/// `Date` by the simulator's clock: clients learn from it how far their own is off.
async fn dated(State(clock): State<SimClock>, mut response: Response<Body>) -> Response<Body> {
    let date = clock.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::from_str(&date) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// Every path and method goes the same way: the contract's table is the router.
fn api_router(world: Arc<World>) -> Router {
    Router::new().fallback(move |ConnectInfo(line): ConnectInfo<Line>, request: Request<Body>| {
        api::answer(Arc::clone(&world), line, request)
    })
}

/// The line to a client, which can be cut.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) address: IpAddr,
    cut: Arc<AtomicBool>,
}

impl Line {
    pub(crate) fn is_cut(&self) -> bool {
        self.cut.load(Ordering::Relaxed)
    }

    /// From now on nothing is read or written.
    pub(crate) fn cut(&self) {
        self.cut.store(true, Ordering::Relaxed);
    }
}

impl Connected<IncomingStream<'_, Wires>> for Line {
    fn connect_info(stream: IncomingStream<'_, Wires>) -> Self {
        Self { address: stream.remote_addr().ip(), cut: Arc::clone(&stream.io().cut) }
    }
}

/// Accepts connections whose lines can be cut.
struct Wires {
    listener: TcpListener,
    stopped: Arc<AtomicBool>,
}

struct Wire {
    stream: TcpStream,
    cut: Arc<AtomicBool>,
    stopped: Arc<AtomicBool>,
}

impl Listener for Wires {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.listener).await;
        if let Err(failure) = stream.set_nodelay(true) {
            tracing::debug!(%failure, "small packets may wait");
        }
        (Wire { stream, cut: Arc::default(), stopped: Arc::clone(&self.stopped) }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Wire {
    fn whole(&self) -> io::Result<()> {
        if self.cut.load(Ordering::Relaxed) || self.stopped.load(Ordering::Relaxed) {
            Err(io::ErrorKind::ConnectionAborted.into())
        } else {
            Ok(())
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.whole()?;
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.whole()?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.whole()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
