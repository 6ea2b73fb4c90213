use ksef_engine::grants::FingerprintHolder;

use super::*;
use crate::views::{IdentityDocument, OwnerForm, PartyKind, PersonForm};

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

fn holder() -> OwnerForm {
    let mut person = person(PartyKind::Fingerprint, &"AB".repeat(32));
    person.person_identifier = Some("30112206276".to_owned());
    OwnerForm::Person { person }
}

fn seal(fingerprint: &str, name: &str, address: &str) -> OwnerForm {
    let [fingerprint, name, address] = [fingerprint, name, address].map(str::to_owned);
    OwnerForm::Firm { fingerprint, name, address }
}

fn administrator(owner: OwnerForm, context: &str) -> GrantForm {
    GrantForm::EuAdministrator {
        owner,
        context: context.to_owned(),
        entity_name: "Beispiel GmbH".to_owned(),
        entity_address: "Hauptstraße 1, Berlin".to_owned(),
        description: "Samofakturowanie".to_owned(),
    }
}

#[test]
fn eu_entities_are_paired_with_the_company() {
    let form = |context: &str| administrator(holder(), context);
    assert!(read(&form("5265877635-de123456789"), company()).is_ok());
    assert_eq!(fields(&form("1111111111-DE123456789"))[0].1, "permission.otherContext");
    assert_eq!(fields(&form("5265877635"))[0].1, "permission.nipVatUe");
}

#[test]
fn a_certificate_may_be_a_firms() {
    let sealed = seal(&"ab:".repeat(32), " Beispiel GmbH ", "Hauptstraße 1, Berlin");
    let granted = read(&administrator(sealed.clone(), "5265877635-DE123456789"), company()).unwrap();
    let Grant::EuAdministrator(granted) = granted else { panic!("an administrator was expected") };
    let FingerprintHolder::Firm(firm) = granted.subject.holder else { panic!("a firm was expected") };
    assert_eq!((firm.full_name.as_str(), firm.address.as_str()), ("Beispiel GmbH", "Hauptstraße 1, Berlin"));

    let representative = |owner| GrantForm::EuRepresentative {
        owner,
        permissions: vec!["InvoiceRead".to_owned()],
        description: "Samofakturowanie".to_owned(),
    };
    assert!(read(&representative(sealed), company()).is_ok());
    let told = |owner| fields(&representative(owner));
    let all: Vec<_> = told(seal("12", "", " ")).into_iter().map(|(field, _)| field).collect();
    assert_eq!(all, ["identifier", "ownerName", "ownerAddress"]);
    let good = "ab".repeat(32);
    assert_eq!(told(seal(&"ab".repeat(20), "B", "C"))[0].1, "permission.fingerprintSha1");
    assert_eq!(
        told(seal(&good, &"x".repeat(101), "C")),
        [("ownerName".to_owned(), "permission.tooLong".to_owned())]
    );
    assert_eq!(
        told(seal(&good, "B", &"x".repeat(513))),
        [("ownerAddress".to_owned(), "permission.tooLong".to_owned())]
    );
}
