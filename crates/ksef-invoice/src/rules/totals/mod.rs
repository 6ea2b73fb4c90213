//! Totals against lines, taxes against rates, and the grand total.
//!
//! Art. 106e ust. 1 pkt 13–15 of the VAT act; ust. 7–11 for the ways of computing and rounding; art. 106f for advance and
//! final invoices; art. 106j for corrections, whose totals are differences.

mod bucket;
mod lines;

pub(super) use bucket::{Bucket, Stated};
pub(super) use lines::{rounded, sums};

use rust_decimal::Decimal;

use super::review::Review;
use super::spot::Spot;
use crate::fa3::{Fa, RodzajFaktury};
use crate::finding::FindingCode;

/// What an invoice states, by rate.
pub(super) struct Totals<'i>(&'i Fa);

impl<'i> Totals<'i> {
    pub(super) const fn of(fa: &'i Fa) -> Self {
        Self(fa)
    }

    pub(super) fn stated(&self, bucket: Bucket) -> Stated {
        bucket.stated(self.0)
    }

    /// Something is stated for the rate, be it zero.
    pub(super) fn has(&self, bucket: Bucket) -> bool {
        self.stated(bucket).net.is_some()
    }

    /// Some tax is stated.
    pub(super) fn has_tax(&self) -> bool {
        Bucket::ALL.iter().any(|&bucket| self.stated(bucket).tax.is_some_and(|tax| !tax.is_zero()))
    }

    /// All that is stated, net and tax.
    pub(super) fn gross(&self) -> Decimal {
        Bucket::ALL
            .iter()
            .map(|&bucket| self.stated(bucket))
            .map(|stated| stated.net.unwrap_or_default() + stated.tax.unwrap_or_default())
            .sum()
    }
}

/// Whether the totals are those of the lines: not with advances (the order counts), final invoices (advances are
/// deducted), and simplified ones (lines need no amounts).
fn totals_are_of_lines(review: &Review<'_>) -> bool {
    matches!(review.kind(), RodzajFaktury::Vat | RodzajFaktury::Kor) && !review.fa.fa_wiersz.is_empty()
}

/// P_13 and P_14 against the lines of their rate: net values, or gross ones (art. 106e ust. 7 i 8), taxes by line or by
/// total (ust. 10); with corrections the lines after less those before (StanPrzed), or the differences as they stand.
pub(super) fn by_rate(review: &mut Review<'_>) {
    if !totals_are_of_lines(review) {
        return;
    }
    let Some(sums) = sums(review.fa) else { return };
    for (bucket, sums) in sums {
        let stated = bucket.stated(review.fa);
        if sums.lines == 0 && stated.net.is_none_or(|net| net.is_zero()) {
            continue;
        }
        let net = stated.net.unwrap_or_default();
        if let Some(expected) = sums.other_net(net) {
            review.differs(
                FindingCode::NetTotal,
                Spot::fa().at(bucket.net_field()),
                (net, expected),
                ("suma pozycji z tą stawką", "the sum of the lines at this rate"),
            );
        }
        let Some(field) = bucket.tax_field() else { continue };
        let tax = stated.tax.unwrap_or_default();
        // FA(3) lets the tax of One Stop Shop be left out.
        let may_be_absent = bucket == Bucket::Oss && stated.tax.is_none();
        if let Some(expected) = sums.other_tax(tax).filter(|_| !may_be_absent) {
            review.differs(
                FindingCode::TaxTotal,
                Spot::fa().at(field),
                (tax, expected),
                ("podatek od pozycji z tą stawką", "the tax of the lines at this rate"),
            );
        }
    }
}

/// Where no lines tell the tax, P_14 is P_13 by the rate: advances (art. 106f ust. 1 pkt 3), final invoices, corrections
/// without lines. The rounding of each corrected invoice may leave a hundredth.
pub(super) fn tax_fits_net(review: &mut Review<'_>) {
    if totals_are_of_lines(review) && sums(review.fa).is_some() {
        return;
    }
    let corrected = review.fa.korekta.as_ref().map_or(0, |correction| correction.dane_fa_korygowanej.len());
    let tolerance = Decimal::new(5, 2) + Decimal::new(1, 2) * Decimal::from(corrected);
    for bucket in Bucket::ALL {
        let stated = bucket.stated(review.fa);
        let (Some((least, most)), Some(net), Some(tax), Some(field)) =
            (bucket.percents(), stated.net, stated.tax, bucket.tax_field())
        else {
            continue;
        };
        let ends = [net * least / Decimal::ONE_HUNDRED, net * most / Decimal::ONE_HUNDRED];
        let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        if tax < low - tolerance || tax > high + tolerance {
            review.differs(
                FindingCode::TaxTotal,
                Spot::fa().at(field),
                (tax, rounded(ends[1])),
                ("podatek od sumy netto według stawki", "the tax of the net total by its rate"),
            );
        }
    }
}

/// P_15 is the sum of all P_13 and P_14. A simplified invoice may state P_15 alone (art. 106e ust. 5 pkt 3).
pub(super) fn grand_total(review: &mut Review<'_>) {
    let totals = Totals::of(review.fa);
    let nothing_stated = !Bucket::ALL.iter().any(|&bucket| totals.has(bucket));
    if review.kind() == RodzajFaktury::Upr && nothing_stated {
        return;
    }
    let (found, expected) = (review.fa.p_15.decimal(), totals.gross());
    if (found - expected).abs() > Decimal::new(1, 2) {
        review.differs(
            FindingCode::GrandTotal,
            Spot::fa().at("P_15"),
            (found, expected),
            ("suma kwot netto i podatku (P_13 i P_14)", "the sum of net and tax totals (P_13 and P_14)"),
        );
    }
}

/// A final invoice deducts advances from its lines: no total may exceed them. Art. 106f ust. 3.
pub(super) fn final_invoice(review: &mut Review<'_>) {
    if review.kind() != RodzajFaktury::Roz {
        return;
    }
    let Some(sums) = sums(review.fa) else { return };
    for (bucket, sums) in sums {
        let (Some(net), Some(of_lines)) = (bucket.stated(review.fa).net, sums.by_net.or(sums.by_gross))
        else {
            continue;
        };
        if net > of_lines.net.max(Decimal::ZERO) + sums.tolerance() {
            review.differs(
                FindingCode::FinalTotal,
                Spot::fa().at(bucket.net_field()),
                (net, rounded(of_lines.net)),
                (
                    "suma pozycji z tą stawką, od której zaliczki można tylko odjąć,",
                    "the sum of the lines at this rate, from which advances can only be deducted,",
                ),
            );
        }
    }
}
