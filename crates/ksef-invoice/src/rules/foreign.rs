//! Buyers abroad.

use super::review::Review;
use super::spot::Spot;
use super::totals::{Bucket, Totals};
use crate::fa3::IdNabywcy;
use crate::finding::FindingCode;

/// Whether the invoice has sales of a kind, by its totals or its lines.
pub(super) fn has(review: &Review<'_>, bucket: Bucket) -> bool {
    let stated = Totals::of(review.fa).stated(bucket).net.is_some_and(|net| !net.is_zero());
    stated || review.fa.fa_wiersz.iter().any(|line| line.p_12.map(Bucket::of_rate) == Some(bucket))
}

fn has_foreign_eu_number(review: &Review<'_>) -> bool {
    matches!(
        &review.invoice.podmiot2.dane_identyfikacyjne.id,
        IdNabywcy::VatUe { kod_ue, .. } if *kod_ue != "PL"
    )
}

fn buyer() -> Spot {
    Spot::root().at("Podmiot2").at("DaneIdentyfikacyjne")
}

/// 0 % within the Union needs the buyer's VAT number of another country. Art. 42 ust. 1 pkt 1, art. 106e ust. 1 pkt 24;
/// not so for new means of transport (art. 42 ust. 2).
pub(super) fn wdt(review: &mut Review<'_>) {
    let is_vehicle =
        matches!(review.fa.adnotacje.nowe_srodki_transportu, crate::fa3::NoweSrodkiTransportu::Jest { .. });
    if has(review, Bucket::Wdt) && !has_foreign_eu_number(review) && !is_vehicle {
        review.warn(
            FindingCode::WdtBuyer,
            buyer().at("NrVatUE"),
            "wewnątrzwspólnotowa dostawa (0% WDT) wymaga numeru VAT UE nabywcy z innego kraju. Podaj kod kraju i numer albo zmień stawkę.",
            "an intra-Community supply (0% WDT) needs the buyer's VAT number of another country. Give the country and the number, or change the rate.",
        );
    }
}

/// Services of art. 100 ust. 1 pkt 4 (np II) are for taxpayers of other countries of the Union. Art. 106e ust. 1 pkt 24.
pub(super) fn services(review: &mut Review<'_>) {
    if has(review, Bucket::EuServices) && !has_foreign_eu_number(review) {
        review.warn(
            FindingCode::EuServiceBuyer,
            buyer().at("NrVatUE"),
            "stawka „np II” jest dla usług dla podatników z innych krajów UE i wymaga ich numeru VAT UE. Podaj kod kraju i numer albo zmień stawkę na „np I”.",
            "the rate \"np II\" is for services to taxpayers of other EU countries and needs their VAT number. Give the country and the number, or change the rate to \"np I\".",
        );
    }
}

/// Goods that leave the Union are rarely for a buyer with a Polish NIP and address. Art. 2 pkt 8.
pub(super) fn export(review: &mut Review<'_>) {
    let party = &review.invoice.podmiot2;
    let is_polish = matches!(party.dane_identyfikacyjne.id, IdNabywcy::Nip(_))
        && party.adres.as_ref().is_some_and(|address| address.kod_kraju == "PL");
    if has(review, Bucket::Export) && is_polish {
        review.warn(
            FindingCode::ExportBuyer,
            buyer().at("NIP"),
            "faktura ma eksport (0% EX), a nabywca ma polski NIP i adres. Sprawdź stawkę albo dane nabywcy.",
            "the invoice has export (0% EX), and the buyer has a Polish NIP and address. Check the rate or the buyer's data.",
        );
    }
}

/// The second taxpayer of a triangular transaction: the seller's number with PL, the buyer's VAT number, and reverse
/// charge. Art. 136 ust. 1.
pub(super) fn triangular(review: &mut Review<'_>) {
    if !review.fa.adnotacje.p_23 {
        return;
    }
    let (spot, polish, english) = if !review.invoice.podmiot1.prefiks_podatnika {
        (
            Spot::root().at("Podmiot1").at("PrefiksPodatnika"),
            "prefiksu PL u sprzedawcy",
            "the seller's prefix PL",
        )
    } else if !has_foreign_eu_number(review) {
        (buyer().at("NrVatUE"), "numeru VAT UE nabywcy", "the buyer's EU VAT number")
    } else if !review.fa.adnotacje.p_18 {
        (
            Spot::fa().at("Adnotacje").at("P_18"),
            "adnotacji „odwrotne obciążenie”",
            "the annotation of reverse charge",
        )
    } else {
        return;
    };
    review.warn(
        FindingCode::TriangularIncomplete,
        spot,
        &format!("procedura uproszczona (P_23) wymaga {polish}. Uzupełnij fakturę albo odznacz procedurę."),
        &format!(
            "the simplified procedure (P_23) needs {english}. Complete the invoice or unmark the procedure."
        ),
    );
}
