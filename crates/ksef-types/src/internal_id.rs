use std::fmt;
use std::str::FromStr;

use crate::{InvalidNip, Nip};

/// The internal identifier of a unit of a firm: `NIP-ddddd`, the last digit a check digit over the rest.
///
/// Source: OpenAPI, the pattern of `internalId`; the check digit, which KSeF asks for where a unit is made
/// (`POST /permissions/subunits/grants`), is the one of the ministry's own clients: the fourteen digits of the NIP and
/// of the number with the weights 1 and 3 in turn, modulo 10. The guide's examples do not keep it, and logging in does
/// not ask for it, so that [`ContextIdentifier`](crate::ContextIdentifier) reads identifiers without it too.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct InternalId {
    nip: Nip,
    number: [u8; 5],
}

/// Why a text is no internal identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidInternalId {
    /// The NIP in front is wrong.
    #[error(transparent)]
    Nip(#[from] InvalidNip),
    /// Not a NIP, a dash and five digits.
    #[error("an internal identifier is a NIP, a dash and five digits")]
    Shape,
    /// The last digit does not fit the others.
    #[error("the check digit of the internal identifier does not match, {expected} would")]
    CheckDigit {
        /// The digit that would fit.
        expected: u8,
    },
}

impl InternalId {
    /// The identifier of the unit with this number of four digits; the fifth, the check digit, is added.
    ///
    /// `None` where the number has more than four digits.
    #[must_use]
    pub fn compose(nip: Nip, number: u16) -> Option<Self> {
        let mut digits = [0; 5];
        let text = format!("{number:04}");
        let four: [u8; 4] = text.as_bytes().try_into().ok()?;
        digits[..4].copy_from_slice(&four);
        digits[4] = b'0' + check_digit(nip, four);
        Some(Self { nip, number: digits })
    }

    /// The firm.
    #[must_use]
    pub const fn nip(&self) -> Nip {
        self.nip
    }
}

fn check_digit(nip: Nip, number: [u8; 4]) -> u8 {
    let digits = nip.as_str().bytes().chain(number).map(|digit| u32::from(digit - b'0'));
    let sum: u32 = digits.zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    u8::try_from(sum % 10).unwrap_or_default()
}

impl FromStr for InternalId {
    type Err = InvalidInternalId;

    fn from_str(text: &str) -> Result<Self, InvalidInternalId> {
        let (nip, number) = text.trim().rsplit_once('-').ok_or(InvalidInternalId::Shape)?;
        let nip: Nip = nip.parse()?;
        let number: [u8; 5] = number.as_bytes().try_into().map_err(|_| InvalidInternalId::Shape)?;
        if !number.iter().all(u8::is_ascii_digit) {
            return Err(InvalidInternalId::Shape);
        }
        let [a, b, c, d, found] = number;
        let expected = check_digit(nip, [a, b, c, d]);
        if found == b'0' + expected {
            Ok(Self { nip, number })
        } else {
            Err(InvalidInternalId::CheckDigit { expected })
        }
    }
}

impl fmt::Display for InternalId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Only ASCII digits are ever stored.
        write!(formatter, "{}-{}", self.nip, std::str::from_utf8(&self.number).unwrap_or_default())
    }
}

impl fmt::Debug for InternalId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "InternalId({self})")
    }
}

crate::text::serde_as_text!(InternalId);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nip() -> Nip {
        "5265877635".parse().unwrap()
    }

    #[test]
    fn the_check_digit_by_hand() {
        // 5+6+8+7+3+1+3 + 3*(2+5+7+6+5+2+4) = 33 + 93
        assert_eq!(InternalId::compose(nip(), 1234).unwrap().to_string(), "5265877635-12346");
        let guide = "5265877635-12345".parse::<InternalId>();
        assert_eq!(guide, Err(InvalidInternalId::CheckDigit { expected: 6 }));
    }

    #[test]
    fn each_fault_has_its_own_reason() {
        assert_eq!("5265877635".parse::<InternalId>(), Err(InvalidInternalId::Shape));
        assert_eq!("5265877635-1234".parse::<InternalId>(), Err(InvalidInternalId::Shape));
        assert_eq!("5265877635-1234x".parse::<InternalId>(), Err(InvalidInternalId::Shape));
        assert_eq!("5265877636-12346".parse::<InternalId>(), Err(InvalidNip::CheckDigit.into()));
        assert_eq!(InternalId::compose(nip(), 12_345), None);
    }

    proptest! {
        #[test]
        fn what_is_composed_is_read_and_one_wrong_digit_is_noticed(number in 0u16..10_000, place in 11usize..16, digit in b'0'..=b'9') {
            let composed = InternalId::compose(nip(), number).unwrap().to_string();
            prop_assert_eq!(composed.parse::<InternalId>().map(|read| read.to_string()), Ok(composed.clone()));
            let mut changed = composed.clone().into_bytes();
            prop_assume!(changed[place] != digit);
            changed[place] = digit;
            prop_assert!(String::from_utf8(changed).unwrap().parse::<InternalId>().is_err());
        }
    }
}
