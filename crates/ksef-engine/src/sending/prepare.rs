use std::sync::atomic::Ordering;

use ksef_archive::{ArchiveError, NewEntry, Stands, Step, Writing};
use ksef_crypto::sha256;
use ksef_invoice::{BuyerId, CheckOptions, InvoiceKind, Report, Summary, check};
use ksef_types::{Environment, Nip, SecretBytes, Sha256Hash, warsaw_date};

use super::sale::{invoice_of, sale_of};
use crate::engine::{Scope, locked};
use crate::issuing::links_of_document;
use crate::{
    Engine, EngineError, Enqueued, NotSendable, PickedFile, Prepared, PreparedId, SaleId, SaleInvoice,
};

/// KSeF's name of the one form that is sent.
pub(crate) const FORM: &str = "FA (3)";

/// A file that was checked and waits in memory for a click.
pub(crate) struct PreparedFile {
    pub(crate) scope: Scope,
    file_name: String,
    bytes: SecretBytes,
    sha256: Sha256Hash,
    /// What stands on it, when nothing keeps it from being sent.
    sendable: Option<Stands>,
    needs_batch: bool,
}

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
        let scope = Scope::new(nip, environment);
        files.into_iter().map(|file| self.prepare_one(scope, file)).collect()
    }

    /// The bytes of a prepared file, for showing it; nothing when it is not there any more.
    #[must_use]
    pub fn prepared_bytes(&self, nip: Nip, environment: Environment, id: PreparedId) -> Option<Vec<u8>> {
        let prepared = locked(&self.shared.prepared);
        let file = prepared.get(&id).filter(|file| file.scope == Scope::new(nip, environment))?;
        Some(file.bytes.expose().to_vec())
    }

    /// Forgets a prepared file.
    pub fn discard_prepared(&self, id: PreparedId) {
        locked(&self.shared.prepared).remove(&id);
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
        let scope = Scope::new(nip, environment);
        let prepared = locked(&self.shared.prepared);
        let rows = self.archive().write(|tables| {
            if tables.companies().get(nip)?.is_none() {
                return Err(EngineError::UnknownCompany(nip));
            }
            ids.iter()
                .map(|id| {
                    let file = prepared.get(id).filter(|file| file.scope == scope);
                    let row =
                        file.map_or(Ok(Err(NotSendable::NotPrepared)), |file| self.insert(tables, file))?;
                    Ok::<_, EngineError>((*id, row))
                })
                .collect::<Result<Vec<_>, _>>()
        })?;
        drop(prepared);
        let mut enqueued = Vec::with_capacity(rows.len());
        for (id, row) in rows {
            let sale = match row {
                Ok(row) => {
                    self.discard_prepared(id);
                    self.tell_of(&row)?;
                    Ok(sale_of(row)?)
                }
                Err(reason) => Err(reason),
            };
            enqueued.push(Enqueued { prepared: id, sale });
        }
        self.shared.queued.notify_waiters();
        Ok(enqueued)
    }

    fn prepare_one(&self, scope: Scope, file: PickedFile) -> Result<Prepared, EngineError> {
        // Exposed to be checked: an invoice is no secret, but it came as any file does.
        let bytes = file.bytes.expose();
        let sha256 = sha256(bytes);
        let already = self.archive().read::<_, ArchiveError>(|tables| {
            tables.outbox().same_document(scope.company, scope.environment, sha256)
        })?;
        let options = CheckOptions::new(warsaw_date(self.now()), scope.environment).for_seller(scope.company);
        // Of one that was sent before it says nothing that its date is not today's any more.
        let options = if already.is_none() { options.before_sending() } else { options };
        let report = check(bytes, &options);
        let stands = stands(&report);
        let needs_batch = report.summary.as_ref().is_some_and(|summary| summary.has_attachment);
        let sendable = report.may_be_sent() && already.is_none() && stands.is_some() && !needs_batch;
        let id = PreparedId(self.shared.last_prepared.fetch_add(1, Ordering::Relaxed) + 1);
        let prepared = Prepared {
            id,
            file_name: file.name.clone(),
            invoice: report.summary.as_ref().and_then(shown),
            findings: report.findings,
            sendable,
            needs_batch,
            already: already.map(SaleId),
        };
        let sendable = stands.filter(|_| sendable);
        let kept =
            PreparedFile { scope, file_name: file.name, bytes: file.bytes, sha256, sendable, needs_batch };
        locked(&self.shared.prepared).insert(id, kept);
        Ok(prepared)
    }

    fn insert(
        &self,
        tables: &Writing<'_>,
        file: &PreparedFile,
    ) -> Result<Result<ksef_archive::OutboxRow, NotSendable>, EngineError> {
        let Scope { company, environment } = file.scope;
        if let Some(id) = tables.outbox().same_document(company, environment, file.sha256)? {
            return Ok(Err(NotSendable::Already(SaleId(id))));
        }
        let Some(stands) = &file.sendable else {
            let why = if file.needs_batch { NotSendable::NeedsBatch } else { NotSendable::HasErrors };
            return Ok(Err(why));
        };
        let links = links_of_document(tables, file.scope, file.bytes.expose())?;
        let now = self.now();
        let id = tables.outbox_mut().insert(&NewEntry {
            company,
            environment,
            file_name: &file.file_name,
            // Exposed into the outbox: from here on these bytes are the invoice.
            document: file.bytes.expose(),
            sha256: file.sha256,
            form: FORM,
            stands,
            queued_at: now,
        })?;
        tables.outbox_steps_mut().append(id, now, Step::Queued, None)?;
        for link in &links {
            tables.invoice_links_mut().insert(id, link)?;
        }
        let row = tables.outbox().get(id)?.ok_or(EngineError::UnknownSale(SaleId(id)))?;
        Ok(Ok(row))
    }
}

/// A document without errors has all of it.
pub(crate) fn stands(report: &Report) -> Option<Stands> {
    let summary = report.summary.as_ref()?;
    let (buyer_identifier, buyer_name) = buyer(summary);
    Some(Stands {
        number: summary.number.clone()?,
        issue_date: summary.issue_date?,
        kind: summary.kind?.code().to_owned(),
        seller_nip: summary.seller.nip_as_written.clone()?,
        seller_name: summary.seller.name.clone().unwrap_or_default(),
        buyer_identifier,
        buyer_name,
        gross: summary.gross?.to_string(),
        currency: summary.currency.clone()?,
    })
}

/// As far as it could be read; without number and date there is nothing to show.
fn shown(summary: &Summary) -> Option<SaleInvoice> {
    let (buyer_identifier, buyer_name) = buyer(summary);
    Some(invoice_of(Stands {
        number: summary.number.clone()?,
        issue_date: summary.issue_date?,
        kind: summary.kind.map(InvoiceKind::code).unwrap_or_default().to_owned(),
        seller_nip: summary.seller.nip_as_written.clone().unwrap_or_default(),
        seller_name: summary.seller.name.clone().unwrap_or_default(),
        buyer_identifier,
        buyer_name,
        gross: summary.gross.map(|gross| gross.to_string()).unwrap_or_default(),
        currency: summary.currency.clone().unwrap_or_default(),
    }))
}

fn buyer(summary: &Summary) -> (Option<String>, Option<String>) {
    let identifier = summary.buyer.id.as_ref().and_then(|id| match id {
        BuyerId::Nip(value) | BuyerId::VatUe(value) => Some(value.clone()),
        BuyerId::Other { country, number } => {
            Some(format!("{}{number}", country.as_deref().unwrap_or_default()))
        }
        BuyerId::None => None,
    });
    (identifier, summary.buyer.name.clone())
}
