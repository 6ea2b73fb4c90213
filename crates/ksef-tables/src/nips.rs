//! A list of NIPs as people have it: pasted, or a file with a NIP on each line and, perhaps, a name beside it.

use std::collections::HashMap;

use ksef_types::{InvalidNip, Nip};

use crate::sheet::decode;

/// NIPs that are read; an office has fewer clients.
pub const MOST_NIPS: usize = 10_000;
/// Of a line that is none, so much is shown.
const SHOWN: usize = 80;

/// A list as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NipRows {
    /// One for each line that is not empty, in order; several where a line holds several NIPs.
    pub rows: Vec<NipRow>,
    /// NIPs beyond [`MOST_NIPS`], which were not read.
    pub cut_off: u32,
}

/// A line of it, or a NIP of a line with several.
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

/// Reads a pasted text. A first line that names its columns ("NIP;Nazwa") is a header; no other line is passed over.
#[must_use]
pub fn read_nips(text: &str) -> NipRows {
    let mut list = List::default();
    let lines = text.trim_start_matches('\u{feff}').split('\n').enumerate();
    let lines = lines.map(|(place, line)| (u32::try_from(place + 1).unwrap_or(u32::MAX), line.trim()));
    let mut written = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with("sep=")).peekable();
    written.next_if(|(_, line)| is_header(line));
    for (number, line) in written {
        for found in read(line) {
            list.add(number, found);
        }
    }
    list.rows
}

/// No digits, and the name of a column with numbers.
fn is_header(line: &str) -> bool {
    let mut words = line.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase);
    !line.chars().any(|letter| letter.is_ascii_digit())
        && words.any(|word| matches!(word.as_str(), "nip" | "nipy" | "vat" | "tax" | "numer" | "number"))
}

/// What a line, or a part of it, says.
struct Found<'a> {
    text: &'a str,
    nip: Result<Nip, InvalidNip>,
    name: Option<&'a str>,
}

#[derive(Default)]
struct List {
    rows: NipRows,
    seen: HashMap<Nip, u32>,
}

impl List {
    fn add(&mut self, line: u32, Found { text, nip, name }: Found<'_>) {
        if self.rows.rows.len() == MOST_NIPS {
            self.rows.cut_off = self.rows.cut_off.saturating_add(1);
            return;
        }
        let repeats = nip.as_ref().ok().and_then(|nip| self.seen.get(nip).copied());
        if let Ok(nip) = nip {
            self.seen.entry(nip).or_insert(line);
        }
        self.rows.rows.push(NipRow {
            line,
            text: shortened(text),
            nip,
            name: name.map(str::to_owned),
            repeats,
        });
    }
}

fn read(line: &str) -> Vec<Found<'_>> {
    let cells: Vec<&str> = cells(line).into_iter().map(|cell| cell.trim().trim_matches('"').trim()).collect();
    if is_row_of_nips(&cells) { each(&cells) } else { vec![one(line, &cells)] }
}

/// Several NIPs beside each other. With a single one, the other cells say something of that company: REGON, KRS, a name.
fn is_row_of_nips(cells: &[&str]) -> bool {
    let right = cells.iter().filter(|cell| cell.parse::<Nip>().is_ok()).count();
    let mut written = cells.iter().filter(|cell| !cell.is_empty()).peekable();
    right > 1 || (cells.len() > 1 && written.peek().is_some() && written.all(|cell| looks_like_nip(cell)))
}

/// Ten digits, with nothing else than people write around them: `PL 526-587-76-35`.
fn looks_like_nip(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let letters: String = cell.chars().filter(|letter| letter.is_alphabetic()).collect();
    digits == 10 && matches!(letters.to_uppercase().as_str(), "" | "PL" | "NIP" | "NIPPL")
}

/// Each cell that is a NIP, or was meant as one.
fn each<'a>(cells: &[&'a str]) -> Vec<Found<'a>> {
    let meant = cells.iter().filter(|cell| cell.parse::<Nip>().is_ok() || looks_like_nip(cell));
    meant.map(|cell| Found { text: cell, nip: cell.parse(), name: None }).collect()
}

/// The cell that is a NIP, or nearest to one, and the first other cell with letters.
fn one<'a>(line: &'a str, cells: &[&'a str]) -> Found<'a> {
    let whole = cells.iter().position(|cell| cell.parse::<Nip>().is_ok());
    let nearest = whole.or_else(|| {
        let digits = |cell: &&str| cell.chars().filter(char::is_ascii_digit).count();
        (0..cells.len()).max_by_key(|place| (digits(&cells[*place]).min(11), cells.len() - place))
    });
    let Some(at) = nearest else { return Found { text: line, nip: Err(InvalidNip::Empty), name: None } };
    let mut others = cells.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, cell)| *cell);
    let name = others.find(|cell| cell.chars().filter(|letter| letter.is_alphabetic()).count() >= 2);
    Found { text: line, nip: cells[at].parse(), name }
}

/// Between semicolons, tabs or commas; else NIPs at the beginning, written with or without spaces, and words behind them.
fn cells(line: &str) -> Vec<&str> {
    for separator in [';', '\t', '|', ','] {
        if line.contains(separator) {
            return line.split(separator).collect();
        }
    }
    let (mut cells, mut rest) = (Vec::new(), line);
    while let Some((number, behind)) = first_ten_digits(rest) {
        cells.push(number);
        rest = behind.trim_start();
        if !begins_with_number(rest) {
            break;
        }
    }
    if !rest.is_empty() {
        cells.push(rest);
    }
    cells
}

/// `NIP: PL 526-587-76-35 Firma` has its name where the first word after the last digit begins.
fn first_ten_digits(text: &str) -> Option<(&str, &str)> {
    let digits = text.char_indices().filter(|(_, letter)| letter.is_ascii_digit());
    let tenth = digits.map(|(at, _)| at).nth(9)?;
    let (number, rest) = text.split_at(tenth + 1);
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some((number, rest))
}

fn begins_with_number(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit())
        || text.starts_with("PL")
        || text.starts_with("NIP")
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
    fn no_line_is_passed_over_but_a_header() {
        let lines = |text: &str| read_nips(text).rows.iter().map(|row| row.line).collect::<Vec<_>>();
        assert_eq!(lines("Kowalski\nNowak i syn\nabc\n1111111111"), [1, 2, 3, 4]);
        assert_eq!(lines("same\nlitery"), [1, 2]);
        assert_eq!(lines("sep=;\nNazwa;NIP\nFirma;1111111111"), [3]);
        assert_eq!(lines("1111111111\nNIP"), [1, 2], "a header stands at the top");
    }

    #[test]
    fn several_on_one_line() {
        for list in [
            "5265877635, 1111111111, 1234563218",
            "5265877635;1111111111;1234563218;",
            "5265877635 1111111111 1234563218",
            "526-587-76-35 PL 1111111111 NIP: 123 456 32 18",
        ] {
            let read: Vec<_> = nips(list).into_iter().flatten().collect();
            assert_eq!(read, ["5265877635", "1111111111", "1234563218"], "{list}");
        }
        let one_wrong = read_nips("5265877635, 5265877636").rows;
        assert_eq!(one_wrong.len(), 2);
        assert_eq!(
            (one_wrong[1].text.as_str(), one_wrong[1].nip),
            ("5265877636", Err(InvalidNip::CheckDigit))
        );
        assert_eq!(read_nips("5265877635, 526-587-76-35").rows[1].repeats, Some(1));
        // REGON and KRS beside a NIP and a name are of the same company.
        assert_eq!(nips("5265877635;Firma;012100784;0000028860").len(), 1);
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
