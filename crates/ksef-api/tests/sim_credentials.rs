//! The life of credentials against the simulator: certificates, tokens, sessions, permissions.
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

mod world;

use ksef_api::{
    AccessToken, CertificateEnrollmentData, CertificatesQuery, EnrollCertificate, EntityGrantsQuery,
    EntityPermission, EntityPermissionGranted, ErrorKind, GrantToEntity, GrantToPerson, GrantsPage,
    KsefCertificateStatus, KsefCertificateType, KsefTokenState, KsefTokensQuery, MakeKsefToken, PageOf,
    Permission, PermissionKind, PermissionOperation, PersonGrant, PersonGrantsQuery, PersonGrantsScope,
    PersonName, PersonSubject, PersonalGrantsQuery, RevocationReason, StatusInfo,
};
use ksef_crypto::{Certificate, CertificateRequest, Credential, KeyAlgorithm, PrivateKey, SubjectData};
use ksef_sim::{CertificateOwner, NewCertificate, NewPerson, Operation, PersonId};
use ksef_types::{KsefToken, Nip, Pesel};
use tokio_util::sync::CancellationToken;
use world::{SELLER, World, quick};

fn never() -> CancellationToken {
    CancellationToken::new()
}

fn subject(data: &CertificateEnrollmentData) -> SubjectData {
    SubjectData {
        common_name: data.common_name.clone(),
        country_name: data.country_name.clone(),
        given_names: data.given_name.iter().cloned().collect(),
        surname: data.surname.clone(),
        serial_number: data.serial_number.clone(),
        unique_identifier: data.unique_identifier.clone(),
        organization_name: data.organization_name.clone(),
        organization_identifier: data.organization_identifier.clone(),
    }
}

/// From the data to a pair that belongs together.
async fn enrolled(world: &World, access: &AccessToken, kind: KsefCertificateType) -> Credential {
    let client = &world.client;
    assert!(client.certificate_limits(access).await.unwrap().can_request);
    let data = client.certificate_enrollment_data(access).await.unwrap();
    let key = PrivateKey::generate(KeyAlgorithm::P256).unwrap();
    let csr = CertificateRequest::make(&subject(&data), &key).unwrap().der().to_vec();
    let request = EnrollCertificate { name: "Okienko 2026".parse().unwrap(), kind, csr, valid_from: None };
    let started = client.enroll_certificate(access, &request).await.unwrap();
    let reference = &started.reference_number;
    let status = client.await_certificate_enrollment(access, reference, &quick(), &never()).await.unwrap();
    assert!(status.status.is_done(), "{status:?}");
    let serial = status.certificate_serial_number.clone().unwrap();
    let found = client.retrieve_certificates(access, std::slice::from_ref(&serial)).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0].serial_number, found[0].name.as_str()), (&serial, "Okienko 2026"));
    let certificate = Certificate::from_der(&found[0].certificate).unwrap();
    assert_eq!(certificate.serial(), serial);
    Credential::assemble(certificate, key).unwrap()
}

#[tokio::test]
async fn a_certificate_from_the_application_to_the_login_and_to_its_end() {
    let world = World::start().await;
    let client = &world.client;
    let access = world.access_signed(&world.seal(), SELLER).await;
    let before = client.certificate_limits(&access).await.unwrap().into_value();
    let new = enrolled(&world, &access, KsefCertificateType::Authentication).await;
    let offline = enrolled(&world, &access, KsefCertificateType::Offline).await;
    let after = client.certificate_limits(&access).await.unwrap().into_value();
    assert_eq!(after.enrollment.remaining, before.enrollment.remaining - 2);

    let with_new = world.access_signed(&new, SELLER).await;
    let query = CertificatesQuery {
        kind: Some(KsefCertificateType::Offline),
        status: Some(KsefCertificateStatus::Active),
        ..CertificatesQuery::default()
    };
    let listed = client.query_certificates(&with_new, &query, PageOf { offset: 0, size: 50 }).await.unwrap();
    let serials: Vec<_> = listed.certificates.iter().map(|one| one.serial_number.clone()).collect();
    assert_eq!(serials, [offline.certificate().serial()]);
    assert_eq!(listed.certificates[0].subject_identifier.nip(), Some(SELLER.parse().unwrap()));

    let serial = new.certificate().serial();
    client.revoke_certificate(&access, &serial, Some(RevocationReason::Superseded)).await.unwrap();
    let again = client.revoke_certificate(&access, &serial, None).await.unwrap_err();
    assert!(again.has_code(25009), "{again:?}");
    let refused = world.signed_in(&new, SELLER).await;
    assert!(!refused.status.is_done(), "a revoked certificate opens nothing: {refused:?}");
    world.running.stop().await;
}

