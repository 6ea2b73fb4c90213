//! What stands of an invoice after corrections, whichever way each of them wrote its lines.

use ksef_invoice::draft::{
    AdvanceDraft, CorrectionMethod, DraftKind, ExchangeDraft, InvoiceDraft, LineDraft, PriceBasis,
    UnclearState, VatRounding, final_of, next_advance_of, state_of,
};
use ksef_invoice::fa3::{Faktura, NoweSrodkiTransportu, NumerKsefKorygowanej};
use ksef_types::KsefNumber;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::world::{checked, correction_after, day, document, invoice, line, nip, sound, xmllint_accepts};

use CorrectionMethod::{BeforeAndAfter, Difference};

fn number(tail: u8) -> KsefNumber {
    KsefNumber::compose(nip(), day(), [tail; 6])
}

fn original() -> Faktura {
    document(&invoice(vec![
        line("lodówka", "1", "1626,01", "23"),
        line("wniesienie", "1", "40,65", "23"),
        line("mleko", "10", "0,95", "5"),
    ]))
}

/// A further correction of an invoice, with that change.
fn corrected(
    original: &Faktura,
    earlier: &[Faktura],
    method: CorrectionMethod,
    change: impl FnOnce(&mut InvoiceDraft),
) -> Faktura {
    let mut draft = correction_after(original, Some(&number(1)), earlier);
    draft.number = format!("KOR/{}", earlier.len() + 1);
    draft.correction.as_mut().unwrap().method = method;
    change(&mut draft);
    document(&draft)
}

/// Name, quantity, price, value of each line that stands.
fn standing(original: &Faktura, corrections: &[Faktura]) -> Vec<(String, String, String)> {
    let draft = correction_after(original, None, corrections);
    let of = |line: LineDraft| (line.name, line.quantity, line.unit_price);
    draft.lines.into_iter().map(of).collect()
}

fn texts(rows: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    rows.iter().map(|row| (row.0.to_owned(), row.1.to_owned(), row.2.to_owned())).collect()
}

#[test]
fn a_second_correction_starts_from_what_the_first_left() {
    for method in [BeforeAndAfter, Difference] {
        let original = original();
        let first = corrected(&original, &[], method, |draft| {
            draft.lines[0].unit_price = "1463,41".to_owned();
            draft.lines[1].removed = true;
            draft.lines[2].quantity = "8".to_owned();
        });
        let after = texts(&[("lodówka", "1", "1463.41"), ("mleko", "8", "0.95")]);
        assert_eq!(standing(&original, std::slice::from_ref(&first)), after, "{method:?}");
        let second = corrected(&original, std::slice::from_ref(&first), method, |draft| {
            assert_eq!(draft.lines[1].position, "3", "lines keep their numbers");
            draft.lines[0].unit_price = "1400".to_owned();
        });
        assert_eq!(second.fa.p_15.to_string(), "-77.99", "63,41 net less, and its VAT");
        let named = &second.fa.korekta.as_ref().unwrap().dane_fa_korygowanej;
        assert_eq!(named.len(), 1, "it names the invoice, not the first correction");
        assert_eq!(named[0].ksef, NumerKsefKorygowanej::Ksef(number(1).to_string().as_str().into()));
        xmllint_accepts(&[sound(&first), sound(&second)]);
    }
}

