use std::sync::Arc;

use ksef_commands::{App, Options, Problem};

use crate::clipboard::Secrets;
use crate::dialogs::{FilePicker, picker};

/// What every adapter is given: the program, and the dialogs and the clipboard of the system.
pub(crate) struct Shell {
    /// The program, or why it could not start: the window opens all the same and says so.
    app: Result<Arc<App>, Problem>,
    pub(crate) picker: Box<dyn FilePicker>,
    /// Secrets that are still to be wiped from the clipboard.
    pub(crate) clipboard: Secrets,
}

impl Shell {
    pub(crate) async fn start() -> Self {
        Self {
            app: App::start(Options::from_environment()).await,
            picker: picker(),
            clipboard: Secrets::default(),
        }
    }

    pub(crate) fn app(&self) -> Result<&Arc<App>, Problem> {
        self.app.as_ref().map_err(Clone::clone)
    }
}
