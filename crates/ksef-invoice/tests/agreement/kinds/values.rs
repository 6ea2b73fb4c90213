//! Values about one facet.

use super::super::chance::Chance;
use super::super::fa3_table::content::Table;
use super::super::fa3_table::simple::{Primitive, Simple, WhiteSpace};
use super::Kind;
use super::seeds;

/// Whether a type has the facet.
pub(super) fn concerns(kind: Kind, table: &Table, simple: usize) -> bool {
    let simple = &table.simples[simple];
    let is_number = matches!(simple.primitive, Primitive::Decimal | Primitive::Integer);
    let is_plain_text = simple.primitive == Primitive::Text && simple.values.is_empty();
    match kind {
        Kind::Enumeration => !simple.values.is_empty(),
        Kind::Pattern => !simple.patterns.is_empty(),
        Kind::LeastLength => is_plain_text && simple.min_length > 0,
        Kind::MostLengthInCharacters => is_plain_text && simple.max_length.is_some(),
        Kind::TotalDigits => simple.total_digits.is_some(),
        Kind::FractionDigits => simple.fraction_digits.is_some(),
        Kind::Digit => is_number,
        Kind::Bounds => simple.min.is_some() || simple.max.is_some(),
        Kind::WhiteSpace => simple.white_space != WhiteSpace::Preserve,
        Kind::Date => matches!(simple.primitive, Primitive::Date | Primitive::DateTime),
        Kind::Order | Kind::Occurrence | Kind::Namespace | Kind::Attribute => true,
    }
}

/// A value near the border that the facet draws, as written in the document.
pub(super) fn probe(kind: Kind, table: &Table, index: usize, chance: &mut Chance) -> String {
    let simple = &table.simples[index];
    let good = seeds::value(table, index);
    match kind {
        Kind::Enumeration => enumeration(simple, chance),
        Kind::Pattern => (0..=chance.below(2)).fold(good, |value, _| edited(&value, chance)),
        Kind::LeastLength => length(simple.min_length.saturating_sub(1) + chance.below(3), chance),
        Kind::MostLengthInCharacters => {
            length((simple.max_length.unwrap_or(1) + chance.below(4)).saturating_sub(2), chance)
        }
        Kind::TotalDigits => total_digits(simple, chance),
        Kind::FractionDigits => fraction_digits(simple, chance),
        Kind::Digit => (0..=chance.below(2)).fold(number(chance), |value, _| edited_number(&value, chance)),
        Kind::Bounds => near_bound(simple, chance),
        Kind::WhiteSpace => spaced(&good, chance),
        Kind::Date if simple.primitive == Primitive::Date => day(chance),
        Kind::Date => moment(chance),
        Kind::Order | Kind::Occurrence | Kind::Namespace | Kind::Attribute => good,
    }
}

fn enumeration(simple: &Simple, chance: &mut Chance) -> String {
    let value = &simple.values[chance.below(simple.values.len())];
    match chance.below(5) {
        0 => value.clone(),
        1 => value.to_lowercase(),
        2 => spaced(value, chance),
        3 => format!("{}{value}", chance.pick(&["0", "+", "-", "00", "x", "&#32;"])),
        _ => edited(value, chance),
    }
}

/// One character put in, taken out or changed.
fn edited(value: &str, chance: &mut Chance) -> String {
    let mut characters: Vec<String> = value.chars().map(String::from).collect();
    let other = chance
        .pick(&[
            "0", "1", "9", "5", "a", "Z", "F", "-", "+", ".", ",", " ", "ż", "٣", "５", "*", "@", "/", "?",
            "#", ":", "_", "\u{a0}", "&amp;",
        ])
        .to_owned();
    let at = chance.below(characters.len() + 1);
    match chance.below(3) {
        0 => characters.insert(at, other),
        1 if at < characters.len() => drop(characters.remove(at)),
        _ if at < characters.len() => characters[at] = other,
        _ => characters.push(other),
    }
    characters.concat()
}

