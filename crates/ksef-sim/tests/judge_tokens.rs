//! Tokens: those that clients encrypt, and those that the simulator hands out.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod judge_common;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::Duration;
use judge_common::{NIP, now};
use ksef_sim::judge::jwt::{AccessGrant, JwtKey, JwtRefusal, TokenType};
use ksef_sim::judge::keys::MinistryKeys;
use ksef_sim::judge::refusal::{AuthenticationFailure, CertificateFault, TokenFault};
use ksef_sim::judge::token::{OpenedToken, TokenRefusal, open};
use ksef_testkit::SeededRandomness;
use ksef_types::{ContextIdentifier, ReferenceNumber};
use openssl::encrypt::Encrypter;
use openssl::hash::MessageDigest;
use openssl::rsa::Padding;
use openssl::x509::X509;
use proptest::prelude::*;

const TOKEN: &str = "20261101-EC-0123456789-0123456789-AB|nip-5265877635|\
                     0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

struct Keys {
    keys: MinistryKeys,
    id: String,
    certificate: X509,
}

impl Keys {
    fn new() -> Self {
        let keys = MinistryKeys::create(now(), &SeededRandomness::new(5)).unwrap();
        let published = keys.published(now()).remove(0);
        let certificate = X509::from_der(&STANDARD.decode(published.certificate).unwrap()).unwrap();
        Self { keys, id: published.public_key_id, certificate }
    }

    fn encrypt(&self, plain: &[u8]) -> String {
        let key = self.certificate.public_key().unwrap();
        let mut encrypter = Encrypter::new(&key).unwrap();
        encrypter.set_rsa_padding(Padding::PKCS1_OAEP).unwrap();
        encrypter.set_rsa_oaep_md(MessageDigest::sha256()).unwrap();
        encrypter.set_rsa_mgf1_md(MessageDigest::sha256()).unwrap();
        let mut out = vec![0; encrypter.encrypt_len(plain).unwrap()];
        let length = encrypter.encrypt(plain, &mut out).unwrap();
        STANDARD.encode(&out[..length])
    }

    fn open(&self, encrypted: &str) -> Result<OpenedToken, TokenRefusal> {
        open(&self.keys, encrypted, Some(&self.id), now())
    }
}

#[test]
fn an_encrypted_token_is_opened_and_compared() {
    let keys = Keys::new();
    let opened = keys.open(&keys.encrypt(format!("{TOKEN}|1763812800123").as_bytes())).unwrap();
    assert_eq!(opened.token.secret().expose(), TOKEN);
    assert_eq!(opened.timestamp_ms, 1_763_812_800_123);
    assert_eq!(opened.check_timestamp(1_763_812_800_123), Ok(()));
    assert_eq!(opened.check_timestamp(1_763_812_800_124), Err(TokenFault::Timestamp));
    let own = ContextIdentifier::Nip(NIP.parse().unwrap());
    assert_eq!(opened.check_context(&own), Ok(()));
    let other = ContextIdentifier::InternalId(format!("{NIP}-12345"));
    assert_eq!(opened.check_context(&other), Err(TokenFault::Context(other.clone())));
    assert!(!format!("{opened:?}").contains("0123456789abcdef"), "secrets are not shown");
}

#[test]
fn each_fault_of_an_encrypted_token_has_its_cause() {
    let keys = Keys::new();
    let fault = |plain: &str| match keys.open(&keys.encrypt(plain.as_bytes())) {
        Err(TokenRefusal::Fault(fault)) => fault,
        other => panic!("{plain}: {other:?}"),
    };
    assert_eq!(fault("no bar at all"), TokenFault::Encoding);
    assert_eq!(fault(TOKEN), TokenFault::Timestamp);
    assert_eq!(fault(&format!("{TOKEN}|")), TokenFault::Timestamp);
    assert_eq!(fault(&format!("{TOKEN}|-1")), TokenFault::Timestamp);
    assert_eq!(fault(&format!("{TOKEN}|2026-11-22T12:00:00Z")), TokenFault::Timestamp);
    assert_eq!(fault(&format!("{TOKEN}|99999999999999999999")), TokenFault::Timestamp);
    assert_eq!(fault(&format!("{TOKEN} |1")), TokenFault::Invalid);
    assert_eq!(fault("abc|1"), TokenFault::Invalid);
    assert_eq!(fault(&format!("{}|1", "a".repeat(64))), TokenFault::Invalid);
    let not_text = keys.open(&keys.encrypt(&[0xff, 0xfe, b'|', b'1']));
    assert!(matches!(not_text, Err(TokenRefusal::Fault(TokenFault::Encoding))));
    let garbage = keys.open(&STANDARD.encode([1; 256]));
    assert!(matches!(garbage, Err(TokenRefusal::Fault(TokenFault::Encryption))));
    for (encrypted, id, code) in [("?", keys.id.as_str(), 21405), ("AAAA", "AAAA", 21470)] {
        let refusal = open(&keys.keys, encrypted, Some(id), now());
        assert!(matches!(refusal, Err(TokenRefusal::Exception(exception)) if exception.code == code));
    }
}

