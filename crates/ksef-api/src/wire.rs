//! How values stand in JSON where serde's own form does not fit: Base64, secrets, money.

use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serializer};

/// Bytes as Base64.
pub(crate) mod bytes {
    use super::{Deserialize, Deserializer, STANDARD, Serializer};
    use base64::Engine as _;

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        STANDARD.decode(text.as_bytes()).map_err(serde::de::Error::custom)
    }
}

/// Secret bytes as Base64; only in requests.
pub(crate) mod secret_bytes {
    use super::{STANDARD, Serializer};
    use base64::Engine as _;
    use ksef_types::SecretBytes;

    pub(crate) fn serialize<S: Serializer>(bytes: &SecretBytes, serializer: S) -> Result<S::Ok, S::Error> {
        // Exposed into the body of the one request that it belongs to.
        serializer.serialize_str(&STANDARD.encode(bytes.expose()))
    }
}

/// A secret text; only in answers.
pub(crate) mod secret_text {
    use super::{Deserialize, Deserializer};
    use ksef_types::SecretText;

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretText, D::Error> {
        String::deserialize(deserializer).map(SecretText::new)
    }
}

/// A SHA-256 digest as Base64.
pub(crate) mod hash {
    use super::{Deserialize, Deserializer, STANDARD, Serializer};
    use base64::Engine as _;
    use ksef_types::Sha256Hash;

    pub(crate) fn serialize<S: Serializer>(hash: &Sha256Hash, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(hash.as_bytes()))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Sha256Hash, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        parse(&text).ok_or_else(|| serde::de::Error::custom("not the Base64 of a SHA-256 digest"))
    }

    pub(crate) fn parse(text: &str) -> Option<Sha256Hash> {
        Sha256Hash::try_from(STANDARD.decode(text).ok()?.as_slice()).ok()
    }
}

/// A SHA-256 digest as Base64, or nothing.
pub(crate) mod optional_hash {
    use super::{Deserialize, Deserializer, Serializer, hash};
    use ksef_types::Sha256Hash;

    #[expect(clippy::ref_option, reason = "the signature that serde calls")]
    pub(crate) fn serialize<S: Serializer>(
        value: &Option<Sha256Hash>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => hash::serialize(value, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Sha256Hash>, D::Error> {
        let text = <Option<std::borrow::Cow<'de, str>>>::deserialize(deserializer)?;
        text.map(|text| {
            hash::parse(&text).ok_or_else(|| serde::de::Error::custom("not the Base64 of a SHA-256 digest"))
        })
        .transpose()
    }
}

/// Money: a JSON number read and written digit by digit, never through a floating one.
pub(crate) mod money {
    use super::{Deserialize, Deserializer, Serializer};
    use rust_decimal::Decimal;
    use serde::Serialize as _;

    pub(crate) fn serialize<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::value::RawValue::from_string(value.to_string())
            .map_err(serde::ser::Error::custom)?
            .serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let raw = <&serde_json::value::RawValue>::deserialize(deserializer)?;
        parse(raw.get()).ok_or_else(|| serde::de::Error::custom("not an amount of money"))
    }

    pub(super) fn parse(digits: &str) -> Option<Decimal> {
        digits.parse().ok().or_else(|| Decimal::from_scientific(digits).ok())
    }
}

/// An amount as a JSON number, written without a floating one; only in requests.
pub(crate) mod optional_money {
    use rust_decimal::Decimal;
    use serde::Serializer;

    #[expect(clippy::ref_option, reason = "the signature that serde calls")]
    pub(crate) fn serialize<S: Serializer>(
        value: &Option<Decimal>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => super::money::serialize(value, serializer),
            None => serializer.serialize_none(),
        }
    }
}

/// A list that may be absent or `null`.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}
