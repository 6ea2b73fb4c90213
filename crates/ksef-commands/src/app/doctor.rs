//! "Sprawdź": the credential doctor.

use ksef_engine as engine;
use ksef_types::Nip;

use super::App;
use super::to_view::same;
use crate::views::{
    CredentialSlot, DoctorCheck, DoctorItem, DoctorOutcome, DoctorReport, Scope, WantedRights,
};
use crate::{Problem, problems};

impl App {
    /// "Sprawdź": everything that can be wrong.
    ///
    /// # Errors
    /// When the company is unknown, or the archive fails. What is wrong with the access stands in the report.
    pub async fn examine(&self, scope: &Scope, wanted: WantedRights) -> Result<DoctorReport, Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let found = self.engine.examine(nip, environment, wanted.into()).await;
        let found = found.map_err(|error| problems::engine(&error))?;
        Ok(DoctorReport {
            passed: found.passed(),
            checked_at: found.checked_at.to_rfc3339(),
            items: found.items.into_iter().map(|item| of_item(item, nip)).collect(),
        })
    }
}

fn of_item(item: engine::Examined, company: Nip) -> DoctorItem {
    DoctorItem {
        check: item.check.into(),
        slot: item.slot.map(slot),
        outcome: item.outcome.into(),
        values: item.values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        problem: item.finding.map(|finding| problems::finding(&finding, company)),
    }
}

const fn slot(slot: engine::CredentialSlot) -> CredentialSlot {
    match slot {
        engine::CredentialSlot::Authentication => CredentialSlot::Authentication,
        engine::CredentialSlot::Offline => CredentialSlot::Offline,
        engine::CredentialSlot::Token => CredentialSlot::Token,
    }
}

same! {
    engine::Outcome => DoctorOutcome { Passed, Warning, Failed, NotChecked }
    engine::Check => DoctorCheck {
        Keychain, Present, Pair, Password, Kind, Validity, Clock, Network, Availability, Environment, Login, Revocation,
        IssuePermission, ReadPermission, Offline, Token, Limits, Warnings
    }
}

impl From<WantedRights> for engine::WantedRights {
    fn from(wanted: WantedRights) -> Self {
        let WantedRights { issue, read, offline } = wanted;
        Self { issue, read, offline }
    }
}
