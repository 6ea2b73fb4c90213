//! Who somebody is in words: what a request must say about the one who is granted something, and what answers repeat.

use chrono::NaiveDate;
use ksef_types::{Fingerprint, Nip, Pesel};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};

use crate::identifiers::{Identified, PersonIdentifier, PersonNumber};
use crate::text::{AddressLine, BoundedText, FirstName, FullName, LastName};

/// What a person is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonName {
    /// First name.
    pub first_name: FirstName,
    /// Last name.
    pub last_name: LastName,
}

/// The document of a person without PESEL and NIP. Source: OpenAPI `IdDocument`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IdDocument {
    /// Its kind, at most 20 characters.
    #[serde(rename = "type")]
    pub kind: BoundedText<1, 20>,
    /// Its number, at most 20 characters.
    pub number: BoundedText<1, 20>,
    /// The country that issued it, two letters.
    pub country: BoundedText<2, 2>,
}

/// A person known by the fingerprint of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FingerprintPerson {
    /// With PESEL or NIP.
    WithNumber {
        /// The name.
        name: PersonName,
        /// The number.
        number: PersonNumber,
    },
    /// With neither.
    WithoutNumber {
        /// The name.
        name: PersonName,
        /// Day of birth.
        birth_date: NaiveDate,
        /// A document.
        document: IdDocument,
    },
}

/// The person who is granted something; which details are wanted follows from how the person is identified.
/// Source: OpenAPI `PersonPermissionSubjectDetails`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonSubject {
    /// By NIP.
    Nip {
        /// The NIP.
        nip: Nip,
        /// The name.
        name: PersonName,
    },
    /// By PESEL.
    Pesel {
        /// The PESEL.
        pesel: Pesel,
        /// The name.
        name: PersonName,
    },
    /// By the fingerprint of a certificate.
    Fingerprint {
        /// The fingerprint.
        fingerprint: Fingerprint,
        /// Whose it is.
        person: FingerprintPerson,
    },
}

/// A firm of the Union. Source: OpenAPI `EuEntityDetails`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EuFirm {
    /// Full name.
    pub full_name: FullName,
    /// Address.
    pub address: AddressLine,
}

/// Whose a certificate is: a person's or a firm's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FingerprintHolder {
    /// A person.
    Person(FingerprintPerson),
    /// A firm.
    Firm(EuFirm),
}

/// The one with a certificate who is granted something for a firm of the Union.
/// Source: OpenAPI `EuEntityPermissionSubjectDetails`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FingerprintOwner {
    /// The fingerprint of the certificate.
    pub fingerprint: Fingerprint,
    /// Whose it is.
    pub holder: FingerprintHolder,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WithNumber<'a> {
    #[serde(flatten)]
    name: &'a PersonName,
    identifier: &'a PersonNumber,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WithoutNumber<'a> {
    #[serde(flatten)]
    name: &'a PersonName,
    birth_date: NaiveDate,
    id_document: &'a IdDocument,
}

/// `subjectDetails` as the contract writes it: its kind, and one of the fields.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct Details<'a> {
    subject_details_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    person_by_id: Option<&'a PersonName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person_by_fp_with_id: Option<WithNumber<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person_by_fp_no_id: Option<WithoutNumber<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity_by_fp: Option<&'a EuFirm>,
}

impl<'a> Details<'a> {
    fn by_number(name: &'a PersonName) -> Self {
        Self { subject_details_type: "PersonByIdentifier", person_by_id: Some(name), ..Self::default() }
    }

    fn by_fingerprint(person: &'a FingerprintPerson) -> Self {
        match person {
            FingerprintPerson::WithNumber { name, number } => Self {
                subject_details_type: "PersonByFingerprintWithIdentifier",
                person_by_fp_with_id: Some(WithNumber { name, identifier: number }),
                ..Self::default()
            },
            FingerprintPerson::WithoutNumber { name, birth_date, document } => Self {
                subject_details_type: "PersonByFingerprintWithoutIdentifier",
                person_by_fp_no_id: Some(WithoutNumber {
                    name,
                    birth_date: *birth_date,
                    id_document: document,
                }),
                ..Self::default()
            },
        }
    }

    fn firm(firm: &'a EuFirm) -> Self {
        Self { subject_details_type: "EntityByFingerprint", entity_by_fp: Some(firm), ..Self::default() }
    }
}

impl PersonSubject {
    /// How the person is identified.
    #[must_use]
    pub fn identifier(&self) -> PersonIdentifier {
        match self {
            Self::Nip { nip, .. } => PersonIdentifier::Nip(*nip),
            Self::Pesel { pesel, .. } => PersonIdentifier::Pesel(*pesel),
            Self::Fingerprint { fingerprint, .. } => PersonIdentifier::Fingerprint(*fingerprint),
        }
    }

    fn details(&self) -> Details<'_> {
        match self {
            Self::Nip { name, .. } | Self::Pesel { name, .. } => Details::by_number(name),
            Self::Fingerprint { person, .. } => Details::by_fingerprint(person),
        }
    }
}

impl FingerprintOwner {
    fn details(&self) -> Details<'_> {
        match &self.holder {
            FingerprintHolder::Person(person) => Details::by_fingerprint(person),
            FingerprintHolder::Firm(firm) => Details::firm(firm),
        }
    }
}

fn write_subject<S: Serializer>(
    serializer: S,
    identifier: &PersonIdentifier,
    details: &Details<'_>,
) -> Result<S::Ok, S::Error> {
    let mut fields = serializer.serialize_struct("Subject", 2)?;
    fields.serialize_field("subjectIdentifier", identifier)?;
    fields.serialize_field("subjectDetails", details)?;
    fields.end()
}

/// Two fields of the request around it: `subjectIdentifier` and `subjectDetails`.
impl Serialize for PersonSubject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_subject(serializer, &self.identifier(), &self.details())
    }
}

/// Two fields of the request around it: `subjectIdentifier` and `subjectDetails`.
impl Serialize for FingerprintOwner {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let identifier = PersonIdentifier::Fingerprint(self.fingerprint);
        write_subject(serializer, &identifier, &self.details())
    }
}

/// A person who has a permission, as the one who granted it wrote. Source: OpenAPI `PermissionsSubjectPersonDetails`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PersonDetails {
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// PESEL or NIP of the holder of a certificate.
    pub person_identifier: Option<Identified>,
    /// Day of birth.
    pub birth_date: Option<NaiveDate>,
}

/// A firm that has a permission, as the one who granted it wrote. Source: OpenAPI `PermissionsSubjectEntityDetails`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EntityDetails {
    /// Full name.
    pub full_name: Option<String>,
    /// Address.
    pub address: Option<String>,
}
