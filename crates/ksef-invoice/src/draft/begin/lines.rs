//! Rows of a document as lines of a draft.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::parties::text;
use crate::draft::fields::money_text;
use crate::draft::{InvoiceDraft, LineDraft, PriceBasis, VatRounding, parse};
use crate::fa3::{Fa, FaWiersz, RodzajFaktury, Zamowienie, ZamowienieWiersz};
use crate::totals::{Amounts, Basis, Discount, Group, Line, Rate, Rounding};

/// What all rows have in common.
struct Common {
    basis: Basis,
    rounding: Rounding,
    /// The exchange rate that lines need not repeat.
    exchange: Option<Decimal>,
    /// The rate of rows that have none.
    rate: String,
}

/// Prices, rounding, exchange rate and lines of the draft.
pub(super) fn read(fa: &Fa, draft: &mut InvoiceDraft) {
    let common = Common {
        basis: basis(fa),
        rounding: rounding(fa),
        exchange: exchange(fa),
        rate: rate_of_rows_without(fa),
    };
    draft.prices = if common.basis == Basis::Gross { PriceBasis::Gross } else { PriceBasis::Net };
    if order_of(fa).is_none() && common.rounding == Rounding::PerLine {
        draft.rounding = VatRounding::PerLine;
    }
    draft.exchange.rate = common.exchange.map(|rate| rate.normalize().to_string()).unwrap_or_default();
    let rows: Vec<(u64, bool, LineDraft)> = match order_of(fa) {
        Some(order) => order
            .zamowienie_wiersz
            .iter()
            .map(|row| (row.nr_wiersza_zam, row.stan_przed_z, order_line(row)))
            .collect(),
        None => {
            fa.fa_wiersz.iter().map(|row| (row.nr_wiersza_fa, row.stan_przed, line(row, &common))).collect()
        }
    };
    draft.lines = paired(rows);
    let is_silent = |row: &FaWiersz| {
        row.p_11.is_none() && row.p_11a.is_none() && row.p_9a.is_none() && row.p_9b.is_none()
    };
    if fa.korekta.is_none() && !fa.fa_wiersz.is_empty() && fa.fa_wiersz.iter().all(is_silent) {
        take_sums(fa, draft);
    }
}

/// The order of an advance; elsewhere an order is not what is sold.
fn order_of(fa: &Fa) -> Option<&Zamowienie> {
    let advance = matches!(fa.rodzaj_faktury, RodzajFaktury::Zal | RodzajFaktury::KorZal);
    fa.zamowienie.as_ref().filter(|_| advance)
}

/// Rows without amounts, as simplified invoices have them: the sums go to the first of them.
fn take_sums(fa: &Fa, draft: &mut InvoiceDraft) {
    let mut sums: Vec<(String, Decimal)> = groups_of(fa)
        .into_iter()
        .map(|(group, amounts)| (group.as_str().to_owned(), amounts.net + amounts.vat))
        .collect();
    if sums.is_empty() {
        let rate = draft.lines.first().map(|line| line.rate.clone()).unwrap_or_default();
        sums.push((rate, fa.p_15.decimal()));
    }
    draft.prices = PriceBasis::Gross;
    let last = draft.lines.last().cloned().unwrap_or_default();
    while draft.lines.len() < sums.len() {
        draft.lines.push(LineDraft { name: last.name.clone(), ..LineDraft::default() });
    }
    for (index, line) in draft.lines.iter_mut().enumerate() {
        let (rate, amount) = sums.get(index).cloned().unwrap_or((sums[0].0.clone(), Decimal::ZERO));
        line.rate = rate;
        line.amount = money_text(amount);
    }
}

