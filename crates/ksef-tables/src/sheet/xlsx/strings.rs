use std::io::BufRead;

use super::package::{Piece, Xml, name};
use crate::finding::RowProblem;
use crate::limits::MOST_TEXT;

/// The texts that cells name by number.
pub(super) fn read<R: BufRead>(mut xml: Xml<R>) -> Result<Vec<Box<str>>, RowProblem> {
    let mut strings = Vec::new();
    let mut size = 0_usize;
    loop {
        match xml.next()? {
            Piece::Start { element, empty } if name(&element) == "si" => {
                let text = if empty { String::new() } else { rich_text(&mut xml)? };
                // An empty text takes memory too.
                size = size.saturating_add(text.len() + size_of::<Box<str>>());
                if size > MOST_TEXT {
                    return Err(RowProblem::TooMuchText);
                }
                strings.push(text.into_boxed_str());
            }
            Piece::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// The texts within an element that has just begun (`si`, `is`), without the hints for pronouncing them.
pub(super) fn rich_text<R: BufRead>(xml: &mut Xml<R>) -> Result<String, RowProblem> {
    let mut text = String::new();
    let mut depth = 0_usize;
    loop {
        match xml.next()? {
            Piece::Start { empty: true, .. } => {}
            Piece::Start { element, .. } => match name(&element).as_str() {
                "t" => text.push_str(&unescape(&xml.text_to_end()?)),
                "rPh" => xml.skip()?,
                _ => depth += 1,
            },
            Piece::End(_) if depth == 0 => return Ok(text),
            Piece::End(_) => depth -= 1,
            Piece::Text(_) => {}
            Piece::Eof => return Err(RowProblem::Damaged("XML")),
        }
    }
}

/// `_x000D_` is how a workbook writes a character that XML would not keep (ECMA-376, ST_Xstring).
pub(super) fn unescape(text: &str) -> String {
    let mut pieces = text.split("_x");
    let mut found = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let code = piece.get(..5).and_then(|code| code.strip_suffix('_'));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(letter) => {
                found.push(letter);
                found.push_str(&piece[5..]);
            }
            None => {
                found.push_str("_x");
                found.push_str(piece);
            }
        }
    }
    found
}
