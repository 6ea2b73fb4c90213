use std::fmt::Write as _;
use std::str::FromStr;

use chrono::{Datelike as _, NaiveDate};

use super::{Reset, quarter};
use crate::xml::{discouraged, forbidden};

/// Most characters of P_2 (`TZnakowy`).
const LONGEST: usize = 256;
/// Digits of the greatest counter.
const COUNTER_DIGITS: usize = 10;

/// The pattern of the numbers of a series: text with tokens in braces.
///
/// - `{nr}` the counter, `{nr:4}` the counter with zeros in front, 2 to 10 digits; exactly one of them;
/// - `{dd}` day, `{mm}` month with two digits, `{m}` month as it is, `{kw}` quarter;
/// - `{rr}` year with two digits, `{rrrr}` with four.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Part {
    Text(String),
    /// Least number of digits.
    Counter(usize),
    Day,
    Month,
    PlainMonth,
    Quarter,
    ShortYear,
    Year,
}

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
pub enum InvalidPattern {
    /// No `{nr}`: every invoice would get the same number.
    #[error("the pattern has no counter {{nr}}")]
    NoCounter,
    /// More than one counter.
    #[error("the pattern has more than one counter")]
    TwoCounters,
    /// A token that is not known.
    #[error("{{{0}}} is no token; known are nr, nr:2 to nr:10, dd, mm, m, kw, rr, rrrr")]
    UnknownToken(String),
    /// A brace without the other one.
    #[error("a brace is opened or closed alone")]
    Brace,
    /// A character that KSeF refuses.
    #[error("KSeF refuses the character U+{:04X}", u32::from(*.0))]
    Character(char),
    /// White space at an end, or two in a row: FA(3) drops them, and the number would change.
    #[error("spaces at the ends or in a row are lost")]
    Spaces,
    /// More than 256 characters in the end.
    #[error("numbers of this pattern would be longer than 256 characters")]
    TooLong,
    /// Digits side by side that can be divided in two ways (`{nr}{m}`: 1 and 11, 11 and 1).
    #[error(
        "the counter and the month stand side by side and numbers would repeat; put a character between them"
    )]
    Ambiguous,
    /// The counter starts again more often than the rest of the number changes.
    #[error(
        "the counter starts again, but the number would be the same: the pattern needs the year and the period"
    )]
    Repeats(Reset),
}

impl InvalidPattern {
    /// The sentence in Polish: what is wrong and what is allowed.
    #[must_use]
    pub fn message_pl(&self) -> String {
        match self {
            Self::NoCounter => "Wzór numeru musi zawierać licznik {nr}.".to_owned(),
            Self::TwoCounters => "Wzór numeru może zawierać tylko jeden licznik {nr}.".to_owned(),
            Self::UnknownToken(token) => format!(
                "We wzorze numeru nie ma znacznika {{{token}}}. Można użyć: {{nr}}, {{nr:4}}, {{dd}}, {{mm}}, {{m}}, {{kw}}, {{rr}}, {{rrrr}}."
            ),
            Self::Brace => "We wzorze numeru brakuje nawiasu klamrowego od pary.".to_owned(),
            Self::Character(character) => {
                format!("Wzór numeru zawiera znak U+{:04X}, którego KSeF nie przyjmuje.", u32::from(*character))
            }
            Self::Spaces => {
                "Wzór numeru nie może zaczynać się ani kończyć spacją, ani mieć dwóch spacji obok siebie.".to_owned()
            }
            Self::TooLong => "Numer według tego wzoru miałby więcej niż 256 znaków.".to_owned(),
            Self::Ambiguous => {
                "Licznik i miesiąc stoją obok siebie, więc numery mogłyby się powtórzyć. Rozdziel je znakiem, np. „/”."
                    .to_owned()
            }
            Self::Repeats(reset) => format!(
                "Numery powtarzałyby się: licznik zaczyna się od nowa {}, więc wzór musi zawierać {}.",
                match reset {
                    Reset::Never => "nigdy",
                    Reset::Yearly => "co rok",
                    Reset::Quarterly => "co kwartał",
                    Reset::Monthly => "co miesiąc",
                },
                match reset {
                    Reset::Quarterly => "kwartał {kw} lub miesiąc {mm} oraz rok {rrrr} lub {rr}",
                    Reset::Monthly => "miesiąc {mm} lub {m} oraz rok {rrrr} lub {rr}",
                    Reset::Never | Reset::Yearly => "rok {rrrr} lub {rr}",
                }
            ),
        }
    }

