//! A changed document is refused, or says the same as before: never something else.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod judge_common;

use judge_common::{
    Bench, CHALLENGE, NIP, Signer, assert_exception, enveloped_template, enveloping_template, has_xmlsec,
    person, sign, swap,
};
use ksef_sim::judge::authority::KeyAlgorithm;
use ksef_sim::judge::xades::{AllowedIps, Policy, SignedRequest, verify};
use proptest::prelude::*;

const OTHER_NIP: &str = "1111111111";

struct Setting {
    bench: Bench,
    signer: Signer,
    enveloped: String,
    enveloping: String,
}

fn setting() -> Option<Setting> {
    has_xmlsec().then(|| {
        let bench = Bench::new();
        let signer = bench.person(KeyAlgorithm::P256);
        let enveloped = sign(&enveloped_template(&signer), &signer);
        let enveloping = sign(&enveloping_template(&signer), &signer);
        Setting { bench, signer, enveloped, enveloping }
    })
}

impl Setting {
    #[track_caller]
    fn refuses(&self, document: &str, code: u32) {
        assert_exception(self.bench.verify(document.as_bytes()), code);
        assert!(self.bench.verify_strictly(document.as_bytes()).is_err());
    }
}

/// What is between two marks, for moving it about.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let start = text.find(from).unwrap();
    let end = start + text[start..].find(to).unwrap() + to.len();
    &text[start..end]
}

fn signature(text: &str) -> &str {
    between(text, "<ds:Signature ", "</ds:Signature>")
}

#[test]
fn every_signed_value_is_bound() {
    let Some(setting) = setting() else { return };
    for document in [&setting.enveloped, &setting.enveloping] {
        for (from, to, code) in [
            (NIP, OTHER_NIP, 9105),
            (CHALLENGE, "20261101-CR-461EA5B000-537A6BA15D-D8", 9105),
            ("certificateSubject", "certificateFingerprint", 9105),
            ("auth/token/2.1", "auth/token/2.0", 9105),
            ("11:59:00Z", "11:58:00Z", 9105),
            ("<Challenge>", "<Challenge> ", 9105),
            ("<xades:Cert>", "<xades:Cert URI=\"x\">", 9105),
            ("Id=\"Props\"", "Id=\"Others\"", 9105),
            ("Id=\"Sig\"", "Id=\"Props\"", 9105),
            ("<ds:SignatureValue>", "<ds:SignatureValue>AAAA", 9105),
        ] {
            setting.refuses(&swap(document, from, to), code);
        }
    }
}

#[test]
fn digests_and_value_are_checked_each() {
    let Some(setting) = setting() else { return };
    for (start, end) in [
        ("<ds:DigestValue>", "</ds:DigestValue>"),
        ("<ds:SignatureValue>", "</ds:SignatureValue>"),
        ("<xades:CertDigest>", "</xades:CertDigest>"),
    ] {
        for (place, _) in setting.enveloped.match_indices(start) {
            let part = between(&setting.enveloped[place..], start, end);
            let value =
                part.trim_end_matches(end).rsplit('>').find(|text| text.len() > 20).unwrap().to_owned();
            let first = if value.trim_start().starts_with('A') { "B" } else { "A" };
            let changed = format!("{first}{}", &value.trim_start()[1..]);
            setting.refuses(&setting.enveloped.replacen(&value, &changed, 1), 9105);
        }
    }
}

