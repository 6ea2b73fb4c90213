//! Every credential file that people bring loads into its slot and is saved, or is refused in words of its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ksef_commands::NextStep;
use ksef_commands::views::{
    CertificateSlot, CertificateSlotView, CredentialField, CredentialsView, KeyState, LoadTarget,
};
use ksef_testkit::ManualClock;
use ksef_types::SecretText;

use crate::bench::{Bench, assert_keeps, assert_told, moment, sparse};

use CertificateSlot::{Authentication, Offline};
use CredentialField::{Certificate, Key, Password};

/// Of every encrypted file among the vectors.
const PASSWORD: &str = "Tajne-Haslo-2026!";
/// All vectors but the expired one are valid then.
const NOW: &str = "2026-12-01T10:00:00Z";

fn vectors() -> Option<PathBuf> {
    let folder = ksef_testkit::shared().map(|shared| shared.join("vectors/credentials"));
    if folder.is_none() {
        println!("skipped: the shared vectors are not here");
    }
    folder
}

fn secret(text: &str) -> SecretText {
    SecretText::from(text.to_owned())
}

async fn bench() -> Bench {
    Bench::new(Arc::new(ManualClock::at(moment(NOW)))).await
}

fn card(view: &CredentialsView, slot: CertificateSlot) -> &CertificateSlotView {
    match slot {
        Authentication => &view.authentication,
        Offline => &view.offline,
    }
}

fn codes(card: &CertificateSlotView) -> Vec<(CredentialField, &str)> {
    card.problems.iter().map(|found| (found.field, found.problem.code.as_str())).collect()
}

/// Every problem in the view says what to do and carries no password.
fn assert_speaks(view: &CredentialsView, of: &str) {
    let beside = [&view.authentication, &view.offline].into_iter().flat_map(|card| &card.problems);
    let problems = beside.map(|found| &found.problem).chain(view.unplaced.iter().map(|file| &file.problem));
    for problem in problems {
        assert_told(problem, of);
        assert_keeps(problem, &[PASSWORD], of);
        assert_ne!(problem.next, NextStep::ContactSupport, "{of}");
    }
}

/// How files come: by the button of each field, dropped on one card, or dropped anywhere.
#[derive(Debug, Clone, Copy)]
enum Way {
    Fields,
    Card,
    Anywhere,
}

impl Way {
    const ALL: [Self; 3] = [Self::Fields, Self::Card, Self::Anywhere];

