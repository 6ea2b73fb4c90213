//! How one logged in, as the lists say it, and what it lets one do.

use std::collections::BTreeSet;

use chrono::Duration;
use ksef_crypto::signed_request::{self, SignerKind};
use ksef_crypto::xades::{AuthTokenRequest, SubjectIdentifierType};
use ksef_crypto::{Credential, xades};
use ksef_sim::{
    CertificateOwner, ControlError, KeyAlgorithm, MadeCertificate, NewCertificate, NewPerson, NewSigner,
    Permission, PersonId, Quality, SignerOwner, SimulatorConfig,
};
use ksef_testkit::{ExternalKey, ExternalSigner, ExternalStyle};
use ksef_types::{Clock as _, ContextIdentifier, ContextKind, Nip};
use openssl::pkey::PKey;
use openssl::x509::X509;
use serde_json::{Value, json};

use crate::actors::{
    Actor, PESEL, XML, allow, application, asked_subject, authenticate, certificate, credential, csr, enrol,
    enrolled, p256, test_environment,
};
use crate::harness::{Answer, SELLER, Sim, config};

fn nip() -> Nip {
    SELLER.parse().unwrap()
}

fn anna() -> PersonId {
    PersonId::Pesel(PESEL.parse().unwrap())
}

/// A firm, and a person who may read and issue in it.
fn with_anna(self_signed: bool) -> Sim {
    let sim = Sim::with(SimulatorConfig { self_signed, ..config() });
    allow(&sim, PESEL, SELLER, &[Permission::InvoiceRead, Permission::InvoiceWrite]);
    make(&sim, anna());
    sim
}

fn make(sim: &Sim, id: PersonId) {
    let person =
        NewPerson { id, given_name: "Anna".to_owned(), surname: "Żółć".to_owned(), owner_of: None };
    sim.control().make_person(person).unwrap();
}

fn opened(made: &MadeCertificate) -> Credential {
    let password = made.password.expose().as_bytes();
    let key = PKey::private_key_from_pem_passphrase(made.key.expose().as_bytes(), password).unwrap();
    credential(&X509::from_pem(made.crt.as_bytes()).unwrap().to_der().unwrap(), &key)
}

fn signer(sim: &Sim, quality: Quality, owner: SignerOwner) -> Credential {
    opened(&sim.control().make_signer(NewSigner::new(quality, owner)).unwrap())
}

fn request(sim: &Sim, context: ContextIdentifier, subject: SubjectIdentifierType) -> AuthTokenRequest {
    let challenge = sim.post_empty("/auth/challenge", None).expect(200).json();
    AuthTokenRequest {
        challenge: challenge["challenge"].as_str().unwrap().parse().unwrap(),
        context,
        subject,
    }
}

fn by_subject(sim: &Sim) -> AuthTokenRequest {
    request(sim, nip().into(), SubjectIdentifierType::CertificateSubject)
}

fn signed(sim: &Sim, request: &AuthTokenRequest, credential: &Credential) -> Vec<u8> {
    xades::sign(request, credential, sim.control().clock().now()).unwrap()
}

/// Everything that a login came to.
struct Login {
    status: Value,
    access: Option<String>,
}

fn log_in(sim: &Sim, document: Vec<u8>) -> Login {
    let begun = authenticate(sim, document).expect(202).json();
    let operation = begun["authenticationToken"]["token"].as_str().unwrap();
    let path = format!("/auth/{}", begun["referenceNumber"].as_str().unwrap());
    let status = sim.get(&path, Some(operation)).expect(200).json();
    let access = (status["status"]["code"] == 200).then(|| {
        let tokens = sim.post_empty("/auth/token/redeem", Some(operation)).expect(200).json();
        tokens["accessToken"]["token"].as_str().unwrap().to_owned()
    });
    Login { status, access }
}

fn exception(answer: Answer) -> u64 {
    answer.expect(400).exception().0
}

