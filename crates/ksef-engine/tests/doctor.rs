//! "Sprawdź": each thing that can be wrong is the cross that it should be, and nothing is guessed after it.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::sync::Arc;

use chrono::TimeDelta;
use common::firms::{Lockable, load};
use common::{Bench, SANDBOX, nip, password, picked, quick};
use ksef_engine::{
    CertificateSlot, Check, ConnectionCause, ConnectionWarning, CredentialProblem, CredentialSlot, Engine,
    Examination, Examined, Finding, LoadTarget, MissingRight, Outcome, WantedRights,
};
use ksef_sim::{
    AnnouncementCategory, CertificateKind, CertificateOwner, Ending, Fault, FaultKind, KeyAlgorithm,
    NewCertificate, Operation, Permission, TokenStatus,
};
use ksef_testkit::WrongClock;
use ksef_types::{Clock, Environment};

const ALL: WantedRights = WantedRights { issue: true, read: true, offline: true };
const READING: WantedRights = WantedRights { issue: false, read: true, offline: false };

async fn examined(engine: &Engine, wanted: WantedRights) -> Examination {
    let found = engine.examine(nip(), SANDBOX, wanted).await.unwrap();
    let order: Vec<Check> = found.items.iter().map(|item| item.check).collect();
    assert!(order.is_sorted(), "one thing needs the other: {order:?}");
    assert!(Check::ALL.iter().all(|check| order.contains(check)), "every line is there: {order:?}");
    for item in &found.items {
        let wrong = matches!(item.outcome, Outcome::Failed | Outcome::Warning);
        assert_eq!(wrong, item.finding.is_some(), "a cross says what is wrong: {item:?}");
    }
    found
}

fn items(found: &Examination, check: Check) -> Vec<&Examined> {
    found.items.iter().filter(|item| item.check == check).collect()
}

fn crosses(found: &Examination) -> Vec<(Check, Option<CredentialSlot>)> {
    let failed = found.items.iter().filter(|item| item.outcome == Outcome::Failed);
    failed.map(|item| (item.check, item.slot)).collect()
}

fn outcome(found: &Examination, check: Check) -> Outcome {
    items(found, check)[0].outcome
}

async fn equipped() -> Bench {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    bench.load(CertificateKind::Offline, KeyAlgorithm::P256).await;
    bench
}

