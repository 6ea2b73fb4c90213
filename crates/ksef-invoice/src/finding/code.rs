use serde::Serialize;

/// What kind of thing was found. The interface branches on it; people read the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum FindingCode {
    /// Not one byte.
    Empty,
    /// Larger than KSeF takes.
    TooLarge,
    /// Not XML at all: text, HTML, PDF, an archive, a picture ...
    NotXml,
    /// XML, but not well-formed.
    NotWellFormed,
    /// Starts with a byte order mark.
    Bom,
    /// Declares another encoding than UTF-8, or is written in UTF-16 or UTF-32.
    Encoding,
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// Declares another version of XML than 1.0.
    XmlVersion,
    /// A DTD.
    Dtd,
    /// An entity other than XML's own five.
    Entity,
    /// A processing instruction.
    ProcessingInstruction,
    /// A character that XML does not allow.
    ForbiddenCharacter,
    /// A character that XML allows and KSeF does not.
    DiscouragedCharacter,
    /// Deeper, or with more attributes, than any invoice.
    Unreasonable,
    /// An invoice of another form or version: FA(1), FA(2), FA_RR, PEF.
    OtherForm,
    /// No invoice.
    NotAnInvoice,
    /// An element that the form does not have at that place.
    UnknownElement,
    /// An element in a wrong namespace.
    WrongNamespace,
    /// An element in a wrong order.
    OutOfPlace,
    /// A missing element.
    Missing,
    /// An element too many times.
    TooMany,
    /// Text between elements.
    TextBetween,
    /// An element inside a value.
    ChildInText,
    /// An attribute that the form does not have there.
    UnknownAttribute,
    /// A missing attribute.
    MissingAttribute,
    /// `xsi:nil`, which the form does not allow.
    Nil,
    /// `xsi:type` with a type that may not stand there.
    Type,
    /// Nothing where a value must stand.
    EmptyValue,
    /// Too few characters.
    TooShort,
    /// Too many characters.
    TooLong,
    /// Not one of the allowed values.
    NotAllowed,
    /// A value of another shape.
    Shape,
    /// No number.
    NotNumber,
    /// Too many digits.
    Digits,
    /// No date, or one that the calendar does not have.
    NotDate,
    /// Below the least or above the greatest value.
    OutOfRange,
    /// P_1 later than today.
    IssueDateInFuture,
    /// P_1 earlier than today: sent online the invoice counts as issued offline (art. 106nda).
    IssueDateBeforeToday,
    /// The check digit of a NIP.
    NipCheckDigit,
    /// The NIP inside an internal identifier.
    InternalId,
    /// The checksum of a KSeF number.
    KsefNumberChecksum,
    /// The seller is not the company that sends.
    OtherSeller,
    /// Attachments can be sent in batch sessions only.
    AttachmentNeedsBatch,

    // Sums. KSeF does not check them; the buyer's books and the tax office do.
    /// The value of a line is not price times quantity less the discount. Art. 106e ust. 1 pkt 8–11.
    LineValue,
    /// The tax of a line does not fit its rate. Art. 106e ust. 10.
    LineTax,
    /// A line has neither a net nor a gross value. Art. 106e ust. 1 pkt 11.
    LineWithoutValue,
    /// A line has no rate, and no margin procedure stands for it. Art. 106e ust. 1 pkt 12.
    LineWithoutRate,
    /// A line has both a rate and the OSS rate of another country. FA(3): P_12 and P_12_XII.
    TwoRates,
    /// A net total (P_13) is not the sum of the lines at its rate. Art. 106e ust. 1 pkt 13.
    NetTotal,
    /// A tax total (P_14) does not fit the lines, or the net total, at its rate. Art. 106e ust. 1 pkt 14.
    TaxTotal,
    /// The total (P_15) is not the sum of all net and tax totals. Art. 106e ust. 1 pkt 15.
    GrandTotal,
    /// The totals of a final invoice exceed its lines: advances can only be deducted. Art. 106f ust. 3.
    FinalTotal,
    /// No line at all on an invoice that must have some. FA(3): FaWiersz.
    NoLines,

    // Currency.
    /// A currency that is no money: `XXX`, metals, units of account. ISO 4217.
    NoCurrency,
    /// A rate of exchange that is not above zero.
    ExchangeRate,
    /// No rate of exchange at a taxed line in another currency. Art. 106e ust. 11, art. 31a.
    ExchangeRateMissing,
    /// A table of the National Bank of another day than the last working one before the invoice or the sale. Art. 31a.
    ExchangeRateDay,
    /// A rate of exchange on an invoice in złoty. FA(3): KursWaluty.
    ExchangeRateInPln,
    /// Tax is not given in złoty. Art. 106e ust. 11.
    TaxInPlnMissing,
    /// Tax in złoty on an invoice in złoty. FA(3): P_14_xW.
    TaxInPlnOnPln,
    /// Tax in złoty does not fit the rate of exchange. Art. 106e ust. 11, art. 31a.
    TaxInPln,

    // Parties.
    /// JST says yes and no third party is a local government unit that receives (role 8). FA(3): JST.
    JstWithoutUnit,
    /// Role 8 without JST. FA(3): JST.
    UnitWithoutJst,
    /// GV says yes and no third party is a receiving member of a VAT group (role 10). FA(3): GV.
    GroupWithoutMember,
    /// Role 10 without GV. FA(3): GV.
    MemberWithoutGroup,
    /// A unit or member (role 8 or 10) without the NIP or internal identifier by which it gets the invoice. FA(3): JST, GV.
    UnitWithoutId,
    /// A Polish NIP in a field for foreign numbers: the buyer would not find the invoice in KSeF. FA(3): NIP, NrID.
    NipInWrongField,
    /// The VAT number does not have the shape of its country. VIES.
    EuVatShape,
    /// The VAT number begins with the country once more. FA(3): KodUE, NrVatUE.
    EuVatPrefix,
    /// No name or address of the buyer on an invoice that is not simplified. Art. 106e ust. 1 pkt 3.
    BuyerIncomplete,
    /// Shares of buyers above 100 %, or a share of somebody who is no buyer. FA(3): Udzial.
    Shares,
    /// A check digit of a GLN. GS1.
    GlnCheckDigit,
    /// A check digit of a REGON.
    RegonCheckDigit,
    /// A check digit of a GTIN. GS1.
    GtinCheckDigit,

    // Foreign trade.
    /// A supply within the Union (0 % WDT) to a buyer without a VAT number of another country. Art. 42 ust. 1 pkt 1, art. 106e ust. 1 pkt 24.
    WdtBuyer,
    /// Services of art. 100 ust. 1 pkt 4 for a buyer without a VAT number of the Union. Art. 106e ust. 1 pkt 24.
    EuServiceBuyer,
    /// Export to a buyer with a Polish address and NIP. Art. 2 pkt 8.
    ExportBuyer,
    /// The simplified triangular procedure (P_23) without what it needs. Art. 136.
    TriangularIncomplete,

    // Annotations.
    /// Exempt sales, and the mark that there are none (P_19N). Art. 106e ust. 1 pkt 19.
    ExemptionWithoutBasis,
    /// An exemption's ground and nothing exempt. FA(3): P_19.
    ExemptionUnused,
    /// Reverse charge (oo), and the mark that there is none (P_18). Art. 106e ust. 1 pkt 18.
    ReverseChargeUnmarked,
    /// The mark of reverse charge and nothing that it could be about. FA(3): P_18.
    ReverseChargeUnused,
    /// A total of margin sales, and the mark that there are none (P_PMarzyN). Art. 106e ust. 2 i 3.
    MarginUnmarked,
    /// A margin procedure and no total of margin sales. FA(3): P_PMarzy, P_13_11.
    MarginUnused,
    /// Over 15 000 zł with goods of annex 15, and split payment (P_18A) is not marked. Art. 106e ust. 1 pkt 18a, art. 108a.
    SplitPaymentMissing,
    /// Split payment is marked and nothing of annex 15 is there. Art. 106e ust. 1 pkt 18a.
    SplitPaymentUnfounded,
    /// A simplified invoice (UPR) above 450 zł or 100 EUR. Art. 106e ust. 5 pkt 3.
    SimplifiedLimit,
    /// A simplified invoice without the buyer's NIP. Art. 106e ust. 5 pkt 3.
    SimplifiedBuyer,

    // Corrections.
    /// A correction that does not say what it corrects. Art. 106j ust. 2 pkt 3.
    CorrectsNothing,
    /// An invoice that corrects something and is no correction. FA(3): RodzajFaktury, DaneFaKorygowanej.
    NotACorrection,
    /// The corrected invoice is later than its correction. Art. 106j.
    CorrectedLater,
    /// The correction has the number of the invoice that it corrects. Art. 106e ust. 1 pkt 2.
    CorrectsItself,
    /// The same invoice is corrected twice in one document.
    CorrectedTwice,
    /// The KSeF number of a corrected or advance invoice is of another seller.
    KsefNumberOfOther,
    /// What was paid before the correction (P_15ZK) is missing, or stands where it has no meaning. FA(3): P_15ZK.
    PaidBeforeCorrection,
    /// A line before the correction (StanPrzed) on an invoice that is none. FA(3): StanPrzed.
    BeforeWithoutCorrection,
    /// A line before the correction (StanPrzed) without the same line after it. FA(3): StanPrzed.
    BeforeWithoutAfter,

    // Advances and final invoices.
    /// The received payments do not add up to the advance (P_15), or are more than a final invoice. FA(3):
    /// ZaliczkaCzesciowa.
    AdvanceParts,
    /// An advance invoice without the order. Art. 106f ust. 1 pkt 4.
    OrderMissing,
    /// The advance is greater than the order. Art. 106f ust. 1.
    AdvanceAboveOrder,
    /// The value of the order is not the sum of its lines. FA(3): WartoscZamowienia.
    OrderTotal,
    /// A final invoice that names no advance invoice. Art. 106f ust. 3.
    AdvanceMissing,
    /// Advance invoices named by an invoice that settles none. FA(3): FakturaZaliczkowa.
    AdvanceUnexpected,
    /// The same advance invoice twice.
    AdvanceTwice,
    /// Advance invoices are named, and nothing is taken off for them. Art. 106f ust. 3.
    AdvanceNotTakenOff,

    // Numbers of lines.
    /// Two lines of the same number. FA(3): NrWierszaFa.
    LineNumberTwice,
    /// Two lines of the same identifier. FA(3): UU_ID.
    LineIdTwice,
    /// A reference to a line that is not there. FA(3): NrWiersza, P_NrWierszaNST.
    NoSuchLine,

    // Dates.
    /// A period that ends before it begins. FA(3): OkresFa.
    PeriodReversed,
    /// Supplied more than 60 days after the day of issue. Art. 106i ust. 7.
    SupplyFarAhead,
    /// A common date of supply and dates of single lines. FA(3): P_6, P_6A.
    TwoSupplyDates,
    /// Payment is due before the day of issue.
    TermBeforeIssue,
    /// Paid after the day of issue. FA(3): DataZaplaty.
    PaidAfterIssue,
    /// A transport that ends before it begins.
    TransportReversed,

    // Payment and settlement.
    /// The partial payments do not fit the amount due. FA(3): ZnacznikZaplatyCzesciowej.
    PartialPayments,
    /// Charges, deductions or what remains do not add up. FA(3): Rozliczenie.
    Settlement,
    /// Check digits of a bank account. ISO 13616.
    AccountCheckDigits,
    /// The SWIFT code is of another country than the account. ISO 9362.
    SwiftCountry,
    /// The link to pay with carries another IPKSeF than the invoice. FA(3): LinkDoPlatnosci, IPKSeF.
    PaymentLink,

    // Attachments.
    /// A row of an attachment has another number of cells than its table has columns. FA(3): Wiersz, Kol.
    AttachmentRow,
    /// A cell of an attachment is not of its column's type. FA(3): Typ.
    AttachmentCell,
}

impl FindingCode {
    /// KSeF itself looks for this. What comes after it in the list are sums, references, dates: KSeF accepts invoices with
    /// mistakes there.
    #[must_use]
    pub const fn is_checked_by_ksef(self) -> bool {
        (self as u16) < (Self::LineValue as u16)
    }

    /// It is about the file or what the schema says, so that there is no invoice to look at.
    pub(crate) const fn is_about_structure(self) -> bool {
        !matches!(
            self,
            Self::Bom
                | Self::Encoding
                | Self::XmlVersion
                | Self::ProcessingInstruction
                | Self::DiscouragedCharacter
                | Self::TooLarge
                | Self::IssueDateInFuture
                | Self::IssueDateBeforeToday
                | Self::NipCheckDigit
                | Self::InternalId
                | Self::KsefNumberChecksum
                | Self::OtherSeller
                | Self::AttachmentNeedsBatch
        ) && self.is_checked_by_ksef()
    }
}
