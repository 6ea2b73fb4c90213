use chrono::NaiveDate;
use ksef_types::Nip;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::form;
use crate::xml::{FaultKind, Scanner, Token, XmlFault};

/// Which form a document is filled in on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub enum Form {
    /// FA(3) 1-0E, the one that is sent.
    Fa3,
    /// FA(2) 1-0E, read only.
    Fa2,
    /// FA(1) 1-0E, of before KSeF 2.0, not read.
    Fa1,
    /// FA_RR(1) 1-1E, the invoice for a flat-rate farmer, read only.
    FaRr,
    /// PEF, the public procurement invoice (Peppol BIS, UBL).
    Pef,
    /// A UPO, KSeF's confirmation of receipt.
    Upo,
    /// Another document: the root element's name and namespace.
    Other {
        /// Local name of the root element.
        root: String,
        /// Its namespace; empty for none.
        namespace: String,
    },
}

/// `RodzajFaktury`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InvoiceKind {
    /// `VAT`, a basic invoice.
    Vat,
    /// `KOR`, a correction.
    Kor,
    /// `ZAL`, for an advance payment.
    Zal,
    /// `ROZ`, settling advance payments.
    Roz,
    /// `UPR`, a simplified one.
    Upr,
    /// `KOR_ZAL`, a correction of an advance invoice.
    KorZal,
    /// `KOR_ROZ`, a correction of a settling invoice.
    KorRoz,
    /// `VAT_RR`, for a flat-rate farmer.
    VatRr,
    /// `KOR_VAT_RR`, a correction of it.
    KorVatRr,
}

/// The seller as written in the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Seller {
    /// The NIP as written; [`Seller::nip`] gives it where it is one.
    pub nip_as_written: Option<String>,
    /// Name.
    pub name: Option<String>,
}

impl Seller {
    /// The NIP, if its check digit is right.
    #[must_use]
    pub fn nip(&self) -> Option<Nip> {
        self.nip_as_written.as_deref()?.parse().ok()
    }
}

/// How a buyer is identified.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", content = "value")]
pub enum BuyerId {
    /// `NIP`, as written.
    Nip(String),
    /// `KodUE` + `NrVatUE`.
    VatUe(String),
    /// `KodKraju` (where given) + `NrID`.
    Other {
        /// Country code.
        country: Option<String>,
        /// Number.
        number: String,
    },
    /// `BrakID`: none, a consumer for instance.
    None,
}

/// The buyer as written in the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Buyer {
    /// Identifier.
    pub id: Option<BuyerId>,
    /// Name.
    pub name: Option<String>,
}

/// What a person wants to see of an invoice in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Form.
    pub form: Form,
    /// `RodzajFaktury`.
    pub kind: Option<InvoiceKind>,
    /// `P_2` (FA_RR: `P_4C`).
    pub number: Option<String>,
    /// `P_1` (FA_RR: `P_4B`).
    pub issue_date: Option<NaiveDate>,
    /// `Podmiot1`.
    pub seller: Seller,
    /// `Podmiot2`.
    pub buyer: Buyer,
    /// `KodWaluty`, ISO 4217.
    pub currency: Option<String>,
    /// Sum of all `P_13_*`, in the invoice's currency.
    pub net: Option<Decimal>,
    /// Sum of all `P_14_*` without the conversions to PLN (`P_14_*W`), in the invoice's currency.
    pub vat: Option<Decimal>,
    /// `P_15`, what is due, in the invoice's currency.
    pub gross: Option<Decimal>,
    /// There is a `Zalacznik`: only batch sessions take it.
    pub has_attachment: bool,
}

/// Why a document has no summary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSummary {
    /// It is not well-formed XML up to its root element's end.
    #[error("the document is not well-formed XML")]
    NotXml,
    /// It is no FA(3), FA(2) or FA_RR; the form says what it is.
    #[error("the document is no FA invoice")]
    NotAnInvoice(Form),
}

/// Reads the summary of FA(3), FA(2) or FA_RR. Lenient about everything but well-formedness: fields that are
/// missing or unreadable are `None`.
///
/// # Errors
/// When the document is not well-formed XML or no FA invoice.
pub fn summary(bytes: &[u8]) -> Result<Summary, NoSummary> {
    match read(bytes) {
        (Ok(()), summary) => summary.ok_or(NoSummary::NotXml).and_then(only_fa),
        (Err(_), _) => Err(NoSummary::NotXml),
    }
}

/// The same as far as the document can be read; `None` where not even the root element can.
pub(crate) fn as_far_as_readable(bytes: &[u8]) -> Option<Summary> {
    read(bytes).1.and_then(|summary| only_fa(summary).ok())
}

fn only_fa(summary: Summary) -> Result<Summary, NoSummary> {
    match summary.form {
        Form::Fa3 | Form::Fa2 | Form::FaRr => Ok(summary),
        other => Err(NoSummary::NotAnInvoice(other)),
    }
}

fn read(bytes: &[u8]) -> (Result<(), XmlFault>, Option<Summary>) {
    let mut summary = None;
    let without_bom = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let result = match std::str::from_utf8(without_bom) {
        Ok(text) => walk(text, &mut summary),
        Err(error) => Err(FaultKind::Form("markup").at(error.valid_up_to())),
    };
    (result, summary)
}

