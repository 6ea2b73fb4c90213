use ksef_types::{Nip, Pesel, Sha256Hash};

use super::distinguished_name::{Attribute, DistinguishedName};

/// Whom a certificate names. It names its owner, never the company that it is used for.
///
/// Source: the ministry's guide, "Podpis XAdES", attributes of the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A person, by `serialNumber` with `PNOPL` or `PESEL`.
    PersonByPesel(Pesel),
    /// A person, by `serialNumber` with `TINPL` or `NIP`.
    PersonByNip(Nip),
    /// A seal of a firm, by `organizationIdentifier` with `VATPL` and without a person's names.
    Seal(Nip),
    /// None of these: KSeF knows such a certificate by its fingerprint only.
    Unknown {
        /// SHA-256 of the certificate in DER.
        fingerprint: Sha256Hash,
    },
}

impl Owner {
    pub(super) fn of(subject: &DistinguishedName, fingerprint: Sha256Hash) -> Self {
        Self::named(subject).unwrap_or(Self::Unknown { fingerprint })
    }

    /// Whom a name names by PESEL or NIP.
    pub(crate) fn named(subject: &DistinguishedName) -> Option<Self> {
        Self::person(subject).or_else(|| Self::seal(subject))
    }

    fn person(subject: &DistinguishedName) -> Option<Self> {
        subject.texts(Attribute::SERIAL_NUMBER).find_map(|text| {
            let by_pesel = || {
                let digits = after(&text, &["PNOPL", "PESEL"], 11)?;
                digits.parse().ok().map(Self::PersonByPesel)
            };
            let by_nip = || {
                let digits = after(&text, &["TINPL", "NIP"], 10)?;
                digits.parse().ok().map(Self::PersonByNip)
            };
            by_pesel().or_else(by_nip)
        })
    }

    /// A given name or a surname makes it no seal ("Niedopuszczalne atrybuty podmiotu").
    fn seal(subject: &DistinguishedName) -> Option<Self> {
        if [Attribute::GIVEN_NAME, Attribute::SURNAME].into_iter().any(|name| subject.first(name).is_some()) {
            return None;
        }
        subject.texts(Attribute::ORGANIZATION_IDENTIFIER).find_map(|text| {
            let digits = after(&text, &["VATPL"], 10)?;
            digits.parse().ok().map(Self::Seal)
        })
    }
}

/// The guide's patterns, such as `(PNOPL|PESEL).*?\d{11}`: the first run of that many digits after a prefix.
fn after<'a>(text: &'a str, prefixes: &[&str], count: usize) -> Option<&'a str> {
    let rest = prefixes.iter().filter_map(|prefix| text.find(prefix).map(|at| &text[at + prefix.len()..]));
    // The earliest prefix leaves the longest rest.
    let rest = rest.max_by_key(|rest| rest.len())?;
    let starts = rest.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).map(|(at, _)| at);
    starts
        .filter_map(|at| rest.get(at..at + count))
        .find(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_after_a_prefix() {
        assert_eq!(after("PNOPL-30112206276", &["PNOPL", "PESEL"], 11), Some("30112206276"));
        assert_eq!(after("PESEL: 123 30112206276", &["PNOPL", "PESEL"], 11), Some("30112206276"));
        assert_eq!(after("30112206276", &["PNOPL", "PESEL"], 11), None);
        assert_eq!(after("PNOPL-3011220627", &["PNOPL", "PESEL"], 11), None);
        assert_eq!(after("VATPL-5265877635", &["VATPL"], 10), Some("5265877635"));
        assert_eq!(after("VATPL-ż5265877635ż", &["VATPL"], 10), Some("5265877635"));
    }
}
