//! Signatures made by xmlsec1 in every accepted form are found good, and what is outside of the profile is not.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod judge_common;

use judge_common::{
    Bench, CHALLENGE, ECDSA_SHA256, EXCLUSIVE, INCLUSIVE, NIP, RSA_SHA256, SHA256, Signer, assert_exception,
    assert_later, enveloped_template, enveloping_template, has_xmlsec, person, sign, swap,
};
use ksef_sim::judge::authority::{
    Authority, CertificateKind, CertificateRequest, CertificateSubject, KeyAlgorithm, PersonIdentifier,
};
use ksef_sim::judge::refusal::CertificateFault;
use ksef_sim::judge::xades::{CertificateOwner, SignatureForm, SubjectIdentifierType};
use ksef_testkit::SeededRandomness;

const C14N11: &str = "http://www.w3.org/2006/12/xml-c14n11";

fn setting() -> Option<(Bench, Signer)> {
    has_xmlsec().then(|| {
        let bench = Bench::new();
        let signer = bench.person(KeyAlgorithm::P256);
        (bench, signer)
    })
}

#[test]
fn both_forms_with_both_kinds_of_keys() {
    let Some((bench, _)) = setting() else { return };
    for key in [KeyAlgorithm::P256, KeyAlgorithm::Rsa2048] {
        let signer = bench.person(key);
        let cases = [
            (SignatureForm::Enveloped, enveloped_template(&signer)),
            (SignatureForm::Enveloping, enveloping_template(&signer)),
        ];
        for (form, template) in cases {
            let signed = sign(&template, &signer);
            let request = bench.verify_strictly(signed.as_bytes()).unwrap();
            assert_eq!(request.form, form);
            assert_eq!(request.challenge.as_str(), CHALLENGE);
            assert_eq!(request.context.value(), NIP);
            assert_eq!(request.subject_type, SubjectIdentifierType::CertificateSubject);
            assert_eq!(request.warning, None);
            assert!(request.certificate.issued_here());
            let owner = CertificateOwner::Pesel("30112206276".parse().unwrap());
            assert_eq!(request.certificate.owner, Some(owner));
            let certificate = signer.certificate();
            let fingerprint = certificate.digest(openssl::hash::MessageDigest::sha256()).unwrap();
            assert_eq!(request.certificate.fingerprint.as_bytes().as_slice(), &*fingerprint);
            let serial = certificate.serial_number().to_bn().unwrap().to_hex_str().unwrap().to_string();
            assert_eq!(request.certificate.serial.as_str(), serial);
            assert_eq!(request.signing_time, Some("2026-11-22T11:59:00Z".parse().unwrap()));
        }
    }
}

#[test]
fn every_canonical_form_for_every_place() {
    let Some((bench, signer)) = setting() else { return };
    for base in [EXCLUSIVE, INCLUSIVE, C14N11] {
        for suffix in ["", "WithComments"] {
            let form = match (base, suffix) {
                (EXCLUSIVE, suffix) => format!("{base}{suffix}"),
                (_, "") => base.to_owned(),
                (_, suffix) => format!("{base}#{suffix}"),
            };
            for template in [enveloped_template(&signer), enveloping_template(&signer)] {
                // Comments, CDATA, character references, prefixes and spaces that the forms treat differently.
                let template = template
                    .replace("<Challenge>", "<!-- k --><Challenge>")
                    .replace("<Nip>", "<Nip xmlns:unused=\"urn:x\">");
                let template = swap(&template, "5265877635", "<![CDATA[52658]]>&#x37;7635");
                let signed = sign(&template.replace(EXCLUSIVE, &form), &signer);
                let request = bench.verify_strictly(signed.as_bytes());
                assert_eq!(request.unwrap_or_else(|r| panic!("{form}: {r:?}")).context.value(), NIP);
            }
        }
    }
}

