use ksef_engine::LookupFailure;

use super::{engine, moment, nip};
use crate::{NextStep, Problem};

/// Why something was not looked up; a person fills it in instead.
pub(crate) fn lookup(failure: &LookupFailure) -> Problem {
    match failure {
        LookupFailure::BadNip(found) => nip(*found),
        LookupFailure::BadCurrency(_) => Problem::new("lookup.badCurrency", NextStep::CorrectField),
        LookupFailure::NotFound => Problem::new("lookup.notFound", NextStep::CorrectField),
        LookupFailure::LimitReached { until } => {
            Problem::new("lookup.limit", NextStep::CorrectField).with("until", moment(*until))
        }
        LookupFailure::Offline(error) => {
            Problem::new("lookup.offline", NextStep::CheckNetwork).technical(error.to_string())
        }
        LookupFailure::ServiceDown(error) => {
            Problem::new("lookup.serviceDown", NextStep::Retry).technical(error.to_string())
        }
        LookupFailure::NoService => Problem::new("sandbox.notRunning", NextStep::Retry),
        LookupFailure::Unexpected(error) => {
            Problem::new("lookup.unexpected", NextStep::CorrectField).technical(error.to_string())
        }
        LookupFailure::Engine(found) => engine(found),
    }
}
