//! Every kind of granting, and every operation of the contract, against the simulator.
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

mod common;
mod requests;
mod world;

use std::collections::BTreeSet;

use ksef_api::{
    AccessToken, Authorization, AuthorizationGrantsQuery, AuthorizationsSide, AuthorizedEntity,
    CompanyOrUnit, EntityPermission, EntityPermissionGranted, EntityRoleKind, EuEntityGrantsQuery,
    EuPermission, GrantIndirectly, GrantSubunitAdministration, GrantTarget, GrantToEntity, OPERATIONS,
    PageOf, Permission, PermissionOperation, PersonIdentifier, PersonName, PersonSubject,
    SubordinateRolesQuery, SubunitGrantsQuery, TestDataGrant, TestDataPermission, TestSubject,
    TestSubjectKind, TestSubunit,
};
use ksef_crypto::Credential;
use ksef_sim::{CertificateOwner, NewCertificate, NewPerson, PersonId};
use ksef_types::{InternalId, Nip, Pesel};
use requests::{calls, permissions};
use tokio_util::sync::CancellationToken;
use world::{SELLER, World, quick};

const OFFICE: &str = "1111111111";

fn seller() -> Nip {
    SELLER.parse().unwrap()
}

fn office() -> Nip {
    OFFICE.parse().unwrap()
}

fn pesel() -> Pesel {
    "44051401359".parse().unwrap()
}

fn anna() -> PersonSubject {
    let name = PersonName { first_name: "Anna".parse().unwrap(), last_name: "Żółć".parse().unwrap() };
    PersonSubject::Pesel { pesel: pesel(), name }
}

/// Anna's certificate.
fn certificate_of_anna(world: &World) -> Credential {
    let id = PersonId::Pesel(pesel());
    let person =
        NewPerson { id, given_name: "Anna".to_owned(), surname: "Żółć".to_owned(), owner_of: None };
    world.running.control().make_person(person).unwrap();
    world.certificate_of(NewCertificate::for_owner(CertificateOwner::Person(id)))
}

async fn done(world: &World, access: &AccessToken, started: PermissionOperation) {
    let (cancel, reference) = (CancellationToken::new(), &started.reference_number);
    let waited = world.client.await_permission_operation(access, reference, &quick(), &cancel).await;
    let status = waited.unwrap().into_value().status;
    assert!(status.is_done(), "{status:?}");
}

#[tokio::test]
async fn a_unit_gets_an_administrator_and_loses_him() {
    let world = World::start().await;
    let client = &world.client;
    let owner = world.access_signed(&world.seal(), SELLER).await;
    let unit = InternalId::compose(seller(), 1234).unwrap();
    let grant = GrantSubunitAdministration {
        subject: anna(),
        unit: CompanyOrUnit::InternalId(unit),
        description: "Administrator oddziału".parse().unwrap(),
        unit_name: Some("Oddział Gdańsk".parse().unwrap()),
    };
    let started = client.grant_subunit_administration(&owner, &grant).await.unwrap().into_value();
    done(&world, &owner, started).await;
    let query = SubunitGrantsQuery { unit: Some(CompanyOrUnit::InternalId(unit)) };
    let listed = client.subunit_grants(&owner, &query, PageOf::FIRST).await.unwrap();
    assert_eq!(listed.items.len(), 1);
    assert_eq!(listed.items[0].authorized_identifier.value(), pesel().as_str());
    assert_eq!(listed.items[0].subunit_name.as_deref(), Some("Oddział Gdańsk"));
    let started = client.revoke_grant(&owner, &listed.items[0].id).await.unwrap().into_value();
    done(&world, &owner, started).await;
    assert!(client.subunit_grants(&owner, &query, PageOf::FIRST).await.unwrap().items.is_empty());
    world.running.stop().await;
}

#[tokio::test]
async fn a_firm_is_authorised_and_no_longer() {
    let world = World::start().await;
    let client = &world.client;
    world.running.control().make_company(office(), "Nabywca S.A.").unwrap();
    let owner = world.access_signed(&world.seal(), SELLER).await;
    for kind in [Authorization::SelfInvoicing, Authorization::RrInvoicing, Authorization::TaxRepresentative] {
        let grant = permissions::authorization(AuthorizedEntity::Nip(office()), kind);
        let started = client.grant_authorization(&owner, &grant).await.unwrap().into_value();
        done(&world, &owner, started).await;
    }
    let query = AuthorizationGrantsQuery {
        permission_types: vec![Authorization::SelfInvoicing],
        ..AuthorizationGrantsQuery::all(AuthorizationsSide::Granted)
    };
    let listed = client.authorization_grants(&owner, &query, PageOf::FIRST).await.unwrap();
    assert_eq!(listed.items.len(), 1);
    assert_eq!(listed.items[0].authorization_scope, Authorization::SelfInvoicing.into());
    assert_eq!(listed.items[0].authorized_entity_identifier.nip(), Some(office()));
    let started = client.revoke_authorization(&owner, &listed.items[0].id).await.unwrap().into_value();
    done(&world, &owner, started).await;
    assert!(client.authorization_grants(&owner, &query, PageOf::FIRST).await.unwrap().items.is_empty());
    world.running.stop().await;
}

