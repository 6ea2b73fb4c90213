//! The simulator as a program: prints one line of JSON with its addresses and runs until it is interrupted.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use ksef_sim::{Delays, Pace, Ports, RateLimits, SimClock, Simulator, SimulatorConfig, StateStore};
use tracing_subscriber::EnvFilter;

/// A strict simulator of KSeF 2.0 on 127.0.0.1.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// Port of the API; 0 lets the system choose.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Port of Latarnia.
    #[arg(long, default_value_t = 0)]
    latarnia_port: u16,
    /// Port of the verification pages.
    #[arg(long, default_value_t = 0)]
    qr_port: u16,
    /// Port of the management.
    #[arg(long, default_value_t = 0)]
    management_port: u16,
    /// Port of the public services: white list and exchange rates.
    #[arg(long, default_value_t = 0)]
    services_port: u16,
    /// Folder that keeps the state; without it the state is in memory.
    #[arg(long)]
    state: Option<PathBuf>,
    /// Who moves what is in progress.
    #[arg(long, value_enum, default_value_t = PaceName::Automatic)]
    pace: PaceName,
    /// The same seed gives the same numbers and delays.
    #[arg(long)]
    seed: Option<u64>,
    /// Stand still at this moment (RFC 3339) until the management moves the clock.
    #[arg(long)]
    clock: Option<chrono::DateTime<chrono::Utc>>,
    /// Multiply the rate limits; 0 switches them off.
    #[arg(long, default_value_t = 1)]
    rate_limits: u32,
    /// Accept self-signed certificates, as the test environment does.
    #[arg(long)]
    self_signed: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PaceName {
    /// By itself, after small random delays.
    Automatic,
    /// By itself, without delays.
    Immediate,
    /// By `POST /step` of the management.
    Explicit,
}

impl Arguments {
    fn config(self) -> SimulatorConfig {
        SimulatorConfig {
            state: self.state.map_or(StateStore::InMemory, StateStore::Folder),
            pace: match self.pace {
                PaceName::Automatic => Pace::default(),
                PaceName::Immediate => Pace::Automatic(Delays::NONE),
                PaceName::Explicit => Pace::Explicit,
            },
            clock: self.clock.map_or_else(SimClock::system, SimClock::fixed),
            seed: self.seed,
            ports: Ports {
                api: self.port,
                latarnia: self.latarnia_port,
                qr: self.qr_port,
                management: self.management_port,
                services: self.services_port,
            },
            rate_limits: match self.rate_limits {
                0 => RateLimits::Off,
                1 => RateLimits::Published,
                factor => RateLimits::Multiplied(factor),
            },
            self_signed: self.self_signed,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Logs go to standard error: standard output has the one line.
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn")))
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    match run(arguments.config()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tracing::error!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: SimulatorConfig) -> Result<(), Box<dyn std::error::Error>> {
    let running = Simulator::start(config).await?;
    let line = serde_json::json!({
        "api": running.api(),
        "latarnia": running.latarnia(),
        "qr": running.qr(),
        "management": running.management(),
        "whiteList": running.white_list(),
        "nbp": running.nbp(),
    });
    let mut out = std::io::stdout();
    writeln!(out, "{line}")?;
    out.flush()?;
    tokio::signal::ctrl_c().await?;
    running.stop().await;
    Ok(())
}
