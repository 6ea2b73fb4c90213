//! `--help` and the complaints about a command line, in the person's language.

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory as _};
use ksef_commands::catalogue::text;
use ksef_commands::views::Language;

use crate::arguments::Arguments;
use crate::exit::Ending;

/// `--language`, else the system's: Polish for Polish and for none, English for the rest.
///
/// Looked for before parsing, since the help itself needs it.
pub(crate) fn language() -> Language {
    let arguments: Vec<String> = std::env::args().collect();
    let named = arguments.iter().enumerate().find_map(|(index, argument)| {
        match argument.strip_prefix("--language") {
            Some("") => arguments.get(index + 1).cloned(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        }
    });
    match named.or_else(sys_locale::get_locale).as_deref().map(|locale| locale.get(..2).unwrap_or("C")) {
        None | Some("pl" | "C" | "PO") => Language::Pl,
        Some(_) => Language::En,
    }
}

/// The whole grammar with its words.
pub(crate) fn command(language: Language) -> Command {
    let word = |key: &str| text(key, language);
    let template = format!(
        "{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}",
        word("cli.heading.usage")
    );
    localise(Arguments::command(), "cli", language, &template).after_help(word("cli.exitCodes"))
}

fn localise(command: Command, key: &str, language: Language, template: &str) -> Command {
    let word = |key: &str| text(key, language);
    let command = command
        .about(word(key))
        .help_template(template.to_owned())
        .subcommand_help_heading(word("cli.heading.commands"))
        .subcommand_value_name(word("cli.heading.command"))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(key != "cli")
        .mut_args(|argument| {
            let id = argument.get_id().to_string();
            let heading =
                if argument.is_positional() { "cli.heading.arguments" } else { "cli.heading.options" };
            let argument = argument.help(word(&argument_key(key, &id))).help_heading(word(heading));
            if argument.get_action().takes_values() { argument.hide_default_value(true) } else { argument }
        })
        .arg(
            clap::Arg::new("help")
                .long("help")
                .short('h')
                .action(clap::ArgAction::Help)
                .help(word("cli.argument.help"))
                .help_heading(word("cli.heading.options")),
        );
    command.mut_subcommands(|sub| {
        let key = format!("{key}.{}", sub.get_name());
        localise(sub, &key, language, template)
    })
}

/// Arguments of every command share one text, the others have one of their command's.
fn argument_key(command: &str, id: &str) -> String {
    const COMMON: [&str; 9] = [
        "json",
        "company",
        "environment",
        "api_address",
        "data_folder",
        "language",
        "version",
        "yes",
        "help",
    ];
    if COMMON.contains(&id) { format!("cli.argument.{id}") } else { format!("{command}.{id}") }
}

/// Help and version go to the standard output; a wrong command line is explained.
pub(crate) fn explain(error: &clap::Error, language: Language) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print!("{error}");
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!("{error}");
            Ending::Usage.into()
        }
        kind => {
            let named = error
                .get(clap::error::ContextKind::InvalidArg)
                .or_else(|| error.get(clap::error::ContextKind::InvalidSubcommand));
            let named = named.map(ToString::to_string).unwrap_or_default();
            let value = error
                .get(clap::error::ContextKind::InvalidValue)
                .map(ToString::to_string)
                .unwrap_or_default();
            let sentence =
                text(sentence(kind), language).replace("{name}", &named).replace("{value}", &value);
            eprintln!("{sentence}\n{}", text("cli.error.help", language));
            Ending::Usage.into()
        }
    }
}

fn sentence(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "cli.error.value",
        ErrorKind::UnknownArgument => "cli.error.unknown",
        ErrorKind::InvalidSubcommand => "cli.error.command",
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => "cli.error.missing",
        ErrorKind::ArgumentConflict => "cli.error.conflict",
        _ => "cli.error.other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_text(command: &Command, check: &mut impl FnMut(String)) {
        check(command.get_about().map(ToString::to_string).unwrap_or_default());
        for argument in command.get_arguments() {
            check(argument.get_help().map(ToString::to_string).unwrap_or_default());
        }
        command.get_subcommands().for_each(|sub| every_text(sub, check));
    }

    #[test]
    fn every_command_and_argument_is_explained_in_both_languages() {
        for language in [Language::Pl, Language::En] {
            every_text(&command(language), &mut |text| {
                assert!(!text.is_empty() && !text.starts_with("cli."), "{text:?} in {language:?}");
            });
        }
    }

    #[test]
    fn the_grammar_is_consistent() {
        command(Language::Pl).debug_assert();
    }

    #[test]
    fn no_secret_can_be_an_argument() {
        fn names(command: &Command, all: &mut Vec<String>) {
            all.extend(
                command
                    .get_arguments()
                    .filter(|argument| argument.get_action().takes_values())
                    .map(|argument| argument.get_id().to_string()),
            );
            command.get_subcommands().for_each(|sub| names(sub, all));
        }
        let mut all = Vec::new();
        names(&command(Language::Pl), &mut all);
        assert!(!all.is_empty());
        assert!(
            all.iter().all(|name| !["password", "token", "secret", "key"].contains(&name.as_str())),
            "{all:?}"
        );
    }
}
