//! Administrators of units and of subordinate firms.

use ksef_engine::Grant;
use ksef_engine::grants::{CompanyOrUnit, GrantSubunitAdministration};
use ksef_types::InternalId;

use super::{Reading, field};
use crate::views::PersonForm;

impl Reading {
    pub(super) fn subunit(
        &mut self,
        person: &PersonForm,
        unit: &str,
        unit_name: Option<&str>,
        description: &str,
    ) -> Option<Grant> {
        let subject = self.person(person);
        let unit = self.unit("unit", unit);
        let name = unit_name.map(str::trim).filter(|name| !name.is_empty());
        let unit_name = match (&unit, name) {
            // A unit of its own comes into being with the grant, and needs a name.
            (Some(CompanyOrUnit::InternalId(id)), name) => {
                if id.nip() != self.company {
                    self.wrong("unit", field("permission.otherUnit").with("nip", id.nip().as_str()));
                }
                Some(self.text("unitName", name.unwrap_or_default())?)
            }
            _ => None,
        };
        let description = self.text("description", description);
        Some(Grant::Subunit(GrantSubunitAdministration {
            subject: subject?,
            unit: unit?,
            description: description?,
            unit_name,
        }))
    }

    /// A NIP, or an internal identifier: a NIP, a dash and five digits.
    pub(super) fn unit(&mut self, at: &'static str, text: &str) -> Option<CompanyOrUnit> {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if digits > 10 {
            let compact: String = text.chars().filter(|character| !character.is_whitespace()).collect();
            let read = compact.parse::<InternalId>();
            return self
                .checked(at, read.map_err(|_| field("permission.unit")))
                .map(CompanyOrUnit::InternalId);
        }
        self.nip(at, text).map(CompanyOrUnit::Nip)
    }
}
