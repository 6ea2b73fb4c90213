//! Addresses for sending the parts of a batch without a token: signed, for a while, outside `/v2`.
//!
//! They behave as a store of blobs does: the headers that were handed out have to come along, a token must not, and a
//! part that is sent again replaces the one before.

use axum::body::{Body, HttpBody as _};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use futures::StreamExt as _;
use ksef_types::ReferenceNumber;
use openssl::hash::{Hasher, MessageDigest};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;

use crate::api::download::{self, refused};
use crate::api::reply::Reply;
use crate::contract::BatchStatus;
use crate::model::{Batch, Session};
use crate::storage::Kept;
use crate::world::World;

pub(in crate::api) const PREFIX: &str = "/storage/batch/";

/// What has to come along with each part.
const BLOB_TYPE: (HeaderName, &str) = (HeaderName::from_static("x-ms-blob-type"), "BlockBlob");
/// A part with the block that encryption adds, and something over, so that one too large is seen as such.
const LARGEST_BODY: u64 = Batch::LARGEST_PART + 64 * 1024;

/// `partUploadRequests` of a session.
pub(super) fn requests(world: &World, session: &Session) -> Value {
    let parts = session.batch.as_ref().map(|batch| batch.parts.as_slice()).unwrap_or_default();
    let request = |ordinal: u32| {
        let path = format!("{}/{ordinal}", session.reference);
        json!({
            "ordinalNumber": ordinal,
            "method": "PUT",
            "url": download::signed(world, PREFIX, &path, session.valid_until),
            "headers": { BLOB_TYPE.0.as_str(): BLOB_TYPE.1 },
        })
    };
    parts.iter().map(|part| request(part.ordinal)).collect()
}

/// Takes a part: 201, 400 for wrong data, 401 for a wrong signature or a token, 403 after its time.
pub(in crate::api) async fn receive(
    world: &World,
    path: &str,
    query: &str,
    headers: &HeaderMap,
    body: Body,
) -> Reply {
    match part(world, path, query, headers) {
        Err(reply) => reply,
        Ok((session, ordinal)) => match store(world, &session, ordinal, body).await {
            Ok(reply) | Err(Unstored::Refused(reply)) => reply,
            Err(Unstored::Failed(failure)) => {
                tracing::error!(%failure, "a part could not be stored");
                Reply::empty(StatusCode::INTERNAL_SERVER_ERROR)
            }
        },
    }
}

/// Which part may be written now.
fn part(
    world: &World,
    path: &str,
    query: &str,
    headers: &HeaderMap,
) -> Result<(ReferenceNumber, u32), Reply> {
    if headers.contains_key(header::AUTHORIZATION) {
        let message = "Do not send a token to this address.";
        return Err(refused(StatusCode::UNAUTHORIZED, "InvalidAuthenticationInfo", message));
    }
    if !download::is_signed(world, PREFIX, path, query) {
        return Err(refused(StatusCode::UNAUTHORIZED, "AuthenticationFailed", "The signature is wrong."));
    }
    if !download::is_alive(world, query) {
        return Err(refused(StatusCode::FORBIDDEN, "AuthorizationFailure", "The time for sending is over."));
    }
    let blob_type = headers.get(&BLOB_TYPE.0).and_then(|value| value.to_str().ok());
    if blob_type != Some(BLOB_TYPE.1) {
        let message = "The header x-ms-blob-type has to be sent as it was handed out.";
        return Err(refused(StatusCode::BAD_REQUEST, "MissingRequiredHeader", message));
    }
    let named = path.split_once('/').and_then(|(session, ordinal)| {
        Some((session.parse::<ReferenceNumber>().ok()?, ordinal.parse::<u32>().ok()?))
    });
    let (session, ordinal) =
        named.ok_or_else(|| refused(StatusCode::BAD_REQUEST, "InvalidUri", "There is no such part."))?;
    let open = world.look(|state| {
        let row = state.sessions.get(session.as_str());
        row.is_some_and(|row| row.closed.is_none() && row.status.code == BatchStatus::Started.text().code)
    });
    match open {
        Ok(true) => Ok((session, ordinal)),
        Ok(false) => Err(refused(
            StatusCode::FORBIDDEN,
            "AuthorizationFailure",
            "The session takes no parts any more.",
        )),
        Err(_) => Err(Reply::empty(StatusCode::INTERNAL_SERVER_ERROR)),
    }
}

enum Unstored {
    Refused(Reply),
    Failed(std::io::Error),
}

impl<E: Into<std::io::Error>> From<E> for Unstored {
    fn from(failure: E) -> Self {
        Self::Failed(failure.into())
    }
}

async fn store(
    world: &World,
    session: &ReferenceNumber,
    ordinal: u32,
    body: Body,
) -> Result<Reply, Unstored> {
    let too_large = || {
        Unstored::Refused(refused(StatusCode::BAD_REQUEST, "RequestBodyTooLarge", "The part is too large."))
    };
    if body.size_hint().lower() > LARGEST_BODY {
        return Err(too_large());
    }
    let (file, place) = world.storage.beside()?.into_parts();
    let mut file = tokio::fs::File::from_std(file);
    let mut hasher = Hasher::new(MessageDigest::sha256())?;
    let (mut size, mut pieces) = (0_u64, body.into_data_stream());
    while let Some(piece) = pieces.next().await {
        let Ok(piece) = piece else {
            let message = "The body broke off.";
            return Err(Unstored::Refused(refused(StatusCode::BAD_REQUEST, "IncompleteBody", message)));
        };
        size += piece.len() as u64;
        if size > LARGEST_BODY {
            return Err(too_large());
        }
        hasher.update(&piece)?;
        file.write_all(&piece).await?;
    }
    if size == 0 {
        let message = "A part cannot be empty.";
        return Err(Unstored::Refused(refused(StatusCode::BAD_REQUEST, "InvalidInput", message)));
    }
    file.flush().await?;
    drop(file);
    let hash = ksef_crypto::base64::encode(&hasher.finish()?);
    place.persist(world.storage.path(Kept::BatchPart, session, ordinal)).map_err(|failure| failure.error)?;
    let noted = world.change(|state| {
        let batch = state.sessions.change(session.as_str())?.batch.as_mut()?;
        let part = batch.parts.iter_mut().find(|part| part.ordinal == ordinal)?;
        part.uploaded = Some((size, hash));
        Some(())
    });
    match noted {
        Ok(Some(())) => Ok(Reply::empty(StatusCode::CREATED)),
        Ok(None) => {
            Err(Unstored::Refused(refused(StatusCode::BAD_REQUEST, "InvalidUri", "There is no such part.")))
        }
        Err(_) => Err(Unstored::Refused(Reply::empty(StatusCode::INTERNAL_SERVER_ERROR))),
    }
}
