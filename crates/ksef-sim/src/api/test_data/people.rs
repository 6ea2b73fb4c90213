use chrono::{DateTime, Utc};
use ksef_types::{Nip, Pesel};
use serde_json::Value;

use super::super::Answer;
use super::super::call::Call;
use super::super::refusal::Refusal;
use super::{done, exists, problem};
use crate::model::{Company, EntityRole, Person, PersonId, Role};
use crate::process::parse_moment;
use crate::store::State;
use crate::world::World;

const NOT_LATER: &str =
    "Pole 'createdDate' nie może wskazywać daty wcześniejszej ani takiej samej jak poprzednia.";

fn nip(text: &str, field: &str) -> Result<Nip, Refusal> {
    text.parse().map_err(|_| problem(format!("Pole '{field}' ma nieprawidłową wartość.")))
}

fn created(world: &World, call: &Call) -> DateTime<Utc> {
    call.optional_text("/createdDate").and_then(parse_moment).unwrap_or_else(|| world.now())
}

/// A subject to be made, with its place in a group.
struct Wanted {
    nip: Nip,
    role: EntityRole,
    parent: Option<Nip>,
    description: String,
}

/// `POST /testdata/subject`
pub(in crate::api) fn create_subject(world: &World, call: &Call) -> Answer {
    let wanted = wanted(call)?;
    let start = created(world, call);
    let stated = call.optional_text("/createdDate").is_some();
    world.change(|state| {
        for subject in &wanted {
            let mut known = state.roles.rows().filter(|row| is_made_by(row, subject));
            if known.any(|row| row.active) {
                return Err(exists());
            }
            let before = state.roles.rows().filter(|row| is_made_by(row, subject)).map(|row| row.start).max();
            if stated && before.is_some_and(|before| start <= before) {
                return Err(problem(NOT_LATER));
            }
        }
        for subject in wanted {
            make_company(state, subject.nip, &subject.description);
            put_role(world, state, subject, start);
        }
        Ok(())
    })??;
    done()
}

fn is_made_by(row: &Role, wanted: &Wanted) -> bool {
    row.nip == wanted.nip && row.parent == wanted.parent && row.role != EntityRole::CourtBailiff
}

fn wanted(call: &Call) -> Result<Vec<Wanted>, Refusal> {
    let (own, below) = match call.text("/subjectType") {
        "VatGroup" => (EntityRole::VatGroupUnit, Some(EntityRole::VatGroupSubUnit)),
        "JST" => (EntityRole::LocalGovernmentUnit, Some(EntityRole::LocalGovernmentSubUnit)),
        _ => (EntityRole::EnforcementAuthority, None),
    };
    let parent = nip(call.text("/subjectNip"), "subjectNip")?;
    let description = call.text("/description").to_owned();
    let mut all = vec![Wanted { nip: parent, role: own, parent: None, description }];
    let units = call.json.get("subunits").and_then(Value::as_array).into_iter().flatten();
    for unit in units {
        let role = below.ok_or_else(|| problem("Pole 'subunits' dotyczy grupy VAT i JST."))?;
        let text = |field: &str| unit[field].as_str().unwrap_or_default();
        let nip = nip(text("subjectNip"), "subunits.subjectNip")?;
        if all.iter().any(|known| known.nip == nip) {
            return Err(problem("Pole 'subunits': każdy podmiot może wystąpić tylko raz."));
        }
        all.push(Wanted { nip, role, parent: Some(parent), description: text("description").to_owned() });
    }
    Ok(all)
}

fn make_company(state: &mut State, nip: Nip, name: &str) {
    if state.companies.get(nip.as_str()).is_none() {
        let company = Company { nip, name: name.to_owned(), blocked: false, max_invoices: 10_000 };
        state.companies.put(nip.as_str(), company);
    }
}

fn put_role(world: &World, state: &mut State, wanted: Wanted, start: DateTime<Utc>) {
    let Wanted { nip, role, parent, description } = wanted;
    let id = world.chance.uuid();
    state.roles.put(id.clone(), Role { id, nip, role, parent, description, start, active: true });
}