#[test]
fn another_certificate_of_the_same_key_or_of_another_is_not_the_signers() {
    let Some(setting) = setting() else { return };
    let base64 = setting.signer.certificate_base64();
    let other = setting.bench.person(KeyAlgorithm::P256).certificate_base64();
    setting.refuses(&swap(&setting.enveloped, &base64, &other), 9105);
    // The same key with another name in it: the digest in SignedProperties tells.
    let same_key = twin(&setting.signer);
    setting.refuses(&swap(&setting.enveloped, &base64, &same_key), 9105);
    // Beside the right one it is only part of a chain, in whatever order.
    let end = "</ds:X509Data>";
    let beside = format!("<ds:X509Certificate>{same_key}</ds:X509Certificate>{end}");
    assert!(setting.bench.verify(swap(&setting.enveloped, end, &beside).as_bytes()).is_ok());
    let before = format!("<ds:X509Data><ds:X509Certificate>{same_key}</ds:X509Certificate>");
    let result = setting.bench.verify(swap(&setting.enveloped, "<ds:X509Data>", &before).as_bytes()).unwrap();
    assert_eq!(openssl::base64::encode_block(&result.certificate.der), base64);
    // Bytes after the certificate would make another fingerprint of it.
    let mut der = setting.signer.certificate().to_der().unwrap();
    der.push(0);
    setting.refuses(&swap(&setting.enveloped, &base64, &openssl::base64::encode_block(&der)), 9105);
    setting.refuses(&swap(&setting.enveloped, &base64, "AAAA"), 9105);
    setting.refuses(&swap(&setting.enveloped, &base64, ""), 9105);
}

/// A self-signed certificate for the same key, Base64 of DER.
fn twin(signer: &Signer) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (key, out) = (folder.path().join("k.pem"), folder.path().join("c.der"));
    std::fs::write(&key, &signer.key_pem).unwrap();
    let status = std::process::Command::new("openssl")
        .args(["req", "-x509", "-days", "7000", "-subj", "/CN=Inny/serialNumber=PNOPL-30112206276"])
        .args(["-outform", "DER", "-key"])
        .arg(&key)
        .arg("-out")
        .arg(&out)
        .status()
        .unwrap();
    assert!(status.success());
    openssl::base64::encode_block(&std::fs::read(out).unwrap())
}

#[test]
fn without_a_bound_certificate_a_key_beside_it_does_not_count() {
    let Some(setting) = setting() else { return };
    // KeyValue of an attacker's key and the victim's certificate: only the certificate's key may verify.
    let (victim, attacker) =
        (setting.bench.person(KeyAlgorithm::Rsa2048), setting.bench.person(KeyAlgorithm::Rsa2048));
    let forged_template = enveloped_template(&attacker)
        .replace(&attacker.certificate_base64(), &victim.certificate_base64())
        .replace(&attacker.digest_base64(), &victim.digest_base64())
        .replace(&attacker.serial(), &victim.serial())
        .replace("<ds:X509Data>", "<ds:KeyValue/><ds:X509Data>");
    let forged = sign(&forged_template, &attacker);
    assert!(forged.contains("Modulus>"), "{forged}");
    setting.refuses(&forged, 9105);
}

