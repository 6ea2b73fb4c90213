//! What people bring as credentials, through the engine's doors.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests stop at what should not be, and say so"
)]

mod common;

use std::path::PathBuf;

use common::{Bench, SANDBOX, nip, password, picked};
use ksef_engine::{
    CertificateOverview, CertificateSlot, CredentialField, CredentialProblem, CredentialSlot,
    CredentialsOverview, Engine, KeyState, LoadTarget, OfflineCheckItem, TokenProblem, read_picked,
};
use ksef_sim::{CertificateKind, KeyAlgorithm, Permission};
use ksef_types::{Environment, InvalidToken, SecretText};

use CertificateSlot::{Authentication, Offline};

/// Of every encrypted file among the vectors.
const PASSWORD: &str = "Tajne-Haslo-2026!";

fn vectors() -> Option<PathBuf> {
    let folder = ksef_testkit::shared().map(|shared| shared.join("vectors/credentials"));
    if folder.is_none() {
        println!("skipped: the shared vectors are not here");
    }
    folder
}

fn card(overview: &CredentialsOverview, slot: CertificateSlot) -> &CertificateOverview {
    match slot {
        Authentication => &overview.authentication,
        Offline => &overview.offline,
    }
}

fn problems(card: &CertificateOverview) -> Vec<(CredentialField, CredentialProblem)> {
    card.problems.iter().map(|found| (found.field, found.problem.clone())).collect()
}

