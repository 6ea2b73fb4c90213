//! The first inputs of the corpus: our own documents, and hostile ones.

use chrono::{DateTime, NaiveDate};
use ksef_invoice::sample::{SampleInvoice, SampleLine, SampleParty, SampleRate, fa3};

const FA2: &str = include_str!("../view/fa2.xml");
const FA_RR: &str = include_str!("../view/fa_rr.xml");
const FA3: &str = "http://crd.gov.pl/wzor/2025/06/25/13775/";

/// Target, name of the file, bytes.
pub(crate) fn all() -> Vec<(&'static str, String, Vec<u8>)> {
    let mut out = Vec::new();
    let mut add = |targets: &[&'static str], name: &str, text: String| {
        for target in targets {
            out.push((*target, name.to_owned(), text.clone().into_bytes()));
        }
    };
    let fa3 = ["read_fa3", "validate_fa3", "view_any"];
    for (name, text) in documents() {
        add(&fa3, name, text);
    }
    for (name, text) in hostile() {
        add(&["read_fa3", "validate_fa3"], name, text);
    }
    add(&["view_any"], "fa2.xml", FA2.to_owned());
    add(&["view_any"], "fa_rr.xml", FA_RR.to_owned());
    add(&["view_any"], "unknown-elements.xml", FA2.replace("<P_1>", "<Obcy><Obcy>x</Obcy></Obcy><P_1>"));
    add(&["read_upo"], "invoice.xml", upo(1, ""));
    add(&["read_upo"], "session.xml", upo(2, PAGE));
    add(&["read_upo"], "no-document.xml", upo(0, ""));
    add(&["read_upo"], "bad-hash.xml", upo(1, "").replace("GZMG", "????"));
    add(&["read_upo"], "dtd.xml", format!("<!DOCTYPE a [<!ENTITY b \"c\">]>{}", upo(1, "")));
    out
}

fn documents() -> Vec<(&'static str, String)> {
    let sample = sample();
    let dressed = sample
        .replace("</", "</f:")
        .replace('<', "<f:")
        .replace("<f:/f:", "</f:")
        .replace("<f:?", "<?")
        .replace("xmlns=", "xmlns:f=")
        .replace("<f:P_2>", "<f:P_2><!-- a --><![CDATA[ ")
        .replace("</f:P_2>", "]]>&#x20;\r\n</f:P_2>");
    let order = "<Zamowienie><WartoscZamowienia>123</WartoscZamowienia><ZamowienieWiersz><NrWierszaZam>1</NrWierszaZam>\
        <P_7Z>Towar</P_7Z><P_8BZ>1.5</P_8BZ><P_9AZ>66.66666667</P_9AZ><P_12Z>0 EX</P_12Z><StanPrzedZ>1</StanPrzedZ>\
        </ZamowienieWiersz></Zamowienie></Fa>";
    let advance = sample
        .replace("<RodzajFaktury>VAT</RodzajFaktury>", "<RodzajFaktury>ZAL</RodzajFaktury><ZaliczkaCzesciowa><P_6Z>2026-01-02</P_6Z><P_15Z>10</P_15Z></ZaliczkaCzesciowa>")
        .replace("</Fa>", order);
    let attachment = "<Zalacznik><BlokDanych><ZNaglowek>A</ZNaglowek><MetaDane><ZKlucz>k</ZKlucz><ZWartosc>w</ZWartosc></MetaDane>\
        <Tekst><Akapit>t</Akapit></Tekst><Tabela><TMetaDane><TKlucz>a</TKlucz><TWartosc>b</TWartosc></TMetaDane>\
        <TNaglowek><Kol Typ=\"dec\"><NKom>Ile</NKom></Kol></TNaglowek><Wiersz><WKom>1</WKom></Wiersz><Wiersz><WKom/></Wiersz>\
        <Suma><SKom>1</SKom></Suma></Tabela></BlokDanych></Zalacznik></Faktura>";
    vec![
        ("correction.xml", correction()),
        ("advance.xml", advance),
        ("attachment.xml", sample.replace("</Faktura>", attachment)),
        ("dressed.xml", dressed),
        ("sample.xml", sample),
    ]
}

/// The correction of FA(2) as FA(3) has it.
fn correction() -> String {
    FA2.replace("http://crd.gov.pl/wzor/2023/06/29/12648/", FA3)
        .replace("FA (2)", "FA (3)")
        .replace("<WariantFormularza>2", "<WariantFormularza>3")
        .replace("<IDNabywcy>NAB01</IDNabywcy>", "<IDNabywcy>NAB01</IDNabywcy><JST>2</JST><GV>2</GV>")
        .replace("<P_12>0</P_12>", "<P_12>0 WDT</P_12>")
}

