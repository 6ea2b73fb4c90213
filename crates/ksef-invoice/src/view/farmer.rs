//! The sheet of FA_RR(1): the buyer's invoice for a flat-rate farmer.

use super::compose::{described, footer, header, payment, title_of};
use super::part::Part;
use super::rows::{label, push, rows, section};
use super::{Bilingual, InvoiceSheet, SheetRow};
use super::{lines, parties, rates};
use crate::fa3::tree::Tree;

/// Puts the sheet together from the root element.
pub(super) fn invoice(tree: Tree) -> InvoiceSheet {
    let mut root = Part::of(tree);
    let header = header(&mut root);
    let supplier = Bilingual::new("Dostawca (rolnik ryczałtowy)", "Supplier (flat-rate farmer)");
    let supplier = root.part("Podmiot1").map(|part| parties::party(part, supplier));
    let buyer = root.part("Podmiot2").map(|part| parties::party(part, Bilingual::new("Nabywca", "Buyer")));
    let mut parties: Vec<_> = supplier.into_iter().chain(buyer).collect();
    parties.extend(parties::others(&mut root));
    let mut fa = root.part("FakturaRR").unwrap_or_default();
    parties.extend(parties::corrected(&mut fa));
    name_apart(&mut fa);
    let kind = fa.take("RodzajFaktury").unwrap_or_default();
    let number = fa.take("P_4C").unwrap_or_default();
    let currency = fa.take("KodWaluty").unwrap_or_default();
    let gross = fa.take("P_12_1").unwrap_or_default();
    let rates = rates::of_farmer(&mut fa);
    let facts = facts(&mut fa);
    let title = Bilingual::new("Pozycje", "Lines");
    let tables = lines::tables(fa.parts("FakturaRRWiersz"), &lines::FARMER, title);
    let payment = payment(&mut fa, &gross);
    let mut sections = Vec::new();
    sections.extend(described(&mut fa));
    sections
        .extend(fa.part("Rozliczenie").and_then(|part| section(label("Rozliczenie"), rows(part.rest(), 0))));
    sections.extend(section(label("Fa"), rows(fa.rest(), 0)));
    let (notes, registers) = footer(&mut root);
    sections.extend(registers);
    sections.extend(section(label("Faktura"), rows(root.rest(), 0)));
    sections.extend(header);
    InvoiceSheet {
        form: "FA_RR(1)".to_owned(),
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
        annotations: Vec::new(),
        sections,
        notes,
    }
}

/// Lists whose codes mean something else than on FA(3).
fn name_apart(fa: &mut Part) {
    fa.rename("TypKorekty", "TypKorektyRR");
    if let Some(mut payment) = fa.part("Platnosc") {
        payment.rename("FormaPlatnosci", "FormaPlatnosciRR");
        fa.put("Platnosc", payment);
    }
}

fn facts(fa: &mut Part) -> Vec<SheetRow> {
    let mut out = Vec::new();
    for element in [
        "P_4B",
        "P_1M",
        "P_4A",
        "PrzyczynaKorekty",
        "TypKorektyRR",
        "DaneFaKorygowanej",
        "NrFaKorygowany",
        "P_11_1W",
        "P_12_1W",
        "P_12_2",
        "DokumentZaplaty",
    ] {
        if let Some(tree) = fa.tree(element) {
            push(element, tree, 0, &mut out);
        }
    }
    out
}
