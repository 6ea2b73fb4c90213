//! What invoices take from the company: its data and its number series.

use ksef_invoice::draft::{DraftFinding, SellerProfile};

use super::App;
use crate::views::{Scope, SeriesEdit, SeriesView};
use crate::{NextStep, Problem};

impl App {
    /// "Dane firmy na fakturach".
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn seller_profile(&self, nip: &str) -> Result<SellerProfile, Problem> {
        let _ = (nip,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Keeps the data of the company.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn save_seller_profile(&self, nip: &str, profile: SellerProfile) -> Result<(), Problem> {
        let _ = (nip, profile);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// What is wrong with them; fields are named as in the profile.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn check_seller_profile(
        &self,
        nip: &str,
        profile: SellerProfile,
    ) -> Result<Vec<DraftFinding>, Problem> {
        let _ = (nip, profile);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// "Numeracja".
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn series(&self, scope: &Scope) -> Result<Vec<SeriesView>, Problem> {
        let _ = (scope,);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Keeps a number series.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn save_series(&self, scope: &Scope, edit: SeriesEdit) -> Result<SeriesView, Problem> {
        let _ = (scope, edit);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// The next number of a series as it is written; nothing is kept.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn preview_series(&self, scope: &Scope, edit: SeriesEdit) -> Result<String, Problem> {
        let _ = (scope, edit);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }

    /// Throws away a series that was never used.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn remove_series(&self, scope: &Scope, id: &str) -> Result<(), Problem> {
        let _ = (scope, id);
        Err(Problem::new("program.internal", NextStep::ContactSupport))
    }
}