#[test]
fn corrections_of_both_sorts_follow_each_other() {
    let original = original();
    let mut chain = Vec::new();
    let first = corrected(&original, &chain, Difference, |draft| {
        draft.lines[0].unit_price = "1600".to_owned();
        draft.lines[0].name = "lodówka biała".to_owned();
    });
    chain.push(first);
    let second = corrected(&original, &chain, BeforeAndAfter, |draft| {
        assert_eq!(draft.lines[0].before.as_ref().unwrap().name, "lodówka biała");
        draft.lines[2].rate = "8".to_owned();
        draft.lines.push(line("transport", "2", "10", "23"));
    });
    chain.push(second);
    let third = corrected(&original, &chain, Difference, |draft| {
        draft.lines[0].quantity = "2".to_owned();
        draft.lines[1].name = "wniesienie na piętro".to_owned();
    });
    chain.push(third);
    let after = texts(&[
        ("lodówka biała", "2", "1600"),
        ("wniesienie na piętro", "1", "40.65"),
        ("mleko", "10", "0.95"),
        ("transport", "2", "10.00"),
    ]);
    assert_eq!(standing(&original, &chain), after);
    let rate = |chain: &[Faktura]| correction_after(&original, None, chain).lines[2].rate.clone();
    assert_eq!((rate(&chain[..1]), rate(&chain)), ("5".to_owned(), "8".to_owned()));
}

#[test]
fn another_rate_by_difference_takes_the_place_of_the_line() {
    let original = original();
    let first = corrected(&original, &[], Difference, |draft| draft.lines[0].rate = "8".to_owned());
    let draft = correction_after(&original, None, &[first]);
    assert_eq!(draft.lines.len(), 3);
    assert_eq!((draft.lines[0].rate.as_str(), draft.lines[0].unit_price.as_str()), ("8", "1626.01"));
}

#[test]
fn a_line_put_in_between_moves_no_number() {
    let original = original();
    let first = corrected(&original, &[], Difference, |draft| {
        draft.lines.insert(1, LineDraft { position: "4".to_owned(), ..line("transport", "1", "10", "23") });
        draft.lines[2].unit_price = "40".to_owned();
    });
    let numbers: Vec<u64> = first.fa.fa_wiersz.iter().map(|row| row.nr_wiersza_fa).collect();
    assert_eq!(numbers, [4, 2]);
    let after = texts(&[
        ("lodówka", "1", "1626.01"),
        ("wniesienie", "1", "40"),
        ("mleko", "10", "0.95"),
        ("transport", "1", "10.00"),
    ]);
    assert_eq!(standing(&original, &[first]), after);
}

/// A gift has no value to lose: that nothing is left of it its quantity says.
#[test]
fn a_free_line_falls_away() {
    let free = |price: &str, discount: &str| LineDraft {
        discount: discount.to_owned(),
        ..line("gratis", "1", price, "23")
    };
    for gift in [free("0", ""), free("100", "100")] {
        let original = document(&invoice(vec![line("lodówka", "1", "1626,01", "23"), gift]));
        for method in [BeforeAndAfter, Difference] {
            let first = corrected(&original, &[], method, |draft| {
                draft.lines[0].unit_price = "1600".to_owned();
                draft.lines[1].removed = true;
            });
            let names: Vec<_> = standing(&original, &[first]).into_iter().map(|row| row.0).collect();
            assert_eq!(names, ["lodówka"], "{method:?}");
        }
    }
}

/// Another program numbers the rows anew and writes numbers its own way.
#[test]
fn a_line_is_found_by_the_value_of_its_numbers() {
    let original = original();
    let mut first =
        corrected(&original, &[], BeforeAndAfter, |draft| draft.lines[2].unit_price = "0,90".to_owned());
    for row in &mut first.fa.fa_wiersz {
        row.nr_wiersza_fa = 1;
        row.p_8b = Some("10.00".parse().unwrap());
    }
    let after: Vec<_> =
        standing(&original, &[first]).into_iter().map(|(name, _, price)| (name, price)).collect();
    let price = |text: &str| text.parse::<Decimal>().unwrap();
    assert_eq!(after.len(), 3);
    assert_eq!((after[0].0.as_str(), price(&after[0].1)), ("lodówka", price("1626.01")));
    assert_eq!((after[2].0.as_str(), price(&after[2].1)), ("mleko", price("0.9")));
}

