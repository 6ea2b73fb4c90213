use ksef_crypto::xades;
use ksef_crypto::{Certificate, Credential, KeyFile, Opened, PrivateKey, Purpose, Recognised, recognise};
use ksef_types::{Environment, Nip, SecretText};

use super::send::Ready;
use super::state::{SigningError, SigningStatus, SigningStep};
use crate::connect::{LoginFacts, SignedBy, known_as};
use crate::credentials::key_problem;
use crate::engine::Scope;
use crate::{ConnectionCause, CredentialProblem, Engine, EngineError, PickedFile};

/// Files with which a request is signed here: a container, or a certificate and its key. Nothing of them is kept.
pub struct SigningFiles {
    /// As they were read.
    pub files: Vec<PickedFile>,
    /// Of the container or of the key.
    pub password: Option<SecretText>,
}

impl Engine {
    /// Signs a fresh request with those files, sends it and follows it. A login that was begun before is called off.
    ///
    /// # Errors
    /// What is wrong with the files, or why KSeF gave no challenge; see [`SigningError`].
    pub async fn sign_with_files(
        &self,
        nip: Nip,
        environment: Environment,
        files: SigningFiles,
    ) -> Result<SigningStatus, SigningError> {
        let scope = Scope::new(nip, environment);
        self.company(nip)?;
        // A key derivation may be slow.
        let credential = tokio::task::spawn_blocking(move || files.credential())
            .await
            .map_err(|_| EngineError::Stopped)?
            .map_err(SigningError::Files)?;
        let login = self.fresh_login(scope)?;
        let subject = known_as(credential.certificate());
        let (request, _) = self.new_request(scope, &login, subject).await?;
        // By KSeF's clock, however wrong this computer's is.
        let now = login.client.server_now();
        if let Some(problem) = against_signing(&credential, now) {
            return Err(SigningError::Files(problem));
        }
        let document = xades::sign(&request, &credential, now).map_err(|error| {
            tracing::error!(%error, "the login could not be signed");
            self.failure(ConnectionCause::Internal, None, None)
        })?;
        let status = SigningStatus::new(environment, SigningStep::Sending, Some(subject));
        let (number, stop) = self.put_signing(scope, status, None);
        let facts = LoginFacts::of_files(credential.certificate(), subject);
        let ready = Ready { document, facts, by: SignedBy::Files };
        self.follow(scope, number, login, ready, None, stop);
        Ok(self.signing(nip, environment))
    }
}

impl SigningFiles {
    fn credential(self) -> Result<Credential, CredentialProblem> {
        let (mut certificates, mut keys): (Vec<Certificate>, Vec<PrivateKey>) = (Vec::new(), Vec::new());
        let open =
            |key: &KeyFile| key.open(self.password.as_ref()).map_err(|problem| key_problem(&problem).problem);
        for file in &self.files {
            // Exposed to be looked at.
            match recognise(file.bytes.expose())? {
                Recognised::Certificates(found) => certificates.extend(found),
                Recognised::Key(key) => keys.push(open(&key)?),
                Recognised::Both { certificates: found, key } => {
                    certificates.extend(found);
                    keys.push(open(&key)?);
                }
                Recognised::Container(container) => {
                    let opened = container.open(self.password.as_ref());
                    let Opened { certificates: found, key } =
                        opened.map_err(|problem| key_problem(&problem).problem)?;
                    certificates.extend(found);
                    keys.push(key);
                }
            }
        }
        if certificates.is_empty() {
            return Err(CredentialProblem::Missing);
        }
        let key = match (keys.pop(), keys.is_empty()) {
            (Some(key), true) => key,
            (None, _) => return Err(CredentialProblem::KeyMissing),
            (Some(_), false) => return Err(CredentialProblem::Ambiguous),
        };
        Ok(Credential::assemble_from_chain(certificates, key)?)
    }
}

/// A qualified signature or seal is made for other purposes than KSeF's own certificates, so only what KSeF itself refuses
/// is told here.
fn against_signing(credential: &Credential, now: chrono::DateTime<chrono::Utc>) -> Option<CredentialProblem> {
    use ksef_crypto::CredentialProblem as Found;
    let by_ksef = credential.certificate().issuer_rfc2253().to_uppercase().contains("KSEF");
    let against = |found: &Found| match found {
        Found::UnknownPurpose => false,
        Found::WrongPurpose { found: Purpose::Offline } => by_ksef,
        _ => true,
    };
    credential.problems(Purpose::Authentication, now).into_iter().find(against).map(Into::into)
}
