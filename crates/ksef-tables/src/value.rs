//! From what stands in a cell to what a draft holds.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use crate::finding::RowProblem;
use crate::fold::fold;
use crate::sheet::{Cell, Fault};

/// As it would be shown: for comparing, and for keeping what could not be read.
pub(crate) fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Number(text) => text.to_string(),
        Cell::Percent(text) => format!("{text}%"),
        Cell::Date(day) => day.to_string(),
        Cell::Flag(true) => "tak".to_owned(),
        Cell::Flag(false) => "nie".to_owned(),
        Cell::Fault(Fault::Error(text) | Fault::LostDigits(text)) => text.to_string(),
        Cell::Fault(Fault::NoValue) => String::new(),
    }
}

/// A text or a number as typed.
pub(crate) fn text(cell: &Cell) -> Result<String, RowProblem> {
    match cell {
        Cell::Date(day) => Err(RowProblem::DateInText(day.format("%d.%m.%Y").to_string())),
        Cell::Fault(found) => Err(fault(found)),
        _ => Ok(shown(cell)),
    }
}

fn fault(found: &Fault) -> RowProblem {
    match found {
        Fault::Error(text) => RowProblem::CellError(text.to_string()),
        Fault::NoValue => RowProblem::NoValue,
        Fault::LostDigits(text) => RowProblem::LostDigits(text.to_string()),
    }
}

/// An ISO date.
pub(crate) fn date(cell: &Cell) -> Result<String, RowProblem> {
    match cell {
        Cell::Date(day) => Ok(day.to_string()),
        Cell::Fault(found) => Err(fault(found)),
        Cell::Number(number) => {
            let day =
                number.parse().ok().filter(|serial| LIKELY_SERIALS.contains(serial)).and_then(serial_day);
            day.map(|day| day.to_string()).ok_or_else(|| RowProblem::Date(number.to_string()))
        }
        _ => {
            let typed = shown(cell);
            day(&typed).map(|day| day.to_string()).ok_or(RowProblem::Date(typed))
        }
    }
}

/// Days of a spreadsheet that forgot to be shown as days: 2000 to 2099.
const LIKELY_SERIALS: std::ops::RangeInclusive<u64> = 36_526..=73_050;

/// The day of a spreadsheet's count, which takes 1900 for a leap year.
pub(crate) fn serial_day(serial: u64) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(serial))
}

/// A day as people and programs write it; a time behind it and the Polish `r.` do not matter.
pub(crate) fn day(typed: &str) -> Option<NaiveDate> {
    let typed = typed.trim().trim_end_matches("r.").trim_end();
    let typed = typed.split(['T', ' ']).next().unwrap_or(typed);
    let mut parts = typed.split(['-', '.', '/']);
    let numbers = [parts.next()?, parts.next().unwrap_or_default(), parts.next().unwrap_or_default()];
    if parts.next().is_some() || !numbers.iter().all(|part| part.chars().all(|sign| sign.is_ascii_digit())) {
        return None;
    }
    let number = |text: &str| text.parse::<u32>().ok();
    let (year, month, day) = match numbers.map(str::len) {
        [4, 1..=2, 1..=2] => (numbers[0], numbers[1], numbers[2]),
        [1..=2, 1..=2, 4] => (numbers[2], numbers[1], numbers[0]),
        [8, 0, 0] => (&typed[..4], &typed[4..6], &typed[6..]),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year.parse().ok()?, number(month)?, number(day)?)
}

/// Yes or no.
pub(crate) fn flag(cell: &Cell) -> Result<bool, RowProblem> {
    if let Cell::Flag(flag) = cell {
        return Ok(*flag);
    }
    let typed = text(cell)?;
    match fold(&typed).as_str() {
        "tak" | "t" | "yes" | "y" | "1" | "true" | "prawda" | "x" => Ok(true),
        "nie" | "n" | "no" | "0" | "false" | "falsz" => Ok(false),
        _ => Err(RowProblem::Flag(typed)),
    }
}

