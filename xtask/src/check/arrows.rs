//! Compares what the manifests say with the table in ARCHITECTURE.md.

use super::table::Table;
use super::workspace::Workspace;
use super::{exclusive, host_imports};
use crate::failure::Failure;
use crate::project;

/// Where the table stands.
const DOCUMENT: &str = "ARCHITECTURE.md";

/// Every arrow that the table does not allow, a line each.
pub(crate) fn findings() -> Result<Vec<String>, Failure> {
    let path = project::root().join(DOCUMENT);
    let text = std::fs::read_to_string(&path).map_err(|error| Failure::File { path, error })?;
    let table = Table::from_markdown(&text)
        .map_err(|problem| Failure::Found(vec![format!("{DOCUMENT}, table of arrows: {problem}")]))?;
    let workspace = Workspace::read()?;
    let mut findings = compare(&workspace, &table);
    findings.extend(exclusive::compare(&workspace, &table));
    findings.extend(host_imports::findings(&project::interface().join("src"))?);
    Ok(findings)
}

fn compare(workspace: &Workspace, table: &Table) -> Vec<String> {
    let mut findings = Vec::new();
    for package in &workspace.packages {
        if !table.knows(&package.name) {
            findings.push(format!("{DOCUMENT}: the table of arrows has no line for {}", package.name));
        }
        let inner = package.dependencies.iter().filter(|dependency| workspace.has(&dependency.name));
        for dependency in inner {
            if !table.allows(&package.name, &dependency.name, dependency.for_tests) {
                let tests = if dependency.for_tests { "tests of " } else { "" };
                findings.push(format!(
                    "{tests}{} → {}: {DOCUMENT} does not allow it",
                    package.name, dependency.name
                ));
            }
        }
    }
    let gone = table.named_packages().into_iter().filter(|name| !workspace.has(name));
    findings.extend(
        gone.map(|name| format!("{DOCUMENT}: the table names {name}, which is not in the workspace")),
    );
    findings
}

#[cfg(test)]
mod tests {
    use super::super::workspace::tests::workspace;
    use super::*;

    fn table(lines: &str) -> Table {
        Table::from_markdown(&format!("```arrows\n{lines}\n```\n")).unwrap()
    }

    #[test]
    fn a_workspace_within_its_table_has_no_findings() {
        let packages = workspace(&[
            ("cli", &[("engine", false), ("serde", false), ("kit", true)]),
            ("engine", &[]),
            ("kit", &[]),
        ]);
        let table = table("cli → engine\nengine, kit → nothing\ntests of everything → kit");
        assert_eq!(compare(&packages, &table), Vec::<String>::new());
    }

    #[test]
    fn an_arrow_that_the_table_lacks_is_found() {
        let packages = workspace(&[("api", &[("sim", true)]), ("sim", &[("api", false)])]);
        let findings = compare(&packages, &table("api, sim → nothing"));
        assert_eq!(findings.len(), 2);
        assert!(findings[0].starts_with("tests of api → sim"));
        assert!(findings[1].starts_with("sim → api"));
    }

    #[test]
    fn a_new_package_needs_a_line_and_a_gone_one_loses_its() {
        let findings = compare(&workspace(&[("new", &[])]), &table("old → nothing"));
        assert!(findings[0].contains("no line for new"));
        assert!(findings[1].contains("names old"));
    }
}
