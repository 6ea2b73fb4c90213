//! The ZIP around a workbook, bounded in parts, size and ratio by what comes out, whatever its headers promise.

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::finding::RowProblem;
use crate::limits::{MOST_PARTS, MOST_RATIO, MOST_UNPACKED, SMALL};

/// A workbook's parts.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// What may still come out of it.
    left: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, RowProblem> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| RowProblem::Damaged("ZIP"))?;
        if archive.len() > MOST_PARTS {
            return Err(RowProblem::Bomb);
        }
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let left = size.saturating_mul(MOST_RATIO).clamp(SMALL, MOST_UNPACKED);
        Ok(Self { archive, left })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The pieces of a part.
    pub(super) fn part(&mut self, name: &str) -> Result<Xml<impl BufRead + use<'_, 'a>>, RowProblem> {
        let left = &mut self.left;
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(_)) => return Err(RowProblem::Damaged("ZIP")),
            Err(_) => return Err(RowProblem::Damaged("brak części skoroszytu")),
        };
        let bounded = Bounded { inner: file, left };
        Ok(Xml { reader: Reader::from_reader(BufReader::new(bounded)), buffer: Vec::new() })
    }
}

/// Counts what comes out, and stops.
struct Bounded<'p, R> {
    inner: R,
    left: &'p mut u64,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.checked_sub(u64::try_from(read).unwrap_or(u64::MAX)) {
            Some(left) => *self.left = left,
            None => return Err(std::io::Error::from(std::io::ErrorKind::FileTooLarge)),
        }
        Ok(read)
    }
}

/// A part, piece by piece.
pub(super) struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
}

/// A piece of a part; names without prefixes.
pub(super) enum Piece<'b> {
    /// An element begins. `empty`: it ends here too.
    Start { element: BytesStart<'b>, empty: bool },
    /// An element ends.
    End(String),
    /// Text, resolved.
    Text(String),
    /// The part ends.
    Eof,
}

impl<R: BufRead> Xml<R> {
    pub(super) fn next(&mut self) -> Result<Piece<'_>, RowProblem> {
        loop {
            // The buffer must not be cleared while a piece of it is held: each turn starts anew.
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| fault(&error))?;
            // A piece borrows the buffer; what the loop skips does not.
            match event {
                Event::Start(element) => {
                    return Ok(Piece::Start { element: element.into_owned(), empty: false });
                }
                Event::Empty(element) => {
                    return Ok(Piece::Start { element: element.into_owned(), empty: true });
                }
                Event::End(element) => return Ok(Piece::End(element.local_name().as_ref().to_owned())),
                Event::Text(text) => return Ok(Piece::Text(text.into_inner().into_owned())),
                Event::CData(text) => return Ok(Piece::Text(text.into_inner().into_owned())),
                Event::GeneralRef(reference) => {
                    let named = match reference.resolve_char_ref() {
                        Ok(Some(letter)) => letter,
                        _ => match &*reference.into_inner() {
                            "amp" => '&',
                            "lt" => '<',
                            "gt" => '>',
                            "quot" => '"',
                            "apos" => '\'',
                            _ => return Err(RowProblem::Damaged("XML")),
                        },
                    };
                    return Ok(Piece::Text(named.to_string()));
                }
                // No program writes one into a workbook; entities are what it would be for.
                Event::DocType(_) => return Err(RowProblem::Damaged("DTD")),
                Event::Eof => return Ok(Piece::Eof),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
    }

    /// The text up to the end of the element that has just begun; elements within it are left out.
    pub(super) fn text_to_end(&mut self) -> Result<String, RowProblem> {
        let mut text = String::new();
        let mut depth = 0_usize;
        loop {
            match self.next()? {
                Piece::Start { empty, .. } => depth += usize::from(!empty),
                Piece::End(_) if depth == 0 => return Ok(text),
                Piece::End(_) => depth -= 1,
                Piece::Text(piece) if depth == 0 => text.push_str(&piece),
                Piece::Text(_) => {}
                Piece::Eof => return Err(RowProblem::Damaged("XML")),
            }
        }
    }

    /// Goes to the end of the element that has just begun.
    pub(super) fn skip(&mut self) -> Result<(), RowProblem> {
        self.text_to_end().map(drop)
    }
}

fn fault(error: &quick_xml::Error) -> RowProblem {
    match error {
        quick_xml::Error::Io(error) if error.kind() == std::io::ErrorKind::FileTooLarge => RowProblem::Bomb,
        quick_xml::Error::Io(_) => RowProblem::Damaged("ZIP"),
        _ => RowProblem::Damaged("XML"),
    }
}

/// Name of an element without its prefix.
pub(super) fn name(element: &BytesStart<'_>) -> String {
    element.local_name().as_ref().to_owned()
}

/// Value of an attribute by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut attributes = element.attributes();
    attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == wanted)
        .and_then(|attribute| {
            quick_xml::escape::unescape(&attribute.value).ok().map(|value| value.into_owned())
        })
}
