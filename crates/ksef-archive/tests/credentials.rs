//! The tables about credentials through their doors: journal, requests for certificates, what is known, contexts.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use ksef_archive::{
    Archive, ArchiveError, CertificateKind, CertificateState, EnrolmentAlgorithm, EnrolmentProblem,
    EnrolmentStep, JournalCheck, JournalOutcome, JournalQuery, KnownToken, LeftKey, ListedCertificate,
    NewEnrolment, NewJournalEntry, RevocationReason, TokenState, WantedRights,
};
use ksef_types::{CertificateSerial, ContextIdentifier, ContextKind, Environment, Nip};
use proptest::prelude::*;

const TEST: Environment = Environment::Test;

fn nip() -> Nip {
    "5265877635".parse().unwrap()
}

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_778)
}

fn later(minutes: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(minutes)
}

fn archive(folder: &Path) -> Archive {
    let archive = Archive::open(&folder.join("archiwum.db")).unwrap();
    archive
        .write::<_, ArchiveError>(|tables| tables.companies_mut().put(nip(), Some("Przykład"), now()))
        .unwrap();
    archive
}

/// Raw SQL beside the program, as another program would do it.
fn raw(folder: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.join("archiwum.db")).unwrap()
}

fn entry<'a>(action: &'a str, detail: Option<&'a str>) -> NewJournalEntry<'a> {
    NewJournalEntry {
        at: now(),
        company: Some(nip()),
        environment: Some(TEST),
        action,
        object: Some("019A0CE840428FE6"),
        outcome: JournalOutcome::Done,
        detail,
    }
}

fn append(archive: &Archive, entry: &NewJournalEntry<'_>) -> i64 {
    archive.write::<_, ArchiveError>(|tables| tables.journal_mut().append(entry)).unwrap()
}

fn append_many(archive: &Archive, count: usize) {
    for _ in 0..count {
        append(archive, &entry("certificate-stored", None));
    }
}

mod journal {
    use super::*;

