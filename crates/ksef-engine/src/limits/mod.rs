//! Limits as KSeF has them now, and the Peppol providers that it knows.

use chrono::{DateTime, Utc};
use ksef_api::{
    CollectiveIdentifierLimits, ContextLimits, EffectiveRateLimit, EffectiveRateLimits, PageOf, RateBudget,
    RateGroup, SubjectLimits,
};
use ksef_types::{Environment, Nip};

use crate::engine::Scope;
use crate::{ConnectionFailure, Engine};

/// Limits of a company as KSeF has them now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentLimits {
    /// Of the context: sessions, sizes, collective identifiers.
    pub context: Vec<CurrentLimit>,
    /// Of the one who is logged in: requests for certificates, certificates.
    pub subject: Vec<CurrentLimit>,
    /// Of requests.
    pub requests: Vec<RequestLimit>,
    /// When they were asked for.
    pub asked_at: DateTime<Utc>,
}

/// A single figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrentLimit {
    /// As the contract's path names it, such as `onlineSession.maxInvoices`.
    pub name: &'static str,
    /// The figure; nothing means no limit.
    pub value: Option<u32>,
}

/// Requests of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestLimit {
    /// As the contract names the group.
    pub group: &'static str,
    /// In a second; nothing means no limit.
    pub second: Option<u32>,
    /// In a minute.
    pub minute: Option<u32>,
    /// In an hour.
    pub hour: Option<u32>,
    /// What this program used of it in the last hour.
    pub used_in_hour: u32,
}

/// A page of Peppol providers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeppolPage {
    /// The newest first.
    pub rows: Vec<PeppolProvider>,
    /// The page that can be asked for next.
    pub next: Option<u32>,
}

/// A provider of Peppol services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeppolProvider {
    /// Such as `PPL123456`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Since when KSeF knows it.
    pub since: DateTime<Utc>,
}

const PAGE: u32 = 100;

impl Engine {
    /// All limits; the budget of requests follows what KSeF says.
    ///
    /// # Errors
    /// When KSeF cannot be asked.
    pub async fn limits(
        &self,
        nip: Nip,
        environment: Environment,
    ) -> Result<CurrentLimits, ConnectionFailure> {
        let scope = Scope::new(nip, environment);
        let context =
            self.ask(scope, |client, token| async move { client.context_limits(&token).await }).await?;
        let subject =
            self.ask(scope, |client, token| async move { client.subject_limits(&token).await }).await?;
        let rates = self.ask(scope, |client, token| async move { client.rate_limits(&token).await }).await?;
        let login = self.login(scope).map_err(|cause| self.failure(cause, None, None))?;
        Ok(CurrentLimits {
            context: of_context(&context),
            subject: of_subject(&subject),
            requests: of_requests(&rates, login.client.budget()),
            asked_at: self.now(),
        })
    }

    /// Peppol providers, a page of them; pages are counted from 0. Needs no credential.
    ///
    /// # Errors
    /// When KSeF cannot be asked.
    pub async fn peppol_providers(
        &self,
        nip: Nip,
        environment: Environment,
        page: u32,
    ) -> Result<PeppolPage, ConnectionFailure> {
        let scope = Scope::new(nip, environment);
        let login = self.login(scope).map_err(|cause| self.failure(cause, None, None))?;
        let asked = login.client.peppol_providers(PageOf { offset: page, size: PAGE }).await;
        let found = asked.map_err(|error| self.explain_api(scope, &login, error))?.into_value();
        let rows = found.peppol_providers.into_iter().map(|provider| PeppolProvider {
            id: provider.id,
            name: provider.name,
            since: provider.date_created,
        });
        Ok(PeppolPage { rows: rows.collect(), next: found.has_more.then_some(page + 1) })
    }
}

fn of_context(limits: &ContextLimits) -> Vec<CurrentLimit> {
    let (online, batch) = (&limits.online_session, &limits.batch_session);
    let collective = limits.collective_identifier.unwrap_or(CollectiveIdentifierLimits::PUBLISHED);
    [
        ("onlineSession.maxInvoices", online.max_invoices),
        ("onlineSession.maxInvoiceSizeInMB", online.max_invoice_megabytes),
        ("onlineSession.maxInvoiceWithAttachmentSizeInMB", online.max_invoice_with_attachment_megabytes),
        ("batchSession.maxInvoices", batch.max_invoices),
        ("batchSession.maxInvoiceSizeInMB", batch.max_invoice_megabytes),
        ("batchSession.maxInvoiceWithAttachmentSizeInMB", batch.max_invoice_with_attachment_megabytes),
        ("collectiveIdentifier.maxInvoices", collective.max_invoices),
    ]
    .map(|(name, value)| CurrentLimit { name, value: Some(value) })
    .to_vec()
}

fn of_subject(limits: &SubjectLimits) -> Vec<CurrentLimit> {
    let enrolments = limits.enrollment.as_ref().and_then(|limit| limit.max_enrollments);
    let certificates = limits.certificate.as_ref().and_then(|limit| limit.max_certificates);
    vec![
        CurrentLimit { name: "enrollment.maxEnrollments", value: enrolments },
        CurrentLimit { name: "certificate.maxCertificates", value: certificates },
    ]
}

fn of_requests(rates: &EffectiveRateLimits, budget: &RateBudget) -> Vec<RequestLimit> {
    [
        ("onlineSession", rates.online_session, RateGroup::OnlineSession),
        ("onlineSessionClose", rates.online_session_close, RateGroup::OnlineSessionClose),
        ("batchSession", rates.batch_session, RateGroup::BatchSession),
        ("batchSessionClose", rates.batch_session_close, RateGroup::BatchSessionClose),
        ("invoiceSend", rates.invoice_send, RateGroup::InvoiceSend),
        ("invoiceStatus", rates.invoice_status, RateGroup::InvoiceStatus),
        ("sessionList", rates.session_list, RateGroup::SessionList),
        ("sessionInvoiceList", rates.session_invoice_list, RateGroup::SessionInvoiceList),
        ("sessionMisc", rates.session_misc, RateGroup::SessionMisc),
        ("invoiceMetadata", rates.invoice_metadata, RateGroup::InvoiceMetadata),
        ("invoiceExport", rates.invoice_export, RateGroup::InvoiceExport),
        ("invoiceExportStatus", rates.invoice_export_status, RateGroup::InvoiceExportStatus),
        ("invoiceDownload", rates.invoice_download, RateGroup::InvoiceDownload),
        ("collectiveIdentifier", rates.collective_identifier, RateGroup::CollectiveIdentifier),
        ("other", rates.other, RateGroup::Other),
        ("anonymous", rates.anonymous, RateGroup::Public),
        ("global", rates.global, RateGroup::Global),
    ]
    .into_iter()
    .filter_map(|(group, limit, counted)| {
        let limit: EffectiveRateLimit = limit?;
        // -1 means no limit.
        let figure = |value: i32| u32::try_from(value).ok();
        Some(RequestLimit {
            group,
            second: figure(limit.per_second),
            minute: figure(limit.per_minute),
            hour: figure(limit.per_hour),
            used_in_hour: budget.used_in_hour(counted),
        })
    })
    .collect()
}
