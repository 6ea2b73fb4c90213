//! The books of contractors and goods.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::path::Path;
use std::sync::Arc;

use common::drafts::{issue, profile, text, whole};
use common::{SANDBOX, nip};
use ksef_engine::{
    BookCursor, BookError, BookSearch, Contractor, ContractorCard, ContractorId, Engine, EngineError,
    GoodsCard, ImportedAs,
};
use ksef_invoice::draft::{DraftKind, LineDraft, PartyDraft, PartyIdKind};
use ksef_types::{Nip, SystemClock};
use ksef_vault::MemoryVault;

fn engine(folder: &Path) -> Engine {
    let nowhere = "http://127.0.0.1:9/v2".parse().unwrap();
    let vault = Arc::new(MemoryVault::new());
    let engine = common::engine(folder, &vault, Arc::new(SystemClock), &nowhere, common::quick());
    engine.add_company(nip(), None, SANDBOX).unwrap();
    engine.save_seller_profile(nip(), &profile()).unwrap();
    engine
}

fn card(name: &str, id: &str) -> ContractorCard {
    let id_kind = if id.is_empty() { PartyIdKind::None } else { PartyIdKind::Nip };
    let party = PartyDraft { id_kind, id: text(id), name: text(name), ..PartyDraft::default() };
    ContractorCard { party, ..ContractorCard::default() }
}

fn goods(name: &str, index: &str, unit: &str) -> GoodsCard {
    let line = LineDraft { name: text(name), index: text(index), unit: text(unit), ..LineDraft::default() };
    GoodsCard { line, ..GoodsCard::default() }
}

fn add(engine: &Engine, name: &str, id: &str) -> ContractorId {
    engine.save_contractor(nip(), None, &card(name, id)).unwrap().row.id
}

fn all(engine: &Engine) -> Vec<Contractor> {
    engine.contractors(nip(), &BookSearch::default()).unwrap().rows
}

#[test]
fn a_card_is_kept_found_changed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path());
    let id = add(&engine, "Żółta Łódź sp. z o.o.", "111-111-11-11");
    for found in ["zolta", "ŁÓDŹ", "1111111111", "111-111"] {
        let search = BookSearch { text: text(found), ..BookSearch::default() };
        let page = engine.contractors(nip(), &search).unwrap();
        assert_eq!((page.total, page.rows[0].id), (1, id), "{found}");
    }
    let changed = ContractorCard { remarks: text("stały klient"), ..card("Inna", "1111111111") };
    engine.save_contractor(nip(), Some(id), &changed).unwrap();
    assert_eq!(engine.contractor(id).unwrap().card, changed);
    engine.remove_contractor(id).unwrap();
    assert!(matches!(engine.contractor(id), Err(BookError::UnknownContractor(_))));
    let late = engine.save_contractor(nip(), Some(id), &changed);
    assert!(matches!(late, Err(BookError::UnknownContractor(_))));
    let unnamed = engine.save_contractor(nip(), None, &card("  ", "1111111111"));
    assert!(matches!(unnamed, Err(BookError::NoName { row: None })));
    let stranger: Nip = "1111111111".parse().unwrap();
    let foreign = engine.save_contractor(stranger, None, &changed);
    assert!(matches!(foreign, Err(BookError::Engine(EngineError::UnknownCompany(_)))));
}

#[test]
fn pages_go_on_where_the_last_one_ended() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path());
    for name in ["Beta", "Ala: ma kota", "Żabka", "ala: ma kota", "Cezar"] {
        add(&engine, name, "");
    }
    let (mut after, mut names) = (None, Vec::new());
    loop {
        let search = BookSearch { after, limit: 2, ..BookSearch::default() };
        let page = engine.contractors(nip(), &search).unwrap();
        assert_eq!(page.total, 5);
        names.extend(page.rows.into_iter().map(|row| row.card.party.name));
        let Some(next) = page.next else { break };
        // Through a front and back.
        after = Some(next.to_string().parse::<BookCursor>().unwrap());
    }
    assert_eq!(names, ["Ala: ma kota", "ala: ma kota", "Beta", "Cezar", "Żabka"]);
    assert!("kota".parse::<BookCursor>().is_err());
}

