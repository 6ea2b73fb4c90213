//! Rows of a correction put onto the lines that stood before it.

use rust_decimal::Decimal;

use super::state::UnclearState;
use crate::draft::fields::money_text;
use crate::draft::{InvoiceDraft, LineDraft, VatRounding, parse};
use crate::totals::{Basis, Discount, Line, LineSum, Rate};

/// A line under its NrWierszaFa.
pub(super) type Numbered = (u64, LineDraft);

/// The number of a line: its own, or its place.
pub(super) fn numbered((index, line): (usize, LineDraft)) -> Numbered {
    (line.position.parse().unwrap_or(index as u64 + 1), line)
}

/// Puts the rows of a correction onto the lines that stood before it. `head` says how they are priced and rounded.
pub(super) fn apply(
    lines: &mut Vec<Numbered>,
    changes: Vec<Numbered>,
    by_difference: bool,
    head: &InvoiceDraft,
) -> Result<(), UnclearState> {
    if by_difference {
        return add_all(lines, changes, Way::of(head));
    }
    replace_all(lines, changes);
    Ok(())
}

/// Rows before and after: each takes the place of its line, or takes it away, or is a new one.
fn replace_all(lines: &mut Vec<Numbered>, changes: Vec<Numbered>) {
    for (number, mut line) in changes {
        let before = line.before.take();
        let place = before.as_deref().and_then(|before| place_of(lines, number, before));
        match (place, line.removed) {
            (Some(place), true) => drop(lines.remove(place)),
            (Some(place), false) => lines[place].1 = line,
            (None, true) => {}
            (None, false) => push(lines, number, line),
        }
    }
}

/// Differences: each is added to its line. One at another rate belongs to a line whose old rate was taken back: it takes
/// that line's place.
fn add_all(lines: &mut Vec<Numbered>, changes: Vec<Numbered>, way: Way) -> Result<(), UnclearState> {
    let mut spent = vec![false; lines.len()];
    let mut others = Vec::new();
    for (number, line) in changes {
        let place = place_of(lines, number, &line).filter(|place| same_rate(&lines[*place].1, &line));
        match place {
            Some(place) => {
                let (sum, is_spent) = added(&lines[place].1, line, way)?;
                lines[place].1 = sum;
                spent[place] = is_spent;
            }
            None => others.push((number, line)),
        }
    }
    for (number, line) in others {
        let freed = (0..spent.len()).find(|place| spent[*place] && lines[*place].0 == number);
        match freed {
            Some(place) => {
                spent[place] = false;
                lines[place].1 = line;
            }
            None => push(lines, number, line),
        }
    }
    let mut spent = spent.into_iter().chain(std::iter::repeat(false));
    lines.retain(|_| !spent.next().unwrap_or_default());
    Ok(())
}

/// A new line, under its number or, where that is taken, the next free one.
fn push(lines: &mut Vec<Numbered>, number: u64, line: LineDraft) {
    let is_taken = lines.iter().any(|(other, _)| *other == number);
    let last = lines.iter().map(|(number, _)| *number).max().unwrap_or_default();
    lines.push((if is_taken { last.saturating_add(1) } else { number }, line));
}

/// The line that a row is about: by its UU_ID, by number and name, by all that is said of it (other programs number the rows
/// of a correction anew), by its number.
fn place_of(lines: &[Numbered], number: u64, row: &LineDraft) -> Option<usize> {
    let find = |is: &dyn Fn(&Numbered) -> bool| lines.iter().position(is);
    let by_uuid = find(&|(_, line)| !row.uuid.is_empty() && line.uuid == row.uuid);
    let by_name = || find(&|(other, line)| *other == number && line.name == row.name);
    let by_content = || {
        let same = |line: &LineDraft| {
            line.name == row.name
                && same_number(&line.unit_price, &row.unit_price)
                && same_number(&line.quantity, &row.quantity)
                && same_rate(line, row)
        };
        find(&|(_, line)| same(line))
    };
    by_uuid.or_else(by_name).or_else(by_content).or_else(|| find(&|(other, _)| *other == number))
}

fn same_rate(one: &LineDraft, other: &LineDraft) -> bool {
    one.rate == other.rate && same_number(&one.oss_rate, &other.oss_rate)
}

/// By value: other programs write `1.00` where `1` stands.
fn same_number(one: &str, other: &str) -> bool {
    one == other || parse::number(one).is_some_and(|number| parse::number(other) == Some(number))
}

/// How lines are priced and rounded.
#[derive(Clone, Copy)]
struct Way {
    basis: Basis,
    per_line: bool,
}

impl Way {
    fn of(head: &InvoiceDraft) -> Self {
        Self { basis: head.prices.basis(), per_line: head.rounding == VatRounding::PerLine }
    }
}

/// What a line's texts say.
#[derive(Clone, Copy)]
struct Figures {
    quantity: Option<Decimal>,
    price: Option<Decimal>,
    discount: Decimal,
    sum: LineSum,
}

