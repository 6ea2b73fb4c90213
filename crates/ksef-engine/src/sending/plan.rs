//! What to do next, decided by looking at both sides. Pure: no clock, no network, no database.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use ksef_archive::{OutboxRow, OutboxState, SessionRow};

/// So many documents leave between two looks at those that left before.
const DOCUMENTS_AT_ONCE: usize = 10;
/// So many looks a session stays open for further documents while the last ones are being checked.
const LOOKS_BEFORE_CLOSING: u32 = 6;

/// Everything that the decision depends on.
pub(super) struct View<'a> {
    /// Entries with which something is still to be done, oldest first.
    pub(super) rows: &'a [OutboxRow],
    /// Sessions that are open or whose closing is not confirmed.
    pub(super) sessions: &'a [SessionRow],
    /// The session whose key is in memory: the only one that can take documents.
    pub(super) live: Option<i64>,
    pub(super) now: DateTime<Utc>,
    /// A person wants nothing more to leave.
    pub(super) cancelled: bool,
}

/// The next piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// Answers were lost: ask KSeF what the session has of these.
    Ask { session: i64, entries: Vec<i64> },
    /// Look how far KSeF is with these.
    Look { session: i64, entries: Vec<i64> },
    /// Fetch the confirmations of these.
    FetchUpo { entries: Vec<i64> },
    /// Send these.
    Send { entries: Vec<i64> },
    /// Close a session that is not needed any more.
    Close { session: i64 },
    /// Nothing is due before that moment.
    Wait { until: DateTime<Utc> },
    /// Nothing is left to do without a person.
    Done,
}

/// Decides. What may have been sent is settled before anything new is sent.
pub(super) fn next(view: &View<'_>) -> Next {
    let due = |row: &&OutboxRow| row.standing.next_attempt_at.is_none_or(|at| at <= view.now);
    let in_state = |state: OutboxState| view.rows.iter().filter(move |row| row.standing.state == state);
    if let Some((session, entries)) = first_session(in_state(OutboxState::Sending).filter(due)) {
        return Next::Ask { session, entries };
    }
    if let Some((session, entries)) = first_session(in_state(OutboxState::Sent).filter(due)) {
        return Next::Look { session, entries };
    }
    let entries = ids(in_state(OutboxState::Accepted).filter(due));
    if !entries.is_empty() {
        return Next::FetchUpo { entries };
    }
    let mut entries = ids(in_state(OutboxState::Queued).filter(|row| !is_parked(row)).filter(due));
    if !view.cancelled && !entries.is_empty() {
        entries.truncate(DOCUMENTS_AT_ONCE);
        return Next::Send { entries };
    }
    if let Some(session) = view.sessions.iter().find(|session| may_be_closed(session, view)) {
        return Next::Close { session: session.id };
    }
    wait(view)
}

/// Queued, and waiting for a person rather than for a time.
pub(super) fn is_parked(row: &OutboxRow) -> bool {
    row.standing.problem.is_some() && row.standing.next_attempt_at.is_none()
}

fn first_session<'a>(rows: impl Iterator<Item = &'a OutboxRow>) -> Option<(i64, Vec<i64>)> {
    let mut by_session: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for row in rows {
        if let Some(session) = row.standing.session_id {
            by_session.entry(session).or_default().push(row.id);
        }
    }
    by_session.into_iter().next()
}

fn ids<'a>(rows: impl Iterator<Item = &'a OutboxRow>) -> Vec<i64> {
    rows.map(|row| row.id).collect()
}

fn may_be_closed(session: &SessionRow, view: &View<'_>) -> bool {
    if session.next_attempt_at.is_some_and(|at| view.now < at) {
        return false;
    }
    let of_session = |row: &&OutboxRow| row.standing.session_id == Some(session.id);
    let state = |row: &OutboxRow| row.standing.state;
    if view.rows.iter().filter(of_session).any(|row| state(row) == OutboxState::Sending) {
        return false;
    }
    if view.live != Some(session.id) || view.cancelled {
        return true;
    }
    let wanted = view.rows.iter().any(|row| state(row) == OutboxState::Queued && !is_parked(row));
    let fresh = view
        .rows
        .iter()
        .filter(of_session)
        .any(|row| state(row) == OutboxState::Sent && row.standing.attempts < LOOKS_BEFORE_CLOSING);
    !wanted && !fresh
}