    #[test]
    fn newest_first_by_page_and_filtered() {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        let ids: Vec<i64> = (0..5).map(|_| append(&archive, &entry("certificate-stored", None))).collect();
        let lock =
            NewJournalEntry { company: None, environment: None, object: None, ..entry("lock-set", None) };
        let last = append(&archive, &lock);
        let page = |query: JournalQuery<'_>| -> Vec<i64> {
            let rows = archive.read::<_, ArchiveError>(|tables| tables.journal().page(&query)).unwrap();
            rows.iter().map(|row| row.id).collect()
        };
        let all = JournalQuery { limit: 2, ..Default::default() };
        assert_eq!(page(all), [last, ids[4]]);
        assert_eq!(page(JournalQuery { before: Some(ids[4]), ..all }), [ids[3], ids[2]]);
        assert_eq!(page(JournalQuery { company: Some(nip()), ..all }), [ids[4], ids[3]]);
        assert_eq!(page(JournalQuery { action: Some("lock-set"), ..all }), [last]);
        assert_eq!(page(JournalQuery { environment: Some(Environment::Demo), ..all }), [0_i64; 0]);
        let onwards = archive.read::<_, ArchiveError>(|tables| tables.journal().onwards(ids[3], 10)).unwrap();
        assert_eq!(onwards.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[4], last]);
        assert_eq!((onwards[1].company, onwards[1].action.as_str()), (None, "lock-set"));
    }

    #[test]
    fn nothing_is_changed_and_nothing_goes() {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        append(&archive, &entry("certificate-revoked", Some("superseded")));
        for statement in ["UPDATE journal SET action = 'x'", "DELETE FROM journal"] {
            assert!(raw(folder.path()).execute(statement, []).is_err(), "{statement}");
        }
        let odd = archive.write(|tables| tables.journal_mut().append(&entry("Not a name", None)));
        assert!(matches!(odd, Err(ArchiveError::Rule(_))));
    }

    #[test]
    fn a_second_look_reads_what_came_since() {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        append_many(&archive, 3);
        let first = archive.read::<_, ArchiveError>(|tables| tables.journal().verify()).unwrap();
        assert_eq!((first.entries, first.read), (3, 3));
        let again = |before: &JournalCheck| {
            archive.read::<_, ArchiveError>(|tables| tables.journal().verify_since(before)).unwrap()
        };
        assert_eq!(again(&first).read, 0);
        append_many(&archive, 2);
        let second = again(&first);
        assert_eq!((second.entries, second.read, second.first_broken), (5, 2, None));
        let whole = archive.read::<_, ArchiveError>(|tables| tables.journal().verify()).unwrap();
        assert_eq!(second.head, whole.head);
        // Another process adds rightly: everything is looked at once more, and found whole.
        append_many(&super::archive(folder.path()), 1);
        let third = again(&second);
        assert_eq!((third.entries, third.read, third.first_broken), (6, 6, None));
        assert_eq!(again(&third).read, 0);
    }

    #[test]
    fn what_is_changed_between_two_looks_is_found() {
        for (statement, broken) in [
            ("UPDATE journal SET detail = 'x' WHERE id = 2", 2),
            ("DELETE FROM journal WHERE id = 1", 2),
            // Off the end: the chain that is left holds, and yet it is not what was seen.
            ("DELETE FROM journal WHERE id = 5", 5),
            ("DELETE FROM journal", 5),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let archive = archive(folder.path());
            append_many(&archive, 5);
            let mut check = archive.read::<_, ArchiveError>(|tables| tables.journal().verify()).unwrap();
            let other = raw(folder.path());
            other.execute_batch("DROP TRIGGER journal_stays; DROP TRIGGER journal_remains").unwrap();
            other.execute_batch(statement).unwrap();
            // And it stays found, whatever comes after it.
            for _ in 0..2 {
                check =
                    archive.read::<_, ArchiveError>(|tables| tables.journal().verify_since(&check)).unwrap();
                assert_eq!(check.first_broken, Some(broken), "{statement}");
                append_many(&archive, 1);
                append_many(&super::archive(folder.path()), 1);
            }
        }
    }

    #[test]
    fn an_empty_journal_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let check =
            archive(folder.path()).read::<_, ArchiveError>(|tables| tables.journal().verify()).unwrap();
        assert_eq!((check.entries, check.first_broken, check.head), (0, None, None));
    }

    /// Every way by which another program can change the table, once its triggers are gone.
    #[test]
    fn whoever_changes_the_table_is_found_out() {
        for (statement, broken) in [
            ("SELECT 1 FROM journal", None),
            ("UPDATE journal SET detail = 'x' WHERE id = 3", Some(3)),
            ("UPDATE journal SET at = at + 1 WHERE id = 1", Some(1)),
            ("UPDATE journal SET nip = NULL WHERE id = 2", Some(2)),
            ("UPDATE journal SET outcome = 'failed' WHERE id = 5", Some(5)),
            ("UPDATE journal SET object = NULL, detail = '019A0CE840428FE6' WHERE id = 4", Some(4)),
            ("UPDATE journal SET hash = randomblob(32) WHERE id = 2", Some(2)),
            ("UPDATE journal SET action = 'bad', nip = '0000000000' WHERE id = 2", Some(2)),
            ("DELETE FROM journal WHERE id = 3", Some(4)),
            ("DELETE FROM journal WHERE id = 1", Some(2)),
            (
                "INSERT INTO journal (at, action, outcome, previous, hash)
                 VALUES (1, 'x', 'done', (SELECT hash FROM journal WHERE id = 5), randomblob(32))",
                Some(6),
            ),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let archive = archive(folder.path());
            append_many(&archive, 5);
            let other = raw(folder.path());
            other.execute_batch("DROP TRIGGER journal_stays; DROP TRIGGER journal_remains").unwrap();
            other.execute_batch(statement).unwrap();
            let check = archive.read::<_, ArchiveError>(|tables| tables.journal().verify()).unwrap();
            assert_eq!(check.first_broken, broken, "{statement}");
        }
    }

    #[test]
    fn what_is_taken_off_the_end_shows_in_the_head() {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        append_many(&archive, 3);
        let verify = || archive.read::<_, ArchiveError>(|tables| tables.journal().verify()).unwrap();
        let before = verify();
        let other = raw(folder.path());
        other.execute_batch("DROP TRIGGER journal_remains; DELETE FROM journal WHERE id = 3").unwrap();
        let after = verify();
        assert_eq!((after.first_broken, after.entries), (None, 2));
        assert_ne!(after.head, before.head);
    }

    #[test]
    fn two_processes_make_one_chain() {
        let folder = tempfile::tempdir().unwrap();
        drop(archive(folder.path()));
        let path = folder.path().join("archiwum.db");
        std::thread::scope(|scope| {
            for _ in 0..2 {
                let archive = Archive::open(&path).unwrap();
                scope.spawn(move || append_many(&archive, 25));
            }
        });
        let check = Archive::open(&path)
            .unwrap()
            .read::<_, ArchiveError>(|tables| tables.journal().verify())
            .unwrap();
        assert_eq!((check.entries, check.first_broken), (50, None));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn any_texts_make_a_whole_chain(texts in proptest::collection::vec((".{0,40}", proptest::option::of(".{0,40}")), 1..6)) {
            let folder = tempfile::tempdir().unwrap();
            let archive = archive(folder.path());
            for (object, detail) in &texts {
                append(&archive, &NewJournalEntry { object: Some(object), ..entry("a", detail.as_deref()) });
            }
            let rows = archive.read::<_, ArchiveError>(|tables| tables.journal().onwards(0, 100)).unwrap();
            let read: Vec<_> = rows.into_iter().map(|row| (row.object.unwrap(), row.detail)).collect();
            prop_assert_eq!(read, texts);
            let check = archive.read::<_, ArchiveError>(|tables| tables.journal().verify()).unwrap();
            prop_assert_eq!(check.first_broken, None);
        }
    }
}

