//! Working days in Poland: Monday to Friday without the days that the law makes free.
//!
//! Source: ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy; 6 January since 2011, 24 December since 2025
//! (Dz.U. 2024 poz. 1965).

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// Whether people work on that day: no Saturday, no Sunday, no public holiday.
#[must_use]
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_public_holiday(day)
}

/// Whether the law makes that day free, whatever day of the week it is.
#[must_use]
pub fn is_public_holiday(day: NaiveDate) -> bool {
    is_fixed_holiday(day) || is_movable_holiday(day)
}

/// The last working day before that day; `None` only at the beginning of the calendar.
#[must_use]
pub fn working_day_before(day: NaiveDate) -> Option<NaiveDate> {
    std::iter::successors(day.pred_opt(), NaiveDate::pred_opt).find(|day| is_working_day(*day))
}

/// The first working day after that day; `None` only at the end of the calendar.
#[must_use]
pub fn working_day_after(day: NaiveDate) -> Option<NaiveDate> {
    std::iter::successors(day.succ_opt(), NaiveDate::succ_opt).find(|day| is_working_day(*day))
}

fn is_fixed_holiday(day: NaiveDate) -> bool {
    match (day.month(), day.day()) {
        (1, 1) | (5, 1 | 3) | (8, 15) | (11, 1 | 11) | (12, 25 | 26) => true,
        (1, 6) => day.year() >= 2011,
        (12, 24) => day.year() >= 2025,
        _ => false,
    }
}

/// Easter Sunday and Monday, Pentecost, Corpus Christi.
fn is_movable_holiday(day: NaiveDate) -> bool {
    let Some(easter) = easter_sunday(day.year()) else { return false };
    [0, 1, 49, 60].into_iter().any(|after| easter.checked_add_days(Days::new(after)) == Some(day))
}

/// Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher.
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let (golden, century, in_century) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let moon =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - moon - in_century % 4).rem_euclid(7);
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let days = moon + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_as_the_calendars_have_it() {
        for sunday in [
            "1954-04-18",
            "1981-04-19",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2018-04-01",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2029-04-01",
            "2030-04-21",
            "2038-04-25",
            "2076-04-19",
        ] {
            let sunday = day(sunday);
            assert_eq!(easter_sunday(sunday.year()), Some(sunday));
        }
    }

    #[test]
    fn the_free_days_of_three_years() {
        for (year, free) in [
            (2024, "01-01 01-06 03-31 04-01 05-01 05-03 05-19 05-30 08-15 11-01 11-11 12-25 12-26"),
            (2025, "01-01 01-06 04-20 04-21 05-01 05-03 06-08 06-19 08-15 11-01 11-11 12-24 12-25 12-26"),
            (2026, "01-01 01-06 04-05 04-06 05-01 05-03 05-24 06-04 08-15 11-01 11-11 12-24 12-25 12-26"),
        ] {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let found: Vec<String> = first
                .iter_days()
                .take_while(|day| day.year() == year)
                .filter(|day| is_public_holiday(*day))
                .map(|day| day.format("%m-%d").to_string())
                .collect();
            assert_eq!(found.join(" "), free);
        }
    }

    #[test]
    fn over_the_longest_holidays() {
        assert_eq!(working_day_before(day("2025-12-29")), Some(day("2025-12-23")));
        assert_eq!(working_day_before(day("2026-04-07")), Some(day("2026-04-03")));
        assert_eq!(working_day_after(day("2026-12-23")), Some(day("2026-12-28")));
        assert_eq!(working_day_before(day("2026-11-12")), Some(day("2026-11-10")));
        assert!(!is_working_day(day("2026-11-21")) && is_working_day(day("2026-11-20")));
        assert!(is_working_day(day("2010-01-06")) && is_working_day(day("2024-12-24")));
    }

    proptest! {
        #[test]
        fn before_and_after_meet(days in 0u64..200_000) {
            let day = day("1900-01-01").checked_add_days(Days::new(days)).unwrap();
            let (before, after) = (working_day_before(day).unwrap(), working_day_after(day).unwrap());
            prop_assert!(before < day && day < after && is_working_day(before) && is_working_day(after));
            let between = before.iter_days().skip(1).take_while(|between| *between < after);
            prop_assert!(between.filter(|between| *between != day).all(|between| !is_working_day(between)));
            // Nothing that is bound to the last table before a day ever has to look further back.
            prop_assert!((day - before).num_days() <= 7);
        }
    }
}
