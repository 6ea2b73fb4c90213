//! The packages of the workspace as cargo reads them.

use serde_json::Value;

use crate::failure::Failure;
use crate::process;
use crate::project;

/// All packages of this repository.
pub(crate) struct Workspace {
    pub(crate) packages: Vec<Package>,
}

/// One package of this repository.
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) dependencies: Vec<Dependency>,
    /// The names of the test programs under `tests/`.
    tests: Vec<String>,
}

/// One line of a manifest.
pub(crate) struct Dependency {
    /// The name of the package meant, whatever it is called in the manifest.
    pub(crate) name: String,
    /// Whether only tests, examples and benchmarks can use it.
    pub(crate) for_tests: bool,
}

impl Workspace {
    /// Asks cargo; reads no registry and needs no network.
    pub(crate) fn read() -> Result<Self, Failure> {
        let json = process::read(&mut project::cargo(["metadata", "--no-deps", "--format-version", "1"]))?;
        Self::from_metadata(json.as_bytes())
    }

    fn from_metadata(json: &[u8]) -> Result<Self, Failure> {
        let metadata: Value = serde_json::from_slice(json).map_err(|error| strange(&error.to_string()))?;
        let packages =
            list(&metadata, "packages")?.iter().map(Package::from_json).collect::<Result<_, _>>()?;
        Ok(Self { packages })
    }

    /// The names of a package's test programs; none when there is no such package.
    pub(crate) fn test_targets(&self, package: &str) -> impl Iterator<Item = &String> {
        self.packages.iter().filter(move |known| known.name == package).flat_map(|package| &package.tests)
    }

    pub(crate) fn has(&self, package: &str) -> bool {
        self.packages.iter().any(|known| known.name == package)
    }
}

impl Package {
    fn from_json(json: &Value) -> Result<Self, Failure> {
        let dependencies =
            list(json, "dependencies")?.iter().map(Dependency::from_json).collect::<Result<_, _>>()?;
        let targets = list(json, "targets")?;
        let tests = targets.iter().filter(|target| is_test(target)).map(|target| text(target, "name"));
        Ok(Self { name: text(json, "name")?, dependencies, tests: tests.collect::<Result<_, _>>()? })
    }
}

impl Dependency {
    fn from_json(json: &Value) -> Result<Self, Failure> {
        Ok(Self { name: text(json, "name")?, for_tests: json["kind"] == "dev" })
    }
}

fn is_test(target: &Value) -> bool {
    target["kind"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "test"))
}

fn list<'a>(json: &'a Value, name: &str) -> Result<&'a Vec<Value>, Failure> {
    json[name].as_array().ok_or_else(|| strange(&format!("no list \"{name}\"")))
}

fn text(json: &Value, name: &str) -> Result<String, Failure> {
    json[name].as_str().map(str::to_owned).ok_or_else(|| strange(&format!("no text \"{name}\"")))
}

fn strange(problem: &str) -> Failure {
    Failure::Answer { program: "cargo metadata".to_owned(), problem: problem.to_owned() }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A workspace made for a test: `(package, [(dependency, for tests)])`.
    pub(crate) fn workspace(packages: &[(&str, &[(&str, bool)])]) -> Workspace {
        let package = |(name, dependencies): &(&str, &[(&str, bool)])| Package {
            name: (*name).to_owned(),
            dependencies: dependencies
                .iter()
                .map(|(name, for_tests)| Dependency { name: (*name).to_owned(), for_tests: *for_tests })
                .collect(),
            tests: Vec::new(),
        };
        Workspace { packages: packages.iter().map(package).collect() }
    }

    #[test]
    fn this_very_workspace_is_read() {
        let workspace = Workspace::read().unwrap();
        assert!(workspace.has("xtask") && workspace.has("ksef-types") && !workspace.has("serde"));
        let vault = workspace.packages.iter().find(|package| package.name == "ksef-vault").unwrap();
        assert!(
            vault.dependencies.iter().any(|dependency| dependency.name == "keyring" && !dependency.for_tests)
        );
    }

    #[test]
    fn kinds_of_dependencies_and_of_targets_are_told_apart() {
        let json = br#"{"packages":[{"name":"a","dependencies":[
            {"name":"b","kind":null},{"name":"c","kind":"dev"},{"name":"d","kind":"build","rename":"x"}],
            "targets":[{"kind":["lib"],"name":"a"},{"kind":["test"],"name":"window"},
            {"kind":["bin"],"name":"b"},{"kind":["test"],"name":"quick"}]}]}"#;
        let workspace = Workspace::from_metadata(json).unwrap();
        let kinds: Vec<bool> = workspace.packages[0].dependencies.iter().map(|one| one.for_tests).collect();
        assert_eq!(kinds, [false, true, false]);
        assert!(workspace.test_targets("a").eq(["window", "quick"]));
        assert_eq!(workspace.test_targets("b").count(), 0);
    }

    #[test]
    fn an_answer_of_another_shape_is_refused() {
        assert!(matches!(Workspace::from_metadata(b"{}"), Err(Failure::Answer { .. })));
        assert!(matches!(Workspace::from_metadata(b"<html>"), Err(Failure::Answer { .. })));
    }
}