impl Figures {
    fn of(line: &LineDraft, way: Way) -> Result<Self, UnclearState> {
        let number = parse::number;
        let (quantity, price) = (number(&line.quantity), number(&line.unit_price));
        let discount = number(&line.discount).unwrap_or_default();
        let computed = Line {
            amount: number(&line.amount),
            vat: number(&line.vat).filter(|_| way.per_line),
            ..plain(line, quantity, price, discount)?
        };
        let sum = computed.sum(way.basis).map_err(|_| UnclearState)?;
        Ok(Self { quantity, price, discount, sum })
    }
}

/// A line of a price, computed.
fn plain(
    line: &LineDraft,
    quantity: Option<Decimal>,
    price: Option<Decimal>,
    discount: Decimal,
) -> Result<Line, UnclearState> {
    let rate = Rate::parse(&line.rate, parse::number(&line.oss_rate)).ok_or(UnclearState)?;
    let discount = if price.is_some() { Discount::Amount(discount) } else { Discount::None };
    let line = Line::new(rate, quantity.unwrap_or(Decimal::ONE), price.unwrap_or_default());
    Ok(Line { discount, ..line })
}

/// A line with a difference, and whether nothing of it is left.
fn added(line: &LineDraft, row: LineDraft, way: Way) -> Result<(LineDraft, bool), UnclearState> {
    let (old, change) = (Figures::of(line, way)?, Figures::of(&row, way)?);
    let sum = |one: Decimal, other: Decimal| one.checked_add(other).ok_or(UnclearState);
    let (value, vat) = (sum(old.sum.value, change.sum.value)?, sum(old.sum.vat, change.sum.vat)?);
    let in_words_alone = change.quantity.is_none() && change.price.is_none() && change.sum.value.is_zero();
    let mut next = named(line, row);
    next.excise = both(&line.excise, &next.excise)?;
    if in_words_alone {
        let LineDraft { quantity, unit_price, discount, amount, vat: own, .. } = line.clone();
        let vat = if change.sum.vat.is_zero() { own } else { money_text(vat) };
        return Ok((LineDraft { quantity, unit_price, discount, amount, vat, ..next }, false));
    }
    let discount = sum(old.discount, change.discount)?;
    let (quantity, price) = counted(&next, old, change, (value, discount), way)?;
    let computed = plain(&next, quantity, price, discount)?;
    let text =
        |number: Option<Decimal>| number.map(|number| number.normalize().to_string()).unwrap_or_default();
    next.quantity = text(quantity);
    next.unit_price = text(price);
    next.discount = text(Some(discount).filter(|discount| price.is_some() && !discount.is_zero()));
    next.amount = if price.is_some() { String::new() } else { money_text(value) };
    let given = Line { amount: Some(value), ..computed }.sum(way.basis).map_err(|_| UnclearState)?;
    next.vat = if way.per_line && given.vat != vat { money_text(vat) } else { String::new() };
    // A line that is free of charge has no value to lose: its quantity is what goes.
    let none_left = match quantity {
        Some(left) => left.is_zero() && old.quantity.is_some_and(|quantity| !quantity.is_zero()),
        None => !old.sum.value.is_zero(),
    };
    Ok((next, none_left && value.is_zero()))
}

/// All that is said of a line after a difference; a row of another program may leave some of it out.
fn named(line: &LineDraft, row: LineDraft) -> LineDraft {
    let or = |row: String, line: &String| if row.is_empty() { line.clone() } else { row };
    LineDraft {
        name: or(row.name, &line.name),
        unit: or(row.unit, &line.unit),
        uuid: or(row.uuid, &line.uuid),
        ..row
    }
}

/// Quantity and price after a difference: what changed is what makes the value. Where neither does, the value alone stands.
fn counted(
    line: &LineDraft,
    old: Figures,
    change: Figures,
    (value, discount): (Decimal, Decimal),
    way: Way,
) -> Result<(Option<Decimal>, Option<Decimal>), UnclearState> {
    let plus = |one: Option<Decimal>, other: Option<Decimal>| match (one, other) {
        (Some(one), Some(other)) => one.checked_add(other),
        (one, other) => one.or(other),
    };
    let more = (change.price.is_none() || change.price == old.price)
        .then(|| (plus(old.quantity, change.quantity), old.price))
        .filter(|_| change.quantity.is_some() && old.quantity.is_some());
    let dearer = (change.quantity.is_none() || change.quantity == old.quantity)
        .then(|| (old.quantity, plus(old.price, change.price)))
        .filter(|_| change.price.is_some() && old.price.is_some());
    for (quantity, price) in more.into_iter().chain(dearer) {
        let computed = plain(line, quantity, price, discount)?.sum(way.basis).map_err(|_| UnclearState)?;
        if computed.value == value && price.is_some() {
            return Ok((quantity, price));
        }
    }
    Ok((None, None))
}

/// The sum of two amounts as typed; nothing where there is none.
fn both(one: &str, other: &str) -> Result<String, UnclearState> {
    match (parse::number(one), parse::number(other)) {
        (Some(one), Some(other)) => Ok(money_text(one.checked_add(other).ok_or(UnclearState)?)),
        (one, other) => Ok(one.or(other).map(money_text).unwrap_or_default()),
    }
}
