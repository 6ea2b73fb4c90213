//! Drafts of every kind, made at random and without a fault.

use ksef_invoice::draft::{
    AccountDraft, AdvanceAmount, AdvanceDraft, AdvanceReference, CorrectedReference, CorrectionDraft,
    CorrectionMethod, DescriptionDraft, DraftKind, ExchangeDraft, ExemptionBasis, InvoiceDraft, LineDraft,
    MarginScheme, PaidState, PriceBasis, SaleMoment, TermDraft, VatRounding,
};
use proptest::prelude::*;

use crate::world::{buyer, invoice};

const RATES: &[&str] =
    &["23", "22", "8", "7", "5", "4", "3", "0 KR", "0 EX", "zw", "np I", "oo", "marza", "oss"];

fn any_text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-zA-Zżółć<&>\"'0-9]{1,12}( [a-z€]{1,8}){0,3}").unwrap()
}

fn any_decimal(most: i64, places: u32) -> impl Strategy<Value = String> {
    (1..most, 0..=places)
        .prop_map(|(units, places)| rust_decimal::Decimal::new(units, places).to_string().replace('.', ","))
}

fn any_line() -> impl Strategy<Value = LineDraft> {
    let discount =
        prop_oneof![4 => Just(String::new()), 1 => Just("5%".to_owned()), 1 => Just("0,5".to_owned())];
    (
        any_text(),
        any_decimal(1_000_000, 6),
        any_decimal(100_000_000, 8),
        discount,
        proptest::sample::select(RATES),
        proptest::option::of(any_text()),
        any::<bool>(),
    )
        .prop_map(|(name, quantity, unit_price, discount, rate, index, annex_15)| LineDraft {
            name,
            quantity,
            unit: "szt.".to_owned(),
            unit_price,
            discount,
            rate: rate.to_owned(),
            oss_rate: if rate == "oss" { "19,5".to_owned() } else { String::new() },
            index: index.unwrap_or_default(),
            annex_15,
            ..LineDraft::default()
        })
}

/// A line of a correction: as it was, changed, taken away or added.
fn any_change() -> impl Strategy<Value = LineDraft> {
    (any_line(), any_line(), 0..5).prop_map(|(before, after, change)| {
        let before_box = Some(Box::new(before.clone()));
        match change {
            0 => LineDraft { before: before_box, ..before },
            1 => LineDraft { before: before_box, unit_price: after.unit_price, ..before },
            2 => LineDraft { before: before_box, removed: true, ..before },
            3 => LineDraft { before: before_box, ..after },
            _ => after,
        }
    })
}

fn any_lines() -> impl Strategy<Value = Vec<LineDraft>> {
    proptest::collection::vec(any_line(), 1..12)
}

/// Fields that every kind has.
fn any_frame() -> impl Strategy<Value = InvoiceDraft> {
    let sale = prop_oneof![
        Just(SaleMoment::Unsaid),
        Just(SaleMoment::Day { date: "2026-11-20".to_owned() }),
        Just(SaleMoment::Period { from: "2026-11-01".to_owned(), to: "2026-11-20".to_owned() }),
    ];
    (
        sale,
        any::<(bool, bool, bool, bool)>(),
        proptest::collection::vec((any_text(), any_text()), 0..3),
        proptest::option::of(any_text()),
        prop_oneof![Just("PLN"), Just("EUR")],
    )
        .prop_map(|(sale, (gross, per_line, account, table), descriptions, notes, currency)| {
            let mut draft = invoice(Vec::new());
            draft.buyer = buyer();
            draft.sale = sale;
            draft.prices = if gross { PriceBasis::Gross } else { PriceBasis::Net };
            draft.rounding = if per_line { VatRounding::PerLine } else { VatRounding::PerRate };
            draft.descriptions = descriptions
                .into_iter()
                .map(|(key, value)| DescriptionDraft { line: String::new(), key, value })
                .collect();
            draft.notes = notes.unwrap_or_default();
            draft.currency = currency.to_owned();
            if currency == "EUR" {
                draft.exchange = ExchangeDraft {
                    rate: "4,2617".to_owned(),
                    day: if table { "2026-11-20".to_owned() } else { String::new() },
                    table: if table { "226/A/NBP/2026".to_owned() } else { String::new() },
                };
            }
            if account {
                draft.payment.accounts.push(AccountDraft {
                    number: "61 1090 1014 0000 0712 1981 2874".to_owned(),
                    ..AccountDraft::default()
                });
                draft.payment.form = "6".to_owned();
                draft.payment.terms.push(TermDraft { days: "14".to_owned(), ..TermDraft::default() });
            } else {
                draft.payment.paid = PaidState::Paid;
                draft.payment.paid_on = "2026-11-20".to_owned();
            }
            draft.annotations.exemption = ExemptionBasis::Act;
            draft.annotations.exemption_text = "art. 113 ust. 1".to_owned();
            draft.annotations.margin = MarginScheme::UsedGoods;
            draft
        })
}

