//! Addresses for downloading a UPO without a token: signed, for a while, outside `/v2`.

use axum::http::{HeaderMap, StatusCode, header};
use chrono::{DateTime, Duration, Utc};
use ksef_types::Randomness as _;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::Signer;

use super::Answer;
use super::refusal::Refusal;
use super::reply::{Content, Reply};
use crate::world::World;

pub(super) const PREFIX: &str = "/storage/upo/";
const VALID_HOURS: i64 = 24;

/// What an address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Invoice,
    Session,
}

/// The key that signs addresses; a new one with each start, as addresses are asked for anew.
#[derive(Debug)]
pub(crate) struct DownloadKey([u8; 32]);

impl DownloadKey {
    pub(crate) fn new() -> Self {
        let mut key = [0; 32];
        ksef_crypto::OsRandomness.fill(&mut key);
        Self(key)
    }

    fn sign(&self, text: &str) -> Option<String> {
        let key = PKey::hmac(&self.0).ok()?;
        let mut signer = Signer::new(MessageDigest::sha256(), &key).ok()?;
        signer.sign_oneshot_to_vec(text.as_bytes()).ok().map(hex::encode)
    }
}

/// The address of a UPO and when it ends.
pub(super) fn address(world: &World, kind: Kind, reference: &str) -> (String, DateTime<Utc>) {
    let until = world.now() + Duration::hours(VALID_HOURS);
    (signed(world, PREFIX, &format!("{}/{reference}", kind.word()), until), until)
}

/// A signed address that lives until then.
pub(super) fn signed(world: &World, prefix: &str, path: &str, until: DateTime<Utc>) -> String {
    let end = until.timestamp();
    let signature = world.download_key.sign(&format!("{prefix}{path}?{end}")).unwrap_or_default();
    let origin = world.api_origin.get().map(String::as_str).unwrap_or_default();
    format!("{origin}{prefix}{path}?se={end}&sig={signature}")
}

fn given(query: &str, name: &str) -> String {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.find(|(found, _)| found == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// Whether an address was handed out here, maybe for a time that is over.
pub(super) fn is_signed(world: &World, prefix: &str, path: &str, query: &str) -> bool {
    let signature = given(query, "sig");
    let expected = world.download_key.sign(&format!("{prefix}{path}?{}", given(query, "se")));
    let expected = expected.unwrap_or_default();
    expected.len() == signature.len() && openssl::memcmp::eq(expected.as_bytes(), signature.as_bytes())
}

/// Whether the time of an address is not over.
pub(super) fn is_alive(world: &World, query: &str) -> bool {
    given(query, "se").parse::<i64>().is_ok_and(|end| world.now().timestamp() < end)
}

/// Refuses what was not handed out, what has expired, and a token that comes along: it must not be sent here.
pub(super) fn admitted(
    world: &World,
    prefix: &str,
    path: &str,
    query: &str,
    headers: &HeaderMap,
) -> Result<(), Reply> {
    let message = if headers.contains_key(header::AUTHORIZATION) {
        "Do not send a token to this address."
    } else if is_signed(world, prefix, path, query) && is_alive(world, query) {
        return Ok(());
    } else {
        "The signature is wrong or the address has expired."
    };
    Err(refused(StatusCode::FORBIDDEN, "AuthenticationFailed", message))
}

/// Answers the download of a UPO.
pub(super) fn answer(world: &World, path: &str, query: &str, headers: &HeaderMap) -> Answer {
    if let Err(refused) = admitted(world, PREFIX, path, query, headers) {
        return Ok(refused);
    }
    let (kind, reference) = path.split_once('/').ok_or(Refusal::NoSuchPath)?;
    let xml = world.look(|state| {
        if kind == Kind::Invoice.word() {
            return state.invoices.get(reference).and_then(|row| row.upo.clone());
        }
        let mut pages = state.sessions.rows().flat_map(|session| &session.upo);
        pages.find(|page| page.reference.as_str() == reference).map(|page| page.xml.clone())
    })?;
    xml.map(|xml| Reply::document(xml.into_bytes())).ok_or(Refusal::NoSuchPath)
}

/// As a store of files answers, in XML and without the contract's formats.
pub(super) fn refused(status: StatusCode, code: &str, message: &str) -> Reply {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    Reply { status, headers: Vec::new(), body: Content::Xml(xml.into_bytes().into()) }
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::Session => "session",
        }
    }
}
