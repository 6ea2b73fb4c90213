//! A row for each kind of permission that the contract knows, to each kind of holder.

use ksef_engine::grants::{
    Authorization, AuthorizedEntity, CompanyOrUnit, EntityPermission, EntityPermissionGranted, EuFirm,
    EuGrantPermission, FingerprintHolder, FingerprintOwner, FingerprintPerson, GrantAuthorization,
    GrantEuAdministration, GrantEuRepresentation, GrantIndirectly, GrantSubunitAdministration, GrantTarget,
    GrantToEntity, GrantToPerson, IdDocument, Permission, PersonName, PersonNumber, PersonSubject,
};
use ksef_engine::{Grant, PartyKind, PermissionList, RevocationKind};
use ksef_types::{Fingerprint, InternalId, Nip};

use crate::common::firms::numbered_nip;
use crate::common::nip;

pub(crate) const PROVIDER: &str = "PPL123456";

/// Who grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// The company, by its seal.
    Company,
    /// An office to which the company and its unit gave everything, to be passed on.
    Office,
    /// The administrator of a firm of the Union, in the firm's own context.
    EuAdministrator,
}

/// A grant.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) by: By,
    pub(crate) grant: Grant,
}

/// The office.
pub(crate) fn office() -> Nip {
    numbered_nip(1)
}

/// A firm below the company.
pub(crate) fn below() -> Nip {
    numbered_nip(2)
}

/// A firm that has nothing to do with the others.
pub(crate) fn stranger() -> Nip {
    numbered_nip(3)
}

/// The company's unit.
pub(crate) fn unit() -> InternalId {
    InternalId::compose(nip(), 1234).unwrap()
}

/// The context of the firm of the Union.
pub(crate) fn in_the_union() -> String {
    format!("{}-DE123456789", nip())
}

pub(crate) fn anna() -> PersonName {
    PersonName { first_name: "Anna".parse().unwrap(), last_name: "Nowak".parse().unwrap() }
}

fn muster() -> EuFirm {
    EuFirm { full_name: "Muster GmbH".parse().unwrap(), address: "Hauptstr. 1, Berlin".parse().unwrap() }
}

fn fingerprint() -> Fingerprint {
    "AB".repeat(32).parse().unwrap()
}

/// Everybody whom a certificate can name.
fn certified() -> Vec<FingerprintPerson> {
    let number = |number| FingerprintPerson::WithNumber { name: anna(), number };
    let document = IdDocument {
        kind: "passport".parse().unwrap(),
        number: "C01X00T47".parse().unwrap(),
        country: "DE".parse().unwrap(),
    };
    vec![
        number(PersonNumber::Pesel("30112206276".parse().unwrap())),
        number(PersonNumber::Nip(numbered_nip(5))),
        FingerprintPerson::WithoutNumber {
            name: anna(),
            birth_date: "1980-11-21".parse().unwrap(),
            document,
        },
    ]
}

fn by_pesel() -> PersonSubject {
    PersonSubject::Pesel { pesel: "30112206276".parse().unwrap(), name: anna() }
}

/// Everybody who can be granted something as a person.
fn people() -> Vec<PersonSubject> {
    let by_fingerprint = |person| PersonSubject::Fingerprint { fingerprint: fingerprint(), person };
    [by_pesel(), PersonSubject::Nip { nip: numbered_nip(5), name: anna() }]
        .into_iter()
        .chain(certified().into_iter().map(by_fingerprint))
        .collect()
}

/// Everybody who can work for a firm of the Union.
fn owners() -> Vec<FingerprintOwner> {
    let holders = certified().into_iter().map(FingerprintHolder::Person);
    let holders = holders.chain([FingerprintHolder::Firm(muster())]);
    holders.map(|holder| FingerprintOwner { fingerprint: fingerprint(), holder }).collect()
}

fn person(subject: PersonSubject, permission: Permission) -> Grant {
    let description = "Dział księgowości".parse().unwrap();
    Grant::Person(GrantToPerson { subject, permissions: vec![permission], description })
}

/// To the office with everything that it passes on.
pub(crate) fn everything() -> Grant {
    let passed_on = |permission: &EntityPermission| EntityPermissionGranted {
        permission: *permission,
        can_delegate: true,
    };
    Grant::Firm(GrantToEntity {
        nip: office(),
        permissions: EntityPermission::ALL.iter().map(passed_on).collect(),
        description: "Biuro rachunkowe".parse().unwrap(),
        name: "Biuro ABC".parse().unwrap(),
    })
}

pub(crate) fn firm(nip: Nip, permission: EntityPermission, can_delegate: bool) -> Grant {
    Grant::Firm(GrantToEntity {
        nip,
        permissions: vec![EntityPermissionGranted { permission, can_delegate }],
        description: "Biuro rachunkowe".parse().unwrap(),
        name: "Biuro ABC".parse().unwrap(),
    })
}

