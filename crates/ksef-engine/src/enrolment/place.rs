//! The new certificate takes its place, in every company here that shares the old one.

use std::sync::Arc;

use ksef_archive::{ArchiveError, CredentialNote, EnrolmentStep};
use ksef_crypto::Credential;
use ksef_types::CertificateSerial;
use ksef_vault::{Slot, Vault, VaultError};

use super::EnrolmentProblem;
use super::drive::{KindName, StepFailed, Work};
use crate::connect::Login;
use crate::engine::Scope;
use crate::{Act, CertificateSlot, Deed, Engine, EngineEvent, KeychainProblem};

impl CertificateSlot {
    /// Where the key for a certificate of this kind waits.
    pub(crate) const fn pending(self) -> Slot {
        match self {
            Self::Authentication => Slot::PendingAuthentication,
            Self::Offline => Slot::PendingOffline,
        }
    }
}

impl Engine {
    /// Proved → Done. Every part can be repeated.
    pub(super) async fn put_in_place(&self, work: &mut Work) -> Result<(), StepFailed> {
        let (scope, slot) = (work.scope(), work.slot());
        let serial = work.row.serial.clone();
        let promoted = self.vault(move |vault| promote(vault, scope, slot, serial.as_ref())).await;
        let credential = promoted.map_err(KeychainProblem::from)?.ok_or(EnrolmentProblem::KeyGone)?;
        self.reached("the pair is in its place");
        let credential = Arc::new(credential);
        let mut scopes = vec![scope];
        if let Some(old) = &work.row.renews {
            scopes.extend(self.sharing(scope, slot, old)?);
        }
        for other in scopes.iter().copied().filter(|other| *other != scope) {
            let (key, shared) = (other.key(slot.vault()), Arc::clone(&credential));
            self.vault(move |vault| vault.store_credential(&key, &shared))
                .await
                .map_err(KeychainProblem::from)?;
            self.reached("the pair is in the place of another company");
        }
        self.leave_out_those_taken_off(slot, &mut scopes).await?;
        self.write_down(work, &scopes, &credential)?;
        self.tell(EngineEvent::Journal);
        self.reached("done");
        for other in &scopes {
            let proof = work.proof.take().filter(|_| *other == scope);
            self.credential_placed(*other, slot, proof);
        }
        Ok(())
    }

    /// Companies that were taken off the list meanwhile keep no secret. Where it is the one whose request this is, the others that
    /// shared the old certificate have the new one all the same.
    async fn leave_out_those_taken_off(
        &self,
        slot: CertificateSlot,
        scopes: &mut Vec<Scope>,
    ) -> Result<(), StepFailed> {
        let (gone, here): (Vec<_>, Vec<_>) =
            scopes.iter().copied().partition(|scope| self.is_off_the_list(scope.company));
        for scope in gone {
            let place = scope.key(slot.vault());
            self.vault(move |vault| vault.remove(&place)).await.map_err(KeychainProblem::from)?;
        }
        *scopes = here;
        Ok(())
    }

    /// Notes, what replaced what, the lines of the journal, and the last step, in one transaction. Of a company that was taken off
    /// the request ends as any other of its requests.
    fn write_down(&self, work: &Work, scopes: &[Scope], credential: &Credential) -> Result<(), StepFailed> {
        let now = self.now();
        let note = self.note_of(credential, now);
        let slot = work.slot();
        self.archive().write::<_, ArchiveError>(|tables| {
            for scope in scopes {
                let (nip, environment) = (scope.company, scope.environment);
                tables.credential_notes_mut().put(nip, environment, slot.note(), &note)?;
                if let Some(old) = &work.row.renews {
                    let by = credential.certificate().serial();
                    tables.known_certificates_mut().replaced(nip, environment, old, &by)?;
                }
                deed_of(work, *scope).write_into(tables, now)?;
            }
            if scopes.contains(&work.scope()) {
                tables.enrolments_mut().reach(work.row.id, EnrolmentStep::Done, now)?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// What the archive may know of a certificate that is in the keychain.
    pub(crate) fn note_of(
        &self,
        credential: &Credential,
        now: chrono::DateTime<chrono::Utc>,
    ) -> CredentialNote {
        let certificate = credential.certificate();
        CredentialNote {
            certificate: Some(certificate.der().to_vec()),
            subject: Some(certificate.subject_name()),
            serial: Some(certificate.serial().to_string()),
            typed_serial: None,
            not_after: Some(certificate.not_after()),
            reference_number: None,
            stored_at: now,
        }
    }

    /// Companies here that use a certificate in that place, besides this one.
    pub(crate) fn sharing(
        &self,
        scope: Scope,
        slot: CertificateSlot,
        serial: &CertificateSerial,
    ) -> Result<Vec<Scope>, ArchiveError> {
        let notes = self.archive().read::<_, ArchiveError>(|tables| tables.credential_notes().all())?;
        let shares = notes.into_iter().filter(|(nip, environment, place, note)| {
            *environment == scope.environment
                && *place == slot.note()
                && *nip != scope.company
                && note.serial.as_deref() == Some(serial.as_str())
        });
        Ok(shares.map(|(nip, environment, ..)| Scope::new(nip, environment)).collect())
    }

    /// Another certificate is in a place: who logs in by it logs in anew, a login by signature that an offline certificate has
    /// nothing to do with goes on.
    pub(super) fn credential_placed(&self, scope: Scope, slot: CertificateSlot, proof: Option<Arc<Login>>) {
        let Scope { company, environment } = scope;
        self.drop_draft(scope, slot);
        match (slot, proof) {
            (CertificateSlot::Authentication, Some(proof)) => self.adopt_login(scope, &proof),
            (CertificateSlot::Authentication, None) => self.forget_login(scope),
            (CertificateSlot::Offline, _) => {}
        }
        self.shared.queued.notify_waiters();
        if slot == CertificateSlot::Authentication {
            self.take_up_enrolments(scope);
        }
        self.tell(EngineEvent::Credential { company, environment });
    }
}

fn deed_of(work: &Work, scope: Scope) -> Deed {
    let serial = work.row.serial.as_ref().map(CertificateSerial::as_str).unwrap_or_default();
    let act = if work.row.renews.is_some() { Act::CertificateRenewed } else { Act::CertificateReceived };
    let deed = Deed::of(act, scope.company, scope.environment).object(serial);
    let deed = deed.with("kind", work.row.kind_name()).with("name", work.row.name.as_str());
    match &work.row.renews {
        Some(old) => deed.with("old", old.as_str()),
        None => deed,
    }
}

/// Nothing where neither place has the certificate.
fn promote(
    vault: &dyn Vault,
    scope: Scope,
    slot: CertificateSlot,
    serial: Option<&CertificateSerial>,
) -> Result<Option<Credential>, VaultError> {
    match vault.promote(&scope.key(slot.pending())) {
        Ok(credential) => Ok(Some(credential)),
        // Done before the program was stopped.
        Err(VaultError::NotFound) => {
            let placed = vault.credential(&scope.key(slot.vault()))?;
            Ok(placed.filter(|found| Some(&found.certificate().serial()) == serial))
        }
        Err(error) => Err(error),
    }
}