fn corrected() -> CorrectionDraft {
    CorrectionDraft {
        reason: "pomyłka".to_owned(),
        effect: "1".to_owned(),
        corrected: vec![CorrectedReference {
            number: "FV/9".to_owned(),
            issue_date: "2026-10-01".to_owned(),
            ksef_number: String::new(),
        }],
        ..CorrectionDraft::default()
    }
}

pub(crate) fn any_draft() -> impl Strategy<Value = InvoiceDraft> {
    let plain = (any_frame(), any_lines(), any::<bool>()).prop_map(|(frame, lines, simplified)| {
        InvoiceDraft { kind: if simplified { DraftKind::Upr } else { DraftKind::Vat }, lines, ..frame }
    });
    let advance =
        (any_frame(), any_lines(), 1i64..1_000_000_000).prop_map(|(frame, lines, received)| InvoiceDraft {
            kind: DraftKind::Zal,
            lines,
            advance: Some(AdvanceDraft {
                received: rust_decimal::Decimal::new(received, 2).to_string(),
                parts: Vec::new(),
            }),
            ..frame
        });
    let last = (any_frame(), any_lines(), 0i64..10_000).prop_map(|(frame, lines, net)| InvoiceDraft {
        kind: DraftKind::Roz,
        settles: vec![AdvanceReference {
            number: "ZAL/1".to_owned(),
            ksef_number: String::new(),
            amounts: vec![AdvanceAmount {
                rate: lines[0].rate.clone(),
                net: rust_decimal::Decimal::new(net, 2).to_string(),
                vat: String::new(),
            }],
        }],
        lines,
        ..frame
    });
    let correction = (any_frame(), proptest::collection::vec(any_change(), 0..8), any::<(bool, bool)>())
        .prop_map(|(frame, lines, (difference, last))| InvoiceDraft {
            kind: if last { DraftKind::KorRoz } else { DraftKind::Kor },
            correction: Some(CorrectionDraft {
                method: if difference {
                    CorrectionMethod::Difference
                } else {
                    CorrectionMethod::BeforeAndAfter
                },
                amount_before: if last { "100".to_owned() } else { String::new() },
                ..corrected()
            }),
            settles: if last {
                vec![AdvanceReference { number: "ZAL/1".to_owned(), ..AdvanceReference::default() }]
            } else {
                Vec::new()
            },
            lines,
            ..frame
        });
    let corrected_advance = (any_frame(), any_lines(), any_line(), 1i64..1_000_000).prop_map(
        |(frame, lines, changed, received)| {
            let mut lines: Vec<LineDraft> = lines
                .into_iter()
                .map(|line| LineDraft { before: Some(Box::new(line.clone())), ..line })
                .collect();
            lines[0].unit_price = changed.unit_price;
            InvoiceDraft {
                kind: DraftKind::KorZal,
                lines,
                advance: Some(AdvanceDraft {
                    received: rust_decimal::Decimal::new(received, 2).to_string(),
                    parts: Vec::new(),
                }),
                correction: Some(CorrectionDraft { amount_before: "123,45".to_owned(), ..corrected() }),
                ..frame
            }
        },
    );
    prop_oneof![3 => plain, 1 => advance, 1 => last, 2 => correction, 1 => corrected_advance]
}
