use std::fmt;
use std::str::FromStr;

/// NRB, the number of a Polish bank account: 26 digits, the first two of them check digits (modulo 97, as in an IBAN
/// that begins with `PL`). Source: zarządzenie Prezesa NBP nr 15/2010; OpenAPI of the white list, `bank-account`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct AccountNumber(String);

/// Why a text is no Polish account number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAccountNumber {
    /// A character other than a digit, a space, a dash or the prefix PL.
    #[error("an account number has digits only, found {0:?}")]
    Character(char),
    /// Another number of digits than 26.
    #[error("an account number has 26 digits, found {0}")]
    Length(usize),
    /// No bank has such an account.
    #[error("the check digits of the account number do not match")]
    CheckDigits,
}

impl AccountNumber {
    /// The 26 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountNumber {
    type Err = InvalidAccountNumber;

    fn from_str(text: &str) -> Result<Self, InvalidAccountNumber> {
        let text = text.trim();
        let text = match text.get(..2) {
            Some(prefix) if prefix.eq_ignore_ascii_case("PL") => &text[2..],
            _ => text,
        };
        let kept: String =
            text.chars().filter(|character| !character.is_whitespace() && *character != '-').collect();
        if let Some(other) = kept.chars().find(|character| !character.is_ascii_digit()) {
            return Err(InvalidAccountNumber::Character(other));
        }
        if kept.len() != 26 {
            return Err(InvalidAccountNumber::Length(kept.len()));
        }
        // "PL" is 2521 as digits.
        let rearranged = format!("{}2521{}", &kept[2..], &kept[..2]);
        let remainder = rearranged.bytes().fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
        if remainder == 1 { Ok(Self(kept)) } else { Err(InvalidAccountNumber::CheckDigits) }
    }
}

impl fmt::Display for AccountNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Accounts are nobody else's business: the last four digits only.
impl fmt::Debug for AccountNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "AccountNumber(…{})", &self.0[22..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_faults() {
        // The example of the OpenAPI of the white list.
        let account: AccountNumber = "PL90 2490 0005 0247 2563 1659 6736".parse().unwrap();
        assert_eq!(account.as_str(), "90249000050247256316596736");
        assert_eq!(format!("{account:?}"), "AccountNumber(…6736)");
        let refused = |text: &str| text.parse::<AccountNumber>().unwrap_err();
        assert_eq!(refused("90249000050247256316596737"), InvalidAccountNumber::CheckDigits);
        assert_eq!(refused("902490000502472563165967"), InvalidAccountNumber::Length(24));
        assert_eq!(refused("DE89370400440532013000"), InvalidAccountNumber::Character('D'));
    }
}
