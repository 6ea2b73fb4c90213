//! Parties of a document as typed ones.

use crate::draft::{AddressDraft, BuyerDraft, ContactDraft, OtherPartyDraft, PartyDraft, PartyIdKind};
use crate::fa3::{
    Adres, DaneKontaktowe, IdNabywcy, IdPodmiotu3, Podmiot1K, Podmiot2, Podmiot2K, Podmiot3, Rola, Znakowy,
};

/// A text, or nothing.
pub(super) fn text(text: &Option<Znakowy>) -> String {
    text.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default()
}

fn address(address: &Option<Adres>) -> AddressDraft {
    address.as_ref().map_or_else(AddressDraft::default, |address| AddressDraft {
        country: address.kod_kraju.as_str().to_owned(),
        line1: address.adres_l1.as_str().to_owned(),
        line2: text(&address.adres_l2),
        gln: text(&address.gln),
    })
}

fn contacts(contacts: &[DaneKontaktowe]) -> Vec<ContactDraft> {
    contacts
        .iter()
        .map(|contact| ContactDraft { email: text(&contact.email), phone: text(&contact.telefon) })
        .collect()
}

/// Kind, number and country of an identifier.
fn of_buyer(id: &IdNabywcy) -> (PartyIdKind, String, String) {
    match id {
        IdNabywcy::Nip(nip) => (PartyIdKind::Nip, nip.as_str().to_owned(), String::new()),
        IdNabywcy::VatUe { kod_ue, nr_vat_ue } => {
            (PartyIdKind::VatUe, format!("{kod_ue}{nr_vat_ue}"), String::new())
        }
        IdNabywcy::Inny { kod_kraju, nr_id } => {
            let country = kod_kraju.map(|country| country.as_str().to_owned()).unwrap_or_default();
            (PartyIdKind::Other, nr_id.as_str().to_owned(), country)
        }
        IdNabywcy::Brak => (PartyIdKind::None, String::new(), String::new()),
    }
}

fn of_other(id: &IdPodmiotu3) -> (PartyIdKind, String, String) {
    match id {
        IdPodmiotu3::Nip(nip) => of_buyer(&IdNabywcy::Nip(nip.clone())),
        IdPodmiotu3::IdWew(id) => (PartyIdKind::Internal, id.as_str().to_owned(), String::new()),
        IdPodmiotu3::VatUe { kod_ue, nr_vat_ue } => {
            of_buyer(&IdNabywcy::VatUe { kod_ue: *kod_ue, nr_vat_ue: nr_vat_ue.clone() })
        }
        IdPodmiotu3::Inny { kod_kraju, nr_id } => {
            of_buyer(&IdNabywcy::Inny { kod_kraju: *kod_kraju, nr_id: nr_id.clone() })
        }
        IdPodmiotu3::Brak => of_buyer(&IdNabywcy::Brak),
    }
}

pub(super) fn buyer(buyer: &Podmiot2) -> BuyerDraft {
    let (id_kind, id, id_country) = of_buyer(&buyer.dane_identyfikacyjne.id);
    BuyerDraft {
        party: PartyDraft {
            id_kind,
            id,
            id_country,
            name: text(&buyer.dane_identyfikacyjne.nazwa),
            address: address(&buyer.adres),
            correspondence: address(&buyer.adres_koresp),
            contacts: contacts(&buyer.dane_kontaktowe),
            eori: text(&buyer.nr_eori),
            client_number: text(&buyer.nr_klienta),
        },
        local_government: buyer.jst,
        vat_group: buyer.gv,
        buyer_key: text(&buyer.id_nabywcy),
        contractor: None,
    }
}

pub(super) fn other(party: &Podmiot3) -> OtherPartyDraft {
    let (id_kind, id, id_country) = of_other(&party.dane_identyfikacyjne.id);
    let (role, role_text) = match &party.rola {
        Rola::Znana(role) => (role.code().to_owned(), String::new()),
        Rola::Inna(text) => (String::new(), text.as_str().to_owned()),
    };
    OtherPartyDraft {
        party: PartyDraft {
            id_kind,
            id,
            id_country,
            name: text(&party.dane_identyfikacyjne.nazwa),
            address: address(&party.adres),
            correspondence: address(&party.adres_koresp),
            contacts: contacts(&party.dane_kontaktowe),
            eori: text(&party.nr_eori),
            client_number: text(&party.nr_klienta),
        },
        role,
        role_text,
        share: party.udzial.map(|share| share.to_string()).unwrap_or_default(),
        buyer_key: text(&party.id_nabywcy),
    }
}

pub(super) fn buyer_before(buyer: &Podmiot2K) -> PartyDraft {
    let (id_kind, id, id_country) = of_buyer(&buyer.dane_identyfikacyjne.id);
    PartyDraft {
        id_kind,
        id,
        id_country,
        name: text(&buyer.dane_identyfikacyjne.nazwa),
        address: address(&buyer.adres),
        ..PartyDraft::default()
    }
}

pub(super) fn seller_before(seller: &Podmiot1K) -> PartyDraft {
    PartyDraft {
        id: seller.dane_identyfikacyjne.nip.as_str().to_owned(),
        name: seller.dane_identyfikacyjne.nazwa.as_str().to_owned(),
        address: address(&Some(seller.adres.clone())),
        ..PartyDraft::default()
    }
}
