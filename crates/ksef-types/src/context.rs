use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{InternalId, InvalidNip, Nip, VatUe};

/// In whose name one works in KSeF. Source: OpenAPI `AuthenticationContextIdentifier`, guide "Uwierzytelnianie".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ContextIdentifier {
    /// A firm by its NIP.
    Nip(Nip),
    /// A unit of a firm: `NIP-ddddd`.
    InternalId(String),
    /// A firm of the Union, paired with the NIP that allowed it: `NIP-VATUE`.
    NipVatUe(String),
    /// A provider of Peppol services: `PCCdddddd`.
    PeppolId(String),
}

/// The kinds of [`ContextIdentifier`], as the API spells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ContextKind {
    /// `Nip`
    Nip,
    /// `InternalId`
    InternalId,
    /// `NipVatUe`
    NipVatUe,
    /// `PeppolId`
    PeppolId,
}

/// Why a text is no context of that kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidContext {
    /// The NIP itself or the one in front is wrong.
    #[error(transparent)]
    Nip(#[from] InvalidNip),
    /// The rest has another shape than the kind asks for.
    #[error("not an identifier of the kind {0:?}")]
    Shape(ContextKind),
}

impl ContextIdentifier {
    /// Reads an identifier of a known kind.
    ///
    /// # Errors
    /// When the NIP in it is wrong or the rest does not have the kind's shape.
    pub fn parse(kind: ContextKind, value: &str) -> Result<Self, InvalidContext> {
        let shape = || InvalidContext::Shape(kind);
        match kind {
            ContextKind::Nip => Ok(Self::Nip(value.parse()?)),
            ContextKind::InternalId => {
                let (nip, rest) = value.split_once('-').ok_or_else(shape)?;
                nip.parse::<Nip>()?;
                let digits = rest.len() == 5 && rest.bytes().all(|byte| byte.is_ascii_digit());
                if digits { Ok(Self::InternalId(value.to_owned())) } else { Err(shape()) }
            }
            ContextKind::NipVatUe => {
                let (nip, rest) = value.split_once('-').ok_or_else(shape)?;
                nip.parse::<Nip>()?;
                let vat_ue = rest.parse::<VatUe>().is_ok_and(|read| read.as_str() == rest);
                if vat_ue { Ok(Self::NipVatUe(value.to_owned())) } else { Err(shape()) }
            }
            ContextKind::PeppolId => {
                let peppol = value.len() == 9
                    && value.starts_with('P')
                    && value.bytes().skip(1).take(2).all(|byte| byte.is_ascii_uppercase())
                    && value.bytes().skip(3).all(|byte| byte.is_ascii_digit());
                if peppol { Ok(Self::PeppolId(value.to_owned())) } else { Err(shape()) }
            }
        }
    }

    /// The kind, as the API spells it.
    #[must_use]
    pub const fn kind(&self) -> ContextKind {
        match self {
            Self::Nip(_) => ContextKind::Nip,
            Self::InternalId(_) => ContextKind::InternalId,
            Self::NipVatUe(_) => ContextKind::NipVatUe,
            Self::PeppolId(_) => ContextKind::PeppolId,
        }
    }

    /// The identifier itself.
    #[must_use]
    pub fn value(&self) -> &str {
        match self {
            Self::Nip(nip) => nip.as_str(),
            Self::InternalId(value) | Self::NipVatUe(value) | Self::PeppolId(value) => value,
        }
    }

    /// Whether the check digit of an internal identifier fits; the other kinds have none and fit always.
    ///
    /// Logging in does not ask for it, making a unit does: see [`InternalId`].
    #[must_use]
    pub fn check_digit_fits(&self) -> bool {
        match self {
            Self::InternalId(value) => value.parse::<InternalId>().is_ok(),
            _ => true,
        }
    }

    /// The VAT number of a firm of the Union, where the kind has one.
    #[must_use]
    pub fn vat_ue(&self) -> Option<VatUe> {
        match self {
            Self::NipVatUe(value) => value.split_once('-')?.1.parse().ok(),
            _ => None,
        }
    }

