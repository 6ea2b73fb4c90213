use ksef_archive::{ArchiveError, InvoiceLink, Relation};
use ksef_types::{Environment, Nip};

use crate::sending::sale_of;
use crate::{Engine, EngineError, Sale, SaleId};

/// What an issued invoice has to do with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleLinks {
    /// Those that it corrects, settles, continues or copies.
    pub refers_to: Vec<InvoiceLink>,
    /// Those that correct, settle or continue it, neither refused nor taken back.
    pub referred_by: Vec<(Relation, SaleId)>,
}

impl Engine {
    /// Advance invoices (ZAL) that were neither refused nor taken back and that no final invoice settles, newest first.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn open_advances(&self, nip: Nip, environment: Environment) -> Result<Vec<Sale>, EngineError> {
        let rows = self.archive().read::<_, ArchiveError>(|tables| {
            let ids = tables.invoice_links().open_advances(nip, environment)?;
            ids.into_iter().map(|id| tables.outbox().get(id)).collect::<Result<Vec<_>, _>>()
        })?;
        Ok(rows.into_iter().flatten().map(sale_of).collect::<Result<_, _>>()?)
    }

    /// What an issued invoice has to do with others in this archive: first what it refers to, then what refers to it.
    ///
    /// # Errors
    /// [`EngineError::UnknownSale`], or when the archive fails.
    pub fn sale_links(&self, id: SaleId) -> Result<SaleLinks, EngineError> {
        self.archive().read(|tables| {
            tables.outbox().get(id.0)?.ok_or(EngineError::UnknownSale(id))?;
            let refers_to = tables.invoice_links().of(id.0)?;
            let mut referred_by = Vec::new();
            for relation in [Relation::Corrects, Relation::Settles, Relation::Continues] {
                let from = tables.invoice_links().to(id.0, relation)?;
                referred_by.extend(from.into_iter().map(|sale| (relation, SaleId(sale))));
            }
            Ok(SaleLinks { refers_to, referred_by })
        })
    }
}
