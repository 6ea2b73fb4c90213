use std::path::PathBuf;

use directories::UserDirs;
use ksef_engine::{Engine, SigningFiles, SigningStatus, read_at_most, read_picked};
use ksef_types::{Nip, SecretText, warsaw_date};

use super::App;
use crate::views::{RefusedFile, Scope, SigningView, SubjectIdentifierType};
use crate::{Problem, problems};

impl App {
    /// "Zaloguj Profilem Zaufanym lub podpisem": a new request, saved where the browser will look for it; its signed copy is waited
    /// for. `subject` is by what KSeF is to know the signer.
    ///
    /// # Errors
    /// When KSeF gives no challenge, or the request cannot be saved.
    pub async fn start_signing(
        &self,
        scope: &Scope,
        subject: SubjectIdentifierType,
    ) -> Result<SigningView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let folder = self.download_folder();
        let begun = self.engine.start_signing(nip, environment, &folder, subject.into()).await;
        let status = begun.map_err(|error| problems::signing(&error, nip))?;
        Ok(self.signing_view(status, nip))
    }

    /// How far such a login is.
    ///
    /// # Errors
    /// When the scope is none.
    pub async fn signing(&self, scope: &Scope) -> Result<SigningView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        Ok(self.signing_view(self.engine.signing(nip, environment), nip))
    }

    /// A signed file that was dropped or chosen. One that is something else is told in the answer, and the waiting goes on.
    ///
    /// # Errors
    /// When no request waits for its signature.
    pub async fn load_signed_files(
        &self,
        scope: &Scope,
        paths: Vec<PathBuf>,
    ) -> Result<SigningView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let engine = self.engine.clone();
        let loaded = tokio::task::spawn_blocking(move || {
            let read = |path: PathBuf| {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                (name, read_at_most(&path, Engine::LARGEST_SIGNED))
            };
            engine.load_signed(nip, environment, paths.into_iter().map(read).collect())
        });
        let status = joined(loaded.await)?.map_err(|error| problems::signing(&error, nip))?;
        Ok(self.signing_view(status, nip))
    }

    /// Signs the request here with a `.p12`/`.pfx` or a certificate and key of any issuer; nothing of them is kept.
    ///
    /// # Errors
    /// When a file cannot be read or used, or KSeF gives no challenge.
    pub async fn sign_with_files(
        &self,
        scope: &Scope,
        paths: Vec<PathBuf>,
        password: Option<SecretText>,
    ) -> Result<SigningView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let read = tokio::task::spawn_blocking(move || {
            let one = |path: PathBuf| {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                read_picked(&path).map_err(|found| problems::file(&found, &name))
            };
            paths.into_iter().map(one).collect::<Result<Vec<_>, _>>()
        });
        let files = joined(read.await)??;
        let signed = self.engine.sign_with_files(nip, environment, SigningFiles { files, password }).await;
        let status = signed.map_err(|error| problems::signing(&error, nip))?;
        Ok(self.signing_view(status, nip))
    }

    /// "Podpisz próbnie": signs the request that waits with a self-signed seal of the company that is made for this one
    /// signature, and takes the signed file in as any other. Only in the test environment and the sandbox; nothing of the seal is
    /// kept.
    ///
    /// # Errors
    /// In production and demonstration, when no request waits, or when it is one by fingerprint.
    pub async fn sign_on_trial(&self, scope: &Scope) -> Result<SigningView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let signed = self.engine.sign_on_trial(nip, environment);
        let status = signed.map_err(|error| problems::signing(&error, nip))?;
        Ok(self.signing_view(status, nip))
    }

    /// Writes the request to another place.
    ///
    /// # Errors
    /// When no request waits for its signature, or the file cannot be written.
    pub async fn save_signing_request(&self, scope: &Scope, path: PathBuf) -> Result<SigningView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let saved = self.engine.save_signing_request(nip, environment, path).await;
        let status = saved.map_err(|error| problems::signing(&error, nip))?;
        Ok(self.signing_view(status, nip))
    }

    /// Calls the login off.
    ///
    /// # Errors
    /// When the scope is none.
    pub async fn cancel_signing(&self, scope: &Scope) -> Result<SigningView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        Ok(self.signing_view(self.engine.cancel_signing(nip, environment), nip))
    }

    /// Where browsers save files; a system that names none gets the person's own folder, or the program's.
    fn download_folder(&self) -> PathBuf {
        let of_system = || {
            let dirs = UserDirs::new()?;
            let downloads = dirs.download_dir().filter(|folder| folder.is_dir());
            Some(downloads.unwrap_or_else(|| dirs.home_dir()).to_owned())
        };
        self.downloads.clone().or_else(of_system).unwrap_or_else(|| self.folders.root().to_owned())
    }

    fn signing_view(&self, status: SigningStatus, nip: Nip) -> SigningView {
        let path = |path: PathBuf| path.display().to_string();
        let today = warsaw_date(self.clock.now());
        SigningView {
            step: status.step.into(),
            subject_type: status.subject.map(Into::into),
            trial: status.trial,
            request_file: status.request_file.map(path),
            watched_folder: status.watched.map(path),
            expires_at: status.expires_at.map(|at| at.to_rfc3339()),
            signer: status.signer,
            signed_by: status.signed_by.map(Into::into),
            fingerprint: status.fingerprint.map(|fingerprint| fingerprint.to_string()),
            checking_since: status.checking_since.map(|at| at.to_rfc3339()),
            refused_file: status.refused_file.map(|refused| RefusedFile {
                problem: problems::signed_file(&refused.problem, &refused.name, today),
                file_name: refused.name,
            }),
            problem: status.failure.as_ref().map(|failure| problems::failure(failure, nip)),
            connection: status.report.map(Into::into),
        }
    }
}

/// Work on a thread of its own that was stopped with the program.
pub(super) fn joined<T>(outcome: Result<T, tokio::task::JoinError>) -> Result<T, Problem> {
    outcome.map_err(|_| Problem::new("program.stopped", crate::NextStep::Retry))
}
