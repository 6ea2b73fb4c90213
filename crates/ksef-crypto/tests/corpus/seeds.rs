//! The first inputs of the corpus: what other programs and this one sign, certificates of every kind, and hostile ones. Keys and
//! signatures are made anew each time.

use ksef_crypto::xades::{AuthTokenRequest, SubjectIdentifierType, sign};
use ksef_crypto::{Certificate, CertificateRequest, Credential, KeyAlgorithm, PrivateKey, SubjectData};
use ksef_testkit::{ExternalForm, ExternalKey, ExternalSigner, ExternalStyle};
use ksef_types::{ContextIdentifier, SecretBytes, SecretText};
use openssl::asn1::{Asn1Integer, Asn1Time};
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::extension::KeyUsage;
use openssl::x509::{X509, X509Name};

use super::bodies::{CHALLENGE, COMPANY};

const PERSON: &str = "/C=PL/CN=Jan Testowy/GN=Jan/SN=Testowy/serialNumber=PNOPL-30112206276";
const TIME: &str = "2026-12-01T11:59:00Z";
/// 2026-12-01T12:00:00Z
const NOW: i64 = 1_796_126_400;
const DAY: i64 = 86_400;

type Input = (&'static str, String, Vec<u8>);

/// Target, name of the file, bytes.
pub(crate) fn all() -> Vec<Input> {
    let requests = signed().into_iter().chain(unsigned());
    let certificates = certificates().into_iter().chain(clothes());
    requests
        .map(|(name, bytes)| ("read_signed_request", name.to_owned(), bytes))
        .chain(certificates.map(|(name, bytes)| ("read_certificate", name.to_owned(), bytes)))
        .collect()
}

fn request() -> AuthTokenRequest {
    AuthTokenRequest {
        challenge: CHALLENGE.parse().unwrap(),
        context: ContextIdentifier::Nip(COMPANY.parse().unwrap()),
        subject: SubjectIdentifierType::CertificateSubject,
    }
}

type Named = (&'static str, Vec<u8>);

/// By programs of others.
fn signed() -> Vec<Named> {
    let by_ec = ExternalSigner::new(PERSON, ExternalKey::P256).unwrap();
    let by_rsa = ExternalSigner::new(PERSON, ExternalKey::Rsa(2048)).unwrap();
    let ministry =
        ExternalSigner::new("/C=PL/O=Ministerstwo/CN=Podpis zaufany", ExternalKey::Rsa(2048)).unwrap();
    let xml = request().to_xml();
    let style = ExternalStyle::default;
    let enveloping = || ExternalStyle { form: ExternalForm::Enveloping, ..style() };
    let role = "<ppZP:PodpisZP xmlns:ppZP=\"http://crd.gov.pl/xml/schematy/ppzp/\" \
                xmlns:os=\"http://crd.gov.pl/xml/schematy/osoba/2009/11/16/\"><ppZP:DaneZP><ppZP:DaneZPOsobyFizycznej>\
                <os:Nazwisko rodzajCzlonu=\"pierwszy\">ŻÓŁĆ</os:Nazwisko><os:Imie>ANNA</os:Imie>\
                <os:PESEL>30112206276</os:PESEL></ppZP:DaneZPOsobyFizycznej></ppZP:DaneZP></ppZP:PodpisZP>";
    let by_role = ExternalStyle { claimed_role: Some(role.to_owned()), inclusive: true, ..style() };
    let ec = |style: &ExternalStyle| by_ec.sign(&xml, TIME, style);
    let once = String::from_utf8(ec(&style())).unwrap();
    let around = String::from_utf8(ec(&enveloping())).unwrap();
    let (start, end) = once.rsplit_once("</AuthTokenRequest>").unwrap();
    let signature = &start[start.find("<ds:Signature").unwrap()..];
    let inner = &around[around.find("<ds:Signature").unwrap()..];
    let other = |what: &str, with: &str| once.replace(what, with).into_bytes();
    let own = {
        let key = ec_key(Nid::X9_62_PRIME256V1);
        let der = issued(&key, &Marks::default());
        let certificate = Certificate::from_der(&der).unwrap();
        let credential = Credential::assemble(certificate, private_key(&key)).unwrap();
        sign(&request(), &credential, chrono::DateTime::from_timestamp(NOW, 0).unwrap()).unwrap()
    };
    vec![
        ("enveloped-ec.xml", once.clone().into_bytes()),
        ("enveloped-rsa.xml", by_rsa.sign(&xml, TIME, &style())),
        ("inclusive.xml", ec(&ExternalStyle { inclusive: true, ..style() })),
        ("xpath.xml", ec(&ExternalStyle { xpath: true, ..style() })),
        ("enveloping.xml", around.clone().into_bytes()),
        ("enveloping-xpath.xml", ec(&ExternalStyle { xpath: true, ..enveloping() })),
        ("enveloping-base64.xml", ec(&ExternalStyle { form: ExternalForm::EnvelopingBase64, ..style() })),
        ("detached.xml", ec(&ExternalStyle { form: ExternalForm::Detached, ..style() })),
        ("sha1.xml", ec(&ExternalStyle { sha1: true, ..style() })),
        ("no-certificate.xml", ec(&ExternalStyle { no_certificate: true, ..style() })),
        ("no-properties.xml", ec(&ExternalStyle { no_properties: true, ..style() })),
        ("unbound.xml", ec(&ExternalStyle { unbound: true, ..style() })),
        ("profil-zaufany.xml", ministry.sign(&xml, TIME, &by_role)),
        ("program.xml", own),
        ("bom.xml", [b"\xEF\xBB\xBF", once.as_bytes()].concat()),
        ("invoice.xml", by_ec.sign("<Faktura><P_1>2026-12-01</P_1></Faktura>", TIME, &style())),
        (
            "twice.xml",
            format!("{start}{}</AuthTokenRequest>{end}", signature.replace("\"Sig\"", "\"Sig2\""))
                .into_bytes(),
        ),
        (
            "wrapped.xml",
            xml.replace("</AuthTokenRequest>", &format!("{}</AuthTokenRequest>", inner.trim())).into_bytes(),
        ),
        (
            "two-ids.xml",
            around
                .replace(
                    "<ds:Object Id=\"Request\">",
                    "<ds:Object Id=\"Request\"/><ds:Object Id=\"Request\">",
                )
                .into_bytes(),
        ),
        ("other-company.xml", other("<Nip>5265877635", "<Nip>9999999999")),
        ("other-time.xml", other(TIME, "2026-12-01T11:59:01Z")),
        ("comment.xml", other("<Challenge>", "<Challenge><!-- -->")),
        ("cdata.xml", other(CHALLENGE, &format!("<![CDATA[{CHALLENGE}]]>"))),
        (
            "reference-twice.xml",
            other("<ds:Reference URI=\"\">", "<ds:Reference URI=\"\"/><ds:Reference URI=\"\">"),
        ),
        (
            "xslt.xml",
            other(
                "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
                "http://www.w3.org/TR/1999/REC-xslt-19991116",
            ),
        ),
        ("far-away.xml", other("URI=\"\"", "URI=\"http://example.com/\"")),
        ("cut-off.xml", once.as_bytes()[..once.len() * 2 / 3].to_vec()),
    ]
}

/// What people bring instead.
fn unsigned() -> Vec<Named> {
    let utf16 = request().to_xml().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let laughs =
        "<!DOCTYPE a [<!ENTITY b \"cccccccccc\"><!ENTITY d \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><a>&d;&d;&d;</a>";
    vec![
        ("not-signed.xml", request().to_xml().into_bytes()),
        ("utf-16.xml", utf16),
        ("entities.xml", laughs.into()),
        ("external.xml", b"<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>".to_vec()),
        ("deep.xml", "<a>".repeat(2000).into_bytes()),
        ("only-signature.xml", b"<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>".to_vec()),
        ("pdf", b"%PDF-1.7\n1 0 obj".to_vec()),
        ("pkcs7", b"MIAGCSqGSIb3DQEHAqCAMIACAQExDzANBglghkgBZQMEAgEFADCABgkqhkiG9w0BBwGggA==".to_vec()),
        ("page.html", b"<!DOCTYPE html><html><body>Zaloguj</body></html>".to_vec()),
        ("empty", Vec::new()),
    ]
}

/// How a certificate is made.
struct Marks {
    usage: Option<(bool, bool)>,
    from: i64,
    to: i64,
    serial: Asn1Integer,
    name: X509Name,
}

impl Default for Marks {
    fn default() -> Self {
        let serial = BigNum::from_hex_str("00F1020304050607").unwrap().to_asn1_integer().unwrap();
        let name = name(&[
            ("C", "PL"),
            ("CN", "Zażółć Sp. z o.o."),
            ("O", "Zażółć Sp. z o.o."),
            ("2.5.4.97", "VATPL-5265877635"),
        ]);
        Self { usage: Some((true, false)), from: NOW - 5 * DAY, to: NOW + 5 * DAY, serial, name }
    }
}

fn name(entries: &[(&str, &str)]) -> X509Name {
    let mut builder = X509Name::builder().unwrap();
    for (attribute, text) in entries {
        builder.append_entry_by_text(attribute, text).unwrap();
    }
    builder.build()
}

fn issued(key: &PKey<Private>, marks: &Marks) -> Vec<u8> {
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&marks.serial).unwrap();
    builder.set_subject_name(&marks.name).unwrap();
    builder.set_issuer_name(&name(&[("C", "PL"), ("CN", "Wystawca, \"próbny\" #1")])).unwrap();
    builder.set_not_before(&Asn1Time::from_unix(marks.from).unwrap()).unwrap();
    builder.set_not_after(&Asn1Time::from_unix(marks.to).unwrap()).unwrap();
    builder.set_pubkey(key).unwrap();
    if let Some((signature, repudiation)) = marks.usage {
        let mut usage = KeyUsage::new();
        usage.critical();
        if signature {
            usage.digital_signature();
        }
        if repudiation {
            usage.non_repudiation();
        }
        builder.append_extension(usage.build().unwrap()).unwrap();
    }
    // Ed25519 hashes by itself.
    let own_hash = key.id() == openssl::pkey::Id::ED25519;
    let digest = if own_hash { MessageDigest::null() } else { MessageDigest::sha256() };
    builder.sign(key, digest).unwrap();
    builder.build().to_der().unwrap()
}

fn ec_key(curve: Nid) -> PKey<Private> {
    PKey::from_ec_key(EcKey::generate(&EcGroup::from_curve_name(curve).unwrap()).unwrap()).unwrap()
}

fn private_key(key: &PKey<Private>) -> PrivateKey {
    PrivateKey::from_pkcs8_der(&SecretBytes::new(key.private_key_to_pkcs8().unwrap())).unwrap()
}

fn certificates() -> Vec<Named> {
    let key = ec_key(Nid::X9_62_PRIME256V1);
    let made = |marks: Marks| issued(&key, &marks);
    let usage = |usage| Marks { usage, ..Marks::default() };
    let named = |entries: &[(&str, &str)]| Marks { name: name(entries), ..Marks::default() };
    let numbered = |hex: &str| {
        let serial = BigNum::from_hex_str(hex).unwrap().to_asn1_integer().unwrap();
        Marks { serial, ..Marks::default() }
    };
    let whole = made(Marks::default());
    vec![
        ("authentication.der", whole.clone()),
        ("offline.der", made(usage(Some((false, true))))),
        ("both.der", made(usage(Some((true, true))))),
        ("no-usage.der", made(usage(None))),
        ("expired.der", made(Marks { from: NOW - 9 * DAY, to: NOW - DAY, ..Marks::default() })),
        ("never-valid.der", made(Marks { from: NOW + DAY, to: NOW - DAY, ..Marks::default() })),
        ("far-future.der", made(Marks { to: NOW + 300_000 * DAY, ..Marks::default() })),
        ("long-serial.der", made(numbered(&"AB".repeat(20)))),
        ("zero-serial.der", made(numbered("00"))),
        ("negative-serial.der", made(numbered("-7F"))),
        ("nameless.der", made(named(&[]))),
        (
            "person.der",
            made(named(&[
                ("C", "PL"),
                ("CN", "Jan Maria"),
                ("GN", "Jan"),
                ("GN", "Maria"),
                ("SN", "Żółć"),
                ("serialNumber", "PNOPL-30112206276"),
            ])),
        ),
        ("controls.der", made(named(&[("CN", "a\u{202e}b\r\n\u{1b}[2J")]))),
        ("rsa.der", issued(&PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap(), &Marks::default())),
        ("p384.der", issued(&ec_key(Nid::SECP384R1), &Marks::default())),
        ("ed25519.der", issued(&PKey::generate_ed25519().unwrap(), &Marks::default())),
        ("followed.der", [whole.as_slice(), b"\0"].concat()),
        ("cut-off.der", whole[..whole.len() - 9].to_vec()),
    ]
}

/// The same and its neighbours in other clothes.
fn clothes() -> Vec<Named> {
    let password = SecretText::from("Tajne-Haslo-2026!".to_owned());
    let key = ec_key(Nid::X9_62_PRIME256V1);
    let certificate = Certificate::from_der(&issued(&key, &Marks::default())).unwrap();
    let pem = X509::from_der(certificate.der()).unwrap().to_pem().unwrap();
    let credential = Credential::assemble(certificate, private_key(&key)).unwrap();
    let container = credential.export_container(&password, "próba").unwrap();
    let ours = PrivateKey::generate(KeyAlgorithm::P256).unwrap();
    let subject = SubjectData {
        common_name: "Jan Żółć".to_owned(),
        country_name: "PL".to_owned(),
        given_names: vec!["Jan".to_owned()],
        ..SubjectData::default()
    };
    let request = CertificateRequest::make(&subject, &ours).unwrap();
    let encrypted = key
        .private_key_to_pem_pkcs8_passphrase(
            openssl::symm::Cipher::aes_256_cbc(),
            password.expose().as_bytes(),
        )
        .unwrap();
    vec![
        ("certificate.pem", pem.clone()),
        ("two.pem", [pem.as_slice(), &pem].concat()),
        ("request.der", request.der().to_vec()),
        ("request.base64", request.to_base64().into_bytes()),
        // Exposed to be written: these keys belong to nobody.
        ("container.p12", container.expose().clone()),
        ("encrypted-key.pem", encrypted),
        ("data.txt", "Jan Żółć\nPL\nŻółć\nPNOPL-30112206276\n\n\n\nJan\nMaria".into()),
        ("data-odd.txt", "\u{0}\u{202e},+\"\\<>;#=\n\u{ffff}\n".repeat(9).into_bytes()),
    ]
}