mod enrolments {
    use super::*;

    fn begin(archive: &Archive, kind: CertificateKind) -> Result<i64, ArchiveError> {
        let name = "Okienko 2026".parse().unwrap();
        archive.write(|tables| {
            tables.enrolments_mut().begin(&NewEnrolment {
                company: nip(),
                environment: TEST,
                kind,
                name: &name,
                algorithm: EnrolmentAlgorithm::P256,
                renews: None,
                valid_from: Some(later(60)),
                begun_at: now(),
            })
        })
    }

    #[test]
    fn one_row_from_the_wish_to_the_end_after_every_start() {
        let folder = tempfile::tempdir().unwrap();
        let id = begin(&archive(folder.path()), CertificateKind::Authentication).unwrap();
        let reference: ksef_types::ReferenceNumber = "20261121-CE-0123456789-ABCDEF0123-4E".parse().unwrap();
        let serial: CertificateSerial = "019A0CE840428FE6".parse().unwrap();
        let reach = |step: EnrolmentStep, minute: i64| {
            // The program starts anew before each step.
            let archive = Archive::open(&folder.path().join("archiwum.db")).unwrap();
            archive
                .write::<_, ArchiveError>(|tables| match step {
                    EnrolmentStep::Sending => {
                        tables.enrolments_mut().sending(id, b"request", 11, later(minute))
                    }
                    EnrolmentStep::Sent => tables.enrolments_mut().sent(id, &reference, later(minute)),
                    EnrolmentStep::Issued => tables.enrolments_mut().issued(id, &serial, later(minute)),
                    other => tables.enrolments_mut().reach(id, other, later(minute)),
                })
                .unwrap();
            let unfinished =
                archive.read::<_, ArchiveError>(|tables| tables.enrolments().unfinished()).unwrap();
            assert_eq!(unfinished.len(), usize::from(!step.is_final()));
            let row = archive.read::<_, ArchiveError>(|tables| tables.enrolments().get(id)).unwrap().unwrap();
            assert_eq!((row.step, row.changed_at), (step, later(minute)));
            row
        };
        use EnrolmentStep::{Done, Issued, KeyMade, Proved, Sending, Sent, Stored};
        let mut row = None;
        for (minute, step) in (1..).zip([KeyMade, Sending, Sent, Issued, Stored, Proved, Done]) {
            row = Some(reach(step, minute));
        }
        let row = row.unwrap();
        assert_eq!(row.request.as_deref(), Some(b"request".as_slice()));
        assert_eq!((row.valid_from, row.requests_left), (Some(later(60)), Some(11)));
        assert_eq!(
            (row.sent_at, row.reference_number, row.serial),
            (Some(later(2)), Some(reference), Some(serial))
        );
        assert_eq!((row.begun_at, row.name.as_str()), (now(), "Okienko 2026"));
    }

