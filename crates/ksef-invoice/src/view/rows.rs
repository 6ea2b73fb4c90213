//! Named values: what an element is called, how its value is written, what codes mean.

use super::{Bilingual, SheetRow, SheetSection, ValueKind};
use crate::fa3::tree::Tree;
use crate::names;

impl Bilingual {
    /// A text and its translation.
    pub(super) fn new(pl: &str, en: &str) -> Self {
        Self { pl: pl.to_owned(), en: en.to_owned() }
    }

    /// A text that is the same in both languages.
    pub(super) fn same(text: &str) -> Self {
        Self::new(text, text)
    }
}

/// A row of a value.
pub(super) fn row(element: &str, value: &str, depth: u8) -> SheetRow {
    SheetRow { label: label(element), value: words(element, value), kind: kind(element), depth }
}

/// A row that only says what stands below it.
pub(super) fn heading(label: Bilingual, depth: u8) -> SheetRow {
    SheetRow { label, depth, ..SheetRow::default() }
}

/// A row under a name of its own.
pub(super) fn named(label: Bilingual, value: &str, kind: ValueKind, depth: u8) -> SheetRow {
    SheetRow { label, value: Bilingual::same(value), kind, depth }
}

/// A section, unless it is empty.
pub(super) fn section(title: Bilingual, rows: Vec<SheetRow>) -> Option<SheetSection> {
    (!rows.is_empty()).then_some(SheetSection { title, rows })
}

/// Everything in these elements as rows, in their order.
pub(super) fn rows(entries: Vec<(String, Tree)>, depth: u8) -> Vec<SheetRow> {
    let mut out = Vec::new();
    for (name, tree) in entries {
        push(&name, tree, depth, &mut out);
    }
    out
}

/// Adds everything in an element.
pub(super) fn push(name: &str, tree: Tree, depth: u8, out: &mut Vec<SheetRow>) {
    match tree {
        // A mark that a described "other" stands instead of a listed one says nothing that the description does not.
        Tree::Text(_) if MARKS_OF_OTHERS.contains(&name) => {}
        Tree::Text(text) => out.push(row(name, &text, depth)),
        Tree::List(items) => items.into_iter().for_each(|item| push(name, item, depth, out)),
        Tree::Object(entries) => {
            out.push(heading(label(name), depth));
            out.extend(rows(entries, depth.saturating_add(1)));
        }
    }
}

const MARKS_OF_OTHERS: [&str; 6] =
    ["RolaInna", "PlatnoscInna", "TransportInny", "LadunekInny", "NrKSeF", "NrKSeFZN"];

/// What an element is called; its own name if it has no better one.
pub(super) fn label(element: &str) -> Bilingual {
    let known = RR_NAMES.iter().find(|(name, _, _)| *name == element);
    match known.map(|&(_, pl, en)| (pl, en)).or_else(|| names::of(element)) {
        Some((pl, en)) => Bilingual::new(pl, en),
        None => Bilingual::same(element),
    }
}

/// Elements of FA_RR that FA(3) does not have; those of the same name and another meaning are shown in tables.
const RR_NAMES: [(&str, &str, &str); 16] = [
    ("TypKorektyRR", "Typ korekty", "Type of correction"),
    ("FormaPlatnosciRR", "Forma płatności", "Payment method"),
    ("DataDokumentu", "Data dokumentu", "Document date"),
    ("DokumentZaplaty", "Dokument zapłaty", "Document of payment"),
    ("NrDokumentu", "Numer dokumentu", "Document number"),
    ("NrKontrahenta", "Numer kontrahenta", "Contractor number"),
    ("P_11_1W", "Wartość nabytych produktów w PLN", "Value of the purchase in PLN"),
    ("P_12_1W", "Kwota należności ogółem w PLN", "Total amount in PLN"),
    ("P_12_2", "Kwota słownie", "Amount in words"),
    ("P_4A", "Data nabycia", "Date of purchase"),
    ("P_4AA", "Data nabycia", "Date of purchase"),
    ("P_4B", "Data wystawienia", "Issue date"),
    ("P_4C", "Numer faktury", "Invoice number"),
    ("P_6C", "Klasa lub jakość", "Class or quality"),
    ("RachunekBankowy1", "Rachunek rolnika", "Farmer's account"),
    ("RachunekBankowy2", "Rachunek nabywcy", "Buyer's account"),
];

