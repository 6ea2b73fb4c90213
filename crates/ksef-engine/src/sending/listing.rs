use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, Utc};
use ksef_archive::{ArchiveError, OutboxQuery, OutboxRow, OutboxState, Step};
use ksef_types::{Environment, Nip, warsaw_date};

use super::record::queue_again;
use super::sale::{sale_of, state_in_archive};
use crate::engine::Scope;
use crate::{Document, Engine, EngineError, Sale, SaleId, SalesCursor, SalesPage, SalesQuery, SalesTotals};

const USUAL_PAGE: u32 = 50;
const LARGEST_PAGE: u32 = 500;

impl Engine {
    /// Puts a held invoice back on its way at a person's wish: one that KSeF may have is asked for, another one is queued.
    /// An accepted one without a UPO has it fetched again. Others are left alone.
    ///
    /// # Errors
    /// [`EngineError::UnknownSale`], or when the archive fails.
    pub fn retry_sale(&self, id: SaleId) -> Result<Sale, EngineError> {
        let now = self.now();
        let changed = self.record_step(id.0, Step::Retried, None, |standing| match standing.state {
            OutboxState::Held if standing.invoice_reference.is_some() => {
                standing.state = OutboxState::Sent;
                standing.problem = None;
                standing.attempts = 0;
                standing.next_attempt_at = Some(now);
                true
            }
            OutboxState::Held => {
                queue_again(standing, None, None);
                standing.attempts = 0;
                true
            }
            OutboxState::Queued => {
                standing.problem = None;
                standing.next_attempt_at = None;
                true
            }
            OutboxState::Accepted if standing.problem.is_some() => {
                standing.attempts = 0;
                standing.next_attempt_at = Some(now);
                true
            }
            _ => false,
        })?;
        if changed.is_some() {
            self.shared.queued.notify_waiters();
        }
        self.sale(id)
    }

    /// Takes back an invoice of which nothing has left.
    ///
    /// # Errors
    /// [`EngineError::AlreadyLeft`], [`EngineError::UnknownSale`], or when the archive fails.
    pub fn withdraw_sale(&self, id: SaleId) -> Result<Sale, EngineError> {
        let changed = self.record_step(id.0, Step::Withdrawn, None, |standing| {
            let inside = match standing.state {
                OutboxState::Queued => true,
                OutboxState::Held => standing.invoice_reference.is_none(),
                _ => false,
            };
            standing.state = OutboxState::Withdrawn;
            standing.problem = None;
            standing.next_attempt_at = None;
            inside
        })?;
        if changed.is_none() {
            return Err(EngineError::AlreadyLeft(id));
        }
        self.sale(id)
    }

