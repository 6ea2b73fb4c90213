use std::path::PathBuf;

use ksef_engine as engine;
use ksef_types::SecretText;

use super::to_view::same;
use super::{App, read_scope};
use crate::views::{
    CertificateRow, CertificateSlot, CertificatesView, CredentialSlot, CredentialState, EnrolmentView,
    ExportForm, Exported, Reminder, RevocationPreview, RevocationReason, Scope,
};
use crate::{NextStep, Problem, problems};

same! {
    engine::CredentialSlot => CredentialSlot { Authentication, Offline, Token }
    engine::CredentialState => CredentialState { Active, Blocked, Revoked, Expired, Unknown, Foreign }
    RevocationReason => engine::RevocationReason { Unspecified, Superseded, KeyCompromise }
    ExportForm => engine::ExportForm { Pair, Container }
}

impl App {
    /// The table of credentials as known; `ask` asks KSeF anew.
    ///
    /// # Errors
    /// When the archive fails. A KSeF that does not answer is told inside.
    pub async fn certificates(&self, scope: &Scope, ask: bool) -> Result<CertificatesView, Problem> {
        let (nip, environment) = if ask { self.enter(scope).await? } else { read_scope(scope)? };
        let table = self.engine.credential_table(nip, environment, ask).await;
        let table = table.map_err(|error| problems::engine(&error))?;
        let failure = table.failure.as_ref().map(|failure| problems::failure(failure, nip));
        Ok(CertificatesView {
            rows: table.rows.into_iter().map(|row| row_view(row, scope)).collect(),
            asked_at: table.asked_at.map(|at| at.to_rfc3339()),
            problem: failure.or_else(|| table.keychain.map(problems::keychain)),
        })
    }

    /// "Odnów": a new certificate of the same kind with a new key; it takes over once it was proved.
    ///
    /// # Errors
    /// When there is nothing to renew, or a request of that kind is under way.
    pub async fn renew_certificate(
        &self,
        scope: &Scope,
        slot: CertificateSlot,
    ) -> Result<EnrolmentView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let begun = self.engine.renew_certificate(nip, environment, slot.into()).await;
        let begun = begun.map_err(|error| problems::enrolment(&error, nip))?;
        Ok(super::enrolment::view(begun, nip))
    }

    /// What will stop working.
    ///
    /// # Errors
    /// When the archive or the keychain fails.
    pub async fn revocation_preview(
        &self,
        scope: &Scope,
        identifier: &str,
    ) -> Result<RevocationPreview, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let preview = self.engine.revocation_preview(nip, environment, identifier).await;
        let preview = preview.map_err(|error| problems::engine(&error))?;
        Ok(RevocationPreview {
            identifier: preview.identifier,
            in_use: preview.in_use,
            companies: preview.companies.iter().map(ToString::to_string).collect(),
            // The program does not issue offline yet: nothing waits that carries a signature.
            waiting_offline: 0,
            other_way_in: preview.other_way_in,
            ends_this_login: preview.ends_this_login,
        })
    }

    /// "Unieważnij".
    ///
    /// # Errors
    /// When KSeF refuses, or the keychain does afterwards.
    pub async fn revoke_certificate(
        &self,
        scope: &Scope,
        serial: &str,
        reason: RevocationReason,
    ) -> Result<CertificatesView, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let serial = serial.parse().map_err(|_| Problem::new("program.badRequest", NextStep::Retry))?;
        let revoked = self.engine.revoke_certificate(nip, environment, &serial, reason.into()).await;
        revoked.map_err(|error| problems::revoking(&error, nip))?;
        self.certificates(scope, false).await
    }

    /// Writes a credential for another program; without a password the program makes one.
    ///
    /// # Errors
    /// When the password breaks the rules, a file is there already, or nothing can be written.
    pub async fn export_credential(
        &self,
        scope: &Scope,
        slot: CertificateSlot,
        form: ExportForm,
        password: Option<SecretText>,
        path: PathBuf,
    ) -> Result<Exported, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let exported = self
            .engine
            .export_credential(nip, environment, slot.into(), form.into(), password, path)
            .await
            .map_err(|error| problems::export(&error))?;
        let name = |file: &PathBuf| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = exported.files.first().and_then(|file| file.parent());
        Ok(Exported {
            files: exported.files.iter().map(name).collect(),
            folder: folder.map(|folder| folder.display().to_string()).unwrap_or_default(),
            password: exported.password.map(|password| self.once.put(password)),
        })
    }

    /// What ends soon, of all companies.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn reminders(&self) -> Result<Vec<Reminder>, Problem> {
        let reminders = self.engine.reminders().map_err(|error| problems::engine(&error))?;
        let view = |reminder: engine::Reminder| Reminder {
            scope: Scope { nip: reminder.company.to_string(), environment: reminder.environment.into() },
            kind: reminder.slot.into(),
            until: reminder.until.to_string(),
            days_left: days(reminder.days_left),
            due: reminder.due,
            only_way_in: reminder.only_way_in,
        };
        Ok(reminders.into_iter().map(view).collect())
    }
}

fn days(days: i64) -> i32 {
    i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX })
}

fn row_view(row: engine::CredentialRow, scope: &Scope) -> CertificateRow {
    CertificateRow {
        kind: row.slot.into(),
        name: row.name,
        owner: row.owner,
        identifier: row.identifier,
        valid_from: row.valid_from.map(|at| at.to_rfc3339()),
        valid_to: row.valid_to.map(|at| at.to_rfc3339()),
        days_left: row.days_left.map(days),
        environment: scope.environment,
        last_use: row.last_use.map(|at| at.to_rfc3339()),
        state: row.state.into(),
        held: row.held,
        shared_with: row.shared_with.iter().map(ToString::to_string).collect(),
        reminder: row.reminder,
        can_renew: row.can_renew,
        can_revoke: row.can_revoke,
    }
}
