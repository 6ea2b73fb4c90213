//! One certificate, many companies: found, added, checked, called off and taken up again; in whose name one works.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::sync::{Arc, Mutex};

use common::firms::{Lockable, numbered_nip};
use common::{Bench, SANDBOX, nip, quick};
use ksef_engine::grants::{
    CompanyOrUnit, EntityPermission, EntityPermissionGranted, GrantSubunitAdministration, GrantToEntity,
    PersonName, PersonSubject,
};
use ksef_engine::{
    BulkAdd, BulkCompany, BulkRefusal, BulkStep, ConnectionCause, ContextProblem, Engine, EngineError, Grant,
    KeychainProblem, WorkState,
};
use ksef_sim::{CertificateKind, CertificateOwner, KeyAlgorithm, Permission, PersonId};
use ksef_types::{ContextIdentifier, ContextKind, Environment, InternalId, Nip};
use tokio_util::sync::CancellationToken;

/// The last that was heard of each company.
#[derive(Default)]
struct Heard(Mutex<std::collections::BTreeMap<usize, BulkStep>>);

impl Heard {
    fn step(&self, place: usize, step: BulkStep) {
        self.0.lock().unwrap().insert(place, step);
    }

    fn done(&self) -> usize {
        self.0.lock().unwrap().values().filter(|step| matches!(step, BulkStep::Done { .. })).count()
    }
}

/// Clients in KSeF who let the firm of the bench in; the program does not know them.
fn clients(bench: &Bench, count: u32) -> Vec<Nip> {
    (0..count)
        .map(|number| {
            let client = numbered_nip(number);
            bench.sim.control().make_company(client, &format!("Klient {number}")).unwrap();
            let rights = [Permission::InvoiceRead, Permission::InvoiceWrite];
            bench.sim.control().grant(PersonId::Nip(nip()), client, &rights).unwrap();
            client
        })
        .collect()
}

fn wish(nips: &[Nip]) -> BulkAdd {
    let companies = nips.iter().map(|nip| BulkCompany { nip: *nip, name: Some(format!("Firma {nip}")) });
    BulkAdd { source: nip(), environment: SANDBOX, companies: companies.collect(), with_offline: false }
}

async fn add(engine: &Engine, nips: &[Nip], cancel: &CancellationToken) -> Heard {
    let heard = Heard::default();
    engine.add_companies(wish(nips), cancel, &|place, step| heard.step(place, step)).await.unwrap();
    heard
}