    /// The sentence in English.
    #[must_use]
    pub fn message_en(&self) -> String {
        match self {
            Self::NoCounter => "A number pattern must have the counter {nr}.".to_owned(),
            Self::TwoCounters => "A number pattern may have only one counter {nr}.".to_owned(),
            Self::UnknownToken(token) => format!(
                "{{{token}}} is not a token of number patterns. Use {{nr}}, {{nr:4}}, {{dd}}, {{mm}}, {{m}}, {{kw}}, {{rr}}, {{rrrr}}."
            ),
            Self::Brace => "A brace of the number pattern has no partner.".to_owned(),
            Self::Character(character) => {
                format!("The number pattern has the character U+{:04X}, which KSeF refuses.", u32::from(*character))
            }
            Self::Spaces => {
                "A number pattern may not begin or end with a space, nor have two spaces in a row.".to_owned()
            }
            Self::TooLong => "A number of this pattern would have more than 256 characters.".to_owned(),
            Self::Ambiguous => {
                "Counter and month stand side by side, so numbers could repeat. Put a character such as “/” between them."
                    .to_owned()
            }
            Self::Repeats(reset) => format!(
                "Numbers would repeat: the counter starts again {}, so the pattern must have {}.",
                match reset {
                    Reset::Never => "never",
                    Reset::Yearly => "each year",
                    Reset::Quarterly => "each quarter",
                    Reset::Monthly => "each month",
                },
                match reset {
                    Reset::Quarterly => "the quarter {kw} or the month {mm}, and the year {rrrr} or {rr}",
                    Reset::Monthly => "the month {mm} or {m}, and the year {rrrr} or {rr}",
                    Reset::Never | Reset::Yearly => "the year {rrrr} or {rr}",
                }
            ),
        }
    }
}

impl Pattern {
    /// Reads a pattern. Whether it goes with a reset rule is told by [`Self::suits`].
    ///
    /// # Errors
    /// When it is no pattern, or its numbers could not be told apart or not be sent.
    pub fn parse(text: &str) -> Result<Self, InvalidPattern> {
        if let Some(character) = refused(text) {
            return Err(InvalidPattern::Character(character));
        }
        let parts = split(text)?;
        match parts.iter().filter(|part| matches!(part, Part::Counter(_))).count() {
            0 => return Err(InvalidPattern::NoCounter),
            1 => {}
            _ => return Err(InvalidPattern::TwoCounters),
        }
        if text.starts_with(' ') || text.ends_with(' ') || text.contains("  ") {
            return Err(InvalidPattern::Spaces);
        }
        if parts.iter().map(Part::longest).sum::<usize>() > LONGEST {
            return Err(InvalidPattern::TooLong);
        }
        if is_ambiguous(&parts) {
            return Err(InvalidPattern::Ambiguous);
        }
        Ok(Self { text: text.to_owned(), parts })
    }

    /// Whether numbers stay different when the counter starts again by this rule.
    ///
    /// # Errors
    /// [`InvalidPattern::Repeats`] when the number does not tell the periods apart.
    pub fn suits(&self, reset: Reset) -> Result<(), InvalidPattern> {
        let has = |wanted: &[Part]| self.parts.iter().any(|part| wanted.contains(part));
        let year = has(&[Part::Year, Part::ShortYear]);
        let month = has(&[Part::Month, Part::PlainMonth]);
        let told_apart = match reset {
            Reset::Never => true,
            Reset::Yearly => year,
            Reset::Quarterly => year && (month || has(&[Part::Quarter])),
            Reset::Monthly => year && month,
        };
        if told_apart { Ok(()) } else { Err(InvalidPattern::Repeats(reset)) }
    }

