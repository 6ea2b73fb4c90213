use std::sync::Arc;

use ksef_commands::catalogue::{sentences, text};
use ksef_commands::views::{EnvironmentName, Language, Scope};
use ksef_commands::{App, NextStep, Options, Problem};
use serde::Serialize;

use crate::arguments::{Common, EnvironmentArgument, LanguageArgument};
use crate::exit::Ending;

/// How this run talks: language, words or JSON, and for which company.
pub(crate) struct Terminal {
    pub(crate) language: Language,
    json: bool,
    common: Common,
}

impl Terminal {
    pub(crate) fn new(common: &Common) -> Self {
        let language = match common.language {
            Some(LanguageArgument::Pl) => Language::Pl,
            Some(LanguageArgument::En) => Language::En,
            None => crate::help::language(),
        };
        Self { language, json: common.json, common: common.clone() }
    }

    /// Opens the program over the same data as the window.
    pub(crate) async fn app(&self) -> Result<Arc<App>, Problem> {
        let mut options = Options::from_environment();
        if let Some(folder) = &self.common.data_folder {
            options.data_folder = Some(folder.clone());
        }
        options.api_address = match &self.common.api_address {
            Some(address) => Some(address.parse().map_err(|error: ksef_types::InvalidAddress| {
                Problem::new("cli.apiAddress", NextStep::CorrectField).technical(error.to_string())
            })?),
            None => None,
        };
        options.resume = false;
        options.language = Some(self.language);
        App::start(options).await
    }

    /// For which company and where: what was named, else the only company and its own environment.
    pub(crate) async fn scope(&self, app: &App) -> Result<Scope, Problem> {
        let companies = app.companies().await?;
        let wanted = self.common.company.as_deref().map(ksef_commands::check_nip).transpose()?;
        let found = match &wanted {
            Some(nip) => companies.iter().find(|company| company.nip == *nip),
            None if companies.len() == 1 => companies.first(),
            None if companies.is_empty() => {
                return Err(Problem::new("cli.noCompany", NextStep::CorrectField));
            }
            None => return Err(Problem::new("cli.whichCompany", NextStep::CorrectField)),
        };
        let found = found.ok_or_else(|| {
            Problem::new("company.unknown", NextStep::CorrectField).with("nip", wanted.unwrap_or_default())
        })?;
        let environment = self.environment().unwrap_or(found.environment);
        Ok(Scope { nip: found.nip.clone(), environment })
    }

    /// `--environment`, if it was given.
    pub(crate) fn environment(&self) -> Option<EnvironmentName> {
        self.common.environment.map(|environment| match environment {
            EnvironmentArgument::Production => EnvironmentName::Production,
            EnvironmentArgument::Demo => EnvironmentName::Demo,
            EnvironmentArgument::Test => EnvironmentName::Test,
            EnvironmentArgument::Sandbox => EnvironmentName::Sandbox,
        })
    }

    /// A text of the catalogue.
    pub(crate) fn word(&self, key: &str) -> String {
        text(key, self.language)
    }

    /// One line for a person; nothing with `--json`.
    pub(crate) fn say(&self, line: impl AsRef<str>) {
        if !self.json {
            println!("{}", line.as_ref());
        }
    }

    /// One line for a person beside what the standard output holds; nothing with `--json`.
    pub(crate) fn note(&self, line: impl AsRef<str>) {
        if !self.json {
            eprintln!("{}", line.as_ref());
        }
    }

    /// `--json`.
    pub(crate) const fn is_json(&self) -> bool {
        self.json
    }

    /// A value as one JSON line; nothing without `--json`.
    pub(crate) fn answer<T: Serialize>(&self, value: &T) {
        if self.json {
            // The views hold only texts and numbers: they always have a JSON form.
            println!("{}", serde_json::to_string(value).unwrap_or_default());
        }
    }

    /// What, why, what now; the technical part last.
    pub(crate) fn tell(&self, problem: &Problem) {
        if self.json {
            return;
        }
        let told = sentences(problem, self.language);
        eprintln!("✗ {}\n  {}\n  → {}", told.what, told.why, told.next);
        match &problem.technical {
            Some(technical) => eprintln!("  [{} · {technical}]", problem.code),
            None => eprintln!("  [{}]", problem.code),
        }
    }

    /// A problem that ends the run.
    pub(crate) fn fail(&self, problem: &Problem) -> Ending {
        self.answer(&serde_json::json!({ "problem": problem }));
        self.tell(problem);
        Ending::of(problem)
    }
}
