//! The seal for trial: where it can be made, what it says, and that programs of others take it for what it is.

use std::process::Command;

use chrono::{Duration, Utc};
use ksef_crypto::signed_request::{SignerKind, read};
use ksef_crypto::trial::{TrialGround, make_seal};
use ksef_crypto::xades::{AuthTokenRequest, SubjectIdentifierType, sign};
use ksef_crypto::{Credential, KeyKind, OsRandomness, Owner, Purpose};
use ksef_types::{ContextIdentifier, Environment, Nip};

use crate::support::now;

fn nip() -> Nip {
    "5265877635".parse().unwrap()
}

fn seal(organisation: &str) -> Credential {
    let ground = TrialGround::of(Environment::Sandbox).unwrap();
    make_seal(ground, nip(), organisation, now(), &OsRandomness).unwrap()
}

#[test]
fn only_where_self_signed_certificates_are_taken() {
    let grounds = Environment::ALL.map(|environment| TrialGround::of(environment).is_some());
    assert_eq!(grounds, [false, false, true, true], "production, demo, test, sandbox");
}

#[test]
fn it_is_a_seal_of_the_company_for_a_day() {
    let made = seal("Zażółć Gęślą Sp. z o.o.");
    let certificate = made.certificate();
    assert_eq!(certificate.owner(), Owner::Seal(nip()));
    assert_eq!(certificate.subject_name(), "Podpis próbny 5265877635");
    assert_eq!(certificate.purpose(), Some(Purpose::Authentication));
    assert_eq!(certificate.key_kind(), KeyKind::P256);
    assert!(made.problems(Purpose::Authentication, now()).is_empty());
    assert_eq!(certificate.not_after() - now(), Duration::days(1));
    assert_ne!(seal("A").certificate().serial(), seal("A").certificate().serial());
}

#[test]
fn whatever_the_company_is_called() {
    for name in ["", "  ", "\u{7}\n", &"Ż".repeat(300), "A/B=C, +\"<>;", "日本"] {
        assert_eq!(seal(name).certificate().owner(), Owner::Seal(nip()), "{name:?}");
    }
}

#[test]
fn openssl_sees_a_self_signed_certificate_with_the_attributes_of_a_seal() {
    // The program judges by the machine's own clock.
    let ground = TrialGround::of(Environment::Test).unwrap();
    #[expect(clippy::disallowed_methods, reason = "openssl has no other clock")]
    let made = make_seal(ground, nip(), "Przykład sp. z o.o.", Utc::now(), &OsRandomness).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("certificate.pem");
    let pem = openssl::x509::X509::from_der(made.certificate().der()).unwrap().to_pem().unwrap();
    std::fs::write(&file, pem).unwrap();
    let openssl = |arguments: &[&str]| Command::new("openssl").args(arguments).arg(&file).output();
    let Ok(verified) = openssl(&["verify", "-check_ss_sig", "-CAfile", file.to_str().unwrap()]) else {
        println!("skipped: openssl is not installed");
        return;
    };
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let shown =
        openssl(&["x509", "-noout", "-subject", "-nameopt", "oneline,utf8,-esc_msb,oid", "-in"]).unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    for said in [
        "2.5.4.6 = PL",
        "2.5.4.10 = Przykład sp. z o.o.",
        "2.5.4.97 = VATPL-5265877635",
        "2.5.4.3 = Podpis próbny",
    ] {
        assert!(shown.contains(said), "{said} in {shown}");
    }
    assert!(!shown.contains("2.5.4.42") && !shown.contains("2.5.4.4 "), "no person: {shown}");
}

#[test]
fn what_it_signs_is_read_as_any_other_signed_request() {
    let request = AuthTokenRequest {
        challenge: "20261201-CR-461EA5B000-537A6BA15D-D7".parse().unwrap(),
        context: ContextIdentifier::Nip(nip()),
        subject: SubjectIdentifierType::CertificateSubject,
    };
    let signed = read(&sign(&request, &seal("Firma"), now()).unwrap()).unwrap();
    assert!(signed.answers(&request, now() + Duration::minutes(10), now()).is_ok());
    assert_eq!(signed.signer().kind, SignerKind::Seal);
}
