//! Corrections: of lines before and after or by difference, of the header, collective ones, of corrections.

use ksef_invoice::draft::{
    AdvanceAmount, CorrectionMethod, DraftKind, InvoiceDraft, LineDraft, OtherPartyDraft, PartyDraft,
};
use ksef_invoice::fa3::{Faktura, NumerKsefKorygowanej};
use ksef_types::KsefNumber;

use crate::world::{
    checked, composed, correction_of, day, document, invoice, line, nip, sound, xmllint_accepts,
};

fn number() -> KsefNumber {
    KsefNumber::compose(nip(), day(), [1; 6])
}

fn original() -> Faktura {
    document(&invoice(vec![
        line("lodówka", "1", "1626,01", "23"),
        line("wniesienie", "1", "40,65", "23"),
        line("mleko", "10", "0,95", "5"),
    ]))
}

fn correction() -> InvoiceDraft {
    correction_of(&original(), Some(&number()))
}

#[test]
fn nothing_changed_comes_to_nothing() {
    let draft = correction();
    assert_eq!(draft.kind, DraftKind::Kor);
    let invoice = document(&draft);
    assert_eq!(invoice.fa.fa_wiersz, []);
    assert_eq!(invoice.fa.p_15.to_string(), "0.00");
    assert_eq!(invoice.fa.sumy_1, None);
    let corrected = &invoice.fa.korekta.as_ref().unwrap().dane_fa_korygowanej;
    assert_eq!(corrected[0].nr_fa_korygowanej.as_str(), "FV/1/11/2026");
    assert_eq!(corrected[0].ksef, NumerKsefKorygowanej::Ksef(number().to_string().as_str().into()));
    sound(&invoice);
}

/// The ministry's examples 2 and 3: 200 zł less for a scratched fridge.
#[test]
fn a_price_is_corrected_in_both_ways() {
    let mut draft = correction();
    draft.lines[0].unit_price = "1463,41".to_owned();
    let both = document(&draft);
    let rows: Vec<_> = both
        .fa
        .fa_wiersz
        .iter()
        .map(|row| (row.nr_wiersza_fa, row.stan_przed, row.p_11.unwrap().to_string()))
        .collect();
    assert_eq!(rows, [(1, true, "1626.01".to_owned()), (1, false, "1463.41".to_owned())]);
    draft.correction.as_mut().unwrap().method = CorrectionMethod::Difference;
    let difference = document(&draft);
    let row = &difference.fa.fa_wiersz[0];
    assert_eq!(difference.fa.fa_wiersz.len(), 1);
    assert_eq!(
        (row.p_9a.unwrap().to_string(), row.p_11.unwrap().to_string()),
        ("-162.60".to_owned(), "-162.60".to_owned())
    );
    for invoice in [&both, &difference] {
        let sums = invoice.fa.sumy_1.unwrap();
        assert_eq!(
            (sums.p_13_1.to_string(), sums.p_14_1.to_string()),
            ("-162.60".to_owned(), "-37.40".to_owned())
        );
        assert_eq!(invoice.fa.p_15.to_string(), "-200.00");
        assert_eq!(invoice.fa.sumy_3, None, "the sum at 5 % does not change");
    }
    assert_eq!(composed(&draft).totals.lines[0].as_ref().unwrap().gross, "-200.00");
    xmllint_accepts(&[sound(&both), sound(&difference)]);
}

const NONE: [String; 0] = [];

/// What our own document is told of, which nobody could mend.
fn warnings(draft: &InvoiceDraft) -> Vec<String> {
    // A correction has a number of its own.
    checked(&InvoiceDraft { number: "KOR/1".to_owned(), ..draft.clone() })
        .findings
        .into_iter()
        .map(|finding| format!("{}: {}", finding.field, finding.code))
        .collect()
}

#[test]
fn lines_fall_away_and_come() {
    let mut draft = correction();
    draft.lines[1].removed = true;
    draft.lines.push(line("transport", "1", "10", "23"));
    let invoice = document(&draft);
    let rows: Vec<_> = invoice
        .fa
        .fa_wiersz
        .iter()
        .map(|row| (row.nr_wiersza_fa, row.stan_przed, row.p_7.as_deref().unwrap()))
        .collect();
    assert_eq!(rows, [(2, true, "wniesienie"), (2, false, "wniesienie"), (4, false, "transport")]);
    let gone = &invoice.fa.fa_wiersz[1];
    assert_eq!(gone.p_8b.unwrap().to_string(), "0", "what falls away stands there with nothing left");
    assert_eq!(gone.p_11.unwrap().to_string(), "0.00");
    assert!(InvoiceDraft::of_document(&invoice).lines[0].removed, "and is read as such");
    assert_eq!(warnings(&draft), NONE);
    assert_eq!(invoice.fa.sumy_1.unwrap().p_13_1.to_string(), "-30.65");
    draft.correction.as_mut().unwrap().method = CorrectionMethod::Difference;
    let difference = document(&draft);
    assert_eq!(warnings(&draft), NONE);
    assert_eq!(difference.fa.sumy_1, invoice.fa.sumy_1);
    assert_eq!(difference.fa.fa_wiersz[0].p_11.unwrap().to_string(), "-40.65");
    xmllint_accepts(&[sound(&invoice), sound(&difference)]);
}