#[tokio::test]
async fn an_office_passes_on_to_its_people_what_it_may_pass_on() {
    let world = World::start().await;
    let client = &world.client;
    world.running.control().make_company(office(), "Biuro ABC").unwrap();
    let owner = world.access_signed(&world.seal(), SELLER).await;
    let granted = |permission, can_delegate| EntityPermissionGranted { permission, can_delegate };
    let grant = GrantToEntity {
        nip: office(),
        permissions: vec![
            granted(EntityPermission::InvoiceRead, true),
            granted(EntityPermission::InvoiceWrite, false),
        ],
        description: "Biuro rachunkowe".parse().unwrap(),
        name: "Biuro ABC".parse().unwrap(),
    };
    let started = client.grant_to_entity(&owner, &grant).await.unwrap().into_value();
    done(&world, &owner, started).await;

    let bookkeeper = certificate_of_anna(&world);
    assert_eq!(world.signed_in(&bookkeeper, SELLER).await.status.code, 415);
    let seal = world.certificate_of(NewCertificate::for_owner(CertificateOwner::Company(office())));
    let in_office = world.access_signed(&seal, OFFICE).await;
    let passing_on = GrantIndirectly {
        subject: anna(),
        target: Some(GrantTarget::Nip(seller())),
        permissions: vec![EntityPermission::InvoiceRead],
        description: "Praca dla klienta".parse().unwrap(),
    };
    let started = client.grant_indirectly(&in_office, &passing_on).await.unwrap().into_value();
    done(&world, &in_office, started).await;
    let working = world.access_signed(&bookkeeper, SELLER).await;
    let error = world.open(&working).await.unwrap_err();
    assert!(matches!(error.kind(), ksef_api::ErrorKind::Forbidden { .. }), "reading only: {error:?}");
    world.running.stop().await;
}

#[tokio::test]
async fn a_firm_of_the_union_gets_an_administrator() {
    let world = World::start().await;
    let client = &world.client;
    let owner = world.access_signed(&world.seal(), SELLER).await;
    for holder in permissions::owners() {
        let grant = permissions::eu_administration(holder);
        let started = client.grant_eu_administration(&owner, &grant).await.unwrap().into_value();
        done(&world, &owner, started).await;
    }
    let listed =
        client.eu_entity_grants(&owner, &EuEntityGrantsQuery::default(), PageOf::FIRST).await.unwrap();
    assert!(listed.items.iter().any(|grant| {
        grant.permission_scope == EuPermission::VatUeManage
            && grant.authorized_fingerprint_identifier == permissions::fingerprint().to_string()
    }));
    world.running.stop().await;
}

#[tokio::test]
async fn what_the_test_environment_arranges_has_its_effect() {
    let world = World::start().await;
    let (client, data) = (&world.client, world.client.test_data().unwrap());
    let subject = TestSubject {
        nip: seller(),
        kind: TestSubjectKind::VatGroup,
        subunits: vec![TestSubunit { nip: office(), description: "Członek grupy".parse().unwrap() }],
        description: "Grupa VAT".parse().unwrap(),
        created_date: None,
    };
    data.make_subject(&subject).await.unwrap();
    let owner = world.access_signed(&world.seal(), SELLER).await;
    let roles = client.entity_roles(&owner, PageOf::FIRST).await.unwrap();
    assert!(roles.items.iter().any(|role| role.role == EntityRoleKind::VatGroupUnit), "{roles:?}");
    let below =
        client.subordinate_roles(&owner, &SubordinateRolesQuery::default(), PageOf::FIRST).await.unwrap();
    assert_eq!(below.items[0].subordinate_entity_identifier.nip(), Some(office()));

    let certificate = certificate_of_anna(&world);
    let permission = TestDataPermission {
        permission: Permission::InvoiceRead,
        description: "Przeglądanie".parse().unwrap(),
    };
    let authorized = PersonIdentifier::Pesel(pesel());
    let grant =
        TestDataGrant { context: seller(), authorized: authorized.clone(), permissions: vec![permission] };
    data.grant(&grant).await.unwrap();
    assert_eq!(world.signed_in(&certificate, SELLER).await.status.code, 200);
    data.revoke(seller(), &authorized).await.unwrap();
    assert_eq!(world.signed_in(&certificate, SELLER).await.status.code, 415);

    data.allow_attachments(seller()).await.unwrap();
    assert!(client.attachment_consent(&owner).await.unwrap().is_attachment_allowed);
    data.forbid_attachments(seller(), None).await.unwrap();
    assert!(!client.attachment_consent(&owner).await.unwrap().is_attachment_allowed);
    world.running.stop().await;
}

/// The simulator's table was written from the contract and knows nothing of the client's: it must know every request.
#[tokio::test]
async fn the_simulator_knows_every_operation_that_the_client_asks_for() {
    let world = World::start().await;
    let owner = world.access_signed(&world.seal(), SELLER).await;
    calls::call_everything(&world.client, &owner).await;
    let arrived = world.running.control().arrived().unwrap();
    let mut known = BTreeSet::new();
    for request in &arrived.requests {
        let place = format!("{} {}", request.method, request.path);
        let operation = request.operation;
        assert!(operation.is_some(), "{place} is not known");
        assert!(request.unknown_fields.is_empty(), "{place}: {:?}", request.unknown_fields);
        assert!(request.problem_details, "{place}");
        let answered = request.answered.unwrap_or_default();
        assert!(!matches!(answered, 0 | 404 | 405 | 406 | 415 | 500..), "{place}: {answered}");
        let about_access = request.path.contains("/auth/");
        assert!(answered != 401 || about_access, "{place}: {answered}");
        known.insert(format!("{operation:?}"));
    }
    assert_eq!(known.len(), OPERATIONS.len(), "every operation came: {known:?}");
    world.running.stop().await;
}
