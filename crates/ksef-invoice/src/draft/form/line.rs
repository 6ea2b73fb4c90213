//! Lines.

use serde::{Deserialize, Serialize};

/// FaWiersz, or ZamowienieWiersz with an advance invoice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct LineDraft {
    /// P_7.
    pub name: String,
    /// P_8B.
    pub quantity: String,
    /// P_8A.
    pub unit: String,
    /// P_9A or P_9B, as the draft's [`PriceBasis`](super::PriceBasis) says.
    pub unit_price: String,
    /// P_10: a discount of the whole line in the currency, or in percent (`10%`); empty for none.
    pub discount: String,
    /// P_12: `23`, `22`, `8`, `7`, `5`, `4`, `3`, `0 KR`, `0 WDT`, `0 EX`, `zw`, `oo`, `np I`, `np II`; `oss` with `oss_rate`;
    /// `marza` for a margin scheme line.
    pub rate: String,
    /// P_12_XII: rate of another country in percent, with `oss`.
    pub oss_rate: String,
    /// P_11Vat as given by the person where it differs from the computed one (per-line VAT); empty for computed.
    pub vat: String,
    /// P_6A: ISO date of this line's own; empty for none.
    pub sale_date: String,
    /// GTU, `GTU_01` to `GTU_13`; empty for none.
    pub gtu: String,
    /// Procedura: `WSTO_EE`, `IED`, `TT_D`, `I_42`, `I_63`, `B_SPV`, `B_SPV_DOSTAWA`, `B_MPV_PROWIZJA`; empty for none.
    pub procedure: String,
    /// P_12_Zal_15: goods or service of annex 15.
    pub annex_15: bool,
    /// Indeks.
    pub index: String,
    /// GTIN.
    pub gtin: String,
    /// PKWiU.
    pub pkwiu: String,
    /// CN.
    pub cn: String,
    /// PKOB.
    pub pkob: String,
    /// KwotaAkcyzy.
    pub excise: String,
    /// KursWaluty of this line's own.
    pub exchange_rate: String,
    /// UU_ID; kept when an invoice is corrected.
    pub uuid: String,
    /// NrWierszaFa of its own, where lines of a correction keep the numbers of the corrected invoice; empty for the place
    /// in the list.
    pub position: String,
    /// The value of the line (P_11 with net prices, P_11A with gross ones) where it is given and not computed from price and
    /// quantity, as on invoices of other programs; empty for computed.
    pub amount: String,
    /// Id in the book of goods, where it came from.
    pub goods: Option<String>,
    /// With a correction: the line as it was. Nothing for a line that the correction adds.
    pub before: Option<Box<LineDraft>>,
    /// With a correction: the line falls away, and only its `before` is written. (A line that is taken off `lines` is not
    /// corrected at all.)
    pub removed: bool,
}
