use ksef_invoice::FindingCode;
use ksef_invoice::fa3::{
    FaWiersz, FakturaZaliczkowa, PMarzy, ProceduraMarzy, RodzajFaktury, StawkaPodatku, Sumy4, Sumy5,
};
use proptest::prelude::*;

use super::base::{decimal, findings, invoice, kwota, one_line, right, totals, warns};

#[test]
fn net_and_tax_by_rate() {
    warns(FindingCode::NetTotal, "Fa/P_13_1", |i| {
        // The grand total keeps fitting, so that one fault stands alone.
        totals(i, ("209.99", "46.00"), ("189.99", "16.00"), "461.98");
        i.fa.sumy_2.as_mut().unwrap().p_13_2 = kwota("199.99");
        i.fa.p_15 = kwota("471.98");
    });
    warns(FindingCode::TaxTotal, "Fa/P_14_2", |i| {
        totals(i, ("199.99", "46.00"), ("199.99", "17.00"), "462.98");
    });
    warns(FindingCode::NetTotal, "Fa/P_13_3", |i| {
        i.fa.sumy_3 =
            Some(ksef_invoice::fa3::Sumy3 { p_13_3: kwota("1"), p_14_3: kwota("0"), p_14_3w: None });
        i.fa.p_15 = kwota("462.98");
    });
}

#[test]
fn rounding_of_lines_and_of_totals_is_allowed() {
    // Three lines of 0.10 at 23 %: 0.02 each and 0.06, or 0.07 of the total.
    for tax in ["0.06", "0.07"] {
        right(|i| {
            let total = decimal("0.30") + decimal(tax);
            one_line(i, "0.10", tax, &total.to_string());
            let line = i.fa.fa_wiersz[0].clone();
            i.fa.fa_wiersz =
                (1..=3).map(|number| FaWiersz { nr_wiersza_fa: number, ..line.clone() }).collect();
            i.fa.sumy_1.as_mut().unwrap().p_13_1 = kwota("0.30");
        });
    }
}

#[test]
fn gross_lines() {
    let gross = |i: &mut ksef_invoice::fa3::Faktura| {
        one_line(i, "813", "187", "1000");
        i.fa.fa_wiersz[0].p_11 = None;
        i.fa.fa_wiersz[0].p_11a = Some(kwota("1000"));
    };
    right(gross);
    warns(FindingCode::TaxTotal, "Fa/P_14_1", |i| {
        gross(i);
        i.fa.sumy_1.as_mut().unwrap().p_14_1 = kwota("230");
        i.fa.p_15 = kwota("1043");
    });
}

#[test]
fn other_rates() {
    right(|i| {
        one_line(i, "100", "4", "104");
        i.fa.sumy_1 = None;
        i.fa.sumy_4 = Some(Sumy4 { p_13_4: kwota("100"), p_14_4: kwota("4"), p_14_4w: None });
        i.fa.fa_wiersz[0].p_12 = Some(StawkaPodatku::S4);
    });
    for tax in [Some("21"), None] {
        right(|i| {
            one_line(i, "100", "21", if tax.is_some() { "121" } else { "100" });
            i.fa.sumy_1 = None;
            i.fa.sumy_5 = Some(Sumy5 { p_13_5: kwota("100"), p_14_5: tax.map(kwota) });
            i.fa.fa_wiersz[0].p_12 = None;
            i.fa.fa_wiersz[0].p_12_xii = Some("21".parse().unwrap());
        });
    }
    right(|i| {
        one_line(i, "0", "0", "500");
        i.fa.sumy_1 = None;
        i.fa.p_13_11 = Some(kwota("500"));
        i.fa.adnotacje.pmarzy = PMarzy::Jest(ProceduraMarzy::TowaryUzywane);
        i.fa.fa_wiersz[0].p_12 = None;
        i.fa.fa_wiersz[0].p_11 = None;
        i.fa.fa_wiersz[0].p_11a = Some(kwota("500"));
    });
}

