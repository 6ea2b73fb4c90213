use std::sync::Arc;
use std::time::Duration;

use ksef_api::{RepeatPolicy, Timeouts, WaitPolicy};

/// The rhythm of the engine. The default is for people's work; tests and benchmarks beat faster.
#[derive(Clone)]
pub struct Tuning {
    /// How long requests may take.
    pub timeouts: Timeouts,
    /// How often harmless requests are repeated at once.
    pub repeats: RepeatPolicy,
    /// How a login is waited for.
    pub login: WaitPolicy,
    /// How an operation on permissions or a new token is waited for before it is shown as under way.
    pub operation: WaitPolicy,
    /// The first pauses between looks at an invoice; the last one is repeated for ever.
    pub looks: Arc<[Duration]>,
    /// From here on an invoice that KSeF is checking counts as waiting for long.
    pub long_wait: Duration,
    /// A run ends, instead of waiting, when the next look is further away.
    pub patience: Duration,
    /// How often an outbox on which another process works is looked at.
    pub watch: Duration,
    /// How a login by a signature made elsewhere is waited for: revocation checks can take minutes.
    pub signing: WaitPolicy,
    /// How often the folder is looked at in which a signed request is expected.
    pub folder_watch: Duration,
    /// How a decision about a certificate is waited for before the work rests.
    pub enrolment: WaitPolicy,
    /// How long a request for a certificate whose answer was lost may take to show up before KSeF counts as not having it.
    pub enrolment_settles: Duration,
    /// Is told between any two steps of a sending.
    pub checkpoints: Arc<dyn Checkpoints>,
}

impl Default for Tuning {
    fn default() -> Self {
        const SECONDS: [u64; 14] = [1, 1, 2, 3, 5, 8, 13, 20, 30, 60, 120, 300, 600, 900];
        let looks =
            [Duration::from_millis(500)].into_iter().chain(SECONDS.map(Duration::from_secs)).collect();
        Self {
            timeouts: Timeouts::default(),
            repeats: RepeatPolicy::default(),
            login: WaitPolicy { deadline: Duration::from_secs(90), ..WaitPolicy::default() },
            operation: WaitPolicy { deadline: Duration::from_secs(30), ..WaitPolicy::default() },
            looks,
            long_wait: Duration::from_secs(120),
            patience: Duration::from_secs(45),
            watch: Duration::from_millis(500),
            signing: WaitPolicy { deadline: Duration::from_secs(45 * 60), ..WaitPolicy::default() },
            folder_watch: Duration::from_secs(1),
            enrolment: WaitPolicy { deadline: Duration::from_secs(10 * 60), ..WaitPolicy::default() },
            enrolment_settles: Duration::from_secs(90),
            checkpoints: Arc::new(NoCheckpoints),
        }
    }
}

impl Tuning {
    /// The pause before the next look after so many looks without news.
    #[must_use]
    pub fn pause(&self, looks: u32) -> Duration {
        let place = usize::try_from(looks).unwrap_or(usize::MAX).min(self.looks.len().saturating_sub(1));
        self.looks.get(place).copied().unwrap_or(Duration::from_secs(60))
    }
}

/// Hears where a sending or a request for a certificate is, so that a test can stop it there.
pub trait Checkpoints: Send + Sync {
    /// The work comes to this place; `place` says which in a few words.
    fn reached(&self, place: &'static str);
}

struct NoCheckpoints;

impl Checkpoints for NoCheckpoints {
    fn reached(&self, _place: &'static str) {}
}
