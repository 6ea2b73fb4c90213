use crate::limits::{MOST_BYTES, MOST_COLUMNS, MOST_ROWS};

/// Everything that can be wrong with a table itself. What is wrong with an invoice is said by `ksef_invoice`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RowProblem {
    /// No byte.
    Empty,
    /// More than [`MOST_BYTES`].
    TooLarge,
    /// A file of another program.
    OtherFile(&'static str),
    /// A workbook of Excel that cannot be read.
    Damaged(&'static str),
    /// A workbook that unpacks to too much.
    Bomb,
    /// Bytes that are no text.
    NotText,
    /// A quoted text that is never closed.
    OpenQuote,
    /// More than [`MOST_ROWS`].
    TooManyRows,
    /// Something stands beyond [`MOST_COLUMNS`].
    TooManyColumns,
    /// A text, or all texts, too long.
    TooMuchText,
    /// No row has the names of columns.
    NoHeader,
    /// Nothing below the header.
    NoRows,
    /// A column that has to be there.
    MissingColumn(&'static str),
    /// A header that means nothing here, with the nearest one that does.
    UnknownColumn { header: String, nearest: Option<&'static str> },
    /// Something stands under no header.
    Unnamed,
    /// Two columns with the same meaning.
    TwiceColumn(&'static str),
    /// `#DIV/0!` and the like.
    CellError(String),
    /// A formula that was never computed.
    NoValue,
    /// A number with more digits than a spreadsheet keeps.
    LostDigits(String),
    /// A day where a text or a number belongs: the spreadsheet made it one.
    DateInText(String),
    /// Not a date.
    Date(String),
    /// Neither yes nor no.
    Flag(String),
    /// None of the words.
    Choice { value: String, allowed: &'static str },
    /// A form of payment that has no number: it goes in as another one.
    OtherPaymentForm(String),
    /// Other than in an earlier row of the same invoice.
    Differs { value: String, earlier: String, row: u32 },
    /// More than one identifier of a party.
    SeveralIds,
    /// A day of sale and a period too.
    DateAndPeriod,
    /// Something that only invoices of one kind have.
    OnlyWithKind(&'static str),
    /// A new invoice with all the data of the one above.
    SameAsAbove,
    /// A part of an advance without the advance invoice.
    AdvanceWithoutNumber,
    /// A row of a book without what it is found by.
    NoName,
    /// NIP with a wrong check digit or shape.
    Nip(String),
    /// The same thing twice in a book's file.
    Double { row: u32 },
}

impl RowProblem {
    /// Stable.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "import.empty",
            Self::TooLarge => "import.tooLarge",
            Self::OtherFile(_) => "import.otherFile",
            Self::Damaged(_) => "import.damaged",
            Self::Bomb => "import.unpacksTooLarge",
            Self::NotText => "import.notText",
            Self::OpenQuote => "import.openQuote",
            Self::DateInText(_) => "import.dateInText",
            Self::TooManyRows => "import.tooManyRows",
            Self::TooManyColumns => "import.tooManyColumns",
            Self::TooMuchText => "import.tooMuchText",
            Self::NoHeader => "import.noHeader",
            Self::NoRows => "import.noRows",
            Self::MissingColumn(_) => "import.missingColumn",
            Self::UnknownColumn { .. } => "import.unknownColumn",
            Self::Unnamed => "import.unnamedColumn",
            Self::TwiceColumn(_) => "import.columnTwice",
            Self::CellError(_) => "import.cellError",
            Self::NoValue => "import.formulaWithoutValue",
            Self::LostDigits(_) => "import.lostDigits",
            Self::Date(_) => "import.date",
            Self::Flag(_) => "import.yesNo",
            Self::Choice { .. } => "import.choice",
            Self::OtherPaymentForm(_) => "import.otherPaymentForm",
            Self::Differs { .. } => "import.differs",
            Self::SeveralIds => "import.severalIds",
            Self::DateAndPeriod => "import.dateAndPeriod",
            Self::OnlyWithKind(_) => "import.onlyWithKind",
            Self::SameAsAbove => "import.sameAsAbove",
            Self::AdvanceWithoutNumber => "import.advanceWithoutNumber",
            Self::NoName => "import.noName",
            Self::Nip(_) => "import.nip",
            Self::Double { .. } => "import.double",
        }
    }

    /// Whether it keeps the file from being taken in.
    pub(crate) const fn is_error(&self) -> bool {
        !matches!(self, Self::OtherPaymentForm(_) | Self::SameAsAbove | Self::Double { .. })
    }

    /// In Polish and in English.
    pub(crate) fn sentences(&self) -> (String, String) {
        self.of_file().or_else(|| self.of_columns()).unwrap_or_else(|| self.of_cell())
    }

    fn of_file(&self) -> Option<(String, String)> {
        let megabytes = MOST_BYTES / 1024 / 1024;
        Some(match self {
            Self::Empty => both("Plik jest pusty.", "The file is empty."),
            Self::TooLarge => (
                format!("Plik jest za duży: najwyżej {megabytes} MB. Podziel go na mniejsze."),
                format!("The file is too large: at most {megabytes} MB. Split it."),
            ),
            Self::OtherFile(what) => (
                format!(
                    "To jest {what}, a nie CSV ani XLSX. Zapisz tabelę jako „Skoroszyt programu Excel (*.xlsx)” albo CSV."
                ),
                format!(
                    "This is neither CSV nor XLSX ({what}). Save the table as an Excel workbook (*.xlsx) or CSV."
                ),
            ),
            Self::Damaged(part) => (
                format!("Pliku XLSX nie da się odczytać ({part}). Otwórz go w arkuszu i zapisz jeszcze raz."),
                format!("The XLSX file cannot be read ({part}). Open it in a spreadsheet and save it again."),
            ),
            Self::Bomb => both(
                "Plik XLSX po rozpakowaniu jest za duży. Podziel tabelę na mniejsze.",
                "The XLSX file unpacks to too much. Split the table.",
            ),
            Self::NotText => both(
                "Plik nie jest tekstem CSV ani skoroszytem XLSX.",
                "The file is neither CSV text nor an XLSX workbook.",
            ),
            Self::OpenQuote => both(
                "W pliku jest tekst w cudzysłowie, który nigdzie się nie kończy. Zapisz tabelę w arkuszu jeszcze raz.",
                "A quoted text in the file never ends. Save the table in a spreadsheet again.",
            ),
            Self::TooManyRows => (
                format!("Za dużo wierszy: najwyżej {MOST_ROWS}. Podziel plik na mniejsze."),
                format!("Too many rows: at most {MOST_ROWS}. Split the file."),
            ),
            Self::TooManyColumns => (
                format!("Za dużo kolumn: najwyżej {MOST_COLUMNS}."),
                format!("Too many columns: at most {MOST_COLUMNS}."),
            ),
            Self::TooMuchText => both(
                "Za dużo tekstu w komórkach. Podziel plik na mniejsze.",
                "Too much text in the cells. Split the file.",
            ),
            Self::NoHeader => both(
                "Nie ma wiersza z nazwami kolumn. Pobierz wzór i przepisz z niego pierwszy wiersz.",
                "No row has the names of columns. Get the template and copy its first row.",
            ),
            Self::NoRows => both(
                "Pod nazwami kolumn nie ma żadnego wiersza.",
                "There is no row below the names of columns.",
            ),
            _ => return None,
        })
    }

    fn of_columns(&self) -> Option<(String, String)> {
        Some(match self {
            Self::MissingColumn(header) => {
                (format!("Brakuje kolumny „{header}”."), format!("The column “{header}” is missing."))
            }
            Self::UnknownColumn { header, nearest } => {
                let header = short(header);
                let (pl, en) = nearest.map_or_else(Default::default, |nearest| {
                    (format!(" Czy chodzi o „{nearest}”?"), format!(" Is it “{nearest}”?"))
                });
                (
                    format!(
                        "Program nie zna kolumny „{header}”.{pl} Kolumnę, którą ma pominąć, zacznij znakiem #."
                    ),
                    format!(
                        "The column “{header}” is not known.{en} Begin a column that is to be left out with #."
                    ),
                )
            }
            Self::Unnamed => {
                both("Nad tą komórką nie ma nazwy kolumny.", "There is no name of a column above this cell.")
            }
            Self::TwiceColumn(header) => (
                format!("Kolumna „{header}” jest dwa razy."),
                format!("The column “{header}” is there twice."),
            ),
            _ => return None,
        })
    }

    fn of_cell(&self) -> (String, String) {
        match self {
            Self::CellError(error) => (
                format!("W komórce jest błąd arkusza {error}."),
                format!("The cell holds the spreadsheet's error {error}."),
            ),
            Self::NoValue => both(
                "W komórce jest formuła bez obliczonej wartości. Otwórz plik w arkuszu, zapisz i wczytaj jeszcze raz.",
                "The cell holds a formula that was never computed. Open the file in a spreadsheet, save it, and load it again.",
            ),
            Self::LostDigits(value) => (
                format!(
                    "Arkusz obciął cyfry tej liczby ({}). Ustaw komórkę jako tekst i wpisz wartość jeszcze raz.",
                    short(value)
                ),
                format!(
                    "The spreadsheet cut digits off this number ({}). Make the cell a text and type the value again.",
                    short(value)
                ),
            ),
            Self::DateInText(value) => (
                format!(
                    "Arkusz zamienił tę wartość na datę ({value}). Ustaw komórkę jako tekst i wpisz wartość jeszcze raz."
                ),
                format!(
                    "The spreadsheet turned this value into a date ({value}). Make the cell a text and type the value again."
                ),
            ),
            Self::Date(value) => (
                format!("„{}” nie jest datą. Wpisz dzień jak 21.11.2026 albo 2026-11-21.", short(value)),
                format!("“{}” is not a date. Write a day as 2026-11-21 or 21.11.2026.", short(value)),
            ),
            Self::Flag(value) => (
                format!("„{}” – wpisz „tak” albo „nie”.", short(value)),
                format!("“{}”: write “tak” (yes) or “nie” (no).", short(value)),
            ),
            Self::Choice { value, allowed } => (
                format!("„{}” – wpisz jedno z: {allowed}.", short(value)),
                format!("“{}”: write one of: {allowed}.", short(value)),
            ),
            Self::OtherPaymentForm(value) => (
                format!(
                    "„{}” nie jest formą płatności z listy: na fakturze będzie to inna forma z tym opisem.",
                    short(value)
                ),
                format!(
                    "“{}” is no form of payment of the list: the invoice will have another form with these words.",
                    short(value)
                ),
            ),
            Self::Differs { value, earlier, row } => (
                format!(
                    "„{}” różni się od „{}” w wierszu {row} tej samej faktury.",
                    short(value),
                    short(earlier)
                ),
                format!(
                    "“{}” differs from “{}” in row {row} of the same invoice.",
                    short(value),
                    short(earlier)
                ),
            ),
            Self::SeveralIds => both(
                "Podaj tylko jeden identyfikator: NIP, VAT-UE albo inny.",
                "Give only one identifier: NIP, VAT-UE or another one.",
            ),
            Self::DateAndPeriod => both(
                "Podaj datę sprzedaży albo okres, nie oba.",
                "Give the sale date or the period, not both.",
            ),
            Self::OnlyWithKind(kind) => (
                format!(
                    "To należy tylko do faktur rodzaju {kind}. Popraw kolumnę Rodzaj albo zostaw tę komórkę pustą."
                ),
                format!(
                    "Only invoices of the kind {kind} have this. Correct the column Rodzaj, or leave this cell empty."
                ),
            ),
            Self::SameAsAbove => both(
                "Ten wiersz zaczyna nową fakturę, choć wszystkie jej dane są jak wyżej. Jeśli to pozycja tej samej faktury, wpisz w obu wierszach ten sam numer albo tę samą grupę.",
                "This row begins a new invoice, although all its data are those above. If it is a line of the same invoice, give both rows the same number or group.",
            ),
            Self::AdvanceWithoutNumber => both(
                "Podaj numer faktury zaliczkowej albo jej numer KSeF.",
                "Give the advance invoice's number or its KSeF number.",
            ),
            Self::NoName => both("Podaj nazwę.", "Give the name."),
            Self::Nip(value) => (
                format!("„{}” nie jest poprawnym NIP.", short(value)),
                format!("“{}” is not a right NIP.", short(value)),
            ),
            Self::Double { row } => {
                (format!("To samo jest już w wierszu {row}."), format!("The same is in row {row} already."))
            }
            // Said above.
            _ => Default::default(),
        }
    }
}

fn both(pl: &str, en: &str) -> (String, String) {
    (pl.to_owned(), en.to_owned())
}

/// A value in a sentence is not longer than a line.
fn short(value: &str) -> String {
    const LONGEST: usize = 60;
    if value.chars().count() <= LONGEST {
        return value.to_owned();
    }
    value.chars().take(LONGEST).chain(std::iter::once('…')).collect()
}
