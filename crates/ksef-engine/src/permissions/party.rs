use ksef_api::{EntityDetails, Identified, IdentifierKind, PersonDetails};
use ksef_types::Pesel;

/// Somebody, or something, in KSeF.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Party {
    /// By what it is known.
    pub kind: PartyKind,
    /// The identifier; a PESEL masked, empty for all partners and for KSeF itself.
    pub identifier: String,
    /// Name, where known.
    pub name: Option<String>,
}

/// By what somebody is known to KSeF. Source: the identifier types of the OpenAPI's `/permissions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartyKind {
    /// Ten digits.
    Nip,
    /// Eleven digits.
    Pesel,
    /// SHA-256 of the certificate.
    Fingerprint,
    /// A unit of a firm.
    InternalId,
    /// A NIP and the number of an EU entity.
    NipVatUe,
    /// A Peppol provider.
    PeppolId,
    /// All partners.
    AllPartners,
    /// KSeF itself, and what came into the contract since.
    System,
}

impl Party {
    /// Without a name.
    #[must_use]
    pub fn new(kind: PartyKind, identifier: impl Into<String>) -> Self {
        let identifier = identifier.into();
        // A PESEL is shown masked everywhere.
        let identifier = if kind == PartyKind::Pesel { Pesel::mask(&identifier) } else { identifier };
        Self { kind, identifier, name: None }
    }

    /// With a name, where there is one.
    #[must_use]
    pub fn named(mut self, name: Option<String>) -> Self {
        self.name = name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        self
    }

    pub(crate) fn of(identified: &Identified) -> Self {
        let kind = match identified.kind {
            IdentifierKind::Nip => PartyKind::Nip,
            IdentifierKind::Pesel => PartyKind::Pesel,
            IdentifierKind::Fingerprint => PartyKind::Fingerprint,
            IdentifierKind::InternalId => PartyKind::InternalId,
            IdentifierKind::NipVatUe => PartyKind::NipVatUe,
            IdentifierKind::PeppolId => PartyKind::PeppolId,
            IdentifierKind::AllPartners => PartyKind::AllPartners,
            _ => PartyKind::System,
        };
        Self::new(kind, identified.value())
    }
}

/// The name that the one who granted something wrote.
pub(super) fn name_of(person: Option<&PersonDetails>, entity: Option<&EntityDetails>) -> Option<String> {
    let of_person = person.map(|person| {
        let parts = [person.first_name.as_deref(), person.last_name.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    of_person.filter(|name| !name.trim().is_empty()).or_else(|| entity?.full_name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pesel_is_never_whole() {
        let party = Party::new(PartyKind::Pesel, "30112206276");
        assert_ne!(party.identifier, "30112206276");
        assert!(party.identifier.contains('*') || party.identifier.contains('•'), "{}", party.identifier);
    }
}
