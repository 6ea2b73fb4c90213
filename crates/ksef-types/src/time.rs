use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Warsaw;

/// What time it is. Passed in, so that tests can move it.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// The clock of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// The day in Poland at that moment: the law and people count days there.
#[must_use]
pub fn warsaw_date(moment: DateTime<Utc>) -> NaiveDate {
    moment.with_timezone(&Warsaw).date_naive()
}

/// The moment at which the Polish day of that moment is over.
#[must_use]
pub fn warsaw_day_ends(moment: DateTime<Utc>) -> DateTime<Utc> {
    let next = warsaw_date(moment).succ_opt().unwrap_or(NaiveDate::MAX);
    // Poland changes its clocks at two and three in the morning, so that every midnight is there, once.
    let midnight = next.and_time(chrono::NaiveTime::MIN).and_local_timezone(Warsaw).earliest();
    midnight.map_or(moment, |midnight| midnight.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn the_polish_day_starts_before_the_utc_one() {
        let late = Utc.with_ymd_and_hms(2026, 11, 21, 23, 30, 0).unwrap();
        assert_eq!(warsaw_date(late), NaiveDate::from_ymd_opt(2026, 11, 22).unwrap());
        let summer = Utc.with_ymd_and_hms(2026, 7, 1, 22, 30, 0).unwrap();
        assert_eq!(warsaw_date(summer), NaiveDate::from_ymd_opt(2026, 7, 2).unwrap());
    }

    #[test]
    fn the_day_ends_at_midnight_in_poland() {
        let at = |day, hour| Utc.with_ymd_and_hms(2026, 10, day, hour, 0, 0).unwrap();
        // The clocks go back in the night to the 25th.
        assert_eq!(warsaw_day_ends(at(24, 10)), at(24, 22));
        assert_eq!(warsaw_day_ends(at(24, 22)), at(25, 23));
        assert_eq!(warsaw_day_ends(at(25, 22)), at(25, 23));
    }
}
