//! The command line, read by hand so that this program compiles in seconds.

use crate::failure::Failure;

/// What follows `cargo xtask`, taken piece by piece; [`Arguments::finish`] refuses what nobody took.
pub(crate) struct Arguments {
    words: Vec<String>,
    /// What follows a lone `--`: handed on to another program untouched.
    handed_on: Vec<String>,
}

impl Arguments {
    pub(crate) fn from_command_line() -> Self {
        Self::new(std::env::args().skip(1))
    }

    pub(crate) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut words: Vec<String> = words.into_iter().collect();
        let handed_on = match words.iter().position(|word| word == "--") {
            Some(at) => words.split_off(at).split_off(1),
            None => Vec::new(),
        };
        Self { words, handed_on }
    }

    /// The first word that is not an option.
    pub(crate) fn next_word(&mut self) -> Option<String> {
        let at = self.words.first().filter(|word| !word.starts_with('-')).map(|_| 0)?;
        Some(self.words.remove(at))
    }

    pub(crate) fn wants_help(&self) -> bool {
        self.words.iter().any(|word| word == "--help" || word == "-h")
    }

    /// Whether `name` stands there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| word != name);
        self.words.len() < before
    }

    /// Every value of `name VALUE` and `name=VALUE`, in order.
    pub(crate) fn values(&mut self, name: &str) -> Result<Vec<String>, Failure> {
        let mut values = Vec::new();
        let mut rest = Vec::new();
        let mut words = std::mem::take(&mut self.words).into_iter();
        while let Some(word) = words.next() {
            if word == name {
                let value = words.next().ok_or_else(|| Failure::Usage(format!("{name} wants a value")))?;
                values.push(value);
            } else if let Some(value) = word.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')) {
                values.push(value.to_owned());
            } else {
                rest.push(word);
            }
        }
        self.words = rest;
        Ok(values)
    }

    /// What follows `--`.
    pub(crate) fn take_handed_on(&mut self) -> Vec<String> {
        std::mem::take(&mut self.handed_on)
    }

    /// Refuses whatever was not understood.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self.words.into_iter().chain(self.handed_on).next() {
            Some(word) => Err(Failure::Usage(format!("\"{word}\" is not understood here; see --help"))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(line: &str) -> Arguments {
        Arguments::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn values_are_taken_in_both_spellings_and_in_order() {
        let mut given = arguments("--only rust --release --only=ui");
        assert_eq!(given.values("--only").unwrap(), ["rust", "ui"]);
        assert!(given.flag("--release"));
        assert!(!given.flag("--release"));
        given.finish().unwrap();
    }

    #[test]
    fn a_missing_value_is_refused() {
        assert!(matches!(arguments("--only").values("--only"), Err(Failure::Usage(_))));
    }

    #[test]
    fn what_nobody_took_is_refused() {
        assert!(matches!(arguments("--onyl rust").finish(), Err(Failure::Usage(_))));
        assert!(matches!(arguments("-- rust").finish(), Err(Failure::Usage(_))));
    }

    #[test]
    fn words_after_the_double_dash_are_handed_on_untouched() {
        let mut given = arguments("run --release -- --help x");
        assert_eq!(given.next_word().as_deref(), Some("run"));
        assert!(!given.wants_help());
        assert_eq!(given.take_handed_on(), ["--help", "x"]);
    }

    #[test]
    fn an_option_is_not_a_word() {
        assert_eq!(arguments("--help").next_word(), None);
    }
}
