//! Pieces of sentences: fields, sections, and what stands in the document.

use super::Both;
use crate::names;
use crate::structure::Path;

/// More values than a person compares at a glance.
pub(super) const MOST_LISTED: usize = 20;

pub(super) fn both(polish: &str, english: &str) -> Both {
    (polish.to_owned(), english.to_owned())
}

/// At most 60 characters of what stands in the document, control characters made visible.
pub(crate) fn cut(text: &str) -> String {
    const MOST: usize = 60;
    let visible = |character: char| if character.is_control() { '␣' } else { character };
    let mut out: String = text.chars().take(MOST).map(visible).collect();
    if text.chars().nth(MOST).is_some() {
        out.push('…');
    }
    out
}

/// `„Stawka podatku” (P_12)`.
pub(super) fn label(element: &str) -> Both {
    let shown = cut(element);
    match names::of(element) {
        Some((polish, english)) if polish == element => (format!("„{polish}”"), format!("\"{english}\"")),
        Some((polish, english)) => (format!("„{polish}” ({shown})"), format!("\"{english}\" ({shown})")),
        None => (format!("„{shown}”"), format!("\"{shown}\"")),
    }
}

/// `w pozycji 3` or nothing.
pub(super) fn section(path: Path<'_>) -> Both {
    let around = path
        .steps()
        .rev()
        .skip(1)
        .find_map(|(name, ordinal)| names::section(name).map(|words| (words, ordinal)));
    match around {
        None => Both::default(),
        Some(((polish, english), 0)) => (format!(" {polish}"), format!(" {english}")),
        Some(((polish, english), ordinal)) => {
            (format!(" {polish} {ordinal}"), format!(" {english} {ordinal}"))
        }
    }
}

/// The innermost element with its section: `„Stawka podatku” (P_12) w pozycji 3`.
pub(crate) fn field(path: Path<'_>) -> Both {
    let (polish, english) = label(path.name());
    let (where_pl, where_en) = section(path);
    (format!("{polish}{where_pl}"), format!("{english}{where_en}"))
}

pub(super) fn listed(elements: &[&str]) -> Both {
    let labels: Vec<Both> = elements.iter().take(MOST_LISTED).map(|element| label(element)).collect();
    let more = if elements.len() > MOST_LISTED { ", …" } else { "" };
    let join = |pick: fn(&Both) -> &str| labels.iter().map(pick).collect::<Vec<_>>().join(", ") + more;
    (join(|label| &label.0), join(|label| &label.1))
}
