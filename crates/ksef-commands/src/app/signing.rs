use std::path::PathBuf;

use ksef_types::SecretText;

use super::App;
use crate::views::{Scope, SigningView};
use crate::{NextStep, Problem};

impl App {
    /// "Zaloguj Profilem Zaufanym lub podpisem": a new request, saved where the browser will look for it; its signed copy is waited for.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn start_signing(&self, scope: &Scope) -> Result<SigningView, Problem> {
        let _ = (scope);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// How far such a login is.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn signing(&self, scope: &Scope) -> Result<SigningView, Problem> {
        let _ = (scope);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// A signed file that was dropped or chosen.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn load_signed_files(
        &self,
        scope: &Scope,
        paths: Vec<PathBuf>,
    ) -> Result<SigningView, Problem> {
        let _ = (scope, paths);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Signs the request here with a `.p12`/`.pfx` or a certificate and key of any issuer; nothing of them is kept.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn sign_with_files(
        &self,
        scope: &Scope,
        paths: Vec<PathBuf>,
        password: Option<SecretText>,
    ) -> Result<SigningView, Problem> {
        let _ = (scope, paths, password);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Writes the request to another place.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn save_signing_request(&self, scope: &Scope, path: PathBuf) -> Result<SigningView, Problem> {
        let _ = (scope, path);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Calls the login off.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn cancel_signing(&self, scope: &Scope) -> Result<SigningView, Problem> {
        let _ = (scope);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }
}
