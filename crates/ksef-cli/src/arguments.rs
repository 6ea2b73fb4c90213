//! The grammar of the command line. The words of `--help` stand in the catalogue (`cli.…`), in both languages.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

#[derive(Debug, Parser)]
#[command(name = "ksef", version)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[arg(long, global = true, value_name = "NIP")]
    pub(crate) company: Option<String>,
    #[arg(long, global = true)]
    pub(crate) environment: Option<EnvironmentArgument>,
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) api_address: Option<String>,
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_folder: Option<PathBuf>,
    #[arg(long, global = true)]
    pub(crate) language: Option<LanguageArgument>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EnvironmentArgument {
    Production,
    Demo,
    Test,
    Sandbox,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LanguageArgument {
    Pl,
    En,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(subcommand)]
    Company(Company),
    #[command(subcommand)]
    Credential(Credential),
    Check,
    Send {
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[arg(long)]
        yes: bool,
        #[arg(long)]
        check_only: bool,
    },
    Status {
        #[arg(value_name = "ID")]
        id: Option<String>,
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
        #[arg(long)]
        resume: bool,
    },
    Upo {
        #[arg(value_name = "ID")]
        id: String,
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    Demo,
    Sim {
        #[arg(long, default_value_t = 0)]
        port: u16,
        #[arg(long, value_name = "DIR")]
        state: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Company {
    Add {
        #[arg(value_name = "NIP")]
        nip: String,
        #[arg(long)]
        name: Option<String>,
    },
    List,
    Remove {
        #[arg(value_name = "NIP")]
        nip: String,
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Credential {
    Import {
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[arg(long)]
        slot: Option<SlotArgument>,
        #[arg(long)]
        password_stdin: bool,
    },
    Paste,
    Serial {
        #[arg(value_name = "NUMBER")]
        number: String,
    },
    Check,
    Remove {
        slot: RemovableArgument,
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SlotArgument {
    Authentication,
    Offline,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RemovableArgument {
    Authentication,
    Offline,
    Token,
}
