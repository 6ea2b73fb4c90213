//! What can be told without a network: the keychain, files being brought, the certificates themselves.

use ksef_crypto::Certificate;
use ksef_vault::{DamagedEntry, Holding, Slot, VaultError};

use super::list::List;
use super::{Check, Finding};
use crate::credentials::{certificate_problems, days_left};
use crate::engine::{Scope, locked};
use crate::{
    CertificateSlot, ConnectionMethod, CredentialField, CredentialProblem, CredentialSlot, Engine,
    EngineError, FieldProblem, KeychainProblem,
};

/// What was found on this computer.
pub(super) struct Local {
    pub(super) list: List,
    /// Something is there with which a login can be tried.
    pub(super) way_in: bool,
}

impl CertificateSlot {
    const fn credential(self) -> CredentialSlot {
        match self {
            Self::Authentication => CredentialSlot::Authentication,
            Self::Offline => CredentialSlot::Offline,
        }
    }
}

impl Engine {
    pub(super) fn look_locally(&self, scope: Scope) -> Result<Local, EngineError> {
        let mut list = List::default();
        let held = match self.parts().vault.held(scope.company, scope.environment) {
            Ok(held) => held,
            Err(error) => {
                list.failed(Check::Keychain, None, Finding::Keychain(error.into()));
                return Ok(Local { list, way_in: false });
            }
        };
        list.passed(Check::Keychain, None);
        let mut certificate_works = false;
        for slot in [CertificateSlot::Authentication, CertificateSlot::Offline] {
            let holding = held.in_slot(slot.vault());
            let works = self.look_at_certificate(scope, slot, holding, &mut list);
            certificate_works |= works && slot == CertificateSlot::Authentication;
        }
        let token = held.token != Holding::Nothing;
        if held.token == Holding::Damaged {
            list.failed(
                Check::Pair,
                Some(CredentialSlot::Token),
                Finding::Keychain(KeychainProblem::Damaged),
            );
        }
        let signed_in = self.is_signed_in(scope);
        if held.authentication != Holding::Nothing || token || signed_in {
            list.passed(Check::Present, None);
        } else {
            list.failed(Check::Present, None, Finding::Credential(CredentialProblem::Missing));
        }
        Ok(Local { list, way_in: certificate_works || held.token == Holding::Whole || signed_in })
    }

    /// By a signature made elsewhere, for as long as that login lives.
    fn is_signed_in(&self, scope: Scope) -> bool {
        let logins = locked(&self.shared.logins);
        logins
            .get(&scope)
            .is_some_and(|login| locked(&login.facts).method.is_some_and(ConnectionMethod::is_signature))
    }

    /// Whether it can be used.
    fn look_at_certificate(
        &self,
        scope: Scope,
        slot: CertificateSlot,
        holding: Holding,
        list: &mut List,
    ) -> bool {
        let (of, brought) = (Some(slot.credential()), self.brought(scope, slot));
        if holding == Holding::Nothing && brought.is_empty() {
            return false;
        }
        match brought.iter().find(|found| found.field == CredentialField::Password) {
            Some(found) => list.credential(Check::Password, of, found.problem.clone()),
            None => list.passed(Check::Password, of),
        };
        let in_file = brought.iter().find(|found| {
            found.field != CredentialField::Password && belongs_to(&found.problem) == Check::Pair
        });
        let certificate = match self.held_certificate(scope, slot.vault()) {
            Err(problem) => {
                list.failed(Check::Pair, of, Finding::Credential(problem));
                None
            }
            Ok(certificate) => {
                match (in_file, &certificate) {
                    (Some(found), _) => {
                        list.credential(Check::Pair, of, found.problem.clone());
                    }
                    (None, Some(_)) => {
                        list.passed(Check::Pair, of);
                    }
                    (None, None) => list.skipped(Check::Pair, of),
                }
                certificate
            }
        };
        let Some(certificate) = certificate else {
            // What is being brought is judged, too.
            for found in brought.iter().filter(|found| belongs_to(&found.problem) != Check::Pair) {
                list.credential(belongs_to(&found.problem), of, found.problem.clone());
            }
            return false;
        };
        self.judge_certificate(&certificate, slot, list)
    }

    fn judge_certificate(&self, certificate: &Certificate, slot: CertificateSlot, list: &mut List) -> bool {
        let of = Some(slot.credential());
        for check in [Check::Kind, Check::Validity] {
            list.passed(check, of);
        }
        let problems = certificate_problems(certificate, slot, self.now());
        for FieldProblem { problem, .. } in &problems {
            list.credential(belongs_to(problem), of, problem.clone());
        }
        list.tell(Check::Kind, of, "serial", certificate.serial().to_string());
        list.tell(Check::Validity, of, "date", certificate.not_after().to_rfc3339());
        list.tell(Check::Validity, of, "days", days_left(certificate, self.now()).to_string());
        problems.iter().all(|found| found.problem.is_warning())
    }

    fn brought(&self, scope: Scope, slot: CertificateSlot) -> Vec<FieldProblem> {
        let problems =
            self.with_drafts(scope, |drafts| drafts.get(&slot).map(|draft| draft.problems.clone()));
        problems.unwrap_or_default()
    }

    fn held_certificate(&self, scope: Scope, slot: Slot) -> Result<Option<Certificate>, CredentialProblem> {
        match self.parts().vault.credential(&scope.key(slot)) {
            Ok(credential) => Ok(credential.map(|credential| credential.certificate().clone())),
            Err(VaultError::Damaged(DamagedEntry::NotAPair)) => Err(CredentialProblem::NotAPair),
            Err(error) => Err(CredentialProblem::Keychain(error.into())),
        }
    }
}

/// Under which line of the list a problem of a certificate belongs.
fn belongs_to(problem: &CredentialProblem) -> Check {
    match problem {
        CredentialProblem::Expired(_)
        | CredentialProblem::NotYetValid(_)
        | CredentialProblem::ExpiresSoon { .. } => Check::Validity,
        CredentialProblem::OfflineForAuthentication
        | CredentialProblem::AuthenticationForOffline
        | CredentialProblem::NoPurpose
        | CredentialProblem::TooWeak(_)
        | CredentialProblem::UnusedCurve(_)
        | CredentialProblem::UnusedKeyKind
        | CredentialProblem::SerialMalformed
        | CredentialProblem::SerialDiffers { .. } => Check::Kind,
        CredentialProblem::PasswordMissing | CredentialProblem::WrongPassword => Check::Password,
        _ => Check::Pair,
    }
}
