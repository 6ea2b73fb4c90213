use ksef_commands::views::{
    CertificateSlot, CertificateSlotView, CredentialSlot, CredentialsView, KeyState, LoadTarget, Scope,
};
use ksef_commands::{App, NextStep, Problem};

use crate::arguments::{Credential, RemovableArgument, SlotArgument};
use crate::exit::Ending;
use crate::secret_input;
use crate::terminal::Terminal;

pub(crate) async fn run(terminal: &Terminal, command: &Credential) -> Result<Ending, Problem> {
    let app = terminal.app().await?;
    let scope = terminal.scope(&app).await?;
    match command {
        Credential::Import { files, slot, password_stdin } => {
            let target = slot.map_or(LoadTarget::Anywhere, |slot| LoadTarget::Slot { slot: slot.into() });
            let view = app.load_credential_files(&scope, target, files.clone()).await?;
            let view = with_password(terminal, &app, &scope, view, *password_stdin).await?;
            Ok(show(terminal, &view))
        }
        Credential::Paste => {
            let pasted = app.set_token(&scope, secret_input::all(&terminal.word("cli.promptToken"))?).await?;
            Ok(show(terminal, &pasted.credentials))
        }
        Credential::Serial { number } => Ok(show(terminal, &app.set_offline_serial(&scope, number).await?)),
        Credential::Check => {
            let check = app.check_offline_certificate(&scope).await?;
            terminal.answer(&check);
            for step in &check.steps {
                let what = terminal.word(&format!("offlineCheck.{}", serde_name(&step.what)));
                match &step.problem {
                    None => terminal.say(format!("✓ {what}")),
                    Some(problem) => terminal.tell(problem),
                }
            }
            Ok(if check.passed { Ending::Done } else { Ending::Refused })
        }
        Credential::Remove { slot, yes } => {
            if !yes && !super::confirmed(terminal, &terminal.word("cli.removeCredential")) {
                return Err(Problem::new("cli.notConfirmed", NextStep::Retry));
            }
            let view = app.remove_credential(&scope, (*slot).into()).await?;
            terminal.answer(&view);
            terminal.say(format!("✓ {}", terminal.word("cli.credentialRemoved")));
            Ok(Ending::Done)
        }
    }
}

/// Asks for the password of a key that needs one; from the standard input where `--password-stdin` says so.
async fn with_password(
    terminal: &Terminal,
    app: &App,
    scope: &Scope,
    mut view: CredentialsView,
    from_stdin: bool,
) -> Result<CredentialsView, Problem> {
    use std::io::IsTerminal as _;
    for slot in [CertificateSlot::Authentication, CertificateSlot::Offline] {
        let held = if slot == CertificateSlot::Authentication { &view.authentication } else { &view.offline };
        if held.key == KeyState::NeedsPassword && (from_stdin || std::io::stdin().is_terminal()) {
            let password = secret_input::line(&terminal.word("cli.promptPassword"))?;
            view = app.set_certificate_password(scope, slot, password).await?;
        }
    }
    Ok(view)
}

/// What is held now, and what is wrong with it.
fn show(terminal: &Terminal, view: &CredentialsView) -> Ending {
    terminal.answer(view);
    let mut worst = Ending::Done;
    let mut tell = |problem: &Problem, warning: bool| {
        terminal.tell(problem);
        if !warning {
            worst = Ending::of(problem);
        }
    };
    for (key, slot) in
        [("credential.authentication", &view.authentication), ("credential.offline", &view.offline)]
    {
        say_certificate(terminal, key, slot);
        slot.problems.iter().for_each(|found| tell(&found.problem, found.warning));
    }
    if view.token.saved {
        terminal.say(format!(
            "✓ {} {}",
            terminal.word("credential.token"),
            view.token.reference_number.as_deref().unwrap_or_default()
        ));
    }
    view.token.problem.iter().for_each(|problem| tell(problem, false));
    view.unplaced.iter().for_each(|file| tell(&file.problem, false));
    view.keychain.iter().for_each(|problem| tell(problem, false));
    worst
}

fn say_certificate(terminal: &Terminal, key: &str, slot: &CertificateSlotView) {
    let Some(certificate) = &slot.certificate else { return };
    let mark = if slot.saved { "✓" } else { "…" };
    terminal.say(format!(
        "{mark} {}: {}, {}, {} {}, {}",
        terminal.word(key),
        certificate.subject,
        certificate.owner_identifier,
        certificate.serial,
        certificate.key,
        crate::output::date(&certificate.not_after)
    ));
}

/// The name that a value has in JSON, which is its key in the catalogue.
pub(super) fn serde_name<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

impl From<SlotArgument> for CertificateSlot {
    fn from(slot: SlotArgument) -> Self {
        match slot {
            SlotArgument::Authentication => Self::Authentication,
            SlotArgument::Offline => Self::Offline,
        }
    }
}

impl From<RemovableArgument> for CredentialSlot {
    fn from(slot: RemovableArgument) -> Self {
        match slot {
            RemovableArgument::Authentication => Self::Authentication,
            RemovableArgument::Offline => Self::Offline,
            RemovableArgument::Token => Self::Token,
        }
    }
}
