use super::App;
use crate::views::{EnrolmentOffer, EnrolmentView, EnrolmentWish, Scope};
use crate::{NextStep, Problem};

impl App {
    /// "Wystąp o certyfikat": what KSeF says before one asks.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn enrolment_offer(&self, scope: &Scope) -> Result<EnrolmentOffer, Problem> {
        let _ = (scope);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// What is wrong with a name for a certificate.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn check_certificate_name(&self, name: &str) -> Result<Option<Problem>, Problem> {
        let _ = (name);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Asks for the certificates; goes on by itself and tells its steps by events.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn enrol(&self, scope: &Scope, wish: EnrolmentWish) -> Result<Vec<EnrolmentView>, Problem> {
        let _ = (scope, wish);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Requests of a company, newest first.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn enrolments(&self, scope: &Scope) -> Result<Vec<EnrolmentView>, Problem> {
        let _ = (scope);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Takes up one that stands still.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn continue_enrolment(&self, scope: &Scope, id: &str) -> Result<Vec<EnrolmentView>, Problem> {
        let _ = (scope, id);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Gives one up: its key is deleted.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn abandon_enrolment(&self, scope: &Scope, id: &str) -> Result<Vec<EnrolmentView>, Problem> {
        let _ = (scope, id);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }
}
