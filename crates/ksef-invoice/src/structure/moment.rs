//! Days and moments of XML Schema.

use super::model::Simple;
use super::value::ValueFault;

/// `YYYYMMDD` of a day `YYYY-MM-DD` that the calendar has.
pub(super) fn day_key(value: &str) -> Option<i128> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = value.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i128, |sum, digit| {
            digit.is_ascii_digit().then(|| sum * 10 + i128::from(digit - b'0'))
        })
    };
    let (year, month, day) = (number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?);
    (year > 0 && (1..=days_in_month(year, month)).contains(&day)).then_some(year * 10_000 + month * 100 + day)
}

const fn days_in_month(year: i128, month: i128) -> i128 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

/// A moment: whole seconds since 1970, whether a part of a second follows, whether a time zone was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moment {
    seconds: i128,
    has_fraction: bool,
    zoned: bool,
}

/// Checks `xsd:dateTime` with its bounds.
///
/// A moment without a time zone is taken as UTC, and one that falls exactly on a bound is not comparable with it:
/// so does libxml2, and the schema's bounds all have a zone. Like libxml2 it allows white space only after a zone.
pub(super) fn check(simple: &Simple, value: &str) -> Result<(), ValueFault> {
    const SPACES: [char; 4] = [' ', '\t', '\n', '\r'];
    let trimmed = value.trim_end_matches(SPACES);
    if trimmed.is_empty() {
        return Err(ValueFault::Empty);
    }
    let parsed = parse(trimmed).filter(|moment| moment.zoned || trimmed.len() == value.len());
    let moment = parsed.ok_or(ValueFault::NotDateTime)?;
    let on = |bound: i128| moment.seconds == bound && !moment.has_fraction;
    let above = simple.min.is_none_or(|min| moment.seconds >= min && (moment.zoned || !on(min)));
    let below = simple.max.is_none_or(|max| moment.seconds < max || (on(max) && moment.zoned));
    if above && below { Ok(()) } else { Err(ValueFault::OutOfRange) }
}

/// `YYYY-MM-DDThh:mm:ss(.s+)?(Z|±hh:mm)?`, years of more than four digits and before our era included.
fn parse(value: &str) -> Option<Moment> {
    let (date, time) = value.split_once('T')?;
    let day = days(date)?;
    let clock_end = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(clock_end);
    let (clock, fraction) =
        clock.split_once('.').map_or((clock, None), |(clock, fraction)| (clock, Some(fraction)));
    let has_fraction = match fraction {
        None => false,
        Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.bytes().any(|byte| byte != b'0')
        }
        Some(_) => return None,
    };
    let &[h1, h2, b':', m1, m2, b':', s1, s2] = clock.as_bytes() else { return None };
    let (hour, minute, second) = (two(h1, h2)?, two(m1, m2)?, two(s1, s2)?);
    let midnight = hour == 24 && minute == 0 && second == 0 && !has_fraction;
    if minute > 59 || second > 59 || (hour > 23 && !midnight) {
        return None;
    }
    let offset = offset(zone)?;
    let seconds = ((day * 24 + hour) * 60 + minute) * 60 + second - offset * 60;
    Some(Moment { seconds, has_fraction, zoned: !zone.is_empty() })
}

fn two(tens: u8, ones: u8) -> Option<i128> {
    let both = tens.is_ascii_digit() && ones.is_ascii_digit();
    both.then(|| i128::from(tens - b'0') * 10 + i128::from(ones - b'0'))
}

/// Minutes east of Greenwich.
fn offset(zone: &str) -> Option<i128> {
    match zone.as_bytes() {
        [] | [b'Z'] => Some(0),
        &[sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two(h1, h2)?, two(m1, m2)?);
            let offset = hours * 60 + minutes;
            (hours < 24 && minutes < 60 && offset <= 840).then_some(if sign == b'-' {
                -offset
            } else {
                offset
            })
        }
        _ => None,
    }
}

/// Days since 1970 of a date.
fn days(date: &str) -> Option<i128> {
    let (negative, date) = date.strip_prefix('-').map_or((false, date), |rest| (true, rest));
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let shape = year.len() >= 4
        && (year.len() == 4 || !year.starts_with('0'))
        && year.len() <= 18
        && month.len() == 2
        && day.len() == 2
        && [year, month, day].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if !shape || parts.next().is_some() {
        return None;
    }
    let (year, month, day): (i128, i128, i128) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let year = if negative { -year } else { year };
    if year == 0 || !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    // Days of the Gregorian calendar, years counted from March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(365 * year + leaps + (month * 153 + 2) / 5 + day - 1 - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(value: &str) -> Option<i128> {
        parse(value).map(|moment| moment.seconds)
    }

    #[test]
    fn moments_are_those_of_chrono() {
        for value in [
            "1970-01-01T00:00:00Z",
            "2025-09-01T00:00:00+02:00",
            "2050-01-01T23:59:59Z",
            "2000-02-29T12:30:15-14:00",
        ] {
            let expected = chrono::DateTime::parse_from_rfc3339(value).unwrap().timestamp();
            assert_eq!(seconds(value), Some(i128::from(expected)), "{value}");
        }
        assert_eq!(seconds("2026-01-01T24:00:00Z"), seconds("2026-01-02T00:00:00Z"));
    }

    #[test]
    fn what_is_no_moment() {
        for value in [
            "2026-02-30T00:00:00Z",
            "2026-1-01T00:00:00Z",
            "2026-01-01",
            "2026-01-01T24:00:01Z",
            "2026-01-01T23:60:00Z",
            "2026-01-01T23:00:60Z",
            "2026-01-01T23:00:00+14:01",
            "2026-01-01T23:00:00.Z",
            "2026-01-01T23:00Z",
            "02026-01-01T23:00:00Z",
            "0000-01-01T00:00:00Z",
            "2026-01-01t00:00:00Z",
        ] {
            assert_eq!(parse(value), None, "{value}");
        }
    }
}