/// Each row before with the row after of the same number; a row before alone, or with nothing of it left after, is a line
/// that falls away.
fn paired(rows: Vec<(u64, bool, LineDraft)>) -> Vec<LineDraft> {
    let mut after: BTreeMap<u64, std::collections::VecDeque<usize>> = BTreeMap::new();
    for (index, (number, before, _)) in rows.iter().enumerate() {
        if !before {
            after.entry(*number).or_default().push_back(index);
        }
    }
    let mut partners: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, (number, before, _)) in rows.iter().enumerate() {
        if *before
            && let Some(partner) = after.get_mut(number).and_then(std::collections::VecDeque::pop_front)
        {
            partners.insert(partner, index);
        }
    }
    let taken: std::collections::BTreeSet<usize> = partners.values().copied().collect();
    let mut lines = Vec::new();
    for (index, (number, before, line)) in rows.iter().enumerate() {
        let mut line = match (before, partners.get(&index)) {
            (true, _) if taken.contains(&index) => continue,
            (true, _) => LineDraft { removed: true, before: Some(Box::new(line.clone())), ..line.clone() },
            (false, Some(partner)) => match &rows[*partner].2 {
                before if is_nothing_left(line, before) => {
                    LineDraft { removed: true, before: Some(Box::new(before.clone())), ..before.clone() }
                }
                before => LineDraft { before: Some(Box::new(before.clone())), ..line.clone() },
            },
            (false, None) => line.clone(),
        };
        if *number != lines.len() as u64 + 1 {
            line.position = number.to_string();
        }
        lines.push(line);
    }
    lines
}

/// The row after is the one before with a quantity and a value of zero, and nothing else. One that had none is unchanged.
fn is_nothing_left(after: &LineDraft, before: &LineDraft) -> bool {
    if after == before {
        return false;
    }
    let zero = |text: &str| parse::number(text).is_some_and(|number| number.is_zero());
    let gone = match after.quantity.as_str() {
        "" => zero(&after.unit_price) || zero(&after.amount),
        quantity => zero(quantity),
    };
    let restored = LineDraft {
        quantity: before.quantity.clone(),
        unit_price: before.unit_price.clone(),
        discount: before.discount.clone(),
        amount: before.amount.clone(),
        vat: before.vat.clone(),
        excise: before.excise.clone(),
        ..after.clone()
    };
    gone && restored == *before
}

fn basis(fa: &Fa) -> Basis {
    let rated = || fa.fa_wiersz.iter().filter(|row| row.p_12.is_some() || row.p_12_xii.is_some());
    let net = rated().any(|row| row.p_9a.is_some() || row.p_11.is_some());
    let gross = rated().any(|row| row.p_9b.is_some() || row.p_11a.is_some());
    if gross && !net { Basis::Gross } else { Basis::Net }
}

fn rounding(fa: &Fa) -> Rounding {
    let per_line = order_of(fa).is_some() || fa.fa_wiersz.iter().any(|row| row.p_11vat.is_some());
    if per_line { Rounding::PerLine } else { Rounding::PerRate }
}

/// The exchange rate of the invoice: that of an advance, or of the lines where they have one.
fn exchange(fa: &Fa) -> Option<Decimal> {
    if fa.kod_waluty == "PLN" {
        return None;
    }
    if let Some(rate) = fa.kurs_waluty_z {
        return Some(rate.decimal());
    }
    let mut rates =
        fa.fa_wiersz.iter().filter_map(|row| row.kurs_waluty.map(|rate| rate.decimal().normalize()));
    match rates.next() {
        Some(first) => rates.all(|rate| rate == first).then_some(first),
        None => from_sums(fa),
    }
}

/// VAT in PLN by VAT in the currency, where no line says the rate.
fn from_sums(fa: &Fa) -> Option<Decimal> {
    let sums = fa.sumy_1?;
    let rate = sums.p_14_1w?.decimal().checked_div(sums.p_14_1.decimal())?.round_dp(4).normalize();
    (rate > Decimal::ZERO).then_some(rate)
}