    fn target(self, slot: CertificateSlot, field: CredentialField) -> LoadTarget {
        match (self, field) {
            (Self::Fields, Key) => LoadTarget::Key { slot },
            (Self::Fields, _) => LoadTarget::Certificate { slot },
            (Self::Card, _) => LoadTarget::Slot { slot },
            (Self::Anywhere, _) => LoadTarget::Anywhere,
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Outcome {
    /// Saved once the password is there: none and a wrong one are told apart.
    Encrypted,
    /// Saved at once.
    Open,
    /// The pair is read, and the certificate is refused with this.
    Unusable(&'static str, NextStep),
    /// Not a credential at all.
    Nothing(&'static str),
}

struct Row {
    file: &'static str,
    field: CredentialField,
    slot: CertificateSlot,
    /// The other half of the pair.
    beside: Option<&'static str>,
    outcome: Outcome,
}

const fn row(
    file: &'static str,
    field: CredentialField,
    slot: CertificateSlot,
    beside: &'static str,
    outcome: Outcome,
) -> Row {
    Row { file, field, slot, beside: Some(beside), outcome }
}

const fn alone(file: &'static str, field: CredentialField, outcome: Outcome) -> Row {
    Row { file, field, slot: Authentication, beside: None, outcome }
}

const EXPIRED: Outcome = Outcome::Unusable("credential.expired", NextStep::RequestCertificate);
const WEAK: Outcome = Outcome::Unusable("credential.tooWeak", NextStep::RequestCertificate);
const CURVE: Outcome = Outcome::Unusable("credential.unusedCurve", NextStep::RequestCertificate);

/// A row for each file of the folder.
const ROWS: [Row; 30] = {
    use Outcome::{Encrypted, Nothing, Open};
    [
        row("uwierzytelnianie-ec.crt", Certificate, Authentication, "uwierzytelnianie-ec.key", Encrypted),
        row("uwierzytelnianie-ec.bom.crt", Certificate, Authentication, "uwierzytelnianie-ec.key", Encrypted),
        row(
            "uwierzytelnianie-ec.crlf.crt",
            Certificate,
            Authentication,
            "uwierzytelnianie-ec.key",
            Encrypted,
        ),
        row("uwierzytelnianie-ec.der.crt", Certificate, Authentication, "uwierzytelnianie-ec.key", Encrypted),
        row(
            "uwierzytelnianie-ec.base64-bez-naglowkow.crt",
            Certificate,
            Authentication,
            "uwierzytelnianie-ec.key",
            Encrypted,
        ),
        row("uwierzytelnianie-ec.key", Key, Authentication, "uwierzytelnianie-ec.crt", Encrypted),
        row("uwierzytelnianie-ec.der.key", Key, Authentication, "uwierzytelnianie-ec.crt", Encrypted),
        row(
            "uwierzytelnianie-ec.sec1-szyfrowany.key",
            Key,
            Authentication,
            "uwierzytelnianie-ec.crt",
            Encrypted,
        ),
        alone("uwierzytelnianie-ec.razem.pem", Certificate, Encrypted),
        alone("uwierzytelnianie-ec.legacy-rc2.p12", Certificate, Encrypted),
        alone("uwierzytelnianie-rsa.p12", Key, Encrypted),
        row("uwierzytelnianie-rsa.crt", Certificate, Authentication, "uwierzytelnianie-rsa.key", Encrypted),
        row("uwierzytelnianie-rsa.key", Key, Authentication, "uwierzytelnianie-rsa.crt", Encrypted),
        row(
            "uwierzytelnianie-rsa.pkcs1-szyfrowany.key",
            Key,
            Authentication,
            "uwierzytelnianie-rsa.crt",
            Encrypted,
        ),
        row("offline-ec.crt", Certificate, Offline, "offline-ec.key", Encrypted),
        row("offline-ec.key", Key, Offline, "offline-ec.crt", Encrypted),
        row("offline-ec.unencrypted.key", Key, Offline, "offline-ec.crt", Open),
        row("offline-rsa.crt", Certificate, Offline, "offline-rsa.key", Encrypted),
        row("offline-rsa.key", Key, Offline, "offline-rsa.crt", Encrypted),
        row("offline-rsa.unencrypted.key", Key, Offline, "offline-rsa.crt", Open),
        row("wygasly-ec.crt", Certificate, Authentication, "wygasly-ec.key", EXPIRED),
        row("wygasly-ec.key", Key, Authentication, "wygasly-ec.crt", EXPIRED),
        row("slaby-rsa1024.crt", Certificate, Authentication, "slaby-rsa1024.key", WEAK),
        row("slaby-rsa1024.key", Key, Authentication, "slaby-rsa1024.crt", WEAK),
        row("inna-krzywa-ec384.crt", Certificate, Authentication, "inna-krzywa-ec384.key", CURVE),
        row("inna-krzywa-ec384.key", Key, Authentication, "inna-krzywa-ec384.crt", CURVE),
        alone("pusty.crt", Certificate, Nothing("credential.empty")),
        alone("smieci.key", Key, Nothing("credential.notACredential")),
        alone("uciety.key", Key, Nothing("credential.cutOff")),
        // The same random bytes under another name, at the other field.
        alone("smieci.key", Certificate, Nothing("credential.notACredential")),
    ]
};

#[tokio::test(flavor = "multi_thread")]
async fn every_file_of_the_vectors_has_its_outcome() {
    let Some(folder) = vectors() else { return };
    let there: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    let judged: BTreeSet<String> = ROWS.iter().map(|row| row.file.to_owned()).collect();
    assert_eq!(there, judged, "a row for each file");
    let rows = Way::ALL.into_iter().flat_map(|way| ROWS.iter().map(move |row| (way, row)));
    let works = rows.map(|(way, row)| tokio::spawn(judge(folder.clone(), way, row)));
    for work in works.collect::<Vec<_>>() {
        work.await.unwrap();
    }
}

async fn judge(folder: PathBuf, way: Way, row: &'static Row) {
    let of = format!("{} by {way:?}", row.file);
    let bench = bench().await;
    if let Outcome::Nothing(code) = row.outcome {
        return is_nothing(&bench, &folder, way, row, code, &of).await;
    }
    let view = load(&bench, &folder, way, row).await;
    assert!(view.unplaced.is_empty(), "{of}: {:?}", view.unplaced);
    let view = match row.outcome {
        Outcome::Open => view,
        _ => open(&bench, view, row, &of).await,
    };
    assert_speaks(&view, &of);
    let found = card(&view, row.slot);
    match row.outcome {
        Outcome::Unusable(code, next) => {
            assert!(!found.saved, "{of}");
            assert_eq!(codes(found), [(Certificate, code)], "{of}");
            assert_eq!(found.problems[0].problem.next, next, "{of}");
        }
        _ => {
            assert!(found.saved, "{of}: {:?}", found.problems);
            assert_eq!((found.key, codes(found)), (KeyState::Saved, vec![]), "{of}");
            let certificate = found.certificate.as_ref().unwrap();
            assert_eq!(certificate.purpose, Some(row.slot), "{of}");
        }
    }
    let other = card(&view, if row.slot == Offline { Authentication } else { Offline });
    assert!(!other.saved && other.certificate.is_none(), "{of}: the other slot stays empty");
}

async fn load(bench: &Bench, folder: &Path, way: Way, row: &Row) -> CredentialsView {
    let load = async |field, files: Vec<PathBuf>| {
        let target = way.target(row.slot, field);
        bench.app.load_credential_files(&bench.scope, target, files).await.unwrap()
    };
    let file = folder.join(row.file);
    let Some(beside) = row.beside.map(|name| folder.join(name)) else {
        return load(row.field, vec![file]).await;
    };
    match way {
        Way::Fields => {
            load(row.field, vec![file]).await;
            load(if row.field == Key { Certificate } else { Key }, vec![beside]).await
        }
        Way::Card | Way::Anywhere => load(row.field, vec![file, beside]).await,
    }
}

/// No password, a wrong one, the right one.
async fn open(bench: &Bench, closed: CredentialsView, row: &Row, of: &str) -> CredentialsView {
    let set =
        async |text| bench.app.set_certificate_password(&bench.scope, row.slot, secret(text)).await.unwrap();
    let wrong = set("nie-to-haslo-2026").await;
    for (view, code) in [(&closed, "credential.passwordMissing"), (&wrong, "credential.wrongPassword")] {
        assert_speaks(view, of);
        let found = card(view, row.slot);
        assert_eq!((found.saved, found.key), (false, KeyState::NeedsPassword), "{of}");
        assert!(codes(found).contains(&(Password, code)), "{of}: {:?}", codes(found));
        let asked = found.problems.iter().find(|problem| problem.field == Password).unwrap();
        assert_eq!(asked.problem.next, NextStep::EnterPassword, "{of}");
    }
    set(PASSWORD).await
}

async fn is_nothing(bench: &Bench, folder: &Path, way: Way, row: &Row, code: &str, of: &str) {
    let target = way.target(row.slot, row.field);
    // The third of them is dropped under the name that its field expects.
    let ending = if row.field == Key { "key" } else { "crt" };
    let bytes = std::fs::read(folder.join(row.file)).unwrap();
    let file = bench.file(&format!("certyfikat.{ending}"), &bytes);
    let view = bench.app.load_credential_files(&bench.scope, target, vec![file]).await.unwrap();
    assert_speaks(&view, of);
    let found = card(&view, row.slot);
    assert!(!found.saved && found.certificate.is_none() && found.key == KeyState::Missing, "{of}");
    match way {
        Way::Anywhere => {
            let unplaced: Vec<_> = view.unplaced.iter().map(|file| file.problem.code.as_str()).collect();
            assert_eq!(unplaced, [code], "{of}");
        }
        Way::Fields | Way::Card => assert_eq!(codes(found), [(row.field, code)], "{of}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_do_not_fit_are_told_apart() {
    let Some(folder) = vectors() else { return };
    let slot = |slot| LoadTarget::Slot { slot };
    let certificate = |slot| LoadTarget::Certificate { slot };
    let key = |slot| LoadTarget::Key { slot };
    for (target, files, place, field, code, next) in [
        // Key and certificate of different pairs, of one kind of key and of two.
        (
            slot(Offline),
            &["offline-ec.crt", "uwierzytelnianie-ec.key"][..],
            Offline,
            Key,
            "credential.notAPair",
            NextStep::ChooseFile,
        ),
        (
            slot(Authentication),
            &["uwierzytelnianie-rsa.crt", "uwierzytelnianie-ec.key"],
            Authentication,
            Key,
            "credential.notAPair",
            NextStep::ChooseFile,
        ),
        // Swapped.
        (
            certificate(Authentication),
            &["uwierzytelnianie-ec.key"],
            Authentication,
            Certificate,
            "credential.keyInCertificateField",
            NextStep::ChooseFile,
        ),
        (
            key(Authentication),
            &["uwierzytelnianie-ec.crt"],
            Authentication,
            Key,
            "credential.certificateInKeyField",
            NextStep::ChooseFile,
        ),
        (
            certificate(Offline),
            &["offline-rsa.unencrypted.key"],
            Offline,
            Certificate,
            "credential.keyInCertificateField",
            NextStep::ChooseFile,
        ),
        (
            key(Offline),
            &["offline-rsa.crt"],
            Offline,
            Key,
            "credential.certificateInKeyField",
            NextStep::ChooseFile,
        ),
        // The other kind than asked for.
        (
            slot(Authentication),
            &["offline-ec.crt", "offline-ec.key"],
            Authentication,
            Certificate,
            "credential.offlineForAuthentication",
            NextStep::ChooseFile,
        ),
        (
            slot(Offline),
            &["uwierzytelnianie-ec.crt", "uwierzytelnianie-ec.key"],
            Offline,
            Certificate,
            "credential.authenticationForOffline",
            NextStep::ChooseFile,
        ),
        (
            slot(Offline),
            &["uwierzytelnianie-rsa.p12"],
            Offline,
            Certificate,
            "credential.authenticationForOffline",
            NextStep::ChooseFile,
        ),
        // Two of a sort: which is meant?
        (
            slot(Authentication),
            &["uwierzytelnianie-ec.crt", "uwierzytelnianie-rsa.crt"],
            Authentication,
            Certificate,
            "credential.ambiguous",
            NextStep::ChooseFile,
        ),
        (
            slot(Authentication),
            &["uwierzytelnianie-ec.key", "uwierzytelnianie-rsa.key"],
            Authentication,
            Key,
            "credential.ambiguous",
            NextStep::ChooseFile,
        ),
    ] {
        let of = format!("{files:?} into {target:?}");
        let bench = bench().await;
        let paths = files.iter().map(|name| folder.join(name)).collect();
        bench.app.load_credential_files(&bench.scope, target, paths).await.unwrap();
        let set = bench.app.set_certificate_password(&bench.scope, place, secret(PASSWORD)).await;
        let view = set.unwrap();
        assert_speaks(&view, &of);
        assert!(!card(&view, place).saved, "{of}");
        assert_eq!(codes(card(&view, place)), [(field, code)], "{of}");
        assert_eq!(card(&view, place).problems[0].problem.next, next, "{of}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_swapped_is_mended_by_choosing_again() {
    let Some(folder) = vectors() else { return };
    let bench = bench().await;
    let slot = Authentication;
    let load = async |target, name: &str| {
        bench.app.load_credential_files(&bench.scope, target, vec![folder.join(name)]).await.unwrap()
    };
    load(LoadTarget::Certificate { slot }, "uwierzytelnianie-ec.key").await;
    load(LoadTarget::Key { slot }, "uwierzytelnianie-ec.crt").await;
    load(LoadTarget::Certificate { slot }, "uwierzytelnianie-ec.crt").await;
    load(LoadTarget::Key { slot }, "uwierzytelnianie-ec.key").await;
    let view = bench.app.set_certificate_password(&bench.scope, slot, secret(PASSWORD)).await.unwrap();
    assert!(view.authentication.saved, "{:?}", view.authentication.problems);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_pairs_dropped_at_once_go_where_they_belong() {
    let Some(folder) = vectors() else { return };
    let bench = bench().await;
    let names = ["offline-rsa.key", "uwierzytelnianie-ec.crt", "offline-rsa.crt", "uwierzytelnianie-ec.key"];
    let paths = names.map(|name| folder.join(name)).to_vec();
    bench.app.load_credential_files(&bench.scope, LoadTarget::Anywhere, paths).await.unwrap();
    for slot in [Authentication, Offline] {
        bench.app.set_certificate_password(&bench.scope, slot, secret(PASSWORD)).await.unwrap();
    }
    let view = bench.app.credentials(&bench.scope).await.unwrap();
    assert_eq!(view.authentication.certificate.unwrap().key, "P-256");
    assert_eq!(view.offline.certificate.unwrap().key, "RSA 2048");
    assert!(view.authentication.saved && view.offline.saved && view.unplaced.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_tomorrow_is_not_yet_valid() {
    let Some(folder) = vectors() else { return };
    let clock = Arc::new(ManualClock::at(moment("2026-11-20T10:00:00Z")));
    let bench = Bench::new(clock.clone()).await;
    let files = ["uwierzytelnianie-ec.crt", "uwierzytelnianie-ec.key"].map(|name| folder.join(name));
    let target = LoadTarget::Anywhere;
    bench.app.load_credential_files(&bench.scope, target, files.to_vec()).await.unwrap();
    let password = async || {
        let set = bench.app.set_certificate_password(&bench.scope, Authentication, secret(PASSWORD));
        set.await.unwrap()
    };
    let view = password().await;
    assert_speaks(&view, "not yet valid");
    assert_eq!(codes(&view.authentication), [(Certificate, "credential.notYetValid")]);
    let problem = &view.authentication.problems[0].problem;
    assert_eq!((problem.next, problem.values["date"].as_str()), (NextStep::SetClock, "2026-11-21"));
    assert!(!view.authentication.saved);
    // The clock is set right: the same files and the same password do.
    clock.set(moment(NOW));
    assert!(password().await.authentication.saved);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_named_and_the_rest_loads() {
    let bench = bench().await;
    let folder = bench.folder.path();
    let huge = folder.join("film.crt");
    sparse(&huge, 100 * 1024 * 1024);
    let large = folder.join("skan.key");
    sparse(&large, 3 * 1024 * 1024);
    std::fs::create_dir(folder.join("Certyfikaty")).unwrap();
    for (path, code) in [
        (folder.join("Certyfikaty"), "file.folder"),
        (huge, "file.tooLarge"),
        (folder.join("nie ma go.crt"), "file.notFound"),
        (large, "credential.tooLarge"),
        (bench.file("strona.crt", b"<!DOCTYPE html><html><body>Zaloguj</body></html>"), "credential.webPage"),
        (bench.file("token.txt", token_file().as_bytes()), "credential.tokenInFile"),
    ] {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let load = bench.app.load_credential_files(&bench.scope, LoadTarget::Anywhere, vec![path]).await;
        let view = load.unwrap();
        assert_speaks(&view, code);
        let found: Vec<_> =
            view.unplaced.iter().map(|file| (&*file.file_name, &*file.problem.code)).collect();
        assert_eq!(found, [(name.as_str(), code)]);
        assert!(!view.authentication.saved && !view.offline.saved);
    }
}

fn token_file() -> String {
    format!("20261121-EC-0123456789-ABCDEF0123-4E|nip-{}|{}", crate::bench::NIP, "0123456789abcdef".repeat(4))
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn no_permission_to_read() {
    use std::os::unix::fs::PermissionsExt;
    let bench = bench().await;
    let path = bench.file("cudzy.key", b"abc");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::File::open(&path).is_ok() {
        println!("skipped: the superuser may read everything");
        return;
    }
    let load = bench.app.load_credential_files(&bench.scope, LoadTarget::Anywhere, vec![path]).await;
    let view = load.unwrap();
    assert_speaks(&view, "no permission");
    assert_eq!(view.unplaced[0].problem.code, "file.noPermission");
}

#[tokio::test(flavor = "multi_thread")]
async fn polish_letters_and_spaces_in_the_path() {
    let Some(folder) = vectors() else { return };
    let bench = bench().await;
    let copy = |from: &str, to: &str| {
        let bytes = std::fs::read(folder.join(from)).unwrap();
        bench.file(&format!("Żółta łódź i spółka/Pobrane pliki/{to}"), &bytes)
    };
    let files =
        vec![copy("offline-ec.crt", "Mój certyfikat ąę.crt"), copy("offline-ec.key", "klucz źrebięcia.KEY")];
    bench.app.load_credential_files(&bench.scope, LoadTarget::Anywhere, files).await.unwrap();
    let view = bench.app.set_certificate_password(&bench.scope, Offline, secret(PASSWORD)).await.unwrap();
    assert!(view.offline.saved, "{:?}", view.offline.problems);
}