#[test]
fn words_of_every_refusal_stand_in_the_contract() {
    let Some(shared) = ksef_testkit::shared() else {
        eprintln!("skipped: no shared contract files");
        return;
    };
    let contract: serde_json::Value =
        serde_json::from_slice(&std::fs::read(shared.join("open-api.json")).unwrap()).unwrap();
    let table = contract
        .pointer("/components/schemas/AuthenticationOperationStatusResponse/properties/status/description")
        .and_then(serde_json::Value::as_str)
        .unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .map(|row| row.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    let context = ContextIdentifier::Nip(NIP.parse().unwrap());
    let tokens = [
        TokenFault::Challenge,
        TokenFault::Invalid,
        TokenFault::Timestamp,
        TokenFault::Revoked,
        TokenFault::Inactive,
        TokenFault::Encryption,
        TokenFault::Encoding,
        TokenFault::Context(context),
    ];
    let certificates = [
        CertificateFault::NotValid,
        CertificateFault::ChainBroken,
        CertificateFault::Untrusted,
        CertificateFault::Revoked,
        CertificateFault::Suspended,
        CertificateFault::Incorrect,
    ];
    let others = [
        AuthenticationFailure::NoPermissions,
        AuthenticationFailure::Invalidated,
        AuthenticationFailure::DeceasedPerson,
        AuthenticationFailure::Blocked,
        AuthenticationFailure::Unknown,
        AuthenticationFailure::Cancelled,
    ];
    let failures: Vec<_> = tokens
        .into_iter()
        .map(AuthenticationFailure::Token)
        .chain(certificates.into_iter().map(AuthenticationFailure::Certificate))
        .chain(others)
        .collect();
    for failure in &failures {
        let status = failure.status();
        let code = status.code.to_string();
        let found = rows.iter().any(|row| {
            let &[number, description, detail] = row.as_slice() else { return false };
            let detail_fits = match status.details.as_slice() {
                [] => detail == "-",
                [given] => match detail.split_once("{contextIdentifier}") {
                    Some((start, _)) => given.starts_with(start),
                    None => given == detail,
                },
                _ => false,
            };
            number == code && description == status.description && detail_fits
        });
        assert!(found, "{status:?} is not in the contract");
    }
    // And every failing row of the contract can be answered: 100 and 200 are not failures.
    let failing =
        rows.iter().filter(|row| row.first().is_some_and(|code| code.parse::<u16>().is_ok_and(|c| c > 200)));
    assert_eq!(failing.count(), failures.len());
}

fn grant() -> AccessGrant {
    AccessGrant {
        context: ContextIdentifier::Nip(NIP.parse().unwrap()),
        method: "InternalCertificate".to_owned(),
        reference_number: reference(),
        subject: serde_json::json!({"subjectIdentifier": {"type": "Nip", "value": NIP}}),
        permissions: vec!["InvoiceRead".to_owned(), "InvoiceWrite".to_owned()],
        ip_policy: None,
    }
}

fn reference() -> ReferenceNumber {
    "20261122-AU-0123456789-0123456789-AB".parse().unwrap()
}

#[test]
fn access_tokens_say_what_was_seen_in_the_field() {
    let random = SeededRandomness::new(1);
    let key = JwtKey::generate(&random);
    let issued = key.issue_access(&grant(), now(), &random).unwrap();
    assert_eq!(issued.valid_until, now() + Duration::minutes(15));
    let token = issued.token.expose();
    let payload = token.split('.').nth(1).unwrap();
    let claims: serde_json::Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    assert_eq!(claims["typ"], "ContextToken");
    assert_eq!(claims["cit"], "Nip");
    assert_eq!(claims["civ"], NIP);
    assert_eq!(claims["aum"], "InternalCertificate");
    assert_eq!(claims["arn"], reference().as_str());
    assert_eq!(claims["per"], "[\"InvoiceRead\",\"InvoiceWrite\"]");
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 900);
    for name in ["sub", "rol", "pep", "iss", "aud"] {
        assert!(claims[name].is_string(), "{name}");
    }
    let read = key.read(token, TokenType::ContextToken, now()).unwrap();
    assert_eq!(read.context(), Some(grant().context));
    assert_eq!(read.permissions(), grant().permissions);
    // Two tokens of the same moment are two tokens.
    let second = key.issue_access(&grant(), now(), &random).unwrap();
    assert_ne!(second.token.expose(), token);
    // The key survives its state.
    let again = JwtKey::from_state(&key.to_state()).unwrap();
    assert!(again.read(token, TokenType::ContextToken, now()).is_ok());
    assert!(JwtKey::from_state("AAAA").is_none());
}

