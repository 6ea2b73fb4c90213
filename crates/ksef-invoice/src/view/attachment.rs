//! The attachment: each block is a section.

use super::part::Part;
use super::rows::{heading, label, named, rows};
use super::{Bilingual, SheetRow, SheetSection, ValueKind};

/// Takes the attachment.
pub(super) fn sections(mut attachment: Part) -> Vec<SheetSection> {
    let mut sections: Vec<SheetSection> = attachment.parts("BlokDanych").into_iter().map(block).collect();
    sections.extend(super::rows::section(label("Zalacznik"), rows(attachment.rest(), 0)));
    sections
}

fn block(mut block: Part) -> SheetSection {
    let title = match block.take("ZNaglowek") {
        Some(heading) => {
            Bilingual { pl: format!("Załącznik: {heading}"), en: format!("Attachment: {heading}") }
        }
        None => label("Zalacznik"),
    };
    let mut out = pairs(&mut block, "MetaDane", "ZKlucz", "ZWartosc", 0);
    for mut text in block.parts("Tekst") {
        let paragraphs = text.texts("Akapit");
        out.extend(paragraphs.iter().map(|text| named(Bilingual::default(), text, ValueKind::Text, 0)));
        out.extend(rows(text.rest(), 0));
    }
    for part in block.parts("Tabela") {
        table(part, &mut out);
    }
    out.extend(rows(block.rest(), 0));
    SheetSection { title, rows: out }
}

/// Keys with their values.
fn pairs(part: &mut Part, element: &str, key: &str, value: &str, depth: u8) -> Vec<SheetRow> {
    let pair = |mut pair: Part| {
        let (key, value) = (pair.take(key).unwrap_or_default(), pair.take(value).unwrap_or_default());
        named(Bilingual::same(&key), &value, ValueKind::Text, depth)
    };
    part.parts(element).into_iter().map(pair).collect()
}

fn table(mut table: Part, out: &mut Vec<SheetRow>) {
    let title = table.take("Opis");
    out.push(heading(
        title.map_or_else(|| Bilingual::new("Tabela", "Table"), |title| Bilingual::same(&title)),
        0,
    ));
    out.extend(pairs(&mut table, "TMetaDane", "TKlucz", "TWartosc", 1));
    let columns = columns(&mut table);
    let numbered = |number: usize| Bilingual { pl: format!("Wiersz {number}"), en: format!("Row {number}") };
    for (index, mut row) in table.parts("Wiersz").into_iter().enumerate() {
        out.push(heading(numbered(index + 1), 1));
        out.extend(cells(row.texts("WKom"), &columns));
        out.extend(rows(row.rest(), 2));
    }
    for mut sum in table.parts("Suma") {
        out.push(heading(Bilingual::new("Suma", "Sum"), 1));
        out.extend(cells(sum.texts("SKom"), &columns));
        out.extend(rows(sum.rest(), 2));
    }
    // A table without rows still has columns.
    out.extend(rows(table.rest(), 1));
}

/// Names and kinds of the columns.
fn columns(table: &mut Part) -> Vec<(String, ValueKind)> {
    let mut header = table.part("TNaglowek").unwrap_or_default();
    let column = |mut column: Part| {
        let kind = match column.take("Typ").as_deref() {
            Some("date") => ValueKind::Date,
            Some("datetime") => ValueKind::Moment,
            Some("dec" | "int") => ValueKind::Number,
            _ => ValueKind::Text,
        };
        (column.take("NKom").unwrap_or_default(), kind)
    };
    header.parts("Kol").into_iter().map(column).collect()
}

/// Cells under the names of their columns. Their kind is only a wish of the document: a value of another shape is text.
fn cells(cells: Vec<String>, columns: &[(String, ValueKind)]) -> Vec<SheetRow> {
    let empty = String::new();
    let most = cells.len().max(columns.len());
    (0..most)
        .map(|index| {
            let (name, kind) =
                columns.get(index).map_or((&empty, ValueKind::Text), |(name, kind)| (name, *kind));
            let cell = cells.get(index).unwrap_or(&empty);
            let kind = if fits(cell, kind) { kind } else { ValueKind::Text };
            named(Bilingual::same(name), cell, kind, 2)
        })
        .collect()
}

fn fits(cell: &str, kind: ValueKind) -> bool {
    match kind {
        ValueKind::Date => cell.parse::<chrono::NaiveDate>().is_ok(),
        ValueKind::Moment => chrono::DateTime::parse_from_rfc3339(cell).is_ok(),
        ValueKind::Number => cell.parse::<crate::fa3::Ilosc>().is_ok(),
        _ => true,
    }
}
