//! Permissions: granted, seen from both sides, felt, taken away.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use common::firms::numbered_nip;
use common::{Bench, SANDBOX, nip};
use ksef_engine::grants::{
    Authorization, AuthorizedEntity, CompanyOrUnit, EntityPermission, EntityPermissionGranted, EuFirm,
    FingerprintHolder, FingerprintOwner, FingerprintPerson, GrantAuthorization, GrantEuAdministration,
    GrantIndirectly, GrantSubunitAdministration, GrantTarget, GrantToEntity, GrantToPerson, Permission,
    PersonName, PersonNumber, PersonSubject,
};
use ksef_engine::{
    Check, ConnectionCause, Engine, Grant, Outcome, PartyKind, PermissionList, RevocationKind, WantedRights,
    WorkState,
};
use ksef_sim::{CertificateKind, CertificateOwner, KeyAlgorithm, NewPerson, PersonId};
use ksef_types::{InternalId, Nip, Pesel};

const PESEL: &str = "30112206276";

fn anna() -> PersonName {
    PersonName { first_name: "Anna".parse().unwrap(), last_name: "Nowak".parse().unwrap() }
}

fn pesel() -> Pesel {
    PESEL.parse().unwrap()
}

fn by_pesel() -> PersonSubject {
    PersonSubject::Pesel { pesel: pesel(), name: anna() }
}

fn office_grant(office: Nip) -> Grant {
    let both = [EntityPermission::InvoiceRead, EntityPermission::InvoiceWrite];
    Grant::Firm(GrantToEntity {
        nip: office,
        permissions: both
            .map(|permission| EntityPermissionGranted { permission, can_delegate: true })
            .to_vec(),
        description: "Biuro rachunkowe".parse().unwrap(),
        name: "Biuro ABC".parse().unwrap(),
    })
}

async fn granted(engine: &Engine, company: Nip, grant: &Grant) {
    let work = engine.grant(company, SANDBOX, grant).await.unwrap();
    assert_eq!(work.state, WorkState::Done, "{grant:?}");
    let again = engine.permission_work(company, SANDBOX, &work.reference_number).await.unwrap();
    assert_eq!(again.state, WorkState::Done);
}

