//! Texts, days, numbers of lines, and marks.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use chrono::NaiveDate;

use super::content::{Content, Leaf, Sink, Source};
use crate::xml::forbidden;

/// A character that XML cannot hold, such as U+0000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("XML cannot hold the character U+{:04X}", u32::from(*.0))]
pub struct ForbiddenCharacter(pub char);

/// A text type: what happens to white space is what makes the difference.
macro_rules! text {
    ($(#[$meta:meta])* pub struct $name:ident, $normalise:path) => {
        $(#[$meta])*
        ///
        /// Converting from a string puts U+FFFD in the place of each character that XML cannot hold; `checked` refuses.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Takes a text.
            ///
            /// # Errors
            /// The first character that XML cannot hold.
            pub fn checked(text: &str) -> Result<Self, ForbiddenCharacter> {
                match forbidden(text) {
                    None => Ok(Self($normalise(text).into_owned())),
                    Some((_, character)) => Err(ForbiddenCharacter(character)),
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self($normalise(&holdable(text)).into_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Leaf for $name {
            fn parse(value: &str) -> Option<Self> {
                Some(Self($normalise(value).into_owned()))
            }

            fn write<K: Sink>(&self, sink: &mut K) {
                sink.text(&self.0);
            }
        }

        leaf_content!($name);
    };
}

text! {
    /// A text in which runs of white space are one space, and none stands at its ends (`TZnakowy` and its like).
    pub struct Znakowy, collapsed
}

text! {
    /// A text in which tabs and line ends are spaces, and other spaces stay (`TNrIdentyfikacjiPodatkowej`).
    pub struct Identyfikator, replaced
}

text! {
    /// A text that stays as it is, lines included (`TTekstowy`, and numbers such as NIP).
    pub struct Tekstowy, as_is
}

/// U+FFFD for what XML cannot hold.
fn holdable(text: &str) -> Cow<'_, str> {
    if forbidden(text).is_none() {
        return Cow::Borrowed(text);
    }
    let is_forbidden = |character: char| forbidden(character.encode_utf8(&mut [0; 4])).is_some();
    text.chars().map(|character| if is_forbidden(character) { '\u{fffd}' } else { character }).collect()
}

const SPACES: [char; 4] = [' ', '\t', '\n', '\r'];

const fn as_is(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn replaced(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| matches!(byte, b'\t' | b'\n' | b'\r')) {
        Cow::Owned(text.replace(['\t', '\n', '\r'], " "))
    } else {
        Cow::Borrowed(text)
    }
}

pub(super) fn collapsed(text: &str) -> Cow<'_, str> {
    let mut previous = b' ';
    for &byte in text.as_bytes() {
        if byte <= b' ' && (byte != b' ' || previous == b' ') {
            return Cow::Owned(words(text));
        }
        previous = byte;
    }
    if previous == b' ' && !text.is_empty() { Cow::Owned(words(text)) } else { Cow::Borrowed(text) }
}

fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(SPACES).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// White space at the ends is nothing to a number or a day.
pub(super) fn trimmed(value: &str) -> &str {
    value.trim_matches(SPACES)
}

/// The code that a text stands for.
pub(super) fn text(value: &str) -> Option<Cow<'_, str>> {
    Some(collapsed(value))
}

/// The code that a number stands for: `+01` is `1`.
pub(super) fn number(value: &str) -> Option<Cow<'_, str>> {
    <i128 as Leaf>::parse(value).map(|number| Cow::Owned(number.to_string()))
}

impl Leaf for i128 {
    fn parse(value: &str) -> Option<Self> {
        let value = trimmed(value);
        let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if plain { value.parse().ok() } else { None }
    }

    fn write<K: Sink>(&self, sink: &mut K) {
        sink.plain(self);
    }
}

leaf_content!(i128);

/// A number of a line.
impl Leaf for u64 {
    fn parse(value: &str) -> Option<Self> {
        i128::parse(value).and_then(|number| Self::try_from(number).ok())
    }

    fn write<K: Sink>(&self, sink: &mut K) {
        sink.plain(self);
    }
}

leaf_content!(u64);

/// `1` is yes, `2` is no (`TWybor1_2`).
impl Leaf for bool {
    fn parse(value: &str) -> Option<Self> {
        match value {
            "1" => Some(true),
            "2" => Some(false),
            _ => i128::parse(value).filter(|number| matches!(number, 1 | 2)).map(|number| number == 1),
        }
    }

    fn write<K: Sink>(&self, sink: &mut K) {
        sink.plain(if *self { &"1" } else { &"2" });
    }
}

leaf_content!(bool);

/// The value of a mark: always `1` (`TWybor1`).
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wybor1;

impl Leaf for Wybor1 {
    fn parse(value: &str) -> Option<Self> {
        (i128::parse(value) == Some(1)).then_some(Self)
    }

    fn write<K: Sink>(&self, sink: &mut K) {
        sink.plain(&"1");
    }
}

leaf_content!(Wybor1);

/// The seller's prefix: always `PL`, also when the element is empty.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PrefiksPl;

impl Leaf for PrefiksPl {
    fn parse(value: &str) -> Option<Self> {
        matches!(value, "" | "PL").then_some(Self)
    }

    fn write<K: Sink>(&self, sink: &mut K) {
        sink.plain(&"PL");
    }
}

leaf_content!(PrefiksPl);

/// A day: FA(3) has no days with a time zone.
impl Leaf for NaiveDate {
    fn parse(value: &str) -> Option<Self> {
        day(trimmed(value))
    }

    fn write<K: Sink>(&self, sink: &mut K) {
        sink.plain(&self.format("%Y-%m-%d"));
    }
}

leaf_content!(NaiveDate);

/// `YYYY-MM-DD`.
pub(super) fn day(value: &str) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = value.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0_u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok().filter(|year| *year > 0)?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}
