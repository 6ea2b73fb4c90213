//! Between drafts in memory, the keychain, and the notes in the archive.

use ksef_archive::{ArchiveError, CredentialNote, NoteSlot};
use ksef_crypto::{Certificate, Credential};
use ksef_vault::{CredentialKey, Holding, Slot, VaultError};

use super::Drafts;
use super::draft::{Settled, serial_problem};
use super::translate::{certificate_problems, facts};
use crate::engine::Scope;
use crate::keeping::slot_name;
use crate::{
    Act, CertificateOverview, CertificateSlot, CredentialField, CredentialProblem, CredentialSlot,
    CredentialsOverview, Deed, Engine, EngineError, FieldProblem, KeyState, KeychainProblem,
};

impl CertificateSlot {
    pub(crate) const fn vault(self) -> Slot {
        match self {
            Self::Authentication => Slot::Authentication,
            Self::Offline => Slot::Offline,
        }
    }

    pub(crate) const fn note(self) -> NoteSlot {
        match self {
            Self::Authentication => NoteSlot::Authentication,
            Self::Offline => NoteSlot::Offline,
        }
    }
}

impl CredentialSlot {
    const fn vault(self) -> Slot {
        match self {
            Self::Authentication => Slot::Authentication,
            Self::Offline => Slot::Offline,
            Self::Token => Slot::Token,
        }
    }

    const fn note(self) -> NoteSlot {
        match self {
            Self::Authentication => NoteSlot::Authentication,
            Self::Offline => NoteSlot::Offline,
            Self::Token => NoteSlot::Token,
        }
    }
}

impl Scope {
    pub(crate) const fn key(self, slot: Slot) -> CredentialKey {
        CredentialKey::new(self.company, self.environment, slot)
    }
}

impl Engine {
    pub(crate) fn overview(&self, scope: Scope) -> Result<CredentialsOverview, EngineError> {
        let held = self.parts().vault.held(scope.company, scope.environment);
        Ok(CredentialsOverview {
            authentication: self.slot_overview(
                scope,
                CertificateSlot::Authentication,
                held.as_ref().ok().copied(),
            )?,
            offline: self.slot_overview(scope, CertificateSlot::Offline, held.as_ref().ok().copied())?,
            token: self.token_overview(scope, held.as_ref().ok().copied())?,
            keychain: held.err().map(KeychainProblem::from),
            unplaced: Vec::new(),
        })
    }

    /// Judges a draft and saves it when nothing stands against it.
    pub(crate) fn settle(&self, scope: Scope, slot: CertificateSlot) -> Result<(), EngineError> {
        let Some(mut draft) = self.with_drafts(scope, |drafts| drafts.remove(&slot)) else { return Ok(()) };
        let now = self.now();
        let mut settled = draft.settle(slot, now);
        let mut place = slot;
        // A container shows its purpose only when it is open.
        if let Some(purpose) = draft.purpose().filter(|_| draft.placed_by_content) {
            place = CertificateSlot::of(purpose);
            if place != slot {
                settled = draft.settle(place, now);
            }
        }
        if let Settled::Whole(credential) = settled {
            match self.save(scope, place, &credential, draft.typed_serial.clone())? {
                Ok(()) => return Ok(()),
                Err(problem) => draft.problems.push(FieldProblem {
                    field: CredentialField::Key,
                    problem: CredentialProblem::Keychain(problem),
                }),
            }
        }
        self.with_drafts(scope, |drafts| drafts.insert(place, draft));
        Ok(())
    }

    fn save(
        &self,
        scope: Scope,
        slot: CertificateSlot,
        credential: &Credential,
        typed_serial: Option<String>,
    ) -> Result<Result<(), KeychainProblem>, EngineError> {
        if let Err(error) = self.parts().vault.store_credential(&scope.key(slot.vault()), credential) {
            return Ok(Err(error.into()));
        }
        self.credential_changed(scope);
        let certificate = credential.certificate();
        let note = CredentialNote {
            certificate: Some(certificate.der().to_vec()),
            subject: Some(certificate.subject_name()),
            serial: Some(certificate.serial().to_string()),
            typed_serial,
            not_after: Some(certificate.not_after()),
            reference_number: None,
            stored_at: self.now(),
        };
        self.put_note(scope, slot.note(), &note)?;
        let deed = Deed::of(Act::CredentialSaved, scope.company, scope.environment);
        self.record(deed.object(certificate.serial().as_str()).with("kind", slot_name(slot.into())));
        Ok(Ok(()))
    }

    pub(crate) fn remove_saved(&self, scope: Scope, slot: CredentialSlot) -> Result<(), EngineError> {
        self.parts().vault.remove(&scope.key(slot.vault())).map_err(KeychainProblem::from)?;
        self.archive().write::<_, ArchiveError>(|tables| {
            tables.credential_notes_mut().remove(scope.company, scope.environment, slot.note())
        })?;
        Ok(())
    }

