use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::webdriver::until;
use crate::{Management, Window};

/// The built program with a data folder of its own, as on a fresh machine.
pub struct Program {
    folder: tempfile::TempDir,
    driver: Option<(Child, u16)>,
    clipboard_seconds: u32,
}

impl Program {
    /// Prepares an empty data folder, with a space and Polish letters in its name; nothing where the tests have
    /// no display or no keychain.
    #[must_use]
    pub fn fresh() -> Option<Self> {
        let display = std::env::var_os("DISPLAY").is_some();
        let keychain = std::env::var_os("OKIENKO_TEST_KEYCHAIN").is_some();
        if !display || !keychain {
            println!("skipped: no display or no keychain for tests; use cargo xtask e2e");
            return None;
        }
        let folder = tempfile::Builder::new().prefix("Księgowość Żółć ").tempdir().unwrap();
        Some(Self { folder, driver: None, clipboard_seconds: 3 })
    }

    /// How long a secret may stay in the clipboard; without this a few seconds.
    #[must_use]
    pub fn wiping_after(mut self, seconds: u32) -> Self {
        self.clipboard_seconds = seconds;
        self
    }

    /// Opens the window; the program starts with it.
    pub fn open(&mut self) -> Window {
        self.stop_driver();
        let port = free_port();
        let driver = Command::new("WebKitWebDriver")
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("OKIENKO_DATA", self.data())
            .env("OKIENKO_DOWNLOADS", self.downloads())
            .env("OKIENKO_PICKER_ANSWERS", self.picker_answers())
            .env("OKIENKO_CLIPBOARD_SECONDS", self.clipboard_seconds.to_string())
            .env("OKIENKO_LOG", "debug")
            .stdout(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("WebKitWebDriver can be started");
        self.driver = Some((driver, port));
        Window::open(port, &binary())
    }

    /// Starts the program once more beside the open window; gives whether it ended by itself.
    #[must_use]
    pub fn start_again(&self) -> bool {
        let second = Command::new(binary())
            .env("OKIENKO_DATA", self.data())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let mut second = second.expect("the program can be started");
        let ended = until(|| second.try_wait().ok().flatten());
        let _ = second.kill();
        let _ = second.wait();
        ended.is_some()
    }

    /// The program's data folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("dane")
    }

    /// A place for files of the test itself, outside the program's data.
    #[must_use]
    pub fn desk(&self) -> PathBuf {
        let desk = self.folder.path().join("Pulpit – zażółć");
        std::fs::create_dir_all(&desk).unwrap();
        desk
    }

    /// The folder into which the browser saves files.
    #[must_use]
    pub fn downloads(&self) -> PathBuf {
        let downloads = self.folder.path().join("Pobrane – żółć");
        std::fs::create_dir_all(&downloads).unwrap();
        downloads
    }

    /// Makes the next file dialog answer with these paths; none means that it is cancelled.
    pub fn answer_dialog(&self, paths: &[&Path]) {
        let lines: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        std::fs::write(self.picker_answers(), lines.join("\n")).unwrap();
    }

    /// The management of the program's sandbox, once it runs.
    #[must_use]
    pub fn sandbox(&self) -> Management {
        let note = self.data().join("piaskownica").join("adres.json");
        let text = until(|| std::fs::read_to_string(&note).ok().filter(|text| text.ends_with('}')));
        Management::at(&text.expect("the sandbox runs"))
    }

    fn picker_answers(&self) -> PathBuf {
        self.folder.path().join("okna-wyboru.txt")
    }

    fn stop_driver(&mut self) {
        if let Some((mut driver, _)) = self.driver.take() {
            // The program is a child of the driver: one that stayed would take the place of the next test's program.
            let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", driver.id())]).status();
            let _ = driver.wait();
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.stop_driver();
    }
}

/// The program stands beside the folder of the test's own binary.
fn binary() -> PathBuf {
    if let Some(named) = std::env::var_os("OKIENKO_PROGRAM") {
        return named.into();
    }
    let own = std::env::current_exe().unwrap();
    let profile = own.parent().and_then(Path::parent).unwrap();
    profile.join("okienko")
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}