async fn load(engine: &Engine, target: LoadTarget, paths: &[PathBuf]) -> CredentialsOverview {
    let files = paths.iter().map(|path| read_picked(path).unwrap()).collect();
    engine.load_files(nip(), SANDBOX, target, files).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_shape_of_a_pair_is_saved() {
    let Some(folder) = vectors() else { return };
    for (slot, files) in [
        (Authentication, &["uwierzytelnianie-ec.key", "uwierzytelnianie-ec.crt"][..]),
        (Authentication, &["uwierzytelnianie-ec.bom.crt", "uwierzytelnianie-ec.key"]),
        (Authentication, &["uwierzytelnianie-ec.crlf.crt", "uwierzytelnianie-ec.der.key"]),
        (Authentication, &["uwierzytelnianie-ec.der.crt", "uwierzytelnianie-ec.sec1-szyfrowany.key"]),
        (Authentication, &["uwierzytelnianie-ec.base64-bez-naglowkow.crt", "uwierzytelnianie-ec.key"]),
        (Authentication, &["uwierzytelnianie-ec.razem.pem"]),
        (Authentication, &["uwierzytelnianie-rsa.crt", "uwierzytelnianie-rsa.key"]),
        (Authentication, &["uwierzytelnianie-rsa.pkcs1-szyfrowany.key", "uwierzytelnianie-rsa.crt"]),
        (Authentication, &["uwierzytelnianie-rsa.p12"]),
        (Offline, &["offline-ec.key", "offline-ec.crt"]),
        (Offline, &["offline-rsa.crt", "offline-rsa.key"]),
        (Offline, &["offline-ec.crt", "offline-ec.unencrypted.key"]),
        (Offline, &["offline-rsa.unencrypted.key", "offline-rsa.crt"]),
    ] {
        let bench = Bench::new().await;
        let paths: Vec<PathBuf> = files.iter().map(|name| folder.join(name)).collect();
        let overview = load(&bench.engine, LoadTarget::Anywhere, &paths).await;
        assert_eq!(overview.unplaced, [], "{files:?}");
        if !card(&overview, slot).saved {
            assert_eq!(card(&overview, slot).key, KeyState::NeedsPassword, "{files:?}");
            let missing = (CredentialField::Password, CredentialProblem::PasswordMissing);
            assert!(problems(card(&overview, slot)).contains(&missing), "{files:?}");
            let wrong = bench.engine.set_password(nip(), SANDBOX, slot, password("zle haslo")).await.unwrap();
            let expected = (CredentialField::Password, CredentialProblem::WrongPassword);
            assert!(
                problems(card(&wrong, slot)).contains(&expected),
                "{files:?}: {:?}",
                problems(card(&wrong, slot))
            );
        }
        let overview = bench.engine.set_password(nip(), SANDBOX, slot, password(PASSWORD)).await.unwrap();
        assert!(card(&overview, slot).saved, "{files:?}: {:?}", problems(card(&overview, slot)));
        assert_eq!(card(&overview, slot).key, KeyState::Saved, "{files:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_pairs_dropped_at_once_are_sorted_out() {
    let Some(folder) = vectors() else { return };
    let bench = Bench::new().await;
    let names = ["offline-ec.key", "uwierzytelnianie-rsa.crt", "offline-ec.crt", "uwierzytelnianie-rsa.key"];
    let paths = names.map(|name| folder.join(name));
    load(&bench.engine, LoadTarget::Anywhere, &paths).await;
    for slot in [Authentication, Offline] {
        let overview = bench.engine.set_password(nip(), SANDBOX, slot, password(PASSWORD)).await.unwrap();
        assert!(card(&overview, slot).saved, "{slot:?}: {:?}", problems(card(&overview, slot)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_credential_says_so_beside_its_field() {
    let Some(folder) = vectors() else { return };
    for (name, target, expected) in [
        ("pusty.crt", LoadTarget::Certificate(Authentication), CredentialProblem::Empty),
        ("uciety.key", LoadTarget::Key(Authentication), CredentialProblem::CutOff),
        ("smieci.key", LoadTarget::Key(Authentication), CredentialProblem::NotACredential),
    ] {
        let bench = Bench::new().await;
        let overview = load(&bench.engine, target, &[folder.join(name)]).await;
        let found = problems(&overview.authentication);
        assert!(found.iter().any(|(_, problem)| *problem == expected), "{name}: {found:?}");
        assert!(!overview.authentication.saved);
        let dropped = load(&bench.engine, LoadTarget::Anywhere, &[folder.join(name)]).await;
        assert_eq!(dropped.unplaced, [(name.to_owned(), expected)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_that_ksef_would_not_take_is_not_saved() {
    let Some(folder) = vectors() else { return };
    for (stem, expected) in [
        ("wygasly-ec", "Expired"),
        ("slaby-rsa1024", "TooWeak(1024)"),
        ("inna-krzywa-ec384", "UnusedCurve(\"secp384r1\")"),
    ] {
        let bench = Bench::new().await;
        // After the day on which the expired one was valid.
        bench.clock.advance(chrono::TimeDelta::days(2));
        let paths = [folder.join(format!("{stem}.crt")), folder.join(format!("{stem}.key"))];
        load(&bench.engine, LoadTarget::Slot(Authentication), &paths).await;
        let overview =
            bench.engine.set_password(nip(), SANDBOX, Authentication, password(PASSWORD)).await.unwrap();
        let found = format!("{:?}", problems(&overview.authentication));
        assert!(found.contains(expected), "{stem}: {found}");
        assert!(!overview.authentication.saved, "{stem}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn swapped_files_and_wrong_kinds_are_told_apart() {
    let bench = Bench::new().await;
    let make = |kind, key| {
        let owner = ksef_sim::CertificateOwner::Company(nip());
        let wanted = ksef_sim::NewCertificate::for_owner(owner).of_kind(kind).with_key(key);
        bench.sim.control().make_certificate(wanted).unwrap()
    };
    let offline = make(CertificateKind::Offline, KeyAlgorithm::P256);
    let other = make(CertificateKind::Authentication, KeyAlgorithm::P256);
    let load = async |target, name: &str, bytes: &str| {
        bench.engine.load_files(nip(), SANDBOX, target, vec![picked(name, bytes.as_bytes())]).await.unwrap()
    };
    let overview = load(LoadTarget::Certificate(Authentication), "a.key", other.key.expose()).await;
    assert_eq!(
        problems(&overview.authentication),
        [(CredentialField::Certificate, CredentialProblem::KeyInCertificateField)]
    );
    let overview = load(LoadTarget::Key(Authentication), "a.crt", &other.crt).await;
    assert!(
        problems(&overview.authentication)
            .contains(&(CredentialField::Key, CredentialProblem::CertificateInKeyField))
    );
    bench.engine.discard_draft(nip(), SANDBOX, CredentialSlot::Authentication);
    // The kind Offline where authentication is asked.
    load(LoadTarget::Certificate(Authentication), "b.crt", &offline.crt).await;
    load(LoadTarget::Key(Authentication), "b.key", offline.key.expose()).await;
    let overview =
        bench.engine.set_password(nip(), SANDBOX, Authentication, offline.password.clone()).await.unwrap();
    assert_eq!(
        problems(&overview.authentication),
        [(CredentialField::Certificate, CredentialProblem::OfflineForAuthentication)]
    );
    assert!(!overview.authentication.saved);
    // A key of another certificate.
    load(LoadTarget::Certificate(Authentication), "a.crt", &other.crt).await;
    let overview =
        bench.engine.set_password(nip(), SANDBOX, Authentication, offline.password.clone()).await.unwrap();
    assert_eq!(problems(&overview.authentication), [(CredentialField::Key, CredentialProblem::NotAPair)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_offline_certificate_is_compared_and_really_tried() {
    let bench = Bench::new().await;
    let missing = bench.engine.check_offline(nip(), SANDBOX).await.unwrap();
    assert!(!missing.passed());
    assert_eq!(missing.steps[0].problem, Some(CredentialProblem::Missing));
    for key in [KeyAlgorithm::P256, KeyAlgorithm::Rsa2048] {
        bench.load(CertificateKind::Offline, key).await;
        let check = bench.engine.check_offline(nip(), SANDBOX).await.unwrap();
        assert!(check.passed(), "{check:?}");
        assert_eq!(check.steps.last().unwrap().item, OfflineCheckItem::Signature);
    }
    let overview = bench.engine.set_serial(nip(), SANDBOX, "01 23 45 67 89 ab cd ef").await.unwrap();
    let found = problems(&overview.offline);
    assert!(
        matches!(&found[..], [(CredentialField::Serial, CredentialProblem::SerialDiffers { .. })]),
        "{found:?}"
    );
    assert!(!bench.engine.check_offline(nip(), SANDBOX).await.unwrap().passed());
    let serial = overview.offline.certificate.unwrap().serial.to_string().to_lowercase();
    let overview = bench.engine.set_serial(nip(), SANDBOX, &serial).await.unwrap();
    assert_eq!(problems(&overview.offline), []);
    assert!(bench.engine.check_offline(nip(), SANDBOX).await.unwrap().passed());
    let overview = bench.engine.remove_credential(nip(), SANDBOX, CredentialSlot::Offline).await.unwrap();
    assert!(!overview.offline.saved && overview.offline.certificate.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_token_is_recognised() {
    let bench = Bench::new().await;
    let token = bench.make_token();
    // Exposed to be pasted with what mail programs add.
    let broken = token.secret().expose().replace('|', " |\r\n");
    let pasted = bench.engine.paste_token(nip(), SANDBOX, SecretText::from(broken)).await.unwrap();
    assert_eq!(pasted.nip, Some(nip()));
    assert!(pasted.overview.token.saved);
    assert_eq!(pasted.overview.token.reference_number.as_ref(), Some(token.reference_number()));
    assert_eq!(Engine::company_of_token(token.secret()), Ok(nip()));
    // Of another company: the saved one stays.
    let other = "1111111111".parse().unwrap();
    bench.sim.control().make_company(other, "Inna").unwrap();
    let foreign = bench.sim.control().make_token(other, &[Permission::InvoiceRead]).unwrap();
    let pasted = bench.engine.paste_token(nip(), SANDBOX, foreign.secret().clone()).await.unwrap();
    assert_eq!(pasted.overview.token.problem, Some(TokenProblem::OtherCompany(other)));
    assert_eq!(pasted.overview.token.reference_number.as_ref(), Some(token.reference_number()));
    for (text, expected) in [
        ("a".repeat(64), InvalidToken::Version1),
        (token.secret().expose()[..60].to_owned(), InvalidToken::Clipped),
        ("Ala ma kota".to_owned(), InvalidToken::SomethingElse),
    ] {
        let pasted = bench.engine.paste_token(nip(), SANDBOX, SecretText::from(text)).await.unwrap();
        assert_eq!(pasted.overview.token.problem, Some(TokenProblem::Invalid(expected)));
    }
}

/// "Dodaj firmę" reads the NIP out of a token, in whatever it was pasted with, and keeps nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_token_tells_its_company() {
    let bench = Bench::new().await;
    let token = bench.make_token();
    assert_eq!(Engine::company_of_token(token.secret()), Ok(nip()));
    let nothing = SecretText::from("   ".to_owned());
    assert!(matches!(Engine::company_of_token(&nothing), Err(TokenProblem::Invalid(InvalidToken::Empty))));
    assert!(!bench.engine.credentials(nip(), SANDBOX).await.unwrap().token.saved);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_company_has_no_secrets_and_keeps_its_invoices() {
    let bench = Bench::new().await.with_token().await.with_certificate(KeyAlgorithm::P256).await;
    let id = bench.queue("FV/1");
    bench.engine.remove_company(nip()).await.unwrap();
    assert!(bench.engine.companies().unwrap().is_empty());
    bench.engine.add_company(nip(), None, Environment::Sandbox).unwrap();
    let overview = bench.engine.credentials(nip(), SANDBOX).await.unwrap();
    assert!(!overview.token.saved && !overview.authentication.saved);
    assert_eq!(bench.sale(id).invoice.number, "FV/1");
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_do_not_cross_environments() {
    let bench = Bench::new().await.with_token().await;
    let overview = bench.engine.credentials(nip(), Environment::Production).await.unwrap();
    assert!(!overview.token.saved);
}
