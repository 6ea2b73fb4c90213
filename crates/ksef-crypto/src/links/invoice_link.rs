use chrono::NaiveDate;
use ksef_types::{Nip, Sha256Hash};

use super::{LinkProblem, with_scheme, without_scheme};
use crate::base64;

const DATE: &str = "%d-%m-%Y";

/// KOD I: `https://HOST/invoice/{seller}/{P_1 as DD-MM-YYYY}/{SHA-256 of the file, Base64URL}`.
#[must_use]
pub fn invoice_link(host: &str, seller: Nip, issue_date: NaiveDate, hash: &Sha256Hash) -> String {
    let (host, date) = (with_scheme(host), issue_date.format(DATE));
    format!("{host}/invoice/{seller}/{date}/{}", base64::url::encode(hash.as_bytes()))
}

/// What a KOD I says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceLink {
    /// The host, with its port if it has one.
    pub host: String,
    /// NIP of the seller.
    pub seller: Nip,
    /// The invoice's date of issue, P_1.
    pub issue_date: NaiveDate,
    /// SHA-256 of the invoice's file.
    pub hash: Sha256Hash,
}

impl InvoiceLink {
    /// Reads a link.
    ///
    /// # Errors
    /// [`LinkProblem::Shape`].
    pub fn parse(link: &str) -> Result<Self, LinkProblem> {
        let parts: Vec<&str> = without_scheme(link).split('/').collect();
        let [host, "invoice", seller, date, hash] = parts.as_slice() else { return Err(LinkProblem::Shape) };
        Self::read(host, seller, date, hash).ok_or(LinkProblem::Shape)
    }

    fn read(host: &str, seller: &str, date: &str, hash: &str) -> Option<Self> {
        let issue_date = NaiveDate::parse_from_str(date, DATE).ok()?;
        let hash = base64::url::decode(hash).ok()?;
        let link = Self {
            host: host.to_owned(),
            seller: seller.parse().ok()?,
            issue_date,
            hash: Sha256Hash::try_from(hash.as_slice()).ok()?,
        };
        // Other spellings of the same NIP or date are no link that KSeF would read.
        let same = link.seller.as_str() == seller && issue_date.format(DATE).to_string() == date;
        (same && !host.is_empty()).then_some(link)
    }
}