#[test]
fn prefix_lists_implicit_forms_and_the_xpath_filter() {
    let Some((bench, signer)) = setting() else { return };
    let exclusive = format!("<ds:Transform Algorithm=\"{EXCLUSIVE}\"/>");
    let enveloped = "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>";
    let with_list = format!(
        "<ds:Transform Algorithm=\"{EXCLUSIVE}\"><ec:InclusiveNamespaces xmlns:ec=\"{EXCLUSIVE}\" \
         PrefixList=\"#default ds xades\"/></ds:Transform>"
    );
    let filter = "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\">\
                  <ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform>";
    let template = enveloped_template(&signer);
    for template in [
        template.replace(&exclusive, &with_list),
        template.replace(&exclusive, "").replace("<ds:Transforms></ds:Transforms>", ""),
        swap(&template, enveloped, filter),
        swap(&enveloping_template(&signer), &exclusive, "").replace("<ds:Transforms></ds:Transforms>", ""),
    ] {
        let signed = sign(&template, &signer);
        let result = bench.verify_strictly(signed.as_bytes());
        assert!(result.is_ok(), "{result:?}\n{signed}");
    }
}

#[test]
fn line_ends_and_white_space_in_attributes_are_an_xml_processors_business() {
    let Some((bench, signer)) = setting() else { return };
    // A tab and a line break in a signed attribute's value; the line ends of Windows everywhere.
    let template = swap(
        &enveloped_template(&signer),
        "</xades:SignedSignatureProperties>",
        "</xades:SignedSignatureProperties><xades:SignedDataObjectProperties><xades:DataObjectFormat \
         ObjectReference=\"#a\tb\nc&#9;d&#10;e\"><xades:MimeType>text/\txml</xades:MimeType></xades:DataObjectFormat>\
         </xades:SignedDataObjectProperties>",
    );
    for template in [template.clone(), template.replace('\n', "\r\n"), template.replace(EXCLUSIVE, INCLUSIVE)]
    {
        let signed = sign(&template, &signer);
        // xmlsec1 writes line ends and references anew; the same document as its author had it verifies as well.
        let result = bench.verify_strictly(signed.as_bytes());
        assert!(result.is_ok(), "{result:?}\n{signed}");
        let as_written =
            signed.replace("#a b c&#9;d&#10;e", "#a\tb\r\nc&#9;d&#10;e").replace("\n  <", "\r\n  <");
        assert_ne!(as_written, signed);
        let result = bench.verify_strictly(as_written.as_bytes());
        assert!(result.is_ok(), "{result:?}\n{as_written}");
    }
}

#[test]
fn a_declaration_and_a_mark_at_the_beginning_are_allowed() {
    let Some((bench, signer)) = setting() else { return };
    let signed = sign(&enveloped_template(&signer), &signer);
    let body = signed.trim_start_matches("<?xml version=\"1.0\"?>\n");
    for start in
        ["", "\u{feff}", "<?xml version='1.0' encoding='UTF-8' standalone = \"yes\"?>\r\n", "<!-- x -->"]
    {
        assert!(bench.verify(format!("{start}{body}").as_bytes()).is_ok(), "{start}");
    }
    for (start, code) in [
        ("<?xml version=\"1.1\"?>", 21001),
        ("<?xml version=\"1.0\" encoding=\"iso-8859-2\"?>", 21217),
        ("<?xml version=\"1.0\" encoding=\"utf-16\"?>", 21217),
        ("<?xml version=\"1.0\"", 21001),
        ("<!DOCTYPE AuthTokenRequest>", 21001),
        ("<!DOCTYPE AuthTokenRequest [<!ENTITY n \"5265877635\">]>", 21001),
        ("<?pi x?>", 9101),
        ("\u{1}", 21217),
        ("text", 21001),
    ] {
        assert_exception(bench.verify(format!("{start}{body}").as_bytes()), code);
    }
    assert_exception(bench.verify(&[0xff, 0xfe, 0x3c, 0x00]), 21217);
    assert_exception(bench.verify(b""), 21001);
    assert_exception(bench.verify(b"<html></html>"), 9101);
    assert_exception(bench.verify(b"<a><b></a>"), 21001);
    let long = format!("{body}<!--{}-->", "x".repeat(1 << 20));
    assert_exception(bench.verify(long.as_bytes()), 9101);
    let deep = format!("<AuthTokenRequest>{}", "<a>".repeat(100_000));
    assert_exception(bench.verify(deep.as_bytes()), 21001);
}

