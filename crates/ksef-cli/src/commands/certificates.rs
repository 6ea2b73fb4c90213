use std::time::Duration;

use ksef_commands::views::{CertificateRow, EnrolmentStep, EnrolmentView, Scope};
use ksef_commands::{App, Problem};

use super::credential::serde_name;
use crate::arguments::Certificates;
use crate::exit::Ending;
use crate::output;
use crate::terminal::Terminal;

/// Longer than KSeF takes for a certificate; it goes on at the next start.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) async fn run(terminal: &Terminal, command: &Certificates) -> Result<Ending, Problem> {
    let app = terminal.app().await?;
    let scope = terminal.scope(&app).await?;
    match command {
        Certificates::List { ask } => {
            let view = app.certificates(&scope, *ask).await?;
            terminal.answer(&view);
            view.rows.iter().for_each(|row| show(terminal, row));
            view.problem.iter().for_each(|problem| terminal.tell(problem));
            Ok(view.problem.as_ref().map_or(Ending::Done, Ending::of))
        }
        Certificates::Renew { slot } => {
            let begun = app.renew_certificate(&scope, (*slot).into()).await?;
            let ended = follow(&app, &scope, begun).await?;
            terminal.answer(&ended);
            ended.problem.iter().for_each(|problem| terminal.tell(problem));
            Ok(match (ended.step, &ended.problem) {
                (_, Some(problem)) => Ending::of(problem),
                (EnrolmentStep::Done, None) => {
                    terminal.say(format!("✓ {}", ended.serial.unwrap_or_default()));
                    Ending::Done
                }
                (EnrolmentStep::Failed | EnrolmentStep::Abandoned, None) => Ending::Refused,
                _ => Ending::Waiting,
            })
        }
    }
}

/// Until the request for a certificate has come to its end, or stands still.
async fn follow(app: &App, scope: &Scope, begun: EnrolmentView) -> Result<EnrolmentView, Problem> {
    let mut events = app.events();
    let mut last = begun;
    let waited = tokio::time::timeout(PATIENCE, async {
        loop {
            let known = app.enrolments(scope).await?;
            if let Some(found) = known.into_iter().find(|found| found.id == last.id) {
                last = found;
            }
            let ended =
                matches!(last.step, EnrolmentStep::Done | EnrolmentStep::Failed | EnrolmentStep::Abandoned);
            if ended || last.problem.is_some() {
                return Ok::<_, Problem>(());
            }
            if events.next().await.is_none() {
                return Ok(());
            }
        }
    });
    match waited.await {
        Ok(outcome) => outcome.map(|()| last),
        Err(_) => Ok(last),
    }
}

fn show(terminal: &Terminal, row: &CertificateRow) {
    let held = if row.held { "●" } else { " " };
    let until = row.valid_to.as_deref().map(output::date).unwrap_or_default();
    terminal.say(format!(
        "{held} {:<14} {:<16}  {:<8} {until}  {}",
        serde_name(&row.kind),
        row.identifier,
        serde_name(&row.state),
        row.name.as_deref().unwrap_or(&row.owner)
    ));
}
