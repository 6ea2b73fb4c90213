//! Grants to a firm: to handle invoices, or to act for this company.

use ksef_engine::Grant;
use ksef_engine::grants::{
    Authorization, AuthorizedEntity, EntityPermission, EntityPermissionGranted, GrantAuthorization,
    GrantToEntity,
};
use ksef_types::Nip;

use super::{Reading, field, unknown};
use crate::views::PartyKind;

impl Reading {
    pub(super) fn firm(
        &mut self,
        nip: &str,
        name: &str,
        rights: [(bool, bool, EntityPermission); 3],
        description: &str,
    ) -> Option<Grant> {
        let granted: Vec<_> = rights
            .into_iter()
            .filter(|(given, ..)| *given)
            .map(|(_, can_delegate, permission)| EntityPermissionGranted { permission, can_delegate })
            .collect();
        if granted.is_empty() {
            self.wrong("permissions", field("permission.noneChosen"));
        }
        if rights.iter().any(|(given, passed_on, _)| *passed_on && !given) {
            self.wrong("permissions", field("permission.passWithoutRight"));
        }
        let (nip, name, description) =
            (self.other_nip("nip", nip), self.text("name", name), self.text("description", description));
        Some(Grant::Firm(GrantToEntity {
            nip: nip?,
            permissions: granted,
            description: description?,
            name: name?,
        }))
    }

    pub(super) fn authorized(
        &mut self,
        holder: PartyKind,
        identifier: &str,
        name: &str,
        permission: &str,
        description: &str,
    ) -> Option<Grant> {
        let (subject, permission, description, name) = (
            self.entity(holder, identifier),
            self.authorization(permission),
            self.text("description", description),
            self.text("name", name),
        );
        Some(Grant::Authorization(GrantAuthorization {
            subject: subject?,
            permission: permission?,
            description: description?,
            name: name?,
        }))
    }

    fn entity(&mut self, kind: PartyKind, identifier: &str) -> Option<AuthorizedEntity> {
        match kind {
            PartyKind::Nip => self.other_nip("identifier", identifier).map(AuthorizedEntity::Nip),
            PartyKind::PeppolId => {
                let read = identifier.trim().to_ascii_uppercase().parse();
                self.checked("identifier", read.map_err(|_| field("permission.peppol")))
                    .map(AuthorizedEntity::PeppolId)
            }
            _ => {
                self.wrong("identifier", field("permission.identifierKind"));
                None
            }
        }
    }

    fn authorization(&mut self, name: &str) -> Option<Authorization> {
        let found = Authorization::ALL.iter().find(|known| known.as_str() == name).copied();
        self.checked("permission", found.ok_or_else(|| unknown(name)))
    }

    /// A firm other than the company itself, which needs no grant.
    fn other_nip(&mut self, at: &'static str, text: &str) -> Option<Nip> {
        let nip = self.nip(at, text)?;
        if nip == self.company {
            self.wrong(at, field("permission.ownCompany"));
        }
        Some(nip)
    }
}
