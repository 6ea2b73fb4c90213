use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use ksef_crypto::xades::{AuthTokenRequest, SubjectIdentifierType};
use ksef_types::{Environment, Fingerprint, Nip};
use tokio_util::sync::CancellationToken;

use super::judge::SignedFileProblem;
use super::request_file::RequestFile;
use super::trial::trial_ground;
use crate::connect::Login;
use crate::engine::{Scope, locked};
use crate::{
    ConnectionFailure, ConnectionReport, CredentialProblem, Engine, EngineError, EngineEvent, FileProblem,
    SignedBy,
};

/// How far a login by a signature is.
#[derive(Debug, Clone)]
pub struct SigningStatus {
    /// The step.
    pub step: SigningStep,
    /// By what KSeF is to know the signer of the newest request.
    pub subject: Option<SubjectIdentifierType>,
    /// Whether a trial signature can be made: KSeF takes self-signed certificates here, and the request is one for them.
    pub trial: bool,
    /// The file to be signed.
    pub request_file: Option<PathBuf>,
    /// The folder in which its signed copy is expected.
    pub watched: Option<PathBuf>,
    /// Until when a signature of this request is taken, by this computer's clock, however wrong that is.
    pub expires_at: Option<DateTime<Utc>>,
    /// Who signed.
    pub signer: Option<String>,
    /// Who made the signature that was sent.
    pub signed_by: Option<SignedBy>,
    /// Of the signer's certificate, where KSeF is to know the signer by it.
    pub fingerprint: Option<Fingerprint>,
    /// Since when KSeF checks.
    pub checking_since: Option<DateTime<Utc>>,
    /// The newest file that was not taken.
    pub refused_file: Option<RefusedFile>,
    /// Why KSeF, or something on the way there, refused.
    pub failure: Option<ConnectionFailure>,
    /// Who one is, once one is in.
    pub report: Option<ConnectionReport>,
}

impl SigningStatus {
    pub(super) fn new(
        environment: Environment,
        step: SigningStep,
        subject: Option<SubjectIdentifierType>,
    ) -> Self {
        Self {
            step,
            subject,
            trial: trial_ground(environment, subject).is_ok(),
            request_file: None,
            watched: None,
            expires_at: None,
            signer: None,
            signed_by: None,
            fingerprint: None,
            checking_since: None,
            refused_file: None,
            failure: None,
            report: None,
        }
    }

    fn idle(environment: Environment) -> Self {
        Self::new(environment, SigningStep::Idle, None)
    }
}

/// The steps, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningStep {
    /// Not begun, or called off.
    Idle,
    /// The signed copy is waited for.
    Waiting,
    /// The ten minutes are over.
    Expired,
    /// On its way to KSeF.
    Sending,
    /// KSeF checks signature and revocation.
    Checking,
    /// In.
    Connected,
    /// Refused.
    Refused,
}

/// A file that is not the signed request.
#[derive(Debug, Clone)]
pub struct RefusedFile {
    /// Its name.
    pub name: String,
    /// Why.
    pub problem: SignedFileProblem,
}

/// Why such a login was not begun, or a step of it not done.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// Nothing could be done at all.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// KSeF gave no challenge.
    #[error(transparent)]
    Connection(Box<ConnectionFailure>),
    /// The request could not be saved.
    #[error(transparent)]
    File(#[from] FileProblem),
    /// No request waits for its signature: it was called off, is over, or has been answered.
    #[error("no request waits for its signature")]
    NotWaiting,
    /// The files with which it should be signed cannot be used.
    #[error("the files cannot be used: {0}")]
    Files(CredentialProblem),
    /// A trial signature was asked for where KSeF takes real ones only.
    #[error("no trial signature in the environment {0}")]
    NoTrial(Environment),
    /// A trial signature was asked for under a request by fingerprint: nobody has given permissions to a certificate that was made
    /// a moment ago.
    #[error("no trial signature under a request by fingerprint")]
    TrialByFingerprint,
}

impl From<ConnectionFailure> for SigningError {
    fn from(failure: ConnectionFailure) -> Self {
        Self::Connection(Box::new(failure))
    }
}

