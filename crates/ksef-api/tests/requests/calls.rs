//! Every operation, with everything that it can carry. The answers are of no interest here.

use chrono::NaiveDate;
use ksef_api::{
    AccessToken, AuthenticationToken, Client, CompanyOrUnit, ContinuationToken, EntityGrantsQuery,
    EuEntityGrantsQuery, KsefTokensQuery, Page, PageOf, PersonIdentifier, PersonalGrantsQuery, RefreshToken,
    RevocationReason, SessionKind, SessionsQuery, SortOrder, SubordinateRolesQuery, SubunitGrantsQuery,
    TestSubjectKind, XadesOptions,
};

use super::{permissions, testdata};
use crate::common::{now, reference};

/// Calls all of them; what takes the access or the firm away comes last.
pub async fn call_everything(client: &Client, access: &AccessToken) {
    authentication(client, access).await;
    certificates(client, access).await;
    tokens(client, access).await;
    granting(client, access).await;
    asking_for_permissions(client, access).await;
    sessions(client, access).await;
    invoices(client, access).await;
    collective(client, access).await;
    test_data(client, access).await;
    ending(client, access).await;
}

async fn ending(client: &Client, access: &AccessToken) {
    drop(client.end_session(access, &reference("AU")).await);
    drop(client.end_current_session(access).await);
    let data = client.test_data().unwrap();
    drop(data.remove_subject(super::nip()).await);
    drop(data.remove_person(super::nip()).await);
}

fn more() -> Option<ContinuationToken> {
    Some(ContinuationToken("dalej".to_owned()))
}

async fn authentication(client: &Client, access: &AccessToken) {
    let started = AuthenticationToken::new("t".to_owned().into(), now());
    let refresh = RefreshToken::new("r".to_owned().into(), now());
    let options = XadesOptions { verify_chain: true, strict: true };
    drop(client.challenge().await);
    drop(client.authenticate_by_token(&super::token_authentication()).await);
    drop(client.authenticate_by_xades(b"<AuthTokenRequest/>", options).await);
    drop(client.authentication_status(&reference("AU"), &started).await);
    drop(client.redeem(&started).await);
    drop(client.refresh(&refresh).await);
    drop(client.active_sessions(access, 100, more().as_ref()).await);
    drop(client.public_keys().await);
    drop(client.peppol_providers(PageOf { offset: 3, size: 10 }).await);
    drop(client.rate_limits(access).await);
    drop(client.context_limits(access).await);
    drop(client.subject_limits(access).await);
}

async fn certificates(client: &Client, access: &AccessToken) {
    drop(client.certificate_limits(access).await);
    drop(client.certificate_enrollment_data(access).await);
    drop(client.enroll_certificate(access, &super::enroll()).await);
    drop(client.certificate_enrollment(access, &reference("CE")).await);
    drop(client.retrieve_certificates(access, &[super::serial_number()]).await);
    drop(client.revoke_certificate(access, &super::serial_number(), None).await);
    for reason in RevocationReason::ALL {
        drop(client.revoke_certificate(access, &super::serial_number(), Some(*reason)).await);
    }
    let page = PageOf { offset: 1, size: 50 };
    drop(client.query_certificates(access, &super::certificates_query(), page).await);
}

async fn tokens(client: &Client, access: &AccessToken) {
    drop(client.tokens(access, &super::tokens_query(), more().as_ref()).await);
    drop(client.tokens(access, &KsefTokensQuery::all(), None).await);
    drop(client.token(access, &reference("EC")).await);
    drop(client.make_token(access, &super::make_token()).await);
    drop(client.revoke_token(access, &reference("EC")).await);
}

async fn granting(client: &Client, access: &AccessToken) {
    for subject in permissions::subjects() {
        drop(client.grant_to_person(access, &permissions::to_person(subject.clone())).await);
        drop(client.grant_subunit_administration(access, &permissions::subunit(subject.clone())).await);
        for target in permissions::targets() {
            drop(client.grant_indirectly(access, &permissions::indirectly(subject.clone(), target)).await);
        }
    }
    drop(client.grant_to_entity(access, &permissions::to_entity()).await);
    for grant in permissions::authorizations() {
        drop(client.grant_authorization(access, &grant).await);
    }
    for owner in permissions::owners() {
        drop(client.grant_eu_administration(access, &permissions::eu_administration(owner.clone())).await);
        drop(client.grant_eu_representation(access, &permissions::eu_representation(owner)).await);
    }
    drop(client.revoke_grant(access, &permissions::permission_id()).await);
    drop(client.revoke_authorization(access, &permissions::permission_id()).await);
    drop(client.permission_operation(access, &reference("PO")).await);
    drop(client.attachment_consent(access).await);
}