#[test]
fn corrections_by_difference_and_by_pairs() {
    let correction = |i: &mut ksef_invoice::fa3::Faktura| {
        one_line(i, "-100", "-23", "-123");
        super::corrections::make(i, RodzajFaktury::Kor);
    };
    right(correction);
    right(|i| {
        correction(i);
        let line = i.fa.fa_wiersz[0].clone();
        let before = FaWiersz { p_11: Some(kwota("300")), stan_przed: true, ..line.clone() };
        i.fa.fa_wiersz = vec![before, FaWiersz { p_11: Some(kwota("200")), ..line }];
    });
    warns(FindingCode::NetTotal, "Fa/P_13_1", |i| {
        correction(i);
        let line = i.fa.fa_wiersz[0].clone();
        let before = FaWiersz { p_11: Some(kwota("300")), stan_przed: true, ..line.clone() };
        i.fa.fa_wiersz = vec![before, FaWiersz { p_11: Some(kwota("200.01")), ..line }];
        i.fa.sumy_1.as_mut().unwrap().p_13_1 = kwota("-100.02");
        i.fa.p_15 = kwota("-123.02");
    });
    right(|i| {
        correction(i);
        i.fa.fa_wiersz.clear();
    });
    warns(FindingCode::TaxTotal, "Fa/P_14_1", |i| {
        correction(i);
        i.fa.fa_wiersz.clear();
        i.fa.sumy_1.as_mut().unwrap().p_14_1 = kwota("-22");
        i.fa.p_15 = kwota("-122");
        i.fa.sumy_1.as_mut().unwrap().p_13_1 = kwota("-90");
        i.fa.p_15 = kwota("-112");
    });
}

#[test]
fn the_grand_total() {
    right(|i| i.fa.p_15 = kwota("461.99"));
    warns(FindingCode::GrandTotal, "Fa/P_15", |i| i.fa.p_15 = kwota("462.00"));
    right(|i| {
        one_line(i, "0", "0", "450");
        i.fa.rodzaj_faktury = RodzajFaktury::Upr;
        i.fa.sumy_1 = None;
    });
}

#[test]
fn final_invoices_deduct_advances() {
    let settles = |i: &mut ksef_invoice::fa3::Faktura, net: &str, tax: &str, total: &str| {
        one_line(i, "1000", tax, total);
        i.fa.sumy_1.as_mut().unwrap().p_13_1 = kwota(net);
        i.fa.rodzaj_faktury = RodzajFaktury::Roz;
        i.fa.faktura_zaliczkowa = vec![FakturaZaliczkowa::Ksef("5265877635-20250826-0100001AF629-AF".into())];
    };
    right(|i| settles(i, "600", "138", "738"));
    right(|i| settles(i, "0", "0", "0"));
    warns(FindingCode::FinalTotal, "Fa/P_13_1", |i| settles(i, "1100", "253", "1353"));
    warns(FindingCode::TaxTotal, "Fa/P_14_1", |i| settles(i, "600", "140", "740"));
}

proptest! {
    /// Whatever amount is changed by more than rounding explains, a sum says so.
    #[test]
    fn a_changed_amount_is_noticed(field in 0usize..6, change in 2i64..1_000_000, negative: bool) {
        let mut invoice = invoice();
        let change = rust_decimal::Decimal::new(if negative { -change } else { change } + if negative { -1 } else { 1 }, 2);
        let fa = &mut invoice.fa;
        let basic = fa.sumy_1.as_mut().unwrap();
        let amount = match field {
            0 => &mut basic.p_13_1,
            1 => &mut basic.p_14_1,
            2 => &mut fa.sumy_2.as_mut().unwrap().p_13_2,
            3 => &mut fa.sumy_2.as_mut().unwrap().p_14_2,
            4 => &mut fa.p_15,
            _ => fa.fa_wiersz[1].p_11.as_mut().unwrap(),
        };
        *amount = (amount.decimal() + change).into();
        let codes: Vec<FindingCode> = findings(&invoice).into_iter().map(|finding| finding.code).collect();
        let expected = match field {
            0 | 2 => FindingCode::NetTotal,
            1 | 3 => FindingCode::TaxTotal,
            4 => FindingCode::GrandTotal,
            _ => FindingCode::NetTotal,
        };
        prop_assert!(codes.contains(&expected), "{codes:?}");
    }
}
