//! Identifiers that requests carry: parsed once, so that what is sent has the contract's form.

use std::fmt;
use std::str::FromStr;

use ksef_types::{ContextIdentifier, ContextKind, Fingerprint, InternalId, Nip, Pesel};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};

use crate::open_enum::open_enum;

/// A text that is no identifier of that kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not of the form of {0}")]
pub struct InvalidIdentifier(pub &'static str);

macro_rules! identifier {
    ($(#[$meta:meta])* $name:ident = $parse:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The identifier.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidIdentifier;

            fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
                let parse: fn(&str) -> Option<String> = $parse;
                parse(text.trim()).map(Self).ok_or(InvalidIdentifier(stringify!($name)))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

identifier! {
    /// A firm of the Union with the NIP that allowed it: `NIP-VATUE`.
    NipVatUe = |text| {
        ContextIdentifier::parse(ContextKind::NipVatUe, text).ok().map(|found| found.value().to_owned())
    }
}

identifier! {
    /// A provider of Peppol services: `PCCdddddd`.
    PeppolId = |text| {
        ContextIdentifier::parse(ContextKind::PeppolId, text).ok().map(|found| found.value().to_owned())
    }
}

identifier! {
    /// Names a granted permission: 36 characters.
    PermissionId = |text| {
        let fits = text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        fits.then(|| text.to_owned())
    }
}

identifier! {
    /// The number of a collective identifier: `NIP-IZRRRRMM-` 12 hex digits `-` check sum, 35 characters. The check
    /// sum is CRC-8 (polynomial 0x07, start 0x00) over the first 32. Source: OpenAPI `POST /collective-identifiers`.
    CollectiveIdentifierNumber = |text| collective(text).then(|| text.to_owned())
}

fn collective(text: &str) -> bool {
    let bytes = text.as_bytes();
    let upper_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'A'..=b'F');
    bytes.len() == 35
        && text.is_ascii()
        && text[..10].parse::<Nip>().is_ok()
        && text[10..].starts_with("-IZ")
        && bytes[13..19].iter().all(u8::is_ascii_digit)
        && bytes[19] == b'-'
        && bytes[20..32].iter().all(upper_hex)
        && bytes[32] == b'-'
        && format!("{:02X}", crc8(&bytes[..32])) == text[33..]
}

fn crc8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| {
        (0..8)
            .fold(sum ^ byte, |value: u8, _| if value & 0x80 == 0 { value << 1 } else { (value << 1) ^ 0x07 })
    })
}

/// Writes `{"type": …, "value": …}`, the value only where there is one.
fn write<S: Serializer>(
    serializer: S,
    (kind, value): (&'static str, Option<String>),
) -> Result<S::Ok, S::Error> {
    let mut fields = serializer.serialize_struct("Identifier", 2)?;
    fields.serialize_field("type", kind)?;
    match value {
        Some(value) => fields.serialize_field("value", &value)?,
        None => fields.skip_field("value")?,
    }
    fields.end()
}

macro_rules! written_with_its_type {
    ($($name:ident),+) => {
        $(impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                write(serializer, self.parts())
            }
        })+
    };
}

written_with_its_type!(
    PersonIdentifier,
    PersonNumber,
    GrantAuthor,
    CompanyOrUnit,
    GrantTarget,
    AuthorizedEntity
);

/// One who signs: by NIP, by PESEL, or by a certificate without either.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PersonIdentifier {
    /// By NIP.
    Nip(Nip),
    /// By PESEL.
    Pesel(Pesel),
    /// By the fingerprint of a certificate.
    Fingerprint(Fingerprint),
}

impl PersonIdentifier {
    fn parts(&self) -> (&'static str, Option<String>) {
        match self {
            Self::Nip(nip) => ("Nip", Some(nip.to_string())),
            Self::Pesel(pesel) => ("Pesel", Some(pesel.to_string())),
            Self::Fingerprint(fingerprint) => ("Fingerprint", Some(fingerprint.to_string())),
        }
    }
}

/// A number of a person whose certificate carries none. Source: OpenAPI `PersonIdentifier`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PersonNumber {
    /// PESEL.
    Pesel(Pesel),
    /// NIP.
    Nip(Nip),
}

impl PersonNumber {
    fn parts(&self) -> (&'static str, Option<String>) {
        match self {
            Self::Pesel(pesel) => ("Pesel", Some(pesel.to_string())),
            Self::Nip(nip) => ("Nip", Some(nip.to_string())),
        }
    }
}

/// Who granted a permission.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum GrantAuthor {
    /// By NIP.
    Nip(Nip),
    /// By PESEL.
    Pesel(Pesel),
    /// By the fingerprint of a certificate.
    Fingerprint(Fingerprint),
    /// KSeF itself (after the paper form ZAW-FA).
    System,
}

impl GrantAuthor {
    fn parts(&self) -> (&'static str, Option<String>) {
        match self {
            Self::Nip(nip) => ("Nip", Some(nip.to_string())),
            Self::Pesel(pesel) => ("Pesel", Some(pesel.to_string())),
            Self::Fingerprint(fingerprint) => ("Fingerprint", Some(fingerprint.to_string())),
            Self::System => ("System", None),
        }
    }
}

/// A firm or a unit of one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CompanyOrUnit {
    /// A firm.
    Nip(Nip),
    /// A unit.
    InternalId(InternalId),
}

impl CompanyOrUnit {
    fn parts(&self) -> (&'static str, Option<String>) {
        match self {
            Self::Nip(nip) => ("Nip", Some(nip.to_string())),
            Self::InternalId(unit) => ("InternalId", Some(unit.to_string())),
        }
    }
}