/// `POST /testdata/subject/remove`: with the units below it.
pub(in crate::api) fn remove_subject(world: &World, call: &Call) -> Answer {
    let nip = nip(call.text("/subjectNip"), "subjectNip")?;
    let theirs = |row: &&Role| {
        row.active && row.role != EntityRole::CourtBailiff && (row.nip == nip || row.parent == Some(nip))
    };
    world.change(|state| {
        let ids: Vec<String> = state.roles.rows().filter(theirs).map(|row| row.id.clone()).collect();
        if ids.is_empty() {
            return Err(problem(format!("Podmiot {nip} nie istnieje.")));
        }
        end_roles(state, ids);
        Ok(())
    })??;
    done()
}

fn end_roles(state: &mut State, ids: Vec<String>) {
    for id in ids {
        state.roles.change(&id).into_iter().for_each(|row| row.active = false);
    }
}

/// `POST /testdata/person`: the owner of a firm of one person, maybe a bailiff.
pub(in crate::api) fn create_person(world: &World, call: &Call) -> Answer {
    let nip = nip(call.text("/nip"), "nip")?;
    let pesel: Pesel =
        call.text("/pesel").parse().map_err(|_| problem("Pole 'pesel' ma nieprawidłową wartość."))?;
    let start = created(world, call);
    let stated = call.optional_text("/createdDate").is_some();
    let description = call.text("/description").to_owned();
    let flag = |field: &str| call.json.get(field) == Some(&Value::Bool(true));
    world.change(|state| {
        let known = state.people.get(pesel.as_str()).cloned();
        let taken = known.as_ref().is_some_and(|person| person.owner_of.is_some())
            || state.people.rows().any(|person| person.owner_of == Some(nip));
        if taken {
            return Err(exists());
        }
        let before = known.as_ref().and_then(|person| person.created);
        if stated && before.is_some_and(|before| start <= before) {
            return Err(problem(NOT_LATER));
        }
        let name = |of: fn(&Person) -> &str, otherwise: &str| {
            known.as_ref().map_or_else(|| otherwise.to_owned(), |person| of(person).to_owned())
        };
        let person = Person {
            id: PersonId::Pesel(pesel),
            given_name: name(|person| &person.given_name, "Osoba"),
            surname: name(|person| &person.surname, "Testowa"),
            owner_of: Some(nip),
            deceased: flag("isDeceased"),
            created: Some(start),
        };
        state.people.put(pesel.as_str(), person);
        make_company(state, nip, &description);
        if flag("isBailiff") {
            let role = EntityRole::CourtBailiff;
            put_role(world, state, Wanted { nip, role, parent: None, description }, start);
        }
        Ok(())
    })??;
    done()
}

/// `POST /testdata/person/remove`: with all permissions that the person had.
pub(in crate::api) fn remove_person(world: &World, call: &Call) -> Answer {
    let nip = nip(call.text("/nip"), "nip")?;
    world.change(|state| {
        let owner = state.people.rows().find(|person| person.owner_of == Some(nip)).cloned();
        let Some(owner) = owner else {
            return Err(problem(format!("Osoba o numerze NIP {nip} nie istnieje.")));
        };
        let subject = owner.id.subject();
        let given = state.grants.rows().filter(|grant| grant.to == subject);
        let given: Vec<String> = given.map(|grant| grant.id.clone()).collect();
        for id in given {
            state.grants.change(&id).into_iter().for_each(|grant| grant.active = false);
        }
        let bailiff = |row: &&Role| row.active && row.nip == nip && row.role == EntityRole::CourtBailiff;
        let ids: Vec<String> = state.roles.rows().filter(bailiff).map(|row| row.id.clone()).collect();
        end_roles(state, ids);
        state.people.put(subject.value, Person { owner_of: None, deceased: false, ..owner });
        Ok(())
    })??;
    done()
}