#[test]
fn each_kind_lives_its_time_and_does_its_work_only() {
    let random = SeededRandomness::new(1);
    let key = JwtKey::generate(&random);
    let issued = [
        (TokenType::ContextToken, key.issue_access(&grant(), now(), &random).unwrap()),
        (TokenType::OperationToken, key.issue_operation(&reference(), now(), &random).unwrap()),
        (TokenType::RefreshToken, key.issue_refresh(&reference(), now(), &random).unwrap()),
    ];
    let lives = [Duration::minutes(15), Duration::minutes(45), Duration::days(7)];
    for ((kind, token), life) in issued.iter().zip(lives) {
        let read = |wanted, moment| key.read(token.token.expose(), wanted, moment).map(|claims| claims.arn);
        assert_eq!(token.valid_until, now() + life);
        assert_eq!(read(*kind, now()), Ok(reference()));
        assert_eq!(read(*kind, now() + life - Duration::seconds(1)), Ok(reference()));
        assert_eq!(read(*kind, now() + life), Err(JwtRefusal::Expired));
        assert_eq!(read(*kind, now() - Duration::seconds(1)), Err(JwtRefusal::NotYet));
        for (wanted, _) in issued.iter().filter(|(other, _)| other != kind) {
            assert_eq!(read(*wanted, now()), Err(JwtRefusal::Type(*kind)));
        }
    }
}

#[test]
fn forged_tokens_are_refused() {
    let random = SeededRandomness::new(1);
    let key = JwtKey::generate(&random);
    let issued = key.issue_access(&grant(), now(), &random).unwrap();
    let token = issued.token.expose();
    let [header, payload, signature] = token.split('.').collect::<Vec<_>>()[..] else { panic!() };
    let read = |token: &str| key.read(token, TokenType::ContextToken, now()).map(|_| ());
    for other in
        [r#"{"alg":"none"}"#, r#"{"alg":"HS512","typ":"JWT"}"#, r#"{"alg":"hs256","typ":"JWT"}"#, "{}"]
    {
        let header = URL_SAFE_NO_PAD.encode(other);
        assert_eq!(read(&format!("{header}.{payload}.{signature}")), Err(JwtRefusal::Algorithm));
        assert_eq!(read(&format!("{header}.{payload}.")), Err(JwtRefusal::Algorithm));
    }
    let more = String::from_utf8(URL_SAFE_NO_PAD.decode(payload).unwrap())
        .unwrap()
        .replace("InvoiceRead", "Introspect1");
    let more = URL_SAFE_NO_PAD.encode(more);
    assert_eq!(read(&format!("{header}.{more}.{signature}")), Err(JwtRefusal::Signature));
    assert_eq!(read(&format!("{header}.{payload}.")), Err(JwtRefusal::Signature));
    assert_eq!(read(&format!("{header}.{payload}.{}", &signature[..40])), Err(JwtRefusal::Signature));
    for bad in [
        "",
        ".",
        "..",
        "a.b",
        &format!("{token}.x"),
        &format!("{token}="),
        &format!(" {token}"),
        &"a".repeat(20_000),
    ] {
        assert!(read(bad).is_err(), "{bad}");
    }
    let other = JwtKey::generate(&SeededRandomness::new(2)).issue_access(&grant(), now(), &random).unwrap();
    assert_eq!(read(other.token.expose()), Err(JwtRefusal::Signature));
}

proptest! {
    #[test]
    fn no_changed_character_is_overlooked(place in any::<prop::sample::Index>(), replacement in "[A-Za-z0-9_.=-]") {
        let random = SeededRandomness::new(1);
        let key = JwtKey::generate(&random);
        let issued = key.issue_access(&grant(), now(), &random).unwrap();
        let token = issued.token.expose();
        let place = place.index(token.len());
        let changed = format!("{}{replacement}{}", &token[..place], &token[place + 1..]);
        prop_assume!(changed != *token);
        prop_assert!(key.read(&changed, TokenType::ContextToken, now()).is_err());
    }
}
