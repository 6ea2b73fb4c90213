//! Permissions as sentences, composed from the catalogue: "Biuro ABC może przeglądać i wystawiać faktury i przekazać te
//! prawa dalej".

use ksef_engine::grants::{AuthorizedEntity, EntityPermissionGranted, FingerprintHolder, FingerprintPerson};
use ksef_engine::grants::{CompanyOrUnit, FingerprintOwner, GrantTarget, PersonName, PersonSubject};
use ksef_engine::{Grant, GrantedPermission, Party, PartyKind};
use ksef_types::Nip;

use crate::catalogue::text;
use crate::views::Language;

/// Who says it: in which language, in which company.
pub(super) struct Speaker {
    language: Language,
    company: Nip,
}

impl Speaker {
    pub(super) const fn new(language: Language, company: Nip) -> Self {
        Self { language, company }
    }

    /// A permission of a list.
    pub(super) fn granted(&self, granted: &GrantedPermission) -> String {
        let what = self.acts(&[granted.permission.as_str()]);
        let place = granted.place.as_ref().filter(|place| !self.is_company(place));
        let place = match &granted.partner {
            Some(partner) => Some(self.partner(partner)),
            None => place.map(|place| self.place(place)),
        };
        let passing = granted.can_pass_on.then(|| self.word("sentence.passOnOne"));
        let what = self.joined(what, place, passing);
        match &granted.holder {
            None => self.fill("sentence.youMay", &[("what", &what)]),
            Some(holder) => self.fill("sentence.may", &[("who", &self.who(holder)), ("what", &what)]),
        }
    }

    /// A grant that is about to be made.
    pub(super) fn grant(&self, grant: &Grant) -> String {
        let (who, what, place, passing) = match grant {
            Grant::Person(grant) => {
                let names: Vec<_> = grant.permissions.iter().map(|one| one.as_str()).collect();
                (self.person(&grant.subject), self.acts(&names), None, None)
            }
            Grant::Firm(grant) => {
                let names: Vec<_> = grant.permissions.iter().map(|one| one.permission.as_str()).collect();
                let passing = self.passing(&grant.permissions);
                (grant.name.to_string(), self.acts(&names), None, passing)
            }
            Grant::Authorization(grant) => {
                let name = match &grant.subject {
                    AuthorizedEntity::Nip(_) => grant.name.to_string(),
                    AuthorizedEntity::PeppolId(provider) => format!("{} ({provider})", grant.name),
                };
                (name, self.acts(&[grant.permission.as_str()]), None, None)
            }
            Grant::Indirect(grant) => {
                let names: Vec<_> = grant.permissions.iter().map(|one| one.as_str()).collect();
                let partner = match &grant.target {
                    Some(GrantTarget::Nip(nip)) => Party::new(PartyKind::Nip, nip.as_str()),
                    Some(GrantTarget::InternalId(unit)) => {
                        Party::new(PartyKind::InternalId, unit.to_string())
                    }
                    Some(GrantTarget::AllPartners) | None => Party::new(PartyKind::AllPartners, ""),
                };
                (self.person(&grant.subject), self.acts(&names), Some(self.partner(&partner)), None)
            }
            Grant::Subunit(grant) => {
                let unit = match &grant.unit {
                    CompanyOrUnit::Nip(nip) => Party::new(PartyKind::Nip, nip.as_str()),
                    CompanyOrUnit::InternalId(unit) => Party::new(PartyKind::InternalId, unit.to_string())
                        .named(grant.unit_name.as_ref().map(ToString::to_string)),
                };
                let what = self.acts(&["CredentialsManage"]);
                (self.person(&grant.subject), what, Some(self.place(&unit)), None)
            }
            Grant::EuAdministrator(grant) => {
                let entity = Party::new(PartyKind::NipVatUe, grant.context.as_str())
                    .named(Some(grant.firm.full_name.to_string()));
                let what = self.acts(&["InvoiceRead", "InvoiceWrite", "VatUeManage"]);
                (self.owner(&grant.subject), what, Some(self.place(&entity)), None)
            }
            Grant::EuRepresentative(grant) => {
                let names: Vec<_> = grant.permissions.iter().map(|one| one.as_str()).collect();
                (self.owner(&grant.subject), self.acts(&names), None, None)
            }
        };
        let what = self.joined(what, place, passing);
        self.fill("sentence.may", &[("who", &who), ("what", &what)])
    }