/// Element, code, Polish, English, for lists of FA_RR that differ from those of FA(3).
const RR_VALUES: [(&str, &str, &str, &str); 5] = [
    ("FormaPlatnosciRR", "1", "przelew", "transfer"),
    (
        "TypKorektyRR",
        "1",
        "skutek w dacie faktury pierwotnej",
        "effective at the date of the original invoice",
    ),
    ("TypKorektyRR", "2", "skutek w dacie wystawienia korekty", "effective at the date of the correction"),
    ("TypKorektyRR", "3", "skutek w innej dacie", "effective at another date"),
    (
        "TypKorektyRR",
        "4",
        "skutek w dacie zwrotu należności",
        "effective at the date when what was due was given back",
    ),
];

/// A value in words where it is a code.
fn words(element: &str, value: &str) -> Bilingual {
    let of_farmer = RR_VALUES.iter().find(|(known, code, _, _)| *known == element && *code == value);
    let of_farmer = of_farmer.map(|&(_, _, pl, en)| (pl, en));
    let code = of_farmer.or_else(|| list(element).and_then(|list| names::value(list, value)));
    match code {
        Some((pl, en)) if CODES_WORTH_SEEING.contains(&element) => {
            Bilingual { pl: format!("{value} – {pl}"), en: format!("{value} – {en}") }
        }
        Some((pl, en)) => Bilingual::new(pl, en),
        None => Bilingual::same(value),
    }
}

/// People know these by their codes.
const CODES_WORTH_SEEING: [&str; 4] = ["GTU", "GTUZ", "Procedura", "ProceduraZ"];

/// The closed list that an element's value is from.
fn list(element: &str) -> Option<&'static str> {
    Some(match element {
        "Rola" => "TRolaPodmiotu3",
        "RolaPU" => "TRolaPodmiotuUpowaznionego",
        "StatusInfoPodatnika" => "TStatusInfoPodatnika",
        "TypKorekty" => "TTypKorekty",
        "P_12" | "P_12Z" => "TStawkaPodatku",
        "GTU" | "GTUZ" => "TGTU",
        "Procedura" | "ProceduraZ" => "TOznaczenieProcedury",
        "FormaPlatnosci" => "TFormaPlatnosci",
        "RachunekWlasnyBanku" => "TRachunekWlasnyBanku",
        "RodzajTransportu" => "TRodzajTransportu",
        "OpisLadunku" => "TLadunek",
        "ZnacznikZaplatyCzesciowej" => "ZnacznikZaplatyCzesciowej",
        "JST" | "GV" | "P_16" | "P_17" | "P_18" | "P_18A" | "P_23" | "P_42_5" => "TWybor1_2",
        "BrakID"
        | "Zaplacono"
        | "FP"
        | "TP"
        | "ZwrotAkcyzy"
        | "PodmiotPosredniczacy"
        | "P_12_Zal_15"
        | "P_12Z_Zal_15"
        | "StanPrzed"
        | "StanPrzedZ"
        | "NrKSeFN"
        | "P_19"
        | "P_22"
        | "P_PMarzy" => "TWybor1",
        _ => return None,
    })
}

/// How an element's value is written.
fn kind(element: &str) -> ValueKind {
    match element {
        "NIP" => ValueKind::Nip,
        "NrRB" => ValueKind::Account,
        "NrKSeFFaKorygowanej" | "NrKSeFFaZaliczkowej" => ValueKind::KsefNumber,
        "DataWytworzeniaFa" | "DataGodzRozpTransportu" | "DataGodzZakTransportu" => ValueKind::Moment,
        "Udzial" | "P_12_XII" | "P_12Z_XII" => ValueKind::Percent,
        "P_11_1W" | "P_12_1W" | "P_11_2W" => ValueKind::AmountPln,
        "P_1"
        | "P_6"
        | "P_6A"
        | "P_6Z"
        | "P_6_Od"
        | "P_6_Do"
        | "P_22A"
        | "P_4A"
        | "P_4AA"
        | "P_4B"
        | "Termin"
        | "DataZaplaty"
        | "DataZaplatyCzesciowej"
        | "DataWystFaKorygowanej"
        | "DataUmowy"
        | "DataZamowienia"
        | "DataDokumentu" => ValueKind::Date,
        "P_15"
        | "P_15Z"
        | "P_15ZK"
        | "Kwota"
        | "SumaObciazen"
        | "SumaOdliczen"
        | "DoZaplaty"
        | "DoRozliczenia"
        | "KwotaZaplatyCzesciowej"
        | "WartoscZamowienia"
        | "KwotaAkcyzy"
        | "KwotaAkcyzyZ" => ValueKind::Amount,
        "KursWaluty" | "KursWalutyZ" | "KursWalutyZK" | "KursWalutyZW" | "KursUmowny" | "Ilosc"
        | "NrWiersza" | "P_NrWierszaNST" => ValueKind::Number,
        _ => ValueKind::Text,
    }
}
