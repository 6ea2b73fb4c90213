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
