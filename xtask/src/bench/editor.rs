//! From a key pressed in the editor to the next picture, with hundreds of lines: the interface with the program in memory, in
//! Chromium.

use std::path::Path;
use std::process::{Child, Stdio};

use super::figure::Figure;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{Need, Setup};

const CHROMIUM: &str = "/usr/bin/chromium";

pub(super) fn measure() -> Result<Vec<Figure>, Failure> {
    if !Path::new(CHROMIUM).exists() {
        println!("skipped: Chromium, in which the editor is measured, is not at {CHROMIUM}");
        return Ok(Vec::new());
    }
    Setup::default().provide(&[Need::InterfacePackages])?;
    process::show(&mut project::npm(["run", "--silent", "build:demo"]))?;
    let _shown = Preview::start()?;
    let measured = process::read(&mut project::npm(["run", "--silent", "bench:editor"]))?;
    // What has no limit is for people who look at the script's own output.
    let limited = measured.lines().filter(|line| !line.contains("\"limit\":null"));
    Figure::all_from(&limited.collect::<Vec<_>>().join("\n"))
}

/// The built interface on loopback, for as long as this lives.
struct Preview(Child);

impl Preview {
    fn start() -> Result<Self, Failure> {
        let mut command = project::program("node");
        command.current_dir(project::interface());
        command.args(["node_modules/vite/bin/vite.js", "preview", "--mode", "demo", "--outDir", "dist-demo"]);
        command.args(["--host", "127.0.0.1", "--port", "4173", "--strictPort"]);
        let child = command.stdout(Stdio::null()).spawn();
        let preview = Self(child.map_err(|error| Failure::Missing(format!("node does not start: {error}")))?);
        for _ in 0..200 {
            if std::net::TcpStream::connect(("127.0.0.1", 4173)).is_ok() {
                return Ok(preview);
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        Err(Failure::Missing("the preview of the interface does not answer on port 4173".to_owned()))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // One that has ended already is no matter.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
