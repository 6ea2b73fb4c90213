//! Dates against each other. Whether P_1 is in the future is one of the technical checks.

use super::review::Review;
use super::spot::Spot;
use crate::fa3::{DataDostawy, RodzajFaktury, Zaplata};
use crate::finding::FindingCode;

/// An invoice may be issued this many days before the supply. Art. 106i ust. 7 pkt 1.
const DAYS_AHEAD: i64 = 60;

/// A period that ends before it begins contradicts itself.
pub(super) fn period(review: &mut Review<'_>) {
    let Some(DataDostawy::OkresFa(period)) = &review.fa.data_dostawy else { return };
    if period.p_6_od > period.p_6_do {
        let (from, to) = (period.p_6_od, period.p_6_do);
        review.refuse(
            FindingCode::PeriodReversed,
            Spot::fa().at("OkresFa").at("P_6_Do"),
            &format!("okres kończy się {to}, zanim się zaczyna ({from}). Zamień daty."),
            &format!("the period ends on {to}, before it begins ({from}). Swap the dates."),
        );
    }
}

/// A supply more than 60 days after the issue. Art. 106i ust. 7 pkt 1; periods and settlements in advance (ust. 8) are
/// left alone. With advances the date is that of a payment, which cannot be later than the invoice by much either.
pub(super) fn supply_ahead(review: &mut Review<'_>) {
    let fa = review.fa;
    if let Some(DataDostawy::P6(date)) = fa.data_dostawy {
        far_ahead(review, date, || Spot::fa().at("P_6"));
    }
    for (index, line) in fa.fa_wiersz.iter().enumerate() {
        if let Some(date) = line.p_6a {
            far_ahead(review, date, || Spot::line(index).at("P_6A"));
        }
    }
}

fn far_ahead(review: &mut Review<'_>, date: chrono::NaiveDate, spot: impl FnOnce() -> Spot) {
    let days = (date - review.fa.p_1).num_days();
    if days > DAYS_AHEAD {
        review.warn(
            FindingCode::SupplyFarAhead,
            spot(),
            &format!("{date} jest {days} dni po dacie wystawienia, a fakturę można wystawić najwyżej {DAYS_AHEAD} dni przed dostawą lub usługą. Sprawdź datę."),
            &format!("{date} is {days} days after the day of issue, and an invoice may be issued {DAYS_AHEAD} days before the supply at most. Check the date."),
        );
    }
}

/// P_6 is for all lines, P_6A for single ones. FA(3), descriptions of both.
pub(super) fn two_dates(review: &mut Review<'_>) {
    if review.fa.data_dostawy.is_none() || review.kind() == RodzajFaktury::Zal {
        return;
    }
    if let Some(index) = review.fa.fa_wiersz.iter().position(|line| line.p_6a.is_some()) {
        review.warn(
            FindingCode::TwoSupplyDates,
            Spot::line(index).at("P_6A"),
            "faktura ma wspólną datę dostawy (P_6 albo okres), więc pozycja nie powinna mieć własnej. Zostaw jedną z nich.",
            "the invoice has a common date of supply (P_6 or a period), so a line should have none of its own. Leave one of them.",
        );
    }
}

/// A term of payment before the day of issue is usually a mistake of the year or month.
pub(super) fn terms(review: &mut Review<'_>) {
    let issued = review.fa.p_1;
    for (index, term) in review.fa.platnosc.iter().flat_map(|payment| &payment.termin_platnosci).enumerate() {
        let Some(date) = term.termin.filter(|date| *date < issued) else { continue };
        review.warn(
            FindingCode::TermBeforeIssue,
            Spot::fa().at("Platnosc").nth("TerminPlatnosci", index).at("Termin"),
            &format!("termin {date} minął przed wystawieniem faktury ({issued}). Sprawdź datę."),
            &format!("the term {date} had passed before the invoice was issued ({issued}). Check the date."),
        );
    }
}

/// What has been paid was paid by the day of issue. FA(3), descriptions of DataZaplaty and DataZaplatyCzesciowej: "jeśli
/// do wystawienia faktury płatność została dokonana".
pub(super) fn paid_after_issue(review: &mut Review<'_>) {
    let payment = Spot::fa().at("Platnosc");
    match review.fa.platnosc.as_ref().and_then(|payment| payment.zaplata.as_ref()) {
        Some(Zaplata::Calosc(date)) => paid_on(review, *date, || payment.at("DataZaplaty")),
        Some(Zaplata::Czesci { zaplata_czesciowa, .. }) => {
            for (index, part) in zaplata_czesciowa.iter().enumerate() {
                let spot = payment.clone().nth("ZaplataCzesciowa", index).at("DataZaplatyCzesciowej");
                paid_on(review, part.data_zaplaty_czesciowej, || spot);
            }
        }
        None => {}
    }
}

fn paid_on(review: &mut Review<'_>, date: chrono::NaiveDate, spot: impl FnOnce() -> Spot) {
    let issued = review.fa.p_1;
    if date > issued {
        review.warn(
            FindingCode::PaidAfterIssue,
            spot(),
            &format!("zapłata {date} jest po dacie wystawienia ({issued}), a podaje się tu płatności dokonane do wystawienia faktury. Sprawdź datę albo podaj termin płatności."),
            &format!("the payment of {date} is after the day of issue ({issued}), and only payments made by then belong here. Check the date or give a term of payment."),
        );
    }
}

/// A transport that ends before it begins.
pub(super) fn transports(review: &mut Review<'_>) {
    let transports = review.fa.warunki_transakcji.iter().flat_map(|terms| &terms.transport).enumerate();
    for (index, transport) in transports {
        let (Some(from), Some(to)) =
            (&transport.data_godz_rozp_transportu, &transport.data_godz_zak_transportu)
        else {
            continue;
        };
        if from.moment() > to.moment() {
            review.warn(
                FindingCode::TransportReversed,
                Spot::fa().at("WarunkiTransakcji").nth("Transport", index).at("DataGodzZakTransportu"),
                "transport kończy się, zanim się zaczyna. Sprawdź daty i godziny.",
                "the transport ends before it begins. Check dates and times.",
            );
        }
    }
}
