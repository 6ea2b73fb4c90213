//! Whatever the bytes are, there is an answer.

use std::sync::LazyLock;

use ksef_tables::{MOST_ROWS, import_contractors, import_goods, import_invoices, template_xlsx};
use proptest::prelude::*;

use super::workbook::{Book, zipped};

/// Put together once: without optimisation it takes its time.
static TEMPLATE: LazyLock<Vec<u8>> = LazyLock::new(|| template_xlsx(super::templates::today()).unwrap());

fn swallow(bytes: &[u8]) {
    let imported = import_invoices(bytes);
    for invoice in &imported.invoices {
        assert!(!invoice.rows.is_empty() && invoice.rows.is_sorted());
        assert!(invoice.rows.contains(&invoice.row_of("lines.0.name").row));
    }
    assert!(!imported.invoices.is_empty() || imported.has_errors());
    for finding in
        imported.findings.iter().chain(imported.invoices.iter().flat_map(|invoice| &invoice.findings))
    {
        assert!(!finding.pl.is_empty() && !finding.en.is_empty(), "{finding:?}");
    }
    assert!(import_contractors(bytes).rows.len() <= MOST_ROWS);
    assert!(import_goods(bytes).rows.len() <= MOST_ROWS);
}

proptest! {
    // Unoptimised, unpacking takes most of the time.
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
        swallow(&bytes);
    }

    #[test]
    fn any_text_below_a_header(body in "([a-zA-Z0-9.,%=+\" \t;\n-]|[ąŻ€\u{a0}\u{1F600}²]){0,300}") {
        swallow(format!("Numer;Grupa;Rodzaj;Data;NIP;Termin;Pozycja nazwa;Ilość;Cena;Stawka;GTU;Zaliczkowa netto\n{body}").as_bytes());
    }

    #[test]
    fn any_cells_of_a_workbook(cells in prop::collection::vec(
        ("[A-Z]{1,4}[0-9]{0,8}", "(s|str|b|e|d|n|inlineStr|x|)", "[0-9]{0,3}", "[-0-9.eE#a-z_ąT:/&;]{0,25}", any::<bool>()), 0..20)) {
        let row: String = cells.iter().map(|(place, kind, style, value, formula)| {
            let formula = if *formula { "<f>1+1</f>" } else { "" };
            format!("<c r=\"{place}\" t=\"{kind}\" s=\"{style}\">{formula}<v>{value}</v></c>")
        }).collect();
        swallow(&Book::with_second_row(&row).bytes());
    }

    #[test]
    fn any_part_of_a_workbook(part in 0_usize..5, text in "(<|>|/|row|c|v|si|t|xf|sheet| |r=|\"|&amp;|&|!DOCTYPE|\\?|x:|[a-z0-9]){0,60}") {
        let good = Book::with_second_row("<c r=\"D2\" t=\"s\"><v>0</v></c>").bytes();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(good)).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        let parts: Vec<(String, Vec<u8>)> = names.iter().enumerate().map(|(index, name)| {
            let mut content = Vec::new();
            std::io::copy(&mut archive.by_name(name).unwrap(), &mut content).unwrap();
            (name.clone(), if index == part { text.clone().into_bytes() } else { content })
        }).collect();
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
        swallow(&zipped(&parts));
    }

    #[test]
    fn a_template_with_changed_bytes(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>(), shorten in any::<bool>()) {
        let mut bytes = TEMPLATE.clone();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if shorten {
            bytes.truncate(cut.index(bytes.len()));
        }
        swallow(&bytes);
    }
}
