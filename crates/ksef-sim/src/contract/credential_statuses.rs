//! Statuses of applications for certificates and of operations on permissions.

use super::StatusText;
use super::statuses::{CANCELLED, CANCELLED_DETAIL, detailed, text};
use crate::model::StoredStatus;

/// Status of an application. Source: OpenAPI `CertificateEnrollmentStatusResponse.status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is a line of the contract's table, its text stands below")]
pub enum EnrollmentStatus {
    Taken,
    Issued,
    KeyOfAnother,
    TooManyCertificates,
    Unknown,
    Cancelled,
}

impl EnrollmentStatus {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Taken,
        Self::Issued,
        Self::KeyOfAnother,
        Self::TooManyCertificates,
        Self::Unknown,
        Self::Cancelled,
    ];

    /// Code and texts.
    #[must_use]
    pub const fn text(self) -> StatusText {
        const REFUSED: &str = "Wniosek odrzucony";
        match self {
            Self::Taken => text(100, "Wniosek przyjęty do realizacji"),
            Self::Issued => text(200, "Wniosek obsłużony (certyfikat wygenerowany)"),
            Self::KeyOfAnother => {
                detailed(400, REFUSED, "Klucz publiczny został już certyfikowany przez inny podmiot.")
            }
            Self::TooManyCertificates => {
                detailed(400, REFUSED, "Osiągnięto dopuszczalny limit posiadanych certyfikatów.")
            }
            Self::Unknown => text(500, "Nieznany błąd"),
            Self::Cancelled => detailed(550, CANCELLED, CANCELLED_DETAIL),
        }
    }

    pub(crate) fn stored(self) -> StoredStatus {
        self.text().into()
    }

    /// The first of that code, with other details where there are any.
    pub(crate) fn by_code(code: u16, details: Vec<String>) -> StoredStatus {
        by_code(Self::ALL.into_iter().map(Self::text), code, details)
    }
}

/// Status of an operation. Source: OpenAPI `PermissionsOperationStatusResponse.status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is a line of the contract's table, its text stands below")]
pub enum PermissionStatus {
    Taken,
    Done,
    Failed,
    Unrelated,
    NotAllowed,
    WrongRole,
    ForbiddenLink,
    ForbiddenIdentifier,
    Unknown,
    Cancelled,
}

impl PermissionStatus {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Taken,
        Self::Done,
        Self::Failed,
        Self::Unrelated,
        Self::NotAllowed,
        Self::WrongRole,
        Self::ForbiddenLink,
        Self::ForbiddenIdentifier,
        Self::Unknown,
        Self::Cancelled,
    ];

    /// Code and texts.
    #[must_use]
    pub const fn text(self) -> StatusText {
        match self {
            Self::Taken => text(100, "Operacja przyjęta do realizacji"),
            Self::Done => text(200, "Operacja zakończona sukcesem"),
            Self::Failed => text(400, "Operacja zakończona niepowodzeniem"),
            Self::Unrelated => {
                text(410, "Podane identyfikatory są niezgodne lub pozostają w niewłaściwej relacji")
            }
            Self::NotAllowed => text(420, "Użyte poświadczenia nie mają uprawnień do wykonania tej operacji"),
            Self::WrongRole => {
                text(430, "Kontekst identyfikatora nie odpowiada wymaganej roli lub uprawnieniom")
            }
            Self::ForbiddenLink => text(440, "Operacja niedozwolona dla wskazanych powiązań identyfikatorów"),
            Self::ForbiddenIdentifier => {
                text(450, "Operacja niedozwolona dla wskazanego identyfikatora lub jego typu")
            }
            Self::Unknown => text(500, "Nieznany błąd"),
            Self::Cancelled => detailed(
                550,
                CANCELLED,
                "Przetwarzanie zostało przerwane z przyczyn wewnętrznych systemu. Spróbuj ponownie później.",
            ),
        }
    }

    pub(crate) fn stored(self) -> StoredStatus {
        self.text().into()
    }

    /// The one of that code, with other details where there are any.
    pub(crate) fn by_code(code: u16, details: Vec<String>) -> StoredStatus {
        by_code(Self::ALL.into_iter().map(Self::text), code, details)
    }
}

/// A code that the table does not have becomes the unknown error: the management lets none through.
fn by_code(mut texts: impl Iterator<Item = StatusText>, code: u16, details: Vec<String>) -> StoredStatus {
    let found = texts.find(|text| text.code == code);
    let mut status = StoredStatus::from(found.unwrap_or(text(500, "Nieznany błąd")));
    if !details.is_empty() {
        status.details = details;
    }
    status
}
