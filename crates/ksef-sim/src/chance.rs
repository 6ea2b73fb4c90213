use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::NaiveDate;
use ksef_crypto::OsRandomness;
use ksef_types::{Randomness, ReferenceNumber};

use crate::Delays;

/// Where the simulator's numbers and delays come from: the system, or a seed that repeats a run.
///
/// Never the source of keys: those are always the system's.
#[derive(Debug)]
pub struct SimRandomness(Source);

#[derive(Debug)]
enum Source {
    System,
    Seeded(Mutex<u64>),
}

impl SimRandomness {
    /// From a seed, or from the system where there is none.
    #[must_use]
    pub fn new(seed: Option<u64>) -> Self {
        Self(seed.map_or(Source::System, |seed| Source::Seeded(Mutex::new(seed))))
    }

    /// Random bytes.
    #[must_use]
    pub fn bytes<const LENGTH: usize>(&self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        self.fill(&mut bytes);
        bytes
    }

    pub(crate) fn delay(&self, between: Delays) -> Duration {
        let span = between.longest.saturating_sub(between.shortest).as_micros();
        let span = u64::try_from(span).unwrap_or(u64::MAX).saturating_add(1);
        between.shortest + Duration::from_micros(u64::from_le_bytes(self.bytes()) % span)
    }

    pub(crate) fn reference(&self, day: NaiveDate, kind: [char; 2]) -> ReferenceNumber {
        ReferenceNumber::compose(day, kind, self.bytes())
    }

    /// A version 4 UUID, such as identifies a grant or an incident.
    pub(crate) fn uuid(&self) -> String {
        let mut bytes: [u8; 16] = self.bytes();
        bytes[6] = (bytes[6] & 0x0F) | 0x40;
        bytes[8] = (bytes[8] & 0x3F) | 0x80;
        let hex = hex::encode(bytes);
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }
}

impl Randomness for SimRandomness {
    fn fill(&self, buffer: &mut [u8]) {
        match &self.0 {
            Source::System => OsRandomness.fill(buffer),
            Source::Seeded(state) => {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                for chunk in buffer.chunks_mut(8) {
                    chunk.copy_from_slice(&next(&mut state).to_le_bytes()[..chunk.len()]);
                }
            }
        }
    }
}

/// splitmix64.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