pub(crate) fn authorization(subject: AuthorizedEntity, permission: Authorization) -> Grant {
    Grant::Authorization(GrantAuthorization {
        subject,
        permission,
        description: "Umowa z kontrahentem".parse().unwrap(),
        name: "Odbiorca S.A.".parse().unwrap(),
    })
}

pub(crate) fn indirect(
    subject: PersonSubject,
    target: Option<GrantTarget>,
    permission: EntityPermission,
) -> Grant {
    let description = "Praca dla klienta".parse().unwrap();
    Grant::Indirect(GrantIndirectly { subject, target, permissions: vec![permission], description })
}

pub(crate) fn subunit(subject: PersonSubject, unit: CompanyOrUnit) -> Grant {
    let name = matches!(unit, CompanyOrUnit::InternalId(_)).then(|| "Oddział Gdańsk".parse().unwrap());
    let description = "Administrator oddziału".parse().unwrap();
    Grant::Subunit(GrantSubunitAdministration { subject, unit, description, unit_name: name })
}

pub(crate) fn eu_administrator(subject: FingerprintOwner, context: &str) -> Grant {
    Grant::EuAdministrator(GrantEuAdministration {
        subject,
        context: context.parse().unwrap(),
        description: "Administrator w Unii".parse().unwrap(),
        firm_line: "Muster GmbH, Hauptstr. 1, Berlin".parse().unwrap(),
        firm: muster(),
    })
}

fn eu_representative(subject: FingerprintOwner, permission: EuGrantPermission) -> Grant {
    let description = "Przedstawiciel w Unii".parse().unwrap();
    Grant::EuRepresentative(GrantEuRepresentation { subject, permissions: vec![permission], description })
}

/// Somebody with a certificate who is made the administrator of the firm of the Union.
pub(crate) fn administrator(fingerprint: Fingerprint) -> FingerprintOwner {
    FingerprintOwner { fingerprint, holder: FingerprintHolder::Firm(muster()) }
}

/// Any administrator, for grants that are refused.
pub(crate) fn some_administrator() -> FingerprintOwner {
    administrator(fingerprint())
}

/// Any person, for the same.
pub(crate) fn somebody() -> PersonSubject {
    by_pesel()
}

/// Every row.
pub(crate) fn rows() -> Vec<Row> {
    let company = Permission::ALL.iter().map(|permission| person(by_pesel(), *permission));
    let company = company.chain(people().into_iter().map(|one| person(one, Permission::InvoiceRead)));
    let company = company.chain(
        EntityPermission::ALL
            .iter()
            .flat_map(|permission| [true, false].map(|on| firm(stranger(), *permission, on))),
    );
    let company = company.chain(Authorization::ALL.iter().map(|permission| match permission {
        Authorization::PefInvoicing => {
            authorization(AuthorizedEntity::PeppolId(PROVIDER.parse().unwrap()), *permission)
        }
        _ => authorization(AuthorizedEntity::Nip(stranger()), *permission),
    }));
    let company =
        company.chain(people().into_iter().map(|one| subunit(one, CompanyOrUnit::InternalId(unit()))));
    let company = company.chain([subunit(by_pesel(), CompanyOrUnit::Nip(below()))]);
    let company = company.chain(owners().into_iter().map(|one| eu_administrator(one, &in_the_union())));
    let targets = [
        Some(GrantTarget::Nip(nip())),
        Some(GrantTarget::InternalId(unit())),
        Some(GrantTarget::AllPartners),
        None,
    ];
    let office = EntityPermission::ALL
        .iter()
        .flat_map(|permission| targets.clone().map(|target| indirect(by_pesel(), target, *permission)));
    let office = office.chain(
        people().into_iter().map(|one| indirect(one, targets[0].clone(), EntityPermission::InvoiceRead)),
    );
    let union = EuGrantPermission::ALL
        .iter()
        .flat_map(|permission| owners().into_iter().map(|one| eu_representative(one, *permission)));
    let by = |by| move |grant| Row { by, grant };
    let rows = company.map(by(By::Company)).chain(office.map(by(By::Office)));
    rows.chain(union.map(by(By::EuAdministrator))).collect()
}

/// The same in other words, by which the tests know what was there before.
pub(crate) fn standing(grant: Grant) -> Grant {
    let description = "Stałe uprawnienie".parse().unwrap();
    match grant {
        Grant::Subunit(grant) => Grant::Subunit(GrantSubunitAdministration { description, ..grant }),
        Grant::EuAdministrator(grant) => {
            Grant::EuAdministrator(GrantEuAdministration { description, ..grant })
        }
        Grant::Firm(grant) => Grant::Firm(GrantToEntity { description, ..grant }),
        other => other,
    }
}

