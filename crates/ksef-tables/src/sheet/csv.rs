use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use super::{Cell, Collector, Fault, Row, Sheet};
use crate::finding::RowProblem;
use crate::fold::trim;
use crate::limits::HEADER_WITHIN;
use crate::table::Known;
use crate::write::unguard;

/// In the order of preference.
const SEPARATORS: [u8; 3] = [b';', b'\t', b','];

/// Reads a text with separators.
pub(crate) fn read(text: &str, known: &Known) -> Result<Sheet, RowProblem> {
    let text = one_kind_of_line_end(text);
    let (named, body, skipped) = named_separator(&text);
    let separator = named.unwrap_or_else(|| best_separator(body, known));
    if ends_in_quotes(body, separator) {
        return Err(RowProblem::OpenQuote);
    }
    let mut collector = Collector::default();
    let mut inner_lines = 0;
    let mut reader = reader(body, separator);
    let mut record = StringRecord::new();
    // The text is UTF-8 and rows may be of any length: there is nothing that reading could fail at.
    while let Ok(true) = reader.read_record(&mut record) {
        inner_lines += newlines(&record);
        // The reader stands behind the line end, whatever empty lines came before.
        let number = (reader.position().line() + skipped).saturating_sub(inner_lines + 1);
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let cells = cells(&record, &mut collector)?;
        collector.push(Row { number, cells })?;
    }
    collector.finish()
}

/// `\n` after each line, after the last one too.
fn one_kind_of_line_end(text: &str) -> Cow<'_, str> {
    if text.ends_with('\n') && !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.push('\n');
    Cow::Owned(lines)
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

fn cells(record: &StringRecord, collector: &mut Collector) -> Result<Vec<(u16, Cell)>, RowProblem> {
    let mut cells = Vec::new();
    for (column, text) in record.iter().enumerate() {
        let text = unguard(trim(text));
        if !text.is_empty() {
            let column = collector.budget.cell(column, text.len())?;
            cells.push((column, cell(text)));
        }
    }
    Ok(cells)
}

/// A spreadsheet that saved a long number wrote `5,90123E+12`: its digits are gone.
fn cell(text: &str) -> Cell {
    let scientific = text.split_once(['E', 'e']).is_some_and(|(digits, power)| {
        let digit = |letter: char| letter.is_ascii_digit();
        digits.starts_with(digit)
            && digits.chars().all(|letter| digit(letter) || matches!(letter, ',' | '.'))
            && power.strip_prefix('+').is_some_and(|power| power.len() >= 2 && power.chars().all(digit))
    });
    if scientific { Cell::Fault(Fault::LostDigits(text.into())) } else { Cell::Text(text.into()) }
}

/// `sep=;` in the first line is a word of Excel to itself.
fn named_separator(text: &str) -> (Option<u8>, &str, u64) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) if SEPARATORS.contains(separator) => (Some(*separator), rest, 1),
        _ => (None, text, 0),
    }
}

/// The one with which most headers are known.
fn best_separator(text: &str, known: &Known) -> u8 {
    let headers = |separator: u8| {
        let mut reader = reader(text, separator);
        let rows = reader.records().take(HEADER_WITHIN).flatten();
        rows.map(|row| row.iter().filter(|cell| known(trim(cell))).count()).max().unwrap_or(0)
    };
    let counted: BTreeMap<_, u8> =
        SEPARATORS.iter().rev().map(|separator| (headers(*separator), *separator)).collect();
    // Of equals the later one stays in the map, which is the preferred.
    counted.last_key_value().map_or(b';', |(_, separator)| *separator)
}

/// Whether a quoted text is never closed: the rest of the file would be one cell.
fn ends_in_quotes(text: &str, separator: u8) -> bool {
    let mut quoted = false;
    let mut start_of_field = true;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if quoted {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                quoted = false;
            }
            continue;
        }
        quoted = start_of_field && byte == b'"';
        start_of_field = byte == separator || byte == b'\n';
    }
    quoted
}

fn newlines(record: &StringRecord) -> u64 {
    let all = record.iter().map(|text| text.bytes().filter(|byte| *byte == b'\n').count()).sum::<usize>();
    u64::try_from(all).unwrap_or(u64::MAX)
}
