//! Requests about permissions: each kind of granting, each kind of subject.

use chrono::NaiveDate;
use ksef_api::{
    Authorization, AuthorizationGrantsQuery, AuthorizationsSide, AuthorizedEntity, CompanyOrUnit,
    EntityGrantsQuery, EntityPermission, EntityPermissionGranted, EuEntityGrantsQuery, EuFirm,
    EuGrantPermission, EuPermission, FingerprintHolder, FingerprintOwner, FingerprintPerson, GrantAuthor,
    GrantAuthorization, GrantEuAdministration, GrantEuRepresentation, GrantIndirectly,
    GrantSubunitAdministration, GrantTarget, GrantToEntity, GrantToPerson, IdDocument, Permission,
    PermissionId, PermissionKind, PermissionState, PersonGrantsQuery, PersonGrantsScope, PersonIdentifier,
    PersonName, PersonNumber, PersonSubject, PersonalGrantsQuery, SubordinateRolesQuery, SubunitGrantsQuery,
};
use ksef_types::{Fingerprint, InternalId, Pesel, Sha256Hash};

use super::nip;

pub fn permission_id() -> PermissionId {
    "0c9a7a26-98b4-41ae-bb4e-7fd2a3bd1c3a".parse().unwrap()
}

pub fn pesel() -> Pesel {
    "44051401359".parse().unwrap()
}

pub fn fingerprint() -> Fingerprint {
    Fingerprint::from(Sha256Hash::new([0xAB; 32]))
}

fn unit() -> InternalId {
    "5265877635-12346".parse().unwrap()
}

fn name() -> PersonName {
    PersonName { first_name: "Żaneta".parse().unwrap(), last_name: "Nowak-Łącka".parse().unwrap() }
}

fn with_number() -> FingerprintPerson {
    FingerprintPerson::WithNumber { name: name(), number: PersonNumber::Pesel(pesel()) }
}

fn without_number() -> FingerprintPerson {
    FingerprintPerson::WithoutNumber {
        name: name(),
        birth_date: NaiveDate::from_ymd_opt(1980, 2, 29).unwrap(),
        document: IdDocument {
            kind: "Paszport".parse().unwrap(),
            number: "AB1234567".parse().unwrap(),
            country: "DE".parse().unwrap(),
        },
    }
}

/// Every way to name a person.
pub fn subjects() -> Vec<PersonSubject> {
    vec![
        PersonSubject::Pesel { pesel: pesel(), name: name() },
        PersonSubject::Nip { nip: nip(), name: name() },
        PersonSubject::Fingerprint { fingerprint: fingerprint(), person: with_number() },
        PersonSubject::Fingerprint { fingerprint: fingerprint(), person: without_number() },
    ]
}

fn firm() -> EuFirm {
    EuFirm { full_name: "Muster GmbH".parse().unwrap(), address: "Hauptstraße 1, Berlin".parse().unwrap() }
}

/// Every way to name the holder of a certificate.
pub fn owners() -> Vec<FingerprintOwner> {
    [
        FingerprintHolder::Person(with_number()),
        FingerprintHolder::Person(without_number()),
        FingerprintHolder::Firm(firm()),
    ]
    .into_iter()
    .map(|holder| FingerprintOwner { fingerprint: fingerprint(), holder })
    .collect()
}

pub fn to_person(subject: PersonSubject) -> GrantToPerson {
    GrantToPerson {
        subject,
        permissions: Permission::ALL.to_vec(),
        description: "Księgowa w biurze".parse().unwrap(),
    }
}

pub fn to_entity() -> GrantToEntity {
    let granted = |permission, can_delegate| EntityPermissionGranted { permission, can_delegate };
    GrantToEntity {
        nip: nip(),
        permissions: vec![
            granted(EntityPermission::InvoiceRead, true),
            granted(EntityPermission::InvoiceWrite, false),
        ],
        description: "Biuro ABC".parse().unwrap(),
        name: "Biuro ABC sp. z o.o.".parse().unwrap(),
    }
}

pub fn authorization(subject: AuthorizedEntity, permission: Authorization) -> GrantAuthorization {
    GrantAuthorization {
        subject,
        permission,
        description: "Samofakturowanie".parse().unwrap(),
        name: "Nabywca S.A.".parse().unwrap(),
    }
}

