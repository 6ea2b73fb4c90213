//! The table of credentials, renewing, revoking, handing over, the end of tokens.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use common::firms::{Lockable, load};
use common::second_sending::happens;
use common::signing::{enrolled, standing};
use common::{Bench, SANDBOX, nip, password, quick};
use ksef_engine::{
    CertificateSlot, ConnectionCause, CredentialRow, CredentialSlot, CredentialState, EnrolmentProblem,
    EnrolmentStep, ExportError, ExportForm, KeychainProblem, PasswordProblem, RevocationReason, RevokeError,
};
use ksef_sim::{
    CertificateKind, CertificateOwner, Ending, Fault, FaultKind, KeyAlgorithm, NewCertificate, Operation,
    Permission,
};
use ksef_types::{Clock, Nip};
use ksef_vault::{CredentialKey, Holding, Slot, Vault};

use CertificateSlot::{Authentication, Offline};

fn other() -> Nip {
    "1111111111".parse().unwrap()
}

async fn row(bench: &Bench, slot: CredentialSlot, ask: bool) -> CredentialRow {
    let table = bench.engine.credential_table(nip(), SANDBOX, ask).await.unwrap();
    assert!(table.failure.is_none(), "{:?}", table.failure);
    table.rows.into_iter().find(|row| row.slot == slot && row.held).unwrap()
}

