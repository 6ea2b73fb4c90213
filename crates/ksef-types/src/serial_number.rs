use std::fmt;
use std::str::FromStr;

/// The serial number of a KSeF certificate: 16 upper-case hex digits in KOD II and in the portal.
///
/// Parsing accepts what people paste: lower case, spaces, colons, dashes, a leading `0x`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CertificateSerial(String);

/// Why a text is no serial number of a KSeF certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCertificateSerial {
    /// Nothing but white space.
    #[error("the serial number is empty")]
    Empty,
    /// A character that is no hex digit.
    #[error("a serial number has hex digits only, found {0:?}")]
    Character(char),
    /// More digits than an X.509 serial number may have (40), or none.
    #[error("a serial number has at most 40 hex digits, found {0}")]
    Length(usize),
}

impl CertificateSerial {
    /// From the bytes of the certificate, big endian. KSeF's have 8 bytes; shorter ones are padded to 16 digits.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        Self::normalised(&hex)
    }

    /// Upper-case hex digits, at least 16.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has the length of the ones that KSeF hands out.
    #[must_use]
    pub fn looks_issued_by_ksef(&self) -> bool {
        self.0.len() == 16
    }

    fn normalised(hex: &str) -> Self {
        let digits = hex.trim_start_matches('0').to_ascii_uppercase();
        Self(format!("{digits:0>16}"))
    }
}

impl FromStr for CertificateSerial {
    type Err = InvalidCertificateSerial;

    fn from_str(text: &str) -> Result<Self, InvalidCertificateSerial> {
        let text = text.trim();
        let text = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
        let mut digits = String::with_capacity(16);
        for character in text.chars() {
            match character {
                ':' | '-' => {}
                other if other.is_whitespace() => {}
                other if other.is_ascii_hexdigit() => digits.push(other),
                other => return Err(InvalidCertificateSerial::Character(other)),
            }
        }
        match digits.len() {
            0 => Err(InvalidCertificateSerial::Empty),
            1..=40 => Ok(Self::normalised(&digits)),
            found => Err(InvalidCertificateSerial::Length(found)),
        }
    }
}

impl fmt::Display for CertificateSerial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for CertificateSerial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CertificateSerial({self})")
    }
}

crate::text::serde_as_text!(CertificateSerial);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_spelling_is_the_same_number() {
        for spelling in [
            "019A0CE840428FE6",
            "019a0ce840428fe6",
            "01:9A:0C:E8:40:42:8F:E6",
            " 019A 0CE8 4042 8FE6\n",
            "0x19A0CE840428FE6",
        ] {
            assert_eq!(
                spelling.parse::<CertificateSerial>().map(|serial| serial.to_string()),
                Ok("019A0CE840428FE6".to_owned())
            );
        }
        assert_eq!(
            CertificateSerial::from_bytes(&[1, 0x9A, 0x0C, 0xE8, 0x40, 0x42, 0x8F, 0xE6]).as_str(),
            "019A0CE840428FE6"
        );
    }

    #[test]
    fn each_fault_has_its_own_reason() {
        assert_eq!(" ".parse::<CertificateSerial>(), Err(InvalidCertificateSerial::Empty));
        assert_eq!("019A0G".parse::<CertificateSerial>(), Err(InvalidCertificateSerial::Character('G')));
        assert_eq!("A".repeat(41).parse::<CertificateSerial>(), Err(InvalidCertificateSerial::Length(41)));
    }
}