/// The quantity and the price changed together: the row has the value alone.
#[test]
fn a_value_alone_is_what_stands() {
    let original = original();
    let first = corrected(&original, &[], Difference, |draft| {
        draft.lines[2].quantity = "8".to_owned();
        draft.lines[2].unit_price = "1".to_owned();
    });
    let draft = correction_after(&original, None, &[first]);
    let line = &draft.lines[2];
    assert_eq!((line.quantity.as_str(), line.unit_price.as_str(), line.amount.as_str()), ("", "", "8.00"));
    assert!(document(&draft).fa.p_15.decimal().is_zero());
}

#[test]
fn the_head_is_that_of_the_newest() {
    let original = original();
    let first = corrected(&original, &[], BeforeAndAfter, |draft| {
        draft.correction.as_mut().unwrap().buyer_before = Some(draft.buyer.party.clone());
        draft.buyer.party.name = "CDE sp. j.".to_owned();
    });
    let draft = correction_after(&original, None, &[first]);
    assert_eq!(draft.buyer.party.name, "CDE sp. j.");
    assert_eq!(draft.lines.len(), 3, "a correction of the head leaves the lines");
    assert_eq!(draft.correction.as_ref().unwrap().buyer_before, None);
    assert!(checked(&draft).is_issuable());
}

#[test]
fn a_correction_by_difference_says_nothing_of_what_stands() {
    let original = original();
    let first = corrected(&original, &[], Difference, |draft| draft.lines[0].unit_price = "1600".to_owned());
    assert_eq!(state_of(&first, &[]).unwrap_err(), UnclearState);
    // Another program prices the other way round.
    let mut gross = correction_after(&original, None, &[]);
    gross.prices = PriceBasis::Gross;
    gross.lines[0].unit_price = "2000".to_owned();
    assert_eq!(state_of(&original, &[document(&gross)]).unwrap_err(), UnclearState);
}

#[test]
fn each_line_keeps_the_exchange_rate_of_its_day() {
    let rate = |rate: &str| ExchangeDraft { rate: rate.to_owned(), ..ExchangeDraft::default() };
    let lines = vec![line("a", "1", "100", "23"), line("b", "1", "100", "23")];
    let draft = InvoiceDraft { currency: "EUR".to_owned(), exchange: rate("4.5"), ..invoice(lines) };
    let original = document(&draft);
    let first = corrected(&original, &[], BeforeAndAfter, |draft| {
        assert_eq!(draft.exchange.rate, "4.5");
        draft.exchange = rate("4.6");
        draft.lines[0].unit_price = "90".to_owned();
        draft.lines[0].before.as_mut().unwrap().exchange_rate = "4.6".to_owned();
    });
    let after = correction_after(&original, None, &[first]);
    assert_eq!(after.exchange.rate, "4.6");
    let rates: Vec<&str> = after.lines.iter().map(|line| line.exchange_rate.as_str()).collect();
    assert_eq!(rates, ["", "4.5"]);
}

#[test]
fn a_new_vehicle_stays_one_in_its_correction() {
    let mut draft = invoice(vec![line("samochód", "1", "100000", "0 WDT")]);
    let vehicle = serde_json::json!({"P_22": "1", "P_42_5": "2", "NowySrodekTransportu": [{
        "P_22A": "2026-11-01", "P_NrWierszaNST": "1", "P_22BMK": "marka", "P_22B": "10", "P_22B1": "VIN1"
    }]});
    draft
        .extras
        .insert("Fa/Adnotacje/NoweSrodkiTransportu".to_owned(), serde_json::from_value(vehicle).unwrap());
    let bailiff = serde_json::json!({
        "DaneIdentyfikacyjne": {"NIP": "1111111111", "Nazwa": "Komornik"},
        "Adres": {"KodKraju": "PL", "AdresL1": "ul. Sądowa 1"}, "RolaPU": "2"
    });
    draft.extras.insert("PodmiotUpowazniony".to_owned(), serde_json::from_value(bailiff).unwrap());
    draft.extras.insert(
        "Fa/WarunkiTransakcji".to_owned(),
        serde_json::from_value(serde_json::json!({"WarunkiDostawy": "CIP"})).unwrap(),
    );
    let original = document(&draft);
    let change = |draft: &mut InvoiceDraft| draft.lines[0].unit_price = "90000".to_owned();
    let first = corrected(&original, &[], Difference, change);
    let is_new =
        |fa: &Faktura| matches!(fa.fa.adnotacje.nowe_srodki_transportu, NoweSrodkiTransportu::Jest { .. });
    assert!(is_new(&original) && is_new(&first));
    assert_eq!(first.podmiot_upowazniony, original.podmiot_upowazniony);
    assert_eq!(first.fa.warunki_transakcji, None);
    xmllint_accepts(&[sound(&first)]);
}

