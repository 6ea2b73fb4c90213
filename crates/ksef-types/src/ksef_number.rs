use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::Nip;

/// The number that KSeF gives an invoice: `NIP-YYYYMMDD-12hex-2hex`, 35 characters.
///
/// The last two hex digits are a CRC-8 (polynomial 0x07, start 0x00) over the first 32 characters.
/// Source: the ministry's guide, "Numer KSeF – struktura i walidacja".
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KsefNumber(String);

/// Why a text is no KSeF number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKsefNumber {
    /// Not the shape `NIP-YYYYMMDD-12hex-2hex` (upper case).
    #[error("a KSeF number has the shape NIP-YYYYMMDD-XXXXXXXXXXXX-XX")]
    Shape,
    /// The first part is no NIP.
    #[error("the first part of the KSeF number is no NIP")]
    Nip,
    /// The second part is no day.
    #[error("the date in the KSeF number does not exist")]
    Date,
    /// The checksum does not match.
    #[error("the checksum of the KSeF number does not match")]
    Checksum,
}

impl KsefNumber {
    /// Makes a number from its parts; the checksum is computed. Only the simulator gives numbers.
    #[must_use]
    pub fn compose(seller: Nip, accepted: NaiveDate, technical: [u8; 6]) -> Self {
        let mut text = format!("{seller}-{}-", accepted.format("%Y%m%d"));
        for byte in technical {
            text.push_str(&format!("{byte:02X}"));
        }
        let checksum = crc8(text.as_bytes());
        text.push_str(&format!("-{checksum:02X}"));
        Self(text)
    }

    /// The NIP of the seller, with which it begins. There is always one: the number was read with it.
    #[must_use]
    pub fn seller(&self) -> Option<Nip> {
        self.0.get(..10)?.parse().ok()
    }

    /// The number as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for KsefNumber {
    type Err = InvalidKsefNumber;

    fn from_str(text: &str) -> Result<Self, InvalidKsefNumber> {
        let text = text.trim();
        let bytes = text.as_bytes();
        let dash_at = |place: usize| bytes[place] == b'-';
        if bytes.len() != 35 || !text.is_ascii() || !dash_at(10) || !dash_at(19) || !dash_at(32) {
            return Err(InvalidKsefNumber::Shape);
        }
        let upper_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'A'..=b'F');
        let digits = |range: std::ops::Range<usize>| bytes[range].iter().all(u8::is_ascii_digit);
        if !digits(0..10)
            || !digits(11..19)
            || !bytes[20..32].iter().all(upper_hex)
            || !bytes[33..].iter().all(upper_hex)
        {
            return Err(InvalidKsefNumber::Shape);
        }
        text[..10].parse::<Nip>().map_err(|_| InvalidKsefNumber::Nip)?;
        NaiveDate::parse_from_str(&text[11..19], "%Y%m%d").map_err(|_| InvalidKsefNumber::Date)?;
        if format!("{:02X}", crc8(&bytes[..32])) != text[33..] {
            return Err(InvalidKsefNumber::Checksum);
        }
        Ok(Self(text.to_owned()))
    }
}

fn crc8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| {
        (0..8)
            .fold(sum ^ byte, |value: u8, _| if value & 0x80 == 0 { value << 1 } else { (value << 1) ^ 0x07 })
    })
}

impl fmt::Display for KsefNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for KsefNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "KsefNumber({self})")
    }
}

crate::text::serde_as_text!(KsefNumber);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_published_one() {
        assert!("7980332920-20260512-9BF1CA118783-1D".parse::<KsefNumber>().is_ok());
        assert_eq!(
            "7980332920-20260512-9BF1CA118783-0B".parse::<KsefNumber>(),
            Err(InvalidKsefNumber::Checksum)
        );
    }

    #[test]
    fn composed_numbers_parse() {
        let nip: Nip = "5265877635".parse().unwrap();
        let date = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let number = KsefNumber::compose(nip, date, [1, 0, 0, 0x1A, 0xF6, 0x29]);
        assert_eq!(number.as_str().parse::<KsefNumber>(), Ok(number));
    }

    #[test]
    fn a_wrong_shape_is_said_before_the_checksum() {
        for text in [
            "",
            "5265877635",
            "7980332920-20260512-9bf1ca118783-1d",
            "79803329200-0260512-9BF1CA118783-1D",
            "żżżżżżżżżżżżżżżżżżżżżżżżżżżżżżżżżżż",
        ] {
            assert_eq!(text.parse::<KsefNumber>(), Err(InvalidKsefNumber::Shape), "{text}");
        }
        assert_eq!("7980332920-20261312-9BF1CA118783-1D".parse::<KsefNumber>(), Err(InvalidKsefNumber::Date));
    }
}
