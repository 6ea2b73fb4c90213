use ksef_archive::ArchiveError;
use ksef_invoice::InvoiceKind;
use ksef_invoice::draft::DraftKind;

/// Every kind that a draft may be of.
pub(super) const KINDS: [DraftKind; 7] = [
    DraftKind::Vat,
    DraftKind::Kor,
    DraftKind::Zal,
    DraftKind::Roz,
    DraftKind::Upr,
    DraftKind::KorZal,
    DraftKind::KorRoz,
];

/// As RodzajFaktury spells it, and the archive.
pub(super) const fn code(kind: DraftKind) -> &'static str {
    let kind = match kind {
        DraftKind::Vat => InvoiceKind::Vat,
        DraftKind::Kor => InvoiceKind::Kor,
        DraftKind::Zal => InvoiceKind::Zal,
        DraftKind::Roz => InvoiceKind::Roz,
        DraftKind::Upr => InvoiceKind::Upr,
        DraftKind::KorZal => InvoiceKind::KorZal,
        DraftKind::KorRoz => InvoiceKind::KorRoz,
    };
    kind.code()
}

/// What the archive holds of ours is always a kind of ours.
pub(super) fn of_code(text: &str) -> Result<DraftKind, ArchiveError> {
    KINDS.into_iter().find(|kind| code(*kind) == text).ok_or(ArchiveError::Damaged("the kind of a draft"))
}

pub(super) const fn is_correction(kind: DraftKind) -> bool {
    matches!(kind, DraftKind::Kor | DraftKind::KorZal | DraftKind::KorRoz)
}