    #[test]
    fn one_at_a_time_of_a_kind_and_what_has_ended_stays() {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        let first = begin(&archive, CertificateKind::Offline).unwrap();
        begin(&archive, CertificateKind::Authentication).unwrap();
        assert!(matches!(begin(&archive, CertificateKind::Offline), Err(ArchiveError::Rule(_))));
        let problem = EnrolmentProblem {
            code: "25003".to_owned(),
            detail: Some("Dane w CSR".to_owned()),
            at: later(1),
        };
        let end =
            |step| archive.write(|tables| tables.enrolments_mut().end(first, step, Some(&problem), later(1)));
        end(EnrolmentStep::Refused).unwrap();
        assert!(matches!(end(EnrolmentStep::Abandoned), Err(ArchiveError::Rule(_))));
        let second = begin(&archive, CertificateKind::Offline).unwrap();
        let list = archive.read::<_, ArchiveError>(|tables| tables.enrolments().list(nip(), TEST)).unwrap();
        assert_eq!(list.iter().map(|row| row.id).collect::<Vec<_>>(), [second, first + 1, first]);
        assert_eq!(list[2].problem, Some(problem));
        let open = |kind| {
            archive.read::<_, ArchiveError>(|tables| tables.enrolments().open(nip(), TEST, kind)).unwrap()
        };
        assert_eq!(open(CertificateKind::Offline).map(|row| row.id), Some(second));
    }

    #[test]
    fn a_problem_is_forgotten_once_a_step_succeeds() {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        let id = begin(&archive, CertificateKind::Offline).unwrap();
        let problem = EnrolmentProblem { code: "network".to_owned(), detail: None, at: later(1) };
        archive.write::<_, ArchiveError>(|tables| tables.enrolments_mut().problem(id, &problem)).unwrap();
        let row = || archive.read::<_, ArchiveError>(|tables| tables.enrolments().get(id)).unwrap().unwrap();
        assert_eq!((row().problem, row().step), (Some(problem), EnrolmentStep::Begun));
        archive
            .write::<_, ArchiveError>(|tables| {
                tables.enrolments_mut().reach(id, EnrolmentStep::KeyMade, later(2))
            })
            .unwrap();
        assert_eq!(row().problem, None);
    }
}

mod known {
    use super::*;

    fn listed(serial: &str, days: i64) -> ListedCertificate {
        ListedCertificate {
            serial: serial.parse().unwrap(),
            kind: CertificateKind::Authentication,
            name: "Okienko".to_owned(),
            common_name: "Jan Kowalski".to_owned(),
            owner_kind: "Pesel".to_owned(),
            owner: "30112206276".to_owned(),
            valid_from: now(),
            valid_to: now() + TimeDelta::days(days),
            state: CertificateState::Active,
            requested_at: Some(now()),
            last_used_at: None,
        }
    }

