//! Who is on the simulated white list: samples for each case, and somebody plausible for every other NIP.

use chrono::NaiveDate;
use ksef_types::Nip;
use serde_json::{Value, json};

use super::{Lot, accounts};
use crate::world::World;

/// The list does not know this NIP.
pub(super) const NOBODY: &str = "5555555555";

/// The removed sample was removed on this day.
const REMOVED: NaiveDate = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();

/// One that stands for a case.
struct Sample {
    nip: &'static str,
    name: &'static str,
    address: &'static str,
    case: Case,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Company {
        accounts: usize,
    },
    /// With a place of residence and no place of business; no KRS.
    Person,
    Exempt,
    Removed,
}

/// NIPs with a right check digit that no firm has.
const SAMPLES: [Sample; 7] = [
    Sample {
        nip: "1111111111",
        name: "NABYWCA PRZYKŁADOWY SPÓŁKA AKCYJNA",
        address: "PIASKOWA 1, 00-001 WARSZAWA",
        case: Case::Company { accounts: 2 },
    },
    Sample {
        nip: "9999999999",
        name: "PRZYKŁADOWA FIRMA SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ",
        address: "PIASKOWA 1, 00-001 WARSZAWA",
        case: Case::Company { accounts: 1 },
    },
    Sample {
        nip: "2222222222",
        name: "PRACOWNIA CERAMIKI GLINKA SPÓŁKA JAWNA",
        address: "GARNCARSKA 7 LOK. 2, 31-115 KRAKÓW",
        case: Case::Exempt,
    },
    Sample {
        nip: "3333333333",
        name: "DAWNE ZAKŁADY SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ W LIKWIDACJI",
        address: "FABRYCZNA 40, 90-001 ŁÓDŹ",
        case: Case::Removed,
    },
    Sample {
        nip: "8888888888",
        name: "ŻANETA PRZYKŁADOWA",
        address: "ŹRÓDLANA 3, 80-001 GDAŃSK",
        case: Case::Person,
    },
    Sample {
        nip: "7777777777",
        name: "SIEĆ SKLEPÓW PRZYKŁAD SPÓŁKA AKCYJNA",
        address: "HANDLOWA 100, 60-001 POZNAŃ",
        case: Case::Company { accounts: 20 },
    },
    Sample {
        nip: "6666666666",
        name: "GMINA PRZYKŁADOWO",
        address: "RYNEK 1, 05-999 PRZYKŁADOWO",
        case: Case::Company { accounts: 3 },
    },
];

const FIRST: [&str; 12] = [
    "BALTIC", "DĄB", "ELEKTRO", "GÓRSKI", "HURT", "JANTAR", "KRAK", "MAZOWIA", "NOWA", "POL", "ŚLĄSK",
    "WISŁA",
];
const SECOND: [&str; 10] =
    ["BUD", "FOOD", "INSTAL", "LOGISTYKA", "MEBEL", "PROJEKT", "SERWIS", "SYSTEM", "TRANS", "USŁUGI"];
const FORMS: [&str; 4] =
    ["SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ", "SPÓŁKA AKCYJNA", "SPÓŁKA JAWNA", "SPÓŁKA KOMANDYTOWA"];
const STREETS: [&str; 8] =
    ["DŁUGA", "KOŚCIUSZKI", "LIPOWA", "MICKIEWICZA", "OGRODOWA", "POLNA", "SŁONECZNA", "ŻEROMSKIEGO"];
const TOWNS: [(&str, &str); 8] = [
    ("00", "WARSZAWA"),
    ("30", "KRAKÓW"),
    ("40", "KATOWICE"),
    ("50", "WROCŁAW"),
    ("60", "POZNAŃ"),
    ("70", "SZCZECIN"),
    ("80", "GDAŃSK"),
    ("90", "ŁÓDŹ"),
];

/// The subject with that NIP on that day, as the list writes it.
pub(super) fn subject(world: &World, nip: Nip, on: NaiveDate) -> Option<Value> {
    if let Some(set) = world.services().payers.get(&nip) {
        return set.clone();
    }
    if nip.as_str() == NOBODY {
        return None;
    }
    match SAMPLES.iter().find(|sample| sample.nip == nip.as_str()) {
        Some(sample) => Some(sample.subject(nip, on)),
        None => Some(somebody(nip, company_name(world, nip))),
    }
}