#[test]
fn signature_wrapping_in_many_ways() {
    let Some(setting) = setting() else { return };
    let Setting { enveloped, enveloping, .. } = &setting;
    let evil = judge_common::request().replace(NIP, OTHER_NIP);
    let whole = enveloped.trim_start_matches("<?xml version=\"1.0\"?>\n").trim_end();
    let sig = signature(enveloped);
    let close = "</AuthTokenRequest>";

    // The signed document inside another one; before, after, and in the place of a value.
    setting.refuses(&swap(&evil, close, &format!("{whole}{close}")), 9105);
    setting.refuses(&evil.replace("<ContextIdentifier>", &format!("{whole}<ContextIdentifier>")), 9105);
    // The signature moved under another request, or deeper into its own.
    setting.refuses(&swap(&evil, close, &format!("{sig}{close}")), 9105);
    let without = enveloped.replace(sig, "");
    setting.refuses(&swap(&without, "</ContextIdentifier>", &format!("{sig}</ContextIdentifier>")), 9105);
    // More in the root: seen by the schema before the signature is looked at.
    setting.refuses(&swap(enveloped, close, &format!("<Nip>{OTHER_NIP}</Nip>{close}")), 21401);
    let context = format!("<ContextIdentifier><Nip>{OTHER_NIP}</Nip></ContextIdentifier>");
    setting.refuses(&swap(enveloped, "<ContextIdentifier>", &format!("{context}<ContextIdentifier>")), 21401);
    setting.refuses(&swap(enveloped, "<Challenge>", "text<Challenge>"), 21401);
    setting.refuses(&swap(enveloped, "<AuthTokenRequest ", "<AuthTokenRequest Id=\"Doc\" "), 21401);
    // Two roots are no XML at all.
    setting.refuses(&format!("{enveloped}{evil}"), 21001);
    // Two signatures, none, and a signature without its request.
    setting.refuses(&swap(enveloped, close, &format!("{sig}{close}")), 9103);
    setting.refuses(&without, 9102);
    setting.refuses(sig, 9101);

    // Another request in the object, or in another object, while the signed one is kept somewhere.
    let request = between(enveloping, "<AuthTokenRequest", close);
    setting.refuses(&swap(enveloping, request, &format!("{request}{evil}")), 9105);
    setting.refuses(&swap(enveloping, request, &format!("{evil}{request}")), 9105);
    let object = between(enveloping, "<ds:Object Id=\"Doc\"", "</ds:Object>");
    let evil_object = format!("<ds:Object>{evil}</ds:Object>");
    setting.refuses(&swap(enveloping, object, &format!("{evil_object}{object}")), 9105);
    setting.refuses(&swap(enveloping, object, &format!("{object}{evil_object}")), 9105);
    let same_id = evil_object.replace("<ds:Object>", "<ds:Object Id=\"Doc\">");
    setting.refuses(&swap(enveloping, object, &same_id), 9105);
    // The same identifier under another spelling of the attribute.
    for attribute in ["ID", "id", "AssertionID", "xml:id"] {
        let twice = format!(
            "<ds:Object>{}</ds:Object>",
            evil.replace("<AuthTokenRequest", &format!("<AuthTokenRequest {attribute}=\"Doc\""))
        );
        let kept = format!("<ds:Object Id=\"Old\">{object}</ds:Object>").replace("AuthTokenRequest", "Kept");
        assert!(
            setting.bench.verify(swap(enveloping, object, &format!("{twice}{kept}")).as_bytes()).is_err()
        );
    }
    // An enveloping signature inside a document that is not signed.
    let inner = enveloping.trim_start_matches("<?xml version=\"1.0\"?>\n").trim_end();
    setting.refuses(&swap(&evil, close, &format!("{inner}{close}")), 9105);
}

#[test]
fn signed_properties_are_the_ones_that_count() {
    let Some(setting) = setting() else { return };
    let document = &setting.enveloped;
    let properties = between(document, "<xades:SignedProperties", "</xades:SignedProperties>");
    let qualifying = between(document, "<xades:QualifyingProperties", "</xades:QualifyingProperties>");
    let evil = properties.replace("Id=\"Props\"", "Id=\"Evil\"").replace("11:59", "11:00");
    // A second set, before and after, in the same and in another place.
    setting.refuses(&swap(document, properties, &format!("{evil}{properties}")), 9105);
    setting.refuses(&swap(document, properties, &format!("{properties}{evil}")), 9105);
    let other = qualifying.replace(properties, &evil);
    setting.refuses(&swap(document, qualifying, &format!("{other}{qualifying}")), 9105);
    setting
        .refuses(&swap(document, "<ds:Object>", &format!("<ds:Object>{other}</ds:Object><ds:Object>")), 9105);
    // None at all, or moved where unsigned things stand.
    setting.refuses(&swap(document, properties, ""), 9105);
    let moved = format!(
        "<xades:SignedProperties>{}</xades:SignedProperties><xades:UnsignedProperties>{properties}</xades:UnsignedProperties>",
        ""
    );
    setting.refuses(&swap(document, properties, &moved), 9105);
    // What is added unsigned changes nothing.
    let unsigned =
        format!("{properties}<xades:UnsignedProperties><x xmlns=\"urn:x\"/></xades:UnsignedProperties>");
    assert!(setting.bench.verify_strictly(swap(document, properties, &unsigned).as_bytes()).is_ok());
}

