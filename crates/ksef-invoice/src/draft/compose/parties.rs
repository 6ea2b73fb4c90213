//! Seller, buyer, third parties.

use super::origins::Origins;
use crate::FindingCode;
use crate::draft::fields::{PERCENT, percent};
use crate::draft::notes::{Field, Notes};
use crate::draft::{
    AddressDraft, BuyerDraft, ContactDraft, DraftKind, OtherPartyDraft, PartyDraft, PartyIdKind,
    SellerProfile, parse,
};
use crate::fa3::{
    Adres, DaneIdentyfikacyjne1, DaneIdentyfikacyjne2, DaneIdentyfikacyjne3, DaneKontaktowe, IdNabywcy,
    IdPodmiotu3, Identyfikator, KodKraju, KodUe, Podmiot1, Podmiot2, Podmiot3, Rola, RolaPodmiotu3,
    StatusInfoPodatnika, Tekstowy, Znakowy,
};
use ksef_types::Nip;

/// Podmiot1. Fields are named below `field`.
pub(super) fn seller(
    nip: Nip,
    profile: &SellerProfile,
    field: &Field<'_>,
    notes: &mut Notes,
    origins: &mut Origins,
) -> Podmiot1 {
    let name = notes.needed(&field.at("name"), "Nazwa", 512, &profile.name);
    let adres = address(&profile.address, &field.at("address"), notes).or_else(|| {
        if is_empty(&profile.address) {
            notes.missing(&field.at("address").at("line1"), "AdresL1");
        }
        None
    });
    Podmiot1 {
        prefiks_podatnika: profile.eu_taxpayer,
        nr_eori: notes.text(&field.at("eori"), "NrEORI", 256, &profile.eori),
        dane_identyfikacyjne: DaneIdentyfikacyjne1 {
            nip: Tekstowy::from(nip.as_str()),
            nazwa: name.unwrap_or_default(),
        },
        adres: adres.unwrap_or_default(),
        adres_koresp: address(&profile.correspondence, &field.at("correspondence"), notes),
        dane_kontaktowe: contacts(
            &profile.contacts,
            "Podmiot1/DaneKontaktowe",
            &field.at("contacts"),
            notes,
            origins,
        ),
        status_info_podatnika: notes.code(
            &field.at("status"),
            "Podmiot1/StatusInfoPodatnika",
            &profile.status,
            StatusInfoPodatnika::of,
        ),
    }
}

/// Podmiot2.
pub(super) fn buyer(
    draft: &BuyerDraft,
    kind: DraftKind,
    notes: &mut Notes,
    origins: &mut Origins,
) -> Podmiot2 {
    let whole = Field::new("buyer");
    let field = whole.at("party");
    let party = &draft.party;
    let id = buyer_id(party, &field, notes);
    // A simplified invoice may leave name and address out (art. 106e ust. 5 pkt 3).
    // It may have been one that a correction corrects.
    let simplified = kind == DraftKind::Upr;
    let nazwa = if simplified || kind.is_correction() {
        notes.text(&field.at("name"), "Nazwa", 512, &party.name)
    } else {
        notes.needed(&field.at("name"), "Nazwa", 512, &party.name)
    };
    if is_empty(&party.address) && !simplified {
        notes.warning(
            &field.at("address").at("line1"),
            FindingCode::Missing,
            "Faktura powinna mieć adres nabywcy (art. 106e ust. 1 pkt 3).",
            "An invoice should have the buyer's address (art. 106e ust. 1 pkt 3).",
        );
    }
    Podmiot2 {
        nr_eori: notes.text(&field.at("eori"), "NrEORI", 256, &party.eori),
        dane_identyfikacyjne: DaneIdentyfikacyjne2 { id: id.unwrap_or_default(), nazwa },
        adres: address(&party.address, &field.at("address"), notes),
        adres_koresp: address(&party.correspondence, &field.at("correspondence"), notes),
        dane_kontaktowe: contacts(
            &party.contacts,
            "Podmiot2/DaneKontaktowe",
            &field.at("contacts"),
            notes,
            origins,
        ),
        nr_klienta: notes.text(&field.at("clientNumber"), "NrKlienta", 256, &party.client_number),
        id_nabywcy: buyer_key(&draft.buyer_key, &whole, notes),
        jst: draft.local_government,
        gv: draft.vat_group,
    }
}

/// IDNabywcy.
fn buyer_key(typed: &str, field: &Field<'_>, notes: &mut Notes) -> Option<Znakowy> {
    notes.text(&field.at("buyerKey"), "IDNabywcy", 32, typed)
}

