//! "Identyfikatory zbiorcze".

use chrono::NaiveDate;
use ksef_engine as engine;
use ksef_invoice::draft::typed_number;
use ksef_types::{KsefNumber, Nip};
use rust_decimal::Decimal;

use super::App;
use crate::views::{
    CollectiveFilter, CollectiveInvoice, CollectivePage, CollectivePreview, CollectivePreviewRow,
    CollectiveRow, CollectiveSum, Scope,
};
use crate::{NextStep, Problem, problems};

impl App {
    /// Makes a collective identifier for chosen invoices.
    ///
    /// # Errors
    /// When they cannot be in one, or KSeF refuses.
    pub async fn make_collective(
        &self,
        scope: &Scope,
        invoices: Vec<CollectiveInvoice>,
    ) -> Result<CollectiveRow, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let invoices = invoices.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let made = self.engine.make_collective(nip, environment, &invoices).await;
        made.map(Into::into).map_err(|problem| problems::collective(&problem, nip))
    }

    /// What would be paid with one, and what is wrong with each invoice; KSeF is not asked.
    ///
    /// # Errors
    /// When the scope is none, or the archive fails.
    pub async fn preview_collective(
        &self,
        scope: &Scope,
        invoices: Vec<CollectiveInvoice>,
    ) -> Result<CollectivePreview, Problem> {
        let (nip, environment) = super::read_scope(scope)?;
        let read: Vec<_> = invoices.iter().map(read).collect();
        let payments: Vec<_> = read.iter().filter_map(|read| read.as_ref().ok()).cloned().collect();
        let outlook = self.engine.collective_outlook(nip, environment, &payments);
        let outlook = outlook.map_err(|failure| problems::engine(&failure))?;
        let mut judged = outlook.invoices.into_iter();
        let rows = invoices.iter().zip(read).filter_map(|(invoice, read)| match read {
            Ok(_) => judged.next().map(|judged| preview_row(invoice, judged, nip)),
            Err(problem) => Some(CollectivePreviewRow {
                ksef_number: invoice.ksef_number.clone(),
                number: None,
                gross: None,
                currency: None,
                problem: Some(problem),
            }),
        });
        Ok(CollectivePreview {
            invoices: rows.collect(),
            sums: outlook.sums.into_iter().map(Into::into).collect(),
            unknown: u32::try_from(outlook.unknown).unwrap_or(u32::MAX),
            problem: outlook.problem.map(|problem| problems::collective(&problem, nip)),
        })
    }

    /// Lists them: those of a period, or those that hold an invoice.
    ///
    /// # Errors
    /// When the filter is none, or KSeF refuses.
    pub async fn collectives(
        &self,
        scope: &Scope,
        filter: CollectiveFilter,
    ) -> Result<CollectivePage, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let number = filter.ksef_number.filter(|number| !number.trim().is_empty());
        let wanted = engine::CollectiveWanted {
            from: day(filter.from.as_deref())?,
            to: day(filter.to.as_deref())?,
            ksef_number: number.as_deref().map(ksef_number).transpose()?,
            next: filter.next,
        };
        let page = self.engine.collectives(nip, environment, &wanted).await;
        let page = page.map_err(|problem| problems::collective(&problem, nip))?;
        Ok(CollectivePage { rows: page.rows.into_iter().map(Into::into).collect(), next: page.next })
    }

    /// Invoices of one.
    ///
    /// # Errors
    /// When the number is none, or KSeF refuses.
    pub async fn collective_invoices(
        &self,
        scope: &Scope,
        number: &str,
    ) -> Result<Vec<CollectiveInvoice>, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let found = self.engine.collective_invoices(nip, environment, number).await;
        let found = found.map_err(|problem| problems::collective(&problem, nip))?;
        Ok(found.into_iter().map(Into::into).collect())
    }
}

fn read(invoice: &CollectiveInvoice) -> Result<engine::CollectivePayment, Problem> {
    let number = ksef_number(&invoice.ksef_number)?;
    let amount = invoice.amount.as_deref().filter(|amount| !amount.trim().is_empty());
    let payment = amount.map(|amount| {
        let currency = invoice.currency.clone().unwrap_or_else(|| "PLN".to_owned());
        typed_number(amount).map(|amount| (amount, currency)).ok_or_else(|| {
            Problem::new("collective.payment", NextStep::CorrectField).with("number", number.as_str())
        })
    });
    let payment = payment.transpose()?;
    let description = invoice.description.clone();
    Ok(engine::CollectivePayment { ksef_number: number, payment, description, hidden: false })
}

/// With two places, as amounts are everywhere.
fn money(amount: Decimal) -> String {
    format!("{amount:.2}")
}

fn preview_row(
    invoice: &CollectiveInvoice,
    judged: engine::InvoiceOutlook,
    company: Nip,
) -> CollectivePreviewRow {
    let (number, gross, currency) = match judged.archived {
        Some(found) => (Some(found.number), Some(money(found.gross)), Some(found.currency)),
        None => (None, None, None),
    };
    let problem = judged.problem.map(|problem| problems::collective(&problem, company));
    CollectivePreviewRow { ksef_number: invoice.ksef_number.clone(), number, gross, currency, problem }
}

fn ksef_number(text: &str) -> Result<KsefNumber, Problem> {
    text.trim().to_ascii_uppercase().parse().map_err(|_| {
        Problem::new("collective.ksefNumber", NextStep::CorrectField).with("number", text.trim())
    })
}

fn day(text: Option<&str>) -> Result<Option<NaiveDate>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| Problem::new("collective.period", NextStep::CorrectField)))
        .transpose()
}

impl From<engine::Collective> for CollectiveRow {
    fn from(found: engine::Collective) -> Self {
        Self {
            number: found.number,
            created_at: found.created_at.map(|at| at.to_rfc3339()),
            invoices: found.invoices,
        }
    }
}

impl From<(String, Decimal)> for CollectiveSum {
    fn from((currency, amount): (String, Decimal)) -> Self {
        Self { amount: money(amount), currency }
    }
}

impl From<engine::CollectivePayment> for CollectiveInvoice {
    fn from(found: engine::CollectivePayment) -> Self {
        let (amount, currency) = found.payment.unzip();
        Self {
            ksef_number: found.ksef_number.to_string(),
            amount: amount.map(money),
            currency,
            description: found.description,
            hidden: found.hidden,
        }
    }
}
