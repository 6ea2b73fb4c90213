//! Moments.

use std::fmt;

use chrono::{DateTime, Duration, FixedOffset, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone as _, Utc};

use super::content::{Content, Leaf, Sink, Source};
use super::leaf::{day, trimmed};

/// A moment as it was written, `YYYY-MM-DDThh:mm:ss`, perhaps with parts of a second and a time zone.
///
/// The text comes back exactly; two moments are equal when their texts are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DataCzas {
    text: String,
    moment: DateTime<Utc>,
}

impl DataCzas {
    /// Reads a moment of XML Schema with a year of four digits; `None` if the text is none.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let text = trimmed(text);
        parse(text).map(|moment| Self { text: text.to_owned(), moment })
    }

    /// The moment; one without a time zone is taken as UTC, as KSeF does.
    #[must_use]
    pub const fn moment(&self) -> DateTime<Utc> {
        self.moment
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Whole seconds, in UTC.
impl From<DateTime<Utc>> for DataCzas {
    fn from(moment: DateTime<Utc>) -> Self {
        let text = moment.to_rfc3339_opts(SecondsFormat::Secs, true);
        Self { text, moment }
    }
}

impl fmt::Display for DataCzas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Leaf for DataCzas {
    fn parse(value: &str) -> Option<Self> {
        Self::of(value)
    }

    fn write<K: Sink>(&self, sink: &mut K) {
        sink.plain(&self.text);
    }
}

leaf_content!(DataCzas);

fn parse(text: &str) -> Option<DateTime<Utc>> {
    let (date, time) = text.split_once('T')?;
    let day = day(date)?;
    let (clock, zone) = time.split_at(time.find(['Z', '+', '-']).unwrap_or(time.len()));
    let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(clock, part)| (clock, Some(part)));
    let nanoseconds = fraction.map_or(Some(0), nanoseconds)?;
    let &[h1, h2, b':', m1, m2, b':', s1, s2] = clock.as_bytes() else { return None };
    let (hour, minute, second) = (two(h1, h2)?, two(m1, m2)?, two(s1, s2)?);
    let local = match (hour, minute, second) {
        // The end of a day is the beginning of the next.
        (24, 0, 0) if nanoseconds == 0 => NaiveDateTime::new(day.succ_opt()?, NaiveTime::MIN),
        _ => NaiveDateTime::new(day, NaiveTime::from_hms_nano_opt(hour, minute, second, nanoseconds)?),
    };
    offset(zone)?.from_local_datetime(&local).single().map(|moment| moment.to_utc())
}

/// Digits beyond the ninth are kept in the text only.
fn nanoseconds(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{digits:0<9}").get(..9)?.parse().ok()
}

fn offset(zone: &str) -> Option<FixedOffset> {
    match zone.as_bytes() {
        [] | [b'Z'] => FixedOffset::east_opt(0),
        &[sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two(h1, h2)?, two(m1, m2)?);
            let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
            let in_range = minutes < 60 && Duration::seconds(seconds.into()) <= Duration::hours(14);
            FixedOffset::east_opt(if sign == b'-' { -seconds } else { seconds }).filter(|_| in_range)
        }
        _ => None,
    }
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    let both = tens.is_ascii_digit() && ones.is_ascii_digit();
    both.then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
}
