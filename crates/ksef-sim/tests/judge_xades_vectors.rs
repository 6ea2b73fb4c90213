//! The shared signed documents, made by another library, and the shared credential files.

mod judge_common;

use std::collections::BTreeMap;

use judge_common::{
    Bench, NIP, Signer, assert_exception, assert_later, enveloped_template, has_xmlsec, sign,
};
use ksef_sim::judge::refusal::CertificateFault;
use ksef_sim::judge::xades::{CertificateOwner, Policy, SignatureForm, verify};
use ksef_types::ContextIdentifier;

#[test]
fn every_case_is_judged_as_its_list_says() {
    let Some(shared) = ksef_testkit::shared() else {
        eprintln!("skipped: no shared contract files");
        return;
    };
    let folder = shared.join("vectors/xades");
    let cases: BTreeMap<String, String> =
        serde_json::from_slice(&std::fs::read(folder.join("cases.json")).unwrap()).unwrap();
    let bench = Bench::new();
    assert!(!cases.is_empty());
    for (file, expected) in cases {
        let bytes = std::fs::read(folder.join(&file)).unwrap();
        for enforce_compliance in [false, true] {
            let policy = Policy { allow_self_signed: true, enforce_compliance, ..bench.policy() };
            let result = verify(&bytes, &policy);
            // The exclusive ones name no form for two references and hash them in the exclusive one, where the standard
            // means the inclusive: xmlsec1 refuses them. They are accepted with a warning, and not with strict checks.
            let unnamed_form = file.ends_with("-exclusive.xml");
            if unnamed_form && enforce_compliance {
                assert_exception(result, 9105);
            } else if expected == "valid" {
                let request = result.unwrap_or_else(|refusal| panic!("{file}: {refusal:?}"));
                assert_eq!(request.context, ContextIdentifier::Nip(NIP.parse().unwrap()), "{file}");
                assert_eq!(request.form, SignatureForm::Enveloped);
                assert_eq!(request.warning.is_some(), unnamed_form, "{file}");
                let owner = if file.contains("-ec-") {
                    CertificateOwner::Pesel("30112206276".parse().unwrap())
                } else {
                    CertificateOwner::Seal(NIP.parse().unwrap())
                };
                assert_eq!(request.certificate.owner, Some(owner), "{file}");
                assert!(!request.certificate.issued_here());
            } else if file.contains("wrapped") {
                assert!(result.is_err(), "{file}");
            } else {
                assert_exception(result, 9105);
            }
        }
    }
}

#[test]
fn self_signed_ones_are_foreign_where_only_the_authority_counts() {
    let Some(shared) = ksef_testkit::shared() else {
        eprintln!("skipped: no shared contract files");
        return;
    };
    let bytes = std::fs::read(shared.join("vectors/xades/uwierzytelnianie-ec-exclusive.xml")).unwrap();
    let bench = Bench::new();
    assert_exception(bench.verify(&bytes), 21115);
    let chain = Policy { allow_self_signed: true, verify_chain: true, ..bench.policy() };
    assert_later(verify(&bytes, &chain), CertificateFault::Untrusted);
}

#[test]
fn shared_credentials_authenticate_or_not_by_kind_strength_and_validity() {
    let Some(shared) = ksef_testkit::shared().filter(|_| has_xmlsec()) else {
        eprintln!("skipped: no shared contract files or no xmlsec1");
        return;
    };
    let bench = Bench::new();
    let policy = Policy { allow_self_signed: true, enforce_compliance: true, ..bench.policy() };
    let judge = |name: &str| {
        let signer = Signer::shared(&shared, name);
        verify(sign(&enveloped_template(&signer), &signer).as_bytes(), &policy)
    };
    for good in ["uwierzytelnianie-ec", "uwierzytelnianie-rsa", "inna-krzywa-ec384"] {
        let request = judge(good).unwrap_or_else(|refusal| panic!("{good}: {refusal:?}"));
        assert_eq!(request.warning, None);
    }
    for bad in ["offline-ec", "offline-rsa", "slaby-rsa1024"] {
        assert_exception(judge(bad), 21115);
    }
    assert_later(judge("wygasly-ec"), CertificateFault::NotValid);
}
