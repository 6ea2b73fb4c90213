//! UPO 4.3, the official confirmation of receipt, for one invoice or for a session.
//!
//! Reading only: the signature around it is neither needed nor checked here.

use std::collections::HashMap;
use std::str::FromStr;

use base64::Engine as _;
use chrono::{DateTime, FixedOffset, NaiveDate};
use ksef_types::{ContextIdentifier, ContextKind, KsefNumber, Nip, ReferenceNumber, Sha256Hash};

use crate::xml::{Scanner, Token, XmlFault};

/// A confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upo {
    /// `NazwaPodmiotuPrzyjmujacego`; other environments than production add their name.
    pub receiver: String,
    /// `NumerReferencyjnySesji`.
    pub session: ReferenceNumber,
    /// `IdKontekstu`.
    pub context: ContextIdentifier,
    /// What the session was authenticated by.
    pub authentication: UpoAuthentication,
    /// `OpisPotwierdzenia`, in a confirmation of a session.
    pub page: Option<UpoPage>,
    /// `NazwaStrukturyLogicznej`.
    pub structure: String,
    /// `KodFormularza`.
    pub form_code: String,
    /// At least one.
    pub documents: Vec<UpoDocument>,
    /// An XML signature stands in it (not checked here).
    pub signed: bool,
}

/// What the session was authenticated by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UpoAuthentication {
    /// `NumerReferencyjnyTokenaKSeF`.
    Token(ReferenceNumber),
    /// `SkrotDokumentuUwierzytelniajacego`, the hash of the signed request.
    Document(Sha256Hash),
}

/// Which part of a session's documents a confirmation lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UpoPage {
    /// `Strona`, from 1.
    pub page: u32,
    /// `LiczbaStron`.
    pub pages: u32,
    /// `ZakresDokumentowOd`, from 1.
    pub first: u32,
    /// `ZakresDokumentowDo`.
    pub last: u32,
    /// `CalkowitaLiczbaDokumentow`.
    pub total: u32,
}

/// One confirmed invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpoDocument {
    /// `NipSprzedawcy`.
    pub seller: Nip,
    /// `NumerKSeFDokumentu`.
    pub ksef_number: KsefNumber,
    /// `NumerFaktury` (P_2).
    pub invoice_number: String,
    /// `DataWystawieniaFaktury` (P_1).
    pub issue_date: NaiveDate,
    /// `DataPrzeslaniaDokumentu`.
    pub sent: DateTime<FixedOffset>,
    /// `DataNadaniaNumeruKSeF`.
    pub numbered: DateTime<FixedOffset>,
    /// `SkrotDokumentu`, SHA-256 of the document.
    pub hash: Sha256Hash,
    /// `TrybWysylki` is `Offline`.
    pub offline: bool,
}

/// Why bytes are no UPO.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UpoProblem {
    /// Not well-formed XML, or with a DTD.
    #[error("the confirmation is not well-formed XML")]
    NotXml,
    /// Another document or another version: the root's namespace.
    #[error("not a UPO 4.3, its namespace is {namespace:?}")]
    NotUpo {
        /// The root's namespace.
        namespace: String,
    },
    /// A required element is missing.
    #[error("the confirmation lacks {0}")]
    Missing(&'static str),
    /// An element has a value that is none.
    #[error("the value of {element} in the confirmation cannot be read: {value:?}")]
    Value {
        /// The element.
        element: &'static str,
        /// As written.
        value: String,
    },
}

/// Reads a confirmation.
///
/// Lenient where the environments differ (the receiver's name has a suffix outside production) and about what may
/// stand around (a signature, other namespaces); strict about every value that the program goes on with.
///
/// # Errors
/// When the bytes are no UPO 4.3; the reason says which element.
pub fn read(bytes: &[u8]) -> Result<Upo, UpoProblem> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| UpoProblem::NotXml)?;
    let mut draft = Draft::default();
    draft.walk(text)?;
    draft.finish()
}

