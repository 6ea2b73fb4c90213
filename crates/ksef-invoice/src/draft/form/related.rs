//! What corrections, advance and final invoices refer to.

use serde::{Deserialize, Serialize};

use super::PartyDraft;

/// What a correction corrects.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CorrectionDraft {
    /// PrzyczynaKorekty.
    pub reason: String,
    /// TypKorekty: `1` with the date of the original, `2` with that of the correction, `3` another; empty for unsaid.
    pub effect: String,
    /// DaneFaKorygowanej, at least one.
    pub corrected: Vec<CorrectedReference>,
    /// OkresFaKorygowanej: a period, for a collective discount.
    pub period: String,
    /// NrFaKorygowany: the right number, where the number itself was wrong.
    pub right_number: String,
    /// How lines are written.
    pub method: CorrectionMethod,
    /// P_15ZK: with an advance's or a final invoice's correction, the amount before it.
    pub amount_before: String,
    /// KursWalutyZK: the rate before it.
    pub exchange_before: String,
    /// Podmiot2K: the buyer as the corrected invoice has it, where the buyer's name or address is corrected; the identifier
    /// is that of the buyer. Nothing where the buyer stays as it was.
    pub buyer_before: Option<PartyDraft>,
    /// Podmiot1K: the seller as the corrected invoice has it, where the seller's name or address is corrected.
    pub seller_before: Option<PartyDraft>,
    /// The differences by rate where they do not come from lines: a collective discount (art. 106j ust. 3), or another
    /// amount left to pay. Empty for computed.
    pub sums: Vec<AdvanceAmount>,
}

/// How a correction writes its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum CorrectionMethod {
    /// Each changed line twice, first with StanPrzed.
    #[default]
    BeforeAndAfter,
    /// Each changed line once, with the difference.
    Difference,
}

/// DaneFaKorygowanej.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CorrectedReference {
    /// NrFaKorygowanej.
    pub number: String,
    /// DataWystFaKorygowanej, ISO date.
    pub issue_date: String,
    /// NrKSeFFaKorygowanej; empty for an invoice outside KSeF.
    pub ksef_number: String,
}

/// What an advance invoice confirms.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct AdvanceDraft {
    /// P_15: received, gross. With KOR_ZAL what was received by the correction's account; P_15 is its difference to
    /// [`CorrectionDraft::amount_before`]. Empty with ROZ.
    pub received: String,
    /// ZaliczkaCzesciowa, where one invoice confirms several payments. With ROZ the payments before the supply that the final
    /// invoice itself documents (art. 106f ust. 3): P_15 without them is what is left over them.
    pub parts: Vec<AdvancePartDraft>,
}

/// ZaliczkaCzesciowa.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct AdvancePartDraft {
    /// P_6Z, ISO date.
    pub date: String,
    /// P_15Z.
    pub amount: String,
    /// KursWalutyZW.
    pub exchange_rate: String,
}

/// FakturaZaliczkowa, with what is needed to compute what is left to pay.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct AdvanceReference {
    /// NrFaZaliczkowej.
    pub number: String,
    /// NrKSeFFaZaliczkowej; empty for one outside KSeF.
    pub ksef_number: String,
    /// What it confirmed by rate, to be taken off the final invoice's sums; nothing is taken off another invoice.
    pub amounts: Vec<AdvanceAmount>,
}

/// A rate's part of an advance.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct AdvanceAmount {
    /// As in [`LineDraft::rate`](super::LineDraft::rate).
    pub rate: String,
    /// Net.
    pub net: String,
    /// VAT.
    pub vat: String,
}
