//! Grants to a person, in this company or for its partners.

use ksef_engine::Grant;
use ksef_engine::grants::{
    CompanyOrUnit, EntityPermission, GrantIndirectly, GrantTarget, GrantToPerson, Permission, PersonName,
    PersonSubject,
};

use super::{Reading, field};
use crate::views::{PartyKind, PersonForm};

impl Reading {
    pub(super) fn for_person(
        &mut self,
        person: &PersonForm,
        permissions: &[String],
        description: &str,
    ) -> Option<Grant> {
        let (subject, permissions, description) = (
            self.person(person),
            self.named(permissions, Permission::ALL, Permission::as_str),
            self.text("description", description),
        );
        Some(Grant::Person(GrantToPerson {
            subject: subject?,
            permissions: permissions?,
            description: description?,
        }))
    }

    pub(super) fn indirect(
        &mut self,
        person: &PersonForm,
        partner: Option<&str>,
        permissions: &[String],
        description: &str,
    ) -> Option<Grant> {
        let (subject, target, permissions, description) = (
            self.person(person),
            self.partner(partner),
            self.named(permissions, EntityPermission::ALL, EntityPermission::as_str),
            self.text("description", description),
        );
        Some(Grant::Indirect(GrantIndirectly {
            subject: subject?,
            target: Some(target?),
            permissions: permissions?,
            description: description?,
        }))
    }

    pub(super) fn person(&mut self, form: &PersonForm) -> Option<PersonSubject> {
        if form.kind == PartyKind::Fingerprint {
            let (fingerprint, person) =
                (self.fingerprint("identifier", &form.identifier), self.by_certificate(form));
            return Some(PersonSubject::Fingerprint { fingerprint: fingerprint?, person: person? });
        }
        let name = self.name(form);
        match form.kind {
            PartyKind::Nip => {
                let nip = self.nip("identifier", &form.identifier);
                Some(PersonSubject::Nip { nip: nip?, name: name? })
            }
            PartyKind::Pesel => {
                let pesel = self.pesel("identifier", &form.identifier);
                Some(PersonSubject::Pesel { pesel: pesel?, name: name? })
            }
            _ => {
                self.wrong("identifier", field("permission.identifierKind"));
                None
            }
        }
    }

    fn partner(&mut self, partner: Option<&str>) -> Option<GrantTarget> {
        match partner.map(str::trim).filter(|partner| !partner.is_empty()) {
            None => Some(GrantTarget::AllPartners),
            Some(partner) => self.unit("partner", partner).map(|place| match place {
                CompanyOrUnit::Nip(nip) => GrantTarget::Nip(nip),
                CompanyOrUnit::InternalId(unit) => GrantTarget::InternalId(unit),
            }),
        }
    }

    pub(super) fn name(&mut self, form: &PersonForm) -> Option<PersonName> {
        let (first_name, last_name) =
            (self.text("firstName", &form.first_name), self.text("lastName", &form.last_name));
        Some(PersonName { first_name: first_name?, last_name: last_name? })
    }
}
