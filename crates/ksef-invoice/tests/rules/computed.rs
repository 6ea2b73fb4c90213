//! What the program computes keeps the rules: any lines, net or gross first, rounded by line or by rate.

use ksef_invoice::fa3::{FaWiersz, Faktura, KodWaluty, StawkaPodatku, Sumy1, Sumy2, Sumy3, Sumy4};
use ksef_invoice::totals::{Basis, Discount, Group, Line, LineSum, Rate, Rounding, sums_of, vat_in_pln};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::base::{findings, invoice};

const RATES: [(Rate, StawkaPodatku); 9] = [
    (Rate::S23, StawkaPodatku::S23),
    (Rate::S22, StawkaPodatku::S22),
    (Rate::S8, StawkaPodatku::S8),
    (Rate::S5, StawkaPodatku::S5),
    (Rate::S4, StawkaPodatku::S4),
    (Rate::ZeroKr, StawkaPodatku::S0Kr),
    (Rate::NpI, StawkaPodatku::NpI),
    (Rate::S7, StawkaPodatku::S7),
    (Rate::S3, StawkaPodatku::S3),
];

/// Index of the rate, quantity in thousandths, price in ten thousandths, discount in hundredths.
type Words = (usize, i64, i64, i64);

fn lines(words: &[Words]) -> Vec<Line> {
    words
        .iter()
        .map(|&(rate, quantity, price, discount)| Line {
            discount: Discount::Amount(Decimal::new(discount, 2)),
            ..Line::new(RATES[rate].0, Decimal::new(quantity, 3), Decimal::new(price, 4))
        })
        .collect()
}

fn written(words: &[Words], lines: &[Line], sums: &[LineSum], basis: Basis) -> Vec<FaWiersz> {
    let line = |(index, ((words, line), sum)): (usize, ((&Words, &Line), &LineSum))| {
        let plain = FaWiersz {
            nr_wiersza_fa: index as u64 + 1,
            p_7: Some("Towar".into()),
            p_8b: Some(line.quantity.into()),
            p_10: Some(sum.discount.into()),
            p_12: Some(RATES[words.0].1),
            ..FaWiersz::default()
        };
        match basis {
            Basis::Net => {
                FaWiersz { p_9a: Some(line.unit_price.into()), p_11: Some(sum.value.into()), ..plain }
            }
            Basis::Gross => {
                FaWiersz { p_9b: Some(line.unit_price.into()), p_11a: Some(sum.value.into()), ..plain }
            }
        }
    };
    words.iter().zip(lines).zip(sums).enumerate().map(line).collect()
}

fn composed(words: &[Words], basis: Basis, rounding: Rounding, exchange: Option<Decimal>) -> Faktura {
    let lines = lines(words);
    let of_lines: Vec<LineSum> = lines.iter().map(|line| line.sum(basis).unwrap()).collect();
    let with_rates = || lines.iter().map(|line| line.rate).zip(&of_lines);
    let sums = sums_of(with_rates(), basis, rounding).unwrap();
    let in_pln =
        vat_in_pln(&sums, with_rates().map(|(rate, sum)| (rate, sum, exchange)), basis, rounding).unwrap();
    let mut invoice = invoice();
    let fa = &mut invoice.fa;
    (fa.sumy_1, fa.sumy_2) = (None, None);
    fa.fa_wiersz = written(words, &lines, &of_lines, basis);
    if let Some(exchange) = exchange {
        fa.kod_waluty = KodWaluty::of("EUR").unwrap();
        fa.fa_wiersz.iter_mut().for_each(|line| line.kurs_waluty = Some(exchange.into()));
    }
    for (group, amounts) in sums.groups().unwrap() {
        let (net, tax) = (amounts.net.into(), amounts.vat.into());
        let pln = exchange.and(in_pln.get(&group).copied()).map(Into::into);
        match group {
            Group::Basic => fa.sumy_1 = Some(Sumy1 { p_13_1: net, p_14_1: tax, p_14_1w: pln }),
            Group::Reduced1 => fa.sumy_2 = Some(Sumy2 { p_13_2: net, p_14_2: tax, p_14_2w: pln }),
            Group::Reduced2 => fa.sumy_3 = Some(Sumy3 { p_13_3: net, p_14_3: tax, p_14_3w: pln }),
            Group::Taxi => fa.sumy_4 = Some(Sumy4 { p_13_4: net, p_14_4: tax, p_14_4w: pln }),
            Group::ZeroKr => fa.p_13_6_1 = Some(net),
            _ => fa.p_13_8 = Some(net),
        }
    }
    fa.p_15 = sums.gross().unwrap().into();
    invoice
}

fn words() -> impl Strategy<Value = Vec<Words>> {
    prop::collection::vec((0usize..9, 1i64..5_000_000, 1i64..50_000_000, 0i64..100), 1..40)
}

proptest! {
    #[test]
    fn totals_that_we_compute_are_right(words in words(), gross: bool, by_line: bool, rate in prop::option::of(1i64..90_000)) {
        let basis = if gross { Basis::Gross } else { Basis::Net };
        let rounding = if by_line { Rounding::PerLine } else { Rounding::PerRate };
        let exchange = rate.map(|rate| Decimal::new(rate, 4));
        prop_assert_eq!(findings(&composed(&words, basis, rounding, exchange)), []);
    }
}