#[test]
fn doubles_are_told_and_may_stay_until_they_become_one() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path());
    let first = add(&engine, "Alfa", "1111111111");
    let second = engine.save_contractor(nip(), None, &card("Alfa oddział", "PL 111-111-11-11")).unwrap();
    assert_eq!(second.doubles.iter().map(|row| row.id).collect::<Vec<_>>(), [first]);
    let third = add(&engine, "ALFA  ODDZIAŁ", "");
    add(&engine, "Beta", "5265877635");
    let groups = engine.contractor_doubles(nip()).unwrap();
    let groups: Vec<Vec<_>> = groups.iter().map(|group| group.iter().map(|row| row.id).collect()).collect();
    assert_eq!(groups, [[first, second.row.id, third]], "the third by its name, through the second");
    let merged = engine.merge_contractors(first, &[second.row.id, third, first]).unwrap();
    assert_eq!(merged.card, card("Alfa", "1111111111"), "it stays as it was");
    assert_eq!(all(&engine).len(), 2);
    assert_eq!(engine.contractor(third).unwrap().id, first);
    assert!(engine.contractor_doubles(nip()).unwrap().is_empty());
}

#[test]
fn nothing_in_the_books_changes_an_invoice() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path());
    let contractor = add(&engine, "Kupujący S.A.", "1111111111");
    let other = add(&engine, "Kupujący S.A. (2)", "1111111111");
    let service = engine.save_goods(nip(), None, &goods("Usługa", "U1", "szt.")).unwrap().row.id;
    let mut draft = whole(DraftKind::Vat);
    draft.buyer.contractor = Some(contractor.to_string());
    draft.lines[0].goods = Some(service.to_string());
    draft.lines.push(draft.lines[0].clone());
    let sale = issue(&engine, &draft);
    let bytes = engine.xml(sale.id).unwrap().bytes;
    assert_eq!(engine.contractor(contractor).unwrap().used, 1);
    assert_eq!(engine.goods_item(service).unwrap().used, 1, "on one invoice, in two lines");
    engine.save_contractor(nip(), Some(contractor), &card("Zupełnie inny", "5265877635")).unwrap();
    engine.merge_contractors(other, &[contractor]).unwrap();
    engine.remove_goods(service).unwrap();
    assert_eq!(engine.xml(sale.id).unwrap().bytes, bytes);
    assert_eq!(engine.sale(sale.id).unwrap().invoice.buyer_name.as_deref(), Some("Kupujący S.A."));
    // A draft that names the merged one counts for the other; one that names nobody who is left counts for none.
    issue(&engine, &draft);
    assert_eq!(engine.contractor(contractor).unwrap().used, 2);
}

#[test]
fn an_import_answers_row_by_row_and_an_export_comes_back_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path());
    let rows = [card("Alfa", "111-111-11-11"), card("Beta", "")];
    let done = |cards: &[ContractorCard]| -> Vec<ImportedAs> {
        let imported = engine.import_contractors(nip(), cards).unwrap();
        imported.into_iter().map(|row| row.done).collect()
    };
    assert_eq!(done(&rows), [ImportedAs::Added, ImportedAs::Added]);
    let changed = [card("Alfa Nowa", "1111111111"), card("BETA", ""), card("Gamma", "")];
    assert_eq!(done(&changed), [ImportedAs::Updated, ImportedAs::Updated, ImportedAs::Added]);
    let exported = engine.export_contractors(nip()).unwrap();
    assert_eq!(exported, changed);
    assert_eq!(done(&exported), [ImportedAs::Unchanged; 3]);
    let bad = engine.import_contractors(nip(), &[card("Delta", ""), card("", "5265877635")]);
    assert!(matches!(bad, Err(BookError::NoName { row: Some(1) })));
    assert_eq!(all(&engine).len(), 3, "all or none");
}

#[test]
fn goods_are_recognised_by_index_else_by_name_and_unit() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path());
    let cards = [
        goods("Śruba", "S-1", "szt."),
        goods("Śruba M6", "s-1", "szt."),
        goods("Olej", "", "l"),
        goods("Olej", "", "kg"),
        goods("OLEJ", "", "L"),
    ];
    let imported = engine.import_goods(nip(), &cards).unwrap();
    let done: Vec<_> = imported.iter().map(|row| row.done).collect();
    use ImportedAs::{Added, Updated};
    assert_eq!(done, [Added, Updated, Added, Added, Updated]);
    assert_eq!(engine.goods(nip(), &BookSearch::default()).unwrap().total, 3);
    let saved = engine.save_goods(nip(), None, &goods("Śruba inna", "S-1", "op.")).unwrap();
    assert_eq!(saved.doubles.len(), 1);
    let merged = engine.merge_goods(saved.row.id, &[imported[0].id]).unwrap();
    assert_eq!(merged.card.line.name, "Śruba inna");
    assert!(engine.goods_doubles(nip()).unwrap().is_empty());
}
