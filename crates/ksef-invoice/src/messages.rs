//! Sentences for findings, in Polish and English.

use crate::finding::{Looks, Problem};
use crate::names;
use crate::structure::{Path, Primitive, Simple, ValueFault};
use crate::summary::Form;
use crate::xml::FaultKind;

/// A sentence in Polish and the same in English.
pub(crate) type Both = (String, String);

/// More values than a person compares at a glance.
const MOST_LISTED: usize = 20;

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

fn both(polish: &str, english: &str) -> Both {
    (polish.to_owned(), english.to_owned())
}

/// At most 60 characters of what stands in the document, control characters made visible.
fn cut(text: &str) -> String {
    const MOST: usize = 60;
    let visible = |character: char| if character.is_control() { '␣' } else { character };
    let mut out: String = text.chars().take(MOST).map(visible).collect();
    if text.chars().nth(MOST).is_some() {
        out.push('…');
    }
    out
}

/// `„Stawka podatku” (P_12)`.
fn label(element: &str) -> Both {
    let shown = cut(element);
    match names::of(element) {
        Some((polish, english)) if polish == element => (format!("„{polish}”"), format!("\"{english}\"")),
        Some((polish, english)) => (format!("„{polish}” ({shown})"), format!("\"{english}\" ({shown})")),
        None => (format!("„{shown}”"), format!("\"{shown}\"")),
    }
}

