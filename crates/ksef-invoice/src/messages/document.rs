//! Sentences about the file as a whole and about XML.

use super::Both;
use super::words::{both, cut};
use crate::finding::Looks;
use crate::summary::Form;
use crate::xml::FaultKind;

pub(super) fn too_large(limit: usize, attachments: bool) -> Both {
    let (pl, en) = if attachments {
        ("z załącznikiem", "with an attachment")
    } else {
        ("bez załączników", "without attachments")
    };
    (
        format!("Plik jest za duży: faktura {pl} może mieć najwyżej {limit} bajtów."),
        format!("The file is too large: an invoice {en} may have {limit} bytes at most."),
    )
}

pub(super) fn not_xml(looks: Looks) -> Both {
    let (pl, en) = match looks {
        Looks::Html => ("strona HTML", "an HTML page"),
        Looks::Pdf => ("dokument PDF", "a PDF document"),
        Looks::Archive => ("archiwum ZIP albo plik Office", "a ZIP archive or an Office file"),
        Looks::Json => ("plik JSON", "a JSON file"),
        Looks::Picture => ("obraz", "a picture"),
        Looks::OldOffice => ("dokument starego pakietu Office", "an old Office document"),
        Looks::Pem => ("klucz albo certyfikat", "a key or certificate"),
        Looks::Text => ("zwykły tekst", "plain text"),
        Looks::Binary => ("dane binarne", "binary data"),
    };
    (
        format!("To nie jest XML, tylko {pl}. Wskaż plik XML z fakturą FA(3)."),
        format!("This is not XML but {en}. Choose an XML file with an FA(3) invoice."),
    )
}

pub(super) fn xml(kind: &FaultKind) -> Both {
    match kind {
        FaultKind::Dtd => both(
            "Plik zawiera DTD (<!DOCTYPE…>), która w KSeF jest niedozwolona: usuń ją.",
            "The file has a DTD (<!DOCTYPE…>), which KSeF refuses: remove it.",
        ),
        FaultKind::UnknownEntity(name) => (
            format!(
                "Encja „&{};” jest nieznana; dozwolone są &amp;, &lt;, &gt;, &quot;, &apos; i numery znaków.",
                cut(name)
            ),
            format!(
                "The entity \"&{};\" is unknown; allowed are &amp;, &lt;, &gt;, &quot;, &apos; and character numbers.",
                cut(name)
            ),
        ),
        FaultKind::Character(code) => (
            format!("Znak U+{code:04X} jest w XML niedozwolony: usuń go."),
            format!("The character U+{code:04X} is not allowed in XML: remove it."),
        ),
        FaultKind::TooDeep => both(
            "Elementy są zagnieżdżone głębiej niż w jakiejkolwiek fakturze; pliku nie sprawdzono dalej.",
            "Elements are nested deeper than in any invoice; the file was not checked further.",
        ),
        FaultKind::TooManyAttributes => both(
            "Element ma więcej atrybutów niż w jakiejkolwiek fakturze; pliku nie sprawdzono dalej.",
            "An element has more attributes than in any invoice; the file was not checked further.",
        ),
        FaultKind::CutOff => both(
            "Plik jest urwany: kończy się, zanim zamknięto wszystkie elementy.",
            "The file is cut off: it ends before all elements are closed.",
        ),
        FaultKind::EndTag { expected: Some(expected), found } => (
            format!("Znacznik „</{}>” nie pasuje: otwarty jest element „{}”.", cut(found), cut(expected)),
            format!(
                "The end tag \"</{}>\" does not fit: the open element is \"{}\".",
                cut(found),
                cut(expected)
            ),
        ),
        FaultKind::EndTag { expected: None, found } => (
            format!("Znacznik „</{}>” zamyka element, którego nie otwarto.", cut(found)),
            format!("The end tag \"</{}>\" closes an element that is not open.", cut(found)),
        ),
        FaultKind::AfterRoot => both(
            "Po końcu faktury stoi coś jeszcze; może tam być najwyżej komentarz.",
            "Something stands after the end of the invoice; only a comment may.",
        ),
        FaultKind::TextOutside => both(
            "Przed początkiem faktury stoi tekst, którego być nie może.",
            "Text stands before the invoice begins, where none may be.",
        ),
        FaultKind::UnboundPrefix(prefix) => (
            format!("Przedrostka „{}:” nigdzie nie zadeklarowano (xmlns:{0}).", cut(prefix)),
            format!("The prefix \"{}:\" is not declared anywhere (xmlns:{0}).", cut(prefix)),
        ),
        FaultKind::DoubleAttribute(name) => (
            format!("Atrybut „{}” podano dwa razy.", cut(name)),
            format!("The attribute \"{}\" is given twice.", cut(name)),
        ),
        FaultKind::Name(name) => (
            format!("„{}” nie może być nazwą elementu ani atrybutu.", cut(name)),
            format!("\"{}\" cannot be the name of an element or attribute.", cut(name)),
        ),
        FaultKind::Form(what) => form(what),
    }
}

