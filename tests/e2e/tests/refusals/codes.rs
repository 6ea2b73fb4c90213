//! Every refusal of logging in, of asking for a certificate, and of the list of logins.

/// How KSeF's refusal is arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    /// What was begun ends with this status and detail.
    Status(u16, &'static str),
    /// An operation is refused with this exception.
    Exception(&'static str, u32),
    /// An operation is answered with this HTTP status.
    Http(&'static str, u16),
    /// An operation is answered with 403 and this reason.
    Forbidden(&'static str, &'static str),
    /// An operation was asked for too often.
    TooOften(&'static str),
    /// The connections of an operation are cut.
    Cut(&'static str),
    /// A web page answers an operation.
    Page(&'static str),
}

impl Refusal {
    /// What is asked for, as the management names it; nothing where it is what was begun that ends.
    pub(crate) const fn operation(self) -> Option<&'static str> {
        match self {
            Status(..) => None,
            Exception(of, _) | Http(of, _) | Forbidden(of, _) | TooOften(of) | Cut(of) | Page(of) => Some(of),
        }
    }
}

use Refusal::{Cut, Exception, Forbidden, Http, Page, Status, TooOften};

/// A refusal, and the code of the problem on the screen.
pub(crate) type Case = (Refusal, &'static str);

const BY_TOKEN: &str = "authenticate-by-token";
const BY_XADES: &str = "authenticate-by-xades";
const CHALLENGE: &str = "challenge";
const LOGIN_STATUS: &str = "authentication-status";
const REDEEM: &str = "redeem";
const REFRESH: &str = "refresh";
const LIMITS: &str = "certificate-limits";
const DATA: &str = "enrollment-data";
const ENROLL: &str = "enroll";
const REQUEST_STATUS: &str = "enrollment-status";
const RETRIEVE: &str = "retrieve-certificates";
const QUERY: &str = "query-certificates";
const REVOKE: &str = "revoke-certificate";
const LOGINS: &str = "active-sessions";
const END_ANOTHER: &str = "end-session";
const END_THIS: &str = "end-current-session";

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

/// At "Sprawdź połączenie", whatever one logs in with: what KSeF does not allow, and what stands in the way to it.
pub(crate) const NOT_LET_IN: [Case; 14] = [
    (Forbidden(REDEEM, "missing-permissions"), "permission.missing"),
    (Forbidden(REDEEM, "ip-not-allowed"), "permission.otherAddress"),
    (Forbidden(REDEEM, "insufficient-resource-access"), "permission.notYours"),
    (Forbidden(REDEEM, "auth-method-not-allowed"), "permission.needsSignature"),
    (Forbidden(REDEEM, "security-service-blocked"), "ksef.shielded"),
    (Forbidden(REDEEM, "context-type-not-allowed"), "permission.contextType"),
    (Forbidden(REDEEM, "not-in-the-contract-yet"), "ksef.forbidden"),
    (Forbidden(LOGIN_STATUS, "ip-not-allowed"), "permission.otherAddress"),
    (Http(LOGIN_STATUS, 401), "ksef.auth425"),
    (Http(REDEEM, 401), "ksef.auth425"),
    (Http(CHALLENGE, 503), "ksef.unavailable"),
    (Http(BY_TOKEN, 502), "ksef.unavailable"),
    (Cut(CHALLENGE), "network.none"),
    (Page(CHALLENGE), "network.notKsef"),
];

/// The same between the start of a login and its tokens, whatever one logs in with.
pub(crate) const AFTER_THE_START: [Case; 6] = [
    (Exception(LOGIN_STATUS, 21304), "ksef.auth425"),
    (Http(LOGIN_STATUS, 410), "ksef.gone"),
    (Exception(REDEEM, 21301), "ksef.auth425"),
    (Exception(REDEEM, 21304), "ksef.auth425"),
    (Exception(REDEEM, 21308), "ksef.auth470"),
    (TooOften(CHALLENGE), "ksef.rateLimited"),
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
pub(crate) const OF_A_SIGNATURE: [Case; 13] = [
    (Exception(BY_XADES, 9101), "ksef.signatureElsewhere"),
    (Exception(BY_XADES, 9105), "ksef.signatureElsewhere"),
    (Exception(BY_XADES, 21406), "ksef.signatureElsewhere"),
    (Exception(BY_XADES, 21001), "ksef.documentElsewhere"),
    (Exception(BY_XADES, 21401), "ksef.documentElsewhere"),
    (Exception(BY_XADES, 21115), "ksef.certificateElsewhere"),
    (Status(415, "Brak przypisanych uprawnień"), "ksef.auth415"),
    (Status(460, "Certyfikat odwołany"), "ksef.auth460.revoked"),
    (Status(460, "Niezaufany łańcuch certyfikatów"), "ksef.auth460.chainUntrusted"),
    (Status(470, ""), "ksef.auth470"),
    (Status(480, ""), "ksef.auth480"),
    (Status(500, ""), "ksef.auth500"),
    (Status(550, ""), "ksef.auth550"),
];

/// When such a login shall be renewed: nothing here can sign anew.
pub(crate) const OF_A_RENEWAL: [Case; 5] = [
    (Exception(REFRESH, 21301), "ksef.signAgain"),
    (Exception(REFRESH, 21304), "ksef.signAgain"),
    (Exception(REFRESH, 21308), "ksef.signAgain"),
    (Forbidden(REFRESH, "missing-permissions"), "ksef.signAgain"),
    (Http(REFRESH, 401), "ksef.signAgain"),
];

/// Before one asks for a certificate.
pub(crate) const OF_AN_OFFER: [Case; 1] = [(Exception(DATA, 25001), "enrolment.notBySignature")];

/// Before one asks, by a certificate.
pub(crate) const NOT_OFFERED: [Case; 5] = [
    (Forbidden(LIMITS, "context-type-not-allowed"), "permission.contextType"),
    (Forbidden(DATA, "auth-method-not-allowed"), "enrolment.notBySignature"),
    (Http(LIMITS, 401), "ksef.auth425"),
    (Http(DATA, 401), "ksef.auth425"),
    (Http(LIMITS, 503), "ksef.unavailable"),
];

/// The same, when the limit is used up.
pub(crate) const OFFERED_TOO_OFTEN: [Case; 1] = [(TooOften(LIMITS), "ksef.rateLimited")];

/// After one asked, in the order in which a request comes by: it stands, keeps its key, and goes on.
pub(crate) const NOT_TAKEN: [Case; 10] = [
    (Forbidden(ENROLL, "missing-permissions"), "permission.missing"),
    (Forbidden(ENROLL, "ip-not-allowed"), "permission.otherAddress"),
    (Forbidden(ENROLL, "insufficient-resource-access"), "permission.notYours"),
    (Forbidden(ENROLL, "auth-method-not-allowed"), "enrolment.notBySignature"),
    (Forbidden(ENROLL, "context-type-not-allowed"), "permission.contextType"),
    (Http(ENROLL, 401), "ksef.auth425"),
    (Forbidden(REQUEST_STATUS, "insufficient-resource-access"), "permission.notYours"),
    (Http(REQUEST_STATUS, 401), "ksef.auth425"),
    (Forbidden(RETRIEVE, "missing-permissions"), "permission.missing"),
    (Http(RETRIEVE, 401), "ksef.auth425"),
];

/// The same; it goes on by itself when this is over.
pub(crate) const NOT_TAKEN_FOR_NOW: [Case; 1] =
    [(Forbidden(RETRIEVE, "security-service-blocked"), "ksef.shielded")];

/// After one asked: each ends the request.
pub(crate) const OF_A_REQUEST: [Case; 12] = [
    (Exception(ENROLL, 25003), "enrolment.refused25003"),
    (Exception(ENROLL, 25004), "enrolment.refused25004"),
    (Exception(ENROLL, 25006), "enrolment.refused25006"),
    (Exception(ENROLL, 25007), "enrolment.refused25007"),
    (Exception(ENROLL, 25010), "enrolment.refused25010"),
    (Exception(ENROLL, 25011), "enrolment.refused25011"),
    (Exception(ENROLL, 21405), "enrolment.refused21405"),
    (Status(400, "Klucz publiczny został już certyfikowany przez inny podmiot."), "enrolment.keyTaken"),
    (Status(400, "Osiągnięto dopuszczalny limit posiadanych certyfikatów."), "enrolment.refused25007"),
    (Status(400, "Coś, czego nie ma w dokumentacji"), "enrolment.rejected"),
    (Status(500, ""), "enrolment.status500"),
    (Status(550, ""), "enrolment.status550"),
];

/// After one asked: the request stands, its key is kept, and it goes on when what stood in its way is gone.
pub(crate) const OF_A_STANDING_REQUEST: [Case; 3] = [
    (Exception(ENROLL, 25002), "enrolment.notBySignature"),
    (Exception(REQUEST_STATUS, 21405), "ksef.refused"),
    (Exception(RETRIEVE, 21405), "ksef.refused"),
];

/// After one asked, where KSeF no longer knows the request and made no certificate.
pub(crate) const OF_A_LOST_REQUEST: [Case; 2] = [
    (Exception(REQUEST_STATUS, 25005), "enrolment.neverCame"),
    (Http(REQUEST_STATUS, 410), "enrolment.neverCame"),
];

/// When a certificate is looked for in KSeF's list.
pub(crate) const OF_A_LIST: [Case; 3] = [
    (Exception(QUERY, 21405), "ksef.refused"),
    (Forbidden(QUERY, "ip-not-allowed"), "permission.otherAddress"),
    (Http(QUERY, 401), "ksef.auth425"),
];

/// When a certificate is revoked.
pub(crate) const OF_A_REVOCATION: [Case; 5] = [
    (Exception(REVOKE, 25008), "certificate.unknown"),
    (Exception(REVOKE, 25009), "certificate.notRevocable"),
    (Exception(REVOKE, 21405), "ksef.refused"),
    (Forbidden(REVOKE, "insufficient-resource-access"), "permission.notYours"),
    (Http(REVOKE, 401), "ksef.auth425"),
];

/// When the logins in use are listed.
pub(crate) const OF_THE_LOGINS: [Case; 11] = [
    (Exception(LOGINS, 21418), "ksef.listing"),
    (Exception(LOGINS, 21405), "ksef.refused"),
    (Forbidden(LOGINS, "missing-permissions"), "permission.missing"),
    (Forbidden(LOGINS, "ip-not-allowed"), "permission.otherAddress"),
    (Forbidden(LOGINS, "insufficient-resource-access"), "permission.notYours"),
    (Forbidden(LOGINS, "auth-method-not-allowed"), "permission.needsSignature"),
    (Forbidden(LOGINS, "security-service-blocked"), "ksef.shielded"),
    (Forbidden(LOGINS, "context-type-not-allowed"), "permission.contextType"),
    (Http(LOGINS, 401), "ksef.auth425"),
    (Http(LOGINS, 503), "ksef.unavailable"),
    (Cut(LOGINS), "network.none"),
];

/// The same, when the limit is used up.
pub(crate) const LISTED_TOO_OFTEN: [Case; 1] = [(TooOften(LOGINS), "ksef.rateLimited")];

/// When another login than this program's is ended.
pub(crate) const OF_ANOTHER_LOGIN: [Case; 3] = [
    (Exception(END_ANOTHER, 21405), "ksef.refused"),
    (Forbidden(END_ANOTHER, "insufficient-resource-access"), "permission.notYours"),
    (Http(END_ANOTHER, 401), "ksef.auth425"),
];

/// When this program's login is ended.
pub(crate) const OF_THIS_LOGIN: [Case; 3] = [
    (Exception(END_THIS, 21405), "ksef.refused"),
    (Forbidden(END_THIS, "security-service-blocked"), "ksef.shielded"),
    (Http(END_THIS, 401), "ksef.auth425"),
];

/// Where a person meets refusals, and the operations that are asked for there.
pub(crate) const PLACES: [(&str, &[&str]); 3] = [
    ("logging in", &[CHALLENGE, BY_XADES, BY_TOKEN, LOGIN_STATUS, REDEEM, REFRESH]),
    ("asking for a certificate", &[LIMITS, DATA, ENROLL, REQUEST_STATUS, RETRIEVE]),
    ("the list of logins", &[LOGINS, END_ANOTHER, END_THIS]),
];

/// All that the tests of this program put on the screen.
pub(crate) const ALL: [&[Case]; 20] = [
    &OF_A_TOKEN,
    &NOT_LET_IN,
    &AFTER_THE_START,
    &OF_A_CERTIFICATE,
    &OF_A_SIGNATURE,
    &OF_A_RENEWAL,
    &OF_AN_OFFER,
    &NOT_OFFERED,
    &OFFERED_TOO_OFTEN,
    &NOT_TAKEN,
    &NOT_TAKEN_FOR_NOW,
    &OF_A_REQUEST,
    &OF_A_STANDING_REQUEST,
    &OF_A_LOST_REQUEST,
    &OF_A_LIST,
    &OF_A_REVOCATION,
    &OF_THE_LOGINS,
    &LISTED_TOO_OFTEN,
    &OF_ANOTHER_LOGIN,
    &OF_THIS_LOGIN,
];
