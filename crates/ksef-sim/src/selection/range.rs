use chrono::{DateTime, Duration, Months, Utc};
use chrono_tz::Europe::Warsaw;
use serde_json::Value;

use crate::model::{DateType, Invoice};
use crate::process::parse_moment;
use crate::store::State;

/// The longest range in months.
const LONGEST_MONTHS: u32 = 3;

/// A range of dates, cut down to what may be looked at.
#[derive(Debug, Clone)]
pub(crate) struct Range {
    pub(crate) kind: DateType,
    pub(crate) from: DateTime<Utc>,
    pub(crate) to: DateTime<Utc>,
    /// The high water mark, as far as the range goes; only for permanent storage.
    pub(crate) mark: Option<DateTime<Utc>>,
}

/// What is wrong with a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RangeFault {
    /// The field cannot be read.
    Unreadable(&'static str),
    /// It ends before it starts.
    Reversed,
    /// Longer than three months.
    TooLong,
    /// It starts above the high water mark to which it is restricted.
    OutOfReach,
}

impl RangeFault {
    /// The detail of 21405.
    pub(crate) fn detail(self) -> String {
        match self {
            Self::Unreadable(field) => format!("Pole 'dateRange.{field}' ma nieprawidłowy format."),
            Self::Reversed => "Pole 'dateRange.to' jest wcześniejsze niż 'dateRange.from'.".to_owned(),
            Self::TooLong => format!("Zakres dat nie może przekraczać {LONGEST_MONTHS} miesięcy."),
            Self::OutOfReach => crate::contract::OUT_OF_REACH_DETAIL.to_owned(),
        }
    }
}

/// Below it nothing will be added: before the oldest document that waits for its storage, and so far back as the
/// management wishes.
fn high_water_mark(state: &State, now: DateTime<Utc>, lag: Duration) -> DateTime<Utc> {
    let waiting = state.invoices.rows().filter(|row| row.accepted() && row.permanent_storage.is_none());
    let oldest = waiting.filter_map(|row| row.acquisition).min();
    oldest.map_or_else(|| latest(state, now), |oldest| oldest.min(now)) - lag
}

/// Now, or the last date of storage where dates that must differ have run ahead of a clock that stands still.
fn latest(state: &State, now: DateTime<Utc>) -> DateTime<Utc> {
    state.invoices.rows().filter_map(|row| row.permanent_storage).max().map_or(now, |last| last.max(now))
}

/// Reads the range of filters; what is left open ends at `now`.
pub(crate) fn range(
    state: &State,
    filters: &Value,
    now: DateTime<Utc>,
    lag: Duration,
) -> Result<Range, RangeFault> {
    let text = |field: &str| filters.pointer(&format!("/dateRange/{field}")).and_then(Value::as_str);
    let kind = match text("dateType") {
        Some("Issue") => DateType::Issue,
        Some("Invoicing") => DateType::Invoicing,
        _ => DateType::PermanentStorage,
    };
    let from = text("from").and_then(parse_moment).ok_or(RangeFault::Unreadable("from"))?;
    let to = match text("to") {
        None => latest(state, now),
        Some(text) => parse_moment(text).ok_or(RangeFault::Unreadable("to"))?,
    };
    if to < from {
        return Err(RangeFault::Reversed);
    }
    if too_long(from, to) {
        return Err(RangeFault::TooLong);
    }
    let restricts =
        filters.pointer("/dateRange/restrictToPermanentStorageHwmDate") == Some(&Value::Bool(true));
    let mark = (kind == DateType::PermanentStorage).then(|| high_water_mark(state, now, lag).min(to));
    let to = match mark {
        Some(mark) if restricts && from > mark => return Err(RangeFault::OutOfReach),
        Some(mark) if restricts => to.min(mark),
        _ => to,
    };
    Ok(Range { kind, from, to, mark })
}

/// Three months in UTC or in Polish time, whichever is longer.
fn too_long(from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
    let three = Months::new(LONGEST_MONTHS);
    let utc = from.checked_add_months(three).is_none_or(|latest| to > latest);
    let polish = from.with_timezone(&Warsaw).checked_add_months(three);
    utc && polish.is_none_or(|latest| to > latest.with_timezone(&Utc))
}

/// The date by which a document is looked for.
pub(crate) fn date(row: &Invoice, kind: DateType) -> Option<DateTime<Utc>> {
    match kind {
        DateType::Issue => {
            let midnight = row.facts.as_ref()?.issue_date.and_hms_opt(0, 0, 0)?;
            Some(midnight.and_local_timezone(Warsaw).earliest()?.with_timezone(&Utc))
        }
        DateType::Invoicing => Some(row.invoicing),
        DateType::PermanentStorage => row.permanent_storage,
    }
}