async fn office() -> Bench {
    Bench::instant().await.with_certificate(KeyAlgorithm::P256).await
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_added_with_one_certificate_and_each_works_by_itself() {
    let bench = office().await;
    let mut nips = clients(&bench, 12);
    let stranger = numbered_nip(99);
    bench.sim.control().make_company(stranger, "Obca firma").unwrap();
    nips.push(stranger);
    let heard = add(&bench.engine, &nips, &CancellationToken::new()).await;
    assert_eq!(heard.done(), 12);
    let steps = heard.0.into_inner().unwrap();
    let BulkStep::Done { permissions } = &steps[&0] else { unreachable!("{:?}", steps[&0]) };
    assert_eq!(permissions, &["InvoiceRead", "InvoiceWrite"]);
    let BulkStep::Refused(BulkRefusal::Connection(failure)) = &steps[&12] else {
        unreachable!("{:?}", steps[&12])
    };
    assert_eq!(failure.cause, ConnectionCause::NoPermissions);
    assert_eq!(
        bench.engine.companies().unwrap().len(),
        13,
        "the office and twelve; the stranger is not there"
    );

    // In another process, with nothing but the keychain and the archive.
    let again = bench.restarted(quick());
    let checked = Heard::default();
    let cancel = CancellationToken::new();
    again
        .check_companies(SANDBOX, nips[..12].to_vec(), &cancel, &|place, step| checked.step(place, step))
        .await;
    assert_eq!(checked.done(), 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_called_off_is_taken_up_again() {
    let bench = office().await;
    let nips = clients(&bench, 30);
    let cancel = CancellationToken::new();
    let heard = Heard::default();
    bench
        .engine
        .add_companies(wish(&nips), &cancel, &|place, step| {
            heard.step(place, step);
            if heard.done() == 5 {
                cancel.cancel();
            }
        })
        .await
        .unwrap();
    let done = heard.done();
    assert!((5..30).contains(&done), "{done}");
    let steps = heard.0.into_inner().unwrap();
    assert_eq!(steps.len(), 30, "every company was told of");
    assert!(steps.values().all(|step| matches!(step, BulkStep::Done { .. } | BulkStep::Cancelled)));
    assert_eq!(bench.engine.companies().unwrap().len(), done + 1, "on the list, or not at all");
    let logins = |bench: &Bench| {
        let arrived = bench.sim.control().arrived().unwrap().requests;
        arrived
            .iter()
            .filter(|request| request.operation == Some(ksef_sim::Operation::AuthenticateByXades))
            .count()
    };
    let before = logins(&bench);
    let again = add(&bench.engine, &nips, &CancellationToken::new()).await;
    assert_eq!(again.done(), 30);
    assert_eq!(logins(&bench) - before, 30 - done, "those that were there are not asked about again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_is_locked_in_the_middle_leaves_whole_companies() {
    let bench = office().await;
    let nips = clients(&bench, 12);
    let engine = bench.with_vault(Arc::new(Lockable::after(&bench.vault, 4)));
    let heard = add(&engine, &nips, &CancellationToken::new()).await;
    assert_eq!(heard.done(), 4);
    let steps = heard.0.into_inner().unwrap();
    let locked = steps.values().filter(|step| {
        matches!(step, BulkStep::Refused(BulkRefusal::Engine(EngineError::Keychain(KeychainProblem::Locked))))
    });
    assert_eq!(locked.count(), 8);
    assert_eq!(engine.companies().unwrap().len(), 5);
    // Unlocked, the rest follows.
    assert_eq!(add(&bench.engine, &nips, &CancellationToken::new()).await.done(), 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_its_own_stays() {
    let bench = office().await;
    let nips = clients(&bench, 1);
    bench.equip(nips[0], "Klient z certyfikatem").await;
    let steps = add(&bench.engine, &nips, &CancellationToken::new()).await.0.into_inner().unwrap();
    assert!(matches!(steps[&0], BulkStep::Refused(BulkRefusal::OtherCertificate)), "{:?}", steps[&0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_certificate_nothing_begins() {
    let bench = Bench::instant().await.with_token().await;
    let nips = clients(&bench, 2);
    let failure =
        bench.engine.add_companies(wish(&nips), &CancellationToken::new(), &|_, _| {}).await.unwrap_err();
    assert_eq!(failure.cause, ConnectionCause::NoCredential);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clients_of_an_office_are_found() {
    let bench = office().await;
    let client = numbered_nip(1);
    bench.equip(client, "Klient").await;
    let grant = Grant::Firm(GrantToEntity {
        nip: nip(),
        permissions: vec![EntityPermissionGranted {
            permission: EntityPermission::InvoiceRead,
            can_delegate: true,
        }],
        description: "Biuro rachunkowe".parse().unwrap(),
        name: "Przykład sp. z o.o.".parse().unwrap(),
    });
    assert_eq!(bench.engine.grant(client, SANDBOX, &grant).await.unwrap().state, WorkState::Done);
    let found = bench.engine.found_companies(nip(), SANDBOX).await.unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].nip, found[0].known), (client, true));
    assert_eq!(found[0].permissions, ["InvoiceRead"]);
    assert_eq!(found[0].name.as_deref(), Some("Klient"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_worked_for_in_its_own_name() {
    let bench = office().await;
    let unit = InternalId::compose(nip(), 1234).unwrap();
    let pesel = "30112206276".parse().unwrap();
    let name = PersonName { first_name: "Anna".parse().unwrap(), last_name: "Nowak".parse().unwrap() };
    let grant = Grant::Subunit(GrantSubunitAdministration {
        subject: PersonSubject::Pesel { pesel, name },
        unit: CompanyOrUnit::InternalId(unit),
        description: "Administrator oddziału".parse().unwrap(),
        unit_name: Some("Oddział Gdańsk".parse().unwrap()),
    });
    assert_eq!(bench.engine.grant(nip(), SANDBOX, &grant).await.unwrap().state, WorkState::Done);
    bench
        .sim
        .control()
        .make_person(ksef_sim::NewPerson {
            id: PersonId::Pesel(pesel),
            given_name: "Anna".to_owned(),
            surname: "Nowak".to_owned(),
            owner_of: None,
        })
        .unwrap();
    bench
        .engine
        .remove_credential(nip(), SANDBOX, ksef_engine::CredentialSlot::Authentication)
        .await
        .unwrap();
    let owner = CertificateOwner::Person(PersonId::Pesel(pesel));
    bench.load_for(nip(), owner, CertificateKind::Authentication).await;
    let refused = bench.engine.check_connection(nip(), SANDBOX).await.unwrap_err();
    assert_eq!(refused.cause, ConnectionCause::NoPermissions, "she works for the unit, not for the firm");
    let chosen =
        bench.engine.set_company_context(nip(), SANDBOX, ContextKind::InternalId, &unit.to_string()).unwrap();
    assert_eq!(chosen.kind(), ContextKind::InternalId);
    let report = bench.engine.check_connection(nip(), SANDBOX).await.unwrap();
    assert!(report.permissions.contains(&"CredentialsManage".to_owned()), "{:?}", report.permissions);
    // Another process finds the choice; another environment has its own.
    let again = bench.restarted(quick());
    assert_eq!(again.company_context(nip(), SANDBOX).unwrap(), chosen);
    assert_eq!(again.company_context(nip(), Environment::Test).unwrap(), ContextIdentifier::Nip(nip()));
    again.set_company_context(nip(), SANDBOX, ContextKind::Nip, nip().as_str()).unwrap();
    assert_eq!(again.company_context(nip(), SANDBOX).unwrap(), ContextIdentifier::Nip(nip()));
}

#[tokio::test(flavor = "multi_thread")]
async fn contexts_of_others_are_refused() {
    let bench = Bench::instant().await;
    let choose = |kind, text: &str| bench.engine.set_company_context(nip(), SANDBOX, kind, text);
    let other = choose(ContextKind::NipVatUe, "1111111111-DE123456789");
    assert!(matches!(other, Err(ContextProblem::OtherCompany(_))));
    let digit = choose(ContextKind::InternalId, "5265877635-12345");
    assert!(matches!(digit, Err(ContextProblem::CheckDigit)));
    assert!(matches!(choose(ContextKind::PeppolId, "XX"), Err(ContextProblem::Invalid(_))));
    assert!(choose(ContextKind::PeppolId, "PPL123456").is_ok());
    assert!(choose(ContextKind::NipVatUe, "5265877635-de123456789").is_ok());
}