async fn with_seal() -> Bench {
    Bench::instant().await.with_certificate(KeyAlgorithm::P256).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_gets_permissions_feels_them_and_loses_them() {
    let bench = with_seal().await;
    let grant = Grant::Person(GrantToPerson {
        subject: by_pesel(),
        permissions: vec![Permission::InvoiceRead, Permission::InvoiceWrite],
        description: "Dział księgowości".parse().unwrap(),
    });
    granted(&bench.engine, nip(), &grant).await;
    let people = bench.engine.permissions(nip(), SANDBOX, PermissionList::People, 0).await.unwrap();
    let hers: Vec<_> = people
        .rows
        .iter()
        .filter(|row| row.holder.as_ref().is_some_and(|holder| holder.kind == PartyKind::Pesel))
        .collect();
    assert_eq!(hers.len(), 2);
    let holder = hers[0].holder.as_ref().unwrap();
    assert_eq!(holder.name.as_deref(), Some("Anna Nowak"));
    assert_ne!(holder.identifier, PESEL, "a PESEL is never whole");

    // She logs in with her own certificate in this company's name.
    make_anna(&bench);
    anna_works_for(&bench, nip()).await;
    let report = bench.engine.check_connection(nip(), SANDBOX).await.unwrap();
    assert_eq!(report.permissions, ["InvoiceRead", "InvoiceWrite"]);
    let mine = bench.engine.permissions(nip(), SANDBOX, PermissionList::Mine, 0).await.unwrap();
    assert_eq!(mine.rows.len(), 2);
    // She may not grant.
    let refused = bench.engine.grant(nip(), SANDBOX, &grant).await;
    match refused {
        Err(failure) => assert!(matches!(failure.cause, ConnectionCause::Forbidden { .. }), "{failure:?}"),
        Ok(work) => assert!(matches!(work.state, WorkState::Failed(_)), "{work:?}"),
    }
}

/// Anna's own certificate in the place of the firm's.
async fn anna_works_for(bench: &Bench, firm: Nip) {
    let slot = ksef_engine::CredentialSlot::Authentication;
    bench.engine.remove_credential(firm, SANDBOX, slot).await.unwrap();
    let anna = CertificateOwner::Person(PersonId::Pesel(pesel()));
    bench.load_for(firm, anna, CertificateKind::Authentication).await;
}

fn make_anna(bench: &Bench) {
    let id = PersonId::Pesel(pesel());
    let (given_name, surname) = ("Anna".to_owned(), "Nowak".to_owned());
    bench.sim.control().make_person(NewPerson { id, given_name, surname, owner_of: None }).unwrap();
}

/// What "Sprawdź połączenie" says of one's rights there, and what "Sprawdź" says of issuing and reading.
async fn may(bench: &Bench, firm: Nip) -> (Vec<String>, [bool; 2]) {
    let report = bench.engine.check_connection(firm, SANDBOX).await.unwrap();
    let wanted = WantedRights { issue: true, read: true, offline: false };
    let examined = bench.engine.examine(firm, SANDBOX, wanted).await.unwrap();
    let ticks = [Check::IssuePermission, Check::ReadPermission].map(|check| {
        let item = examined.items.iter().find(|item| item.check == check).unwrap();
        assert!(matches!(item.outcome, Outcome::Passed | Outcome::Failed), "{item:?}");
        item.outcome == Outcome::Passed
    });
    (report.permissions, ticks)
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_are_told_where_they_hold() {
    let bench = with_seal().await;
    let client = numbered_nip(1);
    bench.equip(client, "Klient").await;
    granted(&bench.engine, client, &office_grant(nip())).await;
    make_anna(&bench);
    let in_the_office = Grant::Person(GrantToPerson {
        subject: by_pesel(),
        permissions: vec![Permission::InvoiceRead],
        description: "Praca w biurze".parse().unwrap(),
    });
    let passed_on = |target, permission| {
        Grant::Indirect(GrantIndirectly {
            subject: by_pesel(),
            target: Some(target),
            permissions: vec![permission],
            description: "Praca dla klienta".parse().unwrap(),
        })
    };
    granted(&bench.engine, nip(), &in_the_office).await;
    let to_one = passed_on(GrantTarget::Nip(client), EntityPermission::InvoiceWrite);
    granted(&bench.engine, nip(), &to_one).await;
    let (owners, ticks) = may(&bench, nip()).await;
    assert_eq!((owners.len(), ticks), (8, [true, true]), "an owner's rights: {owners:?}");

    anna_works_for(&bench, client).await;
    assert_eq!(may(&bench, client).await, (vec!["InvoiceWrite".to_owned()], [true, false]));
    // For all partners: at the client, too, and still not in the office.
    let to_all = passed_on(GrantTarget::AllPartners, EntityPermission::InvoiceRead);
    granted(&bench.engine, nip(), &to_all).await;
    let both = vec!["InvoiceRead".to_owned(), "InvoiceWrite".to_owned()];
    assert_eq!(may(&bench, client).await, (both, [true, true]));
    let to_all = passed_on(GrantTarget::AllPartners, EntityPermission::InvoiceWrite);
    granted(&bench.engine, nip(), &to_all).await;
    anna_works_for(&bench, nip()).await;
    assert_eq!(may(&bench, nip()).await, (vec!["InvoiceRead".to_owned()], [false, true]));

    // The client has a partner of its own, with which the office has nothing to do.
    let partner = numbered_nip(2);
    bench.equip(partner, "Klient klienta").await;
    granted(&bench.engine, partner, &office_grant(client)).await;
    let anna = PersonId::Pesel(pesel());
    bench.sim.control().grant(anna, client, &[ksef_sim::Permission::CredentialsRead]).unwrap();
    bench.engine.check_connection(client, SANDBOX).await.unwrap();
    let found = bench.engine.found_companies(client, SANDBOX).await.unwrap();
    assert!(found.is_empty(), "{found:?}");
    let found = bench.engine.found_companies(nip(), SANDBOX).await.unwrap();
    assert_eq!(found.iter().map(|one| one.nip).collect::<Vec<_>>(), [client]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_is_found_on_any_page_of_the_list() {
    let bench = Bench::instant().await;
    make_anna(&bench);
    let (control, anna) = (bench.sim.control(), PersonId::Pesel(pesel()));
    control.grant(anna, nip(), &[ksef_sim::Permission::InvoiceWrite]).unwrap();
    // The newest come first: the one that is looked for stands on the third page.
    bench.clock.advance(chrono::TimeDelta::seconds(1));
    control.grant(anna, nip(), &[ksef_sim::Permission::InvoiceRead; 200]).unwrap();
    anna_works_for(&bench, nip()).await;
    let both = vec!["InvoiceRead".to_owned(), "InvoiceWrite".to_owned()];
    assert_eq!(may(&bench, nip()).await, (both, [true, true]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_passes_on_what_its_client_gave() {
    let bench = with_seal().await;
    let office = numbered_nip(1);
    bench.equip(office, "Biuro ABC").await;
    granted(&bench.engine, nip(), &office_grant(office)).await;

    let from = bench.engine.permissions(office, SANDBOX, PermissionList::FromFirms, 0).await.unwrap();
    assert_eq!(from.rows.len(), 2);
    assert!(from.rows.iter().all(|row| row.can_pass_on && row.id.is_none() && row.revocation.is_none()));
    assert_eq!(from.rows[0].place.as_ref().unwrap().identifier, nip().to_string());

    let indirect = |target| {
        Grant::Indirect(GrantIndirectly {
            subject: by_pesel(),
            target: Some(target),
            permissions: vec![EntityPermission::InvoiceRead],
            description: "Praca dla klienta".parse().unwrap(),
        })
    };
    granted(&bench.engine, office, &indirect(GrantTarget::Nip(nip()))).await;
    // A firm that gave nothing cannot be passed on.
    let stranger = bench.engine.grant(office, SANDBOX, &indirect(GrantTarget::Nip(numbered_nip(2)))).await;
    let refused = match &stranger {
        Ok(work) => matches!(work.state, WorkState::Failed(_)),
        Err(_) => true,
    };
    assert!(refused, "{stranger:?}");

    let given = bench.engine.permissions(nip(), SANDBOX, PermissionList::People, 0).await.unwrap();
    let to_office: Vec<_> = given
        .rows
        .iter()
        .filter(|row| row.holder.as_ref().is_some_and(|holder| holder.identifier == office.as_str()))
        .collect();
    assert_eq!(to_office.len(), 2);
    for row in to_office {
        let id = row.id.as_deref().unwrap().parse().unwrap();
        let kind = row.revocation.unwrap();
        assert_eq!(kind, RevocationKind::Common);
        let work = bench.engine.revoke_permission(nip(), SANDBOX, &id, kind).await.unwrap();
        assert_eq!(work.state, WorkState::Done);
    }
    let left = bench.engine.permissions(office, SANDBOX, PermissionList::FromFirms, 0).await.unwrap();
    assert!(left.rows.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn authorisations_are_seen_from_both_sides() {
    let bench = with_seal().await;
    let other = numbered_nip(1);
    bench.equip(other, "Odbiorca S.A.").await;
    for permission in
        [Authorization::SelfInvoicing, Authorization::TaxRepresentative, Authorization::RrInvoicing]
    {
        let grant = Grant::Authorization(GrantAuthorization {
            subject: AuthorizedEntity::Nip(other),
            permission,
            description: "Umowa z kontrahentem".parse().unwrap(),
            name: "Odbiorca S.A.".parse().unwrap(),
        });
        granted(&bench.engine, nip(), &grant).await;
    }
    let list = |company, list| {
        let engine = bench.engine.clone();
        async move { engine.permissions(company, SANDBOX, list, 0).await.unwrap().rows }
    };
    let given = list(nip(), PermissionList::AuthorizationsGiven).await;
    assert_eq!(given.len(), 3);
    assert!(given.iter().all(|row| row.revocation == Some(RevocationKind::Authorization)));
    let received = list(other, PermissionList::AuthorizationsReceived).await;
    assert_eq!(received.len(), 3);
    assert!(received.iter().all(|row| row.revocation.is_none()), "whoever gave it takes it back");
    let id = given[0].id.as_deref().unwrap().parse().unwrap();
    let work =
        bench.engine.revoke_permission(nip(), SANDBOX, &id, RevocationKind::Authorization).await.unwrap();
    assert_eq!(work.state, WorkState::Done);
    assert_eq!(list(nip(), PermissionList::AuthorizationsGiven).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn units_and_firms_of_the_union_have_administrators() {
    let bench = with_seal().await;
    let unit = InternalId::compose(nip(), 1234).unwrap();
    granted(
        &bench.engine,
        nip(),
        &Grant::Subunit(GrantSubunitAdministration {
            subject: by_pesel(),
            unit: CompanyOrUnit::InternalId(unit),
            description: "Administrator oddziału".parse().unwrap(),
            unit_name: Some("Oddział Gdańsk".parse().unwrap()),
        }),
    )
    .await;
    let units = bench.engine.permissions(nip(), SANDBOX, PermissionList::Subunits, 0).await.unwrap();
    let place = units.rows[0].place.as_ref().unwrap();
    assert_eq!((place.kind, place.name.as_deref()), (PartyKind::InternalId, Some("Oddział Gdańsk")));

    granted(
        &bench.engine,
        nip(),
        &Grant::EuAdministrator(GrantEuAdministration {
            subject: FingerprintOwner {
                fingerprint: "AB".repeat(32).parse().unwrap(),
                holder: FingerprintHolder::Person(FingerprintPerson::WithNumber {
                    name: anna(),
                    number: PersonNumber::Pesel(pesel()),
                }),
            },
            context: format!("{}-DE123456789", nip()).parse().unwrap(),
            description: "Administrator w Unii".parse().unwrap(),
            firm_line: "Muster GmbH, Berlin".parse().unwrap(),
            firm: EuFirm { full_name: "Muster GmbH".parse().unwrap(), address: "Berlin".parse().unwrap() },
        }),
    )
    .await;
    let eu = bench.engine.permissions(nip(), SANDBOX, PermissionList::EuEntities, 0).await.unwrap();
    assert!(!eu.rows.is_empty());
    assert!(eu.rows.iter().all(|row| row.holder.as_ref().unwrap().kind == PartyKind::Fingerprint));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_standing_of_a_company_is_shown() {
    let bench = with_seal().await;
    let standing = bench.engine.company_standing(nip(), SANDBOX).await.unwrap();
    assert!(standing.roles.is_empty() && standing.subordinates.is_empty());
    assert!(!standing.attachments_allowed);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_providers_are_shown() {
    let bench = with_seal().await;
    bench.sim.control().make_peppol_provider("PPL123456", "Dostawca Peppol").unwrap();
    let limits = bench.engine.limits(nip(), SANDBOX).await.unwrap();
    let figure = |name| limits.context.iter().find(|limit| limit.name == name).unwrap().value;
    assert_eq!(figure("onlineSession.maxInvoices"), Some(10_000));
    assert_eq!(figure("collectiveIdentifier.maxInvoices"), Some(500));
    let other = limits.requests.iter().find(|limit| limit.group == "other").unwrap();
    assert!(other.used_in_hour >= 3, "this program's own requests are counted: {other:?}");
    let providers = bench.engine.peppol_providers(nip(), SANDBOX, 0).await.unwrap();
    assert_eq!(providers.rows[0].id, "PPL123456");
    assert_eq!(providers.next, None);
}
