//! The sheet of FA(3) and FA(2): what has a place of its own is taken first, the rest follows in order.

use rust_decimal::Decimal;

use super::part::Part;
use super::rows::{heading, label, named, push, row, rows, section};
use super::{Bilingual, InvoiceSheet, SheetRow, SheetSection, ValueKind};
use super::{annotations, attachment, lines, parties, rates};
use crate::fa3::tree::Tree;

/// Puts the sheet together from the root element.
pub(super) fn invoice(tree: Tree, form: &str) -> InvoiceSheet {
    let mut root = Part::of(tree);
    let header = header(&mut root);
    let mut parties = parties::of_invoice(&mut root);
    let mut fa = root.part("Fa").unwrap_or_default();
    parties.extend(parties::corrected(&mut fa));
    let kind = fa.take("RodzajFaktury").unwrap_or_default();
    let number = fa.take("P_2").unwrap_or_default();
    let currency = fa.take("KodWaluty").unwrap_or_default();
    let gross = fa.take("P_15").unwrap_or_default();
    let rates = rates::of_invoice(&mut fa);
    let facts = facts(&mut fa);
    let (said, annotated) = annotations::of_invoice(&mut fa);
    let title = Bilingual::new("Pozycje", "Lines");
    let mut tables = lines::tables(fa.parts("FaWiersz"), &lines::INVOICE, title);
    let mut order = fa.part("Zamowienie").unwrap_or_default();
    let title = Bilingual::new("Zamówienie", "Order");
    tables.extend(lines::tables(order.parts("ZamowienieWiersz"), &lines::ORDER, title));
    let payment = payment(&mut fa, &gross);
    let mut sections: Vec<SheetSection> = Vec::new();
    sections.extend(section(label("Adnotacje"), annotated));
    sections.extend(described(&mut fa));
    for element in ["Rozliczenie", "WarunkiTransakcji"] {
        sections.extend(fa.part(element).and_then(|part| section(label(element), conditions(part))));
    }
    sections.extend(section(label("Zamowienie"), rows(order.rest(), 0)));
    sections.extend(section(label("Fa"), rows(fa.rest(), 0)));
    let (notes, footer) = footer(&mut root);
    sections.extend(footer);
    if let Some(found) = root.part("Zalacznik") {
        sections.extend(attachment::sections(found));
    }
    sections.extend(section(label("Faktura"), rows(root.rest(), 0)));
    sections.extend(header);
    InvoiceSheet {
        form: form.to_owned(),
        title: title_of(&kind),
        kind,
        number,
        facts,
        parties,
        currency,
        tables,
        rates,
        gross,
        payment,
        annotations: said,
        sections,
        notes,
    }
}

/// When and by what the document was made. That it is FA(3) is said by the form.
pub(super) fn header(root: &mut Part) -> Option<SheetSection> {
    let mut header = root.part("Naglowek")?;
    for known in ["KodFormularza", "WariantFormularza"] {
        header.take(known);
    }
    section(label("Naglowek"), rows(header.rest(), 0))
}

/// What an invoice of a kind is called.
pub(super) fn title_of(kind: &str) -> Bilingual {
    let (pl, en) = match kind {
        "VAT" => ("Faktura", "Invoice"),
        "KOR" => ("Faktura korygująca", "Correcting invoice"),
        "ZAL" => ("Faktura zaliczkowa", "Advance invoice"),
        "ROZ" => ("Faktura rozliczeniowa (końcowa)", "Final invoice"),
        "UPR" => ("Faktura uproszczona", "Simplified invoice"),
        "KOR_ZAL" => ("Faktura korygująca fakturę zaliczkową", "Correction of an advance invoice"),
        "KOR_ROZ" => ("Faktura korygująca fakturę rozliczeniową", "Correction of a final invoice"),
        "VAT_RR" => ("Faktura VAT RR", "VAT RR invoice"),
        "KOR_VAT_RR" => ("Faktura korygująca VAT RR", "Correcting VAT RR invoice"),
        other => (other, other),
    };
    Bilingual::new(pl, en)
}

/// Dates, places, references, reasons.
fn facts(fa: &mut Part) -> Vec<SheetRow> {
    let mut out = Vec::new();
    for element in [
        "P_1",
        "P_1M",
        "P_6",
        "WZ",
        "PrzyczynaKorekty",
        "TypKorekty",
        "DaneFaKorygowanej",
        "OkresFaKorygowanej",
        "NrFaKorygowany",
        "P_15ZK",
        "KursWalutyZK",
        "KursWalutyZ",
        "ZaliczkaCzesciowa",
        "FakturaZaliczkowa",
    ] {
        if let Some(tree) = fa.tree(element) {
            push(element, tree, 0, &mut out);
        }
        if element == "P_6" {
            out.extend(fa.part("OkresFa").map(period));
        }
    }
    out
}

