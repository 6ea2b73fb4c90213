use ksef_archive::{ArchiveError, EnrolmentAlgorithm};
use ksef_crypto::enrolment::suggest_name;
use ksef_crypto::{Certificate, KeyKind};
use ksef_types::{CertificateName, Environment, Nip, warsaw_date};

use crate::connect::Login;
use crate::engine::{Scope, locked};
use crate::enrolment::Wanted;
use crate::{CertificateSlot, ConnectionMethod, Engine, Enrolment, EnrolmentError};

impl Engine {
    /// "Odnów": a new certificate of the same kind, with a new key of the same sort. The old one stays, and stays in use, until
    /// the new one was proved; it is not revoked.
    ///
    /// # Errors
    /// [`EnrolmentError::NothingToRenew`], [`EnrolmentError::UnderWay`], or when the archive fails.
    pub async fn renew_certificate(
        &self,
        nip: Nip,
        environment: Environment,
        slot: CertificateSlot,
    ) -> Result<Enrolment, EnrolmentError> {
        let scope = Scope::new(nip, environment);
        self.company(nip)?;
        let note = self.note(scope, slot.note())?;
        let noted = note.and_then(|note| Certificate::from_der(&note.certificate?).ok());
        let old = noted.ok_or(EnrolmentError::NothingToRenew(slot))?;
        let serial = old.serial();
        let listed = self
            .archive()
            .read::<_, ArchiveError>(|tables| tables.known_certificates().get(nip, environment, &serial))?;
        let named = listed.and_then(|known| known.listed.name.parse::<CertificateName>().ok());
        let name = named
            .unwrap_or_else(|| suggest_name(slot.purpose(), &old.subject_name(), warsaw_date(self.now())));
        let algorithm = match old.key_kind() {
            KeyKind::Rsa(_) => EnrolmentAlgorithm::Rsa2048,
            _ => EnrolmentAlgorithm::P256,
        };
        let wanted = Wanted { slot, name, algorithm, renews: Some(serial), valid_from: None };
        let begun = self.begin_enrolments(scope, &[wanted])?;
        begun.into_iter().next().ok_or(EnrolmentError::NothingToRenew(slot))
    }

    /// A login by a signature made elsewhere is in use.
    pub(crate) fn signed_in_by_signature(&self, scope: Scope) -> bool {
        self.method_in_use(scope).is_some_and(ConnectionMethod::is_signature)
    }

    /// By what the login that is in use was had.
    pub(crate) fn method_in_use(&self, scope: Scope) -> Option<ConnectionMethod> {
        self.in_use(scope, |login| locked(&login.facts).method)
    }

    /// Serial number or reference number of what the login that is in use was had by.
    pub(crate) fn identifier_in_use(&self, scope: Scope) -> Option<String> {
        self.in_use(scope, |login| locked(&login.facts).identifier.clone())
    }

    fn in_use<T>(&self, scope: Scope, look: impl FnOnce(&Login) -> Option<T>) -> Option<T> {
        let login = locked(&self.shared.logins).get(&scope).cloned()?;
        look(&login)
    }
}
