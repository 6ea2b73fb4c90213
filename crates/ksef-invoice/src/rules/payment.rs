//! What is paid and what remains.

use rust_decimal::Decimal;

use super::review::{Review, amount};
use super::spot::Spot;
use crate::fa3::{Rozliczenie, WynikRozliczenia, Zaplata};
use crate::finding::FindingCode;

/// What is to be paid: the total, or what the settlement says.
fn due(review: &Review<'_>) -> Decimal {
    let settled = review.fa.rozliczenie.as_ref().and_then(|settlement| settlement.wynik.as_ref());
    match settled {
        Some(WynikRozliczenia::DoZaplaty(due)) => due.decimal(),
        Some(WynikRozliczenia::DoRozliczenia(_)) => Decimal::ZERO,
        None => review.fa.p_15.decimal(),
    }
}

/// "Paid in part" is less than the amount due, "paid in full, in parts" is all of it. FA(3), description of
/// ZnacznikZaplatyCzesciowej.
pub(super) fn partial(review: &mut Review<'_>) {
    let paid = review.fa.platnosc.as_ref().and_then(|payment| payment.zaplata.as_ref());
    let Some(Zaplata::Czesci { znacznik_zaplaty_czesciowej: only_a_part, zaplata_czesciowa }) = paid else {
        return;
    };
    let sum: Decimal = zaplata_czesciowa.iter().map(|part| part.kwota_zaplaty_czesciowej.decimal()).sum();
    let due = due(review);
    let fits = if *only_a_part { sum < due } else { sum == due };
    // A correction states a difference; what has been paid may be about the whole.
    if fits || review.is_correction() {
        return;
    }
    let (sum, due) = (amount(sum), amount(due));
    let (polish, english) = match only_a_part {
        true => (
            format!(
                "zapłacono w części, a wpłaty ({}) nie są mniejsze od należności ({}). Sprawdź kwoty albo zaznacz zapłatę w całości.",
                sum.0, due.0
            ),
            format!(
                "it is paid in part, and the payments ({}) are not below the amount due ({}). Check the amounts or mark it as paid in full.",
                sum.1, due.1
            ),
        ),
        false => (
            format!(
                "zapłacono w całości, a wpłaty ({}) nie są równe należności ({}). Sprawdź kwoty.",
                sum.0, due.0
            ),
            format!(
                "it is paid in full, and the payments ({}) are not the amount due ({}). Check the amounts.",
                sum.1, due.1
            ),
        ),
    };
    review.warn(
        FindingCode::PartialPayments,
        Spot::fa().at("Platnosc").at("ZnacznikZaplatyCzesciowej"),
        &polish,
        &english,
    );
}

/// Charges and deductions add up to their sums, and with the total to what remains. FA(3), description of DoZaplaty:
/// "równa polu P_15 powiększonemu o Obciazenia i pomniejszonemu o Odliczenia".
pub(super) fn settlement(review: &mut Review<'_>) {
    let Some(settlement) = &review.fa.rozliczenie else { return };
    let Rozliczenie { obciazenia, suma_obciazen, odliczenia, suma_odliczen, wynik } = settlement;
    let spot = |field| Spot::fa().at("Rozliczenie").at(field);
    let charges: Decimal = obciazenia.iter().map(|charge| charge.kwota.decimal()).sum();
    let deductions: Decimal = odliczenia.iter().map(|deduction| deduction.kwota.decimal()).sum();
    if let Some(stated) = suma_obciazen.filter(|stated| stated.decimal() != charges) {
        let reason = ("suma obciążeń", "the sum of the charges");
        review.differs(FindingCode::Settlement, spot("SumaObciazen"), (stated.decimal(), charges), reason);
    }
    if let Some(stated) = suma_odliczen.filter(|stated| stated.decimal() != deductions) {
        let reason = ("suma odliczeń", "the sum of the deductions");
        review.differs(FindingCode::Settlement, spot("SumaOdliczen"), (stated.decimal(), deductions), reason);
    }
    let remains = review.fa.p_15.decimal() + charges - deductions;
    let (field, stated, expected) = match wynik {
        Some(WynikRozliczenia::DoZaplaty(stated)) => ("DoZaplaty", stated.decimal(), remains),
        Some(WynikRozliczenia::DoRozliczenia(stated)) => ("DoRozliczenia", stated.decimal(), -remains),
        None => return,
    };
    if stated != expected {
        let reason = (
            "kwota należności powiększona o obciążenia i pomniejszona o odliczenia",
            "the total plus charges less deductions",
        );
        review.differs(FindingCode::Settlement, spot(field), (stated, expected), reason);
    }
}

/// The link carries the payment's identifier, the same as the field. FA(3), descriptions of LinkDoPlatnosci and IPKSeF.
pub(super) fn link(review: &mut Review<'_>) {
    let Some(payment) = &review.fa.platnosc else { return };
    let (Some(link), Some(id)) = (payment.link_do_platnosci.as_deref(), payment.ip_ksef.as_deref()) else {
        return;
    };
    let query = link.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let in_link = query.split('&').find_map(|parameter| parameter.strip_prefix("IPKSeF="));
    if let Some(in_link) = in_link.filter(|in_link| *in_link != id) {
        review.warn(
            FindingCode::PaymentLink,
            Spot::fa().at("Platnosc").at("LinkDoPlatnosci"),
            &format!("link ma identyfikator {in_link}, a faktura {id}. Powinny być takie same."),
            &format!("the link has the identifier {in_link}, the invoice {id}. They should be the same."),
        );
    }
}
