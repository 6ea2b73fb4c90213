//! System packages: installed through apt where that is possible, otherwise named.

use std::path::Path;

use super::packages::{Package, Witness};
use crate::failure::Failure;
use crate::process;
use crate::project;

/// Makes sure that the packages are there.
pub(crate) fn provide(packages: &[Package]) -> Result<(), Failure> {
    match System::here() {
        System::Debian => on_debian(packages),
        System::OtherLinux => on_other_linux(packages),
        System::MacOs => on_macos(),
        System::Windows => on_windows(),
        System::Other => Ok(()),
    }
}

enum System {
    /// Debian, Ubuntu and what is made from them.
    Debian,
    OtherLinux,
    MacOs,
    Windows,
    Other,
}

impl System {
    fn here() -> Self {
        match std::env::consts::OS {
            "linux" if has_program("apt-get") && has_program("dpkg-query") => Self::Debian,
            "linux" => Self::OtherLinux,
            "macos" => Self::MacOs,
            "windows" => Self::Windows,
            _ => Self::Other,
        }
    }
}

fn on_debian(packages: &[Package]) -> Result<(), Failure> {
    let missing = missing_on_debian(packages);
    if missing.is_empty() {
        return Ok(());
    }
    let Some(rights) = Rights::here() else {
        return Err(Failure::Missing(format!(
            "system packages are missing, and installing them takes root. Run this line, then try again:\n\n  \
             sudo apt-get update && sudo apt-get install -y --no-install-recommends {}\n",
            missing.join(" ")
        )));
    };
    println!("installing system packages: {}", missing.join(" "));
    rights.apt(&["update"])?;
    let install = ["install", "-y", "--no-install-recommends"];
    rights.apt(&[&install[..], &missing].concat())
}

fn missing_on_debian(packages: &[Package]) -> Vec<&'static str> {
    let names: Vec<&'static str> = packages.iter().map(|package| package.name).collect();
    // dpkg-query fails when one of the names is unknown, and still answers for the others.
    let output = project::program("dpkg-query")
        .args(["-W", "-f", "${db:Status-Abbrev} ${Package}\n"])
        .args(&names)
        .stderr(std::process::Stdio::null())
        .output();
    let answer =
        output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let installed = installed(&answer);
    names.into_iter().filter(|name| !installed.contains(name)).collect()
}

/// The names that `dpkg-query` reports as installed.
fn installed(answer: &str) -> Vec<&str> {
    answer
        .lines()
        .filter(|line| line.starts_with("ii"))
        .filter_map(|line| line.split_whitespace().nth(1))
        .collect()
}

/// How apt may be called here.
enum Rights {
    Root,
    /// sudo that asks no password.
    Sudo,
}

impl Rights {
    fn here() -> Option<Self> {
        let is_root = process::answer(project::program("id").arg("-u")).is_some_and(|id| id == "0");
        if is_root {
            return Some(Self::Root);
        }
        let free_sudo = process::answer(project::program("sudo").args(["-n", "true"])).is_some();
        free_sudo.then_some(Self::Sudo)
    }

    fn apt(&self, arguments: &[&str]) -> Result<(), Failure> {
        // env, because sudo does not hand variables on; the lock, because a fresh machine often updates itself.
        let call =
            ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"];
        let mut command = match self {
            Self::Root => project::program(call[0]),
            Self::Sudo => {
                let mut sudo = project::program("sudo");
                sudo.args(["-n", call[0]]);
                sudo
            }
        };
        process::show(command.args(&call[1..]).args(arguments))
    }
}

fn on_other_linux(packages: &[Package]) -> Result<(), Failure> {
    let missing: Vec<&str> = packages
        .iter()
        .filter(|package| !is_witnessed(&package.witness))
        .map(|package| package.name)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure::Missing(format!(
        "these packages (by their Debian names) are missing; install them with this system's package manager: {}",
        missing.join(", ")
    )))
}

fn is_witnessed(witness: &Witness) -> bool {
    match witness {
        Witness::Program(name) => has_program(name),
        Witness::Library(name) => {
            process::answer(project::program("pkg-config").args(["--exists", name])).is_some()
        }
        Witness::Folder(path) => Path::new(path).is_dir(),
    }
}

fn on_macos() -> Result<(), Failure> {
    if process::answer(project::program("xcode-select").arg("-p")).is_some() {
        return Ok(());
    }
    Err(Failure::Missing("Xcode's command line tools are missing. Run: xcode-select --install".to_owned()))
}

fn on_windows() -> Result<(), Failure> {
    let mut missing = Vec::new();
    if !has_web_view() {
        missing
            .push("the WebView2 runtime (part of Windows 11; for Windows 10 from Microsoft's WebView2 page)");
    }
    if !has_program("perl") {
        missing.push(
            "Perl, which builds OpenSSL (Strawberry Perl: winget install StrawberryPerl.StrawberryPerl)",
        );
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure::Missing(format!("missing on this machine:\n  - {}", missing.join("\n  - "))))
}

/// Looks for the WebView2 runtime where its installer notes itself, for all people and for this one.
fn has_web_view() -> bool {
    const CLIENT: &str = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    [r"HKLM\SOFTWARE\WOW6432Node", r"HKLM\SOFTWARE", r"HKCU\Software"].iter().any(|place| {
        let key = format!(r"{place}\{CLIENT}");
        process::answer(project::program("reg").args(["query", &key, "/v", "pv"])).is_some()
    })
}

/// Whether a program of this name is on the path.
pub(crate) fn has_program(name: &str) -> bool {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(&file).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fully_installed_packages_count() {
        let answer = "ii  xvfb\nun  xauth\nrc  curl\niU  dbus\nii  perl\n";
        assert_eq!(installed(answer), ["xvfb", "perl"]);
    }

    #[test]
    fn a_program_that_exists_is_found_and_another_is_not() {
        assert!(has_program("cargo"));
        assert!(!has_program("okienko-has-no-such-program"));
    }
}