/// For which client a permission granted indirectly is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum GrantTarget {
    /// One firm.
    Nip(Nip),
    /// One unit.
    InternalId(InternalId),
    /// Every firm that let the permission be passed on.
    AllPartners,
}

impl GrantTarget {
    fn parts(&self) -> (&'static str, Option<String>) {
        match self {
            Self::Nip(nip) => ("Nip", Some(nip.to_string())),
            Self::InternalId(unit) => ("InternalId", Some(unit.to_string())),
            Self::AllPartners => ("AllPartners", None),
        }
    }
}

/// A firm that is authorised for another one's invoices.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AuthorizedEntity {
    /// By NIP.
    Nip(Nip),
    /// A provider of Peppol services.
    PeppolId(PeppolId),
}

impl AuthorizedEntity {
    fn parts(&self) -> (&'static str, Option<String>) {
        match self {
            Self::Nip(nip) => ("Nip", Some(nip.to_string())),
            Self::PeppolId(provider) => ("PeppolId", Some(provider.to_string())),
        }
    }
}

/// A NIP where the contract wants it with its type.
pub(crate) fn nip_with_type<S: Serializer>(nip: &Nip, serializer: S) -> Result<S::Ok, S::Error> {
    write(serializer, ("Nip", Some(nip.to_string())))
}

/// The same, or nothing.
#[expect(clippy::ref_option, reason = "the signature that serde calls")]
pub(crate) fn optional_nip_with_type<S: Serializer>(
    nip: &Option<Nip>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match nip {
        Some(nip) => nip_with_type(nip, serializer),
        None => serializer.serialize_none(),
    }
}

/// A firm of the Union where the contract wants it with its type.
pub(crate) fn nip_vat_ue_with_type<S: Serializer>(
    context: &NipVatUe,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    write(serializer, ("NipVatUe", Some(context.to_string())))
}

open_enum! {
    /// How somebody or something in an answer is identified.
    IdentifierKind {
        /// By NIP.
        Nip = "Nip",
        /// By PESEL.
        Pesel = "Pesel",
        /// By the fingerprint of a certificate.
        Fingerprint = "Fingerprint",
        /// By the internal identifier of a unit.
        InternalId = "InternalId",
        /// By NIP and VAT number of the Union.
        NipVatUe = "NipVatUe",
        /// A provider of Peppol services.
        PeppolId = "PeppolId",
        /// All partners.
        AllPartners = "AllPartners",
        /// KSeF itself.
        System = "System",
    }
}

/// Somebody or something in an answer, as KSeF identifies it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identified {
    /// How.
    #[serde(rename = "type")]
    pub kind: IdentifierKind,
    /// The identifier; none for all partners and for KSeF itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl Identified {
    /// The identifier, or nothing.
    #[must_use]
    pub fn value(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }

    /// The NIP, where it is identified by one.
    #[must_use]
    pub fn nip(&self) -> Option<Nip> {
        if self.kind == IdentifierKind::Nip { self.value().parse().ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_of_a_collective_identifier() {
        assert!("1111111111-IZ202607-65ED02180000-E7".parse::<CollectiveIdentifierNumber>().is_ok());
        for wrong in [
            "1111111111-IZ202607-65ED02180000-E8",
            "1111111112-IZ202607-65ED02180000-E7",
            "1111111111-IX202607-65ED02180000-E7",
            "1111111111-IZ202607-65ed02180000-E7",
            "",
        ] {
            assert!(wrong.parse::<CollectiveIdentifierNumber>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn no_identifier_leaves_its_segment_of_a_path() {
        for wrong in ["../../auth/sessions/current0000000000", "00000000-0000-0000-0000-00000000000?", ""] {
            assert!(wrong.parse::<PermissionId>().is_err(), "{wrong}");
        }
        assert!("0c9a7a26-98b4-41ae-bb4e-7fd2a3bd1c3a".parse::<PermissionId>().is_ok());
    }

    #[test]
    fn with_its_type_and_without_a_value() {
        let written = |value: &dyn erased::Written| value.written();
        assert_eq!(written(&GrantTarget::AllPartners), r#"{"type":"AllPartners"}"#);
        assert_eq!(
            written(&AuthorizedEntity::PeppolId("PPL123456".parse().unwrap())),
            r#"{"type":"PeppolId","value":"PPL123456"}"#
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,60}") {
            let _ = text.parse::<CollectiveIdentifierNumber>();
            let _ = text.parse::<PermissionId>();
            let _ = text.parse::<NipVatUe>();
            let _ = text.parse::<PeppolId>();
        }

        #[test]
        fn one_changed_digit_is_noticed(technical in "[0-9A-F]{12}", place in 20_usize..32) {
            let start = format!("1111111111-IZ202607-{technical}");
            let number = format!("{start}-{:02X}", crc8(start.as_bytes()));
            proptest::prop_assert!(number.parse::<CollectiveIdentifierNumber>().is_ok());
            let other = if number.as_bytes()[place] == b'0' { "1" } else { "0" };
            let changed = format!("{}{other}{}", &number[..place], &number[place + 1..]);
            proptest::prop_assert!(changed.parse::<CollectiveIdentifierNumber>().is_err());
        }
    }

    mod erased {
        pub(super) trait Written {
            fn written(&self) -> String;
        }

        impl<T: serde::Serialize> Written for T {
            fn written(&self) -> String {
                serde_json::to_string(self).unwrap()
            }
        }
    }
}