fn advance(received: &str) -> Faktura {
    document(&InvoiceDraft {
        kind: DraftKind::Zal,
        advance: Some(AdvanceDraft { received: received.to_owned(), parts: Vec::new() }),
        ..invoice(vec![
            line("mieszkanie", "1", "341666,67", "8"),
            line("usługi dodatkowe", "1", "5000", "23"),
        ])
    })
}

#[test]
fn a_final_invoice_takes_off_what_corrected_advances_come_to() {
    let first = advance("20000");
    let lower = corrected(&first, &[], BeforeAndAfter, |draft| {
        draft.advance.as_mut().unwrap().received = "15000".to_owned();
    });
    let further = correction_after(&first, None, std::slice::from_ref(&lower));
    assert_eq!(further.advance.as_ref().unwrap().received, "15000.00");
    assert_eq!(further.correction.as_ref().unwrap().amount_before, "15000.00");
    let order = state_of(&first, std::slice::from_ref(&lower)).unwrap();
    let draft = final_of(&[(first, Some(number(1))), (lower, Some(number(2)))], &order);
    let check = checked(&draft);
    assert!(check.is_issuable(), "{:#?}", check.findings);
    assert_eq!(check.totals.whole.as_deref(), Some("375150.00"));
    assert_eq!(check.totals.gross, "360150.00");
    xmllint_accepts(&[check.bytes.unwrap()]);
}

#[test]
fn the_order_is_that_of_the_last_correction() {
    let first = advance("20000");
    let smaller = corrected(&first, &[], BeforeAndAfter, |draft| draft.lines[1].removed = true);
    let order = state_of(&first, std::slice::from_ref(&smaller)).unwrap();
    assert_eq!(next_advance_of(&order).lines.len(), 1);
    let draft = final_of(&[(first, None), (smaller, None)], &order);
    assert_eq!(draft.lines.len(), 1);
    assert_eq!(checked(&draft).totals.gross, "349000.00", "369 000 less 20 000");
}

/// A line of the order that costs nothing and says no quantity is not one that fell away.
#[test]
fn a_free_line_of_the_order_stays() {
    let gift = line("dostawa gratis", "", "0", "23");
    let first = document(&InvoiceDraft {
        kind: DraftKind::Zal,
        advance: Some(AdvanceDraft { received: "20000".to_owned(), parts: Vec::new() }),
        ..invoice(vec![line("mieszkanie", "1", "341666,67", "8"), gift])
    });
    let lower = corrected(&first, &[], BeforeAndAfter, |draft| {
        draft.advance.as_mut().unwrap().received = "15000".to_owned();
    });
    let order = state_of(&first, &[lower]).unwrap();
    let names: Vec<_> = next_advance_of(&order).lines.into_iter().map(|line| line.name).collect();
    assert_eq!(names, ["mieszkanie", "dostawa gratis"]);
}

/// What a person changes in one line.
#[derive(Debug, Clone)]
enum Change {
    Price(u32),
    Quantity(u32),
    Both(u32, u32),
    Name,
    Rate(&'static str),
    Away,
    New(u32),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (1..99_999u32).prop_map(Change::Price),
        (1..50u32).prop_map(Change::Quantity),
        (1..99_999u32, 1..50u32).prop_map(|(price, quantity)| Change::Both(price, quantity)),
        Just(Change::Name),
        prop::sample::select(vec!["23", "8", "5"]).prop_map(Change::Rate),
        Just(Change::Away),
        (1..99_999u32).prop_map(Change::New),
    ]
}