async fn asking_for_permissions(client: &Client, access: &AccessToken) {
    let page = PageOf::FIRST;
    drop(client.personal_grants(access, &PersonalGrantsQuery::default(), page).await);
    drop(client.personal_grants(access, &permissions::personal_query(), page.next()).await);
    for query in permissions::persons_queries() {
        drop(client.person_grants(access, &query, page).await);
    }
    drop(client.subunit_grants(access, &SubunitGrantsQuery::default(), page).await);
    drop(client.subunit_grants(access, &permissions::subunits_query(), page).await);
    let of_firm = SubunitGrantsQuery { unit: Some(CompanyOrUnit::Nip(super::nip())) };
    drop(client.subunit_grants(access, &of_firm, page).await);
    drop(client.entity_grants(access, &EntityGrantsQuery::default(), page).await);
    drop(client.entity_grants(access, &permissions::entities_query(), page).await);
    drop(client.entity_roles(access, page).await);
    drop(client.subordinate_roles(access, &SubordinateRolesQuery::default(), page).await);
    drop(client.subordinate_roles(access, &permissions::subordinates_query(), page).await);
    drop(client.authorization_grants(access, &permissions::authorizations_query(), page).await);
    drop(client.eu_entity_grants(access, &EuEntityGrantsQuery::default(), page).await);
    drop(client.eu_entity_grants(access, &permissions::eu_query(), page).await);
}

async fn sessions(client: &Client, access: &AccessToken) {
    let (session, other) = (reference("SO"), reference("EE"));
    drop(client.open_online_session(access, &super::open_session()).await);
    drop(client.send_invoice(access, &session, &super::send_invoice()).await);
    drop(client.close_online_session(access, &session).await);
    drop(client.open_batch_session(access, &super::open_batch()).await);
    drop(client.close_batch_session(access, &session).await);
    drop(client.sessions(access, &super::sessions_query(), more().as_ref()).await);
    drop(client.sessions(access, &SessionsQuery::all(SessionKind::Online), None).await);
    drop(client.session_status(access, &session).await);
    drop(client.session_invoices(access, &session, 1000, more().as_ref()).await);
    drop(client.session_failed_invoices(access, &session, 1000, more().as_ref()).await);
    drop(client.invoice_status(access, &session, &other).await);
    drop(client.invoice_upo(access, &session, &other).await);
    drop(client.invoice_upo_by_ksef_number(access, &session, &super::number()).await);
    drop(client.session_upo(access, &session, &other).await);
}

async fn invoices(client: &Client, access: &AccessToken) {
    let page = Page { offset: 1, size: 250, order: SortOrder::Asc };
    drop(client.invoice_by_ksef_number(access, &super::number()).await);
    drop(client.query_invoice_metadata(access, &super::full_query(), &page).await);
    drop(client.query_invoice_metadata(access, &super::small_query(), &page).await);
    drop(client.start_export(access, &super::start_export()).await);
    drop(client.export_status(access, &reference("EX")).await);
}

async fn collective(client: &Client, access: &AccessToken) {
    let (number, more) = (super::collective_number(), more());
    drop(client.make_collective_identifier(access, &super::to_pay()).await);
    drop(client.collective_identifiers(access, &super::collective_query(), 200, more.as_ref()).await);
    drop(client.collective_identifiers_of_invoice(access, &super::number(), 200, more.as_ref()).await);
    drop(
        client
            .collective_identifier_invoices(access, std::slice::from_ref(&number), 200, more.as_ref())
            .await,
    );
    drop(client.invoices_of_collective_identifier(access, &number, 200, more.as_ref()).await);
}

async fn test_data(client: &Client, access: &AccessToken) {
    let data = client.test_data().unwrap();
    for kind in TestSubjectKind::ALL {
        drop(data.make_subject(&testdata::subject(*kind)).await);
    }
    drop(data.make_person(&testdata::person()).await);
    drop(data.grant(&testdata::grant()).await);
    drop(data.revoke(super::nip(), &PersonIdentifier::Nip(super::nip())).await);
    drop(data.allow_attachments(super::nip()).await);
    drop(data.forbid_attachments(super::nip(), NaiveDate::from_ymd_opt(2026, 12, 31)).await);
    drop(data.block(&super::nip().into()).await);
    drop(data.unblock(&super::nip().into()).await);
    drop(data.set_session_limits(access, &testdata::session_limits()).await);
    drop(data.reset_session_limits(access).await);
    drop(data.set_subject_limits(access, &testdata::subject_limits()).await);
    drop(data.reset_subject_limits(access).await);
    drop(data.set_rate_limits(access, &testdata::rate_limits()).await);
    drop(data.reset_rate_limits(access).await);
    drop(data.production_rate_limits(access).await);
    drop(data.set_certificate_end(access, &super::serial_number(), now()).await);
}