#[test]
fn the_second_version_of_the_certificates_property() {
    let Some((bench, signer)) = setting() else { return };
    let template = enveloped_template(&signer);
    let start = template.find("<xades:IssuerSerial>").unwrap();
    let end = template.find("</xades:Cert>").unwrap();
    let second = |issuer: &str| {
        format!("{}{issuer}{}", &template[..start], &template[end..])
            .replace("xades:SigningCertificate>", "xades:SigningCertificateV2>")
    };
    let der = issuer_serial(&signer);
    let good =
        format!("<xades:IssuerSerialV2>{}</xades:IssuerSerialV2>", openssl::base64::encode_block(&der));
    for template in [second(""), second(&good)] {
        let result = bench.verify_strictly(sign(&template, &signer).as_bytes());
        assert!(result.is_ok(), "{result:?}");
    }
    let mut other = der;
    *other.last_mut().unwrap() ^= 1;
    let bad =
        format!("<xades:IssuerSerialV2>{}</xades:IssuerSerialV2>", openssl::base64::encode_block(&other));
    assert_exception(bench.verify(sign(&second(&bad), &signer).as_bytes()), 9105);
    // The first version must have it.
    let without = format!("{}{}", &template[..start], &template[end..]);
    assert_exception(bench.verify(sign(&without, &signer).as_bytes()), 9105);
}

/// By openssl's own ASN.1 generator: SEQUENCE { SEQUENCE { [4] Name }, INTEGER }.
fn issuer_serial(signer: &Signer) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (configuration, out) = (folder.path().join("asn1.cnf"), folder.path().join("out.der"));
    // The authority's name, part by part.
    let text = format!(
        "asn1=SEQUENCE:top\n[top]\nnames=SEQUENCE:names\nserial=INTEGER:{serial}\n[names]\nn=EXP:4,SEQUENCE:name\n\
         [name]\nc=SET:c\no=SET:o\ncn=SET:cn\n[c]\nv=SEQUENCE:cv\n[cv]\nt=OID:2.5.4.6\nv=PRINTABLESTRING:PL\n\
         [o]\nv=SEQUENCE:ov\n[ov]\nt=OID:2.5.4.10\nv=UTF8:Symulator KSeF\n\
         [cn]\nv=SEQUENCE:cnv\n[cnv]\nt=OID:2.5.4.3\nv=UTF8:Centrum certyfikacji symulatora KSeF\n",
        serial = signer.serial()
    );
    std::fs::write(&configuration, text).unwrap();
    let status = std::process::Command::new("openssl")
        .args(["asn1parse", "-noout", "-genconf"])
        .arg(&configuration)
        .arg("-out")
        .arg(&out)
        .status()
        .unwrap();
    assert!(status.success());
    std::fs::read(&out).unwrap()
}

