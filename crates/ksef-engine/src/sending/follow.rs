//! Following documents that KSeF has, to their end.

use std::collections::HashMap;

use chrono::TimeDelta;
use ksef_api::InvoiceStatus;
use ksef_archive::{ArchiveError, InvoiceRole, NewInvoice, OutboxRow, OutboxState, Step, StepRow, Writing};
use ksef_types::{KsefNumber, ReferenceNumber};

use super::record::{queue_again, stop};
use super::runner::Run;
use super::verdict::{Verdict, of_status};
use crate::connect::NoAccess;
use crate::{EngineError, SaleProblem};

/// From so many on the list of the session is cheaper than a question for each.
const LIST_FROM: usize = 3;
/// So often a document is sent again because of faults that are not its own.
const FAULTS_BORNE: u32 = 3;
/// How the step of such a fault reads.
const BROKEN_OFF: &str = "KSeF broke it off";

impl Run {
    /// Looks how far KSeF is with documents of one session.
    pub(super) async fn look(&mut self, session: i64, rows: Vec<OutboxRow>) -> Result<(), EngineError> {
        let row = self.engine.archive().read::<_, ArchiveError>(|tables| tables.sessions().get(session))?;
        let reference = row.ok_or(ArchiveError::Damaged("a session is missing"))?.reference_number;
        self.engine.checkpoint("before looking");
        let found = if rows.len() < LIST_FROM {
            self.look_one_by_one(&reference, &rows).await
        } else {
            self.list(&reference).await
        };
        self.engine.checkpoint("after looking");
        let found: HashMap<ReferenceNumber, InvoiceStatus> = match found {
            Ok(found) => found.into_iter().map(|status| (status.reference_number.clone(), status)).collect(),
            Err(error) => {
                let problem = SaleProblem::Connection(self.cause(&error));
                return rows.iter().try_for_each(|row| self.engine.look_later(row, Some(problem.clone())));
            }
        };
        for row in &rows {
            let status = row.standing.invoice_reference.as_ref().and_then(|reference| found.get(reference));
            match status {
                Some(status) => self.judge(row, status).await?,
                None => self.engine.look_later(row, self.waits(row))?,
            }
        }
        Ok(())
    }

    async fn look_one_by_one(
        &self,
        session: &ReferenceNumber,
        rows: &[OutboxRow],
    ) -> Result<Vec<InvoiceStatus>, NoAccess> {
        let mut found = Vec::new();
        for reference in rows.iter().filter_map(|row| row.standing.invoice_reference.as_ref()) {
            let status = self
                .login
                .with(|client, token| async move { client.invoice_status(&token, session, reference).await })
                .await?;
            found.push(status.into_value());
        }
        Ok(found)
    }

    async fn judge(&mut self, row: &OutboxRow, status: &InvoiceStatus) -> Result<(), EngineError> {
        match of_status(status) {
            Verdict::UnderWay => self.engine.look_later(row, self.waits(row)),
            Verdict::Accepted(number) => {
                if let Some(address) = &status.upo_download_url {
                    self.upo_addresses.insert(row.id, address.clone());
                }
                self.accept(row, &number, Some(status), None)
            }
            Verdict::Duplicate { original, session } => self.prove(row, original, session).await,
            Verdict::Refused(problem) => self.refuse(row, &problem, &status.status.code.to_string()),
            Verdict::Again(problem) => self.again(row, &problem),
            Verdict::NeedsPerson(problem) => self.set_aside(row, &problem, &status.status.code.to_string()),
        }
    }

    /// Says so when KSeF takes long; sending again would make duplicates.
    fn waits(&self, row: &OutboxRow) -> Option<SaleProblem> {
        let since = row.standing.sent_at?;
        let long = TimeDelta::from_std(self.engine.shared.tuning.long_wait).unwrap_or(TimeDelta::MAX);
        (self.now() - since > long).then_some(SaleProblem::WaitsForKsef { since })
    }

