use std::num::NonZeroU32;

use crate::limits::{EffectiveRateLimit, EffectiveRateLimits};

/// Operations that KSeF counts together. Source: OpenAPI `x-rate-limits` and `EffectiveApiRateLimits`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RateGroup {
    /// Opening interactive sessions.
    OnlineSession,
    /// Closing interactive sessions; with [`Self::OnlineSession`] until KSeF says that it counts them apart.
    OnlineSessionClose,
    /// Opening batch sessions.
    BatchSession,
    /// Closing batch sessions; with [`Self::BatchSession`] until KSeF says that it counts them apart.
    BatchSessionClose,
    /// Sending an invoice.
    InvoiceSend,
    /// The status of an invoice.
    InvoiceStatus,
    /// The list of sessions.
    SessionList,
    /// The invoices of a session, and the failed ones.
    SessionInvoiceList,
    /// Everything else about sessions.
    SessionMisc,
    /// Metadata of invoices.
    InvoiceMetadata,
    /// Starting an export.
    InvoiceExport,
    /// The status of an export.
    InvoiceExportStatus,
    /// An invoice by its number.
    InvoiceDownload,
    /// Collective identifiers.
    CollectiveIdentifier,
    /// Everything else.
    Other,
    /// Operations without an access token; counted for the address, not for the company.
    Public,
    /// Everything together; counted for the address, not for the company.
    Global,
    /// Addresses from answers, and Latarnia: not limited by count.
    Unlimited,
}

/// The three sliding windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Window {
    /// Any second.
    Second,
    /// Any minute.
    Minute,
    /// Any hour.
    Hour,
}

impl Window {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Second, Self::Minute, Self::Hour];

    /// Its length.
    #[must_use]
    pub const fn length(self) -> std::time::Duration {
        std::time::Duration::from_secs(match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3600,
        })
    }
}

/// How many requests fit into each window; `None`: any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limit {
    /// In any second.
    pub per_second: Option<NonZeroU32>,
    /// In any minute.
    pub per_minute: Option<NonZeroU32>,
    /// In any hour.
    pub per_hour: Option<NonZeroU32>,
}

impl Limit {
    /// No limit at all.
    pub const NONE: Self = Self { per_second: None, per_minute: None, per_hour: None };

    /// From numbers; 0 means no limit.
    #[must_use]
    pub const fn new(per_second: u32, per_minute: u32, per_hour: u32) -> Self {
        Self {
            per_second: NonZeroU32::new(per_second),
            per_minute: NonZeroU32::new(per_minute),
            per_hour: NonZeroU32::new(per_hour),
        }
    }

    /// The number for a window.
    #[must_use]
    pub const fn within(&self, window: Window) -> Option<NonZeroU32> {
        match window {
            Window::Second => self.per_second,
            Window::Minute => self.per_minute,
            Window::Hour => self.per_hour,
        }
    }

    fn from_effective(limit: EffectiveRateLimit) -> Self {
        Self {
            per_second: effective(limit.per_second),
            per_minute: effective(limit.per_minute),
            per_hour: effective(limit.per_hour),
        }
    }
}

/// -1 means no limit. A zero has not been seen; one request then finds out what KSeF means by it.
fn effective(value: i32) -> Option<NonZeroU32> {
    u32::try_from(value).ok().map(|value| NonZeroU32::new(value).unwrap_or(NonZeroU32::MIN))
}

/// The limits of every group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateLimits(std::collections::BTreeMap<RateGroup, Limit>);

impl RateLimits {
    /// The published ones, before KSeF is asked. Source: OpenAPI `x-rate-limits`.
    #[must_use]
    pub fn published() -> Self {
        Self(
            [
                (RateGroup::OnlineSession, Limit::new(10, 30, 120)),
                (RateGroup::BatchSession, Limit::new(10, 20, 60)),
                (RateGroup::InvoiceSend, Limit::new(10, 30, 180)),
                (RateGroup::InvoiceStatus, Limit::new(30, 120, 1200)),
                (RateGroup::SessionList, Limit::new(5, 10, 60)),
                (RateGroup::SessionInvoiceList, Limit::new(10, 20, 200)),
                (RateGroup::SessionMisc, Limit::new(10, 120, 1200)),
                (RateGroup::InvoiceMetadata, Limit::new(8, 16, 20)),
                (RateGroup::InvoiceExport, Limit::new(8, 16, 20)),
                (RateGroup::InvoiceExportStatus, Limit::new(10, 60, 600)),
                (RateGroup::InvoiceDownload, Limit::new(8, 16, 64)),
                (RateGroup::CollectiveIdentifier, Limit::new(10, 60, 120)),
                (RateGroup::Other, Limit::new(10, 30, 120)),
                (RateGroup::Public, Limit::new(60, 0, 0)),
            ]
            .into(),
        )
    }

    /// The limit of a group; `None` where the group is not counted by itself.
    #[must_use]
    pub fn of(&self, group: RateGroup) -> Option<Limit> {
        self.0.get(&group).copied()
    }

    /// Another limit for a group.
    #[must_use]
    pub fn with(mut self, group: RateGroup, limit: Limit) -> Self {
        self.0.insert(group, limit);
        self
    }

    /// The group under which a request is counted.
    #[must_use]
    pub fn counted_as(&self, group: RateGroup) -> RateGroup {
        match group {
            RateGroup::OnlineSessionClose if !self.0.contains_key(&group) => RateGroup::OnlineSession,
            RateGroup::BatchSessionClose if !self.0.contains_key(&group) => RateGroup::BatchSession,
            other => other,
        }
    }

    /// Takes over what KSeF answered; groups that are missing in it stay as they are.
    pub fn adjust(&mut self, effective: &EffectiveRateLimits) {
        for (group, limit) in [
            (RateGroup::OnlineSession, effective.online_session),
            (RateGroup::OnlineSessionClose, effective.online_session_close),
            (RateGroup::BatchSession, effective.batch_session),
            (RateGroup::BatchSessionClose, effective.batch_session_close),
            (RateGroup::InvoiceSend, effective.invoice_send),
            (RateGroup::InvoiceStatus, effective.invoice_status),
            (RateGroup::SessionList, effective.session_list),
            (RateGroup::SessionInvoiceList, effective.session_invoice_list),
            (RateGroup::SessionMisc, effective.session_misc),
            (RateGroup::InvoiceMetadata, effective.invoice_metadata),
            (RateGroup::InvoiceExport, effective.invoice_export),
            (RateGroup::InvoiceExportStatus, effective.invoice_export_status),
            (RateGroup::InvoiceDownload, effective.invoice_download),
            (RateGroup::CollectiveIdentifier, effective.collective_identifier),
            (RateGroup::Other, effective.other),
            (RateGroup::Public, effective.anonymous),
            (RateGroup::Global, effective.global),
        ] {
            if let Some(limit) = limit {
                self.0.insert(group, Limit::from_effective(limit));
            }
        }
    }
}

impl Default for RateLimits {
    fn default() -> Self {
        Self::published()
    }
}