#[tokio::test]
async fn each_refusal_of_an_application_has_its_code() {
    let world = World::start().await;
    let access = world.access_signed(&world.seal(), SELLER).await;
    let data = world.client.certificate_enrollment_data(&access).await.unwrap().into_value();
    let key = PrivateKey::generate(KeyAlgorithm::P256).unwrap();
    let request = |csr: Vec<u8>| EnrollCertificate {
        name: "Okienko 2026".parse().unwrap(),
        kind: KsefCertificateType::Authentication,
        csr,
        valid_from: None,
    };
    let csr = |subject: &SubjectData| CertificateRequest::make(subject, &key).unwrap().der().to_vec();
    let other = SubjectData { common_name: "Ktoś inny".to_owned(), ..subject(&data) };
    let mut tampered = csr(&subject(&data));
    let last = tampered.len() - 1;
    tampered[last] ^= 1;
    for (csr, code) in [(csr(&other), 25003), (tampered, 25004), (b"nic".to_vec(), 25004)] {
        let error = world.client.enroll_certificate(&access, &request(csr)).await.unwrap_err();
        assert!(error.has_code(code), "{code}: {error:?}");
    }
    let by_token = world.access().await;
    let error = world.client.enroll_certificate(&by_token, &request(csr(&subject(&data)))).await.unwrap_err();
    assert!(
        error.has_code(25002) || matches!(error.kind(), ErrorKind::Forbidden { .. }),
        "not by a token: {error:?}"
    );
    world.running.stop().await;
}

async fn made_token(world: &World, access: &AccessToken, permissions: Vec<Permission>) -> KsefToken {
    let request = MakeKsefToken { permissions, description: "Sklep internetowy".parse().unwrap() };
    let made = world.client.make_token(access, &request).await.unwrap().into_value();
    let state = world.client.await_token(access, &made.reference_number, &quick(), &never()).await.unwrap();
    assert_eq!(state.status, KsefTokenState::Active);
    assert_eq!(state.requested_permissions.len(), request.permissions.len());
    KsefToken::parse(made.token.expose()).unwrap()
}

#[tokio::test]
async fn a_token_is_made_used_found_and_revoked() {
    let world = World::start().await;
    let client = &world.client;
    let access = world.access_signed(&world.seal(), SELLER).await;
    let token = made_token(&world, &access, vec![Permission::InvoiceRead]).await;
    let reading = world.access_with(token.clone()).await;
    assert!(client.context_limits(&reading).await.is_ok());
    let error = world.open(&reading).await.unwrap_err();
    let ErrorKind::Forbidden { required_permissions, present_permissions, .. } = error.kind() else {
        unreachable!("{error:?}")
    };
    assert!(required_permissions.iter().any(|one| one == "InvoiceWrite"), "{required_permissions:?}");
    assert_eq!(present_permissions, &["InvoiceRead"]);

    let query = KsefTokensQuery {
        states: vec![KsefTokenState::Active],
        description: Some("sklep".to_owned()),
        ..KsefTokensQuery::all()
    };
    let found = client.tokens(&access, &query, None).await.unwrap();
    assert_eq!(found.tokens.len(), 1, "{found:?}");
    client.revoke_token(&access, token.reference_number()).await.unwrap();
    let state = client.await_token(&access, token.reference_number(), &quick(), &never()).await.unwrap();
    assert_eq!(state.status, KsefTokenState::Revoked);
    assert!(client.tokens(&access, &query, None).await.unwrap().tokens.is_empty());
    world.running.stop().await;
}

