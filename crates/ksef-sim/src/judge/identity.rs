//! Whom a certificate names, attribute by attribute: what a request for a KSeF certificate has to repeat.

use openssl::x509::X509NameRef;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::xades::TrustedPerson;
use super::xades::names::is_kind;

const COMMON_NAME: &str = "2.5.4.3";
const SURNAME: &str = "2.5.4.4";
const SERIAL_NUMBER: &str = "2.5.4.5";
const COUNTRY: &str = "2.5.4.6";
const ORGANIZATION: &str = "2.5.4.10";
const GIVEN_NAME: &str = "2.5.4.42";
const UNIQUE_IDENTIFIER: &str = "2.5.4.45";
const ORGANIZATION_IDENTIFIER: &str = "2.5.4.97";
/// The attributes that a request may have. Source: the guide, "Certyfikaty KSeF", table of OIDs.
const KNOWN: [&str; 8] = [
    COMMON_NAME,
    SURNAME,
    SERIAL_NUMBER,
    COUNTRY,
    ORGANIZATION,
    GIVEN_NAME,
    UNIQUE_IDENTIFIER,
    ORGANIZATION_IDENTIFIER,
];

/// The data of `GET /certificates/enrollments/data`, read from the certificate that was used to log in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// `CN`; made of the other parts where the certificate has none, for the contract asks for it.
    pub common_name: String,
    /// `C`; PL where the certificate has none.
    pub country: String,
    /// `givenName`, each as it stands; the answer joins them with spaces.
    pub given_names: Vec<String>,
    /// `surname`
    pub surname: Option<String>,
    /// `serialNumber`, with PESEL or NIP.
    pub serial_number: Option<String>,
    /// `x500UniqueIdentifier`
    pub unique_identifier: Option<String>,
    /// `O`
    pub organization: Option<String>,
    /// `organizationIdentifier`
    pub organization_identifier: Option<String>,
}

impl Identity {
    /// Reads a subject.
    #[must_use]
    pub fn of(name: &X509NameRef) -> Self {
        let (given_names, surname) = (values(name, GIVEN_NAME), first(name, SURNAME));
        let organization = first(name, ORGANIZATION);
        let person = given_names.iter().chain(surname.as_ref()).cloned().collect::<Vec<_>>().join(" ");
        let made_up = || if person.is_empty() { organization.clone().unwrap_or_default() } else { person };
        Self {
            common_name: first(name, COMMON_NAME).unwrap_or_else(made_up),
            country: first(name, COUNTRY).unwrap_or_else(|| "PL".to_owned()),
            given_names,
            surname,
            serial_number: first(name, SERIAL_NUMBER),
            unique_identifier: first(name, UNIQUE_IDENTIFIER),
            organization,
            organization_identifier: first(name, ORGANIZATION_IDENTIFIER),
        }
    }

    /// The person of a signature by Profil Zaufany, in the attributes of a person's certificate. Source: the guide,
    /// "Certyfikaty KSeF": such a login has PESEL and may apply for certificates.
    #[must_use]
    pub fn of_profile(person: &TrustedPerson) -> Self {
        let names = person.given_names.iter().chain(std::iter::once(&person.surname));
        Self {
            common_name: names.cloned().collect::<Vec<_>>().join(" "),
            country: "PL".to_owned(),
            given_names: person.given_names.clone(),
            surname: Some(person.surname.clone()),
            serial_number: Some(format!("PNOPL-{}", person.pesel)),
            unique_identifier: None,
            organization: None,
            organization_identifier: None,
        }
    }

    /// Whether a subject says exactly this: no attribute more, none less, none changed. Several given names may stand
    /// one by one or in one attribute; the order of attributes does not count.
    #[must_use]
    pub fn is_said_by(&self, name: &X509NameRef) -> bool {
        let known = |entry: &openssl::x509::X509NameEntryRef| {
            KNOWN.into_iter().any(|oid| is_kind(entry.object(), oid)) && entry.data().to_string().is_ok()
        };
        let once = |oid: &str| name.entries().filter(|entry| is_kind(entry.object(), oid)).count() <= 1;
        let mut single = KNOWN.into_iter().filter(|oid| *oid != GIVEN_NAME);
        let says = |oid: &str, value: Option<&str>| first(name, oid).as_deref() == value;
        name.entries().all(known)
            && single.all(once)
            && says(COMMON_NAME, Some(&self.common_name))
            && says(COUNTRY, Some(&self.country))
            && says(SURNAME, self.surname.as_deref())
            && says(SERIAL_NUMBER, self.serial_number.as_deref())
            && says(UNIQUE_IDENTIFIER, self.unique_identifier.as_deref())
            && says(ORGANIZATION, self.organization.as_deref())
            && says(ORGANIZATION_IDENTIFIER, self.organization_identifier.as_deref())
            && values(name, GIVEN_NAME).join(" ") == self.given_names.join(" ")
    }

    /// `CertificateEnrollmentDataResponse`; what is not there is absent.
    #[must_use]
    pub fn json(&self) -> Value {
        let given = (!self.given_names.is_empty()).then(|| self.given_names.join(" "));
        let mut answer = json!({ "commonName": self.common_name, "countryName": self.country });
        let parts = [
            ("givenName", &given),
            ("surname", &self.surname),
            ("serialNumber", &self.serial_number),
            ("uniqueIdentifier", &self.unique_identifier),
            ("organizationName", &self.organization),
            ("organizationIdentifier", &self.organization_identifier),
        ];
        for (field, value) in parts {
            if let Some(value) = value {
                answer[field] = json!(value);
            }
        }
        answer
    }
}

fn values(name: &X509NameRef, oid: &str) -> Vec<String> {
    let wanted = name.entries().filter(|entry| is_kind(entry.object(), oid));
    wanted.filter_map(|entry| entry.data().to_string().ok()).collect()
}

fn first(name: &X509NameRef, oid: &str) -> Option<String> {
    values(name, oid).into_iter().next()
}
