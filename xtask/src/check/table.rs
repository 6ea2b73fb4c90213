//! The table of allowed arrows, read from the block ```` ```arrows ```` of ARCHITECTURE.md.
//!
//! Its lines:
//! - `a, b → c, d`: the packages on the left may use those on the right, in the program and in tests;
//! - `tests of a → c`: a may use c in its tests only; `tests of everything → c` holds for every package;
//! - `x only in a, tests of b`: the foreign package x may stand in a's manifest, and among what b's tests use.
//!   `x*` means every package whose name begins with x.

use std::collections::{BTreeMap, BTreeSet};

const EVERYTHING: &str = "everything";

/// What may use what.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// Packages that a package may use anywhere.
    arrows: BTreeMap<String, BTreeSet<String>>,
    /// Packages that a package's tests may use besides.
    test_arrows: BTreeMap<String, BTreeSet<String>>,
    /// Foreign packages that are kept to a few places.
    pub(crate) exclusives: Vec<Exclusive>,
}

/// A foreign package that only some packages may name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Exclusive {
    /// A name, or the beginning of names when it ends with `*`.
    pub(crate) pattern: String,
    pub(crate) places: BTreeSet<String>,
    /// Packages whose tests may use it.
    pub(crate) test_places: BTreeSet<String>,
}

impl Table {
    /// Reads the first block marked `arrows`; the error is a sentence for people.
    pub(crate) fn from_markdown(text: &str) -> Result<Self, String> {
        let mut lines = text.lines().skip_while(|line| line.trim_end() != "```arrows").skip(1).peekable();
        if lines.peek().is_none() {
            return Err("there is no block ```arrows".to_owned());
        }
        let mut table = Self::default();
        for line in lines.take_while(|line| !line.starts_with("```")).map(str::trim) {
            if !line.is_empty() {
                table.add(line)?;
            }
        }
        Ok(table)
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        if let Some((from, to)) = line.split_once('→') {
            let used: BTreeSet<String> = names(to).filter(|name| name != "nothing").collect();
            let (arrows, users) = match from.trim().strip_prefix("tests of ") {
                Some(users) => (&mut self.test_arrows, users),
                None => (&mut self.arrows, from),
            };
            for user in names(users) {
                arrows.entry(user).or_default().extend(used.iter().cloned());
            }
            return Ok(());
        }
        let Some((pattern, places)) = line.split_once(" only in ") else {
            return Err(format!("not understood: {line}"));
        };
        let (tests, code): (Vec<String>, Vec<String>) =
            names(places).partition(|place| place.starts_with("tests of "));
        let test_places =
            tests.iter().filter_map(|place| place.strip_prefix("tests of ")).map(str::to_owned).collect();
        self.exclusives.extend(names(pattern).map(|pattern| Exclusive {
            pattern,
            places: code.iter().cloned().collect(),
            test_places: BTreeSet::clone(&test_places),
        }));
        Ok(())
    }

    /// Whether the table speaks of this package as a user of others.
    pub(crate) fn knows(&self, package: &str) -> bool {
        self.arrows.contains_key(package)
    }

    /// Whether `user` may use `used`.
    pub(crate) fn allows(&self, user: &str, used: &str, for_tests: bool) -> bool {
        let stands_in = |arrows: &BTreeMap<String, BTreeSet<String>>, user: &str| {
            arrows.get(user).is_some_and(|targets| targets.contains(used))
        };
        stands_in(&self.arrows, user)
            || for_tests && (stands_in(&self.test_arrows, user) || stands_in(&self.test_arrows, EVERYTHING))
    }

    /// Every package that the table names.
    pub(crate) fn named_packages(&self) -> BTreeSet<&str> {
        let arrows = self.arrows.iter().chain(&self.test_arrows);
        let ends = arrows.flat_map(|(user, used)| std::iter::once(user).chain(used));
        let places = self
            .exclusives
            .iter()
            .flat_map(|exclusive| exclusive.places.iter().chain(&exclusive.test_places));
        ends.chain(places).map(String::as_str).filter(|name| *name != EVERYTHING).collect()
    }
}

impl Exclusive {
    pub(crate) fn means(&self, foreign: &str) -> bool {
        match self.pattern.strip_suffix('*') {
            Some(start) => foreign.starts_with(start),
            None => foreign == self.pattern,
        }
    }

    pub(crate) fn allows(&self, user: &str, for_tests: bool) -> bool {
        self.places.contains(user) || for_tests && self.test_places.contains(user)
    }
}

fn names(list: &str) -> impl Iterator<Item = String> + '_ {
    list.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# A\n\n```\nx → y\n```\n\n```arrows\nshell, cli → commands\ncommands → engine\n\
        engine → nothing\ntests of engine → sim\ntests of everything → testkit\n\n\
        keyring, keyring-core only in vault\nopenssl only in crypto, tests of sim\ntauri* only in shell\n```\nrest\n";

    fn table() -> Table {
        Table::from_markdown(TEXT).unwrap()
    }

    #[test]
    fn arrows_point_one_way() {
        assert!(table().allows("cli", "commands", false));
        assert!(!table().allows("commands", "cli", false));
        assert!(!table().allows("engine", "nothing", false));
        assert!(table().knows("engine") && !table().knows("x"));
    }

    #[test]
    fn tests_may_use_more() {
        assert!(table().allows("engine", "sim", true));
        assert!(!table().allows("engine", "sim", false));
        assert!(table().allows("cli", "testkit", true));
        assert!(!table().allows("cli", "testkit", false));
        assert!(table().allows("cli", "commands", true));
    }

    #[test]
    fn exclusive_packages_are_read_with_their_places() {
        let table = table();
        let find = |name: &str| table.exclusives.iter().find(|exclusive| exclusive.means(name)).unwrap();
        assert!(find("keyring-core").allows("vault", false));
        assert!(find("tauri-build").allows("shell", false));
        assert!(find("openssl").allows("sim", true) && !find("openssl").allows("sim", false));
        assert!(!table.exclusives.iter().any(|exclusive| exclusive.means("keyring-more")));
    }

    #[test]
    fn a_line_that_says_nothing_is_refused() {
        assert!(Table::from_markdown("```arrows\na uses b\n```\n").unwrap_err().contains("a uses b"));
        assert!(Table::from_markdown("no table").is_err());
    }

    #[test]
    fn every_named_package_is_listed() {
        let expected = ["cli", "commands", "crypto", "engine", "shell", "sim", "testkit", "vault"];
        assert!(table().named_packages().into_iter().eq(expected));
    }
}
