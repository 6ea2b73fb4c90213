//! Sums by rate.

use super::part::Part;
use super::{Bilingual, SheetRate};

/// Net, tax, tax in złoty, and what the rate is called.
const RATES: [(&str, &str, &str, &str, &str); 13] = [
    ("P_13_1", "P_14_1", "P_14_1W", "23% (22%)", "23% (22%)"),
    ("P_13_2", "P_14_2", "P_14_2W", "8% (7%)", "8% (7%)"),
    ("P_13_3", "P_14_3", "P_14_3W", "5%", "5%"),
    ("P_13_4", "P_14_4", "P_14_4W", "ryczałt dla taksówek", "taxi flat rate"),
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

/// Takes the sums of FA(3) and FA(2).
pub(super) fn of_invoice(fa: &mut Part) -> Vec<SheetRate> {
    let rate = |&(net, vat, vat_pln, pl, en): &(&str, &str, &str, &str, &str)| {
        let net = fa.take(net)?;
        Some(SheetRate { rate: Bilingual::new(pl, en), net, vat: fa.take(vat), vat_pln: fa.take(vat_pln) })
    };
    RATES.iter().filter_map(rate).collect()
}

/// Takes the sum of FA_RR: it has one rate.
pub(super) fn of_farmer(fa: &mut Part) -> Vec<SheetRate> {
    let rate = Bilingual::new("zryczałtowany zwrot podatku", "flat-rate compensation");
    let net = fa.take("P_11_1");
    net.map(|net| SheetRate { rate, net, vat: fa.take("P_11_2"), vat_pln: fa.take("P_11_2W") })
        .into_iter()
        .collect()
}
