//! How long a key takes in the editor, as far as this crate goes: `cargo run --release -p ksef-invoice --example editor`.
#![expect(clippy::print_stdout, clippy::expect_used, reason = "what it prints is its result")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, Utc};
use ksef_invoice::draft::{
    AddressDraft, InvoiceDraft, IssueContext, Issuer, LineDraft, PartyDraft, SellerProfile, check_draft,
    compose,
};
use ksef_types::Environment;

fn main() {
    let created: DateTime<Utc> = "2026-11-21T10:00:00Z".parse().expect("a moment");
    let day = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let address = AddressDraft { line1: "ul. Kwiatowa 1".to_owned(), ..AddressDraft::default() };
    let profile =
        SellerProfile { name: "Okna Jasne".to_owned(), address: address.clone(), ..SellerProfile::default() };
    let issuer = Issuer { nip: "5265877635".parse().expect("a NIP"), profile: &profile };
    let context = IssueContext { number: "FV/1/11/2026", issue_date: day, created, system_info: "Okienko" };
    for lines in [1, 50, 500, 10_000] {
        let draft = draft(lines, &address);
        let bytes = check_draft(&draft, &issuer, &context, Environment::Test, day)
            .bytes
            .map_or(0, |bytes| bytes.len());
        let composing = median(|| drop(black_box(compose(black_box(&draft), &issuer, &context))));
        let whole = median(|| {
            drop(black_box(check_draft(black_box(&draft), &issuer, &context, Environment::Test, day)));
        });
        println!("{lines:>6} lines  {bytes:>8} bytes  compose {composing:?}  check {whole:?}");
    }
}

fn draft(lines: usize, address: &AddressDraft) -> InvoiceDraft {
    let mut draft = InvoiceDraft::default();
    draft.buyer.party = PartyDraft {
        id: "1111111111".to_owned(),
        name: "F.H.U. Jan Kowalski".to_owned(),
        address: address.clone(),
        ..PartyDraft::default()
    };
    draft.lines = (0..lines)
        .map(|index| LineDraft {
            name: format!("okno dwuszybowe {index}"),
            quantity: "2".to_owned(),
            unit: "szt.".to_owned(),
            unit_price: format!("{},50", index % 1000 + 1),
            rate: if index % 3 == 0 { "8" } else { "23" }.to_owned(),
            ..LineDraft::default()
        })
        .collect();
    draft
}

/// The median of some runs.
fn median(work: impl Fn()) -> Duration {
    let mut times: Vec<Duration> = (0..21)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}