    /// The number and the invoice go into the archive together.
    pub(super) fn accept(
        &mut self,
        row: &OutboxRow,
        number: &KsefNumber,
        status: Option<&InvoiceStatus>,
        upo_session: Option<ReferenceNumber>,
    ) -> Result<(), EngineError> {
        let now = self.engine.now();
        let accepted_at = status.and_then(|status| status.acquisition_date).unwrap_or(now);
        let recorded =
            self.engine.record_with(row.id, Step::Accepted, Some(number.as_str()), |tables, row| {
                if row.standing.state != OutboxState::Sent {
                    return Ok(false);
                }
                archive_invoice(tables, row, number, status, now)?;
                row.standing.state = OutboxState::Accepted;
                row.standing.ksef_number = Some(number.clone());
                row.standing.accepted_at = Some(accepted_at);
                row.standing.upo_session = upo_session;
                row.standing.problem = None;
                row.standing.attempts = 0;
                row.standing.next_attempt_at = Some(now);
                Ok(true)
            })?;
        self.accepted += u32::from(recorded.is_some());
        Ok(())
    }

    pub(super) fn refuse(
        &mut self,
        row: &OutboxRow,
        problem: &SaleProblem,
        detail: &str,
    ) -> Result<(), EngineError> {
        self.engine.record_step(row.id, Step::Refused, Some(detail), |standing| {
            stop(standing, OutboxState::Refused, Some(problem));
            true
        })?;
        self.refused += 1;
        Ok(())
    }

    pub(super) fn hold(
        &self,
        row: &OutboxRow,
        problem: &SaleProblem,
        detail: &str,
    ) -> Result<(), EngineError> {
        self.engine.record_step(row.id, Step::Held, Some(detail), |standing| {
            stop(standing, OutboxState::Held, Some(problem));
            true
        })?;
        Ok(())
    }

    /// Held, and certainly not taken by KSeF: a person may send it again, or take it back.
    fn set_aside(&self, row: &OutboxRow, problem: &SaleProblem, detail: &str) -> Result<(), EngineError> {
        self.engine.record_step(row.id, Step::Held, Some(detail), |standing| {
            queue_again(standing, None, None);
            stop(standing, OutboxState::Held, Some(problem));
            true
        })?;
        Ok(())
    }

    /// KSeF broke the work off by its own fault, for good: the same bytes may go again, a few times.
    fn again(&self, row: &OutboxRow, problem: &SaleProblem) -> Result<(), EngineError> {
        let steps =
            self.engine.archive().read::<_, ArchiveError>(|tables| tables.outbox_steps().of(row.id))?;
        let of_ksef =
            |step: &&StepRow| step.step == Step::Requeued && step.detail.as_deref() == Some(BROKEN_OFF);
        let faults = u32::try_from(steps.iter().filter(of_ksef).count()).unwrap_or(u32::MAX);
        if faults >= FAULTS_BORNE {
            return self.set_aside(row, problem, "KSeF broke it off again and again");
        }
        let next = self.now() + self.engine.pause(faults);
        self.engine.record_step(row.id, Step::Requeued, Some(BROKEN_OFF), |standing| {
            queue_again(standing, Some(problem), Some(next));
            true
        })?;
        Ok(())
    }
}

fn archive_invoice(
    tables: &Writing<'_>,
    row: &OutboxRow,
    number: &KsefNumber,
    status: Option<&InvoiceStatus>,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), ArchiveError> {
    // Received or sent by another installation of the program before: it is there already.
    if tables.invoices().by_number(row.company, row.environment, number)?.is_some() {
        return Ok(());
    }
    let document = tables.outbox().document(row.id)?.ok_or(ArchiveError::Damaged("a document is missing"))?;
    tables.invoices_mut().insert(&NewInvoice {
        company: row.company,
        environment: row.environment,
        ksef_number: number,
        role: InvoiceRole::Seller,
        document: &document,
        sha256: row.sha256,
        stands: &row.stands,
        invoicing_date: status.and_then(|status| status.invoicing_date),
        acquisition_date: status.and_then(|status| status.acquisition_date),
        permanent_storage_date: status.and_then(|status| status.permanent_storage_date),
        stored_at: now,
        outbox_id: Some(row.id),
    })?;
    Ok(())
}
