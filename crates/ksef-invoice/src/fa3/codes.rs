//! Closed lists of values.

use super::content::{Content, Leaf, Sink, Source};

codes! {
    /// Kind of an invoice.
    #[derive(Default)]
    pub enum RodzajFaktury: text {
        /// An ordinary invoice.
        #[default]
        Vat = "VAT",
        /// A correction.
        Kor = "KOR",
        /// Of an advance payment.
        Zal = "ZAL",
        /// Final, after advance payments.
        Roz = "ROZ",
        /// Simplified, of up to 450 zł or 100 euro.
        Upr = "UPR",
        /// A correction of an advance invoice.
        KorZal = "KOR_ZAL",
        /// A correction of a final invoice.
        KorRoz = "KOR_ROZ",
    }
}

codes! {
    /// When a correction takes effect in the seller's records.
    pub enum TypKorekty: number {
        /// On the date of the corrected invoice.
        DataPierwotnej = "1",
        /// On the date of the correction.
        DataKorekty = "2",
        /// On another date, or on different dates for different lines.
        DataInna = "3",
    }
}

codes! {
    /// Rate of VAT of a line.
    pub enum StawkaPodatku: text {
        /// 23 %.
        S23 = "23",
        /// 22 %.
        S22 = "22",
        /// 8 %.
        S8 = "8",
        /// 7 %.
        S7 = "7",
        /// 5 %.
        S5 = "5",
        /// 4 %: lump sum of taxis.
        S4 = "4",
        /// 3 %: lump sum of taxis.
        S3 = "3",
        /// 0 % within the country.
        S0Kr = "0 KR",
        /// 0 % for a supply of goods within the Union.
        S0Wdt = "0 WDT",
        /// 0 % for export.
        S0Ex = "0 EX",
        /// Exempt.
        Zw = "zw",
        /// Reverse charge within the country.
        Oo = "oo",
        /// Not taxed here: supplied outside the country, other than [`Self::NpII`].
        NpI = "np I",
        /// Not taxed here: services of art. 100 sec. 1 item 4, for buyers in the Union.
        NpII = "np II",
    }
}

codes! {
    /// Group of goods or services that records must name.
    pub enum Gtu: text {
        /// Alcoholic drinks.
        Gtu01 = "GTU_01",
        /// Motor fuels and other goods of art. 103 sec. 5aa.
        Gtu02 = "GTU_02",
        /// Heating and lubricating oils.
        Gtu03 = "GTU_03",
        /// Tobacco and what is like it.
        Gtu04 = "GTU_04",
        /// Waste.
        Gtu05 = "GTU_05",
        /// Electronic devices and their parts.
        Gtu06 = "GTU_06",
        /// Vehicles and their parts.
        Gtu07 = "GTU_07",
        /// Precious and base metals.
        Gtu08 = "GTU_08",
        /// Medicines.
        Gtu09 = "GTU_09",
        /// Buildings, structures, land.
        Gtu10 = "GTU_10",
        /// Trade in greenhouse gas allowances.
        Gtu11 = "GTU_11",
        /// Intangible services.
        Gtu12 = "GTU_12",
        /// Transport and storage.
        Gtu13 = "GTU_13",
    }
}

codes! {
    /// Procedure that a line belongs to.
    pub enum Procedura: text {
        /// Distance sales within the Union, and electronic services to consumers.
        WstoEe = "WSTO_EE",
        /// Sales through an electronic interface.
        Ied = "IED",
        /// Second taxpayer of a triangular transaction.
        TtD = "TT_D",
        /// Supply after import under procedure 42.
        I42 = "I_42",
        /// Supply after import under procedure 63.
        I63 = "I_63",
        /// Transfer of a single-purpose voucher.
        BSpv = "B_SPV",
        /// Supply to the issuer of a single-purpose voucher.
        BSpvDostawa = "B_SPV_DOSTAWA",
        /// Brokering of multi-purpose vouchers.
        BMpvProwizja = "B_MPV_PROWIZJA",
    }
}

codes! {
    /// Procedure that a line of an order belongs to: fewer than [`Procedura`] has.
    pub enum ProceduraZ: text {
        /// Distance sales within the Union, and electronic services to consumers.
        WstoEe = "WSTO_EE",
        /// Sales through an electronic interface.
        Ied = "IED",
        /// Second taxpayer of a triangular transaction.
        TtD = "TT_D",
        /// Transfer of a single-purpose voucher.
        BSpv = "B_SPV",
        /// Supply to the issuer of a single-purpose voucher.
        BSpvDostawa = "B_SPV_DOSTAWA",
        /// Brokering of multi-purpose vouchers.
        BMpvProwizja = "B_MPV_PROWIZJA",
    }
}

