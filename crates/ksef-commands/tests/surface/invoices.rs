//! Files that KSeF would refuse: each its own finding with the place, before anything is sent.

use std::sync::Arc;

use ksef_commands::NextStep;
use ksef_commands::views::{EnvironmentName, PreparedView, SalesFilter};
use ksef_testkit::ManualClock;
use tokio_util::sync::CancellationToken;

use crate::bench::{Bench, assert_told, document, moment, simulator, sparse};

const NOW: &str = "2026-11-23T11:00:00Z";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

fn good() -> String {
    let text = document("FV/1/11/2026", "Usługa", "2026-11-23".parse().unwrap(), moment(NOW));
    String::from_utf8(text).unwrap()
}

/// The good one with a part replaced, and the line on which that part stands.
fn with(part: &str, other: &str) -> (Vec<u8>, Option<u32>) {
    let text = good();
    let place = text.find(part).unwrap_or_else(|| panic!("{part} is not in the sample"));
    let line = u32::try_from(text[..place].matches('\n').count()).unwrap() + 1;
    (text.replacen(part, other, 1).into_bytes(), Some(line))
}

fn declared(encoding: &str) -> String {
    good().replace("encoding=\"UTF-8\"", &format!("encoding=\"{encoding}\""))
}

/// One byte a character, as an old program would have written it.
fn in_windows_1250(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(character).unwrap_or(0x9C)).collect()
}

struct Row {
    file: &'static str,
    bytes: Vec<u8>,
    /// The first error's code, and its line where there is one.
    code: &'static str,
    line: Option<u32>,
}

fn row(file: &'static str, bytes: impl Into<Vec<u8>>, code: &'static str, line: Option<u32>) -> Row {
    Row { file, bytes: bytes.into(), code, line }
}

fn row_of(file: &'static str, (bytes, line): (Vec<u8>, Option<u32>), code: &'static str) -> Row {
    Row { file, bytes, code, line }
}

fn not_xml() -> Vec<Row> {
    vec![
        row("pusty.xml", "", "EMPTY", None),
        row("notatka.xml", "Dzień dobry, w załączeniu faktura.", "NOT_XML", None),
        row("faktura.pdf", "%PDF-1.7\n%âãÏÓ\n1 0 obj", "NOT_XML", None),
        row("paczka.zip", *b"PK\x03\x04\x14\x00\x00\x00", "NOT_XML", None),
        row("zdjecie.png", *b"\x89PNG\r\n\x1a\n", "NOT_XML", None),
        row("dane.json", "{\"Faktura\": {}}", "NOT_XML", None),
        row("strona.html", "<!DOCTYPE html><html><body>Faktura</body></html>", "NOT_XML", None),
        row("klucz.xml", "-----BEGIN CERTIFICATE-----\nMIIB\n", "NOT_XML", None),
        row("uciety.xml", &good().as_bytes()[..700], "NOT_WELL_FORMED", None),
        row_of("zly znacznik.xml", with("</P_2>", "</P_3>"), "NOT_WELL_FORMED"),
    ]
}

fn not_this_form() -> Vec<Row> {
    let jpk = format!(
        "{DECLARATION}\n<JPK xmlns=\"http://jpk.mf.gov.pl/wzor/2022/02/17/02171/\"><Naglowek/></JPK>"
    );
    let fa2 = format!(
        "{DECLARATION}\n<Faktura xmlns=\"http://crd.gov.pl/wzor/2023/06/29/12648/\">\n<Naglowek>\
         <KodFormularza kodSystemowy=\"FA (2)\" wersjaSchemy=\"1-0E\">FA</KodFormularza>\
         <WariantFormularza>2</WariantFormularza></Naglowek>\n</Faktura>\n"
    );
    let fa1 = fa2.replace("2023/06/29/12648", "2021/11/29/11089");
    vec![
        row("JPK_V7M.xml", jpk, "NOT_AN_INVOICE", Some(2)),
        row("stara faktura.xml", fa2, "OTHER_FORM", Some(2)),
        row("najstarsza faktura.xml", fa1, "OTHER_FORM", Some(2)),
    ]
}

