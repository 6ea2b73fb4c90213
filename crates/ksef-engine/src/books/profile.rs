use ksef_archive::{ArchiveError, Reading};
use ksef_invoice::draft::SellerProfile;
use ksef_types::Nip;

use crate::{Engine, EngineError, json};

const PROFILE: &str = "the company's data";

impl Engine {
    /// What invoices take from the company. Before anything was saved: its name alone.
    ///
    /// # Errors
    /// [`EngineError::UnknownCompany`], or when the archive fails.
    pub fn seller_profile(&self, nip: Nip) -> Result<SellerProfile, EngineError> {
        self.archive().read(|tables| {
            let company = tables.companies().get(nip)?.ok_or(EngineError::UnknownCompany(nip))?;
            let kept = kept_profile(tables, nip)?;
            let named =
                || SellerProfile { name: company.name.unwrap_or_default(), ..SellerProfile::default() };
            Ok(kept.unwrap_or_else(named))
        })
    }

    /// Keeps what invoices take from the company. Issued invoices stay as they are; drafts take it when they are issued.
    ///
    /// # Errors
    /// [`EngineError::UnknownCompany`], or when the archive fails.
    pub fn save_seller_profile(&self, nip: Nip, profile: &SellerProfile) -> Result<(), EngineError> {
        let text = json::write(profile, PROFILE)?;
        self.archive().write(|tables| {
            self.known_company(tables, nip)?;
            Ok(tables.profiles_mut().put(nip, &text, self.now())?)
        })
    }
}

/// What was saved; nothing before the first saving.
pub(crate) fn kept_profile(tables: &Reading<'_>, nip: Nip) -> Result<Option<SellerProfile>, ArchiveError> {
    tables.profiles().get(nip)?.map(|text| json::read(&text, PROFILE)).transpose()
}
