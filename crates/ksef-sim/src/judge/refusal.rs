//! Refusals in the contract's own codes and words.

use ksef_types::ContextIdentifier;

/// A refusal that answers the request itself: status 400 with an entry of `exceptionDetailList`.
///
/// Source: the tables under the 400 answers in the OpenAPI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} {description}")]
pub struct Exception {
    /// `exceptionCode`
    pub code: u32,
    /// `exceptionDescription`, as the contract spells it.
    pub description: &'static str,
    /// `details`, where the contract has a column for them.
    pub details: Vec<String>,
}

impl Exception {
    const fn bare(code: u32, description: &'static str) -> Self {
        Self { code, description, details: Vec::new() }
    }

    fn detailed(code: u32, description: &'static str, detail: impl Into<String>) -> Self {
        Self { code, description, details: vec![detail.into()] }
    }

    /// 21001: neither well-formed XML nor JSON.
    #[must_use]
    pub const fn unreadable() -> Self {
        Self::bare(21001, "Nieczytelna treść.")
    }

    /// 21111: the challenge is unknown, used or too old.
    #[must_use]
    pub const fn challenge() -> Self {
        Self::bare(21111, "Nieprawidłowe wyzwanie autoryzacyjne.")
    }

    /// 21115: a certificate that cannot authenticate here.
    #[must_use]
    pub const fn certificate() -> Self {
        Self::bare(21115, "Nieprawidłowy certyfikat.")
    }

    /// 21117: the identifier does not fit the kind of the context.
    #[must_use]
    pub const fn context() -> Self {
        Self::bare(21117, "Nieprawidłowy identyfikator podmiotu dla wskazanego typu kontekstu.")
    }

    /// 21217: not UTF-8, or characters that XML does not allow.
    #[must_use]
    pub const fn encoding() -> Self {
        Self::bare(21217, "Nieprawidłowe kodowanie znaków.")
    }

    /// 21401: the document does not follow the schema; `problem` says where.
    #[must_use]
    pub fn schema(problem: impl Into<String>) -> Self {
        Self::detailed(21401, "Dokument nie jest zgodny ze schemą (xsd).", problem)
    }

    /// 21405: a field of the request is missing or has another format; `problem` says which.
    #[must_use]
    pub fn validation(problem: impl Into<String>) -> Self {
        Self::detailed(21405, "Błąd walidacji danych wejściowych.", problem)
    }

    /// 21406: the signature does not fit the kind of authentication, such as one by Profil Zaufany and a fingerprint.
    #[must_use]
    pub const fn signature_conflict() -> Self {
        Self::bare(21406, "Konflikt podpisu i typu uwierzytelnienia.")
    }

    /// 21470: the key's identifier is unknown or names a withdrawn key.
    #[must_use]
    pub fn public_key(key_id: &str) -> Self {
        Self::detailed(
            21470,
            "Przesłany identyfikator klucza jest nieznany lub wskazuje na wycofany klucz.",
            format!("Klucz o identyfikatorze {key_id} nie jest wspierany."),
        )
    }

    /// 25003: the subject of a request for a certificate is not the one that logged in.
    #[must_use]
    pub const fn csr_subject() -> Self {
        Self::bare(25003, "Dane w CSR nie zgadzają się z danymi w użytym wektorze uwierzytelniającym.")
    }

    /// 25004: no request for a certificate, or its signature is wrong.
    #[must_use]
    pub const fn csr() -> Self {
        Self::bare(25004, "Niepoprawny format CSR lub niepoprawny podpis CSR.")
    }

    /// 25010: another kind or length of key than RSA 2048 and P-256.
    #[must_use]
    pub const fn csr_key() -> Self {
        Self::bare(25010, "Nieprawidłowy typ lub długość klucza.")
    }

    /// 25011: the request is signed with another algorithm.
    #[must_use]
    pub const fn csr_algorithm() -> Self {
        Self::bare(25011, "Nieprawidłowy algorytm podpisu CSR.")
    }

    /// 9101: no document of the kind that is expected here.
    #[must_use]
    pub const fn document() -> Self {
        Self::bare(9101, "Nieprawidłowy dokument.")
    }

    /// 9102: not signed.
    #[must_use]
    pub const fn no_signature() -> Self {
        Self::bare(9102, "Brak podpisu.")
    }

    /// 9103: more than one signature.
    #[must_use]
    pub const fn too_many_signatures() -> Self {
        Self::bare(9103, "Przekroczona liczba dozwolonych podpisów.")
    }

    /// 9105: the signature does not verify or is outside the profile.
    #[must_use]
    pub const fn signature() -> Self {
        Self::bare(9105, "Nieprawidłowy podpis.")
    }
}

