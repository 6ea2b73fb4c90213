use ksef_commands::Problem;
use ksef_commands::views::ConnectionView;

use super::credential::serde_name;
use crate::exit::Ending;
use crate::output;
use crate::terminal::Terminal;

/// "Sprawdź połączenie".
pub(crate) async fn run(terminal: &Terminal) -> Result<Ending, Problem> {
    let app = terminal.app().await?;
    let scope = terminal.scope(&app).await?;
    let view = app.check_connection(&scope).await?;
    terminal.answer(&view);
    Ok(show(terminal, &view))
}

/// The report in words.
pub(super) fn show(terminal: &Terminal, view: &ConnectionView) -> Ending {
    match view {
        ConnectionView::Connected { owner, company, method, permissions, valid_until, warnings, .. } => {
            let method = terminal.word(&format!("method.{}", serde_name(method)));
            terminal.say(format!(
                "✓ {} {owner}, {} ({method})",
                terminal.word("cli.connectedAs"),
                output::nip(company)
            ));
            let words: Vec<String> = permissions.iter().map(|name| permission(terminal, name)).collect();
            terminal.say(format!("✓ {}: {}", terminal.word("cli.permissions"), words.join(", ")));
            terminal.say(format!("✓ {} {}", terminal.word("cli.validUntil"), output::date(valid_until)));
            warnings.iter().for_each(|warning| terminal.tell(warning));
            Ending::Done
        }
        ConnectionView::Refused { problem, .. } => {
            terminal.tell(problem);
            Ending::of(problem)
        }
    }
}

/// In words; one that the catalogue does not know keeps KSeF's name.
fn permission(terminal: &Terminal, name: &str) -> String {
    let key = format!("permission.{name}");
    let word = terminal.word(&key);
    if word == key { name.to_owned() } else { word }
}