    #[test]
    fn what_the_list_says_is_new_and_what_was_done_here_stays() {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        let (old, new) = (listed("01", 10), listed("02", 730));
        let see = |listed: &ListedCertificate, minute| {
            archive
                .write::<_, ArchiveError>(|tables| {
                    tables.known_certificates_mut().seen(nip(), TEST, listed, later(minute))
                })
                .unwrap();
        };
        see(&old, 0);
        see(&new, 0);
        archive
            .write::<_, ArchiveError>(|tables| {
                let table = tables.known_certificates_mut();
                assert!(table.replaced(nip(), TEST, &old.serial, &new.serial)?);
                assert!(table.revoked(nip(), TEST, &old.serial, RevocationReason::Superseded, later(1))?);
                assert!(!table.revoked(
                    nip(),
                    Environment::Demo,
                    &old.serial,
                    RevocationReason::Superseded,
                    later(1)
                )?);
                Ok(())
            })
            .unwrap();
        let used = ListedCertificate {
            state: CertificateState::Blocked,
            last_used_at: Some(later(1)),
            ..old.clone()
        };
        see(&used, 2);
        let list =
            archive.read::<_, ArchiveError>(|tables| tables.known_certificates().list(nip(), TEST)).unwrap();
        assert_eq!(list.iter().map(|row| &row.listed.serial).collect::<Vec<_>>(), [&new.serial, &old.serial]);
        let row = &list[1];
        assert_eq!((&row.listed, row.seen_at), (&used, later(2)));
        assert_eq!(
            (row.revoked_at, row.revocation_reason),
            (Some(later(1)), Some(RevocationReason::Superseded))
        );
        assert_eq!(row.replaced_by.as_ref(), Some(&new.serial));
        let latest = |environment| {
            archive
                .read::<_, ArchiveError>(|tables| {
                    tables.known_certificates().latest(environment, &old.serial)
                })
                .unwrap()
        };
        assert_eq!(latest(TEST).as_ref(), Some(row));
        assert_eq!(latest(Environment::Production), None);
    }

    #[test]
    fn tokens_by_their_public_names() {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        let token = KnownToken {
            reference_number: "20261121-EC-0123456789-ABCDEF0123-4E".parse().unwrap(),
            description: "Sklep".to_owned(),
            permissions: ["InvoiceRead", "InvoiceWrite"].map(str::to_owned).to_vec(),
            author: Some("Pesel 30112206276".to_owned()),
            state: TokenState::Active,
            created_at: now(),
            last_used_at: None,
            seen_at: now(),
        };
        let read =
            || archive.read::<_, ArchiveError>(|tables| tables.known_tokens().list(nip(), TEST)).unwrap();
        archive
            .write::<_, ArchiveError>(|tables| tables.known_tokens_mut().seen(nip(), TEST, &token))
            .unwrap();
        assert_eq!(read(), std::slice::from_ref(&token));
        let set = |environment| {
            archive
                .write::<_, ArchiveError>(|tables| {
                    let number = &token.reference_number;
                    tables.known_tokens_mut().set_state(
                        nip(),
                        environment,
                        number,
                        TokenState::Revoked,
                        later(1),
                    )
                })
                .unwrap()
        };
        assert!(set(TEST) && !set(Environment::Demo));
        assert_eq!((read()[0].state, read()[0].seen_at), (TokenState::Revoked, later(1)));
        archive.write::<_, ArchiveError>(|tables| tables.known_tokens_mut().remove_company(nip())).unwrap();
        assert_eq!(read(), []);
    }
}

mod contexts {
    use super::*;