    pub(crate) fn type_serial(&self, scope: Scope, typed: Option<String>) -> Result<(), EngineError> {
        let slot = CertificateSlot::Offline;
        let in_draft = self.with_drafts(scope, |drafts| match drafts.get_mut(&slot) {
            Some(draft) if !draft.is_empty() => {
                draft.typed_serial.clone_from(&typed);
                true
            }
            _ => false,
        });
        if in_draft {
            return Ok(());
        }
        match self.note(scope, slot.note())? {
            Some(note) => self.put_note(scope, slot.note(), &CredentialNote { typed_serial: typed, ..note }),
            None => {
                self.with_drafts(scope, |drafts| drafts.entry(slot).or_default().typed_serial = typed);
                Ok(())
            }
        }
    }

    fn slot_overview(
        &self,
        scope: Scope,
        slot: CertificateSlot,
        held: Option<ksef_vault::Held>,
    ) -> Result<CertificateOverview, EngineError> {
        let now = self.now();
        let draft = self.with_drafts(scope, |drafts| {
            let draft = drafts.get(&slot).filter(|draft| !draft.is_empty() || draft.typed_serial.is_some());
            draft.map(|draft| (draft.is_empty(), draft.overview(now)))
        });
        match draft {
            Some((false, overview)) => return Ok(overview),
            Some((true, overview))
                if held.is_none_or(|held| held.in_slot(slot.vault()) == Holding::Nothing) =>
            {
                return Ok(overview);
            }
            _ => {}
        }
        let note = self.note(scope, slot.note())?;
        match held.map(|held| held.in_slot(slot.vault())) {
            Some(Holding::Nothing) => Ok(CertificateOverview::default()),
            Some(Holding::Damaged) => Ok(damaged()),
            // An unreachable keychain: what the note says is shown, the overview tells of the keychain.
            None if note.is_none() => Ok(CertificateOverview::default()),
            _ => self.saved_overview(scope, slot, note),
        }
    }

    fn saved_overview(
        &self,
        scope: Scope,
        slot: CertificateSlot,
        note: Option<CredentialNote>,
    ) -> Result<CertificateOverview, EngineError> {
        let now = self.now();
        let typed_serial = note.as_ref().and_then(|note| note.typed_serial.clone());
        let noted = note.and_then(|note| note.certificate).and_then(|der| Certificate::from_der(&der).ok());
        // Saved by another installation, or the note was lost: the keychain itself knows the certificate.
        let certificate = match noted {
            Some(certificate) => certificate,
            None => match self.parts().vault.credential(&scope.key(slot.vault())) {
                Ok(Some(credential)) => credential.certificate().clone(),
                Ok(None) => return Ok(CertificateOverview::default()),
                Err(VaultError::Damaged(_)) => return Ok(damaged()),
                Err(error) => return Err(KeychainProblem::from(error).into()),
            },
        };
        let mut problems = certificate_problems(&certificate, slot, now);
        problems.extend(serial_problem(&certificate, typed_serial.as_deref()));
        Ok(CertificateOverview {
            certificate: Some(facts(&certificate, now)),
            key: KeyState::Saved,
            saved: true,
            typed_serial,
            problems,
        })
    }

    pub(crate) fn note(&self, scope: Scope, slot: NoteSlot) -> Result<Option<CredentialNote>, EngineError> {
        Ok(self.archive().read::<_, ArchiveError>(|tables| {
            tables.credential_notes().get(scope.company, scope.environment, slot)
        })?)
    }

    pub(crate) fn put_note(
        &self,
        scope: Scope,
        slot: NoteSlot,
        note: &CredentialNote,
    ) -> Result<(), EngineError> {
        Ok(self.archive().write::<_, ArchiveError>(|tables| {
            tables.credential_notes_mut().put(scope.company, scope.environment, slot, note)
        })?)
    }

    pub(crate) fn drop_draft(&self, scope: Scope, slot: CertificateSlot) {
        self.with_drafts(scope, |drafts| drafts.remove(&slot));
    }

    pub(crate) fn with_drafts<T>(&self, scope: Scope, work: impl FnOnce(&mut Drafts) -> T) -> T {
        let mut all = crate::engine::locked(&self.shared.drafts);
        work(all.entry(scope).or_default())
    }
}

/// A part of the entry is missing or unreadable; storing it anew or removing it repairs it.
fn damaged() -> CertificateOverview {
    let problem = CredentialProblem::Keychain(KeychainProblem::Damaged);
    CertificateOverview {
        saved: true,
        problems: vec![FieldProblem { field: CredentialField::Certificate, problem }],
        ..CertificateOverview::default()
    }
}
