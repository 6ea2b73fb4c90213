//! Who stands on an invoice.

use super::part::Part;
use super::rows::{named, push, row};
use super::{Bilingual, SheetParty, SheetRow, ValueKind};
use crate::names;

/// Takes all parties, in the order of the document.
pub(super) fn of_invoice(root: &mut Part) -> Vec<SheetParty> {
    let mut parties = Vec::new();
    let seller = root.part("Podmiot1").map(|part| party(part, Bilingual::new("Sprzedawca", "Seller")));
    let buyer = root.part("Podmiot2").map(|part| party(part, Bilingual::new("Nabywca", "Buyer")));
    parties.extend(seller.into_iter().chain(buyer));
    parties.extend(others(root));
    parties
}

/// Third parties and the authorised one.
pub(super) fn others(root: &mut Part) -> Vec<SheetParty> {
    let mut parties: Vec<SheetParty> = root.parts("Podmiot3").into_iter().map(third).collect();
    parties.extend(root.part("PodmiotUpowazniony").map(authorised));
    parties
}

/// The parties as they were before a correction.
pub(super) fn corrected(fa: &mut Part) -> Vec<SheetParty> {
    let seller = fa.part("Podmiot1K");
    let seller = seller
        .map(|part| party(part, Bilingual::new("Sprzedawca przed korektą", "Seller before the correction")));
    let buyer = |part| party(part, Bilingual::new("Nabywca przed korektą", "Buyer before the correction"));
    seller.into_iter().chain(fa.parts("Podmiot2K").into_iter().map(buyer)).collect()
}

fn third(mut part: Part) -> SheetParty {
    let role = match (part.take("Rola"), part.look("OpisRoli").map(str::to_owned)) {
        (Some(code), _) => role_in_words("TRolaPodmiotu3", &code),
        (None, Some(described)) => {
            part.take("OpisRoli");
            Bilingual::same(&described)
        }
        (None, None) => Bilingual::new("Podmiot trzeci", "Third party"),
    };
    party(part, role)
}

fn authorised(mut part: Part) -> SheetParty {
    let role = part.take("RolaPU").map(|code| role_in_words("TRolaPodmiotuUpowaznionego", &code));
    party(part, role.unwrap_or_else(|| Bilingual::new("Podmiot upoważniony", "Authorised party")))
}

fn role_in_words(list: &str, code: &str) -> Bilingual {
    match names::value(list, code) {
        Some((pl, en)) => Bilingual { pl: capitalised(pl), en: capitalised(en) },
        None => Bilingual::same(code),
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// Takes a party apart.
pub(super) fn party(mut part: Part, role: Bilingual) -> SheetParty {
    let mut identifiers = Vec::new();
    if let Some(prefix) = part.take("PrefiksPodatnika") {
        identifiers.push(row("PrefiksPodatnika", &prefix, 0));
    }
    let mut data = part.part("DaneIdentyfikacyjne").unwrap_or_default();
    let name = data.take("Nazwa").unwrap_or_default();
    identifiers.extend(of_country(&mut data, "KodUE", "NrVatUE"));
    identifiers.extend(of_country(&mut data, "KodKraju", "NrID"));
    identifiers.extend(super::rows::rows(data.rest(), 0));
    if let Some(eori) = part.take("NrEORI") {
        identifiers.push(row("NrEORI", &eori, 0));
    }
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    if let Some(address) = part.part("Adres") {
        let (found, more) = address_lines(address);
        (lines, rows) = (found, more);
    }
    if let Some(address) = part.part("AdresKoresp") {
        let (found, more) = address_lines(address);
        rows.push(named(super::rows::label("AdresKoresp"), &found.join(", "), ValueKind::Text, 0));
        rows.extend(more);
    }
    for contact in part.parts("DaneKontaktowe") {
        rows.extend(super::rows::rows(contact.rest(), 0));
    }
    for (name, tree) in part.rest() {
        push(&name, tree, 0, &mut rows);
    }
    SheetParty { role, name, identifiers, address: lines, rows }
}

/// A number with the country before it.
fn of_country(data: &mut Part, country: &str, number: &str) -> Option<SheetRow> {
    let digits = data.take(number)?;
    let value = match data.take(country) {
        Some(country) => format!("{country} {digits}"),
        None => digits,
    };
    Some(row(number, &value, 0))
}

/// Lines as on a letter, with the country where it is not Poland; and what else the address says.
pub(super) fn address_lines(mut address: Part) -> (Vec<String>, Vec<SheetRow>) {
    let mut lines: Vec<String> =
        ["AdresL1", "AdresL2"].into_iter().filter_map(|line| address.take(line)).collect();
    let country = address.take("KodKraju");
    lines.extend(country.filter(|country| country != "PL"));
    (lines, super::rows::rows(address.rest(), 0))
}