/// How an operation of authentication ends badly. Source: the table of `AuthenticationOperationStatusResponse.status`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthenticationFailure {
    /// 415
    NoPermissions,
    /// 425: ended by the user.
    Invalidated,
    /// 450
    Token(TokenFault),
    /// 460
    Certificate(CertificateFault),
    /// 470
    DeceasedPerson,
    /// 480
    Blocked,
    /// 500
    Unknown,
    /// 550
    Cancelled,
}

/// The eight causes of 450.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenFault {
    /// The challenge is unknown, used or too old.
    Challenge,
    /// Not a token that KSeF gave.
    Invalid,
    /// The time in it is not the challenge's.
    Timestamp,
    /// The token was revoked.
    Revoked,
    /// The token is not active (yet).
    Inactive,
    /// It does not decrypt.
    Encryption,
    /// Decrypted, but not the text `token|timestampMs`.
    Encoding,
    /// A token of another context.
    Context(ContextIdentifier),
}

/// The six causes of 460.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateFault {
    /// Expired, or not valid yet.
    NotValid,
    /// The issuer's signature on the certificate does not verify.
    ChainBroken,
    /// Nobody whom this environment trusts issued it.
    Untrusted,
    /// Revoked.
    Revoked,
    /// Suspended.
    Suspended,
    /// A certificate that cannot be used for this: key usage, identifiers.
    Incorrect,
}

/// A status as the contract spells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// `code`
    pub code: u16,
    /// `description`
    pub description: &'static str,
    /// `details`; empty where the contract has none.
    pub details: Vec<String>,
}

impl AuthenticationFailure {
    /// The status that the operation ends with.
    #[must_use]
    pub fn status(&self) -> Status {
        const FAILED: &str = "Uwierzytelnianie zakończone niepowodzeniem";
        let (code, description, details) = match self {
            Self::NoPermissions => (415, FAILED, vec!["Brak przypisanych uprawnień".to_owned()]),
            Self::Invalidated => (
                425,
                "Uwierzytelnienie unieważnione",
                vec![
                    "Uwierzytelnienie i powiązane refresh tokeny zostały unieważnione przez użytkownika"
                        .to_owned(),
                ],
            ),
            Self::Token(fault) => (
                450,
                "Uwierzytelnianie zakończone niepowodzeniem z powodu błędnego tokenu",
                vec![fault.detail()],
            ),
            Self::Certificate(fault) => (
                460,
                "Uwierzytelnianie zakończone niepowodzeniem z powodu błędu certyfikatu",
                vec![fault.detail().to_owned()],
            ),
            Self::DeceasedPerson => {
                (470, FAILED, vec!["Próba wykorzystania metod autoryzacyjnych osoby zmarłej".to_owned()])
            }
            Self::Blocked => (
                480,
                "Uwierzytelnienie zablokowane",
                vec![
                    "Podejrzenie incydentu bezpieczeństwa. Skontaktuj się z Ministerstwem Finansów przez \
                     formularz zgłoszeniowy."
                        .to_owned(),
                ],
            ),
            Self::Unknown => (500, "Nieznany błąd", Vec::new()),
            Self::Cancelled => (
                550,
                "Operacja została anulowana przez system",
                vec![
                    "Przetwarzanie zostało przerwane z przyczyn wewnętrznych systemu. Spróbuj ponownie"
                        .to_owned(),
                ],
            ),
        };
        Status { code, description, details }
    }
}

impl TokenFault {
    fn detail(&self) -> String {
        match self {
            Self::Challenge => "Nieprawidłowe wyzwanie autoryzacyjne".to_owned(),
            Self::Invalid => "Nieprawidłowy token".to_owned(),
            Self::Timestamp => "Nieprawidłowy czas tokena".to_owned(),
            Self::Revoked => "Token unieważniony".to_owned(),
            Self::Inactive => "Token nieaktywny".to_owned(),
            Self::Encryption => "Nieprawidłowe szyfrowanie tokena".to_owned(),
            Self::Encoding => "Nieprawidłowe kodowanie tokena".to_owned(),
            Self::Context(context) => {
                format!("Token nie może być użyty w kontekście {}: {}", context.kind(), context.value())
            }
        }
    }
}

impl CertificateFault {
    const fn detail(self) -> &'static str {
        match self {
            Self::NotValid => "Nieważny certyfikat",
            Self::ChainBroken => "Błąd weryfikacji łańcucha certyfikatów",
            Self::Untrusted => "Niezaufany łańcuch certyfikatów",
            Self::Revoked => "Certyfikat odwołany",
            Self::Suspended => "Certyfikat zawieszony",
            Self::Incorrect => "Niepoprawny certyfikat",
        }
    }
}