/// So many characters, of one to four bytes, some as references; sometimes with white space around, which does not
/// count for a token.
fn length(characters: usize, chance: &mut Chance) -> String {
    let alphabet: &[&str] = match chance.below(5) {
        0 => &["a", "b", "c", "1"],
        1 => &["ż", "ó", "ł", "Ń"],
        2 => &["€", "中", "ก"],
        3 => &["𝄞", "😀"],
        _ => &["a", "ż", "€", "😀", "e\u{301}", "&amp;", "&#380;", "&#x1F600;", "<![CDATA[<]]>"],
    };
    let mut out = String::new();
    // A letter with a combining mark is two characters.
    let mut left = characters;
    while left > 0 {
        let piece = chance.pick(alphabet);
        let counts = if piece.starts_with('e') { 2 } else { 1 };
        if counts <= left {
            out.push_str(piece);
            left -= counts;
        }
    }
    match chance.below(6) {
        0 => format!(" {out}"),
        1 => format!("{out}\n\t"),
        2 => format!("<!-- x -->{out}"),
        _ => out,
    }
}

fn digits(count: usize, chance: &mut Chance) -> String {
    (0..count)
        .map(|place| {
            let least = usize::from(place == 0 || place + 1 == count);
            char::from_digit((least + chance.below(10 - least)) as u32, 10).unwrap()
        })
        .collect()
}

fn total_digits(simple: &Simple, chance: &mut Chance) -> String {
    let total = (simple.total_digits.unwrap() + chance.below(4)).saturating_sub(2).max(1);
    let fraction = match simple.primitive {
        Primitive::Decimal => chance.below(simple.fraction_digits.unwrap_or(0) + 1).min(total - 1),
        _ => 0,
    };
    let sign = chance.pick(&["", "", "-", "+", "0", "00"]);
    match fraction {
        0 => format!("{sign}{}", digits(total, chance)),
        _ => format!("{sign}{}.{}", digits(total - fraction, chance), digits(fraction, chance)),
    }
}

fn fraction_digits(simple: &Simple, chance: &mut Chance) -> String {
    let most = simple.fraction_digits.unwrap();
    let fraction = (most + chance.below(4)).saturating_sub(1);
    let whole = digits(1 + chance.below(4), chance);
    let zeros = "0".repeat(chance.below(3));
    format!("{}{whole}.{}{zeros}", chance.pick(&["", "-"]), digits(fraction, chance))
}

fn number(chance: &mut Chance) -> String {
    let whole = digits(1 + chance.below(5), chance);
    match chance.below(2) {
        0 => whole,
        _ => {
            let fraction = digits(1 + chance.below(3), chance);
            format!("{whole}.{fraction}")
        }
    }
}

fn edited_number(value: &str, chance: &mut Chance) -> String {
    match chance.below(12) {
        0 => format!("+{value}"),
        1 => format!("-{value}"),
        2 => format!("0{value}"),
        3 => value.replace('.', ","),
        4 => format!("{value}e{}", chance.below(4)),
        5 => format!("{value}."),
        6 => format!(".{value}"),
        7 => value.replacen('1', "١", 1),
        8 => value.replacen('2', "２", 1),
        9 => (*chance.pick(&["INF", "NaN", "0x1F", "1_000", "1 000", "", "-", "+", ".", "--1", "1-", "٣"]))
            .to_owned(),
        10 => format!("{value}00"),
        _ => edited(value, chance),
    }
}