#[tokio::test]
async fn nobody_gives_a_token_what_he_does_not_have() {
    let world = World::start().await;
    let access = world.access().await;
    let request = MakeKsefToken {
        permissions: vec![Permission::EnforcementOperations],
        description: "Za dużo".parse().unwrap(),
    };
    let error = world.client.make_token(&access, &request).await.unwrap_err();
    assert!(error.has_code(26001) || matches!(error.kind(), ErrorKind::Forbidden { .. }), "{error:?}");
    world.running.stop().await;
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one() {
    let world = World::start().await;
    let client = &world.client;
    let (first, second) = (world.access().await, world.access().await);
    let listed = client.active_sessions(&first, 10, None).await.unwrap();
    let other = listed.items.iter().find(|session| !session.is_current).unwrap();
    client.end_session(&first, &other.reference_number).await.unwrap();
    let left = client.active_sessions(&first, 10, None).await.unwrap();
    assert_eq!(left.items.len(), listed.items.len() - 1);
    // An access token works to its end; what ends at once is its renewal.
    drop(client.context_limits(&second).await);
    client.end_current_session(&first).await.unwrap();
    world.running.stop().await;
}

async fn done(world: &World, access: &AccessToken, started: PermissionOperation) -> StatusInfo {
    let reference = &started.reference_number;
    let waited = world.client.await_permission_operation(access, reference, &quick(), &never()).await;
    waited.unwrap().into_value().status
}

async fn of_persons(world: &World, access: &AccessToken) -> GrantsPage<PersonGrant> {
    let query = PersonGrantsQuery::all(PersonGrantsScope::InCurrentContext);
    world.client.person_grants(access, &query, PageOf::FIRST).await.unwrap().into_value()
}

#[tokio::test]
async fn a_person_is_granted_a_permission_uses_it_and_loses_it() {
    let world = World::start().await;
    let client = &world.client;
    let owner = world.access_signed(&world.seal(), SELLER).await;
    let pesel: Pesel = "44051401359".parse().unwrap();
    let id = PersonId::Pesel(pesel);
    let person =
        NewPerson { id, given_name: "Anna".to_owned(), surname: "Żółć".to_owned(), owner_of: None };
    world.running.control().make_person(person).unwrap();
    let anna = world.certificate_of(NewCertificate::for_owner(CertificateOwner::Person(id)));
    assert_eq!(world.signed_in(&anna, SELLER).await.status.code, 415, "nothing granted yet");

    let grant = GrantToPerson {
        subject: PersonSubject::Pesel {
            pesel,
            name: PersonName { first_name: "Anna".parse().unwrap(), last_name: "Żółć".parse().unwrap() },
        },
        permissions: vec![Permission::InvoiceRead, Permission::InvoiceWrite],
        description: "Księgowa w biurze".parse().unwrap(),
    };
    let started = client.grant_to_person(&owner, &grant).await.unwrap().into_value();
    let status = done(&world, &owner, started).await;
    assert!(status.is_done(), "{status:?}");
    let access = world.access_signed(&anna, SELLER).await;
    world.open(&access).await.unwrap();
    let own = client.personal_grants(&access, &PersonalGrantsQuery::default(), PageOf::FIRST).await.unwrap();
    assert_eq!(own.permissions.len(), 2);

    let grants = of_persons(&world, &owner).await;
    let hers: Vec<_> =
        grants.items.iter().filter(|grant| grant.authorized_identifier.value() == pesel.as_str()).collect();
    assert_eq!(hers.len(), 2);
    assert!(hers.iter().any(|grant| grant.permission_scope == PermissionKind::InvoiceWrite));
    assert_eq!(hers[0].subject_person_details.as_ref().unwrap().last_name.as_deref(), Some("Żółć"));
    for grant in hers {
        let started = client.revoke_grant(&owner, &grant.id).await.unwrap().into_value();
        assert!(done(&world, &owner, started).await.is_done());
    }
    assert_eq!(world.signed_in(&anna, SELLER).await.status.code, 415, "everything taken back");
    world.running.stop().await;
}

#[tokio::test]
async fn an_office_is_let_in_and_sees_whose_invoices_it_may_handle() {
    let world = World::start().await;
    let client = &world.client;
    let office: Nip = "1111111111".parse().unwrap();
    world.running.control().make_company(office, "Biuro ABC").unwrap();
    let owner = world.access_signed(&world.seal(), SELLER).await;
    let grant = GrantToEntity {
        nip: office,
        permissions: vec![
            EntityPermissionGranted { permission: EntityPermission::InvoiceRead, can_delegate: true },
            EntityPermissionGranted { permission: EntityPermission::InvoiceWrite, can_delegate: false },
        ],
        description: "Biuro rachunkowe".parse().unwrap(),
        name: "Biuro ABC".parse().unwrap(),
    };
    let started = client.grant_to_entity(&owner, &grant).await.unwrap().into_value();
    assert!(done(&world, &owner, started).await.is_done());

    let seal = world.certificate_of(NewCertificate::for_owner(CertificateOwner::Company(office)));
    let at_home = world.access_signed(&seal, office.as_str()).await;
    let granted = client.entity_grants(&at_home, &EntityGrantsQuery::default(), PageOf::FIRST).await.unwrap();
    let mut seen: Vec<_> =
        granted.items.iter().map(|one| (one.permission_scope.to_string(), one.can_delegate)).collect();
    seen.sort();
    assert_eq!(seen, [("InvoiceRead".to_owned(), true), ("InvoiceWrite".to_owned(), false)]);
    assert_eq!(granted.items[0].context_identifier.nip(), Some(SELLER.parse().unwrap()));
    let at_the_client = world.access_signed(&seal, SELLER).await;
    world.open(&at_the_client).await.unwrap();
    world.running.stop().await;
}

#[tokio::test]
async fn every_question_about_permissions_is_answered() {
    use ksef_api::{
        AuthorizationGrantsQuery, AuthorizationsSide, EuEntityGrantsQuery, SubordinateRolesQuery,
        SubunitGrantsQuery,
    };
    let world = World::start().await;
    let (client, page) = (&world.client, PageOf::FIRST);
    let owner = world.access_signed(&world.seal(), SELLER).await;
    for scope in PersonGrantsScope::ALL {
        client.person_grants(&owner, &PersonGrantsQuery::all(*scope), page).await.unwrap();
    }
    for side in AuthorizationsSide::ALL {
        client.authorization_grants(&owner, &AuthorizationGrantsQuery::all(*side), page).await.unwrap();
    }
    client.subunit_grants(&owner, &SubunitGrantsQuery::default(), page).await.unwrap();
    client.entity_roles(&owner, page).await.unwrap();
    client.subordinate_roles(&owner, &SubordinateRolesQuery::default(), page).await.unwrap();
    client.eu_entity_grants(&owner, &EuEntityGrantsQuery::default(), page).await.unwrap();
    client.attachment_consent(&owner).await.unwrap();
    let asked = world.running.control().arrived().unwrap();
    assert_eq!(asked.count(Operation::PersonalGrants), 0);
    world.running.stop().await;
}
