//! When a recurring invoice comes, and what its dates are then. Pure.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use ksef_archive::RecurringUnit;
use ksef_invoice::draft::{InvoiceDraft, SaleMoment, typed_date};
use serde::{Deserialize, Serialize};

/// How often a recurring invoice comes; a quarter is three months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    /// Every so many, from 1.
    pub every: u32,
    /// Of what.
    pub unit: RhythmUnit,
}

/// Of what a rhythm is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RhythmUnit {
    /// Weeks.
    Week,
    /// Months, on the day of month of the first date; the last day where a month is shorter.
    Month,
    /// Months, on their last day.
    MonthEnd,
    /// Years; 29 February is the 28th where the year has none.
    Year,
}

impl Rhythm {
    /// The first date of the rhythm: the last day of its month where it is one of last days.
    #[must_use]
    pub fn first(self, date: NaiveDate) -> NaiveDate {
        if self.unit == RhythmUnit::MonthEnd { last_of_month(date) } else { date }
    }

    /// The date that follows one of its dates; `anchor` is a date that nothing shortened. `None` at the end of the calendar,
    /// or where the rhythm never comes again.
    #[must_use]
    pub fn after(self, anchor: NaiveDate, date: NaiveDate) -> Option<NaiveDate> {
        if self.every == 0 {
            return None;
        }
        let months = match self.unit {
            RhythmUnit::Week => return date.checked_add_days(Days::new(u64::from(self.every) * 7)),
            RhythmUnit::Month | RhythmUnit::MonthEnd => self.every,
            RhythmUnit::Year => self.every.checked_mul(12)?,
        };
        let month = date.with_day(1)?.checked_add_months(Months::new(months))?;
        let last = last_of_month(month);
        let day = if self.unit == RhythmUnit::MonthEnd { last.day() } else { anchor.day().min(last.day()) };
        month.with_day(day)
    }
}

impl From<RhythmUnit> for RecurringUnit {
    fn from(unit: RhythmUnit) -> Self {
        match unit {
            RhythmUnit::Week => Self::Week,
            RhythmUnit::Month => Self::Month,
            RhythmUnit::MonthEnd => Self::MonthEnd,
            RhythmUnit::Year => Self::Year,
        }
    }
}

impl From<RecurringUnit> for RhythmUnit {
    fn from(unit: RecurringUnit) -> Self {
        match unit {
            RecurringUnit::Week => Self::Week,
            RecurringUnit::Month => Self::Month,
            RecurringUnit::MonthEnd => Self::MonthEnd,
            RecurringUnit::Year => Self::Year,
        }
    }
}

/// A draft that was written for one date, as it is for another: the dates and periods of its sale and its terms move along,
/// by days in a rhythm of weeks, by months in others. What is no date stays as it was typed.
pub(super) fn moved(draft: &InvoiceDraft, unit: RhythmUnit, from: NaiveDate, to: NaiveDate) -> InvoiceDraft {
    let mut draft = draft.clone();
    let shift = |text: &mut String| {
        if let Some(date) = typed_date(text).and_then(|date| shifted(date, unit, from, to)) {
            *text = date.to_string();
        }
    };
    match &mut draft.sale {
        SaleMoment::Unsaid => {}
        SaleMoment::Day { date } => shift(date),
        SaleMoment::Period { from, to } => {
            shift(from);
            shift(to);
        }
    }
    draft.lines.iter_mut().for_each(|line| shift(&mut line.sale_date));
    let fixed = draft.payment.terms.iter_mut().filter(|term| term.days.trim().is_empty());
    fixed.for_each(|term| shift(&mut term.date));
    draft
}

fn shifted(date: NaiveDate, unit: RhythmUnit, from: NaiveDate, to: NaiveDate) -> Option<NaiveDate> {
    if unit == RhythmUnit::Week {
        return date.checked_add_signed(to - from);
    }
    let months = month_of(to) - month_of(from);
    let first = date.with_day(1)?;
    let month = match u32::try_from(months) {
        Ok(months) => first.checked_add_months(Months::new(months))?,
        Err(_) => first.checked_sub_months(Months::new(months.unsigned_abs()))?,
    };
    let last = last_of_month(month);
    // The end of a period stays the end of its month.
    if date == last_of_month(date) { Some(last) } else { month.with_day(date.day().min(last.day())) }
}

