//! Advances, final invoices, and their corrections.

use ksef_invoice::draft::{
    AdvanceAmount, AdvanceDraft, AdvancePartDraft, AdvanceReference, DraftKind, InvoiceDraft, PriceBasis,
    next_advance_of, state_of,
};
use ksef_invoice::fa3::{Faktura, FakturaZaliczkowa};
use ksef_types::KsefNumber;

use crate::world::{
    checked, correction_of, day, document, final_of, invoice, line, nip, sound, xmllint_accepts,
};

fn order() -> InvoiceDraft {
    InvoiceDraft {
        kind: DraftKind::Zal,
        ..invoice(vec![
            line("mieszkanie", "1", "341666,67", "8"),
            line("usługi dodatkowe", "1", "5000", "23"),
        ])
    }
}

fn advance(received: &str) -> InvoiceDraft {
    InvoiceDraft {
        advance: Some(AdvanceDraft { received: received.to_owned(), parts: Vec::new() }),
        ..order()
    }
}

fn sums(invoice: &Faktura) -> [String; 4] {
    let (basic, reduced) = (invoice.fa.sumy_1.unwrap(), invoice.fa.sumy_2.unwrap());
    [basic.p_13_1, basic.p_14_1, reduced.p_13_2, reduced.p_14_2].map(|amount| amount.to_string())
}

#[test]
fn an_advance_is_divided_over_the_order() {
    let check = checked(&advance("20 000"));
    assert!(check.is_issuable(), "{:#?}", check.findings);
    assert_eq!(check.totals.whole.as_deref(), Some("375150.00"));
    let invoice = document(&advance("20 000"));
    assert_eq!(sums(&invoice), ["266.56", "61.31", "18214.94", "1457.19"]);
    assert_eq!(invoice.fa.p_15.to_string(), "20000.00");
    let order = invoice.fa.zamowienie.as_ref().unwrap();
    assert_eq!(order.wartosc_zamowienia.to_string(), "375150.00");
    assert_eq!(order.zamowienie_wiersz[0].p_11vat_z.unwrap().to_string(), "27333.33");
    assert_eq!(invoice.fa.fa_wiersz, []);
    xmllint_accepts(&[check.bytes.unwrap()]);
}

#[test]
fn several_payments_make_the_received_amount() {
    let part = |date: &str, amount: &str| AdvancePartDraft {
        date: date.to_owned(),
        amount: amount.to_owned(),
        exchange_rate: String::new(),
    };
    let mut draft = advance("20000");
    draft.advance.as_mut().unwrap().parts = vec![part("2026-11-01", "15000"), part("2026-11-02", "5000")];
    let check = checked(&draft);
    assert!(check.is_issuable(), "{:#?}", check.findings);
    xmllint_accepts(&[check.bytes.unwrap()]);
    draft.advance.as_mut().unwrap().parts.pop();
    let check = checked(&draft);
    assert!(check.findings.iter().any(|finding| finding.error && finding.field == "advance.parts"));
}

#[test]
fn an_order_with_gross_prices_keeps_its_value() {
    let mut draft = InvoiceDraft { prices: PriceBasis::Gross, ..advance("100") };
    draft.lines = vec![line("szafa", "3", "333,33", "23")];
    let invoice = document(&draft);
    let order = invoice.fa.zamowienie.as_ref().unwrap();
    assert_eq!(order.wartosc_zamowienia.to_string(), "999.99");
    let again = document(&InvoiceDraft::of_document(&invoice));
    assert_eq!(again.fa, invoice.fa);
    sound(&invoice);
}

/// The ministry's examples 11 and 12.
#[test]
fn a_corrected_advance_declares_the_difference() {
    let first = document(&advance("20000"));
    let mut draft = correction_of(&first, None);
    assert_eq!(draft.kind, DraftKind::KorZal);
    assert_eq!(draft.correction.as_ref().unwrap().amount_before, "20000.00");
    assert_eq!(document(&draft).fa.p_15.to_string(), "0.00");
    draft.advance.as_mut().unwrap().received = "30000".to_owned();
    let invoice = document(&draft);
    assert_eq!(sums(&invoice), ["133.28", "30.65", "9107.47", "728.60"]);
    assert_eq!(invoice.fa.p_15.to_string(), "10000.00");
    assert_eq!(
        invoice.fa.zamowienie.as_ref().unwrap().zamowienie_wiersz.len(),
        4,
        "both states of every line"
    );
    let mut other_rate = correction_of(&first, None);
    other_rate.lines[0].rate = "23".to_owned();
    let moved = document(&other_rate);
    assert_eq!(moved.fa.p_15.to_string(), "0.00");
    xmllint_accepts(&[sound(&invoice), sound(&moved)]);
}

fn number(tail: u8) -> KsefNumber {
    KsefNumber::compose(nip(), day(), [tail; 6])
}

