//! Currencies and rates of exchange.

use rust_decimal::Decimal;

use super::review::Review;
use super::spot::Spot;
use super::totals::{Bucket, Totals};
use crate::fa3::RodzajFaktury;
use crate::finding::FindingCode;

/// Codes of ISO 4217 that are no money: nothing, tests, metals, units of account.
const NO_MONEY: &[&str] =
    &["XXX", "XAG", "XAU", "XPD", "XPT", "XBA", "XBB", "XBC", "XBD", "XDR", "XSU", "XUA"];

/// `XXX` means "no currency": amounts in it contradict themselves. Metals and units of account are only unusual.
pub(super) fn money(review: &mut Review<'_>) {
    let code = review.fa.kod_waluty.as_str();
    if !NO_MONEY.contains(&code) {
        return;
    }
    let spot = Spot::fa().at("KodWaluty");
    match code {
        "XXX" => review.refuse(
            FindingCode::NoCurrency,
            spot,
            "XXX oznacza brak waluty. Podaj walutę, w której są kwoty na fakturze.",
            "XXX means no currency. Give the currency of the amounts on the invoice.",
        ),
        code => review.warn(
            FindingCode::NoCurrency,
            spot,
            &format!("{code} to kruszec albo jednostka rozliczeniowa, a nie waluta. Sprawdź kod."),
            &format!("{code} is a metal or a unit of account, no currency. Check the code."),
        ),
    }
}

/// A rate of exchange is above zero, and an invoice in złoty has none.
pub(super) fn exchange_rates(review: &mut Review<'_>) {
    let fa = review.fa;
    let lines =
        fa.fa_wiersz.iter().enumerate().filter_map(|(index, line)| {
            line.kurs_waluty.map(|rate| (Spot::line(index).at("KursWaluty"), rate))
        });
    let advance = fa.kurs_waluty_z.map(|rate| (Spot::fa().at("KursWalutyZ"), rate));
    let parts = fa.zaliczka_czesciowa.iter().enumerate().filter_map(|(index, part)| {
        let spot = Spot::fa().nth("ZaliczkaCzesciowa", index).at("KursWalutyZW");
        part.kurs_waluty_zw.map(|rate| (spot, rate))
    });
    let mut in_pln_said = false;
    for (spot, rate) in advance.into_iter().chain(parts).chain(lines) {
        if rate.decimal() <= Decimal::ZERO {
            review.refuse(
                FindingCode::ExchangeRate,
                spot,
                &format!("kurs {rate} nie jest większy od zera. Podaj kurs, po którym przeliczono podatek."),
                &format!("the rate {rate} is not above zero. Give the rate that the tax was converted with."),
            );
        } else if review.is_in_pln() && !in_pln_said {
            in_pln_said = true;
            review.warn(
                FindingCode::ExchangeRateInPln,
                spot,
                "faktura jest w złotych, więc kurs nic nie znaczy. Usuń kurs albo zmień walutę.",
                "the invoice is in złoty, so a rate means nothing. Remove the rate or change the currency.",
            );
        }
    }
}

/// Tax is always given in złoty: a taxed line in another currency needs the rate by which it was converted.
/// Art. 106e ust. 11, art. 31a; FA(3): KursWaluty, KursWalutyZ. Said once, at the first line.
pub(super) fn missing_rates(review: &mut Review<'_>) {
    if review.is_in_pln() || review.is_correction() {
        return;
    }
    let fa = review.fa;
    if review.kind() == RodzajFaktury::Zal {
        let has_rate = fa.kurs_waluty_z.is_some()
            || fa.zaliczka_czesciowa.iter().any(|part| part.kurs_waluty_zw.is_some());
        if !has_rate && Totals::of(fa).has_tax() {
            say_missing(review, Spot::fa().at("KursWalutyZ"));
        }
        return;
    }
    let missing = fa.fa_wiersz.iter().position(|line| {
        let is_taxed = line.p_12.and_then(Bucket::percent_of).is_some_and(|percent| !percent.is_zero());
        is_taxed && line.kurs_waluty.is_none()
    });
    if let Some(index) = missing.filter(|_| fa.kurs_waluty_z.is_none()) {
        say_missing(review, Spot::line(index).at("KursWaluty"));
    }
}

