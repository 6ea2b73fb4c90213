use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

/// A reference number of KSeF: `YYYYMMDD-KK-10hex-10hex-2hex`, 36 characters, `KK` two letters for the kind.
///
/// Source: OpenAPI schema `ReferenceNumber`. The last two digits are not checked: their rule is not published.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReferenceNumber(String);

/// A text that is no reference number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reference number has the shape YYYYMMDD-KK-XXXXXXXXXX-XXXXXXXXXX-XX")]
pub struct InvalidReferenceNumber;

impl ReferenceNumber {
    /// Makes a number from its parts. Only the simulator gives reference numbers.
    ///
    /// `kind` is two upper-case letters, such as `SO` for an interactive session.
    #[must_use]
    pub fn compose(day: NaiveDate, kind: [char; 2], random: [u8; 11]) -> Self {
        let hex: String = random.iter().map(|byte| format!("{byte:02X}")).collect();
        let kind: String = kind.iter().collect();
        Self(format!("{}-{kind}-{}-{}-{}", day.format("%Y%m%d"), &hex[..10], &hex[10..20], &hex[20..]))
    }

    /// The number as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ReferenceNumber {
    type Err = InvalidReferenceNumber;

    fn from_str(text: &str) -> Result<Self, InvalidReferenceNumber> {
        let bytes = text.as_bytes();
        let upper_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'A'..=b'F');
        let shape = bytes.len() == 36
            && [8, 11, 22, 33].iter().all(|&place| bytes[place] == b'-')
            && bytes[..8].iter().all(u8::is_ascii_digit)
            && bytes[9..11].iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            && [12..22, 23..33, 34..36].into_iter().all(|range| bytes[range].iter().all(upper_hex));
        if shape { Ok(Self(text.to_owned())) } else { Err(InvalidReferenceNumber) }
    }
}

impl fmt::Display for ReferenceNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for ReferenceNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ReferenceNumber({self})")
    }
}

crate::text::serde_as_text!(ReferenceNumber);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape() {
        assert!("20250625-CR-2FDC223000-C2BFC98A9C-4E".parse::<ReferenceNumber>().is_ok());
        for wrong in [
            "",
            "20250625-CR-2FDC223000-C2BFC98A9C-4",
            "20250625-CR-2fdc223000-C2BFC98A9C-4E",
            "../../../../../etc/passwd/aaaaaaaaaaaa",
        ] {
            assert_eq!(wrong.parse::<ReferenceNumber>(), Err(InvalidReferenceNumber));
        }
    }

    #[test]
    fn composed_numbers_parse() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let number = ReferenceNumber::compose(day, ['S', 'O'], [0xAB; 11]);
        assert_eq!(number.as_str().parse::<ReferenceNumber>(), Ok(number));
    }
}
