mod sale;

use ksef_types::{Environment, Nip};
use tokio_util::sync::CancellationToken;

pub use sale::{
    Document, Enqueued, NotSendable, Prepared, PreparedId, RunOutcome, Sale, SaleId, SaleInvoice,
    SaleProblem, SaleState, SalesCursor, SalesPage, SalesQuery, SalesTotals,
};

use crate::{Engine, EngineError, PickedFile};

impl Engine {
    /// Checks files and keeps them in memory for [`Self::enqueue`]; nothing is stored and nothing leaves.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn prepare(
        &self,
        nip: Nip,
        environment: Environment,
        files: Vec<PickedFile>,
    ) -> Result<Vec<Prepared>, EngineError> {
        let _ = (nip, environment, files);
        unimplemented!()
    }

    /// Forgets a prepared file.
    pub fn discard_prepared(&self, id: PreparedId) {
        let _ = id;
        unimplemented!()
    }

    /// Puts the exact bytes of prepared files into the outbox. Nothing leaves yet: [`Self::run_outbox`] sends.
    ///
    /// # Errors
    /// When the archive fails; then none of them is in the outbox.
    pub fn enqueue(
        &self,
        nip: Nip,
        environment: Environment,
        ids: &[PreparedId],
    ) -> Result<Vec<Enqueued>, EngineError> {
        let _ = (nip, environment, ids);
        unimplemented!()
    }

    /// Sends what is queued and follows what was sent until everything is settled, held, or must wait for long.
    ///
    /// One process at a time works on an outbox; where another one does, this waits and tells of its progress. Cancelled, it sends
    /// nothing more: what has not left goes back to queued, what has left is followed to its end.
    ///
    /// # Errors
    /// When the archive fails. Refusals and missing connections are states of the invoices.
    pub async fn run_outbox(
        &self,
        nip: Nip,
        environment: Environment,
        cancel: CancellationToken,
    ) -> Result<RunOutcome, EngineError> {
        let _ = (nip, environment, cancel);
        unimplemented!()
    }

    /// Puts a held invoice, or a refused one whose cause is gone, back into the queue at a person's wish.
    ///
    /// # Errors
    /// [`EngineError::UnknownSale`], or when the archive fails.
    pub fn retry_sale(&self, id: SaleId) -> Result<Sale, EngineError> {
        let _ = id;
        unimplemented!()
    }

    /// Takes back an invoice of which nothing has left.
    ///
    /// # Errors
    /// [`EngineError::AlreadyLeft`], [`EngineError::UnknownSale`], or when the archive fails.
    pub fn withdraw_sale(&self, id: SaleId) -> Result<Sale, EngineError> {
        let _ = id;
        unimplemented!()
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
        let _ = (nip, environment, query);
        unimplemented!()
    }

    /// Counts for the screen Start.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn sales_totals(&self, nip: Nip, environment: Environment) -> Result<SalesTotals, EngineError> {
        let _ = (nip, environment);
        unimplemented!()
    }

    /// One issued invoice.
    ///
    /// # Errors
    /// [`EngineError::UnknownSale`], or when the archive fails.
    pub fn sale(&self, id: SaleId) -> Result<Sale, EngineError> {
        let _ = id;
        unimplemented!()
    }

    /// The exact bytes of an issued invoice, with a name for saving.
    ///
    /// # Errors
    /// [`EngineError::UnknownSale`], or when the archive fails.
    pub fn xml(&self, id: SaleId) -> Result<Document, EngineError> {
        let _ = id;
        unimplemented!()
    }

    /// The UPO of an issued invoice, once it is there.
    ///
    /// # Errors
    /// [`EngineError::UnknownSale`], or when the archive fails.
    pub fn upo(&self, id: SaleId) -> Result<Option<Document>, EngineError> {
        let _ = id;
        unimplemented!()
    }
}
