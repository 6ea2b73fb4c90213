//! Workbooks written by hand, so that nothing of the program stands on both sides.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A workbook with one sheet.
pub(crate) struct Book {
    pub(crate) rows: String,
    pub(crate) strings: Vec<&'static str>,
    pub(crate) styles: String,
    pub(crate) workbook: &'static str,
}

impl Book {
    /// With these rows, as XML.
    pub(crate) fn of(rows: &str) -> Self {
        Self { rows: rows.to_owned(), strings: Vec::new(), styles: STYLES.to_owned(), workbook: "" }
    }

    /// The header "Numer", "Nazwa nabywcy", "Data", "Pozycja nazwa", "Ilość", "Cena", "Rabat", "Stawka", "Rachunek" in row 1, and a
    /// second row.
    pub(crate) fn with_second_row(cells: &str) -> Self {
        let names = [
            "Numer",
            "Nazwa nabywcy",
            "Data",
            "Pozycja nazwa",
            "Ilość",
            "Cena",
            "Rabat",
            "Stawka",
            "Rachunek",
        ];
        let header: String =
            ('A'..).zip(names).map(|(column, name)| text(&format!("{column}1"), name)).collect();
        Self::of(&format!("<row r=\"1\">{header}</row><row r=\"2\">{cells}</row>"))
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{}</sheetData></worksheet>", self.rows);
        let strings: String = self
            .strings
            .iter()
            .map(|text| format!("<si><t xml:space=\"preserve\">{text}</t></si>"))
            .collect();
        let strings = format!("<sst xmlns=\"{MAIN}\">{strings}</sst>");
        let workbook = format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{}<sheets><sheet name=\"Faktury\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            self.workbook
        );
        let relations = format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
             <Relationship Id=\"rId2\" Type=\"{OFFICE}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
             <Relationship Id=\"rId3\" Type=\"{OFFICE}/styles\" Target=\"/xl/styles.xml\"/></Relationships>"
        );
        zipped(&[
            ("_rels/.rels", ROOT.as_bytes()),
            ("xl/workbook.xml", workbook.as_bytes()),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
            ("xl/sharedStrings.xml", strings.as_bytes()),
            ("xl/styles.xml", self.styles.as_bytes()),
        ])
    }
}

/// An inline text.
pub(crate) fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A ZIP of these parts.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(crate) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
pub(crate) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
pub(crate) const ROOT: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
    </Relationships>";
/// 0 general, 1 a day, 2 percent, 3 a day by a code of its own.
const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"[$-415]dd.mm.yyyy&quot; r.&quot;\"/></numFmts>\
    <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
    <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
