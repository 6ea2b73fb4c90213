//! After a lost answer: what does KSeF have?

use std::collections::HashMap;

use ksef_api::{CarriesApiError, InvoiceStatus, code};
use ksef_archive::{ArchiveError, OutboxRow, OutboxState, SessionState, Step};
use ksef_types::{ReferenceNumber, Sha256Hash};

use super::record::queue_again;
use super::runner::Run;
use super::session::is_gone;
use crate::connect::NoAccess;
use crate::{EngineError, SaleProblem};

/// Most documents on a page of a session's list. Source: OpenAPI `pageSize`.
const PAGE: u32 = 1000;

impl Run {
    /// Asks for documents whose sending got no answer. One that KSeF does not have is queued again only when its session
    /// takes no more: then no request that is still on its way can bring it there after all.
    pub(super) async fn ask(&mut self, id: i64, rows: Vec<OutboxRow>) -> Result<(), EngineError> {
        let session = self.engine.archive().read::<_, ArchiveError>(|tables| tables.sessions().get(id))?;
        let session = session.ok_or(ArchiveError::Damaged("a session is missing"))?;
        let mut settled = matches!(session.state, SessionState::Closed | SessionState::Broken);
        if !settled {
            // Before the list: what it does not show then will not come any more.
            let ended = self.how_it_ended(&session).await;
            settled = ended.is_some();
            if let Some(state) = ended {
                let now = self.engine.now();
                self.engine
                    .archive()
                    .write::<_, ArchiveError>(|tables| tables.sessions_mut().settle(id, state, now))?;
            }
        }
        self.engine.checkpoint("before asking");
        let listed = self.list(&session.reference_number).await;
        self.engine.checkpoint("after asking");
        let found: HashMap<Sha256Hash, InvoiceStatus> = match listed {
            Ok(found) => found.into_iter().map(|found| (found.invoice_hash, found)).collect(),
            Err(error) if settled && is_gone(&error) => HashMap::new(),
            Err(error) => {
                let cause = self.cause(&error);
                return rows.iter().try_for_each(|row| {
                    self.engine.look_later(row, Some(SaleProblem::Connection(cause.clone())))
                });
            }
        };
        let mut missing = false;
        for row in &rows {
            match found.get(&row.sha256) {
                Some(status) => self.was_taken(row.id, &status.reference_number)?,
                None if settled => self.was_not_taken(row)?,
                None => {
                    missing = true;
                    self.engine.look_later(row, None)?;
                }
            }
        }
        if missing {
            self.close(id).await?;
        }
        Ok(())
    }

    /// All documents of a session. A token of the listing that is no longer good begins it again, once.
    pub(super) async fn list(&self, session: &ReferenceNumber) -> Result<Vec<InvoiceStatus>, NoAccess> {
        match self.list_once(session).await {
            Err(error)
                if error.api_error().is_some_and(|error| error.has_code(code::CONTINUATION_REFUSED)) =>
            {
                self.list_once(session).await
            }
            listed => listed,
        }
    }

    async fn list_once(&self, session: &ReferenceNumber) -> Result<Vec<InvoiceStatus>, NoAccess> {
        let mut all = Vec::new();
        let mut continuation = None;
        loop {
            let from = &continuation;
            let page = self
                .login
                .with(|client, token| async move {
                    client.session_invoices(&token, session, PAGE, from.as_ref()).await
                })
                .await?
                .into_value();
            let empty = page.invoices.is_empty();
            all.extend(page.invoices);
            continuation = page.continuation_token.filter(|token| !token.0.is_empty());
            if continuation.is_none() || empty {
                return Ok(all);
            }
        }
    }

    fn was_taken(&self, id: i64, reference: &ReferenceNumber) -> Result<(), EngineError> {
        let now = self.now();
        self.engine.record(id, Step::FoundInKsef, Some(reference.as_str()), |standing| {
            let still_asking = standing.state == OutboxState::Sending;
            standing.state = OutboxState::Sent;
            standing.invoice_reference = Some(reference.clone());
            standing.sent_at = Some(now);
            standing.problem = None;
            standing.attempts = 0;
            standing.next_attempt_at = Some(now);
            still_asking
        })?;
        Ok(())
    }

    fn was_not_taken(&self, row: &OutboxRow) -> Result<(), EngineError> {
        let now = self.now();
        self.engine.record(row.id, Step::NotInKsef, None, |standing| {
            let still_asking = standing.state == OutboxState::Sending;
            // Slower each time: something on the way loses our requests.
            let next = (standing.attempts > 1).then(|| now + self.engine.pause(standing.attempts));
            queue_again(standing, None, next);
            still_asking
        })?;
        Ok(())
    }
}
