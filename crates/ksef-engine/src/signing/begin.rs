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
use crate::connect::{Login, NoAccess, SignedBy};
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
        let skew = login.client.clock_skew().unwrap_or_default();
        let status = SigningStatus {
            request_file: Some(file.path.clone()),
            watched: Some(folder.clone()),
            expires_at: Some(on_this_clock(expires_at, skew, self.now())),
            ..SigningStatus::new(environment, SigningStep::Waiting, Some(subject))
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
        self.take_in(Scope::new(nip, environment), files, SignedBy::Elsewhere)
    }

    pub(super) fn take_in(
        &self,
        scope: Scope,
        files: Vec<(String, Result<PickedFile, FileProblem>)>,
        by: SignedBy,
    ) -> Result<SigningStatus, SigningError> {
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
                    self.send_signed(scope, file.bytes.expose().clone(), signed, by);
                    break;
                }
                (Err(problem), _) => self.note_refused(scope, number, name, problem),
                (Ok(_), Err(_)) => {}
            }
        }
        Ok(self.signing(scope.company, scope.environment))
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

/// The end of a request by KSeF's clock as this computer's clock will show it. KSeF tells its time in whole seconds, so that the
/// difference of the clocks is known only so well: a request never has more than its whole life before it.
fn on_this_clock(end: DateTime<Utc>, skew: TimeDelta, now: DateTime<Utc>) -> DateTime<Utc> {
    (end - skew).min(now + LIFE)
}

impl Engine {
    /// What logins by signature have come to is forgotten with their company.
    pub(crate) fn forget_signings(&self, nip: Nip) {
        locked(&self.shared.signings).retain(|scope, _| scope.company != nip);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_800_000_000_000 + ms).unwrap()
    }

    #[test]
    fn a_request_never_has_more_than_its_life_before_it() {
        let end_at_ksef = at(0) + LIFE;
        // How far this computer is ahead, how long the challenge was on its way, what whole seconds make of the difference.
        for ahead in [-86_400_000, -61_250, 0, 400, 10_800_000] {
            for on_the_way in [0, 30, 999, 4_000] {
                for rounding in [-999, -500, 0, 1, 999] {
                    let now = at(ahead + on_the_way);
                    let skew = TimeDelta::milliseconds(rounding - ahead);
                    let left = on_this_clock(end_at_ksef, skew, now) - now;
                    assert!(left <= LIFE, "{ahead} {on_the_way} {rounding}: {left}");
                    let truly = LIFE - TimeDelta::milliseconds(on_the_way);
                    assert!((truly - left).abs() < TimeDelta::seconds(1), "{ahead} {on_the_way} {rounding}");
                }
            }
        }
    }
}