/// Podmiot3; those without a word in them are passed over.
pub(super) fn others(drafts: &[OtherPartyDraft], notes: &mut Notes, origins: &mut Origins) -> Vec<Podmiot3> {
    let field = Field::new("others");
    let mut list = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        if *draft != OtherPartyDraft::default() {
            origins.put("Podmiot3", index);
            list.push(other(draft, &field.item(index), notes));
        }
    }
    list
}

fn other(draft: &OtherPartyDraft, field: &Field<'_>, notes: &mut Notes) -> Podmiot3 {
    let inside = field.at("party");
    let party = &draft.party;
    let nazwa = notes.needed(&inside.at("name"), "Nazwa", 512, &party.name);
    let id = other_id(party, &inside, notes).unwrap_or_default();
    let share = notes.number(&field.at("share"), "Udzial", PERCENT, &draft.share);
    Podmiot3 {
        id_nabywcy: buyer_key(&draft.buyer_key, field, notes),
        nr_eori: notes.text(&inside.at("eori"), "NrEORI", 256, &party.eori),
        dane_identyfikacyjne: DaneIdentyfikacyjne3 { id, nazwa },
        adres: address(&party.address, &inside.at("address"), notes),
        adres_koresp: address(&party.correspondence, &inside.at("correspondence"), notes),
        dane_kontaktowe: contacts(
            &party.contacts,
            "",
            &inside.at("contacts"),
            notes,
            &mut Origins::default(),
        ),
        rola: role(draft, field, notes),
        udzial: share.map(percent),
        nr_klienta: notes.text(&inside.at("clientNumber"), "NrKlienta", 256, &party.client_number),
    }
}

fn role(draft: &OtherPartyDraft, field: &Field<'_>, notes: &mut Notes) -> Rola {
    let known = notes.code(&field.at("role"), "Podmiot3/Rola", &draft.role, RolaPodmiotu3::of);
    if let Some(role) = known {
        return Rola::Znana(role);
    }
    match notes.text(&field.at("roleText"), "OpisRoli", 256, &draft.role_text) {
        Some(text) => Rola::Inna(text),
        None => {
            if parse::trimmed(&draft.role).is_empty() {
                notes.missing(&field.at("role"), "Rola");
            }
            Rola::Inna(Znakowy::default())
        }
    }
}

/// What a buyer is known by; `None` with a finding where it cannot be read.
pub(super) fn buyer_id(party: &PartyDraft, field: &Field<'_>, notes: &mut Notes) -> Option<IdNabywcy> {
    Some(match party.id_kind {
        PartyIdKind::None => IdNabywcy::Brak,
        PartyIdKind::Nip => IdNabywcy::Nip(nip(party, field, notes)?),
        PartyIdKind::VatUe => {
            let (kod_ue, nr_vat_ue) = vat_ue(party, field, notes)?;
            IdNabywcy::VatUe { kod_ue, nr_vat_ue }
        }
        PartyIdKind::Other => {
            let (kod_kraju, nr_id) = foreign(party, field, notes)?;
            IdNabywcy::Inny { kod_kraju, nr_id }
        }
        PartyIdKind::Internal => {
            notes.error(
                &field.at("idKind"),
                FindingCode::NotAllowed,
                "Identyfikator wewnętrzny może mieć tylko podmiot trzeci. Nabywca ma NIP, a jednostkę wpisz jako odbiorcę.",
                "Only a third party can have an internal identifier. Give the buyer's NIP and add the unit as receiver.",
            );
            return None;
        }
    })
}

fn other_id(party: &PartyDraft, field: &Field<'_>, notes: &mut Notes) -> Option<IdPodmiotu3> {
    Some(match party.id_kind {
        PartyIdKind::None => IdPodmiotu3::Brak,
        PartyIdKind::Nip => IdPodmiotu3::Nip(nip(party, field, notes)?),
        PartyIdKind::VatUe => {
            let (kod_ue, nr_vat_ue) = vat_ue(party, field, notes)?;
            IdPodmiotu3::VatUe { kod_ue, nr_vat_ue }
        }
        PartyIdKind::Other => {
            let (kod_kraju, nr_id) = foreign(party, field, notes)?;
            IdPodmiotu3::Inny { kod_kraju, nr_id }
        }
        PartyIdKind::Internal => {
            if parse::trimmed(&party.id).is_empty() {
                notes.missing(&field.at("id"), "IDWew");
                return None;
            }
            let id = parse::internal(&party.id).unwrap_or_else(|| parse::trimmed(&party.id).to_owned());
            notes
                .shaped(&field.at("id"), "Podmiot3/DaneIdentyfikacyjne/IDWew", &id)
                .then(|| Znakowy::from(id))
        }
        .map(IdPodmiotu3::IdWew)?,
    })
}

