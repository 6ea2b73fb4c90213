use std::sync::Arc;

use tokio::sync::broadcast;

use crate::{EngineEvent, Parts};

/// Everything that the program does, for every front. Cheap to clone; all clones share sessions, drafts and budgets.
///
/// Methods that are `async` may wait for the keychain or the network and need a tokio runtime.
#[derive(Clone)]
pub struct Engine {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) parts: Parts,
    pub(crate) events: broadcast::Sender<EngineEvent>,
}

impl Engine {
    /// An engine over those parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let (events, _) = broadcast::channel(1024);
        Self { shared: Arc::new(Shared { parts, events }) }
    }

    /// Hears from now on what changes.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<EngineEvent> {
        self.shared.events.subscribe()
    }
}