fn chain() -> (Faktura, Faktura, InvoiceDraft) {
    let first = document(&advance("20000"));
    let mut next = next_advance_of(&state_of(&first, &[]).unwrap());
    assert_eq!((next.kind, next.lines.len()), (DraftKind::Zal, 2));
    next.advance.as_mut().unwrap().received = "55150".to_owned();
    next.number = "ZAL/2".to_owned();
    let second = document(&next);
    let last = final_of(&[(first.clone(), Some(number(1))), (second.clone(), None)]);
    (first, second, last)
}

#[test]
fn a_final_invoice_declares_what_is_left() {
    let (first, second, draft) = chain();
    let check = checked(&draft);
    assert!(check.is_issuable(), "{:#?}", check.findings);
    assert_eq!(check.totals.whole.as_deref(), Some("375150.00"));
    assert_eq!(check.totals.gross, "300000.00");
    let invoice = document(&draft);
    assert_eq!(
        invoice.fa.faktura_zaliczkowa,
        [
            FakturaZaliczkowa::Ksef(number(1).to_string().as_str().into()),
            FakturaZaliczkowa::PozaKsef("ZAL/2".into())
        ]
    );
    // Everything together is the order.
    for sum in [
        |invoice: &Faktura| invoice.fa.sumy_1.unwrap().p_14_1.decimal(),
        |invoice: &Faktura| invoice.fa.sumy_2.unwrap().p_14_2.decimal(),
    ] {
        let whole = if sum(&first) < "100".parse().unwrap() { "1150" } else { "27333.33" };
        assert_eq!(sum(&first) + sum(&second) + sum(&invoice), whole.parse().unwrap());
    }
    xmllint_accepts(&[sound(&first), sound(&second), check.bytes.unwrap()]);
}

#[test]
fn an_order_that_is_paid_leaves_nothing() {
    let first = document(&advance("375150"));
    let draft = final_of(&[(first, Some(number(1)))]);
    let invoice = document(&draft);
    assert_eq!(invoice.fa.p_15.to_string(), "0.00");
    assert_eq!(invoice.fa.sumy_2.unwrap().p_14_2.to_string(), "0.00");
    xmllint_accepts(&[sound(&invoice)]);
}

#[test]
fn a_final_invoice_is_corrected() {
    let (.., draft) = chain();
    let last = document(&draft);
    let mut draft = correction_of(&last, Some(&number(3)));
    assert_eq!(draft.kind, DraftKind::KorRoz);
    assert_eq!(draft.correction.as_ref().unwrap().amount_before, "300000.00");
    draft.lines[1].unit_price = "4000".to_owned();
    let invoice = document(&draft);
    assert_eq!(invoice.fa.p_15.to_string(), "-1230.00");
    assert_eq!(invoice.fa.korekta.as_ref().unwrap().przed_korekta.unwrap().p_15zk.to_string(), "300000.00");
    assert_eq!(invoice.fa.faktura_zaliczkowa.len(), 2);
    xmllint_accepts(&[sound(&invoice)]);
}

/// Art. 106f ust. 4: the last of the advance invoices names the earlier ones, and takes nothing off.
#[test]
fn the_last_advance_names_the_earlier_ones() {
    let (first, ..) = chain();
    let mut draft = next_advance_of(&state_of(&first, &[]).unwrap());
    assert_eq!(draft.settles, [], "the person says which advance is the last one");
    draft.advance.as_mut().unwrap().received = "355150".to_owned();
    let amounts = AdvanceAmount { rate: "23".to_owned(), net: "100".to_owned(), vat: "23".to_owned() };
    draft.settles = vec![
        AdvanceReference { ksef_number: number(1).to_string(), ..AdvanceReference::default() },
        AdvanceReference {
            number: "ZAL/2".to_owned(),
            amounts: vec![amounts],
            ..AdvanceReference::default()
        },
    ];
    let check = checked(&draft);
    assert!(check.is_issuable(), "{:#?}", check.findings);
    assert_eq!(check.totals.gross, "355150.00", "nothing is taken off");
    let last = document(&draft);
    let named = [
        FakturaZaliczkowa::Ksef(number(1).to_string().as_str().into()),
        FakturaZaliczkowa::PozaKsef("ZAL/2".into()),
    ];
    assert_eq!(last.fa.faktura_zaliczkowa, named);
    assert_eq!(document(&InvoiceDraft::of_document(&last)).fa, last.fa);
    // Its correction names them again; the advance after it does not.
    let correction = document(&correction_of(&last, Some(&number(3))));
    assert_eq!(correction.fa.faktura_zaliczkowa, named);
    assert_eq!(next_advance_of(&state_of(&last, &[]).unwrap()).settles, []);
    xmllint_accepts(&[check.bytes.unwrap(), sound(&correction)]);
    draft.settles.push(AdvanceReference::default());
    let nameless = checked(&draft).findings;
    assert!(
        nameless.iter().any(|finding| finding.error && finding.field == "settles.2.number"),
        "{nameless:#?}"
    );
}

