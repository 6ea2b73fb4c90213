//! The draft as fronts hold and archives keep it: every field as it was typed, so that nothing that a person wrote is lost,
//! however wrong it still is. Dates are ISO texts or empty; numbers as typed (`1 234,50` as well as `1234.5`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
    /// What was received; for the kinds ZAL and KOR_ZAL.
    pub advance: Option<AdvanceDraft>,
    /// FakturaZaliczkowa: the advance invoices that a final invoice (ROZ) settles.
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
    /// P_9A or P_9B, as the draft's [`PriceBasis`] says.
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
    /// [`CorrectionDraft::amount_before`].
    pub received: String,
    /// ZaliczkaCzesciowa, where one invoice confirms several payments.
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
    /// What it confirmed by rate, to be taken off the final invoice's sums.
    pub amounts: Vec<AdvanceAmount>,
}

/// A rate's part of an advance.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct AdvanceAmount {
    /// As in [`LineDraft::rate`].
    pub rate: String,
    /// Net.
    pub net: String,
    /// VAT.
    pub vat: String,
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

/// What a draft comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DraftTotals {
    /// Of each line in the order of the draft, decimal texts; nothing where the line cannot be computed yet.
    pub lines: Vec<Option<LineAmounts>>,
    /// By rate, in the order of FA(3), of what the invoice declares (P_13, P_14).
    pub rates: Vec<RateTotal>,
    /// Sum of net.
    pub net: String,
    /// Sum of VAT.
    pub vat: String,
    /// P_15.
    pub gross: String,
    /// ISO 4217.
    pub currency: String,
    /// Sum of VAT in PLN, with another currency and a rate.
    pub vat_pln: Option<String>,
    /// With an advance: value of the whole order. With a final invoice: value of all lines before the advances.
    pub whole: Option<String>,
    /// What is left to pay after partial payments, charges and deductions, where it differs from `gross`.
    pub to_pay: Option<String>,
}

/// What a line comes to; decimal texts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LineAmounts {
    /// Net; with a correction the difference.
    pub net: String,
    /// VAT.
    pub vat: String,
    /// Gross.
    pub gross: String,
}

/// What a rate comes to; decimal texts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RateTotal {
    /// As in [`LineDraft::rate`]; `22`/`23`, `7`/`8` and `3`/`4` each under one.
    pub rate: String,
    /// P_13_…
    pub net: String,
    /// P_14_…
    pub vat: String,
    /// P_14_…W, in PLN.
    pub vat_pln: Option<String>,
}

/// Something to know about a field of the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DraftFinding {
    /// Where: names and positions from 0 with dots (`lines.2.unitPrice`, `buyer.party.id`,
    /// `extras.Fa/WarunkiTransakcji.Transport.0.RodzajTransportu`); empty for the invoice as a whole.
    pub field: String,
    /// Stable code, as [`crate::FindingCode`] is written.
    pub code: String,
    /// An error keeps it from being issued, a warning does not.
    pub error: bool,
    /// The sentence in Polish.
    pub pl: String,
    /// The sentence in English.
    pub en: String,
}
