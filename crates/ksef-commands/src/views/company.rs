use serde::{Deserialize, Serialize};
use specta::Type;

/// Which KSeF; see `ksef_types::Environment`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum EnvironmentName {
    /// Produkcyjne: final.
    Production,
    /// Demonstracyjne.
    Demo,
    /// Testowe.
    Test,
    /// Piaskownica, the simulator on this computer.
    Sandbox,
}

/// Every screen's "for whom and where": a company in an environment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Scope {
    /// Ten digits.
    pub nip: String,
    /// The environment.
    pub environment: EnvironmentName,
}

/// A company in the list at the left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CompanyView {
    /// Ten digits.
    pub nip: String,
    /// The name that the person gave it, if any.
    pub name: Option<String>,
    /// The environment chosen for it last.
    pub environment: EnvironmentName,
    /// How many of its invoices wait or are on their way in that environment.
    pub waiting: u32,
}

/// What the dialog "Dodaj firmę" hands over.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewCompany {
    /// In any spelling.
    pub nip: String,
    /// Optional.
    pub name: Option<String>,
    /// The environment to begin with.
    pub environment: EnvironmentName,
}
