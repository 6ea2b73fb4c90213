//! Files that people bring back: signed by programs of others, and everything that they bring instead.

use chrono::{DateTime, Duration, Utc};
use ksef_crypto::Owner;
use ksef_crypto::signed_request::{
    MAX_BYTES, SignatureForm, SignedRequest, SignedRequestProblem as Problem, SignerKind, check, read,
};
use ksef_crypto::xades::{AuthTokenRequest, SubjectIdentifierType, sign};
use ksef_testkit::{ExternalForm, ExternalKey, ExternalSigner, ExternalStyle};
use ksef_types::{ContextIdentifier, ContextKind};
use proptest::prelude::*;

use crate::support::{self, Usage, ec_key, name, now, rsa_key, shared};

const PERSON: &str = "/C=PL/CN=Jan Testowy/GN=Jan/SN=Testowy/serialNumber=PNOPL-30112206276";
const TIME: &str = "2026-12-01T11:59:00Z";

fn ours() -> AuthTokenRequest {
    AuthTokenRequest {
        challenge: "20261201-CR-461EA5B000-537A6BA15D-D7".parse().unwrap(),
        context: ContextIdentifier::Nip("5265877635".parse().unwrap()),
        subject: SubjectIdentifierType::CertificateSubject,
    }
}

fn expires_at() -> DateTime<Utc> {
    now() + Duration::minutes(10)
}

fn judge(bytes: &[u8]) -> Result<SignedRequest, Problem> {
    check(bytes, &ours(), expires_at(), now())
}