/// `w pozycji 3` or nothing; `own` asks for the section around the innermost element itself.
fn section(path: Path<'_>) -> Both {
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
fn field(path: Path<'_>) -> Both {
    let (polish, english) = label(path.name());
    let (where_pl, where_en) = section(path);
    (format!("{polish}{where_pl}"), format!("{english}{where_en}"))
}

fn listed(elements: &[&str]) -> Both {
    let labels: Vec<Both> = elements.iter().take(MOST_LISTED).map(|element| label(element)).collect();
    let more = if elements.len() > MOST_LISTED { ", …" } else { "" };
    let join = |pick: fn(&Both) -> &str| labels.iter().map(pick).collect::<Vec<_>>().join(", ") + more;
    (join(|label| &label.0), join(|label| &label.1))
}

fn too_large(limit: usize, attachments: bool) -> Both {
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

fn not_xml(looks: Looks) -> Both {
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

fn xml(kind: &FaultKind) -> Both {
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

fn other_form(form: &Form) -> Both {
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

fn structure(problem: Problem<'_>, path: Path<'_>) -> Both {
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

fn value(problem: Problem<'_>, path: Path<'_>) -> Both {
    let (field_pl, field_en) = field(path);
    match problem {
        Problem::Value(found, fault, simple) => value_fault(&field_pl, &field_en, found, fault, simple),
        Problem::Fixed(found, fixed) => must_be(&field_pl, &field_en, found, fixed),
        Problem::AttributeValue(name, found, fault, simple) => {
            let (pl, en) = label(name);
            value_fault(&pl, &en, found, fault, simple)
        }
        Problem::AttributeFixed(name, found, fixed) => {
            let (pl, en) = label(name);
            must_be(&pl, &en, found, fixed)
        }
        Problem::Nil => (
            format!("{field_pl} ma atrybut xsi:nil, którego FA(3) nie zna: pole puste po prostu się pomija."),
            format!(
                "{field_en} has the attribute xsi:nil, which FA(3) does not know: leave an empty field out."
            ),
        ),
        Problem::Type(found) => (
            format!("{field_pl} ma xsi:type „{}”, a takiego typu nie może mieć.", cut(found)),
            format!("{field_en} has the xsi:type \"{}\", which it may not have.", cut(found)),
        ),
        _ => Both::default(),
    }
}

fn must_be(pl: &str, en: &str, found: &str, wanted: &str) -> Both {
    let found = cut(found);
    (
        format!("pole {pl} ma wartość „{found}”, a powinno mieć „{wanted}”."),
        format!("the field {en} has the value \"{found}\" and should have \"{wanted}\"."),
    )
}

fn value_fault(pl: &str, en: &str, found: &str, fault: ValueFault, simple: &Simple) -> Both {
    let (rule_pl, rule_en) = allowed_values(fault, simple);
    if found.trim().is_empty() {
        return (
            format!("pole {pl} jest puste, a powinno mieć {rule_pl}."),
            format!("the field {en} is empty and should have {rule_en}."),
        );
    }
    let found = cut(found);
    (
        format!("pole {pl} ma wartość „{found}”, a powinno mieć {rule_pl}."),
        format!("the field {en} has the value \"{found}\" and should have {rule_en}."),
    )
}

fn allowed_values(fault: ValueFault, simple: &Simple) -> Both {
    if !simple.values.is_empty() {
        let shown = simple.values.iter().take(MOST_LISTED).copied().collect::<Vec<_>>().join(", ");
        let more = if simple.values.len() > MOST_LISTED { ", …" } else { "" };
        return match simple.values {
            [only] => (format!("„{only}”"), format!("\"{only}\"")),
            _ => (format!("jedną z: {shown}{more}"), format!("one of: {shown}{more}")),
        };
    }
    match fault {
        ValueFault::TooShort(least) => {
            (format!("co najmniej {least} znaków"), format!("at least {least} characters"))
        }
        ValueFault::TooLong(most, found) => (
            format!("najwyżej {most} znaków (ma {found})"),
            format!("at most {most} characters (it has {found})"),
        ),
        ValueFault::TotalDigits(most) => (format!("najwyżej {most} cyfr"), format!("at most {most} digits")),
        ValueFault::FractionDigits(most) => {
            (format!("najwyżej {most} cyfr po kropce"), format!("at most {most} digits after the point"))
        }
        ValueFault::OutOfRange => range(simple),
        _ => kind(simple),
    }
}

fn range(simple: &Simple) -> Both {
    let shown = |bound: i128| match simple.primitive {
        Primitive::Date => format!("{:04}-{:02}-{:02}", bound / 10_000, bound / 100 % 100, bound % 100),
        Primitive::DateTime => i64::try_from(bound)
            .ok()
            .and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0))
            .map_or_else(String::new, |moment| moment.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
        _ => bound.to_string(),
    };
    let exclusive = if simple.min_is_exclusive { 1 } else { 0 };
    match (simple.min.map(|min| shown(min + exclusive)), simple.max.map(shown)) {
        (Some(min), Some(max)) => (format!("od {min} do {max}"), format!("between {min} and {max}")),
        (Some(min), None) => (format!("co najmniej {min}"), format!("at least {min}")),
        (None, Some(max)) => (format!("najwyżej {max}"), format!("at most {max}")),
        (None, None) => both("inną wartość", "another value"),
    }
}

/// What values of a type look like, in words.
fn kind(simple: &Simple) -> Both {
    let decimals = simple.fraction_digits.unwrap_or(0);
    match (simple.name.map(|(_, name)| name), simple.primitive) {
        (Some("TNrNIP"), _) => {
            both("NIP: 10 cyfr bez kresek i spacji", "a NIP: 10 digits without dashes and spaces")
        }
        (Some("TNIPIdWew"), _) => both("identyfikator NIP-ddddd", "an identifier NIP-ddddd"),
        (Some("TNrVatUE"), _) => both(
            "od 1 do 12 cyfr, wielkich liter lub znaków + i *, bez kodu kraju",
            "1 to 12 digits, capital letters or the signs + and *, without the country code",
        ),
        (Some("TNumerKSeF"), _) => {
            both("numer KSeF: NIP-RRRRMMDD-XXXXXXXXXXXX-XX", "a KSeF number: NIP-YYYYMMDD-XXXXXXXXXXXX-XX")
        }
        (Some("TAdresEmail"), _) => both("adres e-mail ze znakiem @", "an e-mail address with an @"),
        (Some("SWIFT_Type"), _) => both(
            "kod SWIFT: 8 lub 11 wielkich liter i cyfr",
            "a SWIFT code: 8 or 11 capital letters and digits",
        ),
        (Some("TNrKRS"), _) => both("10 cyfr", "10 digits"),
        (Some("TNrREGON"), _) => both("9 lub 14 cyfr", "9 or 14 digits"),
        (_, Primitive::Date) => both("istniejącą datę RRRR-MM-DD", "an existing date YYYY-MM-DD"),
        (_, Primitive::DateTime) => {
            both("datę i godzinę RRRR-MM-DDTGG:MM:SSZ", "a date and time YYYY-MM-DDThh:mm:ssZ")
        }
        (_, Primitive::Decimal) => (
            format!("liczbę z kropką i najwyżej {decimals} cyframi po niej, bez spacji i zer na początku"),
            format!(
                "a number with a point and at most {decimals} digits after it, no spaces, no leading zeros"
            ),
        ),
        (_, Primitive::Integer) => both("liczbę całkowitą", "a whole number"),
        (_, Primitive::Text) if simple.patterns.is_empty() => (
            format!("od {} do {} znaków", simple.min_length, simple.max_length.unwrap_or(u32::MAX)),
            format!("{} to {} characters", simple.min_length, simple.max_length.unwrap_or(u32::MAX)),
        ),
        (_, Primitive::Text) if simple.max_length == Some(13) => {
            both("3 cyfry i 10 liter lub cyfr", "3 digits and 10 letters or digits")
        }
        (_, Primitive::Text) if simple.max_length == Some(512) => {
            both("adres https:// z parametrem IPKSeF", "an https:// address with the parameter IPKSeF")
        }
        _ => both("wartość w innym zapisie", "a value of another shape"),
    }
}

fn rule(problem: Problem<'_>, path: Path<'_>) -> Both {
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
