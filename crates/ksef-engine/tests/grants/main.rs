//! Every kind of permission: granted, seen in its list, taken back, and refused for every reason.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests stop at what should not be; what is skipped says so"
)]

#[path = "../common/mod.rs"]
mod common;
mod contract;
mod houses;
mod rows;

use common::SANDBOX;
use contract::REFUSALS;
use houses::{House, Houses};
use ksef_engine::grants::{
    Authorization, AuthorizedEntity, CompanyOrUnit, EntityPermission, GrantTarget, GrantToPerson, Permission,
    PermissionId, PersonSubject,
};
use ksef_engine::{ConnectionCause, Grant, GrantedPermission, RevocationKind, WorkState};
use ksef_sim::Ending;
use ksef_types::InternalId;
use rows::{By, PROVIDER, Row, rows};

/// Those of the list that came from this row: the others have other words.
async fn listed(house: &House, row: &Row) -> Vec<GrantedPermission> {
    let page = house.engine.permissions(house.company, SANDBOX, row.list(), 0).await.unwrap();
    page.rows.into_iter().filter(|one| one.description == row.description()).collect()
}

async fn grant(house: &House, grant: &Grant) -> WorkState {
    let work = house.engine.grant(house.company, SANDBOX, grant).await.unwrap();
    let again = house.engine.permission_work(house.company, SANDBOX, &work.reference_number).await.unwrap();
    assert_eq!(again, work, "{grant:?}");
    work.state
}

