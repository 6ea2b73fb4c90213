//! From starting the program to a window with content in it: release build, second start, under a virtual display.

use super::figure::Figure;
use super::size::release_program;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{Need, Setup};
use crate::test::session::{in_keychain_session, on_virtual_display};

pub(super) fn measure() -> Result<Vec<Figure>, Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(Vec::new());
    }
    let program = release_program()?;
    Setup::default().provide(&[Need::KeychainPackages, Need::TestPackages])?;
    let mut script = project::program("python3");
    script.arg("-B").arg(project::root().join("tests").join("bench").join("window.py")).arg(program);
    Figure::all_from(&process::read(&mut on_virtual_display(in_keychain_session(script)))?)
}
