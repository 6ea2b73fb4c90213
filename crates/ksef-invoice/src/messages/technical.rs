//! Sentences about the ministry's technical checks.

use super::Both;
use super::words::{both, cut, field};
use crate::finding::Problem;
use crate::structure::Path;

pub(super) fn rule(problem: Problem<'_>, path: Path<'_>) -> Both {
    let (field_pl, field_en) = field(path);
    match problem {
        Problem::FutureDate(found, today) => (
            format!("{field_pl} to {found}, a nie może być późniejsza niż dzień wysłania ({today})."),
            format!("{field_en} is {found} and cannot be later than the day of sending ({today})."),
        ),
        Problem::Nip(found, strict) => {
            let (pl, en) = elsewhere(strict);
            (
                format!("{field_pl} {found} ma złą cyfrę kontrolną: w numerze jest pomyłka.{pl}"),
                format!("{field_en} {found} has a wrong check digit: there is a mistake in the number.{en}"),
            )
        }
        Problem::InternalId(found, strict) => {
            let (pl, en) = elsewhere(strict);
            (
                format!("{field_pl} {found} zaczyna się od NIP ze złą cyfrą kontrolną.{pl}"),
                format!("{field_en} {found} begins with a NIP that has a wrong check digit.{en}"),
            )
        }
        Problem::KsefNumber(found) => (
            format!("{field_pl} {found} ma złą sumę kontrolną: sprawdź, czy przepisano go bez pomyłki."),
            format!("{field_en} {found} has a wrong checksum: check that it was copied without a mistake."),
        ),
        Problem::OtherSeller(found, company) => (
            format!("Sprzedawcą na fakturze jest NIP {}, a wysyła firma o NIP {company}.", cut(found)),
            format!("The seller on the invoice is NIP {}, the sending company is NIP {company}.", cut(found)),
        ),
        Problem::Attachment => both(
            "Faktura ma załącznik: KSeF przyjmuje takie tylko w sesji wsadowej i po zgłoszeniu w e-Urzędzie Skarbowym.",
            "The invoice has an attachment: KSeF takes those in batch sessions only, after notice in e-Urząd Skarbowy.",
        ),
        _ => Both::default(),
    }
}

/// What is only a warning where the environment does not check it.
fn elsewhere(strict: bool) -> (&'static str, &'static str) {
    match strict {
        true => ("", ""),
        false => (
            " Środowisko produkcyjne odrzuci taką fakturę.",
            " The production environment would refuse such an invoice.",
        ),
    }
}
