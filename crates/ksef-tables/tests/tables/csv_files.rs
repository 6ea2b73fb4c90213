//! Texts with separators as programs write them.

use encoding_rs::WINDOWS_1250;
use ksef_tables::import_invoices;

use super::clean;

const TEXT: &str = "Numer;Nabywca nazwa;Pozycja nazwa;Ilość;Cena jednostkowa\r\nF/1;Żółć Sp. z o.o.;Śruba „długa” 5 mm;1,5;1 234,50\r\n";

#[test]
fn a_polish_excel_writes_windows_1250_with_semicolons_and_commas() {
    let bytes = WINDOWS_1250.encode(TEXT).0.into_owned();
    assert!(std::str::from_utf8(&bytes).is_err());
    let invoice = clean(&bytes).invoices.remove(0);
    assert_eq!(invoice.draft.buyer.party.name, "Żółć Sp. z o.o.");
    let line = &invoice.draft.lines[0];
    assert_eq!([&line.name, &line.quantity, &line.unit_price], ["Śruba „długa” 5 mm", "1,5", "1 234,50"]);
}

#[test]
fn every_separator_and_every_encoding_gives_the_same() {
    let wanted = clean(TEXT.as_bytes());
    let tabs = TEXT.replace(';', "\t");
    let commas = TEXT.replace("1,5;1 234,50", "\"1,5\";\"1 234,50\"").replace(';', ",");
    let marked = format!("\u{feff}{TEXT}");
    let named = format!("sep=;\r\n{TEXT}");
    let mut wide = vec![0xFF, 0xFE];
    wide.extend(tabs.encode_utf16().flat_map(u16::to_le_bytes));
    for bytes in [
        tabs.as_bytes(),
        commas.as_bytes(),
        marked.as_bytes(),
        &wide,
        TEXT.replace("\r\n", "\n").as_bytes(),
        TEXT.replace("\r\n", "\r").as_bytes(),
    ] {
        assert_eq!(clean(bytes), wanted);
    }
    let named = clean(named.as_bytes());
    assert_eq!(
        (named.invoices[0].rows.clone(), &named.invoices[0].draft),
        (vec![3], &wanted.invoices[0].draft)
    );
}

#[test]
fn rows_are_counted_as_a_spreadsheet_does() {
    let text = "Numer;Pozycja nazwa;Uwagi\n\n1;a;\"dwa\nwiersze \"\"i\"\" cudzysłów\"\n\n\n2;b;Rura 2\"\n";
    let imported = clean(text.as_bytes());
    assert_eq!(imported.invoices[0].draft.notes, "dwa\nwiersze \"i\" cudzysłów");
    assert_eq!(imported.invoices[1].draft.notes, "Rura 2\"");
    // Rows 2, 4 and 5 are empty; the text over two lines is one row.
    assert_eq!([&imported.invoices[0].rows, &imported.invoices[1].rows], [&vec![3], &vec![6]]);
}

#[test]
fn a_title_above_the_header_does_not_matter() {
    let imported = clean("Sprzedaż, listopad\n\nNumer;Pozycja nazwa\n1;a\n".as_bytes());
    assert_eq!(imported.invoices[0].rows, [4]);
}

#[test]
fn headers_are_understood_in_any_order_and_both_languages() {
    let one = clean("unit price;LINE NAME;number\n5;a;1".as_bytes());
    let other = clean("NUMER;pozycja nazwa;cena jednostkowa\n1;a;5".as_bytes());
    assert_eq!(one.invoices[0].draft, other.invoices[0].draft);
    assert!(!import_invoices("Numer,Pozycja nazwa\n1,a".as_bytes()).has_errors());
}