fn person() -> Option<ExternalSigner> {
    ExternalSigner::new(PERSON, ExternalKey::P256)
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn what_other_programs_sign_is_taken_unchanged() {
    let styles = [
        ExternalStyle::default(),
        ExternalStyle { inclusive: true, ..Default::default() },
        ExternalStyle { xpath: true, ..Default::default() },
        ExternalStyle { form: ExternalForm::Enveloping, ..Default::default() },
        ExternalStyle { form: ExternalForm::Enveloping, inclusive: true, ..Default::default() },
        ExternalStyle { form: ExternalForm::EnvelopingBase64, ..Default::default() },
    ];
    for key in [ExternalKey::P256, ExternalKey::Rsa(2048)] {
        let Some(signer) = ExternalSigner::new(PERSON, key) else { return };
        for style in &styles {
            let file = signer.sign(&ours().to_xml(), TIME, style);
            let signed = judge(&file).unwrap_or_else(|problem| panic!("{style:?}: {problem}"));
            assert_eq!(signed.document(), file);
            let enveloped = style.form == ExternalForm::Enveloped;
            assert_eq!(signed.form() == SignatureForm::Enveloped, enveloped);
            assert_eq!(
                (signed.signer().kind, signed.signer().name.as_str()),
                (SignerKind::Person, "Jan Testowy")
            );
            assert!(
                matches!(signed.signer().owner(), Owner::PersonByPesel(pesel) if pesel.to_string() == "30112206276")
            );
        }
    }
}

#[test]
fn a_seal_and_a_certificate_that_names_nobody() {
    for (subject, kind) in [
        ("/C=PL/O=Firma/CN=Firma/2.5.4.97=VATPL-5265877635", SignerKind::Seal),
        ("/C=DE/CN=Hans Beispiel/GN=Hans/SN=Beispiel", SignerKind::Unknown),
        // A firm's identifier beside a person's name is no seal.
        ("/C=PL/O=Firma/CN=Firma/2.5.4.97=VATPL-5265877635/GN=Jan/SN=Testowy", SignerKind::Unknown),
    ] {
        let Some(signer) = ExternalSigner::new(subject, ExternalKey::P256) else { return };
        let signed = read(&signer.sign(&ours().to_xml(), TIME, &ExternalStyle::default())).unwrap();
        assert_eq!(signed.signer().kind, kind);
    }
}

#[test]
fn who_has_no_number_is_known_by_the_fingerprint_only() {
    let subject = "/C=DE/CN=Hans Beispiel/GN=Hans/SN=Beispiel";
    let Some(hans) = ExternalSigner::new(subject, ExternalKey::P256) else { return };
    let signed = |request: &AuthTokenRequest| hans.sign(&request.to_xml(), TIME, &ExternalStyle::default());
    let file = signed(&ours());
    let fingerprint = read(&file).unwrap().signer().certificate.fingerprint().into();
    assert_eq!(judge(&file), Err(Problem::Nameless { fingerprint }));
    // That is told before the time, which a new request would cost in vain.
    assert_eq!(check(&file, &ours(), now(), now()), Err(Problem::Nameless { fingerprint }));
    let asked = AuthTokenRequest { subject: SubjectIdentifierType::CertificateFingerprint, ..ours() };
    let taken = check(&signed(&asked), &asked, expires_at(), now()).unwrap();
    assert_eq!(taken.subject(), SubjectIdentifierType::CertificateFingerprint);
    assert_eq!(check(&file, &asked, expires_at(), now()), Err(Problem::OtherRequest));
    // A provider of Peppol services is known by its own identifier.
    let provider = AuthTokenRequest {
        context: ContextIdentifier::parse(ContextKind::PeppolId, "PPL123456").unwrap(),
        ..ours()
    };
    assert!(check(&signed(&provider), &provider, expires_at(), now()).is_ok());
}

#[test]
fn profil_zaufany_names_the_person_in_the_signature() {
    let Some(signer) = ExternalSigner::new("/C=PL/O=Ministerstwo/CN=Podpis zaufany", ExternalKey::Rsa(2048))
    else {
        return;
    };
    let role = "<ppZP:PodpisZP xmlns:ppZP=\"http://crd.gov.pl/xml/schematy/ppzp/\" \
                xmlns:os=\"http://crd.gov.pl/xml/schematy/osoba/2009/11/16/\"><ppZP:DaneZP><ppZP:DaneZPOsobyFizycznej>\
                <os:Nazwisko rodzajCzlonu=\"pierwszy\">ŻÓŁĆ</os:Nazwisko><os:Imie>ANNA</os:Imie>\
                <os:PESEL>30112206276</os:PESEL></ppZP:DaneZPOsobyFizycznej></ppZP:DaneZP></ppZP:PodpisZP>";
    let style = ExternalStyle { claimed_role: Some(role.to_owned()), inclusive: true, ..Default::default() };
    let file = signer.sign(&ours().to_xml(), TIME, &style);
    let signed = judge(&file).unwrap();
    assert_eq!(
        (signed.signer().kind, signed.signer().name.as_str()),
        (SignerKind::TrustedProfile, "ANNA ŻÓŁĆ")
    );
    assert!(matches!(signed.signer().owner(), Owner::PersonByPesel(_)));
    // The certificate is the ministry's: its fingerprint says nothing about the person.
    let asked = AuthTokenRequest { subject: SubjectIdentifierType::CertificateFingerprint, ..ours() };
    let by_fingerprint = signer.sign(&asked.to_xml(), TIME, &style);
    assert_eq!(check(&by_fingerprint, &asked, expires_at(), now()), Err(Problem::NotItsOwnCertificate));
    // Who it is stands in the signed part: another name breaks the signature.
    let forged = text(file).replace("ANNA", "EWA");
    assert_eq!(judge(forged.as_bytes()).unwrap_err(), Problem::Changed);
}

#[test]
fn what_this_program_signs_is_taken_too() {
    let made = [ec_key(), rsa_key(2048)]
        .map(|key| support::pair(&key, &name("Okienko", "VATPL-5265877635"), &Usage::Both));
    for credential in made {
        let file = sign(&ours(), &credential, now()).unwrap();
        assert_eq!(judge(&file).unwrap().signer().certificate, *credential.certificate());
    }
}

#[test]
fn rsa_pss_is_verified_too() {
    use openssl::rsa::Padding;
    let key = rsa_key(2048);
    let credential = support::pair(&key, &name("Okienko", "VATPL-5265877635"), &Usage::Both);
    let file = text(sign(&ours(), &credential, now()).unwrap());
    let file = file.replace("2001/04/xmldsig-more#rsa-sha256", "2007/05/xmldsig-more#sha256-rsa-MGF1");
    assert_eq!(judge(file.as_bytes()).unwrap_err(), Problem::WrongValue, "PKCS#1 v1.5 under another name");
    let info = &file[file.find("<ds:SignedInfo").unwrap()..file.find("<ds:SignatureValue>").unwrap()];
    let mut signer = openssl::sign::Signer::new(openssl::hash::MessageDigest::sha256(), &key).unwrap();
    signer.set_rsa_padding(Padding::PKCS1_PSS).unwrap();
    let value = ksef_crypto::base64::encode(&signer.sign_oneshot_to_vec(info.as_bytes()).unwrap());
    let (start, rest) = file.split_once("<ds:SignatureValue>").unwrap();
    let (_, end) = rest.split_once('<').unwrap();
    let file = format!("{start}<ds:SignatureValue>{value}<{end}");
    judge(file.as_bytes()).unwrap();
}

#[test]
fn the_vectors_are_judged_as_their_list_says() {
    let Some(cases) = shared("vectors/xades/cases.json") else { return };
    let cases: std::collections::BTreeMap<String, String> = serde_json::from_slice(&cases).unwrap();
    assert!(cases.len() >= 12);
    for (file, verdict) in cases {
        let bytes = shared(&format!("vectors/xades/{file}")).unwrap();
        let judged = read(&bytes);
        let expected: &[Problem] = if verdict.starts_with("valid") {
            assert!(judged.is_ok(), "{file}: {judged:?}");
            continue;
        } else if file.contains("changed-signature") {
            &[Problem::WrongValue]
        } else if file.contains("wrapped") {
            &[Problem::NotCovered, Problem::Changed]
        } else {
            &[Problem::Changed]
        };
        assert!(expected.contains(&judged.clone().unwrap_err()), "{file}: {judged:?}");
    }
}

#[test]
fn every_style_that_ksef_refuses_is_named() {
    let Some(signer) = person() else { return };
    let style = ExternalStyle::default;
    for (style, expected) in [
        (ExternalStyle { form: ExternalForm::Detached, ..style() }, Problem::Detached),
        (ExternalStyle { sha1: true, ..style() }, Problem::Weak { name: "SHA-1" }),
        (ExternalStyle { no_certificate: true, ..style() }, Problem::NoCertificate),
        (ExternalStyle { no_properties: true, ..style() }, Problem::NotXades),
        (ExternalStyle { unbound: true, ..style() }, Problem::Unbound),
        // What is signed is nothing: whatever is put into the object fits the signature.
        (ExternalStyle { form: ExternalForm::Enveloping, xpath: true, ..style() }, Problem::NotCovered),
    ] {
        let file = signer.sign(&ours().to_xml(), TIME, &style);
        assert_eq!(judge(&file).unwrap_err(), expected, "{style:?}");
    }
    let Some(weak) = ExternalSigner::new(PERSON, ExternalKey::Rsa(1024)) else { return };
    let file = weak.sign(&ours().to_xml(), TIME, &style());
    assert!(matches!(judge(&file), Err(Problem::Weak { name }) if name.contains("RSA")));
}

#[test]
fn what_was_changed_after_signing_is_noticed() {
    let Some(signer) = person() else { return };
    let signed = text(signer.sign(&ours().to_xml(), TIME, &ExternalStyle::default()));
    let enveloping = text(signer.sign(
        &ours().to_xml(),
        TIME,
        &ExternalStyle { form: ExternalForm::Enveloping, ..Default::default() },
    ));
    for file in [&signed, &enveloping] {
        for (what, with) in [
            ("<Nip>5265877635", "<Nip>9999999999"),
            ("461EA5B000", "461EA5B001"),
            (TIME, "2026-12-01T11:59:01Z"),
            ("certificateSubject", "certificateFingerprint"),
            ("<Challenge>", "<Challenge> "),
        ] {
            let changed = file.replacen(what, with, 1);
            assert_ne!(&changed, file, "{what}");
            assert_eq!(judge(changed.as_bytes()).unwrap_err(), Problem::Changed, "{what}");
        }
    }
    let value = signed.split("<ds:SignatureValue>").nth(1).unwrap();
    let first = value.trim_start().chars().next().unwrap();
    let other = if first == 'A' { 'B' } else { 'A' };
    let changed =
        signed.replacen(&format!("<ds:SignatureValue>{first}"), &format!("<ds:SignatureValue>{other}"), 1);
    assert_ne!(changed, signed);
    assert_eq!(judge(changed.as_bytes()).unwrap_err(), Problem::WrongValue);
    // The certificate of somebody else in its place.
    let Some(stranger) = person() else { return };
    let theirs = text(stranger.sign(&ours().to_xml(), TIME, &ExternalStyle::default()));
    let certificate =
        |file: &str| file.split("<ds:X509Certificate>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let swapped = signed.replace(&certificate(&signed), &certificate(&theirs));
    assert_eq!(judge(swapped.as_bytes()).unwrap_err(), Problem::OtherCertificate);
    let unreadable = signed.replace(&certificate(&signed), "AAAA");
    assert_eq!(judge(unreadable.as_bytes()).unwrap_err(), Problem::UnreadableCertificate);
}

#[test]
fn another_request_is_told_from_ours() {
    let Some(signer) = person() else { return };
    let signed = |request: &AuthTokenRequest| signer.sign(&request.to_xml(), TIME, &ExternalStyle::default());
    let yesterday =
        AuthTokenRequest { challenge: "20261130-CR-461EA5B000-537A6BA15D-D7".parse().unwrap(), ..ours() };
    match judge(&signed(&yesterday)).unwrap_err() {
        Problem::OtherChallenge { found, made_on } => {
            assert_eq!(found, yesterday.challenge);
            assert_eq!(made_on.map(|day| day.to_string()).as_deref(), Some("2026-11-30"));
        }
        other => panic!("{other:?}"),
    }
    let unit = ContextIdentifier::parse(ContextKind::InternalId, "5265877635-12346").unwrap();
    let other_company = ContextIdentifier::Nip("1111111111".parse().unwrap());
    for context in [unit, other_company] {
        // Another company is told even where the challenge differs too.
        for challenge in [ours().challenge, yesterday.challenge.clone()] {
            let request = AuthTokenRequest { challenge, context: context.clone(), ..ours() };
            let found = Problem::OtherContext { found: context.clone() };
            assert_eq!(judge(&signed(&request)).unwrap_err(), found);
        }
    }
    let by_fingerprint =
        AuthTokenRequest { subject: SubjectIdentifierType::CertificateFingerprint, ..ours() };
    assert_eq!(judge(&signed(&by_fingerprint)).unwrap_err(), Problem::OtherRequest);
    let policy = ours().to_xml().replace(
        "</SubjectIdentifierType>",
        "</SubjectIdentifierType><AuthorizationPolicy><AllowedIps><Ip4Address>10.0.0.1</Ip4Address></AllowedIps>\
         </AuthorizationPolicy>",
    );
    let file = signer.sign(&policy, TIME, &ExternalStyle::default());
    assert_eq!(judge(&file).unwrap_err(), Problem::OtherRequest);
    let late = check(&signed(&ours()), &ours(), expires_at(), expires_at());
    assert_eq!(late.unwrap_err(), Problem::Expired { since: expires_at() });
}

#[test]
fn what_is_no_signed_request_is_named() {
    let request = ours().to_xml();
    let pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    let pkcs7: &[u8] = &[0x30, 0x80, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2, 0xA0, 0x80];
    let utf16: Vec<u8> = "<?xml version=\"1.0\"?>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let other = |root: &str| Problem::OtherDocument { root: root.to_owned() };
    for (bytes, expected) in [
        (&b""[..], Problem::Empty),
        (b" \r\n\t", Problem::Empty),
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj", Problem::Pdf),
        (b"\r\n%PDF-1.4", Problem::Pdf),
        (b"PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.etsi.asic-e+zip", Problem::Container),
        (pkcs7, Problem::Pkcs7),
        (b"MIAGCSqGSIb3DQEHAqCAMIACAQExDzANBglghkgBZQMEAgEFADCABgkqhkiG9w0BBwGggA==", Problem::Pkcs7),
        (b"-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----", Problem::Pkcs7),
        (pem.as_bytes(), Problem::Credential),
        (b"<!DOCTYPE html><html><body>Zaloguj</body></html>", Problem::Html),
        (b"Ala ma kota", Problem::NotXml),
        (&[0, 1, 2, 3, 0xFF], Problem::NotXml),
        (&utf16, Problem::Encoding),
        (b"<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?><a/>", Problem::Encoding),
        (b"<a>\xB1</a>", Problem::Encoding),
        (b"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", Problem::Dtd),
        (b"<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", Problem::Dtd),
        (b"<a><b></a>", Problem::BrokenXml),
        (b"<a", Problem::BrokenXml),
        (b"<Faktura/>", other("Faktura")),
        (request.as_bytes(), Problem::NotSigned),
    ] {
        assert_eq!(read(bytes).unwrap_err(), expected, "{}", String::from_utf8_lossy(bytes));
    }
    let cut = &request[..request.len() - 5];
    assert_eq!(read(cut.as_bytes()).unwrap_err(), Problem::BrokenXml);
}

#[test]
fn an_invoice_that_somebody_signed_is_another_document() {
    let Some(signer) = person() else { return };
    let file = signer.sign("<Faktura><P_1>2026-12-01</P_1></Faktura>", TIME, &ExternalStyle::default());
    assert_eq!(judge(&file).unwrap_err(), Problem::OtherDocument { root: "Faktura".to_owned() });
}

#[test]
fn more_than_one_signature() {
    let Some(signer) = person() else { return };
    let once = text(signer.sign(&ours().to_xml(), TIME, &ExternalStyle::default()));
    let (start, end) = once.rsplit_once("</AuthTokenRequest>").unwrap();
    let signature = &start[start.find("<ds:Signature").unwrap()..];
    let twice = format!("{start}{}</AuthTokenRequest>{end}", signature.replace("\"Sig\"", "\"Sig2\""));
    assert_eq!(judge(twice.as_bytes()).unwrap_err(), Problem::SignedTwice { count: 2 });
}

#[test]
fn a_signature_over_something_else_in_the_same_file() {
    let Some(signer) = person() else { return };
    // Signed once, then put around another request: what is read is not what was signed.
    let style = ExternalStyle { form: ExternalForm::Enveloping, ..Default::default() };
    let signed = text(signer.sign(&ours().to_xml(), TIME, &style));
    let forged = ours().to_xml().replace("5265877635", "1111111111");
    let signed = &signed[signed.find("<ds:Signature").unwrap()..];
    let wrapped = forged.replace("</AuthTokenRequest>", &format!("{}</AuthTokenRequest>", signed.trim()));
    assert_eq!(judge(wrapped.as_bytes()).unwrap_err(), Problem::NotCovered);
    let two_ids =
        signed.replace("<ds:Object Id=\"Request\">", "<ds:Object Id=\"Request\"/><ds:Object Id=\"Request\">");
    assert_eq!(judge(two_ids.as_bytes()).unwrap_err(), Problem::NotCovered);
}

#[test]
fn hundred_megabytes_are_refused_unread() {
    let large = vec![b' '; 100 << 20];
    assert_eq!(read(&large).unwrap_err(), Problem::TooLarge { bytes: 100 << 20 });
    let limit = usize::try_from(MAX_BYTES).unwrap();
    assert_eq!(read(&large[..limit]).unwrap_err(), Problem::Empty);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn arbitrary_markup(text in "[<>/!?a-cAS:&;\"' =\\[\\]-]{0,120}") {
        prop_assert!(read(text.as_bytes()).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever character is changed in a file that this program signed, the request that is read is the one that was
    /// signed, or the file is refused.
    #[test]
    fn one_changed_character(place: proptest::sample::Index, with in "[A-Za-z0-9<>/\" ]") {
        let credential = support::credential("uwierzytelnianie-ec");
        let Some(credential) = credential else { return Ok(()) };
        let mut file = sign(&ours(), &credential, now()).unwrap();
        let place = place.index(file.len());
        file[place] = with.as_bytes()[0];
        if let Ok(signed) = judge(&file) {
            prop_assert_eq!(signed.challenge(), &ours().challenge);
            prop_assert_eq!(signed.context(), &ours().context);
            prop_assert_eq!(&signed.signer().certificate, credential.certificate());
        }
    }
}
