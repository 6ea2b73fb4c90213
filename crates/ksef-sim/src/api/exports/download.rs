//! Addresses for downloading the parts of a package without a token: signed, for a while, outside `/v2`.

use std::io::Read as _;

use axum::http::{HeaderMap, HeaderName, StatusCode};
use chrono::{DateTime, Duration, Utc};
use ksef_types::ReferenceNumber;

use crate::api::Answer;
use crate::api::download::{admitted, refused, signed};
use crate::api::refusal::Refusal;
use crate::api::reply::{Content, Reply};
use crate::model::Export;
use crate::storage::Kept;
use crate::world::World;

pub(in crate::api) const PREFIX: &str = "/storage/export/";

/// The address of a part and when it ends: soon, and with the package at the latest.
pub(super) fn address(world: &World, export: &Export, ordinal: u32) -> (String, DateTime<Utc>) {
    let soon = world.now() + Duration::minutes(Export::LINK_MINUTES);
    let until = export.expires().map_or(soon, |end| end.min(soon));
    (signed(world, PREFIX, &format!("{}/{ordinal}", export.reference), until), until)
}

/// Answers a download of a part, encrypted as it is kept.
pub(in crate::api) fn download(world: &World, path: &str, query: &str, headers: &HeaderMap) -> Answer {
    if let Err(refused) = admitted(world, PREFIX, path, query, headers) {
        return Ok(refused);
    }
    let named = path.split_once('/').and_then(|(reference, ordinal)| {
        Some((reference.parse::<ReferenceNumber>().ok()?, ordinal.parse::<u32>().ok()?))
    });
    let (reference, ordinal) = named.ok_or(Refusal::NoSuchPath)?;
    let hash = world.look(|state| {
        let package = state.exports.get(reference.as_str())?.package.as_ref()?;
        let part = package.parts.iter().find(|part| part.ordinal == ordinal)?;
        Some(part.encrypted_hash.clone())
    })?;
    let Some(hash) = hash else {
        return Ok(refused(StatusCode::NOT_FOUND, "BlobNotFound", "The specified blob does not exist."));
    };
    let mut bytes = Vec::new();
    let read = world
        .storage
        .read(Kept::ExportPart, &reference, ordinal)
        .and_then(|mut file| file.read_to_end(&mut bytes));
    if let Err(failure) = read {
        tracing::error!(%failure, "a part of a package cannot be read");
        return Err(Refusal::Broken);
    }
    let reply = Reply { status: StatusCode::OK, headers: Vec::new(), body: Content::Bytes(bytes.into()) };
    Ok(reply.with(HeaderName::from_static("x-ms-meta-hash"), &hash))
}