    /// The number of an invoice of this day.
    #[must_use]
    pub fn format(&self, counter: u32, date: NaiveDate) -> String {
        write(&self.parts, Some(counter), date)
    }

    /// The counter in a number of this day; `None` when the number is not of this pattern. Zeros in front of the
    /// counter do not matter.
    #[must_use]
    pub fn read(&self, number: &str, date: NaiveDate) -> Option<u32> {
        let place = self.parts.iter().position(|part| matches!(part, Part::Counter(_)))?;
        let before = write(&self.parts[..place], None, date);
        let after = write(&self.parts[place + 1..], None, date);
        let digits = number.trim().strip_prefix(before.as_str())?.strip_suffix(after.as_str())?;
        let plain = digits.len() <= COUNTER_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        if plain { digits.parse().ok() } else { None }
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Pattern {
    type Err = InvalidPattern;

    fn from_str(text: &str) -> Result<Self, InvalidPattern> {
        Self::parse(text)
    }
}

impl std::fmt::Display for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Part {
    /// Most characters that it becomes.
    fn longest(&self) -> usize {
        match self {
            Self::Text(text) => text.chars().count(),
            Self::Counter(_) => COUNTER_DIGITS,
            Self::Day | Self::Month | Self::PlainMonth | Self::ShortYear => 2,
            Self::Quarter => 1,
            Self::Year => 4,
        }
    }

    fn token(text: &str) -> Result<Self, InvalidPattern> {
        Ok(match text {
            "nr" => Self::Counter(1),
            "dd" => Self::Day,
            "mm" => Self::Month,
            "m" => Self::PlainMonth,
            "kw" => Self::Quarter,
            "rr" => Self::ShortYear,
            "rrrr" => Self::Year,
            other => {
                let width = other.strip_prefix("nr:").and_then(|width| width.parse().ok());
                match width {
                    Some(width @ 2..=COUNTER_DIGITS) => Self::Counter(width),
                    _ => return Err(InvalidPattern::UnknownToken(other.to_owned())),
                }
            }
        })
    }
}

/// The first character that cannot stand in P_2.
fn refused(text: &str) -> Option<char> {
    text.chars().find(|&character| {
        let mut buffer = [0; 4];
        let alone: &str = character.encode_utf8(&mut buffer);
        character.is_control() || forbidden(alone).is_some() || discouraged(alone).is_some()
    })
}

fn split(text: &str) -> Result<Vec<Part>, InvalidPattern> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(brace) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(brace);
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        let inside = from.strip_prefix('{').ok_or(InvalidPattern::Brace)?;
        let (token, after) = inside.split_once('}').ok_or(InvalidPattern::Brace)?;
        if token.contains('{') {
            return Err(InvalidPattern::Brace);
        }
        parts.push(Part::token(token)?);
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

/// Two parts of changing width in one run of digits: the run can be divided in more than one way.
fn is_ambiguous(parts: &[Part]) -> bool {
    let mut changing = 0;
    for part in parts {
        match part {
            Part::Text(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {}
            Part::Text(_) => changing = 0,
            Part::Counter(_) | Part::PlainMonth => changing += 1,
            _ => {}
        }
        if changing > 1 {
            return true;
        }
    }
    false
}

fn write(parts: &[Part], counter: Option<u32>, date: NaiveDate) -> String {
    let mut out = String::new();
    for part in parts {
        // Writing to a string cannot fail.
        let _ = match part {
            Part::Text(text) => write!(out, "{text}"),
            Part::Counter(width) => counter.map_or(Ok(()), |counter| write!(out, "{counter:0width$}")),
            Part::Day => write!(out, "{:02}", date.day()),
            Part::Month => write!(out, "{:02}", date.month()),
            Part::PlainMonth => write!(out, "{}", date.month()),
            Part::Quarter => write!(out, "{}", quarter(date)),
            Part::ShortYear => write!(out, "{:02}", date.year().rem_euclid(100)),
            Part::Year => write!(out, "{:04}", date.year()),
        };
    }
    out
}
