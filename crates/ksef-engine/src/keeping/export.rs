use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use ksef_crypto::Credential;
use ksef_crypto::passwords::{self, PasswordProblem};
use ksef_types::{Environment, Nip, SecretBytes, SecretText};

use super::revoke::slot_name;
use crate::engine::Scope;
use crate::files::problem;
use crate::{Act, CertificateSlot, Deed, Engine, EngineError, FileProblem, KeychainProblem};

/// In which form a credential leaves the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportForm {
    /// `NAME.crt` and `NAME.key`, as from the portal.
    Pair,
    /// `NAME.p12`.
    Container,
}

/// What was written.
#[derive(Debug)]
pub struct Exported {
    /// The files, all in one folder.
    pub files: Vec<PathBuf>,
    /// The password, where the program made it.
    pub password: Option<SecretText>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Nothing could be done at all.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// There is no such credential in the keychain.
    #[error("there is nothing to export")]
    Nothing(CertificateSlot),
    /// The password does not keep the rules.
    #[error("the password does not keep the rules")]
    Password(Vec<PasswordProblem>),
    /// A file of that name is there already; nothing is overwritten.
    #[error("there is a file {0} already")]
    Exists(PathBuf),
    /// A file could not be written.
    #[error(transparent)]
    File(#[from] FileProblem),
    /// OpenSSL failed.
    #[error("the credential could not be encrypted")]
    Encryption,
}

impl Engine {
    /// Writes a credential for another program, encrypted; without a password the program makes one by KSeF's rules. `path` names
    /// the file, or both files, by whatever ending. Nothing is overwritten, and only the person themself may read what is written,
    /// where the system knows such a thing.
    ///
    /// # Errors
    /// See [`ExportError`].
    pub async fn export_credential(
        &self,
        nip: Nip,
        environment: Environment,
        slot: CertificateSlot,
        form: ExportForm,
        password: Option<SecretText>,
        path: PathBuf,
    ) -> Result<Exported, ExportError> {
        let scope = Scope::new(nip, environment);
        self.company(nip)?;
        if let Some(password) = &password {
            let problems = passwords::problems(password);
            if !problems.is_empty() {
                return Err(ExportError::Password(problems));
            }
        }
        let key = scope.key(slot.vault());
        let held = self.vault(move |vault| vault.credential(&key)).await;
        let held = held.map_err(|error| EngineError::Keychain(KeychainProblem::from(error)))?;
        let credential = held.ok_or(ExportError::Nothing(slot))?;
        let serial = credential.certificate().serial();
        let random = std::sync::Arc::clone(&self.parts().random);
        // Deriving the key of the file takes a second.
        let written = tokio::task::spawn_blocking(move || {
            let made = password.is_none().then(|| passwords::make(&*random));
            let used = password.as_ref().or(made.as_ref());
            let used = used.ok_or(ExportError::Encryption)?;
            let contents = contents(&credential, form, used, &*random, &path)?;
            Ok(Exported { files: write_all(&path, contents)?, password: made })
        });
        let exported: Result<Exported, ExportError> = written.await.map_err(|_| EngineError::Stopped)?;
        let deed = Deed::of(Act::CredentialExported, nip, environment).object(serial.as_str());
        let deed = deed.with("kind", slot_name(slot.into()));
        match &exported {
            Ok(exported) => {
                let names: Vec<String> = exported.files.iter().map(|file| name_of(file)).collect();
                self.record(deed.with("files", names.join(", ")));
            }
            Err(_) => self.record(deed.failed("NotWritten")),
        }
        exported
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Endings and contents.
fn contents(
    credential: &Credential,
    form: ExportForm,
    password: &SecretText,
    random: &dyn ksef_types::Randomness,
    path: &Path,
) -> Result<Vec<(&'static str, SecretBytes)>, ExportError> {
    match form {
        ExportForm::Pair => {
            let pair = credential.export_pair(password, random).map_err(encryption)?;
            Ok(vec![("crt", SecretBytes::from(pair.certificate)), ("key", pair.key)])
        }
        ExportForm::Container => {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            Ok(vec![("p12", credential.export_container(password, &name).map_err(encryption)?)])
        }
    }
}

fn encryption(error: ksef_crypto::CryptoFailure) -> ExportError {
    tracing::error!(%error, "a credential could not be encrypted");
    ExportError::Encryption
}

/// All files or none.
fn write_all(path: &Path, contents: Vec<(&'static str, SecretBytes)>) -> Result<Vec<PathBuf>, ExportError> {
    let mut written: Vec<PathBuf> = Vec::new();
    for (ending, content) in contents {
        let target = with_ending(path, ending);
        // Exposed to be written, encrypted.
        if let Err(error) = write_new(&target, content.expose()) {
            for file in &written {
                if let Err(error) = std::fs::remove_file(file) {
                    tracing::warn!(%error, "half of an export stays");
                }
            }
            return Err(error);
        }
        written.push(target);
    }
    Ok(written)
}

/// The ending takes the place of one of those that an export has, and is added to any other.
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let known = path.extension().is_some_and(|found| {
        ["crt", "key", "p12", "pfx", "pem"].iter().any(|known| found.eq_ignore_ascii_case(known))
    });
    if known {
        return path.with_extension(ending);
    }
    let mut name: OsString = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

fn write_new(path: &Path, content: &[u8]) -> Result<(), ExportError> {
    let mut file = match private_file(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(ExportError::Exists(path.to_owned()));
        }
        Err(error) => return Err(problem(error).into()),
    };
    if let Err(error) = file.write_all(content).and_then(|()| file.sync_all()) {
        drop(file);
        let _ = std::fs::remove_file(path);
        return Err(problem(error).into());
    }
    Ok(())
}

#[cfg(unix)]
fn private_file(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// On Windows a new file has the permissions of its folder.
#[cfg(not(unix))]
fn private_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        assert_eq!(with_ending(Path::new("/a/firma.crt"), "key"), Path::new("/a/firma.key"));
        assert_eq!(with_ending(Path::new("/a/Sp. z o.o"), "p12"), Path::new("/a/Sp. z o.o.p12"));
    }

    #[test]
    fn nothing_is_overwritten_and_nothing_half_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("firma.crt");
        std::fs::write(folder.path().join("firma.key"), b"inny").unwrap();
        let contents =
            || vec![("crt", SecretBytes::from(b"1".to_vec())), ("key", SecretBytes::from(b"2".to_vec()))];
        let refused = write_all(&path, contents()).unwrap_err();
        assert!(matches!(refused, ExportError::Exists(file) if file.ends_with("firma.key")));
        assert!(!path.exists());
        assert_eq!(std::fs::read(folder.path().join("firma.key")).unwrap(), b"inny");
        std::fs::remove_file(folder.path().join("firma.key")).unwrap();
        assert_eq!(write_all(&path, contents()).unwrap().len(), 2);
    }
}
