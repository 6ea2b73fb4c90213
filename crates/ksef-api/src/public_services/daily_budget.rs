//! The white list's limits, which hold for a day in Poland and for the address of this computer.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::{Clock, warsaw_date, warsaw_day_ends};

/// What the white list counts apart.
///
/// Source: gov.pl/web/kas/api-wykazu-podatnikow-vat, "limity": 100 inquiries of the method search a day (each for at
/// most 30 subjects), 5000 of the method check; whoever uses them up is refused (WL-191, 429) until midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhiteListMethod {
    /// `/api/search/…`: everything that the list says.
    Search,
    /// `/api/check/…`: whether an account belongs to a payer.
    Check,
}

impl WhiteListMethod {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Search, Self::Check];

    /// So many requests a day.
    #[must_use]
    pub const fn limit(self) -> u32 {
        match self {
            Self::Search => 100,
            Self::Check => 5_000,
        }
    }

    /// As it stands in the path: `search`, `check`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Check => "check",
        }
    }
}

/// Counts the requests of a day, so that the limit is kept before it is hit: whoever hits it is shut out with
/// everybody behind the same address.
///
/// In memory. Who keeps the count over a restart puts it back with [`DailyBudget::raise`].
pub struct DailyBudget {
    clock: Arc<dyn Clock>,
    used: Mutex<Used>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Used {
    day: NaiveDate,
    search: u32,
    check: u32,
}

impl Used {
    const fn of(&mut self, method: WhiteListMethod) -> &mut u32 {
        match method {
            WhiteListMethod::Search => &mut self.search,
            WhiteListMethod::Check => &mut self.check,
        }
    }
}

impl DailyBudget {
    /// Nothing used yet.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, used: Mutex::default() }
    }

    /// How many requests of the day have left, or count as if they had.
    #[must_use]
    pub fn used(&self, method: WhiteListMethod) -> u32 {
        *self.today().of(method)
    }

    /// On that day at least so many had left already: before a restart, or from another process.
    pub fn raise(&self, method: WhiteListMethod, day: NaiveDate, used: u32) {
        let mut today = self.today();
        if today.day == day {
            let known = today.of(method);
            *known = used.max(*known);
        }
    }

    /// A place, or the moment from which there is one again.
    pub(super) fn take(&self, method: WhiteListMethod) -> Result<(), DateTime<Utc>> {
        let mut today = self.today();
        let used = today.of(method);
        if *used >= method.limit() {
            return Err(self.until());
        }
        *used += 1;
        Ok(())
    }

    /// The request never left this computer.
    pub(super) fn give_back(&self, method: WhiteListMethod) {
        let mut today = self.today();
        let used = today.of(method);
        *used = used.saturating_sub(1);
    }

    /// The service says that there is none left: others ask from the same address.
    pub(super) fn exhaust(&self, method: WhiteListMethod) -> DateTime<Utc> {
        *self.today().of(method) = method.limit();
        self.until()
    }

    fn until(&self) -> DateTime<Utc> {
        warsaw_day_ends(self.clock.now())
    }

    fn today(&self) -> MutexGuard<'_, Used> {
        let day = warsaw_date(self.clock.now());
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.day != day {
            *used = Used { day, ..Used::default() };
        }
        used
    }
}

impl fmt::Debug for DailyBudget {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let used = *self.today();
        formatter.debug_struct("DailyBudget").field("used", &used).finish_non_exhaustive()
    }
}
