//! What the two books have in common.

use std::collections::HashMap;

use ksef_archive::{Archive, ArchiveError, BookEntry, BookMut, BookQuery, BookRow, Reading, Writing};
use ksef_types::Nip;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Book, BookCursor, BookError, BookImported, BookPage, BookSearch, ImportedAs, SavedCard};
use crate::{Engine, EngineError, json};

const USUAL_PAGE: u32 = 50;
const LARGEST_PAGE: u32 = 500;
const CARD: &str = "a card of a book";

/// By what a card is ordered, found and recognised.
pub(super) struct Keys {
    /// Folded name.
    pub(super) name: String,
    /// Identifier or index in one spelling.
    pub(super) number_key: Option<String>,
    /// Name (and unit) in one spelling.
    pub(super) name_key: String,
    /// Folded text.
    pub(super) search: String,
}

/// One of the books.
pub(super) trait Shelf {
    type Card: Serialize + DeserializeOwned + PartialEq;
    type Id: Copy + PartialEq;

    fn read<'c>(tables: &Reading<'c>) -> ksef_archive::Book<'c>;
    fn write<'c>(tables: &Writing<'c>) -> BookMut<'c>;
    fn id(row: i64) -> Self::Id;
    fn row(id: Self::Id) -> i64;
    fn keys(card: &Self::Card) -> Keys;
    fn unknown(id: Self::Id) -> BookError;
}

type RowOf<S> = Book<<S as Shelf>::Id, <S as Shelf>::Card>;

pub(super) fn page<S: Shelf>(
    archive: &Archive,
    nip: Nip,
    search: &BookSearch,
) -> Result<BookPage<RowOf<S>>, EngineError> {
    let query = BookQuery {
        text: search.text.clone(),
        after: search.after.as_ref().map(|cursor| (cursor.name.clone(), cursor.id)),
        limit: if search.limit == 0 { USUAL_PAGE } else { search.limit.min(LARGEST_PAGE) },
    };
    let page = archive.read::<_, ArchiveError>(|tables| S::read(tables).page(nip, &query))?;
    let next =
        page.rows.last().filter(|_| page.more).map(|row| BookCursor { name: row.name.clone(), id: row.id });
    Ok(BookPage { rows: all_shown::<S>(page.rows)?, next, total: page.total })
}

pub(super) fn get<S: Shelf>(archive: &Archive, id: S::Id) -> Result<RowOf<S>, BookError> {
    archive.read(|tables| get_in::<S>(tables, id))
}

fn get_in<S: Shelf>(tables: &Reading<'_>, id: S::Id) -> Result<RowOf<S>, BookError> {
    let row = S::read(tables).get(S::row(id))?.ok_or_else(|| S::unknown(id))?;
    Ok(shown::<S>(row)?)
}

pub(super) fn save<S: Shelf>(
    engine: &Engine,
    nip: Nip,
    id: Option<S::Id>,
    card: &S::Card,
) -> Result<SavedCard<RowOf<S>>, BookError> {
    engine.archive().write(|tables| {
        engine.known_company(tables, nip)?;
        let keys = named::<S>(card, None)?;
        let id = match id {
            Some(id) => {
                let found = S::read(tables).get(S::row(id))?.ok_or_else(|| S::unknown(id))?;
                if found.company != nip {
                    return Err(BookError::OtherCompany);
                }
                update::<S>(engine, tables, found.id, card, &keys)?;
                S::id(found.id)
            }
            None => S::id(insert::<S>(engine, tables, nip, card, &keys)?),
        };
        let row = S::read(tables).get(S::row(id))?.ok_or_else(|| S::unknown(id))?;
        let doubles = all_shown::<S>(S::read(tables).like(&row)?)?;
        Ok(SavedCard { row: shown::<S>(row)?, doubles })
    })
}

pub(super) fn remove<S: Shelf>(engine: &Engine, id: S::Id) -> Result<(), BookError> {
    engine.archive().write(
        |tables| {
            if S::write(tables).remove(S::row(id))? { Ok(()) } else { Err(S::unknown(id)) }
        },
    )
}

pub(super) fn doubles<S: Shelf>(archive: &Archive, nip: Nip) -> Result<Vec<Vec<RowOf<S>>>, EngineError> {
    let rows = archive.read::<_, ArchiveError>(|tables| S::read(tables).doubles(nip))?;
    grouped(rows).into_iter().map(|group| Ok(all_shown::<S>(group)?)).collect()
}

