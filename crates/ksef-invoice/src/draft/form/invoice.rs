//! What the draft holds of the invoice as a whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::InvoiceKind;
use crate::totals::Basis;

use super::{
    AdvanceDraft, AdvanceReference, BuyerDraft, CorrectionDraft, LineDraft, OtherPartyDraft, PaymentDraft,
};

/// An invoice while a person writes it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct InvoiceDraft {
    /// RodzajFaktury.
    pub kind: DraftKind,
    /// P_1; empty for the day of issuing.
    pub issue_date: String,
    /// P_1M, the place of issuing; empty for none.
    pub issue_place: String,
    /// P_2 of the person's own; empty for the next number of the series.
    pub number: String,
    /// Id of the number series; nothing for the company's series of this kind.
    pub series: Option<String>,
    /// When the goods were delivered, the service done, the advance received.
    pub sale: SaleMoment,
    /// WZ: numbers of delivery notes.
    pub delivery_notes: Vec<String>,
    /// Podmiot2.
    pub buyer: BuyerDraft,
    /// Podmiot3: recipient, factor, payer, local government unit, member of a VAT group …
    pub others: Vec<OtherPartyDraft>,
    /// ISO 4217; `PLN` where empty.
    pub currency: String,
    /// How amounts of VAT come to PLN.
    pub exchange: ExchangeDraft,
    /// What the prices of the lines are.
    pub prices: PriceBasis,
    /// Where VAT is rounded.
    pub rounding: VatRounding,
    /// Lines; with an advance invoice the lines of the order.
    pub lines: Vec<LineDraft>,
    /// Adnotacje.
    pub annotations: AnnotationsDraft,
    /// Platnosc.
    pub payment: PaymentDraft,
    /// What is corrected and why; for the kinds KOR, KOR_ZAL, KOR_ROZ.
    pub correction: Option<CorrectionDraft>,
    /// What was received; for the kinds ZAL and KOR_ZAL. With ROZ only its `parts`.
    pub advance: Option<AdvanceDraft>,
    /// FakturaZaliczkowa: the advance invoices that a final invoice (ROZ) settles, or the earlier ones that an advance invoice
    /// names as the last of those that document the whole payment (art. 106f ust. 4).
    pub settles: Vec<AdvanceReference>,
    /// StopkaFaktury: notes that are printed at the foot.
    pub notes: String,
    /// DodatkowyOpis.
    pub descriptions: Vec<DescriptionDraft>,
    /// FP: invoice to a receipt of a cash register (art. 109 ust. 3d).
    pub to_receipt: bool,
    /// TP: between related parties.
    pub related_parties: bool,
    /// ZwrotAkcyzy: a farmer's information for the refund of excise.
    pub excise_refund: bool,
    /// What is rarely needed, by its path in FA(3) (`Fa/WarunkiTransakcji`, `Zalacznik` …), as typed.
    pub extras: BTreeMap<String, FieldTree>,
    /// Ids of the issued invoices whose account a correction or a final invoice took over when it was begun: what it corrects
    /// or settles, with the corrections that stood then. Empty where the program began it from nothing of its own.
    pub based_on: Vec<String>,
}

/// RodzajFaktury.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DraftKind {
    /// Faktura podstawowa.
    #[default]
    Vat,
    /// Korygująca.
    Kor,
    /// Zaliczkowa.
    Zal,
    /// Rozliczeniowa (końcowa).
    Roz,
    /// Uproszczona, art. 106e ust. 5 pkt 3.
    Upr,
    /// Korekta zaliczkowej.
    KorZal,
    /// Korekta rozliczeniowej.
    KorRoz,
}