fn month_of(date: NaiveDate) -> i32 {
    date.year() * 12 + i32::try_from(date.month0()).unwrap_or(0)
}

fn last_of_month(date: NaiveDate) -> NaiveDate {
    let next = date.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
    next.map_or(date, |next| next - TimeDelta::days(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn dates(unit: RhythmUnit, every: u32, first: &str, count: usize) -> Vec<String> {
        let rhythm = Rhythm { every, unit };
        let anchor = rhythm.first(day(first));
        let following = |date: &NaiveDate| rhythm.after(anchor, *date);
        std::iter::successors(Some(anchor), following).take(count).map(|date| date.to_string()).collect()
    }

    #[test]
    fn every_rhythm_keeps_its_day() {
        use RhythmUnit::{Month, MonthEnd, Week, Year};
        assert_eq!(dates(Week, 2, "2026-12-24", 3), ["2026-12-24", "2027-01-07", "2027-01-21"]);
        assert_eq!(
            dates(Month, 1, "2027-01-31", 4),
            ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]
        );
        assert_eq!(dates(Month, 3, "2026-11-10", 3), ["2026-11-10", "2027-02-10", "2027-05-10"]);
        assert_eq!(dates(MonthEnd, 1, "2027-02-03", 3), ["2027-02-28", "2027-03-31", "2027-04-30"]);
        assert_eq!(dates(Year, 1, "2028-02-29", 5).last().unwrap(), "2032-02-29");
        assert_eq!(dates(Year, 1, "2028-02-29", 2).last().unwrap(), "2029-02-28");
        assert_eq!(dates(Month, 0, "2026-11-10", 9).len(), 1);
        assert_eq!(dates(Year, u32::MAX, "2026-11-10", 9).len(), 1);
    }

    #[test]
    fn the_dates_inside_move_along() {
        let period = |from: &str, to: &str| SaleMoment::Period { from: from.to_owned(), to: to.to_owned() };
        let mut draft = InvoiceDraft { sale: period("2026-11-01", "2026-11-30"), ..InvoiceDraft::default() };
        draft.payment.terms = vec![ksef_invoice::draft::TermDraft {
            date: "2026-12-10".to_owned(),
            ..ksef_invoice::draft::TermDraft::default()
        }];
        let december = moved(&draft, RhythmUnit::Month, day("2026-11-30"), day("2026-12-30"));
        assert_eq!(december.sale, period("2026-12-01", "2026-12-31"));
        assert_eq!(december.payment.terms[0].date, "2027-01-10");
        let back = moved(&december, RhythmUnit::Month, day("2026-12-30"), day("2026-11-30"));
        assert_eq!(back, draft);
        let week = moved(&draft, RhythmUnit::Week, day("2026-11-30"), day("2026-12-07"));
        assert_eq!(week.sale, period("2026-11-08", "2026-12-07"));
    }

    #[test]
    fn a_date_as_poles_type_it_moves_along() {
        let sale = |date: &str| SaleMoment::Day { date: date.to_owned() };
        let draft = InvoiceDraft { sale: sale(" 30.11.2026 "), ..InvoiceDraft::default() };
        let december = moved(&draft, RhythmUnit::Month, day("2026-11-30"), day("2026-12-30"));
        assert_eq!(december.sale, sale("2026-12-31"));
    }

    #[test]
    fn what_is_no_date_stays_as_it_was_typed() {
        let sale = SaleMoment::Day { date: "jutro".to_owned() };
        let draft = InvoiceDraft { sale, ..InvoiceDraft::default() };
        assert_eq!(moved(&draft, RhythmUnit::Year, day("2026-11-30"), day("2027-11-30")), draft);
    }
}
