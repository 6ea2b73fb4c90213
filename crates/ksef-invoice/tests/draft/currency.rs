//! Invoices in another currency.

use ksef_invoice::draft::{
    AdvanceDraft, AdvancePartDraft, DraftKind, ExchangeDraft, InvoiceDraft, LineDraft, SaleMoment,
};

use crate::world::{checked, correction_of, document, final_of, invoice, line, sound, xmllint_accepts};

fn euros() -> InvoiceDraft {
    InvoiceDraft {
        currency: "eur".to_owned(),
        exchange: ExchangeDraft {
            rate: "4,5005".to_owned(),
            day: "2026-11-20".to_owned(),
            table: "226/A/NBP/2026".to_owned(),
        },
        ..invoice(vec![
            line("lodówka", "10", "406", "23"),
            line("zamrażarka", "20", "250", "23"),
            line("zmywarka", "15", "300", "23"),
            line("wysyłka", "1", "100", "0 WDT"),
        ])
    }
}

/// The ministry's example 20.
#[test]
fn vat_is_shown_in_pln_and_the_rate_at_the_lines() {
    let check = checked(&euros());
    assert!(check.is_issuable(), "{:#?}", check.findings);
    assert_eq!((check.totals.vat.as_str(), check.totals.vat_pln.as_deref()), ("3118.80", Some("14036.16")));
    let invoice = document(&euros());
    assert_eq!(invoice.fa.sumy_1.unwrap().p_14_1w.unwrap().to_string(), "14036.16");
    let rates: Vec<_> =
        invoice.fa.fa_wiersz.iter().map(|row| row.kurs_waluty.map(|rate| rate.to_string())).collect();
    let rate = Some("4.5005".to_owned());
    assert_eq!(rates, [rate.clone(), rate.clone(), rate, None]);
    let note = invoice.fa.dodatkowy_opis.last().unwrap();
    assert_eq!(note.wartosc.as_str(), "1 EUR = 4.5005 PLN, tabela 226/A/NBP/2026 z 2026-11-20");
    let again = InvoiceDraft::of_document(&invoice);
    assert_eq!(
        (again.exchange.table.as_str(), again.exchange.day.as_str()),
        ("226/A/NBP/2026", "2026-11-20")
    );
    assert!(
        InvoiceDraft::from_invoice(&invoice).exchange == ExchangeDraft::default(),
        "a copy needs a rate of its own day"
    );
    xmllint_accepts(&[check.bytes.unwrap()]);
}

#[test]
fn the_table_is_of_the_last_working_day_before() {
    let findings = |change: fn(&mut InvoiceDraft)| {
        let mut draft = euros();
        change(&mut draft);
        let check = checked(&draft);
        assert!(check.is_issuable(), "{:#?}", check.findings);
        let days = check.findings.into_iter().filter(|finding| finding.code == "EXCHANGE_RATE_DAY");
        days.map(|finding| (finding.field, finding.error)).collect::<Vec<_>>()
    };
    let told = [("exchange.rate".to_owned(), false)];
    // 2026-11-21 is a Saturday.
    assert_eq!(findings(|_| ()), []);
    assert_eq!(findings(|draft| draft.exchange.day = "2026-11-19".to_owned()), told);
    assert_eq!(findings(|draft| draft.exchange.day = "19.11.2026".to_owned()), told);
    // Sold on Monday, issued on Saturday: the table of the Friday before the sale.
    assert_eq!(findings(|draft| draft.sale = sold("2026-11-16")), told);
    let friday = |draft: &mut InvoiceDraft| {
        draft.sale = sold("2026-11-16");
        draft.exchange.day = "2026-11-13".to_owned();
    };
    assert_eq!(findings(friday), []);
    // A supply within the Union: the tax point is the issuing, at the latest the 15th of the next month.
    let supply = |draft: &mut InvoiceDraft| {
        draft.lines.retain(|line| line.rate == "0 WDT");
        draft.sale = sold("2026-11-16");
    };
    assert_eq!(findings(supply), []);
    // Typed by hand: another bank's, as art. 31a ust. 2a allows.
    assert_eq!(
        findings(
            |draft| draft.exchange = ExchangeDraft { rate: "4,5".to_owned(), ..ExchangeDraft::default() }
        ),
        []
    );
}

fn sold(day: &str) -> SaleMoment {
    SaleMoment::Day { date: day.to_owned() }
}

/// The ministry's example 21: each line has a rate of its own.
#[test]
fn lines_have_rates_of_their_own() {
    let mut draft = euros();
    draft.exchange = ExchangeDraft::default();
    for (line, rate) in draft.lines.iter_mut().zip(["4,4080", "4,5005", "4,3250"]) {
        line.exchange_rate = rate.to_owned();
    }
    let invoice = document(&draft);
    assert_eq!(invoice.fa.sumy_1.unwrap().p_14_1w.unwrap().to_string(), "13768.14");
    assert_eq!(document(&InvoiceDraft::of_document(&invoice)).fa, invoice.fa);
    draft.lines[1].exchange_rate.clear();
    let missing = checked(&draft);
    assert!(missing.findings.iter().any(|finding| finding.error && finding.field == "exchange.rate"));
}

#[test]
fn without_vat_no_rate_is_needed() {
    let mut draft = euros();
    draft.exchange = ExchangeDraft::default();
    draft.lines =
        vec![LineDraft { sale_date: "2026-11-20".to_owned(), ..line("lodówka", "20", "400", "0 EX") }];
    let check = checked(&draft);
    assert!(check.is_issuable(), "{:#?}", check.findings);
    assert_eq!(check.totals.vat_pln, None);
}

#[test]
fn a_correction_keeps_the_rate() {
    let mut draft = correction_of(&document(&euros()), None);
    draft.lines[0].quantity = "9".to_owned();
    let invoice = document(&draft);
    let sums = invoice.fa.sumy_1.unwrap();
    assert_eq!(
        (sums.p_14_1.to_string(), sums.p_14_1w.unwrap().to_string()),
        ("-93.38".to_owned(), "-420.26".to_owned())
    );
    xmllint_accepts(&[sound(&invoice)]);
}

#[test]
fn advances_and_what_is_left() {
    let part = |date: &str, amount: &str, rate: &str| AdvancePartDraft {
        date: date.to_owned(),
        amount: amount.to_owned(),
        exchange_rate: rate.to_owned(),
    };
    let mut draft = InvoiceDraft { kind: DraftKind::Zal, ..euros() };
    draft.lines.pop();
    draft.advance = Some(AdvanceDraft { received: "1230".to_owned(), parts: Vec::new() });
    let plain = document(&draft);
    assert_eq!(plain.fa.kurs_waluty_z.unwrap().to_string(), "4.5005");
    assert_eq!(plain.fa.sumy_1.unwrap().p_14_1w.unwrap().to_string(), "1035.12");
    draft.advance.as_mut().unwrap().parts =
        vec![part("2026-11-01", "615", "4.0"), part("2026-11-02", "615", "5.0")];
    let parts = document(&draft);
    assert_eq!(parts.fa.sumy_1.unwrap().p_14_1w.unwrap().to_string(), "1035.00");
    let mut last = final_of(&[(plain.clone(), None)]);
    last.exchange.rate = "4.6".to_owned();
    let last = document(&last);
    let sums = last.fa.sumy_1.unwrap();
    assert_eq!(sums.p_14_1.to_string(), "2888.80");
    assert_eq!(sums.p_14_1w.unwrap().to_string(), "13288.48");
    xmllint_accepts(&[sound(&plain), sound(&parts), sound(&last)]);
}
