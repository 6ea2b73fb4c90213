//! The message catalogue: every sentence that a problem says, in every language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate};
use chrono_tz::Europe::Warsaw;
use ksef_types::Nip;
use serde::Deserialize;

use crate::Problem;
use crate::views::Language;

/// The three sentences of a problem.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Sentences {
    /// What happened.
    pub what: String,
    /// Why.
    pub why: String,
    /// What to do now.
    #[serde(rename = "do")]
    pub next: String,
}

type Problems = BTreeMap<String, Sentences>;
type Texts = BTreeMap<String, String>;

static PROBLEMS_PL: LazyLock<Problems> = LazyLock::new(|| parse(include_str!("../messages/pl.json")));
static PROBLEMS_EN: LazyLock<Problems> = LazyLock::new(|| parse(include_str!("../messages/en.json")));
static TEXTS_PL: LazyLock<Texts> = LazyLock::new(|| parse(include_str!("../messages/texts.pl.json")));
static TEXTS_EN: LazyLock<Texts> = LazyLock::new(|| parse(include_str!("../messages/texts.en.json")));

#[expect(clippy::expect_used, reason = "the catalogues are part of the program; a test reads each of them")]
fn parse<T: for<'a> Deserialize<'a>>(text: &str) -> T {
    serde_json::from_str(text).expect("a catalogue of the program can be read")
}

/// Every code that has sentences.
pub fn codes(language: Language) -> impl Iterator<Item = &'static str> {
    problems(language).keys().map(String::as_str)
}

/// The sentences of a problem with its values filled in. A code without sentences says so and shows itself.
#[must_use]
pub fn sentences(problem: &Problem, language: Language) -> Sentences {
    let fallback = || Sentences { what: problem.code.clone(), why: String::new(), next: String::new() };
    let found = problems(language).get(&problem.code).cloned().unwrap_or_else(fallback);
    let fill = |text: String| {
        problem.values.iter().fold(text, |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), &shown(name, value, language))
        })
    };
    Sentences { what: fill(found.what), why: fill(found.why), next: fill(found.next) }
}

/// A value as people read it; its name says what it is.
fn shown(name: &str, value: &str, language: Language) -> String {
    match name {
        "date" | "until" | "since" | "from" | "today" => moment(value),
        "nip" | "company" => value.parse().map_or_else(|_| value.to_owned(), |nip: Nip| nip.formatted()),
        "tried" | "belongs" => text(&format!("environment.{value}"), language),
        _ => value.to_owned(),
    }
}

/// `21.11.2026` for a day, `21.11.2026 14:05` in Poland for a moment.
fn moment(value: &str) -> String {
    if let Ok(at) = DateTime::parse_from_rfc3339(value) {
        return at.with_timezone(&Warsaw).format("%d.%m.%Y %H:%M").to_string();
    }
    value.parse::<NaiveDate>().map_or_else(|_| value.to_owned(), |day| day.format("%d.%m.%Y").to_string())
}

/// A short text of the terminal or of a dialog; a key without text shows itself.
#[must_use]
pub fn text(key: &str, language: Language) -> String {
    let texts: &Texts = match language {
        Language::Pl => &TEXTS_PL,
        Language::En => &TEXTS_EN,
    };
    texts.get(key).cloned().unwrap_or_else(|| key.to_owned())
}

fn problems(language: Language) -> &'static Problems {
    match language {
        Language::Pl => &PROBLEMS_PL,
        Language::En => &PROBLEMS_EN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NextStep;

    #[test]
    fn both_languages_have_the_same_codes_and_texts() {
        assert!(codes(Language::Pl).eq(codes(Language::En)));
        assert!(TEXTS_PL.keys().eq(TEXTS_EN.keys()));
    }

    #[test]
    fn every_problem_says_what_why_and_what_to_do() {
        for language in [Language::Pl, Language::En] {
            for (code, sentences) in problems(language) {
                let texts = [&sentences.what, &sentences.why, &sentences.next];
                assert!(texts.iter().all(|text| text.len() > 5), "{code} in {language:?} lacks a sentence");
            }
        }
    }

    #[test]
    fn values_are_filled_in() {
        let problem = Problem::new("nip.length", NextStep::CorrectField).with("count", "9");
        assert!(!sentences(&problem, Language::Pl).what.contains('{'));
    }
}