fn grosze(amount: u32) -> String {
    Decimal::new(i64::from(amount), 2).to_string()
}

/// Makes a change in a draft of a correction.
fn make(draft: &mut InvoiceDraft, place: usize, change: &Change) {
    let number = draft.lines.iter().filter_map(|line| line.position.parse::<usize>().ok()).max();
    let next = number.unwrap_or_default().max(draft.lines.len()) + 1;
    if let Change::New(price) = change {
        let position = next.to_string();
        draft
            .lines
            .push(LineDraft { position, ..line(&format!("nowa {price}"), "1", &grosze(*price), "23") });
    } else if !draft.lines.is_empty() {
        let place = place % draft.lines.len();
        let line = &mut draft.lines[place];
        match change {
            Change::Price(price) if line.amount.is_empty() => line.unit_price = grosze(*price),
            Change::Quantity(quantity) if line.amount.is_empty() => line.quantity = quantity.to_string(),
            Change::Price(amount) | Change::Quantity(amount) => line.amount = grosze(*amount),
            Change::Both(price, quantity) => {
                line.amount.clear();
                line.unit_price = grosze(*price);
                line.quantity = quantity.to_string();
            }
            Change::Name => line.name.push('+'),
            Change::Rate(rate) => line.rate = (*rate).to_owned(),
            Change::Away => line.removed = line.before.is_some(),
            Change::New(_) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever was corrected in whatever way: what stands is what the person saw, and all the documents together come to
    /// it to the grosz.
    #[test]
    fn what_stands_is_what_was_left(
        gross in any::<bool>(),
        per_line in any::<bool>(),
        prices in prop::collection::vec(1..99_999u32, 1..5),
        steps in prop::collection::vec((any::<bool>(), prop::collection::vec((0..9usize, change()), 1..4)), 1..5),
    ) {
        let lines = prices.iter().enumerate();
        let mut draft = invoice(lines.map(|(index, price)| line(&format!("p{index}"), "2", &grosze(*price), "23")).collect());
        draft.prices = if gross { PriceBasis::Gross } else { PriceBasis::Net };
        draft.rounding = if per_line { VatRounding::PerLine } else { VatRounding::PerRate };
        let original = document(&draft);
        let mut chain: Vec<Faktura> = Vec::new();
        for (by_difference, changes) in steps {
            let mut draft = correction_after(&original, None, &chain);
            draft.number = format!("KOR/{}", chain.len() + 1);
            draft.correction.as_mut().unwrap().method = if by_difference { Difference } else { BeforeAndAfter };
            changes.iter().for_each(|(place, change)| make(&mut draft, *place, change));
            let left: Vec<(String, String)> = draft
                .lines
                .iter()
                .filter(|line| !line.removed)
                .map(|line| (line.name.clone(), line.rate.clone()))
                .collect();
            // What the person sees: the lines as they are to be, as an invoice of their own.
            let mut seen = draft.clone();
            seen.kind = DraftKind::Vat;
            seen.correction = None;
            seen.lines.retain(|line| !line.removed);
            seen.lines.iter_mut().for_each(|line| line.before = None);
            chain.push(document(&draft));
            let after = correction_after(&original, None, &chain);
            let stands: Vec<(String, String)> =
                after.lines.iter().map(|line| (line.name.clone(), line.rate.clone())).collect();
            prop_assert_eq!(stands, left);
            prop_assert!(document(&after).fa.p_15.decimal().is_zero());
            let whole = chain.iter().fold(original.fa.p_15.decimal(), |sum, kor| sum + kor.fa.p_15.decimal());
            if !seen.lines.is_empty() {
                prop_assert_eq!(document(&seen).fa.p_15.decimal(), whole);
            }
            let mut all_away = after;
            all_away.lines.iter_mut().for_each(|line| line.removed = true);
            prop_assert_eq!(document(&all_away).fa.p_15.decimal(), -whole);
        }
    }
}