/// Two companies here that use one certificate: the owner is a person of the first, with rights in the second.
async fn sharing(bench: &Bench) -> String {
    let control = bench.sim.control();
    control.make_company(other(), "Druga sp. z o.o.").unwrap();
    let wanted = NewCertificate::for_owner(CertificateOwner::Company(nip()));
    let made = control.make_certificate(wanted).unwrap();
    bench.engine.add_company(other(), Some("Druga"), SANDBOX).unwrap();
    for company in [nip(), other()] {
        load(&bench.engine, company, &made, CertificateKind::Authentication).await;
    }
    made.serial.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_says_what_is_here_and_what_ksef_says_of_it() {
    let bench = Bench::instant().await;
    let serial = sharing(&bench).await;
    bench.load(CertificateKind::Offline, KeyAlgorithm::P256).await;
    let before = row(&bench, CredentialSlot::Authentication, false).await;
    assert_eq!((before.state, before.identifier.as_str()), (CredentialState::Unknown, serial.as_str()));
    assert_eq!(before.shared_with, [other()]);
    let after = row(&bench, CredentialSlot::Authentication, true).await;
    assert_eq!(after.state, CredentialState::Active);
    assert!(after.can_renew && after.can_revoke && after.name.is_some());
    // Known from now on, without asking.
    assert_eq!(row(&bench, CredentialSlot::Offline, false).await.state, CredentialState::Active);
    let asked = bench.engine.credential_table(nip(), SANDBOX, false).await.unwrap().asked_at;
    assert!(asked.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_certificate_takes_every_place_of_the_old_one_once_it_is_proved() {
    let bench = Bench::instant().await;
    let old = sharing(&bench).await;
    // The first login with the new one is refused: the old one stays everywhere.
    bench.engine.check_connection(nip(), SANDBOX).await.unwrap();
    let details = vec!["Certyfikat zawieszony".to_owned()];
    bench.sim.control().end_next(Ending::Authentication { code: 460, details }).unwrap();
    let begun = bench.engine.renew_certificate(nip(), SANDBOX, Authentication).await.unwrap();
    assert_eq!(begun.renews.as_ref().map(ToString::to_string).as_deref(), Some(old.as_str()));
    let stands = standing(&bench.engine, Authentication, |one| one.problem.is_some()).await;
    assert!(matches!(stands.problem, Some(EnrolmentProblem::NotProved(_))), "{stands:?}");
    for company in [nip(), other()] {
        assert_eq!(serial_of(&bench, company), old, "the old one stays");
    }
    let new = stands.serial.unwrap().to_string();
    let done = async {
        loop {
            bench.engine.continue_enrolment(nip(), SANDBOX, stands.id).await.unwrap();
            if bench.engine.enrolments(nip(), SANDBOX).unwrap()[0].step == EnrolmentStep::Done {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(common::signing::PATIENCE, done).await.unwrap();
    for company in [nip(), other()] {
        assert_eq!(serial_of(&bench, company), new, "the new one is in both places");
    }
    assert!(bench.engine.check_connection(nip(), SANDBOX).await.is_ok());
    let table = bench.engine.credential_table(nip(), SANDBOX, true).await.unwrap();
    let old_row = table.rows.iter().find(|row| row.identifier == old).unwrap();
    assert_eq!((old_row.state, old_row.held), (CredentialState::Active, false), "not revoked by itself");
}

fn serial_of(bench: &Bench, company: Nip) -> String {
    let key = CredentialKey::new(company, SANDBOX, Slot::Authentication);
    bench.vault.credential(&key).unwrap().unwrap().certificate().serial().to_string()
}

/// The others that share the certificate have the new one by then, and say so.
#[tokio::test(flavor = "multi_thread")]
async fn a_company_taken_off_while_it_renews_leaves_the_new_one_to_the_others() {
    let bench = Arc::new(Bench::instant().await);
    let old = sharing(&bench).await;
    let here = Arc::clone(&bench);
    let place = "the pair is in the place of another company";
    let engine = bench.restarted(happens(place, 1, move || async move {
        here.engine.remove_company(nip()).await.unwrap();
    }));
    engine.renew_certificate(nip(), SANDBOX, Authentication).await.unwrap();
    enrolled(&engine, Authentication, EnrolmentStep::Abandoned).await;
    let told = engine.credentials(other(), SANDBOX).await.unwrap().authentication.certificate.unwrap().serial;
    assert_ne!(told.to_string(), old);
    assert_eq!(told.to_string(), serial_of(&bench, other()));
    assert_eq!(bench.vault.held(nip(), SANDBOX).unwrap().authentication, Holding::Nothing);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offline_certificate_is_renewed_by_a_link_that_verifies() {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    bench.load(CertificateKind::Offline, KeyAlgorithm::Rsa2048).await;
    let old = row(&bench, CredentialSlot::Offline, true).await.identifier;
    bench.engine.renew_certificate(nip(), SANDBOX, Offline).await.unwrap();
    let done = enrolled(&bench.engine, Offline, EnrolmentStep::Done).await;
    assert_ne!(done.serial.unwrap().to_string(), old);
    assert!(bench.engine.check_offline(nip(), SANDBOX).await.unwrap().passed());
    let facts = bench.engine.credentials(nip(), SANDBOX).await.unwrap().offline.certificate.unwrap();
    assert_eq!(facts.key, "RSA 2048", "a key of the same sort");
}

#[tokio::test(flavor = "multi_thread")]
async fn revoking_the_one_in_use_says_before_what_will_stop() {
    let bench = Bench::instant().await;
    let serial = sharing(&bench).await;
    bench.engine.check_connection(nip(), SANDBOX).await.unwrap();
    row(&bench, CredentialSlot::Authentication, true).await;
    let preview = bench.engine.revocation_preview(nip(), SANDBOX, &serial).await.unwrap();
    assert!(preview.in_use && preview.ends_this_login && !preview.other_way_in);
    assert_eq!(preview.companies, [other()]);
    let parsed = serial.parse().unwrap();
    let reason = RevocationReason::KeyCompromise;
    bench.engine.revoke_certificate(nip(), SANDBOX, &parsed, reason).await.unwrap();
    let table = bench.engine.credential_table(nip(), SANDBOX, false).await.unwrap();
    let row = table.rows.iter().find(|row| row.identifier == serial).unwrap();
    assert_eq!((row.state, row.held, row.can_revoke), (CredentialState::Revoked, false, false));
    for company in [nip(), other()] {
        let cause = bench.engine.check_connection(company, SANDBOX).await.unwrap_err().cause;
        assert_eq!(cause, ConnectionCause::NoCredential);
    }
    // A second time KSeF says no.
    bench.load(CertificateKind::Authentication, KeyAlgorithm::P256).await;
    let unknown = "0000000000000000".parse().unwrap();
    let refused = bench.engine.revoke_certificate(nip(), SANDBOX, &unknown, reason).await;
    assert!(matches!(refused, Err(RevokeError::Unknown)), "{refused:?}");
    // Revoked elsewhere meanwhile.
    let held = self::row(&bench, CredentialSlot::Authentication, true).await.identifier.parse().unwrap();
    for (code, not_revocable) in [(25009, true), (21405, false)] {
        let kind = FaultKind::Refuse { code, description: String::new(), details: vec![] };
        bench.sim.control().fault(Fault::next(Operation::RevokeCertificate, kind));
        let refused = bench.engine.revoke_certificate(nip(), SANDBOX, &held, reason).await;
        let is_one = matches!(refused, Err(RevokeError::NotRevocable));
        assert_eq!(is_one, not_revocable, "{code}: {refused:?}");
        assert!(is_one || matches!(refused, Err(RevokeError::Connection(_))), "{code}: {refused:?}");
    }
    assert!(self::row(&bench, CredentialSlot::Authentication, true).await.held, "what was not revoked stays");
}

/// The keychain locks between the two companies: the first has the new one, of which the notes do not know yet.
#[tokio::test(flavor = "multi_thread")]
async fn revoking_the_old_one_leaves_the_new_one_that_stands_in_its_place_already() {
    let bench = Bench::instant().await;
    let old = sharing(&bench).await;
    // The key, the certificate beside it, its way to the first place; not to the second.
    let engine = bench.with_vault(Arc::new(Lockable::after(&bench.vault, 3)));
    engine.renew_certificate(nip(), SANDBOX, Authentication).await.unwrap();
    let stands = standing(&engine, Authentication, |one| one.problem.is_some()).await;
    assert_eq!(stands.problem, Some(EnrolmentProblem::Keychain(KeychainProblem::Locked)));
    let new = stands.serial.unwrap().to_string();
    assert_eq!((serial_of(&bench, nip()), serial_of(&bench, other())), (new.clone(), old.clone()));
    drop(engine);
    let reason = RevocationReason::Superseded;
    bench.engine.revoke_certificate(nip(), SANDBOX, &old.parse().unwrap(), reason).await.unwrap();
    assert_eq!(serial_of(&bench, nip()), new, "it is not the one that was revoked");
    let place = CredentialKey::new(other(), SANDBOX, Slot::Authentication);
    assert!(bench.vault.credential(&place).unwrap().is_none());
    let engine = bench.restarted(quick());
    engine.resume_enrolments().unwrap();
    enrolled(&engine, Authentication, EnrolmentStep::Done).await;
    assert!(engine.check_connection(nip(), SANDBOX).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_whose_answers_were_lost_is_found_in_the_list() {
    let bench = Bench::instant().await;
    let serial = sharing(&bench).await;
    bench.engine.check_connection(nip(), SANDBOX).await.unwrap();
    bench.sim.control().fault(Fault::times(Operation::RevokeCertificate, 1000, FaultKind::DropAfter));
    let reason = RevocationReason::KeyCompromise;
    bench.engine.revoke_certificate(nip(), SANDBOX, &serial.parse().unwrap(), reason).await.unwrap();
    for company in [nip(), other()] {
        let key = CredentialKey::new(company, SANDBOX, Slot::Authentication);
        assert!(bench.vault.credential(&key).unwrap().is_none(), "a revoked pair is of no use");
    }
    // One that did not arrive is none.
    bench.load(CertificateKind::Authentication, KeyAlgorithm::P256).await;
    let held = row(&bench, CredentialSlot::Authentication, true).await.identifier;
    bench.sim.control().clear_faults();
    bench.sim.control().fault(Fault::times(Operation::RevokeCertificate, 1000, FaultKind::DropBefore));
    let lost = bench.engine.revoke_certificate(nip(), SANDBOX, &held.parse().unwrap(), reason).await;
    assert!(matches!(lost, Err(RevokeError::Connection(_))), "{lost:?}");
    assert_eq!(serial_of(&bench, nip()), held);
}

#[tokio::test(flavor = "multi_thread")]
async fn exported_files_open_elsewhere_and_nothing_is_overwritten() {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dla innego programu.crt");
    let export = |form, password, path: &std::path::Path| {
        bench.engine.export_credential(nip(), SANDBOX, Authentication, form, password, path.to_owned())
    };
    let weak = export(ExportForm::Pair, Some(password("krotkie")), &path).await;
    let Err(ExportError::Password(problems)) = weak else { panic!("{weak:?}") };
    assert!(problems.contains(&PasswordProblem::TooShort));
    let exported = export(ExportForm::Pair, None, &path).await.unwrap();
    let made = exported.password.unwrap();
    assert_eq!(exported.files.len(), 2);
    let again = export(ExportForm::Pair, None, &path).await;
    assert!(matches!(again, Err(ExportError::Exists(_))));
    let own = password("Tajne-Haslo-2026!");
    let container = folder.path().join("pojemnik");
    export(ExportForm::Container, Some(own.clone()), &container).await.unwrap();
    // Exposed to be handed to an independent program.
    openssl(&["pkey", "-in", &text(&exported.files[1]), "-passin", "env:HASLO", "-noout"], made.expose());
    openssl(&["x509", "-in", &text(&exported.files[0]), "-noout"], "");
    let container = folder.path().join("pojemnik.p12");
    openssl(&["pkcs12", "-in", &text(&container), "-passin", "env:HASLO", "-noout"], own.expose());
    private(&exported.files[1]);
    private(&container);
}

fn text(path: &std::path::Path) -> String {
    path.display().to_string()
}

#[expect(clippy::print_stdout, reason = "a person should see what was skipped")]
fn openssl(arguments: &[&str], password: &str) {
    let run = Command::new("openssl").args(arguments).env("HASLO", password).output();
    let Ok(run) = run else {
        println!("skipped: there is no openssl");
        return;
    };
    assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
}

#[cfg(unix)]
fn private(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[cfg(not(unix))]
fn private(_: &std::path::Path) {}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_go_over_all_companies() {
    let bench = Bench::instant().await;
    let now = bench.clock.now();
    let wanted = NewCertificate::for_owner(CertificateOwner::Company(nip())).valid(
        now - chrono::TimeDelta::days(1),
        now + chrono::TimeDelta::days(10) + chrono::TimeDelta::hours(1),
    );
    let made = bench.sim.control().make_certificate(wanted).unwrap();
    load(&bench.engine, nip(), &made, CertificateKind::Authentication).await;
    bench.sim.control().make_company(other(), "Druga").unwrap();
    bench.engine.add_company(other(), None, SANDBOX).unwrap();
    let token = bench.sim.control().make_token(other(), &[Permission::InvoiceWrite]).unwrap();
    bench.engine.paste_token(other(), SANDBOX, token.secret().clone()).await.unwrap();
    let reminders = bench.engine.reminders().unwrap();
    let certificate = reminders.iter().find(|found| found.company == nip()).unwrap();
    assert_eq!((certificate.due, certificate.days_left), (14, 10));
    let token = reminders.iter().find(|found| found.company == other());
    assert!(token.is_none_or(|found| found.only_way_in && found.slot == CredentialSlot::Token));
}