/// Gives the code.
fn refused(state: &WorkState) -> Option<i32> {
    match state {
        WorkState::Failed(refusal) => {
            assert!(!refusal.description.is_empty());
            Some(refusal.code)
        }
        WorkState::Pending | WorkState::Done => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_is_granted_seen_and_taken_back() {
    let Some(houses) = Houses::open().await else { return };
    for row in rows() {
        let house = houses.of(row.by);
        assert_eq!(grant(house, &row.grant).await, WorkState::Done, "{row:?}");
        let seen = listed(house, &row).await;
        let mut permissions: Vec<&str> = seen.iter().map(|one| one.permission.as_str()).collect();
        permissions.sort_unstable();
        assert_eq!(permissions, row.permissions(), "{row:?}");
        for one in seen {
            is_told(&row, &one);
            let (id, kind) = (one.id.unwrap().parse().unwrap(), one.revocation.unwrap());
            assert_eq!(kind, row.revocation(), "{row:?}");
            let work = house.engine.revoke_permission(house.company, SANDBOX, &id, kind).await.unwrap();
            assert_eq!(work.state, WorkState::Done, "{row:?}");
            let again =
                house.engine.permission_work(house.company, SANDBOX, &work.reference_number).await.unwrap();
            assert_eq!(again.state, WorkState::Done);
        }
        assert!(listed(house, &row).await.is_empty(), "{row:?}");
    }
}

fn is_told(row: &Row, seen: &GrantedPermission) {
    let holder = seen.holder.as_ref().unwrap();
    assert_eq!((holder.kind, holder.name.as_deref()), (row.holder(), Some(row.name())), "{row:?}");
    assert!(seen.active && seen.since.is_some() && seen.author.is_some(), "{row:?}: {seen:?}");
    let passed_on = matches!(&row.grant, Grant::Firm(grant) if grant.permissions[0].can_delegate);
    assert_eq!(seen.can_pass_on, passed_on, "{row:?}");
    if let Some(kind) = row.place() {
        let place = if matches!(row.grant, Grant::Indirect(_)) { &seen.partner } else { &seen.place };
        assert_eq!(place.as_ref().unwrap().kind, kind, "{row:?}: {seen:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_is_refused_with_every_code() {
    let Some(houses) = Houses::open().await else { return };
    for row in rows() {
        let house = houses.of(row.by);
        for code in REFUSALS {
            houses.bench.sim.control().end_next(Ending::Permission { code, details: vec![] }).unwrap();
            let state = grant(house, &row.grant).await;
            assert_eq!(refused(&state), Some(i32::from(code)), "{row:?}");
        }
        assert!(listed(house, &row).await.is_empty(), "{row:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_refused_for_its_reason() {
    let Some(houses) = Houses::open().await else { return };
    let (company, office, union) =
        (houses.of(By::Company), houses.of(By::Office), houses.of(By::EuAdministrator));
    let own = common::nip();
    let peppol = |id: &str| AuthorizedEntity::PeppolId(id.parse().unwrap());
    let person = |subject, permission| {
        let description = "Dział księgowości".parse().unwrap();
        Grant::Person(GrantToPerson { subject, permissions: vec![permission], description })
    };
    let owner = PersonSubject::Nip { nip: own, name: rows::anna() };
    let read = EntityPermission::InvoiceRead;
    let other_unit = InternalId::compose(rows::stranger(), 7).unwrap();
    let elsewhere = format!("{}-DE123456789", rows::stranger());
    let client = |nip| Some(GrantTarget::Nip(nip));
    let cases = [
        (company, person(owner, Permission::InvoiceRead), 440),
        (office, person(rows::somebody(), Permission::EnforcementOperations), 430),
        (company, rows::firm(own, read, false), 440),
        (company, rows::authorization(AuthorizedEntity::Nip(own), Authorization::SelfInvoicing), 440),
        (
            company,
            rows::authorization(AuthorizedEntity::Nip(rows::stranger()), Authorization::PefInvoicing),
            450,
        ),
        (company, rows::authorization(peppol(PROVIDER), Authorization::TaxRepresentative), 450),
        (company, rows::authorization(peppol("PPL654321"), Authorization::PefInvoicing), 450),
        (office, rows::indirect(rows::somebody(), client(rows::stranger()), read), 410),
        (company, rows::subunit(rows::somebody(), CompanyOrUnit::InternalId(other_unit)), 410),
        (company, rows::subunit(rows::somebody(), CompanyOrUnit::Nip(rows::stranger())), 410),
        (office, rows::subunit(rows::somebody(), CompanyOrUnit::Nip(rows::stranger())), 430),
        (company, rows::eu_administrator(rows::some_administrator(), &elsewhere), 410),
    ];
    for (house, wish, code) in &cases {
        assert_eq!(refused(&grant(house, wish).await), Some(*code), "{wish:?}");
    }
    // Only who administers a firm of the Union may let others in there, and nothing else.
    let representative = rows().into_iter().find(|row| row.by == By::EuAdministrator).unwrap();
    for (house, wish) in [(company, &representative.grant), (union, &cases[2].1)] {
        let failure = house.engine.grant(house.company, SANDBOX, wish).await.unwrap_err();
        assert!(matches!(failure.cause, ConnectionCause::Forbidden { .. }), "{failure:?}");
    }
    nothing_is_taken_back_that_is_not_ones_own(company, office).await;
}

async fn nothing_is_taken_back_that_is_not_ones_own(company: &House, office: &House) {
    let unknown: PermissionId = "0c9f1d3e-0000-4000-8000-000000000000".parse().unwrap();
    for kind in [RevocationKind::Common, RevocationKind::Authorization] {
        let work = office.engine.revoke_permission(office.company, SANDBOX, &unknown, kind).await.unwrap();
        assert_eq!(refused(&work.state), Some(400));
    }
    for row in rows().into_iter().filter(|row| row.by == By::Company) {
        assert_eq!(grant(company, &row.grant).await, WorkState::Done, "{row:?}");
        let ids = listed(company, &row).await.into_iter().map(|one| one.id.unwrap().parse().unwrap());
        for id in ids {
            let (other, kind) = (office.company, row.revocation());
            let work = office.engine.revoke_permission(other, SANDBOX, &id, kind).await.unwrap();
            assert_eq!(refused(&work.state), Some(420), "{row:?}");
            company.engine.revoke_permission(company.company, SANDBOX, &id, kind).await.unwrap();
        }
    }
}
