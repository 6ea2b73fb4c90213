use std::collections::BTreeMap;
use std::io::BufRead;

use super::package::{Piece, Xml, attribute, name};
use crate::finding::RowProblem;

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// As a number.
    Number,
    /// As a day.
    Day,
    /// In percent.
    Percent,
}

/// How the numbers of each style of cells are shown.
pub(super) fn read<R: BufRead>(mut xml: Xml<R>) -> Result<Vec<Shown>, RowProblem> {
    let mut formats: BTreeMap<u32, Shown> = BTreeMap::new();
    let mut styles = Vec::new();
    let mut in_cell_styles = false;
    loop {
        match xml.next()? {
            Piece::Start { element, empty } => match name(&element).as_str() {
                "numFmt" => {
                    let code = attribute(&element, "formatCode").unwrap_or_default();
                    formats.insert(number(&element), of_code(&code));
                }
                "cellXfs" => in_cell_styles = !empty,
                "xf" if in_cell_styles => {
                    let id = number(&element);
                    styles.push(formats.get(&id).copied().unwrap_or_else(|| built_in(id)));
                }
                _ => {}
            },
            Piece::End(name) if name == "cellXfs" => in_cell_styles = false,
            Piece::Eof => return Ok(styles),
            _ => {}
        }
    }
}

fn number(element: &quick_xml::events::BytesStart<'_>) -> u32 {
    attribute(element, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or_default()
}

/// ECMA-376, 18.8.30: formats that are not written out, those of East Asian languages among them.
const fn built_in(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=54 | 57..=58 => Shown::Day,
        _ => Shown::Number,
    }
}

/// What a format's code is for; only its first section counts, without quoted texts, colours and conditions.
fn of_code(code: &str) -> Shown {
    let mut signs = String::new();
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => break,
            '"' => letters.by_ref().take_while(|letter| *letter != '"').for_each(drop),
            '[' => letters.by_ref().take_while(|letter| *letter != ']').for_each(drop),
            '\\' | '_' | '*' => drop(letters.next()),
            other => signs.extend(other.to_lowercase()),
        }
    }
    let has = |sign| signs.contains(sign);
    if has('%') {
        Shown::Percent
    } else if !signs.contains("general") && (has('y') || has('d') || (has('m') && !has('h') && !has('s'))) {
        Shown::Day
    } else {
        Shown::Number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_a_number_is() {
        for code in ["yyyy\\-mm\\-dd", "dd.mm.yyyy", "[$-415]d mmmm yyyy;@", "mmm-yy", "yyyy-mm-dd hh:mm"] {
            assert_eq!(of_code(code), Shown::Day, "{code}");
        }
        for code in [
            "General",
            "#,##0.00\\ \"zł\"",
            "[Red]0.00",
            "0.00E+00",
            "hh:mm:ss",
            "@",
            "0\" dni\"",
            "#,##0.00;[Red]\\-#,##0.00",
        ] {
            assert_eq!(of_code(code), Shown::Number, "{code}");
        }
        assert_eq!(of_code("0.00%"), Shown::Percent);
    }
}