fn walk(text: &str, found: &mut Option<Summary>) -> Result<(), XmlFault> {
    let mut scanner = Scanner::new(text, 0)?;
    let mut path: Vec<&str> = Vec::with_capacity(8);
    let mut value = String::new();
    loop {
        match scanner.next()? {
            Token::Start => {
                let name = scanner.name();
                if path.is_empty() {
                    let form = form::of_root(name.local, scanner.namespaces().uri(name.prefix));
                    *found = Some(Summary::new(form));
                }
                value.clear();
                path.push(name.local);
                if let (["Faktura", "Zalacznik"], Some(summary)) = (path.as_slice(), &mut *found) {
                    summary.has_attachment = true;
                }
            }
            Token::Text(text) | Token::CData(text) => value.push_str(text),
            Token::Character(character) => value.push(character),
            Token::End => {
                if let (["Faktura", rest @ ..], Some(summary)) = (path.as_slice(), &mut *found) {
                    summary.take(rest, value.trim());
                }
                value.clear();
                path.pop();
            }
            Token::Declaration | Token::Instruction(_) => {}
            Token::Eof => return Ok(()),
        }
    }
}

impl Summary {
    fn new(form: Form) -> Self {
        Self {
            form,
            kind: None,
            number: None,
            issue_date: None,
            seller: Seller::default(),
            buyer: Buyer::default(),
            currency: None,
            net: None,
            vat: None,
            gross: None,
            has_attachment: false,
        }
    }

    /// Takes the value of an element, its path from below the root.
    fn take(&mut self, path: &[&str], value: &str) {
        match path {
            ["Podmiot1", "DaneIdentyfikacyjne", "NIP"] => self.seller.nip_as_written = some(value),
            ["Podmiot1", "DaneIdentyfikacyjne", "Nazwa"] => self.seller.name = some(value),
            ["Podmiot2", "DaneIdentyfikacyjne", field] => self.buyer.take(field, value),
            ["Fa", field] => self.take_from_fa(field, value),
            ["FakturaRR", field] => self.take_from_rr(field, value),
            _ => {}
        }
    }

    fn take_from_fa(&mut self, field: &str, value: &str) {
        match field {
            "KodWaluty" => self.currency = some(value),
            "P_1" => self.issue_date = date(value),
            "P_2" => self.number = some(value),
            "P_15" => self.gross = amount(value),
            "RodzajFaktury" => self.kind = InvoiceKind::of(value),
            _ if field.starts_with("P_13_") => add(&mut self.net, value),
            _ if field.starts_with("P_14_") && !field.ends_with('W') => add(&mut self.vat, value),
            _ => {}
        }
    }

    fn take_from_rr(&mut self, field: &str, value: &str) {
        match field {
            "KodWaluty" => self.currency = some(value),
            "P_4B" => self.issue_date = date(value),
            "P_4C" => self.number = some(value),
            "P_11_1" => self.net = amount(value),
            "P_11_2" => self.vat = amount(value),
            "P_12_1" => self.gross = amount(value),
            "RodzajFaktury" => self.kind = InvoiceKind::of(value),
            _ => {}
        }
    }
}

impl Buyer {
    fn take(&mut self, field: &str, value: &str) {
        let value = value.to_owned();
        match (field, self.id.take()) {
            ("NIP", _) => self.id = Some(BuyerId::Nip(value)),
            ("KodUE", _) => self.id = Some(BuyerId::VatUe(value)),
            ("NrVatUE", Some(BuyerId::VatUe(country))) => self.id = Some(BuyerId::VatUe(country + &value)),
            ("NrVatUE", _) => self.id = Some(BuyerId::VatUe(value)),
            ("KodKraju", _) => self.id = Some(BuyerId::Other { country: Some(value), number: String::new() }),
            ("NrID", Some(BuyerId::Other { country, .. })) => {
                self.id = Some(BuyerId::Other { country, number: value })
            }
            ("NrID", _) => self.id = Some(BuyerId::Other { country: None, number: value }),
            ("BrakID", _) => self.id = Some(BuyerId::None),
            ("Nazwa", id) => {
                self.id = id;
                self.name = some(&value);
            }
            (_, id) => self.id = id,
        }
    }
}

impl InvoiceKind {
    /// The kind that `RodzajFaktury` names.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Some(match code {
            "VAT" => Self::Vat,
            "KOR" => Self::Kor,
            "ZAL" => Self::Zal,
            "ROZ" => Self::Roz,
            "UPR" => Self::Upr,
            "KOR_ZAL" => Self::KorZal,
            "KOR_ROZ" => Self::KorRoz,
            "VAT_RR" => Self::VatRr,
            "KOR_VAT_RR" => Self::KorVatRr,
            _ => return None,
        })
    }

    /// The code in `RodzajFaktury`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vat => "VAT",
            Self::Kor => "KOR",
            Self::Zal => "ZAL",
            Self::Roz => "ROZ",
            Self::Upr => "UPR",
            Self::KorZal => "KOR_ZAL",
            Self::KorRoz => "KOR_ROZ",
            Self::VatRr => "VAT_RR",
            Self::KorVatRr => "KOR_VAT_RR",
        }
    }
}

fn some(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

fn date(value: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(value, "%Y-%m-%d").ok()
}

/// Exact or nothing: an amount that does not fit is not rounded.
fn amount(value: &str) -> Option<Decimal> {
    Decimal::from_str_exact(value).ok()
}

fn add(sum: &mut Option<Decimal>, value: &str) {
    if let Some(amount) = amount(value) {
        *sum = sum.unwrap_or_default().checked_add(amount);
    }
}
