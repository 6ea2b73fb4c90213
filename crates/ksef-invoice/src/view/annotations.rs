//! Annotations in words.

use super::part::Part;
use super::rows::{heading, label, rows};
use super::{Bilingual, SheetRow};

/// What is said when an annotation applies.
const SENTENCES: [(&str, &str, &str); 5] = [
    ("P_16", "metoda kasowa", "cash accounting"),
    ("P_17", "samofakturowanie", "self-billing"),
    ("P_18", "odwrotne obciążenie", "reverse charge"),
    ("P_18A", "mechanizm podzielonej płatności", "split payment mechanism"),
    (
        "P_23",
        "VAT: faktura WE uproszczona na mocy art. 135–138 ustawy o ptu",
        "VAT: simplified EC invoice under art. 135–138 of the VAT act",
    ),
];

/// Marks beside the annotations.
const MARKS: [(&str, &str, &str); 3] = [
    ("FP", "faktura do paragonu", "invoice to a receipt"),
    ("TP", "powiązania między nabywcą a sprzedawcą", "buyer and seller are connected"),
    ("ZwrotAkcyzy", "do zwrotu podatku akcyzowego dla rolników", "for the refund of excise duty to farmers"),
];

const EXEMPTIONS: [&str; 3] = ["P_19A", "P_19B", "P_19C"];

const MARGINS: [(&str, &str, &str); 4] = [
    ("P_PMarzy_2", "procedura marży dla biur podróży", "margin scheme – travel agents"),
    ("P_PMarzy_3_1", "procedura marży – towary używane", "margin scheme – second-hand goods"),
    ("P_PMarzy_3_2", "procedura marży – dzieła sztuki", "margin scheme – works of art"),
    (
        "P_PMarzy_3_3",
        "procedura marży – przedmioty kolekcjonerskie i antyki",
        "margin scheme – collector's items and antiques",
    ),
];

/// Takes the annotations; what wants more than a sentence comes as rows.
pub(super) fn of_invoice(fa: &mut Part) -> (Vec<Bilingual>, Vec<SheetRow>) {
    let mut said = Vec::new();
    let mut more = Vec::new();
    if let Some(mut part) = fa.part("Adnotacje") {
        for (element, pl, en) in SENTENCES {
            match part.take(element).as_deref() {
                Some("1") => said.push(Bilingual::new(pl, en)),
                Some("2") | None => {}
                Some(other) => more.push(super::rows::row(element, other, 0)),
            }
        }
        said.extend(part.part("Zwolnienie").and_then(|part| exemption(part, &mut more)));
        margin(&mut part, &mut said, &mut more);
        if let Some(vehicles) = part.part("NoweSrodkiTransportu") {
            transport(vehicles, &mut said, &mut more);
        }
        more.extend(rows(part.rest(), 0));
    }
    for (element, pl, en) in MARKS {
        if fa.mark(element) {
            said.push(Bilingual::new(pl, en));
        }
    }
    (said, more)
}

fn exemption(mut part: Part, more: &mut Vec<SheetRow>) -> Option<Bilingual> {
    part.mark("P_19N");
    let exempt = part.mark("P_19");
    let ground = EXEMPTIONS.into_iter().find_map(|element| part.take(element));
    more.extend(rows(part.rest(), 0));
    match ground {
        Some(ground) => Some(Bilingual {
            pl: format!("zwolnienie z podatku: {ground}"),
            en: format!("exempt from VAT: {ground}"),
        }),
        None => exempt.then(|| Bilingual::new("zwolnienie z podatku", "exempt from VAT")),
    }
}

fn margin(part: &mut Part, said: &mut Vec<Bilingual>, more: &mut Vec<SheetRow>) {
    let Some(mut margin) = part.part("PMarzy") else { return };
    margin.mark("P_PMarzyN");
    margin.mark("P_PMarzy");
    for (element, pl, en) in MARGINS {
        if margin.mark(element) {
            said.push(Bilingual::new(pl, en));
        }
    }
    more.extend(rows(margin.rest(), 0));
}

fn transport(mut part: Part, said: &mut Vec<Bilingual>, more: &mut Vec<SheetRow>) {
    part.mark("P_22N");
    if part.mark("P_22") {
        said.push(Bilingual::new(
            "wewnątrzwspólnotowa dostawa nowych środków transportu",
            "intra-Community supply of new means of transport",
        ));
    }
    let entries = part.rest();
    if !entries.is_empty() {
        more.push(heading(label("NoweSrodkiTransportu"), 0));
        more.extend(rows(entries, 1));
    }
}