#[test]
fn algorithms_of_the_list_and_no_others() {
    let Some((bench, signer)) = setting() else { return };
    let rsa = bench.person(KeyAlgorithm::Rsa2048);
    let more = "http://www.w3.org/2001/04/xmldsig-more#";
    for (signer, from, methods) in [
        (&signer, ECDSA_SHA256, ["ecdsa-sha384", "ecdsa-sha512"]),
        (&rsa, RSA_SHA256, ["rsa-sha384", "rsa-sha512"]),
    ] {
        for method in methods {
            let template = swap(&enveloped_template(signer), from, &format!("{more}{method}"));
            let result = bench.verify_strictly(sign(&template, signer).as_bytes());
            assert!(result.is_ok(), "{method}: {result:?}");
        }
    }
    for digest in ["http://www.w3.org/2001/04/xmldsig-more#sha384", "http://www.w3.org/2001/04/xmlenc#sha512"]
    {
        let template = swap(&enveloped_template(&signer), SHA256, digest);
        let result = bench.verify_strictly(sign(&template, &signer).as_bytes());
        assert!(result.is_ok(), "{digest}: {result:?}");
    }
    // SHA-1 in the signature, in a reference; the other family of keys.
    for (signer, from, to) in [
        (&signer, ECDSA_SHA256, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1"),
        (&rsa, RSA_SHA256, "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        (&signer, SHA256, "http://www.w3.org/2000/09/xmldsig#sha1"),
    ] {
        let signed = sign(&swap(&enveloped_template(signer), from, to), signer);
        assert_exception(bench.verify(signed.as_bytes()), 9105);
    }
    let signed = sign(&enveloped_template(&signer), &signer);
    assert_exception(bench.verify(swap(&signed, ECDSA_SHA256, RSA_SHA256).as_bytes()), 9105);
    let hmac = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";
    assert_exception(bench.verify(swap(&signed, ECDSA_SHA256, hmac).as_bytes()), 9105);
}

#[test]
fn sha_1_in_the_certificate_digest_is_refused() {
    let Some((bench, signer)) = setting() else { return };
    let der = signer.certificate().to_der().unwrap();
    let sha1 = openssl::base64::encode_block(&openssl::sha::sha1(&der));
    let template = enveloped_template(&signer);
    let from = format!("<ds:DigestMethod Algorithm=\"{SHA256}\"/><ds:DigestValue>{}", signer.digest_base64());
    let to = format!(
        "<ds:DigestMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"/><ds:DigestValue>{sha1}"
    );
    let signed = sign(&swap(&template, &from, &to), &signer);
    assert_exception(bench.verify(signed.as_bytes()), 9105);
}

#[test]
fn outside_the_profile_is_a_warning_and_with_strict_checks_a_refusal() {
    let Some((bench, signer)) = setting() else { return };
    let template = enveloped_template(&signer);
    let cut = |from: &str, to: &str| {
        let (start, end) = (template.find(from).unwrap(), template.find(to).unwrap() + to.len());
        format!("{}{}", &template[..start], &template[end..])
    };
    let no_certificate = cut("<xades:SigningCertificate>", "</xades:SigningCertificate>");
    let cases = [
        no_certificate.clone(),
        cut("<xades:SigningTime>", "</xades:SigningTime>"),
        swap(&template, "2026-11-22T11:59:00Z", "2026-11-22T12:20:00Z"),
        swap(&template, "2026-11-22T11:59:00Z", "2026-11-22T11:59:00"),
        swap(&template, "Target=\"#Sig\"", "Target=\"#Another\""),
        swap(&template, &signer.issuer(), "CN=Somebody else,C=PL"),
    ];
    for template in cases {
        let signed = sign(&template, &signer);
        let request = bench.verify(signed.as_bytes()).unwrap_or_else(|r| panic!("{r:?}\n{signed}"));
        assert!(request.warning.is_some_and(|warning| warning.starts_with("[sig-001]: ")), "{signed}");
        assert_exception(bench.verify_strictly(signed.as_bytes()), 9105);
    }
    // A signed KeyInfo binds the certificate as well.
    let key_reference = format!(
        "<ds:Reference URI=\"#Keys\"><ds:DigestMethod Algorithm=\"{SHA256}\"/><ds:DigestValue/></ds:Reference>\
         </ds:SignedInfo>"
    );
    let signed = sign(&swap(&no_certificate, "</ds:SignedInfo>", &key_reference), &signer);
    assert_eq!(bench.verify_strictly(signed.as_bytes()).unwrap().warning, None);
}

#[test]
fn issuer_names_in_other_spellings_are_the_same_name() {
    let Some((bench, signer)) = setting() else { return };
    let written = signer.issuer();
    for spelling in [
        "CN=Centrum certyfikacji symulatora KSeF, O=Symulator KSeF, C=PL".to_owned(),
        "2.5.4.3=Centrum certyfikacji symulatora KSeF,OID.2.5.4.10=\"Symulator KSeF\",c=PL".to_owned(),
        "CN=Centrum certyfikacji symulatora KSeF,2.5.4.10=#0c0e53796d756c61746f72204b536546,C=PL".to_owned(),
        "CN=Centrum certyfikacji\\20symulatora KSeF,O=Symulator\\ KSeF,C=\\50L".to_owned(),
    ] {
        let signed = sign(&swap(&enveloped_template(&signer), &written, &spelling), &signer);
        assert_eq!(bench.verify_strictly(signed.as_bytes()).unwrap().warning, None, "{spelling}");
    }
    for other in [
        "C=PL,O=Symulator KSeF,CN=Centrum certyfikacji symulatora KSeF",
        "CN=Centrum certyfikacji symulatora KSeF,O=Symulator KSeF",
        "CN=Centrum certyfikacji symulatora KSeF,O=Symulator KSeF,C=PL,OU=x",
        "CN=Centrum certyfikacji symulatora KSeF,O=Symulator\\",
        "",
    ] {
        let signed = sign(&swap(&enveloped_template(&signer), &written, other), &signer);
        assert_exception(bench.verify_strictly(signed.as_bytes()), 9105);
    }
}

#[test]
fn the_certificate_decides_who_may_authenticate() {
    let Some((mut bench, good)) = setting() else { return };
    let signed = |bench: &Bench, request: &CertificateRequest| {
        let signer = bench.issue(request);
        sign(&enveloped_template(&signer), &signer)
    };
    let hour = chrono::Duration::hours(1);
    let offline = CertificateRequest { kind: CertificateKind::Offline, ..person(KeyAlgorithm::P256) };
    assert_exception(bench.verify(signed(&bench, &offline).as_bytes()), 21115);
    let expired = CertificateRequest { valid_to: Some(bench.now - hour / 2), ..person(KeyAlgorithm::P256) };
    assert_later(bench.verify(signed(&bench, &expired).as_bytes()), CertificateFault::NotValid);
    let early = CertificateRequest { valid_from: bench.now + hour, ..person(KeyAlgorithm::P256) };
    assert_later(bench.verify(signed(&bench, &early).as_bytes()), CertificateFault::NotValid);

    // The same name, another key: somebody plays the authority.
    let impostor =
        Bench { authority: Authority::create(bench.now, &SeededRandomness::new(8)).unwrap(), ..Bench::new() };
    let forged = signed(&impostor, &person(KeyAlgorithm::P256));
    assert_later(bench.verify(forged.as_bytes()), CertificateFault::ChainBroken);

    let document = sign(&enveloped_template(&good), &good);
    let serial = bench.verify(document.as_bytes()).unwrap().certificate.serial;
    bench.revoked.suspend(&serial);
    assert_later(bench.verify(document.as_bytes()), CertificateFault::Suspended);
    assert!(bench.revoked.resume(&serial));
    assert!(bench.verify(document.as_bytes()).is_ok());
    bench.revoked.revoke(&serial);
    assert_later(bench.verify(document.as_bytes()), CertificateFault::Revoked);
    assert!(!bench.revoked.resume(&serial));
    bench.revoked.suspend(&serial);
    assert_later(bench.verify(document.as_bytes()), CertificateFault::Revoked);
}

#[test]
fn owners_of_every_kind_are_recognised() {
    let Some((bench, _)) = setting() else { return };
    let nip = NIP.parse().unwrap();
    let by_nip = CertificateSubject::Person {
        given_name: "Jan".to_owned(),
        surname: "Kowalski".to_owned(),
        identifier: PersonIdentifier::Nip(nip),
    };
    let seal = CertificateSubject::Seal { organisation: "Firma & Syn <sp. z o.o.>".to_owned(), nip };
    for (subject, owner) in [(by_nip, CertificateOwner::Nip(nip)), (seal, CertificateOwner::Seal(nip))] {
        let signer = bench.issue(&CertificateRequest { subject, ..person(KeyAlgorithm::P256) });
        let request = bench.verify_strictly(sign(&enveloped_template(&signer), &signer).as_bytes()).unwrap();
        assert_eq!(request.certificate.owner, Some(owner));
    }
}

#[test]
fn without_an_identifier_only_the_fingerprint_identifies() {
    let Some((bench, _)) = setting() else { return };
    let nobody = self_signed("/CN=Nikt");
    // The openssl program dates certificates by the machine's clock: judged a day after that.
    let policy =
        ksef_sim::judge::xades::Policy { allow_self_signed: true, now: a_day_old(&nobody), ..bench.policy() };
    let template = enveloped_template(&nobody);
    let by_subject = sign(&template, &nobody);
    assert_exception(ksef_sim::judge::xades::verify(by_subject.as_bytes(), &policy), 21115);
    let by_print = sign(&swap(&template, "certificateSubject", "certificateFingerprint"), &nobody);
    let request = ksef_sim::judge::xades::verify(by_print.as_bytes(), &policy).unwrap();
    assert_eq!(request.certificate.owner, None);
    assert_eq!(request.subject_type, SubjectIdentifierType::CertificateFingerprint);
}

/// The moment when the certificate is a day old, and not before the signing time of the templates.
fn a_day_old(signer: &Signer) -> chrono::DateTime<chrono::Utc> {
    let start = openssl::asn1::Asn1Time::from_unix(0).unwrap();
    let age = start.diff(signer.certificate().not_before()).unwrap();
    let start =
        chrono::DateTime::from_timestamp(i64::from(age.days) * 86_400 + i64::from(age.secs), 0).unwrap();
    (start + chrono::Duration::days(1)).max(judge_common::now())
}

fn self_signed(subject: &str) -> Signer {
    let folder = tempfile::tempdir().unwrap();
    let (key, certificate) = (folder.path().join("k.pem"), folder.path().join("c.pem"));
    let made = std::process::Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-utf8"])
        .args(["-days", "7000", "-subj", subject, "-keyout"])
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Signer {
        certificate_pem: std::fs::read_to_string(certificate).unwrap(),
        key_pem: std::fs::read_to_string(key).unwrap(),
        password: None,
    }
}

#[test]
fn other_prefixes_are_the_same_names() {
    let Some((bench, signer)) = setting() else { return };
    // As .NET writes it: the signature's namespace is the default one.
    let default = |template: String| {
        template.replace("<ds:", "<").replace("</ds:", "</").replace("xmlns:ds=", "xmlns=")
    };
    let prefixed = |template: String| {
        let mut template = template.replace("xmlns=\"http://ksef", "xmlns:k=\"http://ksef");
        for name in ["AuthTokenRequest", "Challenge", "ContextIdentifier", "Nip", "SubjectIdentifierType"] {
            template = template
                .replace(&format!("<{name}>"), &format!("<k:{name}>"))
                .replace(&format!("<{name} "), &format!("<k:{name} "))
                .replace(&format!("</{name}>"), &format!("</k:{name}>"));
        }
        template
    };
    for template in [enveloped_template(&signer), enveloping_template(&signer)] {
        for template in [default(template.clone()), prefixed(template.clone()), prefixed(default(template))] {
            for form in [EXCLUSIVE, INCLUSIVE] {
                let signed = sign(&template.replace(EXCLUSIVE, form), &signer);
                let result = bench.verify_strictly(signed.as_bytes());
                assert!(result.is_ok(), "{result:?}\n{signed}");
            }
        }
    }
}

#[test]
fn an_elliptic_value_in_der_is_refused() {
    let Some((bench, signer)) = setting() else { return };
    let signed = sign(&enveloped_template(&signer), &signer);
    let value = value_of(&signed);
    let raw = openssl::base64::decode_block(&value.replace(char::is_whitespace, "")).unwrap();
    let number = |bytes: &[u8]| openssl::bn::BigNum::from_slice(bytes).unwrap();
    let der = openssl::ecdsa::EcdsaSig::from_private_components(number(&raw[..32]), number(&raw[32..]));
    let der = openssl::base64::encode_block(&der.unwrap().to_der().unwrap());
    assert!(bench.verify(signed.as_bytes()).is_ok());
    assert_exception(bench.verify(swap(&signed, &value, &der).as_bytes()), 9105);
}

#[test]
fn rsa_pss_of_the_list_verifies() {
    let Some((bench, _)) = setting() else { return };
    let signer = bench.person(KeyAlgorithm::Rsa2048);
    let signed = sign(&enveloped_template(&signer), &signer);
    let pss = "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1";
    let signed = swap(&signed, RSA_SHA256, pss);
    // xmlsec1 of this age does not know it: the canonical form by xmllint, the value by openssl.
    let start = signed.find("<ds:SignedInfo>").unwrap();
    let end = signed.find("</ds:SignedInfo>").unwrap() + "</ds:SignedInfo>".len();
    let alone = swap(
        &signed[start..end],
        "<ds:SignedInfo>",
        "<ds:SignedInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">",
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.xml");
    std::fs::write(&file, alone).unwrap();
    let canonical =
        std::process::Command::new("xmllint").arg("--exc-c14n").arg(&file).output().unwrap().stdout;
    let key = openssl::pkey::PKey::private_key_from_pem(signer.key_pem.as_bytes()).unwrap();
    let sha256 = openssl::hash::MessageDigest::sha256();
    let mut maker = openssl::sign::Signer::new(sha256, &key).unwrap();
    maker.set_rsa_padding(openssl::rsa::Padding::PKCS1_PSS).unwrap();
    maker.set_rsa_mgf1_md(sha256).unwrap();
    maker.set_rsa_pss_saltlen(openssl::sign::RsaPssSaltlen::DIGEST_LENGTH).unwrap();
    let value = openssl::base64::encode_block(&maker.sign_oneshot_to_vec(&canonical).unwrap());
    let document = swap(&signed, &value_of(&signed), &value);
    let request = bench.verify_strictly(document.as_bytes()).unwrap();
    assert_eq!(request.signature_algorithm, pss);
    assert_exception(bench.verify(signed.as_bytes()), 9105);
}

fn value_of(signed: &str) -> String {
    let start = signed.find("<ds:SignatureValue>").unwrap() + "<ds:SignatureValue>".len();
    signed[start..start + signed[start..].find('<').unwrap()].to_owned()
}

#[test]
fn references_to_characters_are_signed_as_they_are() {
    let Some((bench, signer)) = setting() else { return };
    let template = swap(
        &enveloped_template(&signer),
        "</xades:SignedSignatureProperties>",
        "</xades:SignedSignatureProperties><xades:SignedDataObjectProperties><xades:DataObjectFormat \
         ObjectReference=\"#&lt;&amp;&quot;&#13;&#x9;&#xA;>'\"><xades:Description>a&#13;b&#10;c&gt;&amp;&quot;'\"ż\u{1f600}\
         <![CDATA[<&]]></xades:Description></xades:DataObjectFormat></xades:SignedDataObjectProperties>",
    );
    for form in [EXCLUSIVE, INCLUSIVE] {
        let signed = sign(&template.replace(EXCLUSIVE, form), &signer);
        let result = bench.verify_strictly(signed.as_bytes());
        assert!(result.is_ok(), "{result:?}\n{signed}");
    }
    let unknown = swap(&enveloped_template(&signer), "<Nip>", "<Nip>&nip;");
    assert_exception(bench.verify(unknown.as_bytes()), 21001);
}

#[test]
fn names_with_attributes_that_rfc_2253_has_no_word_for() {
    let Some((bench, _)) = setting() else { return };
    let seal = self_signed("/O=Firma/organizationIdentifier=VATPL-5265877635/CN=Firma, spółka/C=PL");
    let policy = ksef_sim::judge::xades::Policy {
        allow_self_signed: true,
        enforce_compliance: true,
        now: a_day_old(&seal),
        ..bench.policy()
    };
    let written = seal.issuer();
    for spelling in [
        written.clone(),
        "C=PL, CN=\"Firma, spółka\", OID.2.5.4.97=VATPL-5265877635, O=Firma".to_owned(),
        "C=PL,CN=Firma\\, spółka,2.5.4.97=#0c10564154504c2d35323635383737363335,O=Firma".to_owned(),
        "C=PL,CN=Firma\\, sp\\C3\\B3\\C5\\82ka,2.5.4.97=VATPL-5265877635,O=Firma".to_owned(),
    ] {
        let signed = sign(&swap(&enveloped_template(&seal), &written, &spelling), &seal);
        let request = ksef_sim::judge::xades::verify(signed.as_bytes(), &policy);
        let request = request.unwrap_or_else(|refusal| panic!("{spelling}: {refusal:?}"));
        assert_eq!(request.certificate.owner, Some(CertificateOwner::Seal(NIP.parse().unwrap())));
    }
    // A given name makes it a person's, who then has no number.
    let person = self_signed("/O=Firma/organizationIdentifier=VATPL-5265877635/GN=Jan/SN=Kowalski/C=PL");
    let signed = sign(&enveloped_template(&person), &person);
    assert_exception(ksef_sim::judge::xades::verify(signed.as_bytes(), &policy), 21115);
}