    /// `przeglądać i wystawiać faktury, zarządzać uprawnieniami`; an unknown one keeps KSeF's name.
    fn acts(&self, permissions: &[&str]) -> String {
        let both = ["InvoiceRead", "InvoiceWrite"].iter().all(|one| permissions.contains(one));
        let mut acts = Vec::new();
        for permission in permissions {
            let key = match *permission {
                "InvoiceRead" | "InvoiceWrite" if both => "InvoiceReadWrite",
                one => one,
            };
            let key = format!("act.{key}");
            let word = self.word(&key);
            let word = if word == key { (*permission).to_owned() } else { word };
            if !acts.contains(&word) {
                acts.push(word);
            }
        }
        match acts.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                format!("{} {} {last}", rest.join(", "), self.word("sentence.and"))
            }
            _ => acts.concat(),
        }
    }

    /// `przekazać te prawa dalej`, for all of them or for some.
    fn passing(&self, granted: &[EntityPermissionGranted]) -> Option<String> {
        let passed: Vec<_> = granted.iter().filter(|one| one.can_delegate).collect();
        match (passed.len(), granted.len()) {
            (0, _) => None,
            (1, 1) => Some(self.word("sentence.passOnOne")),
            (some, all) if some == all => Some(self.word("sentence.passOnMany")),
            _ => {
                let rights: Vec<_> = passed
                    .iter()
                    .map(|one| self.word(&format!("permission.{}", one.permission.as_str())))
                    .collect();
                Some(self.fill("sentence.passOnSome", &[("rights", &rights.join(", "))]))
            }
        }
    }

    fn joined(&self, what: String, place: Option<String>, passing: Option<String>) -> String {
        let what = match place {
            Some(place) => format!("{what} {place}"),
            None => what,
        };
        match passing {
            Some(passing) => format!("{what} {} {passing}", self.word("sentence.and")),
            None => what,
        }
    }

    fn partner(&self, partner: &Party) -> String {
        if partner.kind == PartyKind::AllPartners {
            return self.word("sentence.forAllPartners");
        }
        self.fill("sentence.forPartner", &[("partner", &shown(partner))])
    }

    fn place(&self, place: &Party) -> String {
        let key = match place.kind {
            PartyKind::InternalId => "sentence.inUnit",
            PartyKind::NipVatUe => "sentence.inEuEntity",
            _ => "sentence.inCompany",
        };
        self.fill(key, &[("place", &shown(place))])
    }

    fn who(&self, party: &Party) -> String {
        if let Some(name) = &party.name {
            return name.clone();
        }
        let key = match party.kind {
            PartyKind::Nip if self.is_company(party) => return self.word("party.thisCompany"),
            PartyKind::Nip => "party.nip",
            PartyKind::Pesel => "party.pesel",
            PartyKind::Fingerprint => "party.fingerprint",
            PartyKind::InternalId => "party.internalId",
            PartyKind::NipVatUe => "party.nipVatUe",
            PartyKind::PeppolId => "party.peppolId",
            PartyKind::AllPartners => "party.allPartners",
            PartyKind::System => "party.system",
        };
        self.fill(key, &[("identifier", &shown(party))])
    }

    fn person(&self, subject: &PersonSubject) -> String {
        match subject {
            PersonSubject::Nip { name, .. } | PersonSubject::Pesel { name, .. } => named(name),
            PersonSubject::Fingerprint { person, .. } => certified(person),
        }
    }

    /// A firm acts by its seal: the sentence says so, for it often is the very firm that it acts for.
    fn owner(&self, owner: &FingerprintOwner) -> String {
        match &owner.holder {
            FingerprintHolder::Person(person) => certified(person),
            FingerprintHolder::Firm(firm) => self.fill("party.seal", &[("firm", firm.full_name.as_str())]),
        }
    }

    fn is_company(&self, party: &Party) -> bool {
        party.kind == PartyKind::Nip && party.identifier == self.company.as_str()
    }

    fn word(&self, key: &str) -> String {
        text(key, self.language)
    }

    fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.word(key), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }
}

fn certified(person: &FingerprintPerson) -> String {
    match person {
        FingerprintPerson::WithNumber { name, .. } | FingerprintPerson::WithoutNumber { name, .. } => {
            named(name)
        }
    }
}

fn named(name: &PersonName) -> String {
    format!("{} {}", name.first_name, name.last_name)
}

