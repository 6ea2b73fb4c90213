use std::sync::Arc;

use ksef_engine::{SaleId, SalesQuery};

use super::{App, Document, read_scope};
use crate::views::{SaleView, SalesFilter, SalesPage, Scope};
use crate::{NextStep, Problem, problems};

impl App {
    /// "Sprzedaż": a page of issued invoices, newest first.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn sales(&self, scope: &Scope, filter: SalesFilter) -> Result<SalesPage, Problem> {
        let (nip, environment) = read_scope(scope)?;
        let after = filter.after.as_deref().map(str::parse).transpose();
        let query = SalesQuery {
            text: filter.text,
            state: filter.state.map(Into::into),
            after: after.map_err(|_| Problem::new("sending.unknownSale", NextStep::Retry))?,
            limit: 0,
        };
        let page = self.engine.sales(nip, environment, &query).map_err(|error| problems::engine(&error))?;
        Ok(page.into())
    }

    /// One issued invoice.
    ///
    /// # Errors
    /// When there is none with that id.
    pub async fn sale(&self, id: &str) -> Result<SaleView, Problem> {
        self.engine.sale(sale_id(id)?).map(Into::into).map_err(|error| problems::engine(&error))
    }

    /// Tries a held or refused invoice again.
    ///
    /// # Errors
    /// When there is none with that id.
    pub async fn retry_sale(self: &Arc<Self>, id: &str) -> Result<SaleView, Problem> {
        let sale = self.engine.retry_sale(sale_id(id)?).map_err(|error| problems::engine(&error))?;
        self.run_outbox(sale.company, sale.environment);
        Ok(sale.into())
    }

    /// Takes back an invoice of which nothing has left.
    ///
    /// # Errors
    /// When it has left already.
    pub async fn withdraw_sale(&self, id: &str) -> Result<SaleView, Problem> {
        self.engine.withdraw_sale(sale_id(id)?).map(Into::into).map_err(|error| problems::engine(&error))
    }

    /// The exact bytes that were sent.
    ///
    /// # Errors
    /// When there is no such invoice.
    pub async fn invoice_xml(&self, id: &str) -> Result<Document, Problem> {
        self.engine.xml(sale_id(id)?).map(Into::into).map_err(|error| problems::engine(&error))
    }

    /// The UPO as the ministry signed it.
    ///
    /// # Errors
    /// When there is no such invoice, or no UPO yet.
    pub async fn upo(&self, id: &str) -> Result<Document, Problem> {
        let found = self.engine.upo(sale_id(id)?).map_err(|error| problems::engine(&error))?;
        found.map(Into::into).ok_or_else(|| Problem::new("sending.noUpo", NextStep::Wait))
    }
}

pub(super) fn sale_id(text: &str) -> Result<SaleId, Problem> {
    text.parse().map(SaleId).map_err(|_| Problem::new("sending.unknownSale", NextStep::OpenSales))
}
