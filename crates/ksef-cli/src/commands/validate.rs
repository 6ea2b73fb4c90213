use std::io::Read as _;
use std::path::{Path, PathBuf};

use ksef_commands::validate::{
    LARGEST_DOCUMENT, ValidateOptions, Validated, read_document, validate, validate_file,
};
use ksef_commands::views::{EnvironmentName, FindingView, Language};
use ksef_commands::{NextStep, Problem};
use ksef_types::{Clock as _, SystemClock, warsaw_date};

use crate::exit::Ending;
use crate::terminal::Terminal;

/// Looks at documents. Needs no company, no data folder and no network. Of several files the worst decides.
pub(crate) fn run(terminal: &Terminal, files: &[PathBuf], schema_only: bool) -> Ending {
    let options = ValidateOptions {
        schema_only,
        environment: terminal.environment().unwrap_or(EnvironmentName::Production),
        today: warsaw_date(SystemClock.now()),
    };
    let validated: Vec<Validated> = files.iter().map(|file| one(file, &options)).collect();
    terminal.answer(&validated);
    validated.iter().for_each(|file| show(terminal, file));
    validated.iter().map(ending).max_by_key(|ending| ending.code()).unwrap_or(Ending::Done)
}

/// `-` is the standard input.
fn one(file: &Path, options: &ValidateOptions) -> Validated {
    if file != Path::new("-") {
        return validate_file(file, options);
    }
    match standard_input() {
        Ok(bytes) => validate("-", &bytes, options),
        Err(problem) => Validated::unread("-", problem),
    }
}

/// The bytes of a file that a person named; `-` is the standard input.
pub(super) fn bytes_of(file: &Path) -> Result<Vec<u8>, Problem> {
    if file == Path::new("-") { standard_input() } else { read_document(file) }
}

/// What is piped in, up to the largest document.
fn standard_input() -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    // One byte more than a document may have is enough to say that it is too large.
    let read = std::io::stdin().lock().take(LARGEST_DOCUMENT + 1).read_to_end(&mut bytes);
    read.map_err(|error| {
        Problem::new("file.unreadable", NextStep::ChooseFile).with("name", "-").technical(error.to_string())
    })?;
    Ok(bytes)
}

fn ending(file: &Validated) -> Ending {
    match (&file.problem, file.accepted) {
        (Some(_), _) => Ending::Unread,
        (None, true) => Ending::Done,
        (None, false) => Ending::Refused,
    }
}

fn show(terminal: &Terminal, file: &Validated) {
    if let Some(problem) = &file.problem {
        return terminal.tell(problem);
    }
    let mark = if file.accepted { "✓" } else { "✗" };
    terminal.say(format!("{mark} {}  {}", file.file_name, file.number.as_deref().unwrap_or_default()));
    for finding in &file.findings {
        terminal.say(format!("    {}", sentence(terminal, finding)));
    }
}

/// Line, column, what is wrong, code.
pub(super) fn sentence(terminal: &Terminal, finding: &FindingView) -> String {
    let words = match terminal.language {
        Language::Pl => &finding.pl,
        Language::En => &finding.en,
    };
    let place =
        finding.line.map(|line| format!("{line}:{} ", finding.column.unwrap_or(1))).unwrap_or_default();
    format!("{} {place}{words} [{}]", if finding.error { "✗" } else { "!" }, finding.code)
}
