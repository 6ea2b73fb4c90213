//! A line as typed → its values.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::FindingCode;
use crate::draft::fields::{DAY, MONEY, PERCENT, PRICE, QUANTITY};
use crate::draft::notes::{Field, Notes};
use crate::draft::{DraftKind, LineDraft, parse};
use crate::fa3::{Gtu, Procedura, Znakowy};
use crate::totals::{Basis, Discount, Line, LineSum, Rate, Rounding};

/// A line whose texts have been read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) position: u64,
    pub(super) uuid: Option<Znakowy>,
    pub(super) sale_date: Option<NaiveDate>,
    pub(super) name: Option<Znakowy>,
    pub(super) index: Option<Znakowy>,
    pub(super) gtin: Option<Znakowy>,
    pub(super) pkwiu: Option<Znakowy>,
    pub(super) cn: Option<Znakowy>,
    pub(super) pkob: Option<Znakowy>,
    pub(super) unit: Option<Znakowy>,
    pub(super) quantity: Option<Decimal>,
    pub(super) price: Option<Decimal>,
    pub(super) rate: Option<Rate>,
    pub(super) annex_15: bool,
    pub(super) excise: Option<Decimal>,
    pub(super) gtu: Option<Gtu>,
    pub(super) procedure: Option<Procedura>,
    /// PLN for one of the currency, of its own.
    pub(super) exchange: Option<Decimal>,
    /// What it comes to; nothing while it cannot be computed.
    pub(super) sum: Option<LineSum>,
}

/// How lines are computed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub(super) kind: DraftKind,
    pub(super) basis: Basis,
    pub(super) rounding: Rounding,
}

/// Nothing has been written into it that says what is sold.
pub(super) fn is_blank(line: &LineDraft) -> bool {
    let empty = |text: &String| parse::trimmed(text).is_empty();
    [&line.name, &line.unit_price, &line.amount, &line.index, &line.gtin, &line.discount, &line.vat]
        .into_iter()
        .all(empty)
        && line.before.is_none()
}

pub(super) fn read(line: &LineDraft, place: usize, field: &Field<'_>, way: Way, notes: &mut Notes) -> Row {
    let text = |notes: &mut Notes, name, element, most, typed: &str| {
        notes.text(&field.at(name), element, most, typed)
    };
    let name = notes.needed(&field.at("name"), "P_7", 512, &line.name);
    let rate = rate(line, field, notes);
    let quantity = notes.number(&field.at("quantity"), "P_8B", QUANTITY, &line.quantity);
    let price = price(line, field, way, notes);
    let sum = sum(line, field, way, Parsed { rate, quantity, price }, notes);
    Row {
        position: position(line, place, field, notes),
        uuid: text(notes, "uuid", "UU_ID", 50, &line.uuid),
        sale_date: notes.day(&field.at("saleDate"), "P_6A", DAY, &line.sale_date),
        name,
        index: text(notes, "index", "Indeks", 50, &line.index),
        gtin: text(notes, "gtin", "GTIN", 20, &line.gtin),
        pkwiu: text(notes, "pkwiu", "PKWiU", 50, &line.pkwiu),
        cn: text(notes, "cn", "CN", 50, &line.cn),
        pkob: text(notes, "pkob", "PKOB", 50, &line.pkob),
        unit: text(notes, "unit", "P_8A", 256, &line.unit),
        quantity,
        price,
        rate,
        annex_15: line.annex_15,
        excise: notes.number(&field.at("excise"), "KwotaAkcyzy", MONEY, &line.excise),
        gtu: notes.code(&field.at("gtu"), "Fa/FaWiersz/GTU", &line.gtu, Gtu::of),
        procedure: notes.code(
            &field.at("procedure"),
            "Fa/FaWiersz/Procedura",
            &line.procedure,
            Procedura::of,
        ),
        exchange: notes.exchange(&field.at("exchangeRate"), "KursWaluty", &line.exchange_rate),
        sum,
    }
}

/// NrWierszaFa: as typed, or the place in the list.
pub(super) fn position(line: &LineDraft, place: usize, field: &Field<'_>, notes: &mut Notes) -> u64 {
    let typed = parse::trimmed(&line.position);
    let own = place as u64 + 1;
    if typed.is_empty() {
        return own;
    }
    match typed.parse::<u64>() {
        Ok(position @ 1..=99_999_999_999_999) => position,
        _ => {
            notes.fits(&field.at("position"), "Fa/FaWiersz/NrWierszaFa", typed);
            own
        }
    }
}