#[test]
fn references_must_be_the_two_and_lead_where_they_say() {
    let Some(setting) = setting() else { return };
    let template = enveloped_template(&setting.signer);
    let properties_type = " Type=\"http://uri.etsi.org/01903#SignedProperties\"";
    let first = between(&template, "<ds:Reference URI=\"\"", "</ds:Reference>");
    let second = between(&template, "<ds:Reference URI=\"#Props\"", "</ds:Reference>");
    // Signed by the signer's own key, and still refused.
    for bad in [
        swap(&template, properties_type, ""),
        swap(&template, second, ""),
        swap(&template, first, ""),
        swap(&template, first, &format!("{first}{first}")),
        swap(&template, second, &format!("{second}{second}")),
        swap(&template, "<ds:Reference URI=\"\"", &format!("<ds:Reference URI=\"\"{properties_type}")),
        swap(&template, "<ds:Reference URI=\"\"", "<ds:Reference URI=\"#Keys\""),
        swap(&template, "<ds:Reference URI=\"\"", "<ds:Reference URI=\"#xpointer(/)\""),
        swap(
            &template,
            "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>",
            "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>\
             <ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\">\
             <ds:XPath>not(self::text())</ds:XPath></ds:Transform>",
        ),
        swap(
            &template,
            "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>",
            "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\">\
             <ds:XPath>self::text()</ds:XPath></ds:Transform>",
        ),
    ] {
        setting.refuses(&sign(&bad, &setting.signer), 9105);
    }
}

