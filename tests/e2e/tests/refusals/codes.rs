//! Every refusal of logging in and of asking for a certificate, and the contract's own lists of them.

use std::collections::BTreeSet;

use serde_json::Value;

/// How KSeF's refusal is arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    /// What was begun ends with this status and detail.
    Status(u16, &'static str),
    /// An operation is refused with this exception.
    Exception(&'static str, u32),
    /// An operation is answered with this HTTP status.
    Http(&'static str, u16),
    /// An operation was asked for too often.
    TooOften(&'static str),
}

use Refusal::{Exception, Http, Status, TooOften};

/// A refusal, and the code of the problem on the screen.
pub(crate) type Case = (Refusal, &'static str);

const BY_TOKEN: &str = "authenticate-by-token";
const BY_XADES: &str = "authenticate-by-xades";
const LOGIN_STATUS: &str = "authentication-status";

/// At "Sprawdź połączenie" with a token.
pub(crate) const OF_A_TOKEN: [Case; 18] = [
    (Status(415, "Brak przypisanych uprawnień"), "ksef.auth415"),
    (Status(425, ""), "ksef.auth425"),
    (Status(450, "Nieprawidłowe wyzwanie autoryzacyjne"), "ksef.auth450.challenge"),
    (Status(450, "Nieprawidłowy token"), "ksef.auth450.invalid"),
    (Status(450, "Nieprawidłowy czas tokena"), "ksef.auth450.time"),
    (Status(450, "Token unieważniony"), "ksef.auth450.revoked"),
    (Status(450, "Token nieaktywny"), "ksef.auth450.inactive"),
    (Status(450, "Nieprawidłowe szyfrowanie tokena"), "ksef.auth450.encryption"),
    (Status(450, "Nieprawidłowe kodowanie tokena"), "ksef.auth450.encoding"),
    (Status(450, "Token nie może być użyty w kontekście Nip"), "ksef.auth450.context"),
    (Status(450, "Coś, czego nie ma w dokumentacji"), "ksef.auth450.other"),
    (Status(470, ""), "ksef.auth470"),
    (Status(480, ""), "ksef.auth480"),
    (Status(500, ""), "ksef.auth500"),
    (Status(550, ""), "ksef.auth550"),
    (Exception(BY_TOKEN, 21111), "ksef.challenge"),
    (Exception(BY_TOKEN, 21405), "ksef.refused"),
    (Exception(BY_TOKEN, 21470), "ksef.keyWithdrawn"),
];

/// The same between the start of a login and its tokens, whatever one logs in with.
pub(crate) const AFTER_THE_START: [Case; 6] = [
    (Exception(LOGIN_STATUS, 21304), "ksef.auth425"),
    (Http(LOGIN_STATUS, 410), "ksef.gone"),
    (Exception("redeem", 21301), "ksef.auth425"),
    (Exception("redeem", 21304), "ksef.auth425"),
    (Exception("redeem", 21308), "ksef.auth470"),
    (TooOften("challenge"), "ksef.rateLimited"),
];

/// At "Sprawdź połączenie" with a certificate.
pub(crate) const OF_A_CERTIFICATE: [Case; 21] = [
    (Status(415, "Brak przypisanych uprawnień"), "ksef.auth415"),
    (Status(460, "Nieważny certyfikat"), "ksef.auth460.expired"),
    (Status(460, "Błąd weryfikacji łańcucha certyfikatów"), "ksef.auth460.chainUnverified"),
    (Status(460, "Niezaufany łańcuch certyfikatów"), "ksef.auth460.chainUntrusted"),
    (Status(460, "Certyfikat odwołany"), "ksef.auth460.revoked"),
    (Status(460, "Certyfikat zawieszony"), "ksef.auth460.suspended"),
    (Status(460, "Niepoprawny certyfikat"), "ksef.auth460.invalid"),
    (Status(460, "Coś, czego nie ma w dokumentacji"), "ksef.auth460.other"),
    (Status(480, ""), "ksef.auth480"),
    (Exception(BY_XADES, 9101), "ksef.signature"),
    (Exception(BY_XADES, 9102), "ksef.signature"),
    (Exception(BY_XADES, 9103), "ksef.signature"),
    (Exception(BY_XADES, 9105), "ksef.signature"),
    (Exception(BY_XADES, 21001), "ksef.document"),
    (Exception(BY_XADES, 21111), "ksef.challenge"),
    (Exception(BY_XADES, 21115), "ksef.certificateNotAccepted"),
    (Exception(BY_XADES, 21117), "ksef.context"),
    (Exception(BY_XADES, 21217), "ksef.document"),
    (Exception(BY_XADES, 21401), "ksef.document"),
    (Exception(BY_XADES, 21405), "ksef.refused"),
    (Exception(BY_XADES, 21406), "ksef.signature"),
];

/// In the dialog of a login by a signature made elsewhere.
pub(crate) const OF_A_SIGNATURE: [Case; 12] = [
    (Exception(BY_XADES, 9101), "ksef.signatureElsewhere"),
    (Exception(BY_XADES, 9105), "ksef.signatureElsewhere"),
    (Exception(BY_XADES, 21406), "ksef.signatureElsewhere"),
    (Exception(BY_XADES, 21001), "ksef.documentElsewhere"),
    (Exception(BY_XADES, 21401), "ksef.documentElsewhere"),
    (Status(415, "Brak przypisanych uprawnień"), "ksef.auth415"),
    (Status(460, "Certyfikat odwołany"), "ksef.auth460.revoked"),
    (Status(460, "Niezaufany łańcuch certyfikatów"), "ksef.auth460.chainUntrusted"),
    (Status(470, ""), "ksef.auth470"),
    (Status(480, ""), "ksef.auth480"),
    (Status(500, ""), "ksef.auth500"),
    (Status(550, ""), "ksef.auth550"),
];

/// When such a login shall be renewed: nothing here can sign anew.
pub(crate) const OF_A_RENEWAL: [Case; 3] = [
    (Exception("refresh", 21301), "ksef.signAgain"),
    (Exception("refresh", 21304), "ksef.signAgain"),
    (Exception("refresh", 21308), "ksef.signAgain"),
];

/// Before one asks for a certificate.
pub(crate) const OF_AN_OFFER: [Case; 1] = [(Exception("enrollment-data", 25001), "enrolment.notBySignature")];

/// After one asked: each ends the request.
pub(crate) const OF_A_REQUEST: [Case; 12] = [
    (Exception("enroll", 25003), "enrolment.refused25003"),
    (Exception("enroll", 25004), "enrolment.refused25004"),
    (Exception("enroll", 25006), "enrolment.refused25006"),
    (Exception("enroll", 25007), "enrolment.refused25007"),
    (Exception("enroll", 25010), "enrolment.refused25010"),
    (Exception("enroll", 25011), "enrolment.refused25011"),
    (Exception("enroll", 21405), "enrolment.refused21405"),
    (Status(400, "Klucz publiczny został już certyfikowany przez inny podmiot."), "enrolment.keyTaken"),
    (Status(400, "Osiągnięto dopuszczalny limit posiadanych certyfikatów."), "enrolment.refused25007"),
    (Status(400, "Coś, czego nie ma w dokumentacji"), "enrolment.rejected"),
    (Status(500, ""), "enrolment.status500"),
    (Status(550, ""), "enrolment.status550"),
];

/// After one asked: the request stands, its key is kept, and it goes on when what stood in its way is gone.
pub(crate) const OF_A_STANDING_REQUEST: [Case; 3] = [
    (Exception("enroll", 25002), "enrolment.notBySignature"),
    (Exception("enrollment-status", 21405), "ksef.refused"),
    (Exception("retrieve-certificates", 21405), "ksef.refused"),
];

/// After one asked, where KSeF no longer knows the request and made no certificate.
pub(crate) const OF_A_LOST_REQUEST: [Case; 2] = [
    (Exception("enrollment-status", 25005), "enrolment.neverCame"),
    (Http("enrollment-status", 410), "enrolment.neverCame"),
];

/// When a certificate is looked for in KSeF's list.
pub(crate) const OF_A_LIST: [Case; 1] = [(Exception("query-certificates", 21405), "ksef.refused")];

/// When a certificate is revoked.
pub(crate) const OF_A_REVOCATION: [Case; 3] = [
    (Exception("revoke-certificate", 25008), "certificate.unknown"),
    (Exception("revoke-certificate", 25009), "certificate.notRevocable"),
    (Exception("revoke-certificate", 21405), "ksef.refused"),
];

/// The operations of the contract, as the management names them.
const OPERATIONS: [(&str, &str, &str); 12] = [
    ("post", "/auth/challenge", "challenge"),
    ("post", "/auth/xades-signature", BY_XADES),
    ("post", "/auth/ksef-token", BY_TOKEN),
    ("get", "/auth/{referenceNumber}", LOGIN_STATUS),
    ("post", "/auth/token/redeem", "redeem"),
    ("post", "/auth/token/refresh", "refresh"),
    ("get", "/certificates/enrollments/data", "enrollment-data"),
    ("post", "/certificates/enrollments", "enroll"),
    ("get", "/certificates/enrollments/{referenceNumber}", "enrollment-status"),
    ("post", "/certificates/retrieve", "retrieve-certificates"),
    ("post", "/certificates/query", "query-certificates"),
    ("post", "/certificates/{certificateSerialNumber}/revoke", "revoke-certificate"),
];

fn shown() -> BTreeSet<Refusal> {
    let all: [&[Case]; 11] = [
        &OF_A_TOKEN,
        &AFTER_THE_START,
        &OF_A_CERTIFICATE,
        &OF_A_SIGNATURE,
        &OF_A_RENEWAL,
        &OF_AN_OFFER,
        &OF_A_REQUEST,
        &OF_A_STANDING_REQUEST,
        &OF_A_LOST_REQUEST,
        &OF_A_LIST,
        &OF_A_REVOCATION,
    ];
    all.into_iter().flatten().map(|(refusal, _)| *refusal).collect()
}

/// The cells of the rows of a table that begin with a number.
fn numbered(text: &str) -> impl Iterator<Item = (u32, Vec<&str>)> {
    text.lines().filter_map(|line| {
        let mut cells = line.split('|').map(str::trim).skip(1);
        Some((cells.next()?.parse().ok()?, cells.collect()))
    })
}

/// A status of the contract is shown where its code is, with its detail where it has one that tells it apart.
fn is_shown(code: u16, detail: &str, shown: &BTreeSet<Refusal>) -> bool {
    let beginning = detail.split('{').next().unwrap_or_default();
    shown.iter().any(|refusal| match refusal {
        // Without a detail of its own the simulator says the contract's.
        Status(found, "") => *found == code,
        Status(found, said) => *found == code && (beginning == "-" || said.starts_with(beginning)),
        Exception(..) | Http(..) | TooOften(_) => false,
    })
}

#[test]
fn every_code_of_the_contract_is_shown() {
    let Some(folder) = ksef_testkit::shared() else {
        println!("skipped: no ../shared/ksef");
        return;
    };
    let contract: Value =
        serde_json::from_slice(&std::fs::read(folder.join("open-api.json")).unwrap()).unwrap();
    let shown = shown();
    let (mut missing, mut exceptions) = (Vec::new(), 0);
    for (method, path, operation) in OPERATIONS {
        let answers = &contract["paths"][path][method]["responses"];
        assert!(answers.is_object(), "{path}");
        let refused = answers["400"]["description"].as_str().unwrap_or_default();
        let codes =
            numbered(refused).map(|(code, _)| Exception(operation, code)).inspect(|_| exceptions += 1);
        let gone = answers["410"].is_object().then_some(Http(operation, 410));
        missing.extend(
            codes.chain(gone).filter(|refusal| !shown.contains(refusal)).map(|one| format!("{one:?}")),
        );
    }
    assert!(exceptions > 20, "{exceptions}");
    let mut statuses = 0;
    for schema in ["AuthenticationOperationStatusResponse", "CertificateEnrollmentStatusResponse"] {
        let place = format!("/components/schemas/{schema}/properties/status/description");
        let table = contract.pointer(&place).and_then(Value::as_str).unwrap();
        for (code, cells) in numbered(table).filter(|(code, _)| *code >= 400) {
            statuses += 1;
            let (code, detail) = (u16::try_from(code).unwrap(), cells[1]);
            if !is_shown(code, detail, &shown) {
                missing.push(format!("{schema} {code} {detail}"));
            }
        }
    }
    assert!(statuses > 20, "{statuses}");
    assert!(missing.is_empty(), "not shown: {missing:#?}");
}
