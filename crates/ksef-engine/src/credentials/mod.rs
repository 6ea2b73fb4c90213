//! Credentials of a company in an environment: brought as files or texts, judged, kept in the keychain.

mod draft;
mod facts;
mod keeping;
mod offline;
mod problems;
mod sorting;
mod token;
mod translate;

use ksef_types::{Environment, Nip, SecretText};

pub use facts::{
    CertificateFacts, CertificateOverview, CertificateSlot, CredentialField, CredentialSlot,
    CredentialsOverview, FieldProblem, KeyState, LoadTarget, OfflineCheck, OfflineCheckItem,
    OfflineCheckStep, OwnerKind, TokenOverview, TokenPasted,
};
pub use problems::{CredentialProblem, TokenProblem};
pub(crate) use sorting::Drafts;
pub(crate) use token::TOKENS_END;
pub(crate) use translate::{certificate_problems, days_left, key_problem};

use crate::engine::Scope;
use crate::keeping::slot_name;
use crate::{Act, Deed, Engine, EngineError, PickedFile};

impl Engine {
    /// What a company has in an environment: saved, and being brought.
    ///
    /// # Errors
    /// When the archive fails. A keychain that fails is told inside.
    pub async fn credentials(
        &self,
        nip: Nip,
        environment: Environment,
    ) -> Result<CredentialsOverview, EngineError> {
        let scope = Scope::new(nip, environment);
        self.blocking(move |engine| engine.overview(scope)).await
    }

    /// Takes files and sorts them by content into certificate and key; saves the pair as soon as it is whole and usable.
    /// What is wrong stands in the overview beside its field.
    ///
    /// # Errors
    /// When the archive fails, or the company is unknown.
    pub async fn load_files(
        &self,
        nip: Nip,
        environment: Environment,
        target: LoadTarget,
        files: Vec<PickedFile>,
    ) -> Result<CredentialsOverview, EngineError> {
        let scope = Scope::new(nip, environment);
        self.blocking(move |engine| {
            engine.company(nip)?;
            let sorted = engine.with_drafts(scope, |drafts| sorting::sort(drafts, target, &files));
            for slot in sorted.touched {
                engine.settle(scope, slot)?;
            }
            Ok(CredentialsOverview { unplaced: sorted.unplaced, ..engine.overview(scope)? })
        })
        .await
    }

    /// Takes the password of a slot's key file; the pair is saved if that was what it lacked.
    ///
    /// # Errors
    /// When the archive fails, or the company is unknown.
    pub async fn set_password(
        &self,
        nip: Nip,
        environment: Environment,
        slot: CertificateSlot,
        password: SecretText,
    ) -> Result<CredentialsOverview, EngineError> {
        let scope = Scope::new(nip, environment);
        self.blocking(move |engine| {
            engine.company(nip)?;
            engine.with_drafts(scope, |drafts| drafts.entry(slot).or_default().password = Some(password));
            engine.settle(scope, slot)?;
            engine.overview(scope)
        })
        .await
    }

    /// Takes the serial number typed or pasted beside the offline certificate, as it was written. Empty text forgets it.
    ///
    /// # Errors
    /// When the archive fails, or the company is unknown.
    pub async fn set_serial(
        &self,
        nip: Nip,
        environment: Environment,
        typed: &str,
    ) -> Result<CredentialsOverview, EngineError> {
        let scope = Scope::new(nip, environment);
        let typed = Some(typed.trim()).filter(|typed| !typed.is_empty()).map(str::to_owned);
        self.blocking(move |engine| {
            engine.company(nip)?;
            engine.type_serial(scope, typed)?;
            engine.settle(scope, CertificateSlot::Offline)?;
            engine.overview(scope)
        })
        .await
    }

    /// Forgets what is being brought for a slot; what is saved stays.
    pub fn discard_draft(&self, nip: Nip, environment: Environment, slot: CredentialSlot) {
        let scope = Scope::new(nip, environment);
        match slot {
            CredentialSlot::Authentication => self.drop_draft(scope, CertificateSlot::Authentication),
            CredentialSlot::Offline => self.drop_draft(scope, CertificateSlot::Offline),
            CredentialSlot::Token => self.set_token_problem(scope, None),
        }
    }

    /// Removes a credential from the keychain, with its draft and the login made with it.
    ///
    /// # Errors
    /// When the keychain or the archive fails.
    pub async fn remove_credential(
        &self,
        nip: Nip,
        environment: Environment,
        slot: CredentialSlot,
    ) -> Result<CredentialsOverview, EngineError> {
        let scope = Scope::new(nip, environment);
        self.discard_draft(nip, environment, slot);
        self.forget_login(scope);
        self.blocking(move |engine| {
            engine.remove_saved(scope, slot)?;
            engine.record(Deed::of(Act::CredentialRemoved, nip, environment).with("kind", slot_name(slot)));
            engine.overview(scope)
        })
        .await
    }

    /// "Sprawdź certyfikat trybu Offline": looks at the certificate and makes and verifies a signature of KOD II.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn check_offline(
        &self,
        nip: Nip,
        environment: Environment,
    ) -> Result<OfflineCheck, EngineError> {
        let scope = Scope::new(nip, environment);
        self.blocking(move |engine| engine.look_at_offline(scope)).await
    }
}
