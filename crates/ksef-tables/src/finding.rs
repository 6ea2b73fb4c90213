mod problem;

pub(crate) use problem::RowProblem;

/// Something to know about a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFinding {
    /// Row of the file as a spreadsheet counts, from 1; nothing for the file as a whole.
    pub row: Option<u32>,
    /// Header of the column, as the file has it or as the template names it.
    pub column: Option<String>,
    /// Stable code, such as `import.date`, or a code of `ksef_invoice`.
    pub code: String,
    /// An error keeps the file from being taken in.
    pub error: bool,
    /// The sentence in Polish.
    pub pl: String,
    /// The sentence in English.
    pub en: String,
}

impl RowFinding {
    pub(crate) fn new(row: Option<u32>, column: Option<&str>, problem: &RowProblem) -> Self {
        let (pl, en) = problem.sentences();
        Self {
            row,
            column: column.map(str::to_owned),
            code: problem.code().to_owned(),
            error: problem.is_error(),
            pl,
            en,
        }
    }

    pub(crate) fn of_file(problem: &RowProblem) -> Self {
        Self::new(None, None, problem)
    }
}
