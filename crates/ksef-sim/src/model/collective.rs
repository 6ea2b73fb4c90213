use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::{ContextIdentifier, KsefNumber, Nip};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A collective identifier: one number for a transfer that pays several invoices of a seller.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CollectiveIdentifier {
    pub(crate) number: String,
    /// In which it was made.
    pub(crate) context: ContextIdentifier,
    pub(crate) seller: Nip,
    pub(crate) created: DateTime<Utc>,
    pub(crate) invoices: Vec<CollectedInvoice>,
}

/// An invoice in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CollectedInvoice {
    pub(crate) ksef_number: KsefNumber,
    /// Amount and currency as they came.
    pub(crate) payment: Option<Value>,
    pub(crate) description: Option<String>,
}

impl CollectiveIdentifier {
    /// How many identifiers of a context an invoice can be in.
    pub(crate) const MOST_OF_AN_INVOICE: usize = 132;

    /// `NIP-IZYYYYMM-12hex-2hex`; the last two digits are CRC-8 (polynomial 0x07, start 0x00) of what stands before
    /// the last hyphen's.
    pub(crate) fn compose(seller: Nip, day: NaiveDate, technical: [u8; 6]) -> String {
        let start = format!("{seller}-IZ{}-{}", day.format("%Y%m"), hex::encode_upper(technical));
        let checksum = crc8(start.as_bytes());
        format!("{start}-{checksum:02X}")
    }
}

fn crc8(bytes: &[u8]) -> u8 {
    let step = |crc: u8, _| if crc & 0x80 == 0 { crc << 1 } else { (crc << 1) ^ 0x07 };
    bytes.iter().fold(0, |crc, byte| (0..8).fold(crc ^ byte, step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contracts_example() {
        let day = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap();
        let technical = [0x65, 0xED, 0x02, 0x18, 0x00, 0x00];
        let number = CollectiveIdentifier::compose("1111111111".parse().unwrap(), day, technical);
        assert_eq!(number, "1111111111-IZ202607-65ED02180000-E7");
    }
}
