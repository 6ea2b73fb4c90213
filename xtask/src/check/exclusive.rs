//! Foreign packages that are kept to a few places, such as the keychain to the vault.

use super::table::Table;
use super::workspace::Workspace;

pub(super) fn compare(workspace: &Workspace, table: &Table) -> Vec<String> {
    let mut findings = Vec::new();
    for package in &workspace.packages {
        for dependency in &package.dependencies {
            let mut rules = table.exclusives.iter().filter(|exclusive| exclusive.means(&dependency.name));
            if rules.any(|exclusive| !exclusive.allows(&package.name, dependency.for_tests)) {
                let tests = if dependency.for_tests { "tests of " } else { "" };
                findings.push(format!(
                    "{tests}{} → {}: ARCHITECTURE.md keeps this package to other places",
                    package.name, dependency.name
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::workspace::tests::workspace;
    use super::*;

    #[test]
    fn an_exclusive_package_in_another_place_is_found() {
        let table = Table::from_markdown(
            "```arrows\nkeyring* only in vault\nopenssl only in crypto, tests of sim\n```\n",
        );
        let packages = workspace(&[
            ("vault", &[("keyring", false), ("keyring-core", true)]),
            ("engine", &[("keyring-core", true), ("serde", false)]),
            ("sim", &[("openssl", true)]),
            ("api", &[("openssl", false)]),
        ]);
        let findings = compare(&packages, &table.unwrap());
        assert_eq!(findings.len(), 2);
        assert!(findings[0].starts_with("tests of engine → keyring-core"));
        assert!(findings[1].starts_with("api → openssl"));
    }
}
