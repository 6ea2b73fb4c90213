use ksef_crypto::links::{certificate_link, verify_certificate_link};
use ksef_crypto::{Certificate, Credential};
use ksef_types::Sha256Hash;
use ksef_vault::{Slot, VaultError};

use super::draft::serial_problem;
use super::translate::certificate_problems;
use crate::engine::Scope;
use crate::{
    CertificateSlot, CredentialProblem, Engine, EngineError, KeychainProblem, OfflineCheck, OfflineCheckItem,
    OfflineCheckStep,
};

const SLOT: CertificateSlot = CertificateSlot::Offline;
/// The host of the sandbox's links while it does not run; the check stays on this computer anyway.
const NO_HOST: &str = "qr.invalid";

impl Engine {
    pub(crate) fn look_at_offline(&self, scope: Scope) -> Result<OfflineCheck, EngineError> {
        let credential = match self.parts().vault.credential(&scope.key(Slot::Offline)) {
            Ok(Some(credential)) => credential,
            Ok(None) => return Ok(only(OfflineCheckItem::Present, self.why_absent(scope))),
            Err(VaultError::Damaged(ksef_vault::DamagedEntry::NotAPair)) => {
                return Ok(only(OfflineCheckItem::Pair, CredentialProblem::NotAPair));
            }
            Err(error) => {
                let problem = CredentialProblem::Keychain(KeychainProblem::from(error));
                return Ok(only(OfflineCheckItem::Present, problem));
            }
        };
        let certificate = credential.certificate();
        let typed = self.note(scope, SLOT.note())?.and_then(|note| note.typed_serial);
        let pair = (!credential.key().belongs_to(certificate)).then_some(CredentialProblem::NotAPair);
        let (purpose, validity, strength) = self.judge(certificate);
        let mut steps = vec![
            step(OfflineCheckItem::Present, None),
            step(OfflineCheckItem::Pair, pair),
            step(OfflineCheckItem::Purpose, purpose.clone()),
            step(OfflineCheckItem::Validity, validity),
        ];
        if typed.is_some() {
            let problem = serial_problem(certificate, typed.as_deref()).map(|found| found.problem);
            steps.push(step(OfflineCheckItem::Serial, problem));
        }
        if purpose.is_none() {
            let problem = strength.or_else(|| self.signs_and_verifies(scope, &credential).err());
            steps.push(step(OfflineCheckItem::Signature, problem));
        }
        Ok(OfflineCheck { steps })
    }

    /// What is being brought tells best why nothing is saved.
    fn why_absent(&self, scope: Scope) -> CredentialProblem {
        let of_draft = self.with_drafts(scope, |drafts| {
            let problems = &drafts.get(&SLOT)?.problems;
            problems.iter().map(|found| found.problem.clone()).find(|problem| !problem.is_warning())
        });
        of_draft.unwrap_or(CredentialProblem::Missing)
    }

    fn judge(
        &self,
        certificate: &Certificate,
    ) -> (Option<CredentialProblem>, Option<CredentialProblem>, Option<CredentialProblem>) {
        let (mut purpose, mut validity, mut strength) = (None, None, None);
        for found in certificate_problems(certificate, SLOT, self.now()) {
            match found.problem {
                problem @ (CredentialProblem::AuthenticationForOffline | CredentialProblem::NoPurpose) => {
                    purpose = Some(problem);
                }
                problem @ (CredentialProblem::Expired(_)
                | CredentialProblem::NotYetValid(_)
                | CredentialProblem::ExpiresSoon { .. }) => validity = Some(problem),
                other => strength = Some(other),
            }
        }
        (purpose, validity, strength)
    }

    /// Makes a KOD II over a hash of chance and verifies it as a reader of the code would.
    pub(crate) fn signs_and_verifies(
        &self,
        scope: Scope,
        credential: &Credential,
    ) -> Result<(), CredentialProblem> {
        let mut hash = [0; 32];
        self.parts().random.fill(&mut hash);
        let host = self.parts().addresses.qr_host(scope.environment).unwrap_or_else(|| NO_HOST.to_owned());
        let context = self.context(scope).map_err(|error| {
            tracing::error!(%error, "the context of a company could not be read");
            CredentialProblem::SignatureFails
        })?;
        let link = certificate_link(&host, &context, scope.company, &Sha256Hash::new(hash), credential);
        let link = link.map_err(|error| {
            tracing::warn!(%error, "KOD II could not be signed");
            CredentialProblem::SignatureFails
        })?;
        verify_certificate_link(&link, credential.certificate())
            .map(drop)
            .map_err(|_| CredentialProblem::SignatureFails)
    }
}

fn only(item: OfflineCheckItem, problem: CredentialProblem) -> OfflineCheck {
    OfflineCheck { steps: vec![step(item, Some(problem))] }
}

fn step(item: OfflineCheckItem, problem: Option<CredentialProblem>) -> OfflineCheckStep {
    OfflineCheckStep { item, problem }
}
