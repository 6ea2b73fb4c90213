//! Applications for certificates, revocations, tokens and operations on permissions.

use ksef_crypto::OsRandomness;
use ksef_types::{CertificateSerial, ReferenceNumber, Sha256Hash};

use super::schedule::Outcome;
use crate::contract::{EnrollmentStatus, PermissionStatus};
use crate::control::{Ending, Moved};
use crate::judge::CryptoFailed;
use crate::judge::authority::CertifiedKey;
use crate::judge::revocation::RevocationList;
use crate::model::{
    Certificate, CertificateState, Enrollment, PermissionPlan, StoredStatus, Subject, Token, TokenStatus,
};
use crate::store::State;
use crate::world::World;

/// What has not come to its end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CredentialWork {
    /// An application for a certificate.
    Enrollment(ReferenceNumber),
    /// A revocation of a certificate.
    Revocation(ReferenceNumber),
    /// A token that is being activated or revoked.
    Token(ReferenceNumber),
    /// Giving or taking permissions.
    Permission(ReferenceNumber),
}

impl CredentialWork {
    pub(super) const fn reference(&self) -> &ReferenceNumber {
        match self {
            Self::Enrollment(reference)
            | Self::Revocation(reference)
            | Self::Token(reference)
            | Self::Permission(reference) => reference,
        }
    }
}

/// What a journal left unfinished.
pub(super) fn unfinished(state: &State) -> Vec<CredentialWork> {
    let enrollments = state.enrollments.rows().filter(|row| row.status.code == 100);
    let enrollments = enrollments.map(|row| CredentialWork::Enrollment(row.reference.clone()));
    let blocked = state.certificates.rows().filter(|row| row.state == CertificateState::Blocked);
    let revocations = blocked.filter_map(|row| row.revocation.as_ref());
    let revocations = revocations.map(|(reference, _)| CredentialWork::Revocation(reference.clone()));
    // What the management set to `Pending` stays there: nothing activates it.
    let moving = |row: &&Token| match row.status {
        TokenStatus::Pending => row.bound,
        status => status == TokenStatus::Revoking,
    };
    let tokens = state.tokens.rows().filter(moving);
    let tokens = tokens.map(|row| CredentialWork::Token(row.reference.clone()));
    let operations = state.operations.rows().filter(|row| row.status.code == 100);
    let operations = operations.map(|row| CredentialWork::Permission(row.reference.clone()));
    enrollments.chain(revocations).chain(tokens).chain(operations).collect()
}

pub(super) fn advance(world: &World, state: &mut State, work: &CredentialWork) -> Outcome {
    match work {
        CredentialWork::Enrollment(reference) => enrol(world, state, reference),
        CredentialWork::Revocation(reference) => revoke(state, reference),
        CredentialWork::Token(reference) => token(world, state, reference),
        CredentialWork::Permission(reference) => permission(world, state, reference),
    }
}

fn enrol(world: &World, state: &mut State, reference: &ReferenceNumber) -> Outcome {
    let Some(row) = state.enrollments.get(reference.as_str()).cloned() else { return Outcome::Waits };
    let from = row.status.code;
    let ordered = world.ordered(|ending| match ending {
        Ending::Enrollment { code, details } => Some((*code, details.clone())),
        _ => None,
    });
    let (status, serial) = match ordered {
        Some((code, details)) => (EnrollmentStatus::by_code(code, details), None),
        None => issued(world, state, &row),
    };
    let to = status.code;
    if let Some(row) = state.enrollments.change(reference.as_str()) {
        row.status = status;
        row.serial = serial;
    }
    Outcome::Done(Moved { reference: reference.clone(), from, to })
}

fn issued(world: &World, state: &mut State, row: &Enrollment) -> (StoredStatus, Option<CertificateSerial>) {
    let same_key = |certificate: &Certificate| certificate.key_hash == row.key_hash;
    if state.certificates.rows().any(|certificate| same_key(certificate) && certificate.owner != row.owner) {
        return (EnrollmentStatus::KeyOfAnother.stored(), None);
    }
    let now = world.now();
    let limits = crate::limits::of_subject(state, &row.owner);
    if active_certificates(state, &row.owner, world) >= limits.certificates {
        return (EnrollmentStatus::TooManyCertificates.stored(), None);
    }
    let valid_from = row.valid_from.map_or(now, |wanted| wanted.max(now));
    match certify(world, row, valid_from) {
        Ok(made) => {
            let serial = made.serial.clone();
            let certificate = Certificate {
                serial: made.serial,
                name: row.name.clone(),
                kind: row.kind,
                owner: row.owner.clone(),
                common_name: row.common_name.clone(),
                der: ksef_crypto::base64::encode(&made.der),
                key_hash: row.key_hash.clone(),
                requested: row.requested,
                valid_from: made.valid_from,
                valid_to: made.valid_to,
                state: CertificateState::Active,
                revocation: None,
                last_use: None,
            };
            state.certificates.put(serial.as_str(), certificate);
            (EnrollmentStatus::Issued.stored(), Some(serial))
        }
        Err(failure) => {
            tracing::error!(%failure, "a certificate could not be issued");
            (EnrollmentStatus::Unknown.stored(), None)
        }
    }
}