/// FA(3), description of ZaliczkaCzesciowa: a final invoice may document payments before the supply itself.
#[test]
fn a_final_invoice_documents_payments_of_its_own() {
    let (.., mut draft) = chain();
    let part = |amount: &str, rate: &str| AdvancePartDraft {
        date: "2026-11-10".to_owned(),
        amount: amount.to_owned(),
        exchange_rate: rate.to_owned(),
    };
    let parts =
        |list: &[AdvancePartDraft]| Some(AdvanceDraft { received: String::new(), parts: list.to_vec() });
    draft.advance = parts(&[part("100 000", ""), part("50000,00", "")]);
    let check = checked(&draft);
    assert!(check.is_issuable(), "{:#?}", check.findings);
    assert_eq!(check.totals.gross, "300000.00", "the payments are a part of it");
    let invoice = document(&draft);
    let written: Vec<_> = invoice.fa.zaliczka_czesciowa.iter().map(|part| part.p_15z.to_string()).collect();
    assert_eq!(written, ["100000.00", "50000.00"]);
    assert_eq!(document(&InvoiceDraft::of_document(&invoice)).fa, invoice.fa);
    assert_eq!(correction_of(&invoice, None).advance, None);
    // All of it may have been paid before, more than all of it not.
    draft.advance = parts(&[part("300000", "")]);
    assert!(checked(&draft).is_issuable());
    draft.advance = parts(&[part("300000", ""), part("0,01", "")]);
    let findings = checked(&draft).findings;
    let errors: Vec<_> = findings.iter().filter(|finding| finding.error).collect();
    assert!(matches!(errors[..], [only] if only.field == "advance.parts"), "{errors:#?}");
    xmllint_accepts(&[check.bytes.unwrap(), sound(&invoice)]);
}

/// As after a last advance that was turned into a final invoice: its references have no amounts.
#[test]
fn advances_of_which_nothing_is_taken_off_are_told() {
    let mut draft = invoice(vec![line("maszyna", "1", "1000", "23")]);
    draft.kind = DraftKind::Roz;
    let named = |number: &str| AdvanceReference { number: number.to_owned(), ..AdvanceReference::default() };
    draft.settles = vec![named("ZAL/1"), named("ZAL/2")];
    let told = |draft: &InvoiceDraft| {
        let findings = checked(draft).findings;
        let told = findings.into_iter().filter(|finding| finding.code == "ADVANCE_NOT_TAKEN_OFF");
        told.map(|finding| (finding.field, finding.error)).collect::<Vec<_>>()
    };
    assert_eq!(told(&draft), [("settles.0.amounts".to_owned(), false)]);
    draft.settles[1].amounts =
        vec![AdvanceAmount { rate: "23".to_owned(), net: "200".to_owned(), vat: "46".to_owned() }];
    assert_eq!(told(&draft), []);
    draft.settles.clear();
    assert_eq!(told(&draft), []);
}

#[test]
fn a_payment_has_an_exchange_rate_of_its_own() {
    let mut draft = invoice(vec![line("maszyna", "1", "1000", "23")]);
    draft.kind = DraftKind::Roz;
    draft.currency = "EUR".to_owned();
    draft.exchange.rate = "4".to_owned();
    draft.settles = vec![AdvanceReference {
        number: "ZAL/1".to_owned(),
        amounts: vec![AdvanceAmount { rate: "23".to_owned(), net: "200".to_owned(), vat: "46".to_owned() }],
        ..AdvanceReference::default()
    }];
    let pln = |draft: &InvoiceDraft| checked(draft).totals.vat_pln;
    assert_eq!(pln(&draft).as_deref(), Some("736.00"));
    let part = |amount: &str, rate: &str| AdvancePartDraft {
        date: "2026-11-10".to_owned(),
        amount: amount.to_owned(),
        exchange_rate: rate.to_owned(),
    };
    // 184 of VAT in 984: a quarter of it was paid at 5, the rest is at 4.
    let parts = vec![part("246", "5"), part("123", "")];
    draft.advance = Some(AdvanceDraft { received: String::new(), parts });
    let check = checked(&draft);
    assert!(check.is_issuable(), "{:#?}", check.findings);
    assert_eq!(check.totals.vat_pln.as_deref(), Some("782.00"));
    let made = document(&draft);
    assert_eq!(made.fa.zaliczka_czesciowa[0].kurs_waluty_zw.unwrap().to_string(), "5");
    assert_eq!(document(&InvoiceDraft::of_document(&made)).fa, made.fa);
    xmllint_accepts(&[sound(&made)]);
    // Rounded once, as the payments of an advance are: half of it at each rate is 98.4561, not 49.00 and 49.4546.
    let mut halves = InvoiceDraft { settles: Vec::new(), ..draft.clone() };
    halves.lines = vec![line("maszyna", "1", "100", "23")];
    halves.exchange.rate = "4.2610".to_owned();
    halves.advance = Some(AdvanceDraft { received: String::new(), parts: vec![part("61.50", "4.3004")] });
    assert_eq!(pln(&halves).as_deref(), Some("98.46"));
    // Paid at its own rate to the last cent, it needs no other.
    draft.exchange.rate.clear();
    draft.advance = Some(AdvanceDraft { received: String::new(), parts: vec![part("984", "5")] });
    assert_eq!(pln(&draft).as_deref(), Some("920.00"));
}
