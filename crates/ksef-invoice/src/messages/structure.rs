//! Sentences about elements and attributes: which there are, where, how many.

use super::Both;
use super::words::{both, cut, label, listed, section};
use crate::finding::Problem;
use crate::structure::Path;

pub(super) fn structure(problem: Problem<'_>, path: Path<'_>) -> Both {
    let (inside_pl, inside_en) = label(path.name());
    match problem {
        Problem::UnknownElement(found, allowed) => {
            let found = cut(found);
            let (pl, en) = allowed_here(allowed);
            (
                format!("Elementu „{found}” nie ma w części {inside_pl}. {pl}"),
                format!("There is no element \"{found}\" in {inside_en}. {en}"),
            )
        }
        Problem::WrongNamespace(found) => (
            format!(
                "Element „{}” jest w złej przestrzeni nazw; w FA(3) wszystkie są w „{}”.",
                cut(found),
                crate::form::FA3
            ),
            format!(
                "The element \"{}\" is in a wrong namespace; in FA(3) all are in \"{}\".",
                cut(found),
                crate::form::FA3
            ),
        ),
        Problem::OutOfPlace(found, allowed) => {
            let (found, (pl, en)) = (label(found), allowed_here(allowed));
            (
                format!(
                    "{} stoi w części {inside_pl} w złym miejscu albo się wyklucza z poprzednimi. {pl}",
                    found.0
                ),
                format!(
                    "{} stands in the wrong place of {inside_en} or excludes what is before it. {en}",
                    found.1
                ),
            )
        }
        Problem::TooMany(found, most) => {
            let found = label(found);
            (
                format!(
                    "{} występuje w części {inside_pl} za wiele razy; dozwolone najwyżej: {most}.",
                    found.0
                ),
                format!("{} occurs too often in {inside_en}; at most {most} allowed.", found.1),
            )
        }
        Problem::MissingBefore(found, required, any_of) => {
            let (found, (pl, en)) = (label(found), missing(required, any_of));
            (
                format!("W części {inside_pl} przed polem {} {pl}.", found.0),
                format!("In {inside_en} before {} {en}.", found.1),
            )
        }
        Problem::MissingAtEnd(required, any_of) => {
            let (pl, en) = missing(required, any_of);
            let (where_pl, where_en) = section(path);
            (format!("W części {inside_pl}{where_pl} {pl}."), format!("In {inside_en}{where_en} {en}."))
        }
        Problem::TextBetween(text) => (
            format!("W części {inside_pl} stoi tekst „{}”, a mogą tam być tylko elementy.", cut(text)),
            format!("The text \"{}\" stands in {inside_en}, where only elements may.", cut(text)),
        ),
        Problem::ChildInText(found) => (
            format!("W polu {inside_pl} stoi element „{}”, a może tam być tylko wartość.", cut(found)),
            format!("The element \"{}\" stands in {inside_en}, where only a value may.", cut(found)),
        ),
        Problem::UnknownAttribute(found, allowed) => {
            let (pl, en) = match allowed {
                [] => ("żadnych atrybutów".to_owned(), "no attributes".to_owned()),
                allowed => {
                    (format!("tylko: {}", allowed.join(", ")), format!("only: {}", allowed.join(", ")))
                }
            };
            (
                format!("{inside_pl} ma atrybut „{}”, a może mieć {pl}.", cut(found)),
                format!("{inside_en} has the attribute \"{}\", and may have {en}.", cut(found)),
            )
        }
        Problem::MissingAttribute(name) => {
            let name = label(name);
            (
                format!("W polu {inside_pl} brakuje atrybutu {}.", name.0),
                format!("{inside_en} lacks the attribute {}.", name.1),
            )
        }
        _ => Both::default(),
    }
}

fn allowed_here(allowed: &[&str]) -> Both {
    match allowed {
        [] => both("W tym miejscu nie może być nic więcej.", "Nothing more may stand here."),
        allowed => {
            let (pl, en) = listed(allowed);
            (format!("W tym miejscu może być: {pl}."), format!("Here may stand: {en}."))
        }
    }
}

fn missing(required: &[&str], any_of: &[&str]) -> Both {
    match required {
        [] => {
            let (pl, en) = listed(any_of);
            (format!("brakuje jednego z pól: {pl}"), format!("one of these is missing: {en}"))
        }
        required => {
            let (pl, en) = listed(required);
            (format!("brakuje: {pl}"), format!("this is missing: {en}"))
        }
    }
}
