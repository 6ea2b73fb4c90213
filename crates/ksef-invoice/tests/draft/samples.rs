//! The ministry's samples as drafts.

use ksef_invoice::draft::{
    InvoiceDraft, IssueContext, Issuer, SellerProfile, compose, correction_of, state_of,
};
use ksef_invoice::fa3::{self, Faktura};
use ksef_invoice::{RuleOptions, Severity, rules};
use ksef_types::Environment;
use rust_decimal::Decimal;

use crate::world::{moment, nip, profile, sound, xmllint_accepts};

fn samples() -> Vec<(String, Faktura)> {
    let Some(shared) = ksef_testkit::shared() else {
        println!("skipped: no samples beside the repository");
        return Vec::new();
    };
    let mut samples: Vec<_> = std::fs::read_dir(shared.join("samples/fa3"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "xml"))
        .map(|path| {
            let invoice = fa3::read(&std::fs::read(&path).unwrap()).unwrap();
            (path.file_stem().unwrap().to_string_lossy().into_owned(), invoice)
        })
        .collect();
    samples.sort_by(|(one, _), (other, _)| one.cmp(other));
    samples
}

fn composed_as(draft: &InvoiceDraft, name: &str, profile: &SellerProfile) -> Faktura {
    let context = IssueContext {
        number: "KOPIA/1",
        issue_date: ksef_types::warsaw_date(moment()),
        created: moment(),
        system_info: "Okienko",
    };
    let composition = compose(draft, &Issuer { nip: nip(), profile }, &context);
    composition.invoice.unwrap_or_else(|| panic!("{name}: {:#?}", composition.findings))
}

/// P_13 and P_14 together: the first sample's P_15 is a grosz off. P_15 where a simplified invoice has no sums.
fn declared(invoice: &Faktura) -> Decimal {
    let fa = &invoice.fa;
    let rated = [
        fa.sumy_1.map(|sums| sums.p_13_1.decimal() + sums.p_14_1.decimal()),
        fa.sumy_2.map(|sums| sums.p_13_2.decimal() + sums.p_14_2.decimal()),
        fa.sumy_3.map(|sums| sums.p_13_3.decimal() + sums.p_14_3.decimal()),
    ];
    let others =
        [fa.p_13_6_1, fa.p_13_6_2, fa.p_13_6_3, fa.p_13_7, fa.p_13_8, fa.p_13_9, fa.p_13_10, fa.p_13_11];
    let sums: Vec<Decimal> =
        rated.into_iter().chain(others.map(|sum| sum.map(|sum| sum.decimal()))).flatten().collect();
    if sums.is_empty() { fa.p_15.decimal() } else { sums.into_iter().sum() }
}

fn rule_errors(invoice: &Faktura) -> Vec<String> {
    rules(invoice, &RuleOptions { environment: Environment::Test })
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| format!("{:?} {}", finding.code, finding.message_en()))
        .collect()
}

#[test]
fn every_sample_becomes_a_draft_and_a_document_again() {
    let mut documents = Vec::new();
    for (name, sample) in samples() {
        let draft = InvoiceDraft::of_document(&sample);
        let again = composed_as(&draft, &name, &profile());
        documents.push(sound(&again));
        assert_eq!(again.fa.p_15.decimal(), declared(&sample), "{name}");
        assert_eq!(again.fa.rodzaj_faktury, sample.fa.rodzaj_faktury, "{name}");
        assert_eq!(again.fa.p_1, sample.fa.p_1, "{name}");
        let rows = |invoice: &Faktura| {
            invoice.fa.fa_wiersz.len()
                + invoice.fa.zamowienie.as_ref().map_or(0, |order| order.zamowienie_wiersz.len())
        };
        // The ministry repeats lines that a correction of a final invoice leaves as they are.
        if !name.ends_with("_18") {
            assert_eq!(rows(&again), rows(&sample), "{name}");
        }
        assert_eq!(again.fa.platnosc, sample.fa.platnosc, "{name}");
        assert_eq!(again.fa.warunki_transakcji, sample.fa.warunki_transakcji, "{name}");
        assert_eq!(again.zalacznik, sample.zalacznik, "{name}");
        assert_eq!(again.podmiot3.len(), sample.podmiot3.len(), "{name}");
        assert_eq!(rule_errors(&again), rule_errors(&sample), "{name}");
        // Once in our writing it stays the same.
        assert_eq!(composed_as(&InvoiceDraft::of_document(&again), &name, &profile()), again, "{name}");
    }
    if !documents.is_empty() {
        xmllint_accepts(&documents);
    }
}

#[test]
fn every_sample_can_be_copied_and_corrected() {
    let mut documents = Vec::new();
    for (name, sample) in samples() {
        let mut copy = InvoiceDraft::from_invoice(&sample);
        assert_eq!((copy.number.as_str(), copy.issue_date.as_str()), ("", ""), "{name}");
        if let Some(advance) = &mut copy.advance {
            advance.received = "100".to_owned();
        }
        if copy.currency != "PLN" {
            copy.exchange.rate = "4.5".to_owned();
        }
        documents.push(sound(&composed_as(&copy, &name, &profile())));
        // A correction by difference does not say what stands: for that its original is needed.
        let Ok(state) = state_of(&sample, &[]) else {
            assert!(sample.fa.korekta.is_some(), "{name}");
            assert!(sample.fa.fa_wiersz.iter().all(|row| !row.stan_przed), "{name}");
            continue;
        };
        let correction = composed_as(&correction_of(&sample, None, &state), &name, &profile());
        assert!(correction.fa.p_15.decimal().is_zero(), "{name}: nothing is changed yet");
        documents.push(sound(&correction));
    }
    if !documents.is_empty() {
        xmllint_accepts(&documents);
    }
}
