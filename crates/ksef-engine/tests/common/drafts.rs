//! What a person types.

use ksef_engine::{DraftId, DraftStart, Engine, Leaving, Sale};
use ksef_invoice::draft::{
    AddressDraft, AdvanceDraft, BuyerDraft, DraftKind, InvoiceDraft, LineDraft, PartyDraft, PartyIdKind,
    SaleMoment, SellerProfile,
};

use super::{SANDBOX, nip};

pub(crate) fn text(text: &str) -> String {
    text.to_owned()
}

pub(crate) fn address() -> AddressDraft {
    AddressDraft {
        country: text("PL"),
        line1: text("ul. Przykładowa 1"),
        line2: text("00-001 Warszawa"),
        ..AddressDraft::default()
    }
}

pub(crate) fn profile() -> SellerProfile {
    SellerProfile { name: text("Przykład sp. z o.o."), address: address(), ..SellerProfile::default() }
}

pub(crate) fn buyer() -> BuyerDraft {
    let party = PartyDraft {
        id_kind: PartyIdKind::Nip,
        id: text("111-111-11-11"),
        name: text("Kupujący S.A."),
        address: address(),
        ..PartyDraft::default()
    };
    BuyerDraft { party, ..BuyerDraft::default() }
}

pub(crate) fn line() -> LineDraft {
    LineDraft {
        name: text("Usługa"),
        quantity: text("1"),
        unit: text("szt."),
        unit_price: text("100"),
        rate: text("23"),
        ..LineDraft::default()
    }
}

/// A whole invoice: one line of 100 PLN net, 23 %.
pub(crate) fn whole(kind: DraftKind) -> InvoiceDraft {
    InvoiceDraft { kind, buyer: buyer(), lines: vec![line()], ..InvoiceDraft::default() }
}

/// An advance of so much, gross, to an order of one line.
pub(crate) fn advance(received: &str, day: &str) -> InvoiceDraft {
    InvoiceDraft {
        advance: Some(AdvanceDraft { received: text(received), parts: Vec::new() }),
        sale: SaleMoment::Day { date: text(day) },
        ..whole(DraftKind::Zal)
    }
}

/// Begins a draft and fills it in.
pub(crate) fn typed(engine: &Engine, draft: &InvoiceDraft) -> (DraftId, u32) {
    let opened = engine.new_draft(nip(), SANDBOX, &DraftStart::Blank(draft.kind)).unwrap();
    let saved = engine.save_draft(opened.id, opened.revision, draft).unwrap();
    (opened.id, saved.revision)
}

pub(crate) fn issue(engine: &Engine, draft: &InvoiceDraft) -> Sale {
    let (id, revision) = typed(engine, draft);
    engine.issue_draft(id, revision, Leaving::Next).unwrap()
}

/// Begins from an issued invoice and issues what it becomes after that change.
pub(crate) fn issue_from(
    engine: &Engine,
    start: &DraftStart,
    change: impl FnOnce(&mut InvoiceDraft),
) -> Sale {
    let opened = engine.new_draft(nip(), SANDBOX, start).unwrap();
    let mut draft = opened.draft;
    change(&mut draft);
    let saved = engine.save_draft(opened.id, opened.revision, &draft).unwrap();
    engine.issue_draft(opened.id, saved.revision, Leaving::Next).unwrap()
}
