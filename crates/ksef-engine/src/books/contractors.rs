use ksef_archive::{BookMut, Reading, Writing, fold};
use ksef_invoice::draft::{PartyDraft, PartyIdKind};
use ksef_types::Nip;

use super::shelf::{self, Keys, Shelf};
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
        shelf::page::<Contractors>(self.archive(), nip, search)
    }

    /// One of the book; one that was merged gives that into which it was merged.
    ///
    /// # Errors
    /// [`BookError::UnknownContractor`], or when the archive fails.
    pub fn contractor(&self, id: ContractorId) -> Result<Contractor, BookError> {
        shelf::get::<Contractors>(self.archive(), id)
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
        shelf::save::<Contractors>(self, nip, id, card)
    }

    /// Takes it out of the book; drafts and invoices stay as they are.
    ///
    /// # Errors
    /// [`BookError::UnknownContractor`], or when the archive fails.
    pub fn remove_contractor(&self, id: ContractorId) -> Result<(), BookError> {
        shelf::remove::<Contractors>(self, id)
    }

    /// Groups that look like the same: the same identifier (NIP, VAT-UE …) or the same name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn contractor_doubles(&self, nip: Nip) -> Result<Vec<Vec<Contractor>>, EngineError> {
        shelf::doubles::<Contractors>(self.archive(), nip)
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
        shelf::merge::<Contractors>(self, into, from)
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
        shelf::import::<Contractors>(self, nip, cards)
    }

    /// The whole book, by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn export_contractors(&self, nip: Nip) -> Result<Vec<ContractorCard>, EngineError> {
        shelf::export::<Contractors>(self.archive(), nip)
    }
}

struct Contractors;

impl Shelf for Contractors {
    type Card = ContractorCard;
    type Id = ContractorId;

    fn read<'c>(tables: &Reading<'c>) -> ksef_archive::Book<'c> {
        tables.contractors()
    }

    fn write<'c>(tables: &Writing<'c>) -> BookMut<'c> {
        tables.contractors_mut()
    }

    fn id(row: i64) -> ContractorId {
        ContractorId(row)
    }

    fn row(id: ContractorId) -> i64 {
        id.0
    }

    fn keys(card: &ContractorCard) -> Keys {
        let party = &card.party;
        let number_key = identifier(party);
        let contacts = party.contacts.iter().flat_map(|contact| [contact.email.as_str(), &contact.phone]);
        let digits = number_key.as_deref().and_then(|key| key.split_once(':')).map(|(_, digits)| digits);
        let address = &party.address;
        let texts =
            [&party.name, &party.id, &address.line1, &address.line2, &party.client_number, &card.remarks];
        let search = texts.into_iter().map(String::as_str).chain(digits).chain(contacts).collect::<Vec<_>>();
        let name = fold(&party.name);
        Keys { name_key: name.clone(), name, search: fold(&search.join(" ")), number_key }
    }

    fn unknown(id: ContractorId) -> BookError {
        BookError::UnknownContractor(id)
    }
}

/// The identifier in one spelling, with its kind in front; a Polish VAT-UE number is a NIP.
fn identifier(party: &PartyDraft) -> Option<String> {
    let plain: String = party.id.chars().filter(|character| character.is_alphanumeric()).collect();
    let plain = plain.to_uppercase();
    if plain.is_empty() {
        return None;
    }
    let as_nip = party.id.parse::<Nip>().ok();
    match (party.id_kind, as_nip) {
        (PartyIdKind::None, _) => None,
        (PartyIdKind::Nip, Some(nip)) => Some(format!("nip:{nip}")),
        (PartyIdKind::VatUe, Some(nip)) if plain.starts_with("PL") => Some(format!("nip:{nip}")),
        (PartyIdKind::Nip, None) => Some(format!("nip:{plain}")),
        (PartyIdKind::VatUe, _) => Some(format!("ue:{plain}")),
        (PartyIdKind::Internal, _) => Some(format!("internal:{plain}")),
        (PartyIdKind::Other, _) => Some(format!("other-{}:{plain}", party.id_country.trim().to_uppercase())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_has_one_key_in_every_spelling() {
        let key = |id_kind, id: &str| {
            identifier(&PartyDraft { id_kind, id: id.to_owned(), ..PartyDraft::default() })
        };
        for spelling in ["5265877635", "526-587-76-35", " PL 526 587 76 35 ", "NIP: 526-58-77-635"] {
            assert_eq!(key(PartyIdKind::Nip, spelling).as_deref(), Some("nip:5265877635"), "{spelling}");
        }
        assert_eq!(key(PartyIdKind::VatUe, "PL5265877635").as_deref(), Some("nip:5265877635"));
        assert_eq!(key(PartyIdKind::VatUe, "de 123456789").as_deref(), Some("ue:DE123456789"));
        assert_eq!(key(PartyIdKind::Nip, "12").as_deref(), Some("nip:12"));
        assert_eq!(key(PartyIdKind::None, "5265877635"), None);
        assert_eq!(key(PartyIdKind::Nip, " - "), None);
    }
}
