use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use ksef_types::{ApiAddress, Clock, ContextIdentifier};

use crate::budget::{PerAddress, RateBudget, RateLimits};

/// The budgets of a program: one for each company at each address, made when it is first asked for.
pub struct RateBudgets {
    clock: Arc<dyn Clock>,
    limits: RateLimits,
    budgets: Mutex<HashMap<ApiAddress, AtAddress>>,
}

#[derive(Default)]
struct AtAddress {
    shared: Arc<PerAddress>,
    companies: HashMap<ContextIdentifier, Arc<RateBudget>>,
}

impl RateBudgets {
    /// Budgets with the published limits.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self::with_limits(RateLimits::published(), clock)
    }

    /// Budgets that begin with other limits.
    #[must_use]
    pub fn with_limits(limits: RateLimits, clock: Arc<dyn Clock>) -> Self {
        Self { clock, limits, budgets: Mutex::default() }
    }

    /// The one budget of that company at that address. Companies at one address share what KSeF counts for the
    /// address of this computer.
    #[must_use]
    pub fn budget(&self, address: &ApiAddress, company: &ContextIdentifier) -> Arc<RateBudget> {
        let mut budgets = self.budgets.lock().unwrap_or_else(PoisonError::into_inner);
        let at_address = budgets.entry(address.clone()).or_default();
        let shared = Arc::clone(&at_address.shared);
        let make = || Arc::new(RateBudget::sharing(self.limits.clone(), Arc::clone(&self.clock), shared));
        Arc::clone(at_address.companies.entry(company.clone()).or_insert_with(make))
    }
}

impl std::fmt::Debug for RateBudgets {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("RateBudgets").finish_non_exhaustive()
    }
}
