//! Whose a certificate is that somebody is known by.

use ksef_engine::grants::{FingerprintHolder, FingerprintOwner, FingerprintPerson, IdDocument, PersonNumber};

use super::{Reading, field};
use crate::views::{IdentityDocument, OwnerForm, PartyKind, PersonForm};

impl Reading {
    /// A person, or a firm with its seal.
    pub(super) fn owner(&mut self, form: &OwnerForm) -> Option<FingerprintOwner> {
        match form {
            OwnerForm::Person { person } => self.by_fingerprint(person),
            OwnerForm::Firm { fingerprint, name, address } => {
                let (fingerprint, firm) = (
                    self.fingerprint("identifier", fingerprint),
                    self.eu_firm(("ownerName", name), ("ownerAddress", address)),
                );
                Some(FingerprintOwner { fingerprint: fingerprint?, holder: FingerprintHolder::Firm(firm?) })
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
    pub(super) fn by_certificate(&mut self, form: &PersonForm) -> Option<FingerprintPerson> {
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
}
