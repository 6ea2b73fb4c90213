use std::path::PathBuf;

use ksef_types::SecretText;

use super::App;
use crate::views::{
    CertificateSlot, CertificatesView, EnrolmentView, ExportForm, Exported, Reminder, RevocationPreview,
    RevocationReason, Scope,
};
use crate::{NextStep, Problem};

impl App {
    /// The table of credentials as known; `ask` asks KSeF anew.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn certificates(&self, scope: &Scope, ask: bool) -> Result<CertificatesView, Problem> {
        let _ = (scope, ask);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// "Odnów": a new certificate of the same kind with a new key; it takes over once it was proved.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn renew_certificate(
        &self,
        scope: &Scope,
        slot: CertificateSlot,
    ) -> Result<EnrolmentView, Problem> {
        let _ = (scope, slot);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// What will stop working.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn revocation_preview(
        &self,
        scope: &Scope,
        identifier: &str,
    ) -> Result<RevocationPreview, Problem> {
        let _ = (scope, identifier);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// "Unieważnij".
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn revoke_certificate(
        &self,
        scope: &Scope,
        serial: &str,
        reason: RevocationReason,
    ) -> Result<CertificatesView, Problem> {
        let _ = (scope, serial, reason);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Writes a credential for another program; without a password the program makes one.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn export_credential(
        &self,
        scope: &Scope,
        slot: CertificateSlot,
        form: ExportForm,
        password: Option<SecretText>,
        path: PathBuf,
    ) -> Result<Exported, Problem> {
        let _ = (scope, slot, form, password, path);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// What ends soon, of all companies.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn reminders(&self) -> Result<Vec<Reminder>, Problem> {
        Err(Problem::new("program.stopped", NextStep::Retry))
    }
}