    /// Reads what a person typed, whose kind is told by its shape: a NIP in any spelling, `NIP-ddddd`, `NIP-VATUE`,
    /// `PCCdddddd`.
    ///
    /// # Errors
    /// Of the kind that the text looks like.
    pub fn guess(typed: &str) -> Result<Self, InvalidContext> {
        let compact: String = typed
            .chars()
            .filter(|character| !character.is_whitespace())
            .collect::<String>()
            .to_ascii_uppercase();
        let starts_with_letters =
            compact.len() == 9 && compact.bytes().take(3).all(|byte| byte.is_ascii_uppercase());
        let split = compact.split_once('-').filter(|(nip, _)| nip.len() == 10);
        match split {
            _ if starts_with_letters => Self::parse(ContextKind::PeppolId, &compact),
            Some((_, rest)) if rest.bytes().next().is_some_and(|byte| byte.is_ascii_uppercase()) => {
                Self::parse(ContextKind::NipVatUe, &compact)
            }
            Some((_, rest)) if rest.len() == 5 && !rest.contains('-') => {
                Self::parse(ContextKind::InternalId, &compact)
            }
            _ => Self::parse(ContextKind::Nip, typed),
        }
    }

    /// The NIP of the firm, where the kind has one.
    #[must_use]
    pub fn nip(&self) -> Option<Nip> {
        match self {
            Self::Nip(nip) => Some(*nip),
            Self::InternalId(value) | Self::NipVatUe(value) => value.get(..10)?.parse().ok(),
            Self::PeppolId(_) => None,
        }
    }
}

impl From<Nip> for ContextIdentifier {
    fn from(nip: Nip) -> Self {
        Self::Nip(nip)
    }
}

impl fmt::Display for ContextKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, formatter)
    }
}

#[derive(Serialize, Deserialize)]
struct OnTheWire {
    #[serde(rename = "type")]
    kind: ContextKind,
    value: String,
}

impl Serialize for ContextIdentifier {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        OnTheWire { kind: self.kind(), value: self.value().to_owned() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ContextIdentifier {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = OnTheWire::deserialize(deserializer)?;
        Self::parse(read.kind, &read.value).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_form() {
        let json = r#"{"type":"Nip","value":"5265877635"}"#;
        let context: ContextIdentifier = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&context).unwrap(), json);
    }

    #[test]
    fn each_kind_has_its_shape() {
        assert!(ContextIdentifier::parse(ContextKind::InternalId, "5265877635-12345").is_ok());
        assert!(ContextIdentifier::parse(ContextKind::InternalId, "5265877635-1234").is_err());
        assert!(ContextIdentifier::parse(ContextKind::NipVatUe, "5265877635-DE123456789").is_ok());
        assert!(ContextIdentifier::parse(ContextKind::PeppolId, "PPL123456").is_ok());
        assert!(ContextIdentifier::parse(ContextKind::PeppolId, "PPL12345").is_err());
        assert!(ContextIdentifier::parse(ContextKind::NipVatUe, "5265877635-PL5265877635").is_err());
    }

    #[test]
    fn the_kind_is_told_by_the_shape() {
        let guess =
            |text: &str| ContextIdentifier::guess(text).map(|found| (found.kind(), found.value().to_owned()));
        let found = |kind, value: &str| Ok((kind, value.to_owned()));
        assert_eq!(guess("526-587-76-35"), found(ContextKind::Nip, "5265877635"));
        assert_eq!(guess("NIP: PL 526 587 76 35"), found(ContextKind::Nip, "5265877635"));
        assert_eq!(guess("5265877635-12345"), found(ContextKind::InternalId, "5265877635-12345"));
        assert_eq!(guess(" 5265877635-de123456789 "), found(ContextKind::NipVatUe, "5265877635-DE123456789"));
        assert_eq!(guess("ppl123456"), found(ContextKind::PeppolId, "PPL123456"));
        assert!(guess("526587763").is_err() && guess("").is_err() && guess("5265877635-DE1").is_err());
    }

    #[test]
    fn only_internal_identifiers_have_a_check_digit_of_their_own() {
        let read = |kind, value| ContextIdentifier::parse(kind, value).unwrap();
        assert!(read(ContextKind::InternalId, "5265877635-12346").check_digit_fits());
        assert!(!read(ContextKind::InternalId, "5265877635-12345").check_digit_fits());
        assert!(read(ContextKind::PeppolId, "PPL123456").check_digit_fits());
        let union = read(ContextKind::NipVatUe, "5265877635-DE123456789");
        assert_eq!(union.vat_ue().map(|number| number.country().to_owned()).as_deref(), Some("DE"));
    }
}
