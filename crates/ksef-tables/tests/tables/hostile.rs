//! Files that are not what they seem.

use std::io::{Cursor, Write as _};

use ksef_tables::{MOST_BYTES, MOST_ROWS, import_contractors, import_invoices};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::codes;
use super::workbook::{Book, ROOT, text, zipped};

#[test]
fn a_bomb_is_put_down() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, content: &[u8], times: usize| {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        (0..times).for_each(|_| writer.write_all(content).unwrap());
    };
    let book = Book::with_second_row("");
    let mut archive = zip::ZipArchive::new(Cursor::new(book.bytes())).unwrap();
    for name in ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"] {
        let mut content = Vec::new();
        std::io::copy(&mut archive.by_name(name).unwrap(), &mut content).unwrap();
        part(name, &content, 1);
    }
    part("xl/sharedStrings.xml", b"<sst/>", 1);
    part("xl/worksheets/sheet1.xml", &[b' '; 1024 * 1024], 40);
    let bomb = writer.finish().unwrap().into_inner();
    assert!(bomb.len() < 100 * 1024, "{}", bomb.len());
    assert_eq!(codes(&bomb), ["import.unpacksTooLarge"]);
}

#[test]
fn a_shared_text_named_by_every_cell_does_not_multiply() {
    let long: &'static str = Box::leak("a".repeat(60_000).into_boxed_str());
    let row = |number: usize| format!("<row r=\"{number}\"><c r=\"D{number}\" t=\"s\"><v>0</v></c></row>");
    let mut book = Book::with_second_row("");
    book.rows.extend((3..3000).map(row));
    book.strings = vec![long];
    assert_eq!(codes(&book.bytes()), ["import.tooMuchText"]);
}

#[test]
fn entities_and_other_tricks_of_xml_are_refused() {
    let sheet = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet><sheetData/></worksheet>";
    let workbook = format!(
        "<workbook xmlns:r=\"{}\"><sheets><sheet r:id=\"a\"/></sheets></workbook>",
        super::workbook::OFFICE
    );
    let relations = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{}/worksheet\" Target=\"s.xml\"/></Relationships>",
        super::workbook::OFFICE
    );
    let bytes = zipped(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/s.xml", sheet.as_bytes()),
    ]);
    assert_eq!(codes(&bytes), ["import.damaged"]);
    let unknown = Book::with_second_row(&text("D2", "&unknown;"));
    assert_eq!(codes(&unknown.bytes()), ["import.damaged"]);
}

#[test]
fn names_in_the_archive_are_never_paths() {
    let relations = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{}/officeDocument\" Target=\"../../../../etc/passwd\"/></Relationships>",
        super::workbook::OFFICE
    );
    let bytes = zipped(&[("_rels/.rels", relations.as_bytes()), ("../../x", b"x")]);
    assert_eq!(codes(&bytes), ["import.damaged"]);
}

#[test]
fn files_of_other_programs_are_named() {
    let cases: [(&[u8], &str); 9] = [
        (b"", "import.empty"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", "import.otherFile"),
        (b"%PDF-1.7", "import.otherFile"),
        (b"<html><table></table></html>", "import.otherFile"),
        (b"\xEF\xBB\xBF<?xml version=\"1.0\"?><Faktura/>", "import.otherFile"),
        (b"PK\x03\x04 broken", "import.damaged"),
        (b"\x00\x01\x02binary", "import.notText"),
        ("Ala;ma;kota\n1;2;3\n".as_bytes(), "import.noHeader"),
        ("Numer;Pozycja nazwa\n".as_bytes(), "import.noRows"),
    ];
    for (bytes, code) in cases {
        assert_eq!(codes(bytes), [code], "{}", String::from_utf8_lossy(bytes));
        assert!(import_contractors(bytes).has_errors());
    }
    assert_eq!(
        codes(&zipped(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", b"<a/>")
        ])),
        ["import.otherFile"]
    );
    assert_eq!(codes(&zipped(&[("a.txt", b"a")])), ["import.otherFile"]);
}

#[test]
fn too_much_is_refused() {
    assert_eq!(codes(&vec![b'a'; MOST_BYTES + 1]), ["import.tooLarge"]);
    let rows = "\nx".repeat(MOST_ROWS + 1);
    assert_eq!(codes(format!("Pozycja nazwa{rows}").as_bytes()), ["import.tooManyRows"]);
    let wide = format!("Pozycja nazwa{}\nx{}y", ";".repeat(300), ";".repeat(300));
    assert_eq!(codes(wide.as_bytes()), ["import.tooManyColumns"]);
    let long = format!("Pozycja nazwa\n{}", "x".repeat(100_000));
    assert_eq!(codes(long.as_bytes()), ["import.tooMuchText"]);
    assert_eq!(codes("Pozycja nazwa\n\"bez końca\nx\n".as_bytes()), ["import.openQuote"]);
}

#[test]
fn as_many_rows_as_are_allowed_are_read() {
    let rows: String = (0..MOST_ROWS).map(|row| format!("\n{};towar {row};1;10;23", row / 5)).collect();
    let imported = import_invoices(format!("Numer;Pozycja nazwa;Ilość;Cena;Stawka{rows}").as_bytes());
    assert!(!imported.has_errors());
    assert_eq!(imported.invoices.len(), MOST_ROWS / 5);
    assert_eq!(imported.invoices.last().unwrap().draft.lines[4].name, format!("towar {}", MOST_ROWS - 1));
}

#[test]
fn macros_are_not_even_looked_at() {
    let book = Book::with_second_row(&text("D2", "towar")).bytes();
    let mut writer = ZipWriter::new_append(Cursor::new(book)).unwrap();
    writer.start_file("xl/vbaProject.bin", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"Sub Auto_Open()").unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(super::clean(&bytes).invoices[0].draft.lines[0].name, "towar");
}
