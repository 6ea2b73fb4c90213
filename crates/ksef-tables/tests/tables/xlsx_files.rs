//! Cells of workbooks.

use ksef_invoice::draft::SaleMoment;
use ksef_tables::import_invoices;

use super::workbook::{Book, text};
use super::{clean, codes, found};

#[test]
fn numbers_days_percents_and_texts_are_what_the_sheet_shows() {
    let book = Book {
        strings: vec!["Śruba &amp; nakrętka_x000D_", "Żółć"],
        ..Book::with_second_row(
            "<c r=\"A2\"><v>17</v></c><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"C2\" s=\"3\"><v>46347.75</v></c>\
             <c r=\"D2\" t=\"s\"><v>0</v></c><c r=\"E2\"><v>0.30000000000000004</v></c><c r=\"F2\"><v>1234.5</v></c>\
             <c r=\"G2\" s=\"2\"><v>0.1</v></c><c r=\"H2\" s=\"2\"><v>0.23</v></c>",
        )
    };
    let invoice = clean(&book.bytes()).invoices.remove(0);
    let line = &invoice.draft.lines[0];
    assert_eq!((invoice.draft.number.as_str(), invoice.draft.buyer.party.name.as_str()), ("17", "Żółć"));
    assert_eq!(invoice.draft.issue_date, "2026-11-21");
    assert_eq!(invoice.draft.sale, SaleMoment::Unsaid);
    assert_eq!(line.name, "Śruba & nakrętka");
    assert_eq!(
        [&line.quantity, &line.unit_price, &line.discount, &line.rate],
        ["0.3", "1234.5", "10%", "23"]
    );
}

#[test]
fn a_formula_gives_its_value_and_one_without_is_told() {
    let with = Book::with_second_row(
        "<c r=\"D2\" t=\"str\"><f>A1&amp;\"x\"</f><v>nazwa</v></c><c r=\"E2\"><f>1+1</f><v>2</v></c><c r=\"F2\"><f>2*5</f><v>10</v></c>",
    );
    let line = clean(&with.bytes()).invoices.remove(0).draft.lines.remove(0);
    assert_eq!([&line.name, &line.quantity, &line.unit_price], ["nazwa", "2", "10"]);

    let without = Book::with_second_row(&format!(
        "{}<c r=\"G2\"><f>F2/10</f></c><c r=\"F2\"><f>1/0</f><v></v></c>",
        text("D2", "a")
    ));
    assert_eq!(codes(&without.bytes()), ["import.formulaWithoutValue", "import.formulaWithoutValue"]);
    let broken = Book::with_second_row(&format!(
        "{}<c r=\"F2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>",
        text("D2", "a")
    ));
    assert_eq!(
        found(&import_invoices(&broken.bytes())),
        [(Some(2), "Cena jednostkowa".to_owned(), "import.cellError".to_owned())]
    );
}

#[test]
fn what_a_spreadsheet_did_to_texts_is_told() {
    let date_for_number =
        Book::with_second_row(&format!("<c r=\"A2\" s=\"1\"><v>46327</v></c>{}", text("D2", "a")));
    assert_eq!(codes(&date_for_number.bytes()), ["import.dateInText"]);
    let account =
        Book::with_second_row(&format!("{}<c r=\"I2\"><v>6.1109010140000071E+25</v></c>", text("D2", "a")));
    assert_eq!(codes(&account.bytes()), ["import.lostDigits"]);
}

#[test]
fn days_counted_from_1904_and_days_that_look_like_numbers() {
    let old = Book {
        workbook: "<workbookPr date1904=\"1\"/>",
        ..Book::with_second_row(&format!("<c r=\"C2\" s=\"1\"><v>44885</v></c>{}", text("D2", "a")))
    };
    assert_eq!(clean(&old.bytes()).invoices[0].draft.issue_date, "2026-11-21");
    let plain = Book::with_second_row(&format!("<c r=\"C2\"><v>46347</v></c>{}", text("D2", "a")));
    assert_eq!(clean(&plain.bytes()).invoices[0].draft.issue_date, "2026-11-21");
    let iso = Book::with_second_row(&format!(
        "<c r=\"C2\" t=\"d\"><v>2026-11-21T00:00:00</v></c>{}",
        text("D2", "a")
    ));
    assert_eq!(clean(&iso.bytes()).invoices[0].draft.issue_date, "2026-11-21");
}

#[test]
fn rows_and_cells_without_places_are_counted() {
    let cells: String = ["Numer", "Pozycja nazwa"]
        .map(|name| format!("<c t=\"inlineStr\"><is><r><t>{name}</t></r></is></c>"))
        .concat();
    let book = Book::of(&format!(
        "<row>{cells}</row><row/><row r=\"9\"><c><v>5</v></c><c t=\"inlineStr\"><is><t>a</t><rPh><t>b</t></rPh></is></c></row>"
    ));
    let invoice = clean(&book.bytes()).invoices.remove(0);
    assert_eq!(
        (invoice.rows, invoice.draft.number.as_str(), invoice.draft.lines[0].name.as_str()),
        (vec![9], "5", "a")
    );
}

#[test]
fn a_hidden_sheet_does_not_count() {
    // Written by another library, with the hidden sheet first.
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().set_hidden(true).write(0, 0, "Numer").unwrap();
    let sheet = workbook.add_worksheet();
    sheet.set_active(true);
    for (column, (name, value)) in (0_u16..).zip([("Numer", "A/1"), ("Pozycja nazwa", "Śruba")]) {
        sheet.write(0, column, name).unwrap();
        sheet.write(1, column, value).unwrap();
    }
    assert_eq!(clean(&workbook.save_to_buffer().unwrap()).invoices[0].draft.number, "A/1");
}