fn rate(line: &LineDraft, field: &Field<'_>, notes: &mut Notes) -> Option<Rate> {
    let typed = parse::trimmed(&line.rate);
    if typed.is_empty() {
        notes.missing(&field.at("rate"), "P_12");
        return None;
    }
    let oss = if typed.eq_ignore_ascii_case("oss") {
        let percent = notes.needed_number(&field.at("ossRate"), "P_12_XII", PERCENT, &line.oss_rate)?;
        if percent < Decimal::ZERO || percent > Decimal::ONE_HUNDRED {
            notes.error(
                &field.at("ossRate"),
                FindingCode::OutOfRange,
                "Stawka VAT innego państwa to liczba od 0 do 100.",
                "The VAT rate of another country is a number from 0 to 100.",
            );
            return None;
        }
        Some(percent)
    } else {
        None
    };
    let rate = Rate::parse(typed, oss);
    if rate.is_none() {
        notes.error(
            &field.at("rate"),
            FindingCode::NotAllowed,
            "Stawka VAT to jedna z: 23, 22, 8, 7, 5, 4, 3, 0 KR, 0 WDT, 0 EX, zw, oo, np I, np II, oss, marza.",
            "The VAT rate is one of: 23, 22, 8, 7, 5, 4, 3, 0 KR, 0 WDT, 0 EX, zw, oo, np I, np II, oss, marza.",
        );
    }
    rate
}

fn price(line: &LineDraft, field: &Field<'_>, way: Way, notes: &mut Notes) -> Option<Decimal> {
    let element = match way.basis {
        Basis::Net => "P_9A",
        Basis::Gross => "P_9B",
    };
    let is_given = !parse::trimmed(&line.amount).is_empty();
    let field = field.at("unitPrice");
    if is_given {
        notes.number(&field, element, PRICE, &line.unit_price)
    } else {
        notes.needed_number(&field, element, PRICE, &line.unit_price)
    }
}

/// What has been read already.
struct Parsed {
    rate: Option<Rate>,
    quantity: Option<Decimal>,
    price: Option<Decimal>,
}

fn sum(line: &LineDraft, field: &Field<'_>, way: Way, parsed: Parsed, notes: &mut Notes) -> Option<LineSum> {
    let is_typed = |text: &str| !parse::trimmed(text).is_empty();
    let discount = discount(line, field, notes);
    let amount_element = if way.basis == Basis::Net { "P_11" } else { "P_11A" };
    let amount = notes.number(&field.at("amount"), amount_element, MONEY, &line.amount);
    let vat = notes.number(&field.at("vat"), "P_11Vat", MONEY, &line.vat);
    if vat.is_some() && way.rounding == Rounding::PerRate {
        notes.warning(
            &field.at("vat"),
            FindingCode::NotAllowed,
            "VAT wpisany w pozycji liczy się tylko wtedy, gdy VAT jest zaokrąglany w każdej pozycji.",
            "VAT typed at a line counts only where VAT is rounded at each line.",
        );
    }
    // A number that was typed and is none leaves the line without a sum.
    let unread = (is_typed(&line.quantity) && parsed.quantity.is_none())
        || (is_typed(&line.unit_price) && parsed.price.is_none())
        || (is_typed(&line.amount) && amount.is_none())
        || (is_typed(&line.vat) && vat.is_none());
    let (rate, discount) = (parsed.rate?, discount?);
    if unread || (parsed.price.is_none() && amount.is_none()) {
        return None;
    }
    let computed = Line {
        rate,
        quantity: parsed.quantity.unwrap_or(Decimal::ONE),
        unit_price: parsed.price.unwrap_or_default(),
        discount: if parsed.price.is_some() { discount } else { Discount::None },
        amount,
        vat: vat.filter(|_| way.rounding == Rounding::PerLine),
    };
    match computed.sum(way.basis) {
        Ok(sum) => Some(sum),
        Err(_) => {
            too_large(&field.at("unitPrice"), notes);
            None
        }
    }
}

/// An amount that FA(3) cannot hold.
pub(super) fn too_large(field: &Field<'_>, notes: &mut Notes) {
    notes.error(
        field,
        FindingCode::Digits,
        "Kwota jest za duża: może mieć najwyżej 16 cyfr przed przecinkiem.",
        "The amount is too large: it may have at most 16 digits before the decimal point.",
    );
}

/// `None` where something was typed that is no discount.
fn discount(line: &LineDraft, field: &Field<'_>, notes: &mut Notes) -> Option<Discount> {
    let field = field.at("discount");
    if parse::trimmed(&line.discount).is_empty() {
        return Some(Discount::None);
    }
    match parse::percent(&line.discount) {
        None => notes.number(&field, "P_10", PRICE, &line.discount).map(Discount::Amount),
        Some(percent) => {
            let percent = notes.needed_number(&field, "P_10", PERCENT, percent)?;
            if percent.is_sign_negative() || percent > Decimal::ONE_HUNDRED {
                notes.error(
                    &field,
                    FindingCode::OutOfRange,
                    "Rabat w procentach to liczba od 0 do 100.",
                    "A discount in percent is a number from 0 to 100.",
                );
                return None;
            }
            Some(Discount::Percent(percent))
        }
    }
}