#[test]
fn every_method_of_the_contract_is_reported() {
    let sim = with_anna(false);
    let control = sim.control();
    let issued = opened(
        &control.make_certificate(NewCertificate::for_owner(CertificateOwner::Person(anna()))).unwrap(),
    );
    let qualified = signer(&sim, Quality::QualifiedSignature, SignerOwner::Person(anna()));
    let seal = signer(&sim, Quality::QualifiedSeal, SignerOwner::Company(nip()));
    let card = signer(&sim, Quality::PersonalSignature, SignerOwner::Person(anna()));
    let by = |credential: &Credential| signed(&sim, &by_subject(&sim), credential);
    let page = by_subject(&sim).to_xml();
    let by_profile = control.sign_by_trusted_profile(anna(), page.as_bytes()).unwrap();
    let mut reported = BTreeSet::new();
    for (document, method, code, name) in [
        (by(&issued), "InternalCertificate", "xades.internal-certificate", "Certyfikat KSeF"),
        (by(&qualified), "QualifiedSignature", "xades.qualified-signature", "Podpis kwalifikowany"),
        (by(&seal), "QualifiedSeal", "xades.qualified-seal", "Pieczęć kwalifikowana"),
        (by(&card), "PersonalSignature", "xades.personal-signature", "Podpis osobisty"),
        (by_profile, "TrustedProfile", "xades.trusted-profile", "Profil Zaufany"),
    ] {
        let login = log_in(&sim, document);
        let info = json!({ "category": "XadesSignature", "code": code, "displayName": name });
        assert_eq!(login.status["authenticationMethod"], method);
        assert_eq!(login.status["authenticationMethodInfo"], info);
        let access = login.access.unwrap();
        let listed = sim.get("/auth/sessions", Some(&access)).expect(200).json();
        let current = listed["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|item| item["isCurrent"] == true)
            .unwrap()
            .clone();
        assert_eq!(
            (&current["authenticationMethod"], &current["authenticationMethodInfo"]),
            (&json!(method), &info)
        );
        reported.insert(method.to_owned());
    }
    sim.login();
    reported.insert("Token".to_owned());
    let provider = test_environment();
    let actor = Actor::new(&[("O", "Dostawca S.A."), ("CN", "PPL123456"), ("C", "PL")]);
    let access = actor.enters(&provider, ContextKind::PeppolId, "PPL123456").unwrap();
    let sessions = provider.get("/auth/sessions", Some(&access)).expect(200).json();
    reported.insert(sessions["items"][0]["authenticationMethod"].as_str().unwrap().to_owned());
    let Some(shared) = ksef_testkit::shared() else {
        eprintln!("skipped: the published contract is not there");
        return;
    };
    let contract: Value =
        serde_json::from_slice(&std::fs::read(shared.join("open-api.json")).unwrap()).unwrap();
    let words = contract["components"]["schemas"]["AuthenticationMethod"]["enum"].as_array().unwrap();
    let words: BTreeSet<String> = words.iter().map(|word| word.as_str().unwrap().to_owned()).collect();
    assert_eq!(reported, words);
}

#[test]
fn a_login_at_the_portal_stands_in_the_list() {
    let sim = with_anna(false);
    let reference = sim.control().log_in_at_portal(anna(), nip()).unwrap();
    let card = signer(&sim, Quality::PersonalSignature, SignerOwner::Person(anna()));
    let access = log_in(&sim, signed(&sim, &by_subject(&sim), &card)).access.unwrap();
    let listed = sim.get("/auth/sessions", Some(&access)).expect(200).json();
    let item =
        listed["items"].as_array().unwrap().iter().find(|item| item["isCurrent"] == false).unwrap().clone();
    assert_eq!(item["referenceNumber"], json!(reference));
    assert_eq!(item["authenticationMethod"], "TrustedProfile", "the older field has one word for both");
    assert_eq!(item["authenticationMethodInfo"]["category"], "NationalNode");
    sim.delete(&format!("/auth/sessions/{reference}"), Some(&access)).expect(204);
    let listed = sim.get("/auth/sessions", Some(&access)).expect(200).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let nobody = PersonId::Pesel("44051401458".parse().unwrap());
    assert!(matches!(sim.control().log_in_at_portal(nobody, nip()), Err(ControlError::NoSuchSigner(_))));
}

#[test]
fn permissions_follow_the_one_who_is_named() {
    let sim = with_anna(false);
    let control = sim.control();
    // By PESEL, whatever one signed with.
    let profile = || {
        let page = by_subject(&sim).to_xml();
        control.sign_by_trusted_profile(anna(), page.as_bytes()).unwrap()
    };
    let card = signer(&sim, Quality::PersonalSignature, SignerOwner::Person(anna()));
    let qualified = signer(&sim, Quality::QualifiedSignature, SignerOwner::Person(anna()));
    let by = |credential: &Credential| signed(&sim, &by_subject(&sim), credential);
    for document in [profile(), by(&card), by(&qualified)] {
        let access = log_in(&sim, document).access.unwrap();
        sim.post("/sessions/online", Some(&access), &json!({})).expect(400);
        sim.post("/permissions/persons/grants", Some(&access), &json!({})).expect(403);
    }
    // A seal is the owner in its own firm, and nobody elsewhere.
    let seal = signer(&sim, Quality::QualifiedSeal, SignerOwner::Company(nip()));
    let access = log_in(&sim, by(&seal)).access.unwrap();
    sim.post("/permissions/persons/grants", Some(&access), &json!({})).expect(400);
    let elsewhere = ContextIdentifier::parse(ContextKind::Nip, "1111111111").unwrap();
    let elsewhere = request(&sim, elsewhere, SubjectIdentifierType::CertificateSubject);
    assert_eq!(log_in(&sim, signed(&sim, &elsewhere, &seal)).status["status"]["code"], 415);
    // A person known by NIP is the firm of that NIP.
    let by_nip = PersonId::Nip(nip());
    make(&sim, by_nip);
    let access = log_in(&sim, by(&signer(&sim, Quality::QualifiedSignature, SignerOwner::Person(by_nip))))
        .access
        .unwrap();
    sim.post("/permissions/persons/grants", Some(&access), &json!({})).expect(400);
    // What is taken from the person is taken whatever they sign with.
    control.revoke_grants(anna(), nip()).unwrap();
    for document in [profile(), by(&card), by(&qualified)] {
        assert_eq!(log_in(&sim, document).status["status"]["code"], 415);
    }
    control.declare_deceased(anna()).unwrap();
    assert_eq!(log_in(&sim, profile()).status["status"]["code"], 470);
}

#[test]
fn a_certificate_without_a_number_is_known_by_its_fingerprint() {
    let sim = with_anna(false);
    let from = |country: &str| SignerOwner::Foreigner {
        given_name: "Erika".to_owned(),
        surname: "Mustermann".to_owned(),
        country: country.to_owned(),
    };
    for country in ["", "D", "de", "DEU", "Ść"] {
        let wanted = NewSigner::new(Quality::QualifiedSignature, from(country));
        let refused = sim.control().make_signer(wanted).unwrap_err();
        assert!(matches!(refused, ControlError::NoSuchSigner(_)), "{country}: {refused}");
    }
    let foreigner = signer(&sim, Quality::QualifiedSignature, from("DE"));
    let by_name = signed(&sim, &by_subject(&sim), &foreigner);
    assert_eq!(exception(authenticate(&sim, by_name)), 21115);
    let print = || request(&sim, nip().into(), SubjectIdentifierType::CertificateFingerprint);
    let unknown = log_in(&sim, signed(&sim, &print(), &foreigner));
    assert_eq!(unknown.status["status"]["code"], 415);
    let seal = signer(&sim, Quality::QualifiedSeal, SignerOwner::Company(nip()));
    let access = log_in(&sim, signed(&sim, &by_subject(&sim), &seal)).access.unwrap();
    let grant = json!({
        "subjectIdentifier": {
            "type": "Fingerprint",
            "value": hex::encode_upper(foreigner.certificate().fingerprint().as_bytes()),
        },
        "permissions": ["InvoiceRead"],
        "description": "Pracowniczka",
        "subjectDetails": {
            "subjectDetailsType": "PersonByFingerprintWithoutIdentifier",
            "personByFpNoId": {
                "firstName": "Erika",
                "lastName": "Mustermann",
                "birthDate": "1980-02-29",
                "idDocument": { "type": "Paszport", "number": "AB 123456", "country": "DE" },
            },
        },
    });
    crate::entitled::given(&sim, &access, "/permissions/persons/grants", &grant);
    let known = log_in(&sim, signed(&sim, &print(), &foreigner));
    assert_eq!(known.status["authenticationMethod"], "QualifiedSignature");
    sim.post("/invoices/query/metadata", known.access.as_deref(), &json!({})).expect(400);
}

#[test]
fn the_trust_of_certificates_from_elsewhere() {
    let sim = with_anna(false);
    let other = with_anna(false);
    let control = sim.control();
    let made = control
        .make_signer(NewSigner::new(Quality::QualifiedSignature, SignerOwner::Person(anna())))
        .unwrap();
    let mine = opened(&made);
    let login = |sim: &Sim, credential: &Credential, query: &str| {
        let document = signed(sim, &by_subject(sim), credential);
        let path = format!("/auth/xades-signature{query}");
        let begun = sim.request("POST", &path, None, &XML, Some(document)).expect(202).json();
        let operation = begun["authenticationToken"]["token"].as_str();
        let path = format!("/auth/{}", begun["referenceNumber"].as_str().unwrap());
        let status = sim.get(&path, operation).expect(200).json()["status"].clone();
        (status["code"].as_u64().unwrap(), status["details"][0].as_str().unwrap_or_default().to_owned())
    };
    let refused = |detail: &str| (460, detail.to_owned());
    for query in ["", "?verifyCertificateChain=true"] {
        assert_eq!(login(&sim, &mine, query).0, 200, "{query}");
        // The other simulator has trust services of the same names and of other keys.
        assert_eq!(login(&other, &mine, query), refused("Błąd weryfikacji łańcucha certyfikatów"));
    }
    control.suspend_certificate(&made.serial).unwrap();
    assert_eq!(login(&sim, &mine, ""), refused("Certyfikat zawieszony"));
    control.resume_certificate(&made.serial).unwrap();
    assert_eq!(login(&sim, &mine, "").0, 200);
    control.revoke_certificate(&made.serial).unwrap();
    assert_eq!(login(&sim, &mine, ""), refused("Certyfikat odwołany"));
    let now = sim.control().clock().now();
    let old = NewSigner::new(Quality::PersonalSignature, SignerOwner::Person(anna()))
        .valid(now - Duration::days(400), now - Duration::days(1));
    assert_eq!(login(&sim, &opened(&control.make_signer(old).unwrap()), ""), refused("Nieważny certyfikat"));
    let rsa = NewSigner::new(Quality::QualifiedSignature, SignerOwner::Person(anna()))
        .with_key(KeyAlgorithm::Rsa2048);
    assert_eq!(login(&sim, &opened(&control.make_signer(rsa).unwrap()), "").0, 200);
}

#[test]
fn profil_zaufany_needs_a_pesel_and_signs_for_nobody_else() {
    let sim = with_anna(false);
    let control = sim.control();
    let print = request(&sim, nip().into(), SubjectIdentifierType::CertificateFingerprint).to_xml();
    let print = control.sign_by_trusted_profile(anna(), print.as_bytes()).unwrap();
    assert_eq!(exception(authenticate(&sim, print)), 21406, "the seal's fingerprint is nobody's own");

    let page = by_subject(&sim).to_xml();
    let document = control.sign_by_trusted_profile(anna(), page.as_bytes()).unwrap();
    // The program takes it for what it is.
    let read = signed_request::read(&document).unwrap();
    assert_eq!((read.signer().kind, read.signer().name.as_str()), (SignerKind::TrustedProfile, "Anna Żółć"));
    assert_eq!(read.signer().pesel, Some(PESEL.parse().unwrap()));
    // Another person's number in the role breaks the signature.
    let forged = String::from_utf8(document.clone()).unwrap().replace(PESEL, "44051401458");
    assert_eq!(exception(authenticate(&sim, forged.into_bytes())), 9105);
    assert_eq!(log_in(&sim, document).status["status"]["code"], 200);

    // Whoever has a certificate is not somebody else by writing a role.
    let Some(external) = person_with_role(&sim) else { return };
    let login = log_in(&sim, external);
    assert_eq!(login.status["authenticationMethod"], "QualifiedSignature");
    assert_eq!(login.status["status"]["code"], 415, "the person of the certificate has no permission here");

    for person in [PersonId::Nip(nip()), PersonId::Pesel("02070803628".parse().unwrap())] {
        assert!(control.sign_by_trusted_profile(person, page.as_bytes()).is_err());
    }
    for nothing in
        [&b"nothing"[..], b"\xff", b"<a><Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/></a>"]
    {
        let refused = control.sign_by_trusted_profile(anna(), nothing);
        assert!(matches!(refused, Err(ControlError::NotSignable(_))));
    }
}

const ROLE: &str = "<ppZP:PodpisZP xmlns:ppZP=\"http://crd.gov.pl/xml/schematy/ppzp/\" \
    xmlns:os=\"http://crd.gov.pl/xml/schematy/osoba/2009/11/16/\"><ppZP:DaneZP><ppZP:DaneZPOsobyFizycznej>\
    <os:Nazwisko rodzajCzlonu=\"pierwszy\">ŻÓŁĆ</os:Nazwisko><os:Imie>ANNA</os:Imie><os:PESEL>30112206276</os:PESEL>\
    </ppZP:DaneZPOsobyFizycznej></ppZP:DaneZP></ppZP:PodpisZP>";

/// Somebody else's qualified certificate, and Anna in the role.
fn person_with_role(sim: &Sim) -> Option<Vec<u8>> {
    let other = PersonId::Pesel("44051401458".parse().unwrap());
    make(sim, other);
    let made = sim
        .control()
        .make_signer(NewSigner::new(Quality::QualifiedSignature, SignerOwner::Person(other)))
        .unwrap();
    let external = ExternalSigner::with(&made.crt, made.key.expose(), made.password.expose())?;
    Some(by_other_program(sim, &external, ROLE))
}

fn by_other_program(sim: &Sim, external: &ExternalSigner, role: &str) -> Vec<u8> {
    let time = sim.control().clock().now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let style = ExternalStyle { claimed_role: Some(role.to_owned()), inclusive: true, ..Default::default() };
    external.sign(&by_subject(sim).to_xml(), &time, &style)
}

#[test]
fn self_signed_stand_ins_are_told_by_what_they_claim_to_be() {
    // Certificates of the openssl program are dated by this computer's clock.
    let sim =
        Sim::with(SimulatorConfig { self_signed: true, clock: ksef_sim::SimClock::system(), ..config() });
    allow(&sim, PESEL, SELLER, &[Permission::InvoiceRead]);
    let stand_in = |subject: &str| ExternalSigner::new(subject, ExternalKey::P256);
    let Some(seal) = stand_in("/C=PL/O=Ministerstwo/CN=Podpis zaufany") else { return };
    let login = log_in(&sim, by_other_program(&sim, &seal, ROLE));
    assert_eq!(login.status["authenticationMethod"], "TrustedProfile");
    assert_eq!(login.status["status"]["code"], 200);
    let nameless = ROLE.replace("<os:PESEL>30112206276</os:PESEL>", "");
    assert_eq!(exception(authenticate(&sim, by_other_program(&sim, &seal, &nameless))), 21115);
    let person = stand_in("/C=PL/CN=Jan Testowy/GN=Jan/SN=Testowy/serialNumber=PNOPL-44051401458").unwrap();
    let login = log_in(&sim, by_other_program(&sim, &person, ROLE));
    assert_eq!(login.status["authenticationMethod"], "QualifiedSignature");
    assert_eq!(login.status["status"]["code"], 415);
}

#[test]
fn whoever_signed_may_apply_for_certificates_in_their_own_name() {
    let sim = with_anna(false);
    let control = sim.control();
    let page = by_subject(&sim).to_xml();
    let by_profile = log_in(&sim, control.sign_by_trusted_profile(anna(), page.as_bytes()).unwrap());
    let card = signer(&sim, Quality::PersonalSignature, SignerOwner::Person(anna()));
    let by_card = log_in(&sim, signed(&sim, &by_subject(&sim), &card));
    for login in [by_profile, by_card] {
        let access = login.access.unwrap();
        let data = sim.get("/certificates/enrollments/data", Some(&access)).expect(200).json();
        assert_eq!(
            data,
            json!({
                "commonName": "Anna Żółć",
                "countryName": "PL",
                "givenName": "Anna",
                "surname": "Żółć",
                "serialNumber": format!("PNOPL-{PESEL}"),
            })
        );
        let (_, own) = enrolled(&sim, &access, "Authentication");
        let again = log_in(&sim, signed(&sim, &by_subject(&sim), &own));
        assert_eq!(again.status["authenticationMethod"], "InternalCertificate");
        assert_eq!(again.status["status"]["code"], 200);
    }
    let seal = signer(&sim, Quality::QualifiedSeal, SignerOwner::Company(nip()));
    let access = log_in(&sim, signed(&sim, &by_subject(&sim), &seal)).access.unwrap();
    let data = sim.get("/certificates/enrollments/data", Some(&access)).expect(200).json();
    assert_eq!(data["organizationIdentifier"], format!("VATPL-{SELLER}"));
    // For KOD II: what it signs with cannot log in.
    let request = csr(&asked_subject(&data), &p256(), openssl::hash::MessageDigest::sha256());
    let status = enrol(&sim, &access, &application("Offline", &request));
    let der = certificate(&sim, &access, status["certificateSerialNumber"].as_str().unwrap());
    assert!(X509::from_der(&der).unwrap().key_usage().is_some());
}

#[test]
fn who_gets_which_certificate() {
    let sim = with_anna(false);
    let by_nip = PersonId::Nip(nip());
    make(&sim, by_nip);
    let unknown = PersonId::Pesel("44051401458".parse().unwrap());
    for (quality, owner) in [
        (Quality::QualifiedSeal, SignerOwner::Person(anna())),
        (Quality::QualifiedSignature, SignerOwner::Company(nip())),
        (Quality::PersonalSignature, SignerOwner::Company(nip())),
        (Quality::PersonalSignature, SignerOwner::Person(by_nip)),
    ] {
        let refused = sim.control().make_signer(NewSigner::new(quality, owner.clone()));
        assert!(matches!(refused, Err(ControlError::NoSuchSigner(_))), "{quality:?} {owner:?}");
    }
    let refused =
        sim.control().make_signer(NewSigner::new(Quality::QualifiedSignature, SignerOwner::Person(unknown)));
    assert!(matches!(refused, Err(ControlError::NoPerson)));
}

#[test]
fn the_trust_services_outlive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        let state = ksef_sim::StateStore::Folder(folder.path().to_owned());
        Sim::with(SimulatorConfig { state, ..config() })
    };
    let sim = start();
    allow(&sim, PESEL, SELLER, &[Permission::InvoiceRead]);
    make(&sim, anna());
    let card = signer(&sim, Quality::PersonalSignature, SignerOwner::Person(anna()));
    sim.stop();
    let sim = start();
    assert_eq!(log_in(&sim, signed(&sim, &by_subject(&sim), &card)).status["status"]["code"], 200);
    sim.stop();
    // A state of a version that had none yet gets them once and keeps them.
    let keys = folder.path().join("keys.json");
    let mut text: Value = serde_json::from_slice(&std::fs::read(&keys).unwrap()).unwrap();
    text.as_object_mut().unwrap().remove("trust").unwrap();
    std::fs::write(&keys, text.to_string()).unwrap();
    let sim = start();
    let card = signer(&sim, Quality::PersonalSignature, SignerOwner::Person(anna()));
    sim.stop();
    let sim = start();
    assert_eq!(log_in(&sim, signed(&sim, &by_subject(&sim), &card)).status["status"]["code"], 200);
}
