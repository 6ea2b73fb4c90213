//! 440: KSeF has an invoice with this seller, kind and number. Is it ours?

use chrono::{DateTime, Days, NaiveTime, Utc};
use ksef_api::{
    CarriesApiError, DateKind, DateRange, InvoiceMetadata, InvoiceQuery, Page, RetryKind, SortOrder,
    SubjectKind,
};
use ksef_archive::OutboxRow;
use ksef_crypto::sha256;
use ksef_types::{KsefNumber, ReferenceNumber};

use super::runner::Run;
use crate::connect::NoAccess;
use crate::{ConnectionCause, EngineError, SaleProblem};

/// Invoices that one question about a number can bring; several kinds may share it.
const PAGE: u32 = 50;

/// What the invoice that KSeF has turned out to be.
enum Proof {
    Ours(KsefNumber),
    Anothers(KsefNumber),
    /// KSeF named none, and none was found.
    None,
}

impl Run {
    /// Proves by its bytes whether the invoice that KSeF holds this one for a duplicate of is this one.
    pub(super) async fn prove(
        &mut self,
        row: &OutboxRow,
        original: Option<KsefNumber>,
        session: Option<ReferenceNumber>,
    ) -> Result<(), EngineError> {
        self.engine.checkpoint("before proving");
        let proof = match &original {
            Some(number) => self.compare(row, number).await,
            None => self.search(row).await,
        };
        self.engine.checkpoint("after proving");
        match proof {
            Ok(Proof::Ours(number)) => self.accept(row, &number, None, session),
            Ok(Proof::Anothers(original)) => {
                self.refuse(row, &SaleProblem::DuplicateOfAnother { original }, "440")
            }
            Ok(Proof::None) => {
                self.hold(row, &SaleProblem::DuplicateUnproved { original, session, cause: None }, "440")
            }
            Err(error) if passes(&error) => {
                let problem = SaleProblem::Connection(self.cause(&error));
                self.engine.look_later(row, Some(problem))
            }
            Err(error) => {
                let cause = Some(self.cause(&error));
                self.hold(row, &SaleProblem::DuplicateUnproved { original, session, cause }, "440")
            }
        }
    }

    async fn compare(&self, row: &OutboxRow, number: &KsefNumber) -> Result<Proof, NoAccess> {
        let fetched = self
            .login
            .with(|client, token| async move { client.invoice_by_ksef_number(&token, number).await })
            .await?;
        let ours = sha256(&fetched.xml) == row.sha256;
        Ok(if ours { Proof::Ours(number.clone()) } else { Proof::Anothers(number.clone()) })
    }

    /// KSeF did not name it: it is looked for by its number among the company's own.
    async fn search(&self, row: &OutboxRow) -> Result<Proof, NoAccess> {
        let day = |offset: u64, later: bool| -> DateTime<Utc> {
            let date = row.stands.issue_date;
            let date = if later { date + Days::new(offset) } else { date - Days::new(offset) };
            date.and_time(NaiveTime::MIN).and_utc()
        };
        let range = DateRange {
            date_type: DateKind::Issue,
            from: day(1, false),
            to: Some(day(2, true)),
            restrict_to_permanent_storage_hwm_date: None,
        };
        let query = InvoiceQuery {
            invoice_number: Some(row.stands.number.clone()),
            seller_nip: Some(row.company),
            ..InvoiceQuery::new(SubjectKind::Subject1, range)
        };
        let page = Page { offset: 0, size: PAGE, order: SortOrder::Asc };
        let (query, page) = (&query, &page);
        let found = self
            .login
            .with(|client, token| async move { client.query_invoice_metadata(&token, query, page).await })
            .await?
            .into_value()
            .invoices;
        let ours = |found: &&InvoiceMetadata| found.invoice_hash == row.sha256;
        // Another kind with this number is no duplicate; ours may not be among the metadata yet, then nothing is proved.
        let same_kind = |found: &&InvoiceMetadata| is_kind(found.invoice_type.as_str(), &row.stands.kind);
        let named = match found.iter().find(ours).or_else(|| found.iter().find(same_kind)) {
            Some(found) => &found.ksef_number,
            None => return Ok(Proof::None),
        };
        // Metadata are KSeF's word about the bytes; the bytes themselves are the proof.
        self.compare(row, named).await
    }
}

/// Metadata spell `KorZal` what the document spells `KOR_ZAL`.
fn is_kind(of_metadata: &str, of_document: &str) -> bool {
    of_document.replace('_', "").eq_ignore_ascii_case(of_metadata)
}

/// It will be different later: no connection, a busy KSeF, an invoice not yet available for fetching.
fn passes(error: &NoAccess) -> bool {
    match error {
        NoAccess::Login(_) => true,
        NoAccess::Local(cause) => *cause != ConnectionCause::Internal,
        NoAccess::Api(_) => error.api_error().is_some_and(|error| error.retry() != RetryKind::Permanent),
    }
}
