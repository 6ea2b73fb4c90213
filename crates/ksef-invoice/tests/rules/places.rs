//! Where findings about a file are, and attachments.

use chrono::NaiveDate;
use ksef_invoice::fa3::{self, BlokDanych, Kol, MetaDane, TNaglowek, Tabela, TypKolumny, Wiersz, Zalacznik};
use ksef_invoice::{CheckOptions, FindingCode, check};
use ksef_types::Environment;

use super::base::{findings, invoice, kwota, right, warns};

fn options() -> CheckOptions {
    CheckOptions::new(NaiveDate::MAX, Environment::Production)
}

#[test]
fn a_finding_points_at_its_element() {
    let mut invoice = invoice();
    invoice.fa.p_15 = kwota("500");
    invoice.fa.fa_wiersz[1].nr_wiersza_fa = 1;
    let bytes = fa3::write(&invoice);
    let text = String::from_utf8(bytes.clone()).unwrap();
    let report = check(&bytes, &options());
    assert!(report.may_be_sent());
    let place = |code: FindingCode| {
        report.findings.iter().find(|finding| finding.code == code).unwrap().place.clone().unwrap()
    };
    let line = |place: &ksef_invoice::Place| text.lines().nth(place.line as usize - 1).unwrap().to_owned();
    let total = place(FindingCode::GrandTotal);
    assert_eq!(total.path, "/Faktura/Fa/P_15");
    assert_eq!(line(&total)[total.column as usize - 1..].trim(), "<P_15>500</P_15>");
    let second = place(FindingCode::LineNumberTwice);
    assert_eq!(second.path, "/Faktura/Fa/FaWiersz[2]/NrWierszaFa");
    assert!(line(&second).contains("<NrWierszaFa>1</NrWierszaFa>"));
    let first = text.find("<NrWierszaFa>").unwrap();
    assert!(second.line as usize > text[..first].matches('\n').count() + 1, "the second line, not the first");
    assert!(report.findings.iter().all(|finding| finding.message_pl().starts_with("Wiersz ")));
}

#[test]
fn what_is_missing_points_at_what_is_around_it() {
    let mut invoice = invoice();
    invoice.podmiot2.adres = None;
    let bytes = fa3::write(&invoice);
    let report = check(&bytes, &options());
    let finding = &report.findings[0];
    assert_eq!(finding.code, FindingCode::BuyerIncomplete);
    let place = finding.place.as_ref().unwrap();
    assert_eq!(place.path, "/Faktura/Podmiot2/Adres");
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.lines().nth(place.line as usize - 1).unwrap().contains("<Podmiot2>"));
}

#[test]
fn an_invoice_that_is_written_has_no_lines_yet() {
    let mut invoice = invoice();
    invoice.fa.p_15 = kwota("500");
    let found = findings(&invoice);
    assert_eq!(
        (found[0].place.as_ref().unwrap().line, found[0].message_pl().starts_with("Wiersz")),
        (0, false)
    );
    assert!(
        found[0].message_pl().contains("500,00") && found[0].message_pl().contains("461,98"),
        "{found:?}"
    );
}

#[test]
fn ksef_checks_no_sums() {
    let mut invoice = invoice();
    invoice.podmiot2.jst = true;
    let report = check(&fa3::write(&invoice), &options());
    assert!(!report.may_be_sent(), "a contradiction stops us");
    assert_eq!(report.refusals().count(), 0, "and not KSeF");
}

#[test]
fn many_findings_end_somewhere() {
    let mut invoice = invoice();
    let line = invoice.fa.fa_wiersz[0].clone();
    invoice.fa.fa_wiersz = vec![line; 10_000];
    let found = findings(&invoice);
    assert!(found.len() < 100, "{}", found.len());
    let numbers = found.iter().filter(|finding| finding.code == FindingCode::LineNumberTwice).count();
    assert_eq!(numbers, 20);
}

fn attachment(types: &[TypKolumny], row: &[&str]) -> Zalacznik {
    let columns = types.iter().map(|typ| Kol { typ: *typ, n_kom: "Kolumna".into() }).collect();
    let table = Tabela {
        t_naglowek: TNaglowek { kol: columns },
        wiersz: vec![Wiersz { w_kom: row.iter().map(|cell| (*cell).into()).collect() }],
        ..Tabela::default()
    };
    let block = BlokDanych {
        meta_dane: vec![MetaDane { z_klucz: "a".into(), z_wartosc: "b".into() }],
        tabela: vec![table],
        ..BlokDanych::default()
    };
    Zalacznik { blok_danych: vec![block] }
}

#[test]
fn attachments() {
    use TypKolumny::{Date, DateTime, Dec, Int, Time, Txt};
    let types = [Int, Dec, Date, Time, DateTime, Txt];
    right(|i| {
        let row = ["7", "1 234,50", "2026-11-20", "10:30", "2026-11-20T10:30:00Z", "x"];
        i.zalacznik = Some(attachment(&types, &row));
    });
    right(|i| i.zalacznik = Some(attachment(&types, &["Nagłówek"])));
    right(|i| i.zalacznik = Some(attachment(&types, &["-", "", "-", "-", "-", ""])));
    let table = "Zalacznik/BlokDanych[1]/Tabela[1]/Wiersz[1]";
    warns(FindingCode::AttachmentRow, table, |i| i.zalacznik = Some(attachment(&types, &["1", "2"])));
    warns(FindingCode::AttachmentCell, &format!("{table}/WKom[2]"), |i| {
        i.zalacznik = Some(attachment(&[Int, Date], &["1", "20 listopada"]));
    });
}
