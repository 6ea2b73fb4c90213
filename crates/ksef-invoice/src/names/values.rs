//! The values of FA(3)'s lists, in our own words.

/// Polish and English name of a value of a named type; `None` for types whose codes speak for themselves
/// (countries, currencies).
pub(crate) fn value(type_name: &str, value: &str) -> Option<(&'static str, &'static str)> {
    let values = TYPES.iter().find(|(name, _)| *name == type_name)?.1;
    values.iter().find(|(known, _, _)| *known == value).map(|&(_, polish, english)| (polish, english))
}

/// A value, Polish, English.
type Values = &'static [(&'static str, &'static str, &'static str)];

static TYPES: &[(&str, Values)] = &[
    ("TKodFormularza", FORM),
    ("TStatusInfoPodatnika", TAXPAYER_STATUS),
    ("TWybor1", MARK),
    ("TWybor1_2", YES_NO),
    ("TRolaPodmiotu3", THIRD_PARTY_ROLES),
    ("TRolaPodmiotuUpowaznionego", AUTHORISED_ROLES),
    ("TRodzajFaktury", KINDS),
    ("TTypKorekty", CORRECTIONS),
    ("TStawkaPodatku", RATES),
    ("TGTU", GTU),
    ("TOznaczenieProcedury", PROCEDURES),
    ("TOznaczenieProceduryZ", PROCEDURES),
    ("TFormaPlatnosci", PAYMENTS),
    ("TRachunekWlasnyBanku", OWN_ACCOUNTS),
    ("TRodzajTransportu", TRANSPORTS),
    ("TLadunek", CARGOES),
    // Types without a name go by the element that they belong to.
    ("WariantFormularza", &[("3", "wariant 3", "variant 3")]),
    ("JST", YES_NO),
    ("GV", YES_NO),
    ("ZnacznikZaplatyCzesciowej", PAID_IN_PARTS),
    ("Typ", COLUMNS),
];

const FORM: Values = &[("FA", "faktura", "invoice")];

const MARK: Values = &[("1", "tak", "yes")];

const YES_NO: Values = &[("1", "tak", "yes"), ("2", "nie", "no")];

const PAID_IN_PARTS: Values = &[
    ("1", "zapłacono w części", "paid in part"),
    ("2", "zapłacono w całości, w częściach", "paid in full, in parts"),
];

const TAXPAYER_STATUS: Values = &[
    ("1", "w likwidacji", "in liquidation"),
    ("2", "w restrukturyzacji", "in restructuring"),
    ("3", "w upadłości", "bankrupt"),
    ("4", "przedsiębiorstwo w spadku", "enterprise in inheritance"),
];

const THIRD_PARTY_ROLES: Values = &[
    ("1", "faktor", "factor"),
    ("2", "odbiorca (oddział, jednostka nabywcy)", "recipient (branch, unit of the buyer)"),
    ("3", "podmiot pierwotny (przejęty lub przekształcony)", "original entity (taken over or transformed)"),
    ("4", "dodatkowy nabywca", "additional buyer"),
    ("5", "wystawca faktury", "issuer of the invoice"),
    ("6", "dokonujący płatności", "payer"),
    ("7", "jednostka samorządu – wystawca", "local government unit – issuer"),
    ("8", "jednostka samorządu – odbiorca", "local government unit – recipient"),
    ("9", "członek grupy VAT – wystawca", "VAT group member – issuer"),
    ("10", "członek grupy VAT – odbiorca", "VAT group member – recipient"),
    ("11", "pracownik", "employee"),
];

const AUTHORISED_ROLES: Values = &[
    ("1", "organ egzekucyjny", "enforcement authority"),
    ("2", "komornik sądowy", "bailiff"),
    ("3", "przedstawiciel podatkowy", "tax representative"),
];

const KINDS: Values = &[
    ("VAT", "podstawowa", "basic"),
    ("KOR", "korygująca", "correction"),
    ("ZAL", "zaliczkowa", "advance"),
    ("ROZ", "rozliczeniowa (końcowa)", "final (settlement)"),
    ("UPR", "uproszczona", "simplified"),
    ("KOR_ZAL", "korygująca zaliczkową", "correction of an advance invoice"),
    ("KOR_ROZ", "korygująca rozliczeniową", "correction of a final invoice"),
];

const CORRECTIONS: Values = &[
    ("1", "skutek w dacie faktury pierwotnej", "effective at the date of the original invoice"),
    ("2", "skutek w dacie wystawienia korekty", "effective at the date of the correction"),
    ("3", "skutek w innej dacie lub w różnych datach", "effective at another date or at several dates"),
];

