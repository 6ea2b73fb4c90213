//! Workbooks of an independent library, where Python has it.

use std::path::Path;
use std::process::Command;

use ksef_tables::{import_invoices, template_xlsx};

use super::{clean, found};

/// Runs a script with openpyxl; nothing where there is none.
fn openpyxl(script: &str, folder: &Path) -> Option<String> {
    let python = if cfg!(windows) { "python" } else { "python3" };
    let output = Command::new(python).args(["-c", script]).current_dir(folder).output().ok()?;
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    if errors.contains("No module named") {
        println!("skipped: Python has no openpyxl");
        return None;
    }
    assert!(output.status.success(), "{errors}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_workbook_of_openpyxl_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let script = r##"
import openpyxl, datetime
book = openpyxl.Workbook()
sheet = book.active
sheet.append(["Numer", "Data", "Nabywca", "NIP", "Pozycja nazwa", "Ilość", "Cena", "Rabat", "Stawka", "Zał. 15", "Termin"])
sheet.append(["Ż/1", datetime.date(2026, 11, 21), "Żółć & syn", 5265877635, "Śruba", 0.1 + 0.2, 19.99, 0.1, 0.23, True, datetime.datetime(2026, 12, 5)])
sheet["H2"].number_format = "0%"
sheet["I2"].number_format = "0%"
sheet.append([])
sheet.append(["Ż/1", None, None, None, "Nakrętka", 3, "=G2*2", None, 8, False, None])
book.create_sheet("Inny")["A1"] = "x"
book.save("książka.xlsx")
"##;
    if openpyxl(script, folder.path()).is_none() {
        return;
    }
    let bytes = std::fs::read(folder.path().join("książka.xlsx")).unwrap();
    let imported = import_invoices(&bytes);
    assert_eq!(
        found(&imported),
        [(Some(4), "Cena jednostkowa".to_owned(), "import.formulaWithoutValue".to_owned())]
    );
    let draft = &imported.invoices[0].draft;
    assert_eq!(
        [&draft.number, &draft.issue_date, &draft.buyer.party.name, &draft.buyer.party.id],
        ["Ż/1", "2026-11-21", "Żółć & syn", "5265877635"]
    );
    let line = &draft.lines[0];
    assert_eq!([&line.quantity, &line.unit_price, &line.discount, &line.rate], ["0.3", "19.99", "10%", "23"]);
    assert!(line.annex_15 && !draft.lines[1].annex_15);
    assert_eq!(draft.payment.terms[0].date, "2026-12-05");
}

#[test]
fn openpyxl_opens_the_template_and_what_it_saves_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = template_xlsx(super::templates::today()).unwrap();
    std::fs::write(folder.path().join("wzor.xlsx"), &bytes).unwrap();
    let script = "
import openpyxl
book = openpyxl.load_workbook('wzor.xlsx')
print(book.sheetnames, book['Opis'].max_row)
book.save('zapisany.xlsx')
";
    let Some(told) = openpyxl(script, folder.path()) else { return };
    assert!(told.contains("['Faktury', 'Opis']"), "{told}");
    let saved = std::fs::read(folder.path().join("zapisany.xlsx")).unwrap();
    assert_eq!(clean(&saved), clean(&bytes));
}
