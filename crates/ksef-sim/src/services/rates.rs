//! Table A of the simulated National Bank: for each working day a table with a number, for each currency a rate that
//! is the same whenever it is asked for.

use chrono::{Datelike as _, NaiveDate};
use ksef_types::{is_working_day, working_day_before};

use super::Lot;

/// A currency of table A.
pub(super) struct Currency {
    pub(super) code: &'static str,
    /// As the table calls it.
    pub(super) name: &'static str,
    /// Around this rate, in units of the last digit.
    around: u64,
    /// Digits after the point.
    scale: usize,
}

const fn currency(code: &'static str, name: &'static str, around: u64, scale: usize) -> Currency {
    Currency { code, name, around, scale }
}

/// In the order of the table. Bulgaria has the euro since 2026.
const CURRENCIES: [Currency; 33] = [
    currency("THB", "bat (Tajlandia)", 1_125, 4),
    currency("USD", "dolar amerykański", 36_520, 4),
    currency("AUD", "dolar australijski", 23_910, 4),
    currency("HKD", "dolar Hongkongu", 4_690, 4),
    currency("CAD", "dolar kanadyjski", 26_130, 4),
    currency("NZD", "dolar nowozelandzki", 20_970, 4),
    currency("SGD", "dolar singapurski", 28_140, 4),
    currency("EUR", "euro", 42_500, 4),
    currency("HUF", "forint (Węgry)", 10_930, 6),
    currency("CHF", "frank szwajcarski", 45_480, 4),
    currency("GBP", "funt szterling", 48_790, 4),
    currency("UAH", "hrywna (Ukraina)", 872, 4),
    currency("JPY", "jen (Japonia)", 23_610, 6),
    currency("CZK", "korona czeska", 1_743, 4),
    currency("DKK", "korona duńska", 5_692, 4),
    currency("ISK", "korona islandzka", 29_030, 6),
    currency("NOK", "korona norweska", 3_624, 4),
    currency("SEK", "korona szwedzka", 3_871, 4),
    currency("RON", "lej rumuński", 8_352, 4),
    currency("BGN", "lew (Bułgaria)", 21_730, 4),
    currency("TRY", "lira turecka", 865, 4),
    currency("ILS", "nowy izraelski szekel", 11_204, 4),
    currency("CLP", "peso chilijskie", 3_902, 6),
    currency("PHP", "peso filipińskie", 621, 4),
    currency("MXN", "peso meksykańskie", 1_982, 4),
    currency("ZAR", "rand (Republika Południowej Afryki)", 2_123, 4),
    currency("BRL", "real (Brazylia)", 6_804, 4),
    currency("MYR", "ringgit (Malezja)", 8_815, 4),
    currency("IDR", "rupia indonezyjska", 21_934, 8),
    currency("INR", "rupia indyjska", 41_027, 6),
    currency("KRW", "won południowokoreański", 2_504, 6),
    currency("CNY", "yuan renminbi (Chiny)", 5_127, 4),
    currency("XDR", "SDR (MFW)", 49_710, 4),
];

/// The first table that the service has.
pub(super) const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2002, 1, 2).unwrap();

/// Those of a day's table.
pub(super) fn currencies(day: NaiveDate) -> impl Iterator<Item = &'static Currency> {
    CURRENCIES.iter().filter(move |currency| currency.code != "BGN" || day.year() < 2026)
}

/// One of a day's table, by its code in any case.
pub(super) fn find(code: &str, day: NaiveDate) -> Option<&'static Currency> {
    currencies(day).find(|currency| currency.code.eq_ignore_ascii_case(code))
}

/// Whether there is a table of that day, once its time has come.
pub(super) fn has_table(day: NaiveDate) -> bool {
    day >= FIRST && is_working_day(day)
}

/// `226/A/NBP/2026`: the tables of a year are counted.
pub(super) fn number(day: NaiveDate) -> String {
    let year = day.year();
    let before = std::iter::successors(Some(day), |day| working_day_before(*day));
    let place = before.take_while(|earlier| earlier.year() == year).count();
    format!("{place:03}/A/NBP/{year}")
}

impl Currency {
    /// PLN for one unit, as JSON writes the number: without zeros at the end.
    pub(super) fn rate(&self, day: NaiveDate) -> String {
        let mut lot = Lot::of(&format!("{} {day}", self.code));
        // Within two hundredths of the usual.
        let span = self.around / 25;
        let units = self.around - span / 2 + lot.below(span + 1);
        let digits = format!("{units:0width$}", width = self.scale + 1);
        let (whole, part) = digits.split_at(digits.len() - self.scale);
        format!("{whole}.{part}").trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn tables_are_counted_by_working_days() {
        // As the bank numbered its own: the second working day of 2026 was 5 January, the 6th was free.
        assert_eq!(number(day("2026-01-02")), "001/A/NBP/2026");
        assert_eq!(number(day("2026-01-07")), "003/A/NBP/2026");
        assert!(
            !has_table(day("2026-12-24")) && !has_table(day("2026-11-21")) && has_table(day("2026-11-20"))
        );
    }

    #[test]
    fn rates_are_repeatable_and_different() {
        let euro = find("eur", day("2026-11-20")).unwrap();
        assert_eq!(euro.rate(day("2026-11-20")), euro.rate(day("2026-11-20")));
        let week: std::collections::BTreeSet<String> =
            (16..=20).map(|of| euro.rate(NaiveDate::from_ymd_opt(2026, 11, of).unwrap())).collect();
        assert!(week.len() >= 4 && week.iter().all(|rate| rate.starts_with("4.")), "{week:?}");
        let rupiah = find("IDR", day("2026-11-20")).unwrap().rate(day("2026-11-20"));
        assert!(rupiah.starts_with("0.0002") && rupiah.len() <= 10, "{rupiah}");
        assert!(find("BGN", day("2026-01-02")).is_none() && find("BGN", day("2025-12-30")).is_some());
    }
}
