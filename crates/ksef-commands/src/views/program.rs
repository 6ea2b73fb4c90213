use serde::{Deserialize, Serialize};
use specta::Type;

/// Facts about the program itself.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProgramView {
    /// Such as `0.1.0`.
    pub version: String,
    /// Where the archive is.
    pub data_folder: String,
    /// What the person chose.
    pub settings: Settings,
}

/// What a person can choose for the whole program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Language of the interface.
    pub language: Language,
    /// Light, dark, or as the system.
    pub appearance: Appearance,
    /// NIP of the company that was open last.
    pub last_company: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { language: Language::Pl, appearance: Appearance::System, last_company: None }
    }
}

/// Languages with a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// Polski.
    Pl,
    /// English.
    En,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Appearance {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}
