//! The file as bytes: hash, size, encoding, characters, processing instructions.
//!
//! Written independently of the program's own checks, so that the two can disagree in a test.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::model::{Invoice, SessionLimits};

/// A MB as limits count them. Source: the guide, "Weryfikacja faktury".
const MEGABYTE: usize = 1_000_000;
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What the file shows at a first look.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) has_attachment: bool,
    /// `P_17` is 1.
    pub(super) self_invoicing: bool,
}

/// The first problem as a sentence for the details of 430.
pub(super) fn judge(invoice: &Invoice, bytes: &[u8], limits: SessionLimits) -> Result<Known, String> {
    judge_named(invoice, bytes)?;
    let text = std::str::from_utf8(bytes).map_err(|_| "Plik nie jest zakodowany w UTF-8.".to_owned())?;
    if text.starts_with(BYTE_ORDER_MARK) {
        return Err("Plik zawiera znacznik BOM.".to_owned());
    }
    judge_characters(text)?;
    let known = read(text)?;
    let most = if known.has_attachment { limits.with_attachments } else { limits.document };
    let most = usize::try_from(most).unwrap_or(usize::MAX).saturating_mul(MEGABYTE);
    if bytes.len() > most {
        return Err(format!("Rozmiar pliku przekracza {most} bajtów."));
    }
    Ok(known)
}

/// Hash and size that the sender named.
fn judge_named(invoice: &Invoice, bytes: &[u8]) -> Result<(), String> {
    if invoice.size != bytes.len() as u64 {
        return Err("Rozmiar odszyfrowanej faktury nie zgadza się z zadeklarowanym.".to_owned());
    }
    if invoice.hash != ksef_crypto::base64::encode(&openssl::sha::sha256(bytes)) {
        return Err("Skrót odszyfrowanej faktury nie zgadza się z zadeklarowanym.".to_owned());
    }
    Ok(())
}

fn judge_characters(text: &str) -> Result<(), String> {
    let refused = |character: char| format!("Plik zawiera niedozwolony znak U+{:04X}.", u32::from(character));
    if let Some(found) = text.chars().find(|character| unwanted(*character)) {
        return Err(refused(found));
    }
    // The same characters, written as references.
    for piece in text.split("&#").skip(1) {
        let Some((number, _)) = piece.split_once(';') else { continue };
        let number = match number.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        let Some(character) = number.ok().and_then(char::from_u32) else {
            return Err("Plik zawiera odwołanie do nieistniejącego znaku.".to_owned());
        };
        if unwanted(character) {
            return Err(refused(character));
        }
    }
    Ok(())
}

/// What XML 1.0 forbids, and what it discourages (§ 2.2, note).
const fn unwanted(character: char) -> bool {
    let code = character as u32;
    let control = code < 0x20 && !matches!(character, '\t' | '\n' | '\r');
    let not_a_character = matches!(code, 0xFDD0..=0xFDEF) || code & 0xFFFE == 0xFFFE;
    control || not_a_character || matches!(code, 0x7F..=0x84 | 0x86..=0x9F)
}

fn read(text: &str) -> Result<Known, String> {
    let mut reader = Reader::from_str(text);
    let mut known = Known::default();
    let (mut depth, mut roots, mut in_self_invoicing) = (0_usize, 0_usize, false);
    loop {
        let event = reader.read_event().map_err(|problem| {
            format!("Plik nie jest poprawnym dokumentem XML (bajt {}): {problem}.", reader.error_position())
        })?;
        match event {
            Event::Eof if depth == 0 && roots == 1 => return Ok(known),
            Event::Eof => return Err("Plik nie jest poprawnym dokumentem XML.".to_owned()),
            Event::PI(_) => return Err("Plik zawiera instrukcje przetwarzania.".to_owned()),
            Event::DocType(_) => return Err("Plik zawiera deklarację DOCTYPE.".to_owned()),
            Event::Decl(declaration) => judge_encoding(declaration.encoding())?,
            Event::Start(element) => {
                roots += usize::from(depth == 0);
                depth += 1;
                let name = element.local_name();
                known.has_attachment |= depth == 2 && name.as_ref() == "Zalacznik";
                in_self_invoicing = name.as_ref() == "P_17";
            }
            Event::Empty(_) => roots += usize::from(depth == 0),
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                in_self_invoicing = false;
            }
            Event::Text(content) if in_self_invoicing => {
                known.self_invoicing |= content.trim_ascii() == "1";
            }
            Event::Text(content) if depth == 0 && !content.trim_ascii().is_empty() => {
                return Err("Plik zawiera tekst poza elementem głównym.".to_owned());
            }
            Event::Text(_) | Event::CData(_) | Event::Comment(_) | Event::GeneralRef(_) => {}
        }
    }
}

fn judge_encoding<E>(declared: Option<Result<std::borrow::Cow<'_, str>, E>>) -> Result<(), String> {
    match declared {
        Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
        None => Ok(()),
        Some(_) => Err("Deklaracja XML podaje inne kodowanie niż UTF-8.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused() {
        for (text, word) in [
            ("<?xml version='1.0' encoding='UTF-16'?><a/>", "kodowanie"),
            ("<a><?pi x?></a>", "instrukcje"),
            ("<!DOCTYPE a><a/>", "DOCTYPE"),
            ("<a>", "XML"),
            ("<a></b>", "XML"),
            ("<a/>x", "poza"),
            ("<a/><b/>", "XML"),
            ("", "XML"),
        ] {
            let problem = read(text).unwrap_err();
            assert!(problem.contains(word), "{text}: {problem}");
        }
        for text in ["\u{85}&#x9;", "żółć", "&#xFFFD;"] {
            assert_eq!(judge_characters(text), Ok(()), "{text}");
        }
        for text in ["\u{7f}", "\u{9f}", "&#x86;", "&#0;", "\u{fdd0}", "&#xFFFE;", "\u{1fffe}"] {
            assert!(judge_characters(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_is_seen() {
        let known =
            read("<F><Fa><Adnotacje><P_17>1</P_17></Adnotacje></Fa><Zalacznik/><Zalacznik></Zalacznik></F>");
        let known = known.unwrap();
        assert!(known.self_invoicing && known.has_attachment);
        assert!(!read("<F><P_16>1</P_16><P_17>2</P_17></F>").unwrap().self_invoicing);
    }
}
