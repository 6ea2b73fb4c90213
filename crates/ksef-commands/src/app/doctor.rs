use super::App;
use crate::views::{DoctorReport, Scope, WantedRights};
use crate::{NextStep, Problem};

impl App {
    /// "Sprawdź": everything that can be wrong.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn examine(&self, scope: &Scope, wanted: WantedRights) -> Result<DoctorReport, Problem> {
        let _ = (scope, wanted);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }
}