/// Rows that share a key directly or through others, in groups; in the order of the first of each.
fn grouped(rows: Vec<BookRow>) -> Vec<Vec<BookRow>> {
    let mut group_of: Vec<usize> = (0..rows.len()).collect();
    let mut first_with: HashMap<(bool, &str), usize> = HashMap::new();
    for (place, row) in rows.iter().enumerate() {
        let number = row.number_key.as_deref().map(|key| (true, key));
        for key in number.into_iter().chain([(false, row.name_key.as_str())]) {
            let first = *first_with.entry(key).or_insert(place);
            let (one, other) = (root(&group_of, first), root(&group_of, place));
            group_of[one.max(other)] = one.min(other);
        }
    }
    let roots: Vec<usize> = (0..rows.len()).map(|place| root(&group_of, place)).collect();
    let mut groups: Vec<(usize, Vec<BookRow>)> = Vec::new();
    for (row, root) in rows.into_iter().zip(roots) {
        match groups.iter_mut().find(|(of, _)| *of == root) {
            Some((_, group)) => group.push(row),
            None => groups.push((root, vec![row])),
        }
    }
    groups.into_iter().map(|(_, group)| group).filter(|group| group.len() > 1).collect()
}

fn root(group_of: &[usize], mut place: usize) -> usize {
    while group_of[place] != place {
        place = group_of[place];
    }
    place
}

pub(super) fn merge<S: Shelf>(engine: &Engine, into: S::Id, from: &[S::Id]) -> Result<RowOf<S>, BookError> {
    engine.archive().write(|tables| {
        let into_row = S::read(tables).get(S::row(into))?.ok_or_else(|| S::unknown(into))?;
        for id in from {
            let row = S::read(tables).get(S::row(*id))?.ok_or_else(|| S::unknown(*id))?;
            if row.company != into_row.company {
                return Err(BookError::OtherCompany);
            }
            // Named twice, or merged by another window already.
            if row.id != into_row.id {
                S::write(tables).merge(into_row.id, row.id)?;
            }
        }
        get_in::<S>(tables, S::id(into_row.id))
    })
}

pub(super) fn import<S: Shelf>(
    engine: &Engine,
    nip: Nip,
    cards: &[S::Card],
) -> Result<Vec<BookImported<S::Id>>, BookError> {
    engine.archive().write(|tables| {
        engine.known_company(tables, nip)?;
        cards.iter().enumerate().map(|(row, card)| import_one::<S>(engine, tables, nip, row, card)).collect()
    })
}

fn import_one<S: Shelf>(
    engine: &Engine,
    tables: &Writing<'_>,
    nip: Nip,
    row: usize,
    card: &S::Card,
) -> Result<BookImported<S::Id>, BookError> {
    let keys = named::<S>(card, Some(row))?;
    let found = S::read(tables).by_key(nip, keys.number_key.as_deref(), &keys.name_key)?;
    let Some(found) = found else {
        let id = insert::<S>(engine, tables, nip, card, &keys)?;
        return Ok(BookImported { id: S::id(id), done: ImportedAs::Added });
    };
    let done = if json::read::<S::Card>(&found.card, CARD)? == *card {
        ImportedAs::Unchanged
    } else {
        update::<S>(engine, tables, found.id, card, &keys)?;
        ImportedAs::Updated
    };
    Ok(BookImported { id: S::id(found.id), done })
}

pub(super) fn export<S: Shelf>(archive: &Archive, nip: Nip) -> Result<Vec<S::Card>, EngineError> {
    let rows = archive.read::<_, ArchiveError>(|tables| S::read(tables).all(nip))?;
    rows.iter().map(|row| Ok(json::read(&row.card, CARD)?)).collect()
}

fn insert<S: Shelf>(
    engine: &Engine,
    tables: &Writing<'_>,
    nip: Nip,
    card: &S::Card,
    keys: &Keys,
) -> Result<i64, ArchiveError> {
    let card = json::write(card, CARD)?;
    S::write(tables).insert(nip, &entry(&card, keys), engine.now())
}

fn update<S: Shelf>(
    engine: &Engine,
    tables: &Writing<'_>,
    id: i64,
    card: &S::Card,
    keys: &Keys,
) -> Result<(), ArchiveError> {
    let card = json::write(card, CARD)?;
    S::write(tables).update(id, &entry(&card, keys), engine.now())?;
    Ok(())
}

fn entry<'a>(card: &'a str, keys: &'a Keys) -> BookEntry<'a> {
    let Keys { name, number_key, name_key, search } = keys;
    BookEntry { card, name, number_key: number_key.as_deref(), name_key, search }
}

fn named<S: Shelf>(card: &S::Card, row: Option<usize>) -> Result<Keys, BookError> {
    let keys = S::keys(card);
    if keys.name.is_empty() { Err(BookError::NoName { row }) } else { Ok(keys) }
}

fn shown<S: Shelf>(row: BookRow) -> Result<RowOf<S>, ArchiveError> {
    Ok(Book {
        id: S::id(row.id),
        company: row.company,
        card: json::read(&row.card, CARD)?,
        used: row.used,
        last_used_at: row.last_used_at,
        updated_at: row.updated_at,
    })
}

fn all_shown<S: Shelf>(rows: Vec<BookRow>) -> Result<Vec<RowOf<S>>, ArchiveError> {
    rows.into_iter().map(shown::<S>).collect()
}
