use ksef_crypto::OsRandomness;
use ksef_types::Sha256Hash;

use crate::judge::CryptoFailed;
use crate::judge::upo::{self, UpoAuthentication, UpoHeader, UpoInvoice};
use crate::model::{Invoice, Method, Session};
use crate::world::World;

pub(super) fn of_invoice(
    world: &World,
    session: &Session,
    invoice: &Invoice,
) -> Result<Option<String>, CryptoFailed> {
    let Some(line) = line(invoice) else { return Ok(None) };
    let keys = world.keys();
    upo::of_invoice(&header(session), &line, &keys.upo, world.now(), &OsRandomness).map(|xml| Some(text(xml)))
}

pub(super) fn of_session(
    world: &World,
    session: &Session,
    accepted: &[&Invoice],
) -> Result<Vec<String>, CryptoFailed> {
    let lines: Vec<UpoInvoice> = accepted.iter().filter_map(|invoice| line(invoice)).collect();
    let keys = world.keys();
    let pages = upo::of_session(&header(session), &lines, upo::PAGE, &keys.upo, world.now(), &OsRandomness)?;
    Ok(pages.into_iter().map(text).collect())
}

fn header(session: &Session) -> UpoHeader {
    UpoHeader {
        session: session.reference.clone(),
        context: session.context.clone(),
        authentication: match &session.method {
            Method::Token(reference) => UpoAuthentication::Token(reference.clone()),
            // Whoever opened a session over the API signed something.
            other => UpoAuthentication::Document(hash(other.document_hash().unwrap_or_default())),
        },
        structure: session.form.structure(),
        form_code: session.form.system_code.clone(),
    }
}

/// `None` for a document that was not accepted.
fn line(invoice: &Invoice) -> Option<UpoInvoice> {
    let facts = invoice.facts.as_ref()?;
    Some(UpoInvoice {
        seller: facts.seller,
        ksef_number: invoice.ksef_number.clone()?,
        number: facts.number.clone(),
        issue_date: facts.issue_date,
        received: invoice.invoicing,
        accepted: invoice.acquisition?,
        hash: hash_from_base64(&invoice.hash),
        offline: invoice.offline.unwrap_or_default(),
    })
}

/// Rows hold hashes that were computed here: their length is right.
fn hash(hex_text: &str) -> Sha256Hash {
    let mut bytes = [0; 32];
    let _length_is_right = hex::decode_to_slice(hex_text, &mut bytes);
    Sha256Hash::new(bytes)
}

fn hash_from_base64(text: &str) -> Sha256Hash {
    let bytes = ksef_crypto::base64::decode(text).unwrap_or_default();
    Sha256Hash::try_from(bytes.as_slice()).unwrap_or_else(|_| Sha256Hash::new([0; 32]))
}

/// What is signed was written as UTF-8.
fn text(xml: Vec<u8>) -> String {
    String::from_utf8(xml).unwrap_or_default()
}
