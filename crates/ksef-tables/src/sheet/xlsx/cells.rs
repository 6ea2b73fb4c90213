use std::io::BufRead;

use chrono::{Days, NaiveDate};
use quick_xml::events::BytesStart;
use rust_decimal::Decimal;

use super::package::{Piece, Xml, attribute, name};
use super::strings::{rich_text, unescape};
use super::styles::Shown;
use crate::finding::RowProblem;
use crate::fold::trim;
use crate::sheet::{Cell, Collector, Fault, Row, Sheet};
use crate::value::{day, serial_day};

/// What cells refer to.
pub(super) struct Context {
    pub(super) strings: Vec<Box<str>>,
    pub(super) styles: Vec<Shown>,
    pub(super) from_1904: bool,
}

/// Reads the rows of a sheet.
pub(super) fn read<R: BufRead>(mut xml: Xml<R>, context: &Context) -> Result<Sheet, RowProblem> {
    let mut collector = Collector::default();
    let mut last_row = 0;
    loop {
        match xml.next()? {
            Piece::Start { element, empty } if name(&element) == "row" => {
                let number = attribute(&element, "r").and_then(|number| number.parse().ok());
                let number = number.unwrap_or(last_row + 1).clamp(1, LAST_ROW);
                last_row = number;
                if !empty {
                    let cells = row(&mut xml, context, &mut collector)?;
                    collector.push(Row { number, cells })?;
                }
            }
            Piece::End(name) if name == "sheetData" => return collector.finish(),
            Piece::Eof => return collector.finish(),
            _ => {}
        }
    }
}

/// Of a sheet of Excel.
const LAST_ROW: u32 = 1_048_576;

fn row<R: BufRead>(
    xml: &mut Xml<R>,
    context: &Context,
    collector: &mut Collector,
) -> Result<Vec<(u16, Cell)>, RowProblem> {
    let mut cells: Vec<(u16, Cell)> = Vec::new();
    let mut next_column = 0;
    loop {
        match xml.next()? {
            Piece::Start { element, empty } if name(&element) == "c" => {
                let column = attribute(&element, "r").and_then(|place| column(&place)).unwrap_or(next_column);
                next_column = column + 1;
                let head = Head::of(&element);
                if empty {
                    continue;
                }
                if let Some(cell) = cell(&head, &raw(xml)?, context) {
                    let column = collector.budget.cell(column, size(&cell))?;
                    cells.push((column, cell));
                }
            }
            Piece::Start { empty, .. } if !empty => xml.skip()?,
            Piece::End(_) => return Ok(cells),
            Piece::Eof => return Err(RowProblem::Damaged("XML")),
            _ => {}
        }
    }
}

