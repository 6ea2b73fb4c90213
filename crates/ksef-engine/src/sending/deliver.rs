use ksef_api::{RateGroup, SendInvoice};
use ksef_archive::{ArchiveError, OutboxRow, OutboxState, Step};
use ksef_crypto::sha256;

use super::record::{queue_again, stop};
use super::runner::Run;
use super::verdict::{Sent, of_send_error};
use crate::connect::NoAccess;
use crate::{EngineError, SaleProblem};

impl Run {
    /// Sends some of the queue, one by one, through one session.
    pub(super) async fn send_all(&mut self, rows: Vec<OutboxRow>) -> Result<(), EngineError> {
        for row in rows {
            if self.cancel.is_cancelled() || !self.ensure_session().await? || !self.send(&row).await? {
                break;
            }
        }
        Ok(())
    }

    /// Sends one; `false` when the rest must not follow now.
    async fn send(&mut self, row: &OutboxRow) -> Result<bool, EngineError> {
        let Some(live) = &self.live else { return Ok(false) };
        let (session, reference) = (live.id, live.reference.clone());
        let document = self.engine.archive().read::<_, ArchiveError>(|tables| {
            tables.outbox().document(row.id)?.ok_or(ArchiveError::Damaged("a document is missing"))
        })?;
        if sha256(&document) != row.sha256 {
            return Err(ArchiveError::Damaged("a document has another hash").into());
        }
        let Ok(encrypted) = live.key.encrypt(&document) else {
            self.engine.postpone_queued(self.scope, &crate::ConnectionCause::Internal)?;
            return Ok(false);
        };
        let request = SendInvoice {
            invoice_hash: row.sha256,
            invoice_size: document.len() as u64,
            encrypted_invoice_hash: sha256(&encrypted),
            encrypted_invoice_size: encrypted.len() as u64,
            encrypted_invoice_content: encrypted,
            offline_mode: false,
            hash_of_corrected_invoice: None,
        };
        // From here on it may have left, whatever happens.
        let marked =
            self.engine.record_step(row.id, Step::Sending, Some(reference.as_str()), |standing| {
                let still_queued = standing.state == OutboxState::Queued;
                standing.state = OutboxState::Sending;
                standing.session_id = Some(session);
                standing.problem = None;
                standing.next_attempt_at = None;
                still_queued
            })?;
        if marked.is_none() {
            return Ok(true);
        }
        self.engine.checkpoint("before sending");
        let (request, reference) = (&request, &reference);
        let sending = self
            .login
            .with(|client, token| async move { client.send_invoice(&token, reference, request).await });
        let sent = tokio::select! {
            // First, so that a request that goes on is never taken for one that waits.
            biased;
            sent = sending => sent,
            () = self.cancelled_while_waiting() => return self.stays(row.id),
        };
        self.engine.checkpoint("after sending");
        match sent {
            Ok(answer) => self.has_left(row.id, &answer.reference_number),
            Err(error) => self.failed_to_leave(row.id, &error),
        }
    }

    /// Cancelled, and the request has not left: it waits for KSeF's limits.
    async fn cancelled_while_waiting(&self) {
        self.cancel.cancelled().await;
        let mut watch = self.login.client.budget().waiting();
        let mut waiting = watch.now();
        // Only this run sends for the company; what others wait for says nothing about this request.
        while !waiting.iter().any(|one| one.group == RateGroup::InvoiceSend) {
            match watch.changed().await {
                Some(changed) => waiting = changed,
                // Without a budget nothing waits.
                None => std::future::pending().await,
            }
        }
    }

    fn stays(&self, id: i64) -> Result<bool, EngineError> {
        self.engine.record_step(id, Step::Requeued, Some("cancelled"), |standing| {
            queue_again(standing, None, None);
            standing.attempts = 0;
            true
        })?;
        Ok(false)
    }

    fn has_left(&self, id: i64, reference: &ksef_types::ReferenceNumber) -> Result<bool, EngineError> {
        let now = self.now();
        let next = now + self.engine.pause(0);
        self.engine.record_step(id, Step::Sent, Some(reference.as_str()), |standing| {
            standing.state = OutboxState::Sent;
            standing.invoice_reference = Some(reference.clone());
            standing.sent_at = Some(now);
            standing.attempts = 0;
            standing.next_attempt_at = Some(next);
            true
        })?;
        Ok(true)
    }

    fn failed_to_leave(&mut self, id: i64, error: &NoAccess) -> Result<bool, EngineError> {
        let cause = self.cause(error);
        let outcome = match error {
            NoAccess::Api(error) => of_send_error(error),
            NoAccess::Login(_) | NoAccess::Local(_) => Sent::Stayed,
        };
        let now = self.now();
        match outcome {
            Sent::Unknown => {
                let pause = self.engine.pause(0);
                self.engine.record_step(id, Step::AnswerLost, Some(&cause.to_string()), |standing| {
                    let attempts = standing.attempts;
                    standing.next_attempt_at = Some(now + pause.max(self.engine.pause(attempts)));
                    true
                })?;
            }
            Sent::SessionOver => {
                self.live = None;
                let pause = self.engine.pause(0);
                self.engine.record_step(id, Step::Requeued, Some(&cause.to_string()), |standing| {
                    // The first time another session helps at once.
                    let next = (standing.attempts > 0)
                        .then(|| now + pause.max(self.engine.pause(standing.attempts)));
                    queue_again(standing, None, next);
                    true
                })?;
            }
            Sent::Refused(problem) => {
                self.refused += 1;
                self.engine.record_step(id, Step::Held, Some(&cause.to_string()), |standing| {
                    queue_again(standing, None, None);
                    stop(standing, OutboxState::Held, Some(&problem));
                    true
                })?;
            }
            Sent::Stayed => {
                let problem = SaleProblem::Connection(cause.clone());
                self.engine.record_step(id, Step::Requeued, Some(&cause.to_string()), |standing| {
                    let next = self.engine.next_try(&cause, standing.attempts, now);
                    queue_again(standing, Some(&problem), next);
                    true
                })?;
                self.engine.postpone_queued(self.scope, &cause)?;
                return Ok(false);
            }
        }
        Ok(true)
    }
}
