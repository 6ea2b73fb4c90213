use std::path::PathBuf;

use ksef_sim::{Ports, Running, Simulator, SimulatorConfig, StateStore};

use crate::{NextStep, Problem};

/// The simulator of KSeF alone, for other programs on this computer.
pub struct StandaloneSimulator(Running);

impl StandaloneSimulator {
    /// Starts it; port 0 takes a free one, no folder keeps the state in memory.
    ///
    /// # Errors
    /// When the port is taken or the folder cannot be used.
    pub async fn start(port: u16, state: Option<PathBuf>) -> Result<Self, Problem> {
        let config = SimulatorConfig {
            state: state.map_or(StateStore::InMemory, StateStore::Folder),
            ports: Ports { api: port, ..Ports::default() },
            ..SimulatorConfig::default()
        };
        let running = Simulator::start(config).await;
        running
            .map(Self)
            .map_err(|error| Problem::new("sandbox.notRunning", NextStep::Retry).technical(error.to_string()))
    }

    /// The line that says where it listens, as JSON.
    #[must_use]
    pub fn addresses(&self) -> String {
        let running = &self.0;
        serde_json::json!({
            "api": running.api().to_string(),
            "latarnia": running.latarnia().to_string(),
            "qr": running.qr().to_string(),
            "management": running.management().to_string(),
            "whiteList": running.white_list().to_string(),
            "nbp": running.nbp().to_string(),
        })
        .to_string()
    }

    /// Ends it; what it holds in a folder stays.
    pub async fn stop(self) {
        self.0.stop().await;
    }
}