/// Rows without a rate are those of a margin scheme, or have the only one that there is.
fn rate_of_rows_without(fa: &Fa) -> String {
    if fa.p_13_11.is_some() {
        return Rate::Margin.as_str().to_owned();
    }
    let groups: Vec<Group> = groups_of(fa).into_keys().collect();
    match groups.as_slice() {
        [only] => only.as_str().to_owned(),
        _ => String::new(),
    }
}

fn line(row: &FaWiersz, common: &Common) -> LineDraft {
    let rate = match (row.p_12, row.p_12_xii) {
        (Some(rate), _) => rate.code().to_owned(),
        (None, Some(_)) => "oss".to_owned(),
        (None, None) => common.rate.clone(),
    };
    let own_exchange = row.kurs_waluty.map(|rate| rate.decimal().normalize());
    let mut line = LineDraft {
        name: text(&row.p_7),
        quantity: row.p_8b.map(|quantity| quantity.to_string()).unwrap_or_default(),
        unit: text(&row.p_8a),
        discount: row.p_10.map(|discount| discount.to_string()).unwrap_or_default(),
        rate,
        oss_rate: row.p_12_xii.map(|rate| rate.to_string()).unwrap_or_default(),
        sale_date: row.p_6a.map(|day| day.to_string()).unwrap_or_default(),
        gtu: row.gtu.map(|gtu| gtu.code().to_owned()).unwrap_or_default(),
        procedure: row.procedura.map(|procedure| procedure.code().to_owned()).unwrap_or_default(),
        annex_15: row.p_12_zal_15,
        index: text(&row.indeks),
        gtin: text(&row.gtin),
        pkwiu: text(&row.pkwiu),
        cn: text(&row.cn),
        pkob: text(&row.pkob),
        excise: row.kwota_akcyzy.map(|excise| excise.to_string()).unwrap_or_default(),
        exchange_rate: own_exchange
            .filter(|rate| common.exchange != Some(*rate))
            .map(|rate| rate.to_string())
            .unwrap_or_default(),
        uuid: text(&row.uu_id),
        ..LineDraft::default()
    };
    let margin = line.rate == Rate::Margin.as_str();
    let gross_price = || row.p_9b.map(|price| price.decimal());
    let gross_value = || row.p_11a.map(|value| value.decimal());
    let (price, value) = if common.basis == Basis::Gross || margin {
        (gross_price().or(row.p_9a.map(|price| price.decimal())), gross_value())
    } else {
        (
            row.p_9a.map(|price| price.decimal()),
            row.p_11.map(|value| value.decimal()).or_else(|| net_of_gross(row)),
        )
    };
    let vat = row.p_11vat.map(|vat| vat.decimal());
    let counts = Counts { quantity: row.p_8b.map(Into::into), price, discount: row.p_10.map(Into::into) };
    give(&mut line, counts, value, vat, common.basis, common.rounding);
    line
}

/// A row with a gross value alone on an invoice with net ones.
fn net_of_gross(row: &FaWiersz) -> Option<Decimal> {
    let gross = row.p_11a?.decimal();
    let rate = Rate::parse(row.p_12?.code(), None)?;
    Line::new(rate, Decimal::ONE, gross).sum(Basis::Gross).ok().map(|sum| sum.net)
}

fn order_line(row: &ZamowienieWiersz) -> LineDraft {
    let rate = match (row.p_12z, row.p_12z_xii) {
        (Some(rate), _) => rate.code().to_owned(),
        (None, Some(_)) => "oss".to_owned(),
        (None, None) => Rate::Margin.as_str().to_owned(),
    };
    let mut line = LineDraft {
        name: text(&row.p_7z),
        quantity: row.p_8bz.map(|quantity| quantity.to_string()).unwrap_or_default(),
        unit: text(&row.p_8az),
        rate,
        oss_rate: row.p_12z_xii.map(|rate| rate.to_string()).unwrap_or_default(),
        gtu: row.gtuz.map(|gtu| gtu.code().to_owned()).unwrap_or_default(),
        procedure: row.procedura_z.map(|procedure| procedure.code().to_owned()).unwrap_or_default(),
        annex_15: row.p_12z_zal_15,
        index: text(&row.indeks_z),
        gtin: text(&row.gtinz),
        pkwiu: text(&row.pkwiuz),
        cn: text(&row.cnz),
        pkob: text(&row.pkobz),
        excise: row.kwota_akcyzy_z.map(|excise| excise.to_string()).unwrap_or_default(),
        uuid: text(&row.uu_idz),
        ..LineDraft::default()
    };
    let counts =
        Counts { quantity: row.p_8bz.map(Into::into), price: row.p_9az.map(Into::into), discount: None };
    let net = row.p_11netto_z.map(|net| net.decimal());
    let vat = row.p_11vat_z.map(|vat| vat.decimal());
    give(&mut line, counts, net, vat, Basis::Net, Rounding::PerLine);
    line
}

