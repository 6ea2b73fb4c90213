//! Tables of attachments.

use rust_decimal::Decimal;

use super::review::Review;
use super::spot::Spot;
use crate::fa3::{Tabela, TypKolumny};
use crate::finding::FindingCode;

fn tables<'i>(review: &Review<'i>) -> impl Iterator<Item = (Spot, &'i Tabela)> + use<'i> {
    let blocks = review.invoice.zalacznik.iter().flat_map(|attachment| &attachment.blok_danych).enumerate();
    blocks.flat_map(|(block, data)| {
        data.tabela.iter().enumerate().map(move |(index, table)| {
            (Spot::root().at("Zalacznik").nth("BlokDanych", block).nth("Tabela", index), table)
        })
    })
}

/// Every row, and the sums, have as many cells as the table has columns; a row of one cell is a heading inside the
/// table, as the ministry's own sample has it. FA(3), brochure on attachments.
pub(super) fn rows(review: &mut Review<'_>) {
    for (spot, table) in tables(review) {
        let columns = table.t_naglowek.kol.len();
        let fits = |cells: usize| cells == columns || cells == 1;
        let rows = table.wiersz.iter().enumerate().filter(|(_, row)| !fits(row.w_kom.len()));
        for (index, row) in rows {
            wrong_row(review, spot.clone().nth("Wiersz", index), row.w_kom.len(), columns);
        }
        if let Some(sums) = table.suma.as_ref().filter(|sums| !fits(sums.s_kom.len())) {
            wrong_row(review, spot.at("Suma"), sums.s_kom.len(), columns);
        }
    }
}

fn wrong_row(review: &mut Review<'_>, spot: Spot, cells: usize, columns: usize) {
    review.warn(
        FindingCode::AttachmentRow,
        spot,
        &format!("komórek jest {cells}, a kolumn {columns}. Uzupełnij wiersz (komórka może być pusta)."),
        &format!("there are {cells} cells and {columns} columns. Complete the row (a cell may be empty)."),
    );
}

/// Cells are of the type that their column states; an empty one or a dash says that there is nothing. FA(3): Typ.
pub(super) fn cells(review: &mut Review<'_>) {
    for (spot, table) in tables(review) {
        // A single cell is a heading of any text.
        let rows = table.wiersz.iter().enumerate().filter(|(_, row)| row.w_kom.len() > 1);
        for (index, row) in rows {
            for (place, (cell, column)) in row.w_kom.iter().zip(&table.t_naglowek.kol).enumerate() {
                if matches!(cell.as_str(), "" | "-" | "–" | "—") || is_of(column.typ, cell) {
                    continue;
                }
                let (shown, wanted) = (cell.as_str(), column.typ.code());
                review.warn(
                    FindingCode::AttachmentCell,
                    spot.clone().nth("Wiersz", index).nth("WKom", place),
                    &format!("„{shown}” nie jest wartością typu {wanted}, który ma ta kolumna. Popraw wartość albo typ kolumny."),
                    &format!("\"{shown}\" is no value of the type {wanted}, which this column has. Correct the value or the column's type."),
                );
            }
        }
    }
}

fn is_of(column: TypKolumny, cell: &str) -> bool {
    let number = cell.replace([' ', '\u{a0}'], "").replace(',', ".");
    match column {
        TypKolumny::Txt => true,
        TypKolumny::Int => number.parse::<i128>().is_ok(),
        TypKolumny::Dec => number.parse::<Decimal>().is_ok(),
        TypKolumny::Date => is_date(cell),
        TypKolumny::DateTime => {
            cell.split_once(['T', ' ']).is_some_and(|(date, time)| is_date(date) && is_time(time))
        }
        TypKolumny::Time => is_time(cell),
    }
}

/// `YYYY-MM-DD`, or as people write it.
fn is_date(text: &str) -> bool {
    ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y"]
        .iter()
        .any(|shape| chrono::NaiveDate::parse_from_str(text, shape).is_ok())
}

fn is_time(text: &str) -> bool {
    let clock = text.trim_end_matches('Z');
    let clock = clock.split(['+', '.']).next().unwrap_or(clock);
    ["%H:%M:%S", "%H:%M"].iter().any(|shape| chrono::NaiveTime::parse_from_str(clock, shape).is_ok())
}
