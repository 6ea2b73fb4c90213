//! A list of NIPs as people have it: pasted, or a file with a NIP on each line and, perhaps, a name beside it.

use std::collections::HashMap;

use ksef_types::{InvalidNip, Nip};

use crate::sheet::decode;

/// Lines that are read; an office has fewer clients.
pub const MOST_NIPS: usize = 10_000;
/// Of a line that is none, so much is shown.
const SHOWN: usize = 80;

/// A list as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NipRows {
    /// One for each line that is not empty, in order.
    pub rows: Vec<NipRow>,
    /// Lines beyond [`MOST_NIPS`], which were not read.
    pub cut_off: u32,
}

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NipRow {
    /// Counted from 1.
    pub line: u32,
    /// As written, shortened.
    pub text: String,
    /// The NIP, or why it is none.
    pub nip: Result<Nip, InvalidNip>,
    /// A name beside it.
    pub name: Option<String>,
    /// The earlier line with the same NIP.
    pub repeats: Option<u32>,
}

/// The bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file is no text")]
pub struct NotAText;

/// Reads a file in any of the encodings that Polish programs write.
///
/// # Errors
/// [`NotAText`] for a workbook, a picture and the like.
pub fn read_nip_file(bytes: &[u8]) -> Result<NipRows, NotAText> {
    decode(bytes).map(|text| read_nips(&text)).map_err(|_| NotAText)
}

/// Reads a pasted text. A first line without digits is a header.
#[must_use]
pub fn read_nips(text: &str) -> NipRows {
    let text = text.trim_start_matches('\u{feff}');
    let mut found = NipRows::default();
    let mut seen: HashMap<Nip, u32> = HashMap::new();
    for (place, line) in text.split('\n').enumerate() {
        let line = line.trim();
        let is_header = found.rows.is_empty() && !line.chars().any(|letter| letter.is_ascii_digit());
        if line.is_empty() || is_header || line.starts_with("sep=") {
            continue;
        }
        if found.rows.len() == MOST_NIPS {
            found.cut_off = found.cut_off.saturating_add(1);
            continue;
        }
        let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
        let (nip, name) = read(line);
        let repeats = nip.as_ref().ok().and_then(|nip| seen.get(nip).copied());
        if let Ok(nip) = nip {
            seen.entry(nip).or_insert(number);
        }
        found.rows.push(NipRow { line: number, text: shortened(line), nip, name, repeats });
    }
    found
}

/// The cell that is a NIP, or nearest to one, and the first other cell with letters.
fn read(line: &str) -> (Result<Nip, InvalidNip>, Option<String>) {
    let cells: Vec<&str> = cells(line).into_iter().map(|cell| cell.trim().trim_matches('"').trim()).collect();
    let whole = cells.iter().position(|cell| cell.parse::<Nip>().is_ok());
    let nearest = whole.or_else(|| {
        let digits = |cell: &&str| cell.chars().filter(char::is_ascii_digit).count();
        (0..cells.len()).max_by_key(|place| (digits(&cells[*place]).min(11), cells.len() - place))
    });
    let Some(at) = nearest else { return (Err(InvalidNip::Empty), None) };
    let nip = cells[at].parse();
    let mut others = cells.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, cell)| *cell);
    let name = others.find(|cell| cell.chars().filter(|letter| letter.is_alphabetic()).count() >= 2);
    (nip, name.map(str::to_owned))
}

/// Between semicolons, tabs or commas; else a NIP at the beginning, written with or without spaces, and words behind it.
fn cells(line: &str) -> Vec<&str> {
    for separator in [';', '\t', '|', ','] {
        if line.contains(separator) {
            return line.split(separator).collect();
        }
    }
    // `NIP: PL 526-587-76-35 Firma` has its name where the first word after the last digit begins.
    let digits = line.char_indices().filter(|(_, letter)| letter.is_ascii_digit());
    let tenth = digits.map(|(at, _)| at).nth(9);
    match tenth.map(|at| line.split_at(at + 1)) {
        Some((number, rest)) if rest.starts_with(char::is_whitespace) => vec![number, rest],
        _ => vec![line],
    }
}

fn shortened(line: &str) -> String {
    if line.chars().count() <= SHOWN {
        return line.to_owned();
    }
    line.chars().take(SHOWN).collect::<String>() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nips(text: &str) -> Vec<Option<String>> {
        read_nips(text).rows.into_iter().map(|row| row.nip.ok().map(|nip| nip.to_string())).collect()
    }

    #[test]
    fn as_people_write_them() {
        let list = "NIP;Nazwa\r\n526-587-76-35;Firma „A”\r\n\r\n1111111111\r\nPL 5265877635\r\nabc\r\n5265877636\r\n";
        let found = read_nips(list);
        let lines: Vec<u32> = found.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 4, 5, 6, 7]);
        assert_eq!(found.rows[0].name.as_deref(), Some("Firma „A”"));
        assert_eq!(found.rows[2].repeats, Some(2));
        assert!(matches!(found.rows[3].nip, Err(InvalidNip::Character(_))));
        assert_eq!(found.rows[4].nip, Err(InvalidNip::CheckDigit));
    }

    #[test]
    fn the_name_may_stand_on_either_side() {
        for line in [
            "5265877635\tFirma ABC",
            "Firma ABC;5265877635",
            "526 587 76 35 Firma ABC",
            "\"Firma ABC\",\"5265877635\"",
        ] {
            let row = read_nips(line).rows.remove(0);
            assert_eq!(
                (row.nip.unwrap().as_str(), row.name.as_deref()),
                ("5265877635", Some("Firma ABC")),
                "{line}"
            );
        }
    }

    #[test]
    fn what_is_no_nip_says_why() {
        let row = |text: &str| read_nips(&format!("5265877635\n{text}")).rows.remove(1).nip;
        assert_eq!(row("526587763"), Err(InvalidNip::Length(9)));
        assert_eq!(row("52658776355"), Err(InvalidNip::Length(11)));
        assert!(matches!(row("52658X7635"), Err(InvalidNip::Character('X'))));
        let long = "x".repeat(500);
        let shown = read_nips(&format!("5265877635\n{long}")).rows.remove(1).text;
        assert_eq!(shown.chars().count(), SHOWN + 1);
    }

    #[test]
    fn ten_thousand_lines_and_no_more() {
        let list: String =
            (0..MOST_NIPS + 7).map(|number| format!("{:010}\n", number + 1_000_000_000)).collect();
        let found = read_nips(&list);
        assert_eq!((found.rows.len(), found.cut_off), (MOST_NIPS, 7));
    }

    #[test]
    fn encodings_of_polish_programs() {
        let list = "NIP;Nazwa\n5265877635;Żółta Łódź\n";
        let windows = encoding_rs::WINDOWS_1250.encode(list).0;
        let marked = [b"\xEF\xBB\xBF".as_slice(), list.as_bytes()].concat();
        for bytes in [list.as_bytes(), &windows, &marked] {
            let found = read_nip_file(bytes).unwrap();
            assert_eq!(found.rows[0].name.as_deref(), Some("Żółta Łódź"));
        }
        assert_eq!(read_nip_file(&[0x50, 0x4B, 3, 4, 0, 0]), Err(NotAText));
    }

    #[test]
    fn only_empty_lines() {
        assert!(nips("\n \r\n\t\n").is_empty());
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in any::<String>()) {
            let found = read_nips(&text);
            prop_assert!(found.rows.iter().all(|row| row.text.chars().count() <= SHOWN + 1));
        }
    }
}