fn wait(view: &View<'_>) -> Next {
    let rows = view
        .rows
        .iter()
        .filter(|row| !(view.cancelled && row.standing.state == OutboxState::Queued))
        .filter_map(|row| row.standing.next_attempt_at);
    let sessions = view.sessions.iter().filter_map(|session| session.next_attempt_at);
    rows.chain(sessions).min().map_or(Next::Done, |until| Next::Wait { until })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDate, TimeDelta};
    use ksef_archive::{SessionState, Standing, Stands};
    use ksef_types::{Environment, ReferenceNumber, Sha256Hash};

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn row(id: i64, state: OutboxState) -> OutboxRow {
        let session_id = (!matches!(state, OutboxState::Queued)).then_some(7);
        OutboxRow {
            id,
            company: "5265877635".parse().unwrap(),
            environment: Environment::Test,
            file_name: "f.xml".to_owned(),
            sha256: Sha256Hash::new([0; 32]),
            form: "FA (3)".to_owned(),
            stands: Stands {
                number: "1".to_owned(),
                issue_date: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
                kind: "VAT".to_owned(),
                seller_nip: "5265877635".to_owned(),
                seller_name: "A".to_owned(),
                buyer_identifier: None,
                buyer_name: None,
                gross: "1.23".to_owned(),
                currency: "PLN".to_owned(),
            },
            queued_at: now(),
            standing: Standing {
                state,
                session_id,
                invoice_reference: None,
                ksef_number: None,
                upo_session: None,
                sent_at: None,
                accepted_at: None,
                problem: None,
                attempts: 0,
                next_attempt_at: None,
            },
            has_upo: false,
        }
    }

    fn session(state: SessionState) -> SessionRow {
        SessionRow {
            id: 7,
            reference_number: ReferenceNumber::compose(now().date_naive(), ['S', 'O'], [0; 11]),
            state,
            valid_until: now() + TimeDelta::hours(12),
            close_attempts: 0,
            next_attempt_at: None,
        }
    }

    fn decide(rows: &[OutboxRow], sessions: &[SessionRow], live: Option<i64>, cancelled: bool) -> Next {
        next(&View { rows, sessions, live, now: now(), cancelled })
    }

    #[test]
    fn what_may_have_left_is_settled_before_anything_new_leaves() {
        let rows = [row(1, OutboxState::Queued), row(2, OutboxState::Sent), row(3, OutboxState::Sending)];
        let open = [session(SessionState::Open)];
        assert_eq!(decide(&rows, &open, Some(7), false), Next::Ask { session: 7, entries: vec![3] });
        assert_eq!(decide(&rows[..2], &open, Some(7), false), Next::Look { session: 7, entries: vec![2] });
        assert_eq!(decide(&rows[..1], &open, Some(7), false), Next::Send { entries: vec![1] });
    }

    #[test]
    fn a_cancelled_run_sends_nothing_and_closes_its_session() {
        let rows = [row(1, OutboxState::Queued)];
        let open = [session(SessionState::Open)];
        assert_eq!(decide(&rows, &open, Some(7), true), Next::Close { session: 7 });
        assert_eq!(decide(&rows, &[], None, true), Next::Done);
    }

    #[test]
    fn a_session_stays_open_while_its_last_documents_are_fresh() {
        let mut checked = row(1, OutboxState::Sent);
        let later = now() + TimeDelta::seconds(5);
        checked.standing.next_attempt_at = Some(later);
        let open = [session(SessionState::Open)];
        assert_eq!(
            decide(std::slice::from_ref(&checked), &open, Some(7), false),
            Next::Wait { until: later }
        );
        checked.standing.attempts = LOOKS_BEFORE_CLOSING;
        assert_eq!(decide(std::slice::from_ref(&checked), &open, Some(7), false), Next::Close { session: 7 });
        // After a new start its key is gone.
        checked.standing.attempts = 0;
        assert_eq!(decide(&[checked], &open, None, false), Next::Close { session: 7 });
    }

    #[test]
    fn a_session_with_a_lost_answer_is_not_closed_behind_its_back() {
        let mut lost = row(1, OutboxState::Sending);
        let later = now() + TimeDelta::seconds(5);
        lost.standing.next_attempt_at = Some(later);
        assert_eq!(decide(&[lost], &[session(SessionState::Open)], None, false), Next::Wait { until: later });
    }

    #[test]
    fn what_waits_for_a_person_is_left_alone() {
        let mut parked = row(1, OutboxState::Queued);
        parked.standing.problem = Some("x".to_owned());
        assert_eq!(decide(&[parked], &[], None, false), Next::Done);
    }
}
