//! Base64 as KSeF writes it: with padding in JSON, [`url`] without padding in links. Reading is strict.

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;

/// A text that is not Base64 of that kind: a foreign character, white space, wrong padding, or unused bits
/// that are not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not Base64")]
pub struct InvalidBase64;

/// With the alphabet `A–Za–z0–9+/` and padding.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The reverse of [`encode`]; accepts nothing else.
///
/// # Errors
/// [`InvalidBase64`].
pub fn decode(text: &str) -> Result<Vec<u8>, InvalidBase64> {
    STANDARD.decode(text).map_err(|_| InvalidBase64)
}

/// Base64URL without padding, as verification links have it.
///
/// The last character of a text may carry bits that mean nothing. They must be zero here, so that one hash or
/// signature has one spelling.
pub mod url {
    use ::base64::Engine as _;
    use ::base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::InvalidBase64;

    /// With the alphabet `A–Za–z0–9-_`, without padding.
    #[must_use]
    pub fn encode(bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The reverse of [`encode`]; accepts nothing else.
    ///
    /// # Errors
    /// [`InvalidBase64`].
    pub fn decode(text: &str) -> Result<Vec<u8>, InvalidBase64> {
        URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidBase64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(decode(&encode(&bytes)), Ok(bytes.clone()));
            prop_assert_eq!(url::decode(&url::encode(&bytes)), Ok(bytes));
        }

        #[test]
        fn one_value_has_one_spelling(text in "[A-Za-z0-9_-]{0,12}") {
            if let Ok(bytes) = url::decode(&text) {
                prop_assert_eq!(url::encode(&bytes), text);
            }
        }
    }

    #[test]
    fn reading_is_strict() {
        assert_eq!(url::decode("AA"), Ok(vec![0]));
        assert_eq!(url::decode("AB"), Err(InvalidBase64), "unused bits");
        assert_eq!(url::decode("AA=="), Err(InvalidBase64), "padding");
        assert_eq!(decode("AA"), Err(InvalidBase64), "no padding");
        assert_eq!(decode("AA==\n"), Err(InvalidBase64), "white space");
        assert_eq!(decode("-_8="), Err(InvalidBase64), "the other alphabet");
    }
}