#[test]
fn another_rate_goes_from_one_sum_to_another() {
    for method in [CorrectionMethod::BeforeAndAfter, CorrectionMethod::Difference] {
        let mut draft = correction();
        draft.lines[0].rate = "8".to_owned();
        draft.correction.as_mut().unwrap().method = method;
        assert_eq!(warnings(&draft), NONE, "{method:?}");
        let invoice = document(&draft);
        assert_eq!(invoice.fa.fa_wiersz.len(), 2);
        assert_eq!(invoice.fa.sumy_1.unwrap().p_13_1.to_string(), "-1626.01");
        assert_eq!(invoice.fa.sumy_2.unwrap().p_13_2.to_string(), "1626.01");
        sound(&invoice);
    }
}

/// The invoice and its correction together are the invoice as it should have been, to the grosz.
#[test]
fn what_is_left_is_the_right_invoice() {
    let lines =
        vec![line("a", "1", "0,33", "23"), line("b", "1", "0,33", "23"), line("c", "1", "0,34", "23")];
    let first = document(&invoice(lines.clone()));
    let mut draft = correction_of(&first, None);
    draft.lines[1].unit_price = "0,31".to_owned();
    let change = document(&draft);
    let mut right = lines;
    right[1].unit_price = "0,31".to_owned();
    let right = document(&invoice(right));
    let vat = |invoice: &Faktura| invoice.fa.sumy_1.map(|sums| sums.p_14_1.decimal()).unwrap_or_default();
    assert_eq!(vat(&first) + vat(&change), vat(&right));
    assert_eq!(first.fa.p_15.decimal() + change.fa.p_15.decimal(), right.fa.p_15.decimal());
}

#[test]
fn a_correction_of_a_correction_starts_from_the_state_after_it() {
    let mut draft = correction();
    draft.lines[0].unit_price = "1463,41".to_owned();
    draft.lines[1].removed = true;
    draft.number = "KOR/1".to_owned();
    let first = document(&draft);
    let second = correction_of(&first, None);
    assert_eq!(second.kind, DraftKind::Kor);
    assert_eq!(second.lines.len(), 1, "only what still stands");
    assert_eq!(second.lines[0].before.as_ref().unwrap().unit_price, "1463.41");
    let numbers: Vec<_> =
        second.correction.unwrap().corrected.into_iter().map(|reference| reference.number).collect();
    assert_eq!(numbers, ["FV/1/11/2026", "KOR/1"]);
}

/// The ministry's example 5.
#[test]
fn the_buyers_data_are_corrected_without_amounts() {
    let mut draft = correction();
    draft.correction.as_mut().unwrap().buyer_before = Some(draft.buyer.party.clone());
    draft.buyer.party.name = "CDE sp. j.".to_owned();
    let check = checked(&draft);
    assert!(check.is_issuable(), "{:#?}", check.findings);
    let invoice = document(&draft);
    let before = &invoice.fa.korekta.as_ref().unwrap().podmiot2k[0];
    assert_eq!(before.dane_identyfikacyjne.nazwa.as_deref(), Some("F.H.U. Jan Kowalski"));
    assert_eq!(before.id_nabywcy, invoice.podmiot2.id_nabywcy);
    assert_eq!(before.dane_identyfikacyjne.id, invoice.podmiot2.dane_identyfikacyjne.id);
    assert_eq!(invoice.fa.p_15.to_string(), "0.00");
    xmllint_accepts(&[check.bytes.unwrap()]);
}

/// IDNabywcy of the buyer and of an additional one.
fn keys(invoice: &Faktura) -> [Option<&str>; 2] {
    [invoice.podmiot2.id_nabywcy.as_deref(), invoice.podmiot3[0].id_nabywcy.as_deref()]
}