fn near_bound(simple: &Simple, chance: &mut Chance) -> String {
    let bound = match (simple.min, simple.max) {
        (Some(min), Some(max)) => [min, max][chance.below(2)],
        (min, max) => min.or(max).unwrap(),
    };
    let step = i128::try_from(chance.below(7)).unwrap() - 3;
    match simple.primitive {
        Primitive::Date => {
            let year = bound / 10_000 + step.signum() * i128::from(chance.one_in(2));
            let (month, day) = match chance.below(3) {
                0 => (bound / 100 % 100, bound % 100 + step),
                1 => (bound / 100 % 100 + step, 1 + chance.below(31) as i128),
                _ => (1 + chance.below(12) as i128, 1 + chance.below(31) as i128),
            };
            format!("{year:04}-{:02}-{:02}", month.clamp(0, 99), day.clamp(0, 99))
        }
        Primitive::DateTime => {
            let spread = [1, 60, 3600, 86_400, 40_000_000][chance.below(5)];
            let moment = chrono::DateTime::from_timestamp((bound + step * spread) as i64, 0).unwrap();
            let fraction = chance.pick(&["", ".5", ".000", ".999999"]);
            let zone = chance.pick(&["Z", "", "+00:00", "-00:00"]);
            format!("{}{fraction}{zone}", moment.format("%Y-%m-%dT%H:%M:%S"))
        }
        _ => {
            let whole = bound + step;
            match chance.below(3) {
                0 => whole.to_string(),
                1 => format!("{whole}.{}", digits(1 + chance.below(8), chance)),
                _ => format!("{}{whole}", chance.pick(&["0", "+", "-", "00", " "])),
            }
        }
    }
}

fn spaced(value: &str, chance: &mut Chance) -> String {
    let spaces = &[
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "&#32;",
        "&#9;",
        "&#10;",
        "&#13;",
        "&#xA;",
        "\u{a0}",
        "\u{2003}",
        "\u{3000}",
        "<!-- -->",
        "<![CDATA[ ]]>",
        " <!-- --> ",
        "\u{85}",
    ];
    let mut out = value.to_owned();
    for _ in 0..=chance.below(3) {
        let space = chance.pick(spaces);
        match chance.below(4) {
            0 => out = format!("{space}{out}"),
            1 => out.push_str(space),
            2 => out = format!("{space}{out}{space}"),
            _ if !out.contains(['&', '<']) => {
                let places: Vec<usize> = out.char_indices().map(|(place, _)| place).collect();
                let at = places[chance.below(places.len())];
                out.insert_str(at, space);
            }
            _ => {}
        }
    }
    out
}

fn day(chance: &mut Chance) -> String {
    let year = match chance.below(4) {
        0 => [1989, 1990, 2005, 2006, 2015, 2016, 2049, 2050, 2051][chance.below(9)],
        1 => [1900, 2000, 2024, 2028, 2100, 4, 9999, 12_026][chance.below(8)],
        _ => 1985 + chance.below(70),
    };
    let (month, day) = match chance.below(4) {
        0 => (2, 27 + chance.below(4)),
        1 => ([4, 6, 9, 11][chance.below(4)], 29 + chance.below(4)),
        _ => (chance.below(14), chance.below(33)),
    };
    match chance.below(14) {
        0 => format!("{day:02}.{month:02}.{year:04}"),
        1 => format!("{year:04}-{month}-{day}"),
        2 => format!("{year:04}{month:02}{day:02}"),
        3 => format!("{year:04}-{month:02}-{day:02}{}", chance.pick(&["Z", "+01:00", "-14:00", "T00:00:00"])),
        4 => format!("{}{year:04}-{month:02}-{day:02}", chance.pick(&["-", "+", "0"])),
        5 => format!(" {year:04}-{month:02}-{day:02}\n"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    }
}

fn moment(chance: &mut Chance) -> String {
    let (hour, minute, second) = (chance.below(26), chance.below(62), chance.below(62));
    let day = if chance.one_in(3) { day(chance) } else { format!("2026-{:02}-28", 1 + chance.below(12)) };
    let (minute, second) = if chance.one_in(2) { (minute.min(59), second.min(59)) } else { (minute, second) };
    let fraction = chance.pick(&["", "", ".0", ".123", ".", ".1234567", ",5"]);
    let zone = chance
        .pick(&["Z", "", "+02:00", "-05:30", "+14:00", "+14:01", "-15:00", "z", "+2:00", " Z", "+0200"]);
    match chance.below(12) {
        0 => format!("{day} {hour:02}:{minute:02}:{second:02}{zone}"),
        1 => format!("{day}T{hour:02}:{minute:02}{zone}"),
        2 => format!("{day}T24:00:{:02}{zone}", chance.below(2)),
        3 => format!("{day}T{hour}:{minute}:{second}{zone}"),
        _ => format!("{day}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}"),
    }
}
