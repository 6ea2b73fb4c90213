//! UPO 4.3, written and signed as the ministry does.

use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::{ContextIdentifier, KsefNumber, Nip, Randomness, ReferenceNumber, Sha256Hash};

use super::authority::DamagedState;
use super::openssl_parts::CryptoFailed;

mod document;
mod signature;

pub use signature::{UpoSigner, UpoSignerState};

/// A page of a session's UPO holds this many documents at most.
pub const PAGE: usize = 10_000;

/// What stands above the documents in every UPO of a session.
#[derive(Debug, Clone)]
pub struct UpoHeader {
    /// The session.
    pub session: ReferenceNumber,
    /// The context in which it was opened.
    pub context: ContextIdentifier,
    /// By what one authenticated.
    pub authentication: UpoAuthentication,
    /// File name of the structure, such as `schemat_FA(3)_v1-0E.xsd`.
    pub structure: String,
    /// Code of the form, such as `FA (3)`.
    pub form_code: String,
}

/// By what the session was authenticated.
#[derive(Debug, Clone)]
pub enum UpoAuthentication {
    /// A token, by its reference number.
    Token(ReferenceNumber),
    /// A signed request: SHA-256 of its bytes as received, signature included.
    Document(Sha256Hash),
}

/// An accepted invoice.
#[derive(Debug, Clone)]
pub struct UpoInvoice {
    /// NIP of the seller.
    pub seller: Nip,
    /// The number it was given.
    pub ksef_number: KsefNumber,
    /// `P_2`
    pub number: String,
    /// `P_1`
    pub issue_date: NaiveDate,
    /// When it arrived.
    pub received: DateTime<Utc>,
    /// When it was given its number.
    pub accepted: DateTime<Utc>,
    /// SHA-256 of the document.
    pub hash: Sha256Hash,
    /// Whether it counts as sent offline.
    pub offline: bool,
}

/// The UPO of one invoice, signed.
///
/// # Errors
/// When OpenSSL fails.
pub fn of_invoice(
    header: &UpoHeader,
    invoice: &UpoInvoice,
    signer: &UpoSigner,
    now: DateTime<Utc>,
    random: &dyn Randomness,
) -> Result<Vec<u8>, CryptoFailed> {
    let document = document::write(header, None, std::slice::from_ref(invoice));
    signer.sign(&document, now, random)
}

/// The UPO of a session, signed, a document for each page of at most `page` invoices ([`PAGE`] in the real system).
///
/// A session without accepted invoices has no UPO: the result is empty.
///
/// # Errors
/// When OpenSSL fails.
pub fn of_session(
    header: &UpoHeader,
    invoices: &[UpoInvoice],
    page: usize,
    signer: &UpoSigner,
    now: DateTime<Utc>,
    random: &dyn Randomness,
) -> Result<Vec<Vec<u8>>, CryptoFailed> {
    let size = page.clamp(1, PAGE);
    let pages = invoices.len().div_ceil(size);
    invoices
        .chunks(size)
        .enumerate()
        .map(|(index, chunk)| {
            let description = document::Page {
                number: index + 1,
                count: pages,
                from: index * size + 1,
                // The schema says that the end is exclusive; the ministry's samples give the number of the last one.
                to: index * size + chunk.len(),
                total: invoices.len(),
            };
            signer.sign(&document::write(header, Some(&description), chunk), now, random)
        })
        .collect()
}