const NAMESPACE: &str = "http://upo.schematy.mf.gov.pl/KSeF/v4-3";
const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";

/// Values by element, as they come.
type Values = HashMap<&'static str, String>;

/// What has been read so far.
#[derive(Default)]
struct Draft {
    values: Values,
    document: Values,
    documents: Vec<UpoDocument>,
    signed: bool,
}

/// Elements with values, as the schema names them.
const FIELDS: [&str; 24] = [
    "NazwaPodmiotuPrzyjmujacego",
    "NumerReferencyjnySesji",
    "Nip",
    // The schema's own spelling.
    "IdWewnetrzny",
    "IdZlozonyVatUE",
    "IdDostawcyUslugPeppol",
    "NumerReferencyjnyTokenaKSeF",
    "SkrotDokumentuUwierzytelniajacego",
    "Strona",
    "LiczbaStron",
    "ZakresDokumentowOd",
    "ZakresDokumentowDo",
    "CalkowitaLiczbaDokumentow",
    "NazwaStrukturyLogicznej",
    "KodFormularza",
    "NipSprzedawcy",
    "NumerKSeFDokumentu",
    "NumerFaktury",
    "DataWystawieniaFaktury",
    "DataPrzeslaniaDokumentu",
    "DataNadaniaNumeruKSeF",
    "SkrotDokumentu",
    "TrybWysylki",
    "OpisPotwierdzenia",
];

impl Draft {
    fn walk(&mut self, text: &str) -> Result<(), UpoProblem> {
        let mut scanner = Scanner::new(text, 0).map_err(not_xml)?;
        let mut value = String::new();
        let mut open: Vec<Option<&str>> = Vec::new();
        loop {
            match scanner.next().map_err(not_xml)? {
                Token::Start => {
                    let name = scanner.name();
                    let namespace = scanner.namespaces().uri(name.prefix);
                    if open.is_empty() && (namespace != NAMESPACE || name.local != "Potwierdzenie") {
                        return Err(UpoProblem::NotUpo { namespace: namespace.chars().take(200).collect() });
                    }
                    self.signed |= namespace == SIGNATURE && name.local == "Signature";
                    // What stands inside foreign elements is foreign as well.
                    let inside_ours = open.iter().all(Option::is_some);
                    open.push((inside_ours && namespace == NAMESPACE).then_some(name.local));
                    value.clear();
                }
                Token::Text(text) | Token::CData(text) => value.push_str(text),
                Token::Character(character) => value.push(character),
                Token::End => {
                    if let Some(Some(local)) = open.pop() {
                        let in_document = open.contains(&Some("Dokument"));
                        self.close(local, in_document, value.trim())?;
                    }
                    value.clear();
                }
                Token::Declaration | Token::Instruction(_) => {}
                Token::Eof => return Ok(()),
            }
        }
    }

    fn close(&mut self, local: &str, in_document: bool, value: &str) -> Result<(), UpoProblem> {
        if local == "Dokument" {
            let document = document(&std::mem::take(&mut self.document))?;
            self.documents.push(document);
        } else if let Some(field) = FIELDS.iter().find(|field| **field == local) {
            let values = if in_document { &mut self.document } else { &mut self.values };
            values.insert(field, value.to_owned());
        }
        Ok(())
    }

    fn finish(self) -> Result<Upo, UpoProblem> {
        let values = &self.values;
        if self.documents.is_empty() {
            return Err(UpoProblem::Missing("Dokument"));
        }
        Ok(Upo {
            receiver: need(values, "NazwaPodmiotuPrzyjmujacego")?.to_owned(),
            session: parsed(values, "NumerReferencyjnySesji")?,
            context: context(values)?,
            authentication: authentication(values)?,
            page: page(values)?,
            structure: need(values, "NazwaStrukturyLogicznej")?.to_owned(),
            form_code: need(values, "KodFormularza")?.to_owned(),
            documents: self.documents,
            signed: self.signed,
        })
    }
}

