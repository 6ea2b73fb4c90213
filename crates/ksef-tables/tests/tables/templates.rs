//! The templates are right as they are.

use chrono::NaiveDate;
use ksef_tables::{template_csv, template_xlsx};

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
