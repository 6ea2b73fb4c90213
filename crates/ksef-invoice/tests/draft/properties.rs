//! What holds for every draft.

use std::cell::RefCell;

use ksef_invoice::draft::{FieldTree, InvoiceDraft, LineDraft};
use ksef_invoice::{RuleOptions, Severity, rules};
use ksef_types::Environment;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rust_decimal::Decimal;

use crate::generate::any_draft;
use crate::world::{checked, composed, document, invoice, sound, xmllint_accepts};

fn amount(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn a_draft_without_a_fault_is_a_document_without_one() {
    let documents = RefCell::new(Vec::new());
    TestRunner::new(ProptestConfig { cases: 400, ..ProptestConfig::default() })
        .run(&any_draft(), |draft| {
            let composition = composed(&draft);
            let invoice = composition.invoice.unwrap_or_else(|| panic!("{:#?}", composition.findings));
            documents.borrow_mut().push(sound(&invoice));
            // Sums are those of their parts.
            let totals = composition.totals;
            let rates =
                totals.rates.iter().map(|rate| amount(&rate.net) + amount(&rate.vat)).sum::<Decimal>();
            prop_assert_eq!(rates, amount(&totals.gross));
            prop_assert_eq!(amount(&totals.net) + amount(&totals.vat), amount(&totals.gross));
            prop_assert_eq!(invoice.fa.p_15.decimal(), amount(&totals.gross));
            // No rule refuses it.
            let errors: Vec<_> = rules(&invoice, &RuleOptions { environment: Environment::Production })
                .into_iter()
                .filter(|finding| finding.severity == Severity::Error)
                .collect();
            prop_assert!(errors.is_empty(), "{:#?}", errors);
            Ok(())
        })
        .unwrap();
    xmllint_accepts(&documents.into_inner());
}

#[test]
fn a_document_read_as_a_draft_is_the_same_document() {
    TestRunner::new(ProptestConfig { cases: 400, ..ProptestConfig::default() })
        .run(&any_draft(), |draft| {
            let invoice = document(&draft);
            let again = document(&InvoiceDraft::of_document(&invoice));
            prop_assert_eq!(again, invoice);
            Ok(())
        })
        .unwrap();
}

/// Any text at all.
fn any_typed() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[0-9 .,-]{0,30}",
        "\\PC{0,20}",
        proptest::collection::vec(any::<char>(), 0..10)
            .prop_map(|characters| characters.into_iter().collect()),
        Just("9".repeat(40)),
        Just("-9999999999999999.99".to_owned()),
    ]
}

fn any_careless_line() -> impl Strategy<Value = LineDraft> {
    proptest::collection::vec(any_typed(), 20).prop_map(|texts| {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap_or_default();
        LineDraft {
            name: next(),
            quantity: next(),
            unit: next(),
            unit_price: next(),
            discount: next(),
            rate: next(),
            oss_rate: next(),
            vat: next(),
            sale_date: next(),
            gtu: next(),
            procedure: next(),
            index: next(),
            excise: next(),
            exchange_rate: next(),
            position: next(),
            amount: next(),
            ..LineDraft::default()
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Whatever is typed: no panic, sentences for what is wrong, and never a document that the structure refuses.
    #[test]
    fn nothing_that_is_typed_makes_it_panic(
        mut draft in any_draft(),
        lines in proptest::collection::vec((any_careless_line(), proptest::option::of(any_careless_line())), 0..3),
        texts in proptest::collection::vec(any_typed(), 24),
        extra in any_typed(),
    ) {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap_or_default();
        draft.issue_date = next();
        draft.issue_place = next();
        draft.number = next();
        draft.currency = next();
        draft.exchange.rate = next();
        draft.exchange.table = next();
        draft.exchange.day = next();
        draft.buyer.party.id = next();
        draft.buyer.party.name = next();
        draft.buyer.party.address.line1 = next();
        draft.buyer.party.address.country = next();
        draft.notes = next();
        draft.payment.paid_on = next();
        draft.payment.form = next();
        draft.payment.link = next();
        draft.payment.terms = vec![ksef_invoice::draft::TermDraft { days: next(), date: next(), count: next(), ..Default::default() }];
        draft.delivery_notes = vec![next(), next()];
        if let Some(correction) = &mut draft.correction {
            correction.amount_before = next();
            correction.corrected[0].issue_date = next();
        }
        draft.extras.insert("Fa/WarunkiTransakcji".to_owned(), FieldTree::Text(extra));
        draft.lines.extend(lines.into_iter().map(|(line, before)| LineDraft { before: before.map(Box::new), ..line }));
        let check = checked(&draft);
        prop_assert_eq!(check.is_issuable(), !check.findings.iter().any(|finding| finding.error));
        if let Some(bytes) = &check.bytes {
            prop_assert!(ksef_invoice::validate_structure(bytes).is_empty());
        }
        for finding in &check.findings {
            prop_assert!(!finding.pl.is_empty() && !finding.en.is_empty());
        }
        let _ = InvoiceDraft::of_document(&document(&invoice(vec![crate::world::line("a", "1", "1", "23")])));
    }
}
