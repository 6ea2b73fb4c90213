//! What invoices take from the company: its data and its number series.

use ksef_invoice::draft::{DraftFinding, SellerProfile};

use super::issuing_views::id;
use super::{App, read_nip, read_scope};
use crate::views::{Scope, SeriesEdit, SeriesView};
use crate::{Problem, problems};

impl App {
    /// "Dane firmy na fakturach".
    ///
    /// # Errors
    /// When the company is unknown.
    pub async fn seller_profile(&self, nip: &str) -> Result<SellerProfile, Problem> {
        self.engine.seller_profile(read_nip(nip)?).map_err(|error| problems::engine(&error))
    }

    /// Keeps the data of the company; issued invoices stay as they are.
    ///
    /// # Errors
    /// When the company is unknown.
    pub async fn save_seller_profile(&self, nip: &str, profile: SellerProfile) -> Result<(), Problem> {
        self.engine.save_seller_profile(read_nip(nip)?, &profile).map_err(|error| problems::engine(&error))
    }

    /// What is wrong with them; fields are named as in the profile.
    ///
    /// # Errors
    /// When the NIP is none.
    pub async fn check_seller_profile(
        &self,
        nip: &str,
        profile: SellerProfile,
    ) -> Result<Vec<DraftFinding>, Problem> {
        Ok(ksef_invoice::draft::check_profile(read_nip(nip)?, &profile))
    }

    /// "Numeracja". At the first look the usual series are there.
    ///
    /// # Errors
    /// When the company is unknown.
    pub async fn series(&self, scope: &Scope) -> Result<Vec<SeriesView>, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let series = self.engine.series(nip, environment).map_err(|error| problems::engine(&error))?;
        Ok(series.into_iter().map(Into::into).collect())
    }

    /// Keeps a number series.
    ///
    /// # Errors
    /// When its pattern would repeat numbers, its counter go back, or a name is missing.
    pub async fn save_series(&self, scope: &Scope, edit: SeriesEdit) -> Result<SeriesView, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let saved = self.engine.save_series(nip, environment, &edit.try_into()?);
        saved.map(Into::into).map_err(|error| problems::issuing(&error))
    }

    /// The next number of a series as it is written; nothing is kept.
    ///
    /// # Errors
    /// As [`Self::save_series`].
    pub async fn preview_series(&self, scope: &Scope, edit: SeriesEdit) -> Result<String, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let preview = self.engine.preview_series(nip, environment, &edit.try_into()?);
        preview.map_err(|error| problems::issuing(&error))
    }

    /// Throws away a series that was never used.
    ///
    /// # Errors
    /// When a number was taken from it.
    pub async fn remove_series(&self, scope: &Scope, id_text: &str) -> Result<(), Problem> {
        let (nip, environment) = read_scope(scope)?;
        let removed = self.engine.remove_series(nip, environment, id(id_text, "series.unknown")?);
        removed.map_err(|error| problems::issuing(&error))
    }
}
