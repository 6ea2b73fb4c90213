//! Sentences about the ministry's technical checks.

use chrono::NaiveDate;
use ksef_types::working_day_after;

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
        Problem::PastDate(found, today) => issued_earlier(found, today),
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

/// P_1 before the day of sending: what follows, and what to do. Art. 106nda of the VAT act: an invoice issued offline is
/// sent by the next working day after its date; a copy that the buyer gets outside KSeF before has two QR codes (art.
/// 106gb ust. 5).
pub(crate) fn issued_earlier(issued: NaiveDate, today: NaiveDate) -> Both {
    let (mut pl, mut en) = (
        format!(
            "Data wystawienia {issued} jest wcześniejsza niż dzisiejsza: KSeF potraktuje taką fakturę jako wystawioną w trybie offline24 (art. 106nda ustawy o VAT), a kopia wydana nabywcy przed wysłaniem musi mieć dwa kody QR. "
        ),
        format!(
            "The date of issue {issued} is before today: KSeF treats such an invoice as issued in the mode offline24 (art. 106nda of the VAT act), and a copy that the buyer gets before it is sent must have two QR codes. "
        ),
    );
    match working_day_after(issued) {
        Some(last) if last < today => {
            pl += &format!("O ile nie ogłoszono awarii KSeF, termin wysłania minął {last}.");
            en += &format!("Unless a failure of KSeF was announced, it was to be sent by {last}.");
        }
        Some(last) if last == today => {
            pl += "Termin wysłania mija dzisiaj.";
            en += "It is to be sent today at the latest.";
        }
        Some(last) => {
            pl += &format!("Wyślij ją najpóźniej {last}.");
            en += &format!("Send it by {last}.");
        }
        None => {}
    }
    pl += " Jeśli faktura jest wystawiana dopiero dzisiaj, podaj dzisiejszą datę.";
    en += " If the invoice is issued only today, give today's date.";
    (pl, en)
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
