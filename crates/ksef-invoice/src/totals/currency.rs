use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    Basis, Group, LineSum, Rate, Rounding, Sums, TooLarge, exact_vat_of_gross, exact_vat_of_net, held,
};

/// VAT in PLN by the sums of FA(3) (P_14_…W), for an invoice in another currency (art. 31a, art. 106e ust. 11).
///
/// Where all lines of a sum have one exchange rate, its VAT is multiplied by it. Where they differ, the VAT of the lines of
/// each exchange rate is; rounded is once, in the end, as the ministry's examples do.
///
/// `exchange` of a line: PLN for one of the currency. A sum with a line without one is left out.
///
/// # Errors
/// An amount that FA(3) cannot hold.
pub fn vat_in_pln<'l>(
    sums: &Sums,
    lines: impl IntoIterator<Item = (Rate, &'l LineSum, Option<Decimal>)>,
    basis: Basis,
    rounding: Rounding,
) -> Result<BTreeMap<Group, Decimal>, TooLarge> {
    // By sum and exchange rate: VAT that is not rounded yet.
    let mut parts: BTreeMap<Group, BTreeMap<Option<Decimal>, Decimal>> = BTreeMap::new();
    for (rate, line, exchange) in lines {
        let group = rate.group();
        if !group.has_vat_in_pln() {
            continue;
        }
        let vat = match (rounding, basis) {
            (Rounding::PerLine, _) => Some(line.vat),
            (Rounding::PerRate, Basis::Net) => exact_vat_of_net(line.value, rate),
            (Rounding::PerRate, Basis::Gross) => exact_vat_of_gross(line.value, rate),
        };
        let part = parts.entry(group).or_default().entry(exchange).or_default();
        *part = part.checked_add(vat.ok_or(TooLarge)?).ok_or(TooLarge)?;
    }
    let groups = sums.groups()?;
    let mut out = BTreeMap::new();
    for (group, by_exchange) in parts {
        let whole = groups.get(&group).map(|amounts| amounts.vat).unwrap_or_default();
        if let Some(pln) = in_pln(&by_exchange, whole)? {
            out.insert(group, pln);
        }
    }
    Ok(out)
}

fn in_pln(parts: &BTreeMap<Option<Decimal>, Decimal>, whole: Decimal) -> Result<Option<Decimal>, TooLarge> {
    let mut sum = Decimal::ZERO;
    for (exchange, vat) in parts {
        let Some(exchange) = exchange else { return Ok(None) };
        let vat = if parts.len() == 1 { whole } else { *vat };
        sum = vat.checked_mul(*exchange).and_then(|pln| sum.checked_add(pln)).ok_or(TooLarge)?;
    }
    held(Some(sum)).map(Some)
}
