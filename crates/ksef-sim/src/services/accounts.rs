//! Numbers with right check digits that nobody has: bank accounts, REGON, KRS.

use super::Lot;

/// Banks as the first four digits of their numbers name them.
const BANKS: [&str; 6] = ["1020", "1050", "1090", "1140", "1240", "2490"];

/// 26 digits.
pub(super) fn account(lot: &mut Lot) -> String {
    let bank = lot.one_of(&BANKS).unwrap_or("1020");
    let branch = format!("{bank}{:03}", lot.below(1000));
    let office = weighted(&branch, &[3, 9, 7, 1, 3, 9, 7]) % 10;
    let office = (10 - office) % 10;
    let rest = format!("{branch}{office}{:016}", lot.below(10_000_000_000_000_000));
    let remainder =
        format!("{rest}252100").bytes().fold(0, |sum, digit| (sum * 10 + u32::from(digit - b'0')) % 97);
    format!("{:02}{rest}", 98 - remainder)
}

/// Nine digits.
pub(super) fn regon(lot: &mut Lot) -> String {
    let first = format!("{:08}", 10_000_000 + lot.below(80_000_000));
    let check = weighted(&first, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10;
    format!("{first}{check}")
}

/// Ten digits.
pub(super) fn krs(lot: &mut Lot) -> String {
    format!("{:010}", 100_000 + lot.below(900_000))
}

fn weighted(digits: &str, weights: &[u32]) -> u32 {
    digits.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum()
}