/// The name, else the identifier as people read it.
fn shown(party: &Party) -> String {
    if let Some(name) = &party.name {
        return name.clone();
    }
    match party.kind {
        PartyKind::Nip => {
            party.identifier.parse().map_or_else(|_| party.identifier.clone(), |nip: Nip| nip.formatted())
        }
        // The first half tells certificates apart well enough for a sentence.
        PartyKind::Fingerprint => party.identifier.chars().take(16).collect::<String>() + "…",
        _ => party.identifier.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::read;
    use super::*;
    use crate::views::{GrantForm, OwnerForm, PartyKind as Kind, PersonForm};

    fn company() -> Nip {
        "5265877635".parse().unwrap()
    }

    fn both(form: &GrantForm) -> [String; 2] {
        let grant = read(form, company()).unwrap();
        [Language::Pl, Language::En].map(|language| Speaker::new(language, company()).grant(&grant))
    }

    fn firm(read: bool, pass_read_on: bool, write: bool, pass_write_on: bool) -> GrantForm {
        GrantForm::Firm {
            nip: "1111111111".to_owned(),
            name: "Biuro ABC".to_owned(),
            read,
            pass_read_on,
            write,
            pass_write_on,
            collective: false,
            pass_collective_on: false,
            description: "Biuro rachunkowe".to_owned(),
        }
    }

    #[test]
    fn the_accountants_grant_reads_like_a_sentence() {
        let [polish, english] = both(&firm(true, true, true, true));
        assert_eq!(polish, "Biuro ABC może przeglądać i wystawiać faktury i przekazać te prawa dalej");
        assert_eq!(english, "Biuro ABC may read and issue invoices and pass these rights on");
        let [polish, _] = both(&firm(true, false, false, false));
        assert_eq!(polish, "Biuro ABC może przeglądać faktury");
        let [polish, _] = both(&firm(true, false, true, true));
        assert_eq!(
            polish,
            "Biuro ABC może przeglądać i wystawiać faktury i przekazać dalej prawo: wystawianie faktur"
        );
        let GrantForm::Firm { nip, name, description, .. } = firm(true, true, true, true) else {
            unreachable!()
        };
        let collective = GrantForm::Firm {
            nip,
            name,
            read: false,
            pass_read_on: false,
            write: false,
            pass_write_on: false,
            collective: true,
            pass_collective_on: true,
            description,
        };
        assert_eq!(
            both(&collective)[0],
            "Biuro ABC może zarządzać identyfikatorami zbiorczymi i przekazać to prawo dalej"
        );
    }

    #[test]
    fn clients_and_units_are_named() {
        let person = PersonForm {
            kind: Kind::Pesel,
            identifier: "30112206276".to_owned(),
            first_name: "Anna".to_owned(),
            last_name: "Nowak".to_owned(),
            document: None,
            person_identifier: None,
        };
        let indirect = |partner: Option<&str>| GrantForm::Indirect {
            person: person.clone(),
            partner: partner.map(str::to_owned),
            permissions: vec!["InvoiceRead".to_owned()],
            description: "Obsługa klientów".to_owned(),
        };
        assert_eq!(both(&indirect(None))[0], "Anna Nowak może przeglądać faktury wszystkich klientów");
        assert_eq!(
            both(&indirect(Some("1111111111")))[0],
            "Anna Nowak może przeglądać faktury klienta 111-111-11-11"
        );
        let unit = GrantForm::Subunit {
            person,
            unit: "5265877635-12346".to_owned(),
            unit_name: Some("Oddział Łódź".to_owned()),
            description: "Oddział w Łodzi".to_owned(),
        };
        assert_eq!(both(&unit)[0], "Anna Nowak może zarządzać uprawnieniami w jednostce Oddział Łódź");
    }

    #[test]
    fn a_seal_acts_for_its_firm() {
        let owner = OwnerForm::Firm {
            fingerprint: "ab".repeat(32),
            name: "Muster GmbH".to_owned(),
            address: "Hauptstraße 1, Berlin".to_owned(),
        };
        let representative = GrantForm::EuRepresentative {
            owner: owner.clone(),
            permissions: vec!["InvoiceRead".to_owned(), "InvoiceWrite".to_owned()],
            description: "Samofakturowanie".to_owned(),
        };
        let [polish, english] = both(&representative);
        assert_eq!(polish, "Muster GmbH (pieczęć firmy) może przeglądać i wystawiać faktury");
        assert_eq!(english, "Muster GmbH (company seal) may read and issue invoices");
        let administrator = GrantForm::EuAdministrator {
            owner,
            context: "5265877635-DE123456789".to_owned(),
            entity_name: "Muster Holding AG".to_owned(),
            entity_address: "Hauptstraße 1, Berlin".to_owned(),
            description: "Samofakturowanie".to_owned(),
        };
        assert_eq!(
            both(&administrator)[0],
            "Muster GmbH (pieczęć firmy) może przeglądać i wystawiać faktury i zarządzać uprawnieniami \
             w imieniu podmiotu unijnego Muster Holding AG"
        );
    }

    /// A row of a list, of somebody with a name.
    fn row(permission: &str, place: Option<Party>) -> GrantedPermission {
        GrantedPermission {
            id: None,
            permission: permission.to_owned(),
            holder: Some(Party::new(PartyKind::Fingerprint, "AB").named(Some("Anna Nowak".to_owned()))),
            author: None,
            place,
            partner: None,
            can_pass_on: false,
            active: true,
            description: String::new(),
            since: None,
            revocation: None,
        }
    }

    #[test]
    fn every_kind_of_the_contract_reads_like_a_sentence() {
        let own = Some(Party::new(PartyKind::Nip, company().as_str()));
        let named = |kind, identifier: &str, name: &str| {
            Some(Party::new(kind, identifier).named(Some(name.to_owned())))
        };
        let unit = || named(PartyKind::InternalId, "5265877635-12346", "Oddział Łódź");
        let union = || named(PartyKind::NipVatUe, "DE123456789", "Muster GmbH");
        let polish = Speaker::new(Language::Pl, company());
        for (permission, place, sentence) in [
            ("InvoiceRead", own.clone(), "przeglądać faktury"),
            ("InvoiceWrite", own.clone(), "wystawiać faktury"),
            ("CredentialsRead", own.clone(), "przeglądać uprawnienia"),
            ("CredentialsManage", own.clone(), "zarządzać uprawnieniami"),
            ("Introspection", own.clone(), "przeglądać historię sesji"),
            ("SubunitManage", own.clone(), "zarządzać jednostkami podrzędnymi"),
            ("EnforcementOperations", own.clone(), "wykonywać czynności egzekucyjne"),
            ("CollectiveIdentifierManage", own.clone(), "zarządzać identyfikatorami zbiorczymi"),
            ("SelfInvoicing", own.clone(), "wystawiać faktury w imieniu sprzedawcy (samofakturowanie)"),
            ("TaxRepresentative", own.clone(), "działać jako przedstawiciel podatkowy"),
            ("RRInvoicing", own.clone(), "wystawiać faktury VAT RR"),
            ("PefInvoicing", own, "wystawiać faktury PEF"),
            ("CredentialsManage", unit(), "zarządzać uprawnieniami w jednostce Oddział Łódź"),
            ("InvoiceWrite", union(), "wystawiać faktury w imieniu podmiotu unijnego Muster GmbH"),
            ("VatUeManage", union(), "zarządzać uprawnieniami w imieniu podmiotu unijnego Muster GmbH"),
        ] {
            let said = polish.granted(&row(permission, place));
            assert_eq!(said, format!("Anna Nowak może {sentence}"));
        }
    }

    #[test]
    fn no_kind_of_the_contract_keeps_its_english_name() {
        use ksef_engine::grants::{Authorization, EntityPermission, EuGrantPermission, Permission};
        let names = Permission::ALL.iter().map(|one| one.as_str());
        let names = names.chain(EntityPermission::ALL.iter().map(|one| one.as_str()));
        let names = names.chain(EuGrantPermission::ALL.iter().map(|one| one.as_str()));
        let names = names.chain(Authorization::ALL.iter().map(|one| one.as_str()));
        // What the administrator of a firm of the Union gets with the grant.
        for name in names.chain(["VatUeManage"]) {
            for language in [Language::Pl, Language::En] {
                let said = Speaker::new(language, company()).granted(&row(name, None));
                assert!(!said.contains(name) && !said.contains("act."), "{said}");
            }
        }
    }

    #[test]
    fn rows_of_lists() {
        let granted = |permission: &str, holder| GrantedPermission {
            id: None,
            permission: permission.to_owned(),
            holder,
            author: None,
            place: None,
            partner: None,
            can_pass_on: false,
            active: true,
            description: String::new(),
            since: None,
            revocation: None,
        };
        let speaker = Speaker::new(Language::Pl, company());
        assert_eq!(speaker.granted(&granted("InvoiceWrite", None)), "Możesz wystawiać faktury");
        let firm = Some(Party::new(PartyKind::Nip, "1111111111"));
        assert_eq!(
            speaker.granted(&granted("SelfInvoicing", firm)),
            "Firma 111-111-11-11 może wystawiać faktury w imieniu sprzedawcy (samofakturowanie)"
        );
        let new = granted("CośNowego", Some(Party::new(PartyKind::System, "")));
        assert!(speaker.granted(&new).contains("CośNowego"));
    }
}
