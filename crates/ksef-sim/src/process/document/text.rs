//! What stands in a text besides characters.

use quick_xml::events::BytesRef;

/// What a reference stands for: a character by its number, or one of the five names of XML; nothing else is declared.
pub(super) fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.into();
    }
    let named = match reference.xml10_content().as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    };
    named.to_owned()
}
