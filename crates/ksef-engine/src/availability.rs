use std::sync::Arc;

use ksef_api::{ClientConfig, Latarnia, RateBudget, RateLimits, RepeatPolicy, Timeouts};
use ksef_types::Environment;

use crate::Engine;

/// Whether KSeF can be used now, as Latarnia says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Availability {
    /// It works.
    Available,
    /// Announced maintenance, failure or total failure.
    Announced {
        /// `MAINTENANCE`, `FAILURE`, `TOTAL_FAILURE`, or a word that came since.
        status: String,
        /// The ministry's words.
        messages: Vec<String>,
    },
    /// The environment has no Latarnia.
    NotPublished,
}

impl Engine {
    /// Asks Latarnia.
    ///
    /// # Errors
    /// When it does not answer; that says nothing about KSeF itself.
    pub async fn availability(&self, environment: Environment) -> Result<Availability, ksef_api::ApiError> {
        let parts = &self.shared.parts;
        let Some(address) = parts.addresses.latarnia(environment) else {
            return Ok(Availability::NotPublished);
        };
        let clock = Arc::clone(&parts.clock);
        let budget = Arc::new(RateBudget::new(RateLimits::published(), Arc::clone(&clock)));
        let mut config = ClientConfig::new(address, budget, clock);
        // A screen waits for this answer: better none than a late one.
        config.timeouts = Timeouts {
            connect: std::time::Duration::from_secs(3),
            request: std::time::Duration::from_secs(5),
            ..config.timeouts
        };
        config.repeats = RepeatPolicy { times: 0, ..config.repeats };
        let status = Latarnia::new(config)?.status().await?.into_value();
        Ok(match status.status {
            ksef_api::Availability::Available => Availability::Available,
            announced => Availability::Announced {
                status: announced.as_str().to_owned(),
                messages: status.messages.into_iter().map(|message| message.text).collect(),
            },
        })
    }
}