fn bytes_and_characters() -> Vec<Row> {
    let utf16 = |mark: bool| -> Vec<u8> {
        let text = declared("UTF-16");
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let after_declaration = |what: &str| good().replacen(DECLARATION, &format!("{DECLARATION}\n{what}"), 1);
    let mut latin = good().into_bytes();
    let place = latin.windows(2).position(|two| two == "ł".as_bytes()).unwrap();
    latin.splice(place..place + 2, [0xB3]);
    vec![
        row("bom.xml", [b"\xEF\xBB\xBF", good().as_bytes()].concat(), "BOM", None),
        row("utf16.xml", utf16(true), "ENCODING", None),
        row("utf16 bez bom.xml", utf16(false), "ENCODING", None),
        row("windows.xml", in_windows_1250(&declared("windows-1250")), "ENCODING", None),
        row("tylko deklaracja.xml", declared("ISO-8859-2"), "ENCODING", Some(1)),
        row("bez deklaracji.xml", latin, "NOT_UTF8", None),
        row("wersja.xml", good().replacen("version=\"1.0\"", "version=\"1.1\"", 1), "XML_VERSION", Some(1)),
        row("dtd.xml", after_declaration("<!DOCTYPE Faktura SYSTEM \"zla.dtd\">"), "DTD", Some(2)),
        row("bomba.xml", after_declaration("<!DOCTYPE a [<!ENTITY b \"c\">]>"), "DTD", Some(2)),
        row(
            "arkusz.xml",
            after_declaration("<?xml-stylesheet href=\"styl.xsl\"?>"),
            "PROCESSING_INSTRUCTION",
            Some(2),
        ),
        row_of("encja.xml", with("Usługa", "Us&lstrok;uga"), "ENTITY"),
        row_of("sterujacy.xml", with("Usługa", "Us\u{1}uga"), "FORBIDDEN_CHARACTER"),
        row_of("odwolanie.xml", with("Usługa", "Us&#1;uga"), "FORBIDDEN_CHARACTER"),
        row_of("c1.xml", with("Usługa", "Us\u{86}uga"), "DISCOURAGED_CHARACTER"),
    ]
}

fn rules() -> Vec<Row> {
    let padding = format!("</Faktura>\n<!--{}-->", "x".repeat(1_000_000));
    let far_too_large = format!("</Faktura>\n<!--{}-->", "x".repeat(3_000_000));
    vec![
        row("duza.xml", good().replacen("</Faktura>", &padding, 1), "TOO_LARGE", None),
        row("ogromna.xml", good().replacen("</Faktura>", &far_too_large, 1), "TOO_LARGE", None),
        row_of("jutro.xml", with("<P_1>2026-11-23", "<P_1>2026-11-24"), "ISSUE_DATE_IN_FUTURE"),
        row_of("za rok.xml", with("<P_1>2026-11-23", "<P_1>2027-11-23"), "ISSUE_DATE_IN_FUTURE"),
        row_of("cudza.xml", with("<NIP>5265877635", "<NIP>1111111111"), "OTHER_SELLER"),
        row_of("kwota.xml", with("<P_15>123", "<P_15>sto"), "NOT_NUMBER"),
        row_of("bez numeru.xml", with("<P_2>FV/1/11/2026</P_2>\n", ""), "MISSING"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn each_has_its_finding_and_none_leaves() {
    let sim = simulator().await;
    let clock = Arc::new(ManualClock::at(moment(NOW)));
    let bench = Bench::at(clock, Some(sim.api().clone()), EnvironmentName::Test).await;
    bench.paste_fresh_token(&sim).await;
    let rows = [not_xml(), not_this_form(), bytes_and_characters(), rules()];
    for row in rows.into_iter().flatten() {
        let path = bench.file(&format!("Faktury żółte/{}", row.file), &row.bytes);
        let loaded = bench.app.load_invoices(&bench.scope, vec![path]).await.unwrap();
        let [view] = loaded.as_slice() else { panic!("{}: {} rows", row.file, loaded.len()) };
        judge(view, &row);
        assert_stays(&bench, view).await;
    }
    assert_eq!(sim.control().arrived().unwrap().documents.len(), 0, "nothing came to KSeF");
    sim.stop().await;
}

/// Art. 106nda: sent online, it counts as issued offline. That is said, and keeps nobody from sending.
#[tokio::test(flavor = "multi_thread")]
async fn one_of_an_earlier_day_is_told_what_follows() {
    let bench = Bench::at(Arc::new(ManualClock::at(moment(NOW))), None, EnvironmentName::Test).await;
    for (issued, told) in [
        ("2026-11-23", &[][..]),
        ("2026-11-20", &["ISSUE_DATE_BEFORE_TODAY"]),
        ("2026-11-10", &["ISSUE_DATE_BEFORE_TODAY"]),
    ] {
        let (bytes, _) = with("<P_1>2026-11-23", &format!("<P_1>{issued}"));
        let path = bench.file(&format!("{issued}.xml"), &bytes);
        let loaded = bench.app.load_invoices(&bench.scope, vec![path]).await.unwrap();
        let view = loaded.last().unwrap();
        assert!(view.sendable, "{issued}: {:?}", view.findings);
        let codes: Vec<_> = view.findings.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(codes, told, "{issued}");
        bench.app.drop_prepared(&bench.scope, std::slice::from_ref(&view.id)).await.unwrap();
    }
}

fn judge(view: &PreparedView, row: &Row) {
    let of = row.file;
    assert!(!view.sendable && view.problem.is_none() && view.already.is_none(), "{of}");
    assert_eq!(view.file_name, of);
    let errors: Vec<_> = view.findings.iter().filter(|finding| finding.error).collect();
    let found = errors.iter().find(|finding| finding.code == row.code);
    let codes: Vec<_> = errors.iter().map(|finding| finding.code.as_str()).collect();
    let found = found.unwrap_or_else(|| panic!("{of}: {codes:?} instead of {}", row.code));
    assert!(codes.iter().all(|code| *code == row.code), "{of}: nothing but {} but {codes:?}", row.code);
    if let Some(line) = row.line {
        assert_eq!(found.line, row.line, "{of}: {}", found.pl);
        assert!(found.column.is_some(), "{of}");
        assert!(found.pl.starts_with(&format!("Wiersz {line}: ")), "{of}: {}", found.pl);
        assert!(found.en.starts_with(&format!("Line {line}: ")), "{of}: {}", found.en);
    }
    for said in [&found.pl, &found.en] {
        assert!(said.len() > 10 && !said.contains(['{', '}']), "{of}: {said}");
    }
    assert_ne!(found.pl, found.en, "{of}");
}

/// Asked to be sent all the same, it is refused and nothing of it is in the outbox.
async fn assert_stays(bench: &Bench, view: &PreparedView) {
    let ids = [view.id.clone()];
    assert!(bench.app.enqueue_prepared(&bench.scope, &ids).await.unwrap().is_empty(), "{}", view.file_name);
    bench.app.send_and_wait(&bench.scope, CancellationToken::new()).await.unwrap();
    let on_screen = bench.app.prepared(&bench.scope).await.unwrap();
    let problem = on_screen[0].problem.as_ref().unwrap();
    assert_eq!((problem.code.as_str(), problem.next), ("invoice.hasErrors", NextStep::CorrectInvoice));
    assert_told(problem, &view.file_name);
    let sales = bench.app.sales(&bench.scope, SalesFilter::default()).await.unwrap();
    assert_eq!(sales.total, 0, "{}", view.file_name);
    bench.app.drop_prepared(&bench.scope, &ids).await.unwrap();
    assert!(bench.app.prepared(&bench.scope).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sentences_name_what_was_found() {
    let clock = Arc::new(ManualClock::at(moment(NOW)));
    let bench = Bench::new(clock).await;
    let all = [not_this_form(), bytes_and_characters(), rules()];
    for (file, words) in [
        ("stara faktura.xml", "FA(2)"),
        ("JPK_V7M.xml", "JPK"),
        ("windows.xml", "windows-1250"),
        ("utf16.xml", "UTF-16"),
        ("arkusz.xml", "xml-stylesheet"),
        ("jutro.xml", "24"),
        ("cudza.xml", "111"),
        ("duza.xml", "1"),
    ] {
        let row = all.iter().flatten().find(|row| row.file == file).unwrap();
        let path = bench.file(file, &row.bytes);
        let loaded = bench.app.load_invoices(&bench.scope, vec![path]).await.unwrap();
        let finding =
            loaded.last().unwrap().findings.iter().find(|finding| finding.code == row.code).unwrap();
        for said in [&finding.pl, &finding.en] {
            assert!(said.contains(words), "{file}: {words} in {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_document_is_a_row_with_its_problem() {
    let clock = Arc::new(ManualClock::at(moment(NOW)));
    let bench = Bench::new(clock).await;
    let huge = bench.folder.path().join("film.xml");
    sparse(&huge, 100 * 1024 * 1024);
    let paths = vec![huge, bench.folder.path().to_owned(), bench.file("dobra.xml", good().as_bytes())];
    let rows = bench.app.load_invoices(&bench.scope, paths).await.unwrap();
    let codes: Vec<_> =
        rows.iter().map(|row| row.problem.as_ref().map(|found| found.code.as_str())).collect();
    assert!(codes.contains(&Some("file.tooLarge")) && codes.contains(&Some("file.folder")), "{codes:?}");
    for problem in rows.iter().filter_map(|row| row.problem.as_ref()) {
        assert_told(problem, &problem.code);
        assert_eq!(problem.next, NextStep::ChooseFile);
    }
    let sendable: Vec<_> = rows.iter().filter(|row| row.sendable).map(|row| row.file_name.as_str()).collect();
    assert_eq!(sendable, ["dobra.xml"], "the good one among them can go");
}