impl DraftKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Vat, Self::Kor, Self::Zal, Self::Roz, Self::Upr, Self::KorZal, Self::KorRoz];

    /// As RodzajFaktury spells it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        let kind = match self {
            Self::Vat => InvoiceKind::Vat,
            Self::Kor => InvoiceKind::Kor,
            Self::Zal => InvoiceKind::Zal,
            Self::Roz => InvoiceKind::Roz,
            Self::Upr => InvoiceKind::Upr,
            Self::KorZal => InvoiceKind::KorZal,
            Self::KorRoz => InvoiceKind::KorRoz,
        };
        kind.code()
    }

    /// The kind that RodzajFaktury names.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// It corrects another invoice.
    #[must_use]
    pub const fn is_correction(self) -> bool {
        matches!(self, Self::Kor | Self::KorZal | Self::KorRoz)
    }

    /// It has FakturaZaliczkowa: a final invoice settles advances, the last advance invoice names the earlier ones.
    #[must_use]
    pub const fn names_advances(self) -> bool {
        matches!(self, Self::Roz | Self::KorRoz | Self::Zal | Self::KorZal)
    }
}

/// P_6, OkresFa, or dates of their own at the lines (P_6A).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum SaleMoment {
    /// The same as the day of issuing, or at the lines.
    #[default]
    Unsaid,
    /// P_6: one day for all.
    Day {
        /// ISO date.
        date: String,
    },
    /// OkresFa.
    Period {
        /// ISO date, P_6_Od.
        from: String,
        /// ISO date, P_6_Do.
        to: String,
    },
}

/// What the prices of the lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum PriceBasis {
    /// Net: P_9A, P_11.
    #[default]
    Net,
    /// Gross: P_9B, P_11A (art. 106e ust. 7 and 8).
    Gross,
}

impl PriceBasis {
    /// The same for computing.
    pub(crate) const fn basis(self) -> Basis {
        match self {
            Self::Net => Basis::Net,
            Self::Gross => Basis::Gross,
        }
    }
}

/// Where VAT is rounded to a grosz (art. 106e ust. 10 and 11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum VatRounding {
    /// Once, on the sum of each rate.
    #[default]
    PerRate,
    /// At each line; the VAT of a rate is the sum of its lines.
    PerLine,
}

/// The exchange rate of the invoice (art. 31a).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ExchangeDraft {
    /// PLN for one of the currency; empty with PLN.
    pub rate: String,
    /// Day of the table, ISO date; for the note on the invoice.
    pub day: String,
    /// Number of the table, such as `226/A/NBP/2026`; for the note on the invoice.
    pub table: String,
}

/// Adnotacje.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct AnnotationsDraft {
    /// P_16: metoda kasowa.
    pub cash_method: bool,
    /// P_17: samofakturowanie.
    pub self_billing: bool,
    /// P_18: odwrotne obciążenie; also set by itself where a line has `oo`.
    pub reverse_charge: bool,
    /// P_18A: mechanizm podzielonej płatności.
    pub split_payment: bool,
    /// P_23: simplified triangular transaction, second taxpayer.
    pub triangular: bool,
    /// P_19A/B/C: why lines are exempt.
    pub exemption: ExemptionBasis,
    /// The provision.
    pub exemption_text: String,
    /// P_PMarzy_…
    pub margin: MarginScheme,
}

/// P_19A, P_19B, P_19C.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum ExemptionBasis {
    /// Nothing is exempt.
    #[default]
    None,
    /// P_19A: the act or a regulation.
    Act,
    /// P_19B: directive 2006/112/EC.
    Directive,
    /// P_19C: another basis.
    Other,
}

/// P_PMarzy_2, P_PMarzy_3_1, P_PMarzy_3_2, P_PMarzy_3_3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum MarginScheme {
    /// None.
    #[default]
    None,
    /// Biura podróży.
    Travel,
    /// Towary używane.
    UsedGoods,
    /// Dzieła sztuki.
    Art,
    /// Przedmioty kolekcjonerskie i antyki.
    Antiques,
}

/// DodatkowyOpis.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct DescriptionDraft {
    /// Position of the line from 1 that it is about; empty for the whole invoice.
    pub line: String,
    /// Klucz.
    pub key: String,
    /// Wartosc.
    pub value: String,
}

/// A part of FA(3) as typed into a form: names of elements and texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(untagged)]
pub enum FieldTree {
    /// A value.
    Text(String),
    /// An element that is repeated.
    List(Vec<FieldTree>),
    /// An element with children, by name; their order is the schema's.
    Group(BTreeMap<String, FieldTree>),
}