#[test]
fn a_detached_signature_is_refused_and_no_file_is_read() {
    let Some(setting) = setting() else { return };
    let document = &setting.enveloped;
    for uri in
        ["Cargo.toml", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:1/", "cid:a", "../x", "urn:x"]
    {
        let detached = swap(document, "<ds:Reference URI=\"\"", &format!("<ds:Reference URI=\"{uri}\""));
        setting.refuses(&detached, 9105);
    }
}

#[test]
fn comments_do_not_cut_values() {
    let Some(setting) = setting() else { return };
    // Comments are not signed: put into a value they must not change what is read.
    for (value, split) in [
        (NIP, "5265877635<!-- -->"),
        (NIP, "526<!---->5877635"),
        ("certificateSubject", "certificate<!--x-->Subject"),
    ] {
        setting.refuses(&swap(&setting.enveloped, value, split), 21401);
    }
    for (from, to) in
        [("11:59:00Z", "11:59:<!-- -->00Z"), ("<ds:SignatureValue>", "<ds:SignatureValue><!---->")]
    {
        setting.refuses(&swap(&setting.enveloped, from, to), 9105);
    }
    // Between elements they are nobody's business.
    let beside = swap(&setting.enveloped, "<Challenge>", "<!-- x --><Challenge>");
    assert_eq!(setting.bench.verify(beside.as_bytes()).unwrap().context.value(), NIP);
}

#[test]
fn schema_of_the_request() {
    let Some(setting) = setting() else { return };
    let template = enveloped_template(&setting.signer);
    let subject = "</SubjectIdentifierType>";
    let policy = |inside: &str| {
        format!("{subject}<AuthorizationPolicy><AllowedIps>{inside}</AllowedIps></AuthorizationPolicy>")
    };
    let judge = |document: &str| setting.bench.verify_strictly(sign(document, &setting.signer).as_bytes());
    let context = |inside: &str| swap(&template, &format!("<Nip>{NIP}</Nip>"), inside);

    for (inside, kind) in [
        ("<InternalId>5265877635-12345</InternalId>", "InternalId"),
        ("<NipVatUe>5265877635-DE123456789</NipVatUe>", "NipVatUe"),
        ("<NipVatUe>5265877635-NL12345678+*AB</NipVatUe>", "NipVatUe"),
        ("<NipVatUe>5265877635-RO12</NipVatUe>", "NipVatUe"),
        ("<NipVatUe>5265877635-XIGD123</NipVatUe>", "NipVatUe"),
        ("<PeppolId>PPL123456</PeppolId>", "PeppolId"),
    ] {
        assert_eq!(judge(&context(inside)).unwrap().context.kind().to_string(), kind);
    }
    for inside in [
        "<InternalId>5265877635-1234</InternalId>",
        "<NipVatUe>5265877635-DE12345678</NipVatUe>",
        "<NipVatUe>5265877635-US123456789</NipVatUe>",
        "<NipVatUe>5265877635-PL5265877635</NipVatUe>",
        "<PeppolId>XPL123456</PeppolId>",
        "<Nip> 5265877635</Nip>",
        "<Nip>526-587-76-35</Nip>",
        "<Nip>PL5265877635</Nip>",
        "<Nip/>",
        "<Pesel>30112206276</Pesel>",
        "<Nip xmlns=\"urn:x\">5265877635</Nip>",
        "<Nip a=\"b\">5265877635</Nip>",
        "<Nip>5265877635</Nip><Nip>5265877635</Nip>",
        "",
    ] {
        assert_exception(judge(&context(inside)), 21401);
    }
    assert_exception(judge(&context("<Nip>5265877636</Nip>")), 21117);

    let lists = "<Ip4Address>192.168.0.1</Ip4Address><Ip4Range>10.0.0.1-10.0.0.9</Ip4Range><Ip4Mask>172.16.0.0/12</Ip4Mask>";
    let allowed = judge(&swap(&template, subject, &policy(lists))).unwrap().allowed_ips.unwrap();
    let expected = AllowedIps {
        addresses: vec![[192, 168, 0, 1].into()],
        ranges: vec![([10, 0, 0, 1].into(), [10, 0, 0, 9].into())],
        masks: vec![([172, 16, 0, 0].into(), 12)],
    };
    assert_eq!(allowed, expected);
    let everything = judge(&swap(&template, subject, &policy("<Ip4Mask>1.2.3.4/0</Ip4Mask>"))).unwrap();
    assert_eq!(everything.allowed_ips.unwrap().masks, [([1, 2, 3, 4].into(), 0)]);
    for inside in [
        "<Ip4Mask>172.16.0.0/12</Ip4Mask><Ip4Address>192.168.0.1</Ip4Address>".to_owned(),
        "<Ip4Address>192.168.0.256</Ip4Address>".to_owned(),
        "<Ip4Address>192.168.0.01</Ip4Address>".to_owned(),
        "<Ip4Mask>172.16.0.0/33</Ip4Mask>".to_owned(),
        "<Ip4Mask>172.16.0.0/012</Ip4Mask>".to_owned(),
        "<Ip4Mask>172.16.0.0/+1</Ip4Mask>".to_owned(),
        "<Ip4Range>10.0.0.1</Ip4Range>".to_owned(),
        "<Ip6Address>::1</Ip6Address>".to_owned(),
        "<Ip4Address>192.168.0.1</Ip4Address>".repeat(11),
    ] {
        assert_exception(judge(&swap(&template, subject, &policy(&inside))), 21401);
    }
    for (from, to) in [
        ("-CR-", "-SO-"),
        ("-D7<", "-d7<"),
        ("-D7<", "-D7A<"),
        ("certificateSubject", "certificatesubject"),
        ("auth/token/2.1", "auth/token/2.2"),
        ("<Challenge>", "<Wyzwanie/><Challenge>"),
    ] {
        assert_exception(judge(&swap(&template, from, to)), 21401);
    }
    let challenge = between(&template, "<Challenge>", "</Challenge>");
    assert_exception(judge(&swap(&template, challenge, "")), 21401);
    let last = swap(&swap(&template, challenge, ""), subject, &format!("{subject}{challenge}"));
    assert_exception(judge(&last), 21401);
    // `xsd:token` collapses white space.
    let spaced = swap(&template, challenge, &format!("<Challenge>\n {CHALLENGE}\t</Challenge>"));
    assert_eq!(judge(&spaced).unwrap().challenge.as_str(), CHALLENGE);
}

#[test]
fn the_schema_agrees_with_the_ministrys() {
    let Some(shared) = ksef_testkit::shared() else {
        eprintln!("skipped: no shared contract files");
        return;
    };
    let request = judge_common::request();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("r.xml");
    std::fs::write(&file, request).unwrap();
    let output = std::process::Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(shared.join("schemas/auth/schemat_auth_v2-1.xsd"))
        .arg(&file)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What a request asks for, without what describes the signature.
fn meaning(request: &SignedRequest) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        request.challenge.clone(),
        request.context.clone(),
        request.subject_type,
        request.allowed_ips.clone(),
        request.certificate.clone(),
        request.signing_time,
        request.form,
    )
}

