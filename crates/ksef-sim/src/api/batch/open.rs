use axum::http::StatusCode;
use chrono::Duration;
use serde_json::{Value, json};

use super::upload;
use crate::api::Answer;
use crate::api::call::Call;
use crate::api::encryption::symmetric_key;
use crate::api::refusal::{Refusal, exception, invalid};
use crate::api::reply::Reply;
use crate::contract::BatchStatus;
use crate::model::{Batch, BatchPart, Compression, FormCode, Session};
use crate::world::World;

const BLOCK_BYTES: u64 = 16;

/// `POST /sessions/batch`
pub(in crate::api) fn open(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let form = FormCode::of(call);
    if !form.supported_in_batch() {
        return Err(invalid(vec!["Wskazany kod formularza nie jest wspierany.".to_owned()]));
    }
    let parts = parts(call)?;
    let key = symmetric_key(world, call)?;
    let now = world.now();
    let count = i64::try_from(parts.len()).unwrap_or(i64::MAX);
    let status = if key.is_some() { BatchStatus::Started } else { BatchStatus::KeyNotDecrypted };
    let session = Session {
        reference: world.chance.reference(world.today(), ['S', 'B']),
        context: bearing.context.clone(),
        subject: bearing.subject.clone(),
        method: bearing.method.clone(),
        permissions: bearing.permissions.clone(),
        form,
        key,
        created: now,
        updated: now,
        valid_until: now + Duration::minutes(Batch::MINUTES_A_PART.saturating_mul(count)),
        closed: None,
        status: status.text().into(),
        upo: Vec::new(),
        batch: Some(Batch {
            offline: call.json.get("offlineMode").and_then(Value::as_bool).unwrap_or_default(),
            compression: Compression::of(call.optional_text("/batchFile/compressionType")),
            size: call.json.pointer("/batchFile/fileSize").and_then(Value::as_u64).unwrap_or_default(),
            hash: call.text("/batchFile/fileHash").to_owned(),
            parts,
        }),
        invoices: Vec::new(),
    };
    let answer = json!({
        "referenceNumber": session.reference,
        "partUploadRequests": upload::requests(world, &session),
    });
    world.change(|state| state.sessions.put(session.reference.to_string(), session))?;
    Ok(Reply::json(StatusCode::CREATED, answer))
}

/// The declared parts in the order of their numbers.
fn parts(call: &Call) -> Result<Vec<BatchPart>, Refusal> {
    let declared = call.json.pointer("/batchFile/fileParts").and_then(Value::as_array);
    let declared = declared.map(Vec::as_slice).unwrap_or_default();
    if declared.is_empty() {
        return Err(invalid(vec!["Pole 'batchFile.fileParts' musi mieć co najmniej 1 element.".to_owned()]));
    }
    if declared.len() > Batch::MOST_PARTS {
        let detail = format!("Liczba części pakietu {} przekracza {}.", declared.len(), Batch::MOST_PARTS);
        return Err(exception(21161, "Przekroczono dozwoloną liczbę części pakietu.", vec![detail]));
    }
    let mut parts: Vec<BatchPart> = declared.iter().filter_map(part).collect();
    parts.sort_by_key(|part| part.ordinal);
    let in_order = parts.iter().zip(1..).all(|(part, expected)| part.ordinal == expected);
    if !in_order || parts.len() != declared.len() {
        let detail = "Numery części w polu 'batchFile.fileParts' nie są kolejne od 1.".to_owned();
        return Err(invalid(vec![detail]));
    }
    // PKCS#7 adds a block at most.
    let too_large = parts.iter().find(|part| part.size > Batch::LARGEST_PART + BLOCK_BYTES);
    match too_large {
        None => Ok(parts),
        Some(part) => Err(wrong_size(format!(
            "Rozmiar części '{}' przekracza {} bajtów.",
            part.ordinal,
            Batch::LARGEST_PART
        ))),
    }
}

fn part(declared: &Value) -> Option<BatchPart> {
    Some(BatchPart {
        ordinal: u32::try_from(declared.get("ordinalNumber")?.as_u64()?).ok()?,
        size: declared.get("fileSize")?.as_u64()?,
        hash: declared.get("fileHash")?.as_str()?.to_owned(),
        uploaded: None,
    })
}

/// 21157
pub(super) fn wrong_size(detail: String) -> Refusal {
    exception(21157, "Nieprawidłowy rozmiar części pakietu.", vec![detail])
}
