use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use ksef_types::KsefNumber;
use regex::Regex;
use serde_json::Value;
use std::sync::LazyLock;

/// What a JSON value must look like.
#[derive(Debug, PartialEq, Eq)]
pub enum Shape {
    /// A text with a length in characters and a format.
    Text {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
        /// The format.
        format: Format,
    },
    /// One of these words.
    Enumeration(&'static [&'static str]),
    /// A whole number.
    Integer {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// Any number.
    Number,
    /// true or false.
    Boolean,
    /// A list.
    List {
        /// Of what.
        of: &'static Shape,
        /// Most items.
        max: usize,
    },
    /// An object with these fields; others are tolerated and noted.
    Object(&'static [Field]),
}

/// A field of an object.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Whether it may be absent.
    pub required: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// What it looks like.
    pub shape: &'static Shape,
}

/// The format of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Anything.
    Any,
    /// Standard Base64 with padding.
    Base64,
    /// ISO 8601 with `Z`, an offset, or none.
    DateTime,
    /// A KSeF number with a right checksum.
    KsefNumber,
    /// A NIP by the contract's pattern.
    Nip,
    /// A PESEL by the contract's pattern.
    Pesel,
    /// A day.
    Date,
    /// A serial number of a KSeF certificate: 16 upper-case hex digits.
    CertificateSerial,
    /// The name that somebody gives a certificate.
    CertificateName,
    /// A VAT number of the Union.
    VatUe,
    /// An IPv4 address.
    Ip4Address,
    /// A range of IPv4 addresses.
    Ip4Range,
    /// An IPv4 network.
    Ip4Mask,
}

/// What a judgement found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Sentences for the details of 21405.
    pub problems: Vec<String>,
    /// Names of fields that the contract does not know; tolerated.
    pub unknown: Vec<String>,
}

/// A text of any length and kind.
pub(super) const ANY_TEXT: Shape = Shape::Text { min: 0, max: usize::MAX, format: Format::Any };

const OCTET: &str = r"(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])";

static KSEF_NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(Format::KsefNumber));
static NIP: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(Format::Nip));
static PESEL: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(Format::Pesel));
static CERTIFICATE_SERIAL: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(Format::CertificateSerial));
static CERTIFICATE_NAME: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(Format::CertificateName));
static VAT_UE: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(Format::VatUe));
static IP4_ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(Format::Ip4Address));
static IP4_RANGE: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(Format::Ip4Range));
static IP4_MASK: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(Format::Ip4Mask));

fn pattern(format: Format) -> Option<Regex> {
    Regex::new(&format.pattern()?).ok()
}

impl Format {
    /// The contract's pattern, where it has one.
    #[must_use]
    pub fn pattern(self) -> Option<String> {
        let address = format!(r"({OCTET}\.){{3}}{OCTET}");
        match self {
            Self::Any | Self::Base64 | Self::DateTime | Self::Date => None,
            Self::KsefNumber => Some(
                r"^([1-9](\d[1-9]|[1-9]\d)\d{7})-(20[2-9][0-9]|2[1-9]\d{2}|[3-9]\d{3})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])-([0-9A-F]{6})-?([0-9A-F]{6})-([0-9A-F]{2})$"
                    .to_owned(),
            ),
            Self::Nip => Some(r"^[1-9]((\d[1-9])|([1-9]\d))\d{7}$".to_owned()),
            Self::Pesel => Some(
                r"^\d{2}(?:0[1-9]|1[0-2]|2[1-9]|3[0-2]|4[1-9]|5[0-2]|6[1-9]|7[0-2]|8[1-9]|9[0-2])\d{7}$".to_owned(),
            ),
            Self::CertificateSerial => Some("^[0-9A-F]{16}$".to_owned()),
            Self::CertificateName => Some(r"^[a-zA-Z0-9_\-\ ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]+$".to_owned()),
            Self::VatUe => Some(
                r"^(ATU\d{8}|BE[01]{1}\d{9}|BG\d{9,10}|CY\d{8}[A-Z]|CZ\d{8,10}|DE\d{9}|DK\d{8}|EE\d{9}|EL\d{9}|ES([A-Z]\d{8}|\d{8}[A-Z]|[A-Z]\d{7}[A-Z])|FI\d{8}|FR[A-Z0-9]{2}\d{9}|HR\d{11}|HU\d{8}|IE(\d{7}[A-Z]{2}|\d[A-Z0-9+*]\d{5}[A-Z])|IT\d{11}|LT(\d{9}|\d{12})|LU\d{8}|LV\d{11}|MT\d{8}|NL[A-Z0-9+*]{12}|PT\d{9}|RO\d{2,10}|SE\d{12}|SI\d{8}|SK\d{10}|XI((\d{9}|\d{12})|(GD|HA)\d{3}))$".to_owned(),
            ),
            Self::Ip4Address => Some(format!("^{address}$")),
            Self::Ip4Range => Some(format!("^{address}-{address}$")),
            Self::Ip4Mask => Some(format!("^{address}/(0|[1-9]|[12][0-9]|3[0-2])$")),
        }
    }

