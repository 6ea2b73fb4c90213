//! Who stands on an invoice: buyer, third parties, the company that issues it.

use serde::{Deserialize, Serialize};

use super::AccountDraft;

/// How the buyer is identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum PartyIdKind {
    /// Polish NIP.
    #[default]
    Nip,
    /// VAT number of the European Union: country prefix and number.
    VatUe,
    /// Another number, with the country that gave it.
    Other,
    /// Internal identifier with NIP (IDWew); only for third parties.
    Internal,
    /// None: a consumer.
    None,
}

/// Who, with identifier, name and address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PartyDraft {
    /// How it is identified.
    pub id_kind: PartyIdKind,
    /// The number, as typed: `526-587-76-35`, `PL5265877635`, `DE123456789` …
    pub id: String,
    /// Country of a number of another kind, ISO 3166; may be empty.
    pub id_country: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: AddressDraft,
    /// Address for correspondence; empty for none.
    pub correspondence: AddressDraft,
    /// E-mail addresses and telephones, up to three.
    pub contacts: Vec<ContactDraft>,
    /// NrEORI.
    pub eori: String,
    /// NrKlienta.
    pub client_number: String,
}

/// TAdres.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct AddressDraft {
    /// KodKraju; `PL` where empty and a line is not.
    pub country: String,
    /// AdresL1.
    pub line1: String,
    /// AdresL2.
    pub line2: String,
    /// GLN.
    pub gln: String,
}

/// DaneKontaktowe.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ContactDraft {
    /// Email.
    pub email: String,
    /// Telefon.
    pub phone: String,
}

/// Podmiot2.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct BuyerDraft {
    /// Who.
    pub party: PartyDraft,
    /// JST: the invoice concerns a unit of a local government (then it is among the others, role 8).
    pub local_government: bool,
    /// GV: the invoice concerns a member of a VAT group (then it is among the others, role 10).
    pub vat_group: bool,
    /// IDNabywcy: the key that ties a buyer's data before and after a correction; empty for none.
    pub buyer_key: String,
    /// Id in the book of contractors, where it came from; what was used here stays as it was.
    pub contractor: Option<String>,
}

/// Podmiot3.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct OtherPartyDraft {
    /// Who.
    pub party: PartyDraft,
    /// Rola, `1` to `11`; empty for another one, which `role_text` describes.
    pub role: String,
    /// OpisRoli.
    pub role_text: String,
    /// Udzial in percent, of an additional buyer.
    pub share: String,
    /// IDNabywcy: the key that ties an additional buyer's data before and after a correction; empty for none.
    pub buyer_key: String,
}

/// What an invoice takes from the company that issues it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct SellerProfile {
    /// Nazwa.
    pub name: String,
    /// Adres.
    pub address: AddressDraft,
    /// AdresKoresp; empty for none.
    pub correspondence: AddressDraft,
    /// DaneKontaktowe, up to three.
    pub contacts: Vec<ContactDraft>,
    /// NrEORI.
    pub eori: String,
    /// PrefiksPodatnika `PL`: on invoices for the European Union.
    pub eu_taxpayer: bool,
    /// StatusInfoPodatnika, `1` liquidation, `2` restructuring, `3` bankruptcy, `4` enterprise in succession; empty for none.
    pub status: String,
    /// Rejestry: PelnaNazwa.
    pub full_name: String,
    /// KRS.
    pub krs: String,
    /// REGON.
    pub regon: String,
    /// BDO.
    pub bdo: String,
    /// P_1M of new drafts.
    pub issue_place: String,
    /// Accounts to choose from; the first one is put on new drafts.
    pub accounts: Vec<AccountDraft>,
    /// Days to pay of new drafts, as typed.
    pub payment_days: String,
    /// FormaPlatnosci of new drafts.
    pub payment_form: String,
    /// StopkaFaktury of new drafts.
    pub notes: String,
    /// P_16 of new drafts.
    pub cash_method: bool,
}
