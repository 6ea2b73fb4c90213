//! The templates are right as they are.

use chrono::NaiveDate;
use ksef_invoice::draft::{IssueContext, Issuer, SellerProfile, check_draft};
use ksef_invoice::{CheckOptions, check};
use ksef_tables::{template_csv, template_xlsx};
use ksef_types::Environment;

use super::clean;

pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

#[test]
fn both_templates_say_the_same() {
    let book = clean(&template_xlsx(today()).unwrap());
    let text = clean(&template_csv(today()));
    assert_eq!(book, text);
    assert_eq!(book.invoices.len(), 2);
    assert_eq!(book.invoices[0].rows, [2, 3]);
    assert_eq!(book.invoices[0].draft.lines[1].discount, "10%");
    assert_eq!(book.invoices[1].draft.currency, "EUR");
}

#[test]
fn the_examples_are_invoices_that_ksef_would_take() {
    let nip = "5265877635".parse().unwrap();
    let mut profile = SellerProfile { name: "Sprzedawca sp. z o.o.".into(), ..SellerProfile::default() };
    profile.address.line1 = "ul. Prosta 1".into();
    profile.address.line2 = "00-002 Warszawa".into();
    let mut sums = Vec::new();
    for invoice in clean(&template_xlsx(today()).unwrap()).invoices {
        let issuer = Issuer { nip, profile: &profile };
        let context = IssueContext {
            number: &invoice.draft.number,
            issue_date: today(),
            created: today().and_hms_opt(10, 0, 0).unwrap().and_utc(),
            system_info: "",
        };
        let checked = check_draft(&invoice.draft, &issuer, &context, Environment::Production, today());
        assert!(checked.is_issuable(), "{:?}", checked.findings);
        assert_eq!(invoice.rows_of(&checked.findings), []);
        let bytes = checked.bytes.unwrap();
        let report = check(&bytes, &CheckOptions::new(today(), Environment::Production));
        assert!(report.findings.is_empty(), "{:?}", report.findings);
        sums.push((checked.totals.gross, checked.totals.currency));
    }
    // 10 × 19.90 with 23 %, and 2 × 45.00 less 10 % with 5 %; 1.5 × 120 with 23 %.
    let wanted =
        [("329.82", "PLN"), ("221.40", "EUR")].map(|(sum, currency)| (sum.to_owned(), currency.to_owned()));
    assert_eq!(sums, wanted);
}
