//! The white list of VAT payers as it answers.
//!
//! Source: OpenAPI "API Rejestr WL" 1.6.0 and its table of errors. By REGON it cannot be asked here.

use axum::http::StatusCode;
use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Europe::Warsaw;
use ksef_types::{InvalidNip, Nip};
use serde_json::{Value, json};

use super::{PublicService, field, payers};
use crate::RateLimits;
use crate::api::Reply;
use crate::world::World;

/// The most numbers of one question.
const MOST: usize = 30;
/// So many years back, from the first day of the year.
const YEARS: i32 = 5;

/// A code with its words.
type Refused = (&'static str, &'static str);

const DATE_EMPTY: Refused = ("WL-101", "Pole 'data' nie może być puste.");
const DATE_FORMAT: Refused = ("WL-102", "Pole 'data' ma nieprawidłowy format.");
const DATE_FUTURE: Refused = ("WL-103", "Data nie może być datą przyszłą.");
const ACCOUNT_LENGTH: Refused =
    ("WL-109", "Pole 'numer konta' ma nieprawidłową długość. Wymagane 26 znaków.");
const ACCOUNT_CHARACTERS: Refused =
    ("WL-110", "Pole 'numer konta' zawiera niedozwolone znaki. Wymagane tylko cyfry.");
const ACCOUNT_WRONG: Refused = ("WL-111", "Nieprawidłowy numer konta bankowego.");
const NIP_LENGTH: Refused = ("WL-113", "Pole 'NIP' ma nieprawidłową długość. Wymagane 10 znaków.");
const NIP_CHARACTERS: Refused = ("WL-114", "Pole 'NIP' zawiera niedozwolone znaki. Wymagane tylko cyfry.");
const NIP_WRONG: Refused = ("WL-115", "Nieprawidłowy NIP.");
const DATE_TOO_OLD: Refused = ("WL-118", "Data sprzed zakresu rejestru.");
const TOO_MANY: Refused = ("WL-130", "Przekroczono maksymalną liczbę argumentów zapytania.");

pub(super) fn answer(world: &World, service: PublicService, path: &str, query: &str) -> Reply {
    if !admitted(world, service) {
        return limit_reached();
    }
    let segments: Vec<&str> = path.split('/').skip(2).collect();
    let on = || day(world, field(query, "date"));
    let result = match segments[..] {
        ["search", "nip", nip] => on().and_then(|on| Ok(one(world, read_nip(nip)?, on))),
        ["search", "nips", list] => on().and_then(|on| several(world, list, on)),
        ["search", "bank-account", account] => on()
            .and_then(|on| Ok(json!({ "subjects": payers::by_account(world, on, read_account(account)?) }))),
        ["check", "nip", nip, "bank-account", account] => on().and_then(|on| {
            let belongs = payers::has_account(world, read_nip(nip)?, on, read_account(account)?);
            Ok(json!({ "accountAssigned": if belongs { "TAK" } else { "NIE" } }))
        }),
        _ => return Reply::empty(StatusCode::NOT_FOUND),
    };
    match result {
        Ok(mut result) => {
            stamp(world, &mut result);
            Reply::ok(json!({ "result": result }))
        }
        Err((code, message)) => refused(code, message),
    }
}

pub(super) fn refused(code: &str, message: &str) -> Reply {
    let status = if code == "WL-100" { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::BAD_REQUEST };
    Reply::json(status, json!({ "code": code, "message": message }))
}

pub(super) fn limit_reached() -> Reply {
    let message = "Limit żądań dla tego adresu IP został na dziś wyczerpany.";
    Reply::json(StatusCode::TOO_MANY_REQUESTS, json!({ "code": "WL-191", "message": message }))
}

/// 100 searches and 5000 checks a day in Poland.
fn admitted(world: &World, service: PublicService) -> bool {
    let published: u32 = if service == PublicService::WhiteListCheck { 5_000 } else { 100 };
    let limit = match world.rate_limits {
        RateLimits::Published => published,
        RateLimits::Multiplied(factor) => published.saturating_mul(factor),
        RateLimits::Off => u32::MAX,
    };
    let today = world.today();
    let mut services = world.services();
    let used = services.used.entry((service, today)).or_default();
    let admitted = *used < limit;
    *used = used.saturating_add(1);
    admitted
}

fn one(world: &World, nip: Nip, on: NaiveDate) -> Value {
    json!({ "subject": payers::subject(world, nip, on) })
}

fn several(world: &World, list: &str, on: NaiveDate) -> Result<Value, Refused> {
    let nips: Vec<&str> = list.split(',').collect();
    if nips.len() > MOST {
        return Err(TOO_MANY);
    }
    let entries = nips.into_iter().map(|nip| match read_nip(nip) {
        Ok(found) => {
            let subjects: Vec<Value> = payers::subject(world, found, on).into_iter().collect();
            json!({ "identifier": nip, "subjects": subjects })
        }
        Err((code, message)) => {
            json!({ "identifier": nip, "error": { "code": code, "message": message } })
        }
    });
    Ok(json!({ "entries": entries.collect::<Vec<_>>() }))
}

fn read_nip(text: &str) -> Result<Nip, Refused> {
    if text.chars().count() != 10 {
        return Err(NIP_LENGTH);
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NIP_CHARACTERS);
    }
    text.parse().map_err(|_: InvalidNip| NIP_WRONG)
}

fn read_account(text: &str) -> Result<&str, Refused> {
    if text.chars().count() != 26 {
        return Err(ACCOUNT_LENGTH);
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ACCOUNT_CHARACTERS);
    }
    let rearranged = format!("{}2521{}", &text[2..], &text[..2]);
    let remainder = rearranged.bytes().fold(0, |sum, digit| (sum * 10 + u32::from(digit - b'0')) % 97);
    if remainder == 1 { Ok(text) } else { Err(ACCOUNT_WRONG) }
}

fn day(world: &World, text: Option<&str>) -> Result<NaiveDate, Refused> {
    let text = text.filter(|text| !text.is_empty()).ok_or(DATE_EMPTY)?;
    if text.len() != 10 {
        return Err(DATE_FORMAT);
    }
    let day: NaiveDate = text.parse().map_err(|_| DATE_FORMAT)?;
    if day > world.today() {
        Err(DATE_FUTURE)
    } else if day.year() < world.today().year() - YEARS {
        Err(DATE_TOO_OLD)
    } else {
        Ok(day)
    }
}

/// The proof that the question was asked: `NBV1t-988hm69`, and the time in Poland.
fn stamp(world: &World, result: &mut Value) {
    const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let letters =
        world.chance.bytes::<12>().map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
    let (first, second): (String, String) = (letters[..5].iter().collect(), letters[5..].iter().collect());
    result["requestId"] = json!(format!("{first}-{second}"));
    let now = world.now().with_timezone(&Warsaw);
    result["requestDateTime"] = json!(now.format("%d-%m-%Y %H:%M:%S").to_string());
}
