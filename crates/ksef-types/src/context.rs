use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{InvalidNip, Nip};

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
                let vat_ue = (4..=14).contains(&rest.len())
                    && rest.bytes().take(2).all(|byte| byte.is_ascii_uppercase())
                    && rest
                        .bytes()
                        .skip(2)
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'*');
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
    }
}
