//! The National Bank's exchange rates as its Web API answers: table A only, JSON only.
//!
//! Source: the manual at api.nbp.pl. Tables B and C, gold and XML are not simulated.

use axum::http::StatusCode;
use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Europe::Warsaw;
use ksef_types::working_day_before;

use super::{field, rates};
use crate::api::Reply;
use crate::world::World;

/// A question covers at most so many days.
const LONGEST: i64 = 93;
/// From this time in Poland the day's table is there.
const PUBLISHED: NaiveTime = NaiveTime::from_hms_opt(12, 15, 0).unwrap();

/// Why there is no answer, as the service words it.
enum Refused {
    NotFound,
    Bad(&'static str),
}

/// The days whose tables are wanted, by day.
type Wanted = Vec<NaiveDate>;

pub(super) fn answer(world: &World, path: &str, query: &str) -> Reply {
    let segments: Vec<&str> =
        path.trim_matches('/').split('/').skip(1).filter(|segment| !segment.is_empty()).collect();
    if field(query, "format").is_some_and(|format| !format.eq_ignore_ascii_case("json")) {
        return refused(&Refused::Bad("Symulator zna tylko format JSON / The simulator knows JSON only"));
    }
    let answer = match segments[..] {
        ["exchangerates", "rates", table, code, ref range @ ..] if is_a(table) => one(world, code, range),
        ["exchangerates", "tables", table, ref range @ ..] if is_a(table) => tables(world, range),
        _ => Err(Refused::NotFound),
    };
    answer.map_or_else(|error| refused(&error), |json| Reply::text(StatusCode::OK, JSON, json))
}

pub(super) fn too_many() -> Reply {
    Reply::text(StatusCode::TOO_MANY_REQUESTS, TEXT, "429 TooManyRequests".to_owned())
}

const JSON: &str = "application/json; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

fn refused(error: &Refused) -> Reply {
    match error {
        Refused::NotFound => {
            Reply::text(StatusCode::NOT_FOUND, TEXT, "404 NotFound - Not Found - Brak danych".to_owned())
        }
        Refused::Bad(why) => Reply::text(StatusCode::BAD_REQUEST, TEXT, format!("400 BadRequest - {why}")),
    }
}

fn is_a(table: &str) -> bool {
    table.eq_ignore_ascii_case("a")
}

fn one(world: &World, code: &str, range: &[&str]) -> Result<String, Refused> {
    let days = wanted(world, range)?;
    let found: Vec<_> =
        days.into_iter().filter_map(|day| rates::find(code, day).map(|currency| (currency, day))).collect();
    let (currency, _) = *found.last().ok_or(Refused::NotFound)?;
    let rows = found.iter().map(|(currency, day)| {
        let (number, rate) = (rates::number(*day), currency.rate(*day));
        format!(r#"{{"no":"{number}","effectiveDate":"{day}","mid":{rate}}}"#)
    });
    let rows = rows.collect::<Vec<_>>().join(",");
    let (name, code) = (currency.name, currency.code);
    Ok(format!(r#"{{"table":"A","currency":"{name}","code":"{code}","rates":[{rows}]}}"#))
}

fn tables(world: &World, range: &[&str]) -> Result<String, Refused> {
    let days = wanted(world, range)?;
    if days.is_empty() {
        return Err(Refused::NotFound);
    }
    let tables = days.into_iter().map(|day| {
        let rows = rates::currencies(day).map(|currency| {
            let (name, code, rate) = (currency.name, currency.code, currency.rate(day));
            format!(r#"{{"currency":"{name}","code":"{code}","mid":{rate}}}"#)
        });
        let (number, rows) = (rates::number(day), rows.collect::<Vec<_>>().join(","));
        format!(r#"{{"table":"A","no":"{number}","effectiveDate":"{day}","rates":[{rows}]}}"#)
    });
    Ok(format!("[{}]", tables.collect::<Vec<_>>().join(",")))
}

fn wanted(world: &World, range: &[&str]) -> Result<Wanted, Refused> {
    let (today, newest) = newest(world);
    match range {
        [] => Ok(newest.into_iter().collect()),
        ["today"] => Ok(newest.into_iter().filter(|day| *day == today).collect()),
        ["last", count] => {
            let count = count.parse::<usize>().ok().filter(|count| (1..=255).contains(count));
            let count = count.ok_or(Refused::Bad("Błędna liczba notowań / Invalid number of quotations"))?;
            let back = std::iter::successors(newest, |day| working_day_before(*day));
            let mut days: Wanted = back.take_while(|day| rates::has_table(*day)).take(count).collect();
            days.reverse();
            Ok(days)
        }
        [one] => between(read(one)?, read(one)?, newest),
        [first, last] => {
            let (first, last) = (read(first)?, read(last)?);
            if first > last || last > today {
                return Err(Refused::Bad("Błędny zakres dat / Invalid date range"));
            }
            if (last - first).num_days() >= LONGEST {
                return Err(Refused::Bad("Przekroczony limit 93 dni / Limit of 93 days has been exceeded"));
            }
            between(first, last, newest)
        }
        _ => Err(Refused::NotFound),
    }
}

fn between(first: NaiveDate, last: NaiveDate, newest: Option<NaiveDate>) -> Result<Wanted, Refused> {
    let days = first.iter_days().take_while(|day| *day <= last);
    Ok(days.filter(|day| rates::has_table(*day) && newest.is_some_and(|newest| *day <= newest)).collect())
}

/// Today in Poland, and the day of the newest table that is out.
fn newest(world: &World) -> (NaiveDate, Option<NaiveDate>) {
    let now = world.now().with_timezone(&Warsaw);
    let today = now.date_naive();
    let out = rates::has_table(today) && now.time() >= PUBLISHED;
    (today, if out { Some(today) } else { working_day_before(today).filter(|day| rates::has_table(*day)) })
}

fn read(text: &str) -> Result<NaiveDate, Refused> {
    let day = text.parse::<NaiveDate>().ok().filter(|_| text.len() == 10);
    let day = day.ok_or(Refused::NotFound)?;
    if day + Days::new(1) <= rates::FIRST {
        return Err(Refused::Bad("Błędny zakres dat / Invalid date range"));
    }
    Ok(day)
}
