//! What public services know.

use super::App;
use crate::views::{PayerView, RateView, Scope};
use crate::{NextStep, Problem};

impl App {
    /// The white list of VAT payers, for a NIP in any spelling.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn look_up_payer(&self, scope: &Scope, nip: &str) -> Result<PayerView, Problem> {
        let _ = (scope, nip);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// NBP's table A of the last working day before that day (ISO date).
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn exchange_rate(&self, scope: &Scope, currency: &str, day: &str) -> Result<RateView, Problem> {
        let _ = (scope, currency, day);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }
}
