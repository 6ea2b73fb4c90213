use openssl::x509::X509Req;

use super::request::name;
use crate::credentials::{Certificate, DistinguishedName, Owner};

/// The identification data of `GET /certificates/enrollments/data`, which a request must carry unchanged.
///
/// A person has given names, a surname and a serial number, an organisation its name and identifier. Texts are kept as
/// they came, spaces included: a changed character is a refused request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubjectData {
    /// `commonName`, 2.5.4.3
    pub common_name: String,
    /// `countryName`, 2.5.4.6: two letters by ISO 3166.
    pub country_name: String,
    /// `givenName`, 2.5.4.42: each an attribute of its own, in the order given.
    pub given_names: Vec<String>,
    /// `surname`, 2.5.4.4
    pub surname: Option<String>,
    /// `serialNumber`, 2.5.4.5, such as `PNOPL-30112206276`.
    pub serial_number: Option<String>,
    /// `uniqueIdentifier`, 2.5.4.45: the fingerprint of a certificate that names neither PESEL nor NIP.
    pub unique_identifier: Option<String>,
    /// `organizationName`, 2.5.4.10
    pub organization_name: Option<String>,
    /// `organizationIdentifier`, 2.5.4.97, such as `VATPL-5265877635`.
    pub organization_identifier: Option<String>,
}

/// An attribute of the identification data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubjectAttribute {
    /// `commonName`
    CommonName,
    /// `countryName`
    CountryName,
    /// `givenName`
    GivenName,
    /// `surname`
    Surname,
    /// `serialNumber`
    SerialNumber,
    /// `uniqueIdentifier`
    UniqueIdentifier,
    /// `organizationName`
    OrganizationName,
    /// `organizationIdentifier`
    OrganizationIdentifier,
}

impl SubjectAttribute {
    /// All of them, in the order in which a request has them.
    pub const ALL: [Self; 8] = [
        Self::CountryName,
        Self::OrganizationName,
        Self::OrganizationIdentifier,
        Self::CommonName,
        Self::GivenName,
        Self::Surname,
        Self::SerialNumber,
        Self::UniqueIdentifier,
    ];

    /// The object identifier in dotted form. Source: the guide's table of attributes.
    #[must_use]
    pub const fn identifier(self) -> &'static str {
        match self {
            Self::CommonName => "2.5.4.3",
            Self::Surname => "2.5.4.4",
            Self::SerialNumber => "2.5.4.5",
            Self::CountryName => "2.5.4.6",
            Self::OrganizationName => "2.5.4.10",
            Self::GivenName => "2.5.4.42",
            Self::UniqueIdentifier => "2.5.4.45",
            Self::OrganizationIdentifier => "2.5.4.97",
        }
    }
}

impl SubjectData {
    /// The data that a request (PKCS#10 in DER) carries, texts trimmed; `None` for bytes that are no request.
    #[must_use]
    pub fn of_request(der: &[u8]) -> Option<Self> {
        let name = X509Req::from_der(der).ok()?.subject_name().to_der().ok()?;
        DistinguishedName::from_der(&name).map(|name| Self::of(&name))
    }

    /// The data that a certificate carries, texts trimmed.
    #[must_use]
    pub fn of_certificate(certificate: &Certificate) -> Self {
        Self::of(certificate.subject())
    }

    fn of(name: &DistinguishedName) -> Self {
        let first = |attribute: SubjectAttribute| name.first(attribute.identifier());
        Self {
            common_name: first(SubjectAttribute::CommonName).unwrap_or_default(),
            country_name: first(SubjectAttribute::CountryName).unwrap_or_default(),
            given_names: name.texts(SubjectAttribute::GivenName.identifier()).collect(),
            surname: first(SubjectAttribute::Surname),
            serial_number: first(SubjectAttribute::SerialNumber),
            unique_identifier: first(SubjectAttribute::UniqueIdentifier),
            organization_name: first(SubjectAttribute::OrganizationName),
            organization_identifier: first(SubjectAttribute::OrganizationIdentifier),
        }
    }

    /// Whether both are of one owner: the same PESEL or NIP, however it is written, and names may differ, as a person's do from
    /// one signature to the next. Where neither is named, the identifier must be the same, and without one everything.
    #[must_use]
    pub fn is_of_the_owner_of(&self, other: &Self) -> bool {
        let owner =
            |data: &Self| DistinguishedName::from_der(&name(data)).and_then(|name| Owner::named(&name));
        let identifier = |data: &Self| data.unique_identifier.as_deref().map(|text| text.trim().to_owned());
        match (owner(self), owner(other)) {
            (None, None) => match (identifier(self), identifier(other)) {
                (None, None) => self == other,
                (mine, theirs) => mine == theirs,
            },
            (mine, theirs) => mine == theirs,
        }
    }

    /// The values of an attribute; empty where there is none.
    #[must_use]
    pub fn values(&self, attribute: SubjectAttribute) -> Vec<&str> {
        fn optional(value: &Option<String>) -> Vec<&str> {
            value.as_deref().into_iter().collect()
        }
        match attribute {
            SubjectAttribute::CommonName => vec![&self.common_name],
            SubjectAttribute::CountryName => vec![&self.country_name],
            SubjectAttribute::GivenName => self.given_names.iter().map(String::as_str).collect(),
            SubjectAttribute::Surname => optional(&self.surname),
            SubjectAttribute::SerialNumber => optional(&self.serial_number),
            SubjectAttribute::UniqueIdentifier => optional(&self.unique_identifier),
            SubjectAttribute::OrganizationName => optional(&self.organization_name),
            SubjectAttribute::OrganizationIdentifier => optional(&self.organization_identifier),
        }
    }

    /// The attributes in which a certificate's subject says something else.
    #[must_use]
    pub fn differences(&self, certificate: &Certificate) -> Vec<SubjectAttribute> {
        self.differences_from(certificate.subject())
    }

    fn differences_from(&self, subject: &DistinguishedName) -> Vec<SubjectAttribute> {
        let differs = |attribute: &SubjectAttribute| {
            let found: Vec<String> = subject.texts(attribute.identifier()).collect();
            let wanted: Vec<&str> = self.values(*attribute).into_iter().map(str::trim).collect();
            found != wanted
        };
        SubjectAttribute::ALL.into_iter().filter(differs).collect()
    }
}
