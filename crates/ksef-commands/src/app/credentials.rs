use std::path::PathBuf;

use ksef_engine::{PickedFile, read_picked};
use ksef_types::SecretText;

use super::{App, read_scope};
use crate::views::{
    CertificateSlot, CredentialSlot, CredentialsView, LoadTarget, OfflineCheck, Scope, TokenPasted,
    UnplacedFile,
};
use crate::{Problem, problems};

impl App {
    /// What a company has in an environment.
    ///
    /// # Errors
    /// When the archive fails. A keychain that fails is told inside.
    pub async fn credentials(&self, scope: &Scope) -> Result<CredentialsView, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let overview = self.engine.credentials(nip, environment).await;
        overview.map(Into::into).map_err(|error| problems::engine(&error))
    }

    /// "Wczytaj z pliku", or files dropped on the screen. A file that cannot be read is told in the answer.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn load_credential_files(
        &self,
        scope: &Scope,
        target: LoadTarget,
        paths: Vec<PathBuf>,
    ) -> Result<CredentialsView, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let (files, unread) = read_files(paths).await;
        let overview = self.engine.load_files(nip, environment, target.into(), files).await;
        let mut view: CredentialsView = overview.map_err(|error| problems::engine(&error))?.into();
        view.unplaced.extend(unread);
        Ok(view)
    }

    /// "Hasło certyfikatu".
    ///
    /// # Errors
    /// When the archive fails. A wrong password is told in the answer.
    pub async fn set_certificate_password(
        &self,
        scope: &Scope,
        slot: CertificateSlot,
        password: SecretText,
    ) -> Result<CredentialsView, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let overview = self.engine.set_password(nip, environment, slot.into(), password).await;
        overview.map(Into::into).map_err(|error| problems::engine(&error))
    }

    /// "Numer seryjny cert.", typed or pasted.
    ///
    /// # Errors
    /// When the archive fails. A wrong number is told in the answer.
    pub async fn set_offline_serial(&self, scope: &Scope, text: &str) -> Result<CredentialsView, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let overview = self.engine.set_serial(nip, environment, text).await;
        overview.map(Into::into).map_err(|error| problems::engine(&error))
    }

    /// "Sprawdź certyfikat trybu „Offline”".
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn check_offline_certificate(&self, scope: &Scope) -> Result<OfflineCheck, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let check = self.engine.check_offline(nip, environment).await;
        check.map(Into::into).map_err(|error| problems::engine(&error))
    }

    /// "Usuń certyfikat", "Usuń token".
    ///
    /// # Errors
    /// When the keychain refuses.
    pub async fn remove_credential(
        &self,
        scope: &Scope,
        slot: CredentialSlot,
    ) -> Result<CredentialsView, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let overview = self.engine.remove_credential(nip, environment, slot.into()).await;
        overview.map(Into::into).map_err(|error| problems::engine(&error))
    }

    /// The token, typed or pasted.
    ///
    /// # Errors
    /// When the archive fails. What the text is instead of a token is told in the answer.
    pub async fn set_token(&self, scope: &Scope, text: SecretText) -> Result<TokenPasted, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let pasted = self.engine.paste_token(nip, environment, text).await;
        pasted.map(Into::into).map_err(|error| problems::engine(&error))
    }
}

/// Reads files away from the threads that answer the window.
pub(super) async fn read_files(paths: Vec<PathBuf>) -> (Vec<PickedFile>, Vec<UnplacedFile>) {
    let read = move || {
        let mut files = Vec::new();
        let mut unread = Vec::new();
        for path in paths {
            match read_picked(&path) {
                Ok(file) => files.push(file),
                Err(found) => {
                    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
                    unread.push(UnplacedFile { problem: problems::file(&found, &name), file_name: name });
                }
            }
        }
        (files, unread)
    };
    tokio::task::spawn_blocking(read).await.unwrap_or_default()
}
