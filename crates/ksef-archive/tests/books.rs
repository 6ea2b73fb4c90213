//! The two books through their doors.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use common::{archive, nip, now, other_nip};
use ksef_archive::{Archive, ArchiveError, BookEntry, BookQuery, BookRow, fold};
use ksef_types::Nip;
use proptest::prelude::*;

fn add(archive: &Archive, company: Nip, name: &str, number: Option<&str>) -> i64 {
    let (card, name) = (format!("{{\"name\":\"{name}\"}}"), fold(name));
    let search = fold(&format!("{name} {}", number.unwrap_or_default()));
    let entry = BookEntry { card: &card, name: &name, number_key: number, name_key: &name, search: &search };
    archive
        .write::<_, ArchiveError>(|tables| tables.contractors_mut().insert(company, &entry, now()))
        .unwrap()
}

fn get(archive: &Archive, id: i64) -> Option<BookRow> {
    archive.read::<_, ArchiveError>(|tables| tables.contractors().get(id)).unwrap()
}

fn page(archive: &Archive, text: &str, after: Option<(String, i64)>, limit: u32) -> ksef_archive::BookRows {
    let query = BookQuery { text: text.to_owned(), after, limit };
    archive.read::<_, ArchiveError>(|tables| tables.contractors().page(nip(), &query)).unwrap()
}

fn names(rows: &[BookRow]) -> Vec<&str> {
    rows.iter().map(|row| row.name.as_str()).collect()
}

#[test]
fn a_card_is_found_by_any_part_of_it_and_only_by_its_company() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    add(&archive, nip(), "Żółw i Spółka", Some("nip:1111111111"));
    add(&archive, nip(), "Alfa 100%", None);
    add(&archive, other_nip(), "Żółw obcy", None);
    for (text, found) in [
        ("", vec!["alfa 100%", "zolw i spolka"]),
        ("ŻÓŁW", vec!["zolw i spolka"]),
        ("11111", vec!["zolw i spolka"]),
        ("0%", vec!["alfa 100%"]),
        ("_lfa", vec![]),
    ] {
        let page = page(&archive, text, None, 10);
        assert_eq!((names(&page.rows), page.total as usize), (found.clone(), found.len()), "{text}");
    }
}

#[test]
fn goods_and_contractors_are_two_books() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    add(&archive, nip(), "Alfa", None);
    let goods = archive.read::<_, ArchiveError>(|tables| tables.goods().all(nip())).unwrap();
    assert_eq!(goods, []);
}

#[test]
fn what_became_one_with_another_is_that_other_one() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let ids = ["Alfa", "Alfa 2", "Alfa 3"].map(|name| add(&archive, nip(), name, Some("nip:1")));
    archive
        .write::<_, ArchiveError>(|tables| {
            let book = tables.contractors_mut();
            for id in [ids[1], ids[1], ids[2]] {
                book.used(id, now())?;
            }
            // One after the other, so that what was merged into the second moves on with it.
            book.merge(ids[1], ids[2])?;
            book.merge(ids[0], ids[1])
        })
        .unwrap();
    for id in ids {
        let row = get(&archive, id).unwrap();
        assert_eq!((row.id, row.used, row.last_used_at), (ids[0], 3, Some(now())));
    }
    assert_eq!(names(&page(&archive, "", None, 10).rows), ["alfa"]);
    // Used by an old draft that names the merged one.
    archive.write::<_, ArchiveError>(|tables| tables.contractors_mut().used(ids[2], now())).unwrap();
    assert_eq!(get(&archive, ids[0]).unwrap().used, 4);
    archive.write::<_, ArchiveError>(|tables| tables.contractors_mut().remove(ids[0])).unwrap();
    assert!(ids.iter().all(|id| get(&archive, *id).is_none()));
}

#[test]
fn a_card_cannot_become_one_with_itself() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let id = add(&archive, nip(), "Alfa", None);
    let refused = archive.write(|tables| tables.contractors_mut().merge(id, id));
    assert!(matches!(refused, Err(ArchiveError::Rule(_))));
    assert_eq!(get(&archive, id).unwrap().used, 0);
}

#[test]
fn the_key_of_an_import_is_the_number_else_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let with = add(&archive, nip(), "Alfa", Some("nip:1"));
    let without = add(&archive, nip(), "Alfa", None);
    let meant = |number: Option<&str>, name: &str| {
        let row = archive.read::<_, ArchiveError>(|tables| tables.contractors().by_key(nip(), number, name));
        row.unwrap().map(|row| row.id)
    };
    assert_eq!(meant(Some("nip:1"), "inna nazwa"), Some(with));
    assert_eq!(meant(None, "alfa"), Some(without));
    assert_eq!(meant(Some("nip:2"), "alfa"), None);
    assert_eq!(meant(None, "beta"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Pages by key: every card once, by name, whatever the size of a page and however many share a name.
    #[test]
    fn pages_hold_every_card_once(names in proptest::collection::vec("[ab]{1,2}", 0..25), limit in 1u32..9) {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        let mut expected: Vec<(String, i64)> =
            names.iter().map(|name| (name.clone(), add(&archive, nip(), name, None))).collect();
        expected.sort();
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let page = page(&archive, "", after, limit);
            prop_assert_eq!(page.total as usize, expected.len());
            seen.extend(page.rows.iter().map(|row| (row.name.clone(), row.id)));
            after = seen.last().cloned().filter(|_| page.more);
            if after.is_none() {
                break;
            }
        }
        prop_assert_eq!(seen, expected);
    }

    /// All that share a number or a name with another are doubles, and nobody else.
    #[test]
    fn doubles_are_those_that_share_a_key(
        cards in proptest::collection::vec(("[a-e]", proptest::option::of("[x-z]")), 0..12),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        let ids: Vec<i64> =
            cards.iter().map(|(name, number)| add(&archive, nip(), name, number.as_deref())).collect();
        let shares = |one: usize, other: usize| {
            one != other
                && (cards[one].0 == cards[other].0 || (cards[one].1.is_some() && cards[one].1 == cards[other].1))
        };
        let mut expected: Vec<i64> = (0..cards.len())
            .filter(|one| (0..cards.len()).any(|other| shares(*one, other)))
            .map(|place| ids[place])
            .collect();
        let found = archive.read::<_, ArchiveError>(|tables| tables.contractors().doubles(nip())).unwrap();
        let mut found: Vec<i64> = found.iter().map(|row| row.id).collect();
        found.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(found, expected);
    }
}
