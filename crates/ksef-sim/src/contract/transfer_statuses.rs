use super::StatusText;
use super::statuses::{CANCELLED, CANCELLED_DETAIL, detailed, text};

/// Status of a batch session. Source: OpenAPI `SessionStatusResponse.status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is a line of the contract's table, its text stands below")]
pub enum BatchStatus {
    Started,
    InProgress,
    Succeeded,
    PartsInvalid,
    KeyNotDecrypted,
    TooManyInvoices,
    NotDecompressed,
    NotDecrypted,
    CancelledTooLate,
    CancelledWithoutInvoices,
    NoCorrectInvoices,
    Unknown,
}

impl BatchStatus {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Started,
        Self::InProgress,
        Self::Succeeded,
        Self::PartsInvalid,
        Self::KeyNotDecrypted,
        Self::TooManyInvoices,
        Self::NotDecompressed,
        Self::NotDecrypted,
        Self::CancelledTooLate,
        Self::CancelledWithoutInvoices,
        Self::NoCorrectInvoices,
        Self::Unknown,
    ];

    /// Code and texts.
    #[must_use]
    pub const fn text(self) -> StatusText {
        match self {
            Self::Started => text(100, "Sesja wsadowa rozpoczęta"),
            Self::InProgress => text(150, "Trwa przetwarzanie"),
            Self::Succeeded => text(200, "Sesja wsadowa przetworzona pomyślnie"),
            Self::PartsInvalid => text(405, "Błąd weryfikacji poprawności dostarczonych elementów paczki"),
            Self::KeyNotDecrypted => text(415, "Błąd odszyfrowania dostarczonego klucza"),
            Self::TooManyInvoices => text(420, "Przekroczony limit faktur w sesji"),
            Self::NotDecompressed => text(430, "Błąd dekompresji pierwotnego archiwum"),
            Self::NotDecrypted => text(435, "Błąd odszyfrowania zaszyfrowanych części archiwum"),
            Self::CancelledTooLate => detailed(440, "Sesja anulowana", "Przekroczono czas wysyłki"),
            Self::CancelledWithoutInvoices => detailed(440, "Sesja anulowana", "Nie przesłano faktur"),
            Self::NoCorrectInvoices => text(445, "Błąd weryfikacji, brak poprawnych faktur"),
            Self::Unknown => text(500, "Nieznany błąd (500)"),
        }
    }
}

/// Status of an export. Source: OpenAPI `InvoiceExportStatusResponse.status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is a line of the contract's table, its text stands below")]
pub enum ExportStatus {
    InProgress,
    Succeeded,
    Expired,
    KeyNotDecrypted,
    RangeOutOfReach,
    Unknown,
    Cancelled,
}

impl ExportStatus {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::InProgress,
        Self::Succeeded,
        Self::Expired,
        Self::KeyNotDecrypted,
        Self::RangeOutOfReach,
        Self::Unknown,
        Self::Cancelled,
    ];

    /// Code and texts.
    #[must_use]
    pub const fn text(self) -> StatusText {
        match self {
            Self::InProgress => text(100, "Eksport faktur w toku"),
            Self::Succeeded => text(200, "Eksport faktur zakończony sukcesem"),
            Self::Expired => text(210, "Eksport faktur wygasł i nie jest już dostępny do pobrania"),
            Self::KeyNotDecrypted => text(415, "Błąd odszyfrowania dostarczonego klucza"),
            Self::RangeOutOfReach => detailed(420, OUT_OF_REACH, OUT_OF_REACH_DETAIL),
            Self::Unknown => text(500, "Nieznany błąd (500)"),
            Self::Cancelled => detailed(550, CANCELLED, CANCELLED_DETAIL),
        }
    }
}

/// The text of 420.
const OUT_OF_REACH: &str = "Zakres filtrowania wykracza poza dostępny zakres danych";
/// Its detail, and that of the exception 21183.
pub(crate) const OUT_OF_REACH_DETAIL: &str = "Parametr dateRange.from jest późniejszy niż PermanentStorageHwmDate przy włączonym restrictToPermanentStorageHwmDate.";
