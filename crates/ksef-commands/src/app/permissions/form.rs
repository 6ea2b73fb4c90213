//! From the form, as typed, to a grant in which every field is what the contract wants.

use ksef_engine::Grant;
use ksef_engine::grants::{
    Authorization, AuthorizedEntity, CompanyOrUnit, EntityPermission, EntityPermissionGranted, EuFirm,
    EuGrantPermission, FingerprintHolder, FingerprintOwner, FingerprintPerson, GrantAuthorization,
    GrantEuAdministration, GrantEuRepresentation, GrantIndirectly, GrantSubunitAdministration, GrantTarget,
    GrantToEntity, GrantToPerson, IdDocument, InvalidText, NipVatUe, Permission, PersonName, PersonNumber,
    PersonSubject,
};
use ksef_types::{Fingerprint, InternalId, InvalidFingerprint, Nip, Pesel};

use crate::views::{GrantForm, GrantProblem, IdentityDocument, PartyKind, PersonForm};
use crate::{NextStep, Problem, problems};

/// Reads a form; everything that is wrong with it at once.
pub(super) fn read(form: &GrantForm, company: Nip) -> Result<Grant, Vec<GrantProblem>> {
    let mut reading = Reading { company, problems: Vec::new() };
    let grant = reading.grant(form);
    match grant {
        Some(grant) if reading.problems.is_empty() => Ok(grant),
        _ => Err(reading.problems),
    }
}

struct Reading {
    company: Nip,
    problems: Vec<GrantProblem>,
}

