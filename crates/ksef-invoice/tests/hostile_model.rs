//! Hostile documents for the readers of whole invoices: bounded memory, effort in proportion to the bytes, a place for
//! each refusal. Memory is counted, not guessed; time is not measured.
#![expect(clippy::unwrap_used, reason = "tests stop where they cannot go on")]

use std::alloc::System;
use std::sync::{Mutex, MutexGuard, PoisonError};

use cap::Cap;
use ksef_invoice::fa3::{self, ReadFault};
use ksef_invoice::view::{ViewProblem, view};
use proptest::prelude::*;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// One at a time, so that what is counted is this test's.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Bytes that some work allocates all together.
fn allocated(work: impl FnOnce()) -> usize {
    let before = MEMORY.total_allocated();
    work();
    MEMORY.total_allocated() - before
}

const NAMESPACES: [&str; 3] = [
    "http://crd.gov.pl/wzor/2025/06/25/13775/",
    "http://crd.gov.pl/wzor/2023/06/29/12648/",
    "http://crd.gov.pl/wzor/2026/03/06/14189/",
];

/// Reads and shows; answers why it was refused, which both must agree upon.
fn fault(document: &[u8]) -> ReadFault {
    let error = fa3::read(document).unwrap_err();
    assert!(error.line > 0 && error.column > 0);
    match view(document) {
        Err(ViewProblem::Unreadable(found)) => assert_eq!(found.fault, error.fault),
        Err(ViewProblem::OtherForm(form)) => assert_eq!(error.fault, ReadFault::OtherForm(form)),
        Ok(sheet) => assert!(sheet.form != "FA(3)", "shown, not read: {error}"),
    }
    error.fault
}

fn sample(lines: usize) -> Vec<u8> {
    use ksef_invoice::sample::{SampleInvoice, SampleLine, SampleParty, SampleRate, fa3};
    let party = SampleParty {
        nip: "5265877635".parse().unwrap(),
        name: "Żółw & syn".to_owned(),
        address: "Wolna 1".to_owned(),
    };
    let line = |number: usize| SampleLine {
        name: format!("Usługa {number}"),
        unit: "szt.".to_owned(),
        quantity: 2.into(),
        unit_price: 100.into(),
        rate: SampleRate::Vat23,
    };
    fa3(&SampleInvoice {
        seller: party.clone(),
        buyer: party,
        number: "FV/1".to_owned(),
        issue_date: chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
        created: chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
        lines: (1..=lines).map(line).collect(),
    })
}

#[test]
fn laughs_and_entities_end_at_the_dtd() {
    let _alone = alone();
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"l\"><!ENTITY b \"&a;&a;&a;\">]><l>&b;</l>";
    let unclosed = format!("<!DOCTYPE x [{}", "<!ENTITY a \"b\">".repeat(100_000));
    let entity = String::from_utf8(sample(1)).unwrap().replace("Wolna", "&wolna;");
    for document in [bomb, &unclosed, "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>", &entity] {
        let used = allocated(|| assert_eq!(fault(document.as_bytes()), ReadFault::Dtd));
        assert!(used < 100_000, "{used} bytes for a refusal");
    }
}

#[test]
fn depth_and_attributes_are_bounded() {
    let _alone = alone();
    for namespace in NAMESPACES {
        let deep = format!("<Faktura xmlns=\"{namespace}\">{}", "<a>".repeat(300_000));
        let used = allocated(|| drop(view(deep.as_bytes())));
        assert!(used < 1_000_000, "{used} bytes for depth");
        assert!(view(deep.as_bytes()).is_err() && fa3::read(deep.as_bytes()).is_err());
        let attributes: String = (0..1_000_000).map(|number| format!(" a{number}=''")).collect();
        let wide = format!("<Faktura xmlns=\"{namespace}\"{attributes}/>");
        let used = allocated(|| assert_eq!(fault(wide.as_bytes()), ReadFault::Unreasonable));
        assert!(used < 1_000_000, "{used} bytes for attributes");
    }
}

/// Eight times the lines cost eight times the memory, and no more than some times the document.
#[test]
fn ten_thousand_lines_in_proportion() {
    let _alone = alone();
    // Eight times: lists grow by doubling, so that both end at the same fill.
    let (small, large) = (sample(1_250), sample(10_000));
    for (what, work) in [
        ("reading", (|bytes: &[u8]| drop(fa3::read(bytes).unwrap())) as fn(&[u8])),
        ("writing", |bytes| drop(fa3::write(&fa3::read(bytes).unwrap()))),
        ("showing", |bytes| drop(view(bytes).unwrap())),
    ] {
        let of_small = allocated(|| work(&small));
        let of_large = allocated(|| work(&large));
        assert!(of_large < of_small * 9, "{what}: {of_small} for 1250 lines, {of_large} for 10 000");
        assert!(of_large < large.len() * 40, "{what}: {of_large} bytes for a document of {}", large.len());
    }
}

/// Many unknown elements of the forms that are shown as far as they are known.
#[test]
fn a_flood_of_elements_in_proportion() {
    let _alone = alone();
    let flood = |namespace: &str, count: usize| {
        let body = "<P_1>x</P_1><Obcy/>".repeat(count);
        format!("<Faktura xmlns=\"{namespace}\"><Fa>{body}</Fa></Faktura>")
    };
    for namespace in &NAMESPACES[1..] {
        let (small, large) = (flood(namespace, 5_000), flood(namespace, 50_000));
        let of_small = allocated(|| drop(view(small.as_bytes()).unwrap()));
        let of_large = allocated(|| drop(view(large.as_bytes()).unwrap()));
        assert!(of_large < of_small * 12, "{of_small} → {of_large}");
        assert!(of_large < large.len() * 60, "{of_large} bytes for a document of {}", large.len());
    }
}

#[test]
fn an_endless_value_is_kept_once() {
    let _alone = alone();
    let text = "x".repeat(2_000_000);
    let document = String::from_utf8(sample(1)).unwrap().replace("Usługa 1", &text);
    let used = allocated(|| drop(fa3::read(document.as_bytes()).unwrap()));
    assert!(used < 3_000_000, "{used} bytes");
    // In pieces as well: references end each piece of text.
    let pieces = String::from_utf8(sample(1)).unwrap().replace("Usługa 1", &"x&#65;".repeat(300_000));
    let used = allocated(|| drop(fa3::read(pieces.as_bytes()).unwrap()));
    assert!(used < 6_000_000, "{used} bytes");
    let wrong = String::from_utf8(sample(1)).unwrap().replace("<P_15>", &format!("<P_15>{text}"));
    let ReadFault::Value(shown) = fault(wrong.as_bytes()) else { panic!("another fault") };
    assert!(shown.len() <= 200);
}

#[test]
fn every_beginning_of_a_document_is_refused() {
    let _alone = alone();
    let document = sample(1);
    for length in 0..document.len() - 1 {
        fault(&document[..length]);
    }
    assert!(fa3::read(&document[..document.len() - 1]).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_change_of_a_document_makes_them_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..3), 1..6)) {
        let _alone = alone();
        let mut bytes = sample(1);
        for (place, byte, what) in changes {
            let place = place.index(bytes.len());
            match what {
                0 => bytes[place] ^= 1 << (byte % 8),
                1 => bytes.insert(place, byte),
                _ => drop(bytes.remove(place)),
            }
        }
        match fa3::read(&bytes) {
            Ok(faktura) => prop_assert_eq!(fa3::read(&fa3::write(&faktura)), Ok(faktura)),
            Err(_) => drop(fault(&bytes)),
        }
    }
}
