use chrono::Duration;
use chrono_tz::Europe::Warsaw;
use serde_json::{Value, json};

use super::download::address;
use crate::api::Answer;
use crate::api::call::Call;
use crate::api::refusal::{Refusal, exception};
use crate::api::reply::{Reply, moment};
use crate::model::{DateType, Export, Package};
use crate::world::World;

/// `GET /invoices/exports/{referenceNumber}`
pub(in crate::api) fn status(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let reference = call.parameter("referenceNumber");
    let export = world.look(|state| state.exports.get(reference).cloned())?;
    let export = export.filter(|row| row.context == bearing.context).ok_or_else(|| {
        exception(21175, "Wynik zapytania o podanym identyfikatorze nie istnieje.", Vec::new())
    })?;
    if world.now() - export.started > Duration::days(Export::KEPT_DAYS) {
        return Err(Refusal::Gone("Status eksportu faktur nie jest już dostępny."));
    }
    let mut answer = json!({ "status": export.status.json() });
    if let Some(completed) = export.completed {
        answer["completedDate"] = json!(moment(completed));
    }
    if let Some((package, expires)) = export.package.as_ref().zip(export.expires()) {
        answer["packageExpirationDate"] = json!(moment(expires));
        answer["package"] = described(world, &export, package);
    }
    Ok(Reply::ok(answer))
}

/// `InvoicePackage`, with `compressionType` since 2.9.
fn described(world: &World, export: &Export, package: &Package) -> Value {
    let parts: Vec<Value> = package
        .parts
        .iter()
        .map(|part| {
            let (url, until) = address(world, export, part.ordinal);
            json!({
                "ordinalNumber": part.ordinal,
                "partName": part.name,
                "method": "GET",
                "url": url,
                "partSize": part.size,
                "partHash": part.hash,
                "encryptedPartSize": part.encrypted_size,
                "encryptedPartHash": part.encrypted_hash,
                "expirationDate": moment(until),
            })
        })
        .collect();
    let mut described = json!({
        "invoiceCount": package.invoices,
        "size": package.size,
        "parts": parts,
        "isTruncated": package.truncated,
        "permanentStorageHwmDate": package.mark.map(moment),
        "compressionType": export.compression,
    });
    if let Some(last) = package.last.filter(|_| package.truncated) {
        let (field, value) = match package.kind {
            DateType::Issue => ("lastIssueDate", json!(last.with_timezone(&Warsaw).date_naive())),
            DateType::Invoicing => ("lastInvoicingDate", json!(moment(last))),
            DateType::PermanentStorage => ("lastPermanentStorageDate", json!(moment(last))),
        };
        described[field] = value;
    }
    described
}
