//! What all parts came to.

use std::time::Duration;

use super::part::Outcome;

#[derive(Default)]
pub(crate) struct Summary {
    passed: usize,
    failed: Vec<&'static str>,
    skipped: usize,
}

impl Summary {
    pub(crate) fn add(&mut self, name: &'static str, outcome: &Outcome) {
        match outcome {
            Outcome::Passed { .. } => self.passed += 1,
            Outcome::Failed { .. } => self.failed.push(name),
            Outcome::Skipped { .. } => self.skipped += 1,
        }
    }

    pub(crate) fn has_failures(&self) -> bool {
        !self.failed.is_empty()
    }

    /// The counts, on a line of their own.
    fn line(&self) -> String {
        format!("{} passed, {} failed, {} skipped", self.passed, self.failed.len(), self.skipped)
    }

    pub(crate) fn print(&self, took: Duration) {
        println!("\nall parts took {}", duration_in_words(took));
        if self.has_failures() {
            println!("failed: {}", self.failed.join(", "));
        }
        println!("{}", self.line());
    }
}

/// "0.4 s", "17 s", "3 min 5 s".
pub(crate) fn duration_in_words(duration: Duration) -> String {
    match duration.as_secs() {
        0..10 => format!("{}.{} s", duration.as_secs(), duration.subsec_millis() / 100),
        seconds @ 10..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_outcome_is_counted_once() {
        let mut summary = Summary::default();
        summary.add("format", &Outcome::Passed { closing: Vec::new() });
        summary.add("e2e", &Outcome::Skipped { why: String::new() });
        assert!(!summary.has_failures());
        summary.add("rust", &Outcome::Failed { output: String::new() });
        summary.add("ui", &Outcome::Passed { closing: Vec::new() });
        assert!(summary.has_failures());
        assert_eq!(summary.line(), "2 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn durations_read_well() {
        assert_eq!(duration_in_words(Duration::from_millis(430)), "0.4 s");
        assert_eq!(duration_in_words(Duration::from_millis(17_900)), "17 s");
        assert_eq!(duration_in_words(Duration::from_secs(185)), "3 min 5 s");
    }
}
