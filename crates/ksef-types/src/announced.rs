//! Dates that were announced and may yet be moved: data, changed by an update of the program and by nothing else.

use chrono::{DateTime, NaiveDate, Utc};

use crate::time::warsaw_day_ends;

/// The last day on which tokens of KSeF work.
///
/// Source: the ministry's announcement: tokens end on 31 December 2026, certificates replace them.
pub const TOKENS_LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2026, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// The moment from which no token works any more: midnight in Poland after [`TOKENS_LAST_DAY`].
#[must_use]
pub fn tokens_end() -> DateTime<Utc> {
    let noon = TOKENS_LAST_DAY.and_hms_opt(12, 0, 0).unwrap_or_default();
    warsaw_day_ends(noon.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_polish_midnight_is_meant() {
        assert_eq!(tokens_end().to_rfc3339(), "2026-12-31T23:00:00+00:00");
    }
}
