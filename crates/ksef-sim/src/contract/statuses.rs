/// A status of the contract: code, description, and the detail that its table names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusText {
    /// The code.
    pub code: u16,
    /// The description.
    pub description: &'static str,
    /// The detail, where the table has one.
    pub detail: Option<&'static str>,
}

pub(super) const fn text(code: u16, description: &'static str) -> StatusText {
    StatusText { code, description, detail: None }
}

pub(super) const fn detailed(code: u16, description: &'static str, detail: &'static str) -> StatusText {
    StatusText { code, description, detail: Some(detail) }
}

pub(super) const CANCELLED: &str = "Operacja została anulowana przez system";
pub(super) const CANCELLED_DETAIL: &str =
    "Przetwarzanie zostało przerwane z przyczyn wewnętrznych systemu. Spróbuj ponownie";

/// Status of an interactive session. Source: OpenAPI `SessionStatusResponse.status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is a line of the contract's table, its text stands below")]
pub enum SessionStatus {
    Open,
    Closed,
    Succeeded,
    KeyNotDecrypted,
    CancelledWithoutInvoices,
    NoCorrectInvoices,
}

impl SessionStatus {
    /// Code and texts.
    #[must_use]
    pub const fn text(self) -> StatusText {
        match self {
            Self::Open => text(100, "Sesja interaktywna otwarta"),
            Self::Closed => text(170, "Sesja interaktywna zamknięta"),
            Self::Succeeded => text(200, "Sesja interaktywna przetworzona pomyślnie"),
            Self::KeyNotDecrypted => text(415, "Błąd odszyfrowania dostarczonego klucza"),
            Self::CancelledWithoutInvoices => detailed(440, "Sesja anulowana", "Nie przesłano faktur"),
            Self::NoCorrectInvoices => text(445, "Błąd weryfikacji, brak poprawnych faktur"),
        }
    }
}

/// Status of a document. Source: OpenAPI `SessionInvoiceStatusResponse.status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is a line of the contract's table, its text stands below")]
pub enum InvoiceStatus {
    Taken,
    InProgress,
    Succeeded,
    SessionFailed,
    WrongPermissions,
    AttachmentsNotAllowed,
    FileInvalid,
    NotDecrypted,
    Duplicate,
    ContentInvalid,
    Unknown,
    Cancelled,
}

impl InvoiceStatus {
    /// Code and texts.
    #[must_use]
    pub const fn text(self) -> StatusText {
        match self {
            Self::Taken => text(100, "Faktura przyjęta do dalszego przetwarzania"),
            Self::InProgress => text(150, "Trwa przetwarzanie"),
            Self::Succeeded => text(200, "Sukces"),
            Self::SessionFailed => text(405, "Przetwarzanie anulowane z powodu błędu sesji"),
            Self::WrongPermissions => text(410, "Nieprawidłowy zakres uprawnień"),
            Self::AttachmentsNotAllowed => text(415, "Brak możliwości wysyłania faktury z załącznikiem"),
            Self::FileInvalid => text(430, "Błąd weryfikacji pliku faktury"),
            Self::NotDecrypted => text(435, "Błąd odszyfrowania pliku"),
            Self::Duplicate => text(440, "Duplikat faktury"),
            Self::ContentInvalid => text(450, "Błąd weryfikacji semantyki dokumentu faktury"),
            Self::Unknown => text(500, "Nieznany błąd"),
            Self::Cancelled => detailed(550, CANCELLED, CANCELLED_DETAIL),
        }
    }

    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Taken,
        Self::InProgress,
        Self::Succeeded,
        Self::SessionFailed,
        Self::WrongPermissions,
        Self::AttachmentsNotAllowed,
        Self::FileInvalid,
        Self::NotDecrypted,
        Self::Duplicate,
        Self::ContentInvalid,
        Self::Unknown,
        Self::Cancelled,
    ];
}
