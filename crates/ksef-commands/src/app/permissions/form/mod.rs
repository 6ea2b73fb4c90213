//! From the form, as typed, to a grant in which every field is what the contract wants.

mod certificate;
mod firm;
mod person;
mod union;
mod unit;

use ksef_engine::Grant;
use ksef_engine::grants::{EntityPermission, InvalidText};
use ksef_types::{Fingerprint, InvalidFingerprint, Nip, Pesel};

use crate::views::{GrantForm, GrantProblem};
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
                self.for_person(person, permissions, description)
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
                self.authorized(*holder, identifier, name, permission, description)
            }
            GrantForm::Indirect { person, partner, permissions, description } => {
                self.indirect(person, partner.as_deref(), permissions, description)
            }
            GrantForm::Subunit { person, unit, unit_name, description } => {
                self.subunit(person, unit, unit_name.as_deref(), description)
            }
            GrantForm::EuAdministrator { owner, context, entity_name, entity_address, description } => {
                self.eu_administrator(owner, context, (entity_name, entity_address), description)
            }
            GrantForm::EuRepresentative { owner, permissions, description } => {
                self.eu_representative(owner, permissions, description)
            }
        }
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
mod tests;
