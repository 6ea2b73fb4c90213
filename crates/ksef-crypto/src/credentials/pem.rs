//! PEM blocks, read forgivingly: any line ends, collapsed lines, text around them, a lost last line.

use ::base64::Engine as _;
use ::base64::alphabet::STANDARD;
use ::base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use ksef_types::{SecretBytes, SecretText};

use super::file_problem::FileProblem;

/// One block.
pub(super) struct Block<'a> {
    pub(super) label: &'a str,
    /// `Proc-Type`, `DEK-Info` and the like, in their order.
    pub(super) headers: Vec<(&'a str, &'a str)>,
    pub(super) body: SecretBytes,
    /// Whether its last line is there.
    pub(super) ended: bool,
}

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";
/// More than any chain has; a file made to be slow has more.
const MOST_BLOCKS: usize = 64;

/// Whether the text has, or had, a block; its first line may be cut off.
pub(crate) fn looks_like_pem(text: &str) -> bool {
    let start = text.trim_start();
    text.contains(BEGIN) || (!start.is_empty() && BEGIN.starts_with(start.trim_end()))
}

/// All blocks of the text.
pub(super) fn blocks(text: &str) -> Result<Vec<Block<'_>>, FileProblem> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(BEGIN) {
        if found.len() == MOST_BLOCKS {
            return Err(FileProblem::SomethingElse);
        }
        let after = &rest[start + BEGIN.len()..];
        let (label, after_label) = after.split_once(DASHES).ok_or(FileProblem::CutOff)?;
        let (inside, ended, following) = inside(after_label);
        found.push(block(label.trim(), inside, ended)?);
        rest = following;
    }
    if found.is_empty() { Err(FileProblem::CutOff) } else { Ok(found) }
}

/// What stands between the first and the last line, whether the last line is there, and what follows it.
fn inside(after_label: &str) -> (&str, bool, &str) {
    let next_begin = after_label.find(BEGIN);
    match after_label.find(END) {
        Some(end) if next_begin.is_none_or(|begin| end < begin) => {
            (&after_label[..end], true, &after_label[end + END.len()..])
        }
        _ => {
            let end = next_begin.unwrap_or(after_label.len());
            // A clipped last line is a few dashes and letters.
            let text = &after_label[..end];
            (text.split_once(DASHES).map_or(text, |(body, _)| body), false, &after_label[end..])
        }
    }
}

fn block<'a>(label: &'a str, inside: &'a str, ended: bool) -> Result<Block<'a>, FileProblem> {
    let mut headers = Vec::new();
    // With room for all of it, so that no piece of a key stays behind where it grew.
    let mut digits = String::with_capacity(inside.len());
    for line in inside.lines().map(str::trim) {
        match line.split_once(':') {
            Some((name, value)) => headers.push((name.trim(), value.trim())),
            None => digits.push_str(line),
        }
    }
    let digits = SecretText::from(digits);
    // Of a last line that is cut off a few dashes may be left.
    let whole = digits.expose().as_str();
    let (whole, unreadable) = if ended {
        (whole, FileProblem::Damaged)
    } else {
        (whole.trim_end_matches('-'), FileProblem::CutOff)
    };
    Ok(Block { label, headers, body: decode(whole).ok_or(unreadable)?, ended })
}

/// Base64 with white space anywhere, with or without padding; what is left of a clipped text is kept, so that the
/// length inside tells that it is clipped. `None` for any other character.
pub(super) fn decode(text: &str) -> Option<SecretBytes> {
    const FORGIVING: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    let mut digits = String::with_capacity(text.len());
    digits.extend(text.chars().filter(|character| !character.is_whitespace()));
    let digits = SecretText::from(digits);
    let digits = digits.expose().trim_end_matches('=');
    let whole = if digits.len() % 4 == 1 { digits.get(..digits.len() - 1)? } else { digits };
    FORGIVING.decode(whole).ok().map(SecretBytes::new)
}

/// Base64 whose header lines were lost, or never were there: nothing but its characters, white space and dashes.
pub(crate) fn decode_bare(text: &str) -> Option<SecretBytes> {
    let mut bare = String::with_capacity(text.len());
    text.lines().filter(|line| !line.contains(DASHES)).for_each(|line| bare.push_str(line));
    decode(SecretText::from(bare).expose())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<(String, usize, bool)> {
        let read = blocks(text).unwrap();
        read.iter().map(|block| (block.label.to_owned(), block.body.expose().len(), block.ended)).collect()
    }

    #[test]
    fn blocks_in_any_layout() {
        let two = "remark\n-----BEGIN A-----\r\nAAAA\r\nAAAA\r\n-----END A-----\nremark -----BEGIN B----- AAAA -----END B-----";
        assert_eq!(labels(two), [("A".to_owned(), 6, true), ("B".to_owned(), 3, true)]);
        assert_eq!(labels("-----BEGIN A-----\nAAAA"), [("A".to_owned(), 3, false)]);
        assert_eq!(labels("-----BEGIN A-----\nAAAA\n-----EN"), [("A".to_owned(), 3, false)]);
        assert_eq!(labels("-----BEGIN A-----\nAAAA\n---"), [("A".to_owned(), 3, false)]);
    }

    #[test]
    fn headers() {
        let text =
            "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END A-----\n";
        let read = blocks(text).unwrap();
        assert_eq!(read[0].headers, [("Proc-Type", "4,ENCRYPTED"), ("DEK-Info", "AES-256-CBC,00")]);
        assert_eq!(read[0].body.expose(), &[0, 0, 0]);
    }

    #[test]
    fn clipped_and_foreign() {
        assert_eq!(blocks("-----BEGIN CERTIF").err(), Some(FileProblem::CutOff));
        assert_eq!(blocks("-----BEGIN A-----\nA*AA\n-----END A-----").err(), Some(FileProblem::Damaged));
        assert!(looks_like_pem("-----BEG") && !looks_like_pem("Ala") && !looks_like_pem(""));
    }
}
