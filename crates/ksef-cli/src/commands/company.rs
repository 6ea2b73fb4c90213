use ksef_commands::views::{EnvironmentName, NewCompany};
use ksef_commands::{NextStep, Problem, check_nip};

use crate::arguments::Company;
use crate::exit::Ending;
use crate::output;
use crate::terminal::Terminal;

pub(crate) async fn run(terminal: &Terminal, command: &Company) -> Result<Ending, Problem> {
    let app = terminal.app().await?;
    match command {
        Company::Add { nip, name } => {
            let environment = terminal.environment().unwrap_or(EnvironmentName::Production);
            let added =
                app.add_company(NewCompany { nip: nip.clone(), name: name.clone(), environment }).await?;
            terminal.answer(&added);
            terminal.say(format!(
                "✓ {} {}",
                output::nip(&added.nip),
                added.name.as_deref().unwrap_or_default()
            ));
        }
        Company::AddMany { file, with_offline, yes } => {
            return super::many::run(terminal, &app, file, *with_offline, *yes).await;
        }
        Company::AddPasted { name } => {
            let environment = terminal.environment().unwrap_or(EnvironmentName::Production);
            let pasted = crate::secret_input::all(&terminal.word("cli.promptToken"))?;
            let added = app.add_company_of_token(pasted, name.clone(), environment).await?;
            terminal.answer(&added);
            terminal.say(format!("✓ {}", output::nip(&added.nip)));
        }
        Company::Data(data) => return super::company_data::run(terminal, &app, data).await,
        Company::List => {
            let companies = app.companies().await?;
            terminal.answer(&companies);
            for company in &companies {
                let name = company.name.as_deref().unwrap_or("–");
                let environment =
                    terminal.word(&format!("environment.{}", environment_key(company.environment)));
                terminal.say(format!("{}  {environment:<16} {name}", output::nip(&company.nip)));
            }
            if companies.is_empty() {
                terminal.say(terminal.word("cli.noCompanies"));
            }
        }
        Company::Remove { nip, yes } => {
            let nip = check_nip(nip)?;
            if !yes && !super::confirmed(terminal, &terminal.word("cli.removeCompany")) {
                return Err(Problem::new("cli.notConfirmed", NextStep::Retry));
            }
            app.remove_company(&nip).await?;
            terminal.answer(&serde_json::json!({ "removed": nip }));
            terminal.say(format!("✓ {}", terminal.word("cli.companyRemoved")));
        }
    }
    Ok(Ending::Done)
}

/// Key of the catalogue.
pub(super) const fn environment_key(environment: EnvironmentName) -> &'static str {
    match environment {
        EnvironmentName::Production => "production",
        EnvironmentName::Demo => "demo",
        EnvironmentName::Test => "test",
        EnvironmentName::Sandbox => "sandbox",
    }
}