fn form(what: &str) -> Both {
    let (pl, en) = match what {
        "attribute" => ("atrybut jest źle zapisany", "an attribute is written wrongly"),
        "comment" => ("w komentarzu stoi „--”", "a comment contains \"--\""),
        "reference" => (
            "znak „&” nie zaczyna poprawnej encji; sam znak zapisuje się „&amp;”",
            "a \"&\" does not begin a proper reference; the character itself is written \"&amp;\"",
        ),
        "]]>" => ("w tekście stoi „]]>”", "\"]]>\" stands in a text"),
        "declaration" => (
            "deklaracja „<?xml…?>” jest źle zapisana albo nie stoi na samym początku",
            "the declaration \"<?xml…?>\" is written wrongly or does not stand at the very beginning",
        ),
        "instruction" => {
            ("instrukcja „<?…?>” jest źle zapisana", "an instruction \"<?…?>\" is written wrongly")
        }
        "namespace" => ("przestrzeń nazw jest źle zadeklarowana", "a namespace is declared wrongly"),
        _ => ("znaczniki są źle zapisane", "the markup is written wrongly"),
    };
    (format!("To nie jest poprawny XML: {pl}."), format!("This is not well-formed XML: {en}."))
}

pub(super) fn other_form(form: &Form) -> Both {
    let (pl, en) = match form {
        Form::Fa3 => ("FA(3)", "FA(3)"),
        Form::Fa2 => ("faktura FA(2), czyli poprzednia wersja", "an FA(2) invoice, the version before"),
        Form::Fa1 => ("faktura FA(1), czyli dawna wersja", "an FA(1) invoice, an old version"),
        Form::FaRr => ("faktura FA_RR dla rolnika ryczałtowego", "an FA_RR invoice for a flat-rate farmer"),
        Form::Pef => ("faktura PEF (Peppol)", "a PEF invoice (Peppol)"),
        Form::Upo => ("UPO, czyli potwierdzenie z KSeF", "a UPO, KSeF's confirmation"),
        Form::Other { root, namespace } if root == "Faktura" => {
            return (
                format!(
                    "Faktura ma nieznaną przestrzeń nazw „{}”; FA(3) ma „{}”.",
                    cut(namespace),
                    crate::form::FA3
                ),
                format!(
                    "The invoice is in the unknown namespace \"{}\"; FA(3) has \"{}\".",
                    cut(namespace),
                    crate::form::FA3
                ),
            );
        }
        Form::Other { root, .. } => {
            return (
                format!(
                    "To nie jest faktura: dokument zaczyna się elementem „{}”, a FA(3) elementem „Faktura”.",
                    cut(root)
                ),
                format!(
                    "This is no invoice: the document begins with \"{}\", FA(3) with \"Faktura\".",
                    cut(root)
                ),
            );
        }
    };
    (format!("To jest {pl}; wysłać można tylko FA(3)."), format!("This is {en}; only FA(3) can be sent."))
}
