//! Grants for firms of the Union that invoice themselves.

use ksef_engine::Grant;
use ksef_engine::grants::{
    EuFirm, EuGrantPermission, GrantEuAdministration, GrantEuRepresentation, NipVatUe,
};

use super::{Reading, field};
use crate::views::OwnerForm;

impl Reading {
    pub(super) fn eu_administrator(
        &mut self,
        owner: &OwnerForm,
        context: &str,
        (entity_name, entity_address): (&str, &str),
        description: &str,
    ) -> Option<Grant> {
        let (subject, context, firm, description) = (
            self.owner(owner),
            self.eu_context(context),
            self.eu_firm(("entityName", entity_name), ("entityAddress", entity_address)),
            self.text("description", description),
        );
        let firm = firm?;
        let line = format!("{}, {}", firm.full_name, firm.address);
        // The contract wants name and address once more in a line of at most 256 characters.
        let line: String = line.chars().take(256).collect();
        let firm_line = self.text("entityName", &line);
        Some(Grant::EuAdministrator(GrantEuAdministration {
            subject: subject?,
            context: context?,
            description: description?,
            firm_line: firm_line?,
            firm,
        }))
    }

    pub(super) fn eu_representative(
        &mut self,
        owner: &OwnerForm,
        permissions: &[String],
        description: &str,
    ) -> Option<Grant> {
        let (subject, permissions, description) = (
            self.owner(owner),
            self.named(permissions, EuGrantPermission::ALL, EuGrantPermission::as_str),
            self.text("description", description),
        );
        Some(Grant::EuRepresentative(GrantEuRepresentation {
            subject: subject?,
            permissions: permissions?,
            description: description?,
        }))
    }

    fn eu_context(&mut self, text: &str) -> Option<NipVatUe> {
        let compact: String = text.chars().filter(|character| !character.is_whitespace()).collect();
        let read: Option<NipVatUe> = self.checked(
            "context",
            compact.to_ascii_uppercase().parse().map_err(|_| field("permission.nipVatUe")),
        );
        let read = read?;
        if !read.as_str().starts_with(self.company.as_str()) {
            self.wrong("context", field("permission.otherContext").with("nip", self.company.as_str()));
        }
        Some(read)
    }

    /// Each with the name of its field.
    pub(super) fn eu_firm(
        &mut self,
        (at_name, name): (&'static str, &str),
        (at_address, address): (&'static str, &str),
    ) -> Option<EuFirm> {
        let (full_name, address) = (self.text(at_name, name), self.text(at_address, address));
        Some(EuFirm { full_name: full_name?, address: address? })
    }
}