    #[test]
    fn the_plain_nip_unless_something_else_was_chosen() {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        let get = |environment| {
            archive.read::<_, ArchiveError>(|tables| tables.contexts().get(nip(), environment)).unwrap()
        };
        let choose = |context: &ContextIdentifier| {
            archive
                .write::<_, ArchiveError>(|tables| tables.contexts_mut().choose(nip(), TEST, context))
                .unwrap();
        };
        assert_eq!(get(TEST), ContextIdentifier::Nip(nip()));
        for (kind, value) in [
            (ContextKind::InternalId, "5265877635-12346"),
            (ContextKind::NipVatUe, "5265877635-DE123456789"),
            (ContextKind::PeppolId, "PPL123456"),
        ] {
            let context = ContextIdentifier::parse(kind, value).unwrap();
            choose(&context);
            assert_eq!((get(TEST), get(Environment::Demo)), (context.clone(), ContextIdentifier::Nip(nip())));
            let list = archive.read::<_, ArchiveError>(|tables| tables.contexts().list()).unwrap();
            assert_eq!(list, [(nip(), TEST, context)]);
        }
        choose(&ContextIdentifier::Nip(nip()));
        assert_eq!(get(TEST), ContextIdentifier::Nip(nip()));
        assert_eq!(archive.read::<_, ArchiveError>(|tables| tables.contexts().list()).unwrap(), []);
    }

    #[test]
    fn what_is_wanted() {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        let get =
            || archive.read::<_, ArchiveError>(|tables| tables.wanted_rights().get(nip(), TEST)).unwrap();
        assert_eq!(get(), None);
        let wanted = WantedRights { issue: true, read: true, offline: false };
        archive
            .write::<_, ArchiveError>(|tables| tables.wanted_rights_mut().put(nip(), TEST, wanted))
            .unwrap();
        assert_eq!(get(), Some(wanted));
    }

    #[test]
    fn a_key_that_is_left_stands_once_until_it_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        let left = |kind| LeftKey { company: nip(), environment: TEST, kind };
        let all = || archive.read::<_, ArchiveError>(|tables| tables.left_keys().all()).unwrap();
        archive
            .write::<_, ArchiveError>(|tables| {
                tables.left_keys_mut().add(left(CertificateKind::Offline))?;
                tables.left_keys_mut().add(left(CertificateKind::Authentication))?;
                tables.left_keys_mut().add(left(CertificateKind::Offline))
            })
            .unwrap();
        assert_eq!(all(), [left(CertificateKind::Authentication), left(CertificateKind::Offline)]);
        let of = |environment| {
            archive.read::<_, ArchiveError>(|tables| tables.left_keys().of(nip(), environment)).unwrap()
        };
        assert_eq!((of(TEST), of(Environment::Demo)), (all(), vec![]));
        archive
            .write::<_, ArchiveError>(|tables| {
                tables.left_keys_mut().remove(left(CertificateKind::Authentication))
            })
            .unwrap();
        assert_eq!(all(), [left(CertificateKind::Offline)]);
        archive.write::<_, ArchiveError>(|tables| tables.left_keys_mut().remove_company(nip())).unwrap();
        assert_eq!(all(), []);
    }
}

#[test]
fn companies_in_bulk_leave_those_on_the_list_alone() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let [old, new, gone]: [Nip; 3] =
        ["5265877635", "9999999999", "1111111111"].map(|nip| nip.parse().unwrap());
    archive
        .write::<_, ArchiveError>(|tables| {
            tables.companies_mut().put(gone, Some("Dawna"), now())?;
            tables.companies_mut().remove(gone, now())
        })
        .unwrap();
    let many = [(old, Some("Inna".to_owned())), (new, None), (gone, None), (new, Some("Nowa".to_owned()))];
    let added = archive
        .write::<_, ArchiveError>(|tables| tables.companies_mut().put_missing(&many, later(1)))
        .unwrap();
    assert_eq!(added, [new, gone]);
    let list = archive.read::<_, ArchiveError>(|tables| tables.companies().list()).unwrap();
    let names: Vec<_> = list.iter().map(|row| (row.nip, row.name.as_deref(), row.added_at)).collect();
    assert_eq!(
        names,
        [(gone, Some("Dawna"), later(1)), (old, Some("Przykład"), now()), (new, None, later(1))]
    );
}
