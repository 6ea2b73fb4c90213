//! Sums by rate.

use super::part::Part;
use super::{Bilingual, SheetRate};

/// Net, tax, tax in złoty, and what the rate is called; where the law has changed it, the new and the old one.
const RATES: [(&str, &str, &str, &str, &str); 13] = [
    ("P_13_1", "P_14_1", "P_14_1W", "23%|22%", "23%|22%"),
    ("P_13_2", "P_14_2", "P_14_2W", "8%|7%", "8%|7%"),
    ("P_13_3", "P_14_3", "P_14_3W", "5%", "5%"),
    ("P_13_4", "P_14_4", "P_14_4W", "4%|3%", "4%|3%"),
    ("P_13_5", "P_14_5", "", "procedura OSS", "OSS"),
    ("P_13_6_1", "", "", "0% w kraju", "0% domestic"),
    ("P_13_6_2", "", "", "0% WDT", "0% intra-Community supply"),
    ("P_13_6_3", "", "", "0% eksport", "0% export"),
    ("P_13_7", "", "", "zwolnione", "exempt"),
    ("P_13_8", "", "", "np – poza terytorium kraju", "not taxed here"),
    ("P_13_9", "", "", "np – usługi z art. 100 ust. 1 pkt 4", "not taxed here, services of art. 100(1)(4)"),
    ("P_13_10", "", "", "odwrotne obciążenie", "reverse charge"),
    ("P_13_11", "", "", "procedura marży", "margin scheme"),
];

/// Takes the sums of FA(3) and FA(2), before the lines are taken: they tell which of two rates it is.
pub(super) fn of_invoice(fa: &mut Part) -> Vec<SheetRate> {
    let mut of_lines = fa.values_in("FaWiersz", "P_12");
    if let Some(order) = fa.part("Zamowienie") {
        of_lines.extend(order.values_in("ZamowienieWiersz", "P_12Z"));
        fa.put("Zamowienie", order);
    }
    let mut out = Vec::new();
    for (net, vat, vat_pln, pl, en) in RATES {
        let Some(net) = fa.take(net) else { continue };
        let rate = match pl.split_once('|') {
            Some((new, old)) => one_of(new, old, &of_lines),
            None => Bilingual::new(pl, en),
        };
        out.push(SheetRate { rate, net, vat: fa.take(vat), vat_pln: fa.take(vat_pln) });
    }
    out
}

fn one_of(new: &str, old: &str, of_lines: &[String]) -> Bilingual {
    let has = |rate: &str| of_lines.iter().any(|known| known == rate.trim_end_matches('%'));
    match (has(new), has(old)) {
        (true, false) => Bilingual::same(new),
        (false, true) => Bilingual::same(old),
        _ => Bilingual { pl: format!("{new} lub {old}"), en: format!("{new} or {old}") },
    }
}

/// Takes the sum of FA_RR: it has one rate.
pub(super) fn of_farmer(fa: &mut Part) -> Vec<SheetRate> {
    let rate = Bilingual::new("zryczałtowany zwrot podatku", "flat-rate compensation");
    let net = fa.take("P_11_1");
    net.map(|net| SheetRate { rate, net, vat: fa.take("P_11_2"), vat_pln: fa.take("P_11_2W") })
        .into_iter()
        .collect()
}