#[test]
fn the_keys_of_the_buyers_are_kept() {
    let second = PartyDraft {
        id: "7980332920".to_owned(),
        name: "Drugi nabywca".to_owned(),
        address: crate::world::profile().address,
        ..PartyDraft::default()
    };
    let second = OtherPartyDraft {
        party: second,
        role: "4".to_owned(),
        buyer_key: "0001".to_owned(),
        ..OtherPartyDraft::default()
    };
    let mut draft = invoice(vec![line("lodówka", "1", "2000", "23")]);
    draft.others = vec![second];
    draft.buyer.buyer_key = "NAB7".to_owned();
    let original = document(&draft);
    let kept = [Some("NAB7"), Some("0001")];
    assert_eq!(keys(&original), kept);
    assert_eq!(keys(&document(&InvoiceDraft::from_invoice(&original))), kept);
    let mut correction = correction_of(&original, None);
    assert_eq!(keys(&document(&correction)), kept);
    correction.correction.as_mut().unwrap().buyer_before = Some(correction.buyer.party.clone());
    let with_buyer = document(&correction);
    assert_eq!(with_buyer.fa.korekta.as_ref().unwrap().podmiot2k[0].id_nabywcy.as_deref(), kept[0]);
    assert_eq!(document(&InvoiceDraft::of_document(&with_buyer)), with_buyer);
    // Without a key of its own the buyer gets one that no other buyer has.
    correction.buyer.buyer_key.clear();
    let with_new_key = document(&correction);
    assert_eq!(keys(&with_new_key), [Some("0002"), Some("0001")]);
    // What was said of the additional buyer alone stays the additional buyer's.
    let mut of_second = with_new_key.clone();
    of_second.podmiot2.id_nabywcy = None;
    of_second.fa.korekta.as_mut().unwrap().podmiot2k[0].id_nabywcy = Some("0001".into());
    assert_eq!(document(&InvoiceDraft::of_document(&of_second)), of_second);
    xmllint_accepts(&[sound(&original), sound(&with_buyer), sound(&with_new_key), sound(&of_second)]);
    correction.buyer.buyer_key = "x".repeat(33);
    let too_long = checked(&correction).findings;
    assert!(
        too_long.iter().any(|finding| finding.error && finding.field == "buyer.buyerKey"),
        "{too_long:#?}"
    );
}

#[test]
fn the_number_and_the_sellers_data_are_corrected() {
    let mut draft = correction();
    let correction = draft.correction.as_mut().unwrap();
    correction.right_number = "FV/2/11/2026".to_owned();
    correction.seller_before = Some(PartyDraft {
        name: "Okna Ciemne".to_owned(),
        address: crate::world::profile().address,
        ..PartyDraft::default()
    });
    let invoice = document(&draft);
    let written = invoice.fa.korekta.as_ref().unwrap();
    assert_eq!(written.nr_fa_korygowany.as_deref(), Some("FV/2/11/2026"));
    assert_eq!(written.podmiot1k.as_ref().unwrap().dane_identyfikacyjne.nazwa.as_str(), "Okna Ciemne");
    xmllint_accepts(&[sound(&invoice)]);
}

/// The ministry's example 6: a discount on half a year, without lines.
#[test]
fn a_collective_correction_has_sums_of_its_own() {
    let mut draft = correction();
    draft.lines.clear();
    let correction = draft.correction.as_mut().unwrap();
    correction.period = "pierwsze półrocze 2026".to_owned();
    correction.corrected.push(correction.corrected[0].clone());
    correction.corrected[1].number = "FV/7".to_owned();
    correction.sums = vec![AdvanceAmount {
        rate: "23".to_owned(),
        net: "-40650,41".to_owned(),
        vat: "-9349,59".to_owned(),
    }];
    let invoice = document(&draft);
    assert_eq!(invoice.fa.p_15.to_string(), "-50000.00");
    assert_eq!(invoice.fa.korekta.as_ref().unwrap().dane_fa_korygowanej.len(), 2);
    xmllint_accepts(&[sound(&invoice)]);
}

#[test]
fn a_line_that_changed_in_words_alone() {
    let mut draft = correction();
    draft.lines[0].name = "lodówka biała".to_owned();
    let both = document(&draft);
    assert_eq!(both.fa.fa_wiersz.len(), 2);
    draft.correction.as_mut().unwrap().method = CorrectionMethod::Difference;
    let difference = document(&draft);
    assert_eq!(difference.fa.fa_wiersz[0].p_11.unwrap().to_string(), "0.00");
    assert_eq!(
        (both.fa.p_15.to_string(), difference.fa.p_15.to_string()),
        ("0.00".to_owned(), "0.00".to_owned())
    );
}

#[test]
fn quantity_and_price_together_stand_in_the_value_alone() {
    let mut draft = correction();
    draft.lines[2] =
        LineDraft { quantity: "8".to_owned(), unit_price: "1".to_owned(), ..draft.lines[2].clone() };
    draft.correction.as_mut().unwrap().method = CorrectionMethod::Difference;
    let row = document(&draft).fa.fa_wiersz[0].clone();
    assert_eq!((row.p_8b, row.p_9a, row.p_11.unwrap().to_string()), (None, None, "-1.50".to_owned()));
}