/// A period on one row.
fn period(mut part: Part) -> SheetRow {
    let (from, to) = (part.take("P_6_Od").unwrap_or_default(), part.take("P_6_Do").unwrap_or_default());
    named(label("OkresFa"), &format!("{from} – {to}"), ValueKind::Text, 0)
}

/// Additional data: their keys are their names.
pub(super) fn described(fa: &mut Part) -> Option<SheetSection> {
    let described = |mut part: Part| {
        let key = part.take("Klucz").unwrap_or_default();
        let value = part.take("Wartosc").unwrap_or_default();
        let label = match part.take("NrWiersza") {
            Some(line) => {
                Bilingual { pl: format!("{key} (pozycja {line})"), en: format!("{key} (line {line})") }
            }
            None => Bilingual::same(&key),
        };
        named(label, &value, ValueKind::Text, 0)
    };
    section(label("DodatkowyOpis"), fa.parts("DodatkowyOpis").into_iter().map(described).collect())
}

/// How, when and to which account is paid; of what is paid in part also what is left.
pub(super) fn payment(fa: &mut Part, gross: &str) -> Vec<SheetRow> {
    let mut out = Vec::new();
    let mut paid: Option<Decimal> = None;
    for (name, tree) in fa.part("Platnosc").map(Part::rest).unwrap_or_default() {
        for item in items(tree) {
            match (name.as_str(), item) {
                ("TerminPlatnosci", Tree::Object(entries)) => term(Part::of(Tree::Object(entries)), &mut out),
                ("ZaplataCzesciowa", Tree::Object(entries)) => {
                    let part = Part::of(Tree::Object(entries));
                    let amount = part.look("KwotaZaplatyCzesciowej").and_then(|amount| amount.parse().ok());
                    paid = paid.unwrap_or_default().checked_add(amount.unwrap_or_default());
                    push(&name, Tree::Object(part.rest()), 0, &mut out);
                }
                (name, item) => push(name, item, 0, &mut out),
            }
        }
    }
    let due = fa.within("Rozliczenie", "DoZaplaty").unwrap_or(gross).parse::<Decimal>().ok();
    let left = paid.and_then(|paid| due?.checked_sub(paid));
    if let Some(left) = left.filter(|left| left.is_sign_positive() && !left.is_zero()) {
        let label = Bilingual::new("Pozostaje do zapłaty", "Left to pay");
        out.push(named(label, &left.to_string(), ValueKind::Amount, 0));
    }
    out
}

fn items(tree: Tree) -> Vec<Tree> {
    match tree {
        Tree::List(items) => items,
        tree => vec![tree],
    }
}

/// A day, or so many units after an event.
fn term(mut part: Part, out: &mut Vec<SheetRow>) {
    if let Some(day) = part.take("Termin") {
        out.push(row("Termin", &day, 0));
    }
    if let Some(mut described) = part.part("TerminOpis") {
        let words: Vec<String> = ["Ilosc", "Jednostka", "ZdarzeniePoczatkowe"]
            .into_iter()
            .filter_map(|element| described.take(element))
            .collect();
        out.push(named(label("TerminOpis"), &words.join(" "), ValueKind::Text, 0));
    }
    out.extend(rows(part.rest(), 0));
}

/// Rows with addresses on one row each.
fn conditions(part: Part) -> Vec<SheetRow> {
    let mut out = Vec::new();
    condition_rows(part.rest(), 0, &mut out);
    out
}

fn condition_rows(entries: Vec<(String, Tree)>, depth: u8, out: &mut Vec<SheetRow>) {
    for (name, tree) in entries {
        for item in items(tree) {
            match item {
                Tree::Object(entries) if entries.iter().any(|(name, _)| name == "AdresL1") => {
                    let (lines, more) = parties::address_lines(Part::of(Tree::Object(entries)));
                    out.push(named(label(&name), &lines.join(", "), ValueKind::Text, depth));
                    out.extend(
                        more.into_iter().map(|row| SheetRow { depth: depth.saturating_add(1), ..row }),
                    );
                }
                Tree::Object(entries) => {
                    out.push(heading(label(&name), depth));
                    condition_rows(entries, depth.saturating_add(1), out);
                }
                value => push(&name, value, depth, out),
            }
        }
    }
}

/// Texts at the foot, and numbers in registers.
pub(super) fn footer(root: &mut Part) -> (Vec<String>, Option<SheetSection>) {
    let Some(mut footer) = root.part("Stopka") else { return (Vec::new(), None) };
    let mut more = Vec::new();
    let mut notes = Vec::new();
    for mut part in footer.parts("Informacje") {
        notes.extend(part.take("StopkaFaktury"));
        more.extend(rows(part.rest(), 0));
    }
    for part in footer.parts("Rejestry") {
        more.extend(rows(part.rest(), 0));
    }
    more.extend(rows(footer.rest(), 0));
    (notes, section(label("Rejestry"), more))
}
