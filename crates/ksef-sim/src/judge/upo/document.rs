use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Europe::Warsaw;
use ksef_types::{ContextIdentifier, Sha256Hash};

use super::{UpoAuthentication, UpoHeader, UpoInvoice};
use crate::judge::openssl_parts::to_base64;

/// `OpisPotwierdzenia`, all counted from one.
pub(super) struct Page {
    pub(super) number: usize,
    pub(super) count: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) total: usize,
}

/// Writes a `Potwierdzenie` 4.3 that is its own canonical form: no declaration, no empty tags, the one namespace on
/// the root, text escaped as canonical XML escapes it. The signer hashes these bytes as they are.
pub(super) fn write(header: &UpoHeader, page: Option<&Page>, invoices: &[UpoInvoice]) -> String {
    let mut xml = String::from("<Potwierdzenie xmlns=\"http://upo.schematy.mf.gov.pl/KSeF/v4-3\">");
    // The schema fixes this text.
    element(&mut xml, "NazwaPodmiotuPrzyjmujacego", "Ministerstwo Finansów");
    element(&mut xml, "NumerReferencyjnySesji", header.session.as_str());
    authentication(&mut xml, header);
    if let Some(page) = page {
        nested(&mut xml, "OpisPotwierdzenia", |xml| {
            element(xml, "Strona", &page.number.to_string());
            element(xml, "LiczbaStron", &page.count.to_string());
            element(xml, "ZakresDokumentowOd", &page.from.to_string());
            element(xml, "ZakresDokumentowDo", &page.to.to_string());
            element(xml, "CalkowitaLiczbaDokumentow", &page.total.to_string());
        });
    }
    element(&mut xml, "NazwaStrukturyLogicznej", &header.structure);
    element(&mut xml, "KodFormularza", &header.form_code);
    invoices.iter().for_each(|invoice| document(&mut xml, invoice));
    xml.push_str("</Potwierdzenie>");
    xml
}

fn authentication(xml: &mut String, header: &UpoHeader) {
    nested(xml, "Uwierzytelnienie", |xml| {
        let name = match header.context {
            ContextIdentifier::Nip(_) => "Nip",
            ContextIdentifier::InternalId(_) => "IdWewnetrzny",
            ContextIdentifier::NipVatUe(_) => "IdZlozonyVatUE",
            ContextIdentifier::PeppolId(_) => "IdDostawcyUslugPeppol",
        };
        nested(xml, "IdKontekstu", |xml| element(xml, name, header.context.value()));
        match &header.authentication {
            UpoAuthentication::Token(reference) => {
                element(xml, "NumerReferencyjnyTokenaKSeF", reference.as_str());
            }
            UpoAuthentication::Document(hash) => {
                element(xml, "SkrotDokumentuUwierzytelniajacego", &digest(hash));
            }
        }
    });
}

fn document(xml: &mut String, invoice: &UpoInvoice) {
    nested(xml, "Dokument", |xml| {
        element(xml, "NipSprzedawcy", invoice.seller.as_str());
        element(xml, "NumerKSeFDokumentu", invoice.ksef_number.as_str());
        element(xml, "NumerFaktury", &invoice.number);
        element(xml, "DataWystawieniaFaktury", &invoice.issue_date.format("%Y-%m-%d").to_string());
        element(xml, "DataPrzeslaniaDokumentu", &moment(invoice.received));
        element(xml, "DataNadaniaNumeruKSeF", &moment(invoice.accepted));
        element(xml, "SkrotDokumentu", &digest(&invoice.hash));
        element(xml, "TrybWysylki", if invoice.offline { "Offline" } else { "Online" });
    });
}

/// As in the ministry's samples: time in Poland with its offset, milliseconds.
fn moment(moment: DateTime<Utc>) -> String {
    moment.with_timezone(&Warsaw).to_rfc3339_opts(SecondsFormat::Millis, false)
}

fn digest(hash: &Sha256Hash) -> String {
    to_base64(hash.as_bytes())
}

fn nested(xml: &mut String, name: &str, content: impl FnOnce(&mut String)) {
    // Writing into a string cannot fail.
    let _ = write!(xml, "<{name}>");
    content(xml);
    let _ = write!(xml, "</{name}>");
}

fn element(xml: &mut String, name: &str, text: &str) {
    nested(xml, name, |xml| xml.push_str(&canonical_text(text)));
}

/// Text as canonical XML writes it: quotes stay, a carriage return becomes a reference.
pub(super) fn canonical_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\r' => escaped.push_str("&#xD;"),
            other => escaped.push(other),
        }
    }
    escaped
}