    fn fits(self, text: &str) -> bool {
        let matches = |regex: &Option<Regex>| regex.as_ref().is_some_and(|regex| regex.is_match(text));
        match self {
            Self::Any => true,
            Self::Base64 => STANDARD.decode(text).is_ok(),
            Self::DateTime => is_date_time(text),
            // Numbers of KSeF 1.0 have 36 characters and another checksum; the pattern alone judges them.
            Self::KsefNumber => {
                matches(&KSEF_NUMBER) && (text.len() == 36 || text.parse::<KsefNumber>().is_ok())
            }
            Self::Nip => matches(&NIP),
            Self::Pesel => matches(&PESEL),
            Self::Date => NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok(),
            Self::CertificateSerial => matches(&CERTIFICATE_SERIAL),
            Self::CertificateName => matches(&CERTIFICATE_NAME),
            Self::VatUe => matches(&VAT_UE),
            Self::Ip4Address => matches(&IP4_ADDRESS),
            Self::Ip4Range => matches(&IP4_RANGE),
            Self::Ip4Mask => matches(&IP4_MASK),
        }
    }
}

/// ISO 8601 with `Z`, an offset, or none (then Polish time), as the contract's description of ranges allows.
fn is_date_time(text: &str) -> bool {
    DateTime::parse_from_rfc3339(text).is_ok()
        || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").is_ok()
        || NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

impl Shape {
    /// Judges a value; `name` is how the details call it.
    pub fn judge(&self, name: &str, value: &Value, findings: &mut Findings) {
        match (self, value) {
            (Self::Text { min, max, format }, Value::String(text)) => {
                judge_text(name, text, (*min, *max), *format, findings);
            }
            (Self::Enumeration(words), Value::String(word)) => {
                if !words.contains(&word.as_str()) {
                    findings
                        .problems
                        .push(format!("Pole '{name}' ma niedozwoloną wartość '{}'.", shortened(word)));
                }
            }
            (Self::Integer { min, max }, Value::Number(number)) => match number.as_i64() {
                Some(found) if (*min..=*max).contains(&found) => {}
                Some(_) => findings
                    .problems
                    .push(format!("Pole '{name}' musi mieścić się w przedziale {min}–{max}.")),
                None => findings.problems.push(format!("Pole '{name}' musi być liczbą całkowitą.")),
            },
            (Self::Number, Value::Number(_)) | (Self::Boolean, Value::Bool(_)) => {}
            (Self::List { of, max }, Value::Array(items)) => {
                if items.len() > *max {
                    findings.problems.push(format!("Pole '{name}' może mieć najwyżej {max} elementów."));
                }
                for (place, item) in items.iter().enumerate() {
                    of.judge(&format!("{name}[{place}]"), item, findings);
                }
            }
            (Self::Object(fields), Value::Object(_)) => judge_object(name, fields, value, findings),
            _ => findings.problems.push(format!("Pole '{name}' ma nieprawidłowy typ.")),
        }
    }

    /// Judges a text from a path, a query or a header.
    pub fn judge_parameter(&self, name: &str, text: &str, findings: &mut Findings) {
        let value = match self {
            Self::Integer { .. } => text.parse::<i64>().map(Value::from).ok(),
            Self::Boolean => text.parse::<bool>().map(Value::from).ok(),
            Self::List { of, .. } => return of.judge_parameter(name, text, findings),
            _ => Some(Value::from(text)),
        };
        match value {
            Some(value) => self.judge(name, &value, findings),
            None => findings.problems.push(format!("Parametr '{name}' ma nieprawidłową wartość.")),
        }
    }
}

fn judge_text(name: &str, text: &str, (min, max): (usize, usize), format: Format, findings: &mut Findings) {
    let length = text.chars().count();
    if min == max && length != min {
        findings.problems.push(format!("Pole '{name}' musi mieć długość {min} znaków."));
    } else if length < min {
        findings.problems.push(format!("Pole '{name}' musi mieć co najmniej {min} znaków."));
    } else if length > max {
        findings.problems.push(format!("Pole '{name}' może mieć najwyżej {max} znaków."));
    } else if !format.fits(text) {
        findings.problems.push(format!("Pole '{name}' ma nieprawidłowy format."));
    }
}

fn judge_object(name: &str, fields: &[Field], value: &Value, findings: &mut Findings) {
    let inner = |field: &str| if name.is_empty() { field.to_owned() } else { format!("{name}.{field}") };
    for field in fields {
        match value.get(field.name) {
            None if field.required => {
                findings.problems.push(format!("Pole '{}' jest wymagane.", inner(field.name)))
            }
            None => {}
            Some(Value::Null) if field.nullable => {}
            Some(Value::Null) => {
                findings.problems.push(format!("Pole '{}' nie może być puste.", inner(field.name)));
            }
            Some(found) => field.shape.judge(&inner(field.name), found, findings),
        }
    }
    for known in value.as_object().into_iter().flatten() {
        if !fields.iter().any(|field| field.name == known.0) {
            findings.unknown.push(inner(known.0));
        }
    }
}

fn shortened(word: &str) -> String {
    word.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SMALL: Shape = Shape::Object(&[
        Field { name: "type", required: true, nullable: false, shape: &Shape::Enumeration(&["Nip"]) },
        Field { name: "size", required: false, nullable: true, shape: &Shape::Integer { min: 1, max: 9 } },
    ]);

    fn judged(value: &Value) -> Findings {
        let mut findings = Findings::default();
        SMALL.judge("", value, &mut findings);
        findings
    }

    #[test]
    fn right_values_pass() {
        assert_eq!(judged(&json!({"type": "Nip", "size": null})), Findings::default());
        assert_eq!(judged(&json!({"type": "Nip", "size": 9, "more": 1})).unknown, ["more"]);
    }

    #[test]
    fn every_problem_is_listed() {
        assert_eq!(judged(&json!({"type": "nip", "size": 10})).problems.len(), 2);
        assert_eq!(judged(&json!({"type": null})).problems.len(), 1);
        assert_eq!(judged(&json!([])).problems.len(), 1);
        assert_eq!(judged(&json!({"type": "Nip", "size": 1.5})).problems.len(), 1);
    }

    #[test]
    fn all_patterns_compile() {
        for format in [
            Format::KsefNumber,
            Format::Nip,
            Format::Pesel,
            Format::CertificateSerial,
            Format::CertificateName,
            Format::VatUe,
            Format::Ip4Address,
            Format::Ip4Range,
            Format::Ip4Mask,
        ] {
            assert!(pattern(format).is_some(), "{format:?}");
        }
        assert!(Format::Ip4Range.fits("10.0.0.1-10.0.0.254"));
        assert!(!Format::Ip4Mask.fits("10.0.0.0/33"));
        assert!(!Format::Base64.fits("YQ=") && Format::Base64.fits("YQ=="));
    }
}
