//! The table that people fill in, with an example of an invoice with two lines and one in EUR.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::columns::{Columns as _, Level};
use crate::invoices::InvoiceColumn as Column;

/// A workbook: the sheet "Faktury" to fill in, and "Opis", which says what belongs in each column.
///
/// The examples' dates are those of the day it is written for, so that they can be tried as they are.
///
/// # Errors
/// When the workbook cannot be put together, which no input leads to.
pub fn template_xlsx(today: chrono::NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let invoices = workbook.add_worksheet();
    invoices.set_name("Faktury")?.set_freeze_panes(1, 0)?;
    // Everything is text: a spreadsheet would make dates of numbers and cut accounts.
    let text = Format::new().set_num_format("@");
    for (index, info) in (0_u16..).zip(Column::all()) {
        invoices.set_column_format(index, &text)?.set_column_width(index, width(info.header))?;
        invoices.write_with_format(0, index, info.header, &header(info.level))?;
        for (row, example) in (1_u32..).zip(examples(today)) {
            let value = value_of(&example, info.column);
            if !value.is_empty() {
                invoices.write_with_format(row, index, value, &text)?;
            }
        }
    }
    describe(workbook.add_worksheet())?;
    workbook.save_to_buffer()
}

/// Room for the header, in characters.
fn width(header: &str) -> u32 {
    const LEAST: usize = 12;
    u32::try_from(header.chars().count().max(LEAST) + 2).unwrap_or(u32::MAX)
}

fn header(level: Level) -> Format {
    let colour = match level {
        Level::Line => 0x00DC_EAF7,
        Level::Advance => 0x00FB_E9D0,
        Level::Invoice | Level::Row => 0x00E2_F0D9,
    };
    Format::new().set_bold().set_background_color(colour)
}

fn describe(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let bold = Format::new().set_bold();
    sheet.set_name("Opis")?.set_freeze_panes(1, 0)?;
    for (index, (title, width)) in (0_u16..).zip([("Kolumna", 36), ("Dotyczy", 14), ("Co wpisać", 100)]) {
        sheet.set_column_width(index, width)?.write_with_format(0, index, title, &bold)?;
    }
    for (row, info) in (1_u32..).zip(Column::all()) {
        let level = level_word(info.level);
        for (index, text) in (0_u16..).zip([info.header, level, info.pl]) {
            sheet.write_with_format(row, index, text, &wrapped)?;
        }
    }
    Ok(())
}

const fn level_word(level: Level) -> &'static str {
    match level {
        Level::Invoice | Level::Row => "faktura",
        Level::Line => "pozycja",
        Level::Advance => "zaliczka",
    }
}

/// The same as CSV for a Polish spreadsheet: UTF-8 with a byte order mark, semicolons.
#[must_use]
pub fn template_csv(today: chrono::NaiveDate) -> Vec<u8> {
    let header = Column::all().iter().map(|info| info.header.to_owned()).collect();
    let rows = examples(today).into_iter().map(|example| {
        Column::all().iter().map(|info| value_of(&example, info.column)).collect::<Vec<String>>()
    });
    crate::write::csv(std::iter::once(header).chain(rows))
}

type Example = Vec<(Column, String)>;

fn value_of(example: &Example, column: Column) -> String {
    example.iter().find(|(found, _)| *found == column).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// Two lines of one invoice, and an invoice in EUR.
fn examples(today: chrono::NaiveDate) -> [Example; 3] {
    let day = today.format("%d.%m.%Y").to_string();
    let year = today.format("%Y");
    let row = |cells: &[(Column, &str)]| {
        cells.iter().map(|(column, value)| (*column, (*value).to_owned())).collect::<Example>()
    };
    let first = format!("FV/1/{year}");
    let second = format!("FV/2/{year}");
    let table = format!("226/A/NBP/{year}");
    [
        row(&[
            (Column::Number, &first),
            (Column::Kind, "VAT"),
            (Column::IssueDate, &day),
            (Column::SaleDate, &day),
            (Column::BuyerNip, "526-030-02-91"),
            (Column::BuyerName, "Przykładowy Nabywca sp. z o.o."),
            (Column::BuyerAddress1, "ul. Polna 1"),
            (Column::BuyerAddress2, "00-001 Warszawa"),
            (Column::LineName, "Papier do drukarki A4"),
            (Column::Quantity, "10"),
            (Column::Unit, "ryza"),
            (Column::UnitPrice, "19,90"),
            (Column::Rate, "23"),
            (Column::PaymentForm, "przelew"),
            (Column::Term, "14"),
            (Column::Account, "61 1090 1014 0000 0712 1981 2874"),
        ]),
        row(&[
            (Column::Number, &first),
            (Column::LineName, "Książka"),
            (Column::Quantity, "2"),
            (Column::Unit, "szt."),
            (Column::UnitPrice, "45,00"),
            (Column::Discount, "10%"),
            (Column::Rate, "5"),
        ]),
        row(&[
            (Column::Number, &second),
            (Column::IssueDate, &day),
            (Column::SaleDate, &day),
            (Column::BuyerNip, "526-030-02-91"),
            (Column::BuyerName, "Przykładowy Nabywca sp. z o.o."),
            (Column::BuyerAddress1, "ul. Polna 1"),
            (Column::BuyerAddress2, "00-001 Warszawa"),
            (Column::Currency, "EUR"),
            (Column::ExchangeRate, "4,2512"),
            (Column::ExchangeTable, &table),
            (Column::LineName, "Usługa doradcza"),
            (Column::Quantity, "1,5"),
            (Column::Unit, "godz."),
            (Column::UnitPrice, "120"),
            (Column::Rate, "23"),
            (Column::PaymentForm, "przelew"),
            (Column::Term, "30"),
        ]),
    ]
}