fn say_missing(review: &mut Review<'_>, spot: Spot) {
    let code = review.fa.kod_waluty;
    review.warn(
        FindingCode::ExchangeRateMissing,
        spot,
        &format!("brakuje kursu {code}, po którym przeliczono podatek na złote. Podaj kurs NBP z dnia roboczego przed sprzedażą."),
        &format!("the rate of {code} by which the tax was converted to złoty is missing. Give the National Bank's rate of the working day before the sale."),
    );
}

/// Tax in złoty beside the tax in the invoice's currency. Art. 106e ust. 11.
pub(super) fn tax_in_pln(review: &mut Review<'_>) {
    let totals = Totals::of(review.fa);
    for bucket in Bucket::WITH_TAX_IN_PLN {
        let stated = totals.stated(bucket);
        let (Some(tax), Some(field)) = (stated.tax, bucket.pln_field()) else { continue };
        let spot = Spot::fa().at(field);
        match stated.tax_in_pln {
            Some(_) if review.is_in_pln() => review.warn(
                FindingCode::TaxInPlnOnPln,
                spot,
                "pole jest dla faktur w walucie obcej, a ta jest w złotych. Usuń je.",
                "this field is for invoices in other currencies, and this one is in złoty. Remove it.",
            ),
            Some(in_pln) => compare_in_pln(review, spot, bucket, tax, in_pln),
            None if !review.is_in_pln() && !tax.is_zero() => review.warn(
                FindingCode::TaxInPlnMissing,
                spot,
                "brakuje kwoty podatku w złotych, którą trzeba podać na fakturze w walucie obcej.",
                "the tax in złoty is missing, which an invoice in another currency must state.",
            ),
            None => {}
        }
    }
}

/// By the one rate of the invoice, or each line by its own. What advances or a state before take off is not at the lines, so
/// that lines of several rates say nothing of a final invoice or a correction.
fn compare_in_pln(review: &mut Review<'_>, spot: Spot, bucket: Bucket, tax: Decimal, in_pln: Decimal) {
    let fa = review.fa;
    // Payments at rates of their own: how much of the tax is at which, is not said.
    if fa.zaliczka_czesciowa.iter().any(|part| part.kurs_waluty_zw.is_some()) {
        return;
    }
    let lines: Option<Vec<(Decimal, Decimal)>> = fa
        .fa_wiersz
        .iter()
        .filter(|line| Bucket::of(line, fa) == Some(bucket))
        .map(|line| Some((Bucket::tax_of(line)?, line.kurs_waluty?.decimal())))
        .collect();
    let lines = lines.unwrap_or_default();
    let one_rate = match (fa.kurs_waluty_z, lines.split_first()) {
        (Some(rate), _) => Some(rate.decimal()),
        (None, Some(((_, rate), others))) => others.iter().all(|line| line.1 == *rate).then_some(*rate),
        (None, None) => return,
    };
    let (expected, slack) = match one_rate {
        Some(rate) => (tax * rate, rate * Decimal::from(lines.len() + 1)),
        None if matches!(fa.rodzaj_faktury, RodzajFaktury::Vat | RodzajFaktury::Upr) => {
            let highest = lines.iter().map(|line| line.1).max().unwrap_or(Decimal::ONE);
            let count = Decimal::from(lines.len() + 1);
            (lines.iter().map(|(tax, rate)| tax * rate).sum(), highest * count)
        }
        None => return,
    };
    // A hundredth of the currency for the rounding of each line, in złoty.
    let tolerance = slack.max(Decimal::ONE) * Decimal::new(1, 2);
    if (expected - in_pln).abs() > tolerance {
        let expected =
            expected.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        review.differs(
            FindingCode::TaxInPln,
            spot,
            (in_pln, expected),
            ("podatek przeliczony po kursie", "the tax converted by its rate"),
        );
    }
}