    /// A page of issued invoices, newest first.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn sales(
        &self,
        nip: Nip,
        environment: Environment,
        query: &SalesQuery,
    ) -> Result<SalesPage, EngineError> {
        let limit = if query.limit == 0 { USUAL_PAGE } else { query.limit.min(LARGEST_PAGE) };
        let query = OutboxQuery {
            text: query.text.clone(),
            state: query.state.map(state_in_archive),
            before: query.after.map(|cursor| cursor.0),
            limit,
        };
        let page = self
            .archive()
            .read::<_, ArchiveError>(|tables| tables.outbox().page(nip, environment, &query))?;
        let rows = page.rows.into_iter().map(sale_of).collect::<Result<_, _>>()?;
        Ok(SalesPage { rows, next: page.next.map(SalesCursor), total: page.total })
    }

    /// The outboxes in which something is still to be done, in whatever environment: after a start they go on.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn outboxes_with_work(&self) -> Result<Vec<(Nip, Environment)>, EngineError> {
        Ok(self.archive().read::<_, ArchiveError>(|tables| tables.outbox().with_work())?)
    }

    /// Whether something stopped that a new credential may help: not what merely waits for a person's click.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn waits_for_access(&self, nip: Nip, environment: Environment) -> Result<bool, EngineError> {
        let (rows, sessions) = self.unsettled(Scope::new(nip, environment))?;
        let stopped =
            |row: &OutboxRow| row.standing.state != OutboxState::Queued || row.standing.problem.is_some();
        Ok(!sessions.is_empty() || rows.iter().any(stopped))
    }

    /// Counts for the screen Start.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn sales_totals(&self, nip: Nip, environment: Environment) -> Result<SalesTotals, EngineError> {
        let since = first_of_month(self.now());
        let counts = self
            .archive()
            .read::<_, ArchiveError>(|tables| tables.outbox().counts(nip, environment, since))?;
        Ok(SalesTotals { waiting: counts.waiting, held: counts.held, accepted_this_month: counts.accepted })
    }

    /// One issued invoice.
    ///
    /// # Errors
    /// [`EngineError::UnknownSale`], or when the archive fails.
    pub fn sale(&self, id: SaleId) -> Result<Sale, EngineError> {
        Ok(sale_of(self.outbox_row(id)?)?)
    }

    /// The exact bytes of an issued invoice, with a name for saving.
    ///
    /// # Errors
    /// [`EngineError::UnknownSale`], or when the archive fails.
    pub fn xml(&self, id: SaleId) -> Result<Document, EngineError> {
        let row = self.outbox_row(id)?;
        let bytes = self.archive().read::<_, ArchiveError>(|tables| tables.outbox().document(id.0))?;
        let bytes = bytes.ok_or(EngineError::UnknownSale(id))?;
        Ok(Document { file_name: format!("{}.xml", base_name(&row)), bytes })
    }

    /// The UPO of an issued invoice, once it is there.
    ///
    /// # Errors
    /// [`EngineError::UnknownSale`], or when the archive fails.
    pub fn upo(&self, id: SaleId) -> Result<Option<Document>, EngineError> {
        let row = self.outbox_row(id)?;
        let Some(number) = &row.standing.ksef_number else { return Ok(None) };
        let found = self.archive().read::<_, ArchiveError>(|tables| {
            let invoice = tables.invoices().by_number(row.company, row.environment, number)?;
            invoice.map_or(Ok(None), |invoice| tables.upo().of_invoice(invoice.id))
        })?;
        let file_name = format!("UPO-{}.xml", base_name(&row));
        Ok(found.map(|upo| Document { file_name, bytes: upo.document }))
    }

    fn outbox_row(&self, id: SaleId) -> Result<OutboxRow, EngineError> {
        let row = self.archive().read::<_, ArchiveError>(|tables| tables.outbox().get(id.0))?;
        row.ok_or(EngineError::UnknownSale(id))
    }
}

/// The KSeF number, or what of the invoice's own number every file system takes.
fn base_name(row: &OutboxRow) -> String {
    if let Some(number) = &row.standing.ksef_number {
        return number.to_string();
    }
    format!("faktura-{}", safe(&row.stands.number))
}

/// The name of the file of an invoice that came from none.
pub(crate) fn document_name(number: &str) -> String {
    format!("{}.xml", safe(number))
}

fn safe(number: &str) -> String {
    let safe = |character: char| if character.is_alphanumeric() { character } else { '-' };
    number.chars().take(100).map(safe).collect()
}

/// The first moment of the month in Poland, to the hour: the law counts days there.
fn first_of_month(now: DateTime<Utc>) -> DateTime<Utc> {
    let first = warsaw_date(now).with_day(1).unwrap_or_else(|| warsaw_date(now));
    let midnight = first.and_time(NaiveTime::MIN).and_utc();
    // Warsaw is one or two hours ahead.
    [2, 1]
        .into_iter()
        .map(|hours| midnight - TimeDelta::hours(hours))
        .find(|moment| warsaw_date(*moment) == first)
        .unwrap_or(midnight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn the_month_begins_in_warsaw() {
        let winter = Utc.with_ymd_and_hms(2026, 11, 30, 23, 30, 0).unwrap();
        assert_eq!(first_of_month(winter), Utc.with_ymd_and_hms(2026, 11, 30, 23, 0, 0).unwrap());
        let summer = Utc.with_ymd_and_hms(2026, 7, 15, 12, 0, 0).unwrap();
        assert_eq!(first_of_month(summer), Utc.with_ymd_and_hms(2026, 6, 30, 22, 0, 0).unwrap());
    }
}