pub fn authorizations() -> Vec<GrantAuthorization> {
    let provider = AuthorizedEntity::PeppolId("PPL123456".parse().unwrap());
    let firms = Authorization::ALL.iter().map(|kind| authorization(AuthorizedEntity::Nip(nip()), *kind));
    firms.chain([authorization(provider, Authorization::PefInvoicing)]).collect()
}

pub fn targets() -> Vec<Option<GrantTarget>> {
    vec![
        None,
        Some(GrantTarget::AllPartners),
        Some(GrantTarget::Nip(nip())),
        Some(GrantTarget::InternalId(unit())),
    ]
}

pub fn indirectly(subject: PersonSubject, target: Option<GrantTarget>) -> GrantIndirectly {
    GrantIndirectly {
        subject,
        target,
        permissions: vec![EntityPermission::InvoiceRead, EntityPermission::InvoiceWrite],
        description: "Pracownica biura".parse().unwrap(),
    }
}

pub fn subunit(subject: PersonSubject) -> GrantSubunitAdministration {
    GrantSubunitAdministration {
        subject,
        unit: CompanyOrUnit::InternalId(unit()),
        description: "Administrator jednostki".parse().unwrap(),
        unit_name: Some("Oddział Gdańsk".parse().unwrap()),
    }
}

pub fn eu_administration(subject: FingerprintOwner) -> GrantEuAdministration {
    GrantEuAdministration {
        subject,
        context: "5265877635-DE123456789".parse().unwrap(),
        description: "Administrator".parse().unwrap(),
        firm_line: "Muster GmbH, Hauptstraße 1, Berlin".parse().unwrap(),
        firm: firm(),
    }
}

pub fn eu_representation(subject: FingerprintOwner) -> GrantEuRepresentation {
    GrantEuRepresentation {
        subject,
        permissions: EuGrantPermission::ALL.to_vec(),
        description: "Reprezentant".parse().unwrap(),
    }
}

pub fn personal_query() -> PersonalGrantsQuery {
    PersonalGrantsQuery {
        context_identifier: Some(CompanyOrUnit::Nip(nip())),
        target_identifier: Some(GrantTarget::AllPartners),
        permission_types: vec![PermissionKind::InvoiceWrite],
        permission_state: Some(PermissionState::Active),
    }
}

pub fn persons_queries() -> Vec<PersonGrantsQuery> {
    let full = |author, authorized| PersonGrantsQuery {
        author_identifier: Some(author),
        authorized_identifier: Some(authorized),
        context_identifier: Some(CompanyOrUnit::InternalId(unit())),
        target_identifier: Some(GrantTarget::Nip(nip())),
        permission_types: Permission::ALL.to_vec(),
        permission_state: Some(PermissionState::Inactive),
        ..PersonGrantsQuery::all(PersonGrantsScope::GrantedInCurrentContext)
    };
    vec![
        PersonGrantsQuery::all(PersonGrantsScope::InCurrentContext),
        full(GrantAuthor::System, PersonIdentifier::Nip(nip())),
        full(GrantAuthor::Nip(nip()), PersonIdentifier::Pesel(pesel())),
        full(GrantAuthor::Pesel(pesel()), PersonIdentifier::Fingerprint(fingerprint())),
        full(GrantAuthor::Fingerprint(fingerprint()), PersonIdentifier::Nip(nip())),
    ]
}

pub fn entities_query() -> EntityGrantsQuery {
    EntityGrantsQuery { context_identifier: Some(CompanyOrUnit::Nip(nip())) }
}

pub fn subunits_query() -> SubunitGrantsQuery {
    SubunitGrantsQuery { unit: Some(CompanyOrUnit::InternalId(unit())) }
}

pub fn subordinates_query() -> SubordinateRolesQuery {
    SubordinateRolesQuery { subordinate_entity_identifier: Some(nip()) }
}

pub fn authorizations_query() -> AuthorizationGrantsQuery {
    AuthorizationGrantsQuery {
        authorizing_identifier: Some(nip()),
        authorized_identifier: Some(AuthorizedEntity::PeppolId("PPL123456".parse().unwrap())),
        permission_types: Authorization::ALL.to_vec(),
        ..AuthorizationGrantsQuery::all(AuthorizationsSide::Received)
    }
}

pub fn eu_query() -> EuEntityGrantsQuery {
    EuEntityGrantsQuery {
        vat_ue_identifier: Some("DE123456789".parse().unwrap()),
        authorized_fingerprint_identifier: Some(fingerprint()),
        permission_types: EuPermission::KNOWN.to_vec(),
    }
}