fn sample() -> String {
    let party = SampleParty {
        nip: "5265877635".parse().unwrap(),
        name: "Żółw & syn".to_owned(),
        address: "Wolna 1".to_owned(),
    };
    let line = SampleLine {
        name: "Usługa".to_owned(),
        unit: "szt.".to_owned(),
        quantity: 2.into(),
        unit_price: 100.into(),
        rate: SampleRate::Vat23,
    };
    let bytes = fa3(&SampleInvoice {
        seller: party.clone(),
        buyer: party,
        number: "FV/1".to_owned(),
        issue_date: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
        created: DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
        lines: vec![line],
    });
    String::from_utf8(bytes).unwrap()
}

fn hostile() -> Vec<(&'static str, String)> {
    let sample = sample();
    let root = format!("<Faktura xmlns=\"{FA3}\">");
    let attributes: String = (0..300).map(|number| format!(" a{number}=\"\"")).collect();
    vec![
        ("empty.xml", String::new()),
        ("dtd.xml", sample.replacen("<Faktura", "<!DOCTYPE Faktura [<!ENTITY a \"b\">]><Faktura", 1)),
        ("laughs.xml", "<!DOCTYPE l [<!ENTITY a \"l\"><!ENTITY b \"&a;&a;&a;\">]><l>&b;</l>".to_owned()),
        ("external.xml", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>".to_owned()),
        ("entity.xml", sample.replace("Wolna", "&wolna;")),
        ("deep.xml", format!("{root}{}", "<a>".repeat(70))),
        ("attributes.xml", format!("<Faktura xmlns=\"{FA3}\"{attributes}/>")),
        ("cut-off.xml", sample[..sample.len() / 2].to_owned()),
        ("character.xml", sample.replace("Wolna", "&#0;")),
        ("surrogate.xml", sample.replace("Wolna", "&#xD800;")),
        ("instruction.xml", sample.replace("<Fa>", "<?a b?><Fa>")),
        ("text-between.xml", sample.replace("<Fa>", "x<Fa>")),
        ("cdata-between.xml", sample.replace("<Fa>", "<![CDATA[]]><Fa>")),
        ("out-of-order.xml", sample.replace("<P_2>FV/1</P_2>", "").replace("<P_1>", "<P_2>FV/1</P_2><P_1>")),
        ("numbers.xml", sample.replace("<JST>2", "<JST> +02 ").replace("<P_8B>2", "<P_8B>-0.000000")),
        ("many-digits.xml", sample.replace("<P_8B>2", "<P_8B>99999999999999999999999999999999999999")),
        ("moment.xml", sample.replace("<SystemInfo>", "<SystemInfo>24:00:00")),
        (
            "xsi.xml",
            sample.replace(
                "<P_15>",
                "<P_15 xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"true\">",
            ),
        ),
        ("carriage-return.xml", sample.replace("Usługa", "a&#13;b\rc\r\nd")),
        ("two-roots.xml", format!("{sample}{sample}")),
        ("prefix.xml", sample.replace("<Fa>", "<x:Fa>")),
        ("bom.xml", format!("\u{feff}\u{feff}{sample}")),
    ]
}

const PAGE: &str = "<OpisPotwierdzenia><Strona>1</Strona><LiczbaStron>1</LiczbaStron><ZakresDokumentowOd>1</ZakresDokumentowOd>\
    <ZakresDokumentowDo>2</ZakresDokumentowDo><CalkowitaLiczbaDokumentow>2</CalkowitaLiczbaDokumentow></OpisPotwierdzenia>";

fn upo(documents: usize, page: &str) -> String {
    let document = "<Dokument><NipSprzedawcy>5265877635</NipSprzedawcy>\
        <NumerKSeFDokumentu>5265877635-20250916-0200A0D6723E-C2</NumerKSeFDokumentu><NumerFaktury>FV/1</NumerFaktury>\
        <DataWystawieniaFaktury>2025-09-16</DataWystawieniaFaktury><DataPrzeslaniaDokumentu>2025-09-16T11:05:40.841+02:00</DataPrzeslaniaDokumentu>\
        <DataNadaniaNumeruKSeF>2025-09-16T11:05:41Z</DataNadaniaNumeruKSeF><SkrotDokumentu>GZMGNVzs3krF6URKgvaw77OOeG3nJ+WGziT5xguliQ8=</SkrotDokumentu>\
        <TrybWysylki>Online</TrybWysylki></Dokument>";
    format!(
        "<Potwierdzenie xmlns=\"http://upo.schematy.mf.gov.pl/KSeF/v4-3\"><NazwaPodmiotuPrzyjmujacego>MF</NazwaPodmiotuPrzyjmujacego>\
        <NumerReferencyjnySesji>20250916-SO-9D5A28BFDA-47C899773E-5C</NumerReferencyjnySesji><Uwierzytelnienie><IdKontekstu><Nip>5265877635</Nip></IdKontekstu>\
        <SkrotDokumentuUwierzytelniajacego>kyqH+QUgP8ATWd/95IY632mP4uqibwG66Oqclq9+qno=</SkrotDokumentuUwierzytelniajacego></Uwierzytelnienie>{page}\
        <NazwaStrukturyLogicznej>FA(3)</NazwaStrukturyLogicznej><KodFormularza>FA (3)</KodFormularza>{}</Potwierdzenie>",
        document.repeat(documents)
    )
}