fn nip(party: &PartyDraft, field: &Field<'_>, notes: &mut Notes) -> Option<Tekstowy> {
    let field = field.at("id");
    if parse::trimmed(&party.id).is_empty() {
        notes.missing(&field, "NIP");
        return None;
    }
    let digits = parse::nip(&party.id).unwrap_or_else(|| parse::compact(&party.id));
    notes.shaped(&field, "Podmiot2/DaneIdentyfikacyjne/NIP", &digits).then(|| Tekstowy::from(digits))
}

fn vat_ue(party: &PartyDraft, field: &Field<'_>, notes: &mut Notes) -> Option<(KodUe, Tekstowy)> {
    let field = field.at("id");
    if parse::trimmed(&party.id).is_empty() {
        notes.missing(&field, "NrVatUE");
        return None;
    }
    let Some((prefix, rest)) = parse::vat_ue(&party.id) else {
        notes.error(
            &field,
            FindingCode::Shape,
            "Numer VAT UE zaczyna się od dwóch liter kraju, na przykład DE123456789.",
            "An EU VAT number begins with the two letters of its country, such as DE123456789.",
        );
        return None;
    };
    let fits = notes.shaped(&field, "Podmiot2/DaneIdentyfikacyjne/KodUE", &prefix)
        && notes.shaped(&field, "Podmiot2/DaneIdentyfikacyjne/NrVatUE", &rest);
    KodUe::of(&prefix).filter(|_| fits).map(|prefix| (prefix, Tekstowy::from(rest)))
}

fn foreign(
    party: &PartyDraft,
    field: &Field<'_>,
    notes: &mut Notes,
) -> Option<(Option<KodKraju>, Identyfikator)> {
    let id = parse::trimmed(&party.id);
    if id.is_empty() {
        notes.missing(&field.at("id"), "NrID");
        return None;
    }
    let country = country(&party.id_country, &field.at("idCountry"), notes);
    let fits = notes.shaped(&field.at("id"), "Podmiot2/DaneIdentyfikacyjne/NrID", id);
    fits.then(|| (country, Identyfikator::from(id)))
}

fn country(typed: &str, field: &Field<'_>, notes: &mut Notes) -> Option<KodKraju> {
    let code = parse::compact(typed);
    if code.is_empty() {
        return None;
    }
    notes.code(field, "Podmiot2/Adres/KodKraju", &code, KodKraju::of)
}

pub(super) fn is_empty(address: &AddressDraft) -> bool {
    [&address.line1, &address.line2, &address.gln].into_iter().all(|text| parse::trimmed(text).is_empty())
}

/// TAdres; nothing where nothing was typed. A country alone is no address.
pub(super) fn address(draft: &AddressDraft, field: &Field<'_>, notes: &mut Notes) -> Option<Adres> {
    if is_empty(draft) {
        return None;
    }
    let typed_country = !parse::trimmed(&draft.country).is_empty();
    let country = country(&draft.country, &field.at("country"), notes);
    let line1 = notes.needed(&field.at("line1"), "AdresL1", 512, &draft.line1);
    Some(Adres {
        kod_kraju: if typed_country { country? } else { KodKraju::default() },
        adres_l1: line1?,
        adres_l2: notes.text(&field.at("line2"), "AdresL2", 512, &draft.line2),
        gln: notes.text(&field.at("gln"), "GLN", 13, &draft.gln),
    })
}

fn contacts(
    drafts: &[ContactDraft],
    path: &'static str,
    field: &Field<'_>,
    notes: &mut Notes,
    origins: &mut Origins,
) -> Vec<DaneKontaktowe> {
    let mut list = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let field = field.item(index);
        let (email, phone) = (parse::trimmed(&draft.email), parse::trimmed(&draft.phone));
        if email.is_empty() && phone.is_empty() {
            continue;
        }
        let mail_fits =
            !email.is_empty() && notes.shaped(&field.at("email"), "Podmiot2/DaneKontaktowe/Email", email);
        origins.put(path, index);
        list.push(DaneKontaktowe {
            email: mail_fits.then(|| Znakowy::from(email)),
            telefon: notes.text(&field.at("phone"), "Telefon", 16, phone),
        });
    }
    const MOST: usize = 3;
    if list.len() > MOST {
        notes.error(
            field,
            FindingCode::TooMany,
            "Danych kontaktowych może być najwyżej 3.",
            "There may be at most 3 contacts.",
        );
        list.truncate(MOST);
    }
    list
}