/// A rate as a draft names it; what is none is kept as typed, for the check of the draft to say.
///
/// `np` and a bare `0` are not guessed at: each stands for several rates.
pub(crate) fn rate(cell: &Cell) -> Result<String, RowProblem> {
    let typed = match cell {
        Cell::Percent(percent) => return Ok(percent.to_string()),
        _ => text(cell)?,
    };
    let named = match fold(&typed).as_str() {
        "zw" | "zwolniona" | "zwolnione" | "zwolniony" => "zw",
        "oo" | "odwrotneobciazenie" => "oo",
        "np1" | "npi" => "np I",
        "np2" | "npii" => "np II",
        "0kr" => "0 KR",
        "0wdt" | "wdt" => "0 WDT",
        "0ex" | "0eksport" | "eksport" => "0 EX",
        "oss" => "oss",
        "marza" | "vatmarza" => "marza",
        _ => "",
    };
    if !named.is_empty() {
        return Ok(named.to_owned());
    }
    let digits = typed.trim_end_matches('%').trim_end().replace(',', ".");
    let Ok(number) = digits.parse::<Decimal>() else { return Ok(typed) };
    // No rate is below one percent: a fraction is a percentage that was stored as a spreadsheet stores it.
    let fraction = number > Decimal::ZERO && number < Decimal::ONE && !typed.ends_with('%');
    let percent = if fraction { number * Decimal::ONE_HUNDRED } else { number };
    Ok(percent.normalize().to_string())
}

/// `GTU_01` from `1`, `01`, `GTU 1`, `gtu_01`.
pub(crate) fn gtu(cell: &Cell) -> Result<String, RowProblem> {
    let typed = text(cell)?;
    let folded = fold(&typed);
    let number = folded.strip_prefix("gtu").unwrap_or(&folded).parse::<u8>();
    Ok(number.map_or(typed, |number| format!("GTU_{number:02}")))
}

/// FormaPlatnosci, `1` to `7`; nothing for words of one's own.
pub(crate) fn payment_form(typed: &str) -> Option<&'static str> {
    let words = fold(typed);
    PAYMENT_FORMS
        .iter()
        .find(|(number, word, others)| {
            words == *number || words == fold(word) || others.contains(&words.as_str())
        })
        .map(|(number, ..)| *number)
}

/// The word of a form's number.
pub(crate) fn payment_form_word(number: &str) -> Option<&'static str> {
    PAYMENT_FORMS.iter().find(|(found, ..)| *found == number).map(|(_, word, _)| *word)
}

const PAYMENT_FORMS: [(&str, &str, &[&str]); 7] = [
    ("1", "gotówka", &["cash"]),
    ("2", "karta", &["card", "kartaplatnicza"]),
    ("3", "bon", &["voucher"]),
    ("4", "czek", &["cheque", "check"]),
    ("5", "kredyt", &["credit"]),
    ("6", "przelew", &["transfer", "przelewbankowy"]),
    ("7", "mobilna", &["mobile", "blik", "platnoscmobilna"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    #[test]
    fn days_in_every_dress() {
        let wanted = NaiveDate::from_ymd_opt(2026, 11, 2);
        for text in [
            "2026-11-02",
            "02.11.2026",
            "2.11.2026 r.",
            "2/11/2026",
            "20261102",
            "2026.11.02 00:00:00",
            "2026-11-02T10:00",
        ] {
            assert_eq!(day(text), wanted, "{text}");
        }
        for text in
            ["", "2.11.26", "31.02.2026", "2026-13-01", "14", "02.11.2026.1", "ąę", "2026-11", "²026-11-02"]
        {
            assert_eq!(day(text), None, "{text}");
        }
        assert_eq!(date(&Cell::Number("46328".into())).unwrap(), "2026-11-02");
        assert!(date(&Cell::Number("14".into())).is_err());
    }

    #[test]
    fn rates_are_named_as_drafts_name_them() {
        for (text, wanted) in [
            ("23%", "23"),
            ("23", "23"),
            ("0,23", "23"),
            ("8 %", "8"),
            ("0.05", "5"),
            ("ZW.", "zw"),
            ("Zwolnione", "zw"),
            ("0wdt", "0 WDT"),
            ("np II", "np II"),
            ("N.P. 1", "np I"),
            ("Marża", "marza"),
            ("np", "np"),
            ("0", "0"),
            ("dwa", "dwa"),
        ] {
            assert_eq!(rate(&typed(text)).unwrap(), wanted, "{text}");
        }
        assert_eq!(rate(&Cell::Percent("23".into())).unwrap(), "23");
        assert_eq!(rate(&Cell::Number("0.23".into())).unwrap(), "23");
    }

    #[test]
    fn marks_and_forms() {
        assert_eq!(gtu(&typed("gtu 7")).unwrap(), "GTU_07");
        assert_eq!(gtu(&Cell::Number("13".into())).unwrap(), "GTU_13");
        assert_eq!(payment_form("Przelew"), Some("6"));
        assert_eq!(payment_form("kompensata"), None);
        assert!(flag(&typed("TAK")).unwrap() && !flag(&typed("Fałsz")).unwrap());
        assert!(flag(&typed("może")).is_err());
    }

    #[test]
    fn what_a_spreadsheet_turned_into_a_day_is_no_number() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        assert!(matches!(text(&Cell::Date(day)), Err(RowProblem::DateInText(_))));
    }
}
