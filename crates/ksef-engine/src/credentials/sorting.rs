//! Files that were chosen or dropped, sorted by content into fields and slots.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ksef_crypto::{Certificate, Field, KeyFile, Purpose, Recognised, recognise};

use super::draft::{BroughtKey, Draft};
use crate::{CertificateSlot, CredentialField, CredentialProblem, LoadTarget, PickedFile};

/// The drafts of a company in an environment, by slot.
pub(crate) type Drafts = BTreeMap<CertificateSlot, Draft>;

/// What sorting did.
#[derive(Default)]
pub(crate) struct Sorted {
    pub(crate) touched: BTreeSet<CertificateSlot>,
    /// Files that belong nowhere, with what they are.
    pub(crate) unplaced: Vec<(String, CredentialProblem)>,
}

/// Puts files into drafts.
pub(crate) fn sort(drafts: &mut Drafts, target: LoadTarget, files: &[PickedFile]) -> Sorted {
    match target {
        LoadTarget::Certificate(slot) => into_field(drafts, slot, Field::Certificate, files),
        LoadTarget::Key(slot) => into_field(drafts, slot, Field::Key, files),
        LoadTarget::Slot(slot) => into_slot(drafts, slot, files),
        LoadTarget::Anywhere => anywhere(drafts, files),
    }
}

fn into_field(drafts: &mut Drafts, slot: CertificateSlot, field: Field, files: &[PickedFile]) -> Sorted {
    let draft = drafts.entry(slot).or_default();
    let shown_at = match field {
        Field::Certificate => CredentialField::Certificate,
        Field::Key => CredentialField::Key,
    };
    for file in files {
        // Exposed to be looked at.
        match recognise(file.bytes.expose()).and_then(|found| found.expect_in(field)) {
            Ok(found) => put(draft, found),
            Err(problem) => draft.put_problem(shown_at, problem.into()),
        }
    }
    Sorted { touched: BTreeSet::from([slot]), unplaced: Vec::new() }
}

fn into_slot(drafts: &mut Drafts, slot: CertificateSlot, files: &[PickedFile]) -> Sorted {
    let draft = drafts.entry(slot).or_default();
    let (found, problems) = look_at(files);
    for (name, problem) in problems {
        draft.put_problem(field_by_name(&name), problem);
    }
    let is_certificate = |item: &&Found| matches!(item.what, Recognised::Certificates(_));
    let is_key = |item: &&Found| matches!(item.what, Recognised::Key(_));
    for (field, count) in [
        (CredentialField::Certificate, found.iter().filter(is_certificate).count()),
        (CredentialField::Key, found.iter().filter(is_key).count()),
    ] {
        if count > 1 {
            draft.put_problem(field, CredentialProblem::Ambiguous);
            return Sorted { touched: BTreeSet::from([slot]), unplaced: Vec::new() };
        }
    }
    for item in found {
        put(draft, item.what);
    }
    Sorted { touched: BTreeSet::from([slot]), unplaced: Vec::new() }
}

struct Found {
    name: String,
    what: Recognised,
}

type Problems = Vec<(String, CredentialProblem)>;

fn look_at(files: &[PickedFile]) -> (Vec<Found>, Problems) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for file in files {
        // Exposed to be looked at.
        match recognise(file.bytes.expose()) {
            Ok(what) => found.push(Found { name: file.name.clone(), what }),
            Err(problem) => problems.push((file.name.clone(), problem.into())),
        }
    }
    (found, problems)
}

/// Certificates go where their purpose says; keys follow their certificate.
fn anywhere(drafts: &mut Drafts, files: &[PickedFile]) -> Sorted {
    let (found, unplaced) = look_at(files);
    let mut sorted = Sorted { touched: BTreeSet::new(), unplaced };
    let mut keys = Vec::new();
    let mut placed: Vec<(String, CertificateSlot)> = Vec::new();
    for Found { name, what } in found {
        let slot = match &what {
            Recognised::Key(key) => {
                keys.push((name, key.clone()));
                continue;
            }
            Recognised::Certificates(certificates) | Recognised::Both { certificates, .. } => {
                slot_of(certificates)
            }
            Recognised::Container(_) => CertificateSlot::Authentication,
        };
        let draft = drafts.entry(slot).or_default();
        draft.placed_by_content = true;
        sorted.touched.insert(slot);
        if placed.iter().any(|(_, other)| *other == slot) {
            draft.put_problem(CredentialField::Certificate, CredentialProblem::Ambiguous);
        } else {
            put(draft, what);
        }
        placed.push((name, slot));
    }
    let alone = keys.len() == 1;
    for (name, key) in keys {
        let slot = slot_of_key(drafts, &placed, &name, &key, alone);
        drafts.entry(slot).or_default().put_key(BroughtKey::Closed(key));
        sorted.touched.insert(slot);
    }
    sorted
}

fn slot_of(certificates: &[Certificate]) -> CertificateSlot {
    let purpose = certificates.iter().find_map(Certificate::purpose);
    CertificateSlot::of(purpose.unwrap_or(Purpose::Authentication))
}

/// A key that can be opened is tried; an encrypted one goes with the certificate dropped beside it, with the one of the
/// same name (the portal gives NAME.crt and NAME.key), or where a certificate waits for a key.
fn slot_of_key(
    drafts: &Drafts,
    placed: &[(String, CertificateSlot)],
    name: &str,
    key: &KeyFile,
    alone: bool,
) -> CertificateSlot {
    let by_key = || {
        let key = key.open(None).ok()?;
        let fits = |draft: &Draft| draft.certificates.iter().any(|certificate| key.belongs_to(certificate));
        drafts.iter().find(|(_, draft)| fits(draft)).map(|(slot, _)| *slot)
    };
    let beside = || match placed {
        [(_, slot)] if alone => Some(*slot),
        _ => None,
    };
    let by_name = || placed.iter().find(|(other, _)| stem(other) == stem(name)).map(|(_, slot)| *slot);
    let waiting = || {
        let waits = |draft: &Draft| !draft.certificates.is_empty() && draft.key.is_none();
        drafts.iter().find(|(_, draft)| waits(draft)).map(|(slot, _)| *slot)
    };
    by_key().or_else(beside).or_else(by_name).or_else(waiting).unwrap_or(CertificateSlot::Authentication)
}

fn stem(name: &str) -> String {
    Path::new(name).file_stem().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn field_by_name(name: &str) -> CredentialField {
    let key = Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("key"));
    if key { CredentialField::Key } else { CredentialField::Certificate }
}

fn put(draft: &mut Draft, found: Recognised) {
    match found {
        Recognised::Certificates(certificates) => draft.put_certificates(certificates),
        Recognised::Key(key) => draft.put_key(BroughtKey::Closed(key)),
        Recognised::Both { certificates, key } => {
            draft.put_certificates(certificates);
            draft.put_key(BroughtKey::Closed(key));
        }
        Recognised::Container(container) => draft.put_container(container),
    }
}
