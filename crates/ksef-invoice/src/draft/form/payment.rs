//! Payment.

use serde::{Deserialize, Serialize};

/// Platnosc.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PaymentDraft {
    /// How far it is paid.
    pub paid: PaidState,
    /// DataZaplaty.
    pub paid_on: String,
    /// ZaplataCzesciowa.
    pub parts: Vec<PartPaymentDraft>,
    /// TerminPlatnosci.
    pub terms: Vec<TermDraft>,
    /// FormaPlatnosci: `1` cash, `2` card, `3` voucher, `4` cheque, `5` credit, `6` transfer, `7` mobile; empty for none, or another one in `form_text`.
    pub form: String,
    /// OpisPlatnosci, of another form.
    pub form_text: String,
    /// RachunekBankowy.
    pub accounts: Vec<AccountDraft>,
    /// RachunekBankowyFaktora.
    pub factor_accounts: Vec<AccountDraft>,
    /// WarunkiSkonta.
    pub discount_terms: String,
    /// WysokoscSkonta.
    pub discount_amount: String,
    /// LinkDoPlatnosci.
    pub link: String,
    /// IPKSeF.
    pub ip_ksef: String,
}

/// How far an invoice is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum PaidState {
    /// Not, or not said.
    #[default]
    Unpaid,
    /// Zaplacono.
    Paid,
    /// ZnacznikZaplatyCzesciowej 1: in part.
    Partly,
    /// ZnacznikZaplatyCzesciowej 2: in parts that make the whole.
    PaidInParts,
}

/// ZaplataCzesciowa.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PartPaymentDraft {
    /// KwotaZaplatyCzesciowej.
    pub amount: String,
    /// DataZaplatyCzesciowej.
    pub date: String,
    /// FormaPlatnosci; see [`PaymentDraft::form`].
    pub form: String,
    /// OpisPlatnosci.
    pub form_text: String,
}

/// TerminPlatnosci: a day, or words (`14 dni od dostawy`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TermDraft {
    /// Termin, ISO date.
    pub date: String,
    /// Days after the day of issuing, as typed; fills `date` when the invoice is issued. Empty for none.
    pub days: String,
    /// TerminOpis/Ilosc.
    pub count: String,
    /// TerminOpis/Jednostka.
    pub unit: String,
    /// TerminOpis/ZdarzeniePoczatkowe.
    pub event: String,
}

/// TRachunekBankowy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct AccountDraft {
    /// NrRB: NRB or IBAN, spaces allowed.
    pub number: String,
    /// SWIFT.
    pub swift: String,
    /// RachunekWlasnyBanku, `1` to `3`; empty for none.
    pub bank_own: String,
    /// NazwaBanku.
    pub bank: String,
    /// OpisRachunku.
    pub description: String,
}