codes! {
    /// State of the seller that others should know of.
    pub enum StatusInfoPodatnika: number {
        /// In liquidation.
        Likwidacja = "1",
        /// Being restructured.
        Restrukturyzacja = "2",
        /// Bankrupt.
        Upadlosc = "3",
        /// A firm in inheritance.
        Spadek = "4",
    }
}

codes! {
    /// What a third party has to do with the invoice.
    pub enum RolaPodmiotu3: number {
        /// Factor: the claim was sold to it.
        Faktor = "1",
        /// Receiver: a unit or branch of the buyer.
        Odbiorca = "2",
        /// The firm that the seller took over or grew out of.
        PodmiotPierwotny = "3",
        /// Another buyer.
        DodatkowyNabywca = "4",
        /// Issues the invoice for the seller.
        WystawcaFaktury = "5",
        /// Pays in the buyer's stead.
        DokonujacyPlatnosci = "6",
        /// A unit of local government that issues.
        JstWystawca = "7",
        /// A unit of local government that receives.
        JstOdbiorca = "8",
        /// A member of a VAT group that issues.
        GrupaVatWystawca = "9",
        /// A member of a VAT group that receives.
        GrupaVatOdbiorca = "10",
        /// An employee.
        Pracownik = "11",
    }
}

codes! {
    /// By what right somebody else issues the invoice, or stands on it as representative.
    pub enum RolaPu: number {
        /// An enforcement authority.
        OrganEgzekucyjny = "1",
        /// A bailiff.
        KomornikSadowy = "2",
        /// A tax representative.
        PrzedstawicielPodatkowy = "3",
    }
}

codes! {
    /// How something is paid.
    pub enum FormaPlatnosci: number {
        /// Cash.
        Gotowka = "1",
        /// Card.
        Karta = "2",
        /// Voucher.
        Bon = "3",
        /// Cheque.
        Czek = "4",
        /// Credit.
        Kredyt = "5",
        /// Transfer.
        Przelew = "6",
        /// By mobile.
        Mobilna = "7",
    }
}

codes! {
    /// What a bank's own account is for.
    pub enum RachunekWlasnyBanku: number {
        /// Settling claims that the bank buys.
        NabywaneWierzytelnosci = "1",
        /// Collecting from a buyer and passing it on to the seller.
        PobieranieNaleznosci = "2",
        /// The bank's own business.
        GospodarkaWlasna = "3",
    }
}

codes! {
    /// Means of transport.
    pub enum RodzajTransportu: number {
        /// By sea.
        Morski = "1",
        /// By rail.
        Kolejowy = "2",
        /// By road.
        Drogowy = "3",
        /// By air.
        Lotniczy = "4",
        /// By post.
        Pocztowy = "5",
        /// Through fixed installations.
        InstalacjePrzesylowe = "7",
        /// On inland waters.
        ZeglugaSrodladowa = "8",
    }
}

codes! {
    /// What the load is packed in.
    pub enum OpisLadunku: number {
        /// Bańka: a can with a neck.
        Banka = "1",
        /// Barrel.
        Beczka = "2",
        /// Cylinder.
        Butla = "3",
        /// Carton.
        Karton = "4",
        /// Canister.
        Kanister = "5",
        /// Cage.
        Klatka = "6",
        /// Shipping container.
        Kontener = "7",
        /// Basket.
        Kosz = "8",
        /// Punnet.
        Lubianka = "9",
        /// Collective packaging.
        OpakowanieZbiorcze = "10",
        /// Parcel.
        Paczka = "11",
        /// Packet.
        Pakiet = "12",
        /// Pallet.
        Paleta = "13",
        /// Container.
        Pojemnik = "14",
        /// Container for solid bulk.
        PojemnikMasowyStaly = "15",
        /// Container for liquid bulk.
        PojemnikMasowyPlynny = "16",
        /// Box.
        Pudelko = "17",
        /// Tin.
        Puszka = "18",
        /// Chest.
        Skrzynia = "19",
        /// Sack.
        Worek = "20",
    }
}

codes! {
    /// What the cells of a column in an attachment hold.
    pub enum TypKolumny: text {
        /// A day.
        Date = "date",
        /// A moment.
        DateTime = "datetime",
        /// A decimal number.
        Dec = "dec",
        /// A whole number.
        Int = "int",
        /// A time of day.
        Time = "time",
        /// Text.
        Txt = "txt",
    }
}
