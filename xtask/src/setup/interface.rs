//! The web interface: its packages as locked, and the built pages.

use std::fs;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::stamp::{self, Digest};

/// The oldest Node that the interface's tools run on.
const OLDEST_NODE: u32 = 20;

/// What `npm run build` reads is everything but these.
const NOT_SOURCES: [&str; 5] = ["node_modules", "dist", "dist-demo", "coverage", "README.md"];

/// Installs the interface's packages when they are absent or the lock has changed.
pub(crate) fn install() -> Result<(), Failure> {
    let node = node_version()?;
    let folder = project::interface();
    let files = ["package.json", "package-lock.json", ".npmrc"].map(|name| folder.join(name));
    let digest = Digest::of(&[&node], &files, &[])?;
    let stamp = folder.join("node_modules").join(".installed");
    if stamp::is_current(&stamp, &digest) {
        return Ok(());
    }
    println!("installing the interface's packages");
    process::show(&mut project::npm(["ci", "--no-audit", "--no-fund"]))?;
    stamp::set(&stamp, &digest)
}

/// Builds the interface when its sources, or what was built from them, have changed.
pub(crate) fn build() -> Result<(), Failure> {
    let stamp = project::notes().join("interface");
    if stamp::is_current(&stamp, &digest_of_build()?) {
        return Ok(());
    }
    println!("building the interface");
    process::show(&mut project::npm(["run", "build"]))?;
    stamp::set(&stamp, &digest_of_build()?)
}

/// Of the sources and of the result: a result that somebody else wrote or removed is built again.
fn digest_of_build() -> Result<Digest, Failure> {
    let folder = project::interface();
    let mut paths = top_level(&folder)?;
    paths.push(folder.join("dist"));
    Digest::of(&[], &paths, &["node_modules"])
}

fn top_level(folder: &std::path::Path) -> Result<Vec<PathBuf>, Failure> {
    let fail = |error| Failure::File { path: folder.to_path_buf(), error };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let is_source = !NOT_SOURCES.iter().any(|name| entry.file_name() == *name);
        if is_source {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

fn node_version() -> Result<String, Failure> {
    let wanted = format!("Okienko's interface is built with Node {OLDEST_NODE} or newer and npm");
    let Some(version) = process::answer(project::program("node").arg("--version")) else {
        return Err(Failure::Missing(format!("{wanted}, and there is no Node on this machine")));
    };
    match major(&version) {
        Some(number) if number >= OLDEST_NODE => {}
        _ => return Err(Failure::Missing(format!("{wanted}; here it is {version}"))),
    }
    if process::answer(project::npm(["--version"]).current_dir(project::root())).is_none() {
        return Err(Failure::Missing(format!("{wanted}, and there is no npm on this machine")));
    }
    Ok(version)
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.1"), Some(8));
        assert_eq!(major("20.1.1"), None);
        assert_eq!(major(""), None);
    }
}