#[test]
fn every_single_byte_changed_means_the_same_or_nothing() {
    let Some(setting) = setting() else { return };
    let Setting { bench, .. } = &setting;
    for document in [&setting.enveloped, &setting.enveloping] {
        let original = meaning(&bench.verify(document.as_bytes()).unwrap());
        let mut accepted = 0_usize;
        for place in 0..document.len() {
            for change in [0x01, 0x20] {
                let mut bytes = document.clone().into_bytes();
                bytes[place] ^= change;
                if let Ok(request) = bench.verify(&bytes) {
                    assert_eq!(meaning(&request), original, "byte {place} ^ {change:#x}");
                    accepted += 1;
                }
            }
        }
        // Only white space, the declaration and names of prefixes outside of what is signed leave it good.
        assert!(accepted * 20 < document.len(), "{accepted} of {}", document.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn several_changes_at_once_mean_the_same_or_nothing(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0_u8..3, any::<u8>()), 1..4)
    ) {
        // Signed once for all cases.
        static SETTING: std::sync::OnceLock<Option<Setting>> = std::sync::OnceLock::new();
        let Some(setting) = SETTING.get_or_init(setting) else { return Ok(()) };
        for document in [&setting.enveloped, &setting.enveloping] {
            let original = meaning(&setting.bench.verify(document.as_bytes()).unwrap());
            let mut bytes = document.clone().into_bytes();
            for (place, kind, byte) in &changes {
                let place = place.index(bytes.len());
                match kind {
                    0 => bytes[place] = *byte,
                    1 => bytes.insert(place, *byte),
                    _ => { bytes.remove(place); }
                }
            }
            if let Ok(request) = setting.bench.verify(&bytes) {
                prop_assert_eq!(meaning(&request), original);
            }
        }
    }

    #[test]
    fn anything_at_all_is_answered(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "[<>/!?\\-\\[\\]A\"'= &;#x]{0,200}") {
        let bench = Bench::new();
        let policy = Policy { allow_self_signed: true, ..bench.policy() };
        prop_assert!(verify(&bytes, &policy).is_err());
        prop_assert!(verify(text.as_bytes(), &policy).is_err());
    }
}

#[test]
fn a_signature_of_one_person_is_not_anothers() {
    let Some(setting) = setting() else { return };
    let other = setting.bench.issue(&person(KeyAlgorithm::Rsa2048));
    let theirs = sign(&enveloped_template(&other), &other);
    let mixed = swap(&setting.enveloped, signature(&setting.enveloped), signature(&theirs));
    // The same request signed by somebody else is simply theirs.
    let request = setting.bench.verify(mixed.as_bytes()).unwrap();
    assert_eq!(openssl::base64::encode_block(&request.certificate.der), other.certificate_base64());
}