/// From what the value of a line is computed.
struct Counts {
    quantity: Option<Decimal>,
    price: Option<Decimal>,
    discount: Option<Decimal>,
}

/// Price, value and VAT of a line, the latter two only where they are not what is computed.
fn give(
    line: &mut LineDraft,
    counts: Counts,
    value: Option<Decimal>,
    vat: Option<Decimal>,
    basis: Basis,
    rounding: Rounding,
) {
    line.unit_price = counts.price.map(|price| price.to_string()).unwrap_or_default();
    let percent = line.oss_rate.parse().ok();
    let Some(rate) = Rate::parse(&line.rate, percent) else {
        line.amount = value.map(money_text).unwrap_or_default();
        return;
    };
    let mut computed = Line {
        discount: counts.discount.map_or(Discount::None, Discount::Amount),
        ..Line::new(rate, counts.quantity.unwrap_or(Decimal::ONE), counts.price.unwrap_or_default())
    };
    let is_computed = counts.price.is_some()
        && computed.sum(basis).is_ok_and(|sum| value.is_none_or(|value| value == sum.value));
    if !is_computed {
        line.amount = value.map(money_text).unwrap_or_default();
        computed.amount = value;
    }
    if let Some(vat) = vat.filter(|_| rounding == Rounding::PerLine)
        && computed.sum(basis).is_ok_and(|sum| sum.vat != vat)
    {
        line.vat = money_text(vat);
    }
}

/// P_13 and P_14 of a document.
pub(super) fn groups_of(fa: &Fa) -> BTreeMap<Group, Amounts> {
    let both =
        |net: crate::fa3::Kwota, vat: crate::fa3::Kwota| Amounts { net: net.decimal(), vat: vat.decimal() };
    let net = |net: crate::fa3::Kwota| Amounts { net: net.decimal(), vat: Decimal::ZERO };
    [
        (Group::Basic, fa.sumy_1.map(|sums| both(sums.p_13_1, sums.p_14_1))),
        (Group::Reduced1, fa.sumy_2.map(|sums| both(sums.p_13_2, sums.p_14_2))),
        (Group::Reduced2, fa.sumy_3.map(|sums| both(sums.p_13_3, sums.p_14_3))),
        (Group::Taxi, fa.sumy_4.map(|sums| both(sums.p_13_4, sums.p_14_4))),
        (Group::Oss, fa.sumy_5.map(|sums| both(sums.p_13_5, sums.p_14_5.unwrap_or_default()))),
        (Group::ZeroKr, fa.p_13_6_1.map(net)),
        (Group::ZeroWdt, fa.p_13_6_2.map(net)),
        (Group::ZeroEx, fa.p_13_6_3.map(net)),
        (Group::Zw, fa.p_13_7.map(net)),
        (Group::NpI, fa.p_13_8.map(net)),
        (Group::NpII, fa.p_13_9.map(net)),
        (Group::Oo, fa.p_13_10.map(net)),
        (Group::Margin, fa.p_13_11.map(net)),
    ]
    .into_iter()
    .filter_map(|(group, amounts)| Some((group, amounts?)))
    .collect()
}
