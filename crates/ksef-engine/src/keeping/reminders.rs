use chrono::{DateTime, NaiveDate, Utc};
use ksef_archive::{ArchiveError, CredentialNote, NoteSlot};
use ksef_types::{Environment, Nip, TOKENS_LAST_DAY, tokens_end, warsaw_date};

use crate::{CredentialSlot, Engine, EngineError};

/// Days before the end at which a person is reminded.
const STAGES: [u32; 4] = [7, 14, 30, 60];
const FIRST_STAGE: u32 = {
    let [.., first] = STAGES;
    first
};

/// The reminder that is due with so many whole days left: 60, 30, 14, 7, or 0 when it is over.
#[must_use]
pub fn due(days_left: i64) -> Option<u32> {
    if days_left < 0 {
        return Some(0);
    }
    STAGES.into_iter().find(|stage| days_left <= i64::from(*stage))
}

/// A credential that ends soon, or has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Of which company.
    pub company: Nip,
    /// Where.
    pub environment: Environment,
    /// What.
    pub slot: CredentialSlot,
    /// The last day, in Poland.
    pub until: NaiveDate,
    /// Whole days until the end; negative after it.
    pub days_left: i64,
    /// See [`due`]; 60 also before that, for a company that lives on a token.
    pub due: u32,
    /// The company lives on the token: no authentication certificate stands beside it.
    pub only_way_in: bool,
}

/// One note, as the archive lists them.
type Noted = (Nip, Environment, NoteSlot, CredentialNote);

impl Engine {
    /// What ends soon, of all companies in every environment, the most pressing first.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn reminders(&self) -> Result<Vec<Reminder>, EngineError> {
        let notes = self.archive().read::<_, ArchiveError>(|tables| tables.credential_notes().all())?;
        Ok(of_notes(&notes, self.now()))
    }
}

fn of_notes(notes: &[Noted], now: DateTime<Utc>) -> Vec<Reminder> {
    let mut reminders: Vec<Reminder> = notes.iter().filter_map(|noted| of_note(noted, notes, now)).collect();
    reminders.sort_by_key(|reminder| (reminder.days_left, reminder.company, reminder.environment));
    reminders
}

fn of_note(noted: &Noted, all: &[Noted], now: DateTime<Utc>) -> Option<Reminder> {
    let (company, environment, slot, note) = noted;
    let beside = |wanted: NoteSlot| {
        all.iter().any(|(nip, place, slot, _)| nip == company && place == environment && *slot == wanted)
    };
    let (slot, end, until) = match slot {
        NoteSlot::Authentication => {
            (CredentialSlot::Authentication, note.not_after?, warsaw_date(note.not_after?))
        }
        NoteSlot::Offline => (CredentialSlot::Offline, note.not_after?, warsaw_date(note.not_after?)),
        NoteSlot::Token => (CredentialSlot::Token, tokens_end(), TOKENS_LAST_DAY),
    };
    let only_way_in = match slot {
        CredentialSlot::Authentication => !beside(NoteSlot::Token),
        CredentialSlot::Offline => false,
        CredentialSlot::Token => !beside(NoteSlot::Authentication),
    };
    let days_left = (end - now).num_seconds().div_euclid(86_400);
    // Whoever lives on a token has more to do than to renew it, and is told from the first day.
    let lives_on_token = slot == CredentialSlot::Token && only_way_in;
    let due = due(days_left).or(lives_on_token.then_some(FIRST_STAGE))?;
    Some(Reminder { company: *company, environment: *environment, slot, until, days_left, due, only_way_in })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn reminders_are_due_at_60_30_14_7_and_at_the_end() {
        for (days, expected) in [
            (61, None),
            (60, Some(60)),
            (31, Some(60)),
            (30, Some(30)),
            (15, Some(30)),
            (14, Some(14)),
            (8, Some(14)),
            (7, Some(7)),
            (0, Some(7)),
            (-1, Some(0)),
            (-400, Some(0)),
        ] {
            assert_eq!(due(days), expected, "{days}");
        }
    }

    fn note(not_after: Option<DateTime<Utc>>) -> CredentialNote {
        CredentialNote {
            certificate: None,
            subject: None,
            serial: None,
            typed_serial: None,
            not_after,
            reference_number: None,
            stored_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_company_that_lives_on_its_token_is_told() {
        let now = tokens_end() - TimeDelta::days(40) - TimeDelta::hours(1);
        let (one, other): (Nip, Nip) = ("5265877635".parse().unwrap(), "1111111111".parse().unwrap());
        let place = Environment::Production;
        let notes = [
            (one, place, NoteSlot::Token, note(None)),
            (other, place, NoteSlot::Token, note(None)),
            (other, place, NoteSlot::Authentication, note(Some(now + TimeDelta::days(10)))),
            (other, Environment::Test, NoteSlot::Offline, note(Some(now + TimeDelta::days(100)))),
        ];
        let found = of_notes(&notes, now);
        let brief: Vec<_> =
            found.iter().map(|found| (found.company, found.slot, found.due, found.only_way_in)).collect();
        assert_eq!(
            brief,
            [
                (other, CredentialSlot::Authentication, 14, false),
                (other, CredentialSlot::Token, 60, false),
                (one, CredentialSlot::Token, 60, true),
            ]
        );
        assert_eq!(found[2].until, TOKENS_LAST_DAY);
        let long_before = of_notes(&notes, now - TimeDelta::days(300));
        let brief: Vec<_> = long_before.iter().map(|found| (found.company, found.slot, found.due)).collect();
        assert_eq!(brief, [(one, CredentialSlot::Token, 60)], "only the one that lives on its token");
    }
}
