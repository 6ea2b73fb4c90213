use ksef_commands::views::{NewToken, TokenFilter, TokenRow};
use ksef_commands::{NextStep, Problem};

use super::credential::serde_name;
use crate::arguments::Tokens;
use crate::exit::Ending;
use crate::output;
use crate::terminal::Terminal;

pub(crate) async fn run(terminal: &Terminal, command: &Tokens) -> Result<Ending, Problem> {
    let app = terminal.app().await?;
    let scope = terminal.scope(&app).await?;
    match command {
        Tokens::List => {
            let mut filter = TokenFilter::default();
            let mut rows: Vec<TokenRow> = Vec::new();
            loop {
                let page = app.tokens(&scope, filter.clone()).await?;
                rows.extend(page.rows);
                match page.next {
                    Some(next) => filter.next = Some(next),
                    None => break,
                }
            }
            terminal.answer(&rows);
            rows.iter().for_each(|row| show(terminal, row));
            Ok(Ending::Done)
        }
        Tokens::New { description, permissions, keep } => {
            let keep_for = keep.then(|| scope.nip.clone());
            let wish =
                NewToken { description: description.clone(), permissions: permissions.clone(), keep_for };
            let made = app.make_token(&scope, wish).await?;
            let held = made.kept_for.is_some();
            // Exposed once, on the standard output, for the one who asked for it; with `--keep` it is in the keychain.
            let shown = if held { None } else { Some(app.once(&made.text)?) };
            app.drop_once(&made.text);
            let text = shown.as_ref().map(ksef_types::SecretText::expose);
            terminal.answer(&serde_json::json!({
                "referenceNumber": made.reference_number,
                "state": made.state,
                "keptFor": made.kept_for,
                "text": text,
            }));
            terminal.note(format!("✓ {} ({})", made.reference_number, serde_name(&made.state)));
            if let Some(text) = text {
                terminal.say(text);
            }
            made.not_kept.iter().for_each(|problem| terminal.tell(problem));
            Ok(made.not_kept.as_ref().map_or(Ending::Done, Ending::of))
        }
        Tokens::Revoke { number, yes } => {
            if !yes && !super::confirmed(terminal, &terminal.word("cli.revokeToken")) {
                return Err(Problem::new("cli.notConfirmed", NextStep::Retry));
            }
            let state = app.revoke_token(&scope, number).await?;
            terminal.answer(&serde_json::json!({ "referenceNumber": number, "state": state }));
            terminal.say(format!("✓ {number}: {}", serde_name(&state)));
            Ok(Ending::Done)
        }
    }
}

fn show(terminal: &Terminal, row: &TokenRow) {
    let held = if row.held { "●" } else { " " };
    terminal.say(format!(
        "{held} {}  {:<9} {}  {}  {}",
        row.reference_number,
        serde_name(&row.state),
        output::date(&row.created_at),
        row.description,
        row.permissions.join(", ")
    ));
}
