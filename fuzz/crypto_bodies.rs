//! What must hold for any bytes that come as a signed login or as a certificate. The fuzz targets run these, and so does a test
//! over the corpus.

use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use ksef_crypto::signed_request::{self, SignedRequestProblem};
use ksef_crypto::xades::AuthTokenRequest;
use ksef_crypto::{
    Certificate, CertificateRequest, IssuedProblem, KeyAlgorithm, PrivateKey, Purpose, Recognised,
    SubjectData, base64, recognise,
};
use ksef_types::{CertificateSerial, ContextIdentifier};

/// A target.
pub(crate) type Body = fn(&[u8]);

/// All targets by their names.
pub(crate) const ALL: [(&str, Body); 2] =
    [("read_signed_request", read_signed_request), ("read_certificate", read_certificate)];

/// The challenge of every signed request in the corpus.
pub(crate) const CHALLENGE: &str = "20261201-CR-461EA5B000-537A6BA15D-D7";
/// The company of every signed request in the corpus.
pub(crate) const COMPANY: &str = "5265877635";

/// A file is a signed request, or is refused with a reason. Nobody can sign for others: whatever is taken says what those said
/// who signed the corpus, and answers that request and no other.
pub(crate) fn read_signed_request(bytes: &[u8]) {
    let signed = match signed_request::read(bytes) {
        Ok(signed) => signed,
        Err(problem) => return assert!(!problem.to_string().is_empty()),
    };
    assert_eq!(signed.document(), bytes, "what is taken goes on unchanged");
    assert_eq!(signed.challenge().as_str(), CHALLENGE, "a forged challenge was taken");
    assert_eq!(signed.context().value(), COMPANY, "a forged context was taken");
    examine(&signed.signer().certificate);
    let ours = AuthTokenRequest {
        challenge: signed.challenge().clone(),
        context: signed.context().clone(),
        subject: signed.subject(),
    };
    let (begin, end) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
    let answered = signed.answers(&ours, end, begin);
    let unknown = matches!(
        answered,
        Err(SignedRequestProblem::Nameless { .. } | SignedRequestProblem::NotItsOwnCertificate)
    );
    assert!(answered.is_ok() || unknown, "{answered:?}");
    assert!(signed.answers(&ours, begin, begin).is_err(), "too late");
    if let Ok(context) = "1111111111".parse().map(ContextIdentifier::Nip) {
        let other = AuthTokenRequest { context, ..ours };
        assert!(matches!(signed.answers(&other, end, begin), Err(SignedRequestProblem::OtherContext { .. })));
    }
}

/// A certificate is one or is refused; one that was made for another key is never taken for the answer to our request. What KSeF
/// says of the owner becomes a request, whatever it is.
pub(crate) fn read_certificate(bytes: &[u8]) {
    if let Ok(certificate) = Certificate::from_der(bytes) {
        assert_eq!(certificate.der(), bytes, "nothing follows it");
        examine(&certificate);
    }
    match recognise(bytes) {
        Ok(Recognised::Certificates(certificates) | Recognised::Both { certificates, .. }) => {
            assert!(!certificates.is_empty());
            certificates.iter().for_each(examine);
        }
        Ok(_) => {}
        Err(problem) => assert!(!problem.to_string().is_empty()),
    }
    ask_for(&subject(bytes));
}

fn examine(certificate: &Certificate) {
    assert!(Certificate::from_der(certificate.der()).is_ok_and(|again| again == *certificate));
    let name = certificate.subject_name();
    assert!(!name.chars().any(char::is_control), "{name:?}");
    let _ = (certificate.owner(), certificate.issuer_rfc2253(), certificate.key_kind());
    let serial = certificate.serial();
    assert!(serial.as_str().parse::<CertificateSerial>().is_ok_and(|again| again == serial), "{serial}");
    for now in [DateTime::<Utc>::MIN_UTC, certificate.not_before(), DateTime::<Utc>::MAX_UTC] {
        for purpose in [Purpose::Authentication, Purpose::Offline] {
            let problems = certificate.issued_problems(key(), &SubjectData::default(), purpose, &serial, now);
            assert!(problems.contains(&IssuedProblem::OtherKey), "it was made for another key: {problems:?}");
            assert!(!problems.iter().any(|problem| matches!(problem, IssuedProblem::OtherSerial { .. })));
            assert!(problems.iter().all(|problem| !problem.to_string().is_empty()));
            let _ = certificate.problems(purpose, now);
        }
    }
}

/// Made here and now: nothing in a corpus can belong to it.
#[expect(clippy::expect_used, reason = "without a key there is nothing to compare with")]
fn key() -> &'static PrivateKey {
    static KEY: OnceLock<PrivateKey> = OnceLock::new();
    KEY.get_or_init(|| PrivateKey::generate(KeyAlgorithm::P256).expect("a key can be made"))
}

/// Each line a text of `GET /certificates/enrollments/data`; those after the seventh are given names.
fn subject(bytes: &[u8]) -> SubjectData {
    let text = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).into_owned();
    let mut lines = text.split('\n').map(str::to_owned);
    SubjectData {
        common_name: lines.next().unwrap_or_default(),
        country_name: lines.next().unwrap_or_default(),
        surname: lines.next(),
        serial_number: lines.next(),
        unique_identifier: lines.next(),
        organization_name: lines.next(),
        organization_identifier: lines.next(),
        given_names: lines.collect(),
    }
}

fn ask_for(subject: &SubjectData) {
    let made = CertificateRequest::make(subject, key());
    let request = made.as_ref().map(CertificateRequest::der).unwrap_or_default();
    assert_eq!(request.first(), Some(&0x30), "a request is made of any data");
    let base64 = made.as_ref().map(CertificateRequest::to_base64).unwrap_or_default();
    assert_eq!(base64::decode(&base64).ok().as_deref(), Some(request));
}
