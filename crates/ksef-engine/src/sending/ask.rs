//! After a lost answer: what does KSeF have?

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
        let found = match listed {
            Ok(found) => found,
            Err(error) if settled && is_gone(&error) => Vec::new(),
            Err(error) => {
                let cause = self.cause(&error);
                return rows.iter().try_for_each(|row| {
                    self.engine.look_later(row, Some(SaleProblem::Connection(cause.clone())))
                });
            }
        };
        let mut missing = false;
        for row in &rows {
            let known = self.engine.archive().read::<_, ArchiveError>(|tables| {
                tables.outbox_steps().references(row.company, row.environment, row.sha256)
            })?;
            match of_lost_answer(&found, row.sha256, &known) {
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
        self.engine.record_step(id, Step::FoundInKsef, Some(reference.as_str()), |standing| {
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
        self.engine.record_step(row.id, Step::NotInKsef, None, |standing| {
            let still_asking = standing.state == OutboxState::Sending;
            // Slower each time: something on the way loses our requests.
            let next = (standing.attempts > 1).then(|| now + self.engine.pause(standing.attempts));
            queue_again(standing, None, next);
            still_asking
        })?;
        Ok(())
    }
}

/// What KSeF has of the sending whose answer was lost. The session may have the same bytes from an earlier sending, too,
/// refused or broken off: that one's fate says nothing about this one.
fn of_lost_answer<'a>(
    found: &'a [InvoiceStatus],
    sha256: Sha256Hash,
    known: &[String],
) -> Option<&'a InvoiceStatus> {
    found
        .iter()
        .filter(|found| found.invoice_hash == sha256)
        .filter(|found| !known.iter().any(|known| known == found.reference_number.as_str()))
        .max_by_key(|found| found.ordinal_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn listed(place: u64, reference: &str, code: i32) -> InvoiceStatus {
        serde_json::from_value(json!({
            "ordinalNumber": place,
            "referenceNumber": reference,
            "invoiceHash": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "invoicingDate": "2026-11-21T10:00:00Z",
            "status": { "code": code, "description": "opis" },
        }))
        .unwrap()
    }

    #[test]
    fn the_fate_of_an_earlier_sending_is_not_taken_for_that_of_the_lost_one() {
        const EARLIER: &str = "20261121-EE-0123456789-ABCDEF0123-4E";
        const LATER: &str = "20261121-EE-9876543210-ABCDEF0123-4E";
        let sha256 = Sha256Hash::new([0; 32]);
        let known = [EARLIER.to_owned()];
        let refused = listed(1, EARLIER, 410);
        assert!(of_lost_answer(std::slice::from_ref(&refused), sha256, &known).is_none());
        let both = [listed(2, LATER, 150), refused];
        let found = of_lost_answer(&both, sha256, &known).unwrap();
        assert_eq!(found.reference_number.as_str(), LATER);
        assert!(of_lost_answer(&both, Sha256Hash::new([1; 32]), &known).is_none());
    }
}
