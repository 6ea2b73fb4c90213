//! What a document is judged by after it was taken: decryption, the file as bytes, its content.

mod content;
mod file;
mod parties;
mod pef;
mod text;

use chrono::NaiveDate;
use openssl::symm::Cipher;

use crate::contract::InvoiceStatus;
use crate::model::{Facts, Invoice, Session, SessionLimits, StoredStatus};

/// AES-256-CBC with PKCS#7, by the key of the session.
pub(super) fn decrypt(session: &Session, invoice: &Invoice) -> Result<Vec<u8>, StoredStatus> {
    // A batch was decrypted as a whole.
    if let Some(document) = &invoice.document {
        return ksef_crypto::base64::decode(document).map_err(|_| InvoiceStatus::NotDecrypted.text().into());
    }
    let not_decrypted = || StoredStatus::from(InvoiceStatus::NotDecrypted.text());
    let (key, iv) = session.key.as_ref().ok_or_else(not_decrypted)?;
    let (key, iv) = hex::decode(key).ok().zip(hex::decode(iv).ok()).ok_or_else(not_decrypted)?;
    let ciphertext = invoice.ciphertext.as_deref().and_then(|text| ksef_crypto::base64::decode(text).ok());
    let ciphertext = ciphertext.ok_or_else(not_decrypted)?;
    openssl::symm::decrypt(Cipher::aes_256_cbc(), &key, Some(&iv), &ciphertext).map_err(|_| not_decrypted())
}

/// The file first, as the service does, then what it says.
pub(super) fn judge(
    session: &Session,
    invoice: &Invoice,
    bytes: &[u8],
    limits: SessionLimits,
    today: NaiveDate,
) -> Result<Facts, StoredStatus> {
    let known = file::judge(invoice, bytes, limits)
        .map_err(|problem| StoredStatus::detailed(InvoiceStatus::FileInvalid.text(), vec![problem]))?;
    content::judge(session, bytes, &known, today)
}
