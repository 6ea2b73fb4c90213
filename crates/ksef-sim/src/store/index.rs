//! What is kept beside the tables, so that ten thousand documents of one batch are not compared with one another.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use ksef_types::{Nip, ReferenceNumber};

use crate::model::Facts;

/// The service's clock has seven digits of a second.
const TICK_NANOSECONDS: i64 = 100;

/// The dates of permanent storage that are taken, each with a later one from which to look on for a free one.
#[derive(Debug, Default)]
pub(crate) struct StorageDates(HashMap<DateTime<Utc>, DateTime<Utc>>);

impl StorageDates {
    /// Takes a date that may be taken already.
    pub(crate) fn insert(&mut self, date: DateTime<Utc>) {
        self.0.entry(date).or_insert(date + tick());
    }

    /// Takes the first free date after a moment.
    pub(crate) fn next_after(&mut self, moment: DateTime<Utc>) -> DateTime<Utc> {
        let mut date = moment + tick();
        let mut taken = Vec::new();
        while let Some(later) = self.0.get(&date) {
            taken.push(date);
            date = *later;
        }
        self.insert(date);
        // The way is shorter for the next one.
        for past in taken {
            self.0.insert(past, date + tick());
        }
        date
    }
}

fn tick() -> Duration {
    Duration::nanoseconds(TICK_NANOSECONDS)
}

/// Seller, kind, number: what is the same in a duplicate. Source: the guide, "Weryfikacja faktury", "Unikalność".
#[derive(Debug, Default)]
pub(crate) struct Originals(HashMap<(Nip, String, String), ReferenceNumber>);

impl Originals {
    /// The document that said the same and was accepted.
    pub(crate) fn of(&self, facts: &Facts) -> Option<&ReferenceNumber> {
        self.0.get(&key(facts))
    }

    pub(crate) fn insert(&mut self, facts: &Facts, reference: &ReferenceNumber) {
        self.0.entry(key(facts)).or_insert_with(|| reference.clone());
    }
}

fn key(facts: &Facts) -> (Nip, String, String) {
    (facts.seller, facts.kind.clone(), facts.number.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_date_is_given_once_and_in_order() {
        let moment = DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
        let mut dates = StorageDates::default();
        dates.insert(moment + tick() * 3);
        let given: Vec<_> = (0..4).map(|_| dates.next_after(moment)).collect();
        assert_eq!(given, [1, 2, 4, 5].map(|ticks| moment + tick() * ticks));
        let earlier = moment - tick();
        assert_eq!(dates.next_after(earlier), moment, "what waited has the date of its turn");
    }
}
