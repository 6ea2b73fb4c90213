//! From starting the program to a window with content in it: release build, second start, under a virtual display.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use super::figure::Figure;
use super::size::release_program;
use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{Need, Setup};
use crate::test::session;

/// Marks the call of this program inside the display.
pub(super) const INSIDE: &str = "--inside-display";

/// More colours than an empty page, or one that shows a frame, can have: smoothed letters bring them.
const COLOURS_OF_CONTENT: usize = 48;

/// After this long the window is taken for empty.
const PATIENCE: Duration = Duration::from_secs(30);

/// The limit in milliseconds.
const LIMIT: f64 = 1000.0;

pub(super) fn measure() -> Result<Vec<Figure>, Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(Vec::new());
    }
    let program = release_program()?;
    Setup::default().provide(&[Need::KeychainPackages, Need::TestPackages])?;
    let mut command = project::program(project::built_program("xtask", false));
    command.args(["bench", INSIDE]).arg(program);
    Figure::all_from(&process::read(&mut session::on_virtual_display(session::in_keychain_session(command)))?)
}

/// The part that runs where the display is.
#[expect(clippy::float_arithmetic, reason = "a figure, not money")]
pub(super) fn run_inside(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let program = arguments.next_word().map(PathBuf::from).unwrap_or_default();
    arguments.finish()?;
    let data = project::notes().join("bench-data");
    let fail = |error| Failure::File { path: data.clone(), error };
    if data.exists() {
        std::fs::remove_dir_all(&data).map_err(fail)?;
    }
    std::fs::create_dir_all(&data).map_err(fail)?;
    // The first start lays the archive and fills the web engine's caches.
    start_until_content(&program, &data)?;
    let took = start_until_content(&program, &data)?;
    let milliseconds = (took.as_secs_f64() * 1000.0).round();
    println!(
        r#"{{"figure":"window-with-content-second-start","unit":"ms","value":{milliseconds},"limit":{LIMIT}}}"#
    );
    Ok(ExitCode::SUCCESS)
}

fn start_until_content(program: &Path, data: &Path) -> Result<Duration, Failure> {
    let started = Instant::now();
    let mut command = project::program(program);
    command.env("OKIENKO_DATA", data).stdout(Stdio::null()).stderr(Stdio::null());
    let child = command
        .spawn()
        .map_err(|error| Failure::NotStarted { program: program.display().to_string(), error })?;
    let _running = Running(child);
    while !has_content() {
        if started.elapsed() > PATIENCE {
            return Err(Failure::Answer {
                program: "okienko".to_owned(),
                problem: format!("no window with content after {} s", PATIENCE.as_secs()),
            });
        }
    }
    Ok(started.elapsed())
}

/// The part of the window that is looked at: the middle of its top, where every screen has its first words. All of it
/// would take the computer that is being measured too much time.
const LOOKED_AT: &str = "500x120+260+40";

/// Looks at the window's own picture.
fn has_content() -> bool {
    let Some(windows) =
        process::answer(Command::new("xdotool").args(["search", "--onlyvisible", "--name", "Okienko"]))
    else {
        return false;
    };
    windows.lines().any(|window| {
        let picture = ["-silent", "-window", window, "-crop", LOOKED_AT, "-format", "%k", "info:"];
        let colours = process::answer(Command::new("import").args(picture));
        colours
            .and_then(|colours| colours.parse().ok())
            .is_some_and(|colours: usize| colours >= COLOURS_OF_CONTENT)
    })
}

/// Ends the program when the measuring is over, however it ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