const RATES: Values = &[
    ("23", "23%", "23%"),
    ("22", "22%", "22%"),
    ("8", "8%", "8%"),
    ("7", "7%", "7%"),
    ("5", "5%", "5%"),
    ("4", "4% (ryczałt dla taksówek)", "4% (taxi flat rate)"),
    ("3", "3% (ryczałt dla taksówek)", "3% (taxi flat rate)"),
    ("0 KR", "0% w kraju", "0% domestic"),
    ("0 WDT", "0% wewnątrzwspólnotowa dostawa towarów", "0% intra-Community supply"),
    ("0 EX", "0% eksport towarów", "0% export"),
    ("zw", "zwolnione", "exempt"),
    ("oo", "odwrotne obciążenie", "reverse charge"),
    ("np I", "poza terytorium kraju", "outside the country"),
    (
        "np II",
        "poza terytorium kraju, usługi z art. 100 ust. 1 pkt 4",
        "outside the country, services of art. 100(1)(4)",
    ),
];

const GTU: Values = &[
    ("GTU_01", "napoje alkoholowe", "alcoholic drinks"),
    ("GTU_02", "paliwa", "fuels"),
    ("GTU_03", "oleje opałowe i smarowe", "heating and lubricating oils"),
    ("GTU_04", "wyroby tytoniowe", "tobacco products"),
    ("GTU_05", "odpady", "waste"),
    ("GTU_06", "urządzenia elektroniczne i ich części", "electronic devices and their parts"),
    ("GTU_07", "pojazdy i części samochodowe", "vehicles and car parts"),
    ("GTU_08", "metale szlachetne i nieszlachetne", "precious and base metals"),
    ("GTU_09", "leki i wyroby medyczne", "medicines and medical products"),
    ("GTU_10", "budynki, budowle i grunty", "buildings, structures and land"),
    ("GTU_11", "przenoszenie uprawnień do emisji gazów", "transfer of emission allowances"),
    (
        "GTU_12",
        "usługi niematerialne (doradcze, księgowe, prawne …)",
        "intangible services (advice, accounting, law …)",
    ),
    ("GTU_13", "transport i magazynowanie", "transport and storage"),
];

const PROCEDURES: Values = &[
    ("WSTO_EE", "sprzedaż na odległość i usługi elektroniczne", "distance sales and electronic services"),
    ("IED", "dostawa przez interfejs elektroniczny", "supply through an electronic interface"),
    ("TT_D", "transakcja trójstronna, drugi podatnik", "triangular transaction, second taxpayer"),
    ("I_42", "dostawa po imporcie, procedura 42", "supply after import, procedure 42"),
    ("I_63", "dostawa po imporcie, procedura 63", "supply after import, procedure 63"),
    ("B_SPV", "transfer bonu jednego przeznaczenia", "transfer of a single-purpose voucher"),
    ("B_SPV_DOSTAWA", "dostawa do bonu jednego przeznaczenia", "supply for a single-purpose voucher"),
    ("B_MPV_PROWIZJA", "pośrednictwo przy bonach różnego przeznaczenia", "agency for multi-purpose vouchers"),
];

const PAYMENTS: Values = &[
    ("1", "gotówka", "cash"),
    ("2", "karta", "card"),
    ("3", "bon", "voucher"),
    ("4", "czek", "cheque"),
    ("5", "kredyt", "credit"),
    ("6", "przelew", "transfer"),
    ("7", "płatność mobilna", "mobile payment"),
];

const OWN_ACCOUNTS: Values = &[
    ("1", "do rozliczeń nabytych wierzytelności", "for settling acquired receivables"),
    ("2", "do pobierania należności za dostawcę", "for collecting on behalf of the supplier"),
    ("3", "gospodarki własnej banku", "for the bank's own operations"),
];

const TRANSPORTS: Values = &[
    ("1", "morski", "sea"),
    ("2", "kolejowy", "rail"),
    ("3", "drogowy", "road"),
    ("4", "lotniczy", "air"),
    ("5", "przesyłka pocztowa", "post"),
    ("7", "stałe instalacje przesyłowe", "fixed installations"),
    ("8", "żegluga śródlądowa", "inland waterway"),
];

const CARGOES: Values = &[
    ("1", "bańka", "churn"),
    ("2", "beczka", "barrel"),
    ("3", "butla", "cylinder"),
    ("4", "karton", "carton"),
    ("5", "kanister", "canister"),
    ("6", "klatka", "cage"),
    ("7", "kontener", "container"),
    ("8", "kosz", "basket"),
    ("9", "łubianka", "punnet"),
    ("10", "opakowanie zbiorcze", "collective packaging"),
    ("11", "paczka", "parcel"),
    ("12", "pakiet", "package"),
    ("13", "paleta", "pallet"),
    ("14", "pojemnik", "bin"),
    ("15", "pojemnik na stałe ładunki masowe", "container for solid bulk cargo"),
    ("16", "pojemnik na płynne ładunki masowe", "container for liquid bulk cargo"),
    ("17", "pudełko", "box"),
    ("18", "puszka", "can"),
    ("19", "skrzynia", "crate"),
    ("20", "worek", "sack"),
];

const COLUMNS: Values = &[
    ("date", "data", "date"),
    ("datetime", "data i godzina", "date and time"),
    ("dec", "liczba dziesiętna", "decimal number"),
    ("int", "liczba całkowita", "whole number"),
    ("time", "godzina", "time"),
    ("txt", "tekst", "text"),
];
