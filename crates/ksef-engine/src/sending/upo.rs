use ksef_api::{CarriesApiError, RetryKind, UpoDocument};
use ksef_archive::{ArchiveError, NewUpo, OutboxRow, OutboxState, Step};
use ksef_crypto::sha256;
use ksef_types::{KsefNumber, ReferenceNumber};

use super::record::to_text;
use super::runner::Run;
use crate::connect::NoAccess;
use crate::{EngineError, SaleProblem};

/// After so many looks in vain the program stops looking by itself: with the usual pauses after about a day.
const LOOKS_IN_VAIN: u32 = 100;

impl Run {
    /// Fetches the confirmations of accepted invoices.
    pub(super) async fn fetch_upos(&mut self, rows: Vec<OutboxRow>) -> Result<(), EngineError> {
        for row in rows {
            if row.has_upo {
                self.no_more_looks(&row, None)?;
                continue;
            }
            self.engine.checkpoint("before fetching the UPO");
            let fetched = self.fetch_upo(&row).await;
            self.engine.checkpoint("after fetching the UPO");
            match fetched {
                Ok(upo) if is_of(&upo, &row) => self.store_upo(&row, &upo.xml)?,
                Ok(_) => self.upo_later(&row, SaleProblem::UpoWrong)?,
                Err(error) => {
                    let problem = SaleProblem::UpoPending(self.cause(&error));
                    self.upo_later(&row, problem)?;
                    // Without a connection the others need not try.
                    if error.api_error().is_none_or(|error| error.retry() != RetryKind::Permanent) {
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    async fn fetch_upo(&mut self, row: &OutboxRow) -> Result<UpoDocument, NoAccess> {
        // The address that came with the status costs no token and no limit; it may have ended meanwhile.
        if let Some(address) = self.upo_addresses.remove(&row.id) {
            match self.login.client.download_upo(&address).await {
                Ok(upo) => return Ok(upo.into_value()),
                Err(error) => tracing::info!(%error, "the UPO could not be fetched by its address"),
            }
        }
        let own = self.own_session(row);
        let standing = &row.standing;
        if let (None, Some(session), Some(reference)) =
            (&standing.upo_session, &own, &standing.invoice_reference)
        {
            let fetched = self
                .login
                .with(|client, token| async move { client.invoice_upo(&token, session, reference).await })
                .await?;
            return Ok(fetched.into_value());
        }
        let number =
            standing.ksef_number.as_ref().ok_or(NoAccess::Local(crate::ConnectionCause::Internal))?;
        self.fetch_by_number(row, number).await
    }

    /// Of a duplicate that turned out to be this one: KSeF names the session, sometimes the wrong one; then the sessions
    /// in which it was ever sent are tried.
    async fn fetch_by_number(&self, row: &OutboxRow, number: &KsefNumber) -> Result<UpoDocument, NoAccess> {
        let mut sessions: Vec<ReferenceNumber> = row.standing.upo_session.clone().into_iter().collect();
        for session in self.ever_sent_in(row) {
            if !sessions.contains(&session) {
                sessions.push(session);
            }
        }
        let mut failure = NoAccess::Local(crate::ConnectionCause::Internal);
        for session in &sessions {
            let fetched = self
                .login
                .with(|client, token| async move {
                    client.invoice_upo_by_ksef_number(&token, session, number).await
                })
                .await;
            match fetched {
                Ok(upo) => return Ok(upo.into_value()),
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    fn own_session(&self, row: &OutboxRow) -> Option<ReferenceNumber> {
        let id = row.standing.session_id?;
        let session = self.engine.archive().read::<_, ArchiveError>(|tables| tables.sessions().get(id));
        session.ok().flatten().map(|session| session.reference_number)
    }

    fn ever_sent_in(&self, row: &OutboxRow) -> Vec<ReferenceNumber> {
        let steps = self.engine.archive().read::<_, ArchiveError>(|tables| tables.outbox_steps().of(row.id));
        let steps = steps.unwrap_or_default();
        let sendings = steps.iter().filter(|step| step.step == Step::Sending);
        sendings.filter_map(|step| step.detail.as_deref()?.parse().ok()).collect()
    }

    fn store_upo(&self, row: &OutboxRow, xml: &[u8]) -> Result<(), EngineError> {
        let now = self.engine.now();
        self.engine.record_with(row.id, Step::UpoStored, None, |tables, row| {
            let number = row.standing.ksef_number.as_ref();
            let number = number.ok_or(ArchiveError::Damaged("an accepted invoice has no number"))?;
            let invoice = tables.invoices().by_number(row.company, row.environment, number)?;
            let invoice = invoice.ok_or(ArchiveError::Damaged("an accepted invoice is missing"))?;
            if tables.upo().of_invoice(invoice.id)?.is_none() {
                tables.upo_mut().insert(&NewUpo {
                    company: row.company,
                    environment: row.environment,
                    invoice_id: invoice.id,
                    document: xml,
                    sha256: sha256(xml),
                    fetched_at: now,
                })?;
            }
            row.standing.problem = None;
            row.standing.attempts = 0;
            row.standing.next_attempt_at = None;
            Ok(row.standing.state == OutboxState::Accepted)
        })?;
        Ok(())
    }

    fn upo_later(&self, row: &OutboxRow, problem: SaleProblem) -> Result<(), EngineError> {
        if row.standing.attempts < LOOKS_IN_VAIN {
            self.engine.look_later(row, Some(problem))
        } else {
            self.no_more_looks(row, Some(&problem))
        }
    }

    fn no_more_looks(&self, row: &OutboxRow, problem: Option<&SaleProblem>) -> Result<(), EngineError> {
        self.engine.archive().write::<_, ArchiveError>(|tables| {
            let Some(mut row) = tables.outbox().get(row.id)? else { return Ok(()) };
            row.standing.next_attempt_at = None;
            row.standing.problem = problem.map(to_text);
            tables.outbox_mut().set(row.id, &row.standing)
        })?;
        Ok(())
    }
}

/// It is whole, and confirms this number and these bytes.
fn is_of(upo: &UpoDocument, row: &OutboxRow) -> bool {
    if upo.announced_hash.is_some_and(|announced| announced != sha256(&upo.xml)) {
        return false;
    }
    let Ok(read) = ksef_invoice::upo::read(&upo.xml) else { return false };
    read.documents.iter().any(|document| {
        Some(&document.ksef_number) == row.standing.ksef_number.as_ref() && document.hash == row.sha256
    })
}
