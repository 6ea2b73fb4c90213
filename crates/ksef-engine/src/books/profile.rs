use ksef_invoice::draft::SellerProfile;
use ksef_types::Nip;

use crate::{Engine, EngineError};

impl Engine {
    /// What invoices take from the company. Before anything was saved: its name alone.
    ///
    /// # Errors
    /// [`EngineError::UnknownCompany`], or when the archive fails.
    pub fn seller_profile(&self, nip: Nip) -> Result<SellerProfile, EngineError> {
        let _ = nip;
        todo!()
    }

    /// Keeps what invoices take from the company. Issued invoices stay as they are; drafts take it when they are issued.
    ///
    /// # Errors
    /// [`EngineError::UnknownCompany`], or when the archive fails.
    pub fn save_seller_profile(&self, nip: Nip, profile: &SellerProfile) -> Result<(), EngineError> {
        let _ = (nip, profile);
        todo!()
    }
}
