mod facts;
mod problems;

use ksef_types::{Environment, Nip, SecretText};

pub use facts::{
    CertificateFacts, CertificateOverview, CertificateSlot, CredentialField, CredentialSlot,
    CredentialsOverview, FieldProblem, KeyState, LoadTarget, OfflineCheck, OfflineCheckItem,
    OfflineCheckStep, OwnerKind, TokenOverview, TokenPasted,
};
pub use problems::{CredentialProblem, TokenProblem};

use crate::{Engine, EngineError, PickedFile};

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
        let _ = (nip, environment);
        unimplemented!()
    }

    /// Takes files and sorts them by content into certificate and key; saves the pair as soon as it is whole and usable.
    /// What is wrong stands in the overview beside its field.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn load_files(
        &self,
        nip: Nip,
        environment: Environment,
        target: LoadTarget,
        files: Vec<PickedFile>,
    ) -> Result<CredentialsOverview, EngineError> {
        let _ = (nip, environment, target, files);
        unimplemented!()
    }

    /// Takes the password of a slot's key file; the pair is saved if that was what it lacked.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn set_password(
        &self,
        nip: Nip,
        environment: Environment,
        slot: CertificateSlot,
        password: SecretText,
    ) -> Result<CredentialsOverview, EngineError> {
        let _ = (nip, environment, slot, password);
        unimplemented!()
    }

    /// Takes the serial number typed or pasted beside the offline certificate, as it was written. Empty text forgets it.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn set_serial(
        &self,
        nip: Nip,
        environment: Environment,
        typed: &str,
    ) -> Result<CredentialsOverview, EngineError> {
        let _ = (nip, environment, typed);
        unimplemented!()
    }

    /// Takes a pasted token, drops white space in it, and saves it when it is one of this company.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn paste_token(
        &self,
        nip: Nip,
        environment: Environment,
        pasted: SecretText,
    ) -> Result<TokenPasted, EngineError> {
        let _ = (nip, environment, pasted);
        unimplemented!()
    }

    /// Reads which company a pasted token belongs to, for the dialog that adds a company. Keeps nothing.
    ///
    /// # Errors
    /// Says what the text is instead of a token.
    pub fn company_of_token(pasted: &SecretText) -> Result<Nip, TokenProblem> {
        let _ = pasted;
        unimplemented!()
    }

    /// Forgets what is being brought for a slot; what is saved stays.
    pub fn discard_draft(&self, nip: Nip, environment: Environment, slot: CredentialSlot) {
        let _ = (nip, environment, slot);
        unimplemented!()
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
        let _ = (nip, environment, slot);
        unimplemented!()
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
        let _ = (nip, environment);
        unimplemented!()
    }
}
