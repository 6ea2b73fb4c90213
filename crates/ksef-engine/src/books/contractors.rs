use ksef_types::Nip;

use super::{
    BookError, BookImported, BookPage, BookSearch, Contractor, ContractorCard, ContractorId, SavedCard,
};
use crate::{Engine, EngineError};

impl Engine {
    /// A page of the book, by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn contractors(&self, nip: Nip, search: &BookSearch) -> Result<BookPage<Contractor>, EngineError> {
        let _ = (nip, search);
        todo!()
    }

    /// One of the book; one that was merged gives that into which it was merged.
    ///
    /// # Errors
    /// [`BookError::UnknownContractor`], or when the archive fails.
    pub fn contractor(&self, id: ContractorId) -> Result<Contractor, BookError> {
        let _ = id;
        todo!()
    }

    /// Keeps a card; without an id a new one.
    ///
    /// # Errors
    /// [`BookError::NoName`], [`BookError::UnknownContractor`], or when the archive fails.
    pub fn save_contractor(
        &self,
        nip: Nip,
        id: Option<ContractorId>,
        card: &ContractorCard,
    ) -> Result<SavedCard<Contractor>, BookError> {
        let _ = (nip, id, card);
        todo!()
    }

    /// Takes it out of the book; drafts and invoices stay as they are.
    ///
    /// # Errors
    /// [`BookError::UnknownContractor`], or when the archive fails.
    pub fn remove_contractor(&self, id: ContractorId) -> Result<(), BookError> {
        let _ = id;
        todo!()
    }

    /// Groups that look like the same: the same identifier (NIP, VAT-UE …) or the same name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn contractor_doubles(&self, nip: Nip) -> Result<Vec<Vec<Contractor>>, EngineError> {
        let _ = nip;
        todo!()
    }

    /// Makes one of several: `into` stays as it is and counts what the others were used for; the others leave the book, and
    /// drafts that name them name `into` from then on.
    ///
    /// # Errors
    /// [`BookError::UnknownContractor`], [`BookError::OtherCompany`], or when the archive fails.
    pub fn merge_contractors(
        &self,
        into: ContractorId,
        from: &[ContractorId],
    ) -> Result<Contractor, BookError> {
        let _ = (into, from);
        todo!()
    }

    /// Takes in cards, all or none; answers row by row. The key is the identifier (NIP, VAT-UE …), else the name.
    ///
    /// # Errors
    /// [`BookError::NoName`] with the row, or when the archive fails.
    pub fn import_contractors(
        &self,
        nip: Nip,
        cards: &[ContractorCard],
    ) -> Result<Vec<BookImported<ContractorId>>, BookError> {
        let _ = (nip, cards);
        todo!()
    }

    /// The whole book, by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn export_contractors(&self, nip: Nip) -> Result<Vec<ContractorCard>, EngineError> {
        let _ = nip;
        todo!()
    }
}
