use std::path::PathBuf;
use std::time::Duration;

use crate::SimClock;

/// How a simulator is started. The default is what a test wants: state in memory, random ports, automatic pace,
/// the computer's clock, rate limits as published.
#[derive(Debug, Clone, Default)]
pub struct SimulatorConfig {
    /// Where the state lives.
    pub state: StateStore,
    /// Who moves what is in progress.
    pub pace: Pace,
    /// What time it is; keep a clone to move it, or use [`crate::Control::advance`].
    pub clock: SimClock,
    /// The same seed gives the same reference numbers and delays. Keys are always random.
    pub seed: Option<u64>,
    /// Where it listens.
    pub ports: Ports,
    /// Whether the published rate limits hold.
    pub rate_limits: RateLimits,
    /// Whether self-signed certificates authenticate, as on the test environment. Otherwise only what
    /// [`crate::Control::make_certificate`] made.
    pub self_signed: bool,
}

/// Where the state lives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum StateStore {
    /// Gone when the simulator stops.
    #[default]
    InMemory,
    /// A folder, made when missing: `journal.jsonl` takes every change before it is answered, so that a restart
    /// finds everything again, the authority that issued the certificates included.
    Folder(PathBuf),
}

/// Who moves an operation from one status to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// The simulator, after small random delays.
    Automatic(Delays),
    /// The test, by [`crate::Control::step`]: nothing moves by itself.
    Explicit,
}

impl Default for Pace {
    fn default() -> Self {
        Self::Automatic(Delays::default())
    }
}

/// Between which bounds each delay of the automatic pace lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delays {
    /// The shortest.
    pub shortest: Duration,
    /// The longest.
    pub longest: Duration,
}

impl Delays {
    /// No delay at all: the next look finds the operation finished.
    pub const NONE: Self = Self { shortest: Duration::ZERO, longest: Duration::ZERO };
}

impl Default for Delays {
    fn default() -> Self {
        Self { shortest: Duration::from_millis(5), longest: Duration::from_millis(60) }
    }
}

/// Ports on 127.0.0.1; 0 lets the system choose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ports {
    /// The API, under `/v2`.
    pub api: u16,
    /// Latarnia.
    pub latarnia: u16,
    /// The verification pages.
    pub qr: u16,
    /// The management.
    pub management: u16,
    /// The public services: the white list under `/wl`, the National Bank under `/nbp`.
    pub services: u16,
}

/// Whether the published rate limits hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RateLimits {
    /// As published.
    #[default]
    Published,
    /// Each one multiplied, for tests of throughput.
    Multiplied(u32),
    /// None at all.
    Off,
}