fn not_xml(_: XmlFault) -> UpoProblem {
    UpoProblem::NotXml
}

fn need<'v>(values: &'v Values, element: &'static str) -> Result<&'v str, UpoProblem> {
    values
        .get(element)
        .map(String::as_str)
        .filter(|value| !value.is_empty())
        .ok_or(UpoProblem::Missing(element))
}

fn wrong(element: &'static str, value: &str) -> UpoProblem {
    UpoProblem::Value { element, value: value.chars().take(200).collect() }
}

fn parsed<T: FromStr>(values: &Values, element: &'static str) -> Result<T, UpoProblem> {
    let value = need(values, element)?;
    value.parse().map_err(|_| wrong(element, value))
}

fn context(values: &Values) -> Result<ContextIdentifier, UpoProblem> {
    let kinds = [
        ("Nip", ContextKind::Nip),
        ("IdWewnetrzny", ContextKind::InternalId),
        ("IdZlozonyVatUE", ContextKind::NipVatUe),
        ("IdDostawcyUslugPeppol", ContextKind::PeppolId),
    ];
    let found =
        kinds.into_iter().find_map(|(element, kind)| values.get(element).map(|value| (element, kind, value)));
    let (element, kind, value) = found.ok_or(UpoProblem::Missing("IdKontekstu"))?;
    ContextIdentifier::parse(kind, value).map_err(|_| wrong(element, value))
}

fn authentication(values: &Values) -> Result<UpoAuthentication, UpoProblem> {
    match values.contains_key("NumerReferencyjnyTokenaKSeF") {
        true => parsed(values, "NumerReferencyjnyTokenaKSeF").map(UpoAuthentication::Token),
        false => hash(values, "SkrotDokumentuUwierzytelniajacego").map(UpoAuthentication::Document),
    }
}

fn page(values: &Values) -> Result<Option<UpoPage>, UpoProblem> {
    if !values.contains_key("OpisPotwierdzenia") {
        return Ok(None);
    }
    Ok(Some(UpoPage {
        page: parsed(values, "Strona")?,
        pages: parsed(values, "LiczbaStron")?,
        first: parsed(values, "ZakresDokumentowOd")?,
        last: parsed(values, "ZakresDokumentowDo")?,
        total: parsed(values, "CalkowitaLiczbaDokumentow")?,
    }))
}

fn document(values: &Values) -> Result<UpoDocument, UpoProblem> {
    let offline = match need(values, "TrybWysylki")? {
        "Online" => false,
        "Offline" => true,
        other => return Err(wrong("TrybWysylki", other)),
    };
    Ok(UpoDocument {
        seller: parsed(values, "NipSprzedawcy")?,
        ksef_number: parsed(values, "NumerKSeFDokumentu")?,
        invoice_number: need(values, "NumerFaktury")?.to_owned(),
        issue_date: parsed(values, "DataWystawieniaFaktury")?,
        sent: moment(values, "DataPrzeslaniaDokumentu")?,
        numbered: moment(values, "DataNadaniaNumeruKSeF")?,
        hash: hash(values, "SkrotDokumentu")?,
        offline,
    })
}

/// With any number of digits of a second; without a zone it is UTC.
fn moment(values: &Values, element: &'static str) -> Result<DateTime<FixedOffset>, UpoProblem> {
    let value = need(values, element)?;
    let zoned = DateTime::parse_from_rfc3339(value);
    zoned.or_else(|_| DateTime::parse_from_rfc3339(&format!("{value}Z"))).map_err(|_| wrong(element, value))
}

fn hash(values: &Values, element: &'static str) -> Result<Sha256Hash, UpoProblem> {
    let value = need(values, element)?;
    let bytes = base64::engine::general_purpose::STANDARD.decode(value).map_err(|_| wrong(element, value))?;
    Sha256Hash::try_from(bytes.as_slice()).map_err(|_| wrong(element, value))
}