impl Reading {
    fn grant(&mut self, form: &GrantForm) -> Option<Grant> {
        match form {
            GrantForm::Person { person, permissions, description } => {
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
            GrantForm::Firm {
                nip,
                name,
                read,
                pass_read_on,
                write,
                pass_write_on,
                collective,
                pass_collective_on,
                description,
            } => {
                let rights = [
                    (*read, *pass_read_on, EntityPermission::InvoiceRead),
                    (*write, *pass_write_on, EntityPermission::InvoiceWrite),
                    (*collective, *pass_collective_on, EntityPermission::CollectiveIdentifierManage),
                ];
                self.firm(nip, name, rights, description)
            }
            GrantForm::Authorization { holder, identifier, name, permission, description } => {
                let (subject, permission, description, name) = (
                    self.entity(*holder, identifier),
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
            GrantForm::Indirect { person, partner, permissions, description } => {
                let (subject, target, permissions, description) = (
                    self.person(person),
                    self.partner(partner.as_deref()),
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
            GrantForm::Subunit { person, unit, unit_name, description } => {
                self.subunit(person, unit, unit_name.as_deref(), description)
            }
            GrantForm::EuAdministrator { person, context, entity_name, entity_address, description } => {
                let (subject, context, firm, description) = (
                    self.by_fingerprint(person),
                    self.eu_context(context),
                    self.eu_firm(entity_name, entity_address),
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
            GrantForm::EuRepresentative { person, permissions, description } => {
                let (subject, permissions, description) = (
                    self.by_fingerprint(person),
                    self.named(permissions, EuGrantPermission::ALL, EuGrantPermission::as_str),
                    self.text("description", description),
                );
                Some(Grant::EuRepresentative(GrantEuRepresentation {
                    subject: subject?,
                    permissions: permissions?,
                    description: description?,
                }))
            }
        }
    }

    fn firm(
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

    fn subunit(
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

    fn person(&mut self, form: &PersonForm) -> Option<PersonSubject> {
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

    fn by_fingerprint(&mut self, form: &PersonForm) -> Option<FingerprintOwner> {
        if form.kind != PartyKind::Fingerprint {
            self.wrong("identifier", field("permission.fingerprintOnly"));
            return None;
        }
        let (fingerprint, person) =
            (self.fingerprint("identifier", &form.identifier), self.by_certificate(form));
        Some(FingerprintOwner { fingerprint: fingerprint?, holder: FingerprintHolder::Person(person?) })
    }

    /// With PESEL or NIP where there is one, else with the day of birth and a document.
    fn by_certificate(&mut self, form: &PersonForm) -> Option<FingerprintPerson> {
        let name = self.name(form);
        let number = form.person_identifier.as_deref().map(str::trim).filter(|number| !number.is_empty());
        if let Some(number) = number {
            let number = self.person_number(number);
            return Some(FingerprintPerson::WithNumber { name: name?, number: number? });
        }
        let Some(document) = &form.document else {
            self.wrong("personIdentifier", field("permission.whoseCertificate"));
            return None;
        };
        let (birth_date, document) = (self.birth_date(document), self.document(document));
        Some(FingerprintPerson::WithoutNumber { name: name?, birth_date: birth_date?, document: document? })
    }

    fn person_number(&mut self, text: &str) -> Option<PersonNumber> {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if digits == 11 {
            self.pesel("personIdentifier", text).map(PersonNumber::Pesel)
        } else {
            self.nip("personIdentifier", text).map(PersonNumber::Nip)
        }
    }

    fn birth_date(&mut self, document: &IdentityDocument) -> Option<chrono::NaiveDate> {
        let read = document.birth_date.trim().parse();
        self.checked("birthDate", read.map_err(|_| field("permission.birthDate")))
    }

    fn document(&mut self, document: &IdentityDocument) -> Option<IdDocument> {
        let country = document.country.trim().to_ascii_uppercase();
        let (kind, number, country) = (
            self.text("documentKind", &document.kind),
            self.text("documentNumber", &document.number),
            self.text("country", &country),
        );
        Some(IdDocument { kind: kind?, number: number?, country: country? })
    }

    fn name(&mut self, form: &PersonForm) -> Option<PersonName> {
        let (first_name, last_name) =
            (self.text("firstName", &form.first_name), self.text("lastName", &form.last_name));
        Some(PersonName { first_name: first_name?, last_name: last_name? })
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

    fn partner(&mut self, partner: Option<&str>) -> Option<GrantTarget> {
        match partner.map(str::trim).filter(|partner| !partner.is_empty()) {
            None => Some(GrantTarget::AllPartners),
            Some(partner) => self.unit("partner", partner).map(|place| match place {
                CompanyOrUnit::Nip(nip) => GrantTarget::Nip(nip),
                CompanyOrUnit::InternalId(unit) => GrantTarget::InternalId(unit),
            }),
        }
    }

    /// A NIP, or an internal identifier: a NIP, a dash and five digits.
    fn unit(&mut self, at: &'static str, text: &str) -> Option<CompanyOrUnit> {
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

    fn eu_firm(&mut self, name: &str, address: &str) -> Option<EuFirm> {
        let (full_name, address) = (self.text("entityName", name), self.text("entityAddress", address));
        Some(EuFirm { full_name: full_name?, address: address? })
    }

    fn named<T: Copy>(
        &mut self,
        names: &[String],
        all: &[T],
        name_of: fn(T) -> &'static str,
    ) -> Option<Vec<T>> {
        if names.is_empty() {
            self.wrong("permissions", field("permission.noneChosen"));
            return None;
        }
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            let known = all.iter().find(|known| name_of(**known) == name).copied();
            found.push(self.checked("permissions", known.ok_or_else(|| unknown(name)))?);
        }
        Some(found)
    }

    fn text<T: std::str::FromStr<Err = InvalidText>>(&mut self, at: &'static str, text: &str) -> Option<T> {
        self.checked(at, text.parse().map_err(|found| problems::text(&found)))
    }

    fn nip(&mut self, at: &'static str, text: &str) -> Option<Nip> {
        self.checked(at, text.parse().map_err(problems::nip))
    }

    /// A firm other than the company itself, which needs no grant.
    fn other_nip(&mut self, at: &'static str, text: &str) -> Option<Nip> {
        let nip = self.nip(at, text)?;
        if nip == self.company {
            self.wrong(at, field("permission.ownCompany"));
        }
        Some(nip)
    }

    fn pesel(&mut self, at: &'static str, text: &str) -> Option<Pesel> {
        let digits: String = text.chars().filter(|character| !character.is_whitespace()).collect();
        self.checked(at, digits.parse().map_err(|_| field("permission.pesel")))
    }

    fn fingerprint(&mut self, at: &'static str, text: &str) -> Option<Fingerprint> {
        let read = text.parse().map_err(|found| match found {
            InvalidFingerprint::Sha1 => field("permission.fingerprintSha1"),
            _ => field("permission.fingerprint"),
        });
        self.checked(at, read)
    }

    fn checked<T>(&mut self, at: &'static str, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.wrong(at, problem)).ok()
    }

    fn wrong(&mut self, at: &'static str, problem: Problem) {
        // The first thing that is wrong in a field is enough.
        if !self.problems.iter().any(|known| known.field == at) {
            self.problems.push(GrantProblem { field: at.to_owned(), problem });
        }
    }
}

fn field(code: &str) -> Problem {
    Problem::new(code, NextStep::CorrectField)
}

fn unknown(name: &str) -> Problem {
    field("permission.unknown").with("permission", name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn company() -> Nip {
        "5265877635".parse().unwrap()
    }

    fn person(kind: PartyKind, identifier: &str) -> PersonForm {
        PersonForm {
            kind,
            identifier: identifier.to_owned(),
            first_name: "Anna".to_owned(),
            last_name: "Nowak".to_owned(),
            document: None,
            person_identifier: None,
        }
    }

    fn fields(form: &GrantForm) -> Vec<(String, String)> {
        let problems = read(form, company()).unwrap_err();
        problems.into_iter().map(|found| (found.field, found.problem.code)).collect()
    }

    fn to_person(person: PersonForm, permissions: &[&str], description: &str) -> GrantForm {
        GrantForm::Person {
            person,
            permissions: permissions.iter().map(|name| (*name).to_owned()).collect(),
            description: description.to_owned(),
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let mut somebody = person(PartyKind::Pesel, "123");
        somebody.first_name = "A".to_owned();
        let found = fields(&to_person(somebody, &["Władza"], "opis"));
        let names: Vec<_> = found.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(names, ["firstName", "identifier", "permissions", "description"]);
    }

    #[test]
    fn each_way_of_naming_a_person() {
        let granted = |person| read(&to_person(person, &["InvoiceRead"], "Księgowość"), company());
        assert!(granted(person(PartyKind::Nip, "526-587-76-35")).is_ok());
        assert!(granted(person(PartyKind::Pesel, "30112206276")).is_ok());
        let fingerprint = "ab:".repeat(31) + "ab";
        let mut by_certificate = person(PartyKind::Fingerprint, &fingerprint);
        assert!(granted(by_certificate.clone()).is_err(), "whose it is has to be said");
        by_certificate.person_identifier = Some("30112206276".to_owned());
        assert!(granted(by_certificate.clone()).is_ok());
        by_certificate.person_identifier = None;
        by_certificate.document = Some(IdentityDocument {
            birth_date: "1990-02-30".to_owned(),
            kind: "Passport".to_owned(),
            number: "AB1".to_owned(),
            country: "de".to_owned(),
        });
        let wrong = granted(by_certificate.clone()).unwrap_err();
        assert_eq!(wrong[0].field, "birthDate");
        by_certificate.document.as_mut().unwrap().birth_date = "1990-02-28".to_owned();
        assert!(granted(by_certificate).is_ok());
        assert!(granted(person(PartyKind::PeppolId, "PPL123456")).is_err());
        let sha1 = granted(person(PartyKind::Fingerprint, &"ab".repeat(20))).unwrap_err();
        assert!(sha1.iter().any(|found| found.problem.code == "permission.fingerprintSha1"));
    }

    #[test]
    fn a_firm_gets_what_is_ticked() {
        let form = |read, pass, nip: &str| GrantForm::Firm {
            nip: nip.to_owned(),
            name: "Biuro ABC".to_owned(),
            read,
            pass_read_on: pass,
            write: false,
            pass_write_on: false,
            collective: false,
            pass_collective_on: false,
            description: "Biuro rachunkowe".to_owned(),
        };
        let Ok(Grant::Firm(granted)) = read(&form(true, true, "1111111111"), company()) else {
            panic!("a firm's grant was expected")
        };
        assert_eq!(granted.permissions.len(), 1);
        assert!(granted.permissions[0].can_delegate);
        assert_eq!(fields(&form(false, true, "1111111111"))[0].0, "permissions");
        assert_eq!(fields(&form(true, false, "5265877635"))[0].1, "permission.ownCompany");
        assert_eq!(fields(&form(true, false, "1111111112"))[0].0, "nip");
    }

    #[test]
    fn units_belong_to_the_company() {
        let form = |unit: &str, name: Option<&str>| GrantForm::Subunit {
            person: person(PartyKind::Pesel, "30112206276"),
            unit: unit.to_owned(),
            unit_name: name.map(str::to_owned),
            description: "Oddział w Łodzi".to_owned(),
        };
        assert!(read(&form("5265877635-12346", Some("Oddział Łódź")), company()).is_ok());
        assert_eq!(fields(&form("5265877635-12346", None))[0].0, "unitName");
        assert_eq!(fields(&form("5265877635-12345", Some("Oddział Łódź")))[0].1, "permission.unit");
        assert!(read(&form("1111111111", None), company()).is_ok(), "a subordinate firm");
    }

    #[test]
    fn eu_entities_are_paired_with_the_company() {
        let mut holder = person(PartyKind::Fingerprint, &"AB".repeat(32));
        holder.person_identifier = Some("30112206276".to_owned());
        let form = |context: &str| GrantForm::EuAdministrator {
            person: holder.clone(),
            context: context.to_owned(),
            entity_name: "Beispiel GmbH".to_owned(),
            entity_address: "Hauptstraße 1, Berlin".to_owned(),
            description: "Samofakturowanie".to_owned(),
        };
        assert!(read(&form("5265877635-de123456789"), company()).is_ok());
        assert_eq!(fields(&form("1111111111-DE123456789"))[0].1, "permission.otherContext");
        assert_eq!(fields(&form("5265877635"))[0].1, "permission.nipVatUe");
    }
}
