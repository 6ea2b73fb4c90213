//! Sentences for findings, in Polish and English.

mod document;
mod structure;
mod technical;
mod value;
mod words;

use document::{not_xml, other_form, too_large, xml};
use structure::structure;
pub(crate) use technical::issued_earlier;
use technical::rule;
use value::value;
pub(crate) use value::{field_fixed, field_value, no_value};
use words::both;
pub(crate) use words::{cut, field};

use crate::finding::Problem;
use crate::structure::Path;

/// A sentence in Polish and the same in English.
pub(crate) type Both = (String, String);

/// The sentence for a problem at a place, without the line.
pub(crate) fn sentence(problem: Problem<'_>, path: Path<'_>) -> Both {
    match problem {
        Problem::Empty => both("Plik jest pusty.", "The file is empty."),
        Problem::TooLarge(limit, attachments) => too_large(limit, attachments),
        Problem::NotXml(looks) => not_xml(looks),
        Problem::Bom => both(
            "Plik zaczyna się znacznikiem BOM (bajty EF BB BF), którego KSeF nie przyjmuje. Zapisz go jako UTF-8 bez BOM.",
            "The file starts with a byte order mark (bytes EF BB BF), which KSeF refuses. Save it as UTF-8 without BOM.",
        ),
        Problem::Encoding(found) => (
            format!("Plik jest w kodowaniu „{}”, a KSeF przyjmuje tylko UTF-8.", cut(found)),
            format!("The file is in the encoding \"{}\", KSeF takes UTF-8 only.", cut(found)),
        ),
        Problem::NotUtf8 => both(
            "Od tego miejsca bajty nie są tekstem UTF-8 (na przykład polskie litery zapisane w Windows-1250). Zapisz plik jako UTF-8.",
            "From here on the bytes are no UTF-8 text (Polish letters in Windows-1250, for instance). Save the file as UTF-8.",
        ),
        Problem::XmlVersion(found) => (
            format!("Plik podaje wersję XML „{}”, a KSeF przyjmuje tylko 1.0.", cut(found)),
            format!("The file declares XML version \"{}\", KSeF takes 1.0 only.", cut(found)),
        ),
        Problem::Instruction(target) => (
            format!("Instrukcja przetwarzania „<?{}…?>” jest w KSeF niedozwolona: usuń ją.", cut(target)),
            format!("The processing instruction \"<?{}…?>\" is not allowed in KSeF: remove it.", cut(target)),
        ),
        Problem::Discouraged(character) => (
            format!("Znak U+{:04X} jest w KSeF niedozwolony: usuń go.", u32::from(character)),
            format!("The character U+{:04X} is not allowed in KSeF: remove it.", u32::from(character)),
        ),
        Problem::Xml(kind) => xml(kind),
        Problem::OtherForm(form) => other_form(form),
        Problem::FutureDate(..)
        | Problem::PastDate(..)
        | Problem::Nip(..)
        | Problem::InternalId(..)
        | Problem::KsefNumber(_)
        | Problem::OtherSeller(..)
        | Problem::Attachment => rule(problem, path),
        Problem::AttributeValue(..)
        | Problem::AttributeFixed(..)
        | Problem::Value(..)
        | Problem::Fixed(..)
        | Problem::Nil
        | Problem::Type(_) => value(problem, path),
        _ => structure(problem, path),
    }
}