/// Whether the account is among those of that NIP.
pub(super) fn has_account(world: &World, nip: Nip, on: NaiveDate, account: &str) -> bool {
    let subject = subject(world, nip, on).unwrap_or_default();
    subject["accountNumbers"].as_array().is_some_and(|all| all.iter().any(|known| known == account))
}

/// Whose account that is, among the samples and those that the management put in: an account does not tell its owner.
pub(super) fn by_account(world: &World, on: NaiveDate, account: &str) -> Vec<Value> {
    let set: Vec<Nip> = world.services().payers.keys().copied().collect();
    let samples = SAMPLES.iter().filter_map(|sample| sample.nip.parse().ok());
    let mut all: Vec<Nip> = samples.chain(set).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
        .filter(|nip| has_account(world, *nip, on, account))
        .filter_map(|nip| subject(world, nip, on))
        .collect()
}

/// A company that KSeF knows here has its own name on the list.
fn company_name(world: &World, nip: Nip) -> Option<String> {
    let name = world.look(|state| state.companies.get(nip.as_str()).map(|company| company.name.clone()));
    name.ok().flatten().filter(|name| !name.is_empty())
}

impl Sample {
    fn subject(&self, nip: Nip, on: NaiveDate) -> Value {
        let removed = self.case == Case::Removed && on >= REMOVED;
        let accounts = match self.case {
            Case::Company { accounts } => accounts,
            Case::Person => 1,
            Case::Removed if !removed => 1,
            Case::Exempt | Case::Removed => 0,
        };
        let status = match self.case {
            Case::Exempt => "Zwolniony",
            Case::Removed if removed => "Niezarejestrowany",
            _ => "Czynny",
        };
        let mut subject = entity(nip, self.name, status, accounts);
        let address = if self.case == Case::Person { "residenceAddress" } else { "workingAddress" };
        subject[address] = json!(self.address);
        if self.case == Case::Person {
            subject["krs"] = Value::Null;
        }
        if removed {
            subject["removalDate"] = json!(REMOVED);
            subject["removalBasis"] = json!("Ustawa o podatku od towarów i usług Art. 96 ust. 9 pkt 2");
        }
        subject["hasVirtualAccounts"] = json!(accounts == 20);
        subject
    }
}

fn somebody(nip: Nip, name: Option<String>) -> Value {
    let mut lot = Lot::of(nip.as_str());
    let words = (lot.one_of(&FIRST), lot.one_of(&SECOND), lot.one_of(&FORMS));
    let made = format!(
        "{}-{} {}",
        words.0.unwrap_or_default(),
        words.1.unwrap_or_default(),
        words.2.unwrap_or_default()
    );
    let accounts = 1 + usize::try_from(lot.below(3)).unwrap_or_default();
    let mut subject = entity(nip, &name.unwrap_or(made), "Czynny", accounts);
    let (district, town) = lot.one_of(&TOWNS).unwrap_or(("00", "WARSZAWA"));
    let street = lot.one_of(&STREETS).unwrap_or("POLNA");
    subject["workingAddress"] =
        json!(format!("{street} {}, {district}-{:03} {town}", 1 + lot.below(120), 1 + lot.below(900)));
    subject
}

fn entity(nip: Nip, name: &str, status: &str, accounts: usize) -> Value {
    let mut lot = Lot::of(&format!("{nip} numbers"));
    let (regon, krs) = (accounts::regon(&mut lot), accounts::krs(&mut lot));
    let accounts: Vec<String> = (0..accounts).map(|_| accounts::account(&mut lot)).collect();
    let registered =
        NaiveDate::from_ymd_opt(2004, 5, 1).map(|first| first + chrono::Days::new(lot.below(6500)));
    json!({
        "name": name,
        "nip": nip,
        "statusVat": status,
        "regon": regon,
        "pesel": null,
        "krs": krs,
        "residenceAddress": null,
        "workingAddress": null,
        "representatives": [],
        "authorizedClerks": [],
        "partners": [],
        "registrationLegalDate": registered,
        "registrationDenialBasis": null,
        "registrationDenialDate": null,
        "restorationBasis": null,
        "restorationDate": null,
        "removalBasis": null,
        "removalDate": null,
        "accountNumbers": accounts,
        "hasVirtualAccounts": false,
    })
}
