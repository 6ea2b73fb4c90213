//! One folder of the interface knows the window's toolkit: everything else imports that folder.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::stamp::files_below;

/// The folder, below the interface's sources.
const HOST: &str = "host";

/// How a module of the toolkit is named in an import, whichever quotes are used.
const TOOLKIT: [&str; 3] = ["'@tauri-apps/", "\"@tauri-apps/", "`@tauri-apps/"];

/// Every file outside the folder that imports the toolkit.
pub(super) fn findings(sources: &Path) -> Result<Vec<String>, Failure> {
    let mut findings = Vec::new();
    for file in files_below(sources, &[])? {
        if file.starts_with(sources.join(HOST)) || !is_code(&file) {
            continue;
        }
        let text =
            std::fs::read_to_string(&file).map_err(|error| Failure::File { path: file.clone(), error })?;
        if TOOLKIT.iter().any(|import| text.contains(import)) {
            findings.push(format!("{}: imports @tauri-apps; only ui/src/{HOST} may", shown(&file)));
        }
    }
    Ok(findings)
}

fn is_code(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("ts" | "js" | "mjs" | "svelte" | "html"))
}

fn shown(file: &Path) -> String {
    let root = crate::project::root();
    file.strip_prefix(root).map_or_else(|_| file.to_path_buf(), PathBuf::from).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_host_folder_may_import_the_toolkit() {
        let folder = std::env::temp_dir().join(format!("okienko-xtask-{}-host", std::process::id()));
        std::fs::create_dir_all(folder.join("host")).unwrap();
        let import = format!("import {{ invoke }} from '{}/api/core';", "@tauri-apps");
        std::fs::write(folder.join("host/index.ts"), &import).unwrap();
        std::fs::write(folder.join("App.svelte"), "<p>@tauri-apps</p>").unwrap();
        assert_eq!(findings(&folder).unwrap(), Vec::<String>::new());
        std::fs::write(folder.join("App.svelte"), &import).unwrap();
        let found = findings(&folder).unwrap();
        assert!(found.len() == 1 && found[0].contains("App.svelte"));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
