//! Read lines → FaWiersz and ZamowienieWiersz.

use rust_decimal::Decimal;

use super::line::{Row, Way};
use crate::draft::fields::{money, percent, price, quantity};
use crate::fa3::{FaWiersz, ProceduraZ, StawkaPodatku, ZamowienieWiersz};
use crate::totals::{Basis, Rate, Rounding};

/// P_12; nothing where the rate has no value there.
pub(super) fn stawka(rate: Rate) -> Option<StawkaPodatku> {
    StawkaPodatku::of(rate.as_str())
}

fn oss_percent(rate: Option<Rate>) -> Option<Decimal> {
    match rate {
        Some(Rate::Oss(percent)) => Some(percent),
        _ => None,
    }
}

/// FaWiersz. `exchange` is the invoice's rate, for lines without one of their own.
pub(super) fn line(row: &Row, way: Way, exchange: Option<Decimal>, before: bool) -> FaWiersz {
    let basis = if row.rate == Some(Rate::Margin) { Basis::Gross } else { way.basis };
    let value = row.sum.map(|sum| money(sum.value));
    let unit_price = row.price.map(price);
    let (net_price, gross_price, net, gross) = match basis {
        Basis::Net => (unit_price, None, value, None),
        Basis::Gross => (None, unit_price, None, value),
    };
    let has_vat = row.rate.is_some_and(|rate| rate.group().has_vat());
    let in_pln = row.rate.is_some_and(|rate| rate.group().has_vat_in_pln());
    FaWiersz {
        nr_wiersza_fa: row.position,
        uu_id: row.uuid.clone(),
        p_6a: row.sale_date,
        p_7: row.name.clone(),
        indeks: row.index.clone(),
        gtin: row.gtin.clone(),
        pkwiu: row.pkwiu.clone(),
        cn: row.cn.clone(),
        pkob: row.pkob.clone(),
        p_8a: row.unit.clone(),
        p_8b: row.quantity.map(quantity),
        p_9a: net_price,
        p_9b: gross_price,
        p_10: row.sum.map(|sum| sum.discount).filter(|discount| !discount.is_zero()).map(price),
        p_11: net,
        p_11a: gross,
        p_11vat: row.sum.filter(|_| has_vat && way.rounding == Rounding::PerLine).map(|sum| money(sum.vat)),
        p_12: row.rate.and_then(stawka),
        p_12_xii: oss_percent(row.rate).map(percent),
        p_12_zal_15: row.annex_15,
        kwota_akcyzy: row.excise.map(money),
        gtu: row.gtu,
        procedura: row.procedure,
        kurs_waluty: row.exchange.or(exchange.filter(|_| in_pln)).map(quantity),
        stan_przed: before,
    }
}

/// ZamowienieWiersz: it has net prices only.
pub(super) fn order_line(row: &Row, way: Way, before: bool) -> ZamowienieWiersz {
    ZamowienieWiersz {
        nr_wiersza_zam: row.position,
        uu_idz: row.uuid.clone(),
        p_7z: row.name.clone(),
        indeks_z: row.index.clone(),
        gtinz: row.gtin.clone(),
        pkwiuz: row.pkwiu.clone(),
        cnz: row.cn.clone(),
        pkobz: row.pkob.clone(),
        p_8az: row.unit.clone(),
        p_8bz: row.quantity.map(quantity),
        p_9az: net_price(row, way).map(price),
        p_11netto_z: row.sum.map(|sum| money(sum.net)),
        p_11vat_z: row.sum.map(|sum| money(sum.vat)),
        p_12z: row.rate.and_then(stawka),
        p_12z_xii: oss_percent(row.rate).map(percent),
        p_12z_zal_15: row.annex_15,
        gtuz: row.gtu,
        procedura_z: row.procedure.and_then(|procedure| ProceduraZ::of(procedure.code())),
        kwota_akcyzy_z: row.excise.map(money),
        stan_przed_z: before,
    }
}

/// The net price of one: as typed, or the net value divided by the quantity.
fn net_price(row: &Row, way: Way) -> Option<Decimal> {
    let price = row.price?;
    if way.basis == Basis::Net && row.rate != Some(Rate::Margin) {
        return Some(price);
    }
    let quantity = row.quantity.unwrap_or(Decimal::ONE);
    let net = row.sum?.net;
    net.checked_div(quantity).map(|price| price.round_dp(8))
}
