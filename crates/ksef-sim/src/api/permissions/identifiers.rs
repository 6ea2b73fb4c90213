//! What stands in the bodies that give permissions, beyond what their shapes say.

use ksef_types::{ContextIdentifier, ContextKind, Nip, Pesel};
use serde_json::{Value, json};

use super::super::call::Call;
use super::super::refusal::{Refusal, invalid};
use crate::Permission;
use crate::model::{Subject, SubjectDetails, SubjectKind, Target};

fn problem(text: impl Into<String>) -> Refusal {
    invalid(vec![text.into()])
}

/// An identifier of a person or firm: check digits, and the length of a fingerprint.
pub(in crate::api) fn subject(call: &Call, field: &str) -> Result<Subject, Refusal> {
    let value = call.text(&format!("/{field}/value"));
    let wrong = || problem(format!("Pole '{field}.value' ma nieprawidłową wartość."));
    match call.text(&format!("/{field}/type")) {
        "Pesel" => Ok(Subject::pesel(&value.parse::<Pesel>().map_err(|_| wrong())?)),
        "Fingerprint" => {
            let fits = value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
            if fits { Ok(Subject::fingerprint(value)) } else { Err(wrong()) }
        }
        _ => Ok(Subject::nip(&value.parse::<Nip>().map_err(|_| wrong())?)),
    }
}

/// An identifier of a context; absent where the field is.
pub(in crate::api) fn context(call: &Call, field: &str) -> Result<Option<ContextIdentifier>, Refusal> {
    let Some(kind) = call.optional_text(&format!("/{field}/type")) else { return Ok(None) };
    let kind = match kind {
        "InternalId" => ContextKind::InternalId,
        "NipVatUe" => ContextKind::NipVatUe,
        "PeppolId" => ContextKind::PeppolId,
        _ => ContextKind::Nip,
    };
    ContextIdentifier::parse(kind, call.text(&format!("/{field}/value")))
        .map(Some)
        .map_err(|_| problem(format!("Pole '{field}.value' ma nieprawidłową wartość.")))
}

/// `targetIdentifier`: without a value for all partners, with one for the others.
pub(super) fn target(call: &Call) -> Result<Option<Target>, Refusal> {
    let value = call.optional_text("/targetIdentifier/value").filter(|value| !value.is_empty());
    match (call.optional_text("/targetIdentifier/type"), value) {
        (None, _) => Ok(None),
        (Some("AllPartners"), None) => Ok(Some(Target::AllPartners)),
        (Some("AllPartners"), Some(_)) => {
            Err(problem("Pole 'targetIdentifier.value' musi być puste dla typu AllPartners."))
        }
        (Some(_), None) => Err(problem("Pole 'targetIdentifier.value' jest wymagane.")),
        (Some(_), Some(_)) => Ok(context(call, "targetIdentifier")?.map(Target::One)),
    }
}

/// A list of permissions: none empty, each once.
pub(super) fn permissions(call: &Call, of: impl Fn(&Value) -> Value) -> Result<Vec<Permission>, Refusal> {
    let list = call.json.get("permissions").and_then(Value::as_array);
    let found: Vec<Permission> =
        list.into_iter().flatten().filter_map(|item| serde_json::from_value(of(item)).ok()).collect();
    if found.is_empty() {
        return Err(problem("Pole 'permissions' musi mieć co najmniej jeden element."));
    }
    let mut once = found.clone();
    once.sort_unstable();
    once.dedup();
    if once.len() == found.len() {
        Ok(found)
    } else {
        Err(problem("Pole 'permissions': każda wartość może wystąpić tylko raz."))
    }
}

/// `subjectDetails` of a person or a firm of the Union, in the fields of the answers.
pub(super) fn details(call: &Call, to: &Subject) -> Result<SubjectDetails, Refusal> {
    let kind = call.text("/subjectDetails/subjectDetailsType");
    let by_fingerprint = kind != "PersonByIdentifier";
    if by_fingerprint != (to.kind == SubjectKind::Fingerprint) {
        return Err(problem(
            "Pole 'subjectDetails.subjectDetailsType' nie odpowiada typowi 'subjectIdentifier'.",
        ));
    }
    let field = match kind {
        "PersonByFingerprintWithIdentifier" => "personByFpWithId",
        "PersonByFingerprintWithoutIdentifier" => "personByFpNoId",
        "EntityByFingerprint" => "entityByFp",
        _ => "personById",
    };
    let given = call.json.pointer(&format!("/subjectDetails/{field}")).filter(|value| value.is_object());
    let given = given.ok_or_else(|| problem(format!("Pole 'subjectDetails.{field}' jest wymagane.")))?;
    if field == "entityByFp" {
        let entity = json!({
            "subjectDetailsType": kind,
            "fullName": given["fullName"],
            "address": given["address"],
        });
        return Ok(SubjectDetails::Entity(entity));
    }
    let mut person = json!({
        "subjectDetailsType": kind,
        "firstName": given["firstName"],
        "lastName": given["lastName"],
    });
    if field == "personByFpWithId" {
        person["personIdentifier"] = identified(&given["identifier"])?;
    }
    if field == "personByFpNoId" {
        person["birthDate"] = given["birthDate"].clone();
        person["idDocument"] = documented(&given["idDocument"])?;
    }
    Ok(SubjectDetails::Person(person))
}

fn identified(identifier: &Value) -> Result<Value, Refusal> {
    let value = identifier["value"].as_str().unwrap_or_default();
    let fits = match identifier["type"].as_str() {
        Some("Pesel") => value.parse::<Pesel>().is_ok(),
        _ => value.parse::<Nip>().is_ok(),
    };
    if fits {
        Ok(identifier.clone())
    } else {
        Err(problem("Pole 'subjectDetails.personByFpWithId.identifier.value' ma nieprawidłową wartość."))
    }
}

/// `IdDocument.country`: two capital letters.
fn documented(document: &Value) -> Result<Value, Refusal> {
    let country = document["country"].as_str().unwrap_or_default();
    if country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(document.clone())
    } else {
        Err(problem("Pole 'subjectDetails.personByFpNoId.idDocument.country' ma nieprawidłową wartość."))
    }
}