/// `AB12` is in column 27, counted from 0.
fn column(place: &str) -> Option<usize> {
    const LAST: usize = 16_384;
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters
        .take(4)
        .fold(0, |number, letter| number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    (1..=LAST).contains(&number).then(|| number - 1)
}

struct Head {
    kind: String,
    style: usize,
}

impl Head {
    fn of(element: &BytesStart<'_>) -> Self {
        let style = attribute(element, "s").and_then(|style| style.parse().ok()).unwrap_or_default();
        Self { kind: attribute(element, "t").unwrap_or_default(), style }
    }
}

/// What stands inside a cell, as written.
#[derive(Default)]
struct Raw {
    value: Option<String>,
    inline: Option<String>,
    formula: bool,
}

fn raw<R: BufRead>(xml: &mut Xml<R>) -> Result<Raw, RowProblem> {
    let mut raw = Raw::default();
    loop {
        match xml.next()? {
            Piece::Start { element, empty } => match name(&element).as_str() {
                "v" if !empty => raw.value = Some(xml.text_to_end()?),
                "is" if !empty => raw.inline = Some(rich_text(xml)?),
                "f" => {
                    raw.formula = true;
                    if !empty {
                        xml.skip()?;
                    }
                }
                _ if !empty => xml.skip()?,
                _ => {}
            },
            Piece::End(_) => return Ok(raw),
            Piece::Text(_) => {}
            Piece::Eof => return Err(RowProblem::Damaged("XML")),
        }
    }
}

fn cell(head: &Head, raw: &Raw, context: &Context) -> Option<Cell> {
    let Some(value) = raw.value.as_deref().filter(|value| !value.is_empty() || head.kind == "str") else {
        return match &raw.inline {
            Some(inline) => typed(inline),
            None => raw.formula.then_some(Cell::Fault(Fault::NoValue)),
        };
    };
    match head.kind.as_str() {
        "s" => typed(context.strings.get(value.trim().parse::<usize>().ok()?)?),
        "str" | "inlineStr" => typed(&unescape(value)),
        "b" => Some(Cell::Flag(value.trim() == "1")),
        "e" => Some(Cell::Fault(Fault::Error(value.trim().into()))),
        "d" => day(value).map(Cell::Date).or_else(|| typed(value)),
        _ => {
            let shown = context.styles.get(head.style).copied().unwrap_or(Shown::Number);
            number(value.trim(), shown, context.from_1904).or_else(|| typed(value))
        }
    }
}

fn typed(text: &str) -> Option<Cell> {
    let text = trim(text);
    (!text.is_empty()).then(|| Cell::Text(text.into()))
}

/// A number as a spreadsheet shows it.
fn number(value: &str, shown: Shown, from_1904: bool) -> Option<Cell> {
    let decimal = match fifteen_digits(value)? {
        Kept::Decimal(decimal) => decimal,
        Kept::Lost => return Some(Cell::Fault(Fault::LostDigits(value.into()))),
    };
    Some(match shown {
        Shown::Number => Cell::Number(decimal.to_string().into()),
        Shown::Percent => {
            let percent = decimal.checked_mul(Decimal::ONE_HUNDRED)?;
            Cell::Percent(percent.normalize().to_string().into())
        }
        Shown::Day => Cell::Date(shown_day(decimal, from_1904)?),
    })
}

enum Kept {
    Decimal(Decimal),
    Lost,
}

/// A spreadsheet counts in binary fractions and shows fifteen digits: what it stores as `0.30000000000000004` is `0.3` to everybody.
fn fifteen_digits(value: &str) -> Option<Kept> {
    const WHOLE_DIGITS: f64 = 1e15;
    let binary: f64 = value.parse().ok().filter(|binary: &f64| binary.is_finite())?;
    if binary.abs() >= WHOLE_DIGITS {
        return Some(Kept::Lost);
    }
    let decimal = Decimal::from_scientific(&format!("{binary:.14e}")).ok()?;
    Some(Kept::Decimal(decimal.normalize()))
}

fn shown_day(serial: Decimal, from_1904: bool) -> Option<NaiveDate> {
    let days = u64::try_from(serial.floor()).ok()?;
    if from_1904 {
        NaiveDate::from_ymd_opt(1904, 1, 1)?.checked_add_days(Days::new(days))
    } else {
        serial_day(days)
    }
}

fn size(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) | Cell::Number(text) | Cell::Percent(text) => text.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(value: &str) -> String {
        match fifteen_digits(value) {
            Some(Kept::Decimal(decimal)) => decimal.to_string(),
            Some(Kept::Lost) => "lost".to_owned(),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn binary_fractions_are_what_people_typed() {
        for (stored, typed) in [
            ("0.30000000000000004", "0.3"),
            ("1234.5", "1234.5"),
            ("99.989999999999995", "99.99"),
            ("-0.1", "-0.1"),
            ("1E-3", "0.001"),
            ("5265877635", "5265877635"),
            ("0", "0"),
            ("12345678901234567890", "lost"),
            ("1e308", "lost"),
            ("NaN", "none"),
            ("abc", "none"),
        ] {
            assert_eq!(kept(stored), typed, "{stored}");
        }
    }

    #[test]
    fn columns_by_their_letters() {
        assert_eq!(column("A1"), Some(0));
        assert_eq!(column("AB12"), Some(27));
        assert_eq!(column("XFD1048576"), Some(16_383));
        assert_eq!(column("12"), None);
        assert_eq!(column("AAAAAAAAAAAAAAA1"), None);
    }
}
