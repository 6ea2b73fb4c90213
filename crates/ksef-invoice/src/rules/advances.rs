//! Advance invoices and those that settle them. Art. 106f.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::review::Review;
use super::spot::Spot;
use crate::fa3::{FakturaZaliczkowa, RodzajFaktury, Zamowienie};
use crate::finding::FindingCode;

/// The received payments are what the advance consists of. FA(3), description of P_15Z: "składająca się na kwotę w polu
/// P_15". A final invoice may document payments before the supply itself; P_15 without them is what is left over them
/// (description of ZaliczkaCzesciowa).
pub(super) fn parts(review: &mut Review<'_>) {
    let fa = review.fa;
    if fa.zaliczka_czesciowa.is_empty() {
        return;
    }
    let sum: Decimal = fa.zaliczka_czesciowa.iter().map(|part| part.p_15z.decimal()).sum();
    let whole = fa.p_15.decimal();
    let reason = match review.kind() {
        RodzajFaktury::Zal | RodzajFaktury::KorZal if sum != whole => {
            ("suma zaliczek (P_15Z)", "the sum of the payments (P_15Z)")
        }
        RodzajFaktury::Roz if sum > whole => (
            "suma wpłat przed wykonaniem (P_15Z), które są jej częścią,",
            "the sum of the payments before the supply (P_15Z), which are a part of it,",
        ),
        _ => return,
    };
    review.differs(FindingCode::AdvanceParts, Spot::fa().at("P_15"), (whole, sum), reason);
}

/// An advance invoice carries the order (art. 106f ust. 1 pkt 4), whose value is the sum of its lines and not below the
/// advance.
pub(super) fn order(review: &mut Review<'_>) {
    let fa = review.fa;
    let is_advance = review.kind() == RodzajFaktury::Zal;
    let Some(order) = &fa.zamowienie else {
        if is_advance {
            review.warn(
                FindingCode::OrderMissing,
                Spot::fa().at("Zamowienie"),
                "faktura zaliczkowa musi mieć dane zamówienia lub umowy: towary i usługi, ilości, kwoty. Dodaj zamówienie.",
                "an advance invoice must have the data of the order or contract: goods and services, quantities, amounts. Add the order.",
            );
        }
        return;
    };
    let value = order.wartosc_zamowienia.decimal();
    if is_advance && fa.p_15.decimal() > value {
        review.differs(
            FindingCode::AdvanceAboveOrder,
            Spot::fa().at("P_15"),
            (fa.p_15.decimal(), value),
            (
                "zamówienie, od którego zaliczka nie może być większa,",
                "the order, which the advance cannot exceed,",
            ),
        );
    }
    if let Some(expected) = other_value(order, value) {
        review.differs(
            FindingCode::OrderTotal,
            Spot::fa().at("Zamowienie").at("WartoscZamowienia"),
            (value, expected),
            ("suma pozycji zamówienia z podatkiem", "the sum of the order's lines with tax"),
        );
    }
}

/// The sum of the order's lines, if it is not the stated one. Lines before a correction (StanPrzedZ) do not count, or
/// are taken away where the order states the difference.
fn other_value(order: &Zamowienie, stated: Decimal) -> Option<Decimal> {
    let (mut after, mut before) = (Decimal::ZERO, Decimal::ZERO);
    for line in &order.zamowienie_wiersz {
        // Nothing can be said where a line does not say its value; tax may be absent where there is none.
        let gross = line.p_11netto_z?.decimal() + line.p_11vat_z.map(Decimal::from).unwrap_or_default();
        if line.stan_przed_z {
            before += gross;
        } else {
            after += gross;
        }
    }
    let tolerance = Decimal::new(1, 2) * Decimal::from(order.zamowienie_wiersz.len());
    let fits = |expected: Decimal| (expected - stated).abs() <= tolerance;
    (!fits(after) && !fits(after - before)).then_some(after)
}

/// A final invoice names the advance invoices that it settles, each once. Art. 106f ust. 3; an advance invoice names
/// earlier ones only when it is the last of several (ust. 4).
pub(super) fn settled(review: &mut Review<'_>) {
    let fa = review.fa;
    match (review.kind(), fa.faktura_zaliczkowa.is_empty()) {
        (RodzajFaktury::Roz, true) => review.warn(
            FindingCode::AdvanceMissing,
            Spot::fa().nth("FakturaZaliczkowa", 0),
            "faktura rozliczeniowa (ROZ) musi wskazać faktury zaliczkowe, które rozlicza. Dodaj ich numery KSeF albo zmień rodzaj na VAT.",
            "a final invoice (ROZ) must name the advance invoices that it settles. Add their KSeF numbers or change the kind to VAT.",
        ),
        (RodzajFaktury::Vat | RodzajFaktury::Upr | RodzajFaktury::Kor, false) => review.warn(
            FindingCode::AdvanceUnexpected,
            Spot::fa().nth("FakturaZaliczkowa", 0),
            "faktury zaliczkowe wskazuje faktura rozliczeniowa (ROZ) albo ostatnia zaliczkowa (ZAL). Zmień rodzaj faktury albo usuń wskazanie.",
            "advance invoices are named by a final invoice (ROZ) or the last advance invoice (ZAL). Change the kind or remove the reference.",
        ),
        _ => {}
    }
    let mut seen = HashSet::new();
    let seller = review.invoice.podmiot1.dane_identyfikacyjne.nip.as_str();
    for (index, advance) in fa.faktura_zaliczkowa.iter().enumerate() {
        let (field, number) = match advance {
            FakturaZaliczkowa::PozaKsef(number) => ("NrFaZaliczkowej", number.as_str()),
            FakturaZaliczkowa::Ksef(number) => ("NrKSeFFaZaliczkowej", number.as_str()),
        };
        let spot = || Spot::fa().nth("FakturaZaliczkowa", index).at(field);
        if !seen.insert((field, number)) {
            review.warn(
                FindingCode::AdvanceTwice,
                spot(),
                &format!("fakturę zaliczkową {number} wskazano już wyżej. Usuń powtórzenie."),
                &format!("the advance invoice {number} is named above already. Remove the repetition."),
            );
        }
        if matches!(advance, FakturaZaliczkowa::Ksef(_)) && !number.starts_with(seller) {
            review.warn(
                FindingCode::KsefNumberOfOther,
                spot(),
                &format!("{number} to numer faktury innego sprzedawcy: zaczyna się od jego NIP, a nie od {seller}. Sprawdź numer."),
                &format!("{number} is the number of another seller's invoice: it begins with that NIP, not with {seller}. Check the number."),
            );
        }
    }
}