impl Row {
    /// What shall stand in the list, sorted.
    pub(crate) fn permissions(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = match &self.grant {
            Grant::Person(grant) => grant.permissions.iter().map(|one| one.as_str()).collect(),
            Grant::Firm(grant) => grant.permissions.iter().map(|one| one.permission.as_str()).collect(),
            Grant::Authorization(grant) => vec![grant.permission.as_str()],
            Grant::Indirect(grant) => grant.permissions.iter().map(|one| one.as_str()).collect(),
            Grant::Subunit(_) => vec!["CredentialsManage"],
            // Source: OpenAPI, description of the operation.
            Grant::EuAdministrator(_) => vec!["Introspection", "InvoiceRead", "InvoiceWrite", "VatUeManage"],
            Grant::EuRepresentative(grant) => grant.permissions.iter().map(|one| one.as_str()).collect(),
        };
        names.sort_unstable();
        names
    }

    /// Which list.
    pub(crate) const fn list(&self) -> PermissionList {
        match &self.grant {
            Grant::Person(_) | Grant::Firm(_) | Grant::Indirect(_) => PermissionList::People,
            Grant::Authorization(_) => PermissionList::AuthorizationsGiven,
            Grant::Subunit(_) => PermissionList::Subunits,
            Grant::EuAdministrator(_) | Grant::EuRepresentative(_) => PermissionList::EuEntities,
        }
    }

    /// By what the holder is known there.
    pub(crate) const fn holder(&self) -> PartyKind {
        match &self.grant {
            Grant::Person(GrantToPerson { subject, .. })
            | Grant::Indirect(GrantIndirectly { subject, .. })
            | Grant::Subunit(GrantSubunitAdministration { subject, .. }) => match subject {
                PersonSubject::Nip { .. } => PartyKind::Nip,
                PersonSubject::Pesel { .. } => PartyKind::Pesel,
                PersonSubject::Fingerprint { .. } => PartyKind::Fingerprint,
            },
            Grant::Firm(_) => PartyKind::Nip,
            Grant::Authorization(grant) => match grant.subject {
                AuthorizedEntity::Nip(_) => PartyKind::Nip,
                AuthorizedEntity::PeppolId(_) => PartyKind::PeppolId,
            },
            Grant::EuAdministrator(_) | Grant::EuRepresentative(_) => PartyKind::Fingerprint,
        }
    }

    /// What the holder is called.
    pub(crate) fn name(&self) -> &str {
        match &self.grant {
            Grant::Person(_) | Grant::Indirect(_) | Grant::Subunit(_) => "Anna Nowak",
            Grant::Firm(grant) => grant.name.as_str(),
            Grant::Authorization(grant) => grant.name.as_str(),
            Grant::EuAdministrator(GrantEuAdministration { subject, .. })
            | Grant::EuRepresentative(GrantEuRepresentation { subject, .. }) => match &subject.holder {
                FingerprintHolder::Person(_) => "Anna Nowak",
                FingerprintHolder::Firm(firm) => firm.full_name.as_str(),
            },
        }
    }

    /// For which client, or in which unit or firm of the Union.
    pub(crate) fn place(&self) -> Option<PartyKind> {
        match &self.grant {
            Grant::Indirect(grant) => Some(match grant.target {
                Some(GrantTarget::Nip(_)) => PartyKind::Nip,
                Some(GrantTarget::InternalId(_)) => PartyKind::InternalId,
                Some(GrantTarget::AllPartners) | None => PartyKind::AllPartners,
            }),
            Grant::Subunit(grant) => Some(match grant.unit {
                CompanyOrUnit::Nip(_) => PartyKind::Nip,
                CompanyOrUnit::InternalId(_) => PartyKind::InternalId,
            }),
            Grant::EuAdministrator(_) | Grant::EuRepresentative(_) => Some(PartyKind::NipVatUe),
            Grant::Person(_) | Grant::Firm(_) | Grant::Authorization(_) => None,
        }
    }

    pub(crate) fn description(&self) -> &str {
        match &self.grant {
            Grant::Person(grant) => grant.description.as_str(),
            Grant::Firm(grant) => grant.description.as_str(),
            Grant::Authorization(grant) => grant.description.as_str(),
            Grant::Indirect(grant) => grant.description.as_str(),
            Grant::Subunit(grant) => grant.description.as_str(),
            Grant::EuAdministrator(grant) => grant.description.as_str(),
            Grant::EuRepresentative(grant) => grant.description.as_str(),
        }
    }

    pub(crate) const fn revocation(&self) -> RevocationKind {
        match &self.grant {
            Grant::Authorization(_) => RevocationKind::Authorization,
            _ => RevocationKind::Common,
        }
    }
}
