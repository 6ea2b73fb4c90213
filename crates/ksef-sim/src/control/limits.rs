//! Limits made small, budgets used up.

use ksef_types::Nip;
use serde::{Deserialize, Serialize};

use super::Control;
use crate::Operation;
use crate::contract::Group;
use crate::limits::Counted;

/// Limits of exports, which tests make small so that they can reach them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ExportLimits {
    /// Most invoices in a package; what is more is cut off (`isTruncated`).
    pub invoices: usize,
    /// Most bytes of a package, compressed.
    pub bytes: u64,
    /// Most bytes of a part before it is encrypted.
    pub part_bytes: u64,
    /// How many exports of a context may be in progress (21182).
    pub at_once: usize,
}

impl Default for ExportLimits {
    fn default() -> Self {
        Self { invoices: 10_000, bytes: 1_000_000_000, part_bytes: 50_000_000, at_once: 10 }
    }
}

impl Control {
    /// Makes the limits of exports smaller, or as they were by [`ExportLimits::default`].
    pub fn limit_exports(&self, limits: ExportLimits) {
        *self.0.export_limits() = limits;
    }

    /// Uses up part of a company's budget, as another program of the same office would.
    pub fn spend(&self, nip: Nip, operation: Operation, count: u32) {
        let group = crate::contract::of(operation).map_or(Group::Other, |contract| contract.group);
        let context = (group != Group::Public).then(|| format!("Nip:{nip}"));
        let counted = Counted { group, context, address: "127.0.0.1".to_owned() };
        self.0.windows().spend(counted, count, self.0.now());
    }

    /// Forgets what was counted for the rate limits.
    pub fn reset_rate_limits(&self) {
        self.0.windows().clear();
        self.0.services().used.clear();
    }
}