/// The logins by signature that were begun.
pub(crate) type Signings = HashMap<Scope, Signing>;

/// One of them; a new one takes the place of an older.
pub(crate) struct Signing {
    /// Tells the tasks of an older one that they are no longer wanted.
    pub(super) number: u64,
    pub(super) status: SigningStatus,
    pub(super) waited_for: Option<Arc<WaitedFor>>,
    pub(super) stop: CancellationToken,
}

/// What was handed out to be signed.
pub(crate) struct WaitedFor {
    pub(super) request: AuthTokenRequest,
    /// By KSeF's clock.
    pub(super) expires_at: DateTime<Utc>,
    pub(super) file: RequestFile,
    pub(super) login: Arc<Login>,
}

impl Drop for Signing {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Engine {
    /// How far a login by a signature is.
    #[must_use]
    pub fn signing(&self, nip: Nip, environment: Environment) -> SigningStatus {
        let scope = Scope::new(nip, environment);
        let begun = locked(&self.shared.signings).get(&scope).map(|signing| signing.status.clone());
        begun.unwrap_or_else(|| SigningStatus::idle(environment))
    }

    /// Calls it off; what is at KSeF already is not asked for any more.
    pub fn cancel_signing(&self, nip: Nip, environment: Environment) -> SigningStatus {
        let scope = Scope::new(nip, environment);
        let removed = locked(&self.shared.signings).remove(&scope);
        if let Some(waited_for) = removed.as_ref().and_then(|signing| signing.waited_for.clone()) {
            waited_for.file.tidy_up();
        }
        self.signing_moved(scope);
        SigningStatus::idle(environment)
    }

    /// Puts a new one in the place of an older; gives its number and what stops it.
    pub(super) fn put_signing(
        &self,
        scope: Scope,
        status: SigningStatus,
        waited_for: Option<Arc<WaitedFor>>,
    ) -> (u64, CancellationToken) {
        let stop = CancellationToken::new();
        let mut signings = locked(&self.shared.signings);
        let number = signings.get(&scope).map_or(1, |older| older.number + 1);
        let signing = Signing { number, status, waited_for, stop: stop.clone() };
        let older = signings.insert(scope, signing);
        drop(signings);
        if let Some(file) = older.as_ref().and_then(|older| older.waited_for.as_ref()) {
            file.file.tidy_up();
        }
        self.signing_moved(scope);
        (number, stop)
    }

    /// Changes the status of the one with that number; `false` when another has taken its place.
    pub(super) fn change_signing(
        &self,
        scope: Scope,
        number: u64,
        change: impl FnOnce(&mut SigningStatus),
    ) -> bool {
        let changed = match locked(&self.shared.signings).get_mut(&scope) {
            Some(signing) if signing.number == number => {
                change(&mut signing.status);
                true
            }
            _ => false,
        };
        if changed {
            self.signing_moved(scope);
        }
        changed
    }

    /// Takes the one request that waits: no second file is sent for it. Nothing when none waits.
    pub(super) fn take_waiting(&self, scope: Scope) -> Option<(u64, Arc<WaitedFor>, CancellationToken)> {
        let mut signings = locked(&self.shared.signings);
        let signing = signings.get_mut(&scope).filter(|found| found.status.step == SigningStep::Waiting)?;
        let waited_for = signing.waited_for.clone()?;
        signing.status.step = SigningStep::Sending;
        Some((signing.number, waited_for, signing.stop.clone()))
    }

    /// The request that waits, and its number.
    pub(super) fn waiting(&self, scope: Scope) -> Option<(u64, Arc<WaitedFor>)> {
        let signings = locked(&self.shared.signings);
        let signing = signings.get(&scope).filter(|found| found.status.step == SigningStep::Waiting)?;
        Some((signing.number, signing.waited_for.clone()?))
    }

    pub(super) fn signing_moved(&self, scope: Scope) {
        let Scope { company, environment } = scope;
        self.tell(EngineEvent::Signing { company, environment });
    }
}
