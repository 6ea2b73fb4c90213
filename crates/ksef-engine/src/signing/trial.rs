use ksef_crypto::trial::{self, TrialGround};
use ksef_crypto::xades::{self, SubjectIdentifierType};
use ksef_crypto::{CryptoFailure, SigningFailed};
use ksef_types::{Environment, Nip, SecretBytes};

use super::state::{SigningError, SigningStatus, WaitedFor};
use crate::connect::SignedBy;
use crate::engine::Scope;
use crate::{Company, ConnectionCause, Engine, PickedFile};

/// Where a request can be signed for trial; `subject` is by what it tells KSeF to know the signer, nothing where none was made.
pub(super) fn trial_ground(
    environment: Environment,
    subject: Option<SubjectIdentifierType>,
) -> Result<TrialGround, SigningError> {
    let ground = TrialGround::of(environment).ok_or(SigningError::NoTrial(environment))?;
    match subject {
        Some(SubjectIdentifierType::CertificateFingerprint) => Err(SigningError::TrialByFingerprint),
        Some(SubjectIdentifierType::CertificateSubject) | None => Ok(ground),
    }
}

impl Engine {
    /// Signs the request that waits with a seal of the company that is made for this one signature, and takes the signed
    /// document in as any other that a person brings. Only in the test environment and the sandbox.
    ///
    /// Nothing of the seal is kept: its key is gone when this function ends.
    ///
    /// # Errors
    /// [`SigningError::NoTrial`], [`SigningError::NotWaiting`], [`SigningError::TrialByFingerprint`].
    pub fn sign_on_trial(&self, nip: Nip, environment: Environment) -> Result<SigningStatus, SigningError> {
        let scope = Scope::new(nip, environment);
        trial_ground(environment, None)?;
        let company = self.company(nip)?;
        let Some((_, waited_for)) = self.waiting(scope) else { return Err(SigningError::NotWaiting) };
        let ground = trial_ground(environment, Some(waited_for.request.subject))?;
        let signed = self.signed_on_trial(ground, &company, &waited_for).map_err(|error| {
            tracing::error!(%error, "the trial signature could not be made");
            self.failure(ConnectionCause::Internal, None, None)
        })?;
        let name = format!("{}-podpis-probny.xml", waited_for.file.stem());
        let file = PickedFile { name: name.clone(), bytes: SecretBytes::from(signed) };
        self.take_in(scope, vec![(name, Ok(file))], SignedBy::Trial)
    }

    fn signed_on_trial(
        &self,
        ground: TrialGround,
        company: &Company,
        waited_for: &WaitedFor,
    ) -> Result<Vec<u8>, SigningFailed> {
        let (now, random) = (self.server_time(waited_for), self.parts().random.as_ref());
        let made: Result<_, CryptoFailure> =
            trial::make_seal(ground, company.nip, company.name.as_deref().unwrap_or_default(), now, random);
        xades::sign(&waited_for.request, &made?, now)
    }
}
