use ksef_commands::Problem;
use ksef_commands::views::{DoctorItem, DoctorOutcome, WantedRights};

use super::credential::serde_name;
use crate::exit::Ending;
use crate::output;
use crate::terminal::Terminal;

/// "Sprawdź": everything that can be wrong, a line each.
pub(crate) async fn run(terminal: &Terminal, read_only: bool, offline: bool) -> Result<Ending, Problem> {
    let app = terminal.app().await?;
    let scope = terminal.scope(&app).await?;
    let wanted = WantedRights { issue: !read_only, read: true, offline };
    let report = app.examine(&scope, wanted).await?;
    terminal.answer(&report);
    report.items.iter().for_each(|item| show(terminal, item));
    let first = report.items.iter().find(|item| item.outcome == DoctorOutcome::Failed);
    Ok(first.and_then(|item| item.problem.as_ref()).map_or(Ending::Done, Ending::of))
}

fn show(terminal: &Terminal, item: &DoctorItem) {
    let mark = match item.outcome {
        DoctorOutcome::Passed => "✓",
        DoctorOutcome::Warning => "!",
        DoctorOutcome::Failed => "✗",
        DoctorOutcome::NotChecked => "–",
    };
    let what = terminal.word(&format!("doctor.{}", serde_name(&item.check)));
    let of = item.slot.map(|slot| terminal.word(&format!("doctor.slot.{}", serde_name(&slot))));
    let of = of.map(|of| format!(" ({of})")).unwrap_or_default();
    let until = item.values.get("date").map(|date| format!(": {}", output::date(date))).unwrap_or_default();
    terminal.say(format!("{mark} {what}{of}{until}"));
    item.problem.iter().for_each(|problem| terminal.tell(problem));
}
