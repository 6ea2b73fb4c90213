use ksef_commands::views::{
    GrantForm, OperationState, OperationView, PermissionList, PermissionRow, RevocationKind,
};
use ksef_commands::{NextStep, Problem};

use crate::arguments::{ListArgument, Permissions};
use crate::exit::Ending;
use crate::terminal::Terminal;

pub(crate) async fn run(terminal: &Terminal, command: &Permissions) -> Result<Ending, Problem> {
    let app = terminal.app().await?;
    let scope = terminal.scope(&app).await?;
    match command {
        Permissions::List { list } => {
            let mut rows: Vec<PermissionRow> = Vec::new();
            let mut next = Some(0);
            while let Some(page) = next {
                let found = app.permissions(&scope, (*list).into(), page).await?;
                rows.extend(found.rows);
                next = found.next;
            }
            terminal.answer(&rows);
            for row in &rows {
                terminal.say(format!("{:<36}  {}", row.id.as_deref().unwrap_or("–"), row.sentence));
            }
            Ok(Ending::Done)
        }
        Permissions::GrantAccountant { nip, name, yes } => {
            let mut form = app.accountant_grant(&scope, nip).await?;
            if let (GrantForm::Firm { name: looked_up, .. }, Some(name)) = (&mut form, name) {
                looked_up.clone_from(name);
            }
            let preview = app.preview_grant(&scope, form.clone()).await?;
            if let Some(found) = preview.problems.into_iter().next() {
                return Err(found.problem);
            }
            let sentence = preview.sentence.unwrap_or_default();
            if !yes && !super::confirmed(terminal, &format!("{sentence}.")) {
                return Err(Problem::new("cli.notConfirmed", NextStep::Retry));
            }
            let work = app.grant_permission(&scope, form).await?;
            Ok(show(terminal, &work, &sentence))
        }
        Permissions::Revoke { id, authorization, yes } => {
            if !yes && !super::confirmed(terminal, &terminal.word("cli.revokePermission")) {
                return Err(Problem::new("cli.notConfirmed", NextStep::Retry));
            }
            let kind = if *authorization { RevocationKind::Authorization } else { RevocationKind::Common };
            let work = app.revoke_permission(&scope, id, kind).await?;
            Ok(show(terminal, &work, id))
        }
    }
}

fn show(terminal: &Terminal, work: &OperationView, what: &str) -> Ending {
    terminal.answer(work);
    match work.state {
        OperationState::Done => terminal.say(format!("✓ {what}")),
        OperationState::Pending => terminal.say(format!("… {what} ({})", work.reference_number)),
        OperationState::Failed => {}
    }
    work.problem.iter().for_each(|problem| terminal.tell(problem));
    match (&work.problem, work.state) {
        (Some(problem), _) => Ending::of(problem),
        (None, OperationState::Pending) => Ending::Waiting,
        _ => Ending::Done,
    }
}

impl From<ListArgument> for PermissionList {
    fn from(list: ListArgument) -> Self {
        match list {
            ListArgument::Mine => Self::Mine,
            ListArgument::People => Self::People,
            ListArgument::GrantedHere => Self::GrantedHere,
            ListArgument::FromFirms => Self::FromFirms,
            ListArgument::AuthorizationsGiven => Self::AuthorizationsGiven,
            ListArgument::AuthorizationsReceived => Self::AuthorizationsReceived,
            ListArgument::Subunits => Self::Subunits,
            ListArgument::EuEntities => Self::EuEntities,
        }
    }
}
