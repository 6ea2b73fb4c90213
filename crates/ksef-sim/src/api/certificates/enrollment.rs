use axum::http::StatusCode;
use chrono::Duration;
use serde_json::{Value, json};

use super::super::Answer;
use super::super::call::Call;
use super::super::refusal::{Refusal, exception};
use super::super::reply::{Reply, moment};
use crate::contract::EnrollmentStatus;
use crate::judge::authority::CertificateKind;
use crate::judge::csr::SigningRequest;
use crate::judge::identity::Identity;
use crate::model::{Enrollment, Method, Subject};
use crate::process::{CredentialWork, Work, active_certificates, key_name, parse_moment};
use crate::store::State;
use crate::world::World;

/// What is left of both limits.
struct Left {
    applications: (u32, u32),
    certificates: (u32, u32),
}

impl Left {
    fn of(world: &World, state: &State, owner: &Subject) -> Self {
        let limits = crate::limits::of_subject(state, owner);
        let asked = state.enrollments.rows().filter(|row| row.owner == *owner).count();
        let asked = u32::try_from(asked).unwrap_or(u32::MAX);
        let active = active_certificates(state, owner, world);
        Self {
            applications: (limits.applications.saturating_sub(asked), limits.applications),
            certificates: (limits.certificates.saturating_sub(active), limits.certificates),
        }
    }
}

/// `GET /certificates/limits`
pub(in crate::api) fn limits(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let left = world.look(|state| Left::of(world, state, &bearing.subject))?;
    let by_token = matches!(bearing.method, Method::Token(_));
    let limit = |(remaining, limit): (u32, u32)| json!({ "remaining": remaining, "limit": limit });
    Ok(Reply::ok(json!({
        "canRequest": !by_token && left.applications.0 > 0 && left.certificates.0 > 0,
        "enrollment": limit(left.applications),
        "certificate": limit(left.certificates),
    })))
}

/// `GET /certificates/enrollments/data`
pub(in crate::api) fn data(world: &World, call: &Call) -> Answer {
    let identity = identity(world, call)?.ok_or_else(|| {
        exception(
            25001,
            "Brak możliwości pobrania danych do CSR dla wykorzystanego sposobu uwierzytelnienia.",
            Vec::new(),
        )
    })?;
    Ok(Reply::ok(identity.json()))
}

/// Whom the certificate named that was used to log in; `None` for a token.
fn identity(world: &World, call: &Call) -> Result<Option<Identity>, Refusal> {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let reference = bearing.authentication.as_str();
    let row = world.look(|state| state.authentications.get(reference).cloned())?;
    Ok(row.and_then(|row| row.identity))
}

/// `POST /certificates/enrollments`
pub(in crate::api) fn enrol(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let identity = identity(world, call)?.ok_or_else(|| {
        exception(
            25002,
            "Brak możliwości złożenia wniosku certyfikacyjnego dla wykorzystanego sposobu uwierzytelnienia.",
            Vec::new(),
        )
    })?;
    let request = SigningRequest::read(call.text("/csr"), &identity)?;
    let row = Enrollment {
        reference: world.chance.reference(world.today(), ['E', 'H']),
        owner: bearing.subject.clone(),
        name: call.text("/certificateName").to_owned(),
        kind: match call.text("/certificateType") {
            "Offline" => CertificateKind::Offline,
            _ => CertificateKind::Authentication,
        },
        common_name: identity.common_name,
        subject: hex::encode(&request.subject),
        public_key: hex::encode(&request.public_key),
        key_hash: key_name(&request.key_hash),
        requested: world.now(),
        valid_from: call.optional_text("/validFrom").and_then(parse_moment),
        status: EnrollmentStatus::Taken.stored(),
        serial: None,
    };
    let (reference, requested) = (row.reference.clone(), row.requested);
    world.change(|state| {
        refuse_beyond_limits(&Left::of(world, state, &row.owner))?;
        state.enrollments.put(row.reference.to_string(), row);
        Ok::<(), Refusal>(())
    })??;
    world.schedule().add(world, Work::Credential(CredentialWork::Enrollment(reference.clone())));
    Ok(Reply::json(
        StatusCode::ACCEPTED,
        json!({ "referenceNumber": reference, "timestamp": moment(requested) }),
    ))
}

fn refuse_beyond_limits(left: &Left) -> Result<(), Refusal> {
    if left.applications.0 == 0 {
        return Err(exception(
            25006,
            "Osiągnięto limit możliwych do złożenia wniosków certyfikacyjnych.",
            Vec::new(),
        ));
    }
    if left.certificates.0 == 0 {
        return Err(exception(
            25007,
            "Osiągnięto limit dopuszczalnej liczby posiadanych certyfikatów.",
            Vec::new(),
        ));
    }
    Ok(())
}

/// `GET /certificates/enrollments/{referenceNumber}`; kept for thirty days.
pub(in crate::api) fn status(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let reference = call.parameter("referenceNumber");
    let row = world.look(|state| {
        let owners = crate::rights::linked(state, &bearing.subject);
        state.enrollments.get(reference).filter(|row| owners.contains(&row.owner)).cloned()
    })?;
    let row = row.ok_or_else(|| {
        exception(25005, "Wniosek certyfikacyjny o podanym numerze referencyjnym nie istnieje.", Vec::new())
    })?;
    if world.now() - row.requested > Duration::days(Enrollment::DAYS) {
        return Err(Refusal::Gone("Status wniosku certyfikacyjnego nie jest już dostępny."));
    }
    Ok(Reply::ok(json!({
        "requestDate": moment(row.requested),
        "status": row.status.json(),
        "certificateSerialNumber": row.serial.map_or(Value::Null, |serial| json!(serial)),
    })))
}
