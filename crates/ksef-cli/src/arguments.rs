//! The grammar of the command line. The words of `--help` stand in the catalogue (`cli.…`), in both languages.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use ksef_commands::views::AfterIssuing;

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
    #[command(subcommand, alias = "companies")]
    Company(Company),
    #[command(subcommand)]
    Credential(Credential),
    Check,
    Doctor {
        #[arg(long)]
        read_only: bool,
        #[arg(long)]
        offline: bool,
    },
    #[command(subcommand)]
    Certificates(Certificates),
    #[command(subcommand)]
    Tokens(Tokens),
    #[command(subcommand)]
    Permissions(Permissions),
    Journal {
        #[arg(long, value_name = "FILE")]
        save: Option<PathBuf>,
        #[arg(long)]
        all: bool,
    },
    Send {
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[arg(long)]
        yes: bool,
        #[arg(long)]
        check_only: bool,
    },
    Validate {
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[arg(long)]
        schema_only: bool,
    },
    #[command(subcommand)]
    Invoice(Invoice),
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
    AddMany {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long)]
        with_offline: bool,
        #[arg(long)]
        yes: bool,
    },
    AddPasted {
        #[arg(long)]
        name: Option<String>,
    },
    Data(Box<CompanyData>),
    List,
    Remove {
        #[arg(value_name = "NIP")]
        nip: String,
        #[arg(long)]
        yes: bool,
    },
}

/// What invoices take from the company; what is not named stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Args)]
pub(crate) struct CompanyData {
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,
    #[arg(long)]
    pub(crate) name: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) address: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) address2: Option<String>,
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub(crate) account: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) bank: Option<String>,
    #[arg(long, value_name = "CODE")]
    pub(crate) swift: Option<String>,
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub(crate) phone: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) place: Option<String>,
    #[arg(long, value_name = "DAYS")]
    pub(crate) payment_days: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Certificates {
    List {
        #[arg(long)]
        ask: bool,
    },
    Renew {
        slot: SlotArgument,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Tokens {
    List,
    New {
        #[arg(long, value_name = "TEXT")]
        description: String,
        #[arg(long = "permission", required = true, value_name = "NAME")]
        permissions: Vec<String>,
        #[arg(long)]
        keep: bool,
    },
    Revoke {
        #[arg(value_name = "NUMBER")]
        number: String,
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Permissions {
    List {
        #[arg(value_enum, default_value = "people")]
        list: ListArgument,
    },
    GrantAccountant {
        #[arg(value_name = "NIP")]
        nip: String,
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        yes: bool,
    },
    Revoke {
        #[arg(value_name = "ID")]
        id: String,
        #[arg(long)]
        authorization: bool,
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListArgument {
    Mine,
    People,
    GrantedHere,
    FromFirms,
    AuthorizationsGiven,
    AuthorizationsReceived,
    Subunits,
    EuEntities,
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

#[derive(Debug, Subcommand)]
pub(crate) enum Invoice {
    New {
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
        #[arg(long, short, value_name = "FILE", conflicts_with_all = ["issue", "send"])]
        out: Option<PathBuf>,
        #[command(flatten)]
        leaving: Leaving,
    },
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        leaving: Leaving,
    },
    Template {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// What becomes of invoices that are right.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Leaving {
    #[arg(long)]
    pub(crate) issue: bool,
    #[arg(long, conflicts_with = "issue")]
    pub(crate) send: bool,
    #[arg(long)]
    pub(crate) yes: bool,
}

impl Leaving {
    /// Nothing where they are only looked at.
    pub(crate) const fn after(self) -> Option<AfterIssuing> {
        match (self.issue, self.send) {
            (_, true) => Some(AfterIssuing::Send),
            (true, false) => Some(AfterIssuing::Wait),
            (false, false) => None,
        }
    }
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
