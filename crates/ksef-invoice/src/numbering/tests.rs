use proptest::prelude::*;

use super::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn pattern(text: &str) -> Pattern {
    Pattern::parse(text).unwrap()
}

#[test]
fn numbers_as_people_write_them() {
    let date = day(2026, 3, 7);
    for (text, number) in [
        ("FV/{nr}/{mm}/{rrrr}", "FV/12/03/2026"),
        ("{nr:4}/{m}/{rr}", "0012/3/26"),
        ("KOR {kw}/{rrrr}-{nr:2}", "KOR 1/2026-12"),
        ("{rrrr}{mm}{dd}{nr:3}", "20260307012"),
        ("Faktura nr {nr}", "Faktura nr 12"),
    ] {
        assert_eq!(pattern(text).format(12, date), number);
        assert_eq!(pattern(text).read(number, date), Some(12), "{text}");
    }
}

#[test]
fn a_number_of_another_pattern_or_period_is_not_read() {
    let series = pattern("FV/{nr}/{mm}/{rrrr}");
    assert_eq!(series.read("FV/12/04/2026", day(2026, 3, 7)), None);
    assert_eq!(series.read("FV/12A/03/2026", day(2026, 3, 7)), None);
    assert_eq!(series.read("FV//03/2026", day(2026, 3, 7)), None);
    assert_eq!(series.read("FV/99999999999/03/2026", day(2026, 3, 7)), None);
    assert_eq!(series.read(" FV/0012/03/2026 ", day(2026, 3, 7)), Some(12));
}

#[test]
fn each_bad_pattern_has_its_reason() {
    use InvalidPattern as Bad;
    for (text, reason) in [
        ("", Bad::NoCounter),
        ("FV/{mm}/{rrrr}", Bad::NoCounter),
        ("{nr}/{nr:3}", Bad::TwoCounters),
        ("{nr}/{MM}", Bad::UnknownToken("MM".to_owned())),
        ("{nr:0}", Bad::UnknownToken("nr:0".to_owned())),
        ("{nr:99}", Bad::UnknownToken("nr:99".to_owned())),
        ("{nr", Bad::Brace),
        ("nr}", Bad::Brace),
        ("{{nr}}", Bad::Brace),
        ("{nr}\u{1}", Bad::Character('\u{1}')),
        ("{nr}\t", Bad::Character('\t')),
        (" {nr}", Bad::Spaces),
        ("FV  {nr}", Bad::Spaces),
        ("{nr}{m}/{rrrr}", Bad::Ambiguous),
        ("{m}7{nr}/{rrrr}", Bad::Ambiguous),
    ] {
        assert_eq!(Pattern::parse(text), Err(reason), "{text}");
    }
    assert_eq!(Pattern::parse(&format!("{{nr}}{}", "x".repeat(247))), Err(Bad::TooLong));
    assert!(Pattern::parse(&format!("{{nr}}{}", "x".repeat(246))).is_ok());
}

#[test]
fn a_counter_that_starts_again_needs_its_period_in_the_number() {
    assert_eq!(pattern("FV/{nr}").suits(Reset::Never), Ok(()));
    for (text, reset, suits) in [
        ("FV/{nr}", Reset::Yearly, false),
        ("FV/{nr}/{rr}", Reset::Yearly, true),
        ("FV/{nr}/{rr}", Reset::Quarterly, false),
        ("FV/{nr}/{kw}/{rr}", Reset::Quarterly, true),
        ("FV/{nr}/{m}/{rr}", Reset::Quarterly, true),
        ("FV/{nr}/{kw}/{rr}", Reset::Monthly, false),
        ("FV/{nr}/{mm}", Reset::Monthly, false),
        ("FV/{nr}/{mm}/{rrrr}", Reset::Monthly, true),
    ] {
        let answer = if suits { Ok(()) } else { Err(InvalidPattern::Repeats(reset)) };
        assert_eq!(pattern(text).suits(reset), answer, "{text}");
    }
}

#[test]
fn periods() {
    let date = day(2026, 11, 21);
    assert_eq!(period(date, Reset::Never), "");
    assert_eq!(period(date, Reset::Yearly), "2026");
    assert_eq!(period(date, Reset::Quarterly), "2026-Q4");
    assert_eq!(period(date, Reset::Monthly), "2026-11");
}

fn any_reset() -> impl Strategy<Value = Reset> {
    prop_oneof![Just(Reset::Never), Just(Reset::Yearly), Just(Reset::Quarterly), Just(Reset::Monthly)]
}

fn any_part() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "{nr}", "{nr:4}", "{mm}", "{m}", "{kw}", "{rr}", "{rrrr}", "{dd}", "/", "-", "FV", "1", "07", "{",
        " ", "ż",
    ])
}

/// Days of less than a hundred years, after which `{rr}` comes again.
fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..36_000).prop_map(|days| day(2006, 1, 1) + chrono::Days::new(days))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, max_global_rejects: 200_000, ..ProptestConfig::default() })]

    #[test]
    fn numbers_of_a_series_never_repeat(
        parts in proptest::collection::vec(any_part(), 1..8),
        reset in any_reset(),
        one in (1u32..2000, any_day()),
        other in (1u32..2000, any_day()),
    ) {
        let Ok(series) = Pattern::parse(&parts.concat()) else { return Ok(()) };
        prop_assume!(series.suits(reset).is_ok());
        let key = |(counter, date): (u32, NaiveDate)| (counter, period(date, reset));
        if key(one) != key(other) {
            prop_assert_ne!(series.format(one.0, one.1), series.format(other.0, other.1));
        }
    }

    #[test]
    fn a_written_number_is_read_again(
        parts in proptest::collection::vec(any_part(), 1..8),
        counter in any::<u32>(),
        date in any_day(),
    ) {
        let Ok(series) = Pattern::parse(&parts.concat()) else { return Ok(()) };
        let number = series.format(counter, date);
        prop_assert_eq!(series.read(&number, date), Some(counter));
        prop_assert!(number.chars().count() <= 256);
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,40}", number in ".{0,40}") {
        if let Ok(series) = Pattern::parse(&text) {
            let _ = series.read(&number, day(2026, 1, 1));
        }
    }
}
