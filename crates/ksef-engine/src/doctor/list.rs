use std::collections::BTreeMap;

use super::{Check, Examined, Finding, Outcome, belongs_to};
use crate::{ConnectionFailure, CredentialProblem, CredentialSlot};

/// The list while it grows.
#[derive(Debug, Default)]
pub(super) struct List(Vec<Examined>);

impl List {
    fn put(
        &mut self,
        check: Check,
        slot: Option<CredentialSlot>,
        outcome: Outcome,
        finding: Option<Finding>,
    ) {
        // A cross says more than a tick that came before it.
        self.0.retain(|item| item.check != check || item.slot != slot || item.outcome == Outcome::Failed);
        self.0.push(Examined { check, slot, outcome, values: BTreeMap::new(), finding });
    }

    pub(super) fn passed(&mut self, check: Check, slot: Option<CredentialSlot>) {
        self.put(check, slot, Outcome::Passed, None);
    }

    pub(super) fn skipped(&mut self, check: Check, slot: Option<CredentialSlot>) {
        self.put(check, slot, Outcome::NotChecked, None);
    }

    pub(super) fn warned(&mut self, check: Check, slot: Option<CredentialSlot>, finding: Finding) {
        self.put(check, slot, Outcome::Warning, Some(finding));
    }

    pub(super) fn failed(&mut self, check: Check, slot: Option<CredentialSlot>, finding: Finding) {
        self.put(check, slot, Outcome::Failed, Some(finding));
    }

    /// What is wrong with a credential; some of it is a warning.
    pub(super) fn credential(
        &mut self,
        check: Check,
        slot: Option<CredentialSlot>,
        problem: CredentialProblem,
    ) {
        if problem.is_warning() {
            self.warned(check, slot, Finding::Credential(problem));
        } else {
            self.failed(check, slot, Finding::Credential(problem));
        }
    }

    /// A failure to get in, under the line that it belongs to.
    pub(super) fn refused(&mut self, failure: ConnectionFailure, slot: Option<CredentialSlot>) {
        let check = belongs_to(&failure.cause);
        let slot = slot.filter(|_| {
            matches!(check, Check::Environment | Check::Revocation | Check::Validity | Check::Present)
        });
        self.failed(check, slot, Finding::Connection(failure));
    }

    /// A value for the sentence of a line that is there.
    pub(super) fn tell(
        &mut self,
        check: Check,
        slot: Option<CredentialSlot>,
        name: &'static str,
        value: String,
    ) {
        for item in self.0.iter_mut().filter(|item| item.check == check && item.slot == slot) {
            item.values.insert(name, value.clone());
        }
    }

    pub(super) fn has(&self, check: Check) -> bool {
        self.0.iter().any(|item| item.check == check)
    }

    pub(super) fn append(&mut self, later: Self) {
        for item in later.0 {
            self.0.retain(|known| {
                known.check != item.check || known.slot != item.slot || known.outcome == Outcome::Failed
            });
            self.0.push(item);
        }
    }

    /// Every line there is, in order; what was not reached was not looked at.
    pub(super) fn finished(mut self) -> Vec<Examined> {
        for check in Check::ALL {
            if !self.has(check) {
                self.skipped(check, None);
            }
        }
        self.0.sort_by_key(|item| (item.check, item.slot.map(place)));
        // The same cross from here and from KSeF is one.
        self.0.dedup_by(|later, earlier| later.check == earlier.check && later.slot == earlier.slot);
        self.0
    }
}

const fn place(slot: CredentialSlot) -> u8 {
    match slot {
        CredentialSlot::Authentication => 0,
        CredentialSlot::Offline => 1,
        CredentialSlot::Token => 2,
    }
}
