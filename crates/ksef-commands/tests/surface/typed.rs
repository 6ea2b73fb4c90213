//! What people type and paste: the token, the NIP, the serial number.

use std::sync::Arc;

use ksef_commands::views::{CredentialField, CredentialSlot, LoadTarget, OfflineCheckItem};
use ksef_commands::{NextStep, check_nip};
use ksef_sim::{CertificateKind, CertificateOwner, NewCertificate};
use ksef_testkit::ManualClock;
use ksef_types::SecretText;

use crate::bench::{Bench, NIP, assert_keeps, assert_told, moment, simulator, system_clock};

const SECRET: &str = "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef";
const REFERENCE: &str = "20261121-EC-0123456789-ABCDEF0123-4E";
const OTHER: &str = "1111111111";

fn token(context: &str) -> String {
    format!("{REFERENCE}|{context}|{SECRET}")
}

async fn bench() -> Bench {
    Bench::new(Arc::new(ManualClock::at(moment("2026-12-01T10:00:00Z")))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_in_any_white_space_is_saved() {
    let plain = token(&format!("nip-{NIP}"));
    for spelled in [
        plain.clone(),
        format!("  {plain}\r\n"),
        format!("\u{feff}{}\n{}\r\n\t{}", &plain[..20], &plain[20..60], &plain[60..]),
        format!("{}\u{a0}{}\u{200b}", &plain[..50], &plain[50..]),
        plain.chars().map(|character| format!("{character} ")).collect(),
    ] {
        let bench = bench().await;
        let pasted = bench.app.set_token(&bench.scope, SecretText::from(spelled)).await.unwrap();
        assert_eq!(pasted.nip.as_deref(), Some(NIP), "the company is read out of it");
        let view = pasted.credentials.token;
        assert!(view.saved && view.problem.is_none(), "{view:?}");
        assert_eq!(view.reference_number.as_deref(), Some(REFERENCE));
        let shown = serde_json::to_string(&bench.app.credentials(&bench.scope).await.unwrap()).unwrap();
        assert!(!shown.contains(SECRET), "the secret never comes back");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pasted_instead_of_a_token_is_told_apart() {
    let whole = token(&format!("nip-{NIP}"));
    let rows: Vec<(String, &str, NextStep, Option<&str>)> = vec![
        (String::new(), "token.empty", NextStep::PasteToken, None),
        (" \r\n\t ".to_owned(), "token.empty", NextStep::PasteToken, None),
        (SECRET.to_owned(), "token.version1", NextStep::RequestCertificate, None),
        (
            format!("{}\n{}", &SECRET[..40], &SECRET[40..]),
            "token.version1",
            NextStep::RequestCertificate,
            None,
        ),
        (token(&format!("nip-{OTHER}")), "token.otherCompany", NextStep::OpenCompany, Some(OTHER)),
        (token(&format!("internalId-{NIP}-00004")), "token.unit", NextStep::PasteToken, None),
        (token("nip-5265877636"), "token.context", NextStep::PasteToken, None),
        (whole[..whole.len() - 1].to_owned(), "token.clipped", NextStep::PasteToken, None),
        (whole[..60].to_owned(), "token.clipped", NextStep::PasteToken, None),
        (REFERENCE.to_owned(), "token.clipped", NextStep::PasteToken, None),
        (whole[1..].to_owned(), "token.clipped", NextStep::PasteToken, None),
        (whole[40..].to_owned(), "token.clipped", NextStep::PasteToken, None),
        ("Faktura nr 7 z dnia 21.11.2026".to_owned(), "token.somethingElse", NextStep::PasteToken, None),
        (NIP.to_owned(), "token.somethingElse", NextStep::PasteToken, None),
        (format!("{whole}z"), "token.somethingElse", NextStep::PasteToken, None),
        ("a|b|c".to_owned(), "token.somethingElse", NextStep::PasteToken, None),
        ("Kowalski|Jan|2026".to_owned(), "token.somethingElse", NextStep::PasteToken, None),
        ("ż".repeat(100_000), "token.somethingElse", NextStep::PasteToken, None),
    ];
    let bench = bench().await;
    for (text, code, next, nip) in rows {
        let pasted = bench.app.set_token(&bench.scope, SecretText::from(text.clone())).await.unwrap();
        let of = format!("{code}: {} characters", text.len());
        let problem = pasted.credentials.token.problem.unwrap_or_else(|| panic!("{of}"));
        assert_eq!((problem.code.as_str(), problem.next), (code, next), "{of}");
        assert_told(&problem, &of);
        assert_keeps(&problem, &[SECRET, &SECRET[..40], &SECRET[24..]], &of);
        if nip.is_some() {
            assert_eq!(pasted.nip.as_deref(), nip, "{of}");
        }
        assert!(!pasted.credentials.token.saved, "{of}");
    }
    // A good one takes the complaint away; removing it leaves nothing.
    let pasted = bench.app.set_token(&bench.scope, SecretText::from(whole)).await.unwrap();
    assert!(pasted.credentials.token.saved && pasted.credentials.token.problem.is_none());
    let view = bench.app.remove_credential(&bench.scope, CredentialSlot::Token).await.unwrap();
    assert!(!view.token.saved && view.token.reference_number.is_none());
}

#[test]
fn a_nip_in_any_spelling() {
    for spelled in [
        "5265877635",
        "526-587-76-35",
        "526 587 76 35",
        " PL5265877635 ",
        "pl 526-58-77-635",
        "526.587.76.35",
        "526–587–76–35",
        "5265877635\r\n",
        "526\u{a0}587\u{a0}76\u{a0}35",
    ] {
        assert_eq!(check_nip(spelled).as_deref(), Ok(NIP), "{spelled:?}");
    }
    for (spelled, code) in [
        ("", "nip.empty"),
        ("  ", "nip.empty"),
        ("526587763", "nip.length"),
        ("52658776350", "nip.length"),
        ("5265877636", "nip.checkDigit"),
        ("5265877653", "nip.checkDigit"),
        ("0000000000", "nip.checkDigit"),
        ("526587763O", "nip.character"),
        ("DE5265877635", "nip.character"),
    ] {
        let problem = check_nip(spelled).unwrap_err();
        assert_eq!((problem.code.as_str(), problem.next), (code, NextStep::CorrectField), "{spelled:?}");
        assert_told(&problem, spelled);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_serial_number_is_compared_with_the_certificate() {
    let sim = simulator().await;
    let bench = Bench::new(system_clock()).await;
    let owner = CertificateOwner::Company(NIP.parse().unwrap());
    let wanted = NewCertificate::for_owner(owner).of_kind(CertificateKind::Offline);
    let made = sim.control().make_certificate(wanted).unwrap();
    let files = vec![
        bench.file("offline.crt", made.crt.as_bytes()),
        // Exposed to be written as the portal's file, encrypted.
        bench.file("offline.key", made.key.expose().as_bytes()),
    ];
    let serial = made.serial.as_str().to_owned();
    let slot = ksef_commands::views::CertificateSlot::Offline;

    // Typed first, and wrong: the pair waits.
    bench.app.set_offline_serial(&bench.scope, "0123 4567 89AB CDEF").await.unwrap();
    bench.app.load_credential_files(&bench.scope, LoadTarget::Anywhere, files).await.unwrap();
    let view = bench.app.set_certificate_password(&bench.scope, slot, made.password).await.unwrap();
    let found = &view.offline.problems[0];
    assert_eq!(
        (found.field, found.problem.code.as_str()),
        (CredentialField::Serial, "credential.serialDiffers")
    );
    assert_eq!(
        (&*found.problem.values["certificate"], &*found.problem.values["typed"]),
        (&*serial, "0123456789ABCDEF")
    );
    assert!(!view.offline.saved);

    for (typed, code) in [
        (serial.clone(), None),
        (serial.to_lowercase(), None),
        (format!(" {} {} ", &serial[..8], &serial[8..]), None),
        (format!("0x{serial}"), None),
        (
            serial
                .as_bytes()
                .chunks(2)
                .map(|two| String::from_utf8_lossy(two).into_owned())
                .collect::<Vec<_>>()
                .join(":"),
            None,
        ),
        (String::new(), None),
        ("019A0CE840428FE7".to_owned(), Some("credential.serialDiffers")),
        ("numer: 7".to_owned(), Some("credential.serialMalformed")),
    ] {
        let view = bench.app.set_offline_serial(&bench.scope, &typed).await.unwrap();
        let problem = view.offline.problems.iter().find(|found| found.field == CredentialField::Serial);
        assert_eq!(problem.map(|found| found.problem.code.as_str()), code, "{typed:?}");
        assert!(view.offline.saved, "what is saved stays: {typed:?}");
        let check = bench.app.check_offline_certificate(&bench.scope).await.unwrap();
        assert_eq!(check.passed, code.is_none(), "{typed:?}: {check:?}");
        if let Some(found) = problem {
            assert_told(&found.problem, &typed);
            assert_eq!(found.problem.next, NextStep::CorrectField);
            let step = check.steps.iter().find(|step| step.what == OfflineCheckItem::Serial).unwrap();
            assert_eq!(step.problem.as_ref().map(|found| found.code.as_str()), code);
        }
    }
    sim.stop().await;
}