#[tokio::test(flavor = "multi_thread")]
async fn all_is_well() {
    let bench = equipped().await;
    let found = examined(&bench.engine, ALL).await;
    assert!(found.passed(), "{:?}", crosses(&found));
    for check in [
        Check::Login,
        Check::Network,
        Check::Clock,
        Check::IssuePermission,
        Check::Offline,
        Check::Limits,
        Check::Availability,
    ] {
        assert_eq!(outcome(&found, check), Outcome::Passed, "{check:?}");
    }
    let validity = items(&found, Check::Validity);
    assert_eq!(validity.len(), 2, "of both certificates");
    assert!(validity.iter().all(|item| item.values.contains_key("date") && item.values.contains_key("days")));
    assert_eq!(outcome(&found, Check::Token), Outcome::NotChecked, "there is none");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_wanted_is_not_looked_at() {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    let found = examined(&bench.engine, READING).await;
    assert!(found.passed());
    assert_eq!(outcome(&found, Check::Offline), Outcome::NotChecked);
    assert_eq!(outcome(&found, Check::IssuePermission), Outcome::NotChecked);
    assert_eq!(bench.engine.wanted_rights(nip(), SANDBOX).unwrap(), Some(READING));
    let found = examined(&bench.engine, ALL).await;
    assert_eq!(crosses(&found), [(Check::Offline, Some(CredentialSlot::Offline))], "there is no offline one");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_anything() {
    let bench = Bench::instant().await;
    let found = examined(&bench.engine, READING).await;
    assert_eq!(crosses(&found), [(Check::Present, None)]);
    assert_eq!(outcome(&found, Check::Login), Outcome::NotChecked);
    assert_eq!(outcome(&found, Check::Network), Outcome::Passed, "the way there needs no credential");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_waits_for_its_password_and_a_wrong_one() {
    let bench = Bench::instant().await;
    let owner = CertificateOwner::Company(nip());
    let made = bench.sim.control().make_certificate(NewCertificate::for_owner(owner)).unwrap();
    let files = vec![picked("a.key", made.key.expose().as_bytes()), picked("a.crt", made.crt.as_bytes())];
    bench.engine.load_files(nip(), SANDBOX, LoadTarget::Anywhere, files).await.unwrap();
    let authentication = Some(CredentialSlot::Authentication);
    let found = examined(&bench.engine, READING).await;
    assert!(crosses(&found).contains(&(Check::Password, authentication)), "{:?}", crosses(&found));
    bench
        .engine
        .set_password(nip(), SANDBOX, CertificateSlot::Authentication, password("Nie-To-Haslo-2026!"))
        .await
        .unwrap();
    let found = examined(&bench.engine, READING).await;
    let item = items(&found, Check::Password)[0];
    assert!(matches!(item.finding, Some(Finding::Credential(CredentialProblem::WrongPassword))), "{item:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_at_its_end_and_after_it() {
    let bench = equipped().await;
    bench.clock.set(bench.clock.now() + chrono::TimeDelta::days(720));
    let found = examined(&bench.engine, READING).await;
    assert!(found.passed(), "{:?}", crosses(&found));
    assert_eq!(outcome(&found, Check::Validity), Outcome::Warning);
    bench.clock.set(bench.clock.now() + chrono::TimeDelta::days(60));
    let found = examined(&bench.engine, READING).await;
    assert!(crosses(&found).contains(&(Check::Validity, Some(CredentialSlot::Authentication))));
    assert_eq!(outcome(&found, Check::Login), Outcome::NotChecked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_certificate_is_a_cross_at_revocation() {
    let bench = Bench::instant().await;
    let owner = CertificateOwner::Company(nip());
    let made = bench.load_for(nip(), owner, CertificateKind::Authentication).await;
    bench.sim.control().revoke_certificate(&made.serial).unwrap();
    let found = examined(&bench.engine, READING).await;
    assert_eq!(crosses(&found), [(Check::Revocation, Some(CredentialSlot::Authentication))]);
    assert_eq!(outcome(&found, Check::Login), Outcome::NotChecked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_too_and_a_good_one_says_until_when() {
    let bench = Bench::instant().await;
    let token = bench.make_token();
    bench.engine.paste_token(nip(), SANDBOX, token.secret().clone()).await.unwrap();
    let found = examined(&bench.engine, READING).await;
    assert!(found.passed(), "{:?}", crosses(&found));
    let item = items(&found, Check::Token)[0];
    assert!(matches!(item.finding, Some(Finding::Warning(ConnectionWarning::TokensEnd { .. }))));
    assert!(item.values["permissions"].contains("InvoiceRead"));
    assert_eq!(item.values["date"], "2026-12-31");
    bench.sim.control().set_token_status(token.reference_number(), TokenStatus::Revoked).unwrap();
    let found = examined(&bench.engine, READING).await;
    assert_eq!(crosses(&found), [(Check::Revocation, Some(CredentialSlot::Token))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn permissions_against_what_is_wanted() {
    let bench = Bench::instant().await;
    let token = bench.sim.control().make_token(nip(), &[Permission::InvoiceRead]).unwrap();
    bench.engine.paste_token(nip(), SANDBOX, token.secret().clone()).await.unwrap();
    let found = examined(&bench.engine, WantedRights { offline: false, ..ALL }).await;
    assert_eq!(crosses(&found), [(Check::IssuePermission, None)]);
    let item = items(&found, Check::IssuePermission)[0];
    assert!(matches!(item.finding, Some(Finding::Missing(MissingRight::Issue))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_hours_off() {
    let bench = Bench::instant().await.with_token().await;
    for seconds in [3 * 3600, -5 * 3600, 15 * 60] {
        let clock = Arc::new(WrongClock::ahead(Arc::new(bench.clock.clone()), TimeDelta::seconds(seconds)));
        let engine = common::engine(bench.folder.path(), &bench.vault, clock, bench.sim.api(), quick());
        let found = examined(&engine, READING).await;
        let item = items(&found, Check::Clock)[0];
        let Some(Finding::Connection(failure)) = &item.finding else { unreachable!("{item:?}") };
        let ConnectionCause::ClockOff { seconds: told } = failure.cause else { unreachable!("{failure:?}") };
        assert!((told - seconds).abs() <= 60, "{told} for {seconds}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_there() {
    let bench = Bench::instant().await.with_token().await;
    for kind in [FaultKind::Status { status: 503 }, FaultKind::Html { status: 200 }, FaultKind::DropBefore] {
        bench.sim.control().fault(Fault::times(Operation::Challenge, 10, kind.clone()));
        let found = examined(&bench.engine, READING).await;
        assert_eq!(crosses(&found), [(Check::Network, None)], "{kind:?}");
        assert_eq!(outcome(&found, Check::Login), Outcome::NotChecked);
        bench.sim.control().clear_faults();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_of_another_environment() {
    let here = Bench::instant().await;
    let elsewhere = Bench::instant().await;
    let foreign = elsewhere.make_token();
    for environment in [Environment::Test, SANDBOX] {
        here.engine.paste_token(nip(), environment, foreign.secret().clone()).await.unwrap();
    }
    let found = examined(&here.engine, READING).await;
    assert_eq!(crosses(&found), [(Check::Environment, Some(CredentialSlot::Token))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_stand_where_they_belong() {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    let authentication = Some(CredentialSlot::Authentication);
    for (code, details, expected) in [
        (415, "Brak przypisanych uprawnień", (Check::Login, None)),
        (460, "Certyfikat zawieszony", (Check::Revocation, authentication)),
        (460, "Niezaufany łańcuch certyfikatów", (Check::Environment, authentication)),
        (480, "incydent", (Check::Revocation, authentication)),
        (500, "", (Check::Login, None)),
    ] {
        let details = vec![details.to_owned()];
        bench.sim.control().end_next(Ending::Authentication { code, details }).unwrap();
        let found = examined(&bench.engine, READING).await;
        assert_eq!(crosses(&found), [expected], "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn warnings_of_ksef_are_shown() {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    bench.sim.control().warn(Some("[sig-001]: Podpis poza profilem"));
    let found = examined(&bench.engine, READING).await;
    let item = items(&found, Check::Warnings)[0];
    assert_eq!(item.outcome, Outcome::Warning);
    assert!(
        matches!(&item.finding, Some(Finding::Warning(ConnectionWarning::System(text))) if text.contains("profilem"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_latarnia_announces_is_a_warning_until_it_ends() {
    let bench = Bench::instant().await.with_token().await;
    let control = bench.sim.control();
    for (category, word) in [
        (AnnouncementCategory::Maintenance, "MAINTENANCE"),
        (AnnouncementCategory::Failure, "FAILURE"),
        (AnnouncementCategory::TotalFailure, "TOTAL_FAILURE"),
    ] {
        let event = control.begin_event(category, "Usuwamy usterkę.");
        let found = examined(&bench.engine, READING).await;
        let item = items(&found, Check::Availability)[0];
        assert_eq!(item.outcome, Outcome::Warning, "{word}");
        let Some(Finding::Announced { status, messages }) = &item.finding else { unreachable!("{item:?}") };
        assert_eq!(
            (status.as_str(), messages.as_slice()),
            (word, ["Usuwamy usterkę.".to_owned()].as_slice())
        );
        assert!(found.passed(), "the login works all the same: {:?}", crosses(&found));
        control.end_event(event).unwrap();
        let found = examined(&bench.engine, READING).await;
        assert_eq!(outcome(&found, Check::Availability), Outcome::Passed, "{word} has ended");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn latarnia_tells_even_where_ksef_is_away_and_none_is_no_fault() {
    let bench = Bench::instant().await.with_token().await;
    bench.sim.control().begin_event(AnnouncementCategory::Failure, "Awaria.");
    bench.sim.control().fault(Fault::times(Operation::Challenge, 10, FaultKind::Status { status: 503 }));
    let found = examined(&bench.engine, READING).await;
    assert_eq!(crosses(&found), [(Check::Network, None)]);
    assert_eq!(outcome(&found, Check::Availability), Outcome::Warning);
    let clock = Arc::new(bench.clock.clone());
    let without = common::engine(bench.folder.path(), &bench.vault, clock, bench.sim.api(), quick());
    let found = examined(&without, READING).await;
    assert_eq!(outcome(&found, Check::Availability), Outcome::NotChecked);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_changed_by_looking() {
    let bench = equipped().await;
    // A keychain that takes nothing more.
    let engine = bench.with_vault(Arc::new(Lockable::after(&bench.vault, 0)));
    assert!(examined(&engine, ALL).await.passed());
    let owner = CertificateOwner::Company(nip());
    let made = bench.sim.control().make_certificate(NewCertificate::for_owner(owner)).unwrap();
    load(&bench.engine, nip(), &made, CertificateKind::Authentication).await;
}