fn certify(
    world: &World,
    row: &Enrollment,
    valid_from: chrono::DateTime<chrono::Utc>,
) -> Result<CertifiedKey, CryptoFailed> {
    // Written by this program: what is not hex would not come out of the journal's own rows.
    let bytes = |text: &str| hex::decode(text).unwrap_or_default();
    let (subject, key) = (bytes(&row.subject), bytes(&row.public_key));
    world.keys().authority.certify(&subject, &key, row.kind, valid_from, &OsRandomness)
}

/// How many certificates of an owner are active.
pub(crate) fn active_certificates(state: &State, owner: &Subject, world: &World) -> u32 {
    let now = world.now();
    let active = state.certificates.rows().filter(|row| row.owner == *owner && row.active(now)).count();
    u32::try_from(active).unwrap_or(u32::MAX)
}

/// Changes what stands for OCSP and CRL.
pub(crate) fn change_withdrawn<T>(state: &mut State, change: impl FnOnce(&mut RevocationList) -> T) -> T {
    const LIST: &str = "list";
    let mut list = state.withdrawn.get(LIST).cloned().unwrap_or_default();
    let outcome = change(&mut list);
    state.withdrawn.put(LIST, list);
    outcome
}

fn revoke(state: &mut State, reference: &ReferenceNumber) -> Outcome {
    let revoked = |row: &&Certificate| row.revocation.as_ref().is_some_and(|(found, _)| found == reference);
    let Some(serial) = state.certificates.rows().find(revoked).map(|row| row.serial.clone()) else {
        return Outcome::Waits;
    };
    if let Some(row) = state.certificates.change(serial.as_str()) {
        row.state = CertificateState::Revoked;
    }
    change_withdrawn(state, |list| list.revoke(&serial));
    Outcome::Done(Moved { reference: reference.clone(), from: 100, to: 200 })
}

fn token(world: &World, state: &mut State, reference: &ReferenceNumber) -> Outcome {
    let Some(row) = state.tokens.change(reference.as_str()) else { return Outcome::Waits };
    let failed = || {
        world.ordered(|ending| match ending {
            Ending::Token { details } => Some((400, details.clone())),
            _ => None,
        })
    };
    row.status = match row.status {
        TokenStatus::Pending => match failed() {
            Some((_, details)) => {
                row.status_details = details;
                TokenStatus::Failed
            }
            None => TokenStatus::Active,
        },
        TokenStatus::Revoking => TokenStatus::Revoked,
        settled => settled,
    };
    let to = if row.status == TokenStatus::Failed { 400 } else { 200 };
    Outcome::Done(Moved { reference: reference.clone(), from: 100, to })
}

fn permission(world: &World, state: &mut State, reference: &ReferenceNumber) -> Outcome {
    let Some(row) = state.operations.get(reference.as_str()).cloned() else { return Outcome::Waits };
    let from = row.status.code;
    let ordered = world.ordered(|ending| match ending {
        Ending::Permission { code, details } => Some((*code, details.clone())),
        _ => None,
    });
    let status = match ordered {
        Some((code, details)) => PermissionStatus::by_code(code, details),
        None => carried_out(state, row.plan),
    };
    let to = status.code;
    if let Some(row) = state.operations.change(reference.as_str()) {
        row.status = status;
    }
    Outcome::Done(Moved { reference: reference.clone(), from, to })
}

fn carried_out(state: &mut State, plan: PermissionPlan) -> StoredStatus {
    match plan {
        PermissionPlan::Fail(status) => return status,
        PermissionPlan::Grant(grants) => {
            for grant in grants {
                // What is there already is not given twice.
                if !state.grants.rows().any(|known| known.active && known.same_as(&grant)) {
                    state.grants.put(grant.id.clone(), grant);
                }
            }
        }
        PermissionPlan::Authorize(wanted) => {
            let known = state.authorizations.rows().any(|known| {
                known.active
                    && (known.authorizing, &known.authorized, known.scope)
                        == (wanted.authorizing, &wanted.authorized, wanted.scope)
            });
            if !known {
                state.authorizations.put(wanted.id.clone(), *wanted);
            }
        }
        PermissionPlan::Revoke(id) => {
            state.grants.change(&id).into_iter().for_each(|grant| grant.active = false);
        }
        PermissionPlan::RevokeAuthorization(id) => {
            state.authorizations.change(&id).into_iter().for_each(|row| row.active = false);
        }
    }
    PermissionStatus::Done.stored()
}

/// The hash of a key as rows hold it.
pub(crate) fn key_name(hash: &Sha256Hash) -> String {
    hex::encode(hash.as_bytes())
}
