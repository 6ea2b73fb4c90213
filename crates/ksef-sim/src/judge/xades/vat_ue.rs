//! Shapes of VAT numbers in the Union, from the schema type `TNipVatUE`.

/// After the country: `9` a digit, `@` a letter, `X` a digit or letter, `*` a digit, letter, plus or star, `1` one of
/// 0 and 1; any other character stands for itself.
const SHAPES: [(&str, &[&str]); 28] = [
    ("AT", &["U99999999"]),
    ("BE", &["1999999999"]),
    ("BG", &["999999999", "9999999999"]),
    ("CY", &["99999999@"]),
    ("CZ", &["99999999", "999999999", "9999999999"]),
    ("DE", &["999999999"]),
    ("DK", &["99999999"]),
    ("EE", &["999999999"]),
    ("EL", &["999999999"]),
    ("ES", &["@99999999", "99999999@", "@9999999@"]),
    ("FI", &["99999999"]),
    ("FR", &["XX999999999"]),
    ("HR", &["99999999999"]),
    ("HU", &["99999999"]),
    ("IE", &["9999999@@", "9*99999@"]),
    ("IT", &["99999999999"]),
    ("LT", &["999999999", "999999999999"]),
    ("LU", &["99999999"]),
    ("LV", &["99999999999"]),
    ("MT", &["99999999"]),
    ("NL", &["************"]),
    ("PT", &["999999999"]),
    ("RO", &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"]),
    ("SE", &["999999999999"]),
    ("SI", &["99999999"]),
    ("SK", &["9999999999"]),
    ("XI", &["999999999", "999999999999"]),
    ("XI", &["GD999", "HA999"]),
];

pub(super) fn is_vat_ue(text: &str) -> bool {
    SHAPES.iter().any(|(country, shapes)| {
        text.strip_prefix(country).is_some_and(|number| shapes.iter().any(|shape| fits(number, shape)))
    })
}

fn fits(number: &str, shape: &str) -> bool {
    number.len() == shape.len()
        && number.bytes().zip(shape.bytes()).all(|(byte, place)| fits_place(byte, place))
}

fn fits_place(byte: u8, place: u8) -> bool {
    let upper_or_digit = byte.is_ascii_uppercase() || byte.is_ascii_digit();
    match place {
        b'9' => byte.is_ascii_digit(),
        b'1' => matches!(byte, b'0' | b'1'),
        b'@' => byte.is_ascii_uppercase(),
        b'X' => upper_or_digit,
        b'*' => upper_or_digit || matches!(byte, b'+' | b'*'),
        literal => byte == literal,
    }
}
