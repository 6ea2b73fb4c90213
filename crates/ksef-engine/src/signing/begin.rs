use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use ksef_api::Challenge;
use ksef_crypto::signed_request;
use ksef_crypto::xades::{AuthTokenRequest, SubjectIdentifierType};
use ksef_types::{Environment, Nip};

use super::judge::{SignedFileProblem, judge};
use super::request_file::RequestFile;
use super::state::{RefusedFile, SigningError, SigningStatus, SigningStep, WaitedFor};
use super::watch::glanced;
use crate::connect::{Login, NoAccess};
use crate::engine::{Scope, locked};
use crate::{Engine, EngineError, FileProblem, PickedFile};

/// Source: guide, "Uwierzytelnianie", section 1: "Czas życia challenge'a wynosi 10 minut."
const LIFE: TimeDelta = TimeDelta::minutes(10);

impl Engine {
    /// Fetches a challenge, saves the request in a folder and watches the folder for its signed copy. A login that was
    /// begun before is called off. `subject` says by what KSeF is to know the signer: it stands in the request.
    ///
    /// # Errors
    /// When KSeF gives no challenge or the file cannot be written; see [`SigningError`].
    pub async fn start_signing(
        &self,
        nip: Nip,
        environment: Environment,
        folder: &Path,
        subject: SubjectIdentifierType,
    ) -> Result<SigningStatus, SigningError> {
        let scope = Scope::new(nip, environment);
        self.company(nip)?;
        let login = self.fresh_login(scope)?;
        let (request, expires_at) = self.new_request(scope, &login, subject).await?;
        let (folder, now) = (folder.to_owned(), self.now());
        let saved_in = folder.clone();
        let content = request.to_xml().into_bytes();
        let file = tokio::task::spawn_blocking(move || RequestFile::save(&saved_in, nip, content, now))
            .await
            .map_err(|_| EngineError::Stopped)??;
        let status = SigningStatus {
            step: SigningStep::Waiting,
            subject: Some(subject),
            request_file: Some(file.path.clone()),
            watched: Some(folder.clone()),
            expires_at: Some(on_this_clock(expires_at, &login)),
            ..SigningStatus::default()
        };
        let begin = glanced(folder.clone(), file.stem()).await;
        let waited_for = Arc::new(WaitedFor { request, expires_at, file, login });
        let (number, stop) = self.put_signing(scope, status.clone(), Some(Arc::clone(&waited_for)));
        self.watch_folder(scope, number, waited_for, (folder, begin), stop);
        Ok(status)
    }

    /// Looks at files that a person dropped or chose; the first that is the signed request is sent, the newest that is not is
    /// told, and the waiting goes on. `files` are names with what was read of them.
    ///
    /// # Errors
    /// [`SigningError::NotWaiting`] where no request waits for its signature.
    pub fn load_signed(
        &self,
        nip: Nip,
        environment: Environment,
        files: Vec<(String, Result<PickedFile, FileProblem>)>,
    ) -> Result<SigningStatus, SigningError> {
        let scope = Scope::new(nip, environment);
        let Some((number, waited_for)) = self.waiting(scope) else { return Err(SigningError::NotWaiting) };
        for (name, read) in files {
            let judged = match &read {
                // Not secret: a document that a person signed.
                Ok(file) => judge(file.bytes.expose(), &waited_for, self.server_time(&waited_for)),
                Err(FileProblem::TooLarge { size, .. }) => Err(SignedFileProblem::too_large(*size)),
                Err(problem) => Err((*problem).into()),
            };
            match (judged, read) {
                (Ok(signed), Ok(file)) => {
                    self.send_signed(scope, file.bytes.expose().clone(), signed);
                    break;
                }
                (Err(problem), _) => self.note_refused(scope, number, name, problem),
                (Ok(_), Err(_)) => {}
            }
        }
        Ok(self.signing(nip, environment))
    }

    /// Writes the request to another place, over whatever the person chose to overwrite.
    ///
    /// # Errors
    /// [`SigningError::NotWaiting`], or what stands in the way of writing.
    pub async fn save_signing_request(
        &self,
        nip: Nip,
        environment: Environment,
        path: PathBuf,
    ) -> Result<SigningStatus, SigningError> {
        let scope = Scope::new(nip, environment);
        let Some((number, waited_for)) = self.waiting(scope) else { return Err(SigningError::NotWaiting) };
        let target = path.clone();
        let written = tokio::task::spawn_blocking(move || std::fs::write(target, &waited_for.file.content));
        written.await.map_err(|_| EngineError::Stopped)?.map_err(crate::files::problem)?;
        self.change_signing(scope, number, |status| status.request_file = Some(path));
        Ok(self.signing(nip, environment))
    }

    /// The largest file that is read as a signed request, in bytes.
    pub const LARGEST_SIGNED: u64 = signed_request::MAX_BYTES;

    /// A request with a challenge of its own, and until when it is taken by KSeF's clock.
    pub(super) async fn new_request(
        &self,
        scope: Scope,
        login: &Login,
        subject: SubjectIdentifierType,
    ) -> Result<(AuthTokenRequest, DateTime<Utc>), SigningError> {
        let asked = login.client.challenge().await;
        let answer = asked.map_err(|error| self.explain(scope, login, &NoAccess::from(error)))?;
        let challenge: Challenge = answer.into_value();
        let made = DateTime::from_timestamp_millis(challenge.timestamp_ms).unwrap_or(challenge.timestamp);
        let request =
            AuthTokenRequest { challenge: challenge.challenge, context: login.context.clone(), subject };
        Ok((request, made + LIFE))
    }

    pub(super) fn note_refused(&self, scope: Scope, number: u64, name: String, problem: SignedFileProblem) {
        tracing::info!(%problem, "a file is not the signed request");
        self.change_signing(scope, number, |status| {
            status.refused_file = Some(RefusedFile { name, problem });
        });
    }

    /// An access that belongs to nobody yet.
    pub(super) fn fresh_login(&self, scope: Scope) -> Result<Arc<Login>, SigningError> {
        self.empty_login(scope).map_err(|cause| self.failure(cause, None, None).into())
    }
}

/// A moment of KSeF's clock as this computer's clock will show it.
fn on_this_clock(moment: DateTime<Utc>, login: &Login) -> DateTime<Utc> {
    moment - login.client.clock_skew().unwrap_or_default()
}

impl Engine {
    /// What logins by signature have come to is forgotten with their company.
    pub(crate) fn forget_signings(&self, nip: Nip) {
        locked(&self.shared.signings).retain(|scope, _| scope.company != nip);
    }
}
